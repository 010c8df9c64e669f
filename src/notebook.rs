//! The annotations of one report, in reading order, with every change undoable. Pure: keeping
//! them on disk is [`store`]'s work, on the thread of [`keeper`].

pub mod annotation;
mod change;
pub mod compared;
pub mod file_text;
pub mod filter;
pub mod following;
pub mod news;
pub mod review;
mod status;

use std::collections::{BTreeMap, HashMap};

use annotation::{Annotation, Kind};
pub use change::Change;
use review::Decision;

use crate::{
    edition::anchor::{Anchor, Resolution},
    report::{
        Report,
        position::{Passage, Position},
    },
};

/// Whether what is shown is on disk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Saved {
    Yes,
    Pending,
    /// Not yet, and why; tried again.
    Failed(String),
    /// It was, and its file has vanished since.
    Vanished,
    /// It was, and its file cannot be read any more.
    Unreadable,
}

impl Saved {
    /// Whether nothing of it waits to be written.
    pub fn is_from_disk(&self) -> bool {
        matches!(self, Self::Yes | Self::Vanished | Self::Unreadable)
    }
}

/// An annotation and where it stands in the open report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    pub annotation: Annotation,
    pub resolution: Resolution,
    /// Whether its reader has settled that, for this edition.
    pub is_reviewed: bool,
    pub saved: Saved,
}

impl Entry {
    /// Whether its reader should look where it stands: its passage has other words, may be
    /// another or is gone, and that is not settled.
    pub fn needs_review(&self) -> bool {
        !self.is_reviewed && !matches!(self.resolution, Resolution::Exact(_) | Resolution::Moved(_))
    }
}

/// The annotations of the open report.
#[derive(Debug, Default)]
pub struct Notebook {
    entries: Vec<Entry>,
    /// Where each id stands in `entries`.
    ids: HashMap<String, usize>,
    /// Entries that have text in a block, by section and block.
    blocks: BTreeMap<(usize, usize), Vec<usize>>,
    /// How many entries of each kind, in the order of [`Kind::ALL`], begin in a section.
    sections: BTreeMap<usize, [usize; 3]>,
    /// What was found of those that are not where their anchors say, by id.
    found: HashMap<String, (Anchor, Resolution)>,
    /// What was settled for the open edition, by id; also what no longer counts.
    decisions: HashMap<String, Decision>,
    /// How many entries of each kind, in the order of [`Kind::ALL`].
    kinds: [usize; 3],
    undo: Vec<Change>,
    redo: Vec<Change>,
    revision: u64,
}

impl Notebook {
    /// All entries: those with a place in reading order, then the orphans.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// Changes whenever an entry does: what was worked out of the entries is stale then.
    pub fn revision(&self) -> u64 {
        self.revision
    }

    /// A draft as an entry, for lists.
    pub fn draft_entry(annotation: &Annotation, report: &Report) -> Entry {
        entry(annotation.clone(), report, Saved::Pending)
    }

    pub fn entry(&self, id: &str) -> Option<&Entry> {
        self.entries.get(*self.ids.get(id)?)
    }

    /// Entries that have text in the block at a position, in reading order.
    pub fn in_block(&self, position: Position) -> impl Iterator<Item = &Entry> {
        let here = self.blocks.get(&position.block_key()).into_iter().flatten();
        here.filter_map(|&index| self.entries.get(index))
    }

    /// How many notes, highlights and bookmarks begin in a section, in the order of
    /// [`Kind::ALL`].
    pub fn counts_in_section(&self, section: usize) -> [usize; 3] {
        self.sections.get(&section).copied().unwrap_or_default()
    }

    pub fn count(&self, kind: Kind) -> usize {
        self.kinds[kind as usize]
    }

    /// How many need a look, see [`Entry::needs_review`].
    pub fn count_to_review(&self) -> usize {
        self.entries
            .iter()
            .filter(|entry| entry.needs_review())
            .count()
    }

