//! Selecting, highlighting and copying, in keys and clicks, and what is saved of it.

use crate::common::{Desk, open};
use tip_reader::{
    notebook::annotation::Kind,
    report::{BlockKind, position::Position, snapshot},
};

fn selected(desk: &Desk) -> String {
    desk.reader
        .chosen()
        .map(|passage| desk.reader.report().text_of(passage))
        .unwrap_or_default()
}

/// At paragraph 2:3, which is long.
fn at_text() -> Desk {
    open(80, 24).press(": \"2:3\" Enter")
}

fn text() -> String {
    snapshot::bundled()
        .text_at(Position::new(1, 2, 0))
        .to_owned()
}

#[test]
fn text_is_selected_by_characters_words_and_sentences() {
    let text = text();
    let words: Vec<&str> = text.split(' ').collect();
    assert_eq!(
        selected(&at_text().press("v")),
        text.chars().next().expect("text").to_string()
    );
    assert_eq!(
        selected(&at_text().press("v l l")),
        text.chars().take(3).collect::<String>()
    );
    assert_eq!(selected(&at_text().press("v e")), words[0]);
    assert_eq!(selected(&at_text().press("v 2 e")), words[..2].join(" "));
    assert_eq!(selected(&at_text().press("v w w v e")), words[2]);
    let sentence = format!("{}.", text.split_once(". ").expect("two sentences").0);
    assert_eq!(selected(&at_text().press("v )")), sentence);
    assert_eq!(
        selected(&at_text().press("v ) o e")),
        &sentence[words[0].len() - 1..]
    );
    assert_eq!(selected(&at_text().press("v }")), text);
    assert_eq!(selected(&at_text().press("V")), text);
}

#[test]
fn a_selection_goes_across_paragraphs_and_sections() {
    let desk = at_text().press("v } }");
    assert_eq!(selected(&desk).split('\n').count(), 2);
    let desk = open(80, 24).press(": \"2:8\" Enter V }");
    let both = selected(&desk);
    assert_eq!(
        both,
        format!(
            "{}\nDear Reader:",
            snapshot::bundled().text_at(Position::new(1, 7, 0))
        )
    );
    let back = open(80, 24).press(": \"3:1\" Enter V {");
    assert_eq!(selected(&back), both);
}

#[test]
fn a_selection_is_the_same_at_every_width() {
    let widths = [(80, 24), (40, 12), (20, 5), (120, 40)];
    let keys = "v ) ) e";
    let expected = selected(&at_text().press(keys));
    for (columns, rows) in widths {
        assert_eq!(
            selected(&open(columns, rows).press(": \"2:3\" Enter").press(keys)),
            expected,
            "{columns}x{rows}"
        );
        assert_eq!(
            selected(&at_text().press(keys).resize(columns, rows)),
            expected,
            "{columns}x{rows}"
        );
    }
}

#[test]
fn lines_up_and_down_stay_in_their_column() {
    let desk = at_text().press("v 9 l j k");
    assert_eq!(selected(&desk).chars().count(), 10);
    let desk = at_text().press("v j 0 o $");
    let screen = desk.screen();
    assert!(!selected(&desk).is_empty(), "{screen}");
}

#[test]
fn a_selection_is_seen_without_colours_and_escape_drops_it() {
    let desk = at_text().press("v e");
    let first = text().split(' ').next().expect("a word").to_owned();
    assert!(
        desk.styles()
            .lines()
            .any(|line| line.contains("REVERSED") && line.ends_with(&first)),
        "{}",
        desk.styles()
    );
    let desk = desk.press("Esc");
    assert_eq!(selected(&desk), "");
    assert!(!desk.press("h").status().contains("Selection"));
}

#[test]
fn a_note_is_on_just_what_was_selected() {
    let desk = at_text().press("v ) a \"on a sentence #tag\" C-s");
    let quote = &desk.reader.notes().notebook().entries()[0]
        .annotation
        .anchor
        .quote;
    assert!(text().starts_with(quote.as_str()) && quote.ends_with('.'));
    assert_eq!(selected(&desk), "");
    let desk = desk.start_again();
    assert_eq!(
        desk.reader.notes().notebook().entries()[0]
            .annotation
            .tags(),
        ["tag"]
    );
}

