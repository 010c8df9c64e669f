//! Notes in a new edition of a report, as you see them: what is shown, what is said, and that
//! no file of theirs changes.

use std::{collections::BTreeMap, fs, path::Path, sync::Arc};

use crate::common::Desk;
use tempfile::TempDir;
use tip_reader::{
    command::settings::Settings,
    edition::{Edition, anchor::Anchor},
    notebook::{Change, annotation::Annotation, passage},
    report::{
        Report,
        address::Address,
        position::{Passage, Position},
        snapshot,
    },
};

/// The bundled report in another edition: a paragraph more, one changed, one gone, one moved.
fn new_edition() -> Report {
    let mut report = snapshot::bundled();
    let director = &mut report.sections[2].blocks;
    let gone = director
        .iter()
        .position(|block| block.text.starts_with("While hopeful"))
        .expect("there");
    director.remove(gone);
    let secretary = &mut report.sections[1].blocks;
    secretary[3].text = secretary[3]
        .text
        .replace("strives to advance", "has long worked to advance")
        .replace("racism", "injustice");
    let moved = secretary.remove(4);
    let mut inserted = secretary[2].clone();
    inserted.text =
        "A paragraph that the first edition did not have, on another matter altogether.".into();
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
    let gone = report.sections[2]
        .blocks
        .iter()
        .position(|block| block.text.starts_with("While hopeful"))
        .expect("there");
    let mut desk = open(report, &home);
    for (address, text) in [
        ("2:1", "greeting"),
        ("2:3", "still"),
        ("2:4", "changed"),
        ("2:5", "moved"),
        (&format!("3:{}", gone + 1), "gone"),
    ] {
        desk = desk.press(&format!(": \"go {address}\" Enter a \"{text}\" C-s"));
    }
    (home, desk)
}

fn statuses(desk: &Desk) -> BTreeMap<String, String> {
    let entries = desk.reader.notes().notebook().entries().iter();
    entries
        .map(|entry| {
            (
                entry.annotation.text.clone(),
                entry.resolution.name().to_owned(),
            )
        })
        .collect()
}

fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let entries = fs::read_dir(folder).expect("a folder").flatten();
    entries
        .map(|entry| {
            (
                entry.file_name().to_string_lossy().into_owned(),
                fs::read(entry.path()).expect("bytes"),
            )
        })
        .collect()
}

fn by_text(pairs: &[(&str, &str)]) -> BTreeMap<String, String> {
    pairs
        .iter()
        .map(|(text, status)| ((*text).to_owned(), (*status).to_owned()))
        .collect()
}

#[test]
fn notes_follow_into_a_new_edition_and_the_reader_says_how_sure_that_is() {
    let (home, _) = notes();
    let desk = open(new_edition(), &home);
    let expected = [
        ("greeting", "exact"),
        ("still", "moved"),
        ("changed", "changed"),
        ("moved", "moved"),
        ("gone", "orphaned"),
    ];
    assert_eq!(statuses(&desk), by_text(&expected));
    assert!(
        desk.status()
            .contains("2 annotations need review, S lists them: 1 changed, 1 orphaned; 2 moved"),
        "{}",
        desk.status()
    );
    assert!(
        desk.resize(40, 12)
            .status()
            .contains("2 annotations need review, S")
    );
}

/// Texts of the reviewed annotations, and their status.
fn reviewed(desk: &Desk) -> BTreeMap<String, String> {
    let reviewed = desk
        .reader
        .notes()
        .notebook()
        .entries()
        .iter()
        .filter(|entry| entry.is_reviewed);
    reviewed
        .map(|entry| {
            (
                entry.annotation.text.clone(),
                entry.resolution.name().to_owned(),
            )
        })
        .collect()
}

/// The address at which the annotation with a text is shown.
fn place_of(desk: &Desk, text: &str) -> Option<String> {
    let entries = desk.reader.notes().notebook().entries();
    let entry = entries
        .iter()
        .find(|entry| entry.annotation.text == text)
        .expect("there");
    passage(entry).map(|passage| Address::of(passage.start()).number(desk.reader.report()))
}

/// What is shown and saved of each annotation: its text, status, place and whether it is reviewed.
fn all_shown(desk: &Desk) -> Vec<(String, String, Option<String>, bool)> {
    let entries = desk.reader.notes().notebook().entries().iter();
    let shown = entries.map(|entry| {
        let annotation = &entry.annotation;
        (
            annotation.text.clone(),
            entry.resolution.name().to_owned(),
            place_of(desk, &annotation.text),
            entry.is_reviewed,
        )
    });
    shown.collect()
}

