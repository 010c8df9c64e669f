//! Why a change was not saved, in words.

use std::{
    io,
    path::{Path, PathBuf},
};

/// Why a change was not saved.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    #[error("{what} `{}`: {source}", path.display())]
    Io {
        what: &'static str,
        path: PathBuf,
        source: io::Error,
    },
    #[error("another tip-reader holds the lock `{}`", .0.display())]
    Locked(PathBuf),
    #[error("`{}` was changed outside and cannot be read: {reason}", file.display())]
    Unreadable { file: PathBuf, reason: String },
    #[error("a newer tip-reader wrote it; change it with that version")]
    Newer,
    #[error("it was changed elsewhere; look at it and try again")]
    Changed,
    #[error("it was deleted for good; no copy of it is left")]
    Purged,
    #[error("its file `{}` is gone; it was deleted or moved by another program", .0.display())]
    Gone(PathBuf),
    #[error("the folder `{}` has vanished, with notes in it; restore it or make a new one", .0.display())]
    NoFolder(PathBuf),
    #[error("`{0}` is not a valid file name")]
    Name(String),
    #[error("note and quote together exceed 4 MiB; shorten the note or the passage")]
    TooLarge,
    #[error("cannot encode it as RON: {0}")]
    Format(#[from] ron::Error),
}

/// Makes an error of a failed system call.
pub(crate) fn failed<'a>(
    what: &'static str,
    path: &'a Path,
) -> impl Fn(io::Error) -> StoreError + 'a {
    move |source| StoreError::Io {
        what,
        path: path.into(),
        source,
    }
}
