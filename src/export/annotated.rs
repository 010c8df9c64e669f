//! A report with its annotations: passages marked, notes as footnotes. The report is written by the
//! same code as without notes; marks go in as placeholders and are replaced by those of the format.

mod caption;
mod html;
mod json;
mod markdown;
mod marked;
mod parts;
mod placement;
mod text;

pub use parts::Annotated;

use super::Format;

impl Annotated<'_> {
    /// Writes everything. `width` is as for [`super::write`].
    pub fn write(&self, format: Format, width: Option<usize>) -> String {
        match format {
            Format::Text => text::write(self, width),
            Format::Markdown => markdown::write(self),
            Format::Html => html::write(self),
            Format::Json => json::write(self),
        }
    }
}