    pub fn bookmark(&self, letter: char) -> Option<&Entry> {
        self.entries.iter().find(|entry| {
            entry.annotation.kind == Kind::Bookmark && entry.annotation.letter == Some(letter)
        })
    }

    /// Takes what was read from disk. Entries whose change is still under way stay as they
    /// are, whatever the disk says.
    pub fn replace(&mut self, annotations: Vec<Annotation>, report: &Report) {
        self.entries.retain(|entry| !entry.saved.is_from_disk());
        self.sort(report);
        let new = annotations.into_iter().filter(|annotation| {
            annotation.report == report.id && !self.ids.contains_key(&annotation.id)
        });
        let new: Vec<Entry> = new
            .map(|annotation| entry(annotation, report, Saved::Yes))
            .collect();
        self.entries.extend(new);
        self.sort(report);
    }

    /// Marks what is shown although its file has vanished, or cannot be read; returns how many of
    /// these are shown.
    pub fn mark(&mut self, ids: &[String], saved: &Saved) -> usize {
        let mut shown = 0;
        for id in ids {
            let entry = self
                .ids
                .get(id)
                .and_then(|&index| self.entries.get_mut(index));
            if let Some(entry) = entry.filter(|entry| entry.saved == Saved::Yes) {
                entry.saved = saved.clone();
                shown += 1;
            }
        }
        shown
    }

    /// Takes what was deleted before, the last first: it can be undone after all that is done from now on.
    pub fn recall_deleted(&mut self, deleted: Vec<Annotation>) {
        let earlier = deleted.into_iter().rev().map(Change::Restore);
        self.undo = earlier.chain(std::mem::take(&mut self.undo)).collect();
    }

    /// Makes a change in memory and remembers how to take it back.
    pub fn make(&mut self, change: &Change, report: &Report) {
        self.apply(change, report);
        self.undo.push(change.inverse());
        self.redo.clear();
    }

    /// Lets one undo take back the last edit together with the addition right before it.
    pub fn join_last_edit(&mut self) {
        if let [.., Change::Delete(added), Change::Edit { old: edited, new }] =
            self.undo.as_mut_slice()
            && added == new
        {
            *added = edited.clone();
            self.undo.pop();
        }
    }

    /// Takes the last change back; returns what has to be kept.
    pub fn undo(&mut self, report: &Report) -> Option<Change> {
        let change = self.undo.pop()?;
        self.apply(&change, report);
        self.redo.push(change.inverse());
        Some(change)
    }

    /// Makes the change again that was taken back last; returns what has to be kept.
    pub fn redo(&mut self, report: &Report) -> Option<Change> {
        let change = self.redo.pop()?;
        self.apply(&change, report);
        self.undo.push(change.inverse());
        Some(change)
    }

    /// Notes what became of a change.
    pub fn settle(&mut self, id: &str, saved: Saved) {
        if let Some(entry) = self
            .ids
            .get(id)
            .and_then(|&index| self.entries.get_mut(index))
        {
            entry.saved = saved;
        }
    }

    /// Takes a change back that the store refused, and forgets how to undo it.
    pub fn take_back(&mut self, change: &Change, report: &Report) {
        self.undo.retain(|undo| *undo != change.inverse());
        self.redo.retain(|redo| *redo != change.inverse());
        self.apply(&change.inverse(), report);
        self.settle(&change.annotation().id, Saved::Yes);
    }

    /// Takes an edit that was kept as a second annotation: both are shown from now on.
    pub fn set_beside(&mut self, change: &Change, ours: Annotation, report: &Report) {
        self.undo.retain(|undo| *undo != change.inverse());
        self.undo.push(Change::Delete(ours.clone()));
        self.insert(entry(ours, report, Saved::Yes), report);
    }

    fn apply(&mut self, change: &Change, report: &Report) {
        let annotation = change.annotation();
        if let Change::Decide { new, .. } = change {
            return self.decide(&annotation.id, new.as_ref(), report);
        }
        self.remove(&annotation.id);
        if !matches!(change, Change::Delete(_)) {
            self.insert(entry(annotation.clone(), report, Saved::Pending), report);
        }
    }

