//! The notebook on disk: what is saved, by whom, and what is never touched.

use std::{
    fs,
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    sync::mpsc::Receiver,
    time::{Duration, Instant, UNIX_EPOCH},
};

use crate::{common::open, shell};
use tempfile::TempDir;
use tip_reader::{
    disk::home::Home,
    notebook::{
        Change,
        annotation::Annotation,
        news::{Loaded, Reply, SavedAs},
        review::{Decision, Verdict},
    },
    store::{
        FileCache, Store, StoreError,
        saver::{Saver, Waits},
    },
};

pub fn note(text: &str) -> Annotation {
    let desk = open(80, 24).press("2 G } } a \"x\" C-s");
    let mut note = desk.store().load().annotations.remove(0);
    note.id = tip_reader::store::new_id();
    note.text = text.into();
    note
}

fn new_store() -> (TempDir, Store) {
    let folder = tempfile::tempdir().expect("a folder");
    let store = Store::new(Home::new(folder.path().join("home")));
    (folder, store)
}

fn save(store: &Store, change: &Change) -> SavedAs {
    store.save(change, None).expect("saved")
}

fn files(folder: PathBuf) -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(folder)
        .into_iter()
        .flatten()
        .flatten()
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    names
}

#[test]
fn folders_and_files_are_for_their_owner_alone() {
    let (folder, store) = new_store();
    let a = note("a");
    save(&store, &Change::Add(a.clone()));
    let mode = |path: PathBuf| fs::metadata(path).expect("there").permissions().mode() & 0o777;
    let home = folder.path().join("home");
    assert_eq!(mode(home.clone()), 0o700);
    assert_eq!(mode(home.join("notes")), 0o700);
    assert_eq!(mode(home.join(format!("notes/{}.ron", a.id))), 0o600);
}

#[test]
fn an_edit_saves_the_old_version_and_a_deletion_the_last() {
    let (folder, store) = new_store();
    let old = note("old");
    save(&store, &Change::Add(old.clone()));
    let new = Annotation {
        text: "new".into(),
        ..old.clone()
    };
    save(
        &store,
        &Change::Edit {
            old: old.clone(),
            new: new.clone(),
        },
    );
    assert!(store.load().annotations.iter().eq([&new]));
    let home = folder.path().join("home");
    let (kept, _) = Annotation::read(
        &fs::read(home.join(format!("history/{}/1.ron", old.id))).expect("the old version"),
    )
    .expect("readable");
    assert_eq!(kept, old);
    save(&store, &Change::Delete(new.clone()));
    assert!(store.load().annotations.is_empty());
    let (trashed, _) = Annotation::read(
        &fs::read(home.join(format!("trash/{}.ron", old.id))).expect("the deleted"),
    )
    .expect("readable");
    assert_eq!(trashed, new);
    save(&store, &Change::Restore(new.clone()));
    assert!(store.load().annotations.iter().eq([&new]));
    save(&store, &Change::Delete(new.clone()));
    save(&store, &Change::Restore(new.clone()));
    assert!(store.load().annotations.iter().eq([&new]));
    assert_eq!(
        files(home.join("notes"))
            .iter()
            .filter(|name| name.ends_with(".tmp"))
            .count(),
        0
    );
}

#[test]
fn an_edit_of_what_another_has_edited_saves_both() {
    let (_folder, store) = new_store();
    let old = note("old");
    save(&store, &Change::Add(old.clone()));
    let theirs = Annotation {
        text: "theirs".into(),
        ..old.clone()
    };
    save(
        &store,
        &Change::Edit {
            old: old.clone(),
            new: theirs.clone(),
        },
    );
    let ours = Annotation {
        text: "ours".into(),
        ..old.clone()
    };
    let SavedAs::Beside(beside) = save(
        &store,
        &Change::Edit {
            old: old.clone(),
            new: ours,
        },
    ) else {
        panic!("theirs was replaced")
    };
    assert_eq!(
        (beside.text.as_str(), beside.conflict_of.as_deref()),
        ("ours", Some(old.id.as_str()))
    );
    let mut texts: Vec<String> = store
        .load()
        .annotations
        .into_iter()
        .map(|annotation| annotation.text)
        .collect();
    texts.sort();
    assert_eq!(texts, ["ours", "theirs"]);
    assert!(matches!(
        store.save(&Change::Delete(old), None),
        Err(StoreError::Changed)
    ));
}

#[test]
fn an_edit_of_what_has_vanished_saves_the_text_anyway() {
    let (folder, store) = new_store();
    let old = note("old");
    save(&store, &Change::Add(old.clone()));
    fs::remove_file(folder.path().join(format!("home/notes/{}.ron", old.id)))
        .expect("removed by hand");
    let new = Annotation {
        text: "typed".into(),
        ..old.clone()
    };
    assert_eq!(
        save(
            &store,
            &Change::Edit {
                old: old.clone(),
                new: new.clone()
            }
        ),
        SavedAs::Asked
    );
    assert!(store.load().annotations.iter().eq([&new]));
    let before = fs::read(folder.path().join(format!("home/history/{}/1.ron", old.id)))
        .expect("the old version, as it was read last");
    assert_eq!(Annotation::read(&before).expect("readable").0, old);
}

#[test]
fn a_file_that_cannot_be_read_is_never_replaced() {
    let (folder, store) = new_store();
    let old = note("old");
    save(&store, &Change::Add(old.clone()));
    let file = folder.path().join(format!("home/notes/{}.ron", old.id));
    fs::write(&file, "broken [").expect("broken by hand");
    let new = Annotation {
        text: "typed".into(),
        ..old.clone()
    };
    assert!(matches!(
        save(
            &store,
            &Change::Edit {
                old: old.clone(),
                new
            }
        ),
        SavedAs::Beside(_)
    ));
    assert!(matches!(
        store.save(&Change::Delete(old.clone()), None),
        Err(StoreError::Unreadable { .. })
    ));
    assert!(matches!(
        save(&store, &Change::Add(old)),
        SavedAs::Beside(_)
    ));
    assert_eq!(fs::read_to_string(&file).expect("there"), "broken [");
    assert!(
        store.load().problems[0]
            .reason
            .starts_with("line 1, column")
    );
}

#[test]
fn a_hand_edit_is_honoured_and_saved_in_the_history() {
    let (folder, store) = new_store();
    let old = note("old words");
    save(&store, &Change::Add(old.clone()));
    let file = folder.path().join(format!("home/notes/{}.ron", old.id));
    let by_hand = fs::read_to_string(&file)
        .expect("text")
        .replace("old words", "my own words")
        + "// a remark of mine\n";
    fs::write(&file, &by_hand).expect("edited by hand");
    let loaded = store.load();
    assert_eq!(loaded.annotations[0].text, "my own words");
    let old = loaded.annotations[0].clone();
    let new = Annotation {
        text: "newer".into(),
        ..old.clone()
    };
    save(
        &store,
        &Change::Edit {
            old: old.clone(),
            new,
        },
    );
    assert_eq!(
        fs::read_to_string(folder.path().join(format!("home/history/{}/1.ron", old.id)))
            .expect("saved"),
        by_hand
    );
}

#[test]
fn a_newer_version_s_note_is_shown_and_never_rewritten() {
    let (folder, store) = new_store();
    let old = note("from the future");
    save(&store, &Change::Add(old.clone()));
    let file = folder.path().join(format!("home/notes/{}.ron", old.id));
    let newer = fs::read_to_string(&file)
        .expect("text")
        .replace("format: 1", "format: 2, mood: \"new\"");
    fs::write(&file, &newer).expect("written");
    let loaded = store.load().annotations.remove(0);
    assert_eq!(loaded.text, "from the future");
    let new = Annotation {
        text: "x".into(),
        ..loaded.clone()
    };
    assert!(matches!(
        store.save(
            &Change::Edit {
                old: loaded.clone(),
                new
            },
            None
        ),
        Err(StoreError::Newer)
    ));
    assert!(matches!(
        store.save(&Change::Delete(loaded), None),
        Err(StoreError::Newer)
    ));
    assert_eq!(fs::read_to_string(&file).expect("there"), newer);
}

