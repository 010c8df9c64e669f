//! CSV by RFC 4180: a row for each annotation, lines end in CR LF, the first row names the columns.

use csv::{Terminator, WriterBuilder};

use super::caption;
use crate::{notebook::Entry, report::Report, text::width};

const COLUMNS: [&str; 17] = [
    "address",
    "path",
    "page",
    "kind",
    "color",
    "letter",
    "quote",
    "text",
    "tags",
    "status",
    "created",
    "modified",
    "citation",
    "report",
    "id",
    "conflict_of",
    "reviewed",
];

pub fn write(report: &Report, entries: &[&Entry]) -> String {
    let rows = entries.iter().map(|entry| row(report, entry));
    table([COLUMNS.map(str::to_owned)].into_iter().chain(rows))
}

/// Rows of cells as they are written to a file.
pub fn table<const N: usize>(rows: impl Iterator<Item = [String; N]>) -> String {
    let mut writer = WriterBuilder::new()
        .terminator(Terminator::CRLF)
        .from_writer(Vec::new());
    // Writing to memory fails only for rows of unequal length, and these are arrays.
    rows.for_each(|row| drop(writer.write_record(row.iter().map(|cell| guarded(cell)))));
    let bytes = writer.into_inner().unwrap_or_default();
    String::from_utf8(bytes).unwrap_or_default()
}

fn row(report: &Report, entry: &Entry) -> [String; 17] {
    let annotation = &entry.annotation;
    [
        caption::address(entry, report).unwrap_or_default(),
        caption::path(entry, report).join(" › "),
        caption::page(entry, report).unwrap_or_default().to_owned(),
        annotation.kind.name().into(),
        annotation.color.clone().unwrap_or_default(),
        annotation.letter.map(String::from).unwrap_or_default(),
        annotation.anchor.quote.clone(),
        annotation.text.clone(),
        annotation.tags().join(" "),
        entry.resolution.name().into(),
        annotation.created.clone(),
        annotation.modified.clone(),
        caption::citation(entry, report).unwrap_or_default(),
        annotation.report.clone(),
        annotation.id.clone(),
        annotation.conflict_of.clone().unwrap_or_default(),
        entry.is_reviewed.to_string(),
    ]
}

/// A spreadsheet would run a cell that starts like a formula, and quotes are other people's text: a
/// leading apostrophe makes it text (OWASP, CSV injection).
fn guarded(cell: &str) -> String {
    let cell = width::written(cell);
    if cell.trim_start().starts_with(['=', '+', '-', '@']) {
        format!("'{cell}")
    } else {
        cell
    }
}
