//! Where annotations stand in what is written, and which number each footnote has.

use std::collections::BTreeSet;

use crate::{
    export::{Part, notes},
    notebook::{Entry, annotation::Kind, passage},
    report::{
        Report,
        position::{Passage, Position},
    },
};

/// An entry at its place.
#[derive(Debug)]
pub struct Placed<'a> {
    pub entry: &'a Entry,
    pub passage: Passage,
    /// The number of its footnote; none where there is nothing to say.
    pub number: Option<usize>,
    /// The first and the last block of it that is written.
    first: (usize, usize),
    last: (usize, usize),
    /// Whether it is just a block or some, from end to end.
    pub is_whole: bool,
}

impl Placed<'_> {
    /// Where its bookmark's sign stands in a block, if it does.
    pub fn sign_in(&self, at: Position) -> Option<usize> {
        let byte = if self.passage.start().same_block(at) {
            self.passage.start().byte
        } else {
            0
        };
        (self.entry.annotation.kind == Kind::Bookmark && self.first == at.block_key())
            .then_some(byte)
    }

    /// Where its number stands in a block of `len` bytes, if it does.
    pub fn number_in(&self, at: Position, len: usize) -> Option<(usize, usize)> {
        let byte = if self.passage.end().same_block(at) {
            self.passage.end().byte
        } else {
            len
        };
        self.number
            .filter(|_| self.last == at.block_key())
            .map(|number| (byte, number))
    }
}

/// The entries that stand in the parts, numbered in the order in which they end.
pub fn place<'a>(report: &Report, parts: &[Part<'_>], entries: &'a [Entry]) -> Vec<Placed<'a>> {
    let blocks = parts
        .iter()
        .flat_map(|part| part.blocks.iter().map(|(block, _)| (part.index, *block)));
    let blocks: BTreeSet<(usize, usize)> = blocks.collect();
    let mut placed: Vec<Placed> = entries
        .iter()
        .filter_map(|entry| placed(report, &blocks, entry))
        .collect();
    placed.sort_by_key(|placed| (placed.passage.end(), placed.passage.start()));
    // One that is not certain says so, also where its reader wrote nothing.
    let says = |placed: &&mut Placed| {
        !placed.entry.annotation.text.trim().is_empty() || !notes::caveats(placed.entry).is_empty()
    };
    for (number, placed) in (1..).zip(placed.iter_mut().filter(says)) {
        placed.number = Some(number);
    }
    placed
}

fn placed<'a>(
    report: &Report,
    blocks: &BTreeSet<(usize, usize)>,
    entry: &'a Entry,
) -> Option<Placed<'a>> {
    let passage = trimmed(report, passage(entry)?);
    let (start, end) = (passage.start(), passage.end());
    let mut inside = blocks.range(start.block_key()..=end.block_key());
    let first = *inside.next()?;
    let last = *inside.next_back().unwrap_or(&first);
    let is_whole = start.byte == 0 && end.byte == report.text_at(end).len();
    Some(Placed {
        entry,
        passage,
        number: None,
        first,
        last,
        is_whole,
    })
}

/// A passage that stops before the first letter of a block ends with the block before.
fn trimmed(report: &Report, passage: Passage) -> Passage {
    let (start, end) = (passage.start(), passage.end());
    if end.byte > 0 || end.block == 0 || end.same_block(start) {
        return passage;
    }
    let before = Position::new(end.section, end.block - 1, 0);
    Passage::new(start, report.passage_of_block(before).end())
}
