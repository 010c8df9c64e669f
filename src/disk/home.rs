//! The per-user folder: where it is and what is where in it. Touches no file.

use std::path::{Path, PathBuf};

/// The folder that holds a reader's notebook, places, settings and imported reports.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Home {
    root: PathBuf,
}

impl Home {
    pub fn new(root: PathBuf) -> Self {
        Self { root }
    }

    /// The platform's config folder for this program; `None` where the platform names none,
    /// for example without `HOME`.
    pub fn of_platform() -> Option<Self> {
        let folders = directories::ProjectDirs::from("", "", "tip-reader")?;
        Some(Self::new(folders.config_dir().to_owned()))
    }

    pub fn root(&self) -> &Path {
        &self.root
    }

    /// Settings, written by hand.
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

    /// Text that was typed and not saved yet.
    pub fn drafts(&self) -> PathBuf {
        self.root.join("drafts")
    }

    /// Block hashes of the editions that have annotations.
    pub fn editions(&self) -> PathBuf {
        self.root.join("editions")
    }

    /// Places of reading, one file for each report.
    pub fn state(&self) -> PathBuf {
        self.root.join("state")
    }

    /// Imported snapshots.
    pub fn reports(&self) -> PathBuf {
        self.root.join("reports")
    }
}
