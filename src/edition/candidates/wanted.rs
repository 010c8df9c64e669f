//! The words of a quote that is searched for, and of its context.

use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation;

use crate::edition::{
    anchor::{Anchor, CONTEXT},
    fingerprint,
    word_index::Words,
};

/// Words of evidence below which the words of neighbouring blocks count too.
const LITTLE: usize = 12;

/// What is searched for: the words of a quote between those around it.
#[derive(Debug)]
pub struct Wanted {
    pub(super) words: Vec<u32>,
    pub(super) weights: Vec<u32>,
    pub(super) quote: Range<usize>,
    /// The words that decide whether it is the same passage: those of the same block, and some
    /// of its neighbours where they are few.
    pub(super) evidence: Range<usize>,
    /// The quote and its context in the same block.
    pub(super) near: Range<usize>,
    /// Whether the quote begins, or ends, where its block does.
    pub(super) begins_block: bool,
    pub(super) ends_block: bool,
    /// The marks of the quote before its first and after its last word.
    pub(super) opening: String,
    pub(super) closing: String,
}

impl Wanted {
    pub fn new(anchor: &Anchor, words: &Words) -> Self {
        let before = fold(&anchor.before, words);
        let quote = fold(&anchor.quote, words);
        let after = fold(&anchor.after, words);
        let skipped = usize::from(anchor.before.chars().count() >= CONTEXT).min(before.len());
        let left_out = usize::from(anchor.after.chars().count() >= CONTEXT).min(after.len());
        let near_before = anchor
            .before
            .rsplit('\n')
            .next()
            .map_or(0, |near| near.unicode_words().count())
            .min(before.len() - skipped);
        let near_after = anchor
            .after
            .split('\n')
            .next()
            .map_or(0, |near| near.unicode_words().count())
            .min(after.len() - left_out);
        let start = before.len() - skipped;
        let end = start + quote.len();
        let all: Vec<(u32, u32)> = before
            .into_iter()
            .skip(skipped)
            .chain(quote)
            .chain(after)
            .collect();
        let all = all.get(..all.len() - left_out).unwrap_or_default();
        let near = start - near_before..end + near_after;
        let evidence = if near.len() < LITTLE {
            start.saturating_sub(LITTLE)..(end + LITTLE).min(all.len())
        } else {
            near.clone()
        };
        let (opening, closing) = borders(&anchor.quote);
        Self {
            words: all.iter().map(|word| word.0).collect(),
            weights: all.iter().map(|word| word.1).collect(),
            quote: start..end,
            evidence,
            near,
            begins_block: anchor.begins_block(),
            ends_block: anchor.ends_block(),
            opening: opening.to_owned(),
            closing: closing.to_owned(),
        }
    }

    /// How many words decide whether it is the same passage.
    pub fn evidence(&self) -> usize {
        self.evidence.len()
    }

    fn weight(&self, range: &Range<usize>) -> u32 {
        self.weights
            .get(range.clone())
            .unwrap_or_default()
            .iter()
            .sum()
    }

    /// The thousandths of a range's weight that pairs have.
    pub(super) fn share(&self, pairs: &[(usize, usize)], range: &Range<usize>) -> u32 {
        let found = pairs
            .iter()
            .filter(|pair| range.contains(&pair.0))
            .filter_map(|pair| self.weights.get(pair.0));
        (found.sum::<u32>() * 1000)
            .checked_div(self.weight(range))
            .unwrap_or(0)
    }
}

/// The words of a text with their weights. Numbers weigh little: they change every year.
fn fold(text: &str, words: &Words) -> Vec<(u32, u32)> {
    let each = text.unicode_words().map(|word| {
        let number = words.number(fingerprint::word(word));
        let weight = words.weight(number);
        let is_number = word.starts_with(|c: char| c.is_numeric());
        (
            number,
            if is_number {
                weight.div_ceil(4)
            } else {
                weight
            },
        )
    });
    each.collect()
}

/// The marks before the first and after the last word.
fn borders(quote: &str) -> (&str, &str) {
    let mut words = quote.unicode_word_indices();
    let first = words.next();
    let last = words.next_back().or(first);
    let opening = first
        .and_then(|(start, _)| quote.get(..start))
        .unwrap_or_default();
    let closing = last
        .and_then(|(start, word)| quote.get(start + word.len()..))
        .unwrap_or_default();
    (opening, closing)
}
