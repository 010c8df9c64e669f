//! What can be taken back after a restart: deletions from the trash, edits from the history,
//! in the order of the journal.

use std::path::Path;

use super::{
    Kept, Store, StoreError,
    journal::Deed,
    reading::{annotation_files, read_as_written, read_file, stem},
};
use crate::notebook::{Change, annotation::Annotation};

/// What takes the last edit or deletion back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Undoing {
    pub change: Change,
    /// Number of the version in the history, for an edit.
    version: Option<u32>,
}

impl Store {
    /// What is in the trash, what was deleted last first.
    pub fn deletions(&self) -> Vec<Annotation> {
        self.deleted_ids().iter().filter_map(|id| self.deleted(id)).collect()
    }

    /// What takes back the last edit or deletion, by whoever it was made.
    pub fn last_change(&self) -> Option<Undoing> {
        let deeds = self.past().deeds;
        let unknown = self.deleted_ids().into_iter().map(Deed::Deleted).filter(|deed| !deeds.contains(deed));
        unknown.chain(deeds.iter().rev().cloned()).find_map(|deed| self.undoing(deed))
    }

    /// Takes a change back.
    ///
    /// # Errors
    /// Where that cannot be kept; all is as it was then.
    pub fn take_back(&self, undoing: &Undoing) -> Result<Kept, StoreError> {
        let kept = self.keep(&undoing.change, None)?;
        if let Some(version) = undoing.version {
            self.journal(&[Deed::Undid(undoing.change.annotation().id.clone(), version)]);
        }
        Ok(kept)
    }

    fn undoing(&self, deed: Deed) -> Option<Undoing> {
        match deed {
            Deed::Deleted(id) => Some(Undoing { change: Change::Restore(self.deleted(&id)?), version: None }),
            Deed::Edited(id, version) => {
                let old = read_file(&self.home.notes().join(super::file_name(&id))).ok()?.annotation;
                let file = self.home.history().join(&id).join(format!("{version}.ron"));
                let (before, _) = read_as_written(&file).ok()?;
                let new = Annotation { conflict_of: old.conflict_of.clone(), id, ..before };
                Some(Undoing { change: Change::Edit { old, new }, version: Some(version) })
            }
            _ => None,
        }
    }

    /// Ids of the files in the trash: those that the journal does not know first, as it ends
    /// before a power cut, then from the journal's end to its start.
    fn deleted_ids(&self) -> Vec<String> {
        let deeds = self.past().deeds;
        let order = |id: &String| deeds.iter().position(|deed| matches!(deed, Deed::Deleted(other) if other == id));
        let names = annotation_files(&self.home.trash()).unwrap_or_default();
        let mut ids: Vec<(Option<usize>, String)> = names.iter().map(|name| stem(Path::new(name))).map(|id| (order(&id), id)).collect();
        ids.sort_by_key(|(at, _)| std::cmp::Reverse(at.unwrap_or(usize::MAX)));
        ids.into_iter().map(|(_, id)| id).collect()
    }

    /// A deleted annotation; `None` where it is in the notebook too, as its deletion or the
    /// undoing of it was cut short.
    fn deleted(&self, id: &str) -> Option<Annotation> {
        let is_there = self.home.notes().join(super::file_name(id)).symlink_metadata().is_ok();
        let trashed = self.trashed(id).filter(|_| !is_there)?;
        read_file(&trashed).ok().map(|found| found.annotation)
    }
}
