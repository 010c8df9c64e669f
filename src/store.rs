//! The notebook on disk: the only code that writes annotations. A file an annotation; nothing
//! that could not be read is ever touched.

#![expect(clippy::disallowed_methods, reason = "the notebook lives on the disk")]

mod drafts;
pub mod editions;
mod file;
mod files;
mod history;
mod journal;
pub mod outside;
pub mod rescue;
mod reviews;
pub mod saver;
mod undo;

use crate::notebook::news::SavedAs;
use std::{
    fs::{self, File, OpenOptions, TryLockError},
    io,
    os::unix::fs::OpenOptionsExt,
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

use drafts::Claim;
use file::read_file;
pub use files::Shelf;
use journal::Deed;
use rustix::fs::{Access, access};
pub use undo::Undoing;

use super::{
    disk::durable::{self, Prepared},
    notebook::{
        Change,
        annotation::{Annotation, LARGEST},
    },
    report::place::SavedPlace,
    store::editions::Editions,
};
use crate::{
    disk::home::Home,
    edition::{Edition, fingerprint},
};

/// How long an edit waits for another program that edits.
const PATIENCE: Duration = Duration::from_secs(2);

/// Why a change was not kept.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    #[error("{what} `{}`: {source}", path.display())]
    Io {
        what: &'static str,
        path: PathBuf,
        source: io::Error,
    },
    #[error("another tip-reader holds the notebook's lock `{}`", .0.display())]
    Locked(PathBuf),
    #[error("`{}` was changed outside and cannot be read: {reason}", file.display())]
    Unreadable { file: PathBuf, reason: String },
    #[error("it was written by a newer tip-reader, which has to change it")]
    Newer,
    #[error("it was changed by another reader in the meantime; look at it, then try again")]
    Changed,
    #[error("its file `{}` is gone; it was deleted or moved outside this reader", .0.display())]
    Gone(PathBuf),
    #[error("the folder `{}` has vanished, though there were notes in it; bring it back, or make it anew", .0.display())]
    NoFolder(PathBuf),
    #[error("`{0}` can be no file's name")]
    Name(String),
    #[error("with its passage it is larger than 4 MiB; make the text or the passage shorter")]
    TooLarge,
    #[error("cannot write it as RON: {0}")]
    Format(#[from] ron::Error),
}

/// The notebook's folders.
#[derive(Debug)]
pub struct Store {
    home: Home,
    /// Whether `notes/` was there: it is not made again where it has vanished, as a folder made
    /// where a drive should be would hide what is saved in it.
    had_folder: bool,
    claims: Vec<Claim>,
    /// What editors had not saved of the drafts that were claimed.
    swaps: Vec<PathBuf>,
}

impl Store {
    pub fn new(home: Home) -> Self {
        Self {
            home,
            had_folder: false,
            claims: Vec::new(),
            swaps: Vec::new(),
        }
    }

    /// The per-user folder that it is in.
    pub fn home(&self) -> &Home {
        &self.home
    }

    /// Whether annotations can be kept at all. Makes nothing: folders come with the first
    /// annotation.
    ///
    /// # Errors
    /// The folder that cannot be written in or made, and why.
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
            return Err(failed("cannot write in", there)(
                io::ErrorKind::NotADirectory.into(),
            ));
        }
        access(there, Access::WRITE_OK | Access::EXEC_OK)
            .map_err(|error| failed("cannot write in", there)(error.into()))
    }

    /// From now on `notes/` is missed where it vanishes, if it is there.
    pub fn hold_to_folder(&mut self) {
        self.had_folder |= self.home.notes().is_dir();
    }

    fn check_folder(&self) -> Result<(), StoreError> {
        let notes = self.home.notes();
        let is_missed = !notes.is_dir() && (self.had_folder || !self.past().known.is_empty());
        if is_missed {
            Err(StoreError::NoFolder(notes))
        } else {
            Ok(())
        }
    }

    /// Keeps a change. When this returns `Ok`, it outlives a power cut.
    ///
    /// # Errors
    /// Where it is not kept; nothing is lost then, and the same change can be tried again.
    pub fn keep(&self, change: &Change, edition: Option<&Edition>) -> Result<SavedAs, StoreError> {
        let annotation = change.annotation();
        self.check_folder()?;
        if !is_name(&annotation.id) {
            // The file has a name that we do not write: typed text is kept all the same.
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

    fn add(&self, annotation: &Annotation) -> Result<SavedAs, StoreError> {
        let folder = self.folder(self.home.notes())?;
        let text = written(annotation)?;
        match durable::add(&folder, &file_name(&annotation.id), text.as_bytes()) {
            // A first try got as far as the name and failed after it: the file is ours.
            Err(error)
                if error.kind() == io::ErrorKind::AlreadyExists && self.holds(annotation) =>
            {
                sync(&folder)?
            }
            // Somebody else has this id: theirs stays, ours gets an id of its own.
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
                return self.save_beside(annotation);
            }
            other => other.map_err(failed("cannot save", &folder))?,
        }
        self.journal(&[Deed::Added(annotation.id.clone())]);
        Ok(SavedAs::Asked)
    }

    /// Whether the file on disk says just this.
    fn holds(&self, annotation: &Annotation) -> bool {
        read_file(&self.file_of(annotation)).is_ok_and(|found| found.annotation == *annotation)
    }

    fn edit(&self, old: &Annotation, new: &Annotation) -> Result<SavedAs, StoreError> {
        if old.is_newer() {
            return Err(StoreError::Newer);
        }
        let folder = self.folder(self.home.notes())?;
        let _lock = lock(&folder)?;
        let file = self.file_of(old);
        let found = match self.on_disk(&file) {
            Ok(found) => found,
            Err(StoreError::Gone(_)) if !self.is_deleted(&old.id, Some(old), &self.past()) => {
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
        // A disk without room is found out before anything else is written.
        let text = Prepared::new(&folder, &file_name(&new.id), written(new)?.as_bytes())
            .map_err(failed("cannot save", &file))?;
        // Those who edit by hand take no lock.
        if !self.on_disk(&file).is_ok_and(|found| found == *old) {
            return self.save_beside(new);
        }
        let version = self.save_old_file(&new.id, &file)?;
        text.put(&folder, &file_name(&new.id))
            .map_err(failed("cannot save", &file))?;
        self.journal(&[Deed::Edited(new.id.clone(), version)]);
        Ok(SavedAs::Asked)
    }

    /// Saves an edit of what has vanished under the same id, and the old version as it was read.
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
        self.journal(&[Deed::Edited(new.id.clone(), version)]);
        Ok(SavedAs::Asked)
    }

    /// Saves our version under an id of its own that names the other. The id is made of what is
    /// saved, so that another try after a fault saves it once.
    fn save_beside(&self, new: &Annotation) -> Result<SavedAs, StoreError> {
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

    fn delete(&self, annotation: &Annotation) -> Result<SavedAs, StoreError> {
        if annotation.is_newer() {
            return Err(StoreError::Newer);
        }
        let folder = self.folder(self.home.notes())?;
        let _lock = lock(&folder)?;
        let (file, id) = (self.file_of(annotation), &annotation.id);
        match self.on_disk(&file) {
            Ok(found) if found != *annotation => return Err(StoreError::Changed),
            Ok(_) => {
                self.put_in_trash(&file, id)?;
                durable::remove(&folder, &file_name(id)).map_err(failed("cannot delete", &file))?;
            }
            // Deleted by an earlier try or by another reader: it is in the trash then.
            Err(StoreError::Gone(_)) if self.is_deleted(id, Some(annotation), &self.past()) => {
                sync(&folder)?
            }
            // Vanished: what was read of it goes to the trash.
            Err(StoreError::Gone(_)) => self.put_text_in_trash(annotation)?,
            Err(error) => return Err(error),
        }
        self.journal(&[Deed::Deleted(id.clone())]);
        Ok(SavedAs::Asked)
    }

    fn restore(&self, annotation: &Annotation) -> Result<SavedAs, StoreError> {
        let folder = self.folder(self.home.notes())?;
        let _lock = lock(&folder)?;
        let Some(trashed) = self.trashed(&annotation.id) else {
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
            other => other.map_err(failed("cannot bring back", &trashed))?,
        }
        durable::remove(&self.home.trash(), &file_name(&annotation.id))
            .map_err(failed("cannot empty", &trashed))?;
        self.journal(&[Deed::Saw(annotation.id.clone())]);
        Ok(SavedAs::Asked)
    }

    /// Keeps the block hashes of an edition, once: later editions are compared with them.
    fn save_edition(&self, report: &str, edition: &Edition) -> Result<(), StoreError> {
        let editions = self.editions();
        if !editions.lacks(report, edition) {
            return Ok(());
        }
        self.folder(self.home.editions())?;
        editions
            .keep(report, edition)
            .map_err(failed("cannot save the edition in", editions.folder()))
    }

    /// The editions that annotations were made in.
    pub fn editions(&self) -> Editions {
        Editions::new(self.home.editions())
    }

    /// Where drafts are, for those that an editor outside writes.
    pub fn drafts_folder(&self) -> PathBuf {
        self.home.drafts()
    }

    /// The place kept for a report; a broken file is as good as none.
    pub fn place(&self, report: &str) -> Option<SavedPlace> {
        let text = fs::read_to_string(self.home.state().join(file_name(report))).ok()?;
        ron::from_str(&text).ok()
    }

    /// Keeps the place of reading.
    pub fn save_place(&self, place: &SavedPlace) -> Result<(), StoreError> {
        self.check_folder()?;
        let folder = self.folder(self.home.state())?;
        let text = ron::ser::to_string_pretty(place, ron::ser::PrettyConfig::new())?;
        durable::replace(&folder, &file_name(&place.report), text.as_bytes())
            .map_err(failed("cannot save", &folder))
    }

    fn on_disk(&self, file: &Path) -> Result<Annotation, StoreError> {
        match fs::symlink_metadata(file) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                Err(StoreError::Gone(file.into()))
            }
            Err(source) => Err(failed("cannot read", file)(source)),
            Ok(_) => read_file(file)
                .map(|found| found.annotation)
                .map_err(|unread| unread.of(file)),
        }
    }

    fn file_of(&self, annotation: &Annotation) -> PathBuf {
        self.home.notes().join(file_name(&annotation.id))
    }

    fn folder(&self, folder: PathBuf) -> Result<PathBuf, StoreError> {
        durable::make_folder(&folder).map_err(failed("cannot make the folder", &folder))?;
        Ok(folder)
    }
}

