//! Follows annotations into the edition that is open, beside the reading: thousands of notes
//! take seconds where much has changed.

use crate::edition::KnownEditions;
use std::collections::BTreeSet;

use super::{Notebook, review::Decision};
use crate::{
    edition::{
        Edition,
        anchor::{Anchor, Resolution},
        resolver::Resolver,
    },
    report::{Report, position::Passage},
};

/// Annotations that are told of at once.
const AT_ONCE: usize = 256;

/// An annotation that is not for sure where its anchor says: its id and anchor.
pub type Astray = (String, Anchor);

/// Where an annotation stands: its id and anchor, and what was found.
pub type Found = (String, Anchor, Resolution);

/// Follows annotations; `edition` is that of the report.
pub fn find(
    editions: &dyn KnownEditions,
    report: &Report,
    edition: &Edition,
    astray: Vec<Astray>,
    mut tell: impl FnMut(Vec<Found>),
) {
    let mut resolver = Resolver::new(report, edition);
    learn(
        &mut resolver,
        editions,
        report,
        astray.iter().map(|(_, anchor)| anchor),
    );
    let mut found = Vec::new();
    for (id, anchor) in astray {
        let resolution = resolver.resolve(&anchor);
        found.push((id, anchor, resolution));
        if found.len() >= AT_ONCE {
            tell(std::mem::take(&mut found));
        }
    }
    tell(found);
}

/// Every place that could be an anchor's, the best first; `edition` is that of the report.
pub fn places(
    editions: &dyn KnownEditions,
    report: &Report,
    edition: &Edition,
    anchor: &Anchor,
) -> Vec<Passage> {
    let mut resolver = Resolver::new(report, edition);
    learn(&mut resolver, editions, report, std::iter::once(anchor));
    resolver.places(anchor)
}

/// Lets a resolver know the editions of anchors, as far as they are kept.
pub fn learn<'a>(
    resolver: &mut Resolver<'_>,
    editions: &dyn KnownEditions,
    report: &Report,
    anchors: impl Iterator<Item = &'a Anchor>,
) {
    let hashes: BTreeSet<&str> = anchors.map(|anchor| anchor.edition.as_str()).collect();
    for hash in hashes
        .into_iter()
        .filter(|hash| !resolver.knows(hash))
        .collect::<Vec<_>>()
    {
        if let Some(old) = editions.read(&report.id, hash) {
            resolver.learn(&old);
        }
    }
}

/// Follows all annotations of a notebook, before it is shown, and takes what was settled of them.
pub fn follow_all(
    notebook: &mut Notebook,
    editions: &dyn KnownEditions,
    decisions: Vec<Decision>,
    report: &Report,
) {
    if notebook.entries().is_empty() {
        return;
    }
    let edition = Edition::of(report);
    notebook.take_decisions(decisions, &edition.hash, report);
    let astray = notebook.astray(&edition.hash);
    find(editions, report, &edition, astray, |found| {
        notebook.take_found(found, report)
    });
}
