//! Tables of data become one list item a row, `Header: cell; Header: cell`, which stays readable
//! in a narrow window. Tables that only arrange a page are read through.

use std::collections::HashMap;

use super::{
    styles::PageStyles,
    tree::{NodeId, Tree},
};
use crate::report::SpanStyle;

/// Most columns of a table with headers; cells further right are read without one.
const WIDEST: usize = 200;

/// Most rows of headers.
const MOST_HEADS: usize = 3;

/// Elements that a cell of data does not hold.
const ARRANGED: &[&str] = &[
    "table", "h1", "h2", "h3", "h4", "h5", "h6", "form", "nav", "article", "main", "section", "hr",
];

/// A cell and the column that it starts in, from 0.
type Cell = (usize, NodeId);

/// A table of data.
pub struct Table {
    pub captions: Vec<NodeId>,
    /// The rows of cells that name columns.
    pub heads: Vec<Vec<Cell>>,
    pub rows: Vec<Vec<Cell>>,
}

impl Table {
    pub fn read(tree: &Tree, styles: &PageStyles<'_>, table: NodeId) -> Self {
        let is_caption = |node: &NodeId| tree.name(*node) == "caption";
        let mut rows = rows(tree, table);
        let is_strong = |row: &Vec<Cell>| is_strong(tree, styles, row);
        let count = rows.iter().take_while(|row| is_head(tree, row)).count();
        let is_set_apart = || {
            rows.split_first()
                .is_some_and(|(first, rest)| is_strong(first) && !rest.iter().all(is_strong))
        };
        let count = if count == 0 {
            usize::from(is_set_apart())
        } else {
            count
        };
        let count = count.min(MOST_HEADS).min(rows.len().saturating_sub(1));
        let body = rows.split_off(count);
        let heads = std::mem::replace(&mut rows, body);
        Self {
            captions: tree
                .children(table)
                .iter()
                .copied()
                .filter(is_caption)
                .collect(),
            heads,
            rows,
        }
    }
}

/// Whether a table holds data.
pub fn is_data(tree: &Tree, table: NodeId) -> bool {
    let role = tree.attribute(table, "role").unwrap_or_default();
    let rows = rows(tree, table);
    let is_arranged = tree
        .walk(table)
        .skip(1)
        .any(|node| ARRANGED.contains(&tree.name(node)));
    let is_wide = rows.len() > 1 && rows.iter().any(|row| row.len() > 1);
    let has_heads = tree
        .walk(table)
        .any(|node| matches!(tree.name(node), "th" | "caption" | "thead"));
    let is_long = |cell: &Cell| {
        tree.walk(cell.1)
            .filter_map(|node| tree.own_text(node))
            .map(str::len)
            .sum::<usize>()
            > 1500
    };
    role != "presentation"
        && role != "none"
        && !is_arranged
        && is_wide
        && (has_heads || !rows.iter().flatten().any(is_long))
}

/// The rows of a table with the columns of their cells; cells that reach down count in each row
/// that they reach.
fn rows(tree: &Tree, table: NodeId) -> Vec<Vec<Cell>> {
    let groups = tree
        .children(table)
        .iter()
        .copied()
        .filter(|&node| matches!(tree.name(node), "thead" | "tbody" | "tfoot" | "tr"));
    let all = groups.flat_map(|group| {
        if tree.name(group) == "tr" {
            vec![group]
        } else {
            tree.children(group).to_vec()
        }
    });
    let mut reaching: HashMap<usize, (usize, usize, NodeId)> = HashMap::new();
    let mut rows = Vec::new();
    for row in all.filter(|&row| tree.name(row) == "tr") {
        let mut cells = Vec::new();
        let mut column = 0;
        let mut next = HashMap::new();
        let mut own = tree
            .children(row)
            .iter()
            .copied()
            .filter(|&cell| matches!(tree.name(cell), "td" | "th"))
            .peekable();
        while own.peek().is_some() || reaching.keys().any(|&at| at >= column) {
            let (rest, width, cell) = match (reaching.remove(&column), own.peek()) {
                (Some(above), _) => above,
                (None, Some(&cell)) => {
                    own.next();
                    (
                        span(tree, cell, "rowspan"),
                        span(tree, cell, "colspan"),
                        cell,
                    )
                }
                (None, None) => {
                    column += 1;
                    continue;
                }
            };
            cells.push((column, cell));
            if rest > 1 && column < WIDEST {
                next.insert(column, (rest - 1, width, cell));
            }
            column += width;
        }
        reaching = next;
        rows.push(cells);
    }
    rows
}

pub fn span(tree: &Tree, cell: NodeId, name: &str) -> usize {
    tree.attribute(cell, name)
        .and_then(|value| value.trim().parse().ok())
        .unwrap_or(1)
        .clamp(1, WIDEST)
}

/// A row of headers: all of its cells are, or the table sets it apart.
fn is_head(tree: &Tree, row: &[Cell]) -> bool {
    let in_head = |&(_, cell): &Cell| {
        tree.above(cell)
            .take(2)
            .any(|above| tree.name(above) == "thead")
    };
    let is_empty = |cell: NodeId| tree.text(cell).trim().is_empty();
    !row.is_empty()
        && (row
            .iter()
            .all(|&(_, cell)| tree.name(cell) == "th" || is_empty(cell))
            || row.iter().all(in_head))
}

/// Word processors set headers only in bold.
fn is_strong(tree: &Tree, styles: &PageStyles<'_>, row: &[Cell]) -> bool {
    let is_bold = |node: NodeId| {
        matches!(tree.name(node), "b" | "strong")
            || styles.emphasis(tree, node) == Some(SpanStyle::Strong)
    };
    row.iter().all(|&(_, cell)| {
        tree.first_where(cell, is_bold)
            .is_some_and(|bold| tree.words(bold) == tree.words(cell))
    })
}