#[test]
fn other_programs_files_do_no_harm() {
    let (folder, store) = new_store();
    let a = note("a");
    save(&store, &Change::Add(a.clone()));
    let notes = folder.path().join("home/notes");
    for name in [".swp", "x~", "readme.txt", ".half.ron.1.0.tmp"] {
        fs::write(notes.join(name), "x").expect("a file");
    }
    fs::create_dir(notes.join("folder.ron")).expect("a folder");
    let made = Command::new("mkfifo")
        .arg(notes.join("fifo.ron"))
        .status()
        .expect("mkfifo");
    assert!(made.success());
    fs::copy(
        notes.join(format!("{}.ron", a.id)),
        notes.join("a-copy.ron"),
    )
    .expect("an equal copy");
    let changed = fs::read_to_string(notes.join("a-copy.ron"))
        .expect("text")
        .replace("text: \"a\"", "text: \"b\"");
    fs::write(notes.join("a.sync-conflict-1.ron"), changed).expect("a conflict copy");
    let loaded = store.load();
    let mut texts: Vec<&str> = loaded
        .annotations
        .iter()
        .map(|annotation| annotation.text.as_str())
        .collect();
    texts.sort_unstable();
    assert_eq!(texts, ["a", "b"]);
    let problems: Vec<String> = loaded
        .problems
        .iter()
        .map(|problem| {
            problem
                .file
                .file_name()
                .unwrap_or_default()
                .to_string_lossy()
                .into_owned()
        })
        .collect();
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
                let status = command
                    .args(["notes", "add", "2:5", &text])
                    .env("TIP_READER_HOME", &home)
                    .stdout(Stdio::null())
                    .status()
                    .expect("run");
                assert!(status.success());
            }
        }));
    }
    running
        .into_iter()
        .for_each(|program| program.join().expect("no panic"));
    let loaded = Store::new(Home::new(folder.path().to_owned())).load();
    assert_eq!((loaded.annotations.len(), loaded.problems.len()), (96, 0));
}

#[test]
fn a_program_that_holds_the_lock_is_named_after_two_seconds() {
    let (folder, store) = new_store();
    let a = note("a");
    save(&store, &Change::Add(a.clone()));
    save(&store, &Change::Delete(a.clone()));
    save(&store, &Change::Restore(a.clone()));
    let lock = fs::File::open(folder.path().join("home/notes/.lock")).expect("the lock");
    lock.lock().expect("locked");
    assert!(matches!(
        store.save(&Change::Delete(a.clone()), None),
        Err(StoreError::Locked(_))
    ));
    drop(lock);
    save(&store, &Change::Delete(a));
}

#[test]
fn the_folder_is_synced_before_a_note_is_called_saved() {
    let trace = |arguments: &[&str]| {
        let home = tempfile::tempdir().expect("a folder");
        let log = home.path().join("trace");
        let mut command = Command::new("strace");
        command
            .args([
                "-f",
                "-y",
                "-e",
                "trace=fsync,fdatasync,link,linkat,rename,renameat,renameat2,unlink,unlinkat,write",
                "-o",
            ])
            .arg(&log);
        let ran = command
            .arg(env!("CARGO_BIN_EXE_tip-reader"))
            .args(arguments)
            .env("TIP_READER_HOME", home.path().join("home"))
            .output();
        match ran {
            Ok(output) if output.status.success() => {
                Some(fs::read_to_string(log).expect("a trace"))
            }
            _ if std::env::var_os("CI_STRICT").is_some() => panic!("strace is needed here"),
            _ => None,
        }
    };
    let Some(trace) = trace(&["notes", "add", "2:5", "x"]) else {
        return;
    };
    let after = |from: usize, what: &dyn Fn(&str) -> bool| {
        trace
            .lines()
            .enumerate()
            .skip(from)
            .find(|(_, line)| what(line))
            .map(|(at, _)| at + 1)
    };
    let synced = after(0, &|line| {
        line.contains("sync(") && line.contains("/notes/.") && line.contains(".tmp")
    })
    .expect("the file is synced");
    let linked = after(synced, &|line| {
        line.contains("link") && line.contains("/notes/") && line.contains(".ron")
    })
    .expect("then linked");
    let folder = after(linked, &|line| {
        line.contains("sync(") && line.contains("/notes>")
    })
    .expect("then the folder is synced");
    after(folder, &|line| line.contains("write(1")).expect("only then it is said");
}

/// Waits of a saver that looks at everything each time, and tries again at once.
const WAITS: Waits = Waits {
    retry: Duration::from_millis(20),
    recheck: Duration::ZERO,
    patience: Duration::from_secs(5),
};

/// A saver of a home, and what it says.
fn saver(home: &Path) -> (Saver, Receiver<Reply>) {
    saver_with(home, WAITS, |_| {})
}

fn saver_with(
    home: &Path,
    waits: Waits,
    then: impl Fn(&Reply) + Send + 'static,
) -> (Saver, Receiver<Reply>) {
    let (tell, said) = std::sync::mpsc::channel();
    let report = std::sync::Arc::new(tip_reader::report::snapshot::bundled());
    let store = Store::new(Home::new(home.to_owned()));
    let saver = Saver::with_waits(store, report, waits, move |reply| {
        let _ = tell.send(reply.clone());
        then(&reply);
    });
    (saver.expect("a thread"), said)
}

/// A saver of a home in which no folder can be made, and what it says.
fn blocked_saver(home: &Path) -> (Saver, Receiver<Reply>) {
    fs::write(home.join("notes"), "a file where the folder should be").expect("a file");
    saver(home)
}

/// What the saver says next that is asked for.
fn next<T>(said: &Receiver<Reply>, wanted: impl Fn(Reply) -> Option<T>) -> T {
    let wait = Duration::from_secs(10);
    loop {
        if let Some(found) = wanted(said.recv_timeout(wait).expect("a reply")) {
            return found;
        }
    }
}

fn loaded(reply: Reply) -> Option<(Loaded, Result<(), String>)> {
    match reply {
        Reply::Loaded {
            loaded, writable, ..
        } => Some((loaded, writable)),
        _ => None,
    }
}

fn kept(reply: Reply) -> Option<Change> {
    match reply {
        Reply::Saved { change, .. } => Some(change),
        _ => None,
    }
}

fn failed(reply: Reply) -> Option<String> {
    match reply {
        Reply::Failed { reason, .. } => Some(reason),
        _ => None,
    }
}

/// Exit status, and all that a command says.
fn run(home: &Path, arguments: &[&str]) -> (Option<i32>, String) {
    let output = shell::run(home, arguments);
    let said = shell::text(&output.stdout) + &shell::text(&output.stderr);
    (output.status.code(), said)
}

#[test]
fn a_failed_save_is_tried_again_until_it_succeeds() {
    let folder = tempfile::tempdir().expect("a folder");
    let (saver, said) = blocked_saver(folder.path());
    let a = note("typed");
    saver.save(Change::Add(a.clone()), true);
    next(&said, failed);
    fs::remove_file(folder.path().join("notes")).expect("room again");
    next(&said, kept);
    assert_eq!(saver.stop(), None);
    assert!(
        Store::new(Home::new(folder.path().to_owned()))
            .load()
            .annotations
            .iter()
            .eq([&a])
    );
}

#[test]
fn what_cannot_be_saved_at_the_end_is_rescued_and_printed() {
    let folder = tempfile::tempdir().expect("a folder");
    let (saver, _said) = blocked_saver(folder.path());
    saver.save(Change::Add(note("typed \u{1b}[2J words")), true);
    let told = saver.stop().expect("something to print");
    assert!(
        told.contains("1 change could not be saved") && told.contains("typed \u{241b}[2J words"),
        "{told}"
    );
    let file = told.split('`').nth(1).expect("the rescue file's name");
    let rescued = fs::read_to_string(file).expect("the rescue file");
    fs::remove_file(file).expect("removed");
    assert!(rescued.contains("typed \u{1b}[2J words"), "{rescued}");
}

