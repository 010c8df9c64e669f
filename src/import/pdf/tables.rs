//! Tables of a page: lines whose pieces are aligned in columns. Where the columns
//! are too close, or it is unclear which line of a cell belongs to which row, the lines stay
//! text.

use super::{
    lines::{Cell, Line},
    styled::{Style, Styled},
    tags::Kind,
};
use crate::import::structure;

/// A table: how many lines it takes, and the texts of its rows.
#[derive(Debug, PartialEq, Eq)]
pub struct Table {
    pub lines: usize,
    pub rows: Vec<Styled>,
}

/// Most distance of two lines of a table, in sizes of their type.
const FARTHEST: f64 = 3.5;
/// Most distance of two lines of a cell, in sizes of their type.
const CLOSE: f64 = 1.5;
/// How much two distances of lines may differ and be the same.
const SAME: f64 = 1.05;

/// Left and right edge of each column.
type Columns = Vec<(f64, f64)>;

/// The table that begins with a line, if one does. `join` adds a line of a cell to those above.
pub fn at(lines: &[Line], start: usize, join: &dyn Fn(Styled, &Styled) -> Styled) -> Option<Table> {
    if lines.get(start)?.block.is_some() {
        return marked(lines.get(start..)?, join);
    }
    let (columns, lines) = reach(lines.get(start..)?)?;
    let lines = lines.get(..whole_rows(lines, &columns)?)?;
    let whole = lines.iter().filter(|line| line.cells.len() > 1).count();
    if whole < 2 || (whole < 3 && columns.len() < 3) || is_list(lines) {
        return None;
    }
    let most = lines.iter().map(|line| line.cells.len()).max().unwrap_or(0);
    if columns.len() > most {
        return by_number(lines, most);
    }
    let rows = rows(lines, &columns)?;
    let cells = |row: &[Line]| -> Vec<Styled> {
        let each = |column: usize| {
            let own = row
                .iter()
                .flat_map(cells)
                .filter(|cell| column_of(&columns, cell) == Some(column));
            own.fold(Styled::default(), |text, cell| join(text, &cell.text))
        };
        (0..columns.len()).map(each).collect()
    };
    let rows: Vec<Vec<Styled>> = rows.into_iter().map(cells).collect();
    Some(Table {
        lines: lines.len(),
        rows: written(&rows),
    })
}

/// The table of lines that are marked as its cells.
fn marked(lines: &[Line], join: &dyn Fn(Styled, &Styled) -> Styled) -> Option<Table> {
    let row = |line: &Line| match line.block {
        Some((_, Kind::Cell { row, .. })) => Some(row),
        _ => None,
    };
    let length = lines.iter().take_while(|line| row(line).is_some()).count();
    let lines = lines.get(..length).filter(|lines| !lines.is_empty())?;
    let cell = |lines: &[Line]| {
        let texts = lines.iter().map(|line| &line.run.text);
        texts.fold(Styled::default(), join)
    };
    let cells = |lines: &[Line]| -> Vec<Styled> {
        lines
            .chunk_by(|one, other| one.block == other.block)
            .map(cell)
            .collect()
    };
    let rows = lines.chunk_by(|one, other| row(one) == row(other));
    let rows: Vec<Vec<Styled>> = rows.map(cells).collect();
    let is_head = |line: &Line| matches!(line.block, Some((_, Kind::Cell { is_head: true, .. })));
    let first = lines
        .iter()
        .take_while(|line| row(line) == lines.first().and_then(row));
    let has_head = first.clone().all(is_head) && rows.len() > 1;
    Some(Table {
        lines: length,
        rows: if has_head {
            headed(&rows, true)
        } else {
            written(&rows)
        },
    })
}

/// Cells that do not stand below each other, as where the widths of letters are not what the file
/// says: matched by number, where each of several lines has as many.
fn by_number(lines: &[Line], most: usize) -> Option<Table> {
    let is_even = lines.len() > 2 && most > 2 && lines.iter().all(|line| line.cells.len() == most);
    let texts = |line: &Line| line.cells.iter().map(|cell| cell.text.clone()).collect();
    let rows: Vec<Vec<Styled>> = lines.iter().map(texts).collect();
    is_even.then(|| Table {
        lines: lines.len(),
        rows: written(&rows),
    })
}

/// The columns of a table and the lines in them.
fn reach(lines: &[Line]) -> Option<(Columns, &[Line])> {
    // A cell of several lines may begin above the others of its row.
    let first = lines.iter().take(2).find(|line| line.cells.len() > 1)?;
    let mut columns: Columns = first
        .cells
        .iter()
        .map(|cell| (cell.left, cell.right))
        .collect();
    let lead = lines.first()?;
    let is_label = lead.cells.is_empty()
        && columns
            .first()
            .is_some_and(|first| lead.run.left <= first.1);
    columns = widened(&columns, lead).filter(|_| !is_label)?;
    let mut length = 1;
    for (above, line) in lines.iter().zip(lines.iter().skip(1)) {
        let gap = above.run.y - line.run.y;
        let goes_on = line.page == above.page
            && gap > 0.0
            && gap < above.run.size.max(line.run.size) * FARTHEST;
        match widened(&columns, line).filter(|_| goes_on) {
            Some(wider) => columns = wider,
            None => break,
        }
        length += 1;
    }
    Some((columns, lines.get(..length)?))
}

/// How many lines end with the last row. Below it only those that are close and not in the
/// first column belong to it, any others may be text.
fn whole_rows(lines: &[Line], columns: &Columns) -> Option<usize> {
    let last = lines.iter().rposition(|line| line.cells.len() > 1)?;
    let first_column = columns.first()?.1;
    let goes_on = |(above, line): &(&Line, &Line)| {
        line.run.left > first_column && above.run.y - line.run.y < line.run.size * CLOSE
    };
    let below = lines.iter().skip(last).zip(lines.iter().skip(last + 1));
    Some(last + 1 + below.take_while(goes_on).count())
}

