//! Finds saved passages again in a report, also in another edition of it, and how certain that is.
//! By the alignment of both editions where the old one is known, else by path and words alone.

mod extent;
mod following;
mod needle;
mod search;
mod text;
mod unknown;

use super::{
    Edition,
    anchor::{Anchor, Resolution, Selector},
    fingerprint,
    outline_alignment::{Alignment, RecordHome},
    word_index::Words,
};
use crate::report::{
    Report,
    position::{Passage, Position},
};
use following::{Origin, Sight};
use search::{Search, Trace};
use text::Text;

/// Thousandths of the words: how far a place that is offered may be away; where there is none,
/// how far one that is hardly like it, and how many of those.
const OFFER: usize = 700;
const FAINT: usize = 900;
const MOST_FAINT: usize = 5;
/// Most places that are offered where the exact text is.
const MOST_PLACES: usize = 50;
/// Most editions that a passage is carried over.
const MOST_CARRIED: usize = 8;

/// Finds passages in one report.
#[derive(Debug)]
pub struct Resolver<'a> {
    text: Text<'a>,
    /// Other editions, in the order in which they were learnt.
    known: Vec<Known>,
    /// Made when a passage has to be searched for.
    words: Option<Words>,
}

/// An edition and how it is aligned with that of the report.
#[derive(Debug)]
struct Known {
    edition: Edition,
    alignment: Alignment,
    /// Alignments with other known editions, by their index.
    others: Vec<(usize, Alignment)>,
}

impl<'a> Resolver<'a> {
    /// `edition` is that of the report.
    pub fn new(report: &'a Report, edition: &'a Edition) -> Self {
        Self {
            text: Text::new(report, edition),
            known: Vec::new(),
            words: None,
        }
    }

    /// Takes another edition, so that passages that were marked in it are followed by it. Of
    /// several each may help to follow the passages of the others.
    pub fn learn(&mut self, old: &Edition) {
        if !self.known.iter().any(|known| known.edition.is(&old.hash)) {
            self.known.push(Known {
                edition: old.clone(),
                alignment: Alignment::new(old, self.text.edition),
                others: Vec::new(),
            });
        }
    }

    /// Whether the edition is this one or has been learnt.
    pub fn knows(&self, edition: &str) -> bool {
        self.text.edition.is(edition) || self.known.iter().any(|known| known.edition.is(edition))
    }

    /// Finds a passage. Never panics, whatever the anchor says.
    pub fn resolve(&mut self, anchor: &Anchor) -> Resolution {
        if self.text.edition.is(&anchor.edition) {
            if let Some(passage) = anchor.at_selector(self.text.report) {
                return Resolution::Exact(passage);
            }
            // Only marks differ.
            self.learn(self.text.edition);
        }
        let direct = self.direct(anchor);
        if direct.is_certain() {
            return direct;
        }
        self.carried(anchor).unwrap_or(direct)
    }

    /// Straight from the edition of the anchor.
    fn direct(&mut self, anchor: &Anchor) -> Resolution {
        let Some((first, last)) = ends(anchor) else {
            return self.in_block(anchor);
        };
        let (start, end) = (self.in_block(&first), self.in_block(&last));
        self.joined(anchor, start, end)
    }

    /// A passage of one block.
    fn in_block(&mut self, anchor: &Anchor) -> Resolution {
        let known = self
            .known
            .iter()
            .find(|known| known.edition.is(&anchor.edition));
        let origin = known.and_then(|known| known.origin(anchor));
        let image = match origin.map(|origin| origin.at_first_sight(&self.text)) {
            Some(Sight::Settled(resolution)) => return resolution,
            Some(Sight::Search(image)) => image,
            None => None,
        };
        let words = self
            .words
            .get_or_insert_with(|| Words::of(self.text.report));
        let search = Search::new(&self.text, words, anchor);
        match origin {
            Some(origin) => origin.search(&search, image),
            None => unknown::resolve(&search, anchor),
        }
    }

    /// A passage over several blocks by both of its ends: the less sure one counts.
    fn joined(&self, anchor: &Anchor, start: Resolution, end: Resolution) -> Resolution {
        let (Some(first), Some(last)) = (start.passage(), end.passage()) else {
            let left = start.passage().or(end.passage());
            return left.map_or(Resolution::Orphaned, Resolution::Unsure);
        };
        let blocks = |at: Position| self.text.blocks_of(at.section).start + at.block;
        let length = (blocks(last.end()) + 1).saturating_sub(blocks(first.start()));
        let was = anchor
            .end
            .block
            .saturating_sub(anchor.start.block)
            .saturating_add(1);
        let is_one_section = first.start().section == last.end().section
            || anchor.start.section != anchor.end.section;
        let is_whole =
            first.start() <= last.end() && is_one_section && length <= was.saturating_mul(2);
        if !is_whole {
            return Resolution::Unsure(first);
        }
        let passage = Passage::new(first.start(), last.end());
        if !start.is_certain() || !end.is_certain() {
            return Resolution::Unsure(passage);
        }
        match (start, end) {
            _ if self.text.report.text_of(passage) != anchor.quote => Resolution::Changed(passage),
            (Resolution::Exact(_), Resolution::Exact(_)) => Resolution::Exact(passage),
            _ => Resolution::Moved(passage),
        }
    }