/// A home with notes of these texts, in their order.
fn home_with(texts: &[&str]) -> (TempDir, Store, Vec<Annotation>) {
    let folder = tempfile::tempdir().expect("a folder");
    let store = Store::new(Home::new(folder.path().to_owned()));
    let notes: Vec<Annotation> = texts.iter().map(|text| note(text)).collect();
    notes
        .iter()
        .for_each(|note| drop(save(&store, &Change::Add(note.clone()))));
    (folder, store, notes)
}

fn texts(annotations: &[Annotation]) -> Vec<&str> {
    let mut texts: Vec<&str> = annotations
        .iter()
        .map(|annotation| annotation.text.as_str())
        .collect();
    texts.sort_unstable();
    texts
}

#[test]
fn notes_whose_files_vanish_are_reported_and_shown_and_can_be_saved_again() {
    let (home, store, notes) = home_with(&["a", "b", "c"]);
    let (saver, said) = saver(home.path());
    assert_eq!(next(&said, loaded).0.annotations.len(), 3);
    save(&store, &Change::Delete(notes[2].clone()));
    for gone in &notes[..2] {
        fs::remove_file(home.path().join(format!("notes/{}.ron", gone.id)))
            .expect("removed by hand");
    }
    saver.reload();
    let (found, _) = next(&said, loaded);
    assert_eq!(
        (texts(&found.annotations), found.vanished.len()),
        (vec!["a", "b"], 2),
        "deleted is not vanished"
    );
    let new = Annotation {
        text: "a, again".into(),
        ..notes[0].clone()
    };
    saver.save(
        Change::Edit {
            old: notes[0].clone(),
            new,
        },
        true,
    );
    saver.save(Change::Delete(notes[1].clone()), false);
    assert_eq!(saver.stop(), None);
    let found = store.load();
    assert_eq!(
        (texts(&found.annotations), found.vanished.len()),
        (vec!["a, again"], 0)
    );
    assert_eq!(texts(&store.deletions()), ["b", "c"]);
}

#[test]
fn a_note_whose_file_breaks_during_reading_is_shown_as_it_was() {
    let (home, _store, notes) = home_with(&["a", "b"]);
    let (saver, said) = saver(home.path());
    assert_eq!(next(&said, loaded).0.unreadable, Vec::<String>::new());
    let file = home.path().join(format!("notes/{}.ron", notes[0].id));
    let good = fs::read(&file).expect("readable");
    let put = |bytes: &[u8]| {
        let beside = home.path().join("notes/.beside");
        fs::write(&beside, bytes)
            .and_then(|()| fs::rename(&beside, &file))
            .expect("replaced, as editors and sync programs do");
    };
    for _ in 0..2 {
        put(b"(\n  half of");
        saver.reload();
        let (found, _) = next(&said, loaded);
        assert_eq!(
            (
                texts(&found.annotations),
                found.unreadable,
                found.problems.len()
            ),
            (vec!["a", "b"], vec![notes[0].id.clone()], 1)
        );
        put(b"still half");
        saver.reload();
        assert_eq!(
            texts(&next(&said, loaded).0.annotations),
            ["a", "b"],
            "what was read before is not forgotten"
        );
        put(&good);
        saver.reload();
        let (found, _) = next(&said, loaded);
        assert_eq!(
            (
                texts(&found.annotations),
                found.unreadable,
                found.problems.len()
            ),
            (vec!["a", "b"], vec![], 0)
        );
    }
    let new = Annotation {
        text: "typed".into(),
        ..notes[0].clone()
    };
    put(b"(");
    saver.save(
        Change::Edit {
            old: notes[0].clone(),
            new,
        },
        true,
    );
    drop(saver.stop());
    assert_eq!(
        fs::read(&file).expect("there"),
        b"(",
        "an edit replaces no file that cannot be read"
    );
}

#[test]
fn a_folder_that_vanishes_is_never_made_anew_and_its_notes_stay_shown() {
    let (home, store, _notes) = home_with(&["a", "b"]);
    let (saver, said) = saver(home.path());
    drop(next(&said, loaded));
    fs::rename(home.path().join("notes"), home.path().join("elsewhere")).expect("the drive goes");
    saver.reload();
    let (found, writable) = next(&said, loaded);
    assert_eq!(
        (texts(&found.annotations), found.vanished.len()),
        (vec!["a", "b"], 2)
    );
    assert!(
        writable
            .expect_err("nowhere to write")
            .contains("has vanished")
    );
    saver.save(Change::Add(note("typed meanwhile")), true);
    assert!(next(&said, failed).contains("has vanished"));
    assert!(
        !home.path().join("notes").exists(),
        "a new folder hides the drive"
    );
    fs::rename(home.path().join("elsewhere"), home.path().join("notes"))
        .expect("the drive comes back");
    next(&said, kept);
    assert_eq!(saver.stop(), None);
    assert_eq!(
        (
            texts(&store.load().annotations),
            store.load().vanished.len()
        ),
        (vec!["a", "b", "typed meanwhile"], 0)
    );
}

#[test]
fn what_vanished_between_two_starts_is_named_until_it_is_forgotten() {
    let (home, store, notes) = home_with(&["a", "b"]);
    fs::remove_file(home.path().join(format!("notes/{}.ron", notes[0].id)))
        .expect("removed by hand");
    assert_eq!(store.load().vanished, [notes[0].id.clone()]);
    let (code, said) = run(home.path(), &["notes", "check"]);
    assert!(
        code == Some(1) && said.contains(&notes[0].id) && said.contains("has vanished"),
        "{said}"
    );
    let (code, said) = run(home.path(), &["notes", "rm", &notes[0].id]);
    assert!(
        code == Some(0) && said.contains("no longer reported"),
        "{said}"
    );
    assert_eq!(
        run(home.path(), &["notes", "check"]),
        (Some(0), String::new())
    );
    fs::remove_dir_all(home.path().join("notes")).expect("all gone");
    let found = store.load();
    assert!(
        found.vanished == [notes[1].id.clone()]
            && found.problems[0].reason.contains("the folder has vanished"),
        "{found:?}"
    );
    fs::remove_dir_all(home.path().join("state")).expect("the journal gone too");
    fs::create_dir(home.path().join("editions")).expect("a folder");
    fs::write(home.path().join("editions/tip-2021-x.ron"), "[]").expect("an edition");
    assert!(
        store.load().problems.is_empty(),
        "an edition proves no note: all may have been removed by command"
    );
}

#[test]
fn a_start_makes_no_folder() {
    let home = tempfile::tempdir().expect("a folder");
    let (saver, said) = saver(home.path());
    assert_eq!(next(&said, loaded).1, Ok(()));
    saver.reload();
    assert_eq!(saver.stop(), None);
    assert_eq!(files(home.path().to_owned()), Vec::<String>::new());
}

#[test]
fn a_disk_that_does_not_answer_holds_up_the_end_for_as_long_as_its_patience() {
    let (home, _store, notes) = home_with(&["old"]);
    // A lock that is held is waited for, as a network drive is.
    let lock = fs::File::create(home.path().join("notes/.lock")).expect("a lock");
    lock.lock().expect("held");
    let waits = Waits {
        patience: Duration::from_millis(200),
        ..WAITS
    };
    let (saver, _said) = saver_with(home.path(), waits, |_| {});
    let new = Annotation {
        text: "typed words".into(),
        ..notes[0].clone()
    };
    saver.save(
        Change::Edit {
            old: notes[0].clone(),
            new,
        },
        true,
    );
    saver.save_draft(note("half a thought"));
    let began = Instant::now();
    let told = saver.stop().expect("something to print");
    assert!(
        began.elapsed() < Duration::from_secs(5),
        "{:?}",
        began.elapsed()
    );
    assert!(
        told.contains("typed words")
            && told.contains("half a thought")
            && told.contains("does not respond"),
        "{told}"
    );
    fs::remove_file(told.split('`').nth(1).expect("the rescue file's name")).expect("removed");
}

