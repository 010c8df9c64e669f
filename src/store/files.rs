//! What is in `notes/`: read file by file, only where a file has changed, and what has vanished.

use std::{
    collections::{BTreeMap, BTreeSet},
    ffi::OsString,
    fs,
    os::unix::fs::MetadataExt,
    path::{Path, PathBuf},
};

use super::{
    Store, StoreError, failed,
    file::{DIFFERS, Found, Mark, Unread, annotation_files, exists, mark, read_file, stem},
    file_name,
    journal::{self, Deed, Past},
    reviews::Decisions,
};
use crate::notebook::{
    annotation::Annotation,
    file_text::Checksum,
    news::{Loaded, Problem},
    review::Decision,
};

/// What was read of `notes/` so far; see [`Store::refresh`].
#[derive(Debug, Default)]
pub struct Shelf {
    files: BTreeMap<OsString, Read>,
    /// What has vanished; with the annotation where it was read before.
    vanished: BTreeMap<String, Option<Annotation>>,
    /// Why the folder cannot be used, where it cannot.
    problem: Option<Problem>,
    pub(crate) decisions: Decisions,
}

/// A file as it was when it was read.
#[derive(Debug, Clone)]
struct Read {
    /// `None` where the disk failed: it is read again.
    mark: Option<Mark>,
    found: Result<Found, String>,
    /// What it held before, where it cannot be read any more.
    before: Option<Annotation>,
}

impl Shelf {
    /// What was read, files in the order of their names. Copies that say the same in all
    /// things but the name are shown once.
    pub fn loaded(&self) -> Loaded {
        let mut loaded = Loaded {
            problems: self.problem.iter().cloned().collect(),
            ..Loaded::default()
        };
        let mut originals: BTreeMap<&str, Vec<&Annotation>> = BTreeMap::new();
        let found = || {
            self.files
                .values()
                .filter_map(|read| read.found.as_ref().ok())
        };
        // An original is shown rather than its copy, whichever name comes first.
        let (own, copies): (Vec<&Found>, Vec<&Found>) =
            found().partition(|found| found.written_id == found.annotation.id);
        for found in own.into_iter().chain(copies) {
            let same = originals.entry(&found.written_id).or_default();
            if !same
                .iter()
                .any(|other| says_the_same(other, &found.annotation))
            {
                same.push(&found.annotation);
                loaded.annotations.push(found.annotation.clone());
            }
        }
        loaded
            .annotations
            .extend(self.vanished.values().flatten().cloned());
        loaded.vanished = self.vanished.keys().cloned().collect();
        let before: Vec<&Annotation> = self
            .files
            .values()
            .filter_map(|read| read.before.as_ref())
            .collect();
        loaded.unreadable = before
            .iter()
            .map(|annotation| annotation.id.clone())
            .collect();
        loaded.annotations.extend(before.into_iter().cloned());
        loaded
    }

    /// The annotation in the file of that id.
    pub fn annotation(&self, id: &str) -> Option<&Annotation> {
        self.files
            .get(&OsString::from(file_name(id)))?
            .found
            .as_ref()
            .ok()
            .map(|found| &found.annotation)
    }

    /// The decision in a file.
    pub fn decision(&self, file: &Path) -> Option<&Decision> {
        self.decisions.read_from(file)
    }

    /// Files that cannot be read, with their folder.
    fn broken(&self, folder: &Path) -> Vec<Problem> {
        let broken = self
            .files
            .iter()
            .filter_map(|(name, read)| Some((name, read.found.as_ref().err()?)));
        broken
            .map(|(name, reason)| Problem {
                file: folder.join(name),
                reason: reason.clone(),
            })
            .collect()
    }

    /// Ids by name and by content.
    fn ids(&self) -> BTreeSet<&str> {
        let found = self
            .files
            .values()
            .filter_map(|read| read.found.as_ref().ok());
        found
            .flat_map(|found| [found.annotation.id.as_str(), found.written_id.as_str()])
            .collect()
    }
}

