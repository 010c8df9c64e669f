//! The picker, below the text that it leads to.

use ratatui::style::Style;

use super::{
    Cursor,
    command_line::draw_editor,
    paint::{Canvas, row},
};
use crate::{
    reader::{
        Reader,
        layers::picker::{Picker, row::Line},
        viewport::frame::Area,
    },
    text::width,
};

/// Draws the list; returns where the caret of the filter is.
pub fn draw(reader: &Reader, picker: &Picker, area: Area, canvas: &mut Canvas<'_>) -> Cursor {
    canvas.clear(area, canvas.theme.text);
    let cursor = draw_head(reader, picker, row(area, area.y), canvas);
    let rows = below_head(area);
    for (y, line) in (rows.y..rows.y + rows.height).zip(&lines(reader, picker, rows)) {
        draw_line(line, row(rows, y), canvas);
    }
    cursor
}

fn below_head(area: Area) -> Area {
    Area {
        y: area.y + 1,
        height: area.height.saturating_sub(1),
        ..area
    }
}

fn lines(reader: &Reader, picker: &Picker, rows: Area) -> Vec<Line> {
    let (height, width) = (usize::from(rows.height), usize::from(rows.width));
    picker.lines(reader.parts(), height, width)
}

/// How far from the selected choice the one is that a row of the screen shows.
pub fn steps_to(reader: &Reader, picker: &Picker, area: Area, y: u16) -> Option<isize> {
    let rows = below_head(area);
    let lines = lines(reader, picker, rows);
    let row = usize::from(y.checked_sub(rows.y)?);
    let is_choice = |line: &&Line| matches!(line, Line::Choice { .. });
    let is_selected = |line: &Line| {
        matches!(
            line,
            Line::Choice {
                is_selected: true,
                ..
            }
        )
    };
    let selected = lines.iter().position(is_selected)?;
    let before = |row: usize| lines.iter().take(row).filter(is_choice).count() as isize;
    lines.get(row).filter(is_choice)?;
    Some(before(row) - before(selected))
}

/// What is listed and how many are left, and the filter.
fn draw_head(reader: &Reader, picker: &Picker, area: Area, canvas: &mut Canvas<'_>) -> Cursor {
    canvas.rule(area);
    let (title, count) = picker.title(reader.parts());
    let width = usize::from(area.width);
    let title = match width::width(&title) + 14 > width {
        true => format!(" {count} "),
        false => format!(" {title} "),
    };
    let at = width.saturating_sub(width::width(&title) + 1);
    let x = area.x + at as u16;
    canvas.put((x, area.y), &title, area.width, canvas.theme.title);
    let filter = picker.filter();
    let needed = width::width(filter.text()) + 4;
    let typed = Area {
        width: needed.max(14).min(at.max(4)) as u16,
        ..area
    };
    canvas.clear(typed, canvas.theme.text);
    if filter.text().is_empty() {
        let room = typed.width.saturating_sub(2);
        let at = (typed.x + 2, typed.y);
        canvas.put(at, "type to find", room, canvas.theme.quiet);
    }
    draw_editor(">", filter, typed, canvas)
}

fn draw_line(line: &Line, area: Area, canvas: &mut Canvas<'_>) {
    let right = area.x + area.width;
    match line {
        Line::Group { title, count } => {
            let count = format!(" {count}");
            let end = right.saturating_sub(width::width(&count) as u16);
            let at = (area.x + 1, area.y);
            let x = canvas.put_cut(at, title, end, canvas.theme.heading);
            canvas.put(
                (x, area.y),
                &count,
                right - x.min(right),
                canvas.theme.quiet,
            );
        }
        Line::Choice {
            is_selected,
            head,
            pieces,
        } => {
            let (base, matched) = styles(*is_selected, canvas);
            let (sign, quiet) = match is_selected {
                true => ("▸", base),
                false => (" ", canvas.theme.quiet),
            };
            if *is_selected {
                canvas.clear(area, base);
            }
            let mut x = canvas.put((area.x, area.y), sign, area.width, base);
            x = canvas.put((x, area.y), head, right.saturating_sub(x), quiet);
            for (text, is_matched) in pieces {
                let style = if *is_matched { matched } else { base };
                x = canvas.put_cut((x, area.y), text, right, style);
            }
        }
    }
}

/// Of a line, and of what was matched in it.
fn styles(is_selected: bool, canvas: &Canvas<'_>) -> (Style, Style) {
    let theme = canvas.theme;
    match is_selected {
        true => (theme.selected, theme.selected.bold().underlined()),
        false => (theme.text, theme.found),
    }
}
