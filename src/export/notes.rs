//! Writes annotations in other formats.

mod annotation;
mod caption;
pub mod csv;
pub mod html;
pub mod json;
pub mod markdown;

pub use caption::{NOT_FOUND, address, caveats, kind, path, short, words};

use crate::{notebook::Entry, report::Report};

/// The formats of `notes export`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum NotesFormat {
    /// Quotes, notes and citations by section, for reading
    Markdown,
    /// One self-contained page
    Html,
    /// An array with all fields; `notes import` reads it
    Json,
    /// A table for spreadsheets (RFC 4180)
    Csv,
    /// W3C Web Annotation (JSON-LD); `notes import` reads it
    Annotation,
}

impl NotesFormat {
    /// The format of a name.
    pub fn named(name: &str) -> Option<Self> {
        <Self as clap::ValueEnum>::from_str(name, true).ok()
    }

    /// The names of all formats.
    pub fn names() -> Vec<String> {
        let all = <Self as clap::ValueEnum>::value_variants().iter();
        let named = all.filter_map(clap::ValueEnum::to_possible_value);
        named.map(|value| value.get_name().to_owned()).collect()
    }
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
