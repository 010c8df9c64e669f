//! Lists to choose from: all matches, sections by title, places; and the exact way back from each.

use std::sync::Arc;

use crate::common::{Desk, open};
use tip_reader::{
    command::settings::Settings,
    report::{Report, snapshot},
};

fn desk(report: Report, columns: u16, rows: u16) -> Desk {
    Desk::open(
        report,
        Arc::new(tempfile::tempdir().expect("a folder")),
        columns,
        rows,
        Settings::default(),
    )
}

fn address(desk: &Desk) -> String {
    desk.status()
        .split_whitespace()
        .next()
        .unwrap_or_default()
        .to_owned()
}

/// The rows of the list.
fn listed(desk: &Desk) -> Vec<String> {
    let list = desk
        .reader
        .viewport()
        .frame()
        .as_ref()
        .and_then(|frame| frame.list)
        .expect("a list");
    desk.screen()
        .lines()
        .skip(usize::from(list.y))
        .take(usize::from(list.height))
        .map(str::to_owned)
        .collect()
}

fn selected(desk: &Desk) -> String {
    listed(desk)
        .into_iter()
        .skip(1)
        .find(|row| row.starts_with('▸'))
        .unwrap_or_default()
}

/// The screen without the status line.
fn body(desk: &Desk) -> String {
    let screen = desk.screen();
    screen
        .rsplit_once('\n')
        .map(|(body, _)| body.to_owned())
        .expect("rows")
}

#[test]
fn escape_from_every_list_brings_the_very_same_screen() {
    for (columns, rows) in [(120, 40), (80, 24), (40, 12), (20, 5)] {
        for state in [
            "",
            "7 j",
            "2 G } } )",
            "G",
            "5 0 %",
            "3 G 2 G",
            "t",
            "z",
            "# 4 j",
        ] {
            for keys in [
                "o",
                "o \"act\"",
                "g p",
                "g p ↑",
                "/ \"the\" Esc / \"the\" Enter Esc C-o & ↓ ↓",
                "? Esc o F1 Esc \"sec\"",
            ] {
                let start = open(columns, rows).press(state).press("");
                let (before, place) = (
                    body(&start),
                    (
                        start.reader.viewport().place(),
                        start.reader.viewport().cursor(),
                    ),
                );
                let back = start.press(keys).press("Esc");
                assert_eq!(
                    body(&back),
                    before,
                    "{state} then {keys} at {columns}x{rows}"
                );
                assert_eq!(
                    (
                        back.reader.viewport().place(),
                        back.reader.viewport().cursor()
                    ),
                    place,
                    "{state} then {keys} at {columns}x{rows}"
                );
            }
        }
    }
}

#[test]
fn all_matches_are_listed_below_each_other_under_their_sections() {
    let desk = open(80, 24).press("/ \"global\" Enter &");
    let rows = listed(&desk);
    assert!(rows[0].contains("4 matches of `global`"), "{rows:#?}");
    assert!(
        rows[1].contains("Message From the Secretary of State 1"),
        "{rows:#?}"
    );
    assert!(
        rows[2].starts_with('▸') && rows[2].contains("2:3"),
        "{rows:#?}"
    );
    assert!(
        rows[3].contains("Message From the Acting Director 3"),
        "{rows:#?}"
    );
    let columns: Vec<usize> = [2, 4, 5, 6]
        .iter()
        .map(|&row| {
            rows[row]
                .find("global")
                .map(|at| rows[row][..at].chars().count())
                .expect("the match")
        })
        .collect();
    assert!(
        columns.iter().all(|column| *column == columns[0]),
        "{rows:#?}"
    );
}

#[test]
fn the_text_follows_what_is_selected_and_enter_goes_there() {
    let mut desk = open(80, 24).press("/ \"global\" Enter &");
    for number in 1..=4 {
        assert!(
            desk.reader
                .matches()
                .under(desk.reader.viewport().cursor())
                .is_some(),
            "{number}:\n{}",
            desk.screen()
        );
        assert_eq!(
            desk.reader
                .matches()
                .marks()
                .iter()
                .filter(|mark| mark.is_current)
                .count(),
            1
        );
        desk = desk.press("↓");
    }
    let desk = desk.press("↑ Enter");
    assert!(desk.status().contains("3 of 4"), "{}", desk.status());
    assert_eq!(address(&desk), "3:5");
    assert!(desk.press("n").status().contains("4 of 4"));
}

#[test]
fn typing_filters_the_matches_further() {
    let desk = open(80, 24).press("/ \"global\" Enter & \"crisis\"");
    assert!(
        listed(&desk)[0].contains("1 of 4 matches"),
        "{:#?}",
        listed(&desk)
    );
    assert!(selected(&desk).contains("3:5"));
    let desk = desk.press("C-u \"acting pandemic\"");
    assert!(
        listed(&desk)[0].contains(" of 4 matches"),
        "{:#?}",
        listed(&desk)
    );
    let none = desk.press("C-u \"zyzzyva\"");
    assert!(listed(&none)[0].contains("0 of 4"), "{:#?}", listed(&none));
    assert!(none.press("Enter").status().contains("nothing in the list"));
    let from_box = open(80, 24).press("/ \"global\" M-Enter");
    assert!(listed(&from_box)[0].contains("4 matches"));
    let first = open(80, 24).press("& \"global\" Enter");
    assert!(
        listed(&first)[0].contains("4 matches"),
        "where nothing was searched for, & asks what"
    );
}

