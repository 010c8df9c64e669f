//! The help screen over everything but the status line.

use super::{
    Cursor,
    command_line::draw_editor,
    paint::{Canvas, row},
};
use crate::{
    reader::{
        Reader,
        layers::help::{Help, HelpLine},
    },
    text::width,
};

pub fn draw(reader: &Reader, help: &Help, canvas: &mut Canvas<'_>) -> Cursor {
    let area = reader.viewport().over_all();
    let theme = canvas.theme;
    canvas.clear(area, theme.text);
    let (lines, first) = help.lines(reader.keymap(), usize::from(area.width));
    let rows = usize::from(area.height.saturating_sub(1));
    let last = (first + rows).min(lines.len());
    let cursor = match help.filter() {
        Some(filter) => draw_editor("/", filter, row(area, 0), canvas),
        None => {
            canvas.put((1, 0), "Help", area.width, theme.title);
            Cursor::hidden(0, 1)
        }
    };
    let seen = format!("{}–{last} of {}", (first + 1).min(last), lines.len());
    let at = area.width.saturating_sub(width::width(&seen) as u16 + 1);
    canvas.put((at, 0), &seen, area.width, theme.quiet);
    for (y, line) in (1..area.height).zip(lines.iter().skip(first)) {
        match line {
            HelpLine::Empty => {}
            HelpLine::Title(title) => {
                canvas.put((1, y), title, area.width, theme.title);
            }
            HelpLine::Keys(keys, text) => {
                canvas.put((2, y), keys, area.width, theme.key);
                let x = HelpLine::INDENT as u16;
                canvas.put((x, y), text, area.width, theme.text);
            }
        }
    }
    cursor
}
