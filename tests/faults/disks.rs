//! Disks that are full, read-only or not ours, and what is shown, saved and printed then.

use std::{
    fs,
    os::unix::fs::{PermissionsExt, chown},
    path::Path,
    process::Command,
};

use crate::{
    book::{good, run, store, texts},
    pty::{PROGRAM, SAVE, Start, Terminal, home},
    tools,
};

const NOBODY: u32 = 65534;

fn mount(options: &str, place: &Path) {
    tools::must(
        "mount",
        &[
            "-t",
            "tmpfs",
            "-o",
            options,
            "none",
            &place.to_string_lossy(),
        ],
    );
}

fn remount(options: &str, place: &Path) {
    tools::must(
        "mount",
        &[
            "-o",
            &format!("remount,{options}"),
            &place.to_string_lossy(),
        ],
    );
}

/// Fills a disk by notes: all that were acknowledged are there, each failure is reported in a
/// line, and with room again it goes on.
fn fill(options: &str) {
    let disk = home();
    mount(options, disk.path());
    let (home, room) = (disk.path().join("home"), disk.path().join("room"));
    fs::create_dir(&room).expect("a folder");
    (0..6).for_each(|number| {
        fs::write(room.join(number.to_string()), [b'x'; 4096]).expect("room to give back")
    });
    let (mut saved, mut ids) = (Vec::new(), Vec::new());
    let said = loop {
        let text = format!("note {:04}", saved.len());
        let output = run(&home, &["notes", "add", "2:5", &text]);
        if !output.status.success() {
            break String::from_utf8_lossy(&output.stderr).into_owned();
        }
        saved.push(text);
        ids.push(String::from_utf8_lossy(&output.stdout).trim().to_owned());
        assert!(saved.len() < 1000, "the disk is never full");
    };
    assert!(
        said.contains("No space left on device") && said.lines().count() == 1,
        "{said}"
    );
    for id in &ids {
        run(&home, &["notes", "edit", id, "edited on a full disk"]);
        run(&home, &["notes", "rm", id]);
        run(&home, &["notes", "undo"]);
    }
    let loaded = store(&home).load();
    assert_eq!(
        (loaded.problems, loaded.vanished),
        (vec![], vec![]),
        "{options}"
    );
    let all: String = ["notes", "history", "trash"]
        .iter()
        .map(|folder| tools::said_in(&home.join(folder)))
        .collect();
    assert!(
        saved.iter().all(|text| all.contains(text)),
        "{options}: of {saved:?} there is {all}"
    );
    fs::remove_dir_all(room).expect("room again");
    good(&home, &["notes", "add", "2:5", "with room again"]);
}

/// A note typed where the disk fails is shown as not saved, and saved once it can be.
fn type_while(fail: impl Fn(&Path), mend: impl Fn(&Path), reason: &str) {
    let disk = home();
    mount("size=1m", disk.path());
    good(disk.path(), &["notes", "add", "1:1", "there before"]);
    let mut terminal = Terminal::open(disk.path());
    terminal.wait_for("1●");
    terminal.press("}");
    terminal.press("a");
    terminal.wait_for("C-s save");
    fail(disk.path());
    terminal.press("typed meanwhile");
    terminal.press(SAVE);
    terminal.wait_for(reason);
    mend(disk.path());
    terminal.wait_for("Note saved");
    terminal.press("q");
    terminal.end_within(super::pty::PATIENCE);
    assert_eq!(
        texts(&store(disk.path()).load().annotations),
        ["there before", "typed meanwhile"]
    );
}

fn fill_up(disk: &Path) {
    let mut number = 0;
    while fs::write(disk.join(format!("fill-{number}")), [b'x'; 4096]).is_ok() {
        number += 1;
    }
}

fn empty_out(disk: &Path) {
    for entry in fs::read_dir(disk)
        .expect("a folder")
        .flatten()
        .filter(|entry| entry.file_name().to_string_lossy().starts_with("fill-"))
    {
        fs::remove_file(entry.path()).expect("removed");
    }
}

#[test]
fn a_full_disk_loses_nothing_and_is_reported() {
    tools::in_own_mounts("disks::full");
}

#[test]
fn a_disk_without_inodes_loses_nothing_and_is_reported() {
    tools::in_own_mounts("disks::inodes");
}

#[test]
fn a_note_typed_while_the_disk_is_full_or_read_only_is_saved_later() {
    tools::in_own_mounts("disks::while_running");
}

#[test]
#[ignore = "run by the tests above, in mounts of its own"]
fn full() {
    fill("size=64k");
}

#[test]
#[ignore = "run by the tests above, in mounts of its own"]
fn inodes() {
    fill("size=1m,nr_inodes=32");
}