fn says_the_same(a: &Annotation, b: &Annotation) -> bool {
    let with_names_of_b = Annotation {
        id: b.id.clone(),
        conflict_of: b.conflict_of.clone(),
        ..a.clone()
    };
    with_names_of_b == *b
}

impl Store {
    /// Reads every annotation. Other programs' files (editors' copies, hidden files) are
    /// passed over; broken ones are named and left alone; vanished ones are told.
    pub fn load(&self) -> Loaded {
        let mut shelf = Shelf::default();
        self.refresh(&mut shelf);
        self.refresh_reviews(&mut shelf.decisions);
        self.loaded(&shelf)
    }

    /// What a shelf holds, with the files that cannot be read.
    pub fn loaded(&self, shelf: &Shelf) -> Loaded {
        let mut loaded = shelf.loaded();
        loaded.problems.extend(shelf.broken(&self.home.notes()));
        loaded.problems.extend(shelf.decisions.problems());
        loaded.decisions = shelf.decisions.all().cloned().collect();
        loaded
    }

    /// Brings a shelf up to date; returns the ids of the files that have changed, come or gone.
    /// Where the folder cannot be read all stays as it was read last.
    pub fn refresh(&self, shelf: &mut Shelf) -> Vec<String> {
        let past = self.past();
        let names = match annotation_files(&self.home.notes()) {
            Ok(names) => names,
            Err(error) => {
                let is_new = shelf.problem.is_none();
                shelf.problem = Some(Problem {
                    file: self.home.notes(),
                    reason: error.to_string(),
                });
                return is_new.then(String::new).into_iter().collect();
            }
        };
        shelf.problem = self.missing_folder(&past);
        let mut files = BTreeMap::new();
        let mut changed = Vec::new();
        for name in names {
            let path = self.home.notes().join(&name);
            let earlier = shelf.files.remove(&name);
            let mark = fs::metadata(&path).map(|metadata| mark(&metadata)).ok();
            let read = match earlier {
                Some(earlier) if earlier.mark.is_some() && earlier.mark == mark => earlier,
                earlier => {
                    let mut read = read_again(&path, mark);
                    let is_same = earlier.as_ref().is_some_and(|earlier| {
                        earlier.mark.is_none()
                            && earlier.found.as_ref().err() == read.found.as_ref().err()
                    });
                    if read.found.is_err() {
                        read.before = earlier.and_then(|earlier| {
                            earlier
                                .found
                                .ok()
                                .map(|found| found.annotation)
                                .or(earlier.before)
                        });
                    }
                    changed.extend((!is_same).then(|| stem(&path)));
                    read
                }
            };
            files.insert(name, read);
        }
        let gone = std::mem::replace(&mut shelf.files, files);
        changed.extend(gone.keys().map(|name| stem(Path::new(name))));
        self.note_vanished(shelf, gone, &past, &mut changed);
        changed
    }

    /// What has gone from the shelf, or should be there by the journal, and is in no trash.
    fn note_vanished(
        &self,
        shelf: &mut Shelf,
        gone: BTreeMap<OsString, Read>,
        past: &Past,
        changed: &mut Vec<String>,
    ) {
        let before: Vec<String> = shelf.vanished.keys().cloned().collect();
        let mut vanished = std::mem::take(&mut shelf.vanished);
        for annotation in gone.into_values().filter_map(|read| {
            read.found
                .ok()
                .map(|found| found.annotation)
                .or(read.before)
        }) {
            vanished.insert(annotation.id.clone(), Some(annotation));
        }
        for id in &past.known {
            vanished.entry(id.clone()).or_default();
        }
        let here = shelf.ids();
        // The folder is looked at last: a file that was moved while it was listed is there.
        vanished.retain(|id, read| {
            let is_gone =
                !here.contains(id.as_str()) && !exists(&self.home.notes().join(file_name(id)));
            is_gone && !self.is_deleted(id, read.as_ref(), past)
        });
        changed.extend(vanished.keys().filter(|id| !before.contains(id)).cloned());
        changed.extend(before.into_iter().filter(|id| !vanished.contains_key(id)));
        shelf.vanished = vanished;
    }

