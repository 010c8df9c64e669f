//! What a person does to find something, in keys, and the exact way back.

use std::sync::Arc;

use crate::common::{Desk, open};
use ratatui::style::Modifier;
use tip_reader::{
    command::settings::Settings,
    report::{Report, layout::Layout, place::Place, position::Position},
};

fn large(columns: u16, rows: u16) -> Desk {
    Desk::open(
        crate::made::report(),
        Arc::new(tempfile::tempdir().expect("a folder")),
        columns,
        rows,
        Settings::default(),
    )
}

fn mono(columns: u16, rows: u16) -> Desk {
    let settings = Settings {
        theme: "mono",
        has_colour: false,
        ..Settings::default()
    };
    Desk::open(
        tip_reader::report::snapshot::bundled(),
        Arc::new(tempfile::tempdir().expect("a folder")),
        columns,
        rows,
        settings,
    )
}

/// The text of the match under the cursor.
fn current_match(desk: &Desk) -> String {
    let here = desk.reader.viewport().cursor();
    desk.reader
        .matches()
        .under(here)
        .map(|passage| desk.reader.report().text_of(passage))
        .unwrap_or_default()
}

fn place(desk: &Desk) -> (Place, Position) {
    (
        desk.reader.viewport().place(),
        desk.reader.viewport().cursor(),
    )
}

#[test]
fn the_screen_follows_what_is_typed_and_escape_brings_the_very_same_screen() {
    for (columns, rows) in [(120, 40), (80, 24), (40, 12), (20, 5)] {
        for state in [
            "",
            "7 j",
            "2 G } } )",
            "G",
            "5 0 %",
            "/ \"global\" Enter",
            "t",
            "#",
        ] {
            let start = open(columns, rows).press(state).press("");
            let (before, styles, kept) = (start.screen(), start.styles(), place(&start));
            let typed = start.press("/ \"collaborat\"");
            assert!(
                typed.screen().contains("llaborat"),
                "{state} at {columns}x{rows}:\n{}",
                typed.screen()
            );
            assert_eq!(
                typed.reader.viewport().place(),
                kept.0,
                "typing moves no place"
            );
            let back = typed.press("Esc");
            // What was said before is not said again.
            let without_last = |text: &str| {
                text.rsplit_once('\n')
                    .map(|(rest, _)| rest.to_owned())
                    .expect("rows")
            };
            assert_eq!(
                without_last(&back.screen()),
                without_last(&before),
                "{state} at {columns}x{rows}"
            );
            assert_eq!(place(&back), kept);
            if state.is_empty() {
                assert_eq!(back.styles(), styles);
            }
        }
    }
}

#[test]
fn enter_stays_and_the_way_back_is_exact() {
    let start = open(80, 24).press("7 j }");
    let (before, kept) = (start.first_line(), start.reader.viewport().cursor());
    let there = start.press("/ \"global health\" Enter");
    assert_eq!(current_match(&there), "global health");
    assert!(
        there
            .status()
            .contains("1 of 1: Message From the Acting Director"),
        "{}",
        there.status()
    );
    for back in ["C-o", "' '", "M-←"] {
        let again = there_again(80, 24).press(back);
        assert_eq!(
            (again.first_line(), again.reader.viewport().cursor()),
            (before.clone(), kept),
            "{back}"
        );
    }
    let forth = there.press("C-o M-→");
    assert_eq!(current_match(&forth), "global health");
}

fn there_again(columns: u16, rows: u16) -> Desk {
    open(columns, rows).press("7 j } / \"global health\" Enter")
}

#[test]
fn n_walks_through_all_matches_and_round() {
    let mut desk = open(80, 24).press("/ \"global\" Enter");
    let told: Vec<String> = (0..5)
        .map(|_| {
            let status = desk.status();
            desk = std::mem::replace(&mut desk, open(20, 5)).press("n");
            assert_eq!(current_match(&desk), "global");
            status
        })
        .collect();
    for (number, status) in told.iter().take(4).enumerate() {
        assert!(status.contains(&format!("{} of 4", number + 1)), "{status}");
    }
    assert!(
        told[4].contains("1 of 4, from the start again"),
        "{}",
        told[4]
    );
    assert!(desk.status().contains("2 of 4"), "{}", desk.status());
    let back = desk.press("2 N");
    assert!(
        back.status().contains("4 of 4, from the end again"),
        "{}",
        back.status()
    );
    assert!(
        back.press("6 n").status().contains("2 of 4"),
        "a count walks on"
    );
    assert!(
        open(80, 24)
            .press("n")
            .status()
            .contains("No search yet; / searches.")
    );
}

