//! The list of all annotations, in keys, and what is shown and saved then.

use crate::common::{Desk, open};

/// A note, a highlight and two bookmarks.
fn desk() -> Desk {
    open(80, 24).press(": \"2:3\" Enter a \"first #tag\" C-s } v ) H g } m m ] m q")
}

fn rows(desk: &Desk) -> Vec<String> {
    let screen = desk.screen();
    let rows = screen
        .lines()
        .skip(2)
        .take_while(|row| !row.starts_with('─'));
    rows.map(str::trim)
        .filter(|row| !row.is_empty())
        .map(str::to_owned)
        .collect()
}

#[test]
fn everything_is_listed_with_counts_in_reading_order() {
    let desk = desk().press("g g A");
    let screen = desk.screen();
    assert!(
        screen.starts_with(" All 4  Notes 1  Highlights 1  Bookmarks 2"),
        "{screen}"
    );
    let rows = rows(&desk);
    let places: Vec<&str> = rows
        .iter()
        .filter_map(|row| row.split_whitespace().find(|word| word.contains(':')))
        .collect();
    assert_eq!(places, ["2:3", "2:4", "2:5", "3:1"]);
    assert!(
        rows[0].starts_with("▸●") && rows[0].contains("first #tag"),
        "{rows:?}"
    );
}

#[test]
fn bookmarks_have_a_list_of_their_own() {
    let desk = desk().press("B");
    assert_eq!(rows(&desk).len(), 2, "{}", desk.screen());
    assert_eq!(rows(&desk.press("Tab Tab Tab Tab")).len(), 1);
}

#[test]
fn the_list_is_filtered_while_typing() {
    for (filter, count) in [
        ("first", 1),
        ("FIRST", 1),
        ("#tag", 1),
        ("is:highlight", 1),
        ("is:bookmark section:2", 1),
        ("section:3", 1),
        ("color:green", 1),
        ("color:red", 0),
        ("is:orphan", 0),
    ] {
        let desk = desk().press("A /").press(&format!("\"{filter}\""));
        let shown = if desk.screen().contains("Nothing fits") {
            0
        } else {
            rows(&desk).len()
        };
        assert_eq!(shown, count, "{filter}\n{}", desk.screen());
    }
    let desk = desk().press("A / \"is:x\"");
    assert!(
        desk.screen().contains("is: note highlight"),
        "{}",
        desk.screen()
    );
    assert_eq!(rows(&desk.press("Esc")).len(), 4);
}

#[test]
fn enter_goes_there_and_back_is_exact() {
    let desk = desk().press("g g 3 j");
    let before = desk.screen();
    let desk = desk.press("A G Enter");
    assert!(
        desk.status().trim_start().starts_with("3:1"),
        "{}",
        desk.status()
    );
    let desk = desk.press("C-o");
    assert_eq!(desk.screen(), before);
    for leave in ["Esc", "q", "C-c"] {
        let desk = open(80, 24).press("3 j");
        let before = desk.screen();
        let after = desk.press("A j").press(leave).press("C-l");
        assert_eq!(after.screen(), before, "{leave}");
    }
}

#[test]
fn notes_are_edited_deleted_and_restored_in_the_list() {
    let desk = desk().press("g g A x");
    assert_eq!(rows(&desk).len(), 3, "{}", desk.screen());
    let desk = desk.press("U");
    assert_eq!(rows(&desk).len(), 4, "{}", desk.screen());
    let desk = desk.press("g g e \" more\" C-s");
    assert!(
        rows(&desk)[0].contains("first #tag more"),
        "{}",
        desk.screen()
    );
    let desk = desk.press("e \" draft\" Esc");
    assert!(rows(&desk)[0].starts_with("▸…"), "{}", desk.screen());
    assert!(desk.press("x").status().contains("A draft goes"));
}

#[test]
fn the_list_is_sorted_by_date_too() {
    let mut desk = desk();
    let newest = desk.reader.notes().notebook().entries()[2]
        .annotation
        .clone();
    let changed = tip_reader::notebook::annotation::Annotation {
        modified: "2030-01-01T00:00:00Z".into(),
        ..newest.clone()
    };
    desk.change_on_disk(&tip_reader::notebook::Change::Edit {
        old: newest,
        new: changed,
    });
    let desk = desk.press("A s");
    assert!(rows(&desk)[0].contains("2030-01-01"), "{}", desk.screen());
}

#[test]
fn the_list_can_be_used_in_every_window() {
    for (columns, rows) in [(20, 5), (40, 12), (80, 24), (120, 40), (20, 60), (300, 5)] {
        let desk = desk().resize(columns, rows).press("A");
        assert!(
            desk.screen().contains("2:3") || desk.screen().contains("3:1"),
            "{columns}x{rows}\n{}",
            desk.screen()
        );
        let desk = desk.press("j / \"first\" Enter Enter");
        assert!(
            desk.status().contains(if columns < 200 {
                "2:3"
            } else {
                "secretary-of-state:3"
            }),
            "{columns}x{rows}\n{}",
            desk.screen()
        );
    }
}

