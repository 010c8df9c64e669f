//! One report in two editions: hashes, anchors, and where a passage of one is in the other.

pub mod anchor;
pub mod comparison;
pub mod fingerprint;
pub mod fragment;
mod hashes;
pub mod history;
pub mod outline_alignment;
pub mod progress;
pub mod resolver;
mod word_index;

pub use hashes::{Edition, KnownEditions, SavedEdition, SectionHashes};
