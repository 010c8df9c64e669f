//! Other people's files become reports: whole, in order, without what is not text, and never at
//! the price of a panic, an endless wait or a file that was there before.
#![allow(
    clippy::disallowed_methods,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stderr,
    clippy::print_stdout,
    clippy::string_slice,
    reason = "a test that cannot go on says why"
)]

mod arriving;
mod books;
#[path = "../common/mod.rs"]
mod common;
mod damage;
mod drawn;
mod edges;
mod every_word;
mod hostile;
mod lists;
mod looks;
mod marked;
mod pages;
#[path = "../common/paper.rs"]
mod paper;
mod papers;
mod plain;
mod reading;
mod round_trip;
mod sheets;

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Output, Stdio},
    time::{Duration, Instant},
};

use tempfile::TempDir;
use tip_reader::report::{Report, snapshot};

const GOLDEN: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/golden");

pub fn golden(name: &str) -> PathBuf {
    Path::new(GOLDEN).join(name)
}

pub fn folder() -> TempDir {
    tempfile::tempdir().expect("a folder")
}

pub fn import(inputs: &[&Path], more: &[&str]) -> Output {
    let home = folder();
    let mut command = Command::new(env!("CARGO_BIN_EXE_tip-reader"));
    command
        .arg("import")
        .args(inputs)
        .args(["-o", "-"])
        .args(more)
        .env("TIP_READER_HOME", home.path());
    command.stdin(Stdio::null()).output().expect("run")
}

/// Imports what must be importable; the report and what was said.
pub fn good(inputs: &[&Path], more: &[&str]) -> (Report, String) {
    let output = import(inputs, more);
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(0), "{inputs:?}: {told}");
    (
        snapshot::parse(&String::from_utf8(output.stdout).expect("UTF-8")).expect("a snapshot"),
        told,
    )
}

/// Imports a text under a file name.
pub fn imported(name: &str, text: impl AsRef<[u8]>) -> (Report, String) {
    let folder = folder();
    let file = folder.path().join(name);
    fs::write(&file, text).expect("a file");
    good(&[&file], &[])
}

/// Imports what must be refused, within the time; the one line.
pub fn refused(name: &str, bytes: &[u8]) -> String {
    let folder = folder();
    let file = folder.path().join(name);
    fs::write(&file, bytes).expect("a file");
    let before = Instant::now();
    let output = import(&[&file], &[]);
    let line = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(
        before.elapsed() < Duration::from_secs(20),
        "{name}: {:?}",
        before.elapsed()
    );
    assert_eq!(output.status.code(), Some(2), "{name}: {line}");
    assert!(
        output.stdout.is_empty()
            && line.lines().count() == 1
            && line.starts_with("tip-reader: could not import"),
        "{name}: {line}"
    );
    line
}