/// A random id: 128 bits (UUID version 4), 32 hexadecimal digits.
pub fn new_id() -> String {
    uuid::Uuid::new_v4().simple().to_string()
}

fn file_name(id: &str) -> String {
    format!("{id}.ron")
}

/// Whether an id is safe as a file's name: one that is visible and leads nowhere else.
fn is_name(id: &str) -> bool {
    !id.is_empty()
        && id.len() <= 200
        && !id.starts_with('.')
        && !id.contains('/')
        && !id.chars().any(char::is_control)
}

/// The text of an annotation's file, which can be read again.
fn written(annotation: &Annotation) -> Result<String, StoreError> {
    let text = annotation.write()?;
    if text.len() > LARGEST {
        Err(StoreError::TooLarge)
    } else {
        Ok(text)
    }
}

fn failed<'a>(what: &'static str, path: &'a Path) -> impl Fn(io::Error) -> StoreError + 'a {
    move |source| StoreError::Io {
        what,
        path: path.into(),
        source,
    }
}

fn sync(folder: &Path) -> Result<(), StoreError> {
    durable::sync_folder(folder).map_err(failed("cannot sync", folder))
}

fn open_lock(path: &Path) -> io::Result<File> {
    OpenOptions::new()
        .create(true)
        .truncate(false)
        .write(true)
        .mode(0o600)
        .open(path)
}

/// The lock for edits and deletions, held until it is dropped. It is a file of its own: a lock
/// on a file that is renamed over stays with the old file.
fn lock(folder: &Path) -> Result<File, StoreError> {
    let path = folder.join(".lock");
    let file = open_lock(&path).map_err(failed("cannot open the lock", &path))?;
    let until = Instant::now() + PATIENCE;
    loop {
        match file.try_lock() {
            Ok(()) => return Ok(file),
            Err(TryLockError::WouldBlock) if Instant::now() < until => {
                std::thread::sleep(Duration::from_millis(10))
            }
            Err(TryLockError::WouldBlock) => return Err(StoreError::Locked(path)),
            Err(TryLockError::Error(source)) => return Err(failed("cannot lock", &path)(source)),
        }
    }
}
