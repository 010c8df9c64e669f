//! The locks of the notebook: one for edits and deletions, and one for each draft in use.

use std::{
    fs::{self, File, OpenOptions, TryLockError},
    io,
    os::unix::fs::{MetadataExt, OpenOptionsExt},
    path::Path,
    time::{Duration, Instant},
};

use super::{StoreError, failed};

/// How long an edit waits for another program's lock.
const PATIENCE: Duration = Duration::from_secs(2);

/// A draft claimed by this program.
#[derive(Debug)]
pub(crate) struct Claim {
    /// Id of the draft.
    pub id: String,
    /// Name of its file.
    pub name: String,
    /// Held until dropped; `None` if no lock can be made.
    pub lock: Option<File>,
}

impl Drop for Claim {
    /// Unlocks explicitly: a child process being started has a copy of the lock, which would hold
    /// it longer.
    fn drop(&mut self) {
        let _ = self.lock.as_ref().map(File::unlock);
    }
}

/// Takes the lock for edits and deletions, held until dropped. It is a file of its own: a lock on a
/// file that is renamed over stays with the old file.
pub(crate) fn lock(folder: &Path) -> Result<File, StoreError> {
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

/// Opens a lock file, made if needed.
fn open_lock(path: &Path) -> io::Result<File> {
    OpenOptions::new()
        .create(true)
        .truncate(false)
        .write(true)
        .mode(0o600)
        .open(path)
}

/// `None` if another process holds it. A lock file removed in between does not count.
pub(crate) fn take_lock(path: &Path) -> io::Result<Option<File>> {
    loop {
        let file = open_lock(path)?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Ok(None),
            Err(TryLockError::Error(error)) => return Err(error),
        }
        if fs::metadata(path)
            .is_ok_and(|there| file.metadata().is_ok_and(|ours| ours.ino() == there.ino()))
        {
            return Ok(Some(file));
        }
    }
}
