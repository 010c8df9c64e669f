//! The notebook on disk: what is kept, by whom, and what is never touched.
#![allow(clippy::expect_used, clippy::panic, clippy::string_slice, reason = "a test that cannot go on says why")]

mod common;

use std::{
    fs,
    os::unix::fs::PermissionsExt,
    path::PathBuf,
    process::{Command, Stdio},
};

use common::open;
use tempfile::TempDir;
use tip_reader::{
    home::Home,
    notebook::{
        Change,
        annotation::Annotation,
        keeper::{Keeper, Reply},
        store::{Kept, Store, StoreError},
    },
};

fn note(text: &str) -> Annotation {
    let desk = open(80, 24).press("2 G } } a \"x\" C-s");
    let mut note = desk.store().load().annotations.remove(0);
    note.id = tip_reader::notebook::store::new_id();
    note.text = text.into();
    note
}

fn shelf() -> (TempDir, Store) {
    let folder = tempfile::tempdir().expect("a folder");
    let store = Store::new(Home::new(folder.path().join("home")));
    (folder, store)
}

fn keep(store: &Store, change: &Change) -> Kept {
    store.keep(change, None).expect("kept")
}

fn files(folder: PathBuf) -> Vec<String> {
    let mut names: Vec<String> =
        fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

#[test]
fn folders_and_files_are_for_their_owner_alone() {
    let (folder, store) = shelf();
    let a = note("a");
    keep(&store, &Change::Add(a.clone()));
    let mode = |path: PathBuf| fs::metadata(path).expect("there").permissions().mode() & 0o777;
    let home = folder.path().join("home");
    assert_eq!(mode(home.clone()), 0o700);
    assert_eq!(mode(home.join("notes")), 0o700);
    assert_eq!(mode(home.join(format!("notes/{}.ron", a.id))), 0o600);
}

#[test]
fn an_edit_keeps_the_old_version_and_a_deletion_the_last() {
    let (folder, store) = shelf();
    let old = note("old");
    keep(&store, &Change::Add(old.clone()));
    let new = Annotation { text: "new".into(), ..old.clone() };
    keep(&store, &Change::Edit { old: old.clone(), new: new.clone() });
    assert!(store.load().annotations.iter().eq([&new]));
    let home = folder.path().join("home");
    let (kept, _) =
        Annotation::read(&fs::read(home.join(format!("history/{}/1.ron", old.id))).expect("the old version")).expect("readable");
    assert_eq!(kept, old);
    keep(&store, &Change::Delete(new.clone()));
    assert!(store.load().annotations.is_empty());
    let (trashed, _) = Annotation::read(&fs::read(home.join(format!("trash/{}.ron", old.id))).expect("the deleted")).expect("readable");
    assert_eq!(trashed, new);
    keep(&store, &Change::Restore(new.clone()));
    assert!(store.load().annotations.iter().eq([&new]));
    keep(&store, &Change::Delete(new.clone()));
    keep(&store, &Change::Restore(new.clone()));
    assert!(store.load().annotations.iter().eq([&new]));
    assert_eq!(files(home.join("notes")).iter().filter(|name| name.ends_with(".tmp")).count(), 0);
}

#[test]
fn an_edit_of_what_another_has_edited_keeps_both() {
    let (_folder, store) = shelf();
    let old = note("old");
    keep(&store, &Change::Add(old.clone()));
    let theirs = Annotation { text: "theirs".into(), ..old.clone() };
    keep(&store, &Change::Edit { old: old.clone(), new: theirs.clone() });
    let ours = Annotation { text: "ours".into(), ..old.clone() };
    let Kept::Beside(beside) = keep(&store, &Change::Edit { old: old.clone(), new: ours }) else { panic!("theirs was replaced") };
    assert_eq!((beside.text.as_str(), beside.conflict_of.as_deref()), ("ours", Some(old.id.as_str())));
    let mut texts: Vec<String> = store.load().annotations.into_iter().map(|annotation| annotation.text).collect();
    texts.sort();
    assert_eq!(texts, ["ours", "theirs"]);
    assert!(matches!(store.keep(&Change::Delete(old), None), Err(StoreError::Changed)));
}

#[test]
fn an_edit_of_what_has_vanished_saves_the_text_anyway() {
    let (folder, store) = shelf();
    let old = note("old");
    keep(&store, &Change::Add(old.clone()));
    fs::remove_file(folder.path().join(format!("home/notes/{}.ron", old.id))).expect("removed by hand");
    let new = Annotation { text: "typed".into(), ..old.clone() };
    assert!(matches!(keep(&store, &Change::Edit { old, new }), Kept::Beside(_)));
    assert_eq!(store.load().annotations[0].text, "typed");
}

#[test]
fn a_file_that_cannot_be_read_is_never_replaced() {
    let (folder, store) = shelf();
    let old = note("old");
    keep(&store, &Change::Add(old.clone()));
    let file = folder.path().join(format!("home/notes/{}.ron", old.id));
    fs::write(&file, "broken [").expect("broken by hand");
    let new = Annotation { text: "typed".into(), ..old.clone() };
    assert!(matches!(keep(&store, &Change::Edit { old: old.clone(), new }), Kept::Beside(_)));
    assert!(matches!(store.keep(&Change::Delete(old.clone()), None), Err(StoreError::Unreadable { .. })));
    assert!(matches!(keep(&store, &Change::Add(old)), Kept::Beside(_)));
    assert_eq!(fs::read_to_string(&file).expect("there"), "broken [");
    assert!(store.load().problems[0].reason.starts_with("line 1, column"));
}

#[test]
fn a_hand_edit_is_honoured_and_kept_in_the_history() {
    let (folder, store) = shelf();
    let old = note("old words");
    keep(&store, &Change::Add(old.clone()));
    let file = folder.path().join(format!("home/notes/{}.ron", old.id));
    let by_hand = fs::read_to_string(&file).expect("text").replace("old words", "my own words") + "// a remark of mine\n";
    fs::write(&file, &by_hand).expect("edited by hand");
    let loaded = store.load();
    assert_eq!(loaded.annotations[0].text, "my own words");
    let old = loaded.annotations[0].clone();
    let new = Annotation { text: "newer".into(), ..old.clone() };
    keep(&store, &Change::Edit { old: old.clone(), new });
    assert_eq!(fs::read_to_string(folder.path().join(format!("home/history/{}/1.ron", old.id))).expect("kept"), by_hand);
}

#[test]
fn a_newer_version_s_note_is_shown_and_never_rewritten() {
    let (folder, store) = shelf();
    let old = note("from the future");
    keep(&store, &Change::Add(old.clone()));
    let file = folder.path().join(format!("home/notes/{}.ron", old.id));
    let newer = fs::read_to_string(&file).expect("text").replace("format: 1", "format: 2, mood: \"new\"");
    fs::write(&file, &newer).expect("written");
    let loaded = store.load().annotations.remove(0);
    assert_eq!(loaded.text, "from the future");
    let new = Annotation { text: "x".into(), ..loaded.clone() };
    assert!(matches!(store.keep(&Change::Edit { old: loaded.clone(), new }, None), Err(StoreError::Newer)));
    assert!(matches!(store.keep(&Change::Delete(loaded), None), Err(StoreError::Newer)));
    assert_eq!(fs::read_to_string(&file).expect("there"), newer);
}

#[test]
fn other_programs_files_do_no_harm() {
    let (folder, store) = shelf();
    let a = note("a");
    keep(&store, &Change::Add(a.clone()));
    let notes = folder.path().join("home/notes");
    for name in [".swp", "x~", "readme.txt", ".half.ron.1.0.tmp"] {
        fs::write(notes.join(name), "x").expect("a file");
    }
    fs::create_dir(notes.join("folder.ron")).expect("a folder");
    let made = Command::new("mkfifo").arg(notes.join("fifo.ron")).status().expect("mkfifo");
    assert!(made.success());
    fs::copy(notes.join(format!("{}.ron", a.id)), notes.join("a-copy.ron")).expect("an equal copy");
    let changed = fs::read_to_string(notes.join("a-copy.ron")).expect("text").replace("text: \"a\"", "text: \"b\"");
    fs::write(notes.join("a.sync-conflict-1.ron"), changed).expect("a conflict copy");
    let loaded = store.load();
    let mut texts: Vec<&str> = loaded.annotations.iter().map(|annotation| annotation.text.as_str()).collect();
    texts.sort_unstable();
    assert_eq!(texts, ["a", "b"]);
    let problems: Vec<String> =
        loaded.problems.iter().map(|problem| problem.file.file_name().unwrap_or_default().to_string_lossy().into_owned()).collect();
    assert_eq!(problems, ["fifo.ron", "folder.ron"]);
}

#[test]
fn eight_programs_at_once_lose_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut running = Vec::new();
    for program in 0..8 {
        let home = folder.path().to_owned();
        running.push(std::thread::spawn(move || {
            for number in 0..12 {
                let mut command = Command::new(env!("CARGO_BIN_EXE_tip-reader"));
                let text = format!("note {program}-{number}");
                let status =
                    command.args(["notes", "add", "2:5", &text]).env("TIP_READER_HOME", &home).stdout(Stdio::null()).status().expect("run");
                assert!(status.success());
            }
        }));
    }
    running.into_iter().for_each(|program| program.join().expect("no panic"));
    let loaded = Store::new(Home::new(folder.path().to_owned())).load();
    assert_eq!((loaded.annotations.len(), loaded.problems.len()), (96, 0));
}

