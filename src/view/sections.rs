//! The section pane: titles with their facets, the current one marked, with counts of annotations.

use super::{
    Cursor,
    command_line::draw_editor,
    paint::{Canvas, row},
};
use crate::{
    edition::progress::Reading,
    reader::{
        INDENTED, Reader, has_parts, layers::sections::Sections, name_and_facet, row_of,
        viewport::frame::Area,
    },
    text::{width, wording, wrap},
};

/// Draws the pane; `covers` where it lies over the text instead of beside it. Returns where the
/// caret of the filter is, else the selected section, if the keys go to the pane.
pub fn draw(reader: &Reader, area: Area, covers: bool, canvas: &mut Canvas<'_>) -> Option<Cursor> {
    canvas.clear(area, canvas.theme.text);
    let right = area.x + area.width;
    canvas.put_cut((area.x, area.y), title(reader), right, canvas.theme.title);
    let pane = reader.layers().find::<Sections>();
    let filter = pane.and_then(Sections::filter);
    let mut cursor = filter.map(|filter| draw_editor("/", filter, row(area, area.y + 1), canvas));
    let rows = area.rows_of_sections();
    let shown = Shown::new(reader, area);
    let mut y = area.y + 2;
    let bottom = y + rows;
    for (at, &section) in shown.listed.iter().enumerate().skip(shown.first) {
        if y >= bottom {
            break;
        }
        let count = shown.rows_of(reader, section, area);
        let of_row = Area {
            y,
            height: count,
            ..area
        };
        draw_row(reader, (section, at), &shown.marks, of_row, canvas);
        if shown.marks.selected == Some(at) {
            cursor = cursor.or(Some(Cursor::hidden(area.x, y)));
        }
        y += count;
    }
    if !covers {
        for y in area.y..area.y + area.height {
            canvas.put_sign((right, y), '│', canvas.theme.bar);
        }
    }
    cursor.filter(|_| pane.is_some())
}

/// Columns from which a pane with folds has numbers too, where those have many digits.
const NUMBERS_FROM: u16 = 26;
/// So many are many.
const MANY: usize = 3;

/// What is marked of the listed sections, by row.
struct Marks {
    /// The section that is read, or the folded one that holds it.
    current: usize,
    /// Where the keys go to the pane.
    selected: Option<usize>,
    has_filter: bool,
    /// Whether any section holds others.
    has_folds: bool,
    /// Columns of the largest number; 0 where names need the room.
    digits: usize,
    /// Whether long titles take two rows: all of them, or none.
    has_two_rows: bool,
}

impl Marks {
    fn new(reader: &Reader, listed: &[usize], columns: u16) -> Self {
        let outline = reader.report().outline();
        let row = |section| row_of(outline, listed, section);
        let pane = reader.layers().find::<Sections>();
        let last = listed.last().map_or(0, |last| last + 1);
        Self {
            current: row(reader.viewport().cursor().section),
            selected: pane.map(|_| row(reader.section_pane().selected())),
            has_filter: pane.is_some_and(|pane| pane.filter().is_some()),
            has_folds: outline.is_nested(),
            digits: match last.to_string().len() {
                // Names need the room more than long numbers do.
                MANY.. if outline.is_nested() && columns < NUMBERS_FROM => 0,
                digits => digits,
            },
            has_two_rows: false,
        }
    }
}

/// The title of the report, but where the first section has the same.
fn title(reader: &Reader) -> &str {
    let report = reader.report();
    let first = report.sections.first();
    match first.is_some_and(|first| first.title == report.title) {
        true => "Sections",
        false => &report.title,
    }
}

/// What is shown of the sections.
struct Shown {
    /// Indices of those that are listed.
    listed: Vec<usize>,
    /// The first of them that is shown: the selected one is in the middle where the list is longer
    /// than the pane.
    first: usize,
    marks: Marks,
}

impl Shown {
    fn new(reader: &Reader, area: Area) -> Self {
        let listed = reader.listed_sections();
        let rows = usize::from(area.rows_of_sections());
        let wanted = match reader.layers().find::<Sections>() {
            Some(_) => reader.section_pane().selected(),
            None => reader.viewport().cursor().section,
        };
        let at = row_of(reader.report().outline(), &listed, wanted);
        let mut shown = Self {
            first: at
                .saturating_sub(rows / 2)
                .min(listed.len().saturating_sub(rows)),
            marks: Marks::new(reader, &listed, area.width),
            listed,
        };
        shown.marks.has_two_rows = shown.listed.len() < rows;
        if shown.marks.has_two_rows {
            let all = shown.listed.iter();
            let needed = all.map(|section| usize::from(shown.rows_of(reader, *section, area)));
            shown.marks.has_two_rows = needed.sum::<usize>() <= rows;
        }
        shown
    }

    fn rows_of(&self, reader: &Reader, section: usize, area: Area) -> u16 {
        let has_two = self.marks.has_two_rows;
        let is_long = has_two && Label::new(reader, section, &self.marks, area).is_long();
        1 + u16::from(is_long)
    }
}