#[test]
fn backward_goes_back() {
    let desk = open(80, 24).press("G g / \"global\"");
    assert!(desk.status().contains("4 of 4"), "{}", desk.status());
    let desk = desk.press("Enter n");
    assert!(desk.status().contains("3 of 4"), "{}", desk.status());
    assert!(desk.press("N").status().contains("4 of 4"));
}

#[test]
fn typing_on_and_erasing_go_with_it() {
    let desk = open(80, 24).press("/ \"glo\"");
    assert!(desk.status().contains("of 4"), "{}", desk.status());
    let desk = desk.press("\"bal health\"");
    assert!(desk.status().contains("1 of 1"), "{}", desk.status());
    let desk = desk.press("C-w");
    assert!(desk.status().contains("1 of 4"), "{}", desk.status());
    let desk = desk.press("C-u");
    assert_eq!(
        desk.screen().lines().next(),
        open(80, 24).press("/").screen().lines().next()
    );
    let desk = desk.press("\"global\" Tab Tab S-Tab Enter");
    assert!(desk.status().contains("2 of 4"), "{}", desk.status());
}

#[test]
fn nothing_found_says_so_and_moves_nothing() {
    let start = open(80, 24).press("5 j }");
    let kept = place(&start);
    let typed = start.press("/ \"zyzzyva\"");
    assert!(typed.status().contains("not found"), "{}", typed.status());
    let after = typed.press("Enter");
    assert_eq!(place(&after), kept);
    assert!(
        after
            .status()
            .contains("`zyzzyva` was not found; nothing has moved."),
        "{}",
        after.status()
    );
    assert!(
        after
            .press("' '")
            .status()
            .contains("There is no jump to go back from yet")
    );
}

#[test]
fn a_phrase_is_found_over_wraps_at_every_width() {
    for columns in 20..130 {
        let desk = open(columns, 24).press("/ \"year's trafficking in persons report\" Enter");
        assert_eq!(
            current_match(&desk),
            "year’s Trafficking in Persons Report",
            "{columns} columns"
        );
        let mut marked: Vec<String> = desk
            .reader
            .matches()
            .marks()
            .iter()
            .map(|mark| mark.piece.text(desk.reader.report())[mark.bytes.clone()].into())
            .collect();
        marked.dedup();
        assert_eq!(
            marked,
            ["year’s Trafficking in Persons Report"],
            "{columns} columns"
        );
        let row = desk.reader.viewport().rows().len();
        let last = Position {
            byte: desk
                .reader
                .matches()
                .under(desk.reader.viewport().cursor())
                .expect("a hit")
                .end()
                .byte
                - 1,
            ..desk.reader.viewport().cursor()
        };
        let (reader, report) = (&desk.reader, desk.reader.report());
        let width = reader.viewport().layout().width();
        let last = Layout::new(report, width).row_of(report, last);
        assert!(
            reader.viewport().rows().contains(&last),
            "the whole hit is seen, in {row} rows of {columns} columns"
        );
    }
}

#[test]
fn the_matches_on_the_screen_are_marked_and_the_one_under_the_cursor_differently() {
    let desk = mono(90, 30).press("2 G / \"the\" Enter n");
    let buffer = desk.buffer();
    let frame = desk.reader.viewport().frame().cloned().expect("a frame");
    let in_text = |x: u16, y: u16| {
        x >= frame.text.x && y >= frame.text.y && y < frame.text.y + frame.text.height
    };
    let mut here = 0;
    let mut others = 0;
    for y in 0..30 {
        for x in (0..90).filter(|x| in_text(*x, y)) {
            let modifier = buffer[(x, y)].modifier;
            here += usize::from(modifier.contains(Modifier::REVERSED | Modifier::UNDERLINED));
            others += usize::from(modifier.contains(Modifier::REVERSED | Modifier::ITALIC));
        }
    }
    assert_eq!(here, 3, "{}", desk.styles());
    assert!(others >= 3 * 8, "{}", desk.styles());
    let cleared = desk.press("Esc");
    assert!(
        cleared.reader.matches().marks().is_empty()
            && cleared
                .reader
                .matches()
                .under(cleared.reader.viewport().cursor())
                .is_none()
    );
    assert!(cleared.press("n").status().contains(" of "), "n goes on");
}

