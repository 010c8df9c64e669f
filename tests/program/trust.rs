//! What must go goes, what must stay stays: deleting for good, leaving at once, terminals that take
//! no output or answer late, and folders that somebody else prepared.

use std::{
    fs,
    os::unix::fs::symlink,
    path::Path,
    sync::atomic::Ordering,
    time::{Duration, Instant},
};

use rustix::process::Signal;

use crate::pty::{
    SAVE, SOON, Start, Terminal, contains, drafts, home, run, texts, within, without_terminal,
};

/// What a quick exit may take.
const AT_ONCE: Duration = Duration::from_millis(200);

fn good(home: &Path, arguments: &[&str]) -> String {
    let output = run(home, arguments);
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{arguments:?}: {said}");
    String::from_utf8_lossy(&output.stdout).trim().to_owned()
}

/// Every file below a folder that has these words, in its content or its name.
fn files_with(folder: &Path, words: &str) -> Vec<String> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).expect("a folder").flatten() {
        let path = entry.path();
        if path.is_dir() {
            found.extend(files_with(&path, words));
        }
        let name = path.to_string_lossy().into_owned();
        let is_inside = fs::read(&path).is_ok_and(|bytes| contains(&bytes, words));
        if is_inside || name.contains(words) {
            found.push(name);
        }
    }
    found
}

/// A home with a note in every place where a note can be; returns its id.
fn everywhere(home: &Path) -> String {
    let id = good(home, &["notes", "add", "2:5", "secret one"]);
    good(home, &["notes", "edit", &id, "secret two"]);
    let note = home.join(format!("notes/{id}.ron"));
    let text = fs::read_to_string(&note).expect("the note");
    let other = text.replace("secret two", "secret three");
    for (place, text) in [
        (format!("drafts/{id}.ron"), other.as_str()),
        (format!("drafts/note-{id}-2.md"), "secret four"),
        (format!("drafts/.note-{id}.md.swp"), "secret five"),
        (format!("drafts/#note-{id}.md#"), "secret six"),
        (format!("trash/{id}.ron"), other.as_str()),
        (format!("notes/.{id}.ron.77.0.tmp"), "secret seven"),
        (format!("notes/{id}.sync-conflict-1.ron"), other.as_str()),
        (format!("history/{id}/1.ron~"), "secret eight"),
        (format!("editions/tip-2021-ab/{id}.ron"), "secret nine"),
        (
            "tip-reader-rescue-77-1.txt".to_owned(),
            "note on \u{201c}words\u{201d}\nnot saved: full\n\nsecret two\n\n",
        ),
    ] {
        let place = home.join(place);
        fs::create_dir_all(place.parent().expect("a folder")).expect("made");
        fs::write(place, text).expect("written");
    }
    id
}

#[test]
fn a_purge_leaves_nothing_but_the_bare_id() {
    let home = home();
    let id = everywhere(home.path());
    let other = good(home.path(), &["notes", "add", "2:4", "another stays"]);
    assert!(files_with(home.path(), "secret ").len() > 9);
    let said = good(home.path(), &["notes", "purge", &id[..8], "--yes"]);
    assert!(said.contains("deleted for good"), "{said}");
    assert_eq!(files_with(home.path(), "secret "), [""; 0]);
    let journal = home.path().join("state/journal");
    assert_eq!(
        files_with(home.path(), &id),
        [journal.to_string_lossy().into_owned()]
    );
    let lines = fs::read_to_string(journal).expect("the journal");
    let about: Vec<&str> = lines.lines().filter(|line| line.contains(&id)).collect();
    assert_eq!(about, [format!("purged {id}")]);
    assert_eq!(texts(home.path()), ["another stays"]);
    assert!(run(home.path(), &["notes", "check"]).status.success());
    // What is left to undo is the other note.
    good(home.path(), &["notes", "undo"]);
    assert!(!home.path().join(format!("notes/{other}.ron")).exists());
}

