//! The help screen over everything but the status line.

use super::{Cursor, paint::Canvas};
use crate::reader::{
    Reader,
    layers::help::{Help, HelpLine},
};

pub fn draw(reader: &Reader, help: &Help, canvas: &mut Canvas<'_>) -> Cursor {
    let area = reader.viewport().over_all();
    canvas.clear(area, canvas.theme.text);
    let lines = help.lines(reader.keymap(), usize::from(area.width));
    for (y, line) in (0..area.height).zip(&lines) {
        match line {
            HelpLine::Empty => {}
            HelpLine::Title(title) => {
                canvas.put((1, y), title, area.width, canvas.theme.title);
            }
            HelpLine::Keys(keys, text) => {
                canvas.put((2, y), keys, area.width, canvas.theme.key);
                let x = HelpLine::INDENT as u16;
                canvas.put((x, y), text, area.width, canvas.theme.text);
            }
        }
    }
    Cursor::hidden(0, 0)
}
