//! How each change of an annotation is written: additions, edits, deletions and restorations.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use super::{
    Store, StoreError, failed,
    file::{file_name, read_file, sync},
    journal::Action,
};
use crate::{
    disk::durable::{self, Prepared},
    edition::fingerprint,
    notebook::{
        annotation::{Annotation, LARGEST},
        news::SavedAs,
    },
};

impl Store {
    pub(crate) fn add(&self, annotation: &Annotation) -> Result<SavedAs, StoreError> {
        let folder = self.folder(self.home.notes())?;
        let text = written(annotation)?;
        match durable::add(&folder, &file_name(&annotation.id), text.as_bytes()) {
            // An earlier try wrote the file and failed later: it is ours.
            Err(error)
                if error.kind() == io::ErrorKind::AlreadyExists && self.holds(annotation) =>
            {
                sync(&folder)?
            }
            // Another annotation has this id: it stays, ours gets an id of its own.
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
                return self.save_beside(annotation);
            }
            other => other.map_err(failed("cannot save", &folder))?,
        }
        self.record(&[Action::Added(annotation.id.clone())]);
        Ok(SavedAs::Asked)
    }

    /// Whether the file on disk holds exactly this.
    fn holds(&self, annotation: &Annotation) -> bool {
        read_file(&self.file_of(annotation)).is_ok_and(|found| found.annotation == *annotation)
    }

    pub(crate) fn edit(&self, old: &Annotation, new: &Annotation) -> Result<SavedAs, StoreError> {
        if old.is_newer() {
            return Err(StoreError::Newer);
        }
        let folder = self.folder(self.home.notes())?;
        let _lock = self.lock(&folder)?;
        let file = self.file_of(old);
        let found = match self.on_disk(&file) {
            Ok(found) => found,
            Err(StoreError::Gone(_)) if self.is_purged(&old.id) => return Err(StoreError::Purged),
            Err(StoreError::Gone(_)) if !self.is_deleted(&old.id, Some(old), &self.journal()) => {
                return self.save_again(old, new, &folder);
            }
            Err(StoreError::Gone(_) | StoreError::Unreadable { .. }) => {
                return self.save_beside(new);
            }
            Err(error) => return Err(error),
        };
        if found == *new {
            return sync(&folder).map(|()| SavedAs::Asked);
        }
        if found != *old {
            return self.save_beside(new);
        }
        // A full disk fails here, before anything else is written.
        let text = Prepared::new(&folder, &file_name(&new.id), written(new)?.as_bytes())
            .map_err(failed("cannot save", &file))?;
        // Editors take no lock: read the file again.
        if !self.on_disk(&file).is_ok_and(|found| found == *old) {
            return self.save_beside(new);
        }
        let version = self.save_old_file(&new.id, &file)?;
        text.put(&folder, &file_name(&new.id))
            .map_err(failed("cannot save", &file))?;
        self.record(&[Action::Edited(new.id.clone(), version)]);
        Ok(SavedAs::Asked)
    }

    /// Saves an edit of a vanished annotation under its id, and the old version as last read.
    fn save_again(
        &self,
        old: &Annotation,
        new: &Annotation,
        folder: &Path,
    ) -> Result<SavedAs, StoreError> {
        let (old, text) = (old.write()?, written(new)?);
        let version = self.save_old_text(&new.id, old.as_bytes())?;
        match durable::add(folder, &file_name(&new.id), text.as_bytes()) {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
                return self.save_beside(new);
            }
            other => other.map_err(failed("cannot save", folder))?,
        }
        self.record(&[Action::Edited(new.id.clone(), version)]);
        Ok(SavedAs::Asked)
    }

    /// Saves our version under an id of its own that names the other. The id is derived from the
    /// content, so that a retry saves it once.
    pub(crate) fn save_beside(&self, new: &Annotation) -> Result<SavedAs, StoreError> {
        let text = written(new)?;
        let id = fingerprint::checksum(text.as_bytes())
            + &fingerprint::checksum(format!("beside {text}").as_bytes());
        let beside = Annotation {
            id,
            conflict_of: Some(new.id.clone()),
            ..new.clone()
        };
        match self.add(&beside)? {
            SavedAs::Asked => Ok(SavedAs::Beside(beside)),
            again => Ok(again),
        }
    }

    pub(crate) fn delete(&self, annotation: &Annotation) -> Result<SavedAs, StoreError> {
        if annotation.is_newer() {
            return Err(StoreError::Newer);
        }
        let folder = self.folder(self.home.notes())?;
        let _lock = self.lock(&folder)?;
        let (file, id) = (self.file_of(annotation), &annotation.id);
        match self.on_disk(&file) {
            Ok(found) if found != *annotation => return Err(StoreError::Changed),
            Ok(_) => {
                self.put_in_trash(&file, id)?;
                durable::remove(&folder, &file_name(id)).map_err(failed("cannot delete", &file))?;
            }
            Err(StoreError::Gone(_)) if self.is_purged(id) => return Err(StoreError::Purged),
            // Deleted by an earlier try or another reader: it is in the trash then.
            Err(StoreError::Gone(_)) if self.is_deleted(id, Some(annotation), &self.journal()) => {
                sync(&folder)?
            }
            // Vanished: the last version read goes to the trash.
            Err(StoreError::Gone(_)) => self.put_text_in_trash(annotation)?,
            Err(error) => return Err(error),
        }
        self.record(&[Action::Deleted(id.clone())]);
        Ok(SavedAs::Asked)
    }

    pub(crate) fn restore(&self, annotation: &Annotation) -> Result<SavedAs, StoreError> {
        let folder = self.folder(self.home.notes())?;
        let _lock = self.lock(&folder)?;
        let Some(trashed) = self.trashed(&annotation.id) else {
            if self.is_purged(&annotation.id) {
                return Err(StoreError::Purged);
            }
            return self.add(annotation);
        };
        match durable::link(&trashed, &folder, &file_name(&annotation.id)) {
            Err(error)
                if error.kind() == io::ErrorKind::AlreadyExists && self.holds(annotation) =>
            {
                sync(&folder)?
            }
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
                return Err(StoreError::Changed);
            }
            other => other.map_err(failed("cannot restore", &trashed))?,
        }
        durable::remove(&self.home.trash(), &file_name(&annotation.id))
            .map_err(failed("cannot empty", &trashed))?;
        self.record(&[Action::Saw(annotation.id.clone())]);
        Ok(SavedAs::Asked)
    }

    /// Whether an annotation was deleted for good.
    fn is_purged(&self, id: &str) -> bool {
        self.journal().purged.contains(id)
    }

    pub(crate) fn on_disk(&self, file: &Path) -> Result<Annotation, StoreError> {
        match fs::symlink_metadata(file) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                Err(StoreError::Gone(file.into()))
            }
            Err(source) => Err(failed("cannot read", file)(source)),
            Ok(_) => read_file(file)
                .map(|found| found.annotation)
                .map_err(|error| error.at(file)),
        }
    }

    fn file_of(&self, annotation: &Annotation) -> PathBuf {
        self.home.notes().join(file_name(&annotation.id))
    }
}

/// The text of an annotation's file, small enough to be read again.
fn written(annotation: &Annotation) -> Result<String, StoreError> {
    let text = annotation.write()?;
    if text.len() > LARGEST {
        Err(StoreError::TooLarge)
    } else {
        Ok(text)
    }
}