    /// The folder of annotations is not there, although there were some.
    fn missing_folder(&self, past: &Past) -> Option<Problem> {
        let has_editions =
            || fs::read_dir(self.home.editions()).is_ok_and(|mut entries| entries.next().is_some());
        let is_missing = !exists(&self.home.notes()) && (!past.known.is_empty() || has_editions());
        let reason = "the folder has vanished, though there were notes in it; is its drive there?";
        is_missing.then(|| Problem {
            file: self.home.notes(),
            reason: reason.into(),
        })
    }

    /// What `notes check` reports: the files that cannot be used, those that do not have the
    /// checksum they were written with, drafts that cannot be read, and what has vanished.
    pub fn check(&self) -> Vec<Problem> {
        let mut shelf = Shelf::default();
        self.refresh(&mut shelf);
        self.refresh_reviews(&mut shelf.decisions);
        let mut problems = self.loaded(&shelf).problems;
        let differs = |read: &Read| {
            read.found
                .as_ref()
                .is_ok_and(|found| found.checksum == Checksum::Differs)
        };
        for (name, _) in shelf.files.iter().filter(|(_, read)| differs(read)) {
            problems.push(Problem {
                file: self.home.notes().join(name),
                reason: DIFFERS.into(),
            });
        }
        problems.extend(shelf.decisions.changed_by_hand());
        problems.extend(self.draft_problems());
        problems.extend(self.left_by_editors());
        for id in shelf.vanished.keys() {
            let reason = "has vanished, and nobody deleted it; put it back, or forget it with `tip-reader notes rm`".into();
            problems.push(Problem {
                file: self.home.notes().join(file_name(id)),
                reason,
            });
        }
        problems
    }

    /// A value that changes when annotations are added, edited or deleted by anybody.
    pub fn stamp(&self) -> Option<(i64, i64)> {
        let metadata = fs::metadata(self.home.notes()).ok()?;
        Some((metadata.mtime(), metadata.mtime_nsec()))
    }

    /// Remembers what is on a shelf, so that it is missed at a later start.
    pub fn note_seen(&self, shelf: &Shelf) {
        let known = self.past().known;
        let found = shelf
            .files
            .values()
            .filter_map(|read| read.found.as_ref().ok());
        let new = found
            .map(|found| &found.annotation.id)
            .filter(|id| !known.contains(*id));
        self.journal(&new.map(|id| Deed::Saw(id.clone())).collect::<Vec<_>>());
    }

    /// No longer tells that a file has vanished.
    ///
    /// # Errors
    /// Where the journal cannot be written.
    pub fn forget(&self, id: &str) -> Result<(), StoreError> {
        let journal = self.journal_file();
        journal::append(&journal, &[Deed::Forgot(id.into())])
            .map_err(failed("cannot write", &journal))
    }

    /// What the journal says; nothing where it cannot be read.
    pub(crate) fn past(&self) -> Past {
        journal::read(&self.journal_file()).unwrap_or_default()
    }

    /// Adds to the journal, which is advice: where it cannot be written nothing is lost.
    pub(crate) fn journal(&self, deeds: &[Deed]) {
        let _ = journal::append(&self.journal_file(), deeds);
    }

    pub(crate) fn journal_file(&self) -> PathBuf {
        self.home.state().join("journal")
    }
}

/// Reads a file whose mark is known. A fault of the disk is not kept with the mark.
fn read_again(file: &Path, mark: Option<Mark>) -> Read {
    let found = read_file(file);
    let is_passing = matches!(found, Err(Unread::Disk(_)));
    Read {
        mark: mark.filter(|_| !is_passing),
        found: found.map_err(|unread| unread.to_string()),
        before: None,
    }
}
