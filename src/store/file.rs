//! One file of the notebook: read whole, with a mark that tells whether it has changed.

use std::{
    ffi::OsString,
    fs::{self, Metadata},
    io,
    os::unix::fs::MetadataExt,
    path::Path,
};

use super::{StoreError, failed};
use crate::{
    disk::{
        durable,
        regular::{self, Links},
    },
    notebook::{
        annotation::{Annotation, LARGEST},
        file_text::Checksum,
    },
};

/// Reported of a file that is not as the program wrote it.
pub(crate) const DIFFERS: &str = "checksum mismatch: edited by hand, or damaged; used as it is";

/// Why a file could not be read.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ReadError {
    /// May succeed the next time.
    #[error("{0}")]
    Disk(#[from] io::Error),
    #[error("{0}")]
    Content(String),
}

impl ReadError {
    /// The error of a change that needed this file.
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

/// Content of a file. The annotation's id is the file's name.
#[derive(Debug, Clone)]
pub(crate) struct Found {
    pub annotation: Annotation,
    pub checksum: Checksum,
    /// The id in the file.
    pub written_id: String,
}

/// Inode, size, and times of change: differs once a file was written or replaced.
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

/// A file's name without its extension: the id of its content.
pub(crate) fn stem(path: &Path) -> String {
    path.file_stem()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned()
}

/// The names in a folder that end in `.ron` and are not hidden, sorted; none if there is no folder.
/// Whether each is a file is checked when it is read.
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

/// Reads one file; the annotation's id becomes the file's name.
pub(crate) fn read_file(file: &Path) -> Result<Found, ReadError> {
    let id = file
        .file_stem()
        .and_then(|stem| stem.to_str())
        .ok_or_else(|| ReadError::Content("file name is not UTF-8".into()))?;
    let (mut annotation, checksum) = read_as_written(file, LARGEST, Links::Follow)?;
    let written_id = std::mem::replace(&mut annotation.id, id.into());
    // A copy under another name, as sync programs make of edits on two machines.
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

/// Reads one file of at most `largest` bytes. A FIFO or folder under an annotation's name must not
/// block.
pub(crate) fn read_as_written(
    file: &Path,
    largest: usize,
    links: Links,
) -> Result<(Annotation, Checksum), ReadError> {
    Annotation::read(&read_bytes(file, largest, links)?)
        .map_err(|error| ReadError::Content(error.to_string()))
}

/// Reads a regular file of at most `largest` bytes.
pub(crate) fn read_bytes(file: &Path, largest: usize, links: Links) -> Result<Vec<u8>, ReadError> {
    match regular::read(file, largest as u64, links) {
        Ok(Some(bytes)) => Ok(bytes),
        Ok(None) => Err(ReadError::Content(format!(
            "larger than {} MiB",
            largest / (1024 * 1024)
        ))),
        // It is no file that could be read another time.
        Err(error) if error.kind() == io::ErrorKind::Other && error.raw_os_error().is_none() => {
            Err(ReadError::Content(error.to_string()))
        }
        Err(error) => Err(error.into()),
    }
}

/// Whether a regular file, which is no link, has this content.
pub(crate) fn has_content(file: &Path, bytes: &[u8]) -> bool {
    let read = regular::read(file, bytes.len() as u64, Links::Refuse);
    read.is_ok_and(|there| there.is_some_and(|there| there == bytes))
}

/// The file name of an id.
pub(crate) fn file_name(id: &str) -> String {
    format!("{id}.ron")
}

/// Whether an id is safe as a file name: visible, and without a path.
pub(crate) fn is_name(id: &str) -> bool {
    !id.is_empty()
        && id.len() <= 200
        && !id.starts_with('.')
        && !id.contains('/')
        && !id.chars().any(char::is_control)
}

/// Syncs a folder.
pub(crate) fn sync(folder: &Path) -> Result<(), StoreError> {
    durable::sync_folder(folder).map_err(failed("cannot sync", folder))
}
