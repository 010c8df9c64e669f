//! Writes annotations in other people's formats. A format is one file here and one arm of
//! [`write()`]; what every format tells of an annotation is here.

mod annotation;
mod csv;
pub mod html;
pub mod json;
pub mod markdown;

use crate::{
    notebook::{
        Entry,
        annotation::{Annotation, Kind},
        passage,
    },
    report::{Report, Section, address::Address, citation},
};

/// The heading over orphans.
pub const NOT_FOUND: &str = "Not found in this edition";

/// The formats of `notes export`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum NotesFormat {
    /// Quotes, notes and citations by section, to read on
    Markdown,
    /// One page that needs nothing else
    Html,
    /// An array with everything; `notes import` reads it
    Json,
    /// A table for spreadsheets (RFC 4180)
    Csv,
    /// W3C Web Annotation (JSON-LD); `notes import` reads it
    Annotation,
}

/// Writes annotations of a report, in the order given.
pub fn write(format: NotesFormat, report: &Report, entries: &[&Entry]) -> String {
    match format {
        NotesFormat::Markdown => markdown::write(report, entries),
        NotesFormat::Html => html::write(report, entries),
        NotesFormat::Json => super::json::array(
            entries
                .iter()
                .map(|entry| json::value(entry, report))
                .collect(),
        ),
        NotesFormat::Csv => csv::write(report, entries),
        NotesFormat::Annotation => super::json::value(&annotation::collection(report, entries)),
    }
}

/// The address of the paragraph that an entry begins in; `None` for an orphan.
pub fn address(entry: &Entry) -> Option<String> {
    passage(entry).map(|passage| Address::of(passage.start()).to_string())
}

/// The section that an entry begins in; for an orphan the one that it was made in, where the
/// report still has it.
fn section<'a>(entry: &Entry, report: &'a Report) -> Option<&'a Section> {
    let index = match passage(entry) {
        Some(passage) => Some(passage.start().section),
        None => report.section_index(&entry.annotation.anchor.start.section),
    };
    report.sections.get(index?)
}

/// The citation of its passage; `None` for an orphan.
fn citation(entry: &Entry, report: &Report) -> Option<String> {
    passage(entry).map(|passage| citation::of_passage(report, passage))
}

/// What an annotation is, in words: `note`, `highlight, yellow`, `bookmark a`.
pub fn kind(annotation: &Annotation) -> String {
    let name = annotation.kind.name();
    match (annotation.kind, &annotation.color, annotation.letter) {
        (Kind::Bookmark, _, Some(letter)) => format!("{name} {letter}"),
        (_, Some(color), _) => format!("{name}, {color}"),
        _ => name.to_owned(),
    }
}

/// What a reader should know before trusting it: that it moved, is not certain, or has another
/// version beside it. Empty for most.
pub fn caveats(entry: &Entry) -> Vec<String> {
    let status = entry.resolution.name();
    let settled = if entry.is_reviewed { ", settled" } else { "" };
    let status = (status != "exact").then(|| format!("{status}{settled}"));
    let conflict = entry
        .annotation
        .conflict_of
        .as_deref()
        .map(|first| format!("another version of {}", short(first)));
    status.into_iter().chain(conflict).collect()
}

/// The part of an id that people are shown and type.
pub fn short(id: &str) -> &str {
    id.get(..8).unwrap_or(id)
}

/// The day of a date and time in RFC 3339.
pub fn day(date: &str) -> &str {
    date.split('T').next().unwrap_or(date)
}

/// Entries by the section that they begin in, in the order given; orphans last, under none.
fn by_section<'a>(
    report: &'a Report,
    entries: &[&'a Entry],
) -> Vec<(Option<&'a Section>, Vec<&'a Entry>)> {
    let mut groups: Vec<(Option<&Section>, Vec<&Entry>)> = Vec::new();
    for entry in entries {
        let section = passage(entry).and_then(|_| section(entry, report));
        match groups.last_mut() {
            Some((last, group))
                if last.map(|last| &last.id) == section.map(|section| &section.id) =>
            {
                group.push(entry)
            }
            _ => groups.push((section, vec![entry])),
        }
    }
    groups
}
