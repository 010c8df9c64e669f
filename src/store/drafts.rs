//! `drafts/`: text that was typed and not saved. Each draft in use is claimed by a lock that
//! its reader holds until it ends, so that no reader offers what another is still typing, and
//! a draft that cannot be read is never replaced.

use std::{
    fs::{self, File, TryLockError},
    io,
    os::unix::fs::MetadataExt,
    path::{Path, PathBuf},
};

use super::{
    Store, StoreError, failed,
    file::{annotation_files, read_as_written},
};
use crate::notebook::news::Problem;
use crate::{
    disk::durable,
    edition::fingerprint,
    notebook::annotation::{Annotation, LARGEST},
    store::outside,
};

/// Largest draft that is read, in bytes: also of text that was refused as too large.
const LARGEST_DRAFT: usize = 8 * LARGEST;

/// A draft that this program works on.
#[derive(Debug)]
pub(crate) struct Claim {
    /// Id of the draft.
    id: String,
    /// Name of its file.
    name: String,
    /// Held until it is dropped; `None` where no lock can be made.
    lock: Option<File>,
}

impl Drop for Claim {
    /// A process that is just being started has a copy of the lock, which would hold it a while longer.
    fn drop(&mut self) {
        let _ = self.lock.as_ref().map(File::unlock);
    }
}

impl Store {
    /// Claims the drafts that no other running reader works on, and returns them. A second
    /// draft of the same note becomes one of a note of its own. Where an editor outside has left
    /// text for a draft after it was kept, the draft has that text.
    pub fn drafts(&mut self) -> Vec<Annotation> {
        self.drafts_where(|_| true)
    }

    /// Claims the drafts of a report alone; see [`Store::drafts`].
    pub fn drafts_of(&mut self, report: &str) -> Vec<Annotation> {
        self.drafts_where(|draft| draft.report == report)
    }

    /// The drafts of a report as they are on disk, whoever is writing them. None is claimed.
    pub fn drafts_on_disk(&self, report: &str) -> Vec<Annotation> {
        let folder = self.home.drafts();
        let names = annotation_files(&folder).unwrap_or_default();
        let read = names
            .iter()
            .filter_map(|name| read_draft(&folder.join(name)).ok());
        read.filter(|draft| draft.report == report && !draft.text.trim().is_empty())
            .collect()
    }