#[test]
fn a_purge_asks_and_without_a_terminal_it_refuses() {
    let home = home();
    let id = good(home.path(), &["notes", "add", "2:5", "stays"]);
    for arguments in [&["notes", "purge", &id][..], &["notes", "purge"]] {
        let output = run(home.path(), arguments);
        let said = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{said}");
        assert_eq!(said.lines().count(), 1, "{said}");
    }
    assert_eq!(texts(home.path()), ["stays"]);
    for (answer, left) in [("n\r", 1), ("y\r", 0)] {
        let arguments = ["notes", "purge", &id].map(std::ffi::OsStr::new).to_vec();
        let start = Start {
            arguments,
            ..Start::default()
        };
        let mut terminal = Terminal::start(home.path(), start);
        terminal.wait_for("cannot be undone");
        assert!(terminal.screen().contains(&id) && terminal.screen().contains("not reached"));
        terminal.press(answer);
        terminal.end_within(SOON);
        assert_eq!(texts(home.path()).len(), left, "{answer:?}");
    }
}

#[test]
fn a_purge_chooses_what_is_in_the_trash_and_what_is_old() {
    let home = home();
    let deleted = good(home.path(), &["notes", "add", "2:5", "deleted"]);
    good(home.path(), &["notes", "rm", &deleted]);
    let old = good(home.path(), &["notes", "add", "2:5", "old"]);
    let file = home.path().join(format!("notes/{old}.ron"));
    let text = fs::read_to_string(&file).expect("the note");
    let at = text.find("modified: \"").expect("a date") + 11;
    let aged = format!("{}2001{}", &text[..at], &text[at + 4..]);
    fs::write(&file, aged).expect("written");
    good(home.path(), &["notes", "add", "2:5", "new"]);
    good(home.path(), &["notes", "purge", "--deleted", "--yes"]);
    assert_eq!(files_with(&home.path().join("trash"), "deleted"), [""; 0]);
    good(
        home.path(),
        &["notes", "purge", "--older-than", "365", "--yes"],
    );
    assert_eq!(texts(home.path()), ["new"]);
    fs::write(home.path().join("state/searches"), "words").expect("written");
    good(home.path(), &["notes", "purge", "--history", "--yes"]);
    let left = fs::read_dir(home.path().join("state")).expect("a folder");
    assert_eq!(left.count(), 1, "the journal alone is left");
    assert_eq!(texts(home.path()), ["new"]);
}

#[test]
fn an_open_reader_drops_what_was_purged_and_brings_nothing_back() {
    let home = home();
    let mut reader = Terminal::open(home.path());
    reader.press("2G}}");
    reader.save_note("to be purged");
    reader.press("e");
    reader.wait_for("C-s save");
    reader.press(", edited");
    reader.press(SAVE);
    reader.wait_for("Note saved");
    let id = crate::pty::notes(home.path())[0].0.clone();
    good(home.path(), &["notes", "purge", &id, "--yes"]);
    reader.press("j");
    reader.press("k");
    reader.wait_until("the note to go", |reader| {
        !reader.screen().contains("to be purged")
    });
    assert!(!reader.screen().contains("vanished"), "{}", reader.framed());
    reader.press("U");
    reader.wait_until("the undo to be refused", |reader| {
        let screen = reader.screen();
        screen.contains("Nothing left to undo") || screen.contains("deleted for good")
    });
    reader.press("q");
    reader.end_within(SOON);
    assert_eq!(files_with(home.path(), "to be purged"), [""; 0]);
    assert!(run(home.path(), &["notes", "check"]).status.success());
}

#[test]
fn an_undo_pressed_right_after_a_purge_brings_nothing_back() {
    let home = home();
    let mut reader = Terminal::open(home.path());
    reader.press("2G}}");
    reader.save_note("to be purged");
    let id = crate::pty::notes(home.path())[0].0.clone();
    reader.press("x");
    reader.wait_for("Note deleted");
    good(home.path(), &["notes", "purge", &id, "--yes"]);
    reader.press("U");
    reader.wait_for("deleted for good");
    reader.press("q");
    reader.end_within(SOON);
    assert_eq!(files_with(home.path(), "to be purged"), [""; 0]);
}

