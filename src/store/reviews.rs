//! `editions/REPORT-EDITION/ID.ron`: the review of an annotation for one edition. A file that does
//! not match its name is reported, ignored and never replaced.

use std::{
    collections::BTreeMap,
    fs, io,
    path::{Path, PathBuf},
};

use super::{
    Store, StoreError, editions, failed,
    file::{
        DIFFERS, Mark, ReadError, annotation_files, file_name, is_name, mark, read_bytes, stem,
        sync,
    },
    journal::{Action, ReviewKey},
};
use crate::{
    disk::{durable, regular::Links},
    notebook::{
        annotation::LARGEST,
        file_text::Checksum,
        news::{Problem, SavedAs},
        review::Decision,
    },
};

/// The reviews as last read.
#[derive(Debug, Default)]
pub(crate) struct Decisions {
    files: BTreeMap<PathBuf, Read>,
    /// Folders that cannot be read.
    folders: Vec<Problem>,
}

/// A file as last read.
#[derive(Debug, Clone)]
struct Read {
    /// `None` after a disk error: it is read again.
    mark: Option<Mark>,
    found: Result<(Decision, Checksum), String>,
}

impl Decisions {
    /// The review in a file.
    pub fn get(&self, file: &Path) -> Option<&Decision> {
        let read = self.files.get(file)?.found.as_ref().ok()?;
        Some(&read.0)
    }

    pub fn all(&self) -> impl Iterator<Item = &Decision> {
        self.files
            .values()
            .filter_map(|read| read.found.as_ref().ok())
            .map(|(decision, _)| decision)
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

    /// Files that were edited by hand, or damaged, and are used.
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
    /// The file of a review.
    ///
    /// # Errors
    /// If its ids are not valid file names.
    pub(crate) fn decision_file(&self, decision: &Decision) -> Result<PathBuf, StoreError> {
        let folder =
            editions::name(&decision.report, &decision.edition).filter(|_| is_name(&decision.id));
        let folder = folder.ok_or_else(|| StoreError::Name(decision.id.clone()))?;
        Ok(self
            .home
            .editions()
            .join(folder)
            .join(file_name(&decision.id)))
    }

    /// Updates the cached reviews; returns the files and folders that were changed, added or
    /// removed. A folder that cannot be read keeps its reviews.
    pub(crate) fn refresh_decisions(&self, decisions: &mut Decisions) -> Vec<PathBuf> {
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

    /// The files in the folders of editions. For a folder that cannot be read, the files known
    /// before and a problem.
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
        // The other files here hold the hashes of editions. Known reviews are here only if the
        // folder could not be read.
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
        let is_temporary = matches!(found, Err(ReadError::Disk(_)));
        Read {
            mark: mark.filter(|_| !is_temporary),
            found: found.map_err(|error| error.to_string()),
        }
    }

    fn read_decision(&self, file: &Path) -> Result<(Decision, Checksum), ReadError> {
        let (decision, checksum) = Decision::read(&read_bytes(file, LARGEST, Links::Follow)?)
            .map_err(|error| ReadError::Content(error.to_string()))?;
        if self.decision_file(&decision).ok().as_deref() != Some(file) {
            let reason = format!(
                "the file is about `{}`, its name about `{}`; ignored",
                decision.id,
                stem(file)
            );
            return Err(ReadError::Content(reason));
        }
        Ok((decision, checksum))
    }

    /// Saves or clears a review. One that was changed elsewhere stays.
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
        let _lock = self.lock(&folder)?;
        let found = self.decision_in(&file)?;
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
        if let Some(key) = review_key(&file) {
            self.record(&[Action::Reviewed(key, found.map(Box::new))]);
        }
        Ok(SavedAs::Asked)
    }

    /// The current review of an annotation in an edition, if there is one.
    ///
    /// # Errors
    /// If its file cannot be read.
    pub(crate) fn decision_of(&self, of: &ReviewKey) -> Result<Option<Decision>, StoreError> {
        if !is_name(&of.folder) || !is_name(&of.id) {
            return Err(StoreError::Name(of.id.clone()));
        }
        self.decision_in(
            &self
                .home
                .editions()
                .join(&of.folder)
                .join(file_name(&of.id)),
        )
    }

    fn decision_in(&self, file: &Path) -> Result<Option<Decision>, StoreError> {
        match self.read_decision(file) {
            Ok((decision, _)) => Ok(Some(decision)),
            Err(ReadError::Disk(error)) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error.at(file)),
        }
    }
}

/// What the file of a review is about.
fn review_key(file: &Path) -> Option<ReviewKey> {
    let folder = file.parent()?.file_name()?.to_str()?.to_owned();
    Some(ReviewKey {
        folder,
        id: stem(file),
    })
}

/// The entries of a folder; none if it does not exist.
fn entries(folder: &Path) -> io::Result<Vec<PathBuf>> {
    match fs::read_dir(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Vec::new()),
        other => other?
            .map(|entry| entry.map(|entry| entry.path()))
            .collect(),
    }
}

/// Whether both are the same, apart from the date.
pub(crate) fn agree(a: Option<&Decision>, b: Option<&Decision>) -> bool {
    match (a, b) {
        (Some(a), Some(b)) => a.agrees_with(b),
        (a, b) => a.is_none() && b.is_none(),
    }
}
