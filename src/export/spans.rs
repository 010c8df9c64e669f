//! Text with the marks of its spans, escaped.

use std::cmp::Reverse;

use crate::{
    report::{Block, Span},
    text::width,
};

/// Text made safe for files, see [`width::written`], with its tabs.
pub fn written_with_tabs(text: &str) -> String {
    text.split('\t')
        .map(width::written)
        .collect::<Vec<_>>()
        .join("\t")
}

/// A block's text with marks around its spans; the text between is escaped. Of spans with the same
/// end the inner one is closed first; of those with the same range that is the later one.
pub fn marked(
    block: &Block,
    escape: fn(&str) -> String,
    marks_of: impl Fn(&Span) -> Option<(String, String)>,
) -> String {
    let (mut marks, mut ends) = (Vec::new(), Vec::new());
    for span in block.spans.iter().filter(|span| span.start < span.end) {
        if let Some((before, after)) = marks_of(span) {
            marks.push((span.start, true, Reverse(span.end), before));
            ends.push((span.end, false, Reverse(span.start), after));
        }
    }
    marks.extend(ends.into_iter().rev());
    marks.sort_by_key(|(at, opens, other, _)| (*at, *opens, *other));
    let mut text = String::new();
    let mut from = 0;
    for (at, _, _, mark) in marks {
        text.push_str(&escape(block.text.get(from..at).unwrap_or_default()));
        text.push_str(&mark);
        from = at;
    }
    text.push_str(&escape(block.text.get(from..).unwrap_or_default()));
    text
}