#[test]
fn a_copy_that_brings_a_purged_note_back_is_named() {
    let home = home();
    let id = good(home.path(), &["notes", "add", "2:5", "back again"]);
    let file = home.path().join(format!("notes/{id}.ron"));
    let exported = home.path().join("notes.json");
    let to = exported.to_string_lossy().into_owned();
    good(
        home.path(),
        &["notes", "export", "--format", "json", "-o", &to],
    );
    let copy = fs::read(&file).expect("the note");
    good(home.path(), &["notes", "purge", &id, "--yes"]);
    fs::write(&file, copy).expect("a synchroniser");
    for verb in ["list", "check"] {
        let output = run(home.path(), &["notes", verb]);
        let said = [output.stdout, output.stderr].concat();
        assert!(contains(&said, "deleted for good"), "{verb}");
    }
    // The message may take the status line before it is seen.
    let reader = Terminal::start(home.path(), Start::default());
    reader.wait_for("A copy brought back");
    drop(reader);
    good(home.path(), &["notes", "purge", &id, "--yes"]);
    let output = run(home.path(), &["notes", "import", &to]);
    assert!(contains(&output.stderr, &id), "the import names it");
}

#[test]
fn a_quick_exit_leaves_nothing_on_the_screen_and_loses_nothing() {
    let first_page = Terminal::open(home().path()).body();
    for (keys, settings, has_typed) in [
        ("Q", "()", false),
        ("\x11", "()", true),
        ("\x11", "(quick_exit: \"scrollback\")", true),
    ] {
        let home = home();
        fs::write(home.path().join("config.ron"), settings).expect("written");
        let mut reader = Terminal::open(home.path());
        reader.press("2G}}");
        if has_typed {
            reader.press("a");
            reader.wait_for("C-s save");
            reader.press("typed in haste");
            reader.wait_for("typed in haste");
        }
        reader.settle();
        let (left, before) = (reader.body(), reader.raw_len());
        let pressed = Instant::now();
        reader.press(keys);
        assert!(reader.end_within(SOON).success());
        let took = pressed.elapsed();
        // Other tests have the processor as well.
        assert!(took < AT_ONCE * 4, "{took:?}");
        assert_eq!(reader.screen().trim(), "");
        reader.assert_restored();
        let after = reader.raw().split_off(before);
        assert_eq!(contains(&after, "\x1b[3J"), settings.contains("scrollback"));
        assert!(!contains(&after, "tip-reader"), "nothing is said");

        let mut reader = Terminal::open(home.path());
        reader.wait_for("2021 Trafficking in Persons Report");
        reader.settle();
        assert!(!reader.screen().contains("draft"), "{}", reader.framed());
        assert_eq!(reader.body()[..6], first_page[..6]);
        if has_typed {
            reader.press("D");
            reader.wait_for("typed in haste");
        } else {
            reader.press("\x0f");
            reader.wait_until("the place", |reader| reader.body() == left);
        }
    }
}

#[test]
fn a_terminal_that_takes_no_output_holds_no_end_up() {
    for signal in [Signal::TERM, Signal::HUP, Signal::QUIT] {
        let home = home();
        let mut reader = Terminal::open(home.path());
        reader.press("a");
        reader.wait_for("C-s save");
        reader.press("behind a stalled line");
        reader.wait_for("behind a stalled line");
        reader.let_go.store(true, Ordering::SeqCst);
        // Frames until nothing is taken any more.
        for _ in 0..400 {
            reader.press("\x0c");
            std::thread::sleep(Duration::from_millis(2));
        }
        reader.kill(signal);
        let ended = within(SOON, || !reader.is_alive());
        assert!(ended, "{signal:?}: {:?}", reader.state());
        assert!(
            drafts(home.path()).contains("behind a stalled line"),
            "{signal:?}"
        );
    }
}

