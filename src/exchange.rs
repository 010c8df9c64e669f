//! Imports annotations: those of `notes export` (JSON, Web Annotation), and Web Annotations of
//! other programs. Reads and merges; the store saves the result.

mod fault;
mod file;
mod finder;
mod incoming;
mod merge;
mod web_annotation;

pub use file::read;
pub use incoming::{Context, Incoming, Origin};
pub use merge::{Merged, merge};
