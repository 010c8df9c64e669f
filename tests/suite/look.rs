//! How the page looks while something is done on it.

use ratatui::style::Modifier;
use tip_reader::{
    command::settings::Settings,
    reader::Effect,
    report::{BlockKind, snapshot},
};

use crate::common::{Desk, open};

/// The styles of the cells in which a text stands, where it comes last on the screen.
fn modifiers(desk: &Desk, text: &str) -> Vec<Modifier> {
    let buffer = desk.buffer();
    let columns = usize::from(buffer.area.width);
    let found = buffer.content.chunks(columns).rev().find_map(|row| {
        let symbols: String = row.iter().map(|cell| cell.symbol()).collect();
        let before = symbols.get(..symbols.find(text)?)?.chars().count();
        let cells = row.get(before..before + text.chars().count())?;
        Some(cells.iter().map(|cell| cell.modifier).collect())
    });
    found.unwrap_or_else(|| panic!("`{text}` is not in {}", desk.screen()))
}

#[test]
fn what_a_note_is_about_stays_marked_and_the_rest_of_the_page_steps_back() {
    let desk = open(80, 40).press("2 G } } v ) a");
    let is = |text: &str, modifier: Modifier| {
        modifiers(&desk, text)
            .iter()
            .all(|of| of.contains(modifier))
    };
    assert!(
        is("oppressed by other", Modifier::REVERSED),
        "{}",
        desk.styles()
    );
    assert!(
        !is("oppressed by other", Modifier::DIM),
        "{}",
        desk.styles()
    );
    assert!(is("Dear Reader", Modifier::DIM), "{}", desk.styles());
    let done = desk.press("\"x\" C-s C-l");
    let is_dim = modifiers(&done, "Dear Reader")
        .iter()
        .any(|of| of.contains(Modifier::DIM));
    assert!(!is_dim, "{}", done.styles());
}

#[test]
fn a_sentence_is_cited_alone() {
    let desk = open(80, 24).press("2 G } } ) Y");
    let copied = desk.effects.iter().rev().find_map(|effect| match effect {
        Effect::Copy { text, .. } => Some(text.clone()),
        _ => None,
    });
    let copied = copied.expect("it is copied");
    assert!(
        copied.starts_with("“These challenges further compound") && copied.lines().count() == 2,
        "{copied}"
    );
    assert!(!copied.contains("sends a strong message"), "{copied}");
}

#[test]
fn the_strip_with_the_note_here_never_lies_on_the_cursor() {
    for rows in [8, 9, 12, 24] {
        let mut desk = open(80, rows).press(": \"2:5\" Enter a \"a thought\" C-s C-l");
        for _ in 0..12 {
            let screen = desk.screen();
            let is_there = screen
                .lines()
                .any(|row| row.contains('▸') && !row.contains("reads it"));
            assert!(is_there, "{rows} rows:\n{screen}");
            desk = desk.press("k");
        }
    }
}

#[test]
fn quotes_have_a_bar_and_titles_of_the_first_level_alone_a_rule() {
    let mut report = snapshot::bundled();
    report.sections[2].level = 2;
    report.sections[1].blocks[2].kind = BlockKind::Quote;
    let home = std::sync::Arc::new(tempfile::tempdir().expect("a folder"));
    let desk = Desk::open(report, home, 60, 30, Settings::default()).press("t 2 G");
    let screen = desk.screen();
    assert!(screen.contains("│ This year"), "{screen}");
    let below = |screen: &str, title: &str| {
        let mut rows = screen.lines().skip_while(|row| !row.contains(title));
        rows.nth(1).unwrap_or_default().contains('─')
    };
    assert!(below(&screen, "Message From the Secretary"), "{screen}");
    let screen = desk.press("3 G").screen();
    assert!(!below(&screen, "Message From the Acting"), "{screen}");
}

#[test]
fn what_is_highlighted_ends_with_its_last_letter() {
    let desk = open(80, 24).press("2 G } } H y Esc C-l");
    let buffer = desk.buffer();
    let frame = desk.reader.viewport().frame().cloned().expect("a frame");
    for y in frame.text.y..frame.text.y + frame.text.height {
        let cells: Vec<_> = (frame.text.x..frame.text.x + frame.text.width)
            .map(|x| &buffer[(x, y)])
            .collect();
        let end = cells.iter().rposition(|cell| cell.symbol() != " ");
        let after = cells.iter().skip(end.map_or(0, |end| end + 1));
        for cell in after {
            assert!(
                !cell.modifier.contains(Modifier::UNDERLINED),
                "{}",
                desk.styles()
            );
        }
    }
}
