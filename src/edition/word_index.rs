//! The words of a report as one stream of numbers, and where each three of them in a row
//! are. For finding a passage again; made only when one is not where it was.

use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation;

use super::fingerprint;
use crate::report::{Report, position::Position};

/// Number of a word that the report does not have. Equal to no other.
pub const UNKNOWN: u32 = u32::MAX;

/// Stands for every figure where texts are compared: figures change each year.
pub const FIGURE: u32 = u32::MAX - 1;

/// Where a word is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Word {
    /// Block, counted through all sections.
    pub block: u32,
    /// First byte in the block's text.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

/// A report's words.
#[derive(Debug)]
pub struct Words {
    /// The number of each word of the text, in reading order.
    pub text: Vec<u32>,
    /// The same with one number for all figures.
    pub without_figures: Vec<u32>,
    /// Where each word of the text is.
    pub places: Vec<Word>,
    /// Position of each block.
    pub blocks: Vec<Position>,
    /// First word of each block, and the end of the text.
    starts: Vec<usize>,
    /// Hashes of the different words, ascending: a word's number is its index.
    known: Vec<u64>,
    /// Hash of each three words in a row and the index of the first, ascending.
    threes: Vec<(u32, u32)>,
}

impl Words {
    pub fn of(report: &Report) -> Self {
        let mut is_figure = Vec::new();
        let (mut hashes, mut places, mut blocks, mut starts) =
            (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        for (s, section) in report.sections.iter().enumerate() {
            for (b, block) in section.blocks.iter().enumerate() {
                starts.push(places.len());
                for (start, word) in block.text.unicode_word_indices() {
                    hashes.push(fingerprint::word(word));
                    is_figure.push(self::is_figure(word));
                    places.push(Word {
                        block: blocks.len() as u32,
                        start: start as u32,
                        end: (start + word.len()) as u32,
                    });
                }
                blocks.push(Position::new(s, b, 0));
            }
        }
        starts.push(places.len());
        let mut known = hashes.clone();
        known.sort_unstable();
        known.dedup();
        let mut text = Vec::with_capacity(hashes.len());
        for hash in hashes {
            let number = known.binary_search(&hash).unwrap_or_default();
            text.push(number as u32);
        }
        let mut threes: Vec<(u32, u32)> = text.windows(3).map(three).zip(0..).collect();
        threes.sort_unstable();
        let folded = text.iter().zip(is_figure);
        let folded = folded.map(|(word, is_figure)| if is_figure { FIGURE } else { *word });
        Self {
            without_figures: folded.collect(),
            text,
            places,
            blocks,
            starts,
            known,
            threes,
        }
    }

    /// The number of a word by its hash, see [`fingerprint::word`].
    pub fn number(&self, hash: u64) -> u32 {
        self.known
            .binary_search(&hash)
            .map_or(UNKNOWN, |number| number as u32)
    }

    /// Where three words in a row are, ascending, and the evidence of finding them.
    pub fn places_of(&self, words: &[u32]) -> (&[(u32, u32)], u32) {
        let hash = three(words);
        let first = self.threes.partition_point(|entry| entry.0 < hash);
        let rest = self.threes.get(first..).unwrap_or_default();
        let found = rest
            .get(..rest.partition_point(|entry| entry.0 == hash))
            .unwrap_or_default();
        (found, rarity(self.text.len(), found.len()))
    }

    /// The words of some blocks.
    pub fn of_blocks(&self, blocks: &Range<usize>) -> Range<usize> {
        let at = |block: usize| self.starts.get(block).copied().unwrap_or(self.text.len());
        at(blocks.start)..at(blocks.end.max(blocks.start))
    }

    /// The block, counted through all sections, of a word.
    pub fn block(&self, word: usize) -> Option<usize> {
        Some(self.places.get(word)?.block as usize)
    }
}

/// Whether a word is a figure.
pub fn is_figure(word: &str) -> bool {
    word.starts_with(char::is_numeric)
}

/// How many times a thing would have to be twice as frequent to be everywhere.
fn rarity(all: usize, count: usize) -> u32 {
    (all / (count + 1)).max(1).ilog2() + 1
}

fn three(words: &[u32]) -> u32 {
    words.iter().fold(0x811c_9dc5, |hash: u32, word| {
        (hash ^ word).wrapping_mul(0x9e37_79b1).rotate_left(15)
    })
}
