//! Puts text into a buffer through the gate for shown text.

use ratatui::{
    buffer::Buffer,
    layout::Rect,
    style::Style,
    widgets::{Clear, Widget},
};

use crate::report::glyphs;

/// Writes text from a column and row on, at most `width` columns; returns the column after it.
/// Nothing is written outside the buffer.
pub fn put(buffer: &mut Buffer, at: (u16, u16), text: &str, width: u16, style: Style) -> u16 {
    let area = *buffer.area();
    if at.0 >= area.right() || at.1 >= area.bottom() || width == 0 {
        return at.0;
    }
    buffer.set_stringn(at.0, at.1, glyphs::shown(text), usize::from(width), style).0
}

/// Empties an area and gives it a style.
pub fn clear(buffer: &mut Buffer, area: Rect, style: Style) {
    let area = area.intersection(*buffer.area());
    Clear.render(area, buffer);
    buffer.set_style(area, style);
}
