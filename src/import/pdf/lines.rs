//! Puts the pieces of a page into lines in reading order: columns one after the other, what
//! reaches across them between.

use super::{
    bullets,
    page::{Page, Run},
    styled::Styled,
};

/// A line of text, or a line of one column of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    pub run: Run,
    /// Page, from 1.
    pub page: usize,
    /// Left and right edge of the column.
    pub column: (f64, f64),
    /// Its separate pieces, if there are more than one.
    pub cells: Vec<Cell>,
}

/// A piece of a line with its left and right edge.
#[derive(Debug, Clone, PartialEq)]
pub struct Cell {
    pub left: f64,
    pub right: f64,
    pub text: Styled,
}

/// Gap between two cells, in parts of the type size.
const APART: f64 = 0.6;

/// How deep columns are divided: a page has 1, 2 or 4.
const DEPTH: usize = 2;

/// The lines of a page in reading order.
pub fn of_page(page: &Page, number: usize) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut runs = joined(&page.runs);
    bullets::put(&page.bullets, &mut runs);
    arrange(runs, number, DEPTH, &mut lines);
    lines
}

/// Joins the pieces of a line that are not on both sides of a gutter.
fn arrange(runs: Vec<Run>, page: usize, depth: usize, lines: &mut Vec<Line>) {
    let Some(gutter) = (depth > 0).then(|| gutter(&runs)).flatten() else {
        let column = edges(&runs);
        let rows = rows(runs).into_iter().map(|(run, cells)| Line {
            run,
            page,
            column,
            cells,
        });
        return lines.extend(rows);
    };
    let (mut left, mut right) = (Vec::new(), Vec::new());
    for row in by_height(runs) {
        if row
            .iter()
            .any(|run| run.left < gutter && run.right > gutter)
        {
            flow(&mut left, &mut right, page, depth, lines);
            let column = edges(&row);
            lines.extend(rows(row).into_iter().map(|(run, cells)| Line {
                run,
                page,
                column,
                cells,
            }));
        } else {
            for run in row {
                if run.right <= gutter {
                    left.push(run)
                } else {
                    right.push(run)
                }
            }
        }
    }
    flow(&mut left, &mut right, page, depth, lines);
}

fn flow(
    left: &mut Vec<Run>,
    right: &mut Vec<Run>,
    page: usize,
    depth: usize,
    lines: &mut Vec<Line>,
) {
    arrange(std::mem::take(left), page, depth - 1, lines);
    arrange(std::mem::take(right), page, depth - 1, lines);
}

fn edges(runs: &[Run]) -> (f64, f64) {
    let left = runs
        .iter()
        .map(|run| run.left)
        .fold(f64::INFINITY, f64::min);
    (
        left,
        runs.iter()
            .map(|run| run.right)
            .fold(f64::NEG_INFINITY, f64::max),
    )
}

/// Where a page is divided into two columns: hardly any piece reaches across, and both sides
/// hold enough lines that are side by side.
fn gutter(runs: &[Run]) -> Option<f64> {
    const STEPS: usize = 60;
    let (left, right) = edges(runs);
    let width = right - left;
    let is_wide = width.is_finite() && width > 100.0 && runs.len() >= 8;
    let crossing = |x: f64| {
        runs.iter()
            .filter(|run| run.left < x && run.right > x)
            .count()
    };
    let places = (STEPS / 4..=STEPS * 3 / 4).map(|step| left + width * step as f64 / STEPS as f64);
    let best = places
        .filter(|_| is_wide)
        .min_by_key(|&x| (crossing(x), (x - (left + right) / 2.0).abs() as u64))?;
    let beside = |is_left: bool| {
        runs.iter().filter(move |run| {
            if is_left {
                run.right <= best
            } else {
                run.left >= best
            }
        })
    };
    let (ones, others) = (beside(true).count(), beside(false).count());
    let full = |is_left: bool| {
        let half = if is_left { best - left } else { right - best };
        beside(is_left)
            .filter(|run| run.right - run.left > half * 0.6)
            .count()
    };
    let is_divided = crossing(best) * 4 <= runs.len() && ones >= 4 && others >= 4;
    // Cells of a table are beside each other too, but they do not fill their columns.
    (is_divided && full(true) * 2 >= ones && full(false) * 2 >= others).then_some(best)
}

/// Pieces grouped by their height on the page, the highest first.
fn by_height(mut runs: Vec<Run>) -> Vec<Vec<Run>> {
    runs.sort_by(|one, other| other.y.total_cmp(&one.y));
    let mut rows: Vec<Vec<Run>> = Vec::new();
    for run in runs {
        match rows.last_mut().filter(|row| {
            row.first()
                .is_some_and(|first| (first.y - run.y).abs() < first.size.max(run.size) * 0.45)
        }) {
            Some(row) => row.push(run),
            None => rows.push(vec![run]),
        }
    }
    rows
}

/// One piece a line, and the cells that it is made of where they are more than one.
fn rows(runs: Vec<Run>) -> Vec<(Run, Vec<Cell>)> {
    let mut lines = Vec::new();
    for mut row in by_height(runs) {
        row.sort_by(|one, other| one.left.total_cmp(&other.left));
        let mut pieces = row.into_iter();
        let Some(mut line) = pieces.next() else {
            continue;
        };
        let mut cells = vec![line.clone()];
        for piece in pieces {
            line.take(&piece);
            match cells
                .last_mut()
                .filter(|cell| piece.left - cell.right < piece.size * APART)
            {
                Some(cell) => cell.take(&piece),
                None => cells.push(piece),
            }
        }
        let is_parted = cells.len() > 1;
        let cell = |run: Run| Cell {
            left: run.left,
            right: run.right,
            text: run.text,
        };
        lines.push((
            line,
            cells.into_iter().filter(|_| is_parted).map(cell).collect(),
        ));
    }
    lines
}

/// Pieces that another font or style divided, made one again.
fn joined(runs: &[Run]) -> Vec<Run> {
    let mut joined: Vec<Run> = Vec::new();
    for row in by_height(runs.to_vec()) {
        let mut row = row;
        row.sort_by(|one, other| one.left.total_cmp(&other.left));
        let mut last: Option<Run> = None;
        for run in row {
            match last
                .as_mut()
                .filter(|last| run.left - last.right < run.size.max(last.size) * 0.6)
            {
                Some(last) => last.take(&run),
                None => joined.extend(last.replace(run)),
            }
        }
        joined.extend(last);
    }
    joined
}
