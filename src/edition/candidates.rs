//! Looks for a passage whose block was changed, moved out of its place, or is of an unknown
//! edition: three words in a row vote for places, the best places are compared word by word.

use std::{collections::BTreeMap, ops::Range};

use unicode_segmentation::UnicodeSegmentation;

use super::{
    alignment::Images,
    anchor::{Anchor, CONTEXT},
    fingerprint,
    word_index::Words,
};
use crate::{
    report::{
        Report,
        position::{Passage, Position},
    },
    text::diff,
};

/// Words of evidence below which the words of neighbouring blocks count too.
const LITTLE: usize = 12;
/// Three words in a row that stand more often than this say nothing of where to look.
const COMMON: usize = 200;
/// Most places that are compared word by word.
const PLACES: usize = 12;
/// Most words of the blocks in which it is expected for all of them to be compared at once.
const LONGEST: usize = 2_000;
/// Words of the neighbours that are looked at with the blocks in which it is expected.
const AROUND: usize = 40;
/// Words of a whole block that may be found inside another one.
const MANY: usize = 12;
/// Words by which places are told apart.
const BUCKET: i64 = 32;

/// What is looked for: the words of a quote between those around it.
#[derive(Debug)]
pub struct Wanted {
    words: Vec<u32>,
    weights: Vec<u32>,
    quote: Range<usize>,
    /// The words that say whether it is the same passage: those of the same block, and some
    /// of its neighbours where they are few.
    evidence: Range<usize>,
    /// The quote and what stood in the same block around it.
    near: Range<usize>,
    /// Whether the quote begins, or ends, where its block does.
    begins_block: bool,
    ends_block: bool,
    /// What stands in the quote before its first and after its last word.
    opening: String,
    closing: String,
}

/// What is known of where the passage was.
#[derive(Debug)]
pub struct Situation<'a> {
    /// Where the blocks of its edition stand now, and which of them it touched.
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
    /// Words of the evidence that stand here, by their weight.
    pub score: u32,
    /// The same, also where this is known to be another passage.
    pub likeness: u32,
    /// Words of the quote that stand here, by their weight.
    pub kept: u32,
    /// Whether it stands where it is expected.
    pub is_expected: bool,
    /// Whether the words around a short quote stand around it here too, and the passage is not
    /// much longer than the quote.
    pub is_firm: bool,
    /// Words of the text.
    pub(super) range: Range<usize>,
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

    /// Words that say whether it is the same passage.
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
    fn share(&self, pairs: &[(usize, usize)], range: &Range<usize>) -> u32 {
        let found = pairs
            .iter()
            .filter(|pair| range.contains(&pair.0))
            .filter_map(|pair| self.weights.get(pair.0));
        (found.sum::<u32>() * 1000)
            .checked_div(self.weight(range))
            .unwrap_or(0)
    }
}

/// The words of a text with their weights. Numbers say little: they change every year.
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

/// What stands before the first and after the last word.
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
            std::cmp::Reverse((candidate.score, candidate.likeness)),
            candidate.range.start,
        )
    });
    found
}

