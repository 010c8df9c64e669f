//! Durable writes: when a call returns, a file is on disk whole or not at all, even after a power
//! cut.
//!
//! Every file is written under a temporary name in its folder, synced, then linked or renamed into
//! place, then the folder is synced. A failed sync is never retried on the same descriptor: the
//! kernel may have dropped the pages.

use std::{
    fs::{self, DirBuilder, File, OpenOptions},
    io::{self, Write},
    os::unix::fs::{DirBuilderExt, OpenOptionsExt},
    path::{Path, PathBuf},
    sync::atomic::{AtomicU64, Ordering},
};

use rustix::io::Errno;

static COUNTER: AtomicU64 = AtomicU64::new(0);

/// Makes a folder (0700) and its parents, and syncs each parent that got a new entry.
pub fn make_folder(folder: &Path) -> io::Result<()> {
    if folder.is_dir() {
        return Ok(());
    }
    let parent = folder
        .parent()
        .filter(|parent| !parent.as_os_str().is_empty())
        .unwrap_or(Path::new("."));
    make_folder(parent)?;
    match DirBuilder::new().mode(0o700).create(folder) {
        Ok(()) => sync_folder(parent),
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists && folder.is_dir() => Ok(()),
        Err(error) => Err(error),
    }
}

/// Adds a file (0600) to a folder. Never replaces: an existing file is an error of kind
/// `AlreadyExists`.
pub fn add(folder: &Path, name: &str, bytes: &[u8]) -> io::Result<()> {
    let path = folder.join(name);
    let temporary = write_beside(folder, name, bytes)?;
    let linked = fs::hard_link(&temporary, &path);
    remove_quietly(&temporary);
    match linked {
        Ok(()) => sync_folder(folder),
        Err(error) if cannot_link(&error) => add_without_links(folder, &path, bytes),
        Err(error) => Err(error),
    }
}

/// Writes a file, replacing an older one if there is one.
pub fn replace(folder: &Path, name: &str, bytes: &[u8]) -> io::Result<()> {
    Prepared::new(folder, name, bytes)?.put(folder, name)
}

/// A file on disk under a temporary name; removed when dropped.
#[derive(Debug)]
pub struct Prepared(PathBuf);

impl Prepared {
    /// Writes and syncs the content for [`Prepared::put`].
    pub fn new(folder: &Path, name: &str, bytes: &[u8]) -> io::Result<Self> {
        write_beside(folder, name, bytes).map(Self)
    }

    /// Renames it into place, replacing an older file if there is one.
    pub fn put(self, folder: &Path, name: &str) -> io::Result<()> {
        fs::rename(&self.0, folder.join(name))?;
        sync_folder(folder)
    }
}

impl Drop for Prepared {
    fn drop(&mut self) {
        // After `put` there is no file under the temporary name.
        remove_quietly(&self.0);
    }
}

/// Links a file into another folder and syncs that. Copies it where the file system has no links.
/// Never replaces.
pub fn link(file: &Path, folder: &Path, name: &str) -> io::Result<()> {
    match fs::hard_link(file, folder.join(name)) {
        Ok(()) => sync_folder(folder),
        Err(error) if cannot_link(&error) => add(folder, name, &fs::read(file)?),
        Err(error) => Err(error),
    }
}

/// Removes a file and syncs its folder.
pub fn remove(folder: &Path, name: &str) -> io::Result<()> {
    fs::remove_file(folder.join(name))?;
    sync_folder(folder)
}

/// Makes the names in a folder survive a power cut, where its file system can.
pub fn sync_folder(folder: &Path) -> io::Result<()> {
    match File::open(folder)?.sync_all() {
        Err(error) if has_no_sync(&error) => Ok(()),
        other => other,
    }
}

/// Whether an error says that the file system does not sync folders. That the disk failed, or is
/// full, is another one.
fn has_no_sync(error: &io::Error) -> bool {
    let none = [Errno::INVAL, Errno::NOTSUP, Errno::NOSYS, Errno::BADF];
    error
        .raw_os_error()
        .is_some_and(|code| none.iter().any(|of| of.raw_os_error() == code))
}

fn write_beside(folder: &Path, name: &str, bytes: &[u8]) -> io::Result<PathBuf> {
    let number = COUNTER.fetch_add(1, Ordering::Relaxed);
    let temporary = folder.join(format!(".{name}.{}.{number}.tmp", std::process::id()));
    match write_new(&temporary, bytes) {
        // Left by a killed process with our number: reuse the name.
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
            fs::remove_file(&temporary)?;
            write_new(&temporary, bytes)?;
        }
        Err(error) => {
            remove_quietly(&temporary);
            return Err(error);
        }
        Ok(()) => {}
    }
    Ok(temporary)
}

fn write_new(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}

/// FAT and some mounts have no hard links: write directly under the final name.
fn add_without_links(folder: &Path, path: &Path, bytes: &[u8]) -> io::Result<()> {
    if let Err(error) = write_new(path, bytes) {
        if error.kind() != io::ErrorKind::AlreadyExists {
            remove_quietly(path);
        }
        return Err(error);
    }
    sync_folder(folder)
}

fn cannot_link(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        io::ErrorKind::Unsupported
            | io::ErrorKind::PermissionDenied
            | io::ErrorKind::CrossesDevices
    )
}

/// A temporary file that cannot be removed is ignored by readers.
fn remove_quietly(path: &Path) {
    let _ = fs::remove_file(path);
}