#[test]
fn a_saver_that_panics_loses_no_text() {
    let home = tempfile::tempdir().expect("a folder");
    let (saver, said) = saver_with(home.path(), WAITS, |reply| {
        assert!(!matches!(reply, Reply::Saved { .. }), "asked for by a test");
    });
    saver.save(Change::Add(note("kept before it")), true);
    next(&said, kept);
    saver.save(Change::Add(note("typed after it")), true);
    assert!(next(&said, failed).contains("internal error"));
    let told = saver.stop().expect("something to print");
    assert!(
        told.contains("typed after it") && !told.contains("kept before it"),
        "{told}"
    );
    fs::remove_file(told.split('`').nth(1).expect("the rescue file's name")).expect("removed");
}

#[test]
fn a_copy_that_a_sync_program_made_can_be_edited_deleted_and_brought_back() {
    let (home, store, notes) = home_with(&["mine"]);
    let copy = home
        .path()
        .join(format!("notes/{}.sync-conflict-1.ron", notes[0].id));
    let original = home.path().join(format!("notes/{}.ron", notes[0].id));
    fs::write(
        &copy,
        fs::read_to_string(&original)
            .expect("text")
            .replace("text: \"mine\"", "text: \"theirs\""),
    )
    .expect("a copy");
    let before = fs::read(&original).expect("bytes");
    let theirs = || {
        store
            .load()
            .annotations
            .into_iter()
            .find(|annotation| annotation.id != notes[0].id)
    };
    let old = theirs().expect("the copy");
    assert_eq!(
        (old.text.as_str(), old.conflict_of.as_deref()),
        ("theirs", Some(notes[0].id.as_str()))
    );
    let new = Annotation {
        text: "theirs, edited".into(),
        ..old.clone()
    };
    assert_eq!(
        save(
            &store,
            &Change::Edit {
                old,
                new: new.clone()
            }
        ),
        SavedAs::Asked
    );
    assert_eq!(theirs(), Some(new.clone()));
    assert!(
        fs::read_to_string(&copy)
            .expect("the same file")
            .contains("theirs, edited")
    );
    save(&store, &Change::Delete(new.clone()));
    assert!(theirs().is_none() && !copy.exists());
    save(&store, &Change::Restore(new.clone()));
    assert_eq!(theirs(), Some(new));
    assert_eq!(fs::read(&original).expect("bytes"), before);
}

#[test]
fn an_id_in_a_file_leads_nowhere_else() {
    let (home, store, notes) = home_with(&["a"]);
    let file = home.path().join("notes/odd.ron");
    let text =
        fs::read_to_string(home.path().join(format!("notes/{}.ron", notes[0].id))).expect("text");
    fs::write(
        &file,
        text.replace(&notes[0].id, "../../evil")
            .replace("\"a\"", "\"odd\""),
    )
    .expect("a file");
    let odd = store
        .load()
        .annotations
        .into_iter()
        .find(|annotation| annotation.text == "odd")
        .expect("it is shown");
    assert_eq!(odd.id, "odd");
    for id in ["../../evil", "", ".hidden", "a/b", "line\nfeed"] {
        let evil = Annotation {
            id: id.into(),
            ..notes[0].clone()
        };
        assert!(
            matches!(
                store.save(&Change::Add(evil), None),
                Err(StoreError::Name(_))
            ),
            "{id:?}"
        );
    }
}

#[test]
fn a_broken_draft_is_named_and_never_replaced() {
    let (home, store, _notes) = home_with(&["a"]);
    let mut store = store;
    let draft = note("typed");
    fs::create_dir(home.path().join("drafts")).expect("a folder");
    let broken = home.path().join(format!("drafts/{}.ron", draft.id));
    fs::write(&broken, "broken [").expect("a broken draft");
    assert!(store.drafts().is_empty());
    store.save_draft(&draft).expect("saved beside it");
    assert_eq!(fs::read_to_string(&broken).expect("there"), "broken [");
    let (code, said) = run(home.path(), &["notes", "check"]);
    assert!(
        code == Some(1)
            && said.contains(&format!("drafts/{}.ron", draft.id))
            && said.contains("line 1"),
        "{said}"
    );
    drop(store);
    let mut store = Store::new(Home::new(home.path().to_owned()));
    assert!(store.drafts().iter().eq([&draft]));
    store.drop_draft(&draft.id).expect("dropped");
    assert_eq!(
        files(home.path().join("drafts")),
        [format!("{}.ron", draft.id)]
    );
    let (saver, said) = saver(home.path());
    assert!(
        next(&said, loaded)
            .0
            .problems
            .iter()
            .any(|problem| problem.file == broken)
    );
    assert_eq!(saver.stop(), None);
}

#[test]
fn what_an_editor_had_not_saved_is_named_and_its_passage_stays_until_it_is() {
    let (home, store, _notes) = home_with(&["a"]);
    let mut store = store;
    let draft = note("");
    store
        .save_draft(&draft)
        .expect("saved before the editor is opened");
    drop(store);
    let drafts = home.path().join("drafts");
    let swap = drafts.join(format!(".note-{}.md.swp", draft.id));
    fs::write(drafts.join(format!("note-{}.md", draft.id)), "").expect("the editor's file");
    fs::write(&swap, "b0VIM 9.1 only here").expect("the editor's own copy");
    for _ in 0..2 {
        let (saver, said) = saver(home.path());
        let (found, _) = next(&said, loaded);
        let named: Vec<_> = found
            .problems
            .iter()
            .filter(|problem| problem.file == swap)
            .collect();
        assert!(
            named.len() == 1
                && named[0].reason.contains(&format!(
                    "vim -r '{}'",
                    drafts.join(format!("note-{}.md", draft.id)).display()
                )),
            "{found:?}"
        );
        assert_eq!(saver.stop(), None);
        let (code, said) = run(home.path(), &["notes", "check"]);
        assert!(code == Some(1) && said.contains("vim -r"), "{said}");
    }
    fs::remove_file(&swap).expect("the editor ends");
    fs::write(
        drafts.join(format!("note-{}.md", draft.id)),
        "brought back\n",
    )
    .expect("saved from the copy");
    let mut store = Store::new(Home::new(home.path().to_owned()));
    let offered = store.drafts();
    assert_eq!(
        (texts(&offered), &offered[0].anchor),
        (vec!["brought back"], &draft.anchor)
    );
}

#[test]
fn what_emacs_and_nano_had_not_saved_is_named_and_offered_once_it_is_moved() {
    for name in ["#note-ID.md#", "note-ID.md.save"] {
        let (home, mut store, _notes) = home_with(&["a"]);
        let draft = note("");
        store
            .save_draft(&draft)
            .expect("saved before the editor is opened");
        drop(store);
        let drafts = home.path().join("drafts");
        let (copy, text) = (
            drafts.join(name.replace("ID", &draft.id)),
            drafts.join(format!("note-{}.md", draft.id)),
        );
        fs::write(&text, "").expect("the editor's file");
        fs::write(&copy, "only here\n").expect("the editor's own copy");
        let (code, said) = run(home.path(), &["notes", "check"]);
        assert!(
            code == Some(1)
                && said.contains(&format!(
                    "`mv '{}' '{}'` restores",
                    copy.display(),
                    text.display()
                )),
            "{said}"
        );
        fs::rename(&copy, &text).expect("as it says");
        let offered = Store::new(Home::new(home.path().to_owned())).drafts();
        assert_eq!(
            (texts(&offered), &offered[0].anchor),
            (vec!["only here"], &draft.anchor),
            "{name}"
        );
    }
}

#[test]
fn a_draft_is_offered_to_one_reader_at_a_time() {
    let home = tempfile::tempdir().expect("a folder");
    let reader = || Store::new(Home::new(home.path().to_owned()));
    let (mut first, mut second) = (reader(), reader());
    let draft = note("typed in the first");
    first.save_draft(&draft).expect("a draft");
    assert_eq!(second.drafts(), []);
    let same_note = Annotation {
        text: "typed in the second".into(),
        ..draft.clone()
    };
    second.save_draft(&same_note).expect("a draft of its own");
    second.drop_draft(&draft.id).expect("dropped");
    second.save_draft(&same_note).expect("a draft of its own");
    drop((first, second));
    let mut third = reader();
    let offered = third.drafts();
    assert_eq!(
        texts(&offered),
        ["typed in the first", "typed in the second"]
    );
    assert_ne!(offered[0].id, offered[1].id);
    assert_eq!(reader().drafts(), []);
    offered
        .iter()
        .for_each(|draft| third.drop_draft(&draft.id).expect("dropped"));
    assert_eq!(files(home.path().join("drafts")), Vec::<String>::new());
}

