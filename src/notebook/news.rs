//! What the store reports: plain data, so that the reader knows no store.

use std::path::PathBuf;

use super::{Change, annotation::Annotation, review::Decision};
use crate::edition::Edition;

/// A notebook file that cannot be used. It is left unchanged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    pub file: PathBuf,
    /// What is wrong, with line and column if known.
    pub reason: String,
}

/// The notebook as read, with what could not be read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Loaded {
    /// Includes those whose files have vanished or can no longer be read, as last read by this
    /// program.
    pub annotations: Vec<Annotation>,
    pub problems: Vec<Problem>,
    /// Ids of annotations whose files are gone without being deleted.
    pub vanished: Vec<String>,
    /// Copies under other names that differ from their originals: the id by the file's name, and
    /// the one written in it.
    pub copies: Vec<(String, String)>,
    /// Ids of annotations that were deleted for good.
    pub purged: Vec<String>,
    /// Ids of those that are there again: a copy was brought back.
    pub returned: Vec<String>,
    /// Ids of annotations as last read before their files became unreadable.
    pub unreadable: Vec<String>,
    /// The reviews for any edition of any report.
    pub decisions: Vec<Decision>,
}

/// How a change was saved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SavedAs {
    Asked,
    /// The annotation was changed elsewhere: ours is saved as a second one.
    Beside(Annotation),
}

/// A message from the saver.
#[derive(Debug, Clone)]
pub enum Reply {
    /// The notebook as read; `writable` says why no annotation can be saved. Drafts come at the
    /// start only.
    Loaded {
        loaded: Loaded,
        drafts: Vec<Annotation>,
        writable: Result<(), String>,
    },
    /// Deletions before the start that can be undone, latest first.
    Deleted(Vec<Annotation>),
    /// The open edition, which new anchors refer to.
    Edition(Edition),
    /// The file system has no locks: two programs that edit one note at the same instant are not
    /// kept apart.
    NoLocks,
    /// A change is on disk.
    Saved { change: Change, saved_as: SavedAs },
    /// A change is not on disk; it will be retried.
    Failed { change: Change, reason: String },
    /// A draft is not on disk; it will be retried.
    DraftFailed { reason: String },
    /// A change can never be saved as it is; it is not retried. Typed text is saved as a draft.
    Refused {
        change: Change,
        reason: String,
        is_draft: bool,
    },
}
