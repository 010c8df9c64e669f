//! The per-user folder: its location and the folders in it. Accesses no file.

use std::path::{Path, PathBuf};

/// The folder of notebook, places, settings and imported reports.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Home {
    root: PathBuf,
}

impl Home {
    pub fn new(root: PathBuf) -> Self {
        Self { root }
    }

    /// The platform's config folder for this program; `None` if it has none, for example without
    /// `HOME`.
    pub fn of_platform() -> Option<Self> {
        let folders = directories::ProjectDirs::from("", "", "tip-reader")?;
        Some(Self::new(folders.config_dir().to_owned()))
    }

    pub fn root(&self) -> &Path {
        &self.root
    }

    /// The settings file.
    pub fn config(&self) -> PathBuf {
        self.root.join("config.ron")
    }

    /// One file for each annotation.
    pub fn notes(&self) -> PathBuf {
        self.root.join("notes")
    }

    /// Earlier versions of edited annotations, a folder for each.
    pub fn history(&self) -> PathBuf {
        self.root.join("history")
    }

    /// Deleted annotations.
    pub fn trash(&self) -> PathBuf {
        self.root.join("trash")
    }

    /// Unsaved text.
    pub fn drafts(&self) -> PathBuf {
        self.root.join("drafts")
    }

    /// Block hashes and reviews of the editions with annotations.
    pub fn editions(&self) -> PathBuf {
        self.root.join("editions")
    }

    /// The place in each report, and the journal.
    pub fn state(&self) -> PathBuf {
        self.root.join("state")
    }

    /// Imported snapshots.
    pub fn reports(&self) -> PathBuf {
        self.root.join("reports")
    }
}
