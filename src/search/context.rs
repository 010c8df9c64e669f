//! A match with the words around it, on one line, cut to columns: the match itself is always there.

use std::ops::Range;

use crate::text::{width, wording};

/// A match and the text around it, ready to show.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Context {
    /// Exactly as many columns as asked for, padded at the left.
    pub before: String,
    pub hit: String,
    pub after: String,
}

/// The match at a byte range, after `before` columns; it and what follows take at most `rest`
/// columns.
pub fn around(text: &str, found: Range<usize>, before: usize, rest: usize) -> Context {
    let head = text.get(..found.start).unwrap_or_default();
    let tail = text.get(found.end..).unwrap_or_default();
    // Looks at no more than can be shown, however long the text is.
    let start = head
        .char_indices()
        .rev()
        .take(before * 8 + 8)
        .last()
        .map_or(0, |(byte, _)| byte);
    let near = head.get(start..).unwrap_or_default();
    let end = tail
        .char_indices()
        .nth(rest * 8 + 8)
        .map_or(tail.len(), |(byte, _)| byte);
    let far = tail.get(..end).unwrap_or_default();
    let gap = |text: &str| {
        if text.ends_with(char::is_whitespace) {
            " "
        } else {
            ""
        }
    };
    let near = wording::cut_start(&format!("{}{}", wording::one_line(near), gap(near)), before);
    let shown = wording::cut(
        &wording::one_line(text.get(found).unwrap_or_default()),
        rest,
    );
    let lead = if far.starts_with(char::is_whitespace) {
        " "
    } else {
        ""
    };
    let room = rest.saturating_sub(width::width(&shown));
    let after = wording::cut(&format!("{lead}{}", wording::one_line(far)), room);
    let blanks = " ".repeat(before.saturating_sub(width::width(&near)));
    Context {
        before: format!("{blanks}{near}"),
        hit: shown,
        after,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_match_starts_in_one_column_and_is_never_cut_away() {
        let text = "one two\nthree 人権 four e\u{301}quity five six seven";
        for needle in ["one", "three", "人権", "e\u{301}quity", "seven"] {
            let start = text.find(needle).expect("there");
            for before in 0..20 {
                for rest in 10..30 {
                    let context = around(text, start..start + needle.len(), before, rest);
                    assert_eq!(width::width(&context.before), before, "{context:?}");
                    assert_eq!(context.hit, needle);
                    assert!(
                        width::width(&context.hit) + width::width(&context.after) <= rest,
                        "{context:?}"
                    );
                }
            }
        }
    }
}