/// Where the wanted words would begin in the text, by the votes of each three in a row.
fn places(words: &Words, wanted: &Wanted, situation: &Situation) -> Vec<i64> {
    let expected: Vec<Range<usize>> = situation
        .expected
        .iter()
        .map(|blocks| words.of_blocks(blocks))
        .collect();
    let is_expected = |at: usize| expected.iter().any(|range| range.contains(&at));
    let mut votes: BTreeMap<i64, u32> = BTreeMap::new();
    let mut vote = |at: usize, index: usize, weight: u32| {
        *votes
            .entry((at as i64 - index as i64).div_euclid(BUCKET))
            .or_insert(0) += weight;
    };
    for (index, three) in wanted.words.windows(3).enumerate() {
        let (matches, weight) = words.places_of(three);
        if matches.len() <= COMMON {
            matches
                .iter()
                .for_each(|hit| vote(hit.1 as usize, index, weight));
            continue;
        }
        for range in &expected {
            let first = matches.partition_point(|hit| (hit.1 as usize) < range.start);
            let inside = matches
                .iter()
                .skip(first)
                .take_while(|hit| (hit.1 as usize) < range.end)
                .take(COMMON);
            inside.for_each(|hit| vote(hit.1 as usize, index, weight));
        }
    }
    let both =
        |bucket: i64| votes.get(&bucket).unwrap_or(&0) + votes.get(&(bucket + 1)).unwrap_or(&0);
    let mut ranked: Vec<(u32, i64)> = votes.keys().map(|&bucket| (both(bucket), bucket)).collect();
    ranked.sort_by_key(|&(votes, bucket)| (std::cmp::Reverse(votes), bucket));
    let start = |&(_, bucket): &(u32, i64)| bucket * BUCKET;
    let here = |place: &&(u32, i64)| {
        is_expected((start(place) + BUCKET + wanted.quote.start as i64).max(0) as usize)
    };
    let mut starts: Vec<i64> = ranked
        .iter()
        .take(PLACES)
        .chain(ranked.iter().filter(here).take(PLACES / 2))
        .map(start)
        .collect();
    let mut seen = std::collections::BTreeSet::new();
    starts.retain(|start| seen.insert(*start));
    starts
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

fn covers_blocks(words: &Words, range: &Range<usize>) -> bool {
    let block = |word: usize| {
        words
            .places
            .get(word)
            .map_or(0, |place| place.block as usize)
    };
    words.of_blocks(&(block(range.start)..block(range.end.saturating_sub(1)) + 1)) == *range
}

/// Pairs that stand near another pair on both sides: a lone common word says nothing.
fn supported(pairs: Vec<(usize, usize)>) -> Vec<(usize, usize)> {
    let is_near = |a: Option<&(usize, usize)>, b: Option<&(usize, usize)>| {
        a.zip(b)
            .is_some_and(|(a, b)| b.0 - a.0 <= 3 && b.1 - a.1 <= 3)
    };
    let keeps = |at: usize| {
        is_near(pairs.get(at), pairs.get(at + 1))
            || is_near(
                at.checked_sub(1).and_then(|before| pairs.get(before)),
                pairs.get(at),
            )
    };
    (0..pairs.len())
        .filter(|&at| keeps(at))
        .filter_map(|at| pairs.get(at).copied())
        .collect()
}

/// Leaves out blocks at both ends in which few words belong to the quote: what is between is
/// the passage, so that all of them from there on would have to.
fn dense(words: &Words, pairs: Vec<(usize, usize)>) -> Vec<(usize, usize)> {
    let block = |pair: &(usize, usize)| {
        words
            .places
            .get(pair.1)
            .map_or(0, |place| place.block as usize)
    };
    let groups: Vec<&[(usize, usize)]> = pairs.chunk_by(|a, b| block(a) == block(b)).collect();
    let is_dense = |at: usize, group: &[(usize, usize)]| {
        let (Some(first), Some(last)) = (group.first(), group.last()) else {
            return false;
        };
        let whole = words.of_blocks(&(block(first)..block(first) + 1));
        let from = if at == 0 { first.1 } else { whole.start };
        let to = if at + 1 == groups.len() {
            last.1 + 1
        } else {
            whole.end
        };
        2 * group.len() >= to - from
    };
    let kept = groups
        .iter()
        .enumerate()
        .filter(|(at, group)| is_dense(*at, group));
    kept.flat_map(|(_, group)| group.iter().copied()).collect()
}

/// Whether a word stands in a block that was another one before.
fn is_of_another(words: &Words, situation: &Situation, word: usize) -> bool {
    let Some((images, own)) = &situation.images else {
        return false;
    };
    words
        .places
        .get(word)
        .is_some_and(|place| images.is_of_another(place.block as usize, own))
}

/// A quote of a few words has to have a neighbour beside it that it had before.
fn is_held(
    wanted: &Wanted,
    pairs: &[(usize, usize)],
    quoted: &[(usize, usize)],
    is_alone: bool,
) -> bool {
    let (Some(first), Some(last)) = (quoted.first(), quoted.last()) else {
        return false;
    };
    if quoted.len() > 4 || is_alone {
        return true;
    }
    let before = |pair: &(usize, usize)| {
        pair.0 < wanted.quote.start
            && first.0 - pair.0 <= 4
            && first.0 - pair.0 == first.1.saturating_sub(pair.1)
    };
    let after = |pair: &(usize, usize)| {
        pair.0 >= wanted.quote.end
            && pair.0 - last.0 <= 4
            && pair.0 - last.0 == pair.1.saturating_sub(last.1)
    };
    pairs.iter().any(before) || pairs.iter().any(after)
}

/// Where nothing of the quote stands any more: what is now between its neighbours.
fn between(words: &Words, wanted: &Wanted, pairs: &[(usize, usize)]) -> Option<Range<usize>> {
    let before = pairs
        .iter()
        .rev()
        .find(|pair| pair.0 < wanted.quote.start)?;
    let after = pairs.iter().find(|pair| pair.0 >= wanted.quote.end)?;
    let is_one_block = words.places.get(before.1)?.block == words.places.get(after.1)?.block;
    (is_one_block && after.1 - before.1 <= 2 * wanted.quote.len() + 8)
        .then_some(before.1..after.1 + 1)
}

/// The words that the quote has become: from its first to its last word that is still there,
/// and the changed ones at its ends up to its old neighbours.
fn image(
    words: &Words,
    wanted: &Wanted,
    pairs: &[(usize, usize)],
    first: (usize, usize),
    last: (usize, usize),
) -> Range<usize> {
    let lead = first.0 - wanted.quote.start;
    let before = pairs.iter().rev().find(|pair| pair.0 < wanted.quote.start);
    let start = match before {
        Some(before) if first.1 - before.1 <= 2 * (first.0 - before.0) + 1 => {
            before.1 + wanted.quote.start - before.0
        }
        _ => first.1.saturating_sub(lead.min(4)),
    };
    let tail = wanted.quote.end - 1 - last.0;
    let after = pairs.iter().find(|pair| pair.0 >= wanted.quote.end);
    let end = match after {
        Some(after) if after.1 - last.1 <= 2 * (after.0 - last.0) + 1 => {
            (after.1 + wanted.quote.end).saturating_sub(after.0)
        }
        _ => last.1 + 1 + tail.min(4),
    };
    let block_of = |word: usize| {
        words
            .places
            .get(word)
            .map_or(0, |place| place.block as usize)
    };
    let (head, foot) = (
        words.of_blocks(&(block_of(first.1)..block_of(first.1) + 1)),
        words.of_blocks(&(block_of(last.1)..block_of(last.1) + 1)),
    );
    let start = if lead == 0 {
        first.1
    } else {
        start.clamp(head.start, first.1)
    };
    let end = if tail == 0 {
        last.1 + 1
    } else {
        end.clamp(last.1 + 1, foot.end.max(last.1 + 1))
    };
    let start = if wanted.begins_block && start - head.start <= lead + 4 {
        head.start
    } else {
        start
    };
    let end = if wanted.ends_block && foot.end.saturating_sub(end) <= tail + 4 {
        foot.end
    } else {
        end
    };
    start..end
}

/// The passage of a range of words: whole blocks where the quote was, and with the marks that
/// stood at the quote's ends.
fn passage(
    report: &Report,
    words: &Words,
    wanted: &Wanted,
    range: &Range<usize>,
) -> Option<Passage> {
    let (first, last) = (
        words.places.get(range.start)?,
        words.places.get(range.end.checked_sub(1)?)?,
    );
    let (head, foot) = (
        *words.blocks.get(first.block as usize)?,
        *words.blocks.get(last.block as usize)?,
    );
    let is_at_start = words
        .of_blocks(&(first.block as usize..first.block as usize + 1))
        .start
        == range.start;
    let is_at_end = words
        .of_blocks(&(last.block as usize..last.block as usize + 1))
        .end
        == range.end;
    let (before, after) = (
        report.text_at(head).get(..first.start as usize)?,
        report.text_at(foot).get(last.end as usize..)?,
    );
    let opening = before
        .chars()
        .rev()
        .zip(wanted.opening.chars().rev())
        .take_while(|(a, b)| a == b);
    let closing = after
        .chars()
        .zip(wanted.closing.chars())
        .take_while(|(a, b)| a == b);
    let start = if wanted.begins_block && is_at_start {
        0
    } else {
        before.len() - opening.map(|pair| pair.0.len_utf8()).sum::<usize>()
    };
    let end = last.end as usize;
    let end = if wanted.ends_block && is_at_end {
        end + after.len()
    } else {
        end + closing.map(|pair| pair.0.len_utf8()).sum::<usize>()
    };
    Some(Passage::new(
        Position {
            byte: start,
            ..head
        },
        Position { byte: end, ..foot },
    ))
}
