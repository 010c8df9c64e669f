//! The reports that can be opened: the bundled one, imported ones by id, any snapshot by path.

use std::{
    fs,
    io::Read,
    path::{Path, PathBuf},
};

use crate::{
    disk::home::Home,
    report::{
        Report,
        snapshot::{self, SnapshotError},
    },
};

/// Largest snapshot that is read, in bytes.
pub const LARGEST: u64 = 256 * 1024 * 1024;

/// Id of the bundled report.
const BUNDLED_ID: &str = "tip-2021";
/// Opens the bundled report even if an imported one has its id.
pub const BUNDLED: &str = "bundled";

/// Why a report cannot be opened.
#[derive(Debug, thiserror::Error)]
pub enum LibraryError {
    #[error("could not open the report `{name}`: {source}")]
    Unusable { name: String, source: SnapshotError },
    #[error("no report `{0}`: no such file, and `tip-reader reports` does not list it")]
    Unknown(String),
}

/// A report in the list: its path, and the report or why it cannot be read.
#[derive(Debug)]
pub struct Listed {
    /// The name that opens it.
    pub name: String,
    /// `None` for the bundled report.
    pub path: Option<PathBuf>,
    pub report: Result<Report, SnapshotError>,
}

/// Opens a report by id or path, or the bundled one.
///
/// # Errors
/// If there is no such report, or its snapshot cannot be read.
pub fn open(wanted: Option<&str>, home: Option<&Home>) -> Result<Report, LibraryError> {
    let Some(name) = wanted else {
        return Ok(snapshot::bundled());
    };
    let imported = home
        .map(|home| home.reports().join(format!("{name}.ron")))
        .filter(|_| !name.contains(['/', '\\']));
    let path = match imported {
        Some(path) if path.is_file() => path,
        _ if matches!(name, BUNDLED_ID | BUNDLED) => return Ok(snapshot::bundled()),
        _ => PathBuf::from(name),
    };
    if !path.exists() {
        return Err(LibraryError::Unknown(name.into()));
    }
    read(&path).map_err(|source| LibraryError::Unusable {
        name: name.into(),
        source,
    })
}

/// All reports of the library: the bundled one, then the imported ones by file name.
pub fn list(home: Option<&Home>) -> Vec<Listed> {
    let entries = home
        .and_then(|home| fs::read_dir(home.reports()).ok())
        .into_iter()
        .flatten()
        .flatten();
    let mut paths: Vec<PathBuf> = entries
        .map(|entry| entry.path())
        .filter(|path| path.extension().is_some_and(|e| e == "ron") && path.is_file())
        .collect();
    paths.sort();
    let name = |path: &PathBuf| {
        path.file_stem()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned()
    };
    let bundled = if paths.iter().any(|path| name(path) == BUNDLED_ID) {
        BUNDLED
    } else {
        BUNDLED_ID
    };
    let bundled = Listed {
        name: bundled.into(),
        path: None,
        report: Ok(snapshot::bundled()),
    };
    let imported = paths.into_iter().map(|path| Listed {
        name: name(&path),
        report: read(&path),
        path: Some(path),
    });
    std::iter::once(bundled).chain(imported).collect()
}

/// Reads a snapshot file.
///
/// # Errors
/// If the file cannot be read, is not a snapshot (with line and column), has a newer format, or is
/// inconsistent.
pub fn read(path: &Path) -> Result<Report, SnapshotError> {
    let mut bytes = Vec::new();
    let opened = fs::File::open(path)?;
    opened.take(LARGEST + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > LARGEST {
        return Err(SnapshotError::TooLarge(LARGEST / 1024 / 1024));
    }
    let text =
        std::str::from_utf8(&bytes).map_err(|error| SnapshotError::NotText(error.valid_up_to()))?;
    snapshot::parse(text)
}
