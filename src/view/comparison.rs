//! What changed since another edition, over everything but the status line.

use ratatui::{buffer::Buffer, style::Style};

use super::{Cursor, paint, rect, theme::Theme};
use crate::{
    reader::{
        Reader,
        comparison::{Comparison, Mark, Row, SIGNS},
        frame::Area,
        overlay::Waiting,
    },
    text::wording,
};

/// Draws the comparison; returns where the sign of the change is that one is at.
pub fn draw(
    reader: &Reader,
    comparison: &Comparison,
    theme: &Theme,
    buffer: &mut Buffer,
) -> Option<Cursor> {
    let area = cleared(reader, theme, buffer);
    let heading = wording::cut(&comparison.heading, usize::from(area.width));
    paint::put(
        buffer,
        (area.x, area.y.saturating_sub(1)),
        &heading,
        area.width,
        theme.title,
    );
    let mut cursor = None;
    for (y, row) in (area.y..area.y + area.height).zip(&comparison.rows) {
        draw_row(row, (area, y), theme, buffer);
        if row.item == comparison.cursor && cursor.is_none() {
            let x = area.x.saturating_sub(SIGNS);
            paint::put(buffer, (x, y), "▸", 1, theme.cursor);
            cursor = Some(Cursor::hidden(x, y));
        }
    }
    cursor
}

/// What is said while it is being made.
pub fn draw_waiting(reader: &Reader, waiting: &Waiting, theme: &Theme, buffer: &mut Buffer) {
    let area = cleared(reader, theme, buffer);
    let said = format!("{} `{}` …", waiting.told(), waiting.name);
    paint::put(
        buffer,
        (area.x, area.y),
        &wording::cut(&said, usize::from(area.width)),
        area.width,
        theme.text,
    );
    paint::put(
        buffer,
        (area.x, area.y + 1),
        "Esc cancels.",
        area.width,
        theme.quiet,
    );
}

fn cleared(reader: &Reader, theme: &Theme, buffer: &mut Buffer) -> Area {
    let (columns, rows) = reader.size;
    paint::clear(
        buffer,
        rect(Area {
            x: 0,
            y: 0,
            width: columns,
            height: rows.saturating_sub(1),
        }),
        theme.text,
    );
    reader.comparison_area()
}

fn draw_row(row: &Row, (area, y): (Area, u16), theme: &Theme, buffer: &mut Buffer) {
    let style = match row.sign {
        '+' => theme.added,
        '-' => theme.removed,
        _ => theme.quiet,
    };
    // The sign alone, neither underlined nor struck out.
    let style = Style {
        fg: style.fg,
        ..Style::new()
    };
    paint::put(
        buffer,
        (area.x.saturating_sub(SIGNS - 1), y),
        &row.sign.to_string(),
        1,
        style,
    );
    let (mut x, right) = (area.x, area.x + area.width);
    for (text, mark) in &row.pieces {
        x = paint::put(
            buffer,
            (x, y),
            text,
            right.saturating_sub(x),
            style_of(*mark, theme),
        );
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
        Mark::Came => Style {
            fg: theme.added.fg,
            ..Style::new()
        },
        Mark::Went => Style {
            fg: theme.removed.fg,
            ..Style::new()
        },
        Mark::Note => theme.note,
    }
}
