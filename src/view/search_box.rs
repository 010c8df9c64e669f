//! The search box in place of the status line: what is typed, which match is shown and in what
//! section, and the options of the search.

use ratatui::style::Style;

use super::{Cursor, command_line::draw_editor, paint::Canvas, theme::Theme};
use crate::{
    command::{Command, Context},
    reader::{Reader, layers::search_box::SearchBox, viewport::frame::Area},
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

pub fn draw(reader: &Reader, search: &SearchBox, area: Area, canvas: &mut Canvas<'_>) -> Cursor {
    canvas.clear(area, canvas.theme.text);
    let (width, right) = (usize::from(area.width), area.x + area.width);
    let needed = width::width(search.text().text()) + 3;
    let room = width.saturating_sub(needed.clamp(LEAST.min(width / 2), width));
    if let Some(error) = error_on_enter(reader, search, room) {
        canvas.put_cut((area.x, area.y), error, right, canvas.theme.warning);
        return Cursor::hidden(area.x, area.y);
    }
    let pieces = pieces(reader, search, room, canvas.theme);
    let taken = width_of(&pieces).min(width);
    let sign = match search.direction() {
        Direction::Forward => "/",
        Direction::Backward => "?",
    };
    let typed = Area {
        width: area.width - taken as u16,
        ..area
    };
    let cursor = draw_editor(sign, search.text(), typed, canvas);
    let mut x = area.x + typed.width;
    for (text, style) in &pieces {
        x = canvas.put((x, area.y), text, right.saturating_sub(x), *style);
    }
    cursor
}

/// What is wrong, where Enter was pressed and it has no room beside what is typed.
fn error_on_enter<'a>(reader: &'a Reader, search: &SearchBox, room: usize) -> Option<&'a str> {
    let message = reader
        .messages()
        .current()
        .filter(|_| search.error().is_some())?;
    (width::width(&message.text) + 2 > room).then_some(&message.text)
}

fn width_of(pieces: &[Piece]) -> usize {
    pieces.iter().map(|(text, _)| width::width(text)).sum()
}

/// As much as there is room for: the count goes last, the keys before the title.
fn pieces(reader: &Reader, search: &SearchBox, room: usize, theme: &Theme) -> Vec<Piece> {
    let number = number(reader, search, room, theme);
    let site = match search.error() {
        Some(_) => String::new(),
        None => reader.site_of_match(),
    };
    for with_keys in [true, false] {
        let options = options(reader, search, with_keys, theme);
        let taken = width_of(&number) + width_of(&options);
        let left = room.saturating_sub(taken + 1);
        if taken <= room && (left >= SHORTEST || site.is_empty() || !with_keys) {
            let title = match left < SHORTEST || site.is_empty() {
                true => String::new(),
                // Titles differ at their ends, notes at their starts.
                false if reader.matches().is_in_note(reader.report()) => {
                    format!(" {}", wording::cut(&site, left.min(TITLE)))
                }
                false => format!(" {}", wording::cut_middle(&site, left.min(TITLE))),
            };
            return [number, vec![(title, theme.text)], options].concat();
        }
    }
    number
}

fn number(reader: &Reader, search: &SearchBox, room: usize, theme: &Theme) -> Vec<Piece> {
    if let Some(error) = search.error() {
        return vec![(wording::cut(&format!(" {error} "), room), theme.warning)];
    }
    let matches = reader.matches();
    let number = match search.query().text.as_str() {
        "" => String::new(),
        _ => matches.number().unwrap_or_default(),
    };
    let other = matches.in_other_case();
    let other = other.map(|count| format!("{number}; {count} in other case"));
    let number = other
        .filter(|other| width::width(other) < room)
        .unwrap_or(number);
    vec![(format!(" {number}"), theme.key)]
}

/// The options of the search: all of them with their keys, or only those that are on.
fn options(reader: &Reader, search: &SearchBox, with_keys: bool, theme: &Theme) -> Vec<Piece> {
    let query = search.query();
    let case = match query.case {
        Case::Never => "no case",
        Case::AsTyped | Case::Always => "case",
    };
    let options = [
        (query.is_regex, Command::ToggleRegex, "regex"),
        (query.case != Case::AsTyped, Command::ToggleCase, case),
        (query.is_whole_word, Command::ToggleWord, "word"),
    ];
    let mut pieces = Vec::new();
    for (is_on, command, word) in options {
        if with_keys {
            let key = reader.keymap().shown(command, Context::SearchBox);
            pieces.push((format!("  {key} "), theme.quiet));
        } else if is_on {
            pieces.push((" ".to_owned(), theme.text));
        }
        if with_keys || is_on {
            let style = if is_on { theme.selected } else { theme.quiet };
            pieces.push((word.to_owned(), style));
        }
    }
    pieces
}
