//! `compare`: what changed between two editions, as people, scripts and note takers see it.

use std::{fs, path::PathBuf};

use assert_cmd::Command;
use serde_json::Value;
use tempfile::TempDir;
use tip_reader::report::{Report, snapshot};

struct Shelf {
    folder: TempDir,
}

impl Shelf {
    fn new() -> Self {
        Self {
            folder: tempfile::tempdir().expect("a folder"),
        }
    }

    fn file(&self, name: &str, report: &Report) -> PathBuf {
        let path = self.folder.path().join(name);
        fs::write(&path, snapshot::write(report).expect("a snapshot")).expect("written");
        path
    }

    fn run(&self, arguments: &[&str]) -> (Option<i32>, String, String) {
        let mut command = Command::cargo_bin("tip-reader").expect("the program");
        let output = command
            .arg("--home")
            .arg(self.folder.path().join("home"))
            .args(arguments)
            .output()
            .expect("it runs");
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("UTF-8");
        (
            output.status.code(),
            text(output.stdout),
            text(output.stderr),
        )
    }

    fn compare(&self, new: &Report, more: &[&str]) -> (Option<i32>, String) {
        let path = self.file("new.ron", new);
        let arguments = [
            &["compare", "tip-2021", path.to_str().expect("a path")],
            more,
        ]
        .concat();
        let (code, out, err) = self.run(&arguments);
        assert_eq!(err, "");
        (code, out)
    }
}

fn on_one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn new_edition() -> Report {
    let mut report = snapshot::bundled();
    let blocks = &mut report.sections[1].blocks;
    blocks[2].text = blocks[2]
        .text
        .replace("a strong message", "a clear message");
    let mut more = blocks[2].clone();
    more.text = "Wholly new words stand here, about another thing.".into();
    blocks.insert(4, more);
    blocks.remove(6);
    let mut section = report.sections[2].clone();
    section.id = "a-new-letter".into();
    section.title = "A New Letter".into();
    section.blocks.truncate(1);
    section.blocks[0].text = "Dear all:".into();
    report.sections.push(section);
    report
}

#[test]
fn the_same_edition_is_the_same_section_by_section() {
    let shelf = Shelf::new();
    let (code, out) = shelf.compare(&snapshot::bundled(), &["--exit-code"]);
    assert_eq!(code, Some(0));
    let lines: Vec<&str> = out.lines().collect();
    assert_eq!(lines.len(), 3);
    assert!(
        lines.iter().all(|line| line.ends_with(": the same")),
        "{out}"
    );
}

#[test]
fn changed_words_are_marked_and_what_stayed_is_folded() {
    let (code, out) = Shelf::new().compare(&new_edition(), &[]);
    assert_eq!(code, Some(0));
    assert!(out.contains("2:3 changed\n"), "{out}");
    let flat = on_one_line(&out);
    assert!(flat.contains("[-strong-] {+clear+}"), "{out}");
    assert!(
        out.contains("2:5 added\n    {+Wholly new words stand here, about another thing.+}"),
        "{out}"
    );
    assert!(
        out.contains("2:6 removed\n    [-Through this report"),
        "{out}"
    );
    assert!(out.contains("… 2 paragraphs the same"), "{out}");
    assert!(out.contains("4  A New Letter: added, 1 paragraph"), "{out}");
    assert!(!flat.contains("These challenges further compound existing vulnerabilities to exploitation, including human"), "folded: {out}");
    assert!(
        out.lines()
            .all(|line| line.chars().count() <= 80 || line.starts_with(char::is_numeric)),
        "{out}"
    );
}

#[test]
fn the_exit_status_says_whether_they_differ_where_it_is_asked_to() {
    let shelf = Shelf::new();
    assert_eq!(shelf.compare(&new_edition(), &["--exit-code"]).0, Some(1));
    let (code, out, err) = shelf.run(&["compare", "tip-2021", "nowhere"]);
    assert_eq!((code, out.as_str()), (Some(2), ""));
    assert!(
        err.starts_with("tip-reader: ") && err.contains("`nowhere`") && err.lines().count() == 1,
        "{err}"
    );
}

#[test]
fn json_has_the_promised_fields_and_the_words_are_both_texts() {
    let shelf = Shelf::new();
    let (_, out) = shelf.compare(&new_edition(), &["--json"]);
    assert_eq!(out, shelf.compare(&new_edition(), &["--format", "json"]).1);
    let sections: Vec<Value> = serde_json::from_str(&out).expect("one array");
    let told: Vec<(&str, &str)> = sections
        .iter()
        .map(|section| {
            (
                section["section"].as_str().expect("an id"),
                section["status"].as_str().expect("a status"),
            )
        })
        .collect();
    assert_eq!(
        told,
        [
            ("2021-trafficking-in-persons-report", "same"),
            ("message-from-the-secretary-of-state", "changed"),
            ("message-from-the-acting-director", "same"),
            ("a-new-letter", "added"),
        ]
    );
    for change in sections
        .iter()
        .flat_map(|section| section["changes"].as_array().expect("changes"))
    {
        let text = |without: &str| {
            let words = change["words"].as_array().expect("words").iter();
            words
                .filter(|word| word["status"] != without)
                .map(|word| word["text"].as_str().expect("text"))
                .collect::<String>()
        };
        assert_eq!(text("removed"), change["text"].as_str().unwrap_or_default());
        assert_eq!(
            text("added"),
            change["old_text"].as_str().unwrap_or_default()
        );
    }
}

#[test]
fn my_notes_on_what_changed_come_first() {
    let shelf = Shelf::new();
    for (address, text) in [
        ("2:3", "on the message"),
        ("2:6", "on what goes"),
        ("3:1", "on what stays"),
    ] {
        let (code, _, err) = shelf.run(&["notes", "add", address, text]);
        assert_eq!(code, Some(0), "{err}");
    }
    let (_, out) = shelf.compare(&new_edition(), &[]);
    let notes = out.split("\n1  ").next().expect("what comes first");
    assert!(notes.starts_with("Your notes on what changed\n"), "{out}");
    assert!(
        notes.contains("2:3  note, changed")
            && notes.contains("on the message")
            && on_one_line(notes).contains("[-strong-] {+clear+}"),
        "{notes}"
    );
    assert!(
        notes.contains("2:6  note, orphaned") && notes.contains("on what goes"),
        "{notes}"
    );
    assert!(!notes.contains("on what stays"), "{notes}");
    let markdown = shelf.compare(&new_edition(), &["--format", "markdown"]).1;
    assert!(
        markdown.contains("~~strong~~ **clear**")
            && markdown.contains("## Your notes on what changed"),
        "{markdown}"
    );
}

#[test]
fn no_control_of_a_report_reaches_the_output() {
    let mut report = snapshot::bundled();
    report.sections[1].blocks[2]
        .text
        .push_str(" \u{1b}[2J\u{9b}31m\u{202e}");
    report.sections[1].title.push('\u{7}');
    for format in ["text", "markdown", "json"] {
        let (_, out) = Shelf::new().compare(&report, &["--format", format]);
        let is_plain =
            |c: char| c == '\n' || !(c.is_control() || c == '\u{202e}' && format != "json");
        assert!(out.chars().all(is_plain), "{format}: {out:?}");
    }
}
