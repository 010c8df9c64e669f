//! `reports/.files.ron`: which report a file of another format was imported as, so that opening it
//! again does not import it again. It is advice: where it is lost, the file is imported, and the
//! report found by its text.

use std::{collections::BTreeMap, fs, io, path::Path, time::SystemTime};

use serde::{Deserialize, Serialize};

use crate::disk::{durable, home::Home};

const FILE: &str = ".files.ron";
/// Files that are remembered at the most.
const MOST: usize = 1000;

/// A file as it was when it was imported, and what opens its report.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Known {
    size: u64,
    /// Nanoseconds since 1970.
    modified: u64,
    name: String,
}

/// The report that a file was imported as, unless the file has changed since.
pub fn report_of(home: &Home, file: &Path) -> Option<String> {
    let known = read(home).remove(&path(file)?)?;
    let (size, modified) = stamp(file)?;
    (known.size == size && known.modified == modified).then_some(known.name)
}

/// Remembers the report that a file was imported as.
///
/// # Errors
/// If it cannot be written.
pub fn remember(home: &Home, file: &Path, name: &str) -> io::Result<()> {
    let Some((path, (size, modified))) = path(file).zip(stamp(file)) else {
        return Ok(());
    };
    let mut all = read(home);
    if all.len() >= MOST {
        all.clear();
    }
    let name = name.to_owned();
    all.insert(
        path,
        Known {
            size,
            modified,
            name,
        },
    );
    let text = ron::to_string(&all).map_err(io::Error::other)?;
    durable::replace(&home.reports(), FILE, text.as_bytes())
}

fn read(home: &Home) -> BTreeMap<String, Known> {
    let text = fs::read_to_string(home.reports().join(FILE));
    let known = text.ok().and_then(|text| ron::from_str(&text).ok());
    known.unwrap_or_default()
}

fn path(file: &Path) -> Option<String> {
    let path = fs::canonicalize(file).ok()?;
    path.into_os_string().into_string().ok()
}

fn stamp(file: &Path) -> Option<(u64, u64)> {
    let metadata = fs::metadata(file).ok()?;
    let modified = metadata.modified().ok()?;
    let since = modified.duration_since(SystemTime::UNIX_EPOCH).ok()?;
    Some((metadata.len(), u64::try_from(since.as_nanos()).ok()?))
}
