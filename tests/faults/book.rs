//! A notebook and what has to be true of it after anything.

use std::{
    path::{Path, PathBuf},
    process::{Command, Output, Stdio},
};

use tempfile::TempDir;
use tip_reader::{
    disk::home::Home,
    notebook::{Change, annotation::Annotation},
    store::{Store, new_id},
};

use crate::{pty::PROGRAM, tools};

/// The program without a terminal.
pub fn program(home: &Path) -> Command {
    let mut command = Command::new(PROGRAM);
    command.env("TIP_READER_HOME", home).stdin(Stdio::null());
    command
}

pub fn run(home: &Path, arguments: &[&str]) -> Output {
    program(home)
        .args(arguments)
        .output()
        .expect("the program runs")
}

/// Runs a verb that has to succeed; returns what it prints.
pub fn good(home: &Path, arguments: &[&str]) -> String {
    let output = run(home, arguments);
    assert!(
        output.status.success(),
        "{arguments:?}: {}",
        String::from_utf8_lossy(&output.stderr)
    );
    String::from_utf8_lossy(&output.stdout).trim().to_owned()
}

pub fn store(home: &Path) -> Store {
    Store::new(Home::new(home.to_owned()))
}

pub fn texts(annotations: &[Annotation]) -> Vec<String> {
    let mut texts: Vec<String> = annotations
        .iter()
        .map(|annotation| annotation.text.clone())
        .collect();
    texts.sort();
    texts
}

/// What is on disk after a fault, against what may be.
pub struct Expected<'a> {
    pub before: &'a [&'a str],
    pub after: &'a [&'a str],
    /// The same, where an old version could not be read and the new one is saved as a second note.
    pub beside: &'a [&'a str],
    /// Texts that have to be somewhere: in the notebook, its history or its trash.
    pub kept: &'a [&'a str],
    /// How many annotations are reviewed in an edition afterwards.
    pub reviewed: usize,
}

impl Expected<'_> {
    /// What is wrong, if anything is.
    pub fn wrong(&self, home: &Path, is_acknowledged: bool) -> Option<String> {
        let loaded = store(home).load();
        let found = texts(&loaded.annotations);
        if !loaded.problems.is_empty() || !loaded.vanished.is_empty() {
            return Some(format!(
                "broken {:?}, vanished {:?}",
                loaded.problems, loaded.vanished
            ));
        }
        if found != self.after && found != self.beside && (is_acknowledged || found != self.before)
        {
            return Some(format!("acknowledged: {is_acknowledged}, found {found:?}"));
        }
        if is_acknowledged && loaded.decisions.len() != self.reviewed {
            return Some(format!("{} are reviewed", loaded.decisions.len()));
        }
        let all: String = ["notes", "history", "trash"]
            .iter()
            .map(|folder| tools::said_in(&home.join(folder)))
            .collect();
        if let Some(lost) = self
            .kept
            .iter()
            .find(|text| !all.contains(&format!("text: \"{text}\"")))
        {
            return Some(format!("`{lost}` is nowhere"));
        }
        // The next run works.
        let next = Annotation {
            id: new_id(),
            text: "next".into(),
            ..loaded.annotations.first()?.clone()
        };
        match store(home).save(&Change::Add(next.clone()), None) {
            Ok(_) if store(home).load().annotations.contains(&next) => None,
            other => Some(format!("the next run: {other:?}")),
        }
    }
}

/// A notebook made by commands: `a` and `b` in it, `c` in the trash; and their ids.
pub struct Book {
    pub home: TempDir,
    pub ids: [String; 3],
}

impl Book {
    pub fn new() -> Self {
        let home = tempfile::tempdir().expect("a folder");
        let ids = ["a", "b", "c"].map(|text| good(home.path(), &["notes", "add", "2:5", text]));
        good(home.path(), &["notes", "rm", &ids[2]]);
        Self { home, ids }
    }
}

/// A copy of a home folder, to break.
pub fn copy(from: &Path) -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().expect("a folder");
    let home = folder.path().join("home");
    std::fs::create_dir(&home).expect("a folder");
    tools::copy(from, &home);
    (folder, home)
}