#[test]
fn what_needs_review_is_reviewed_with_one_key_each() {
    let (home, _) = notes();
    let before = files(&home.path().join("notes"));
    let desk = open(new_edition(), &home).press("S y");
    assert!(
        desk.status()
            .contains("Note reviewed, 1 left. U undoes it."),
        "{}",
        desk.status()
    );
    assert!(
        desk.screen()
            .contains("Not found in this edition. It stood at message"),
        "{}",
        desk.screen()
    );
    let desk = desk.press("y");
    assert!(
        desk.status().contains("Note marked as orphaned, 0 left."),
        "{}",
        desk.status()
    );
    assert!(
        desk.screen().contains("Nothing to review") && desk.screen().contains("To review 0"),
        "{}",
        desk.screen()
    );
    assert_eq!(
        reviewed(&desk),
        by_text(&[("changed", "changed"), ("gone", "orphaned")]),
        "what is reviewed is reported truthfully"
    );
    assert!(
        files(&home.path().join("notes")) == before,
        "no note is written for it"
    );
    let shown = all_shown(&desk);
    let again = desk.start_again();
    assert_eq!(all_shown(&again), shown, "after a restart");
    assert!(
        again
            .status()
            .contains("Another edition: 2 moved, 2 reviewed."),
        "{}",
        again.status()
    );
}

#[test]
fn a_review_counts_in_its_edition_alone() {
    let (home, first) = notes();
    let shown = all_shown(&open(new_edition(), &home).press("S y y"));
    let old = open(snapshot::bundled(), &home);
    assert_eq!(
        all_shown(&old),
        all_shown(&first),
        "the old edition is as it was"
    );
    let mut third = new_edition();
    third.sections[1].blocks.remove(0);
    assert!(
        reviewed(&open(third, &home)).is_empty(),
        "and another one knows nothing of it"
    );
    assert_eq!(all_shown(&open(new_edition(), &home)), shown);
}

#[test]
fn a_review_is_undone_and_redone() {
    let (home, _) = notes();
    let before = all_shown(&open(new_edition(), &home));
    let desk = open(new_edition(), &home).press("S y");
    let after = all_shown(&desk);
    let desk = desk.press("y U U");
    assert_eq!(all_shown(&desk), before);
    assert!(
        desk.screen().contains("▸~"),
        "what is undone is selected\n{}",
        desk.screen()
    );
    assert_eq!(
        all_shown(&open(new_edition(), &home)),
        before,
        "also on disk"
    );
    let desk = desk.press("C-r");
    assert_eq!(all_shown(&desk), after);
    assert_eq!(all_shown(&open(new_edition(), &home)), after);
    let desk = open(new_edition(), &home).press("A / \"is:reviewed\" Enter w");
    assert!(
        desk.status().contains("Note marked for review, 2 left."),
        "{}",
        desk.status()
    );
    assert_eq!(
        all_shown(&open(new_edition(), &home)),
        before,
        "it can be taken back at any time"
    );
}

#[test]
fn a_place_is_picked_from_all_that_could_be_it() {
    let (home, _) = notes();
    let desk = open(new_edition(), &home).press("S p");
    let screen = desk.screen();
    assert!(
        screen.contains("1 candidate") && screen.contains("▸    2:5  "),
        "{screen}"
    );
    assert!(
        screen.contains("elsewhere: find it in the text"),
        "{screen}"
    );
    let back = open(new_edition(), &home).press("S");
    assert_eq!(
        desk.press("Esc").press("C-l").screen(),
        back.press("C-l").screen(),
        "Esc returns exactly"
    );
    let desk = open(new_edition(), &home).press("S p").press("Enter");
    assert!(
        desk.status().contains("Note reviewed, 1 left."),
        "{}",
        desk.status()
    );
    assert_eq!(place_of(&desk, "changed").as_deref(), Some("2:5"));
    assert!(
        desk.screen().contains("To review 1"),
        "back in the list\n{}",
        desk.screen()
    );
}

