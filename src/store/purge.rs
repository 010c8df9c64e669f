//! Deleting for good: every file in the home folder that holds an annotation, and its lines of the
//! journal.
//!
//! The journal gets the bare id first: from then on no reader brings the annotation back or
//! reports it missing, and a purge that was interrupted is simply run again.

use std::{
    collections::BTreeMap,
    fs, io,
    path::{Path, PathBuf},
};

use super::{
    Store, StoreError, failed,
    file::{annotation_files, file_name, is_name, read_file, stem},
    journal::Action,
    journal_file, rescue,
};
use crate::{disk::durable, notebook::annotation::Annotation};

/// An annotation that can be deleted for good.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Purgeable {
    pub id: String,
    /// As last saved; `None` if no file of it can be read.
    pub annotation: Option<Annotation>,
    /// Whether it was deleted before, and is in the trash.
    pub is_deleted: bool,
    /// All files that hold it, or may.
    pub files: Vec<PathBuf>,
    /// Rescue files that also hold something else, which stay.
    pub rescues: Vec<PathBuf>,
}

impl Store {
    /// All annotations of which anything is on disk, by id; without their files.
    ///
    /// # Errors
    /// If a folder cannot be read.
    pub fn purgeable(&self) -> Result<Vec<Purgeable>, StoreError> {
        let mut found: BTreeMap<String, Purgeable> = BTreeMap::new();
        let mut take = |id: &str, annotation: Option<&Annotation>, is_deleted: bool| {
            let of = found.entry(id.to_owned()).or_insert_with(|| Purgeable {
                id: id.to_owned(),
                is_deleted,
                ..Purgeable::default()
            });
            of.is_deleted &= is_deleted;
            of.annotation = of.annotation.take().or(annotation.cloned());
        };
        for (folder, is_deleted) in [
            (self.home.notes(), false),
            (self.home.trash(), true),
            (self.home.drafts(), false),
        ] {
            for file in files_in(&folder)? {
                match read_file(&file) {
                    Ok(found) => {
                        take(&found.written_id, Some(&found.annotation), is_deleted);
                        if folder != self.home.drafts() {
                            take(&stem(&file), Some(&found.annotation), is_deleted);
                        }
                    }
                    Err(_) => take(&stem(&file), None, is_deleted),
                }
            }
        }
        for folder in entries(&self.home.history())? {
            take(&name_of(&folder), None, true);
        }
        Ok(found.into_values().filter(|of| is_name(&of.id)).collect())
    }

    /// Finds the files of annotations that are to be deleted for good.
    ///
    /// # Errors
    /// If a folder cannot be read.
    pub fn find_files(&self, purged: &mut [Purgeable]) -> Result<(), StoreError> {
        let files = self.files_of(&ids_of(purged))?;
        for of in purged {
            of.files = files.get(&of.id).cloned().unwrap_or_default();
            if of.annotation.is_none() {
                let read = |file: &PathBuf| Some(read_file(file).ok()?.annotation);
                of.annotation = of.files.iter().rev().find_map(read);
            }
            let (alone, shared) = rescue::files_of(&of.id, &of.texts());
            of.files.extend(alone);
            of.rescues = shared;
        }
        Ok(())
    }

