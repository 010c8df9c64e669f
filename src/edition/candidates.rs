//! Searches for a passage whose block was changed, moved out of its place, or is of an unknown
//! edition: three words in a row vote for places, the best places are compared word by word.

mod evidence;
mod extent;
mod votes;
mod wanted;

use std::{cmp::Reverse, ops::Range};

use super::{alignment::Images, word_index::Words};
use crate::{
    report::{Report, position::Passage},
    text::diff,
};
use evidence::{covers_blocks, dense, is_held, is_of_another, supported};
use extent::{between, image, passage};
use votes::{BUCKET, places};
pub(super) use wanted::Wanted;

/// Most words of the blocks in which it is expected for all of them to be compared at once.
const LONGEST: usize = 2_000;
/// Words of the neighbours that are compared with the blocks in which it is expected.
const AROUND: usize = 40;
/// Words of a whole block that may be found inside another one.
const MANY: usize = 12;
/// What is known about where the passage was.
#[derive(Debug)]
pub struct Situation<'a> {
    /// Where the blocks of its edition are now, and which of them it touched.
    pub images: Option<(&'a Images, Range<usize>)>,
    /// Blocks, counted through all sections, in which it is expected.
    pub expected: Vec<Range<usize>>,
    /// Whether its edition had no other block with the words of its block.
    pub is_single: bool,
}

/// A place that could be the passage. Scores are in thousandths.
#[derive(Debug, Clone)]
pub struct Candidate {
    pub passage: Passage,
    /// Words of the evidence that are here, by their weight.
    pub score: u32,
    /// The same, also where this is known to be another passage.
    pub likeness: u32,
    /// Words of the quote that are here, by their weight.
    pub kept: u32,
    /// Whether it is where it is expected.
    pub is_expected: bool,
    /// Whether the words around a short quote are around it here too, and the passage is not
    /// much longer than the quote.
    pub is_firm: bool,
    /// Words of the text.
    pub(super) range: Range<usize>,
}

/// The places that could be the passage, the best first.
pub fn candidates(
    report: &Report,
    words: &Words,
    wanted: &Wanted,
    situation: &Situation,
) -> Vec<Candidate> {
    let mut found: Vec<Candidate> = Vec::new();
    let slack = (24 + wanted.words.len() / 4) as i64;
    let around = |start: i64| {
        (start - slack).max(0) as usize
            ..((start + 2 * BUCKET + slack).max(0) as usize + wanted.words.len())
                .min(words.text.len())
    };
    let voted = places(words, wanted, situation).into_iter().map(around);
    let expected = situation
        .expected
        .iter()
        .map(|blocks| words.of_blocks(blocks))
        .filter(|range| range.len() <= LONGEST);
    let expected = expected.map(|range| {
        range.start.saturating_sub(AROUND)..(range.end + AROUND).min(words.text.len())
    });
    for region in expected.chain(voted) {
        let Some(candidate) = compare(report, words, wanted, situation, &region) else {
            continue;
        };
        let overlaps = |other: &&mut Candidate| {
            other.range.start < candidate.range.end && candidate.range.start < other.range.end
        };
        match found.iter_mut().find(overlaps) {
            Some(other)
                if (other.score, other.likeness) < (candidate.score, candidate.likeness) =>
            {
                *other = candidate
            }
            Some(_) => {}
            None => found.push(candidate),
        }
    }
    found.sort_by_key(|candidate| {
        (
            Reverse((candidate.score, candidate.likeness)),
            candidate.range.start,
        )
    });
    found
}

/// Compares the wanted words with those of a region of the text.
fn compare(
    report: &Report,
    words: &Words,
    wanted: &Wanted,
    situation: &Situation,
    region: &Range<usize>,
) -> Option<Candidate> {
    let text = words.text.get(region.clone())?;
    let pairs = diff::pairs(&wanted.words, text)
        .into_iter()
        .map(|(i, j)| (i, j + region.start))
        .collect();
    let pairs = supported(pairs);
    let likeness = wanted.share(&pairs, &wanted.evidence);
    let ours: Vec<(usize, usize)> = pairs
        .iter()
        .copied()
        .filter(|pair| !wanted.near.contains(&pair.0) || !is_of_another(words, situation, pair.1))
        .collect();
    let quoted = dense(
        words,
        ours.iter()
            .copied()
            .filter(|pair| wanted.quote.contains(&pair.0))
            .collect(),
    );
    let whole = match (quoted.first(), quoted.last()) {
        (Some(first), Some(last)) => Some(image(words, wanted, &pairs, *first, *last)),
        _ => between(words, wanted, &ours),
    };
    let is_found = whole.is_some();
    let range = whole.or_else(|| Some(pairs.first()?.1..pairs.last()?.1 + 1))?;
    let at = words.places.get(range.start)?.block as usize;
    let is_expected = situation.expected.iter().any(|blocks| blocks.contains(&at));
    let is_block = wanted.begins_block && wanted.ends_block;
    let is_alone = is_block && is_expected && situation.is_single;
    let is_tight = range.len() <= 2 * wanted.quote.len() + 12
        && (!is_block || quoted.len() > MANY || covers_blocks(words, &range));
    let near = if is_alone {
        wanted.share(&ours, &wanted.near)
    } else {
        0
    };
    let score = wanted.share(&ours, &wanted.evidence).max(near);
    Some(Candidate {
        passage: passage(report, words, wanted, &range)?,
        score: if is_found { score } else { 0 },
        likeness,
        kept: wanted.share(&quoted, &wanted.quote),
        is_expected,
        is_firm: is_tight && is_held(wanted, &ours, &quoted, is_alone),
        range,
    })
}
