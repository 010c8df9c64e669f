//! Where annotations stand in the open edition: as it was reviewed, else as they were found, else as
//! they are seen.

use std::collections::HashMap;

use super::{
    Entry, Notebook, Saved,
    annotation::Annotation,
    entry,
    following::{Astray, Found},
    review::Decision,
};
use crate::{edition::anchor::Resolution, report::Report};

impl Notebook {
    /// Annotations that have to be looked for, as their edition is another or their text is not
    /// in its place; each is asked for once.
    pub fn astray(&self, edition: &str) -> Vec<Astray> {
        let is_astray = |entry: &&Entry| {
            let anchor = &entry.annotation.anchor;
            let is_in_place =
                anchor.edition == edition && matches!(entry.resolution, Resolution::Exact(_));
            !is_in_place
                && self
                    .found
                    .get(&entry.annotation.id)
                    .is_none_or(|(of, _)| of != anchor)
        };
        let astray = self.entries.iter().filter(is_astray);
        astray
            .map(|entry| (entry.annotation.id.clone(), entry.annotation.anchor.clone()))
            .collect()
    }

    /// Takes what was found of annotations that had to be looked for.
    pub fn take_found(&mut self, found: Vec<Found>, report: &Report) {
        self.found.extend(
            found
                .into_iter()
                .map(|(id, anchor, resolution)| (id, (anchor, resolution))),
        );
        self.sort(report);
    }

    /// What was settled of an annotation for the open edition, whether it counts or not.
    pub fn decision(&self, id: &str) -> Option<&Decision> {
        self.decisions.get(id)
    }

    /// Takes what was read of decisions; those for other reports and editions are none here. One
    /// that is still under way stays as it is, whatever the disk says.
    pub fn take_decisions(&mut self, decisions: Vec<Decision>, edition: &str, report: &Report) {
        let is_here =
            |decision: &Decision| decision.edition == edition && decision.report == report.id;
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

    /// Settles an annotation that is there, as it is there.
    pub(super) fn decide(&mut self, id: &str, new: Option<&Decision>, report: &Report) {
        match new {
            Some(decision) => drop(self.decisions.insert(id.to_owned(), decision.clone())),
            None => drop(self.decisions.remove(id)),
        }
        if let Some(annotation) = self.entry(id).map(|entry| entry.annotation.clone()) {
            self.remove(id);
            self.insert(entry(annotation, report, Saved::Pending), report);
        }
    }

    /// Where an entry stands and whether that is settled: as it was reviewed, else as it was found
    /// where it had to be looked for, else as it is seen.
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
