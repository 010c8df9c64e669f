//! The section pane: titles, the current one marked, with counts of annotations.

use super::{
    Cursor,
    command_line::draw_editor,
    paint::{Canvas, row},
};
use crate::{
    reader::{Reader, has_parts, layers::sections::Sections, viewport::frame::Area},
    text::{width, wording},
};

/// Draws the pane; `covers` where it lies over the text instead of beside it. Returns where the
/// caret of the filter is, else the selected section, if the keys go to the pane.
pub fn draw(reader: &Reader, area: Area, covers: bool, canvas: &mut Canvas<'_>) -> Option<Cursor> {
    canvas.clear(area, canvas.theme.text);
    let right = area.x + area.width;
    let title = &reader.report().title;
    canvas.put_cut((area.x, area.y), title, right, canvas.theme.title);
    let pane = reader.layers().find::<Sections>();
    let filter = pane.and_then(Sections::filter);
    let mut cursor = filter.map(|filter| draw_editor("/", filter, row(area, area.y + 1), canvas));
    let rows = area.height.saturating_sub(2);
    let listed = reader.listed_sections();
    let first = first_shown(reader, &listed, usize::from(rows));
    for (y, &section) in (area.y + 2..area.y + 2 + rows).zip(listed.iter().skip(first)) {
        draw_row(reader, section, row(area, y), canvas);
        if section == reader.outline().selected() {
            cursor = cursor.or(Some(Cursor::hidden(area.x, y)));
        }
    }
    if !covers {
        for y in area.y..area.y + area.height {
            canvas.put((right, y), "│", 1, canvas.theme.quiet);
        }
    }
    cursor.filter(|_| pane.is_some())
}

/// The first listed section that is shown, so that the selected one is in the middle where the
/// list is longer than the pane.
pub fn first_shown(reader: &Reader, listed: &[usize], rows: usize) -> usize {
    let wanted = match reader.layers().find::<Sections>() {
        Some(_) => reader.outline().selected(),
        None => reader.viewport().cursor().section,
    };
    let at = listed
        .partition_point(|&section| section <= wanted)
        .saturating_sub(1);
    at.saturating_sub(rows / 2)
        .min(listed.len().saturating_sub(rows))
}

fn draw_row(reader: &Reader, index: usize, area: Area, canvas: &mut Canvas<'_>) {
    let Some(section) = reader.report().sections.get(index) else {
        return;
    };
    let outline = reader.outline();
    let is_current = reader.viewport().cursor().section == index;
    let has_keys = reader.layers().find::<Sections>().is_some();
    let is_folded = has_parts(reader.report(), index) && outline.is_folded(index);
    let indent = " ".repeat(usize::from(section.level.saturating_sub(1)).min(8) * 2);
    let head = format!(
        "{}{indent}{} {}",
        if is_current { "▸" } else { " " },
        index + 1,
        if is_folded { "+" } else { "" }
    );
    let counts = reader.notes().notebook().counts_in_section(index);
    let count = match counts.iter().sum::<usize>() {
        0 => String::new(),
        count => format!(" {count}{}", signs(counts)),
    };
    let room = usize::from(area.width).saturating_sub(width::width(&head) + width::width(&count));
    let style = match (has_keys && outline.selected() == index, is_current) {
        (true, _) => canvas.theme.selected,
        (false, true) => canvas.theme.current_section,
        (false, false) => canvas.theme.text,
    };
    let title = wording::cut_middle(&section.title, room);
    let gap = " ".repeat(room.saturating_sub(width::width(&title)));
    let text = format!("{head}{title}{gap}{count}");
    canvas.put((area.x, area.y), &text, area.width, style);
}

/// The signs of the kinds that are there, in the order of `Kind::ALL`.
fn signs(counts: [usize; 3]) -> String {
    let there = ["●", "▌", "⚑"].into_iter().zip(counts);
    let there = there.filter(|(_, count)| *count > 0);
    there.map(|(sign, _)| sign).collect()
}