#[test]
fn a_program_that_holds_the_lock_is_named_after_two_seconds() {
    let (folder, store) = shelf();
    let a = note("a");
    keep(&store, &Change::Add(a.clone()));
    keep(&store, &Change::Delete(a.clone()));
    keep(&store, &Change::Restore(a.clone()));
    let lock = fs::File::open(folder.path().join("home/notes/.lock")).expect("the lock");
    lock.lock().expect("locked");
    assert!(matches!(store.keep(&Change::Delete(a.clone()), None), Err(StoreError::Locked(_))));
    drop(lock);
    keep(&store, &Change::Delete(a));
}

#[test]
fn the_folder_is_synced_before_a_note_is_called_saved() {
    let trace = |arguments: &[&str]| {
        let home = tempfile::tempdir().expect("a folder");
        let log = home.path().join("trace");
        let mut command = Command::new("strace");
        command
            .args(["-f", "-y", "-e", "trace=fsync,fdatasync,link,linkat,rename,renameat,renameat2,unlink,unlinkat,write", "-o"])
            .arg(&log);
        let ran = command.arg(env!("CARGO_BIN_EXE_tip-reader")).args(arguments).env("TIP_READER_HOME", home.path().join("home")).output();
        match ran {
            Ok(output) if output.status.success() => Some(fs::read_to_string(log).expect("a trace")),
            _ if std::env::var_os("CI").is_some() => panic!("strace is needed here"),
            _ => None,
        }
    };
    let Some(trace) = trace(&["notes", "add", "2:5", "x"]) else { return };
    let after =
        |from: usize, what: &dyn Fn(&str) -> bool| trace.lines().enumerate().skip(from).find(|(_, line)| what(line)).map(|(at, _)| at + 1);
    let synced =
        after(0, &|line| line.contains("sync(") && line.contains("/notes/.") && line.contains(".tmp")).expect("the file is synced");
    let linked = after(synced, &|line| line.contains("link") && line.contains("/notes/") && line.contains(".ron")).expect("then linked");
    let folder = after(linked, &|line| line.contains("sync(") && line.contains("/notes>")).expect("then the folder is synced");
    after(folder, &|line| line.contains("write(1")).expect("only then it is said");
}

