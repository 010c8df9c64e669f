//! One file of the notebook: read whole, with what tells whether it has changed since.

use std::{
    ffi::OsString,
    fs::{self, Metadata},
    io,
    os::unix::fs::MetadataExt,
    path::Path,
};

use super::{StoreError, failed};
use crate::notebook::{
    annotation::{Annotation, LARGEST},
    file_text::Checksum,
};

/// What is said of a file that is not as it was written.
pub(crate) const DIFFERS: &str =
    "the checksum differs: edited by hand, or damaged; it is used as it is";

/// Why a file could not be read.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ReadError {
    /// It may be read the next time.
    #[error("{0}")]
    Disk(#[from] io::Error),
    #[error("{0}")]
    Content(String),
}

impl ReadError {
    /// The error of a change for which a file could not be read.
    pub fn at(self, file: &Path) -> StoreError {
        match self {
            Self::Disk(source) => failed("cannot read", file)(source),
            Self::Content(reason) => StoreError::Unreadable {
                file: file.into(),
                reason,
            },
        }
    }
}

/// What a file holds. The annotation has the file's name as its id.
#[derive(Debug, Clone)]
pub(crate) struct Found {
    pub annotation: Annotation,
    pub checksum: Checksum,
    /// The id that is written in the file.
    pub written_id: String,
}

/// Inode, size, and times of change: another value where a file was written or replaced.
pub(crate) type Mark = (u64, u64, i64, i64, i64, i64);

pub(crate) fn exists(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok()
}

pub(crate) fn mark(metadata: &Metadata) -> Mark {
    (
        metadata.ino(),
        metadata.size(),
        metadata.mtime(),
        metadata.mtime_nsec(),
        metadata.ctime(),
        metadata.ctime_nsec(),
    )
}

/// A file's name without its ending, which is the id of what is in it.
pub(crate) fn stem(path: &Path) -> String {
    path.file_stem()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned()
}

/// The names in a folder that end in `.ron` and are not hidden, sorted; none where there is no
/// folder. What is behind a name is looked at when it is read.
pub(crate) fn annotation_files(folder: &Path) -> io::Result<Vec<OsString>> {
    let entries = match fs::read_dir(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        other => other?,
    };
    let mut names = entries
        .map(|entry| entry.map(|entry| entry.file_name()))
        .collect::<io::Result<Vec<OsString>>>()?;
    names.retain(|name| {
        let name = name.to_string_lossy();
        !name.starts_with('.') && name.ends_with(".ron")
    });
    names.sort();
    Ok(names)
}

/// Reads one file; the annotation gets the file's name as its id.
pub(crate) fn read_file(file: &Path) -> Result<Found, ReadError> {
    let id = file
        .file_stem()
        .and_then(|stem| stem.to_str())
        .ok_or_else(|| ReadError::Content("its name is not UTF-8 text".into()))?;
    let (mut annotation, checksum) = read_as_written(file, LARGEST)?;
    let written_id = std::mem::replace(&mut annotation.id, id.into());
    // A copy under another name, as sync programs make where two machines have edited.
    if written_id != id {
        annotation
            .conflict_of
            .get_or_insert_with(|| written_id.clone());
    }
    Ok(Found {
        annotation,
        checksum,
        written_id,
    })
}

/// Reads one file of at most so many bytes. A FIFO or folder under an annotation's name must
/// not block or be opened.
pub(crate) fn read_as_written(
    file: &Path,
    largest: usize,
) -> Result<(Annotation, Checksum), ReadError> {
    Annotation::read(&read_bytes(file, largest)?)
        .map_err(|error| ReadError::Content(error.to_string()))
}

/// Reads the bytes of a regular file of at most so many.
pub(crate) fn read_bytes(file: &Path, largest: usize) -> Result<Vec<u8>, ReadError> {
    let metadata = fs::metadata(file)?;
    if !metadata.is_file() {
        return Err(ReadError::Content("not a regular file".into()));
    }
    if metadata.len() > largest as u64 {
        return Err(ReadError::Content(format!(
            "larger than {} MiB",
            largest / (1024 * 1024)
        )));
    }
    Ok(fs::read(file)?)
}
