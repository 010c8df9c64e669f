//! What is on disk but the notebook: reports and the settings file.

pub mod config;
mod reports;

pub use reports::{BUNDLED, BUNDLED_ID, LibraryError, Listed, list, open, read};