    /// Puts one entry where it belongs; cheap where there are thousands.
    fn insert(&mut self, mut entry: Entry, report: &Report) {
        (entry.resolution, entry.is_reviewed) = self.status(&entry, report);
        let index = self
            .entries
            .partition_point(|other| key(other) < key(&entry));
        let indices = self
            .ids
            .values_mut()
            .chain(self.blocks.values_mut().flatten());
        indices
            .filter(|other| **other >= index)
            .for_each(|other| *other += 1);
        self.ids.insert(entry.annotation.id.clone(), index);
        self.kinds[entry.annotation.kind as usize] += 1;
        if let Some(passage) = passage(&entry) {
            self.sections.entry(passage.start().section).or_default()
                [entry.annotation.kind as usize] += 1;
            for block in report.blocks_of(passage) {
                let here = self.blocks.entry(block.block_key()).or_default();
                here.insert(here.partition_point(|other| *other < index), index);
            }
        }
        self.entries.insert(index, entry);
        self.revision += 1;
    }

    fn remove(&mut self, id: &str) {
        let Some(index) = self.ids.remove(id) else {
            return;
        };
        let entry = self.entries.remove(index);
        self.kinds[entry.annotation.kind as usize] -= 1;
        self.blocks
            .values_mut()
            .for_each(|here| here.retain(|other| *other != index));
        let indices = self
            .ids
            .values_mut()
            .chain(self.blocks.values_mut().flatten());
        indices
            .filter(|other| **other > index)
            .for_each(|other| *other -= 1);
        if let Some(counts) =
            passage(&entry).and_then(|passage| self.sections.get_mut(&passage.start().section))
        {
            counts[entry.annotation.kind as usize] -= 1;
        }
        self.revision += 1;
    }

    /// Puts the entries in order and notes where they stand.
    fn sort(&mut self, report: &Report) {
        let statuses: Vec<_> = self
            .entries
            .iter()
            .map(|entry| self.status(entry, report))
            .collect();
        for (entry, status) in self.entries.iter_mut().zip(statuses) {
            (entry.resolution, entry.is_reviewed) = status;
        }
        self.entries.sort_by(|a, b| key(a).cmp(&key(b)));
        self.ids = self
            .entries
            .iter()
            .enumerate()
            .map(|(index, entry)| (entry.annotation.id.clone(), index))
            .collect();
        self.revision += 1;
        self.blocks.clear();
        self.sections.clear();
        self.kinds = [0; 3];
        for (index, entry) in self.entries.iter().enumerate() {
            self.kinds[entry.annotation.kind as usize] += 1;
            let Some(passage) = passage(entry) else {
                continue;
            };
            self.sections.entry(passage.start().section).or_default()
                [entry.annotation.kind as usize] += 1;
            for block in report.blocks_of(passage) {
                self.blocks
                    .entry(block.block_key())
                    .or_default()
                    .push(index);
            }
        }
    }
}

/// Where an entry stands; `None` for an orphan.
pub fn passage(entry: &Entry) -> Option<Passage> {
    entry.resolution.passage()
}

fn entry(annotation: Annotation, report: &Report, saved: Saved) -> Entry {
    let resolution = annotation.anchor.at_first_sight(report);
    Entry {
        annotation,
        resolution,
        is_reviewed: false,
        saved,
    }
}

/// Reading order, orphans last: those of a section together, as they made_at in it.
fn key(entry: &Entry) -> impl Ord {
    let place = passage(entry).map(|passage| (passage.start(), passage.end()));
    let made_at = &entry.annotation.anchor.start;
    let made_at =
        place
            .is_none()
            .then_some((made_at.section.as_str(), made_at.block, made_at.byte));
    (
        place.is_none(),
        place,
        made_at,
        entry.annotation.created.as_str(),
        entry.annotation.id.as_str(),
    )
}

#[cfg(test)]
mod tests {
    use super::{annotation::tests::sample, *};
    use crate::report::snapshot;

