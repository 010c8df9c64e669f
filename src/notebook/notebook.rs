//! The annotations of one report, in reading order, with undo. Pure: [`crate::store`] saves them.

use std::collections::{BTreeMap, HashMap};

use super::{
    Change, Entry, Saved,
    annotation::{Annotation, Kind},
    review::Decision,
};
use crate::{
    edition::anchor::{Anchor, Resolution},
    report::{Report, position::Position},
};

/// The annotations of the open report.
#[derive(Debug, Default)]
pub struct Notebook {
    pub(super) entries: Vec<Entry>,
    /// The index in `entries` of each id.
    pub(super) ids: HashMap<String, usize>,
    /// Entries that have text in a block, by section and block.
    pub(super) blocks: BTreeMap<(usize, usize), Vec<usize>>,
    /// How many entries of each kind, in the order of [`Kind::ALL`], begin in a section.
    pub(super) sections: BTreeMap<usize, [usize; 3]>,
    /// The resolutions of annotations that are not where their anchors say, by id.
    pub(super) found: HashMap<String, (Anchor, Resolution)>,
    /// The reviews for the open edition, by id; also outdated ones.
    pub(super) decisions: HashMap<String, Decision>,
    /// How many entries of each kind, in the order of [`Kind::ALL`].
    pub(super) kinds: [usize; 3],
    undo: Vec<Change>,
    redo: Vec<Change>,
    pub(super) revision: u64,
}

impl Notebook {
    /// All entries: those with a passage in reading order, then the orphans.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// Changes whenever an entry does; what was derived from the entries is outdated then.
    pub fn revision(&self) -> u64 {
        self.revision
    }

    /// A draft as an entry, for lists.
    pub fn draft_entry(annotation: &Annotation, report: &Report) -> Entry {
        Entry::new(annotation.clone(), report, Saved::Pending)
    }

    pub fn entry(&self, id: &str) -> Option<&Entry> {
        self.entries.get(*self.ids.get(id)?)
    }

    fn entry_mut(&mut self, id: &str) -> Option<&mut Entry> {
        self.entries.get_mut(*self.ids.get(id)?)
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

    /// How many need review, see [`Entry::needs_review`].
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

    /// Takes the annotations on disk. Entries with a pending change stay as they are.
    pub fn replace(&mut self, annotations: Vec<Annotation>, report: &Report) {
        self.entries.retain(|entry| !entry.saved.is_from_disk());
        self.sort(report);
        let new = annotations.into_iter().filter(|annotation| {
            annotation.report == report.id && !self.ids.contains_key(&annotation.id)
        });
        let new: Vec<Entry> = new
            .map(|annotation| Entry::new(annotation, report, Saved::Yes))
            .collect();
        self.entries.extend(new);
        self.sort(report);
    }

    /// Marks entries whose files have vanished, or cannot be read; returns how many are shown.
    pub fn mark(&mut self, ids: &[String], saved: &Saved) -> usize {
        let mut shown = 0;
        for id in ids {
            if let Some(entry) = self.entry_mut(id).filter(|entry| entry.saved == Saved::Yes) {
                entry.saved = saved.clone();
                shown += 1;
            }
        }
        shown
    }

    /// Takes earlier deletions, latest first: they can be undone after everything done from now on.
    pub fn add_deletions(&mut self, deleted: Vec<Annotation>) {
        let earlier = deleted.into_iter().rev().map(Change::Restore);
        self.undo = earlier.chain(std::mem::take(&mut self.undo)).collect();
    }

    /// Forgets the undo and redo of annotations.
    pub fn forget_changes(&mut self, is_forgotten: impl Fn(&str) -> bool) {
        let stays = |change: &Change| !is_forgotten(&change.annotation().id);
        self.undo.retain(stays);
        self.redo.retain(stays);
    }

    /// Makes a change in memory, with its undo.
    pub fn make(&mut self, change: &Change, report: &Report) {
        self.apply(change, report);
        self.undo.push(change.inverse());
        self.redo.clear();
    }

    /// Lets one undo take back both the last edit and the addition right before it.
    pub fn join_last_edit(&mut self) {
        if let [.., Change::Delete(added), Change::Edit { old: edited, new }] =
            self.undo.as_mut_slice()
            && added == new
        {
            *added = edited.clone();
            self.undo.pop();
        }
    }

    /// Undoes the last change; returns the change to save.
    pub fn undo(&mut self, report: &Report) -> Option<Change> {
        let change = self.undo.pop()?;
        self.apply(&change, report);
        self.redo.push(change.inverse());
        Some(change)
    }

    /// Redoes the change undone last; returns the change to save.
    pub fn redo(&mut self, report: &Report) -> Option<Change> {
        let change = self.redo.pop()?;
        self.apply(&change, report);
        self.undo.push(change.inverse());
        Some(change)
    }

    /// Sets the saved state of an annotation.
    pub fn set_saved(&mut self, id: &str, saved: Saved) {
        if let Some(entry) = self.entry_mut(id) {
            entry.saved = saved;
        }
    }

    /// Reverts a change that the store refused, with its undo.
    pub fn revert(&mut self, change: &Change, report: &Report) {
        self.undo.retain(|undo| *undo != change.inverse());
        self.redo.retain(|redo| *redo != change.inverse());
        self.apply(&change.inverse(), report);
        self.set_saved(&change.annotation().id, Saved::Yes);
    }

    /// Takes an edit that was saved as a second annotation: both are shown.
    pub fn set_beside(&mut self, change: &Change, ours: Annotation, report: &Report) {
        self.undo.retain(|undo| *undo != change.inverse());
        self.undo.push(Change::Delete(ours.clone()));
        self.insert(Entry::new(ours, report, Saved::Yes), report);
    }

    fn apply(&mut self, change: &Change, report: &Report) {
        let annotation = change.annotation();
        if let Change::Decide { new, .. } = change {
            return self.decide(&annotation.id, new.as_ref(), report);
        }
        self.remove(&annotation.id);
        if !matches!(change, Change::Delete(_)) {
            self.insert(
                Entry::new(annotation.clone(), report, Saved::Pending),
                report,
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{notebook::annotation::tests::sample, report::snapshot};

    #[test]
    fn orphans_come_last_in_their_original_order() {
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
        notebook.insert(
            Entry::new(orphan("e", "y", 3), &report, Saved::Yes),
            &report,
        );
        let order: Vec<&str> = notebook
            .entries()
            .iter()
            .map(|entry| entry.annotation.id.as_str())
            .collect();
        assert_eq!(order, ["d", "c", "e", "b", "a"]);
    }

    #[test]
    fn every_change_can_be_undone_and_redone() {
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
    fn reading_the_disk_again_leaves_pending_changes() {
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
        notebook.set_saved("mine", Saved::Yes);
        notebook.replace(Vec::new(), &report);
        assert!(notebook.entries.is_empty());
    }
}