#[test]
fn two_changes_within_one_tick_of_the_clock_are_both_seen() {
    let (home, store, notes) = home_with(&["a"]);
    let (saver, said) = saver(home.path());
    drop(next(&said, loaded));
    let folder = fs::File::open(home.path().join("notes")).expect("the folder");
    let time = folder
        .metadata()
        .expect("its times")
        .modified()
        .expect("a time");
    save(&store, &Change::Add(note("b")));
    folder
        .set_times(fs::FileTimes::new().set_modified(time))
        .expect("the same time");
    saver.reload();
    assert_eq!(texts(&next(&said, loaded).0.annotations), ["a", "b"]);
    // A file written in place leaves the folder's time as it is.
    let file = home.path().join(format!("notes/{}.ron", notes[0].id));
    fs::write(
        &file,
        fs::read_to_string(&file)
            .expect("text")
            .replace("\"a\"", "\"by hand\""),
    )
    .expect("a hand edit");
    saver.reload();
    assert_eq!(texts(&next(&said, loaded).0.annotations), ["b", "by hand"]);
    assert_eq!(saver.stop(), None);
}

#[test]
fn our_own_changes_are_no_news() {
    let (home, _store, notes) = home_with(&["a"]);
    let (saver, said) = saver(home.path());
    drop(next(&said, loaded));
    let new = Annotation {
        text: "edited".into(),
        ..notes[0].clone()
    };
    for change in [
        Change::Edit {
            old: notes[0].clone(),
            new: new.clone(),
        },
        Change::Add(note("b")),
        Change::Delete(new),
    ] {
        saver.save(change, false);
    }
    saver.reload();
    assert_eq!(saver.stop(), None);
    let more = said
        .try_iter()
        .filter(|reply| matches!(reply, Reply::Loaded { .. }))
        .count();
    assert_eq!(more, 0);
}

#[test]
fn undo_goes_by_the_order_of_what_was_done_and_by_no_clock() {
    let (home, store, notes) = home_with(&["a", "b", "c"]);
    let edited = Annotation {
        text: "c, edited".into(),
        ..notes[2].clone()
    };
    save(&store, &Change::Delete(notes[0].clone()));
    save(
        &store,
        &Change::Edit {
            old: notes[2].clone(),
            new: edited.clone(),
        },
    );
    save(&store, &Change::Delete(notes[1].clone()));
    assert!(store.deletions().iter().eq([&notes[1], &notes[0]]));
    // The times now say that `a` was deleted last, or in 2106.
    let trashed = fs::File::options()
        .write(true)
        .open(home.path().join(format!("trash/{}.ron", notes[0].id)))
        .expect("in the trash");
    trashed
        .set_times(
            fs::FileTimes::new().set_modified(UNIX_EPOCH + Duration::from_secs(4_291_747_200)),
        )
        .expect("a time");
    trashed
        .set_permissions(fs::Permissions::from_mode(0o600))
        .expect("a time of change");
    let undo = || run(home.path(), &["notes", "undo"]);
    let now = || texts(&store.load().annotations).join(" | ");
    let said = undo().1;
    assert!(
        said.starts_with("note ")
            && said.contains("“")
            && said.contains(&notes[1].id[..8])
            && said.contains("restored"),
        "{said}"
    );
    assert_eq!(now(), "b | c, edited");
    assert!(undo().1.contains("edit undone"));
    assert_eq!(now(), "b | c");
    assert!(undo().1.contains("restored"));
    assert_eq!(now(), "a | b | c");
}

#[test]
fn undo_takes_back_additions_and_at_last_deletions_that_the_journal_does_not_know() {
    let (home, store, notes) = home_with(&["a", "b", "c"]);
    let undo = || run(home.path(), &["notes", "undo"]);
    let now = || texts(&store.load().annotations).join(" | ");
    save(&store, &Change::Delete(notes[1].clone()));
    save(&store, &Change::Delete(notes[0].clone()));
    let journal = fs::read_to_string(home.path().join("state/journal")).expect("the journal");
    let without = journal
        .lines()
        .filter(|line| !line.contains(&notes[0].id))
        .map(|line| format!("{line}\n"));
    fs::write(
        home.path().join("state/journal"),
        without.collect::<String>(),
    )
    .expect("written");
    assert!(store.deletions().iter().eq([&notes[1], &notes[0]]));
    undo();
    assert_eq!(now(), "b | c");
    assert!(undo().1.contains("addition undone"));
    undo();
    assert_eq!(now(), "");
    undo();
    assert_eq!(now(), "a", "and what was taken back does not come again");
    undo();
    let (code, said) = undo();
    assert!(
        code == Some(2) && said.contains("nothing to undo"),
        "{said}"
    );
}

#[test]
fn a_deletion_that_the_journal_missed_is_taken_back_before_anything_else() {
    let (home, store, notes) = home_with(&["a", "b"]);
    let journal = home.path().join("state/journal");
    let before = fs::read_to_string(&journal).expect("the journal");
    save(&store, &Change::Delete(notes[0].clone()));
    fs::write(&journal, before).expect("as on a full disk");
    let (_, said) = run(home.path(), &["notes", "undo"]);
    assert!(said.contains("restored"), "{said}");
    assert_eq!(texts(&store.load().annotations), ["a", "b"]);
}

#[test]
fn text_of_an_editor_outside_is_offered_after_a_hang_up() {
    let home = tempfile::tempdir().expect("a folder");
    let reader = || Store::new(Home::new(home.path().to_owned()));
    let draft = note("");
    reader().save_draft(&draft).expect("a draft");
    let outside = home.path().join(format!("drafts/note-{}.md", draft.id));
    fs::write(&outside, "from outside\n").expect("what the editor wrote");
    assert_eq!(texts(&reader().drafts()), ["from outside"]);
    assert!(!outside.exists());
    assert_eq!(
        texts(&reader().drafts()),
        ["from outside"],
        "it is in the draft now"
    );
    fs::write(&outside, "older").expect("an older text");
    let file = fs::File::options()
        .write(true)
        .open(&outside)
        .expect("the file");
    file.set_times(fs::FileTimes::new().set_modified(UNIX_EPOCH))
        .expect("an old time");
    assert_eq!(texts(&reader().drafts()), ["from outside"]);
    assert!(outside.exists(), "what was never taken stays");
    fs::remove_file(home.path().join(format!("drafts/{}.ron", draft.id))).expect("no draft for it");
    let (code, said) = run(home.path(), &["notes", "check"]);
    assert!(
        code == Some(1) && said.contains(&format!("note-{}.md", draft.id)),
        "{said}"
    );
}

#[test]
fn a_draft_that_could_not_be_written_is_tried_again_by_itself() {
    let (home, _store, _notes) = home_with(&["a"]);
    let folder = home.path().join("drafts");
    fs::write(&folder, "in the way").expect("a file in its place");
    let (saver, said) = saver(home.path());
    let draft = note("typed");
    saver.save_draft(draft.clone());
    next(&said, |reply| {
        matches!(reply, Reply::DraftFailed { .. }).then_some(())
    });
    fs::remove_file(&folder).expect("out of the way");
    let file = folder.join(format!("{}.ron", draft.id));
    let until = Instant::now() + Duration::from_secs(10);
    while !file.exists() && Instant::now() < until {
        std::thread::sleep(Duration::from_millis(20));
    }
    assert!(file.exists(), "nobody typed on, and it is not on disk");
    assert!(saver.stop().is_none());
}