#[test]
fn an_empty_list_says_how_to_begin() {
    let desk = open(80, 24).press("A");
    assert!(
        desk.screen().contains("a writes a note"),
        "{}",
        desk.screen()
    );
    assert!(desk.press("Enter").status().contains("nothing in the list"));
}

#[test]
fn the_section_pane_shows_how_many_there_are_and_of_which_kinds() {
    let screen = desk().screen();
    let row = |number: &str| {
        screen
            .lines()
            .find(|line| line.get(..8).is_some_and(|head| head.contains(number)))
            .map(str::to_owned)
    };
    let second = screen
        .lines()
        .find(|line| line.contains("3●▌⚑"))
        .expect("a note, a highlight and a bookmark");
    assert!(second.contains("2 Mess"), "{screen}");
    assert!(
        screen
            .lines()
            .any(|line| line.contains(" 1⚑") && line.contains("3 Mess")),
        "{screen}"
    );
    assert!(
        row("1 2021").is_some_and(|row| !row.chars().take(20).any(|c| "●▌⚑".contains(c))),
        "{screen}"
    );
}

#[test]
fn a_draft_opened_from_the_list_is_the_latest_and_the_way_back_is_exact() {
    let desk = open(80, 24).press("a \"hello\" Esc G").press("C-l");
    let before = desk.screen();
    let desk = desk.press("A g g e \" more\" Esc");
    assert!(rows(&desk)[0].contains("hello more"), "{}", desk.screen());
    let desk = desk.press("e").press("Esc Esc").press("C-l");
    assert_eq!(desk.screen(), before);
    let desk = desk.press("A g g e C-s");
    assert_eq!(
        desk.reader.notes().notebook().entries()[0].annotation.text,
        "hello more"
    );
}

#[test]
fn what_is_selected_stays_selected_when_the_order_changes() {
    let mut desk = desk();
    let newest = desk.reader.notes().notebook().entries()[2]
        .annotation
        .clone();
    let changed = tip_reader::notebook::annotation::Annotation {
        modified: "2030-01-01T00:00:00Z".into(),
        ..newest.clone()
    };
    desk.change_on_disk(&tip_reader::notebook::Change::Edit {
        old: newest,
        new: changed,
    });
    let selected = |desk: &Desk| {
        rows(desk)
            .iter()
            .find(|row| row.starts_with('▸'))
            .cloned()
            .unwrap_or_default()
    };
    let desk = desk.press("g g A g g");
    assert!(selected(&desk).contains("2:3"));
    for (keys, place) in [("s", "2:3"), ("s s", "2:3"), ("j x U k", "2:4")] {
        let desk = self::desk().press("g g A g g").press(keys);
        assert!(selected(&desk).contains(place), "{keys}\n{}", desk.screen());
    }
}

#[test]
fn in_a_narrow_window_the_tab_here_is_whole_and_signs_say_that_there_are_more() {
    let desk = open(40, 12).press("a \"one\" C-s A");
    let tabs = |desk: &Desk| {
        desk.screen()
            .lines()
            .find(|line| line.contains("Notes") || line.contains("Drafts"))
            .unwrap_or_default()
            .to_owned()
    };
    let first = tabs(&desk);
    assert!(
        first.contains(" All 1 ") && first.trim_end().ends_with('›') && !first.contains('‹'),
        "{first:?}"
    );
    let last = tabs(&desk.press("S-Tab"));
    assert!(
        last.contains("To review 0  Drafts 0") && last.contains('‹') && !last.contains('›'),
        "{last:?}"
    );
    let wide = tabs(&open(120, 24).press("a \"one\" C-s A"));
    assert!(!wide.contains('‹') && !wide.contains('›'), "{wide:?}");
}

#[test]
fn what_an_empty_tab_means_is_read_whole_in_a_narrow_window() {
    let screen = open(40, 12).press("S").screen();
    let rows: Vec<&str> = screen.lines().skip(2).take(3).map(str::trim).collect();
    assert_eq!(rows.join(" ").trim(), "Nothing to review in this edition.");
}

#[test]
fn in_a_narrow_window_a_list_names_more_than_one_of_its_keys() {
    let status = open(40, 12)
        .press("a \"a thought\" C-s")
        .press("A")
        .status();
    assert!(
        status.contains("Enter go there  / filter") && status.contains("? help"),
        "{status}"
    );
}

#[test]
fn the_scroll_bar_shows_notes_before_bookmarks_and_these_before_highlights() {
    let bar = |keys: &str| {
        open(80, 24)
            .press("3 G }")
            .press(keys)
            .screen()
            .lines()
            .filter_map(|row| row.chars().last())
            .collect::<String>()
    };
    for (keys, shown) in [
        ("a \"n\" C-s m m H y", '●'),
        ("H y m m", '⚑'),
        ("m m H y", '⚑'),
        ("H y a \"n\" C-s", '●'),
    ] {
        let signs: String = bar(keys)
            .chars()
            .filter(|sign| "●⚑▌".contains(*sign))
            .collect();
        assert_eq!(signs, shown.to_string(), "{keys}");
    }
}