#[test]
fn a_highlight_is_made_at_once_and_the_next_key_chooses_its_colour() {
    for (keys, color) in [
        ("H", "yellow"),
        ("H y", "yellow"),
        ("H g", "green"),
        ("H b", "blue"),
        ("H r", "red"),
        ("H p", "purple"),
        ("H j", "yellow"),
    ] {
        let desk = at_text().press(keys).start_again();
        let entry = &desk.reader.notes().notebook().entries()[0];
        assert_eq!(
            (entry.annotation.kind, entry.annotation.color.as_deref()),
            (Kind::Highlight, Some(color)),
            "{keys}"
        );
    }
    let desk = at_text().press("H g U");
    assert!(
        desk.reader.notes().notebook().entries().is_empty(),
        "one undo takes colour and highlight back"
    );
    let desk = desk.press("C-r");
    assert_eq!(
        desk.reader.notes().notebook().entries()[0]
            .annotation
            .color
            .as_deref(),
        Some("green")
    );
    let desk = desk.press("H b U");
    assert_eq!(
        desk.reader.notes().notebook().entries()[0]
            .annotation
            .color
            .as_deref(),
        Some("green")
    );
}

#[test]
fn h_on_a_highlight_changes_or_removes_it() {
    let desk = at_text().press("v e H g");
    let desk = desk.press("H r").start_again();
    assert_eq!(desk.reader.notes().notebook().entries().len(), 1);
    assert_eq!(
        desk.reader.notes().notebook().entries()[0]
            .annotation
            .color
            .as_deref(),
        Some("red")
    );
    let desk = desk.press("H x").start_again();
    assert!(desk.reader.notes().notebook().entries().is_empty());
    assert!(desk.press("H").reader.notes().notebook().entries().len() == 1);
}

#[test]
fn the_key_after_the_colour_is_an_ordinary_one() {
    let desk = at_text().press("H g g g");
    assert!(
        desk.status().trim_start().starts_with("1:1"),
        "{}",
        desk.status()
    );
    assert_eq!(
        desk.reader.notes().notebook().entries()[0]
            .annotation
            .color
            .as_deref(),
        Some("green")
    );
}

#[test]
fn highlights_over_each_other_are_all_shown_and_told_apart_without_colours() {
    let desk = at_text().press("V H g").press("v e H r");
    assert_eq!(desk.reader.notes().notebook().entries().len(), 2);
    let desk = desk.press(": \"theme mono\" Enter");
    let screen = desk.screen();
    assert!(
        screen
            .lines()
            .any(|line| line.contains("▸r") || line.contains("▸g")),
        "{screen}"
    );
    let listed = desk.press("x");
    assert!(listed.screen().contains("1 of 2"), "{}", listed.screen());
}

#[test]
fn the_mouse_selects_by_drag_word_and_paragraph() {
    let mut desk = at_text();
    let row = desk
        .reader
        .viewport()
        .rows()
        .iter()
        .position(|at| desk.reader.viewport().is_cursor_row(*at))
        .expect("the cursor");
    desk.reader.click_text(row, 0, 2);
    assert_eq!(selected(&desk), text().split(' ').next().expect("a word"));
    desk.reader.click_text(row, 0, 3);
    assert_eq!(selected(&desk), text());
    desk.reader.click_text(row, 0, 1);
    assert_eq!(selected(&desk), "");
    desk.reader.drag_text((row, 0), row as isize, 6);
    assert_eq!(selected(&desk), &text()[..7]);
    desk.reader.drag_text((row, 0), row as isize, 3);
    assert_eq!(selected(&desk), &text()[..4]);
    desk.reader.click_text(row, 5, 1);
    desk.reader.drag_text((row, 5), row as isize, 8);
    assert_eq!(
        selected(&desk),
        text().chars().skip(5).take(4).collect::<String>()
    );
    desk.reader.click_text(row, 0, 1);
    desk.reader.drag_text((row, 0), row as isize, 3);
    for _ in 0..200 {
        desk.reader.drag_text((row, 0), 40, 3);
    }
    assert_eq!(
        desk.reader.viewport().cursor().section,
        2,
        "dragging below the text scrolls on"
    );
    assert!(selected(&desk).starts_with(&text()));
}

/// The row of the screen that shows some words.
fn row_of(desk: &Desk, words: &str) -> u16 {
    let screen = desk.screen();
    screen
        .lines()
        .position(|line| line.contains(words))
        .unwrap_or_else(|| panic!("{words} in {screen}")) as u16
}

fn click(desk: &mut Desk, y: u16) {
    let steps = tip_reader::view::steps_to(&desk.reader, y);
    steps
        .into_iter()
        .for_each(|steps| desk.reader.click_choice(steps));
}

