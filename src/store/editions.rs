//! The editions that annotations were made in: one file of block hashes each, written once. Reviews
//! for an edition are in a folder beside its file.

use std::{
    io,
    path::{Path, PathBuf},
};

use crate::disk::{
    durable,
    regular::{self, Links},
};
use crate::edition::{Edition, KnownEditions, SavedEdition, SectionHashes};

/// Largest file of hashes that is read, in bytes.
const LARGEST: u64 = 64 * 1024 * 1024;

/// The folder of editions.
#[derive(Debug, Clone)]
pub struct Editions {
    folder: PathBuf,
}

impl Editions {
    pub fn new(folder: PathBuf) -> Self {
        Self { folder }
    }

    /// Whether an edition is yet to be saved. A report id that is not a valid name must not block a
    /// note.
    pub fn lacks(&self, report: &str, edition: &Edition) -> bool {
        file_name(report, &edition.hash).is_some_and(|name| !self.folder.join(name).is_file())
    }

    /// Saves an edition, once, into an existing folder.
    ///
    /// # Errors
    /// If it cannot be written.
    pub fn save(&self, report: &str, edition: &Edition) -> io::Result<()> {
        let name = file_name(report, &edition.hash).ok_or(io::ErrorKind::InvalidInput)?;
        let config = ron::ser::PrettyConfig::new()
            .depth_limit(2)
            .compact_arrays(true);
        let text =
            ron::ser::to_string_pretty(&edition.saved(), config).map_err(io::Error::other)?;
        match durable::add(&self.folder, &name, text.as_bytes()) {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(()),
            other => other,
        }
    }

    pub fn folder(&self) -> &Path {
        &self.folder
    }
}

impl KnownEditions for Editions {
    /// `None` unless it is saved and matches its name.
    fn read(&self, report: &str, hash: &str) -> Option<Edition> {
        let file = self.folder.join(file_name(report, hash)?);
        let bytes = regular::read(&file, LARGEST, Links::Follow).ok()??;
        let saved = ron::de::from_bytes::<SavedEdition>(&bytes).ok();
        let first_release = || ron::de::from_bytes::<Vec<SectionHashes>>(&bytes).ok();
        let edition = saved
            .and_then(Edition::read)
            .or_else(|| Edition::read_flat(first_release()?));
        edition.filter(|edition| edition.hash == hash)
    }
}

fn file_name(report: &str, hash: &str) -> Option<String> {
    name(report, hash).map(|name| format!("{name}.ron"))
}

/// The base name of an edition's files. An anchor may say anything: only a hash becomes part of a
/// path.
pub(crate) fn name(report: &str, hash: &str) -> Option<String> {
    let is_plain = |text: &str| {
        !text.is_empty() && !text.starts_with('.') && !text.contains(['/', '\\', '\0'])
    };
    let is_hash = !hash.is_empty() && hash.chars().all(|c| c.is_ascii_hexdigit());
    (is_plain(report) && is_hash).then(|| format!("{report}-{hash}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::snapshot;

    #[test]
    fn an_edition_is_read_back_and_a_damaged_one_is_refused() {
        let folder = tempfile::tempdir().expect("a folder");
        let editions = Editions::new(folder.path().to_owned());
        let report = snapshot::bundled();
        let edition = Edition::of(&report);
        editions.save(&report.id, &edition).expect("saved");
        editions.save(&report.id, &edition).expect("saved again");
        assert_eq!(
            editions.read(&report.id, &edition.hash),
            Some(edition.clone())
        );
        let file = editions
            .folder()
            .join(format!("{}-{}.ron", report.id, edition.hash));
        let text = std::fs::read_to_string(&file).expect("text");
        std::fs::write(&file, text.replacen("message-from", "massage-from", 1)).expect("written");
        assert_eq!(editions.read(&report.id, &edition.hash), None);
        assert_eq!(editions.read("../notes", "ab"), None);
        assert_eq!(editions.read("a", "../ab"), None);
    }
}
