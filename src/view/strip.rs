//! The first lines of the note on the cursor's paragraph, over the text, where no notes stand
//! beside it. The text does not move.

use super::paint::Canvas;
use crate::{
    command::{Command, Context},
    notebook::Entry,
    reader::{
        Reader,
        viewport::frame::{Area, Frame},
    },
    text::{width, wrap},
};

/// Rows that it takes at the most.
const MOST_ROWS: usize = 3;
/// Windows of fewer rows of text have none: the text comes first.
const LEAST_TEXT: u16 = 6;

/// What it says: a note, the hint beside its first line, and its rows.
struct Strip<'a> {
    entry: &'a Entry,
    hint: String,
    area: Area,
}

impl<'a> Strip<'a> {
    fn new(reader: &'a Reader, frame: &Frame) -> Option<Self> {
        let (entry, more) = note_here(reader, frame)?;
        let hint = hint(reader, entry, more);
        let left = frame.gutter.x;
        let columns = frame.text.width.saturating_sub(columns_of(&hint)).max(1);
        let lines = wrap::lines(&entry.annotation.text, usize::from(columns), "");
        let rows = lines.len().min(MOST_ROWS) as u16;
        let area = Area {
            x: left,
            y: top(reader, frame, rows),
            width: frame.text.x + frame.text.width - left,
            height: rows,
        };
        Some(Self { entry, hint, area })
    }
}

/// Columns of a hint and of the blanks before it.
fn columns_of(hint: &str) -> u16 {
    width::width(hint) as u16 + 2
}

/// Whether it covers a row of the screen.
pub fn covers(reader: &Reader, frame: &Frame, y: u16) -> bool {
    let strip = Strip::new(reader, frame);
    strip.is_some_and(|strip| (strip.area.y..strip.area.y + strip.area.height).contains(&y))
}

pub fn draw(reader: &Reader, frame: &Frame, canvas: &mut Canvas<'_>) {
    let Some(Strip { entry, hint, area }) = Strip::new(reader, frame) else {
        return;
    };
    let (text, theme) = (frame.text, canvas.theme);
    canvas.clear(area, theme.panel);
    canvas.put((area.x + 1, area.y), "●", 1, theme.note);
    let taken = columns_of(&hint);
    let inner = Area {
        x: text.x,
        width: text.width.saturating_sub(taken).max(1),
        ..area
    };
    canvas.put_lines(inner, &entry.annotation.text, theme.panel);
    let at = (text.x + text.width).saturating_sub(taken - 2);
    canvas.put((at, area.y), &hint, taken, theme.quiet);
}

/// The key that reads or reviews it, and how many more there are.
fn hint(reader: &Reader, entry: &Entry, more: usize) -> String {
    let command = match entry.needs_review() {
        true => (Command::Review, "reviews it"),
        false => (Command::Accept, "reads it"),
    };
    let key = reader.keymap().shown(command.0, Context::Text);
    let more = match more {
        0 => String::new(),
        more => format!("+{more}  "),
    };
    format!("{more}{key} {}", command.1)
}

/// The first note with text on the cursor's paragraph, and how many more there are.
fn note_here<'a>(reader: &'a Reader, frame: &Frame) -> Option<(&'a Entry, usize)> {
    let is_free = reader.context() == Context::Text && frame.margin.is_none();
    if !is_free || frame.text.height < LEAST_TEXT || reader.settings().text_only {
        return None;
    }
    let here = reader
        .notes()
        .notebook()
        .in_block(reader.viewport().cursor());
    let mut notes = here.filter(|entry| !entry.annotation.text.is_empty());
    let first = notes.next()?;
    Some((first, notes.count()))
}

/// The row where it begins: at the bottom, or at the top where only that hides none of the
/// cursor's line.
fn top(reader: &Reader, frame: &Frame, rows: u16) -> u16 {
    let viewport = reader.viewport();
    let cursor = viewport
        .rows()
        .iter()
        .position(|at| viewport.is_cursor_row(*at));
    let bottom = frame.text.height.saturating_sub(rows);
    let is_hidden = cursor.is_some_and(|row| row as u16 >= bottom);
    frame.text.y + if is_hidden { 0 } else { bottom }
}