#[test]
fn an_orphan_is_put_where_its_reader_finds_it() {
    let (home, _) = notes();
    let desk = open(new_edition(), &home).press("S G p").press("M-> Enter");
    assert!(
        desk.status().contains("PLACE Enter puts it here"),
        "{}",
        desk.status()
    );
    let desk = desk.press(": \"go 2:2\" Enter v w w").press("j");
    let desk = desk.press("Enter");
    assert!(
        desk.status().contains("reviewed, 1 left."),
        "{}",
        desk.status()
    );
    assert!(
        desk.screen().contains("To review 1"),
        "back in the list\n{}",
        desk.screen()
    );
    assert_eq!(
        (
            statuses(&desk).get("gone").map(String::as_str),
            place_of(&desk, "gone").as_deref()
        ),
        (Some("changed"), Some("2:2"))
    );
    let shown = all_shown(&desk);
    assert_eq!(all_shown(&desk.start_again()), shown);
    let desk = open(new_edition(), &home)
        .press("A / \"gone\" Enter p")
        .press("M-> Enter");
    assert!(
        desk.press("Esc")
            .status()
            .contains("The note stays where it is")
    );
}

#[test]
fn a_note_is_settled_in_the_text_and_on_the_command_line_too() {
    for keys in ["S y", ": \"review\" Enter y", "Enter y"] {
        let (home, _) = notes();
        let desk = open(new_edition(), &home)
            .press(": \"go 2:5\" Enter")
            .press(keys);
        assert_eq!(
            reviewed(&desk),
            by_text(&[("changed", "changed")]),
            "{keys}\n{}",
            desk.screen()
        );
    }
    for keys in ["S o", ": \"review\" Enter o", "Enter o"] {
        let (home, _) = notes();
        let desk = open(new_edition(), &home)
            .press(": \"go 2:5\" Enter")
            .press(keys);
        assert_eq!(
            reviewed(&desk),
            by_text(&[("changed", "orphaned")]),
            "{keys}\n{}",
            desk.screen()
        );
    }
    let (home, _) = notes();
    let desk = open(new_edition(), &home).press(": \"go 2:1\" Enter Enter y");
    assert!(
        desk.status()
            .contains("Nothing to review here; S lists what needs review"),
        "{}",
        desk.status()
    );
    let desk = desk.press("q : \"go 2:4\" Enter Enter y");
    assert!(
        desk.status().contains("Text unchanged, only moved"),
        "{}",
        desk.status()
    );
}

#[test]
fn the_panel_goes_on_to_the_next_that_needs_review() {
    let (home, _) = notes();
    let desk = open(new_edition(), &home).press("S v");
    for part in ["Note, changed on 2:5", "Reworded: ", "[-strives-] {+has"] {
        assert!(desk.screen().contains(part), "{part} in\n{}", desk.screen());
    }
    let desk = desk.press("y");
    assert!(
        desk.screen().contains("Note, orphaned")
            && desk.screen().contains("Not found in this edition"),
        "{}",
        desk.screen()
    );
    let desk = desk.press("U");
    assert!(
        desk.screen().contains("Note, changed on 2:5"),
        "what is undone is shown\n{}",
        desk.screen()
    );
    let desk = desk.press("y o");
    assert!(
        desk.screen().contains("To review 0"),
        "then the list is there again\n{}",
        desk.screen()
    );
    assert_eq!(
        reviewed(&desk),
        by_text(&[("changed", "changed"), ("gone", "orphaned")])
    );
    assert!(
        desk.press("q g g A / \"is:reviewed\" Enter g g v")
            .screen()
            .contains("Note, changed, reviewed on 2:5")
    );
}

#[test]
fn a_review_holds_when_the_text_of_the_note_is_edited_and_not_when_its_passage_is() {
    let (home, _) = notes();
    let desk = open(new_edition(), &home).press("S y q : \"go 2:5\" Enter e \" and more\" C-s");
    assert_eq!(reviewed(&desk), by_text(&[("changed and more", "changed")]));
    assert_eq!(
        reviewed(&desk.start_again()),
        by_text(&[("changed and more", "changed")])
    );
    let report = snapshot::bundled();
    let desk = open(report, &home).press(": \"go 2:4\" Enter");
    let old = desk
        .reader
        .notes()
        .notebook()
        .entries()
        .iter()
        .find(|entry| entry.annotation.text == "changed and more")
        .expect("there")
        .annotation
        .clone();
    let edition = Edition::of(desk.reader.report());
    let whole = desk
        .reader
        .report()
        .passage_of_block(Position::new(1, 3, 0));
    let part = Passage::new(
        whole.start(),
        Position {
            byte: whole.end().byte - 1,
            ..whole.end()
        },
    );
    let new = Annotation {
        anchor: Anchor::new(desk.reader.report(), &edition, part),
        ..old.clone()
    };
    desk.store()
        .save(&Change::Edit { old, new }, None)
        .expect("saved");
    assert!(
        reviewed(&open(new_edition(), &home)).is_empty(),
        "another passage was reviewed"
    );
}

