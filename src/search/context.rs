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
    let near = near(text, found.start, before);
    let blanks = " ".repeat(before.saturating_sub(width::width(&near)));
    let (hit, after) = hit_and_after(text, found, rest);
    Context {
        before: format!("{blanks}{near}"),
        hit,
        after,
    }
}

/// The same without blanks before it: where little text precedes the match, more follows. All of it
/// takes at most `columns` columns.
pub fn in_line(text: &str, found: Range<usize>, before: usize, columns: usize) -> Context {
    let near = near(text, found.start, before);
    let near = near.trim_start().to_owned();
    let rest = columns.saturating_sub(width::width(&near));
    let (hit, after) = hit_and_after(text, found, rest);
    Context {
        before: near,
        hit,
        after,
    }
}

/// Characters that may take no column each: this many are looked at for one column.
const UNSEEN: usize = 8;

/// What stands before a byte, at most so many columns.
fn near(text: &str, end: usize, columns: usize) -> String {
    let head = text.get(..end).unwrap_or_default();
    let gap = if head.ends_with(char::is_whitespace) {
        " "
    } else {
        ""
    };
    let line = |from: usize| {
        let near = head.get(from..).unwrap_or_default();
        format!("{}{gap}", wording::one_line(near))
    };
    // Of plain text a little is enough, but for long gaps.
    let from = head.len().saturating_sub(2 * columns + UNSEEN);
    let plain = head.get(from..).filter(|near| near.is_ascii());
    let plain = plain.map(|_| line(from));
    if let Some(plain) = plain.filter(|plain| from == 0 || plain.len() > columns) {
        return wording::cut_start(&plain, columns);
    }
    // No more than can be shown, however long the text is.
    let from = head
        .char_indices()
        .rev()
        .take((columns + 1) * UNSEEN)
        .last()
        .map_or(0, |(byte, _)| byte);
    wording::cut_start(&line(from), columns)
}

/// The match and what follows it, together at most so many columns.
fn hit_and_after(text: &str, found: Range<usize>, columns: usize) -> (String, String) {
    let tail = text.get(found.end..).unwrap_or_default();
    let hit = wording::one_line(text.get(found).unwrap_or_default());
    let hit = wording::cut(&hit, columns);
    let room = columns.saturating_sub(width::width(&hit));
    let lead = if tail.starts_with(char::is_whitespace) {
        " "
    } else {
        ""
    };
    let line = |to: usize| {
        let far = tail.get(..to).unwrap_or_default();
        format!("{lead}{}", wording::one_line(far))
    };
    let to = tail.len().min(2 * room + UNSEEN);
    let plain = tail.get(..to).filter(|far| far.is_ascii());
    let plain = plain.map(|_| line(to));
    if let Some(plain) = plain.filter(|plain| to == tail.len() || plain.len() > room) {
        return (hit, wording::cut(&plain, room));
    }
    let to = tail
        .char_indices()
        .nth((columns + 1) * UNSEEN)
        .map_or(tail.len(), |(byte, _)| byte);
    let after = wording::cut(&line(to), room);
    (hit, after)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_gives_the_room_before_the_match_to_what_follows() {
        let text = "one two three four five six";
        let context = in_line(text, 4..7, 10, 20);
        assert_eq!(
            (context.before.as_str(), context.hit.as_str()),
            ("one ", "two")
        );
        assert_eq!(context.after, " three four …");
        let context = in_line(text, 14..18, 8, 20);
        assert_eq!(context.before, "… three ");
        let gaps = format!("word{}end", " ".repeat(40));
        assert_eq!(in_line(&gaps, 44..47, 8, 20).before, "word ");
    }

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
