//! `editions/REPORT-EDITION/ID.ron`: what was settled of an annotation for one edition. A file that
//! is no decision of that edition is named, does not count and is never replaced.

use std::{
    collections::BTreeMap,
    fs, io,
    path::{Path, PathBuf},
};

use super::{
    Store, StoreError, failed,
    file::{DIFFERS, Mark, Unread, annotation_files, mark, read_bytes, stem},
    file_name, is_name,
    journal::{Deed, Reviewing},
    lock, sync,
};
use crate::notebook::news::{Problem, SavedAs};
use crate::{
    disk::durable,
    notebook::{annotation::LARGEST, file_text::Checksum, review::Decision},
    store::editions,
};

/// What was read of the decisions so far.
#[derive(Debug, Default)]
pub(crate) struct Decisions {
    files: BTreeMap<PathBuf, Read>,
    /// Folders that cannot be read.
    folders: Vec<Problem>,
}

/// A file as it was when it was read.
#[derive(Debug, Clone)]
struct Read {
    /// `None` where the disk failed: it is read again.
    mark: Option<Mark>,
    found: Result<(Decision, Checksum), String>,
}

impl Decisions {
    pub fn all(&self) -> impl Iterator<Item = &Decision> {
        self.files
            .values()
            .filter_map(|read| read.found.as_ref().ok())
            .map(|(decision, _)| decision)
    }

    /// The decision in a file.
    pub fn read_from(&self, file: &Path) -> Option<&Decision> {
        let read = self.files.get(file)?;
        read.found.as_ref().ok().map(|(decision, _)| decision)
    }

    /// Files and folders that cannot be used.
    pub fn problems(&self) -> impl Iterator<Item = Problem> {
        let broken = self
            .files
            .iter()
            .filter_map(|(file, read)| Some((file, read.found.as_ref().err()?)));
        let broken = broken.map(|(file, reason)| Problem {
            file: file.clone(),
            reason: reason.clone(),
        });
        self.folders.iter().cloned().chain(broken)
    }

    /// Files that are used, and are not as they were written.
    pub fn changed_by_hand(&self) -> impl Iterator<Item = Problem> {
        let differs = |read: &Read| matches!(read.found, Ok((_, Checksum::Differs)));
        let changed = self.files.iter().filter(move |(_, read)| differs(read));
        changed.map(|(file, _)| Problem {
            file: file.clone(),
            reason: DIFFERS.into(),
        })
    }
}

impl Store {
    /// The file of a decision.
    ///
    /// # Errors
    /// Where what it says cannot be a file's name.
    pub fn decision_file(&self, decision: &Decision) -> Result<PathBuf, StoreError> {
        let folder =
            editions::name(&decision.report, &decision.edition).filter(|_| is_name(&decision.id));
        let folder = folder.ok_or_else(|| StoreError::Name(decision.id.clone()))?;
        Ok(self
            .home
            .editions()
            .join(folder)
            .join(file_name(&decision.id)))
    }

    /// Brings decisions up to date; returns the files and folders that have changed,
    /// come or gone. A folder that cannot be read stays as it was read last.
    pub(crate) fn refresh_reviews(&self, decisions: &mut Decisions) -> Vec<PathBuf> {
        let before = std::mem::take(decisions);
        let mut earlier = before.files;
        let (files, folders) = self.decision_files(&earlier);
        let mut changed: Vec<PathBuf> = Vec::new();
        if folders != before.folders {
            changed.push(self.home.editions());
        }
        decisions.folders = folders;
        for file in files {
            let mark = fs::metadata(&file).map(|metadata| mark(&metadata)).ok();
            let read = match earlier.remove(&file) {
                Some(before) if before.mark.is_some() && before.mark == mark => before,
                _ => {
                    changed.push(file.clone());
                    self.read_again(&file, mark)
                }
            };
            decisions.files.insert(file, read);
        }
        changed.extend(earlier.into_keys());
        changed
    }

