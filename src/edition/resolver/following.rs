//! What is said of a passage of one block whose old edition is known.

use std::{cmp::Ordering, collections::BTreeSet};

use super::{
    search::{Found, Search, Trace},
    text::Text,
};
use crate::edition::{
    anchor::{Anchor, Resolution},
    outline_alignment::{Alignment, Partner, RecordHome},
};

/// Words below which what moved could be anything.
const LEAST_MOVED: usize = 6;
/// Free blocks of a section that are all compared.
const MANY: usize = 64;
/// Thousandths of the words: farther than `LIKE` is nothing like it, `COPY` is what became of a
/// passage of which a copy is elsewhere, `PLACED` may be certain by its place, and what is within
/// `NEAR` if it is alone there, whatever is elsewhere; `TRACE` is offered.
const LIKE: usize = 600;
const COPY: usize = 400;
const PLACED: usize = 400;
const NEAR: usize = 250;
/// The same words, but for one that the quote cuts.
const SAME: usize = 100;
const TRACE: usize = 500;
/// Nothing is farther away than words that have nothing in common.
const FARTHEST: usize = 1000;

/// A passage in its old edition.
#[derive(Debug, Clone, Copy)]
pub(super) struct Origin<'r> {
    pub alignment: &'r Alignment,
    pub anchor: &'r Anchor,
    /// Section, and block counted through all sections, of the old edition.
    pub section: usize,
    pub block: usize,
    pub hash: u64,
    /// Whether its old edition has no levels, so that paths say nothing.
    pub is_flat: bool,
}

/// Whether a block stands where another one stood.
enum Placed {
    No,
    /// The only one between two that stayed, as before.
    Alone,
    AmongOthers,
}

/// An answer that needs no search, or that one is needed.
pub(super) enum Sight {
    Settled(Resolution),
    /// The block with the same words, where there is one.
    Search(Option<usize>),
}

impl<'r> Origin<'r> {
    fn home(&self) -> Option<Partner> {
        self.alignment.partner(self.section)
    }

    /// Nothing is certain in sections that cannot be told apart, nor in a record that is found
    /// under another key while there is one of its own.
    fn can_be_certain(&self) -> bool {
        let is_exchanged = matches!(
            self.alignment.record_home(self.section),
            RecordHome::At {
                is_exchanged: true,
                ..
            }
        );
        !is_exchanged && !self.home().is_some_and(|home| home.is_loose)
    }

    fn certain(&self, resolution: Resolution) -> Resolution {
        match resolution.passage() {
            Some(passage) if !self.can_be_certain() => Resolution::Unsure(passage),
            _ => resolution,
        }
    }

    /// Where its words stand in what its section became.
    pub fn at_first_sight(&self, text: &Text) -> Sight {
        let Some(image) = self.alignment.image(self.block) else {
            return Sight::Search(None);
        };
        let is_home = self
            .home()
            .is_some_and(|home| home.section == text.section(image));
        match super::same_bytes(text, self.anchor, image).filter(|_| is_home) {
            Some(passage) => Sight::Settled(self.certain(self.named(text, passage))),
            None => Sight::Search(Some(image)),
        }
    }

    /// The same words are exact at the same path, number and bytes, else moved.
    fn named(&self, text: &Text, passage: crate::report::position::Passage) -> Resolution {
        super::named(text, self.anchor, passage, self.is_flat)
    }

    /// The whole table.
    pub fn search(&self, search: &Search, image: Option<usize>) -> Resolution {
        if let Some(image) = image {
            return self.at_image(search, image);
        }
        let traces = self.traces(search);
        if let Some(resolution) = self.at_home(search, &traces) {
            return resolution;
        }
        match self.elsewhere(search, &traces) {
            Resolution::Orphaned => self.without_its_words(search, &traces),
            found => found,
        }
    }

    /// The paragraph is there, without the words of the quote.
    fn without_its_words(&self, search: &Search, traces: &[Trace]) -> Resolution {
        let text = search.text;
        let mut own = traces.iter().filter(|trace| self.is_own(text, trace.block));
        let near = own.next().filter(|trace| trace.distance <= TRACE);
        let block = near.and_then(|trace| text.position(trace.block));
        block.map_or(Resolution::Orphaned, |block| {
            Resolution::Unsure(text.report.passage_of_block(block))
        })
    }

