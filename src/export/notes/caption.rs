//! What all formats show of an annotation: address, kind, day, caveats, section and citation.

use crate::{
    notebook::{
        Entry,
        annotation::{Annotation, Kind},
        passage,
    },
    report::{Report, address::Address, citation},
    text::segment,
};

/// The heading over orphans.
pub const NOT_FOUND: &str = "Not found in this edition";

/// The address of the paragraph that an entry starts in; `None` for an orphan.
pub fn address(entry: &Entry, report: &Report) -> Option<String> {
    passage(entry).map(|passage| Address::of(passage.start()).number(report))
}

/// The section that an entry starts in, by index; for an orphan its original one, if the report
/// still has it.
pub fn section(entry: &Entry, report: &Report) -> Option<usize> {
    match passage(entry) {
        Some(passage) => Some(passage.start().section),
        None => report.section_index(&entry.annotation.anchor.start.section),
    }
}

/// The titles of that section and of those that hold it; for an orphan whose section is gone, the
/// parts of its id.
pub fn path<'a>(entry: &'a Entry, report: &'a Report) -> Vec<&'a str> {
    match section(entry, report) {
        Some(section) => report.path(section),
        None => entry.annotation.anchor.start.section.split('/').collect(),
    }
}

/// The label of the printed page that it starts on, where that is known.
pub fn page<'a>(entry: &Entry, report: &'a Report) -> Option<&'a str> {
    report.page(passage(entry)?.start())
}

/// The path of a group of [`by_section`] in words.
pub fn group_title(report: &Report, section: Option<usize>) -> String {
    match section {
        Some(section) => report.path(section).join(" › "),
        None => NOT_FOUND.into(),
    }
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
pub fn by_section<'a>(entries: &[&'a Entry]) -> Vec<(Option<usize>, Vec<&'a Entry>)> {
    let section = |entry: &Entry| passage(entry).map(|passage| passage.start().section);
    let groups = entries.chunk_by(|a, b| section(a) == section(b));
    groups
        .map(|group| (section(group[0]), group.to_vec()))
        .collect()
}

/// Words of a quote that says little without its sentence.
const FEW: usize = 3;

/// A quote, with what stands before and after it in its sentence where the quote is a few words of
/// one, as a match is.
pub struct Quote<'a> {
    pub before: &'a str,
    pub quote: &'a str,
    pub after: &'a str,
}

/// The quote of an annotation.
pub fn quote<'a>(entry: &'a Entry, report: &'a Report) -> Quote<'a> {
    let alone = Quote {
        before: "",
        quote: &entry.annotation.anchor.quote,
        after: "",
    };
    in_sentence(entry, report).unwrap_or(alone)
}

fn in_sentence<'a>(entry: &Entry, report: &'a Report) -> Option<Quote<'a>> {
    let passage = passage(entry)?;
    let (start, end) = (passage.start(), passage.end());
    let text = report.text_at(start);
    let quote = text
        .get(start.byte..end.byte)
        .filter(|_| start.same_block(end))?;
    let is_few = quote.split_whitespace().count() <= FEW;
    if !is_few || quote != entry.annotation.anchor.quote {
        return None;
    }
    let sentence = segment::sentences_of(text, start.byte..end.byte);
    Some(Quote {
        before: text.get(sentence.start..start.byte)?.trim_start(),
        quote,
        after: text.get(end.byte..sentence.end)?.trim_end(),
    })
}