#[test]
fn a_note_that_could_not_be_read_again_is_refused_and_its_text_stays_a_draft() {
    let (home, store, _notes) = home_with(&["a"]);
    let mut large = note("typed");
    large.anchor.quote = "x".repeat(5 * 1024 * 1024);
    assert!(matches!(
        store.save(&Change::Add(large.clone()), None),
        Err(StoreError::TooLarge)
    ));
    let (saver, said) = saver(home.path());
    saver.save(Change::Add(large.clone()), true);
    let is_draft = next(&said, |reply| match reply {
        Reply::Refused { is_draft, .. } => Some(is_draft),
        _ => None,
    });
    assert!(is_draft && saver.stop().is_none());
    assert_eq!(texts(&store.load().annotations), ["a"]);
    assert_eq!(
        Store::new(Home::new(home.path().to_owned())).drafts(),
        [large]
    );
}

#[test]
fn an_edit_of_a_note_in_a_file_of_an_odd_name_is_saved_beside_it() {
    let (home, store, notes) = home_with(&["old"]);
    for (number, name) in ["odd\u{1}name".to_owned(), "long".repeat(60)]
        .iter()
        .enumerate()
    {
        let file = home.path().join(format!("notes/{name}.ron"));
        fs::copy(
            home.path().join(format!("notes/{}.ron", notes[0].id)),
            &file,
        )
        .expect("a copy");
        let text = fs::read_to_string(&file)
            .expect("text")
            .replace("\"old\"", &format!("\"odd {number}\""));
        fs::write(&file, text).expect("another text");
        let old = store
            .load()
            .annotations
            .into_iter()
            .find(|found| found.id == *name)
            .expect("it is shown");
        let new = Annotation {
            text: format!("typed {number}"),
            ..old.clone()
        };
        let mut drafts = Store::new(Home::new(home.path().to_owned()));
        drafts.save_draft(&new).expect("a draft of it");
        drop(drafts);
        let mut drafts = Store::new(Home::new(home.path().to_owned()));
        let offered = drafts.drafts().remove(0);
        assert_eq!(
            (offered.text.as_str(), offered.conflict_of.as_deref()),
            (new.text.as_str(), Some(name.as_str()))
        );
        drafts.drop_draft(&offered.id).expect("dropped");
        assert!(matches!(
            save(&store, &Change::Edit { old, new }),
            SavedAs::Beside(_)
        ));
    }
    assert_eq!(
        texts(&store.load().annotations),
        ["odd 0", "odd 1", "old", "typed 0", "typed 1"]
    );
}

#[test]
fn what_vanished_is_missed_though_an_old_copy_is_in_the_trash() {
    let (home, store, notes) = home_with(&["old"]);
    let file = home.path().join(format!("notes/{}.ron", notes[0].id));
    let trashed = home.path().join(format!("trash/{}.ron", notes[0].id));
    fs::create_dir(home.path().join("trash")).expect("a folder");
    fs::copy(&file, &trashed).expect("a copy left by an undoing that was cut short");
    let new = Annotation {
        text: "new".into(),
        ..notes[0].clone()
    };
    save(
        &store,
        &Change::Edit {
            old: notes[0].clone(),
            new: new.clone(),
        },
    );
    let (saver, said) = saver(home.path());
    drop(next(&said, loaded));
    fs::remove_file(&file).expect("removed by hand");
    saver.reload();
    assert_eq!(next(&said, loaded).0.vanished, [notes[0].id.clone()]);
    saver.save(Change::Delete(new), false);
    assert_eq!(saver.stop(), None);
    assert_eq!(store.load().vanished, Vec::<String>::new());
    assert_eq!(
        texts(&store.deletions()),
        ["new"],
        "what was read last is in the trash"
    );
}

#[test]
fn the_shell_makes_no_folder_where_notes_were() {
    let (home, _store, _notes) = home_with(&["a"]);
    fs::rename(home.path().join("notes"), home.path().join("elsewhere")).expect("the drive goes");
    let (code, said) = run(home.path(), &["notes", "add", "2:5", "typed"]);
    assert!(code == Some(2) && said.contains("has vanished"), "{said}");
    assert!(!home.path().join("notes").exists());
    fs::create_dir(home.path().join("notes")).expect("made anew by hand");
    assert_eq!(
        run(home.path(), &["notes", "add", "2:5", "typed"]).0,
        Some(0)
    );
}

/// Runs the program where no file can grow, as on a full disk.
fn run_without_room(home: &Path, arguments: &[&str]) -> (Option<i32>, String) {
    let script = "trap '' XFSZ; ulimit -f 0; exec \"$0\" \"$@\"";
    let mut command = Command::new("sh");
    command
        .args(["-c", script, env!("CARGO_BIN_EXE_tip-reader")])
        .args(arguments)
        .env("TIP_READER_HOME", home);
    let output = command.output().expect("run");
    (
        output.status.code(),
        String::from_utf8_lossy(&output.stderr).into_owned(),
    )
}

#[test]
fn edits_that_fail_leave_no_versions_behind() {
    let (home, store, notes) = home_with(&["old"]);
    let history = home.path().join(format!("history/{}", notes[0].id));
    for _ in 0..3 {
        let (code, said) = run_without_room(home.path(), &["notes", "edit", &notes[0].id, "new"]);
        assert!(code == Some(2) && said.contains("cannot save"), "{said}");
    }
    assert_eq!(files(history.clone()), Vec::<String>::new());
    fs::create_dir_all(&history).expect("a folder");
    fs::hard_link(
        home.path().join(format!("notes/{}.ron", notes[0].id)),
        history.join("7.ron"),
    )
    .expect("a try that was cut short");
    let new = Annotation {
        text: "new".into(),
        ..notes[0].clone()
    };
    save(
        &store,
        &Change::Edit {
            old: notes[0].clone(),
            new: new.clone(),
        },
    );
    assert_eq!(files(history.clone()), ["7.ron"]);
    let newer = Annotation {
        text: "newer".into(),
        ..new.clone()
    };
    save(
        &store,
        &Change::Edit {
            old: new,
            new: newer,
        },
    );
    assert_eq!(files(history), ["7.ron", "8.ron"]);
}

#[test]
fn what_has_vanished_is_not_called_forgotten_where_that_cannot_be_saved() {
    let (home, _store, notes) = home_with(&["a"]);
    fs::remove_file(home.path().join(format!("notes/{}.ron", notes[0].id)))
        .expect("removed by hand");
    let (code, said) = run_without_room(home.path(), &["notes", "rm", &notes[0].id]);
    assert!(
        code == Some(2) && said.contains("cannot write") && said.contains("journal"),
        "{said}"
    );
}

#[test]
fn after_a_refusal_the_reader_shows_what_is_on_disk() {
    let (home, store, notes) = home_with(&["old"]);
    let (saver, said) = saver(home.path());
    drop(next(&said, loaded));
    let theirs = Annotation {
        text: "theirs".into(),
        ..notes[0].clone()
    };
    save(
        &store,
        &Change::Edit {
            old: notes[0].clone(),
            new: theirs,
        },
    );
    saver.reload();
    assert_eq!(texts(&next(&said, loaded).0.annotations), ["theirs"]);
    saver.save(Change::Delete(notes[0].clone()), false);
    next(&said, |reply| {
        matches!(reply, Reply::Refused { .. }).then_some(())
    });
    assert_eq!(texts(&next(&said, loaded).0.annotations), ["theirs"]);
    assert_eq!(saver.stop(), None);
}

#[test]
fn a_reader_claims_the_drafts_of_its_report_alone_and_at_its_start() {
    let home = tempfile::tempdir().expect("a folder");
    let reader = || Store::new(Home::new(home.path().to_owned()));
    let (mine, other) = (
        note("mine"),
        Annotation {
            report: "other".into(),
            ..note("of another report")
        },
    );
    reader().save_draft(&mine).expect("a draft");
    reader().save_draft(&other).expect("a draft");
    let (saver, said) = saver(home.path());
    let offered = next(&said, |reply| {
        if let Reply::Loaded { drafts, .. } = reply {
            Some(drafts)
        } else {
            None
        }
    });
    assert_eq!(texts(&offered), ["mine"]);
    let later = note("left by a reader that crashed");
    reader().save_draft(&later).expect("a draft");
    save(&reader(), &Change::Add(note("news")));
    saver.reload();
    drop(next(&said, loaded));
    let mut left: Vec<String> = reader()
        .drafts()
        .into_iter()
        .map(|draft| draft.text)
        .collect();
    left.sort();
    assert_eq!(left, ["left by a reader that crashed", "of another report"]);
    assert_eq!(saver.stop(), None);
}

