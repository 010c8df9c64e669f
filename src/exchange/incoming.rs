//! Annotations as read from a file, and what they are read for.

use crate::{edition::Edition, notebook::annotation::Annotation, report::Report};

/// An annotation as read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Incoming {
    pub annotation: Annotation,
    pub origin: Origin,
}

/// Who made an annotation, and on which page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// This program. Its anchor is unchanged.
    Ours,
    /// Another program, on the page that the report was made of. Anchored here by its quote.
    Foreign,
    /// Another program, on another page. Anchored here by its quote, which may be here by chance:
    /// the user decides.
    Elsewhere,
}

/// What foreign annotations lack.
#[derive(Debug)]
pub struct Context<'a> {
    /// The report that they are anchored in.
    pub report: &'a Report,
    pub edition: &'a Edition,
    /// The date of those without one, RFC 3339.
    pub now: String,
}
