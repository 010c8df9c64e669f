//! The notebook on disk: the only code that writes annotations. A file an annotation; nothing
//! that could not be read is ever touched.

use std::{
    fs::{self, File, OpenOptions, TryLockError},
    io,
    os::unix::fs::{MetadataExt, OpenOptionsExt},
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

use super::{
    Change,
    annotation::{Annotation, Checksum},
    durable,
    place::SavedPlace,
};
use crate::{home::Home, report::anchor::Edition};

/// Largest annotation file that is read, in bytes.
const LARGEST: u64 = 4 * 1024 * 1024;
/// How long an edit waits for another program that edits.
const PATIENCE: Duration = Duration::from_secs(2);

/// A file of the notebook that cannot be used as it is. It is left as it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    pub file: PathBuf,
    /// What is wrong, with line and column where they are known.
    pub reason: String,
}

/// All that could be read of the notebook, and all that could not.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Loaded {
    pub annotations: Vec<Annotation>,
    pub problems: Vec<Problem>,
}

/// Why a change was not kept.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    #[error("{what} `{}`: {source}", path.display())]
    Io { what: &'static str, path: PathBuf, source: io::Error },
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
    #[error("cannot write it as RON: {0}")]
    Format(#[from] ron::Error),
}

/// What became of a change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kept {
    AsAsked,
    /// Somebody else had changed the annotation: ours is kept as a second one.
    Beside(Annotation),
}

/// The notebook's folders.
#[derive(Debug)]
pub struct Store {
    home: Home,
}

impl Store {
    pub fn new(home: Home) -> Self {
        Self { home }
    }

    /// Whether annotations can be kept at all, tried by making the folders and a file.
    ///
    /// # Errors
    /// The first thing that could not be made, and why.
    pub fn check_writable(&self) -> Result<(), StoreError> {
        let notes = self.folder(self.home.notes())?;
        let probe = notes.join(".lock");
        open_lock(&probe).map(drop).map_err(|source| StoreError::Io { what: "cannot write", path: probe, source })?;
        match rustix::fs::access(&notes, rustix::fs::Access::WRITE_OK) {
            Ok(()) => Ok(()),
            Err(error) => Err(StoreError::Io { what: "cannot write in", path: notes, source: error.into() }),
        }
    }

