//! What the disk says of the notebook: plain data, so that the reader knows no store.

use std::path::PathBuf;

use super::{Change, annotation::Annotation, review::Decision};
use crate::edition::Edition;

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
    /// With those whose files have vanished or cannot be read any more, as they were last read,
    /// where this program has read them.
    pub annotations: Vec<Annotation>,
    pub problems: Vec<Problem>,
    /// Ids of annotations whose files are gone, though nobody deleted them.
    pub vanished: Vec<String>,
    /// Ids of annotations that are shown as they were read before their files were broken.
    pub unreadable: Vec<String>,
    /// What was settled for any edition of any report.
    pub decisions: Vec<Decision>,
}

/// What became of a change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SavedAs {
    Asked,
    /// Somebody else had changed the annotation: ours is kept as a second one.
    Beside(Annotation),
}

/// What the keeper says.
#[derive(Debug, Clone)]
pub enum Reply {
    /// The notebook as read; `writable` says why no annotation can be kept. Drafts are told at
    /// the start alone.
    Loaded {
        loaded: Loaded,
        drafts: Vec<Annotation>,
        writable: Result<(), String>,
    },
    /// What was deleted before the start and can be brought back, the last first.
    Deleted(Vec<Annotation>),
    /// What new anchors carry of the report.
    Edition(Edition),
    /// A change is on disk.
    Saved { change: Change, kept: SavedAs },
    /// A change is not on disk; it will be tried again.
    Failed { change: Change, reason: String },
    /// Text that is being typed is not on disk; it will be tried again.
    Undrafted { reason: String },
    /// A change can never be kept as it is; it will not be tried again. Where its text was typed
    /// it is kept as a draft.
    Refused {
        change: Change,
        reason: String,
        is_draft: bool,
    },
}