#[test]
fn the_list_its_filter_and_the_message_at_the_start_agree() {
    for keys in [
        "",
        "S y",
        "S o",
        "S y y",
        "S w",
        "S y w",
        ": \"go 2:4\" Enter Enter o q",
    ] {
        let (home, _) = notes();
        let desk = open(new_edition(), &home).press(keys).start_again();
        let count = desk.reader.notes().notebook().count_to_review();
        let told = format!("{count} annotation{} ", if count == 1 { "" } else { "s" });
        assert!(
            desk.status().starts_with(&told) == (count > 0),
            "{keys}: {}",
            desk.status()
        );
        let desk = desk.press("A");
        assert!(
            desk.screen().contains(&format!("To review {count} ")),
            "{keys}\n{}",
            desk.screen()
        );
        let desk = desk.press("/ \"is:review\"");
        assert!(
            desk.screen().contains(&format!("All {count} ")),
            "{keys}\n{}",
            desk.screen()
        );
        let desk = desk.press("Esc q S");
        assert!(
            !desk.screen().contains(", moved")
                && (desk.screen().contains("Nothing to review") == (count == 0)),
            "{keys}\n{}",
            desk.screen()
        );
    }
}

#[test]
fn every_key_of_a_review_can_be_used_in_every_window() {
    for (columns, rows) in [(20, 5), (40, 12), (100, 30), (300, 5)] {
        let (home, _) = notes();
        let mut desk = open(new_edition(), &home).resize(columns, rows);
        for keys in [
            "S v y",
            "U",
            "p",
            "Enter",
            "U",
            "p",
            "M-> Enter",
            "s h",
            "U o",
            "w",
            "q q",
            "S p \"zzz\"",
            "Enter",
            "Esc",
        ] {
            desk = desk.press(keys);
            desk.screen();
        }
        assert!(reviewed(&desk).len() < 3);
    }
}

#[test]
fn no_note_file_is_written_for_it_and_the_old_edition_shows_all_as_before() {
    let (home, first) = notes();
    let before = files(&home.path().join("notes"));
    assert!(before.len() >= 5, "five notes");
    drop(open(new_edition(), &home).press("G A"));
    assert_eq!(files(&home.path().join("notes")), before);
    let again = open(snapshot::bundled(), &home);
    assert_eq!(again.reader.notes().notebook().entries().len(), 5);
    assert_eq!(statuses(&again), statuses(&first));
    assert!(statuses(&again).values().all(|status| status == "exact"));
}

#[test]
fn an_orphan_is_listed_with_its_quote() {
    let (home, _) = notes();
    let desk = open(new_edition(), &home).press("A / \"is:orphan\" Enter");
    assert!(
        desk.screen().contains("While hopeful that we’re turning"),
        "{}",
        desk.screen()
    );
}

#[test]
fn a_note_made_in_the_new_edition_is_followed_back() {
    let (home, _) = notes();
    let desk =
        open(new_edition(), &home).press(": \"go 2:4\" Enter a \"of the second edition\" C-s");
    let kept: Vec<Annotation> = desk.store().load().annotations;
    assert_eq!(kept.len(), 6);
    let back = open(snapshot::bundled(), &home);
    assert_eq!(
        statuses(&back)
            .get("of the second edition")
            .map(String::as_str),
        Some("moved")
    );
}

#[test]
fn the_panel_shows_what_was_reworded_since() {
    let (home, _) = notes();
    let desk = open(new_edition(), &home).press(": \"go 2:5\" Enter Enter");
    let screen = desk.screen();
    for part in ["Note, changed on 2:5", "Reworded: ", "[-strives-] {+has"] {
        assert!(screen.contains(part), "{part} in\n{screen}");
    }
}

#[test]
fn the_status_line_names_the_key_that_reviews_and_what_enter_does() {
    let (home, _) = notes();
    let desk = open(new_edition(), &home).press(": \"go 2:5\" Enter C-l");
    assert!(desk.screen().contains("S reviews it"), "{}", desk.screen());
    let desk = desk.press("S p");
    assert!(
        desk.status().contains("Enter put it there"),
        "{}",
        desk.status()
    );
    let empty = Arc::new(tempfile::tempdir().expect("a folder"));
    let desk = open(new_edition(), &empty).press("S y");
    assert!(
        desk.status()
            .contains("Nothing needs review in this edition"),
        "{}",
        desk.status()
    );
}
