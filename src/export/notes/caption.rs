//! What all formats show of an annotation: address, kind, day, caveats, section and citation.

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

/// The address of the paragraph that an entry starts in; `None` for an orphan.
pub fn address(entry: &Entry) -> Option<String> {
    passage(entry).map(|passage| Address::of(passage.start()).to_string())
}

/// The section that an entry starts in; for an orphan its original one, if the report still has it.
pub fn section<'a>(entry: &Entry, report: &'a Report) -> Option<&'a Section> {
    let index = match passage(entry) {
        Some(passage) => Some(passage.start().section),
        None => report.section_index(&entry.annotation.anchor.start.section),
    };
    report.sections.get(index?)
}

/// The citation of its passage; `None` for an orphan.
pub fn citation(entry: &Entry, report: &Report) -> Option<String> {
    passage(entry).map(|passage| citation::of_passage(report, passage))
}

/// The kind of an annotation in words: `note`, `highlight, yellow`, `bookmark a`.
pub fn kind(annotation: &Annotation) -> String {
    let name = annotation.kind.name();
    match (annotation.kind, &annotation.color, annotation.letter) {
        (Kind::Bookmark, _, Some(letter)) => format!("{name} {letter}"),
        (_, Some(color), _) => format!("{name}, {color}"),
        _ => name.to_owned(),
    }
}

/// Caveats before relying on it: it has moved, is unsure, or is a conflicting version. Mostly none.
pub fn caveats(entry: &Entry) -> Vec<String> {
    let status = entry.resolution.name();
    let reviewed = if entry.is_reviewed { ", reviewed" } else { "" };
    let status = (status != "exact").then(|| format!("{status}{reviewed}"));
    let conflict = entry
        .annotation
        .conflict_of
        .as_deref()
        .map(|first| format!("another version of {}", short(first)));
    status.into_iter().chain(conflict).collect()
}

/// The part of an id that is shown and typed.
pub fn short(id: &str) -> &str {
    id.get(..8).unwrap_or(id)
}

/// The day of a date and time in RFC 3339.
pub fn day(date: &str) -> &str {
    date.split('T').next().unwrap_or(date)
}

/// Kind, day and caveats, in words.
pub fn words(entry: &Entry) -> Vec<String> {
    let annotation = &entry.annotation;
    [kind(annotation), day(&annotation.created).to_owned()]
        .into_iter()
        .chain(caveats(entry))
        .collect()
}

/// Entries by the section that they start in, in this order; orphans without one.
pub fn by_section<'a>(
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
