//! Puts the pieces of pages into lines in reading order: by the structure tree where it covers the
//! text, else by where they are.

use super::{
    bullets,
    page::{Page, Run},
    regions::{self, Edges, by_height, edges},
    styled::Styled,
    tags::{Kind, Tag, Tags},
};
use crate::import::document::{Document, LeftOut, Location};

/// A line of text, or a line of one column of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    pub run: Run,
    /// Page, from 1.
    pub page: usize,
    /// Left and right edge of the column.
    pub column: Edges,
    /// Its separate pieces, if there are more than one.
    pub cells: Vec<Cell>,
    /// The number of the block that it is marked as part of, and what that is.
    pub block: Option<(u32, Kind)>,
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
/// Fewest words in another direction that are text.
const FEWEST_TURNED: usize = 30;

/// The lines of all pages in reading order; what is no text is reported.
pub fn of_pages(pages: &mut [Page], tags: &Tags, document: &mut Document) -> Vec<Vec<Line>> {
    let is_tagged = covers(pages);
    let mut all = Vec::new();
    for (number, page) in (1..).zip(pages) {
        let mut runs = std::mem::take(&mut page.runs);
        if !page.slanted.trim().is_empty() {
            let place = Location::Page(number);
            document
                .left_out
                .push(LeftOut::new(place, page.slanted.trim(), "watermark"));
        }
        let middle = regions::median(runs.iter().map(|run| run.y));
        let mut leave = |runs: Vec<Run>, reason: Option<&str>| {
            let is_text = |(run, _): &(Run, _)| run.text.contains(char::is_alphanumeric);
            for (run, _) in rows(runs).into_iter().filter(is_text) {
                let reason = reason.unwrap_or(match run.y > middle {
                    true => "running header",
                    false => "running footer",
                });
                let place = Location::Page(number);
                document
                    .left_out
                    .push(LeftOut::new(place, run.text.trim(), reason));
            }
        };
        let take = |runs: &mut Vec<Run>, tag| runs.extract_if(.., |run| run.tag == tag).collect();
        leave(take(&mut runs, Tag::Watermark), Some("watermark"));
        if is_tagged {
            leave(take(&mut runs, Tag::Artifact), None);
        } else {
            runs.iter_mut().for_each(|run| run.tag = Tag::None);
        }
        let words = page
            .turned
            .iter()
            .map(|run| run.text.split_whitespace().count());
        let is_text = words.sum::<usize>() >= FEWEST_TURNED;
        if !is_text {
            leave(std::mem::take(&mut page.turned), Some("rotated text"));
        }
        let mut lines = Vec::new();
        by_tags(&mut runs, number, tags, &mut lines);
        leave(regions::take_overprinted(&mut runs), Some("watermark"));
        runs = joined(runs);
        leave(regions::take_line_numbers(&mut runs), Some("line number"));
        arrange(runs, &page.bullets, number, &mut lines);
        arrange(
            joined(std::mem::take(&mut page.turned)),
            &[],
            number,
            &mut lines,
        );
        all.push(lines);
    }
    all
}

/// Whether nearly all text is marked as part of a block.
fn covers(pages: &[Page]) -> bool {
    let (mut marked, mut others) = (0, 0);
    for run in pages.iter().flat_map(|page| &page.runs) {
        match run.tag {
            Tag::Block(..) => marked += run.text.len(),
            Tag::None => others += run.text.len(),
            Tag::Artifact => others += run.text.len() / 8,
            Tag::Watermark => {}
        }
    }
    marked > others * 12
}

/// Takes what is marked out of the pieces of a page, block by block.
fn by_tags(runs: &mut Vec<Run>, page: usize, tags: &Tags, lines: &mut Vec<Line>) {
    let mut marked: Vec<Run> = runs
        .extract_if(.., |run| matches!(run.tag, Tag::Block(..)))
        .collect();
    let number = |run: &Run| match run.tag {
        Tag::Block(number, content) => (number, content),
        _ => (0, 0),
    };
    marked.sort_by_key(number);
    let goes_on = |one: &Run, other: &Run| {
        // A block goes on in the next column.
        number(one).0 == number(other).0 && other.y < one.y + one.size.max(other.size) * 2.0
    };
    for runs in marked.chunk_by(goes_on) {
        let column = edges(runs);
        let number = runs.first().map_or(0, |run| number(run).0);
        let block = tags.kind(number).map(|kind| (number, kind));
        lines.extend(rows(runs.to_vec()).into_iter().map(|(run, cells)| Line {
            run,
            page,
            column,
            cells,
            block,
        }));
    }
}

/// Lines by where their pieces are.
fn arrange(mut runs: Vec<Run>, bullets: &[Run], page: usize, lines: &mut Vec<Line>) {
    bullets::put(bullets, &mut runs);
    for region in regions::divide(runs) {
        lines.extend(rows(region.runs).into_iter().map(|(run, cells)| Line {
            run,
            page,
            column: region.column,
            cells,
            block: None,
        }));
    }
}

/// The rows of pieces, each from left to right, without what is struck twice.
fn sorted(runs: Vec<Run>) -> Vec<Vec<Run>> {
    let mut rows = by_height(runs);
    for row in &mut rows {
        row.sort_by(|one, other| one.left.total_cmp(&other.left));
        row.dedup_by(|one, other| one.is_again(other));
    }
    rows
}

/// One piece a line, and the cells that it is made of where they are more than one.
fn rows(runs: Vec<Run>) -> Vec<(Run, Vec<Cell>)> {
    let mut lines = Vec::new();
    for row in sorted(runs) {
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
        let is_item = cells
            .first()
            .is_some_and(|cell| bullets::is_bullet(&cell.text));
        let is_parted = cells.len() > 2 || cells.len() == 2 && !is_item;
        let cell = |run: Run| Cell {
            left: run.left,
            right: run.right,
            text: run.text.settled(),
        };
        line.text = line.text.settled();
        lines.push((
            line,
            cells.into_iter().filter(|_| is_parted).map(cell).collect(),
        ));
    }
    lines
}

/// Pieces that another font or style divided, made one again.
fn joined(runs: Vec<Run>) -> Vec<Run> {
    let mut joined: Vec<Run> = Vec::new();
    for row in sorted(runs) {
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