#[test]
fn how_it_is_meant_is_chosen_in_the_box_and_shown() {
    let desk = open(120, 24).press("/ \"Glob.l\"");
    assert!(
        desk.status().contains("not found") && desk.status().contains("C-r regex"),
        "{}",
        desk.status()
    );
    let desk = desk.press("M-r");
    assert!(
        desk.status().contains("not found"),
        "a capital asks for capitals: {}",
        desk.status()
    );
    let desk = desk.press("C-u \"glob.l\"");
    assert!(desk.status().contains("1 of 4"), "{}", desk.status());
    let desk = desk.press("M-r C-u \"traffic\" M-w");
    assert!(desk.status().contains("not found"), "{}", desk.status());
    let desk = desk.press("M-w C-u \"dear\" M-c");
    assert!(desk.status().contains("not found"), "{}", desk.status());
    assert!(desk.press("M-c").status().contains("1 of 2"));
}

#[test]
fn a_faulty_expression_says_what_is_wrong_and_leaves_what_was_typed() {
    let start = open(80, 24).press("3 j");
    let kept = place(&start);
    let desk = start.press("/ M-r \"glob(al\"");
    assert!(
        desk.status().starts_with("/glob(al") && desk.status().contains("unclosed group at 5"),
        "{}",
        desk.status()
    );
    let desk = desk.press("Enter");
    assert!(desk.status().starts_with("/glob(al"), "{}", desk.status());
    assert_eq!(place(&desk), kept);
    assert!(desk.press("\")\"").status().contains("1 of 4"));
}

#[test]
fn earlier_searches_come_back_with_what_they_meant() {
    let desk = open(80, 24).press("/ \"dear\" Enter / M-r \"gl.bal\" Enter / M-r \"half\"");
    let desk = desk.press("↑");
    assert!(
        desk.status().starts_with("/gl.bal") && desk.status().contains("of 4"),
        "{}",
        desk.status()
    );
    let desk = desk.press("↑");
    assert!(
        desk.status().starts_with("/dear") && desk.status().contains("of 2"),
        "{}",
        desk.status()
    );
    assert!(
        desk.press("↓ ↓").status().starts_with("/half "),
        "down again to what was typed"
    );
    let again = open(80, 24).press("/ \"global\" Enter / Enter");
    assert!(
        again.status().contains("2 of 4"),
        "nothing typed goes on: {}",
        again.status()
    );
}

#[test]
fn titles_are_found_in_their_places() {
    for (columns, rows) in [(80, 24), (30, 8)] {
        let desk = open(columns, rows).press("/ \"acting director\"");
        let seen = desk
            .screen()
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" ");
        assert!(
            seen.contains("Acting Director") || seen.contains("Acting"),
            "{}",
            desk.screen()
        );
        assert!(
            desk.reader
                .matches()
                .marks()
                .iter()
                .any(|mark| mark.is_current && mark.piece.block.is_none())
        );
    }
}

#[test]
fn a_search_finds_your_notes_and_says_so() {
    let desk = open(80, 24).press("2 G } } } a \"xylophone in a note\" C-s g g / \"xylophone\"");
    assert!(
        desk.status().contains("1 of 1") && desk.status().contains("in your note"),
        "{}",
        desk.status()
    );
    let desk = desk.press("Enter");
    assert_eq!(desk.status().split_whitespace().next(), Some("2:4"));
    assert!(
        desk.status().contains("1 of 1: in your note “xylophone"),
        "{}",
        desk.status()
    );
    let desk = desk.press("x").press("n");
    assert!(
        desk.status().contains("was not found"),
        "the note is gone: {}",
        desk.status()
    );
}

/// A notebook with a note on 2:4 and one whose passage the report has no more, both of xylophones.
fn with_lost_note(columns: u16, rows: u16) -> Desk {
    let mut old = tip_reader::report::snapshot::bundled();
    old.sections[0].blocks[0].text =
        "Xenon burns violet; quagga herds wander zigzag over Xochimilco’s jumbled hills of obsidian and onyx.".into();
    old.sections[0].blocks[0].spans.clear();
    let desk = Desk::open(
        old,
        Arc::new(tempfile::tempdir().expect("a folder")),
        columns,
        rows,
        Settings::default(),
    );
    let desk =
        desk.press("a \"lost xylophone, with more words than one row of the status line can hold\" C-s 2 G } } } a \"kept xylophone\" C-s");
    Desk::open(
        tip_reader::report::snapshot::bundled(),
        desk.home,
        columns,
        rows,
        Settings::default(),
    )
}

