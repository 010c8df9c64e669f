//! What all formats show of an annotation in its place.

use super::placement::Placed;
use crate::{
    export::notes,
    notebook::{Entry, annotation::Kind},
    report::Report,
    text::wording,
};

/// The caption of an entry: `2:5`, `note`, the day, and its caveats.
pub fn caption(entry: &Entry, report: &Report) -> Vec<String> {
    let words = notes::words(entry);
    notes::address(entry, report)
        .into_iter()
        .chain(words)
        .collect()
}

/// The sign of a bookmark with its letter.
pub fn bookmark(placed: &Placed<'_>) -> String {
    format!(
        "⚑{}",
        placed
            .entry
            .annotation
            .letter
            .map(String::from)
            .unwrap_or_default()
    )
}

/// Whether the passage is marked: a note on a whole paragraph needs no marks.
pub fn is_marked(placed: &Placed<'_>) -> bool {
    match placed.entry.annotation.kind {
        Kind::Highlight => true,
        Kind::Note => !placed.is_whole,
        Kind::Bookmark => false,
    }
}

/// The start of the quote, on one line.
pub fn short_quote(entry: &Entry) -> String {
    wording::cut(&wording::one_line(&entry.annotation.anchor.quote), 72)
}