#[test]
fn matches_in_notes_are_listed_as_such() {
    let desk = open(80, 24)
        .press("2 G } } } a \"global in a note\" C-s")
        .press("/ \"global\" Enter &");
    let rows = listed(&desk);
    assert!(rows[0].contains("5 matches"), "{rows:#?}");
    assert!(
        rows.iter()
            .any(|row| row.contains("2:4●") && row.contains("global in a note")),
        "{rows:#?}"
    );
}

#[test]
fn notes_without_a_place_are_listed_last_and_read_by_enter() {
    let mut old = snapshot::bundled();
    old.sections[0].blocks[0].text = "Xenon burns violet; quagga herds wander zigzag over Xochimilco’s jumbled hills of obsidian.".into();
    old.sections[0].blocks[0].spans.clear();
    let start = desk(old, 80, 24).press("a \"global, lost\" C-s");
    let start = Desk::open(snapshot::bundled(), start.home, 80, 24, Settings::default())
        .press("3 G / \"global\" Enter &");
    let rows = listed(&start);
    assert!(rows[0].contains("5 matches"), "{rows:#?}");
    assert!(rows[7].contains("Notes without a position 1"), "{rows:#?}");
    assert!(
        rows[8].contains("–● ") && rows[8].contains("global, lost"),
        "{rows:#?}"
    );
    let desk = start.press("\"lost\"");
    assert!(
        listed(&desk)[0].contains("1 of 5 matches") && selected(&desk).contains("global, lost"),
        "{:#?}",
        listed(&desk)
    );
    let desk = desk.press("Enter");
    assert!(
        desk.screen().contains("orphan") && desk.screen().contains("global, lost"),
        "{}",
        desk.screen()
    );
    let desk = desk.press("Esc");
    assert_eq!(address(&desk), "3:3", "where one was");
}

#[test]
fn the_filter_of_matches_looks_into_the_notes_themselves() {
    let desk = open(80, 24)
        .press("2 G } } } a \"global in a note, zyzzyva\" C-s")
        .press("/ \"global\" Enter & \"zyzzyva\"");
    assert!(
        listed(&desk)[0].contains("1 of 5 matches") && selected(&desk).contains("zyzzyva"),
        "{:#?}",
        listed(&desk)
    );
    assert!(desk.press("Enter").status().contains("in your note"));
}

#[test]
fn a_list_of_very_many_matches_is_as_any_other() {
    let desk = desk(crate::made::report(), 100, 40).press("5 0 G / \"e\" Enter &");
    let rows = listed(&desk);
    assert!(
        rows[0].contains("380") && rows[0].contains("matches of `e`"),
        "{rows:#?}"
    );
    assert!(
        rows[1].contains("Country 48"),
        "the section of the first row is shown: {rows:#?}"
    );
    let last = desk.press("M->");
    assert!(selected(&last).contains("200:120"), "{:#?}", listed(&last));
    let few = last.press("\"quixotically\"");
    assert!(listed(&few)[0].contains(" of 380"), "{:#?}", listed(&few));
    let rows = listed(&few);
    assert!(
        rows[1].contains("Country 194")
            && rows
                .iter()
                .skip(2)
                .all(|row| row.is_empty() || row.contains("195:")),
        "{rows:#?}"
    );
}

#[test]
fn a_section_is_found_by_a_part_of_its_title_by_number_and_address() {
    let desk = open(80, 24).press("o \"actdir\"");
    assert!(
        selected(&desk).contains("Message From the Acting Director"),
        "{:#?}",
        listed(&desk)
    );
    assert!(
        desk.screen()
            .lines()
            .nth(1)
            .is_some_and(|row| row.contains("Message From the Acting Director")),
        "{}",
        desk.screen()
    );
    assert_eq!(address(&desk.press("Enter")), "3:1");
    for (typed, to) in [
        ("3", "3:1"),
        ("2:5", "2:5"),
        ("message-from-the-secretary-of-state:4", "2:4"),
    ] {
        let desk = open(80, 24).press(&format!("o \"{typed}\" Enter"));
        assert_eq!(address(&desk), to, "{typed}");
        assert_eq!(address(&desk.press("C-o")), "1:1", "{typed}");
    }
    assert!(
        open(80, 24)
            .press("o \"zzz\" Enter")
            .status()
            .contains("nothing in the list")
    );
}

