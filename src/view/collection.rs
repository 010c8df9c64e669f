//! One field of all records, over everything but the status line.

use super::{
    Cursor,
    paint::Canvas,
    text_style::{plain_runs, style_of_kind},
};
use crate::{
    reader::{
        Reader,
        layers::collection::Collection,
        viewport::frame::{Area, Frame},
    },
    report::{
        layout::{Row, RowAt},
        position::Position,
        typography,
    },
};

/// Draws what is collected; returns where the sign of the paragraph cursor is.
pub fn draw(reader: &Reader, shown: &Collection, canvas: &mut Canvas<'_>) -> Option<Cursor> {
    canvas.clear(reader.viewport().over_all(), canvas.theme.text);
    let viewport = shown.viewport();
    let frame = viewport.frame()?;
    if let Some(area) = frame.heading {
        draw_heading(shown, area, canvas);
    }
    let mut cursor = None;
    for (y, &at) in (frame.text.y..).zip(viewport.rows()) {
        draw_row(shown, frame, (at, y), canvas);
        if viewport.is_cursor_row(at) {
            canvas.put((frame.gutter.x, y), "▸", 1, canvas.theme.cursor);
            cursor = Some(Cursor::hidden(frame.gutter.x, y));
        }
    }
    cursor
}

/// The field, and which of the records this is; the path that the top line is under.
fn draw_heading(shown: &Collection, area: Area, canvas: &mut Canvas<'_>) {
    let (theme, viewport) = (canvas.theme, shown.viewport());
    let field = shown.heading().to_owned();
    let top = viewport.rows().first().copied().unwrap_or_default();
    let title = shown.report().sections.get(top.section);
    let is_title = |at: &RowAt| matches!(viewport.row(*at), Some(Row::Title { .. }));
    let title = title.filter(|_| !viewport.rows().iter().take(3).any(is_title));
    let text = match title {
        Some(section) => format!("{field} · {}", section.title),
        None => field,
    };
    canvas.put_cut((area.x, area.y), &text, area.x + area.width, theme.title);
}

fn draw_row(shown: &Collection, frame: &Frame, (at, y): (RowAt, u16), canvas: &mut Canvas<'_>) {
    let (area, theme) = (frame.text, canvas.theme);
    let right = area.x + area.width;
    match shown.viewport().row(at) {
        Some(&Row::Title { start, end }) => {
            let title = shown.report().sections.get(at.section);
            let title = title.and_then(|section| section.title.get(start..end));
            canvas.put(
                (area.x, y),
                title.unwrap_or_default(),
                area.width,
                theme.title,
            );
        }
        Some(&Row::Text {
            block,
            start,
            end,
            hyphen,
        }) => {
            let Some(block) = shown.report().block(Position::new(at.section, block, 0)) else {
                return;
            };
            let (setting, columns) = (typography::setting(block), usize::from(area.width));
            let indent = setting.indent_at(columns) as u16;
            if indent > 0 && start == 0 {
                let marker = setting.marker_at(columns) as u16;
                let at = (area.x + marker, y);
                canvas.put(at, setting.marker, indent - marker, theme.quiet);
            }
            let mut x = area.x + indent;
            for (bytes, style) in plain_runs(block, start..end, theme) {
                let text = block.text.get(bytes).unwrap_or_default();
                let text = text.trim_end_matches('\n');
                x = canvas.put((x, y), text, right.saturating_sub(x), style);
            }
            if hyphen {
                let style = style_of_kind(block.kind, theme);
                canvas.put((x, y), "-", right.saturating_sub(x), style);
            }
        }
        Some(Row::Gap { .. }) | None => {}
    }
}
