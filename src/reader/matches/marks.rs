//! The matches on the screen.

use super::Matches;
use crate::{
    reader::viewport::Viewport,
    report::{
        Report,
        layout::Row,
        position::{Passage, Position},
    },
    search::pieces::Piece,
    text::word_boundary,
};

/// A match on the screen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    pub piece: Piece,
    /// Bytes of the piece's text, whole graphemes.
    pub bytes: std::ops::Range<usize>,
    pub is_current: bool,
}

impl Matches {
    /// The matches on the screen, in reading order.
    pub fn marks(&self) -> &[Mark] {
        &self.marks
    }

    /// Works out which matches are on the screen.
    pub(crate) fn mark(&mut self, report: &Report, viewport: &Viewport) {
        let mut marks = std::mem::take(&mut self.marks);
        marks.clear();
        if let Some((found, pieces)) = self.found().filter(|_| self.is_marked) {
            for (piece, from, to) in seen_pieces(viewport) {
                let index = pieces.index(piece);
                let text = piece.text(report);
                let current = self
                    .current
                    .filter(|spot| spot.piece == index)
                    .map(|spot| spot.index);
                let mut number = 0;
                let is_simple = pieces.is_simple(index);
                found.pattern().each_match(text, is_simple, |range| {
                    if range.start < to && range.end > from {
                        marks.push(Mark {
                            piece,
                            bytes: word_boundary::whole_graphemes(text, range),
                            is_current: current == Some(number),
                        });
                    }
                    number += 1;
                });
            }
        }
        self.marks = marks;
    }

    /// The match under the cursor, where matches are marked and it is in the text.
    pub fn under(&self, cursor: Position) -> Option<Passage> {
        let mut current = self.marks.iter().filter(|mark| mark.is_current);
        let mark = current.next().filter(|_| !self.is_typing)?;
        mark.piece.block?;
        let start = mark.piece.position(mark.bytes.start);
        let end = mark.piece.position(mark.bytes.end);
        let is_under = cursor.same_block(start) && mark.bytes.contains(&cursor.byte);
        is_under.then(|| Passage::new(start, end))
    }
}

/// The titles and blocks on the screen, with the bytes of each that are seen.
fn seen_pieces(viewport: &Viewport) -> Vec<(Piece, usize, usize)> {
    let mut seen: Vec<(Piece, usize, usize)> = Vec::new();
    for at in viewport.rows() {
        let (block, start, end) = match viewport.row(*at) {
            Some(&Row::Title { start, end }) => (None, start, end),
            Some(&Row::Text {
                block, start, end, ..
            }) => (Some(block), start, end),
            Some(Row::Gap { .. }) | None => continue,
        };
        let piece = Piece {
            section: at.section,
            block,
        };
        match seen.last_mut() {
            Some((last, _, to)) if *last == piece => *to = end,
            _ => seen.push((piece, start, end)),
        }
    }
    seen
}
