//! File systems that lack what others have: locks, the sync of folders, appending.

use std::{fs, path::Path, process::Command, process::Stdio};

use crate::{
    book::{good, program, store, texts},
    pty::{PROGRAM, contains, home},
    tools,
};

/// Runs a verb with an error at every call of a name; its output.
fn with_error(home: &Path, call: &str, error: &str, arguments: &[&str]) -> std::process::Output {
    let mut command = Command::new("strace");
    command.args([
        "-f",
        "-o",
        "/dev/null",
        "-e",
        &format!("trace={call}"),
        "-e",
    ]);
    command.arg(format!("inject={call}:error={error}"));
    command.arg(PROGRAM).args(arguments);
    command.env("TIP_READER_HOME", home).stdin(Stdio::null());
    command.output().expect("strace")
}

#[test]
fn without_locks_edits_go_on_and_it_is_said_once() {
    if !tools::has("strace") {
        return;
    }
    for error in ["ENOLCK", "EOPNOTSUPP", "ENOSYS"] {
        let folder = home();
        let id = good(folder.path(), &["notes", "add", "2:5", "one"]);
        let edit = ["notes", "edit", &id, "two"];
        let output = with_error(folder.path(), "flock", error, &edit);
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(output.status.success(), "{error}: {said}");
        assert_eq!(said.matches("no locks").count(), 1, "{error}: {said}");
        assert_eq!(texts(&store(folder.path()).load().annotations), ["two"]);
    }
    let folder = home();
    let id = good(folder.path(), &["notes", "add", "2:5", "one"]);
    let output = with_error(
        folder.path(),
        "flock",
        "EIO",
        &["notes", "edit", &id, "two"],
    );
    assert!(!output.status.success(), "a broken disk is no missing lock");
}

#[test]
fn a_file_system_that_syncs_no_folders_is_used_as_it_is() {
    if !tools::has("strace") {
        return;
    }
    for (error, is_used) in [
        ("EINVAL", true),
        ("EOPNOTSUPP", true),
        ("ENOSYS", true),
        ("EBADF", true),
        ("EIO", false),
        ("ENOSPC", false),
    ] {
        let folder = home();
        good(folder.path(), &["notes", "add", "2:5", "one"]);
        let notes = folder.path().join("notes");
        let mut command = Command::new("strace");
        command.args(["-f", "-o", "/dev/null", "-e", "trace=fsync", "-e"]);
        command.arg(format!("inject=fsync:error={error}"));
        command.arg("-P").arg(&notes).arg(PROGRAM);
        command.args(["notes", "add", "2:5", "two"]);
        command.env("TIP_READER_HOME", folder.path());
        let output = command.stdin(Stdio::null()).output().expect("strace");
        assert_eq!(output.status.success(), is_used, "{error}");
        if !is_used {
            assert!(contains(&output.stderr, "it may be there"), "{error}");
        }
    }
}

/// Opens the journal as a file system does that appends at its start.
const SHIM: &str = r#"
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <stdarg.h>
#include <string.h>
static int opened(const char *name, const char *path, int flags, mode_t mode) {
    int (*real)(const char *, int, ...) = dlsym(RTLD_NEXT, name);
    if (strstr(path, "journal")) flags &= ~O_APPEND;
    return real(path, flags, mode);
}
#define OPEN(name) int name(const char *path, int flags, ...) { \
    va_list all; va_start(all, flags); mode_t mode = va_arg(all, mode_t); va_end(all); \
    return opened(#name, path, flags, mode); }
OPEN(open)
OPEN(open64)
"#;

#[test]
fn a_journal_whose_first_lines_are_overwritten_is_written_again() {
    if !tools::has("cc") {
        return;
    }
    let folder = home();
    let (source, library) = (folder.path().join("open.c"), folder.path().join("open.so"));
    fs::write(&source, SHIM).expect("written");
    let (from, to) = (source.to_string_lossy(), library.to_string_lossy());
    tools::must("cc", &["-shared", "-fPIC", "-o", &to, &from, "-ldl"]);
    let home = folder.path().join("home");
    let run = |arguments: &[&str]| {
        let output = program(&home)
            .args(arguments)
            .env("LD_PRELOAD", &library)
            .output();
        let output = output.expect("it runs");
        assert!(output.status.success(), "{arguments:?}");
        String::from_utf8_lossy(&output.stdout).trim().to_owned()
    };
    let first = run(&["notes", "add", "2:5", "first"]);
    let second = run(&["notes", "add", "2:5", "second"]);
    run(&["notes", "edit", &first, "first, edited"]);
    let journal = fs::read_to_string(home.join("state/journal")).expect("the journal");
    for line in [
        format!("added {first}"),
        format!("added {second}"),
        format!("edited 1 {first}"),
    ] {
        assert!(journal.contains(&line), "{line} is lost:\n{journal}");
    }
    run(&["notes", "undo"]);
    run(&["notes", "undo"]);
    assert_eq!(texts(&store(&home).load().annotations), ["first"]);
}
