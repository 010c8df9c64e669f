//! Everything on disk but the notebook: reports and settings.

#![expect(clippy::disallowed_methods, reason = "reports live on the disk")]

pub mod config;
mod reports;

pub use reports::{BUNDLED, LARGEST, LibraryError, Listed, list, open, read};
