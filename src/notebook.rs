//! The notebook: annotations of reports, changes with undo, filters, status and reviews. Pure.

pub mod annotation;
mod change;
pub mod compared;
mod entry;
pub mod file_text;
pub mod filter;
mod index;
pub mod news;
#[expect(clippy::module_inception, reason = "the file of the type")]
mod notebook;
pub mod records;
pub mod resolution;
pub mod review;
mod status;

pub use change::Change;
pub use entry::{Entry, Saved, passage};
pub use notebook::Notebook;
