//! The matches of a pattern in a whole report: the count for each piece, so that the next match,
//! the number of a match and the match of a number are found without searching again.
//!
//! The search runs in steps, from the reader's position to the end and then from the start, so that
//! the nearest match is known first and no step takes long, however large the report.

use std::ops::Range;

use super::{
    Pattern,
    pieces::{Piece, Pieces},
};
use crate::report::{Report, position::Direction};

/// Cost of one step: about one per byte of text; matches and pieces cost more.
pub const STEP: usize = 7 * 1024 * 1024;
const MATCH: usize = 12;
const PIECE: usize = 64;
/// Cost of a byte if every character has to be folded.
pub const SLOW: usize = 16;
/// Cost of a byte for a regular expression, and for one whose whole words are checked one by one.
const SLOWER: usize = 64;
const SLOWEST: usize = 256;

/// A match: its piece, and its index there, from 0. Matches in asides follow those in the piece
/// itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Spot {
    pub piece: usize,
    pub index: usize,
}

/// A match in a text beside a piece, such as a note on it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Aside {
    /// [`Pieces::beyond`] if it belongs to none.
    pub piece: usize,
    /// The id of the text, chosen by the caller.
    pub id: String,
    /// The bytes of that text.
    pub range: Range<usize>,
}

/// What is at a spot.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Match<'a> {
    /// Bytes of the piece's text.
    Text(Range<usize>),
    Aside(&'a Aside),
}

/// The result of searching for the nearest match.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sought {
    /// The match, and whether the search wrapped around the end of the report.
    At {
        spot: Spot,
        wrapped: bool,
    },
    /// More has to be searched first.
    NotYet,
    Nowhere,
}

/// The matches of a pattern in a report.
#[derive(Debug)]
pub struct Found {
    pattern: Pattern,
    /// Matches in each piece, and none beyond the last one; cumulative once complete.
    counts: Vec<u32>,
    /// In reading order.
    asides: Vec<Aside>,
    /// The piece that was searched first.
    origin: usize,
    /// How many pieces were searched.
    searched: usize,
    in_text: usize,
}

impl Found {
    /// Nothing searched yet; starts with the piece `origin`.
    pub fn new(pattern: Pattern, pieces: &Pieces, origin: usize) -> Self {
        let origin = if origin < pieces.count() { origin } else { 0 };
        Self {
            pattern,
            counts: vec![0; pieces.beyond() + 1],
            asides: Vec::new(),
            origin,
            searched: 0,
            in_text: 0,
        }
    }

    pub fn pattern(&self) -> &Pattern {
        &self.pattern
    }

    /// Sets the matches in asides.
    pub fn set_asides(&mut self, asides: Vec<Aside>) {
        self.asides = asides;
        self.asides.sort_by_key(|aside| aside.piece);
    }

    pub fn is_complete(&self) -> bool {
        self.searched == self.counts.len()
    }

    /// The number of matches found so far.
    pub fn total(&self) -> usize {
        self.in_text + self.asides.len()
    }

    /// Searches more of the report, up to a cost.
    pub fn look(&mut self, report: &Report, pieces: &Pieces, most: usize) {
        let mut cost = 0;
        let mut index = self.next_piece();
        let mut piece = pieces.piece(index);
        while !self.is_complete() && cost < most {
            let text = piece.text(report);
            let mut count = 0u32;
            self.pattern.each_match(text, pieces.is_simple(index), |_| {
                count = count.saturating_add(1)
            });
            if let Some(slot) = self.counts.get_mut(index) {
                *slot = count;
            }
            self.in_text += count as usize;
            self.searched += 1;
            cost += PIECE
                + text.len() * self.byte_cost(pieces.is_simple(index))
                + count as usize * MATCH;
            index += 1;
            piece = piece.next(report);
            if index == self.counts.len() {
                (index, piece) = (
                    0,
                    Piece {
                        section: 0,
                        block: None,
                    },
                );
            }
        }
        if cost > 0 && self.is_complete() {
            self.sum();
        }
    }

    fn byte_cost(&self, is_simple: bool) -> usize {
        match &self.pattern {
            Pattern::Literal(literal) if is_simple && literal.has_lead() => 1,
            Pattern::Expression(expression) if expression.has_whole_words() && !is_simple => {
                SLOWEST
            }
            Pattern::Expression(_) => SLOWER,
            _ => SLOW,
        }
    }

    fn next_piece(&self) -> usize {
        let next = self.origin + self.searched;
        if next < self.counts.len() {
            next
        } else {
            next - self.counts.len()
        }
    }

    fn sum(&mut self) {
        let mut sum = 0u32;
        for count in &mut self.counts {
            sum = sum.saturating_add(*count);
            *count = sum;
        }
    }

    fn was_searched(&self, piece: usize) -> bool {
        let distance = if piece >= self.origin {
            piece - self.origin
        } else {
            piece + self.counts.len() - self.origin
        };
        distance < self.searched
    }