    fn drafts_where(&mut self, is_wanted: impl Fn(&Annotation) -> bool) -> Vec<Annotation> {
        let folder = self.home.drafts();
        let names = annotation_files(&folder).unwrap_or_default();
        let mut drafts = Vec::new();
        for name in names.iter().filter_map(|name| name.to_str()) {
            if !self.claims.iter().any(|claim| claim.name == name) && !self.claim(name) {
                continue;
            }
            let Some(mut draft) = read_draft(&folder.join(name)).ok().filter(&is_wanted) else {
                self.release(name);
                continue;
            };
            self.take_from_editor(&mut draft, name);
            let swaps = swap_files(&folder, &editor_name(&draft));
            let is_in_editor = !swaps.is_empty() && draft.text.trim().is_empty();
            self.swaps.extend(swaps);
            if is_in_editor {
                // It keeps the passage until the editor's own copy is saved.
                continue;
            }
            let is_second = self
                .claims
                .iter()
                .any(|claim| claim.id == draft.id && claim.name != name);
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
    pub fn save_draft(&mut self, draft: &Annotation) -> Result<(), StoreError> {
        self.check_folder()?;
        let folder = self.folder(self.home.drafts())?;
        let id = draft_id(&draft.id);
        let text = match id == draft.id {
            true => draft.write()?,
            false => Annotation {
                id: id.clone(),
                conflict_of: Some(draft.id.clone()),
                base: None,
                ..draft.clone()
            }
            .write()?,
        };
        let name = self.draft_name(&folder, &id);
        durable::replace(&folder, &name, text.as_bytes()).map_err(failed("cannot save", &folder))
    }

    /// Removes this program's draft, whose text is saved or given up.
    ///
    /// # Errors
    /// Where the file cannot be removed.
    pub fn drop_draft(&mut self, id: &str) -> Result<(), StoreError> {
        let (folder, id) = (self.home.drafts(), draft_id(id));
        let Some(name) = self
            .claims
            .iter()
            .find(|claim| claim.id == id)
            .map(|claim| claim.name.clone())
        else {
            return Ok(());
        };
        let removed = match durable::remove(&folder, &name) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => {
                Err(failed("cannot remove", &folder)(error))
            }
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

    /// Drafts that cannot be read, and what editors that ended early had not saved of those that are
    /// claimed here.
    pub fn draft_problems(&self) -> Vec<Problem> {
        let folder = self.home.drafts();
        let files = annotation_files(&folder)
            .unwrap_or_default()
            .into_iter()
            .map(|name| folder.join(name));
        let broken = files.filter_map(|file| {
            Some(Problem {
                reason: read_draft(&file).err()?,
                file,
            })
        });
        broken
            .chain(
                self.swaps
                    .iter()
                    .filter(|file| file.is_file())
                    .map(|file| of_swap(file)),
            )
            .collect()
    }

    /// Texts of editors outside that belong to no draft.
    pub(crate) fn left_by_editors(&self) -> Vec<Problem> {
        let folder = self.home.drafts();
        let drafts = annotation_files(&folder).unwrap_or_default();
        let drafts: Vec<Annotation> = drafts
            .iter()
            .filter_map(|name| read_draft(&folder.join(name)).ok())
            .collect();
        let paired: Vec<PathBuf> = drafts
            .iter()
            .flat_map(|draft| outside::unsaved(&folder, &editor_name(draft)))
            .collect();
        let names = fs::read_dir(&folder)
            .into_iter()
            .flatten()
            .flatten()
            .map(|entry| entry.file_name());
        let mut left: Vec<PathBuf> = names
            .filter(|name| is_of_editor(&name.to_string_lossy()))
            .map(|name| folder.join(name))
            .collect();
        left.retain(|file| !paired.contains(file));
        left.sort();
        let reason = "text of an editor that was not saved, or is still open; take out what you need, then remove it";
        let swaps = swap_files(&folder, "note-");
        left.into_iter()
            .map(|file| Problem {
                file,
                reason: reason.into(),
            })
            .chain(swaps.iter().map(|file| of_swap(file)))
            .collect()
    }

    /// Takes the text that an editor outside has left since the draft was kept. The editor's
    /// file goes once the draft on disk has its text.
    fn take_from_editor(&self, draft: &mut Annotation, name: &str) {
        let folder = self.home.drafts();
        let time = |path: &Path| {
            fs::metadata(path)
                .and_then(|metadata| metadata.modified())
                .ok()
        };
        let saved = time(&folder.join(name));
        for file in outside::unsaved(&folder, &editor_name(draft)) {
            let Ok(text) = outside::read_back(&file) else {
                continue;
            };
            let text = text.trim_end().to_owned();
            let is_newer = !text.is_empty() && (draft.text.is_empty() || time(&file) >= saved);
            if text != draft.text.trim_end() && is_newer {
                draft.text = text;
                let is_saved = draft.write().is_ok_and(|written| {
                    durable::replace(&folder, name, written.as_bytes()).is_ok()
                });
                if !is_saved {
                    continue;
                }
            } else if text != draft.text.trim_end() && !text.is_empty() {
                continue;
            }
            // What cannot be removed is only offered again.
            let _ = durable::remove(
                &folder,
                &file.file_name().unwrap_or_default().to_string_lossy(),
            );
        }
    }

    /// The name of this program's draft of that id, or a free one.
    fn draft_name(&mut self, folder: &Path, id: &str) -> String {
        if let Some(claim) = self.claims.iter().find(|claim| claim.id == id) {
            return claim.name.clone();
        }
        let names = (0u32..).map(|number| {
            if number == 0 {
                format!("{id}.ron")
            } else {
                format!("{id}.{number}.ron")
            }
        });
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
        self.claims.push(Claim {
            id: String::new(),
            name: name.into(),
            lock,
        });
        true
    }
}

/// The id under which the draft of a note is kept: that of a note beside it, where its own can be
/// no file's name.
fn draft_id(id: &str) -> String {
    if super::is_name(id) {
        return id.into();
    }
    fingerprint::checksum(id.as_bytes()) + &fingerprint::checksum(format!("draft {id}").as_bytes())
}

/// The name that an editor's file of a draft has, without number and ending.
fn editor_name(draft: &Annotation) -> String {
    format!("note-{}", draft.id)
}

/// The copies that editors keep of texts whose names begin so and that are not saved.
fn swap_files(folder: &Path, name: &str) -> Vec<PathBuf> {
    let is_swap = |file: &str| own_copy(file).is_some_and(|(text, _)| text.starts_with(name));
    let names = fs::read_dir(folder)
        .into_iter()
        .flatten()
        .flatten()
        .map(|entry| entry.file_name());
    let mut swaps: Vec<PathBuf> = names
        .filter(|name| is_swap(&name.to_string_lossy()))
        .map(|name| folder.join(name))
        .collect();
    swaps.sort();
    swaps
}

/// The text that an editor's own copy is of, and whether it is Vim's (`.note-x.md.swp`), which
/// Vim alone can read; those of Emacs (`#note-x.md#`) and nano (`note-x.md.save`) are texts.
fn own_copy(name: &str) -> Option<(&str, bool)> {
    let vim = name
        .strip_prefix('.')
        .and_then(|rest| rest.rsplit_once(".sw"));
    let emacs = name
        .strip_prefix('#')
        .and_then(|rest| rest.strip_suffix('#'));
    let nano = name.split_once(".save").map(|(text, _)| text);
    let found = vim
        .map(|(text, _)| (text, true))
        .or_else(|| emacs.or(nano).map(|text| (text, false)));
    found.filter(|(text, _)| text.ends_with(".md"))
}

fn of_swap(file: &Path) -> Problem {
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    let (text, is_vim) = own_copy(&name).unwrap_or_default();
    let text = file.with_file_name(text);
    let (text, file_shown) = (text.display(), file.display());
    let way = if is_vim {
        format!("`vim -r '{text}'` and `:w` bring")
    } else {
        format!("`mv '{file_shown}' '{text}'` brings")
    };
    let reason = format!(
        "an editor is open, or ended before it saved; {way} its text back, which is offered then"
    );
    Problem {
        file: file.to_owned(),
        reason,
    }
}

fn is_of_editor(name: &str) -> bool {
    name.starts_with("note-") && name.ends_with(".md")
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
        if fs::metadata(path)
            .is_ok_and(|there| file.metadata().is_ok_and(|ours| ours.ino() == there.ino()))
        {
            return Ok(Some(file));
        }
    }
}

/// A draft has the id of the note that it is of, whatever its file's name.
fn read_draft(file: &Path) -> Result<Annotation, String> {
    let (draft, _) = read_as_written(file, LARGEST_DRAFT).map_err(|error| error.to_string())?;
    if super::is_name(&draft.id) {
        Ok(draft)
    } else {
        Err(format!("`{}` can be no id", draft.id))
    }
}
