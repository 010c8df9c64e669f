//! `notes edit`: a text from the shell or out of an editor, and what becomes of it when things go wrong.
#![cfg(unix)]

use std::{
    fs,
    io::{Read, Write},
    os::unix::fs::PermissionsExt,
    path::Path,
    process::{Command, Stdio},
};

use portable_pty::{CommandBuilder, PtySize, native_pty_system};
use serde_json::Value;
use tempfile::TempDir;

use crate::shell::{bad, good};

const PROGRAM: &str = env!("CARGO_BIN_EXE_tip-reader");

fn notes(home: &Path) -> Vec<Value> {
    serde_json::from_str(&good(home, &["notes", "--json"])).expect("an array")
}

fn texts(home: &Path) -> Vec<String> {
    let mut texts: Vec<String> = notes(home)
        .iter()
        .map(|note| note["text"].as_str().expect("a text").to_owned())
        .collect();
    texts.sort();
    texts
}

/// A home with one note of the text `old`, and its id.
fn noted() -> (TempDir, String) {
    let home = tempfile::tempdir().expect("a folder");
    let id = good(home.path(), &["notes", "add", "2:5", "old"])
        .trim()
        .to_owned();
    (home, id)
}

/// Files in the drafts folder with their text.
fn drafts(home: &Path) -> Vec<(String, String)> {
    let entries = fs::read_dir(home.join("drafts"))
        .into_iter()
        .flatten()
        .flatten();
    entries
        .map(|entry| {
            (
                entry.path().display().to_string(),
                fs::read_to_string(entry.path()).expect("text"),
            )
        })
        .collect()
}

/// Edits a note on a terminal, with a shell script as the editor (`$1` is the file); `typed` is
/// sent once the script says `ready`. Returns the exit status and all that was shown.
fn edit(home: &Path, id: &str, script: &str, typed: &str) -> (u32, String) {
    let editor = home.join("editor.sh");
    fs::write(&editor, script).expect("a script");
    let pty = native_pty_system()
        .openpty(PtySize {
            rows: 24,
            cols: 400,
            pixel_width: 0,
            pixel_height: 0,
        })
        .expect("a terminal");
    let mut command = CommandBuilder::new(PROGRAM);
    command.args(["notes", "edit", id]);
    command.env("TIP_READER_HOME", home);
    command.env("VISUAL", "");
    command.env("EDITOR", format!("sh '{}'", editor.display()));
    let mut child = pty.slave.spawn_command(command).expect("started");
    drop(pty.slave);
    let mut reader = pty.master.try_clone_reader().expect("a reader");
    let mut writer = pty.master.take_writer().expect("a writer");
    let mut shown = Vec::new();
    let mut bytes = [0; 1024];
    let mut is_typed = typed.is_empty();
    while let Ok(count @ 1..) = reader.read(&mut bytes) {
        shown.extend_from_slice(&bytes[..count]);
        if !is_typed && String::from_utf8_lossy(&shown).contains("ready") {
            writer.write_all(typed.as_bytes()).expect("typed");
            is_typed = true;
        }
    }
    let status = child.wait().expect("an end");
    (
        status.exit_code(),
        String::from_utf8_lossy(&shown).into_owned(),
    )
}

#[test]
fn a_text_is_replaced_from_the_shell_and_the_old_one_saved() {
    let (home, id) = noted();
    assert_eq!(
        good(home.path(), &["notes", "edit", &id[..6], "new"]).trim(),
        id
    );
    assert_eq!(texts(home.path()), ["new"]);
    let old = fs::read_to_string(home.path().join(format!("history/{id}/1.ron")))
        .expect("the old version");
    assert!(old.contains("text: \"old\""), "{old}");
    let mut child = Command::new(PROGRAM)
        .args(["notes", "edit", &id, "-"])
        .env("TIP_READER_HOME", home.path())
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .spawn()
        .expect("started");
    child
        .stdin
        .take()
        .expect("a pipe")
        .write_all("two\nlines\n".as_bytes())
        .expect("written");
    assert!(child.wait().expect("an end").success());
    assert_eq!(texts(home.path()), ["two\nlines"]);
}

#[test]
fn what_cannot_be_edited_is_said_in_one_line() {
    let (home, id) = noted();
    assert!(
        bad(home.path(), &["notes", "edit", "zz", "x"])
            .contains("no annotation id starts with that")
    );
    assert!(
        bad(home.path(), &["notes", "edit", &id, " "])
            .contains("the text is empty; use `tip-reader notes rm` to delete a note")
    );
    assert!(bad(home.path(), &["notes", "edit", &id]).contains("no terminal for an editor"));
    assert_eq!(texts(home.path()), ["old"]);
}

