//! A hit in the words around it, on one line, cut to columns: the hit itself is always there.

use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation;

use crate::text::{width, wording};

/// A hit and what stands around it, as it may be shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Context {
    /// As many columns as were asked for, blanks at the left.
    pub before: String,
    pub hit: String,
    pub after: String,
}

/// The hit at a byte range with `before` columns before it; it and what follows take at most
/// `rest` columns.
pub fn around(text: &str, found: Range<usize>, before: usize, rest: usize) -> Context {
    let head = text.get(..found.start).unwrap_or_default();
    let tail = text.get(found.end..).unwrap_or_default();
    // No more is looked at than can be shown, however long the text is.
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
    let near = cut_start(&format!("{}{}", wording::one_line(near), gap(near)), before);
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

/// Cuts shown text to its last columns, beginning in `…` where something was left out.
fn cut_start(text: &str, columns: usize) -> String {
    let text = width::shown(text);
    if width::width(&text) <= columns {
        return text.into_owned();
    }
    let mut kept = Vec::new();
    let mut room = columns.saturating_sub(1);
    for grapheme in text.graphemes(true).rev() {
        let Some(left) = room.checked_sub(width::width(grapheme)) else {
            break;
        };
        room = left;
        kept.push(grapheme);
    }
    if columns > 0 {
        kept.push("…");
    }
    kept.reverse();
    kept.concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hit_stands_in_one_column_and_is_never_cut_away() {
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
