//! The search box in place of the status line: what is typed, which hit is shown and in what
//! section, and how what is typed is meant.

use ratatui::{buffer::Buffer, style::Style};

use super::{Cursor, line, paint, rect, theme::Theme};
use crate::{
    command::Command,
    reader::{Reader, frame::Area, searching::SearchBox},
    report::position::Direction,
    search::Case,
    text::{width, wording},
};

/// Columns that what is typed has at the least, where there are twice as many.
const LEAST: usize = 18;
/// Columns of a section's title at the most, and fewer than which say nothing.
const TITLE: usize = 32;
const SHORTEST: usize = 10;

/// A piece of the line with its style.
type Piece = (String, Style);

pub fn draw(
    reader: &Reader,
    search: &SearchBox,
    area: Area,
    theme: &Theme,
    buffer: &mut Buffer,
) -> Cursor {
    paint::clear(buffer, rect(area), theme.text);
    let width = usize::from(area.width);
    let needed = width::width(search.editor.text()) + 3;
    let room = width.saturating_sub(needed.clamp(LEAST.min(width / 2), width));
    if let Some(told) = told_on_enter(reader, search, room) {
        paint::put(
            buffer,
            (area.x, area.y),
            &wording::cut(told, width),
            area.width,
            theme.warning,
        );
        return Cursor::hidden(area.x, area.y);
    }
    let pieces = told(reader, search, room, theme);
    let taken = width_of(&pieces).min(width);
    let sign = if search.direction == Direction::Forward {
        "/"
    } else {
        "?"
    };
    let typed = Area {
        width: area.width - taken as u16,
        ..area
    };
    let cursor = line::draw_editor(sign, &search.editor, typed, theme, buffer);
    let mut x = area.x + typed.width;
    for (text, style) in &pieces {
        x = paint::put(
            buffer,
            (x, area.y),
            text,
            (area.x + area.width).saturating_sub(x),
            *style,
        );
    }
    cursor
}

/// What is wrong, where it was asked for and has no room beside what is typed.
fn told_on_enter<'a>(reader: &'a Reader, search: &SearchBox, room: usize) -> Option<&'a str> {
    let message = reader.message.as_ref().filter(|_| search.error.is_some())?;
    (width::width(&message.text) + 2 > room).then_some(&message.text)
}

fn width_of(pieces: &[Piece]) -> usize {
    pieces.iter().map(|(text, _)| width::width(text)).sum()
}

/// As much as there is room for: the count goes last, the keys before the title.
fn told(reader: &Reader, search: &SearchBox, room: usize, theme: &Theme) -> Vec<Piece> {
    let number = number(reader, search, room, theme);
    let site = if search.error.is_some() {
        String::new()
    } else {
        reader.site_of_match()
    };
    for with_keys in [true, false] {
        let meant = meant(reader, search, with_keys, theme);
        let taken = width_of(&number) + width_of(&meant);
        let left = room.saturating_sub(taken + 1);
        if taken <= room && (left >= SHORTEST || site.is_empty() || !with_keys) {
            let title = if left < SHORTEST || site.is_empty() {
                String::new()
            } else {
                // Titles differ at their ends, what is said of a note is at its start.
                let cut = if reader.is_match_in_note() {
                    wording::cut
                } else {
                    wording::cut_middle
                };
                format!(" {}", cut(&site, left.min(TITLE)))
            };
            return [number, vec![(title, theme.text)], meant].concat();
        }
    }
    number
}

fn number(reader: &Reader, search: &SearchBox, room: usize, theme: &Theme) -> Vec<Piece> {
    let text = match (&search.error, search.query.text.is_empty()) {
        (Some(error), _) => {
            return vec![(wording::cut(&format!(" {error} "), room), theme.warning)];
        }
        (None, true) => String::new(),
        (None, false) => told_number(reader, room),
    };
    vec![(format!(" {text}"), theme.key)]
}

fn told_number(reader: &Reader, room: usize) -> String {
    let number = reader.number_of_match().unwrap_or_default();
    let other = reader
        .finding
        .in_other_case()
        .map(|count| format!("{number}; {count} in other case"));
    other
        .filter(|other| width::width(other) < room)
        .unwrap_or(number)
}

/// How what is typed is meant: all ways with their keys, or only those that are chosen.
fn meant(reader: &Reader, search: &SearchBox, with_keys: bool, theme: &Theme) -> Vec<Piece> {
    let ways = [
        (search.query.is_regex, Command::ToggleRegex, "regex"),
        (
            search.query.case != Case::AsTyped,
            Command::ToggleCase,
            if search.query.case == Case::Never {
                "no case"
            } else {
                "case"
            },
        ),
        (search.query.is_whole_word, Command::ToggleWord, "word"),
    ];
    let mut pieces = Vec::new();
    for (is_chosen, command, word) in ways {
        if with_keys {
            pieces.push((format!("  {} ", reader.keymap.shown(command)), theme.quiet));
        } else if is_chosen {
            pieces.push((" ".to_owned(), theme.text));
        }
        if with_keys || is_chosen {
            pieces.push((
                word.to_owned(),
                if is_chosen {
                    theme.selected
                } else {
                    theme.quiet
                },
            ));
        }
    }
    pieces
}
