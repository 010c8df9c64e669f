//! What is not on disk yet, shared by the reader's thread and the saver's. No lock is held while
//! waiting for a disk.

use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::notebook::{Change, annotation::Annotation};

#[derive(Debug, Default)]
pub(crate) struct Ledger(Mutex<Entries>);

#[derive(Debug, Default)]
struct Entries {
    last: u64,
    changes: Vec<Line>,
    drafts: Vec<Annotation>,
}

#[derive(Debug)]
struct Line {
    number: u64,
    change: Change,
    /// Why the last try failed.
    reason: String,
}

impl Ledger {
    /// Adds a change; returns its number.
    pub fn add(&self, change: Change) -> u64 {
        let mut entries = self.entries();
        entries.last += 1;
        let number = entries.last;
        entries.changes.push(Line {
            number,
            change,
            reason: "the disk does not respond".into(),
        });
        number
    }

    /// Removes a change that is saved or refused.
    pub fn remove(&self, number: u64) {
        self.entries().changes.retain(|line| line.number != number);
    }

    /// Records why a change is not saved.
    pub fn fail(&self, number: u64, reason: &str) {
        if let Some(line) = self
            .entries()
            .changes
            .iter_mut()
            .find(|line| line.number == number)
        {
            reason.clone_into(&mut line.reason);
        }
    }

    pub fn add_draft(&self, draft: Annotation) {
        let mut entries = self.entries();
        entries.drafts.retain(|other| other.id != draft.id);
        entries.drafts.push(draft);
    }

    /// Removes this version of a draft, which is on disk.
    pub fn remove_saved_draft(&self, draft: &Annotation) {
        self.entries().drafts.retain(|other| other != draft);
    }

    pub fn drop_draft(&self, id: &str) {
        self.entries().drafts.retain(|draft| draft.id != id);
    }

    /// How many changes and drafts are left.
    pub fn left(&self) -> usize {
        let entries = self.entries();
        entries.changes.len() + entries.drafts.len()
    }

    /// The changes that are left.
    pub fn changes(&self) -> Vec<Change> {
        self.entries()
            .changes
            .iter()
            .map(|line| line.change.clone())
            .collect()
    }

    /// Takes what is left, with reasons.
    pub fn take(&self) -> Vec<(Change, String)> {
        let entries = std::mem::take(&mut *self.entries());
        let is_saved_by_change = |draft: &Annotation| {
            entries
                .changes
                .iter()
                .any(|line| says_the_same(line.change.annotation(), draft))
        };
        let drafts: Vec<Annotation> = entries
            .drafts
            .iter()
            .filter(|draft| !is_saved_by_change(draft))
            .cloned()
            .collect();
        let drafts = drafts.into_iter().map(|draft| {
            (
                Change::Add(draft),
                "the draft could not be saved".to_owned(),
            )
        });
        entries
            .changes
            .into_iter()
            .map(|line| (line.change, line.reason))
            .chain(drafts)
            .collect()
    }

    fn entries(&self) -> MutexGuard<'_, Entries> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Whether a change saves the text of a draft.
fn says_the_same(saved: &Annotation, draft: &Annotation) -> bool {
    saved.id == draft.id && saved.text == draft.text.trim_end()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::notebook::annotation::tests::sample;

    #[test]
    fn of_the_drafts_of_a_note_the_last_is_left() {
        let ledger = Ledger::default();
        for text in ["half", "half a thought"] {
            ledger.add_draft(sample("a", text));
        }
        assert_eq!(ledger.left(), 1);
        let left = ledger.take();
        assert!(
            matches!(left.as_slice(), [(Change::Add(draft), _)] if draft.text == "half a thought")
        );
    }

    #[test]
    fn a_text_that_waits_as_a_change_and_as_a_draft_is_rescued_once() {
        for (draft, count) in [("typed \n", 1), ("typed on", 2)] {
            let ledger = Ledger::default();
            ledger.add(Change::Add(sample("a", "typed")));
            ledger.add_draft(sample("a", draft));
            assert_eq!(ledger.take().len(), count, "{draft:?}");
        }
    }
}