#[test]
#[ignore = "run by the tests above, in mounts of its own"]
fn while_running() {
    type_while(fill_up, empty_out, "No space left");
    type_while(
        |disk| remount("ro", disk),
        |disk| remount("rw", disk),
        "Read-only file",
    );
}

/// The program where anybody can run it, started as somebody else.
fn as_nobody(folder: &Path) -> String {
    let program = folder.join("tip-reader");
    fs::copy(PROGRAM, &program).expect("a copy");
    for path in [folder, &program] {
        fs::set_permissions(path, fs::Permissions::from_mode(0o755)).expect("for all");
    }
    program.to_string_lossy().into_owned()
}

fn setpriv(program: &str) -> Command {
    let mut command = Command::new("setpriv");
    command.args([
        "--reuid",
        "65534",
        "--clear-groups",
        "env",
        "-i",
        "TERM=xterm",
        program,
    ]);
    command
}

#[test]
fn where_no_folder_can_be_made_reading_works_and_that_is_said_first() {
    if !tools::is_root() || !tools::has("setpriv") {
        return;
    }
    let folder = home();
    let program = as_nobody(folder.path());
    let home = folder.path().join("not-ours/home");
    fs::create_dir(folder.path().join("not-ours")).expect("a folder");
    let home = home.to_string_lossy().into_owned();
    let output = setpriv(&program)
        .args(["--home", &home, "notes", "add", "2:5", "x"])
        .output()
        .expect("it runs");
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(
        output.status.code() == Some(2)
            && said.contains("Permission denied")
            && said.lines().count() == 1,
        "{said}"
    );
    let arguments = [
        "--reuid",
        "65534",
        "--clear-groups",
        &program,
        "--home",
        &home,
    ]
    .map(std::ffi::OsStr::new)
    .to_vec();
    let start = Start {
        arguments,
        ..Start::default()
    };
    let mut terminal = Terminal::start_program("setpriv", folder.path(), start);
    terminal.wait_for("Notes cannot be saved");
    terminal.press("a");
    terminal.wait_for("Notes cannot be saved here");
    // A letter is meant for the note; a key that types nothing is not.
    terminal.press("]");
    terminal.wait_for("Notes cannot be saved here");
    terminal.press("\x0c");
    terminal.press("]");
    terminal.wait_for(" 2:1 ");
}

#[test]
fn without_any_home_reading_works_and_notes_are_refused_in_a_line() {
    if !tools::is_root() || !tools::has("setpriv") {
        return;
    }
    let folder = home();
    let program = as_nobody(folder.path());
    let mut command = Command::new("setpriv");
    command.args(["--reuid", "12345", "--clear-groups", "env", "-i", &program]);
    let output = command
        .args(["notes", "add", "2:5", "x"])
        .output()
        .expect("it runs");
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(
        output.status.code() == Some(2)
            && said.contains("HOME is not set")
            && said.lines().count() == 1,
        "{said}"
    );
    let mut command = Command::new("setpriv");
    command.args([
        "--reuid",
        "12345",
        "--clear-groups",
        "env",
        "-i",
        &program,
        "print",
        "2:1",
    ]);
    assert_eq!(
        String::from_utf8_lossy(&command.output().expect("it runs").stdout),
        "Dear Reader:\n"
    );
}

#[test]
fn where_no_rescue_file_can_be_written_the_text_is_printed() {
    if !tools::is_root() || !tools::has("setpriv") {
        return;
    }
    let folder = home();
    let program = as_nobody(folder.path());
    let home = folder.path().join("home");
    fs::create_dir(&home).expect("a folder");
    chown(&home, Some(NOBODY), Some(NOBODY)).expect("theirs");
    let name = home.to_string_lossy().into_owned();
    let arguments = [
        "--reuid",
        "65534",
        "--clear-groups",
        &program,
        "--home",
        &name,
    ]
    .map(std::ffi::OsStr::new)
    .to_vec();
    let start = Start {
        environment: vec![("TMPDIR", "/nonexistent")],
        arguments,
        ..Start::default()
    };
    let mut terminal = Terminal::start_program("setpriv", folder.path(), start);
    terminal.wait_for_first_frame();
    terminal.press("a");
    terminal.wait_for("C-s save");
    chown(&home, Some(0), Some(0)).expect("ours");
    terminal.press("typed words");
    terminal.wait_for("typed words");
    terminal.wait_for("Could not save the draft");
    terminal.press(SAVE);
    terminal.wait_for("NOT SAVED");
    terminal.press("q");
    assert_eq!(
        terminal.end_within(super::pty::PATIENCE).exit_code(),
        2,
        "something was not saved"
    );
    let told = String::from_utf8_lossy(&terminal.raw()).into_owned();
    let told = told.rsplit("\u{1b}[?1049l").next().unwrap_or_default();
    assert!(
        told.contains("no rescue file could be written either") && told.contains("typed words"),
        "{told}"
    );
}
