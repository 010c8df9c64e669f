//! The report in which passages are found: its blocks, counted through all sections.

use std::{cmp::Reverse, collections::HashMap, ops::Range};

use crate::{
    edition::Edition,
    report::{Report, position::Position},
};

/// A report and its edition.
#[derive(Debug)]
pub(super) struct Text<'a> {
    pub report: &'a Report,
    pub edition: &'a Edition,
    /// Position of each block.
    pub blocks: Vec<Position>,
    /// First block of each section, and the end.
    starts: Vec<usize>,
    /// The blocks of each hash.
    by_hash: HashMap<u64, Vec<usize>>,
}

/// How far a place is from where it is expected; lower is nearer.
pub(super) type Distance = (Reverse<usize>, usize);

impl<'a> Text<'a> {
    pub fn new(report: &'a Report, edition: &'a Edition) -> Self {
        let (mut blocks, mut starts) = (Vec::new(), vec![0]);
        let mut by_hash: HashMap<u64, Vec<usize>> = HashMap::new();
        for (section, hashes) in edition.blocks().iter().enumerate() {
            for (block, hash) in hashes.iter().enumerate() {
                by_hash.entry(*hash).or_default().push(blocks.len());
                blocks.push(Position::new(section, block, 0));
            }
            starts.push(blocks.len());
        }
        Self {
            report,
            edition,
            blocks,
            starts,
            by_hash,
        }
    }

    /// The blocks of a section.
    pub fn blocks_of(&self, section: usize) -> Range<usize> {
        self.blocks_below(section..section.saturating_add(1))
    }

    /// The blocks of some sections.
    pub fn blocks_below(&self, sections: Range<usize>) -> Range<usize> {
        let at = |section: usize| {
            self.starts
                .get(section)
                .copied()
                .unwrap_or(self.blocks.len())
        };
        at(sections.start)..at(sections.end)
    }

    pub fn position(&self, block: usize) -> Option<Position> {
        self.blocks.get(block).copied()
    }

    /// The section of a block; past the last one for none.
    pub fn section(&self, block: usize) -> usize {
        self.position(block).map_or(usize::MAX, |at| at.section)
    }

    pub fn text(&self, block: usize) -> &str {
        self.position(block)
            .map_or("", |at| self.report.text_at(at))
    }

    pub fn hash(&self, block: usize) -> Option<u64> {
        let at = self.position(block)?;
        self.edition
            .blocks()
            .get(at.section)?
            .get(at.block)
            .copied()
    }

    /// The blocks with a hash, ascending.
    pub fn of_hash(&self, hash: u64) -> &[usize] {
        self.by_hash.get(&hash).map_or(&[], Vec::as_slice)
    }

    /// How far a block is from a section: the more of their paths is the same the nearer.
    pub fn distance(&self, from: Option<usize>, block: usize) -> Distance {
        let section = self.section(block);
        let Some(from) = from else {
            return (Reverse(0), block);
        };
        let outline = self.edition.outline();
        let (one, other) = (outline.path(from), outline.path(section));
        let common = one.iter().zip(&other).take_while(|(a, b)| a == b).count();
        let same = usize::from(from == section);
        (Reverse(common + same), from.abs_diff(section))
    }
}
