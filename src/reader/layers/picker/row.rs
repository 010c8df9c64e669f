//! The lines of a picker.

use std::ops::Range;

use crate::{
    report::Report,
    text::{width, wording},
};

/// Columns before the text of a choice: its sign and its head.
pub(super) const HEAD: usize = 10;
/// Between the titles of a path.
pub(super) const BETWEEN: &str = " › ";
/// What stands for the titles that were cut.
const CUT: &str = "… › ";

/// A section of a path, and bytes of its title that are marked.
pub(super) type PathMark = (usize, Range<usize>);

/// One line, as it is drawn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Line {
    /// The title of a section, and how many of the choices are in it.
    Group { title: String, count: usize },
    Choice {
        is_selected: bool,
        /// An address or number before the text.
        head: String,
        /// The text, with what was found in it or matched.
        pieces: Vec<(String, bool)>,
    },
}

/// A path as pieces with its marks, cut from the left; the last title is whole.
pub(super) fn path(
    report: &Report,
    section: usize,
    marks: &[PathMark],
    columns: usize,
) -> Vec<(String, bool)> {
    let path = report.outline().path(section);
    let title = |at: usize| report.sections.get(at).map_or("", |of| of.title.as_str());
    let wide = |from: usize| {
        let titles = path[from..].iter().map(|&at| width::width(title(at)));
        let lead = if from > 0 { width::width(CUT) } else { 0 };
        lead + titles.sum::<usize>() + (path.len() - from - 1) * width::width(BETWEEN)
    };
    let fits = (0..path.len()).find(|&from| wide(from) <= columns);
    let from = fits.unwrap_or(path.len().saturating_sub(1));
    let mut pieces = Vec::new();
    if from > 0 && fits.is_some() {
        pieces.push((CUT.to_owned(), false));
    }
    for (index, &at) in path.iter().enumerate().skip(from) {
        if index > from {
            pieces.push((BETWEEN.to_owned(), false));
        }
        let here = marks.iter().filter(|(of, _)| *of == at);
        push_marked(title(at), here.map(|(_, bytes)| bytes), &mut pieces);
    }
    pieces
}

/// Adds a title in pieces, those in some byte ranges marked.
fn push_marked<'a>(
    title: &str,
    marks: impl Iterator<Item = &'a Range<usize>>,
    pieces: &mut Vec<(String, bool)>,
) {
    let marks: Vec<&Range<usize>> = marks.collect();
    for (at, character) in title.char_indices() {
        let character = if character.is_whitespace() {
            ' '
        } else {
            character
        };
        let is_marked = marks.iter().any(|bytes| bytes.contains(&at));
        match pieces.last_mut() {
            Some((text, of)) if *of == is_marked && !text.is_empty() => text.push(character),
            _ => pieces.push((character.into(), is_marked)),
        }
    }
}

/// The path before the words of a paragraph, where the report is nested: at most half the room.
pub(super) fn path_before(report: &Report, section: usize, columns: usize) -> String {
    if !report.outline().is_nested() {
        return String::new();
    }
    let room = columns.saturating_sub(HEAD) / 2;
    format!("{}  ", wording::path(&report.path(section), room))
}

/// The rows that are shown of a list, the selected one in the middle where it is longer.
pub(crate) fn window(selected: usize, count: usize, rows: usize) -> std::ops::Range<usize> {
    let first = selected
        .saturating_sub(rows / 2)
        .min(count.saturating_sub(rows));
    first..(first + rows).min(count)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_selected_row_is_always_in_the_window() {
        for count in 1..40 {
            for rows in 1..12 {
                for selected in 0..count {
                    let window = window(selected, count, rows);
                    assert!(window.contains(&selected) && window.end <= count);
                    assert_eq!(window.len(), rows.min(count));
                }
            }
        }
    }
}