#[test]
fn a_whole_id_means_that_annotation_and_not_a_copy_whose_name_begins_so() {
    let (home, store, notes) = home_with(&["mine"]);
    let original = home.path().join(format!("notes/{}.ron", notes[0].id));
    let copy = home
        .path()
        .join(format!("notes/{}.sync-conflict.ron", notes[0].id));
    fs::write(
        &copy,
        fs::read_to_string(&original)
            .expect("text")
            .replace("text: \"mine\"", "text: \"theirs\""),
    )
    .expect("a copy");
    assert_eq!(
        run(home.path(), &["notes", "rm", &notes[0].id[..8]]).0,
        Some(2)
    );
    let file = format!("{}.ron", notes[0].id);
    let (code, said) = run(home.path(), &["notes", "rm", &notes[0].id]);
    assert!(code == Some(2) && said.contains(&file) && said.contains("sync-conflict.ron"));
    assert_eq!(run(home.path(), &["notes", "rm", &file]).0, Some(0));
    assert_eq!(texts(&store.load().annotations), ["theirs"]);
    run(home.path(), &["notes", "undo"]);
    run(home.path(), &["notes", "check"]);
    drop(saver(home.path()).0.stop());
    fs::remove_file(original).expect("removed by hand");
    fs::remove_file(copy).expect("removed by hand");
    assert_eq!(store.load().vanished.len(), 2);
    assert!(
        run(home.path(), &["notes", "rm", &notes[0].id])
            .1
            .contains("no longer reported")
    );
    assert_eq!(store.load().vanished.len(), 1);
}

#[test]
fn a_file_that_the_disk_does_not_give_is_read_again_and_is_no_news_each_time() {
    let (home, store, _notes) = home_with(&["a"]);
    std::os::unix::fs::symlink("/nowhere", home.path().join("notes/x.ron")).expect("a link");
    let mut cache = FileCache::default();
    assert_eq!(store.refresh(&mut cache).len(), 2);
    assert_eq!(store.refresh(&mut cache), Vec::<String>::new());
}

#[test]
fn another_try_saves_a_second_note_only_once() {
    let (_home, store, notes) = home_with(&["old"]);
    let with = |text: &str| Annotation {
        text: text.into(),
        ..notes[0].clone()
    };
    save(
        &store,
        &Change::Edit {
            old: notes[0].clone(),
            new: with("theirs"),
        },
    );
    let ours = Change::Edit {
        old: notes[0].clone(),
        new: with("ours"),
    };
    let first = save(&store, &ours);
    assert_eq!(save(&store, &ours), first);
    assert_eq!(texts(&store.load().annotations), ["ours", "theirs"]);
}

#[test]
fn a_deletion_and_its_undo_are_tried_again_until_they_succeed() {
    let (home, store, notes) = home_with(&["a", "b"]);
    let (saver, said) = saver(home.path());
    let trash = home.path().join("trash");
    fs::write(&trash, "a file where the folder should be").expect("a file");
    saver.save(Change::Delete(notes[0].clone()), false);
    next(&said, failed);
    saver.save(Change::Add(note("c")), false);
    next(&said, kept);
    assert_eq!(texts(&store.load().annotations), ["a", "b", "c"]);
    fs::remove_file(&trash).expect("room again");
    assert!(matches!(next(&said, kept), Change::Delete(_)));
    assert_eq!(texts(&store.load().annotations), ["b", "c"]);
    let lock = fs::File::open(home.path().join("notes/.lock")).expect("the lock");
    lock.lock().expect("locked");
    saver.save(Change::Restore(notes[0].clone()), false);
    assert!(next(&said, failed).contains("lock"));
    drop(lock);
    assert!(matches!(next(&said, kept), Change::Restore(_)));
    assert_eq!(saver.stop(), None);
    assert_eq!(texts(&store.load().annotations), ["a", "b", "c"]);
    assert_eq!(texts(&store.deletions()), Vec::<&str>::new());
}

/// A note that needs review in another edition, and what can be decided of it there.
fn reviewable(text: &str) -> (Annotation, Decision, Decision) {
    let note = note(text);
    let decision = |verdict| {
        Decision::new(
            &note,
            "0123456789abcdef",
            verdict,
            "2026-01-02T03:04:05Z".into(),
        )
    };
    let (here, gone) = (
        decision(Verdict::Here(Box::new(note.anchor.clone()))),
        decision(Verdict::Gone),
    );
    (note, here, gone)
}

fn decide(note: &Annotation, old: Option<&Decision>, new: Option<&Decision>) -> Change {
    Change::Decide {
        annotation: note.clone(),
        old: old.cloned(),
        new: new.cloned(),
    }
}

#[test]
fn a_review_is_saved_beside_its_edition_and_cleared() {
    let (folder, store) = new_store();
    let (note, here, gone) = reviewable("a");
    save(&store, &Change::Add(note.clone()));
    let file = folder.path().join(format!(
        "home/editions/{}-0123456789abcdef/{}.ron",
        note.report, note.id
    ));
    for (old, new) in [
        (None, Some(&here)),
        (Some(&here), Some(&gone)),
        (Some(&gone), Some(&here)),
        (Some(&here), None),
    ] {
        let change = decide(&note, old, new);
        assert_eq!(save(&store, &change), SavedAs::Asked);
        assert_eq!(
            save(&store, &change),
            SavedAs::Asked,
            "another try after a fault"
        );
        assert_eq!(
            store.load().decisions,
            new.into_iter().cloned().collect::<Vec<_>>()
        );
        assert_eq!(file.exists(), new.is_some());
    }
    save(&store, &decide(&note, None, Some(&here)));
    assert_eq!(
        fs::metadata(&file).expect("there").permissions().mode() & 0o777,
        0o600
    );
    assert_eq!(
        fs::metadata(file.parent().expect("a folder"))
            .expect("there")
            .permissions()
            .mode()
            & 0o777,
        0o700
    );
    assert!(store.load().problems.is_empty() && store.check().is_empty());
}

#[test]
fn of_two_readers_that_review_one_note_the_first_is_saved_and_the_second_is_refused() {
    let (_folder, store) = new_store();
    let (note, here, gone) = reviewable("a");
    save(&store, &Change::Add(note.clone()));
    save(&store, &decide(&note, None, Some(&here)));
    for (old, new) in [(None, Some(&gone)), (Some(&gone), None)] {
        let refused = store.save(&decide(&note, old, new), None);
        assert!(matches!(refused, Err(StoreError::Changed)), "{refused:?}");
        assert!(store.load().decisions.iter().eq([&here]));
    }
    let agreed = Decision {
        decided: "2030-01-01T00:00:00Z".into(),
        ..here.clone()
    };
    assert_eq!(
        save(&store, &decide(&note, None, Some(&agreed))),
        SavedAs::Asked,
        "both say the same"
    );
    assert_eq!(store.load().decisions, [here]);
}

#[test]
fn a_reader_sees_the_review_of_another_and_its_own_is_no_news() {
    let (home, store, notes) = home_with(&["a"]);
    let (_, here, gone) = reviewable("a");
    let [here, gone] = [here, gone].map(|decision| Decision {
        id: notes[0].id.clone(),
        ..decision
    });
    let (saver, said) = saver(home.path());
    next(&said, loaded).1.expect("writable");
    saver.save(decide(&notes[0], None, Some(&here)), false);
    next(&said, kept);
    saver.reload();
    saver.save(decide(&notes[0], Some(&here), Some(&gone)), false);
    let told = next(&said, |reply| match reply {
        Reply::Loaded { loaded, .. } => Some(format!("news: {:?}", loaded.decisions)),
        Reply::Saved { change, .. } => Some(format!("saved: {}", change.done())),
        _ => None,
    });
    assert!(told.starts_with("saved: Note marked as orphaned"), "{told}");
    save(&store, &decide(&notes[0], Some(&gone), Some(&here)));
    let until = Instant::now() + Duration::from_secs(10);
    loop {
        saver.reload();
        match said.recv_timeout(Duration::from_millis(300)) {
            Ok(Reply::Loaded { loaded, .. }) => break assert_eq!(loaded.decisions, [here]),
            _ => assert!(Instant::now() < until, "the other's decision is not seen"),
        }
    }
}

