//! The command line in place of the status line, with what it could be completed to above it.

use ratatui::buffer::Buffer;
use unicode_segmentation::UnicodeSegmentation;

use super::{Cursor, paint, rect, theme::Theme};
use crate::{
    reader::{Reader, editor::Editor, frame::Area, line::CommandLine},
    text::{width, wording},
};

/// Completions shown at the most.
const LONGEST: usize = 8;
/// Columns for a command's name.
const NAME: usize = 24;

pub fn draw(
    reader: &Reader,
    line: &CommandLine,
    area: Area,
    theme: &Theme,
    buffer: &mut Buffer,
) -> Cursor {
    draw_completions(reader, area, theme, buffer);
    paint::clear(buffer, rect(area), theme.text);
    draw_editor(
        if line.is_pipe { "|" } else { ":" },
        &line.editor,
        area,
        theme,
        buffer,
    )
}

/// Draws a sign and the text behind it; returns where the caret is.
pub fn draw_editor(
    sign: &str,
    editor: &Editor,
    area: Area,
    theme: &Theme,
    buffer: &mut Buffer,
) -> Cursor {
    let before = editor.text().get(..editor.caret()).unwrap_or_default();
    let room = usize::from(area.width).saturating_sub(3);
    // A text longer than the line is shown from the right, so that the caret is seen.
    let hidden = width::width(before).saturating_sub(room);
    let shown: String = if hidden == 0 {
        editor.text().to_owned()
    } else {
        tail(before, room)
    };
    paint::put(buffer, (area.x, area.y), sign, 1, theme.key);
    paint::put(
        buffer,
        (area.x + 1, area.y),
        &shown,
        area.width.saturating_sub(1),
        theme.text,
    );
    let column = width::width(before).min(room) as u16;
    Cursor {
        x: (area.x + 1 + column).min(area.width.saturating_sub(1)),
        y: area.y,
        is_visible: true,
    }
}

/// The end of a text that fits in a number of columns.
fn tail(text: &str, columns: usize) -> String {
    let mut left = columns;
    let fits = |grapheme: &&str| {
        let rest = left.checked_sub(width::grapheme_width(grapheme));
        left = rest.unwrap_or(left);
        rest.is_some()
    };
    let length: usize = text
        .graphemes(true)
        .rev()
        .take_while(fits)
        .map(str::len)
        .sum();
    text.get(text.len() - length..)
        .unwrap_or_default()
        .to_owned()
}

fn draw_completions(reader: &Reader, area: Area, theme: &Theme, buffer: &mut Buffer) {
    let rows = reader.completions();
    let count = rows.len().min(LONGEST).min(usize::from(area.y));
    let top = area.y - count as u16;
    for (y, row) in (top..).zip(rows.iter().take(count)) {
        paint::clear(
            buffer,
            rect(Area {
                y,
                height: 1,
                ..area
            }),
            theme.line,
        );
        paint::put(
            buffer,
            (area.x + 1, y),
            &row.name,
            area.width,
            theme.message,
        );
        let x = area.x + NAME as u16;
        let room = area.width.saturating_sub(NAME as u16);
        paint::put(
            buffer,
            (x, y),
            &wording::cut(&row.doc, usize::from(room)),
            room,
            theme.line,
        );
    }
}
