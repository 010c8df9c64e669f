//! `drafts/`: text that was typed and not saved. Each draft in use is claimed by a lock that
//! its reader holds until it ends, so that no reader offers what another is still typing, and
//! a draft that cannot be read is never replaced.

use std::{
    fs::{self, File, TryLockError},
    io,
    os::unix::fs::MetadataExt,
    path::Path,
};

use super::{
    Problem, Store, StoreError, failed,
    reading::{annotation_files, read_as_written},
};
use crate::notebook::{annotation::Annotation, durable};

/// A draft that this program works on.
#[derive(Debug)]
pub(super) struct Claim {
    /// Id of the draft.
    id: String,
    /// Name of its file.
    name: String,
    /// Held until it is dropped; `None` where no lock can be made.
    _lock: Option<File>,
}

impl Store {
    /// Claims the drafts that no other running reader works on, and returns them. A second
    /// draft of the same note becomes one of a note of its own.
    pub fn drafts(&mut self) -> Vec<Annotation> {
        let folder = self.home.drafts();
        let names = annotation_files(&folder).unwrap_or_default();
        let mut drafts = Vec::new();
        for name in names.iter().filter_map(|name| name.to_str()) {
            if !self.claims.iter().any(|claim| claim.name == name) && !self.claim(name) {
                continue;
            }
            let Some(mut draft) = read_draft(&folder.join(name)).ok() else {
                self.release(name);
                continue;
            };
            let is_second = self.claims.iter().any(|claim| claim.id == draft.id && claim.name != name);
            if is_second {
                draft.conflict_of = Some(std::mem::replace(&mut draft.id, super::new_id()));
            }
            if let Some(claim) = self.claims.iter_mut().find(|claim| claim.name == name) {
                claim.id.clone_from(&draft.id);
            }
            drafts.push(draft);
        }
        drafts
    }

    /// Keeps a draft in place of this program's earlier one.
    ///
    /// # Errors
    /// Where it cannot be written; an earlier draft is there unchanged then.
    pub fn keep_draft(&mut self, draft: &Annotation) -> Result<(), StoreError> {
        super::check_name(draft)?;
        self.check_folder()?;
        let folder = self.folder(self.home.drafts())?;
        let text = draft.write()?;
        let name = self.draft_name(&folder, &draft.id);
        durable::replace(&folder, &name, text.as_bytes()).map_err(failed("cannot save", &folder))
    }

    /// Removes this program's draft, whose text is saved or given up.
    ///
    /// # Errors
    /// Where the file cannot be removed.
    pub fn drop_draft(&mut self, id: &str) -> Result<(), StoreError> {
        let folder = self.home.drafts();
        let Some(name) = self.claims.iter().find(|claim| claim.id == id).map(|claim| claim.name.clone()) else { return Ok(()) };
        let removed = match durable::remove(&folder, &name) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(failed("cannot remove", &folder)(error)),
            _ => Ok(()),
        };
        self.release(&name);
        removed
    }

    /// Gives a claim up. Its lock file goes while the lock is held.
    fn release(&mut self, name: &str) {
        let _ = fs::remove_file(self.home.drafts().join(lock_name(name)));
        self.claims.retain(|claim| claim.name != name);
    }

    /// Drafts that cannot be read.
    pub fn draft_problems(&self) -> Vec<Problem> {
        let folder = self.home.drafts();
        let files = annotation_files(&folder).unwrap_or_default().into_iter().map(|name| folder.join(name));
        files.filter_map(|file| Some(Problem { reason: read_draft(&file).err()?, file })).collect()
    }

    /// The name of this program's draft of that id, or a free one.
    fn draft_name(&mut self, folder: &Path, id: &str) -> String {
        if let Some(claim) = self.claims.iter().find(|claim| claim.id == id) {
            return claim.name.clone();
        }
        let names = (0u32..).map(|number| if number == 0 { format!("{id}.ron") } else { format!("{id}.{number}.ron") });
        let free = |name: &String| fs::symlink_metadata(folder.join(name)).is_err();
        for name in names.filter(free) {
            if self.claim(&name) {
                if let Some(claim) = self.claims.last_mut() {
                    claim.id = id.into();
                }
                return name;
            }
        }
        format!("{id}.ron")
    }

    /// Takes the lock of a draft; `false` where another reader has it.
    fn claim(&mut self, name: &str) -> bool {
        let lock = match take_lock(&self.home.drafts().join(lock_name(name))) {
            Ok(Some(lock)) => Some(lock),
            Ok(None) => return false,
            Err(_) => None,
        };
        self.claims.push(Claim { id: String::new(), name: name.into(), _lock: lock });
        true
    }
}

fn lock_name(name: &str) -> String {
    format!(".{name}.lock")
}

/// `None` where somebody else holds it. A lock file that was removed in between is none.
fn take_lock(path: &Path) -> io::Result<Option<File>> {
    loop {
        let file = super::open_lock(path)?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Ok(None),
            Err(TryLockError::Error(error)) => return Err(error),
        }
        if fs::metadata(path).is_ok_and(|there| file.metadata().is_ok_and(|ours| ours.ino() == there.ino())) {
            return Ok(Some(file));
        }
    }
}

/// A draft has the id of the note that it is of, whatever its file's name.
fn read_draft(file: &Path) -> Result<Annotation, String> {
    let (draft, _) = read_as_written(file)?;
    if super::is_name(&draft.id) { Ok(draft) } else { Err(format!("`{}` can be no id", draft.id)) }
}
