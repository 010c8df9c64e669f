//! One report in two editions: hashes, anchors, and where a passage of one is in the other.

mod alignment;
pub mod anchor;
mod candidates;
pub mod comparison;
pub mod fingerprint;
pub mod fragment;
mod hashes;
pub mod resolver;
mod word_index;

pub use hashes::{Edition, KnownEditions, SectionHashes};