#[test]
fn a_click_selects_in_a_list_and_goes_to_what_is_selected() {
    let mut desk = at_text()
        .press("} a \"first of all\" C-s")
        .press("] a \"then this\" C-s")
        .press("A");
    let rows = ["first of all", "then this"].map(|words| row_of(&desk, words));
    click(&mut desk, rows[0]);
    assert_eq!(row_of(&desk, "▸●"), rows[0]);
    click(&mut desk, rows[1]);
    assert_eq!(row_of(&desk, "▸●"), rows[1]);
    for beside in [0, 1, rows[1] + 1, 23, 60] {
        click(&mut desk, beside);
        assert_eq!(row_of(&desk, "▸●"), rows[1], "{beside}");
    }
    click(&mut desk, rows[1]);
    assert!(desk.reader.layers().is_empty(), "{}", desk.screen());
    assert_eq!(desk.reader.viewport().cursor().section, 2);
    let mut desk = desk.press("/ \"global\" Enter &");
    let current = |desk: &Desk| {
        desk.screen()
            .lines()
            .collect::<Vec<_>>()
            .iter()
            .rposition(|line| line.starts_with('▸'))
            .expect("a choice") as u16
    };
    let other = current(&desk) + 2;
    click(&mut desk, other);
    assert_eq!(current(&desk), other);
    desk.reader.roll(-1);
    assert!(current(&desk) < other);
    desk.reader.roll(1);
    click(&mut desk, other);
    assert!(desk.reader.layers().is_empty(), "{}", desk.screen());
}

#[test]
fn any_selecting_keys_anywhere_leave_the_selection_whole() {
    let keys = [
        "h", "l", "j", "k", "w", "b", "e", "0", "$", "(", ")", "{", "}", "o", "v", "V", "G", "g g",
        "d", "Space", "]", "[",
    ];
    let mut state = 7_u64;
    let mut desk = at_text().press("v");
    for step in 0..600 {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        let key = keys[(state >> 33) as usize % keys.len()];
        desk = desk.press(key);
        if step % 50 == 0 {
            desk = desk.resize(20 + (state % 100) as u16, 5 + (state % 30) as u16);
        }
        let passage = desk.reader.chosen().expect("still selecting");
        assert!(
            !desk.reader.report().text_of(passage).is_empty(),
            "{key} at step {step}"
        );
        let _ = desk.screen();
    }
    let kinds = desk
        .reader
        .report()
        .sections
        .iter()
        .flat_map(|section| &section.blocks)
        .filter(|block| block.kind == BlockKind::Caption);
    assert!(kinds.count() > 0);
}

fn copied(desk: &Desk) -> String {
    match desk.effects.last() {
        Some(tip_reader::reader::Effect::Copy { text, .. }) => text.clone(),
        other => panic!("not copied: {other:?}"),
    }
}

#[test]
fn a_copy_is_the_selection_or_the_paragraph() {
    assert_eq!(copied(&at_text().press("y")), text());
    let word = text().split(' ').next().expect("a word").to_owned();
    let desk = at_text().press("v e y");
    assert_eq!(copied(&desk), word);
    assert_eq!(selected(&desk), "");
    assert!(copied(&open(80, 24).press(": \"2:8\" Enter V } y")).ends_with("\n\nDear Reader:"));
}

#[test]
fn a_citation_goes_with_the_quote() {
    let desk = open(80, 24).press(": \"2:5\" Enter Y");
    let expected = "U.S. Department of State, 2021 Trafficking in Persons Report (2021), \"Message From the Secretary of State\", para. 3";
    let copied = copied(&desk);
    let (quote, citation) = copied.trim_end().rsplit_once('\n').expect("two lines");
    assert_eq!(citation, expected);
    assert_eq!(
        quote,
        format!("“{}”", snapshot::bundled().text_at(Position::new(1, 4, 0)))
    );
}

#[test]
fn what_became_of_a_copy_is_said() {
    use tip_reader::reader::Copied;
    for (copied, said) in [
        (
            Copied::ToTerminal(6),
            "1 word sent to the terminal's clipboard.",
        ),
        (
            Copied::ToCommand("wl-copy".into()),
            "1 word copied by `wl-copy`.",
        ),
        (
            Copied::Failed("x".into(), "gone".into()),
            "but `x` did not take it: gone.",
        ),
    ] {
        let mut desk = at_text().press("v e y");
        desk.reader.hear_of_copy("1 word", copied);
        assert!(desk.status().contains(said), "{}", desk.status());
    }
}

#[test]
fn text_is_sent_to_a_command_and_the_command_is_recalled() {
    let desk = at_text().press("v e | \"wc -c\" Enter");
    let word = text().split(' ').next().expect("a word").to_owned();
    let expected = tip_reader::reader::Effect::Pipe {
        command: "wc -c".into(),
        text: format!("{word}\n"),
    };
    assert_eq!(desk.effects.last(), Some(&expected));
    assert!(desk.press("| ↑").status().starts_with("|wc -c"));
}

