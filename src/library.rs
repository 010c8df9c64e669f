//! What is on disk but the notebook: reports and the settings file.

#![expect(clippy::disallowed_methods, reason = "reports live on the disk")]

pub mod config;
mod reports;

pub use reports::{BUNDLED, BUNDLED_ID, LibraryError, Listed, list, open, read};
