//! The program in a shell: its output, errors in one line, exit status.
#![allow(dead_code, reason = "each test file uses a part of it")]

use std::{
    path::Path,
    process::{Command, Output, Stdio},
};

use serde_json::Value;
use tempfile::TempDir;

pub fn home() -> TempDir {
    tempfile::tempdir().expect("a folder")
}

pub fn run(home: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_tip-reader"))
        .args(arguments)
        .env("TIP_READER_HOME", home)
        .stdin(Stdio::null())
        .output()
        .expect("run")
}

pub fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).expect("UTF-8")
}

/// Runs a command that must work; returns its output.
pub fn good(home: &Path, arguments: &[&str]) -> String {
    let output = run(home, arguments);
    assert_eq!(
        output.status.code(),
        Some(0),
        "{arguments:?}: {}",
        text(&output.stderr)
    );
    text(&output.stdout)
}

/// Runs a command that must end with a status and one line on standard error.
pub fn ends(home: &Path, arguments: &[&str], status: i32) -> String {
    let output = run(home, arguments);
    let line = text(&output.stderr);
    assert_eq!(
        (output.status.code(), line.lines().count()),
        (Some(status), 1),
        "{arguments:?}: {line}"
    );
    line
}

/// Runs a command that must fail; returns its one line.
pub fn bad(home: &Path, arguments: &[&str]) -> String {
    let line = ends(home, arguments, 2);
    assert!(line.starts_with("tip-reader: "), "{line}");
    line
}

/// What a command writes as JSON.
pub fn json(home: &Path, arguments: &[&str]) -> Vec<Value> {
    serde_json::from_str(&good(home, arguments)).expect("an array")
}
