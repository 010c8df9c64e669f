//! An annotation with its status in the open report.

use super::annotation::Annotation;
use crate::{
    edition::anchor::Resolution,
    report::{Report, position::Passage},
};

/// Whether what is shown is on disk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Saved {
    Yes,
    Pending,
    /// Not yet, and why; retried.
    Failed(String),
    /// Saved, but its file has vanished since.
    Vanished,
    /// Saved, but its file can no longer be read.
    Unreadable,
}

impl Saved {
    /// Whether no change of it is pending.
    pub(super) fn is_from_disk(&self) -> bool {
        matches!(self, Self::Yes | Self::Vanished | Self::Unreadable)
    }
}

/// An annotation and its status in the open report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    pub annotation: Annotation,
    pub resolution: Resolution,
    /// Whether the status was reviewed, for this edition.
    pub is_reviewed: bool,
    pub saved: Saved,
}

impl Entry {
    /// Whether it needs review: its passage has changed, is unsure or gone, and that is not
    /// reviewed.
    pub fn needs_review(&self) -> bool {
        !self.is_reviewed && !matches!(self.resolution, Resolution::Exact(_) | Resolution::Moved(_))
    }

    /// An entry at first sight of its anchor, not resolved or reviewed.
    pub(super) fn new(annotation: Annotation, report: &Report, saved: Saved) -> Self {
        Self {
            resolution: annotation.anchor.at_first_sight(report),
            annotation,
            is_reviewed: false,
            saved,
        }
    }

    /// Reading order, orphans last: those of a section together, in their original order.
    pub(super) fn order(&self) -> impl Ord {
        let place = passage(self).map(|passage| (passage.start(), passage.end()));
        let made_at = &self.annotation.anchor.start;
        let made_at =
            place
                .is_none()
                .then_some((made_at.section.as_str(), made_at.block, made_at.byte));
        (
            place.is_none(),
            place,
            made_at,
            self.annotation.created.as_str(),
            self.annotation.id.as_str(),
        )
    }
}

/// The passage of an entry; `None` for an orphan.
pub fn passage(entry: &Entry) -> Option<Passage> {
    entry.resolution.passage()
}
