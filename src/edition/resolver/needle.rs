//! The words of a quote within one block that is searched for, and of its context there.

use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation;

use crate::edition::{
    anchor::{Anchor, CONTEXT},
    fingerprint,
    word_index::{self, Words},
};

/// Words of a neighbouring block by which that is known again.
const NEIGHBOUR: usize = 6;

/// What is searched for.
#[derive(Debug)]
pub(super) struct Needle {
    /// The quote between what is saved of its block.
    pub words: Vec<u32>,
    /// The same with one number for all figures.
    pub without_figures: Vec<u32>,
    pub quote: Range<usize>,
    /// Whether the quote begins, or ends, where its block does.
    pub begins_block: bool,
    pub ends_block: bool,
    /// The marks of the quote before its first and after its last word.
    pub opening: String,
    pub closing: String,
    /// The last words of the block before, and the first ones of the block after; few or none
    /// where the context does not reach there.
    pub before: Vec<u32>,
    pub after: Vec<u32>,
}

impl Needle {
    pub fn new(anchor: &Anchor, words: &Words) -> Self {
        let number = |word: &str| words.number(fingerprint::word(word));
        let count = |text: &str| text.unicode_words().count();
        let fold = |text: &str| -> Vec<u32> { text.unicode_words().map(number).collect() };
        let (before, near_before) = anchor
            .before
            .rsplit_once('\n')
            .unwrap_or(("", &anchor.before));
        let (near_after, after) = anchor.after.split_once('\n').unwrap_or((&anchor.after, ""));
        // The first and the last word of a long context may be cut.
        let is_cut = |context: &str, near: &str| {
            context.chars().count() >= CONTEXT && context.len() == near.len()
        };
        let (mut start, mut end) = (
            count(near_before),
            count(near_before) + count(&anchor.quote),
        );
        let all = [near_before, &anchor.quote, near_after];
        let mut own: Vec<&str> = all.into_iter().flat_map(str::unicode_words).collect();
        if is_cut(&anchor.before, near_before) && start > 0 {
            own.remove(0);
            (start, end) = (start - 1, end - 1);
        }
        if is_cut(&anchor.after, near_after) && own.len() > end {
            own.pop();
        }
        let folded = own.iter().map(|word| match word_index::is_figure(word) {
            true => word_index::FIGURE,
            false => number(word),
        });
        let (opening, closing) = borders(&anchor.quote);
        let mut before = fold(before.rsplit('\n').next().unwrap_or_default());
        before.drain(..before.len().saturating_sub(NEIGHBOUR));
        let mut after = fold(after.split('\n').next().unwrap_or_default());
        after.truncate(NEIGHBOUR);
        Self {
            without_figures: folded.collect(),
            words: own.into_iter().map(number).collect(),
            quote: start..end,
            begins_block: anchor.begins_block(),
            ends_block: anchor.ends_block(),
            opening: opening.to_owned(),
            closing: closing.to_owned(),
            before,
            after,
        }
    }

    /// Whether the quote is a whole block.
    pub fn is_block(&self) -> bool {
        self.begins_block && self.ends_block
    }
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
