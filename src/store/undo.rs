//! What can be taken back after a restart: additions, deletions from the trash, edits from the
//! history and decisions, in the order of the journal.

use std::{collections::HashMap, fs, io, path::Path};

use super::{
    Store, StoreError, failed,
    file::{Unread, annotation_files, read_as_written, read_file, stem},
    file_name,
    journal::{self, Deed, Past, Reviewing},
    reviews::agree,
};
use crate::notebook::news::SavedAs;
use crate::notebook::{
    Change,
    annotation::{Annotation, LARGEST},
    review::Decision,
};

/// What takes the last change back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Undoing {
    pub change: Change,
    /// What the journal is told of it.
    told: Option<Deed>,
}

impl Store {
    /// What is in the trash and can be read, what was deleted last first.
    pub fn deletions(&self) -> Vec<Annotation> {
        let ids = self
            .read_past()
            .and_then(|past| self.deleted_ids(&past))
            .unwrap_or_default();
        ids.iter()
            .filter_map(|id| self.deleted(id).ok().flatten())
            .collect()
    }

    /// What takes back the last addition, edit, deletion or decision, by whoever it was made; `None` where
    /// nothing was done. Deletions that the journal missed, as on a full disk, come first: what it
    /// counts as kept is in the trash. Those that it never heard of come last: it may have been
    /// lost, and they may be old.
    ///
    /// # Errors
    /// Where it cannot be read: something older is not taken back in its place.
    pub fn last_change(&self) -> Result<Option<Undoing>, StoreError> {
        let past = self.read_past()?;
        let deleted = self
            .deleted_ids(&past)?
            .into_iter()
            .filter(|id| !past.withdrawn.contains(id));
        let (missed, others): (Vec<String>, Vec<String>) =
            deleted.partition(|id| past.known.contains(id));
        let missed = missed.into_iter().map(Deed::Deleted);
        for deed in missed
            .chain(past.deeds().cloned())
            .chain(others.into_iter().map(Deed::Deleted))
        {
            if let Some(undoing) = self.undoing(deed, &past)? {
                return Ok(Some(undoing));
            }
        }
        Ok(None)
    }

    /// Takes a change back.
    ///
    /// # Errors
    /// Where that cannot be kept; all is as it was then.
    pub fn take_back(&self, undoing: &Undoing) -> Result<SavedAs, StoreError> {
        let kept = self.keep(&undoing.change, None)?;
        if let Some(deed) = &undoing.told {
            self.journal(std::slice::from_ref(deed));
        }
        Ok(kept)
    }

    fn read_past(&self) -> Result<Past, StoreError> {
        let file = self.journal_file();
        journal::read(&file).map_err(failed("cannot read", &file))
    }

    fn undoing(&self, deed: Deed, past: &Past) -> Result<Option<Undoing>, StoreError> {
        match deed {
            Deed::Added(id) => {
                let added = self.kept(&id)?;
                Ok(added.map(|annotation| Undoing {
                    change: Change::Delete(annotation),
                    told: Some(Deed::Undid(id, 0)),
                }))
            }
            Deed::Deleted(id) => {
                let deleted = self.deleted(&id)?;
                Ok(deleted.map(|annotation| Undoing {
                    change: Change::Restore(annotation),
                    told: None,
                }))
            }
            Deed::Edited(id, version) => self.unedited(id, version),
            Deed::Reviewed(of, before) => self.unreviewed(of, before.map(|before| *before), past),
            Deed::Saw(_) | Deed::Undid(..) | Deed::Unreviewed(..) | Deed::Forgot(_) => Ok(None),
        }
    }

    /// The annotation of an id; `None` where there is none.
    fn kept(&self, id: &str) -> Result<Option<Annotation>, StoreError> {
        let file = self.home.notes().join(file_name(id));
        is_there(&file)?.then(|| self.on_disk(&file)).transpose()
    }

    /// `None` where the annotation is there no more, or it is settled as it was before.
    fn unreviewed(
        &self,
        of: Reviewing,
        before: Option<Decision>,
        past: &Past,
    ) -> Result<Option<Undoing>, StoreError> {
        let (Some(annotation), old) = (self.kept(&of.id)?, self.settled(&of)?) else {
            return Ok(None);
        };
        if agree(old.as_ref(), before.as_ref()) {
            return Ok(None);
        }
        let left = past.count_reviewed(&of).saturating_sub(1);
        Ok(Some(Undoing {
            change: Change::Decide {
                annotation,
                old,
                new: before,
            },
            told: Some(Deed::Unreviewed(of, left)),
        }))
    }

    /// `None` where the annotation or its old version is there no more.
    fn unedited(&self, id: String, version: u32) -> Result<Option<Undoing>, StoreError> {
        let before = self.home.history().join(&id).join(format!("{version}.ron"));
        let Some(old) = self.kept(&id)? else {
            return Ok(None);
        };
        if !is_there(&before)? {
            return Ok(None);
        }
        let (then, _) = read_as_written(&before, LARGEST).map_err(|unread| unread.of(&before))?;
        let new = Annotation {
            conflict_of: old.conflict_of.clone(),
            id: id.clone(),
            ..then
        };
        Ok(Some(Undoing {
            change: Change::Edit { old, new },
            told: Some(Deed::Undid(id, version)),
        }))
    }

    /// Ids of the files in the trash: those that the journal missed, then from its end to its
    /// start, then those that it does not know.
    fn deleted_ids(&self, past: &Past) -> Result<Vec<String>, StoreError> {
        let deletions = past.deeds().filter_map(|deed| {
            if let Deed::Deleted(id) = deed {
                Some(id.as_str())
            } else {
                None
            }
        });
        let order: HashMap<&str, usize> = deletions.enumerate().map(|(at, id)| (id, at)).collect();
        let trash = self.home.trash();
        let names = annotation_files(&trash).map_err(failed("cannot read", &trash))?;
        let mut ids: Vec<String> = names.iter().map(|name| stem(Path::new(name))).collect();
        ids.sort_by_key(|id| {
            (
                !past.known.contains(id),
                order.get(id.as_str()).copied().unwrap_or(usize::MAX),
            )
        });
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
