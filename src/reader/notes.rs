//! The notes of the report that is read: the notebook, drafts, what the disk says of them, and
//! where they stand in this edition.

mod changes;
mod drafts;
mod news;

use std::collections::HashSet;

use changes::Saves;
pub(super) use changes::Way;
use drafts::Drafts;
pub(super) use news::News;

use super::environment::Environment;
use crate::{
    edition::{Edition, anchor::Anchor},
    notebook::{
        Entry, Notebook,
        annotation::{Annotation, Color, FORMAT, Kind},
        news::Problem,
        passage,
        resolution::Unresolved,
        review::{Decision, Verdict},
    },
    report::{
        Report,
        position::{Passage, Position},
    },
};

/// The notes of the report that is read.
#[derive(Debug)]
pub struct Notes {
    notebook: Notebook,
    environment: Environment,
    /// The colour used last.
    pub(super) colour: Color,
    pub(super) drafts: Drafts,
    /// Whether drafts are offered by their key alone.
    pub(super) are_drafts_quiet: bool,
    saves: Saves,
    /// Files of the notebook that cannot be read.
    problems: Vec<Problem>,
    /// Ids of annotations that have vanished from disk without being deleted, and how many of
    /// them are shown.
    vanished: (Vec<String>, usize),
    /// Ids of annotations that were deleted for good, and came back with a copy.
    returned: Vec<String>,
    /// Why no note can be saved, where none can.
    read_only: Option<String>,
    edition: Option<Edition>,
    /// All decisions that were read, for any edition.
    decisions: Vec<Decision>,
    /// Ids of the annotations that are being followed into this edition.
    followed: HashSet<String>,
}

impl Notes {
    pub(super) fn new(environment: Environment) -> Self {
        Self {
            notebook: Notebook::default(),
            environment,
            colour: Color::default(),
            drafts: Drafts::default(),
            are_drafts_quiet: false,
            saves: Saves::default(),
            problems: Vec::new(),
            vanished: (Vec::new(), 0),
            returned: Vec::new(),
            read_only: None,
            edition: None,
            decisions: Vec::new(),
            followed: HashSet::new(),
        }
    }

    pub fn notebook(&self) -> &Notebook {
        &self.notebook
    }

    /// Text that was typed and not saved, the newest last.
    pub fn drafts(&self) -> &[Annotation] {
        self.drafts.all()
    }

    pub(super) fn environment(&self) -> Environment {
        self.environment
    }

    /// Why no note can be saved, where none can.
    pub fn read_only(&self) -> Option<&str> {
        self.read_only.as_deref()
    }

    pub(super) fn set_read_only(&mut self, why: Option<String>) {
        self.read_only = why;
    }

    pub(super) fn annotation(&self, id: &str) -> Option<Annotation> {
        self.notebook
            .entry(id)
            .map(|entry| entry.annotation.clone())
    }

    /// Ids of the annotations in the paragraph at a position that are wanted.
    pub(super) fn ids_at(&self, at: Position, wanted: impl Fn(&Entry) -> bool) -> Vec<String> {
        let here = self.notebook.in_block(at).filter(|entry| wanted(entry));
        here.map(|entry| entry.annotation.id.clone()).collect()
    }

    /// The edition of the report, whose hashes new anchors carry; made when first needed.
    pub(super) fn edition(&mut self, report: &Report) -> &Edition {
        self.edition.get_or_insert_with(|| Edition::of(report))
    }

    /// A new annotation of a passage, not in the notebook yet.
    pub(super) fn new_annotation(
        &mut self,
        report: &Report,
        kind: Kind,
        passage: Passage,
    ) -> Annotation {
        let now = (self.environment.now)();
        let id = (self.environment.new_id)();
        let anchor = Anchor::new(report, self.edition(report), passage);
        Annotation {
            format: FORMAT,
            id,
            report: report.id.clone(),
            kind,
            anchor,
            text: String::new(),
            color: None,
            letter: None,
            created: now.clone(),
            modified: now,
            conflict_of: None,
            base: None,
        }
    }

    /// The decision that an annotation stands on a passage.
    pub(super) fn here(&mut self, report: &Report, passage: Passage) -> Verdict {
        Verdict::Here(Box::new(Anchor::new(report, self.edition(report), passage)))
    }

    /// A decision on an annotation for this edition.
    pub(super) fn decision(
        &mut self,
        report: &Report,
        annotation: &Annotation,
        verdict: Verdict,
    ) -> Decision {
        let decided = (self.environment.now)();
        Decision::new(annotation, &self.edition(report).hash, verdict, decided)
    }

    /// Where an annotation stands in this edition, as far as that is known.
    pub fn stands(&self, annotation: &Annotation, report: &Report) -> Option<Passage> {
        let entry = self
            .notebook
            .entry(&annotation.id)
            .filter(|entry| entry.annotation.anchor == annotation.anchor);
        entry
            .map_or_else(
                || annotation.anchor.at_first_sight(report),
                |entry| entry.resolution,
            )
            .passage()
    }

    /// Where annotations begin, one position a paragraph, in reading order.
    pub(super) fn starts(&self) -> Vec<Position> {
        let starts = self.notebook.entries().iter().filter_map(passage);
        let mut starts: Vec<Position> = starts.map(Passage::start).collect();
        starts.dedup_by_key(|start| start.block_key());
        starts
    }

    /// The annotation after this one that needs review, in the order given; from the end on from
    /// the start.
    pub(super) fn next_to_review(&self, id: &str, order: &[String]) -> Option<String> {
        let at = order.iter().position(|of| of == id).unwrap_or(0);
        let (before, after) = order.split_at_checked(at)?;
        let needs_review =
            |of: &&String| *of != id && self.notebook.entry(of).is_some_and(Entry::needs_review);
        after.iter().chain(before).find(needs_review).cloned()
    }

    /// All ids in reading order.
    pub(super) fn ids(&self) -> Vec<String> {
        let entries = self.notebook.entries().iter();
        entries.map(|entry| entry.annotation.id.clone()).collect()
    }

    /// Annotations to be followed into this edition, each once; with the edition.
    pub(super) fn unresolved(&mut self) -> Option<(Edition, Vec<Unresolved>)> {
        let edition = self.edition.clone()?;
        let mut unresolved = self.notebook.unresolved(&edition.hash);
        unresolved.retain(|(id, _)| self.followed.insert(id.clone()));
        (!unresolved.is_empty()).then_some((edition, unresolved))
    }

    /// Whether the anchors of some annotations are of another edition than the one that is read.
    pub(super) fn has_other_editions(&self) -> bool {
        let here = self.edition.as_ref().map(|edition| &edition.hash);
        let mut entries = self.notebook.entries().iter();
        entries.any(|entry| {
            Some(&entry.annotation.anchor.edition) != here && entry.resolution.name() != "exact"
        })
    }
}
