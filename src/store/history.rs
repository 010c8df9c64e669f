//! `history/` holds old versions, `trash/` deleted annotations.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use super::{
    Store, StoreError, failed,
    file::{file_name, has_content, read_bytes, read_file, sync},
    journal::Journal,
};
use crate::{
    disk::{durable, regular::Links},
    notebook::annotation::{Annotation, LARGEST},
};

impl Store {
    /// Links a file that is about to be replaced into the history; returns the number of the
    /// version.
    pub(crate) fn save_old_file(&self, id: &str, file: &Path) -> Result<u32, StoreError> {
        let bytes = read_bytes(file, LARGEST, Links::Follow).map_err(|error| error.at(file))?;
        self.save_version(id, &bytes, |history, name| {
            durable::link(file, history, name)
        })
    }

    /// Writes an old version whose file has vanished into the history.
    pub(crate) fn save_old_text(&self, id: &str, bytes: &[u8]) -> Result<u32, StoreError> {
        self.save_version(id, bytes, |history, name| {
            durable::add(history, name, bytes)
        })
    }

    /// Puts an old version into the history with `put`, under the next number; one that an earlier
    /// try put there is reused.
    fn save_version(
        &self,
        id: &str,
        bytes: &[u8],
        put: impl Fn(&Path, &str) -> io::Result<()>,
    ) -> Result<u32, StoreError> {
        let history = self.folder(self.home.history().join(id))?;
        let last = last_version(&history).map_err(failed("cannot read", &history))?;
        if last > 0 && has_content(&history.join(version_name(last)), bytes) {
            return sync(&history).map(|()| last);
        }
        let mut number = last + 1;
        loop {
            match put(&history, &version_name(number)) {
                Ok(()) => return Ok(number),
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => number += 1,
                Err(source) => {
                    return Err(failed("cannot save the old version in", &history)(source));
                }
            }
        }
    }

    /// Links a file that is about to be deleted into the trash.
    pub(crate) fn put_in_trash(&self, file: &Path, id: &str) -> Result<(), StoreError> {
        let bytes = read_bytes(file, LARGEST, Links::Follow).map_err(|error| error.at(file))?;
        self.trash(id, &bytes, |trash, name| durable::link(file, trash, name))
    }

    /// Writes the last version of a vanished annotation into the trash.
    pub(crate) fn put_text_in_trash(&self, annotation: &Annotation) -> Result<(), StoreError> {
        let text = annotation.write()?;
        self.trash(&annotation.id, text.as_bytes(), |trash, name| {
            durable::add(trash, name, text.as_bytes())
        })
    }

    fn trash(
        &self,
        id: &str,
        bytes: &[u8],
        put: impl Fn(&Path, &str) -> io::Result<()>,
    ) -> Result<(), StoreError> {
        let trash = self.folder(self.home.trash())?;
        let path = trash.join(file_name(id));
        match put(&trash, &file_name(id)) {
            // An earlier try got this far.
            Err(error)
                if error.kind() == io::ErrorKind::AlreadyExists && has_content(&path, bytes) =>
            {
                sync(&trash)
            }
            // An earlier deletion was undone, but not completely: its copy moves to the history.
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
                self.save_old_file(id, &path)?;
                durable::replace(&trash, &file_name(id), bytes)
                    .map_err(failed("cannot save", &trash))
            }
            other => other.map_err(failed("cannot save", &trash)),
        }
    }

    pub(crate) fn trashed(&self, id: &str) -> Option<PathBuf> {
        Some(self.home.trash().join(file_name(id))).filter(|path| path.is_file())
    }

    /// Whether an annotation that is not in `notes/` was deleted: it is in the trash, and not
    /// merely as an old copy of one that the journal counts as present. That cannot be decided for
    /// one that was never read, as the journal may have missed the deletion.
    pub(crate) fn is_deleted(
        &self,
        id: &str,
        read: Option<&Annotation>,
        journal: &Journal,
    ) -> bool {
        let Some(trashed) = self.trashed(id) else {
            return false;
        };
        !journal.known.contains(id)
            || read
                .is_none_or(|read| read_file(&trashed).is_ok_and(|found| found.annotation == *read))
    }
}

fn version_name(number: u32) -> String {
    format!("{number}.ron")
}

/// The highest version number in a folder; 0 if there is none.
fn last_version(history: &Path) -> io::Result<u32> {
    let mut last = 0;
    for entry in fs::read_dir(history)? {
        let name = entry?.file_name();
        let number = name
            .to_str()
            .and_then(|name| name.strip_suffix(".ron"))
            .and_then(|number| number.parse().ok());
        last = last.max(number.unwrap_or(0));
    }
    Ok(last)
}
