//! The comparison in the reader: what changed since another edition, and the ways out of it and back.

use std::{fs, sync::Arc};

use crate::{
    common::Desk,
    invariants::{assert_sound, every_key},
};
use ratatui::style::Color;
use tip_reader::{
    command::{
        key::Key,
        settings::{Settings, THEMES},
    },
    reader::Effect,
    report::{Report, snapshot},
};

const WHOLLY_NEW: &str = "Wholly new words stand here, about another thing.";

/// The bundled report as it was a year before: `Enter` after `:compare old` shows 5 changes.
fn old_edition() -> Report {
    let mut report = snapshot::bundled();
    let blocks = &mut report.sections[1].blocks;
    blocks[2].text = blocks[2]
        .text
        .replace("a strong message", "a clear message");
    let mut gone = blocks[2].clone();
    gone.text = "These are words that nobody will write again.".into();
    gone.spans.clear();
    blocks.insert(4, gone);
    blocks.remove(6);
    report.sections[2].title = "Message From the Director".into();
    let mut section = report.sections[0].clone();
    section.id = "an-old-letter".into();
    section.title = "An Old Letter".into();
    section.blocks.truncate(1);
    section.blocks[0].text = WHOLLY_NEW.into();
    section.blocks[0].spans.clear();
    report.sections.push(section);
    report
}

fn shelf(reports: &[(&str, Report)], columns: u16, rows: u16, settings: Settings) -> Desk {
    let home = Arc::new(tempfile::tempdir().expect("a folder"));
    fs::create_dir(home.path().join("reports")).expect("a folder");
    for (name, report) in reports {
        fs::write(
            home.path().join(format!("reports/{name}.ron")),
            snapshot::write(report).expect("a snapshot"),
        )
        .expect("written");
    }
    Desk::open(snapshot::bundled(), home, columns, rows, settings)
}

/// The bundled report, its old edition on the shelf.
fn desk(columns: u16, rows: u16) -> Desk {
    shelf(
        &[("old", old_edition())],
        columns,
        rows,
        Settings::default(),
    )
}