#[test]
fn a_decision_that_cannot_be_read_is_named_and_never_replaced() {
    let (folder, store) = new_store();
    let (note, here, gone) = reviewable("a");
    save(&store, &Change::Add(note.clone()));
    save(&store, &decide(&note, None, Some(&here)));
    let file = folder.path().join(format!(
        "home/editions/{}-0123456789abcdef/{}.ron",
        note.report, note.id
    ));
    let good = fs::read_to_string(&file).expect("text");
    let newer = good.replace("format: 1", "format: 2");
    let of_another = good.replace(&note.id, &tip_reader::store::new_id());
    for (text, told) in [
        ("broken [", "line 1, column"),
        ("", "line 1, column"),
        (&newer, "newer tip-reader"),
        (&of_another, "ignored"),
    ] {
        fs::write(&file, text).expect("by hand");
        let loaded = store.load();
        assert!(loaded.decisions.is_empty() && loaded.annotations == [note.clone()]);
        assert_eq!(loaded.problems.len(), 1, "{text}");
        assert!(
            loaded.problems[0].file == file && loaded.problems[0].reason.contains(told),
            "{:?}",
            loaded.problems
        );
        for change in [
            decide(&note, None, Some(&gone)),
            decide(&note, Some(&here), None),
            decide(&note, Some(&here), Some(&gone)),
        ] {
            assert!(
                matches!(
                    store.save(&change, None),
                    Err(StoreError::Unreadable { .. })
                ),
                "{text}"
            );
        }
        assert_eq!(fs::read_to_string(&file).expect("there"), text);
        let (status, said) = run(&folder.path().join("home"), &["notes", "check"]);
        assert!(status == Some(1) && said.contains(told), "{said}");
    }
    fs::write(&file, good.replace("2026-01-02", "2026-01-03")).expect("by hand");
    assert!(
        store.load().problems.is_empty()
            && store
                .check()
                .iter()
                .any(|problem| problem.reason.contains("edited by hand"))
    );
    fs::remove_file(&file).expect("removed");
    fs::create_dir(&file).expect("a folder of that name");
    assert!(
        store
            .load()
            .problems
            .iter()
            .any(|problem| problem.reason.contains("not a regular file"))
    );
}

#[test]
fn a_decision_leads_to_no_other_folder() {
    let (folder, store) = new_store();
    let (note, here, _) = reviewable("a");
    save(&store, &Change::Add(note.clone()));
    for (report, edition, id) in [
        ("../notes", "ab", "a"),
        ("r", "../ab", "a"),
        ("r", "ab", "../../a"),
        ("", "ab", "a"),
        ("r", "", "a"),
        ("r", "ab", ".a"),
    ] {
        let decision = Decision {
            report: report.into(),
            edition: edition.into(),
            id: id.into(),
            ..here.clone()
        };
        assert!(
            matches!(
                store.save(&decide(&note, None, Some(&decision)), None),
                Err(StoreError::Name(_))
            ),
            "{report} {edition} {id}"
        );
    }
    assert!(!folder.path().join("home/editions").exists());
}

#[test]
fn a_review_that_could_not_be_saved_is_tried_again_and_printed_at_the_end() {
    let home = tempfile::tempdir().expect("a folder");
    fs::write(
        home.path().join("editions"),
        "a file where the folder should be",
    )
    .expect("a file");
    let (saver, said) = saver(home.path());
    let (note, here, _) = reviewable("a");
    saver.save(decide(&note, None, Some(&here)), false);
    next(&said, failed);
    let told = saver.stop().expect("something to print");
    assert!(told.contains("review not saved"), "{told}");
    fs::remove_file(told.split('`').nth(1).expect("the rescue file's name")).expect("removed");
}

#[test]
fn another_try_of_an_edit_saves_it_once() {
    let (_home, store, notes) = home_with(&["old"]);
    let new = Annotation {
        text: "new".into(),
        ..notes[0].clone()
    };
    let edit = Change::Edit {
        old: notes[0].clone(),
        new,
    };
    assert_eq!(save(&store, &edit), SavedAs::Asked);
    assert_eq!(save(&store, &edit), SavedAs::Asked);
    assert_eq!(texts(&store.load().annotations), ["new"]);
}

#[test]
fn a_folder_that_vanishes_with_its_journal_is_not_made_anew_either() {
    let (home, mut store, _notes) = home_with(&["a"]);
    store.expect_folder();
    for folder in ["notes", "state"] {
        fs::remove_dir_all(home.path().join(folder)).expect("gone");
    }
    assert!(matches!(
        store.save(&Change::Add(note("b")), None),
        Err(StoreError::NoFolder(_))
    ));
}

#[test]
fn an_older_text_that_is_saved_late_does_not_end_the_draft_of_a_newer_one() {
    let folder = tempfile::tempdir().expect("a folder");
    let (saver, said) = blocked_saver(folder.path());
    let older = note("older");
    let newer = Annotation {
        text: "newer".into(),
        ..older.clone()
    };
    saver.save(Change::Add(older), true);
    next(&said, failed);
    saver.save_draft(newer);
    fs::remove_file(folder.path().join("notes")).expect("room again");
    next(&said, kept);
    assert_eq!(saver.stop(), None);
    let mut store = Store::new(Home::new(folder.path().to_owned()));
    assert_eq!(texts(&store.load().annotations), ["older"]);
    assert_eq!(texts(&store.drafts()), ["newer"]);
}

#[test]
fn an_undo_waits_for_the_deletion_that_failed_before_it() {
    let (home, store, notes) = home_with(&["a"]);
    let trash = home.path().join("trash");
    fs::write(&trash, "a file where the folder should be").expect("a file");
    let (saver, said) = saver(home.path());
    saver.save(Change::Delete(notes[0].clone()), false);
    next(&said, failed);
    saver.save(Change::Restore(notes[0].clone()), false);
    next(&said, failed);
    fs::remove_file(&trash).expect("room again");
    let done = [next(&said, kept), next(&said, kept)];
    assert!(
        matches!(done, [Change::Delete(_), Change::Restore(_)]),
        "{done:?}"
    );
    assert_eq!(saver.stop(), None);
    assert_eq!(texts(&store.load().annotations), ["a"]);
}

#[test]
fn a_draft_without_text_is_not_listed() {
    let (home, mut store, _notes) = home_with(&["a"]);
    store.save_draft(&note(" \n")).expect("a draft");
    store.save_draft(&note("typed")).expect("a draft");
    let listed = Store::new(Home::new(home.path().to_owned()));
    let report = note("").report;
    assert_eq!(texts(&listed.drafts_on_disk(&report)), ["typed"]);
}

#[test]
fn a_hundred_deletions_of_earlier_days_can_be_undone() {
    let (home, store, notes) = home_with(&["a"]);
    save(&store, &Change::Delete(notes[0].clone()));
    for number in 0..100 {
        let id = format!("{number:03}");
        let file = home.path().join(format!("trash/{id}.ron"));
        let deleted = Annotation {
            id,
            ..notes[0].clone()
        };
        fs::write(file, deleted.write().expect("text")).expect("a deleted note");
    }
    let (saver, said) = saver(home.path());
    let deleted = next(&said, |reply| match reply {
        Reply::Deleted(deleted) => Some(deleted),
        _ => None,
    });
    assert_eq!(deleted.len(), 100);
    assert_eq!(deleted[0].text, "a", "the last first");
    assert_eq!(saver.stop(), None);
}