/// A keeper of a home in which no folder can be made, and what it says.
fn blocked_keeper(home: &std::path::Path) -> (Keeper, std::sync::mpsc::Receiver<Reply>) {
    fs::write(home.join("notes"), "a file where the folder should be").expect("a file");
    let (tell, said) = std::sync::mpsc::channel();
    let report = std::sync::Arc::new(tip_reader::report::snapshot::bundled());
    let keeper = Keeper::start(Store::new(Home::new(home.to_owned())), report, move |reply| drop(tell.send(reply))).expect("a thread");
    (keeper, said)
}

#[test]
fn a_failed_save_is_tried_again_until_it_is_kept() {
    let folder = tempfile::tempdir().expect("a folder");
    let (keeper, said) = blocked_keeper(folder.path());
    let a = note("typed");
    keeper.keep(Change::Add(a.clone()), true);
    let wait = std::time::Duration::from_secs(10);
    while !matches!(said.recv_timeout(wait).expect("a reply"), Reply::Failed { .. }) {}
    fs::remove_file(folder.path().join("notes")).expect("room again");
    while !matches!(said.recv_timeout(wait).expect("a reply"), Reply::Kept { .. }) {}
    assert_eq!(keeper.stop(), None);
    assert!(Store::new(Home::new(folder.path().to_owned())).load().annotations.iter().eq([&a]));
}

#[test]
fn what_cannot_be_saved_at_the_end_is_rescued_and_printed() {
    let folder = tempfile::tempdir().expect("a folder");
    let (keeper, _said) = blocked_keeper(folder.path());
    keeper.keep(Change::Add(note("typed \u{1b}[2J words")), true);
    let told = keeper.stop().expect("something to print");
    assert!(told.contains("1 change could not be saved") && told.contains("typed \u{241b}[2J words"), "{told}");
    let file = told.split('`').nth(1).expect("the rescue file's name");
    let rescued = fs::read_to_string(file).expect("the rescue file");
    fs::remove_file(file).expect("removed");
    assert!(rescued.contains("typed \u{1b}[2J words"), "{rescued}");
}