/// Which listed section stands in a row of the pane, counted from the first section's.
pub fn section_in_row(reader: &Reader, area: Area, row: usize) -> Option<usize> {
    let shown = Shown::new(reader, area);
    let mut next = 0;
    for (at, &section) in shown.listed.iter().enumerate().skip(shown.first) {
        next += usize::from(shown.rows_of(reader, section, area));
        if row < next {
            return Some(at);
        }
    }
    None
}

/// What a row of the pane is made of.
struct Label<'a> {
    /// Number, indent and fold sign.
    head: String,
    name: &'a str,
    /// At the right edge.
    facet: String,
    counts: String,
    /// The facet, where that stands in the second row.
    below: String,
    /// Columns for the name.
    room: usize,
}

impl<'a> Label<'a> {
    fn new(reader: &'a Reader, section: usize, marks: &Marks, area: Area) -> Self {
        let outline = reader.report().outline();
        let fold = match reader.section_pane().is_folded(section) && !marks.has_filter {
            _ if !marks.has_folds => "",
            _ if !has_parts(outline, section) => "  ",
            true => "▹ ",
            false => "▾ ",
        };
        let depth = outline.node(section).map_or(0, |node| node.depth);
        let indent = " ".repeat(depth.min(INDENTED) * 2);
        let head = match marks.digits {
            0 => format!("{indent}{fold}"),
            digits => format!("{:>digits$} {indent}{fold}", section + 1),
        };
        let counts = counts(reader, section);
        let counts = match counts.iter().sum::<usize>() {
            0 => String::new(),
            count => format!(" {count}{}", signs(counts)),
        };
        let counts = match reader.reading(section) {
            Some(Reading::Read) => format!("{counts} ✓"),
            _ => counts,
        };
        let taken = 1 + width::width(&head) + width::width(&counts);
        let room = usize::from(area.width).saturating_sub(taken);
        let (name, facet) = name_and_facet(outline, section, room);
        // A facet that has no room beside the name may have the second row.
        let own = outline.facet(section);
        let below = match marks.has_two_rows && facet.is_empty() && !own.is_empty() {
            true => width::shown(own).into_owned(),
            false => String::new(),
        };
        let name = if below.is_empty() {
            name
        } else {
            outline.name(section)
        };
        let facet = match facet.is_empty() {
            true => String::new(),
            false => format!(" {}", width::shown(facet)),
        };
        Self {
            room: room.saturating_sub(width::width(&facet)),
            head,
            name,
            facet,
            below,
            counts,
        }
    }

    /// Whether the name wants two rows, and no word has to be broken for it.
    fn is_long(&self) -> bool {
        if !self.below.is_empty() {
            return true;
        }
        let words = self.name.split_whitespace().map(width::width);
        width::width(&wording::one_line(self.name)) > self.room
            && words.max().unwrap_or(0) <= self.room
    }
}

/// Cursor sign, number, fold sign and name, in the rows that it has; facet and counts at the right
/// edge.
fn draw_row(
    reader: &Reader,
    (section, at): (usize, usize),
    marks: &Marks,
    area: Area,
    canvas: &mut Canvas<'_>,
) {
    let outline = reader.report().outline();
    let label = Label::new(reader, section, marks, area);
    let cursor = reader.viewport().cursor().section;
    let is_current = marks.current == at && outline.below(section).contains(&cursor);
    let style = match (marks.selected == Some(at), is_current) {
        (true, _) => canvas.theme.selected,
        (false, true) => canvas.theme.current_section,
        (false, false) => canvas.theme.text,
    };
    let name = wording::one_line(label.name);
    let under = " ".repeat(1 + width::width(&label.head));
    let below = usize::from(area.width).saturating_sub(under.len());
    let (first, second) = match area.height {
        2.. if !label.below.is_empty() => (wording::cut_middle(&name, label.room), String::new()),
        0 | 1 => (wording::cut_middle(&name, label.room), String::new()),
        _ => in_two(&name, label.room, below),
    };
    let sign = if is_current { "▸" } else { " " };
    let gap = label.room.saturating_sub(width::width(&first));
    let text = format!("{sign}{}{first}{}", label.head, " ".repeat(gap));
    let right = area.x + area.width;
    let x = canvas.put((area.x, area.y), &text, area.width, style);
    let (quiet, note) = match marks.selected == Some(at) {
        true => (style, style),
        false => (
            style.patch(canvas.theme.quiet),
            style.patch(canvas.theme.note),
        ),
    };
    let x = canvas.put((x, area.y), &label.facet, right.saturating_sub(x), quiet);
    canvas.put((x, area.y), &label.counts, right.saturating_sub(x), note);
    if area.height > 1 {
        let at = (area.x, area.y + 1);
        let gap = below.saturating_sub(width::width(&second) + width::width(&label.below));
        let text = format!("{under}{second}{}", " ".repeat(gap));
        let x = canvas.put(at, &text, area.width, style);
        canvas.put((x, at.1), &label.below, right.saturating_sub(x), quiet);
    }
}

/// A title on two rows of so many columns, the second one cut.
fn in_two(name: &str, room: usize, below: usize) -> (String, String) {
    let lines = wrap::lines(name, room, "");
    let end = lines.first().map_or(name.len(), |line| line.end);
    let (first, rest) = name.split_at_checked(end).unwrap_or((name, ""));
    let rest = wording::cut_middle(rest.trim_start(), below);
    (first.trim_end().to_owned(), rest)
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