fn compared(columns: u16, rows: u16) -> Desk {
    desk(columns, rows).press(": \"compare old\" Enter")
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The screen without the status line.
fn body(desk: &Desk) -> String {
    let screen = desk.screen();
    screen
        .rsplit_once('\n')
        .map(|(body, _)| body.to_owned())
        .expect("rows")
}

/// The row of the current change, without its signs.
fn current(desk: &Desk) -> String {
    let screen = desk.screen();
    let row = screen
        .lines()
        .find(|row| row.trim_start().starts_with('▸'))
        .expect("a current change");
    row.trim_start().chars().skip(3).collect()
}

fn place(desk: &Desk) -> String {
    desk.status()
        .split("  ")
        .next()
        .unwrap_or_default()
        .trim()
        .to_owned()
}

#[test]
fn changes_are_shown_section_by_section_and_word_by_word() {
    let desk = compared(80, 60);
    let screen = desk.screen();
    assert!(
        screen.contains("Changes since old")
            && screen.contains("3 of 4 sections changed, 5 changes"),
        "{screen}"
    );
    let flat = one_line(&screen);
    assert!(
        flat.contains("1 2021 Trafficking in Persons Report: the same"),
        "{screen}"
    );
    assert!(
        flat.contains("sends a clear strong message to the world that …"),
        "what stayed is folded: {screen}"
    );
    assert!(flat.contains("… 2 paragraphs the same"), "{screen}");
    assert!(
        flat.contains("- 2:5 removed")
            && flat.contains("- These are words that nobody will write again."),
        "{screen}"
    );
    assert!(
        flat.contains("3 Message From the Acting Director"),
        "the old title is there too: {screen}"
    );
    assert!(
        flat.contains("4 An Old Letter removed, 1 paragraph"),
        "{screen}"
    );
    assert_eq!(place(&desk), "1 of 5");
}

#[test]
fn escape_from_a_comparison_brings_the_very_same_screen() {
    for (columns, rows) in [(120, 40), (80, 24), (40, 12), (20, 5)] {
        for state in ["", "7 j", "2 G } } )", "G", "5 0 %", "t", "z", "# 4 j"] {
            for keys in ["", "n n n", "G", "? Esc z Space", "C-l ] ] y"] {
                let start = desk(columns, rows).press(state).press("");
                let (before, place) = (
                    body(&start),
                    (
                        start.reader.viewport().place(),
                        start.reader.viewport().cursor(),
                    ),
                );
                let back = start
                    .press(": \"compare old\" Enter")
                    .press(keys)
                    .press("Esc");
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
fn every_change_is_reached_and_seen_at_every_size_both_ways() {
    let told = [
        "2:3 changed",
        "2:5 removed",
        "2:6 added",
        "3  Message From the",
        "4:1 removed",
    ];
    for columns in [20, 33, 40, 80, 200] {
        for rows in [5, 6, 9, 12, 24, 60] {
            let mut desk = compared(columns, rows).press("g g n");
            for (index, words) in told.iter().enumerate() {
                assert!(
                    current(&desk).starts_with(words.split(' ').next().expect("a word")),
                    "{columns}x{rows} {index}:\n{}",
                    desk.screen()
                );
                assert_eq!(
                    place(&desk),
                    format!("{} of 5", index + 1),
                    "{columns}x{rows}:\n{}",
                    desk.screen()
                );
                desk = desk.press(if index % 2 == 0 { "n" } else { "}" });
            }
            assert!(
                desk.status().contains("This is the last"),
                "{}",
                desk.status()
            );
            for index in (1..5).rev() {
                desk = desk.press(if index % 2 == 0 { "N" } else { "{" });
                assert_eq!(
                    place(&desk),
                    format!("{index} of 5"),
                    "{columns}x{rows}:\n{}",
                    desk.screen()
                );
            }
            assert!(desk.press("N").status().contains("This is the first"));
        }
    }
}

#[test]
fn sections_that_changed_are_gone_to_and_stand_at_the_top() {
    let desk = compared(60, 8).press("g g ]");
    assert!(
        desk.screen()
            .lines()
            .nth(1)
            .is_some_and(|row| row.contains("2  Message From the Secretary of State")),
        "{}",
        desk.screen()
    );
    let desk = desk.press("]");
    assert!(
        desk.screen()
            .lines()
            .nth(1)
            .is_some_and(|row| row.contains("3  Message From the Acting Director")),
        "{}",
        desk.screen()
    );
    let desk = desk.press("[ n n [");
    assert!(
        current(&desk).starts_with("2  Message"),
        "first the start of the section here: {}",
        desk.screen()
    );
    let desk = desk.press("] [ j j j j");
    assert!(
        desk.screen()
            .lines()
            .next()
            .is_some_and(|row| row.contains("2  Message From the Secretary of State")),
        "{}",
        desk.screen()
    );
    assert!(
        desk.press("] ] ] ]")
            .status()
            .contains("last section that changed")
    );
}

#[test]
fn enter_goes_to_the_change_and_one_key_comes_back_to_it() {
    let start = desk(80, 24).press("G");
    let before = body(&start);
    let desk = start.press(": \"compare old\" Enter").press("n n");
    let comparison = body(&desk);
    let desk = desk.press("Enter");
    assert!(
        desk.status().contains("2:6: g c returns to the comparison"),
        "{}",
        desk.status()
    );
    assert_eq!(
        (
            desk.reader.viewport().cursor().section,
            desk.reader.viewport().cursor().block
        ),
        (1, 5)
    );
    let back = desk.press("C-o");
    assert_eq!(body(&back), before, "C-o goes to where one was reading");
    let again = back.press("g c");
    assert_eq!(body(&again), comparison);
    assert_eq!(place(&again), "3 of 5");
    assert_eq!(body(&again.press("Esc")), before);
}

#[test]
fn what_is_no_longer_there_leads_to_where_it_was() {
    let desk = compared(80, 24).press("n Enter");
    assert!(
        desk.status().contains("not in this edition"),
        "{}",
        desk.status()
    );
    assert_eq!(
        (
            desk.reader.viewport().cursor().section,
            desk.reader.viewport().cursor().block
        ),
        (1, 4)
    );
    let desk = compared(80, 24).press("G Enter");
    assert!(
        desk.status().contains("not in this edition"),
        "{}",
        desk.status()
    );
    assert_eq!(
        desk.reader.viewport().cursor().section,
        2,
        "a section at the end: the last one that there is"
    );
}

#[test]
fn my_notes_on_what_changed_come_first() {
    let desk = desk(80, 24)
        .press(": \"2:3\" Enter a \"on the message\" C-s : \"3:1\" Enter a \"on what stays\" C-s");
    let mut new = snapshot::bundled();
    new.sections[1].blocks[2].text = new.sections[1].blocks[2]
        .text
        .replace("a strong message", "a firm message");
    fs::write(
        desk.home.path().join("reports/first.ron"),
        snapshot::write(&snapshot::bundled()).expect("a snapshot"),
    )
    .expect("written");
    let desk =
        Desk::open(new, desk.home, 80, 24, Settings::default()).press(": \"compare first\" Enter");
    let screen = desk.screen();
    let notes = screen.split("1  2021").next().expect("what comes first");
    assert!(
        notes.contains("Your notes on what changed") && notes.contains("● 2:3  note, changed"),
        "{screen}"
    );
    assert!(
        notes.contains("strong firm message") && notes.contains("on the message"),
        "{screen}"
    );
    assert!(!screen.contains("on what stays"), "{screen}");
    assert_eq!(colour_of(&desk, "on the message"), Color::Magenta);
    assert_eq!(place(&desk), "note 1 of 1");
    let desk = desk.press("n");
    assert_eq!(place(&desk), "1 of 1");
    let desk = desk.press("N Enter");
    assert_eq!(
        (
            desk.reader.viewport().cursor().section,
            desk.reader.viewport().cursor().block
        ),
        (1, 2)
    );
}

#[test]
fn notes_of_last_years_report_are_shown_too() {
    let mut old = old_edition();
    old.id = "tip-2020".into();
    let home = Arc::new(tempfile::tempdir().expect("a folder"));
    fs::create_dir(home.path().join("reports")).expect("a folder");
    fs::write(
        home.path().join("reports/tip-2020.ron"),
        snapshot::write(&old).expect("a snapshot"),
    )
    .expect("written");
    let desk = Desk::open(old, home, 80, 24, Settings::default())
        .press(": \"2:5\" Enter a \"kept from last year\" C-s");
    let desk = Desk::open(snapshot::bundled(), desk.home, 80, 24, Settings::default())
        .press(": \"compare tip-2020\" Enter");
    assert!(
        desk.screen().contains("2:5  note, orphaned")
            && desk.screen().contains("kept from last year"),
        "{}",
        desk.screen()
    );
    let desk = desk.press("Enter");
    assert!(
        desk.status().contains("not in this edition"),
        "{}",
        desk.status()
    );
    assert_eq!(
        (
            desk.reader.viewport().cursor().section,
            desk.reader.viewport().cursor().block
        ),
        (1, 4)
    );
}

#[test]
fn scrolled_by_lines_or_pages_no_line_is_lost() {
    for (columns, rows) in [(80, 12), (40, 12), (20, 5)] {
        let tall = compared(columns, 300);
        let whole: Vec<String> = tall.screen().lines().skip(1).map(str::to_owned).collect();
        let whole: Vec<String> = whole
            .iter()
            .rev()
            .skip(1)
            .rev()
            .map(|row| row.replace('▸', " "))
            .collect();
        let whole = whole.join("\n").trim_end().to_owned();
        let mut desk = compared(columns, rows).press("g g");
        let shown = |desk: &Desk| {
            let rows: Vec<String> = body(desk)
                .split('\n')
                .skip(1)
                .map(|row| row.replace('▸', " ").trim_end().to_owned())
                .collect();
            rows
        };
        let mut seen = shown(&desk);
        loop {
            let before = shown(&desk);
            desk = desk.press("j");
            let after = shown(&desk);
            if after == before {
                break;
            }
            assert_eq!(
                after[..after.len() - 1],
                before[1..],
                "one line at a time at {columns}x{rows}"
            );
            seen.extend(after.last().cloned());
        }
        assert_eq!(seen.join("\n").trim_end(), whole, "{columns}x{rows}");
        let end = body(&desk);
        assert_eq!(
            body(&compared(columns, rows).press("G")).replace('▸', " "),
            end.replace('▸', " ")
        );
        assert_eq!(
            body(&desk.press("g g Space Space Space Space Space Space b b b b b b b b b"))
                .replace('▸', " "),
            body(&compared(columns, rows).press("g g")).replace('▸', " ")
        );
    }
}

#[test]
fn no_size_of_the_window_moves_what_is_read() {
    for keys in ["", "n n", "G", "3 j", "z 2 0 j"] {
        let desk = compared(100, 14).press(keys).press("");
        let before = body(&desk);
        let back = desk
            .resize(31, 9)
            .resize(20, 5)
            .resize(3, 1)
            .resize(100, 14);
        assert_eq!(body(&back), before, "{keys}");
    }
}

#[test]
fn what_stayed_is_shown_in_full_when_it_is_asked_for() {
    let desk = compared(80, 400).press("z");
    let screen = desk.screen();
    let rows: Vec<String> = screen
        .lines()
        .map(|row| row.chars().skip(5).collect())
        .collect();
    let bare = |text: &str| text.split_whitespace().collect::<String>();
    let all = bare(&rows.join(" "));
    for block in snapshot::bundled()
        .sections
        .iter()
        .flat_map(|section| &section.blocks)
        .filter(|block| !block.text.contains("strong message"))
    {
        assert!(all.contains(&bare(&block.text)), "{}", block.text);
    }
    assert!(!screen.contains("paragraphs the same"), "{screen}");
    let at = |desk: &Desk| {
        (
            current(desk),
            desk.screen().lines().position(|row| row.contains('▸')),
        )
    };
    let small = compared(60, 16).press("n");
    let before = at(&small);
    let small = small.press("z");
    assert_eq!(at(&small), before, "the current change stays where it is");
    assert_eq!(at(&small.press("z")), before);
}

#[test]
fn a_change_is_copied_with_its_words_marked() {
    let desk = compared(40, 12).press("n y");
    let Some(Effect::Copy { text, .. }) = desk.effects.last() else {
        panic!("{:?}", desk.effects)
    };
    assert!(text.starts_with("2:3 changed\n"), "{text}");
    assert!(
        text.contains("sends a [-clear-] {+strong+} message to the world"),
        "{text}"
    );
    let words = text.split_once('\n').expect("a heading").1.trim_end();
    let new = words
        .replace("[-clear-] ", "")
        .replace("{+", "")
        .replace("+}", "");
    assert_eq!(
        new,
        snapshot::bundled().sections[1].blocks[2].text,
        "whole, not folded"
    );
}

/// The colour in which a text is drawn where it comes first.
fn colour_of(desk: &Desk, text: &str) -> Color {
    let buffer = desk.buffer();
    let found = buffer.content.chunks(80).find_map(|row| {
        let symbols: String = row.iter().map(|cell| cell.symbol()).collect();
        let before = symbols.get(..symbols.find(text)?)?;
        row.get(before.chars().count()).map(|cell| cell.fg)
    });
    found.unwrap_or_else(|| panic!("`{text}` is not in {}", desk.screen()))
}

#[test]
fn added_and_removed_words_have_their_own_colours_in_every_theme() {
    use Color::{Indexed, Reset};
    let themes = [
        ("terminal", [Reset; 4]),
        ("dark", [150, 217, 247, 255].map(Indexed)),
        ("light", [22, 124, 241, 233].map(Indexed)),
        ("sepia", [22, 88, 240, 234].map(Indexed)),
        ("high-contrast", [120, 217, 252, 231].map(Indexed)),
        ("mono", [Reset; 4]),
    ];
    assert!(THEMES.iter().eq(themes.iter().map(|(theme, _)| theme)));
    for (theme, [added, removed, quiet, title]) in themes {
        let settings = Settings {
            theme,
            ..Settings::default()
        };
        let desk =
            shelf(&[("old", old_edition())], 80, 40, settings).press(": \"compare old\" Enter");
        for (text, colour) in [
            ("strong", added),
            ("clear", removed),
            ("Through this report, we call", added),
            ("+ 2:6 added", added),
            ("- 2:5 removed", removed),
            ("These are words that nobody", removed),
            ("~ 2:3 changed", quiet),
            ("… 2 paragraphs the same", quiet),
            ("Changes since old", title),
        ] {
            assert_eq!(colour_of(&desk, text), colour, "{theme}: {text}");
        }
    }
}

#[test]
fn without_colours_signs_show_added_and_removed_words() {
    let settings = Settings {
        theme: "mono",
        has_colour: false,
        ..Settings::default()
    };
    let desk = shelf(&[("old", old_edition())], 80, 30, settings).press(": \"compare old\" Enter");
    let flat = one_line(&desk.screen());
    assert!(
        flat.contains("a [-clear-] {+strong+} message"),
        "{}",
        desk.screen()
    );
    assert!(
        flat.contains("- These are words that nobody will write again."),
        "beside the lines alone: {}",
        desk.screen()
    );
    insta::assert_snapshot!(desk.styles());
}

#[test]
fn the_comparison_at_80_columns() {
    insta::assert_snapshot!(compared(80, 24).screen());
}

#[test]
fn the_comparison_at_40_columns() {
    insta::assert_snapshot!(compared(40, 12).press("n").screen());
}

#[test]
fn the_choice_of_a_report_to_compare_with() {
    let mut other = snapshot::bundled();
    other.id = "a-book".into();
    other.title = "A Book".into();
    let mut year = snapshot::bundled();
    year.id = "tip-2020".into();
    year.title = "2020 Trafficking in Persons Report".into();
    let desk = shelf(
        &[
            ("a-book", other),
            ("old", old_edition()),
            ("tip-2020", year),
        ],
        80,
        24,
        Settings::default(),
    );
    let desk = desk.press(": \"compare\" Enter");
    insta::assert_snapshot!(desk.screen());
    let desk = desk.press("\"2020\" Enter");
    assert!(
        desk.screen().contains("Changes since tip-2020") || desk.status().contains("are the same"),
        "{}",
        desk.screen()
    );
}

#[test]
fn where_there_is_no_other_report_it_says_so() {
    for keys in [": \"compare\" Enter", "g c"] {
        let desk = crate::common::open(80, 24).press(keys);
        assert!(
            desk.status().contains("no other report"),
            "{}",
            desk.status()
        );
        assert!(desk.reader.layers().is_empty());
    }
}

#[test]
fn reports_are_completed_by_name() {
    let desk = desk(80, 24).press(": \"compare \"");
    assert!(
        desk.screen()
            .contains("old                    2021 Trafficking"),
        "{}",
        desk.screen()
    );
    assert!(desk.press("\"ol\" Tab").status().contains(":compare old"));
    let first = shelf(&[("old", old_edition())], 80, 24, Settings::default())
        .press(": \"compare\" Tab Tab");
    assert!(first.status().starts_with(":compare"), "{}", first.status());
}

#[test]
fn what_cannot_be_compared_is_said_in_one_line() {
    let desk = desk(80, 24);
    fs::write(desk.home.path().join("reports/broken.ron"), "(format: 1,").expect("written");
    fs::write(
        desk.home.path().join("reports/same.ron"),
        snapshot::write(&snapshot::bundled()).expect("a snapshot"),
    )
    .expect("written");
    let mut desk = desk;
    for (name, words) in [
        ("nowhere", "no report `nowhere`"),
        ("broken", "could not open the report `broken`"),
        ("same", "are the same"),
        ("bundled", "are the same"),
    ] {
        desk = desk.press(&format!(": \"compare {name}\" Enter"));
        assert!(desk.screen().contains(words), "{}", desk.screen());
        assert!(desk.reader.layers().is_empty(), "{name}");
    }
    let path = desk.home.path().join("reports/old.ron");
    let desk = desk.press(&format!(": \"compare {}\" Enter", path.display()));
    assert!(place(&desk).ends_with("of 5"), "a path is as good as an id");
}

fn press_alone(desk: &mut Desk, keys: &str) {
    Key::sequence(keys)
        .expect("keys")
        .into_iter()
        .for_each(|key| desk.reader.press(key));
}

/// Asks for a comparison that is not made yet; what was asked for.
fn asked(desk: &mut Desk) -> (u64, String) {
    let asked = desk
        .reader
        .take_effects()
        .into_iter()
        .find_map(|effect| match effect {
            Effect::Compare { number, name } => Some((number, name)),
            _ => None,
        });
    asked.expect("a comparison was asked for")
}

#[test]
fn a_comparison_is_waited_for_with_the_keys_free_and_can_be_cancelled() {
    let mut desk = desk(40, 12).press(": \"compare old\"");
    press_alone(&mut desk, "Enter");
    let (first, name) = asked(&mut desk);
    assert!(
        desk.screen().contains("Comparing with `old` …") && desk.screen().contains("Esc cancels"),
        "{}",
        desk.screen()
    );
    let made = |desk: &Desk| {
        let home = tip_reader::disk::home::Home::new(desk.home.path().to_owned());
        tip_reader::session::compared(Some(home), desk.reader.report().clone(), &name, Vec::new())
    };
    press_alone(&mut desk, "n j G Enter z y g g ] Esc");
    assert!(
        desk.status().contains("Comparing with `old` was cancelled"),
        "{}",
        desk.status()
    );
    let before = body(&desk);
    let late = made(&desk);
    desk.reader.hear_of_comparison(first, late);
    assert_eq!(body(&desk), before, "what was cancelled never appears");
    let mut desk = desk.press(": \"compare old\"");
    press_alone(&mut desk, "Enter");
    let (second, _) = asked(&mut desk);
    let (late, made) = (made(&desk), made(&desk));
    desk.reader.hear_of_comparison(first, late);
    assert!(
        desk.screen().contains("Comparing with"),
        "that is not what is waited for: {}",
        desk.screen()
    );
    press_alone(&mut desk, "?");
    desk.reader.hear_of_comparison(second, made);
    assert!(
        desk.screen().starts_with(" Help"),
        "the help stays: {}",
        desk.screen()
    );
    assert_eq!(place(&desk.press("Esc")), "5 changes");
}

#[test]
fn a_comparison_fits_into_every_window_and_stands_every_key() {
    let mut desk = compared(80, 24).press("n");
    for columns in 0..=90 {
        for rows in 0..=12 {
            desk = desk.resize(columns, rows);
            assert_sound(&desk, "n");
        }
    }
    for (columns, rows) in [(80, 24), (20, 5), (3, 1)] {
        for key in every_key() {
            let desk = compared(columns, rows).press(key).press("j x");
            assert_sound(&desk, &format!("{key} j x"));
        }
    }
}

#[test]
fn no_control_of_a_report_reaches_the_screen() {
    let mut old = old_edition();
    old.sections[1].blocks[2]
        .text
        .push_str(" \u{1b}[2J\u{9b}31m\u{202e}");
    old.sections[1].title.push('\u{7}');
    let desk = shelf(&[("old", old)], 80, 40, Settings::default()).press(": \"compare old\" Enter");
    let screen = desk.screen();
    assert!(
        screen
            .chars()
            .all(|c| c == '\n' || !(c.is_control() || c == '\u{202e}')),
        "{screen:?}"
    );
}
