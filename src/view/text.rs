//! The reading pane: heading, numbers, gutter, text and scroll bar.

use super::{
    Cursor, gutter,
    paint::Canvas,
    scroll_bar,
    text_line::TextLine,
    text_style::{StyledLine, match_cuts, match_style, style_of_kind},
};
use crate::{
    reader::{
        Reader,
        viewport::frame::{Area, Frame},
    },
    report::{
        address::Address,
        layout::{Row, RowAt},
        position::Position,
        typography,
    },
    search::pieces::Piece,
    text::{width, wording},
};

/// Draws the pane; returns where the paragraph cursor is.
pub fn draw(reader: &Reader, frame: &Frame, canvas: &mut Canvas<'_>) -> Option<Cursor> {
    let viewport = reader.viewport();
    if let Some(area) = frame.heading {
        draw_heading(reader, area, canvas);
    }
    let mut cursor = None;
    for (y, &at) in (frame.text.y..).zip(viewport.rows()) {
        match viewport.row(at) {
            Some(&Row::Title { start, end }) => {
                draw_title(reader, at, (start, end), (frame.text, y), canvas)
            }
            Some(&Row::Text {
                block,
                start,
                end,
                hyphen,
            }) => {
                let line = TextLine {
                    position: Position::new(at.section, block, start),
                    end,
                    hyphen,
                };
                draw_line(reader, line, (frame.text, y), canvas);
                draw_number(reader, frame, line, y, canvas);
                gutter::draw(reader, line, (frame.gutter, y), canvas);
            }
            Some(Row::Gap { before: 0 }) => draw_rule(reader, at, (frame.text, y), canvas),
            Some(Row::Gap { .. }) | None => {}
        }
        if viewport.is_cursor_row(at) {
            canvas.put((frame.gutter.x, y), "▸", 1, canvas.theme.cursor);
            cursor = Some(cursor_at(reader, frame, (at, y)));
        }
    }
    if let Some(area) = frame.bar {
        scroll_bar::draw(reader, area, canvas);
    }
    cursor
}

/// Where the terminal's cursor stands: at the sign of the paragraph, or at the end of the
/// selection that moves.
fn cursor_at(reader: &Reader, frame: &Frame, (at, y): (RowAt, u16)) -> Cursor {
    let row = reader.viewport().row(at);
    let is_at_text = reader.mode().selection().is_some() || reader.settings().has_cursor;
    let Some(&Row::Text { start, .. }) = row.filter(|_| is_at_text) else {
        return Cursor::hidden(frame.gutter.x, y);
    };
    let (report, cursor) = (reader.report(), reader.viewport().cursor());
    let text = report.text_at(cursor);
    let before = text.get(start..cursor.byte).unwrap_or_default();
    let width = usize::from(frame.text.width);
    let indent = report
        .block(cursor)
        .map_or(0, |block| typography::setting(block).indent_at(width));
    let column = (indent + width::width(before)).min(width.saturating_sub(1));
    Cursor {
        x: frame.text.x + column as u16,
        y,
        is_visible: true,
    }
}

/// The path of the section that the top line is in. Where its own title is the first that stands
/// there, only those that hold it.
fn draw_heading(reader: &Reader, area: Area, canvas: &mut Canvas<'_>) {
    let viewport = reader.viewport();
    let Some(top) = viewport.rows().first() else {
        return;
    };
    let below = viewport.layout().made(top.section).iter().skip(top.row);
    let mut below = below.skip_while(|row| matches!(row, Row::Gap { .. }));
    let shows_title = matches!(below.next(), Some(Row::Title { .. }));
    let mut path = reader.report().path(top.section);
    if shows_title {
        path.pop();
    }
    let path = wording::path(&path, usize::from(area.width));
    // The last title leads the eye.
    let last = path.rfind(" › ").map_or(0, |at| at + " › ".len());
    let (holders, last) = path.split_at_checked(last).unwrap_or(("", &path));
    let theme = canvas.theme;
    let x = canvas.put((area.x, area.y), holders, area.width, theme.quiet);
    let room = (area.x + area.width).saturating_sub(x);
    canvas.put((x, area.y), last, room, theme.accent);
}