    /// By way of another edition that has its block, word for word, for certain. Of two ways that
    /// disagree neither is certain.
    fn carried(&mut self, anchor: &Anchor) -> Option<Resolution> {
        let from = self
            .known
            .iter()
            .position(|known| known.edition.is(&anchor.edition))?;
        let is_flat = self.known.get(from)?.edition.is_flat();
        let mut found: Option<Resolution> = None;
        for over in (0..self.known.len().min(MOST_CARRIED)).filter(|over| *over != from) {
            let Some(carried) = self.carry(anchor, from, over) else {
                continue;
            };
            let one = self.direct(&carried);
            let Some(passage) = one.passage().filter(|_| one.is_certain()) else {
                continue;
            };
            match found.and_then(Resolution::passage) {
                Some(other) if other != passage => return Some(Resolution::Unsure(other)),
                _ => found = Some(named(&self.text, anchor, passage, is_flat)),
            }
        }
        found
    }

    /// The same passage in another known edition.
    fn carry(&mut self, anchor: &Anchor, from: usize, over: usize) -> Option<Anchor> {
        let has_it = |known: &Known| known.others.iter().any(|(other, _)| *other == over);
        if !self.known.get(from).is_some_and(has_it) {
            let alignment = Alignment::new(
                &self.known.get(from)?.edition,
                &self.known.get(over)?.edition,
            );
            self.known.get_mut(from)?.others.push((over, alignment));
        }
        let (was, is) = (self.known.get(from)?, &self.known.get(over)?.edition);
        let (_, alignment) = was.others.iter().find(|(other, _)| *other == over)?;
        let place = |selector: &Selector| {
            let (section, block) = was.block_of(selector)?;
            let partner = alignment
                .partner(section)
                .filter(|partner| !partner.is_loose)?;
            let blocks = is.blocks().get(..partner.section)?;
            let start: usize = blocks.iter().map(Vec::len).sum();
            let block = alignment.image(block)?.checked_sub(start)?;
            let is_there = is.blocks().get(partner.section)?.len() > block;
            let home = alignment.record_home(section);
            let is_exchanged = matches!(
                home,
                RecordHome::At {
                    is_exchanged: true,
                    ..
                }
            );
            (is_there && !is_exchanged).then(|| Selector {
                section: is.id(partner.section).to_owned(),
                block,
                ..selector.clone()
            })
        };
        Some(Anchor {
            edition: is.hash.clone(),
            start: place(&anchor.start)?,
            end: place(&anchor.end)?,
            ..anchor.clone()
        })
    }

    /// Every place that could be the passage, for the reader to choose from: where its exact text
    /// is, then similar ones, the nearest path first; where there is neither, a few that resemble
    /// it.
    pub fn places(&mut self, anchor: &Anchor) -> Vec<Passage> {
        let ends = ends(anchor);
        let home = self.home(anchor);
        let words = self
            .words
            .get_or_insert_with(|| Words::of(self.text.report));
        let start = ends.as_ref().map_or(anchor, |ends| &ends.0);
        let search = Search::new(&self.text, words, start);
        let last = ends
            .as_ref()
            .map(|(_, last)| Search::new(&self.text, words, last));
        let more = anchor.end.block.saturating_sub(anchor.start.block);
        let passage = |trace: Trace| {
            let literal = search.literal(&start.quote, trace.block);
            let first = literal.or_else(|| Some(search.found(&trace)?.passage))?;
            let tail = |last: &Search| last.found(&last.trace(trace.block.checked_add(more)?));
            let end = last
                .as_ref()
                .and_then(tail)
                .map(|found| found.passage.end());
            let end = end.filter(|end| end.section == first.end().section);
            Some(Passage::new(first.start(), end.unwrap_or(first.end())))
        };
        let traces = candidates(&search, &start.quote, home);
        traces.into_iter().filter_map(passage).collect()
    }

    /// What the section of an anchor, or the nearest one that holds it, became.
    fn home(&self, anchor: &Anchor) -> Option<usize> {
        let mut known = self.known.iter();
        let Some(known) = known.find(|known| known.edition.is(&anchor.edition)) else {
            return self.text.edition.section(&anchor.start.section);
        };
        known.home_of(known.edition.section(&anchor.start.section)?)
    }
}

