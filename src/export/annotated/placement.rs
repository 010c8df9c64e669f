//! The position of each annotation in the written parts, and the number of its footnote.

use std::collections::BTreeSet;

use crate::{
    export::{Part, notes},
    notebook::{Entry, annotation::Kind, passage},
    report::{
        Report,
        position::{Passage, Position},
    },
};

/// An entry with a passage in the written parts.
#[derive(Debug)]
pub struct Placed<'a> {
    pub entry: &'a Entry,
    pub passage: Passage,
    /// The number of its footnote; none if there is nothing to say.
    pub number: Option<usize>,
    /// Its first and last written block.
    first: (usize, usize),
    last: (usize, usize),
    /// Whether it is one or more whole blocks.
    pub is_whole: bool,
}

impl Placed<'_> {
    /// The byte of its bookmark's sign in a block, if it is there.
    pub fn sign_in(&self, at: Position) -> Option<usize> {
        let byte = if self.passage.start().same_block(at) {
            self.passage.start().byte
        } else {
            0
        };
        (self.entry.annotation.kind == Kind::Bookmark && self.first == at.block_key())
            .then_some(byte)
    }

    /// The byte of its number in a block of `len` bytes, if it is there, and the number.
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

/// The entries in the parts, numbered by their ends.
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
    // One with caveats has a footnote even without text.
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

/// A passage that ends before the first letter of a block ends with the block before.
fn trimmed(report: &Report, passage: Passage) -> Passage {
    let (start, end) = (passage.start(), passage.end());
    if end.byte > 0 || end.block == 0 || end.same_block(start) {
        return passage;
    }
    let before = Position::new(end.section, end.block - 1, 0);
    Passage::new(start, report.passage_of_block(before).end())
}
