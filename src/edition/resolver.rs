//! Finds saved passages again in a report, also in another edition of it, and how certain
//! that is. By the diff of both editions' block hashes where the old edition is known, else by
//! the words of quote and context.

use std::{collections::BTreeMap, ops::Range};

use super::{
    Edition,
    alignment::Images,
    anchor::{Anchor, Resolution, Selector},
    candidates::{self, Candidate, Situation, Wanted},
    word_index::Words,
};
use crate::report::{
    Report,
    position::{Passage, Position},
};

/// Thousandths of the quote's words that have to be there for it to be the same passage.
const KEPT: u32 = 350;
/// Score that is needed where the passage is expected, and by how much the next best there
/// has to fall behind.
const FLOOR_HERE: u32 = 420;
const MARGIN_HERE: u32 = 200;
/// The same for any other place; there everything that is like it counts.
const FLOOR: u32 = 550;
const MARGIN: u32 = 250;
/// Fewest words of evidence for a place where it is not expected.
const EVIDENCE: usize = 6;
/// By how much a place elsewhere may be better than the expected one.
const PULL: u32 = 150;
/// Score from which a place is offered.
const OFFER: u32 = 300;
/// The same where there is no better one, and how many of those.
const FAINT: u32 = 100;
const MOST_FAINT: usize = 5;
/// Most candidates that are offered where the exact text is found.
const MOST_PLACES: usize = 50;

/// Finds passages in one report.
#[derive(Debug)]
pub struct Resolver<'a> {
    report: &'a Report,
    edition: &'a Edition,
    /// Where the blocks of other editions are in this one.
    images: BTreeMap<String, Images>,
    /// Position of each block, counted through all sections.
    blocks: Vec<Position>,
    /// Made when a passage has to be searched for.
    words: Option<Words>,
}

impl<'a> Resolver<'a> {
    /// `edition` is that of the report.
    pub fn new(report: &'a Report, edition: &'a Edition) -> Self {
        let of_section = |(s, section): (usize, &crate::report::Section)| {
            (0..section.blocks.len()).map(move |b| Position::new(s, b, 0))
        };
        let blocks = report
            .sections
            .iter()
            .enumerate()
            .flat_map(of_section)
            .collect();
        Self {
            report,
            edition,
            images: BTreeMap::new(),
            blocks,
            words: None,
        }
    }

    /// Takes another edition, so that passages that were marked in it are followed by it.
    pub fn learn(&mut self, old: &Edition) {
        self.images
            .insert(old.hash.clone(), Images::new(old, self.edition));
    }

    /// Whether the edition is this one or has been learnt.
    pub fn knows(&self, edition: &str) -> bool {
        edition == self.edition.hash || self.images.contains_key(edition)
    }

    /// Finds a passage. Never panics, whatever the anchor says.
    pub fn resolve(&mut self, anchor: &Anchor) -> Resolution {
        let stands = anchor.at_selector(self.report);
        if let Some(passage) = stands.filter(|_| anchor.edition == self.edition.hash) {
            return Resolution::Exact(passage);
        }
        let images = self.images.get(&anchor.edition);
        if let Some((found, is_in_order)) =
            images.and_then(|images| by_images(self.report, &self.blocks, images, anchor))
        {
            return if is_in_order {
                found
            } else {
                self.unless_it_stayed(anchor, found)
            };
        }
        // Of an edition that is not known: only the words around it can help.
        if let Some(passage) = stands
            .filter(|passage| images.is_none() && anchor.has_its_context(self.report, *passage))
        {
            return Resolution::Exact(passage);
        }
        let (found, evidence) = self.candidates(anchor);
        decide(self.report, anchor, &found, evidence)
    }

    /// A block whose exact text is elsewhere has moved, unless it is a copy and the block itself
    /// is still where it was, changed.
    fn unless_it_stayed(&mut self, anchor: &Anchor, found: Resolution) -> Resolution {
        let stayed = |candidate: &Candidate| candidate.is_expected && candidate.score >= FLOOR_HERE;
        match found.passage() {
            Some(passage) if self.candidates(anchor).0.iter().any(stayed) => {
                Resolution::Unsure(passage)
            }
            _ => found,
        }
    }

    /// Every place that could be the passage, the best first; for the reader to choose from: where
    /// its exact text is, then similar passages; where there is neither, a few that
    /// resemble it.
    pub fn places(&mut self, anchor: &Anchor) -> Vec<Passage> {
        let found = self.candidates(anchor).0;
        offered(self.exact_matches(anchor), &found)
    }

    /// Where the exact text of a quote within one block is, in reading order.
    fn exact_matches(&self, anchor: &Anchor) -> Vec<Passage> {
        let in_block = |at: &Position| {
            let found = self
                .report
                .text_at(*at)
                .match_indices(&anchor.quote)
                .map(|(byte, _)| Position { byte, ..*at });
            found
                .map(|start| {
                    Passage::new(
                        start,
                        Position {
                            byte: start.byte + anchor.quote.len(),
                            ..start
                        },
                    )
                })
                .collect::<Vec<_>>()
        };
        let blocks = self.blocks.iter().filter(|_| !anchor.quote.is_empty());
        blocks.flat_map(in_block).take(MOST_PLACES).collect()
    }