#[test]
fn signals_that_end_programs_restore_the_terminal() {
    for signal in [Signal::QUIT, Signal::USR1, Signal::USR2, Signal::ALARM] {
        let home = home();
        let mut reader = Terminal::open(home.path());
        reader.kill(signal);
        assert!(!reader.end_within(SOON).success());
        reader.assert_restored();
    }
}

#[test]
fn a_place_and_a_note_outlive_a_kill_half_a_second_later() {
    let home = home();
    let mut reader = Terminal::open(home.path());
    reader.press("2G}}}");
    reader.settle();
    std::thread::sleep(Duration::from_millis(300));
    let line = reader.body();
    reader.kill(Signal::KILL);
    reader.end_within(SOON);
    let reader = Terminal::open(home.path());
    assert_eq!(reader.body(), line);
}

#[test]
fn replies_of_the_terminal_are_neither_typed_nor_run() {
    let home = home();
    let mut reader = Terminal::open(home.path());
    reader.press("2G}}");
    reader.settle();
    let before = reader.screen();
    reader.press("\x1b]11;rgb:1a1a/1b1b/G:3c\x1b\\");
    reader.press("\x1b]11;rgb:1a1a/");
    std::thread::sleep(Duration::from_millis(400));
    reader.press("2b2b/3c3c\x1b\\\x1bP>|XTerm(379)\x1b\\\x1b_Gi=1;OK\x1b\\\x1b[?1;2c");
    reader.settle();
    assert_eq!(reader.screen(), before);
    reader.press("a");
    reader.wait_for("C-s save");
    reader.press("one\x1b]11;rgb:1a1a/2b2b/3c3c\x07 two");
    reader.wait_for("one two");
    reader.press(SAVE);
    reader.wait_for("Note saved");
    assert_eq!(texts(home.path()), ["one two"]);
}

#[test]
fn a_paste_is_taken_whole_or_not_at_all() {
    let home = home();
    let mut reader = Terminal::open(home.path());
    reader.press("a");
    reader.wait_for("C-s save");
    let most = 1024 * 1024;
    reader.press(&format!("\x1b[200~{}\x1b[201~", "x".repeat(most + 1)));
    reader.wait_for("Nothing was pasted");
    reader.press(&format!("\x1b[200~{}\x1b[201~", "y".repeat(most)));
    reader.wait_for("yyyy");
    reader.press(SAVE);
    reader.wait_for("Note saved");
    assert_eq!(texts(home.path()), ["y".repeat(most)]);
}

#[test]
fn nothing_is_written_through_a_link_and_nothing_waits_for_a_fifo() {
    for planted in [
        "state/journal",
        "notes/.lock",
        "config.ron",
        "state/tip-2021.ron",
    ] {
        for kind in ["link", "dangling", "fifo"] {
            let home = home();
            let id = good(home.path(), &["notes", "add", "2:5", "before"]);
            let (place, other) = (home.path().join(planted), home.path().join("other"));
            let _ = fs::remove_file(&place);
            match kind {
                "fifo" => {
                    let made = std::process::Command::new("mkfifo").arg(&place).status();
                    assert!(made.expect("mkfifo").success());
                }
                "link" => {
                    fs::write(&other, "untouched").expect("written");
                    symlink(&other, &place).expect("a link");
                }
                _ => symlink(&other, &place).expect("a link"),
            }
            let began = Instant::now();
            run(home.path(), &["notes", "edit", &id, "after"]);
            run(home.path(), &["notes", "add", "2:4", "more"]);
            let mut reader = Terminal::open(home.path());
            reader.press("j");
            reader.press("q");
            reader.end_within(SOON);
            assert!(began.elapsed() < SOON * 4, "{planted} {kind}");
            let left = fs::read_to_string(&other).ok();
            let is_there = kind == "link";
            assert_eq!(
                left.as_deref(),
                is_there.then_some("untouched"),
                "{planted} {kind}"
            );
        }
    }
}