/// The blocks that could have a quote: those with its very text first, the nearest path first.
fn candidates(search: &Search, quote: &str, home: Option<usize>) -> Vec<Trace> {
    let text = search.text;
    let all = 0..text.blocks.len();
    let has_it = |block: &usize| search.literal(quote, *block).is_some();
    let mut exact: Vec<usize> = all.filter(has_it).collect();
    exact.sort_by_cached_key(|block| text.distance(home, *block));
    exact.truncate(MOST_PLACES);
    let mut blocks = search.near();
    let at_home = home.into_iter().flat_map(|home| text.blocks_of(home));
    blocks.extend(at_home.take(MOST_PLACES));
    blocks.retain(|block| !exact.contains(block));
    let mut like: Vec<Trace> = blocks
        .into_iter()
        .map(|block| search.trace(block))
        .collect();
    like.sort_by_cached_key(|trace| (text.distance(home, trace.block), trace.distance));
    let is_offered = |trace: &Trace| trace.distance <= OFFER;
    if exact.is_empty() && !like.iter().any(is_offered) {
        like.retain(|trace| trace.distance <= FAINT);
        like.truncate(MOST_FAINT);
    } else {
        like.retain(is_offered);
    }
    let exact = exact.into_iter().map(|block| search.trace(block));
    exact.chain(like).collect()
}

impl Known {
    /// Section and block, counted through all sections, that a selector names, if its hash agrees.
    fn block_of(&self, place: &Selector) -> Option<(usize, usize)> {
        let section = self.edition.section(&place.section)?;
        let hash = self.edition.blocks().get(section)?.get(place.block)?;
        let block = self.alignment.blocks_of(section).start + place.block;
        (fingerprint::hex(*hash) == place.hash).then_some((section, block))
    }

    fn origin<'r>(&'r self, anchor: &'r Anchor) -> Option<Origin<'r>> {
        let (section, block) = self.block_of(&anchor.start)?;
        Some(Origin {
            alignment: &self.alignment,
            anchor,
            section,
            block,
            hash: fingerprint::parse(&anchor.start.hash)?,
            is_flat: self.edition.is_flat(),
        })
    }

    /// What a section, or the nearest one that holds it, became.
    fn home_of(&self, section: usize) -> Option<usize> {
        let path = self.edition.outline().path(section).into_iter().rev();
        path.filter_map(|at| self.alignment.partner(at))
            .map(|partner| partner.section)
            .next()
    }
}

/// Both ends of a quote over several blocks, each with what is saved of its block.
fn ends(anchor: &Anchor) -> Option<(Anchor, Anchor)> {
    let is_one =
        anchor.start.section == anchor.end.section && anchor.start.block == anchor.end.block;
    if is_one {
        return None;
    }
    let (first, rest) = anchor.quote.split_once('\n')?;
    let (most, last) = anchor.quote.rsplit_once('\n')?;
    let end = Selector {
        byte: anchor.start.byte.saturating_add(first.len()),
        ..anchor.start.clone()
    };
    let start = Selector {
        byte: anchor.end.byte.saturating_sub(last.len()),
        ..anchor.end.clone()
    };
    let first = Anchor {
        end,
        quote: first.to_owned(),
        after: format!("\n{rest}"),
        ..anchor.clone()
    };
    let last = Anchor {
        start,
        quote: last.to_owned(),
        before: format!("{most}\n"),
        ..anchor.clone()
    };
    Some((first, last))
}

/// The bytes of an anchor within one block, in a block, if the text there is the quote.
fn same_bytes(text: &Text, anchor: &Anchor, block: usize) -> Option<Passage> {
    let at = text.position(block)?;
    let bytes = anchor.start.byte..anchor.end.byte;
    let is_quote = text.text(block).get(bytes.clone()) == Some(anchor.quote.as_str());
    let place = |byte: usize| Position { byte, ..at };
    is_quote.then(|| Passage::new(place(bytes.start), place(bytes.end)))
}

/// What is said of a passage that is certainly the one that was marked. Of a flat edition numbers
/// alone are compared: it knows no paths.
fn named(text: &Text, anchor: &Anchor, passage: Passage, is_flat: bool) -> Resolution {
    if text.report.text_of(passage) != anchor.quote {
        return Resolution::Changed(passage);
    }
    let is_same = |place: &Selector, at: Position| {
        let has_path = is_flat || text.edition.id(at.section) == place.section;
        has_path && (place.block, place.byte) == (at.block, at.byte)
    };
    if is_same(&anchor.start, passage.start()) && is_same(&anchor.end, passage.end()) {
        Resolution::Exact(passage)
    } else {
        Resolution::Moved(passage)
    }
}

#[cfg(test)]
mod tests;
