//! Notes in a new edition of a report, as one sees them: what is shown, what is told, and that
//! no file of theirs changes.
#![allow(clippy::expect_used, clippy::panic, clippy::string_slice, reason = "a test that cannot go on says why")]

mod common;

use std::{collections::BTreeMap, fs, path::Path, sync::Arc};

use common::Desk;
use tempfile::TempDir;
use tip_reader::{
    notebook::annotation::Annotation,
    reader::settings::Settings,
    report::{Report, snapshot},
};

/// The bundled report in another edition: a paragraph more, one changed, one gone, one moved.
fn new_edition() -> Report {
    let mut report = snapshot::bundled();
    let director = &mut report.sections[2].blocks;
    let gone = director.iter().position(|block| block.text.starts_with("While hopeful")).expect("there");
    director.remove(gone);
    let secretary = &mut report.sections[1].blocks;
    secretary[3].text = secretary[3].text.replace("strives to advance", "has long worked to advance").replace("racism", "injustice");
    let moved = secretary.remove(4);
    let mut inserted = secretary[2].clone();
    inserted.text = "A paragraph that the first edition did not have, on another matter altogether.".into();
    secretary.insert(2, inserted);
    report.sections[2].blocks.push(moved);
    report
}

fn open(report: Report, home: &Arc<TempDir>) -> Desk {
    Desk::open(report, home.clone(), 80, 30, Settings::default())
}

/// A note on each of five paragraphs of the first edition.
fn notes() -> (Arc<TempDir>, Desk) {
    let home = Arc::new(tempfile::tempdir().expect("a folder"));
    let report = snapshot::bundled();
    let gone = report.sections[2].blocks.iter().position(|block| block.text.starts_with("While hopeful")).expect("there");
    let mut desk = open(report, &home);
    for (address, text) in
        [("2:1", "greeting"), ("2:3", "still"), ("2:4", "changed"), ("2:5", "moved"), (&format!("3:{}", gone + 1), "gone")]
    {
        desk = desk.press(&format!(": \"go {address}\" Enter a \"{text}\" C-s"));
    }
    (home, desk)
}

fn statuses(desk: &Desk) -> BTreeMap<String, String> {
    let entries = desk.reader.notebook.entries().iter();
    entries.map(|entry| (entry.annotation.text.clone(), entry.resolution.name().to_owned())).collect()
}

fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let entries = fs::read_dir(folder).expect("a folder").flatten();
    entries.map(|entry| (entry.file_name().to_string_lossy().into_owned(), fs::read(entry.path()).expect("bytes"))).collect()
}

fn told(pairs: &[(&str, &str)]) -> BTreeMap<String, String> {
    pairs.iter().map(|(text, status)| ((*text).to_owned(), (*status).to_owned())).collect()
}

#[test]
fn notes_follow_into_a_new_edition_and_the_reader_says_how_sure_that_is() {
    let (home, _) = notes();
    let desk = open(new_edition(), &home);
    let expected = [("greeting", "exact"), ("still", "moved"), ("changed", "changed"), ("moved", "moved"), ("gone", "orphaned")];
    assert_eq!(statuses(&desk), told(&expected));
    assert!(desk.status().contains("2 moved, 1 changed, 1 orphaned"), "{}", desk.status());
}

#[test]
fn no_note_file_is_written_for_it_and_the_old_edition_shows_all_as_before() {
    let (home, first) = notes();
    let before = files(&home.path().join("notes"));
    assert!(before.len() >= 5, "five notes");
    drop(open(new_edition(), &home).press("G A"));
    assert_eq!(files(&home.path().join("notes")), before);
    let again = open(snapshot::bundled(), &home);
    assert_eq!(again.reader.notebook.entries().len(), 5);
    assert_eq!(statuses(&again), statuses(&first));
    assert!(statuses(&again).values().all(|status| status == "exact"));
}

#[test]
fn an_orphan_is_listed_with_its_quote() {
    let (home, _) = notes();
    let desk = open(new_edition(), &home).press("A / \"is:orphan\" Enter");
    assert!(desk.screen().contains("While hopeful that we’re turning"), "{}", desk.screen());
}

#[test]
fn a_note_made_in_the_new_edition_is_followed_back() {
    let (home, _) = notes();
    let desk = open(new_edition(), &home).press(": \"go 2:4\" Enter a \"of the second edition\" C-s");
    let kept: Vec<Annotation> = desk.store().load().annotations;
    assert_eq!(kept.len(), 6);
    let back = open(snapshot::bundled(), &home);
    assert_eq!(statuses(&back).get("of the second edition").map(String::as_str), Some("moved"));
}

#[test]
fn the_panel_shows_what_was_reworded_since() {
    let (home, _) = notes();
    let desk = open(new_edition(), &home).press(": \"go 2:5\" Enter Enter");
    let screen = desk.screen();
    for part in ["Note, changed on 2:5", "Reworded since:", "[-strives-] {+has long"] {
        assert!(screen.contains(part), "{part} in\n{screen}");
    }
}
