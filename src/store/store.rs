//! The store: the notebook's folders, what is saved in which, and saved places.

use std::{
    fs::{self, File},
    io,
    path::{Path, PathBuf},
    sync::atomic::{AtomicBool, Ordering},
};

use rustix::fs::{Access, access};

use super::{
    StoreError,
    editions::Editions,
    failed,
    file::{file_name, is_name},
    lock::{Claim, lock},
};
use crate::{
    disk::{
        durable,
        home::Home,
        regular::{self, Links},
    },
    edition::Edition,
    edition::progress::SavedProgress,
    notebook::{
        Change, Notebook,
        news::{Loaded, SavedAs},
        resolution,
    },
    report::{Report, place::SavedPlace},
};

/// File systems of the kernel, which take no files whatever their permissions say: proc, sysfs,
/// cgroup, cgroup2, debugfs, tracefs, securityfs, devpts (Linux, `magic.h`).
#[cfg(target_os = "linux")]
const NO_FILES: [rustix::fs::FsWord; 8] = [
    0x9fa0,
    0x6265_6572,
    0x0027_e0eb,
    0x6367_7270,
    0x6462_6720,
    0x7472_6163,
    0x7363_6673,
    0x1cd1,
];

/// Largest file of what was read, in bytes.
const LARGEST_PROGRESS: u64 = 64 * 1024 * 1024;
/// Largest file of a place that is read, in bytes.
const LARGEST_PLACE: u64 = 1024 * 1024;

/// The notebook's folders.
#[derive(Debug)]
pub struct Store {
    pub(crate) home: Home,
    /// Whether there were annotations in `notes/`: if it vanishes it is not made again, as a new folder at an
    /// unmounted drive's place would hide what is saved in it.
    pub(crate) had_folder: bool,
    pub(crate) claims: Vec<Claim>,
    /// Swap files that editors left of the claimed drafts.
    pub(crate) swaps: Vec<PathBuf>,
    pub(crate) is_lockless: AtomicBool,
}

impl Store {
    pub fn new(home: Home) -> Self {
        Self {
            home,
            had_folder: false,
            claims: Vec::new(),
            swaps: Vec::new(),
            is_lockless: AtomicBool::new(false),
        }
    }

    /// The per-user folder.
    pub fn home(&self) -> &Home {
        &self.home
    }

    /// Checks that annotations can be saved. Makes nothing: folders come with the first annotation.
    ///
    /// # Errors
    /// The folder that cannot be written to or made, and why.
    pub fn check_writable(&self) -> Result<(), StoreError> {
        self.check_folder()?;
        let notes = self.home.notes();
        let is_there = |folder: &&Path| fs::symlink_metadata(folder).is_ok();
        let there = notes
            .ancestors()
            .find(is_there)
            .filter(|folder| !folder.as_os_str().is_empty())
            .unwrap_or(Path::new("."));
        if !there.is_dir() {
            return Err(failed("cannot write to", there)(
                io::ErrorKind::NotADirectory.into(),
            ));
        }
        access(there, Access::WRITE_OK | Access::EXEC_OK)
            .map_err(|error| failed("cannot write to", there)(error.into()))?;
        match takes_files(there) {
            true => Ok(()),
            false => Err(failed("cannot write to", there)(
                io::ErrorKind::ReadOnlyFilesystem.into(),
            )),
        }
    }

    /// From now on, a missing `notes/` folder is an error, if there are annotations in it now.
    pub fn expect_folder(&mut self) {
        if let Ok(mut entries) = fs::read_dir(self.home.notes()) {
            self.had_folder = entries.any(|entry| {
                entry.is_ok_and(|entry| entry.path().extension().is_some_and(|of| of == "ron"))
            });
        }
    }

    pub(crate) fn check_folder(&self) -> Result<(), StoreError> {
        let notes = self.home.notes();
        let is_missed = !notes.is_dir() && (self.had_folder || !self.journal().known.is_empty());
        if is_missed {
            Err(StoreError::NoFolder(notes))
        } else {
            Ok(())
        }
    }

    /// Saves a change. Once this returns `Ok`, the change survives a power cut.
    ///
    /// # Errors
    /// If it is not saved; nothing is lost then, and the same change can be tried again.
    pub fn save(&self, change: &Change, edition: Option<&Edition>) -> Result<SavedAs, StoreError> {
        let annotation = change.annotation();
        self.check_folder()?;
        if !is_name(&annotation.id) {
            // We never write such a file name: save the new text under an id of its own.
            return if matches!(change, Change::Edit { .. }) {
                self.save_beside(annotation)
            } else {
                Err(StoreError::Name(annotation.id.clone()))
            };
        }
        if let Some(edition) = edition {
            self.save_edition(&annotation.report, edition)?;
        }
        match change {
            Change::Add(annotation) => self.add(annotation),
            Change::Edit { old, new } => self.edit(old, new),
            Change::Delete(annotation) => self.delete(annotation),
            Change::Restore(annotation) => self.restore(annotation),
            Change::Decide { old, new, .. } => self.decide(old.as_ref(), new.as_ref()),
        }
    }

