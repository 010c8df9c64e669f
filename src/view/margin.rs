//! Notes beside the text in wide windows, each beside the line where its passage begins.

use super::paint::Canvas;
use crate::{
    notebook::{Entry, passage},
    reader::{Reader, viewport::frame::Area},
    report::{
        layout::Row,
        position::{Passage, Position},
    },
};

/// Rows that one note takes at the most.
const LONGEST: u16 = 6;

pub fn draw(reader: &Reader, area: Area, canvas: &mut Canvas<'_>) {
    let mut y = area.y;
    let bottom = area.y + area.height;
    let viewport = reader.viewport();
    for (row, at) in (area.y..).zip(viewport.rows()) {
        let Some(&Row::Text {
            block, start, end, ..
        }) = viewport.row(*at)
        else {
            continue;
        };
        let position = Position::new(at.section, block, start);
        let begins_here = |entry: &&Entry| {
            let first = passage(entry).map(Passage::start);
            first.is_some_and(|first| {
                first.same_block(position) && (start..end.max(start + 1)).contains(&first.byte)
            })
        };
        let notebook = reader.notes().notebook();
        for entry in notebook.in_block(position).filter(begins_here) {
            let text = &entry.annotation.text;
            let top = y.max(row);
            if !text.is_empty() && top < bottom {
                let height = (bottom - top).min(LONGEST);
                let note = Area {
                    y: top,
                    height,
                    ..area
                };
                y = top + draw_note(text, note, canvas) + 1;
            }
        }
    }
}

/// Draws one note; returns how many rows it took.
fn draw_note(text: &str, area: Area, canvas: &mut Canvas<'_>) -> u16 {
    let theme = canvas.theme;
    let inner = Area {
        x: area.x + 2,
        width: area.width.saturating_sub(2),
        ..area
    };
    let rows = canvas.put_lines(inner, text, theme.text);
    canvas.put((area.x, area.y), "●", 1, theme.note);
    for y in area.y + 1..area.y + rows {
        canvas.put((area.x, y), "│", 1, theme.bar);
    }
    rows
}
