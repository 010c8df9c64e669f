//! Whole screens as they are seen, and what holds of every screen at every size.

use crate::{
    common::{Desk, open},
    invariants::{assert_sound, every_key},
};
use tip_reader::command::settings::Settings;

macro_rules! screens {
    ($($name:ident($columns:literal, $rows:literal, $keys:literal);)*) => {$(
        #[test]
        fn $name() {
            insta::assert_snapshot!(open($columns, $rows).press($keys).screen());
        }
    )*};
}

screens! {
    the_first_screen_at_80_columns(80, 24, "");
    the_first_screen_at_120_columns(120, 40, "");
    the_first_screen_at_40_columns(40, 12, "");
    the_end_of_the_report(80, 24, "G");
    a_letter_with_its_caption(80, 24, "] ]");
    the_smallest_window(20, 5, "3 j");
    only_the_text(80, 24, "z 5 j");
    paragraph_numbers(80, 24, "# 2 G");
    the_section_pane_has_the_keys(80, 24, "Tab j");
    the_section_pane_over_a_narrow_text(40, 12, "Tab j");
    the_note_box(80, 24, "2 G } } a \"a thought\" Enter \"#tag\"");
    the_note_box_at_40_columns(40, 12, "2 G } } a \"a thought that is longer than the box is wide\"");
    a_note_beside_the_text(120, 30, "2 G } } a \"a note that stands beside the paragraph it is on\" C-s");
    a_note_in_full(80, 24, "2 G } } a \"a note\" C-s Enter");
    the_help(80, 24, "?");
    the_help_at_40_columns(40, 12, "? Space");
    the_command_line(80, 24, ": \"to\"");
    the_search_box(80, 24, "/ \"global\"");
    the_search_box_at_40_columns(40, 12, "/ \"global\"");
    a_faulty_expression(80, 24, "/ M-r \"glob(\"");
    the_list_of_matches(80, 24, "/ \"global\" Enter & ↓");
    the_list_of_matches_at_40_columns(40, 12, "/ \"global\" Enter &");
    sections_by_title(80, 24, "o \"sec\"");
    the_filtered_section_pane(80, 24, "Tab / \"act\"");
    places_left_by_jumps(80, 24, "2 G 3 G g p");
    the_match_under_the_cursor(120, 30, "/ \"global\" Enter n");
}

#[test]
fn in_mono_every_state_has_a_style_of_its_own() {
    let home = std::sync::Arc::new(tempfile::tempdir().expect("a folder"));
    let settings = Settings {
        theme: "mono",
        has_colour: false,
        ..Settings::default()
    };
    let desk = Desk::open(
        tip_reader::report::snapshot::bundled(),
        home,
        90,
        24,
        settings,
    );
    let desk = desk.press("2 G } } a \"n\" C-s } m m } ) Tab k");
    insta::assert_snapshot!(desk.styles());
}

#[test]
fn no_colour_is_drawn_where_the_terminal_has_none() {
    for theme in tip_reader::command::settings::THEMES {
        let home = std::sync::Arc::new(tempfile::tempdir().expect("a folder"));
        let settings = Settings {
            theme,
            has_colour: false,
            ..Settings::default()
        };
        let desk = Desk::open(
            tip_reader::report::snapshot::bundled(),
            home,
            90,
            24,
            settings,
        )
        .press("2 G a \"n\" C-s Tab");
        let buffer = desk.buffer();
        let is_plain = |colour| colour == ratatui::style::Color::Reset;
        assert!(
            buffer
                .content
                .iter()
                .all(|cell| is_plain(cell.fg) && is_plain(cell.bg)),
            "{theme}"
        );
    }
}

#[test]
fn every_state_fits_into_every_window() {
    let states = [
        "",
        "G",
        "Tab j",
        "a \"x y\"",
        "?",
        ": \"t\"",
        "#",
        "z",
        "a \"n\" C-s m m Enter",
        "/ \"the\"",
        "/ \"the\" Enter n",
        "/ \"the\" Enter &",
        "o \"a\"",
        "g p",
        "Tab / \"a\"",
    ];
    for keys in states {
        let mut desk = open(80, 24).press(keys);
        for columns in 0..=90 {
            for rows in 0..=12 {
                desk = desk.resize(columns, rows);
                assert_sound(&desk, keys);
            }
        }
    }
}

fn assert_sound_after_every_key(columns: u16, rows: u16) {
    let states = [
        "",
        "Tab",
        "a",
        "?",
        ":",
        "m",
        "g",
        "5",
        "a \"n\" C-s Enter",
        "/ \"the\"",
        "/ \"the\" Enter",
        "/ \"the\" Enter &",
        "o",
        "g p",
        "Tab /",
    ];
    for state in states {
        for key in every_key() {
            let desk = open(columns, rows).press(state).press(key);
            assert_sound(&desk.press("j x"), &format!("{state} {key} j x"));
        }
    }
}

#[test]
fn after_every_key_in_every_state_the_screen_is_sound() {
    assert_sound_after_every_key(80, 24);
}

#[test]
fn after_every_key_in_the_smallest_window_the_screen_is_sound() {
    assert_sound_after_every_key(20, 5);
}

#[test]
fn after_every_key_in_a_window_that_is_too_small_the_screen_says_so() {
    assert_sound_after_every_key(3, 1);
}

#[test]
fn the_terminals_cursor_is_at_what_the_keys_act_on_for_those_who_follow_it() {
    let desk = open(80, 24).press("2 G } } a \"a thought\" C-s } H y Tab j");
    assert!(
        desk.at_cursor().0.starts_with("3 Message") && !desk.at_cursor().1,
        "{:?}",
        desk.at_cursor()
    );
    let desk = desk.press("/ \"sec\"");
    assert!(desk.at_cursor().1, "the caret of the filter is not seen");
    let desk = desk.press("Esc Tab A");
    assert!(
        desk.at_cursor().0.starts_with("▸▌y"),
        "{:?}",
        desk.at_cursor()
    );
    let desk = desk.press("k");
    assert!(
        desk.at_cursor().0.starts_with("▸●"),
        "{:?}",
        desk.at_cursor()
    );
    let desk = desk.press("/ \"tho\"");
    assert!(desk.at_cursor().1, "the caret of the filter is not seen");
    let desk = desk.press("Esc g g v");
    assert!(
        desk.at_cursor().0.starts_with("a thought"),
        "{:?}",
        desk.at_cursor()
    );
    let desk = desk.press("q q ?");
    assert!(
        desk.at_cursor().0.starts_with("In the text"),
        "{:?}",
        desk.at_cursor()
    );
}

#[test]
fn the_title_of_a_section_is_not_repeated_above_itself() {
    let top = |keys: &str| {
        let screen = open(80, 24).press(keys).screen();
        screen
            .lines()
            .take(4)
            .map(|line| line.split('│').nth(1).unwrap_or_default().trim().to_owned())
            .collect::<Vec<_>>()
    };
    let title = "Message From the Secretary of State";
    assert_eq!(top("2 G 4 C-e")[0], title);
    for back in 1..3 {
        let told = top(&format!("2 G {back} C-y"));
        assert_eq!(
            told.iter().filter(|line| line.starts_with(title)).count(),
            1,
            "{told:#?}"
        );
    }
}
