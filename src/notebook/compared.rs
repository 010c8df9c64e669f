//! Two editions side by side: what changed, and the annotations on changed passages.

use crate::edition::KnownEditions;
use std::{collections::HashMap, sync::Arc};

use super::{annotation::Annotation, resolution, review::Decision};
use crate::{
    edition::{
        Edition,
        anchor::Resolution,
        comparison::{self, BlockChange, SectionChange, Status},
        resolver::Resolver,
    },
    report::{
        Report,
        address::Address,
        position::{Passage, Position},
    },
    text::{
        word_diff::{self, Piece},
        wording,
    },
};

/// Two editions and what changed between them.
#[derive(Debug)]
pub struct Compared {
    pub old: Arc<Report>,
    pub new: Arc<Report>,
    /// In the order of the new edition.
    pub sections: Vec<SectionChange>,
    /// Annotations on changed passages, in reading order.
    pub notes: Vec<ChangedNote>,
}

/// An annotation whose passage changed.
#[derive(Debug)]
pub struct ChangedNote {
    pub annotation: Annotation,
    /// Its position in the old edition.
    pub was: Option<Position>,
    /// Its status in the new edition.
    pub now: Resolution,
}

impl Compared {
    /// Compares two editions, without notes.
    pub fn new(old: Arc<Report>, new: Arc<Report>) -> Self {
        Self {
            sections: comparison::compare(&old, &new),
            old,
            new,
            notes: Vec::new(),
        }
    }

    /// Takes the annotations of either edition that are on changed passages, reviews considered.
    pub fn take_notes(
        &mut self,
        mut annotations: Vec<Annotation>,
        decisions: &[Decision],
        editions: &dyn KnownEditions,
    ) {
        annotations.retain(|annotation| {
            annotation.report == self.old.id || annotation.report == self.new.id
        });
        if !annotations.is_empty() {
            self.notes = notes(editions, decisions, annotations, (&self.old, &self.new));
        }
    }

    /// Whether anything changed.
    pub fn differs(&self) -> bool {
        self.sections
            .iter()
            .any(|section| section.status != Status::Same)
    }

    /// The title, with its old wording if it changed.
    pub fn title(&self, section: &SectionChange) -> Vec<Piece> {
        let title = |report: &Report, index: Option<usize>| {
            index
                .and_then(|index| report.sections.get(index))
                .map(|section| wording::one_line(&section.title))
        };
        match (title(&self.old, section.old), title(&self.new, section.new)) {
            (Some(old), Some(new)) => word_diff::pieces(&old, &new),
            (old, new) => vec![Piece::Same(new.or(old).unwrap_or_default())],
        }
    }

    /// The changes in a block's text, word by word; a single piece if it was added or removed.
    pub fn pieces(&self, change: BlockChange) -> Vec<Piece> {
        match change {
            BlockChange::Changed { old, new } => {
                word_diff::pieces(self.old.text_at(old), self.new.text_at(new))
            }
            BlockChange::Added(at) => vec![Piece::Added(self.new.text_at(at).to_owned())],
            BlockChange::Removed(at) => vec![Piece::Removed(self.old.text_at(at).to_owned())],
            BlockChange::Same { new, .. } | BlockChange::MovedHere { new, .. } => {
                vec![Piece::Same(self.new.text_at(new).to_owned())]
            }
            BlockChange::MovedAway { old, .. } => {
                vec![Piece::Same(self.old.text_at(old).to_owned())]
            }
        }
    }
}

impl ChangedNote {
    /// The changes in the quote; the whole quote as removed if nothing certain is known.
    pub fn pieces(&self, new: &Report) -> Vec<Piece> {
        let quote = &self.annotation.anchor.quote;
        match self.now {
            Resolution::Changed(passage) => word_diff::pieces(quote, &new.text_of(passage)),
            _ => vec![Piece::Removed(quote.clone())],
        }
    }

    /// `2:4 → 2:5`, or one of them.
    pub fn place(&self, old: &Report, new: &Report) -> String {
        let was = self.was.map(|at| Address::of(at).number(old));
        let now = self
            .now
            .passage()
            .map(|passage| Address::of(passage.start()).number(new));
        match (was, now) {
            (Some(was), Some(now)) if was != now => format!("{was} → {now}"),
            (was, now) => now.or(was).unwrap_or_else(|| "-".into()),
        }
    }
}

/// The annotations whose passages changed in the new edition.
fn notes(
    editions: &dyn KnownEditions,
    decisions: &[Decision],
    annotations: Vec<Annotation>,
    (old, new): (&Report, &Report),
) -> Vec<ChangedNote> {
    let (old_edition, new_edition) = (Edition::of(old), Edition::of(new));
    let resolve = |of, other| {
        as_reviewed(
            resolutions(editions, &annotations, of, other),
            decisions,
            &annotations,
            of,
        )
    };
    let was = resolve((old, &old_edition), &new_edition);
    let now = resolve((new, &new_edition), &old_edition);
    let both = was.into_iter().zip(now);
    let all = annotations
        .into_iter()
        .zip(both)
        .map(|(annotation, (was, now))| ChangedNote {
            annotation,
            was: Some(was)
                .filter(|was| was.is_certain())
                .and_then(Resolution::passage)
                .map(Passage::start),
            now,
        });
    let is_changed = |noted: &ChangedNote| {
        noted.was.is_some() && !matches!(noted.now, Resolution::Exact(_) | Resolution::Moved(_))
    };
    let mut changed: Vec<ChangedNote> = all.filter(is_changed).collect();
    changed.sort_by(|a, b| (a.was, &a.annotation.id).cmp(&(b.was, &b.annotation.id)));
    changed
}

/// Replaces found resolutions by reviewed ones.
fn as_reviewed(
    mut found: Vec<Resolution>,
    decisions: &[Decision],
    annotations: &[Annotation],
    (report, edition): (&Report, &Edition),
) -> Vec<Resolution> {
    let here = decisions
        .iter()
        .filter(|decision| edition.is(&decision.edition) && decision.report == report.id);
    let here: HashMap<&str, &Decision> = here
        .map(|decision| (decision.id.as_str(), decision))
        .collect();
    for (found, annotation) in found.iter_mut().zip(annotations) {
        let reviewed = here
            .get(annotation.id.as_str())
            .and_then(|decision| decision.resolution(&annotation.anchor, report));
        *found = reviewed.unwrap_or(*found);
    }
    found
}

fn resolutions(
    editions: &dyn KnownEditions,
    annotations: &[Annotation],
    of: (&Report, &Edition),
    other: &Edition,
) -> Vec<Resolution> {
    let mut resolver = Resolver::new(of.0, of.1);
    resolver.learn(other);
    resolution::learn(
        &mut resolver,
        editions,
        of.0,
        annotations.iter().map(|annotation| &annotation.anchor),
    );
    annotations
        .iter()
        .map(|annotation| resolver.resolve(&annotation.anchor))
        .collect()
}
