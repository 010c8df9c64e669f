//! The command line in place of the status line, with what it could be completed to above it.

use unicode_segmentation::UnicodeSegmentation;

use super::{
    Cursor,
    paint::{Canvas, row},
};
use crate::{
    reader::{Editor, Reader, layers::command_line::CommandLine, viewport::frame::Area},
    text::width,
};

/// Completions shown at the most.
const LONGEST: usize = 8;
/// Columns for a command's name.
const NAME: u16 = 24;

pub fn draw(reader: &Reader, line: &CommandLine, area: Area, canvas: &mut Canvas<'_>) -> Cursor {
    draw_completions(reader, line, area, canvas);
    canvas.clear(area, canvas.theme.text);
    let sign = if line.is_pipe() { "|" } else { ":" };
    draw_editor(sign, line.text(), area, canvas)
}

/// Draws a sign and the text behind it; returns where the caret is.
pub fn draw_editor(sign: &str, editor: &Editor, area: Area, canvas: &mut Canvas<'_>) -> Cursor {
    let before = editor.text().get(..editor.caret()).unwrap_or_default();
    let room = usize::from(area.width).saturating_sub(3);
    // A text longer than the line is shown from the right, so that the caret is seen.
    let shown = match width::width(before) > room {
        true => tail(before, room),
        false => editor.text(),
    };
    canvas.put((area.x, area.y), sign, 1, canvas.theme.key);
    let rest = area.width.saturating_sub(1);
    canvas.put((area.x + 1, area.y), shown, rest, canvas.theme.text);
    let column = width::width(before).min(room) as u16;
    Cursor {
        x: (area.x + 1 + column).min(area.width.saturating_sub(1)),
        y: area.y,
        is_visible: true,
    }
}

/// The end of a text that fits in a number of columns.
fn tail(text: &str, columns: usize) -> &str {
    let mut left = columns;
    let fits = |grapheme: &&str| {
        let rest = left.checked_sub(width::grapheme_width(grapheme));
        left = rest.unwrap_or(left);
        rest.is_some()
    };
    let graphemes = text.graphemes(true).rev().take_while(fits);
    let length: usize = graphemes.map(str::len).sum();
    text.get(text.len() - length..).unwrap_or_default()
}

fn draw_completions(reader: &Reader, line: &CommandLine, area: Area, canvas: &mut Canvas<'_>) {
    let completions = line.completions(reader.parts());
    let count = completions.len().min(LONGEST).min(usize::from(area.y));
    let right = area.x + area.width;
    for (y, completion) in (area.y - count as u16..).zip(completions.iter().take(count)) {
        canvas.clear(row(area, y), canvas.theme.line);
        let name = &completion.name;
        canvas.put((area.x + 1, y), name, area.width, canvas.theme.message);
        let x = area.x + NAME;
        canvas.put_cut((x, y), &completion.doc, right, canvas.theme.line);
    }
}
