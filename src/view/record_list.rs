//! The list of records: title, facet, words and annotations of each.

use super::{
    Cursor,
    command_line::draw_editor,
    paint::{Canvas, row},
};
use crate::{
    notebook::records::RecordRow,
    reader::{Reader, layers::record_list::RecordList, viewport::frame::Area},
    text::{width, wording},
};

/// Windows of fewer columns show no words.
const WORDS_FROM: u16 = 60;
/// Columns of words and of annotations.
const WORDS: usize = 8;
const NOTES: usize = 6;

/// Draws the list over everything but the status line. Returns where the caret of the filter is,
/// else the selected row.
pub fn draw(reader: &Reader, list: &RecordList, area: Area, canvas: &mut Canvas<'_>) -> Cursor {
    canvas.clear(area, canvas.theme.text);
    let caret = draw_head(list, area, canvas);
    let rows = RecordList::rows_area(area);
    let first = list.first_shown(usize::from(rows.height));
    let facets = list.shown().map(|row| width::width(&row.facet)).max();
    let facets = facets.unwrap_or(0).min(usize::from(area.width) / 3);
    let shown = list.shown().enumerate().skip(first);
    for (y, (at, record)) in (rows.y..rows.y + rows.height).zip(shown) {
        let is_selected = at == list.selected();
        draw_row(reader, (record, is_selected), facets, row(rows, y), canvas);
    }
    let selected = rows.y + list.selected().saturating_sub(first) as u16;
    caret.unwrap_or(Cursor::hidden(area.x, selected))
}

/// How far from the selected row the one is that a row of the screen shows.
pub fn steps_to(list: &RecordList, area: Area, y: u16) -> Option<isize> {
    let rows = RecordList::rows_area(area);
    let at = y.checked_sub(rows.y).filter(|row| *row < rows.height)?;
    let row = list.first_shown(usize::from(rows.height)) + usize::from(at);
    (row < list.counts().0).then_some(row as isize - list.selected() as isize)
}

/// How many there are, their order, and the filter.
fn draw_head(list: &RecordList, area: Area, canvas: &mut Canvas<'_>) -> Option<Cursor> {
    let (theme, right) = (canvas.theme, area.x + area.width);
    let (shown, all) = list.counts();
    let of = wording::count(all, "record");
    let count = if shown == all {
        of
    } else {
        format!("{shown} of {of}")
    };
    let title = format!("{count}, {}", list.order().name());
    canvas.put_cut((area.x + 1, area.y), &title, right, theme.title);
    let line = Area {
        x: area.x + 1,
        width: area.width.saturating_sub(1),
        ..row(area, area.y + 1)
    };
    if list.is_filtering() || !list.filter().text().is_empty() {
        let caret = draw_editor("/", list.filter(), line, canvas);
        return list.is_filtering().then_some(caret);
    }
    let columns = format!("{}{:>WORDS$}{:>NOTES$}", "facet", "words", "notes");
    let columns = match area.width < WORDS_FROM {
        true => String::new(),
        false => columns,
    };
    let at = right.saturating_sub(width::width(&columns) as u16 + 1);
    canvas.put((at, line.y), &columns, line.width, theme.quiet);
    None
}

/// Number and path without facet; facet, words and annotations at the right.
fn draw_row(
    reader: &Reader,
    (record, is_selected): (&RecordRow, bool),
    facets: usize,
    area: Area,
    canvas: &mut Canvas<'_>,
) {
    let (theme, right) = (canvas.theme, area.x + area.width);
    let (base, quiet) = match is_selected {
        true => (theme.selected, theme.selected),
        false => (theme.text, theme.quiet),
    };
    canvas.clear(area, base);
    let sign = if is_selected { "▸" } else { " " };
    let head = format!("{sign}{:>6}  ", record.section + 1);
    let x = canvas.put((area.x, area.y), &head, area.width, base);
    let notes = match record.notes {
        0 => String::new(),
        notes => format!("{notes}●"),
    };
    let numbers = match area.width < WORDS_FROM {
        true => format!("{notes:>NOTES$}"),
        false => format!("{:>WORDS$}{notes:>NOTES$}", record.words),
    };
    let facet = wording::cut(&record.facet, facets);
    let gap = " ".repeat(facets.saturating_sub(width::width(&facet)));
    let end = format!("  {facet}{gap}{numbers} ");
    let at = right.saturating_sub(width::width(&end) as u16).max(x);
    let mut path = reader.report().path(record.section);
    path.pop();
    path.push(&record.name);
    let path = wording::path(&path, usize::from(at.saturating_sub(x)));
    canvas.put((x, area.y), &path, at.saturating_sub(x), base);
    canvas.put((at, area.y), &end, right.saturating_sub(at), quiet);
}