    /// Matches in the pieces before one; valid once complete.
    fn before(&self, piece: usize) -> usize {
        piece
            .checked_sub(1)
            .and_then(|before| self.counts.get(before))
            .map_or(0, |&sum| sum as usize)
    }

    fn count_in_text(&self, piece: usize) -> usize {
        let count = self.counts.get(piece).map_or(0, |&count| count as usize);
        if self.is_complete() {
            count - self.before(piece).min(count)
        } else {
            count
        }
    }

    fn asides_before(&self, piece: usize) -> usize {
        self.asides.partition_point(|aside| aside.piece < piece)
    }

    /// The asides of a piece.
    pub fn asides_of(&self, piece: usize) -> &[Aside] {
        self.asides
            .get(self.asides_before(piece)..self.asides_before(piece + 1))
            .unwrap_or_default()
    }

    /// Matches in a piece and its asides found so far.
    pub fn count_of(&self, piece: usize) -> usize {
        self.count_in_text(piece) + self.asides_of(piece).len()
    }

    /// Matches in a range of pieces with their asides; valid once complete.
    pub fn count_between(&self, pieces: Range<usize>) -> usize {
        self.before(pieces.end) - self.before(pieces.start) + self.asides_before(pieces.end)
            - self.asides_before(pieces.start)
    }

    /// The byte ranges of the matches in a piece's text.
    pub fn ranges(&self, report: &Report, pieces: &Pieces, piece: usize) -> Vec<Range<usize>> {
        let mut ranges = Vec::new();
        self.pattern.each_match(
            pieces.piece(piece).text(report),
            pieces.is_simple(piece),
            |range| ranges.push(range),
        );
        ranges
    }

    /// The match at a spot; `None` if it no longer exists.
    pub fn hit(&self, report: &Report, pieces: &Pieces, spot: Spot) -> Option<Match<'_>> {
        match spot.index.checked_sub(self.count_in_text(spot.piece)) {
            None => self
                .ranges(report, pieces, spot.piece)
                .get(spot.index)
                .cloned()
                .map(Match::Text),
            Some(aside) => self.asides_of(spot.piece).get(aside).map(Match::Aside),
        }
    }

    /// The number of a match in the report, from 0; `None` while unknown.
    pub fn ordinal(&self, spot: Spot) -> Option<usize> {
        self.is_complete()
            .then(|| self.before(spot.piece) + self.asides_before(spot.piece) + spot.index)
    }

    /// The match of a number, from 0; `None` past the last one or while unknown.
    pub fn nth(&self, ordinal: usize) -> Option<Spot> {
        if !self.is_complete() || ordinal >= self.total() {
            return None;
        }
        let through = |piece: usize| self.before(piece + 1) + self.asides_before(piece + 1);
        let (mut low, mut high) = (0, self.counts.len());
        while low < high {
            let middle = low + (high - low) / 2;
            if through(middle) > ordinal {
                high = middle
            } else {
                low = middle + 1
            }
        }
        Some(Spot {
            piece: low,
            index: ordinal - self.before(low) - self.asides_before(low),
        })
    }

    /// The match that `count` steps lead to, the first of them to the [nearest](Self::nearest) one.
    pub fn step(&self, from: Spot, direction: Direction, count: usize) -> Sought {
        let nearest = self.nearest(from, direction);
        let (Sought::At { spot, wrapped }, more @ 1..) = (nearest, count.saturating_sub(1)) else {
            return nearest;
        };
        let Some(first) = self.ordinal(spot) else {
            return Sought::NotYet;
        };
        let total = self.total();
        let (ordinal, has_wrapped) = match direction {
            Direction::Forward => (
                (first + more % total) % total,
                first.saturating_add(more) >= total,
            ),
            Direction::Backward => ((first + total - more % total) % total, more > first),
        };
        self.nth(ordinal)
            .map_or(Sought::Nowhere, |spot| Sought::At {
                spot,
                wrapped: wrapped || has_wrapped,
            })
    }

    /// The nearest match: forward the one at a spot or after it, backward the one before it; wraps
    /// around the end of the report.
    pub fn nearest(&self, from: Spot, direction: Direction) -> Sought {
        let count = self.counts.len();
        for step in 0..=count {
            let piece = match direction {
                Direction::Forward => from.piece + step,
                Direction::Backward => from.piece + count - step,
            };
            let wrapped = match direction {
                Direction::Forward => piece >= count,
                Direction::Backward => piece < count,
            };
            let piece = piece % count.max(1);
            if !self.was_searched(piece) {
                return Sought::NotYet;
            }
            let matches = self.count_of(piece);
            let index = match direction {
                Direction::Forward if step == 0 => {
                    Some(from.index).filter(|&index| index < matches)
                }
                Direction::Forward => (matches > 0).then_some(0),
                Direction::Backward if step == 0 => from.index.min(matches).checked_sub(1),
                Direction::Backward => matches.checked_sub(1),
            };
            if let Some(index) = index {
                return Sought::At {
                    spot: Spot { piece, index },
                    wrapped,
                };
            }
        }
        Sought::Nowhere
    }
}
