//! Searches a report for what is like a passage of one block.

use std::{
    cmp::Reverse,
    collections::{BTreeMap, BTreeSet},
    ops::Range,
};

use super::{extent, needle::Needle, text::Text};
use crate::{
    edition::{
        anchor::{Anchor, Resolution},
        word_index::Words,
    },
    report::position::Passage,
    text::{
        diff,
        edit_distance::{Pattern, With},
    },
};

/// Three words in a row that are more frequent than this are ignored.
const COMMON: usize = 200;
/// Most blocks that are compared because they share runs of three words.
const PLACES: usize = 12;
/// Most words of a quote that has to be whole to be certain, or to have no rival at all.
const SHORT: usize = 4;
/// Thousandths of the quote's words that a place must have.
const KEPT: usize = 350;

/// What is searched for, and where.
pub(super) struct Search<'r> {
    pub text: &'r Text<'r>,
    words: &'r Words,
    pub needle: Needle,
    pattern: Pattern,
}

/// A block that could have the passage.
#[derive(Debug, Clone)]
pub(super) struct Trace {
    pub block: usize,
    /// Words to change, add or drop, in thousandths of those searched for. Figures are all alike.
    pub distance: usize,
    /// The words of the text that are nearest.
    window: Range<usize>,
}

/// What a block has of the quote.
pub(super) struct Found {
    pub passage: Passage,
    /// Whether enough of its words are there, and whether all are.
    pub is_kept: bool,
    pub is_whole: bool,
    /// Whether it is not much longer than the quote, and a quote of a few words has a neighbour
    /// beside it that it had.
    pub is_firm: bool,
    /// Whether the quote is long enough for some of its words to be others, or is all there.
    pub is_enough: bool,
}

impl<'r> Search<'r> {
    pub fn new(text: &'r Text<'r>, words: &'r Words, anchor: &Anchor) -> Self {
        let needle = Needle::new(anchor, words);
        let pattern = Pattern::new(&needle.without_figures);
        Self {
            text,
            words,
            needle,
            pattern,
        }
    }

    /// The blocks that share the rarest runs of three words, ascending.
    pub fn near(&self) -> BTreeSet<usize> {
        let mut votes: BTreeMap<usize, u32> = BTreeMap::new();
        for three in self.needle.words.windows(3) {
            let (places, weight) = self.words.places_of(three);
            let places = places.iter().filter(|_| places.len() <= COMMON);
            let blocks: BTreeSet<usize> = places
                .filter_map(|place| self.words.block(place.1 as usize))
                .collect();
            blocks
                .into_iter()
                .for_each(|block| *votes.entry(block).or_default() += weight);
        }
        let mut ranked: Vec<(Reverse<u32>, usize)> = votes
            .into_iter()
            .map(|(block, votes)| (Reverse(votes), block))
            .collect();
        ranked.sort_unstable();
        ranked
            .into_iter()
            .take(PLACES)
            .map(|(_, block)| block)
            .collect()
    }

    /// How near a block is.
    pub fn trace(&self, block: usize) -> Trace {
        let own = self.words.of_blocks(&(block..block + 1));
        let text = self
            .words
            .without_figures
            .get(own.clone())
            .unwrap_or_default();
        let with = if self.needle.is_block() {
            With::Whole
        } else {
            With::Stretch
        };
        let (distance, end) = self.pattern.distance(text, with);
        let length = self.needle.words.len();
        let window = match with {
            With::Whole => own,
            With::Stretch => {
                let end = own.start + end;
                own.start.max(end.saturating_sub(length + distance))..end
            }
        };
        let distance = (1000 * distance).checked_div(length).unwrap_or(1000);
        Trace {
            block,
            distance,
            window,
        }
    }

    /// The passage that the quote became in a block; `None` where nothing of it is there.
    pub fn found(&self, trace: &Trace) -> Option<Found> {
        let needle = &self.needle;
        let text = self.words.text.get(trace.window.clone())?;
        let pairs: Vec<(usize, usize)> = diff::pairs(&needle.words, text)
            .into_iter()
            .map(|(i, j)| (i, j + trace.window.start))
            .collect();
        let of_quote = || pairs.iter().filter(|pair| needle.quote.contains(&pair.0));
        let (first, last) = (*of_quote().next()?, *of_quote().next_back()?);
        let range = extent::image(self.words, needle, &pairs, first, last);
        let (kept, quoted) = (of_quote().count(), needle.quote.len());
        let is_whole = kept == quoted && last.1 - first.1 + 1 == quoted;
        let is_held = pairs.iter().any(|pair| {
            let before = pair.0 < needle.quote.start && first.0 - pair.0 <= SHORT;
            let after = pair.0 >= needle.quote.end && pair.0 - last.0 <= SHORT;
            before && first.0 - pair.0 == first.1 - pair.1
                || after && pair.0 - last.0 == pair.1 - last.1
        });
        Some(Found {
            passage: extent::passage(self.text.report, self.words, needle, &range)?,
            is_kept: 1000 * kept >= KEPT * quoted,
            is_firm: range.len() <= 2 * quoted + 12 && (quoted > SHORT || is_held),
            is_enough: quoted > SHORT || is_whole,
            is_whole,
        })
    }

    /// The best of some blocks, never certain: those with the very words first, then the nearest to
    /// a section by path, then the most like it.
    pub fn most_like<'t>(
        &self,
        anchor: &Anchor,
        from: Option<usize>,
        traces: impl Iterator<Item = &'t Trace>,
    ) -> Resolution {
        let text = self.text;
        let has_words = |trace: &Trace| text.text(trace.block).contains(&anchor.quote);
        let mut traces: Vec<&Trace> = traces.collect();
        traces.sort_by_cached_key(|trace| {
            let path = text.distance(from, trace.block);
            (!has_words(trace), path, trace.distance)
        });
        let found = traces.into_iter().filter_map(|trace| self.found(trace));
        let mut found = found.filter(|found| found.is_kept);
        let best = found.next().map(|found| found.passage);
        best.map_or(Resolution::Orphaned, Resolution::Unsure)
    }

    /// The places of the very text of a quote, the first ones.
    pub fn literal(&self, quote: &str, block: usize) -> Option<Passage> {
        let byte = self
            .text
            .text(block)
            .find(quote)
            .filter(|_| !quote.is_empty())?;
        let mut start = self.text.position(block)?;
        start.byte = byte;
        let mut end = start;
        end.byte += quote.len();
        Some(Passage::new(start, end))
    }

    /// Whether a neighbour that the quote had is beside a trace of it: words of its block, or of
    /// the blocks before and after.
    pub fn has_neighbour(&self, trace: &Trace) -> bool {
        let needle = &self.needle;
        if needle.words.len() > needle.quote.len() + 2 && trace.distance == 0 {
            return true;
        }
        let words = |block: usize| {
            self.words
                .text
                .get(self.words.of_blocks(&(block..block + 1)))
                .unwrap_or_default()
        };
        let is_beside = |other: usize| self.text.section(other) == self.text.section(trace.block);
        let before = trace.block.checked_sub(1).filter(|other| is_beside(*other));
        let after = Some(trace.block + 1).filter(|other| is_beside(*other));
        let is_before = || before.is_some_and(|other| words(other).ends_with(&needle.before));
        let is_after = || after.is_some_and(|other| words(other).starts_with(&needle.after));
        !needle.before.is_empty() && is_before() || !needle.after.is_empty() && is_after()
    }
}
