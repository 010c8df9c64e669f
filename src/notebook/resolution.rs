//! Resolves annotations in the open edition, on a thread: thousands of notes take seconds if much
//! has changed.

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

/// Annotations reported at once.
const AT_ONCE: usize = 256;

/// An annotation that may not be where its anchor says: its id and anchor.
pub type Unresolved = (String, Anchor);

/// A resolved annotation: its id, anchor and resolution.
pub type Found = (String, Anchor, Resolution);

/// Resolves annotations; `edition` is that of the report.
pub fn find(
    editions: &dyn KnownEditions,
    report: &Report,
    edition: &Edition,
    unresolved: Vec<Unresolved>,
    mut report_found: impl FnMut(Vec<Found>),
) {
    let mut resolver = Resolver::new(report, edition);
    learn(
        &mut resolver,
        editions,
        report,
        unresolved.iter().map(|(_, anchor)| anchor),
    );
    let mut found = Vec::new();
    for (id, anchor) in unresolved {
        let resolution = resolver.resolve(&anchor);
        found.push((id, anchor, resolution));
        if found.len() >= AT_ONCE {
            report_found(std::mem::take(&mut found));
        }
    }
    report_found(found);
}

/// All candidate passages of an anchor, the best first; `edition` is that of the report.
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

/// Teaches a resolver the editions of anchors, if they are saved.
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

/// Resolves all annotations of a notebook, with reviews.
pub fn resolve_all(
    notebook: &mut Notebook,
    editions: &dyn KnownEditions,
    decisions: Vec<Decision>,
    report: &Report,
) {
    if notebook.entries().is_empty() {
        return;
    }
    let edition = Edition::of(report);
    notebook.take_decisions(decisions, |hash| edition.is(hash), report);
    let unresolved = notebook.unresolved(&edition.hash);
    find(editions, report, &edition, unresolved, |found| {
        notebook.take_found(found, report)
    });
}
