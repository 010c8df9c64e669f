//! The section pane: titles, the current one marked, with counts of annotations.

use ratatui::buffer::Buffer;

use super::{Cursor, paint, rect, theme::Theme};
use crate::{
    reader::{Focus, Reader, frame::Area},
    text::{width, wording},
};

/// Draws the pane; `covers` where it lies over the text instead of beside it. Returns where the
/// caret of the filter is, else the selected section, if the keys go to the pane.
pub fn draw(
    reader: &Reader,
    area: Area,
    covers: bool,
    theme: &Theme,
    buffer: &mut Buffer,
) -> Option<Cursor> {
    paint::clear(buffer, rect(area), theme.text);
    let title = wording::cut(&reader.report.title, usize::from(area.width));
    paint::put(buffer, (area.x, area.y), &title, area.width, theme.title);
    let mut cursor = None;
    if let Some(filter) = &reader.pane.filter {
        cursor = Some(super::line::draw_editor(
            "/",
            filter,
            Area {
                y: area.y + 1,
                height: 1,
                ..area
            },
            theme,
            buffer,
        ));
    }
    let rows = area.height.saturating_sub(2);
    let listed = reader.listed_sections();
    let first = first_shown(reader, &listed, usize::from(rows));
    for (y, &section) in (area.y + 2..area.y + 2 + rows).zip(listed.iter().skip(first)) {
        draw_row(
            reader,
            section,
            Area {
                y,
                height: 1,
                ..area
            },
            theme,
            buffer,
        );
        if section == reader.pane.selected {
            cursor = cursor.or(Some(Cursor::hidden(area.x, y)));
        }
    }
    if !covers {
        for y in area.y..area.y + area.height {
            paint::put(buffer, (area.x + area.width, y), "│", 1, theme.quiet);
        }
    }
    cursor.filter(|_| reader.focus == Focus::Sections)
}

/// The first listed section that is shown, so that the selected one is in the middle where the
/// list is longer than the pane.
pub fn first_shown(reader: &Reader, listed: &[usize], rows: usize) -> usize {
    let wanted = if reader.focus == Focus::Sections {
        reader.pane.selected
    } else {
        reader.screen.cursor.section
    };
    let at = listed
        .partition_point(|&section| section <= wanted)
        .saturating_sub(1);
    at.saturating_sub(rows / 2)
        .min(listed.len().saturating_sub(rows))
}

fn draw_row(reader: &Reader, index: usize, area: Area, theme: &Theme, buffer: &mut Buffer) {
    let Some(section) = reader.report.sections.get(index) else {
        return;
    };
    let is_current = reader.screen.cursor.section == index;
    let is_selected = reader.focus == Focus::Sections && reader.pane.selected == index;
    let sign = if is_current { "▸" } else { " " };
    let fold = match (reader.has_parts(index), reader.pane.folded.contains(&index)) {
        (true, true) => "+",
        _ => "",
    };
    let indent = " ".repeat(usize::from(section.level.saturating_sub(1)).min(8) * 2);
    let head = format!("{sign}{indent}{} {fold}", index + 1);
    let counts = reader.notebook.counts_in_section(index);
    let count = match counts.iter().sum::<usize>() {
        0 => String::new(),
        count => format!(" {count}{}", signs(counts)),
    };
    let room = usize::from(area.width).saturating_sub(width::width(&head) + width::width(&count));
    let style = match (is_selected, is_current) {
        (true, _) => theme.selected,
        (false, true) => theme.current_section,
        (false, false) => theme.text,
    };
    let row = format!("{head}{}", wording::cut_middle(&section.title, room));
    let gap = usize::from(area.width).saturating_sub(width::width(&row) + width::width(&count));
    paint::put(
        buffer,
        (area.x, area.y),
        &format!("{row}{}{count}", " ".repeat(gap)),
        area.width,
        style,
    );
}

/// The signs of the kinds that are there, in the order of [`Kind::ALL`].
fn signs(counts: [usize; 3]) -> String {
    let there = ["●", "▌", "⚑"]
        .into_iter()
        .zip(counts)
        .filter(|(_, count)| *count > 0);
    there.map(|(sign, _)| sign).collect()
}
