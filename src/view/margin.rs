//! Notes beside the text in wide windows, each beside the line where its passage begins.

use ratatui::buffer::Buffer;

use super::{paint, theme::Theme};
use crate::{
    notebook::{Entry, passage},
    reader::{Reader, frame::Area},
    report::{layout::Row, position::Position},
    text::wrap,
};

/// Rows that one note takes at the most.
const LONGEST: usize = 6;

pub fn draw(reader: &Reader, area: Area, theme: &Theme, buffer: &mut Buffer) {
    let mut y = area.y;
    let bottom = area.y + area.height;
    for (row, at) in (area.y..).zip(&reader.screen.rows) {
        let Some(&Row::Text {
            block, start, end, ..
        }) = reader.layout.made(at.section).get(at.row)
        else {
            continue;
        };
        let position = Position::new(at.section, block, start);
        let begins_here = |entry: &&Entry| {
            let first = passage(entry).map(crate::report::position::Passage::start);
            first.is_some_and(|first| {
                first.same_block(position) && (start..end.max(start + 1)).contains(&first.byte)
            })
        };
        for entry in reader
            .notebook
            .in_block(position)
            .filter(begins_here)
            .filter(|entry| !entry.annotation.text.is_empty())
        {
            y = draw_note(
                &entry.annotation.text,
                Area {
                    y: y.max(row),
                    height: bottom.saturating_sub(y.max(row)),
                    ..area
                },
                theme,
                buffer,
            );
        }
    }
}

/// Draws one note; returns the row after it.
fn draw_note(text: &str, area: Area, theme: &Theme, buffer: &mut Buffer) -> u16 {
    let width = area.width.saturating_sub(2);
    let lines = wrap::lines(text, usize::from(width), "");
    let rows = lines.len().min(LONGEST).min(usize::from(area.height));
    for (index, (y, line)) in (area.y..).zip(lines.iter().take(rows)).enumerate() {
        let is_cut = index + 1 == rows && lines.len() > rows;
        let words = text
            .get(line.start..line.end)
            .unwrap_or_default()
            .trim_end();
        let words = if is_cut {
            format!(
                "{}…",
                words
                    .chars()
                    .take(usize::from(width).saturating_sub(1))
                    .collect::<String>()
            )
        } else {
            words.to_owned()
        };
        paint::put(
            buffer,
            (area.x, y),
            if index == 0 { "●" } else { "│" },
            1,
            if index == 0 { theme.note } else { theme.quiet },
        );
        paint::put(buffer, (area.x + 2, y), &words, width, theme.text);
    }
    area.y + rows as u16 + u16::from(rows > 0)
}