    /// Saves the block hashes of an edition, once: later editions are compared with them.
    fn save_edition(&self, report: &str, edition: &Edition) -> Result<(), StoreError> {
        let editions = self.editions();
        if !editions.lacks(report, edition) {
            return Ok(());
        }
        self.folder(self.home.editions())?;
        editions
            .save(report, edition)
            .map_err(failed("cannot save the edition in", editions.folder()))
    }

    /// The editions that annotations were made in.
    pub fn editions(&self) -> Editions {
        Editions::new(self.home.editions())
    }

    /// The folder of drafts, for external editors.
    pub fn drafts_folder(&self) -> PathBuf {
        self.home.drafts()
    }

    /// The notebook of a report, with where each annotation stands in it, and everything that was
    /// read.
    pub fn notebook(&self, report: &Report) -> (Notebook, Loaded) {
        let loaded = self.load();
        let mut notebook = Notebook::default();
        notebook.replace(loaded.annotations.clone(), report);
        resolution::resolve_all(
            &mut notebook,
            &self.editions(),
            loaded.decisions.clone(),
            report,
        );
        (notebook, loaded)
    }

    /// The saved place in a report; `None` also if its file is broken.
    pub fn place(&self, report: &str) -> Option<SavedPlace> {
        let file = self.home.state().join(file_name(report));
        let bytes = regular::read(&file, LARGEST_PLACE, Links::Refuse).ok()??;
        ron::de::from_bytes(&bytes).ok()
    }

    /// Saves the place in a report.
    pub fn save_place(&self, place: &SavedPlace) -> Result<(), StoreError> {
        self.check_folder()?;
        let folder = self.folder(self.home.state())?;
        let text = ron::ser::to_string_pretty(place, ron::ser::PrettyConfig::new())?;
        durable::replace(&folder, &file_name(&place.report), text.as_bytes())
            .map_err(failed("cannot save", &folder))
    }

    /// What was read of a report; `None` also if its file is broken.
    pub fn progress(&self, report: &str) -> Option<SavedProgress> {
        let file = self.home.state().join(progress_name(report));
        let bytes = regular::read(&file, LARGEST_PROGRESS, Links::Refuse).ok()??;
        ron::de::from_bytes(&bytes).ok()
    }

    /// Saves what was read of a report, with what other readers saved of it meanwhile.
    pub fn save_progress(&self, mut progress: SavedProgress) -> Result<(), StoreError> {
        self.check_folder()?;
        let folder = self.folder(self.home.state())?;
        let name = progress_name(&progress.report);
        if let Some(other) = self.progress(&progress.report) {
            progress.merge(other);
        }
        let text = ron::ser::to_string(&progress)?;
        durable::replace(&folder, &name, text.as_bytes()).map_err(failed("cannot save", &folder))
    }

    /// Takes the [`lock`] of a folder, and remembers where there are none.
    pub(crate) fn lock(&self, folder: &Path) -> Result<Option<File>, StoreError> {
        let lock = lock(folder)?;
        self.is_lockless.fetch_or(lock.is_none(), Ordering::Relaxed);
        Ok(lock)
    }

    /// Whether a lock was asked of a file system that has none: two programs that edit one note
    /// at the same instant are no longer kept apart.
    pub fn is_lockless(&self) -> bool {
        self.is_lockless.load(Ordering::Relaxed)
    }

    pub(crate) fn folder(&self, folder: PathBuf) -> Result<PathBuf, StoreError> {
        durable::make_folder(&folder).map_err(failed("cannot make the folder", &folder))?;
        Ok(folder)
    }
}

/// The file of what was read; no id of a report has a dot in it.
fn progress_name(report: &str) -> String {
    format!("{report}.read.ron")
}

/// Whether a file system is for files: of `/proc` permissions say nothing.
#[cfg(target_os = "linux")]
fn takes_files(folder: &Path) -> bool {
    rustix::fs::statfs(folder).map_or(true, |found| !NO_FILES.contains(&found.f_type))
}

#[cfg(not(target_os = "linux"))]
fn takes_files(_: &Path) -> bool {
    true
}

/// A random id: 128 bits (UUID version 4), 32 hexadecimal digits.
pub fn new_id() -> String {
    uuid::Uuid::new_v4().simple().to_string()
}
