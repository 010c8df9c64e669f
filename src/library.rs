//! Everything on disk but the notebook: reports and settings.

pub mod config;
mod reports;

pub use reports::{BUNDLED, LibraryError, Listed, list, open, read};