#[test]
fn an_orphaned_note_is_found_and_read_without_moving() {
    for (columns, rows) in [(100, 30), (80, 24), (40, 12)] {
        let start = with_lost_note(columns, rows).press("5 j }");
        let kept = place(&start);
        let desk = start.press("/ \"lost xylophone\"");
        assert!(desk.status().contains("1 of 1"), "{}", desk.status());
        assert!(
            columns < 80 || desk.status().contains("in your note without a"),
            "{}",
            desk.status()
        );
        let desk = desk.press("Enter");
        assert!(
            desk.status()
                .contains("1 of 1: Enter reads it, in your note"),
            "{}",
            desk.status()
        );
        assert_eq!(place(&desk), kept, "there is nowhere to go");
        assert!(
            desk.press("' '")
                .status()
                .contains("There is no jump to go back from yet")
        );
        let desk = with_lost_note(columns, rows).press("/ \"lost xylophone\" Enter Enter");
        assert!(
            desk.screen().contains("orphan") && desk.screen().contains("lost xylophone"),
            "{}",
            desk.screen()
        );
        assert!(
            desk.screen().contains("Xenon burns"),
            "its quote is there: {}",
            desk.screen()
        );
        let closed = desk.press("Esc");
        assert!(
            closed
                .press("n")
                .status()
                .contains("1 of 1, from the start again")
        );
    }
}

#[test]
fn n_goes_over_a_note_without_a_place_and_on_round() {
    let mut desk = with_lost_note(100, 30).press("2 G / \"xylophone\" Enter");
    let mut told = Vec::new();
    for keys in ["n", "n", "n", "N", "N", "2 n", "} n"] {
        told.push(desk.status());
        desk = desk.press(keys);
    }
    told.push(desk.status());
    let wanted = [
        "1 of 2: in your note “kept",
        "2 of 2: Enter reads it, in your note without a position “lost",
        "1 of 2, from the start again: in your note “kept",
        "2 of 2: Enter reads",
        "1 of 2: in your note “kept",
        "2 of 2, from the end again: Enter reads",
        "2 of 2, from the start again: Enter reads",
        // Whoever moved away goes on from there.
        "2 of 2: Enter reads",
    ];
    for (told, wanted) in told.iter().zip(wanted) {
        assert!(told.contains(wanted), "{told} for {wanted}");
    }
    let backward = with_lost_note(100, 30).press("g / \"xylophone\"");
    assert!(
        backward.status().contains("2 of 2"),
        "before the start it is the last one: {}",
        backward.status()
    );
    let gone = with_lost_note(100, 30)
        .press("/ \"lost xylophone\" Enter Enter x")
        .press("n");
    assert!(gone.status().contains("was not found"), "{}", gone.status());
}

#[test]
fn the_word_at_the_cursor_is_searched_for_whole() {
    let desk = open(80, 24).press("/ \"global\" Enter *");
    assert!(desk.status().contains("2 of 4"), "{}", desk.status());
    let desk = open(80, 24).press("2 G *");
    assert!(desk.status().contains("2 of 2"), "Dear: {}", desk.status());
    assert!(desk.press("/ ↑").status().starts_with("/dear"));
}

#[test]
fn a_large_report_is_found_through_step_by_step() {
    let desk = large(100, 30).press("1 0 0 G");
    let (before, kept) = (desk.screen(), place(&desk));
    let desk = desk.press("/ \"e\"");
    assert!(desk.status().contains(" of 380"), "{}", desk.status());
    let desk = desk.press("C-u");
    let typed = desk.press(&format!("\"{}\"", crate::made::RARE));
    assert!(typed.status().contains("1 of 1"), "{}", typed.status());
    assert!(typed.screen().contains(crate::made::RARE));
    assert!(
        typed.reader.viewport().layout().made_count() < 8,
        "only what was seen is laid out"
    );
    let back = typed.press("Esc");
    assert_eq!((back.screen(), place(&back)), (before, kept));
}

#[test]
fn matches_are_the_same_at_every_width() {
    let number = |columns: u16| {
        let desk = open(columns, 24).press("2 G / \"the\" Enter");
        desk.status()
            .split(": ")
            .next()
            .and_then(|told| told.rsplit(' ').next())
            .map(str::to_owned)
    };
    let expected = number(80);
    assert!((60..200).all(|columns| number(columns) == expected));
}