#[test]
fn the_editor_gets_the_old_text_in_a_private_file_and_gives_the_new_one() {
    let (home, id) = noted();
    let script =
        "cp -p \"$1\" \"$TIP_READER_HOME/seen.md\"; printf 'new\\r\\n#tag  \\n\\n' > \"$1\"";
    let (status, shown) = edit(home.path(), &id, script, "");
    assert_eq!(status, 0, "{shown}");
    let seen = home.path().join("seen.md");
    assert_eq!(
        fs::read_to_string(&seen)
            .expect("the file as opened")
            .lines()
            .skip(1)
            .collect::<Vec<_>>(),
        ["", "old"]
    );
    assert_eq!(
        fs::metadata(&seen).expect("there").permissions().mode() & 0o777,
        0o600
    );
    assert_eq!(texts(home.path()), ["new\n#tag"]);
    assert!(drafts(home.path()).is_empty());
}

#[test]
fn an_editor_that_fails_or_is_killed_loses_nothing() {
    for end in ["exit 3", "kill -9 $$"] {
        let (home, id) = noted();
        let (status, shown) = edit(
            home.path(),
            &id,
            &format!("echo written > \"$1\"; {end}"),
            "",
        );
        assert_eq!(status, 2, "{shown}");
        let drafts = drafts(home.path());
        assert_eq!(drafts.len(), 1, "{end}: {drafts:?}");
        assert_eq!(drafts[0].1, "written\n");
        assert!(
            shown.contains(&format!("what was written is kept in `{}`", drafts[0].0)),
            "{end}: {shown}"
        );
        assert_eq!(texts(home.path()), ["old"]);
        let (status, shown) = edit(home.path(), &id, "echo again > \"$1\"", "");
        assert_eq!(status, 0, "{shown}");
        assert!(shown.contains("an earlier, unsaved edit is in"), "{shown}");
        assert_eq!(texts(home.path()), ["again"]);
        assert_eq!(self::drafts(home.path()), drafts);
    }
}

#[test]
fn an_editor_that_wrote_nothing_changes_nothing_and_leaves_no_draft() {
    let (home, id) = noted();
    let (status, shown) = edit(home.path(), &id, "exit 1", "");
    assert!(
        status == 2 && shown.contains("and nothing was written"),
        "{shown}"
    );
    let (status, shown) = edit(home.path(), &id, "true", "");
    assert_eq!(status, 0, "{shown}");
    assert!(drafts(home.path()).is_empty() && texts(home.path()) == ["old"]);
    assert!(!home.path().join("history").exists());
}

#[test]
fn a_text_that_cannot_be_saved_stays_in_its_draft() {
    let (home, id) = noted();
    let script =
        "echo written > \"$1\"; rm -r \"$TIP_READER_HOME/notes\"; : > \"$TIP_READER_HOME/notes\"";
    let (status, shown) = edit(home.path(), &id, script, "");
    assert_eq!(status, 2, "{shown}");
    let drafts = drafts(home.path());
    assert_eq!(drafts[0].1, "written\n");
    assert!(shown.contains(&drafts[0].0), "{shown}");
}

#[test]
fn a_text_that_is_no_text_stays_in_its_draft() {
    let (home, id) = noted();
    let (status, shown) = edit(home.path(), &id, "printf 'a\\377' > \"$1\"", "");
    assert!(
        status == 2 && shown.contains("byte 1 is not UTF-8") && shown.contains("drafts"),
        "{shown}"
    );
    assert_eq!(texts(home.path()), ["old"]);
}

#[test]
fn two_edits_at_once_leave_both_texts() {
    let (home, id) = noted();
    let script = format!("'{PROGRAM}' notes edit {id} theirs > /dev/null; echo mine > \"$1\"");
    let (status, shown) = edit(home.path(), &id, &script, "");
    assert_eq!(status, 0, "{shown}");
    assert!(
        shown.contains("changed elsewhere; both texts are saved"),
        "{shown}"
    );
    assert_eq!(texts(home.path()), ["mine", "theirs"]);
    let beside = fs::read_dir(home.path().join("notes"))
        .expect("notes")
        .flatten();
    let texts: Vec<String> = beside
        .filter_map(|entry| fs::read_to_string(entry.path()).ok())
        .collect();
    assert!(
        texts
            .iter()
            .any(|text| text.contains("mine") && text.contains(&format!("conflict_of: \"{id}\"")))
    );
}

#[test]
fn an_interrupt_in_the_editor_does_not_end_the_edit() {
    let (home, id) = noted();
    let script = "trap 'echo interrupted > \"$1\"' INT; echo ready; read line";
    let (status, shown) = edit(home.path(), &id, script, "\u{3}go\n");
    assert_eq!(status, 0, "{shown}");
    assert_eq!(texts(home.path()), ["interrupted"]);
}
