//! `drafts/`: unsaved text. A reader claims each draft it works on by a lock that it holds until it
//! ends, so that no reader offers what another is still typing. A draft that cannot be read is
//! never replaced.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use super::{
    Store, StoreError, failed,
    file::{annotation_files, is_name, read_as_written},
    lock::{Claim, take_lock},
    new_id, outside,
};
use crate::{
    disk::{durable, regular::Links},
    edition::fingerprint,
    notebook::{
        annotation::{Annotation, LARGEST},
        news::Problem,
    },
};

/// Largest draft that is read, in bytes; larger than a note, as notes too large to save become
/// drafts.
const LARGEST_DRAFT: usize = 8 * LARGEST;

impl Store {
    /// Claims the drafts that no other running reader has claimed, and returns them. A second draft
    /// of a note becomes a draft of a new note. If an external editor saved text after the draft
    /// was saved, the draft gets that text.
    pub fn drafts(&mut self) -> Vec<Annotation> {
        self.drafts_where(|_| true)
    }

    /// Claims the drafts of one report; see [`Store::drafts`].
    pub fn drafts_of(&mut self, report: &str) -> Vec<Annotation> {
        self.drafts_where(|draft| draft.report == report)
    }

    /// The drafts of a report on disk, claimed or not. Claims none.
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
                // Leave it as it is: the editor's swap file holds its text.
                continue;
            }
            let is_second = self
                .claims
                .iter()
                .any(|claim| claim.id == draft.id && claim.name != name);
            if is_second {
                draft.conflict_of = Some(std::mem::replace(&mut draft.id, new_id()));
            }
            if let Some(claim) = self.claims.iter_mut().find(|claim| claim.name == name) {
                claim.id.clone_from(&draft.id);
            }
            drafts.push(draft);
        }
        drafts
    }

    /// Saves a draft, replacing this program's earlier one.
    ///
    /// # Errors
    /// If it cannot be written; an earlier draft is unchanged then.
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

    /// Removes this program's draft once its text is saved or discarded.
    ///
    /// # Errors
    /// If the file cannot be removed.
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

    /// Releases a claim. Its lock file is removed while the lock is held.
    fn release(&mut self, name: &str) {
        let _ = fs::remove_file(self.home.drafts().join(lock_name(name)));
        self.claims.retain(|claim| claim.name != name);
    }

    /// Drafts that cannot be read, and swap files of the claimed drafts.
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
                    .map(|file| swap_problem(file)),
            )
            .collect()
    }

    /// Files of external editors that belong to no draft.
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
        let mut left = files_where(&folder, is_of_editor);
        left.retain(|file| !paired.contains(file));
        let reason =
            "text of an editor, unsaved or still open; copy what you need, then remove the file";
        let swaps = swap_files(&folder, "note-");
        left.into_iter()
            .map(|file| Problem {
                file,
                reason: reason.into(),
            })
            .chain(swaps.iter().map(|file| swap_problem(file)))
            .collect()
    }

    /// Takes the text that an external editor saved after the draft was saved. Removes the editor's
    /// file once the draft on disk has its text.
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
            // A file that cannot be removed is only offered again.
            let _ = durable::remove(
                &folder,
                &file.file_name().unwrap_or_default().to_string_lossy(),
            );
        }
    }

    /// The file name of this program's draft of that id, else a free one.
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

    /// Claims a draft; `false` if another reader has it.
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

/// The id under which the draft of a note is saved: derived where the note's own is not a valid
/// file name.
fn draft_id(id: &str) -> String {
    if is_name(id) {
        return id.into();
    }
    fingerprint::checksum(id.as_bytes()) + &fingerprint::checksum(format!("draft {id}").as_bytes())
}

/// The name of an editor's file of a draft, without number and extension.
fn editor_name(draft: &Annotation) -> String {
    format!("note-{}", draft.id)
}

/// Swap files of texts whose names start with `name`.
fn swap_files(folder: &Path, name: &str) -> Vec<PathBuf> {
    let is_swap = |file: &str| swap_target(file).is_some_and(|(text, _)| text.starts_with(name));
    files_where(folder, is_swap)
}

/// The files in a folder with a name that fits, sorted; none if it cannot be read.
fn files_where(folder: &Path, fits: impl Fn(&str) -> bool) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let mut files: Vec<PathBuf> = entries
        .map(|entry| entry.file_name())
        .filter(|name| fits(&name.to_string_lossy()))
        .map(|name| folder.join(name))
        .collect();
    files.sort();
    files
}

/// The file that a swap file belongs to, and whether it is Vim's (`.note-x.md.swp`), which Vim
/// alone can read; those of Emacs (`#note-x.md#`) and nano (`note-x.md.save`) are plain text.
fn swap_target(name: &str) -> Option<(&str, bool)> {
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

fn swap_problem(file: &Path) -> Problem {
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    let (text, is_vim) = swap_target(&name).unwrap_or_default();
    let text = file.with_file_name(text);
    let (text, file_shown) = (text.display(), file.display());
    let way = if is_vim {
        format!("`vim -r '{text}'` and `:w` restore")
    } else {
        format!("`mv '{file_shown}' '{text}'` restores")
    };
    let reason =
        format!("an editor is open, or ended before saving; {way} its text, which is offered then");
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

/// A draft has the id of its note, whatever its file name.
fn read_draft(file: &Path) -> Result<Annotation, String> {
    let (draft, _) =
        read_as_written(file, LARGEST_DRAFT, Links::Refuse).map_err(|error| error.to_string())?;
    if is_name(&draft.id) {
        Ok(draft)
    } else {
        Err(format!("`{}` is not a valid id", draft.id))
    }
}