    /// Reads every annotation. Other programs' files (editors' copies, hidden files) are
    /// passed over; broken ones are named and left alone.
    pub fn load(&self) -> Loaded {
        let mut loaded = Loaded::default();
        let folder = self.home.notes();
        let entries = match fs::read_dir(&folder) {
            Ok(entries) => entries,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return loaded,
            Err(error) => {
                loaded.problems.push(Problem { file: folder, reason: error.to_string() });
                return loaded;
            }
        };
        let mut files: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).filter(|path| is_annotation_file(path)).collect();
        files.sort();
        for file in files {
            match read_file(&file) {
                Ok((annotation, _)) => loaded.annotations.push(annotation),
                Err(reason) => loaded.problems.push(Problem { file, reason }),
            }
        }
        set_twins_apart(&mut loaded);
        loaded
    }

    /// What `notes check` reports: the files that cannot be used, and those that do not have
    /// the checksum they were written with.
    pub fn check(&self) -> Vec<Problem> {
        let mut problems = self.load().problems;
        for file in self.annotation_files() {
            if let Ok((_, Checksum::Differs)) = read_file(&file) {
                let reason = "the checksum differs: edited by hand, or damaged; it is used as it is".into();
                problems.push(Problem { file, reason });
            }
        }
        problems
    }

    fn annotation_files(&self) -> Vec<PathBuf> {
        let entries = fs::read_dir(self.home.notes()).into_iter().flatten().flatten();
        let mut files: Vec<PathBuf> = entries.map(|entry| entry.path()).filter(|path| is_annotation_file(path)).collect();
        files.sort();
        files
    }

    /// A value that changes when annotations are added, edited or deleted by anybody.
    pub fn stamp(&self) -> Option<(i64, i64)> {
        let metadata = fs::metadata(self.home.notes()).ok()?;
        Some((metadata.mtime(), metadata.mtime_nsec()))
    }

    /// Keeps a change. When this returns `Ok`, it outlives a power cut.
    ///
    /// # Errors
    /// Where it is not kept; nothing is lost then, and the same change can be tried again.
    pub fn keep(&self, change: &Change, edition: Option<&Edition>) -> Result<Kept, StoreError> {
        if let Some(edition) = edition {
            self.keep_edition(&change.annotation().report, edition)?;
        }
        match change {
            Change::Add(annotation) => self.add(annotation),
            Change::Edit { old, new } => self.edit(old, new),
            Change::Delete(annotation) => self.delete(annotation),
            Change::Restore(annotation) => self.restore(annotation),
        }
    }

    fn add(&self, annotation: &Annotation) -> Result<Kept, StoreError> {
        let folder = self.folder(self.home.notes())?;
        let text = annotation.write()?;
        match durable::add(&folder, &file_name(&annotation.id), text.as_bytes()) {
            // A first try got as far as the name and failed after it: the file is ours.
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists && self.holds(annotation) => sync(&folder)?,
            // Somebody else has this id: theirs stays, ours gets an id of its own.
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => return self.keep_beside(annotation),
            other => other.map_err(failed("cannot save", &folder))?,
        }
        Ok(Kept::AsAsked)
    }

    /// Whether the file on disk says just this.
    fn holds(&self, annotation: &Annotation) -> bool {
        read_file(&self.file_of(annotation)).is_ok_and(|(found, _)| found == *annotation)
    }

    fn edit(&self, old: &Annotation, new: &Annotation) -> Result<Kept, StoreError> {
        if old.is_newer() {
            return Err(StoreError::Newer);
        }
        let folder = self.folder(self.home.notes())?;
        let _lock = lock(&folder)?;
        let file = self.file_of(old);
        let found = match self.on_disk(&file) {
            Ok(found) => found,
            Err(StoreError::Gone(_) | StoreError::Unreadable { .. }) => return self.keep_beside(new),
            Err(error) => return Err(error),
        };
        if found == *new {
            return sync(&folder).map(|()| Kept::AsAsked);
        }
        if found != *old {
            return self.keep_beside(new);
        }
        self.keep_version(&file, &new.id)?;
        let text = new.write()?;
        durable::replace(&folder, &file_name(&new.id), text.as_bytes()).map_err(failed("cannot save", &file))?;
        Ok(Kept::AsAsked)
    }

    /// Saves our version under an id of its own that names the other.
    fn keep_beside(&self, new: &Annotation) -> Result<Kept, StoreError> {
        let beside = Annotation { id: new_id(), conflict_of: Some(new.id.clone()), ..new.clone() };
        self.add(&beside)?;
        Ok(Kept::Beside(beside))
    }

    /// Links the bytes that are there into the history, whatever they are.
    fn keep_version(&self, file: &Path, id: &str) -> Result<(), StoreError> {
        let history = self.folder(self.home.history().join(id))?;
        for number in 1.. {
            match durable::link(file, &history, &format!("{number}.ron")) {
                Ok(()) => break,
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
                Err(source) => return Err(failed("cannot keep the old version in", &history)(source)),
            }
        }
        Ok(())
    }

    fn delete(&self, annotation: &Annotation) -> Result<Kept, StoreError> {
        if annotation.is_newer() {
            return Err(StoreError::Newer);
        }
        let folder = self.folder(self.home.notes())?;
        let _lock = lock(&folder)?;
        let file = self.file_of(annotation);
        match self.on_disk(&file) {
            Ok(found) if found != *annotation => return Err(StoreError::Changed),
            Ok(_) => {}
            // Deleted by an earlier try or by another reader: it has to be in the trash then.
            Err(StoreError::Gone(_)) if self.trashed(&annotation.id).is_some() => return sync(&folder).map(|()| Kept::AsAsked),
            Err(error) => return Err(error),
        }
        self.put_in_trash(&file, &annotation.id)?;
        durable::remove(&folder, &file_name(&annotation.id)).map_err(failed("cannot delete", &file))?;
        Ok(Kept::AsAsked)
    }

    fn put_in_trash(&self, file: &Path, id: &str) -> Result<(), StoreError> {
        let trash = self.folder(self.home.trash())?;
        match durable::link(file, &trash, &file_name(id)) {
            // An earlier deletion was undone, or cut short: its copy makes room in the history.
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
                self.keep_version(&trash.join(file_name(id)), id)?;
                let bytes = fs::read(file).map_err(failed("cannot read", file))?;
                durable::replace(&trash, &file_name(id), &bytes).map_err(failed("cannot save", &trash))
            }
            other => other.map_err(failed("cannot save", &trash)),
        }
    }

    fn restore(&self, annotation: &Annotation) -> Result<Kept, StoreError> {
        let folder = self.folder(self.home.notes())?;
        let _lock = lock(&folder)?;
        let Some(trashed) = self.trashed(&annotation.id) else {
            return self.add(annotation);
        };
        match durable::link(&trashed, &folder, &file_name(&annotation.id)) {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists && self.holds(annotation) => sync(&folder)?,
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => return Err(StoreError::Changed),
            other => other.map_err(failed("cannot bring back", &trashed))?,
        }
        durable::remove(&self.home.trash(), &file_name(&annotation.id)).map_err(failed("cannot empty", &trashed))?;
        Ok(Kept::AsAsked)
    }

    /// The annotation that was deleted last by anybody: for `notes undo`.
    pub fn last_deleted(&self) -> Option<Annotation> {
        let entries = fs::read_dir(self.home.trash()).ok()?.flatten();
        let dated = entries.filter_map(|entry| {
            let metadata = entry.metadata().ok()?;
            Some(((metadata.ctime(), metadata.ctime_nsec()), entry.path()))
        });
        let (_, path) = dated.filter(|(_, path)| is_annotation_file(path)).max()?;
        read_file(&path).ok().map(|(annotation, _)| annotation)
    }

    fn trashed(&self, id: &str) -> Option<PathBuf> {
        Some(self.home.trash().join(file_name(id))).filter(|path| path.is_file())
    }

    /// Keeps the block hashes of an edition, once: later editions are compared with them.
    fn keep_edition(&self, report: &str, edition: &Edition) -> Result<(), StoreError> {
        let name = format!("{report}-{}.ron", edition.hash);
        let folder = self.home.editions();
        if folder.join(&name).is_file() {
            return Ok(());
        }
        let folder = self.folder(folder)?;
        let text = ron::ser::to_string_pretty(&edition.blocks, ron::ser::PrettyConfig::new())?;
        match durable::add(&folder, &name, text.as_bytes()) {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(()),
            other => other.map_err(failed("cannot save", &folder.join(name))),
        }
    }

    /// Text that was typed and not saved; broken files are left alone.
    pub fn drafts(&self) -> Vec<Annotation> {
        let entries = fs::read_dir(self.home.drafts()).into_iter().flatten().flatten();
        let mut files: Vec<PathBuf> = entries.map(|entry| entry.path()).filter(|path| is_annotation_file(path)).collect();
        files.sort();
        files.iter().filter_map(|file| read_file(file).ok()).map(|(draft, _)| draft).collect()
    }

    /// Keeps a draft in place of an earlier one.
    pub fn keep_draft(&self, draft: &Annotation) -> Result<(), StoreError> {
        let folder = self.folder(self.home.drafts())?;
        let text = draft.write()?;
        durable::replace(&folder, &file_name(&draft.id), text.as_bytes()).map_err(failed("cannot save", &folder))
    }

    /// Removes a draft whose text is saved or given up.
    pub fn drop_draft(&self, id: &str) -> Result<(), StoreError> {
        let folder = self.home.drafts();
        durable::remove(&folder, &file_name(id)).map_err(failed("cannot remove", &folder))
    }

    /// The place kept for a report; a broken file is as good as none.
    pub fn place(&self, report: &str) -> Option<SavedPlace> {
        let text = fs::read_to_string(self.home.state().join(file_name(report))).ok()?;
        ron::from_str(&text).ok()
    }

    /// Keeps the place of reading.
    pub fn keep_place(&self, place: &SavedPlace) -> Result<(), StoreError> {
        let folder = self.folder(self.home.state())?;
        let text = ron::ser::to_string_pretty(place, ron::ser::PrettyConfig::new())?;
        durable::replace(&folder, &file_name(&place.report), text.as_bytes()).map_err(failed("cannot save", &folder))
    }

    fn on_disk(&self, file: &Path) -> Result<Annotation, StoreError> {
        match fs::symlink_metadata(file) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => Err(StoreError::Gone(file.into())),
            Err(source) => Err(failed("cannot read", file)(source)),
            Ok(_) => read_file(file).map(|(found, _)| found).map_err(|reason| StoreError::Unreadable { file: file.into(), reason }),
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

fn failed<'a>(what: &'static str, path: &'a Path) -> impl Fn(io::Error) -> StoreError + 'a {
    move |source| StoreError::Io { what, path: path.into(), source }
}

fn sync(folder: &Path) -> Result<(), StoreError> {
    durable::sync_folder(folder).map_err(failed("cannot sync", folder))
}

/// Names that end in `.ron`, not hidden. What is behind the name is looked at when it is read.
fn is_annotation_file(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    !name.starts_with('.') && path.extension().is_some_and(|extension| extension == "ron")
}

/// Reads one file. A FIFO or folder under an annotation's name must not block or be opened.
fn read_file(file: &Path) -> Result<(Annotation, Checksum), String> {
    let metadata = fs::metadata(file).map_err(|error| error.to_string())?;
    if !metadata.is_file() {
        return Err("not a regular file".into());
    }
    if metadata.len() > LARGEST {
        return Err("larger than 4 MiB".into());
    }
    let bytes = fs::read(file).map_err(|error| error.to_string())?;
    Annotation::read(&bytes).map_err(|error| error.to_string())
}

/// Two files may hold the same id (a copy that a sync program made): both are shown. A copy
/// that says the same in all things is shown once.
fn set_twins_apart(loaded: &mut Loaded) {
    let mut seen: Vec<Annotation> = Vec::new();
    for mut annotation in std::mem::take(&mut loaded.annotations) {
        let twin = seen.iter().find(|other| other.id == annotation.id);
        match twin {
            Some(twin) if *twin == annotation => continue,
            Some(_) => {
                annotation.conflict_of = Some(annotation.id.clone());
                annotation.id = format!("{}-copy-{}", annotation.id, seen.len());
            }
            None => {}
        }
        seen.push(annotation);
    }
    loaded.annotations = seen;
}

fn open_lock(path: &Path) -> io::Result<File> {
    OpenOptions::new().create(true).truncate(false).write(true).mode(0o600).open(path)
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
            Err(TryLockError::WouldBlock) if Instant::now() < until => std::thread::sleep(Duration::from_millis(10)),
            Err(TryLockError::WouldBlock) => return Err(StoreError::Locked(path)),
            Err(TryLockError::Error(source)) => return Err(failed("cannot lock", &path)(source)),
        }
    }
}
