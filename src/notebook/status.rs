//! The status of annotations in the open edition: as reviewed, else as resolved, else at first
//! sight.

use std::collections::HashMap;

use super::{
    Entry, Notebook, Saved,
    annotation::Annotation,
    resolution::{Found, Unresolved},
    review::Decision,
};
use crate::{edition::anchor::Resolution, report::Report};

impl Notebook {
    /// Annotations to resolve, because their edition is another or their text is not in its place;
    /// each is returned once.
    pub fn unresolved(&self, edition: &str) -> Vec<Unresolved> {
        let is_unresolved = |entry: &&Entry| {
            let anchor = &entry.annotation.anchor;
            let is_in_place =
                anchor.edition == edition && matches!(entry.resolution, Resolution::Exact(_));
            !is_in_place
                && self
                    .found
                    .get(&entry.annotation.id)
                    .is_none_or(|(of, _)| of != anchor)
        };
        let unresolved = self.entries.iter().filter(is_unresolved);
        unresolved
            .map(|entry| (entry.annotation.id.clone(), entry.annotation.anchor.clone()))
            .collect()
    }

    /// Takes resolutions of annotations.
    pub fn take_found(&mut self, found: Vec<Found>, report: &Report) {
        self.found.extend(
            found
                .into_iter()
                .map(|(id, anchor, resolution)| (id, (anchor, resolution))),
        );
        self.sort(report);
    }

    /// The review of an annotation for the open edition, even if it does not apply.
    pub fn decision(&self, id: &str) -> Option<&Decision> {
        self.decisions.get(id)
    }

    /// Takes the reviews on disk; ignores those for other reports and editions. Pending ones stay
    /// as they are.
    pub fn take_decisions(
        &mut self,
        decisions: Vec<Decision>,
        is_edition: impl Fn(&str) -> bool,
        report: &Report,
    ) {
        let is_here =
            |decision: &Decision| is_edition(&decision.edition) && decision.report == report.id;
        let mut taken: HashMap<_, _> = decisions
            .into_iter()
            .filter(is_here)
            .map(|decision| (decision.id.clone(), decision))
            .collect();
        for entry in self
            .entries
            .iter()
            .filter(|entry| !entry.saved.is_from_disk())
        {
            let id = &entry.annotation.id;
            taken.remove(id);
            taken.extend(
                self.decisions
                    .get(id)
                    .map(|decision| (id.clone(), decision.clone())),
            );
        }
        if taken != self.decisions {
            self.decisions = taken;
            self.sort(report);
        }
    }

    /// Sets or clears the review of an annotation.
    pub(super) fn decide(&mut self, id: &str, new: Option<&Decision>, report: &Report) {
        match new {
            Some(decision) => drop(self.decisions.insert(id.to_owned(), decision.clone())),
            None => drop(self.decisions.remove(id)),
        }
        if let Some(annotation) = self.entry(id).map(|entry| entry.annotation.clone()) {
            self.remove(id);
            self.insert(Entry::new(annotation, report, Saved::Pending), report);
        }
    }

    /// The resolution of an entry and whether it was reviewed.
    pub(super) fn status(&self, entry: &Entry, report: &Report) -> (Resolution, bool) {
        let Annotation { id, anchor, .. } = &entry.annotation;
        if let Some(reviewed) = self
            .decisions
            .get(id)
            .and_then(|decision| decision.resolution(anchor, report))
        {
            return (reviewed, true);
        }
        let found = self
            .found
            .get(id)
            .filter(|(of, _)| of == anchor)
            .map(|(_, found)| *found);
        let seen = || {
            if entry.is_reviewed {
                anchor.at_first_sight(report)
            } else {
                entry.resolution
            }
        };
        (found.unwrap_or_else(seen), false)
    }
}
