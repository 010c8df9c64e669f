//! The reports that can be opened: the bundled one, imported ones by id and edition, any snapshot
//! by path.

use std::{
    cmp::Ordering,
    fs::{self, File},
    io::Read,
    path::{Path, PathBuf},
};

use super::names;
use crate::{
    disk::home::Home,
    report::{
        Report,
        snapshot::{self, Head, SnapshotError},
    },
};

/// Largest snapshot that is read, in bytes.
pub const LARGEST: u64 = 256 * 1024 * 1024;
/// Bytes at the start of a snapshot in which its metadata is looked for.
const HEAD: u64 = 64 * 1024;

/// Id of the bundled report.
pub const BUNDLED_ID: &str = "tip-2021";
/// Opens the bundled snapshot even if there are newer editions of its report.
pub const BUNDLED: &str = "bundled";

/// Why a report cannot be opened.
#[derive(Debug, thiserror::Error)]
pub enum LibraryError {
    #[error("could not open the report `{name}`: {source}")]
    Unusable { name: String, source: SnapshotError },
    #[error("no report `{0}`: no such file, and `tip-reader reports` does not list it")]
    Unknown(String),
    #[error("no edition `{edition}` of `{id}`; there are {known}")]
    NoEdition {
        id: String,
        edition: String,
        known: String,
    },
}

/// An edition of a report in the library.
#[derive(Debug)]
pub struct Listed {
    /// What names the report: its id, or what it was renamed to.
    pub id: String,
    /// Label of the edition.
    pub edition: String,
    /// Whether it is what opens by the name of the report alone.
    pub is_newest: bool,
    /// `None` for the bundled snapshot.
    pub path: Option<PathBuf>,
    /// What the snapshot says of itself, or why it cannot be read.
    pub head: Result<Head, SnapshotError>,
}

impl Listed {
    /// The name that opens it.
    pub fn name(&self) -> String {
        match self.is_newest {
            true => self.id.clone(),
            false => self.exact_name(),
        }
    }

    /// The name that opens this edition even when there is a newer one.
    pub fn exact_name(&self) -> String {
        format!("{}@{}", self.id, self.edition)
    }

    /// The id that notes on it have.
    pub fn notes_id(&self) -> &str {
        self.head.as_ref().map_or(&self.id, |head| &head.id)
    }

    /// Its whole report.
    ///
    /// # Errors
    /// As [`read`].
    pub fn read(&self) -> Result<Report, SnapshotError> {
        match &self.path {
            None => Ok(snapshot::bundled()),
            Some(path) => read(path),
        }
    }

    /// The oldest first: undated ones by number before all dated ones.
    fn age(&self, other: &Self) -> Ordering {
        let published = |of: &Self| of.head.as_ref().ok()?.published.clone();
        let number = |of: &Self| of.edition.parse::<u64>().unwrap_or(u64::MAX);
        published(self)
            .cmp(&published(other))
            .then(number(self).cmp(&number(other)))
            .then(self.edition.len().cmp(&other.edition.len()))
            .then(self.edition.cmp(&other.edition))
            // Of the same date and label, what was imported is newer than what is bundled.
            .then(self.path.is_some().cmp(&other.path.is_some()))
    }
}

/// Opens a report by path, by `ID`, by `ID@EDITION`, or the bundled one.
///
/// # Errors
/// If there is no such report or edition, or its snapshot cannot be read.
pub fn open(wanted: Option<&str>, home: Option<&Home>) -> Result<Report, LibraryError> {
    let Some(name) = wanted.filter(|name| *name != BUNDLED) else {
        return Ok(snapshot::bundled());
    };
    let unusable = |source| LibraryError::Unusable {
        name: name.into(),
        source,
    };
    let path = Path::new(name);
    let is_path = name.contains(['/', '\\']);
    if path.is_file() || (is_path && path.exists()) {
        return read(path).map_err(unusable);
    }
    if is_path {
        return Err(LibraryError::Unknown(name.into()));
    }
    find(name, home)?.read().map_err(unusable)
}

/// The edition of `ID@EDITION`, or the newest one of `ID`.
///
/// # Errors
/// If there is none.
pub fn find(name: &str, home: Option<&Home>) -> Result<Listed, LibraryError> {
    let (id, edition) = match name.rsplit_once('@') {
        Some((id, edition)) => (id, Some(edition)),
        None => (name, None),
    };
    let mut editions = editions(id, home);
    let Some(edition) = edition else {
        let newest = editions.pop();
        return newest.ok_or_else(|| LibraryError::Unknown(name.into()));
    };
    let known: Vec<String> = editions.iter().map(|of| of.edition.clone()).collect();
    let found = editions.into_iter().rev().find(|of| of.edition == edition);
    found.ok_or_else(|| match known.is_empty() {
        true => LibraryError::Unknown(name.into()),
        false => LibraryError::NoEdition {
            id: id.into(),
            edition: edition.into(),
            known: known.join(", "),
        },
    })
}

