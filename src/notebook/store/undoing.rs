//! What can be taken back after a restart: deletions from the trash, edits from the history,
//! in the order of the journal.

use std::{cmp::Reverse, fs, io, path::Path};

use super::{
    Kept, Store, StoreError, failed, file_name,
    journal::{self, Deed},
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
    /// What is in the trash and can be read, what was deleted last first.
    pub fn deletions(&self) -> Vec<Annotation> {
        let ids = self.deeds().and_then(|deeds| self.deleted_ids(&deeds)).unwrap_or_default();
        ids.iter().filter_map(|id| self.deleted(id).ok().flatten()).collect()
    }

    /// What takes back the last edit or deletion, by whoever it was made; `None` where nothing
    /// was done.
    ///
    /// # Errors
    /// Where it cannot be read: something older is not taken back in its place.
    pub fn last_change(&self) -> Result<Option<Undoing>, StoreError> {
        let deeds = self.deeds()?;
        let unknown = self.deleted_ids(&deeds)?.into_iter().map(Deed::Deleted).filter(|deed| !deeds.contains(deed));
        for deed in unknown.chain(deeds.iter().rev().cloned()) {
            if let Some(undoing) = self.undoing(deed)? {
                return Ok(Some(undoing));
            }
        }
        Ok(None)
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

    /// Edits and deletions by the journal, the last one last.
    fn deeds(&self) -> Result<Vec<Deed>, StoreError> {
        let file = self.journal_file();
        journal::read(&file).map(|past| past.deeds).map_err(failed("cannot read", &file))
    }

    fn undoing(&self, deed: Deed) -> Result<Option<Undoing>, StoreError> {
        match deed {
            Deed::Deleted(id) => {
                let deleted = self.deleted(&id)?;
                Ok(deleted.map(|annotation| Undoing { change: Change::Restore(annotation), version: None }))
            }
            Deed::Edited(id, version) => self.unedited(id, version),
            Deed::Saw(_) | Deed::Undid(..) | Deed::Forgot(_) => Ok(None),
        }
    }

    /// `None` where the annotation or its old version is there no more.
    fn unedited(&self, id: String, version: u32) -> Result<Option<Undoing>, StoreError> {
        let file = self.home.notes().join(file_name(&id));
        let before = self.home.history().join(&id).join(format!("{version}.ron"));
        if !is_there(&file)? || !is_there(&before)? {
            return Ok(None);
        }
        let unreadable = |file: &Path, reason| StoreError::Unreadable { file: file.into(), reason };
        let old = read_file(&file).map_err(|reason| unreadable(&file, reason))?.annotation;
        let (then, _) = read_as_written(&before).map_err(|reason| unreadable(&before, reason))?;
        let new = Annotation { conflict_of: old.conflict_of.clone(), id, ..then };
        Ok(Some(Undoing { change: Change::Edit { old, new }, version: Some(version) }))
    }

    /// Ids of the files in the trash: those that the journal does not know first, as it ends
    /// before a power cut, then from the journal's end to its start.
    fn deleted_ids(&self, deeds: &[Deed]) -> Result<Vec<String>, StoreError> {
        let order = |id: &String| deeds.iter().position(|deed| matches!(deed, Deed::Deleted(other) if other == id));
        let trash = self.home.trash();
        let names = annotation_files(&trash).map_err(failed("cannot read", &trash))?;
        let mut ids: Vec<(Option<usize>, String)> = names.iter().map(|name| stem(Path::new(name))).map(|id| (order(&id), id)).collect();
        ids.sort_by_key(|(at, _)| Reverse(at.unwrap_or(usize::MAX)));
        Ok(ids.into_iter().map(|(_, id)| id).collect())
    }

    /// A deleted annotation; `None` where it is not in the trash, or in the notebook too, as its
    /// deletion or the undoing of it was cut short.
    fn deleted(&self, id: &str) -> Result<Option<Annotation>, StoreError> {
        let trashed = self.home.trash().join(file_name(id));
        if is_there(&self.home.notes().join(file_name(id)))? || !is_there(&trashed)? {
            return Ok(None);
        }
        match read_file(&trashed) {
            Ok(found) => Ok(Some(found.annotation)),
            // What is no annotation cannot be brought back; it stays where it is.
            Err(_) if fs::read(&trashed).is_ok() => Ok(None),
            Err(reason) => Err(StoreError::Unreadable { file: trashed, reason }),
        }
    }
}

fn is_there(file: &Path) -> Result<bool, StoreError> {
    match fs::symlink_metadata(file) {
        Ok(_) => Ok(true),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
        Err(error) => Err(failed("cannot read", file)(error)),
    }
}
