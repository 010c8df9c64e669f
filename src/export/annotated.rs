//! A report with its annotations in place: passages marked, notes as footnotes. The report itself
//! is written by the same code as without notes; marks go in as placeholders and come out as what
//! the format has for them.

mod html;
mod json;
mod markdown;
mod placing;
mod text;
mod weaving;

use super::{Format, Part};
use crate::{
    notebook::{Entry, annotation::Kind, passage},
    report::Report,
    text::wording,
};

use placing::Placed;

/// What is written: parts of a report, with the entries that stand in them.
#[derive(Debug)]
pub struct Annotated<'a> {
    report: &'a Report,
    parts: &'a [Part<'a>],
    placed: Vec<Placed<'a>>,
    /// Entries without a place; none where only a part is written.
    orphans: Vec<&'a Entry>,
}

impl<'a> Annotated<'a> {
    /// `is_whole` says that the parts are the whole report: then orphans belong to it.
    pub fn new(
        report: &'a Report,
        parts: &'a [Part<'a>],
        entries: &'a [Entry],
        is_whole: bool,
    ) -> Self {
        let orphans = entries
            .iter()
            .filter(|entry| is_whole && passage(entry).is_none())
            .collect();
        Self {
            report,
            parts,
            placed: placing::place(report, parts, entries),
            orphans,
        }
    }

    /// Writes it all. `width` is as for [`super::write`].
    pub fn write(&self, format: Format, width: Option<usize>) -> String {
        match format {
            Format::Text => text::write(self, width),
            Format::Markdown => markdown::write(self),
            Format::Html => html::write(self),
            Format::Json => json::write(self),
        }
    }

    /// Those of which something is told at the end, by their numbers.
    fn footnotes(&self) -> impl Iterator<Item = (usize, &Placed<'a>)> {
        let numbered = self
            .placed
            .iter()
            .filter_map(|placed| placed.number.map(|number| (number, placed)));
        let mut numbered: Vec<_> = numbered.collect();
        numbered.sort_by_key(|(number, _)| *number);
        numbered.into_iter()
    }
}

/// What an entry is, in words: `2:5`, `note`, the day, and what is to be known of it.
fn caption(entry: &Entry) -> Vec<String> {
    let annotation = &entry.annotation;
    let words = [
        super::notes::kind(annotation),
        super::notes::day(&annotation.created).to_owned(),
    ];
    super::notes::address(entry)
        .into_iter()
        .chain(words)
        .chain(super::notes::caveats(entry))
        .collect()
}

/// The sign of a bookmark with its letter.
fn bookmark(placed: &Placed<'_>) -> String {
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

/// Whether the passage is marked from its first word: a note on a whole paragraph needs no marks.
fn is_marked(placed: &Placed<'_>) -> bool {
    match placed.entry.annotation.kind {
        Kind::Highlight => true,
        Kind::Note => !placed.is_whole,
        Kind::Bookmark => false,
    }
}

/// A quote on one line, short enough to be known again.
fn short_quote(entry: &Entry) -> String {
    wording::cut(&wording::one_line(&entry.annotation.anchor.quote), 72)
}
