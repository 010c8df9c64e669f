//! Writes a report, or parts of it, in other formats. The notebook's formats are in [`notes`], a
//! report with its notes in [`annotated`], two editions in [`compared`].

pub mod annotated;
pub mod cite;
pub mod compared;
mod html;
pub mod json;
mod markdown;
pub mod notes;
mod part;
mod rendered;
mod spans;
mod text;

pub use part::{Part, parts};

use crate::report::Report;

/// The formats of `print`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Format {
    Text,
    Markdown,
    Html,
    Json,
}

/// Writes parts of a report. `width` is the text width in columns of plain text; `None` leaves each
/// block on one line.
pub fn write(format: Format, report: &Report, parts: &[Part<'_>], width: Option<usize>) -> String {
    match format {
        Format::Text => text::write(report, parts, width),
        Format::Markdown => markdown::write(parts),
        Format::Html => html::write(report, parts),
        Format::Json => json::write(report, parts),
    }
}
