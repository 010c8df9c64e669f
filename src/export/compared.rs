//! Writes what changed between two editions of a report.

mod json;
mod markdown;
mod marks;
pub mod summary;
mod text;

use crate::notebook::compared::Compared;

/// The formats of `compare`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum ComparedFormat {
    Text,
    Markdown,
    Json,
}

/// Writes the comparison, with unchanged parts folded.
pub fn write(format: ComparedFormat, compared: &Compared) -> String {
    match format {
        ComparedFormat::Text => text::write(compared),
        ComparedFormat::Markdown => markdown::write(compared),
        ComparedFormat::Json => json::write(compared),
    }
}