#[test]
fn a_match_across_a_grapheme_breaks_no_row() {
    let mut report: Report = tip_reader::report::snapshot::bundled();
    report.sections[0].blocks[0].text = "a 👩‍👩‍👧 family, e\u{301}quity".into();
    report.sections[0].blocks[0].spans.clear();
    let desk = Desk::open(
        report,
        Arc::new(tempfile::tempdir().expect("a folder")),
        80,
        24,
        Settings::default(),
    );
    let before = desk.screen();
    let typed = desk.press("/ \"👩\"");
    assert_eq!(typed.screen().lines().nth(3), before.lines().nth(3));
    assert_eq!(typed.press("Esc").screen(), before);
}

#[test]
fn a_note_and_a_highlight_after_a_search_are_on_the_match_alone() {
    let desk = open(80, 24).press("/ \"global health\" Enter a \"on it\" C-s");
    assert_eq!(
        desk.store().load().annotations[0].anchor.quote,
        "global health"
    );
    let desk = open(80, 24).press("/ \"global health\" Enter H");
    assert_eq!(
        desk.store().load().annotations[0].anchor.quote,
        "global health"
    );
    let desk = open(80, 24).press("/ \"global health\" Enter Esc a \"on the paragraph\" C-s");
    assert!(
        desk.store().load().annotations[0].anchor.quote.len() > 100,
        "without marks it is the paragraph"
    );
}

#[test]
fn the_selection_is_searched_for() {
    let desk = open(80, 24).press("/ \"human trafficking\" Enter");
    let total = desk
        .status()
        .split(" of ")
        .nth(1)
        .and_then(|rest| rest.split(':').next())
        .map(str::to_owned)
        .expect("a count");
    let desk = desk.press("v e e *");
    assert!(
        desk.status().contains(&format!(" of {total}")),
        "{total}: {}",
        desk.status()
    );
    assert!(desk.reader.chosen().is_none());
    assert!(desk.press("/ ↑").status().starts_with("/human trafficking"));
}

fn digits(number: usize) -> String {
    number
        .to_string()
        .chars()
        .map(|digit| format!("{digit} "))
        .collect()
}

#[test]
fn n_goes_on_from_a_title_wherever_it_is_on_the_screen() {
    for (columns, rows) in [(80, 24), (20, 5), (40, 12)] {
        for up in 14..24 {
            let mut desk =
                open(columns, rows).press(&format!("3 G {} k / \"message\" Enter", digits(up)));
            let mut told = Vec::new();
            for _ in 0..3 {
                told.push(
                    desk.status()
                        .split(" of 3")
                        .next()
                        .map(|told| told.chars().last())
                        .expect("a number"),
                );
                desk = desk.press("n");
                assert!(
                    desk.reader
                        .matches()
                        .marks()
                        .iter()
                        .any(|mark| mark.is_current),
                    "{up} up at {columns}x{rows}"
                );
            }
            told.sort();
            assert_eq!(
                told,
                [Some('1'), Some('2'), Some('3')],
                "{up} up at {columns}x{rows}"
            );
        }
    }
}

#[test]
fn only_its_keys_change_how_the_box_takes_what_is_typed() {
    let desk = open(80, 24).press("/ \"global\" Enter * / \"traffic\"");
    assert!(!desk.status().contains("not found"), "{}", desk.status());
    let desk = desk.press("C-u ↑");
    assert!(
        desk.status().starts_with("/global") && desk.reader.matches().query().is_whole_word,
        "{}",
        desk.status()
    );
    let desk = desk.press("Enter / \"traffic\"");
    assert!(!desk.status().contains("not found"), "{}", desk.status());
    let desk = desk.press("M-w Enter / \"traffic\"");
    assert!(
        desk.status().contains("not found"),
        "a key of the box stays: {}",
        desk.status()
    );
}

/// Presses one key without going on with what is under way.
fn key(desk: &mut Desk, key: &str) {
    for key in tip_reader::command::key::Key::sequence(key).expect("a key") {
        desk.reader.press(key);
    }
}

#[test]
fn after_moving_elsewhere_no_match_takes_you_away_later() {
    let leave: [&[&str]; 5] = [
        &["Enter", "Esc"],
        &["Esc"],
        &["Enter", "j"],
        &["Enter", "/", "Esc"],
        &["Enter", "2", "G"],
    ];
    for keys in leave {
        let mut desk = large(100, 30).press("/ M-r Esc 9 0 G");
        key(&mut desk, "/");
        crate::made::RARE
            .chars()
            .for_each(|letter| key(&mut desk, &letter.to_string()));
        for pressed in keys {
            assert!(
                desk.reader.has_work(),
                "a large report takes more than one step"
            );
            key(&mut desk, pressed);
        }
        let here = place(&desk);
        let desk = desk.press("");
        assert!(!desk.reader.has_work());
        assert_eq!(place(&desk), here, "{keys:?}");
    }
}