    /// The same words, with other marks or elsewhere.
    fn at_image(&self, search: &Search, image: usize) -> Resolution {
        let text = search.text;
        let literal = super::same_bytes(text, self.anchor, image)
            .or_else(|| search.literal(&self.anchor.quote, image));
        // Its words are there; an anchor that says others is not to be trusted.
        let found = || {
            let trace = search.trace(image);
            let found = search.found(&trace)?;
            let is_it = found.is_whole || trace.distance <= SAME;
            is_it.then_some(found.passage)
        };
        let Some(passage) = literal.or_else(found) else {
            return Resolution::Orphaned;
        };
        let section = text.section(image);
        if self.home().is_some_and(|home| home.section == section) {
            return self.certain(self.named(text, passage));
        }
        let free = self.free_at_home(search, &BTreeSet::new());
        let has_changed = free
            .iter()
            .any(|block| search.trace(*block).distance <= COPY);
        // A sentence that stands in several places may have come from any of them.
        let is_sole = self.alignment.count(self.block) == 1 && text.of_hash(self.hash).len() == 1;
        let has_moved = self.alignment.is_same_record(self.section, section)
            && is_sole
            && search.needle.words.len() >= LEAST_MOVED
            && !has_changed;
        if has_moved {
            self.certain(self.named(text, passage))
        } else {
            Resolution::Unsure(passage)
        }
    }

    /// All that is like it, the nearest first.
    fn traces(&self, search: &Search) -> Vec<Trace> {
        let text = search.text;
        let mut blocks = search.near();
        blocks.extend(self.free_at_home(search, &blocks));
        if let RecordHome::At { section, .. } = self.alignment.record_home(self.section) {
            let below = text.blocks_below(text.edition.outline().below(section));
            let free: Vec<usize> = below
                .filter(|block| self.alignment.is_free(*block))
                .take(MANY + 1)
                .collect();
            blocks.extend(free.into_iter().take(MANY));
        }
        let mut equal: Vec<usize> = text.of_hash(self.hash).to_vec();
        equal.sort_by_cached_key(|block| {
            (!self.alignment.is_free(*block), self.distance(text, *block))
        });
        blocks.extend(equal.into_iter().take(MANY));
        let mut traces: Vec<Trace> = blocks
            .into_iter()
            .map(|block| search.trace(block))
            .collect();
        traces.sort_by_key(|trace| (trace.distance, trace.block));
        traces
    }

    /// The free blocks of what the section became; of very many those near its place, and those
    /// that share words.
    fn free_at_home(&self, search: &Search, near: &BTreeSet<usize>) -> Vec<usize> {
        let Some(home) = self.home() else {
            return Vec::new();
        };
        let own = search.text.blocks_of(home.section);
        let free: Vec<usize> = own.filter(|block| self.alignment.is_free(*block)).collect();
        if free.len() <= MANY {
            return free;
        }
        let (gap, rank, _) = self.gap(search.text, home.section);
        let around = gap
            .iter()
            .skip(rank.saturating_sub(MANY / 2))
            .take(MANY)
            .copied();
        let near = free.into_iter().filter(|block| near.contains(block));
        around.chain(near).collect()
    }

    /// The free blocks between the images of its neighbours, which of the blocks that went from
    /// there it is, and how many those are.
    fn gap(&self, text: &Text, home: usize) -> (Vec<usize>, usize, usize) {
        let (was, is) = (self.alignment.blocks_of(self.section), text.blocks_of(home));
        let image = |block: usize| {
            let image = self
                .alignment
                .image(block)
                .filter(|image| is.contains(image));
            image.map(|image| (block, image))
        };
        let before = (was.start..self.block).rev().find_map(image);
        let after = (self.block + 1..was.end).find_map(image);
        let first = before.map_or((was.start, is.start), |(old, new)| (old + 1, new + 1));
        let last = after.unwrap_or((was.end, is.end));
        let is_gone = |block: &usize| self.alignment.image(*block).is_none();
        let gone = (first.0..last.0).filter(is_gone).count();
        let rank = (first.0..self.block).filter(is_gone).count();
        let free = (first.1..last.1).filter(|block| self.alignment.is_free(*block));
        (free.collect(), rank, gone)
    }