    /// The files in the folders of editions; of a folder that cannot be read those known before,
    /// and why it cannot.
    fn decision_files(&self, known: &BTreeMap<PathBuf, Read>) -> (Vec<PathBuf>, Vec<Problem>) {
        let mut problems = Vec::new();
        let mut list = |folder: &Path, names: io::Result<Vec<PathBuf>>| match names {
            Ok(files) => files,
            Err(error) => {
                problems.push(Problem {
                    file: folder.into(),
                    reason: error.to_string(),
                });
                known
                    .keys()
                    .filter(|file| file.starts_with(folder))
                    .cloned()
                    .collect()
            }
        };
        let all = self.home.editions();
        let entries = list(&all, entries(&all));
        let (folders, mut files): (Vec<PathBuf>, Vec<PathBuf>) =
            entries.into_iter().partition(|path| path.is_dir());
        // What stands here otherwise: the hashes of editions; decisions where the folder was read before alone.
        files.retain(|file| known.contains_key(file));
        for folder in folders {
            let names = annotation_files(&folder)
                .map(|names| names.into_iter().map(|name| folder.join(name)).collect());
            files.extend(list(&folder, names));
        }
        (files, problems)
    }

    fn read_again(&self, file: &Path, mark: Option<Mark>) -> Read {
        let found = self.read_decision(file);
        let is_passing = matches!(found, Err(Unread::Disk(_)));
        Read {
            mark: mark.filter(|_| !is_passing),
            found: found.map_err(|unread| unread.to_string()),
        }
    }

    fn read_decision(&self, file: &Path) -> Result<(Decision, Checksum), Unread> {
        let (decision, checksum) = Decision::read(&read_bytes(file, LARGEST)?)
            .map_err(|error| Unread::Content(error.to_string()))?;
        if self.decision_file(&decision).ok().as_deref() != Some(file) {
            let reason = format!(
                "it is about `{}`, its name about `{}`; it does not count",
                decision.id,
                stem(file)
            );
            return Err(Unread::Content(reason));
        }
        Ok((decision, checksum))
    }

    /// Keeps a decision in place of an older one, or takes it back. What somebody else has decided
    /// in the meantime stays.
    pub(crate) fn decide(
        &self,
        old: Option<&Decision>,
        new: Option<&Decision>,
    ) -> Result<SavedAs, StoreError> {
        let Some(of) = new.or(old) else {
            return Ok(SavedAs::Asked);
        };
        let (file, name) = (self.decision_file(of)?, file_name(&of.id));
        let folder = self.folder(file.parent().unwrap_or(&file).into())?;
        let _lock = lock(&folder)?;
        let found = self.settled_in(&file)?;
        if agree(found.as_ref(), new) {
            return sync(&folder).map(|()| SavedAs::Asked);
        }
        if !agree(found.as_ref(), old) {
            return Err(StoreError::Changed);
        }
        match (&found, new) {
            (_, None) => durable::remove(&folder, &name),
            (None, Some(new)) => durable::add(&folder, &name, new.write()?.as_bytes()),
            (Some(_), Some(new)) => durable::replace(&folder, &name, new.write()?.as_bytes()),
        }
        .map_err(failed("cannot save", &file))?;
        if let Some(settling) = settling(&file) {
            self.journal(&[Deed::Reviewed(settling, found.map(Box::new))]);
        }
        Ok(SavedAs::Asked)
    }

    /// What is settled of an annotation in an edition now; `None` where nothing is.
    ///
    /// # Errors
    /// Where its file cannot be read.
    pub(crate) fn settled(&self, of: &Reviewing) -> Result<Option<Decision>, StoreError> {
        if !is_name(&of.folder) || !is_name(&of.id) {
            return Err(StoreError::Name(of.id.clone()));
        }
        self.settled_in(
            &self
                .home
                .editions()
                .join(&of.folder)
                .join(file_name(&of.id)),
        )
    }

    fn settled_in(&self, file: &Path) -> Result<Option<Decision>, StoreError> {
        match self.read_decision(file) {
            Ok((decision, _)) => Ok(Some(decision)),
            Err(Unread::Disk(error)) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(unread) => Err(unread.of(file)),
        }
    }
}

/// What the file of a decision is about.
fn settling(file: &Path) -> Option<Reviewing> {
    let folder = file.parent()?.file_name()?.to_str()?.to_owned();
    Some(Reviewing {
        folder,
        id: stem(file),
    })
}

/// What is in a folder; nothing where there is none.
fn entries(folder: &Path) -> io::Result<Vec<PathBuf>> {
    match fs::read_dir(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Vec::new()),
        other => other?
            .map(|entry| entry.map(|entry| entry.path()))
            .collect(),
    }
}

/// Whether both say the same.
pub(crate) fn agree(a: Option<&Decision>, b: Option<&Decision>) -> bool {
    match (a, b) {
        (Some(a), Some(b)) => a.agrees_with(b),
        (a, b) => a.is_none() && b.is_none(),
    }
}
