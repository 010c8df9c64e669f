//! Another report in place of the one that is read: its own place and notes, and the way back.

#[cfg(unix)]
use std::{fs, path::Path, sync::Arc};

use crate::common::Desk;
use tip_reader::{
    command::{key::Key, settings::Settings},
    reader::Effect,
    report::{Report, snapshot},
};

/// A report of two chapters that has nothing to do with the bundled one.
fn book() -> Report {
    let mut book = snapshot::bundled();
    book.id = "a-book".into();
    book.title = "A Book of Harbours".into();
    book.sections.truncate(2);
    for (section, name) in book.sections.iter_mut().zip(["Ships", "Moorings"]) {
        section.id = name.to_lowercase();
        section.title = name.into();
        for (number, block) in section.blocks.iter_mut().enumerate() {
            block.text = format!(
                "Of {} and what is known of them, the paragraph of number {number}. ",
                name.to_lowercase()
            )
            .repeat(4);
            block.spans.clear();
        }
    }
    book
}

fn put(home: &Path, report: &Report) {
    fs::create_dir_all(home.join("reports")).expect("a folder");
    fs::write(
        home.join(format!("reports/{}.ron", report.id)),
        snapshot::write(report).expect("a snapshot"),
    )
    .expect("written");
}

fn desk(columns: u16, rows: u16) -> Desk {
    let home = Arc::new(tempfile::tempdir().expect("a folder"));
    put(home.path(), &book());
    put(
        home.path(),
        &Report {
            id: "here".into(),
            ..snapshot::bundled()
        },
    );
    Desk::open(
        Report {
            id: "here".into(),
            ..snapshot::bundled()
        },
        home,
        columns,
        rows,
        Settings::default(),
    )
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
fn a_report_is_opened_by_its_id_and_gone_back_from_to_the_very_same_screen() {
    for (columns, rows) in [(120, 40), (80, 24), (40, 12), (20, 5)] {
        for state in ["", "7 j", "2 G } } )", "G", "t", "z 5 j", "# 4 j"] {
            let start = desk(columns, rows).press(state).press("");
            let (before, place) = (body(&start), start.reader.viewport().cursor());
            let there = start.press(": \"open a-book\" Enter");
            assert_eq!(there.reader.report().id, "a-book", "{}", there.screen());
            let back = there.press("C-o");
            assert_eq!(
                back.reader.report().id,
                "here",
                "{state} at {columns}x{rows}"
            );
            assert_eq!(
                (body(&back), back.reader.viewport().cursor()),
                (before, place),
                "{state} at {columns}x{rows}"
            );
        }
    }
}

#[test]
fn it_says_what_is_open_and_how_to_go_back() {
    let desk = desk(80, 24).press(": \"open a-book\" Enter");
    assert!(
        desk.status()
            .contains("A Book of Harbours; C-o goes back to `here`"),
        "{}",
        desk.status()
    );
    let told = desk.press("x").press("j g < g <").screen();
    assert!(told.contains("C-o goes back"), "{told}");
    let desk = self::desk(80, 24)
        .press("x")
        .press(": \"open a-book\" Enter")
        .press("g < g <");
    assert!(
        desk.screen().contains("here to delete"),
        "what was said before is kept: {}",
        desk.screen()
    );
    let desk = desk.press("C-o");
    assert!(
        desk.status().contains("2021 Trafficking in Persons Report"),
        "{}",
        desk.status()
    );
    assert!(
        desk.press("C-o")
            .status()
            .contains("start of the jump list")
    );
}

#[test]
fn places_left_in_it_come_before_the_previous_report() {
    let desk = desk(80, 24)
        .press(": \"open a-book\" Enter")
        .press("2 G C-o");
    assert_eq!(desk.reader.report().id, "a-book");
    assert_eq!(desk.press("C-o").reader.report().id, "here");
}

#[test]
fn the_way_back_continues_through_the_previous_report() {
    let desk = desk(80, 24)
        .press("2 G 3 G : \"open a-book\" Enter")
        .press("C-o");
    assert_eq!(
        (
            desk.reader.report().id.as_str(),
            desk.reader.viewport().cursor().section
        ),
        ("here", 2)
    );
    let desk = desk.press("C-o");
    assert_eq!(desk.reader.viewport().cursor().section, 1);
    assert_eq!(desk.press("g ,").reader.viewport().cursor().section, 2);
}

#[test]
fn each_report_has_its_own_place_bookmarks_and_notes() {
    let desk = desk(80, 24).press("2 G } a \"of the message\" C-s m m");
    let desk = desk.press(": \"open a-book\" Enter");
    assert_eq!(desk.reader.notes().notebook().entries().len(), 0);
    let desk = desk.press("2 G } } a \"of the moorings\" C-s");
    let place = desk.reader.viewport().place();
    let desk = desk.press(": \"open here\" Enter");
    assert_eq!(desk.reader.notes().notebook().entries().len(), 2);
    assert!(
        desk.reader
            .notes()
            .notebook()
            .entries()
            .iter()
            .any(|entry| entry.annotation.text == "of the message")
    );
    let desk = desk.press(": \"open a-book\" Enter");
    assert_eq!(desk.reader.viewport().place(), place, "where it was left");
    assert_eq!(desk.reader.notes().notebook().entries().len(), 1);
    let desk = desk.press("C-o").press("C-o");
    assert_eq!(
        (
            desk.reader.report().id.as_str(),
            desk.reader.viewport().place()
        ),
        ("a-book", place),
        "where it was left the first time"
    );
    let desk = desk.press("C-o");
    assert_eq!(
        (
            desk.reader.report().id.as_str(),
            desk.reader.viewport().cursor().section
        ),
        ("a-book", 0),
        "before the jump in it"
    );
    assert_eq!(
        desk.press("C-o").reader.report().id,
        "here",
        "as many steps back as there were forth"
    );
}

#[test]
fn theme_width_panes_and_commands_stay() {
    let desk = desk(100, 24)
        .press("# t : \"theme dark\" Enter : \"width 50\" Enter")
        .press(": \"open a-book\" Enter");
    let settings = &desk.reader.settings();
    assert_eq!(
        (
            settings.theme,
            settings.width,
            settings.numbers_shown,
            settings.sections_shown
        ),
        ("dark", 50, true, false)
    );
    assert!(desk.press(": ↑ ↑").status().contains("width 50"));
}

#[test]
fn the_chooser_of_sections_lists_the_other_reports_below_them() {
    let desk = desk(80, 24).press("o \"harbours\"");
    assert!(
        desk.screen().contains("0 sections, 1 report"),
        "{}",
        desk.screen()
    );
    assert_eq!(desk.press("Enter").reader.report().id, "a-book");
    let all = self::desk(80, 24).press("o");
    insta::assert_snapshot!(all.screen());
    assert!(
        all.screen().contains("3 sections, 2 reports"),
        "{}",
        all.screen()
    );
    let last = all.press("M-> ↑");
    assert_eq!(
        body(&last).lines().next(),
        body(&self::desk(80, 24)).lines().next(),
        "the text stays"
    );
    assert_eq!(
        last.press("↑ ↑ Enter").reader.viewport().cursor().section,
        1,
        "sections are as they were"
    );
}

#[test]
fn without_a_name_you_choose_a_report() {
    let desk = desk(80, 24).press(": \"open\" Enter");
    assert!(
        desk.screen().contains(" open ") && desk.screen().contains("A Book of Harbours"),
        "{}",
        desk.screen()
    );
    assert_eq!(desk.press("\"harb\" Enter").reader.report().id, "a-book");
}

#[test]
fn what_cannot_be_opened_changes_nothing_and_says_why() {
    let start = desk(80, 24).press("5 j").press("");
    fs::write(start.home.path().join("reports/broken.ron"), "(format: 1,").expect("written");
    let before = body(&start);
    let mut desk = start;
    for (name, words) in [
        ("nowhere", "no report `nowhere`"),
        ("broken", "could not open the report `broken`"),
        ("here", "is the report that is open"),
    ] {
        desk = desk.press(&format!(": \"open {name}\" Enter"));
        assert!(desk.screen().contains(words), "{}", desk.screen());
        assert!(desk.reader.layers().is_empty());
        assert_eq!(body(&desk.press("C-l")), before, "{name}");
        desk = self::desk(80, 24).press("5 j").press("");
        fs::write(desk.home.path().join("reports/broken.ron"), "(format: 1,").expect("written");
    }
}

#[test]
fn an_opening_that_was_cancelled_opens_nothing() {
    let mut desk = desk(40, 12).press(": \"open a-book\"");
    let press = |desk: &mut Desk, keys: &str| {
        Key::sequence(keys)
            .expect("keys")
            .into_iter()
            .for_each(|key| desk.reader.press(key))
    };
    press(&mut desk, "Enter");
    let number = desk
        .reader
        .take_effects()
        .into_iter()
        .find_map(|effect| match effect {
            Effect::Open { number, .. } => Some(number),
            _ => None,
        });
    assert!(
        desk.screen().contains("Opening `a-book` …"),
        "{}",
        desk.screen()
    );
    press(&mut desk, "Esc");
    assert!(
        desk.status().contains("Opening `a-book` was cancelled"),
        "{}",
        desk.status()
    );
    let home = tip_reader::disk::home::Home::new(desk.home.path().to_owned());
    let opened = tip_reader::session::opened(Some(home), "a-book");
    assert!(
        desk.reader
            .hear_of_report(number.expect("a report was asked for"), opened)
            .is_none()
    );
    assert_eq!(desk.reader.report().id, "here");
}

/// The real program: what was noted, typed and read in one report is saved when another is opened.
#[cfg(unix)]
#[test]
fn nothing_is_lost_when_another_report_is_opened_in_the_program() {
    let home = crate::pty::home();
    put(home.path(), &book());
    let mut terminal = crate::pty::Terminal::open(home.path());
    terminal.press("2G");
    terminal.save_note("of the message");
    terminal.press("}a");
    terminal.wait_for("save");
    terminal.press("half a thought");
    terminal.wait_for("half a thought");
    terminal.press("\x1b");
    let is_open = |terminal: &crate::pty::Terminal| {
        terminal.rows().iter().any(|row| row.contains("New note"))
    };
    terminal.wait_until("the box to close", |terminal| !is_open(terminal));
    terminal.press("}:open a-book\r");
    terminal.wait_for("A Book of Harbours;");
    terminal.save_note("of the ships");
    terminal.press(":open nowhere\r");
    terminal.wait_for("no report `nowhere`");
    terminal.press("\x0f");
    terminal.wait_for("Message From the Secretary");
    terminal.wait_for("1●");
    terminal.press("D");
    terminal.wait_for("half a thought");
    terminal.press(" and the rest");
    terminal.press(crate::pty::SAVE);
    terminal.wait_for("2●");
    terminal.press("q");
    let status = terminal.end_within(crate::pty::SOON);
    assert_eq!((status.exit_code(), status.signal()), (0, None));
    terminal.assert_restored();
    let mut kept: Vec<String> = crate::pty::texts(home.path());
    kept.sort();
    assert_eq!(kept, ["half a thought and the rest", "of the message"]);
    let listed = crate::pty::run(home.path(), &["-r", "a-book", "notes", "list"]);
    assert!(String::from_utf8_lossy(&listed.stdout).contains("of the ships"));
}

#[test]
fn where_a_change_is_not_on_disk_no_other_report_is_opened() {
    let mut desk = desk(80, 24);
    Key::sequence("m m")
        .expect("keys")
        .into_iter()
        .for_each(|key| desk.reader.press(key));
    let change = desk
        .reader
        .take_effects()
        .into_iter()
        .find_map(|effect| match effect {
            Effect::Save(change) => Some(change),
            _ => None,
        });
    let change = change.expect("a bookmark to keep");
    desk.reader.hear(tip_reader::notebook::news::Reply::Failed {
        change,
        reason: "no space left on device".into(),
    });
    let desk = desk.press(": \"open a-book\" Enter");
    assert!(
        desk.status().contains("Not opened") && desk.screen().contains("no space left"),
        "{}",
        desk.screen()
    );
    assert_eq!(desk.reader.report().id, "here");
}
