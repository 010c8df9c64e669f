//! Undo after a restart: of additions, edits, deletions and reviews, in the order of the journal.

use std::{collections::HashMap, fs, io, path::Path};

use super::{
    Store, StoreError, failed,
    file::{ReadError, annotation_files, file_name, read_as_written, read_file, stem},
    journal::{Action, Journal, ReviewKey},
    journal_file,
    reviews::agree,
};
use crate::disk::regular::Links;
use crate::notebook::{
    Change,
    annotation::{Annotation, LARGEST},
    news::SavedAs,
    review::Decision,
};

/// Undoes the last change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Undo {
    pub change: Change,
    /// Recorded in the journal.
    record: Option<Action>,
}

impl Store {
    /// The readable annotations in the trash, latest deletion first.
    pub fn deletions(&self) -> Vec<Annotation> {
        let ids = self
            .read_journal()
            .and_then(|journal| self.deleted_ids(&journal))
            .unwrap_or_default();
        ids.iter()
            .filter_map(|id| self.deleted(id).ok().flatten())
            .collect()
    }

    /// The undo of the last addition, edit, deletion or review, by whomever; `None` if there is
    /// nothing to undo. Deletions that the journal missed, as on a full disk, come first: the trash
    /// has what it counts as present. Those that it never knew come last: the journal may have been
    /// lost, and they may be old.
    ///
    /// # Errors
    /// If it cannot be read: nothing older is undone instead.
    pub fn last_change(&self) -> Result<Option<Undo>, StoreError> {
        let journal = self.read_journal()?;
        let deleted = self
            .deleted_ids(&journal)?
            .into_iter()
            .filter(|id| !journal.undone_additions.contains(id));
        let (missed, others): (Vec<String>, Vec<String>) =
            deleted.partition(|id| journal.known.contains(id));
        let missed = missed.into_iter().map(Action::Deleted);
        for action in missed
            .chain(journal.actions().cloned())
            .chain(others.into_iter().map(Action::Deleted))
        {
            if let Some(undo) = self.undo_of(action, &journal)? {
                return Ok(Some(undo));
            }
        }
        Ok(None)
    }

    /// How many changes could be undone, one after the other, by the journal.
    ///
    /// # Errors
    /// If it cannot be read.
    pub fn undo_depth(&self) -> Result<usize, StoreError> {
        Ok(self.read_journal()?.actions().count())
    }

    /// Undoes a change.
    ///
    /// # Errors
    /// If it cannot be saved; nothing changes then.
    pub fn revert(&self, undo: &Undo) -> Result<SavedAs, StoreError> {
        let saved = self.save(&undo.change, None)?;
        if let Some(action) = &undo.record {
            self.record(std::slice::from_ref(action));
        }
        Ok(saved)
    }

    fn read_journal(&self) -> Result<Journal, StoreError> {
        let file = self.journal_file();
        journal_file::read(&file).map_err(failed("cannot read", &file))
    }

    fn undo_of(&self, action: Action, journal: &Journal) -> Result<Option<Undo>, StoreError> {
        match action {
            Action::Added(id) => {
                let added = self.annotation(&id)?;
                Ok(added.map(|annotation| Undo {
                    change: Change::Delete(annotation),
                    record: Some(Action::Undid(id, 0)),
                }))
            }
            Action::Deleted(id) => {
                let deleted = self.deleted(&id)?;
                Ok(deleted.map(|annotation| Undo {
                    change: Change::Restore(annotation),
                    record: None,
                }))
            }
            Action::Edited(id, version) => self.undo_edit(id, version),
            Action::Reviewed(of, before) => {
                self.undo_review(of, before.map(|before| *before), journal)
            }
            Action::Saw(_)
            | Action::Undid(..)
            | Action::Unreviewed(..)
            | Action::Forgot(_)
            | Action::Purged(_) => Ok(None),
        }
    }

    /// The annotation with an id, if there is one.
    fn annotation(&self, id: &str) -> Result<Option<Annotation>, StoreError> {
        let file = self.home.notes().join(file_name(id));
        is_there(&file)?.then(|| self.on_disk(&file)).transpose()
    }

    /// `None` if the annotation is gone, or its review is already what it was before.
    fn undo_review(
        &self,
        of: ReviewKey,
        before: Option<Decision>,
        journal: &Journal,
    ) -> Result<Option<Undo>, StoreError> {
        let (Some(annotation), old) = (self.annotation(&of.id)?, self.decision_of(&of)?) else {
            return Ok(None);
        };
        if agree(old.as_ref(), before.as_ref()) {
            return Ok(None);
        }
        let left = journal.count_reviewed(&of).saturating_sub(1);
        Ok(Some(Undo {
            change: Change::Decide {
                annotation,
                old,
                new: before,
            },
            record: Some(Action::Unreviewed(of, left)),
        }))
    }

    /// `None` if the annotation or its old version is gone.
    fn undo_edit(&self, id: String, version: u32) -> Result<Option<Undo>, StoreError> {
        let before = self.home.history().join(&id).join(format!("{version}.ron"));
        let Some(old) = self.annotation(&id)? else {
            return Ok(None);
        };
        if !is_there(&before)? {
            return Ok(None);
        }
        let (then, _) =
            read_as_written(&before, LARGEST, Links::Refuse).map_err(|error| error.at(&before))?;
        let new = Annotation {
            conflict_of: old.conflict_of.clone(),
            id: id.clone(),
            ..then
        };
        Ok(Some(Undo {
            change: Change::Edit { old, new },
            record: Some(Action::Undid(id, version)),
        }))
    }

    /// Ids in the trash: those whose deletion the journal missed, then by the journal, latest
    /// first, then unknown ones.
    fn deleted_ids(&self, journal: &Journal) -> Result<Vec<String>, StoreError> {
        let deletions = journal.actions().filter_map(|action| {
            if let Action::Deleted(id) = action {
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
                !journal.known.contains(id),
                order.get(id.as_str()).copied().unwrap_or(usize::MAX),
            )
        });
        Ok(ids)
    }

    /// A deleted annotation; `None` if it is not in the trash, or also in the notebook because its
    /// deletion or restoration was interrupted.
    fn deleted(&self, id: &str) -> Result<Option<Annotation>, StoreError> {
        let trashed = self.home.trash().join(file_name(id));
        if is_there(&self.home.notes().join(file_name(id)))? || !is_there(&trashed)? {
            return Ok(None);
        }
        match read_file(&trashed) {
            Ok(found) => Ok(Some(found.annotation)),
            // A file that is not an annotation cannot be restored; leave it.
            Err(ReadError::Content(_)) => Ok(None),
            Err(error) => Err(error.at(&trashed)),
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
