//! Parts of a report with the annotations in them.

use super::placement::{self, Placed};
use crate::{
    export::Part,
    notebook::{Entry, passage},
    report::Report,
};

/// Parts of a report with their entries.
#[derive(Debug)]
pub struct Annotated<'a> {
    pub(super) report: &'a Report,
    pub(super) parts: &'a [Part<'a>],
    pub(super) placed: Vec<Placed<'a>>,
    /// Orphans; none if only a part is written.
    pub(super) orphans: Vec<&'a Entry>,
}

impl<'a> Annotated<'a> {
    /// `is_whole` if the parts are the whole report: then orphans belong to it.
    pub fn new(
        report: &'a Report,
        parts: &'a [Part<'a>],
        entries: &'a [Entry],
        is_whole: bool,
    ) -> Self {
        let orphans = entries
            .iter()
            .filter(|entry| is_whole && passage(entry).is_none())
            .collect();
        Self {
            report,
            parts,
            placed: placement::place(report, parts, entries),
            orphans,
        }
    }

    /// The entries with footnotes, by number.
    pub(super) fn footnotes(&self) -> impl Iterator<Item = (usize, &Placed<'a>)> {
        let numbered = self
            .placed
            .iter()
            .filter_map(|placed| placed.number.map(|number| (number, placed)));
        let mut numbered: Vec<_> = numbered.collect();
        numbered.sort_by_key(|(number, _)| *number);
        numbered.into_iter()
    }
}
