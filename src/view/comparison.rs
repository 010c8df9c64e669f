//! What changed since another edition, over everything but the status line.

use ratatui::style::Style;

use super::{Cursor, paint::Canvas, theme::Theme};
use crate::reader::{
    Reader,
    layers::{
        comparison::{Comparison, Mark, Row, SIGNS},
        waiting::Waiting,
    },
    viewport::frame::Area,
};

/// Draws the comparison; returns where the sign of the current change is.
pub fn draw(reader: &Reader, comparison: &Comparison, canvas: &mut Canvas<'_>) -> Option<Cursor> {
    let area = cleared(reader, canvas);
    let (top, right) = (area.y.saturating_sub(1), area.x + area.width);
    let heading = &comparison.heading;
    canvas.put_cut((area.x, top), heading, right, canvas.theme.title);
    let mut cursor = None;
    for (y, row) in (area.y..area.y + area.height).zip(&comparison.rows) {
        draw_row(row, (area, y), canvas);
        if row.item == comparison.cursor && cursor.is_none() {
            let x = area.x.saturating_sub(SIGNS);
            canvas.put((x, y), "▸", 1, canvas.theme.cursor);
            cursor = Some(Cursor::hidden(x, y));
        }
    }
    cursor
}

/// What is said while it is being made.
pub fn draw_waiting(reader: &Reader, waiting: &Waiting, canvas: &mut Canvas<'_>) -> Option<Cursor> {
    let area = cleared(reader, canvas);
    let (right, theme) = (area.x + area.width, canvas.theme);
    let doing = format!("{} `{}` …", waiting.doing(), waiting.name);
    canvas.put_cut((area.x, area.y), &doing, right, theme.text);
    canvas.put_cut((area.x, area.y + 1), "Esc cancels.", right, theme.quiet);
    None
}

fn cleared(reader: &Reader, canvas: &mut Canvas<'_>) -> Area {
    canvas.clear(reader.viewport().over_all(), canvas.theme.text);
    Comparison::area(reader.parts())
}

fn draw_row(row: &Row, (area, y): (Area, u16), canvas: &mut Canvas<'_>) {
    let theme = canvas.theme;
    let style = match row.sign {
        '+' => theme.added,
        '-' => theme.removed,
        _ => theme.quiet,
    };
    // The sign alone, neither underlined nor struck out.
    let x = area.x.saturating_sub(SIGNS - 1);
    canvas.put((x, y), &row.sign.to_string(), 1, colour_of(style));
    let (mut x, right) = (area.x, area.x + area.width);
    for (text, mark) in &row.pieces {
        let style = style_of(*mark, theme);
        x = canvas.put((x, y), text, right.saturating_sub(x), style);
    }
}

fn colour_of(style: Style) -> Style {
    Style {
        fg: style.fg,
        ..Style::new()
    }
}

fn style_of(mark: Mark, theme: &Theme) -> Style {
    match mark {
        Mark::Plain => Style::new(),
        Mark::Quiet => theme.quiet,
        Mark::Title => theme.title,
        Mark::Heading => theme.heading,
        Mark::Added => theme.added,
        Mark::Removed => theme.removed,
        // Struck out or underlined a whole paragraph could not be read: `+` and `-` stand beside it.
        Mark::Came => colour_of(theme.added),
        Mark::Went => colour_of(theme.removed),
        Mark::Note => theme.note,
    }
}