#[test]
fn where_nothing_can_be_saved_it_is_said_at_the_start() {
    let home = home();
    let mut start = Start::default();
    start
        .environment
        .push(("TIP_READER_HOME", "/proc/tip-reader"));
    start.arguments = vec!["--home".as_ref(), "/proc/tip-reader".as_ref()];
    let mut reader = Terminal::start(home.path(), start);
    reader.wait_for("Notes cannot be saved");
    reader.press("a");
    reader.wait_for("Notes cannot be saved here");
}

#[test]
fn a_folder_is_called_vanished_only_where_notes_prove_it() {
    let home = home();
    let id = good(home.path(), &["notes", "add", "2:5", "one"]);
    good(home.path(), &["notes", "rm", &id]);
    fs::remove_dir_all(home.path().join("notes")).expect("removed");
    assert!(run(home.path(), &["notes", "check"]).status.success());
    good(home.path(), &["notes", "add", "2:5", "two"]);
    fs::remove_dir_all(home.path().join("notes")).expect("removed");
    let output = run(home.path(), &["notes", "add", "2:5", "three"]);
    assert!(contains(&output.stderr, "has vanished"));
}

#[test]
fn of_two_versions_a_file_s_name_chooses() {
    let home = home();
    let id = good(home.path(), &["notes", "add", "2:5", "mine"]);
    let file = home.path().join(format!("notes/{id}.ron"));
    let copy = format!("{id}.sync-conflict-1.ron");
    let text = fs::read_to_string(&file).expect("the note");
    let theirs = home.path().join("notes").join(&copy);
    fs::write(&theirs, text.replace("mine", "theirs")).expect("written");
    for arguments in [
        &["notes", "rm", &id][..],
        &["notes", "edit", &id, "x"],
        &["notes", "review", &id],
    ] {
        let output = run(home.path(), arguments);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(contains(&output.stderr, &copy), "{arguments:?}");
        assert!(
            contains(&output.stderr, &format!("`{id}.ron`")),
            "{arguments:?}"
        );
    }
    good(home.path(), &["notes", "edit", &copy, "theirs, edited"]);
    good(home.path(), &["notes", "rm", &format!("{id}.ron")]);
    assert_eq!(texts(home.path()), ["theirs, edited"]);
}

#[test]
fn a_note_that_could_not_be_printed_is_named() {
    let home = home();
    let full = fs::OpenOptions::new()
        .write(true)
        .open("/dev/full")
        .expect("a device");
    let output = without_terminal(home.path())
        .args(["notes", "add", "2:5", "there"])
        .stdout(full)
        .output()
        .expect("it runs");
    let id = crate::pty::notes(home.path())[0].0.clone();
    assert!(contains(&output.stderr, &id));
}

#[test]
fn an_import_writes_to_files_and_streams_alone() {
    let home = home();
    fs::write(home.path().join("a.txt"), "Title\n\nSome words.\n").expect("written");
    let folder = home.path().to_string_lossy().into_owned();
    let output = run(home.path(), &["import", "a.txt", "-o", &folder]);
    assert_eq!(output.status.code(), Some(2));
    good(home.path(), &["import", "a.txt", "-o", "/dev/null"]);
    let output = run(home.path(), &["import", "a.txt", "-o", "/dev/zero"]);
    assert!(output.status.success(), "a device that takes all");
}

#[test]
fn bytes_that_act_are_escaped_in_a_note_s_file() {
    let home = home();
    let text = "a\x1b[2J\u{9b}b\u{202e}c\u{200b}d\te\r\nf";
    good(home.path(), &["notes", "add", "2:5", text]);
    assert_eq!(texts(home.path()), [text.replace("\r\n", "\n")]);
    let note = fs::read_dir(home.path().join("notes")).expect("notes");
    for file in note
        .flatten()
        .filter(|file| file.path().extension().is_some())
    {
        let text = fs::read_to_string(file.path()).expect("text");
        let acts = |c: char| tip_reader::text::width::is_unsafe(c) && !matches!(c, '\n' | '\t');
        assert!(!text.contains(acts), "{text:?}");
    }
}
