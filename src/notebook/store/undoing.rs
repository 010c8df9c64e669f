//! What can be taken back after a restart: additions, deletions from the trash, edits from the
//! history, in the order of the journal.

use std::{collections::HashMap, fs, io, path::Path};

use super::{
    Kept, Store, StoreError, failed, file_name,
    journal::{self, Deed, Past},
    reading::{Unread, annotation_files, read_as_written, read_file, stem},
};
use crate::notebook::{
    Change,
    annotation::{Annotation, LARGEST},
};

/// What takes the last addition, edit or deletion back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Undoing {
    pub change: Change,
    /// Number of the version in the history, for an edit; 0 for an addition.
    version: Option<u32>,
}

impl Store {
    /// What is in the trash and can be read, what was deleted last first.
    pub fn deletions(&self) -> Vec<Annotation> {
        let ids = self.read_past().and_then(|past| self.deleted_ids(&past)).unwrap_or_default();
        ids.iter().filter_map(|id| self.deleted(id).ok().flatten()).collect()
    }

    /// What takes back the last addition, edit or deletion, by whoever it was made; `None` where
    /// nothing was done. Deletions that the journal missed, as on a full disk, come first: what it
    /// counts as kept is in the trash. Those that it never heard of come last: it may have been
    /// lost, and they may be old.
    ///
    /// # Errors
    /// Where it cannot be read: something older is not taken back in its place.
    pub fn last_change(&self) -> Result<Option<Undoing>, StoreError> {
        let past = self.read_past()?;
        let deleted = self.deleted_ids(&past)?.into_iter().filter(|id| !past.withdrawn.contains(id));
        let (missed, others): (Vec<String>, Vec<String>) = deleted.partition(|id| past.known.contains(id));
        let missed = missed.into_iter().map(Deed::Deleted);
        for deed in missed.chain(past.deeds().cloned()).chain(others.into_iter().map(Deed::Deleted)) {
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

    fn read_past(&self) -> Result<Past, StoreError> {
        let file = self.journal_file();
        journal::read(&file).map_err(failed("cannot read", &file))
    }

    fn undoing(&self, deed: Deed) -> Result<Option<Undoing>, StoreError> {
        match deed {
            Deed::Added(id) => {
                let file = self.home.notes().join(file_name(&id));
                let added = is_there(&file)?.then(|| self.on_disk(&file)).transpose()?;
                Ok(added.map(|annotation| Undoing { change: Change::Delete(annotation), version: Some(0) }))
            }
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
        let old = self.on_disk(&file)?;
        let (then, _) = read_as_written(&before, LARGEST).map_err(|unread| unread.of(&before))?;
        let new = Annotation { conflict_of: old.conflict_of.clone(), id, ..then };
        Ok(Some(Undoing { change: Change::Edit { old, new }, version: Some(version) }))
    }

    /// Ids of the files in the trash: those that the journal missed, then from its end to its
    /// start, then those that it does not know.
    fn deleted_ids(&self, past: &Past) -> Result<Vec<String>, StoreError> {
        let deletions = past.deeds().filter_map(|deed| if let Deed::Deleted(id) = deed { Some(id.as_str()) } else { None });
        let order: HashMap<&str, usize> = deletions.enumerate().map(|(at, id)| (id, at)).collect();
        let trash = self.home.trash();
        let names = annotation_files(&trash).map_err(failed("cannot read", &trash))?;
        let mut ids: Vec<String> = names.iter().map(|name| stem(Path::new(name))).collect();
        ids.sort_by_key(|id| (!past.known.contains(id), order.get(id.as_str()).copied().unwrap_or(usize::MAX)));
        Ok(ids)
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
            Err(Unread::Content(_)) => Ok(None),
            Err(unread) => Err(unread.of(&trashed)),
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