    /// Deletes annotations for good.
    ///
    /// # Errors
    /// If something of them may be left. The same purge can be run again.
    pub fn purge(&self, purged: &[Purgeable]) -> Result<(), StoreError> {
        self.check_folder()?;
        let notes = self.home.notes();
        // What is edited now is purged once it is saved.
        let _lock = match notes.is_dir() {
            true => self.lock(&notes)?,
            false => None,
        };
        let (journal, ids) = (self.journal_file(), ids_of(purged));
        let writing = || failed("cannot write", &journal);
        let actions: Vec<Action> = ids.iter().cloned().map(Action::Purged).collect();
        journal_file::append(&journal, &actions).map_err(writing())?;
        // Again, as they are now: an edit may have come between.
        let now = self.files_of(&ids)?;
        let found = purged.iter().flat_map(|of| &of.files);
        for file in now.values().flatten().chain(found) {
            remove(file).map_err(failed("cannot delete", file))?;
        }
        for id in &ids {
            let history = self.home.history().join(id);
            match fs::remove_dir(&history) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => {
                    return Err(failed("cannot delete", &history)(error));
                }
                _ => {}
            }
        }
        journal_file::purge(&journal, &ids).map_err(writing())
    }

    /// Deletes what was searched for, run and jumped to, places of reading and what was read; returns the
    /// files.
    ///
    /// # Errors
    /// If one cannot be deleted.
    pub fn purge_history(&self) -> Result<(), StoreError> {
        for file in self.history_files()? {
            remove(&file).map_err(failed("cannot delete", &file))?;
        }
        Ok(())
    }

    /// The files of `state/` but the journal.
    ///
    /// # Errors
    /// If the folder cannot be read.
    pub fn history_files(&self) -> Result<Vec<PathBuf>, StoreError> {
        let mut files = entries(&self.home.state())?;
        files.retain(|file| *file != self.journal_file() && !file.is_dir());
        Ok(files)
    }

    /// The files that hold annotations, or what editors and killed programs left of them, by id.
    fn files_of(&self, ids: &[String]) -> Result<BTreeMap<String, Vec<PathBuf>>, StoreError> {
        let home = &self.home;
        let mut files: BTreeMap<String, Vec<PathBuf>> = BTreeMap::new();
        let mut folders = vec![home.notes(), home.trash(), home.drafts()];
        let editions = entries(&home.editions())?;
        folders.extend(editions.into_iter().filter(|of| of.is_dir()));
        for folder in folders {
            for file in entries(&folder)? {
                let written = written_id(&file);
                for id in ids.iter().filter(|id| is_of(id, &file, written.as_deref())) {
                    files.entry(id.clone()).or_default().push(file.clone());
                }
            }
        }
        for id in ids {
            // Versions, and whatever an editor left beside them.
            let versions = entries(&home.history().join(id))?;
            files.entry(id.clone()).or_default().extend(versions);
        }
        Ok(files)
    }
}

impl Purgeable {
    /// Every text that its files have.
    fn texts(&self) -> Vec<String> {
        let read = self.files.iter().filter_map(|file| read_file(file).ok());
        let mut texts: Vec<String> = read.map(|found| found.annotation.text).collect();
        texts.retain(|text| !text.trim().is_empty());
        texts
    }
}

fn ids_of(purged: &[Purgeable]) -> Vec<String> {
    purged.iter().map(|of| of.id.clone()).collect()
}

/// Whether a file holds an annotation: by the id written in it, else by its name. A file of another
/// annotation never does.
fn is_of(id: &str, file: &Path, written: Option<&str>) -> bool {
    let name = name_of(file);
    match name.ends_with(".ron") && !name.starts_with('.') {
        true => name == file_name(id) || written == Some(id),
        false => mentions(&name, id),
    }
}

/// Whether an id stands in a name as a whole word: in `.ID.ron.7.0.tmp`, `note-ID.md`,
/// `#note-ID-2.md#`.
fn mentions(name: &str, id: &str) -> bool {
    let is_edge = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric());
    name.match_indices(id).any(|(at, _)| {
        let (before, after) = (name.get(..at), name.get(at + id.len()..));
        is_edge(before.and_then(|text| text.chars().next_back()))
            && is_edge(after.and_then(|text| text.chars().next()))
    })
}

/// The id in the file of an annotation, whatever its name.
fn written_id(file: &Path) -> Option<String> {
    if !name_of(file).ends_with(".ron") {
        return None;
    }
    read_file(file).ok().map(|found| found.written_id)
}

fn name_of(file: &Path) -> String {
    let name = file.file_name().unwrap_or_default();
    name.to_string_lossy().into_owned()
}

/// Removes a file, which may be gone already, and syncs its folder.
fn remove(file: &Path) -> io::Result<()> {
    match fs::remove_file(file) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    match file.parent().map(durable::sync_folder) {
        Some(Err(error)) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

fn files_in(folder: &Path) -> Result<Vec<PathBuf>, StoreError> {
    let names = annotation_files(folder).map_err(failed("cannot read", folder))?;
    Ok(names.into_iter().map(|name| folder.join(name)).collect())
}

/// All entries of a folder, sorted; none if it does not exist.
fn entries(folder: &Path) -> Result<Vec<PathBuf>, StoreError> {
    let read = match fs::read_dir(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        other => other.and_then(|entries| {
            entries
                .map(|entry| entry.map(|entry| entry.path()))
                .collect::<io::Result<Vec<PathBuf>>>()
        }),
    };
    let mut found = read.map_err(failed("cannot read", folder))?;
    found.sort();
    Ok(found)
}