    /// Whether a free block stands in its place, the same number in order; any does where more came
    /// than went.
    fn place(&self, text: &Text, block: usize) -> Placed {
        let Some((free, rank, gone)) = self.home().map(|home| self.gap(text, home.section)) else {
            return Placed::No;
        };
        match free.len().cmp(&gone) {
            Ordering::Equal if free == [block] => Placed::Alone,
            Ordering::Equal if free.get(rank) == Some(&block) => Placed::AmongOthers,
            Ordering::Greater if free.contains(&block) => Placed::AmongOthers,
            _ => Placed::No,
        }
    }

    /// Whether a block could be what became of it without having left its section; of a section
    /// that is gone any that is in no record, as it was in none.
    fn is_own(&self, text: &Text, block: usize) -> bool {
        let section = text.section(block);
        let is_at_home = match self.home() {
            Some(home) => home.section == section,
            None => {
                self.alignment.record_home(self.section) == RecordHome::Outside
                    && self.alignment.new_record(section).is_none()
            }
        };
        is_at_home && self.alignment.is_free(block)
    }

    /// What became of it in its section: certain where nothing else is nearly as like it, or where
    /// it stands in its place.
    fn at_home(&self, search: &Search, traces: &[Trace]) -> Option<Resolution> {
        let text = search.text;
        let mut own = traces.iter().filter(|trace| self.is_own(text, trace.block));
        let like = |trace: &&Trace| trace.distance <= LIKE;
        let best = own.next().filter(like)?;
        let found = search.found(best).filter(|found| found.is_kept)?;
        let next = own.next().map_or(FARTHEST, |trace| trace.distance);
        let others = traces.iter().filter(|trace| trace.block != best.block);
        let other = others
            .map(|trace| trace.distance)
            .min()
            .unwrap_or(FARTHEST)
            .min(FARTHEST);
        let is_copy = text.hash(best.block) == Some(self.hash);
        let is_alone = if found.is_enough { 2 } else { 3 } * best.distance < other;
        let is_placed = 2 * best.distance <= next
            && found.is_enough
            && match self.place(text, best.block) {
                Placed::No => false,
                Placed::Alone if best.distance <= NEAR => true,
                _ => best.distance <= PLACED && best.distance <= other,
            };
        if !is_copy && found.is_firm && (is_alone || is_placed) {
            return Some(self.certain(self.named(text, found.passage)));
        }
        let copy = || self.copy_elsewhere(search, traces);
        Some(Resolution::Unsure(
            copy().map_or(found.passage, |copy| copy.passage),
        ))
    }

    /// A free block with the very same words: where it was swapped to.
    fn copy_elsewhere(&self, search: &Search, traces: &[Trace]) -> Option<Found> {
        let same = traces
            .iter()
            .filter(|trace| search.text.hash(trace.block) == Some(self.hash));
        let free = same.filter(|trace| {
            self.alignment.is_free(trace.block) && self.is_trace(search.text, trace)
        });
        let nearest = free.min_by_key(|trace| self.distance(search.text, trace.block))?;
        search.found(nearest)
    }

    /// A copy of what stood in several places is no trace of it in a section that nothing of the
    /// old edition came to.
    fn is_trace(&self, text: &Text, trace: &Trace) -> bool {
        let is_repeated = self.alignment.count(self.block) > 1;
        if !is_repeated || text.hash(trace.block) != Some(self.hash) {
            return true;
        }
        let section = text.section(trace.block);
        let came =
            |mut blocks: std::ops::Range<usize>| blocks.any(|block| !self.alignment.is_free(block));
        self.alignment.source(section).is_some() || came(text.blocks_of(section))
    }

    fn distance(&self, text: &Text, block: usize) -> super::text::Distance {
        text.distance(self.home().map(|home| home.section), block)
    }

    /// Free blocks anywhere that are like it: the very words first, then the nearest path.
    fn elsewhere(&self, search: &Search, traces: &[Trace]) -> Resolution {
        let text = search.text;
        let is_possible = |trace: &&Trace| {
            trace.distance <= TRACE
                && self.alignment.is_free(trace.block)
                && self.is_trace(text, trace)
        };
        let from = self.home().map(|home| home.section);
        search.most_like(self.anchor, from, traces.iter().filter(is_possible))
    }
}