#[test]
fn the_editor_s_text_is_saved_and_a_failed_editor_loses_nothing() {
    let mut desk = at_text().press("E");
    assert!(
        matches!(desk.effects.last(), Some(tip_reader::reader::Effect::EditOutside { text, .. }) if text.is_empty())
    );
    desk.reader.take_edited(Ok("from outside".into()));
    let desk = desk.press("C-l");
    assert_eq!(
        desk.reader.notes().notebook().entries()[0].annotation.text,
        "from outside"
    );
    let mut desk = desk.press("E");
    desk.reader.take_edited(Err("it ended badly".into()));
    assert!(
        desk.screen().contains("from outside") && desk.status().contains("it ended badly"),
        "{}",
        desk.screen()
    );
    let mut desk = desk.press("Esc a \"typed\" M-e");
    desk.reader.take_edited(Ok("typed and more".into()));
    assert!(
        desk.screen().contains("typed and more"),
        "{}",
        desk.screen()
    );
    let desk = desk.press("C-s");
    assert_eq!(desk.reader.notes().notebook().entries().len(), 2);
}

#[test]
fn the_letters_of_colours_count_for_one_key_alone() {
    let desk = at_text().press("H Q y");
    assert!(
        matches!(
            desk.effects.last(),
            Some(tip_reader::reader::Effect::Copy { .. })
        ),
        "y copies again"
    );
    let mut desk = at_text().press("H");
    desk.reader.click_text(0, 0, 1);
    let desk = desk.press("x");
    assert_eq!(
        desk.reader.notes().notebook().entries().len(),
        1,
        "x deletes what is here, not what was left behind"
    );
    for key in ["q", "Esc"] {
        let desk = at_text().press("H").press(key);
        assert!(
            desk.effects.is_empty() && !desk.status().contains("Nothing to cancel"),
            "{key}: {}",
            desk.status()
        );
        assert_eq!(desk.reader.notes().notebook().entries().len(), 1);
    }
}

#[test]
fn a_match_is_highlighted_beside_another_highlight_of_its_paragraph() {
    let desk = open(80, 24).press("v e H g / \"email\" Enter H b");
    let quotes: Vec<&str> = desk
        .reader
        .notes()
        .notebook()
        .entries()
        .iter()
        .map(|entry| entry.annotation.anchor.quote.as_str())
        .collect();
    assert_eq!(quotes, ["To", "email"]);
}

#[test]
fn after_a_search_the_paragraph_is_copied_not_the_match() {
    let desk = open(80, 24).press("/ \"email\" Enter y");
    assert!(copied(&desk).starts_with("To request a hard copy"));
}

#[test]
fn a_note_and_a_highlight_on_one_line_both_have_their_sign() {
    let desk = open(80, 24).press("a \"on it\" C-s").press("v w w e H g");
    let row = desk
        .screen()
        .lines()
        .find(|row| row.contains("To request"))
        .map(str::to_owned)
        .expect("the line");
    assert!(row.contains("▸●g To request"), "{row}");
}

#[test]
fn escape_after_a_count_drops_the_count_alone() {
    let desk = at_text().press("v e 5 Esc");
    assert!(!selected(&desk).is_empty());
    assert_eq!(selected(&desk.press("Esc")), "");
}

#[test]
fn what_was_typed_comes_back_after_a_look_at_earlier_lines() {
    let desk = at_text().press(": \"go 2:5\" Enter : \"abc\" ↑ ↓");
    assert!(desk.status().starts_with(":abc"), "{}", desk.status());
}

#[test]
fn where_two_highlights_overlap_they_differ_with_and_without_colours() {
    for has_colour in [true, false] {
        let desk = open(80, 24)
            .press("3 G } } v 5 w H y Esc")
            .press("' '")
            .press("3 G } } v w w H y Esc");
        let theme = if has_colour { "terminal" } else { "mono" };
        let desk = desk.press(&format!(": \"theme {theme}\" Enter"));
        let row = desk
            .styles()
            .lines()
            .filter(|line| line.contains("UNDERLINED"))
            .map(str::to_owned)
            .collect::<Vec<_>>();
        assert!(
            row.len() >= 2 && row[0].contains("BOLD") && !row[1].contains("BOLD"),
            "{row:#?}"
        );
        let desk = desk.press("3 G } } x Esc A");
        assert!(desk.screen().contains("Highlights 2"), "{}", desk.screen());
    }
}
