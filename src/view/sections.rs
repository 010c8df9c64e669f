//! The section pane: titles with their facets, the current one marked, with counts of annotations.

use super::{
    Cursor,
    command_line::draw_editor,
    paint::{Canvas, row},
};
use crate::{
    reader::{
        Reader, has_parts, layers::sections::Sections, name_and_facet, row_of,
        viewport::frame::Area,
    },
    text::{width, wording},
};

/// Most levels that are indented.
const INDENTED: usize = 8;

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
    let rows = area.rows_of_sections();
    let listed = reader.listed_sections();
    let first = first_shown(reader, &listed, usize::from(rows));
    let marks = Marks::new(reader, &listed);
    let shown = listed.iter().enumerate().skip(first);
    for (y, (at, &section)) in (area.y + 2..area.y + 2 + rows).zip(shown) {
        draw_row(reader, (section, at), &marks, row(area, y), canvas);
        if marks.selected == Some(at) {
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

/// What is marked of the listed sections, by row.
struct Marks {
    /// The section that is read, or the folded one that holds it.
    current: usize,
    /// Where the keys go to the pane.
    selected: Option<usize>,
    has_filter: bool,
    /// Whether any section holds others.
    has_folds: bool,
    /// Columns of the largest number.
    digits: usize,
}

impl Marks {
    fn new(reader: &Reader, listed: &[usize]) -> Self {
        let outline = reader.report().outline();
        let row = |section| row_of(outline, listed, section);
        let pane = reader.layers().find::<Sections>();
        let last = listed.last().map_or(0, |last| last + 1);
        Self {
            current: row(reader.viewport().cursor().section),
            selected: pane.map(|_| row(reader.section_pane().selected())),
            has_filter: pane.is_some_and(|pane| pane.filter().is_some()),
            has_folds: outline.is_nested(),
            digits: last.to_string().len(),
        }
    }
}

/// The first listed section that is shown, so that the selected one is in the middle where the
/// list is longer than the pane.
pub fn first_shown(reader: &Reader, listed: &[usize], rows: usize) -> usize {
    let wanted = match reader.layers().find::<Sections>() {
        Some(_) => reader.section_pane().selected(),
        None => reader.viewport().cursor().section,
    };
    let at = row_of(reader.report().outline(), listed, wanted);
    at.saturating_sub(rows / 2)
        .min(listed.len().saturating_sub(rows))
}

/// Cursor sign, number, fold sign and name; facet and counts at the right edge.
fn draw_row(
    reader: &Reader,
    (section, at): (usize, usize),
    marks: &Marks,
    area: Area,
    canvas: &mut Canvas<'_>,
) {
    let outline = reader.report().outline();
    let Some(node) = outline.node(section) else {
        return;
    };
    let fold = match reader.section_pane().is_folded(section) && !marks.has_filter {
        _ if !marks.has_folds => "",
        _ if !has_parts(outline, section) => "  ",
        true => "▹ ",
        false => "▾ ",
    };
    let cursor = reader.viewport().cursor().section;
    let is_current = marks.current == at && outline.below(section).contains(&cursor);
    let head = format!(
        "{}{:>digits$} {}{fold}",
        if is_current { "▸" } else { " " },
        section + 1,
        " ".repeat(node.depth.min(INDENTED) * 2),
        digits = marks.digits
    );
    let counts = counts(reader, section);
    let mut end = match counts.iter().sum::<usize>() {
        0 => String::new(),
        count => format!(" {count}{}", signs(counts)),
    };
    let room = |end: &str| {
        let taken = width::width(&head) + width::width(end);
        usize::from(area.width).saturating_sub(taken)
    };
    let (name, facet) = name_and_facet(outline, section, room(&end));
    if !facet.is_empty() {
        end = format!(" {}{end}", width::shown(facet));
    }
    let style = match (marks.selected == Some(at), is_current) {
        (true, _) => canvas.theme.selected,
        (false, true) => canvas.theme.current_section,
        (false, false) => canvas.theme.text,
    };
    let room = room(&end);
    let name = wording::cut_middle(&wording::one_line(name), room);
    let gap = " ".repeat(room.saturating_sub(width::width(&name)));
    let text = format!("{head}{name}{gap}{end}");
    canvas.put((area.x, area.y), &text, area.width, style);
}

/// Annotations of a section; of all below it too where those are folded.
fn counts(reader: &Reader, section: usize) -> [usize; 3] {
    let sections = match reader.section_pane().is_folded(section) {
        true => reader.report().outline().below(section),
        false => section..section + 1,
    };
    let of = |section| reader.notes().notebook().counts_in_section(section);
    let add = |sum: [usize; 3], here: [usize; 3]| [0, 1, 2].map(|kind| sum[kind] + here[kind]);
    sections.map(of).fold([0; 3], add)
}

/// The signs of the kinds that are there, in the order of `Kind::ALL`.
fn signs(counts: [usize; 3]) -> String {
    let there = ["●", "▌", "⚑"].into_iter().zip(counts);
    let there = there.filter(|(_, count)| *count > 0);
    there.map(|(sign, _)| sign).collect()
}
