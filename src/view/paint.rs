//! Puts text into a buffer through the gate for shown text.

use ratatui::{
    buffer::Buffer,
    layout::Rect,
    style::Style,
    widgets::{Clear, Widget},
};

use super::theme::Theme;
use crate::{
    reader::viewport::frame::Area,
    text::{width, wording, wrap},
};

/// A buffer to draw in, and the theme to draw with.
pub struct Canvas<'a> {
    pub buffer: &'a mut Buffer,
    pub theme: &'a Theme,
}

impl Canvas<'_> {
    /// Writes text from a column and row on, at most `width` columns; returns the column after it.
    pub fn put(&mut self, at: (u16, u16), text: &str, width: u16, style: Style) -> u16 {
        put(self.buffer, at, text, width, style)
    }

    /// Writes text from a column and row on up to the `right` column, cut with `…` where it has no
    /// room; returns the column after it.
    pub fn put_cut(&mut self, at: (u16, u16), text: &str, right: u16, style: Style) -> u16 {
        let room = right.saturating_sub(at.0);
        let text = wording::cut(text, usize::from(room));
        self.put(at, &text, room, style)
    }

    /// Writes a sign of one column: where there are many, to look for graphemes in each would cost as
    /// much as the text.
    pub fn put_sign(&mut self, at: (u16, u16), sign: char, style: Style) {
        if let Some(cell) = self.buffer.cell_mut(at) {
            cell.set_char(sign).set_style(style);
        }
    }

    /// Writes text in lines of an area's width, at most as many as it has rows, the last one cut;
    /// returns how many.
    pub fn put_lines(&mut self, area: Area, text: &str, style: Style) -> u16 {
        let lines = match text {
            "" => Vec::new(),
            text => wrap::lines(text, usize::from(area.width), ""),
        };
        let rows = lines.len().min(usize::from(area.height));
        for (row, (y, line)) in (area.y..).zip(lines.iter().take(rows)).enumerate() {
            let words = text.get(line.start..line.end).unwrap_or_default();
            let is_cut = row + 1 == rows && lines.len() > rows;
            let more = if is_cut { " …" } else { "" };
            let words = format!("{}{more}", words.trim_end());
            self.put_cut((area.x, y), &words, area.x + area.width, style);
        }
        rows as u16
    }

    /// A line across an area's first row.
    pub fn rule(&mut self, area: Area) {
        let line = "─".repeat(usize::from(area.width));
        self.put((area.x, area.y), &line, area.width, self.theme.quiet);
    }

    /// Empties an area and gives it a style.
    pub fn clear(&mut self, area: Area, style: Style) {
        let area = Rect::new(area.x, area.y, area.width, area.height);
        let area = area.intersection(*self.buffer.area());
        Clear.render(area, self.buffer);
        // Setting no style costs as much as setting one.
        if style != Style::default() {
            self.buffer.set_style(area, style);
        }
    }
}

/// One row of an area.
pub fn row(area: Area, y: u16) -> Area {
    Area {
        y,
        height: 1,
        ..area
    }
}

/// Writes text from a column and row on, at most `width` columns; returns the column after it.
/// Nothing is written outside the buffer.
pub fn put(buffer: &mut Buffer, at: (u16, u16), text: &str, width: u16, style: Style) -> u16 {
    let area = *buffer.area();
    if at.0 >= area.right() || at.1 >= area.bottom() || width == 0 {
        return at.0;
    }
    let end = at.0.saturating_add(width).min(area.right());
    let shown = width::shown(text);
    let (mut column, mut rest) = (at.0, shown.as_ref());
    while !rest.is_empty() && column < end {
        let (plain, other, after) = part(rest);
        column = put_plain(buffer, (column, at.1), plain, end, style);
        let room = usize::from(end.saturating_sub(column));
        column = buffer.set_stringn(column, at.1, other, room, style).0;
        // Nothing goes where a wide character had no room.
        rest = if width::width(other) > room {
            ""
        } else {
            after
        };
    }
    column
}

/// Splits text into graphemes of one ASCII character each, others up to the next such, and the rest.
/// Nearly all text is ASCII, and to look for graphemes in it is a third of the time of a frame.
fn part(text: &str) -> (&str, &str, &str) {
    let bytes = text.as_bytes();
    let Some(first) = bytes.iter().position(|byte| !byte.is_ascii()) else {
        return (text, "", "");
    };
    // The character before one that is not ASCII may be the base of its grapheme.
    let (plain, rest) = text.split_at(first.saturating_sub(1));
    let skipped = first - plain.len();
    let pair = rest
        .as_bytes()
        .windows(2)
        .skip(skipped)
        .position(|pair| pair.is_ascii());
    let (other, after) = rest.split_at(pair.map_or(rest.len(), |at| skipped + at + 1));
    (plain, other, after)
}

fn put_plain(buffer: &mut Buffer, at: (u16, u16), text: &str, end: u16, style: Style) -> u16 {
    let mut column = at.0;
    for (character, column_of) in text.chars().zip(at.0..end) {
        if let Some(cell) = buffer.cell_mut((column_of, at.1)) {
            cell.set_char(character).set_style(style);
        }
        column = column_of + 1;
    }
    column
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn any_text_is_put_as_the_drawing_library_puts_it(
            text in "([a-z .]|\\PC|[’“é\u{300}-\u{304}\u{200d}\u{600}人👩\u{fe0f}\u{5d0}]){0,24}", start in 0u16..20, width in 0u16..40,
        ) {
            let area = Rect::new(0, 0, 30, 2);
            let style = Style::new().bold();
            let (mut ours, mut theirs) = (Buffer::empty(area), Buffer::empty(area));
            let column = put(&mut ours, (start, 1), &text, width, style);
            let expected = theirs.set_stringn(start, 1, width::shown(&text), usize::from(width), style).0;
            prop_assert_eq!(ours, theirs);
            prop_assert_eq!(column, expected);
        }
    }
}
