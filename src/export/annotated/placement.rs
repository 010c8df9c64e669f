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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        edition::anchor::Resolution,
        export::parts,
        notebook::{Notebook, annotation::tests::sample},
        report::snapshot,
    };

    /// Where a note of the bundled report is put: its last section, block and byte, whether it is
    /// of whole paragraphs, and the block that has its number.
    fn placed_at(start: (usize, usize), end: (usize, usize, usize)) -> Put {
        let report = snapshot::bundled();
        let (start, end) = (
            Position::new(start.0, start.1, 0),
            Position::new(end.0, end.1, end.2),
        );
        let mut entry = Notebook::draft_entry(&sample("a", "a note"), &report);
        entry.resolution = Resolution::Exact(Passage::new(start, end));
        let entries = [entry];
        let placed = place(&report, &parts(&report, &[]), &entries);
        let note = placed.first().expect("it has a place");
        let has_number = |block: &Position| note.number_in(*block, 0).is_some();
        let all = Passage::new(Position::default(), Position::new(2, 99, 0));
        let numbered = report.blocks_of(all).find(has_number).expect("a number");
        let last = note.passage.end();
        let last = (last.section, last.block, last.byte);
        (last, note.is_whole, numbered.block_key())
    }

    type Put = ((usize, usize, usize), bool, (usize, usize));

    #[test]
    fn a_note_that_stops_before_the_next_paragraph_ends_with_its_own() {
        let len = snapshot::bundled().sections[1].blocks[3].text.len();
        assert_eq!(placed_at((1, 3), (1, 4, 0)), ((1, 3, len), true, (1, 3)));
        let len = snapshot::bundled().sections[1].blocks[4].text.len();
        assert_eq!(placed_at((1, 3), (1, 5, 0)), ((1, 4, len), true, (1, 4)));
    }

    #[test]
    fn a_note_that_ends_within_a_paragraph_or_is_of_none_ends_there() {
        assert_eq!(placed_at((1, 3), (1, 4, 1)), ((1, 4, 1), false, (1, 4)));
        assert_eq!(placed_at((1, 3), (1, 3, 0)), ((1, 3, 0), false, (1, 3)));
        let report = snapshot::bundled();
        let nothing = Position::new(1, 3, 0);
        let passage = trimmed(&report, Passage::new(nothing, nothing));
        assert_eq!((passage.start(), passage.end()), (nothing, nothing));
    }

    #[test]
    fn a_note_that_stops_before_the_next_section_ends_at_its_start() {
        assert_eq!(placed_at((1, 3), (2, 0, 0)), ((2, 0, 0), false, (2, 0)));
    }
}
