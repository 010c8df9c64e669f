//! `notes/`: reads the files that have changed, and finds those that have vanished.

use std::{
    collections::{BTreeMap, BTreeSet},
    ffi::OsString,
    fs,
    os::unix::fs::MetadataExt,
    path::{Path, PathBuf},
};

use super::{
    Store, StoreError, failed,
    file::{
        DIFFERS, Found, Mark, ReadError, annotation_files, exists, file_name, mark, read_file, stem,
    },
    journal::{Action, Journal},
    journal_file,
    reviews::Decisions,
};
use crate::notebook::{
    annotation::Annotation,
    file_text::Checksum,
    news::{Loaded, Problem},
};

/// The notebook's files as last read; see [`Store::refresh`].
#[derive(Debug, Default)]
pub struct FileCache {
    files: BTreeMap<OsString, Read>,
    /// Ids of vanished annotations; with the annotation if it was read before.
    vanished: BTreeMap<String, Option<Annotation>>,
    /// Ids of annotations that were deleted for good.
    purged: BTreeSet<String>,
    /// Why the folder cannot be read, if so.
    problem: Option<Problem>,
    pub(crate) decisions: Decisions,
}

/// A file as last read.
#[derive(Debug, Clone)]
struct Read {
    /// `None` after a disk error: it is read again.
    mark: Option<Mark>,
    found: Result<Found, String>,
    /// Its previous content, if it can no longer be read.
    before: Option<Annotation>,
}

impl FileCache {
    /// Whether an annotation of a report was read.
    pub fn has_annotations_of(&self, report: &str) -> bool {
        let found = self
            .files
            .values()
            .filter_map(|read| read.found.as_ref().ok());
        let mut of = found.map(|found| &found.annotation.report);
        of.any(|id| id == report)
    }

    /// What was read, in the order of file names. Copies that differ in nothing but the name count
    /// once.
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
        // An original is preferred to its copy, whichever name comes first.
        let (own, copies): (Vec<&Found>, Vec<&Found>) =
            found().partition(|found| found.written_id == found.annotation.id);
        for found in own.into_iter().chain(copies) {
            let same = originals.entry(&found.written_id).or_default();
            if !same
                .iter()
                .any(|other| says_the_same(other, &found.annotation))
            {
                if found.written_id != found.annotation.id && !same.is_empty() {
                    let name = found.annotation.id.clone();
                    loaded.copies.push((name, found.written_id.clone()));
                }
                same.push(&found.annotation);
                loaded.annotations.push(found.annotation.clone());
            }
        }
        loaded
            .annotations
            .extend(self.vanished.values().flatten().cloned());
        loaded.vanished = self.vanished.keys().cloned().collect();
        let here = self.ids();
        let is_back = |id: &&String| here.contains(id.as_str());
        (loaded.returned, loaded.purged) = self.purged.iter().cloned().partition(|id| is_back(&id));
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

    /// Files that cannot be read.
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

    /// Ids by file name and by content.
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
    /// Reads every annotation. Skips other programs' files (editors' copies, hidden files); reports
    /// broken and vanished ones and leaves them alone.
    pub fn load(&self) -> Loaded {
        let mut cache = FileCache::default();
        self.refresh(&mut cache);
        self.refresh_decisions(&mut cache.decisions);
        self.loaded(&cache)
    }

    /// The content of a cache, with the files that cannot be read.
    pub fn loaded(&self, cache: &FileCache) -> Loaded {
        let mut loaded = cache.loaded();
        loaded.problems.extend(cache.broken(&self.home.notes()));
        loaded.problems.extend(cache.decisions.problems());
        loaded.decisions = cache.decisions.all().cloned().collect();
        loaded
    }