    #[test]
    fn orphans_stand_last_as_they_stood() {
        let report = snapshot::bundled();
        let orphan = |id: &str, section: &str, block: usize| {
            let mut annotation = sample(id, "");
            annotation.anchor.quote = format!("words that no report has {id}");
            (
                annotation.anchor.start.section,
                annotation.anchor.start.block,
            ) = (section.into(), block);
            annotation.anchor.edition = "another".into();
            annotation
        };
        let mut notebook = Notebook::default();
        let all = vec![
            orphan("a", "z", 1),
            orphan("b", "y", 7),
            orphan("c", "y", 2),
            sample("d", ""),
        ];
        notebook.replace(all, &report);
        notebook.insert(entry(orphan("e", "y", 3), &report, Saved::Yes), &report);
        let order: Vec<&str> = notebook
            .entries()
            .iter()
            .map(|entry| entry.annotation.id.as_str())
            .collect();
        assert_eq!(order, ["d", "c", "e", "b", "a"]);
    }

    #[test]
    fn every_change_can_be_taken_back_and_made_again() {
        let report = snapshot::bundled();
        let mut notebook = Notebook::default();
        let old = sample("a", "old");
        let new = sample("a", "new");
        let changes = [
            Change::Add(old.clone()),
            Change::Edit {
                old,
                new: new.clone(),
            },
            Change::Delete(new),
        ];
        let mut states = vec![Vec::new()];
        for change in &changes {
            notebook.make(change, &report);
            states.push(notebook.entries.clone());
        }
        for state in states.iter().rev().skip(1) {
            assert!(notebook.undo(&report).is_some());
            assert_eq!(&notebook.entries, state);
        }
        assert!(notebook.undo(&report).is_none());
        for state in states.iter().skip(1) {
            assert!(notebook.redo(&report).is_some());
            assert_eq!(&notebook.entries, state);
        }
        assert!(notebook.redo(&report).is_none());
    }

    #[test]
    fn an_edit_leaves_a_note_where_it_was_found() {
        let report = snapshot::bundled();
        let mut notebook = Notebook::default();
        let old = sample("a", "old");
        notebook.make(&Change::Add(old.clone()), &report);
        notebook.take_found(
            vec![("a".into(), old.anchor.clone(), Resolution::Orphaned)],
            &report,
        );
        let new = sample("a", "new");
        notebook.make(&Change::Edit { old, new }, &report);
        assert_eq!(
            notebook.entry("a").map(|entry| entry.resolution),
            Some(Resolution::Orphaned)
        );
    }

    #[test]
    fn one_change_leaves_the_order_that_sorting_all_would_make() {
        let report = snapshot::bundled();
        let mut notebook = Notebook::default();
        for (number, name) in ["d", "a", "c", "b", "e"].into_iter().enumerate() {
            let mut annotation = sample(name, "text");
            annotation.kind = [Kind::Note, Kind::Highlight, Kind::Bookmark][number % 3];
            notebook.make(&Change::Add(annotation), &report);
        }
        notebook.make(&Change::Delete(sample("c", "text")), &report);
        let mut sorted = Notebook {
            entries: notebook.entries.iter().rev().cloned().collect(),
            ..Notebook::default()
        };
        sorted.sort(&report);
        assert_eq!(notebook.entries, sorted.entries);
        assert_eq!(
            (notebook.ids, notebook.blocks, notebook.sections),
            (sorted.ids, sorted.blocks, sorted.sections)
        );
    }

    #[test]
    fn reading_the_disk_again_keeps_what_is_not_saved_yet() {
        let report = snapshot::bundled();
        let mut notebook = Notebook::default();
        notebook.make(&Change::Add(sample("mine", "not on disk yet")), &report);
        notebook.replace(vec![sample("theirs", "on disk")], &report);
        let ids: Vec<&str> = notebook
            .entries
            .iter()
            .map(|entry| entry.annotation.id.as_str())
            .collect();
        assert_eq!(ids, ["mine", "theirs"]);
        notebook.settle("mine", Saved::Yes);
        notebook.replace(Vec::new(), &report);
        assert!(notebook.entries.is_empty());
    }
}
