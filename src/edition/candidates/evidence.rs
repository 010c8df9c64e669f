//! Which of the shared words of two texts are evidence that they are the same passage.

use std::ops::Range;

use super::{Situation, wanted::Wanted};
use crate::edition::word_index::Words;

pub(super) fn covers_blocks(words: &Words, range: &Range<usize>) -> bool {
    let block = |word: usize| {
        words
            .places
            .get(word)
            .map_or(0, |place| place.block as usize)
    };
    words.of_blocks(&(block(range.start)..block(range.end.saturating_sub(1)) + 1)) == *range
}

/// Pairs with another pair nearby in both texts: a single common word is no evidence.
pub(super) fn supported(pairs: Vec<(usize, usize)>) -> Vec<(usize, usize)> {
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
pub(super) fn dense(words: &Words, pairs: Vec<(usize, usize)>) -> Vec<(usize, usize)> {
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

/// Whether a word is in a block that was another one before.
pub(super) fn is_of_another(words: &Words, situation: &Situation, word: usize) -> bool {
    let Some((images, own)) = &situation.images else {
        return false;
    };
    words
        .places
        .get(word)
        .is_some_and(|place| images.is_of_another(place.block as usize, own))
}

/// A quote of a few words has to have a neighbour beside it that it had before.
pub(super) fn is_held(
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