    /// Updates a cache; returns the ids whose files were changed, added or removed. If the folder
    /// cannot be read nothing changes.
    pub fn refresh(&self, cache: &mut FileCache) -> Vec<String> {
        let journal = self.journal();
        let names = match annotation_files(&self.home.notes()) {
            Ok(names) => names,
            Err(error) => {
                let is_new = cache.problem.is_none();
                cache.problem = Some(Problem {
                    file: self.home.notes(),
                    reason: error.to_string(),
                });
                return is_new.then(String::new).into_iter().collect();
            }
        };
        cache.problem = self.missing_folder(&journal);
        let mut files = BTreeMap::new();
        let new = journal.purged.difference(&cache.purged);
        let mut changed: Vec<String> = new.cloned().collect();
        cache.purged.clone_from(&journal.purged);
        for name in names {
            let path = self.home.notes().join(&name);
            let earlier = cache.files.remove(&name);
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
                        read.before.take_if(|of| journal.purged.contains(&of.id));
                    }
                    changed.extend((!is_same).then(|| stem(&path)));
                    read
                }
            };
            files.insert(name, read);
        }
        let gone = std::mem::replace(&mut cache.files, files);
        changed.extend(gone.keys().map(|name| stem(Path::new(name))));
        self.find_vanished(cache, gone, &journal, &mut changed);
        changed
    }

    /// Finds annotations that are gone from the cache, or missing by the journal, and not in the
    /// trash.
    fn find_vanished(
        &self,
        cache: &mut FileCache,
        gone: BTreeMap<OsString, Read>,
        journal: &Journal,
        changed: &mut Vec<String>,
    ) {
        let before: Vec<String> = cache.vanished.keys().cloned().collect();
        let mut vanished = std::mem::take(&mut cache.vanished);
        for annotation in gone.into_values().filter_map(|read| {
            read.found
                .ok()
                .map(|found| found.annotation)
                .or(read.before)
        }) {
            vanished.insert(annotation.id.clone(), Some(annotation));
        }
        for id in &journal.known {
            vanished.entry(id.clone()).or_default();
        }
        let here = cache.ids();
        // Check the folder last: a file moved during the listing is there.
        vanished.retain(|id, read| {
            let is_gone =
                !here.contains(id.as_str()) && !exists(&self.home.notes().join(file_name(id)));
            is_gone && !journal.purged.contains(id) && !self.is_deleted(id, read.as_ref(), journal)
        });
        changed.extend(vanished.keys().filter(|id| !before.contains(id)).cloned());
        changed.extend(before.into_iter().filter(|id| !vanished.contains_key(id)));
        cache.vanished = vanished;
    }

    /// The folder of annotations is missing, although there were some.
    fn missing_folder(&self, journal: &Journal) -> Option<Problem> {
        let is_missing = !exists(&self.home.notes()) && !journal.known.is_empty();
        let reason = "the folder has vanished, with notes in it; is its drive mounted?";
        is_missing.then(|| Problem {
            file: self.home.notes(),
            reason: reason.into(),
        })
    }

    /// What `notes check` reports: files that cannot be used, checksum mismatches, drafts that
    /// cannot be read, and vanished files.
    pub fn check(&self) -> Vec<Problem> {
        let mut cache = FileCache::default();
        self.refresh(&mut cache);
        self.refresh_decisions(&mut cache.decisions);
        let mut problems = self.loaded(&cache).problems;
        let differs = |read: &Read| {
            read.found
                .as_ref()
                .is_ok_and(|found| found.checksum == Checksum::Differs)
        };
        for (name, _) in cache.files.iter().filter(|(_, read)| differs(read)) {
            problems.push(Problem {
                file: self.home.notes().join(name),
                reason: DIFFERS.into(),
            });
        }
        problems.extend(cache.decisions.changed_by_hand());
        problems.extend(self.draft_problems());
        problems.extend(self.left_by_editors());
        for id in &self.loaded(&cache).returned {
            let reason = format!(
                "was deleted for good, and a copy has come back; `tip-reader notes purge {id}` deletes it again"
            );
            problems.push(Problem {
                file: self.home.notes().join(file_name(id)),
                reason,
            });
        }
        for id in cache.vanished.keys() {
            let reason = "has vanished without being deleted; restore it, or dismiss it with `tip-reader notes rm`".into();
            problems.push(Problem {
                file: self.home.notes().join(file_name(id)),
                reason,
            });
        }
        problems
    }

    /// Changes whenever anyone adds, edits or deletes an annotation.
    pub(crate) fn stamp(&self) -> Option<(i64, i64)> {
        let metadata = fs::metadata(self.home.notes()).ok()?;
        Some((metadata.mtime(), metadata.mtime_nsec()))
    }

    /// Records the cached annotations, so that a later start misses those that vanish.
    pub(crate) fn record_seen(&self, cache: &FileCache) {
        let known = self.journal().known;
        let found = cache
            .files
            .values()
            .filter_map(|read| read.found.as_ref().ok());
        let new = found
            .map(|found| &found.annotation.id)
            .filter(|id| !known.contains(*id));
        self.record(&new.map(|id| Action::Saw(id.clone())).collect::<Vec<_>>());
    }

    /// Stops reporting a vanished file.
    ///
    /// # Errors
    /// If the journal cannot be written.
    pub fn forget(&self, id: &str) -> Result<(), StoreError> {
        let journal = self.journal_file();
        journal_file::append(&journal, &[Action::Forgot(id.into())])
            .map_err(failed("cannot write", &journal))
    }

    /// The journal; empty if it cannot be read.
    pub(crate) fn journal(&self) -> Journal {
        journal_file::read(&self.journal_file()).unwrap_or_default()
    }

    /// Adds to the journal. It is only advice: if it cannot be written, nothing is lost.
    pub(crate) fn record(&self, actions: &[Action]) {
        let _ = journal_file::append(&self.journal_file(), actions);
    }

    pub(crate) fn journal_file(&self) -> PathBuf {
        self.home.state().join("journal")
    }
}

/// Reads a file whose mark is known. After a disk error the mark is dropped.
fn read_again(file: &Path, mark: Option<Mark>) -> Read {
    let found = read_file(file);
    let is_temporary = matches!(found, Err(ReadError::Disk(_)));
    Read {
        mark: mark.filter(|_| !is_temporary),
        found: found.map_err(|error| error.to_string()),
        before: None,
    }
}