/// The cells of a line; one without gaps is one.
fn cells(line: &Line) -> Vec<Cell> {
    let whole = || {
        vec![Cell {
            left: line.run.left,
            right: line.run.right,
            text: line.run.text.clone(),
        }]
    };
    if line.cells.is_empty() {
        whole()
    } else {
        line.cells.clone()
    }
}

/// The columns with the cells of one more line: `None` if it is not aligned with them.
fn widened(columns: &Columns, line: &Line) -> Option<Columns> {
    let mut wider = columns.clone();
    let mut taken = Vec::new();
    for cell in cells(line) {
        let over: Vec<usize> = (0..columns.len())
            .filter(|&at| {
                columns
                    .get(at)
                    .is_some_and(|column| overlaps(*column, &cell))
            })
            .collect();
        match over.as_slice() {
            [at] if !taken.contains(at) => {
                let column = wider.get_mut(*at)?;
                *column = (column.0.min(cell.left), column.1.max(cell.right));
                taken.push(*at);
            }
            // A column that the rows above left empty.
            [] if line.cells.len() > 1
                || columns.first().is_some_and(|first| cell.left > first.1) =>
            {
                wider.push((cell.left, cell.right))
            }
            _ => return None,
        }
    }
    wider.sort_by(|one, other| one.0.total_cmp(&other.0));
    let is_apart = wider
        .iter()
        .zip(wider.iter().skip(1))
        .all(|(one, other)| one.1 < other.0);
    is_apart.then_some(wider)
}

fn overlaps(column: (f64, f64), cell: &Cell) -> bool {
    cell.left < column.1 && column.0 < cell.right
}

fn column_of(columns: &Columns, cell: &Cell) -> Option<usize> {
    columns.iter().position(|column| overlaps(*column, cell))
}

/// Numbers or bullets with text beside them are a list.
fn is_list(lines: &[Line]) -> bool {
    let is_mark = |text: &str| {
        text.chars().count() <= 4
            && (text.ends_with(['.', ')']) || structure::list_item(&format!("{text} x")).is_some())
    };
    lines
        .iter()
        .filter(|line| line.cells.len() > 1)
        .all(|line| {
            line.cells
                .first()
                .is_some_and(|cell| is_mark(cell.text.trim()))
        })
}

/// The lines of each row: those that are closer to each other than rows are, so that each row has
/// one line with a first cell; where all are equally far apart, a row begins with each such line. `None` if neither holds.
fn rows<'a>(lines: &'a [Line], columns: &Columns) -> Option<Vec<&'a [Line]>> {
    let has_first = |line: &Line| {
        cells(line)
            .iter()
            .any(|cell| column_of(columns, cell) == Some(0))
    };
    if lines.iter().all(has_first) {
        return Some(lines.chunks(1).collect());
    }
    let gap = |one: &Line, other: &Line| one.run.y - other.run.y;
    let mut gaps: Vec<f64> = lines
        .iter()
        .zip(lines.iter().skip(1))
        .map(|(one, other)| gap(one, other))
        .collect();
    gaps.sort_by(f64::total_cmp);
    gaps.dedup_by(|one, other| *one <= *other * SAME);
    let is_row = |row: &&[Line]| row.iter().filter(|line| has_first(line)).count() == 1;
    let within = |least: &f64| {
        lines
            .chunk_by(|one, other| gap(one, other) <= least * SAME)
            .collect::<Vec<_>>()
    };
    let told = gaps.iter().map(within).find(|rows| rows.iter().all(is_row));
    let is_even = gaps.len() == 1 && lines.first().is_some_and(has_first);
    told.or_else(|| is_even.then(|| lines.chunk_by(|_, other| !has_first(other)).collect()))
}

/// One text a row, `Head: cell; Head: cell` where the first row is recognised as the heads by having
/// no numbers above columns of them.
fn written(rows: &[Vec<Styled>]) -> Vec<Styled> {
    let is_number =
        |cell: &Styled| cell.starts_with(|c: char| c.is_ascii_digit() || "+-–$€£<>~".contains(c));
    let Some((first, rest)) = rows.split_first() else {
        return Vec::new();
    };
    let column = |at: usize| {
        rest.iter()
            .filter_map(move |row| row.get(at))
            .filter(|cell| !cell.is_empty())
    };
    let has_numbers =
        (0..first.len()).any(|at| column(at).next().is_some() && column(at).all(is_number));
    let is_strong = |row: &[Styled]| row.iter().all(|cell| cell.is_empty() || cell.is_strong());
    let looks = is_strong(first) && !rest.iter().any(|row| is_strong(row));
    let is_head = rest.len() > 1
        && (has_numbers || looks)
        && !first.iter().any(is_number)
        && first.iter().skip(1).all(|cell| !cell.is_empty());
    headed(rows, is_head)
}

/// One text a row; with `is_head`, the first row holds the heads.
fn headed(rows: &[Vec<Styled>], is_head: bool) -> Vec<Styled> {
    let first = rows.first().map(Vec::as_slice).unwrap_or_default();
    let write = |row: &Vec<Styled>| {
        let mut text = Styled::default();
        for (cell, head) in row.iter().zip(first).filter(|(cell, _)| !cell.is_empty()) {
            let between = if text.is_empty() { "" } else { "; " };
            text.push_str(between, Style::default());
            if is_head && !head.is_empty() {
                text.push_str(
                    &format!("{}: ", head.trim_end_matches(':')),
                    Style::default(),
                );
            }
            text.push(cell);
        }
        text
    };
    rows.iter().skip(usize::from(is_head)).map(write).collect()
}