/// The editions of a report, the oldest first; none where there is no such report.
pub fn editions(id: &str, home: Option<&Home>) -> Vec<Listed> {
    let names = home.map(names::read).unwrap_or_default();
    let id = names.get(id).map_or(id, String::as_str);
    let shown = names::shown(&names, id);
    let mut editions = Vec::new();
    if let Some(home) = home.filter(|_| is_file_name(id)) {
        let first_release = home.reports().join(format!("{id}.ron"));
        let folder = snapshots_in(&home.reports().join(id)).into_iter();
        let paths = folder.chain(Some(first_release).filter(|path| path.is_file()));
        editions.extend(paths.map(|path| listed(&shown, path)));
    }
    if id == BUNDLED_ID {
        editions.push(bundled(&shown));
    }
    editions.sort_by(Listed::age);
    if let Some(newest) = editions.last_mut() {
        newest.is_newest = true;
    }
    editions
}

/// All editions in the library, by report: the bundled report first, then the imported ones by id,
/// each with its oldest edition first.
pub fn list(home: Option<&Home>) -> Vec<Listed> {
    let entries = home.and_then(|home| fs::read_dir(home.reports()).ok());
    let entries = entries.into_iter().flatten().flatten();
    let mut ids: Vec<String> = entries
        .filter_map(|entry| {
            let path = entry.path();
            let is_snapshot = is_snapshot(&path) || !snapshots_in(&path).is_empty();
            let name = match path.is_dir() {
                true => path.file_name(),
                false => path.file_stem(),
            };
            Some(name?.to_string_lossy().into_owned()).filter(|_| is_snapshot)
        })
        .filter(|id| id != BUNDLED_ID && is_file_name(id))
        .collect();
    ids.sort_unstable();
    ids.dedup();
    std::iter::once(BUNDLED_ID.to_owned())
        .chain(ids)
        .flat_map(|id| editions(&id, home))
        .collect()
}

/// Whether an id can be the name of a file or folder of ours.
fn is_file_name(id: &str) -> bool {
    !id.is_empty() && !id.starts_with('.') && !id.contains(['/', '\\', '\0'])
}

fn is_snapshot(path: &Path) -> bool {
    path.extension().is_some_and(|e| e == "ron") && path.is_file()
}

fn snapshots_in(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let mut paths: Vec<PathBuf> = entries
        .map(|entry| entry.path())
        .filter(|path| is_snapshot(path))
        .collect();
    paths.sort_unstable();
    paths
}

fn bundled(id: &str) -> Listed {
    let head = Head::of(&snapshot::bundled());
    Listed {
        id: id.into(),
        edition: head.edition.clone(),
        is_newest: false,
        path: None,
        head: Ok(head),
    }
}

fn listed(id: &str, path: PathBuf) -> Listed {
    let head = read_head(&path);
    let stem = path.file_stem().unwrap_or_default().to_string_lossy();
    let label = head.as_ref().map(|head| head.edition.clone());
    Listed {
        id: id.into(),
        edition: label.unwrap_or_else(|_| stem.into_owned()),
        is_newest: false,
        path: Some(path),
        head,
    }
}

/// The metadata of a snapshot file, of which only the start is read where that is enough.
fn read_head(path: &Path) -> Result<Head, SnapshotError> {
    let mut start = Vec::new();
    File::open(path)?.take(HEAD).read_to_end(&mut start)?;
    match snapshot::head(&String::from_utf8_lossy(&start)) {
        Some(head) => Ok(head),
        None => Ok(Head::of(&read(path)?)),
    }
}

/// Reads a snapshot file.
///
/// # Errors
/// If the file cannot be read, is not a snapshot (with line and column), has a newer format, or is
/// inconsistent.
pub fn read(path: &Path) -> Result<Report, SnapshotError> {
    let mut bytes = Vec::new();
    let file = File::open(path)?;
    // Counted while it is read: what the size of a device or pipe says is nothing.
    file.take(LARGEST + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > LARGEST {
        return Err(SnapshotError::TooLarge(LARGEST / 1024 / 1024));
    }
    let text =
        std::str::from_utf8(&bytes).map_err(|error| SnapshotError::NotText(error.valid_up_to()))?;
    snapshot::parse(text)
}