#[test]
fn a_large_count_goes_round_and_round_at_once() {
    let desk = large(100, 30).press(&format!("/ \"{}\" Enter 9 9 9 9 9 9 n", crate::made::RARE));
    assert!(
        desk.status().contains("1 of 1, from the start again"),
        "{}",
        desk.status()
    );
    let desk = open(80, 24).press("/ \"global\" Enter 1 0 0 0 0 2 n");
    assert!(desk.status().contains("3 of 4"), "{}", desk.status());
}

#[test]
fn a_selection_over_paragraphs_is_not_searched_for() {
    let desk = open(80, 24).press("2 G v } } *");
    assert!(
        desk.status().contains("A search cannot span paragraphs."),
        "{}",
        desk.status()
    );
    assert!(desk.reader.chosen().is_some() && desk.reader.matches().earlier().is_empty());
}

#[test]
fn only_so_many_earlier_searches_are_remembered() {
    let mut desk = open(80, 24);
    for number in 0..210 {
        desk = desk.press(&format!("/ \"x{number}\" Enter"));
    }
    desk = desk.press(&format!("/ \"{}\" Enter", "y".repeat(5000)));
    assert_eq!(desk.reader.matches().earlier().len(), 200);
    assert_eq!(
        desk.reader
            .matches()
            .earlier()
            .last()
            .map(|query| query.text.as_str()),
        Some("x209")
    );
}

#[test]
fn in_a_narrow_window_a_fault_leaves_what_is_typed_and_enter_tells_it() {
    let desk = open(40, 10).press("/ M-r \"a long beginning of it(\"");
    assert!(
        desk.status().starts_with("/a long beginning of it( "),
        "{}",
        desk.status()
    );
    assert!(
        desk.press("Enter")
            .status()
            .contains("unclosed group at 23")
    );
    let desk = open(40, 10).press("/ M-r \"a long beginning of it(\" Enter \")\"");
    assert!(
        desk.status().starts_with("/a long beginning of it()"),
        "{}",
        desk.status()
    );
}

#[test]
fn what_was_typed_comes_back_after_earlier_searches() {
    let desk = open(80, 24).press("/ \"dear\" Enter / \"abc\" ↑ ↓");
    assert!(desk.status().starts_with("/abc "), "{}", desk.status());
}

#[test]
fn a_match_in_other_case_is_reported_and_a_key_finds_it() {
    let desk = open(120, 24).press("/ \"GLOBAL\"");
    assert!(
        desk.status().contains("not found; 4 in other case"),
        "{}",
        desk.status()
    );
    let found = open(120, 24).press("/ \"GLOBAL\" M-c");
    assert!(
        found.status().contains("1 of 4") && found.status().contains("no case"),
        "{}",
        found.status()
    );
    let desk = desk.press("Enter");
    assert!(
        desk.status()
            .contains("`GLOBAL` was not found; 4 in other case: / ↑ C-t"),
        "{}",
        desk.status()
    );
    assert!(desk.press("/ ↑ M-c").status().contains("1 of 4"));
    assert!(
        open(80, 24)
            .press("/ \"Zyzzyva\" Enter")
            .status()
            .contains("nothing has moved")
    );
}

#[test]
fn many_notes_are_looked_through_step_by_step() {
    let mut desk = open(80, 24).press("2 G } } a");
    (0..4).for_each(|_| desk.reader.paste(&"word ".repeat(44_000)));
    desk = desk.press("\"xylophone\" C-s } a \"xylophone too\" C-s g g");
    key(&mut desk, "/");
    key(&mut desk, "x");
    assert!(desk.reader.has_work(), "the notes cost more than one step");
    assert!(desk.press("\"ylophone\"").status().contains("1 of 2"));
}

#[test]
fn the_way_back_to_a_match_is_to_the_same_top_line() {
    let desk = open(60, 10).press("/ \"the\" Enter");
    let first = (desk.first_line(), desk.reader.viewport().cursor());
    let there = desk.press("n n n n n n n n");
    assert_ne!(there.first_line(), first.0, "the text has moved");
    let back = there.press("N N N N N N N N");
    assert_eq!((back.first_line(), back.reader.viewport().cursor()), first);
    let again = back.press("n N");
    assert_eq!(
        (again.first_line(), again.reader.viewport().cursor()),
        first
    );
}