    /// Candidates, and the words of evidence that they were compared by.
    fn candidates(&mut self, anchor: &Anchor) -> (Vec<Candidate>, usize) {
        let words = self.words.get_or_insert_with(|| Words::of(self.report));
        let wanted = Wanted::new(anchor, words);
        let images = self.images.get(&anchor.edition);
        let known = images.and_then(|images| Some((images, own_blocks(images, anchor)?)));
        let section = section_of(self.report, words, anchor);
        let expected = match &known {
            Some((images, own)) => images
                .expected(own)
                .into_iter()
                .filter_map(|blocks| within(blocks, section.as_ref()))
                .collect(),
            None => Vec::new(),
        };
        let is_single = known
            .as_ref()
            .is_some_and(|(images, own)| images.is_unique(own.start));
        let situation = Situation {
            images: known,
            expected,
            is_single,
        };
        (
            candidates::candidates(self.report, words, &wanted, &situation),
            wanted.evidence(),
        )
    }
}

/// Places that are exact, then those that are like the passage; where there is neither, a few that
/// are a little like it.
fn offered(exact: Vec<Passage>, found: &[Candidate]) -> Vec<Passage> {
    let like = |least: u32| {
        let found = found.iter().filter(move |place| place.likeness >= least);
        found.map(|place| place.passage)
    };
    let is_new = |place: &Passage| !exact.contains(place);
    let more: Vec<Passage> = like(OFFER).filter(is_new).collect();
    let offered = [exact, more].concat();
    if offered.is_empty() {
        return like(FAINT).take(MOST_FAINT).collect();
    }
    offered
}

/// The old blocks that an anchor touches.
fn own_blocks(images: &Images, anchor: &Anchor) -> Option<Range<usize>> {
    let (start, end) = (
        images.block_of(&anchor.start)?,
        images.block_of(&anchor.end)?,
    );
    (start <= end).then_some(start..end + 1)
}

/// The blocks of the section that the anchor names.
fn section_of(report: &Report, words: &Words, anchor: &Anchor) -> Option<Range<usize>> {
    let section = report.section_index(&anchor.start.section)?;
    let first = words.block_at(Position::new(section, 0, 0))?;
    Some(first..first + report.sections.get(section)?.blocks.len())
}

/// The part of a range that lies in the section, where the report still has that.
fn within(blocks: Range<usize>, section: Option<&Range<usize>>) -> Option<Range<usize>> {
    let Some(section) = section else {
        return Some(blocks);
    };
    let part = blocks.start.max(section.start)..blocks.end.min(section.end);
    (!part.is_empty()).then_some(part)
}

/// If both ends are in blocks with the same words: the same bytes there, and whether they are
/// still between the same neighbours.
fn by_images(
    report: &Report,
    blocks: &[Position],
    images: &Images,
    anchor: &Anchor,
) -> Option<(Resolution, bool)> {
    let own = own_blocks(images, anchor)?;
    let (start, end) = (images.image(own.start)?, images.image(own.end - 1)?);
    let is_whole = start <= end && end - start <= 2 * own.len() + 4;
    let (first, last) = (*blocks.get(start)?, *blocks.get(end)?);
    let at = |position: Position, place: &Selector| {
        report
            .text_at(position)
            .is_char_boundary(place.byte)
            .then_some(Position {
                byte: place.byte,
                ..position
            })
    };
    let passage = Passage::new(at(first, &anchor.start)?, at(last, &anchor.end)?);
    if !is_whole || passage.start() > passage.end() {
        return None;
    }
    if report.text_of(passage) == anchor.quote {
        let is_in_order = images
            .expected(&own)
            .iter()
            .any(|blocks| blocks.contains(&start));
        return Some((anchor.resolution_at(report, passage), is_in_order));
    }
    (own.len() > 1).then_some((Resolution::Changed(passage), true))
}

/// Takes the best place where it is good enough and no other is nearly as good.
fn decide(report: &Report, anchor: &Anchor, found: &[Candidate], evidence: usize) -> Resolution {
    let pulled =
        |candidate: &Candidate| candidate.score + if candidate.is_expected { PULL } else { 0 };
    let best = found
        .iter()
        .enumerate()
        .max_by_key(|(at, candidate)| (pulled(candidate), std::cmp::Reverse(*at)));
    let Some((at, best)) = best.filter(|(_, best)| best.score >= OFFER) else {
        return Resolution::Orphaned;
    };
    let mut rivals = found
        .iter()
        .enumerate()
        .filter(|(other, _)| *other != at)
        .map(|(_, rival)| rival);
    let is_sure = best.kept >= KEPT
        && best.is_firm
        && if best.is_expected {
            best.score >= FLOOR_HERE
                && !rivals.any(|rival| rival.is_expected && rival.score + MARGIN_HERE > best.score)
        } else {
            best.score >= FLOOR
                && evidence >= EVIDENCE
                && !rivals.any(|rival| rival.likeness + MARGIN > best.score)
        };
    if !is_sure {
        return Resolution::Unsure(best.passage);
    }
    anchor.resolution_at(report, best.passage)
}

#[cfg(test)]
mod tests;