/// A line under a title of the first level, as long as the title.
fn draw_rule(reader: &Reader, at: RowAt, (area, y): (Area, u16), canvas: &mut Canvas<'_>) {
    let viewport = reader.viewport();
    let above = RowAt {
        row: at.row.wrapping_sub(1),
        ..at
    };
    let is_first_level = level(reader, at.section) == 0;
    if let Some(&Row::Title { start, end }) = viewport.row(above).filter(|_| is_first_level) {
        let section = reader.report().sections.get(at.section);
        let title = section.and_then(|section| section.title.get(start..end));
        let columns = width::width(title.unwrap_or_default().trim_end());
        let rule = "─".repeat(columns.min(usize::from(area.width)));
        canvas.put((area.x, y), &rule, area.width, canvas.theme.bar);
    }
}

/// How many sections hold a section.
fn level(reader: &Reader, section: usize) -> usize {
    let node = reader.report().outline().node(section);
    node.map_or(0, |node| node.depth)
}

fn draw_title(
    reader: &Reader,
    at: RowAt,
    (start, end): (usize, usize),
    (area, y): (Area, u16),
    canvas: &mut Canvas<'_>,
) {
    let section = reader.report().sections.get(at.section);
    let title = section.map_or("", |section| section.title.as_str());
    let piece = Piece {
        section: at.section,
        block: None,
    };
    let mut cuts: Vec<usize> = match_cuts(reader, piece)
        .filter(|cut| (start..end).contains(cut))
        .collect();
    cuts.extend([start, end]);
    cuts.sort_unstable();
    let (mut x, theme) = (area.x, canvas.theme);
    let [.., deepest] = theme.levels;
    let own = theme.levels.get(level(reader, at.section));
    let own = *own.unwrap_or(&deepest);
    for (&start, &end) in cuts.iter().zip(cuts.iter().skip(1)) {
        let style = match match_style(reader, piece, start, theme) {
            Some(found) => own.patch(found),
            None => own,
        };
        let text = title.get(start..end).unwrap_or_default();
        let room = (area.x + area.width).saturating_sub(x);
        x = canvas.put((x, y), text, room, style);
    }
}

fn draw_line(reader: &Reader, line: TextLine, (area, y): (Area, u16), canvas: &mut Canvas<'_>) {
    let Some(block) = reader.report().block(line.position) else {
        return;
    };
    let (setting, theme) = (typography::setting(block), canvas.theme);
    let indent = setting.indent_at(usize::from(area.width)) as u16;
    if indent > 0 {
        let at = setting.marker_at(usize::from(area.width)) as u16;
        let room = indent - at;
        canvas.put((area.x + at, y), setting.rule, room, theme.bar);
        if line.position.byte == 0 {
            canvas.put((area.x + at, y), setting.marker, room, theme.quiet);
        }
    }
    let (mut x, right) = (area.x + indent, area.x + area.width);
    for (bytes, style) in StyledLine::new(reader, block, line, theme).runs() {
        let is_last = bytes.end == line.end;
        let text = block.text.get(bytes).unwrap_or_default();
        // What is marked ends with its last letter.
        let text = if is_last { text.trim_end() } else { text };
        x = canvas.put((x, y), text, right.saturating_sub(x), style);
    }
    if line.hyphen {
        let style = style_of_kind(block.kind, theme);
        canvas.put((x, y), "-", right.saturating_sub(x), style);
    }
}

/// The number of a paragraph beside its first line.
fn draw_number(reader: &Reader, frame: &Frame, line: TextLine, y: u16, canvas: &mut Canvas<'_>) {
    let is_first = line.position.byte == 0 && reader.report().block(line.position).is_some();
    if let Some(area) = frame.numbers.filter(|_| is_first) {
        let number = format!("{:>6}", Address::of(line.position).number(reader.report()));
        canvas.put((area.x, y), &number, area.width, canvas.theme.quiet);
    }
}