#[test]
fn the_section_pane_is_filtered_in_place() {
    let mut report = snapshot::bundled();
    report.sections[2].level = 2;
    let desk = desk(report, 80, 24).press("Tab / \"acting\"");
    let pane: Vec<String> = desk
        .screen()
        .lines()
        .take(8)
        .map(|row| {
            row.chars()
                .take(20)
                .collect::<String>()
                .trim_end()
                .to_owned()
        })
        .collect();
    assert!(pane[1].starts_with("/acting"), "{pane:#?}");
    assert!(
        pane[2].contains("2 ▾ Message"),
        "what holds it is shown too: {pane:#?}"
    );
    assert!(pane[4].contains("3 ") && pane[6].is_empty(), "{pane:#?}");
    let all = desk.press("Esc");
    assert!(
        all.screen()
            .lines()
            .nth(6)
            .is_some_and(|row| row.contains("3 ")),
        "{}",
        all.screen()
    );
    assert_eq!(address(&all.press("/ \"acting\" Enter")), "3:1");
}

#[test]
fn places_left_by_jumps_are_listed_and_gone_back_to() {
    let desk = open(80, 24).press("7 j").press("");
    let first = body(&desk);
    let desk = desk.press("2 G / \"global health\" Enter G g p");
    let rows = listed(&desk);
    assert!(rows[0].contains("4 jumps"), "{rows:#?}");
    assert!(selected(&desk).contains("3:8▸"), "{rows:#?}");
    let desk = desk.press("↑ ↑ ↑");
    let back = desk.press("Enter");
    assert_eq!(body(&back), first);
    assert_eq!(address(&back.press("g , g , g ,")), "3:8");
    let mut report = snapshot::bundled();
    report.sections[0].blocks.clear();
    let titled = self::desk(report, 80, 24).press("2 G g g g p");
    assert!(
        selected(&titled).contains("1▸ 2021 Trafficking in Persons Report"),
        "where there is no text, its title: {:#?}",
        listed(&titled)
    );
    let desk = open(80, 24).press("2 G 3 G : \"jump-list\" Enter");
    assert!(listed(&desk)[0].contains("3 jumps"));
}

#[test]
fn a_jump_ends_the_way_forward_and_none_is_noted_twice() {
    let start = open(80, 24);
    assert!(
        start
            .press("G C-o 2 G g ,")
            .status()
            .contains("This is the end of the jump list.")
    );
    let start = open(80, 24).press("G G G C-o C-o");
    assert!(!start.status().contains("earliest"), "{}", start.status());
    assert!(
        start
            .press("C-o")
            .status()
            .contains("This is the start of the jump list.")
    );
}

#[test]
fn the_last_jump_is_toggled_with_after_the_way_back_and_forward_too() {
    let end = address(&open(80, 24).press("G"));
    assert_eq!(address(&open(80, 24).press("G C-o ' '")), end);
    assert_eq!(address(&open(80, 24).press("G C-o g , ' '")), "1:1");
}

#[test]
fn the_last_jump_is_toggled_with_again_and_again() {
    let end = address(&open(80, 24).press("G"));
    assert_eq!(address(&open(80, 24).press("G ' '")), "1:1");
    assert_eq!(address(&open(80, 24).press("G ` `")), "1:1");
    assert_eq!(address(&open(80, 24).press("G ' ' ' '")), end);
}

#[test]
fn matches_are_filtered_by_their_section_and_the_selected_one_stays() {
    let desk = open(80, 40).press("3 G / \"the\" Enter n n n n &");
    let before = selected(&desk);
    assert!(before.contains("3:"), "{before}");
    let desk = desk.press("\"acting director\"");
    assert_eq!(
        selected(&desk),
        before,
        "it is still among them: {:#?}",
        listed(&desk)
    );
    assert!(
        !listed(&desk)
            .iter()
            .any(|row| row.contains("Secretary of State")),
        "{:#?}",
        listed(&desk)
    );
}

#[test]
fn of_very_many_places_the_earliest_are_forgotten() {
    let desk = open(80, 24).press(&"2 G 3 G ".repeat(110)).press("1 G");
    let back = desk.press("C-o");
    assert_eq!(address(&back), "3:1");
    assert_eq!(address(&back.press("C-o")), "2:1");
}

#[test]
fn places_are_filtered_by_the_words_of_their_section_too() {
    let desk = open(80, 24)
        .press("2 G 3 G G g p")
        .press("\"acting director\"");
    let rows = listed(&desk);
    assert!(
        rows.iter().skip(1).any(|row| row.contains("3:"))
            && !rows.iter().skip(1).any(|row| row.contains("2:1")),
        "{rows:#?}"
    );
}

#[test]
fn the_text_follows_what_is_selected_also_after_a_resize() {
    let desk = open(80, 24).press("3 j").resize(60, 20);
    let before = desk.screen();
    let desk = desk.press("o \"acting\"");
    assert!(
        desk.screen()
            .lines()
            .take(3)
            .any(|row| row.contains("Message From the Acting Director")),
        "{}",
        desk.screen()
    );
    assert_eq!(desk.press("Esc").press("C-l").screen(), before);
}
