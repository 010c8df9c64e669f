//! Footnotes: small type at the foot of a page, and the raised marks that lead to them.

use std::collections::HashMap;

use super::{
    lines::Line,
    links::Targets,
    styled::{Style, Styled},
    tags::Kind,
};
use crate::import::structure;

/// Longest mark, in characters.
const LONGEST: usize = 3;

/// The footnotes of a document.
pub struct Notes<'a> {
    targets: &'a Targets,
    /// For each line whether it is of a note.
    are: Vec<bool>,
    /// Pages and marks that are raised there, and whether such a mark is a link.
    marks: HashMap<(usize, String), bool>,
}

impl<'a> Notes<'a> {
    /// Finds those among lines in reading order; `size` is the usual size of the type.
    pub fn of(lines: &[Line], size: f64, targets: &'a Targets) -> Self {
        let are: Vec<bool> = (0..lines.len())
            .map(|at| is_note(lines, at, size))
            .collect();
        let mut raised: HashMap<(usize, String), bool> = HashMap::new();
        for line in lines {
            for piece in line
                .run
                .text
                .levels()
                .filter(|piece| piece.style().is_raised)
            {
                *raised
                    .entry((line.page, piece.trim().to_owned()))
                    .or_default() |= piece.style().link != 0;
            }
        }
        let notes = lines.iter().zip(&are).filter(|(_, is)| **is);
        let marks =
            notes.filter_map(|(line, _)| Some((line.page, mark(&line.run.text)?.to_owned())));
        Self {
            marks: marks
                .filter_map(|mark| raised.remove_entry(&mark))
                .collect(),
            are,
            targets,
        }
    }

    pub fn has(&self, at: usize) -> bool {
        self.are.get(at) == Some(&true)
    }

    /// Text of a page with the marks of its notes as `[mark]`, and other raised numbers as raised
    /// digits.
    pub fn marked(&self, text: &Styled, page: usize) -> Styled {
        let mut marked = Styled::default();
        for piece in text.levels() {
            let style = piece.style();
            let mark = piece.trim();
            let digits = structure::raised(mark).filter(|_| style.is_raised);
            match digits {
                _ if style.is_raised && self.is_mark(mark, page, style) => {
                    marked.push_str(&format!("[{mark}]"), style)
                }
                Some(digits) => marked.push_str(&digits, style),
                None => marked.push(&piece),
            }
        }
        marked
    }

    /// Whether a raised piece is the mark of a note: of one below the text, or of one that it is a
    /// link to. Where marks are links, other raised numbers are powers.
    fn is_mark(&self, piece: &str, page: usize, style: Style) -> bool {
        let is_whole = mark(piece) == Some(piece);
        let below = self.marks.get(&(page, piece.to_owned()));
        is_whole && (self.targets.is_within(style.link) || below.is_some_and(|is_link| !is_link))
    }

    /// The text of a line with its mark as the text has it, if a note begins with it.
    pub fn begun(&self, line: &Line) -> Option<Styled> {
        let text = &line.run.text;
        let mark =
            mark(text).filter(|mark| self.marks.contains_key(&(line.page, (*mark).to_owned())))?;
        let mut note = Styled::from(format!("[{mark}]").as_str());
        note.push_apart(&text.trimmed(text.find(mark)? + mark.len()));
        Some(note)
    }
}

/// The mark that a note begins with: a number or a sign.
fn mark(text: &str) -> Option<&str> {
    let text = text.trim_start();
    let digits = text.chars().take_while(char::is_ascii_digit).count();
    let signs = text.chars().take_while(|c| "*†‡§¶".contains(*c)).count();
    let end = text
        .char_indices()
        .nth(digits.max(signs))
        .map_or(text.len(), |(at, _)| at);
    // `2021` or `1.5` is not a mark.
    let is_number = text.get(end..).is_some_and(|rest| {
        rest.starts_with(['.', ',']) && rest.chars().nth(1).is_some_and(|c| c.is_ascii_digit())
    });
    text.get(..end)
        .filter(|_| (1..=LONGEST).contains(&digits.max(signs)) && !is_number)
}

/// Whether a line is of a note: small type, and nothing but small type below it in its column.
fn is_note(lines: &[Line], at: usize, size: f64) -> bool {
    if let Some((_, kind)) = lines.get(at).and_then(|line| line.block) {
        return kind == Kind::Note;
    }
    let is_small = |line: &Line| line.run.size < size * 0.92;
    let Some(line) = lines.get(at).filter(|line| is_small(line)) else {
        return false;
    };
    let below = lines
        .iter()
        .skip(at + 1)
        .take_while(|other| other.page == line.page && other.run.y < line.run.y);
    let above = lines
        .iter()
        .take(at)
        .rev()
        .take_while(|other| other.page == line.page);
    below.into_iter().all(is_small) && above.into_iter().any(|other| !is_small(other))
}
