//! Old versions in `history/`, and the deleted in `trash/`: what puts them there and what is there.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use super::{Store, StoreError, failed, file::read_file, file_name, journal::Journal, sync};
use crate::{disk::durable, notebook::annotation::Annotation};

impl Store {
    /// Gives a file that is about to be replaced a name in the history as well; returns the number
    /// of the version.
    pub(crate) fn save_old_file(&self, id: &str, file: &Path) -> Result<u32, StoreError> {
        let bytes = fs::read(file).map_err(failed("cannot read", file))?;
        self.save_version(id, &bytes, |history, name| {
            durable::link(file, history, name)
        })
    }

    /// Writes an old version into the history whose file has vanished.
    pub(crate) fn save_old_text(&self, id: &str, bytes: &[u8]) -> Result<u32, StoreError> {
        self.save_version(id, bytes, |history, name| {
            durable::add(history, name, bytes)
        })
    }

    /// Puts an old version into the history by `put`, under the number after the last; one that
    /// an earlier try has put there is not put there again.
    fn save_version(
        &self,
        id: &str,
        bytes: &[u8],
        put: impl Fn(&Path, &str) -> io::Result<()>,
    ) -> Result<u32, StoreError> {
        let history = self.folder(self.home.history().join(id))?;
        let last = last_version(&history).map_err(failed("cannot read", &history))?;
        if last > 0
            && fs::read(history.join(version_name(last))).is_ok_and(|version| version == bytes)
        {
            return sync(&history).map(|()| last);
        }
        let mut number = last + 1;
        loop {
            match put(&history, &version_name(number)) {
                Ok(()) => return Ok(number),
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => number += 1,
                Err(source) => {
                    return Err(failed("cannot keep the old version in", &history)(source));
                }
            }
        }
    }

    /// Gives a file that is about to be deleted a name in the trash as well.
    pub(crate) fn put_in_trash(&self, file: &Path, id: &str) -> Result<(), StoreError> {
        let bytes = fs::read(file).map_err(failed("cannot read", file))?;
        self.trash(id, &bytes, |trash, name| durable::link(file, trash, name))
    }

    /// Writes what was read of a vanished file into the trash.
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
        let place = trash.join(file_name(id));
        match put(&trash, &file_name(id)) {
            // An earlier try got as far as here.
            Err(error)
                if error.kind() == io::ErrorKind::AlreadyExists
                    && fs::read(&place).is_ok_and(|there| there == bytes) =>
            {
                sync(&trash)
            }
            // An earlier deletion was undone, and that cut short: its copy makes room in the history.
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
                self.save_old_file(id, &place)?;
                durable::replace(&trash, &file_name(id), bytes)
                    .map_err(failed("cannot save", &trash))
            }
            other => other.map_err(failed("cannot save", &trash)),
        }
    }

    pub(crate) fn trashed(&self, id: &str) -> Option<PathBuf> {
        Some(self.home.trash().join(file_name(id))).filter(|path| path.is_file())
    }

    /// Whether what is not in `notes/` was deleted: it is in the trash, and not just as an old copy
    /// of what the journal's last word says is in the notebook. Where it was never read that
    /// cannot be told, as the journal may have missed the deletion.
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

/// The highest number in a folder of versions; 0 where there is none.
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
