//! Everything on disk but the notebook: reports and settings.

#![expect(clippy::disallowed_methods, reason = "reports live on the disk")]

pub mod config;
pub mod files;
pub mod history;
pub mod last;
pub mod names;
pub mod removed;
mod reports;

pub use reports::{
    BUNDLED, BUNDLED_ID, LARGEST, LibraryError, Listed, editions, find, list, open, read,
};
