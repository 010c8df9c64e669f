//! Where the passage that a quote has become begins and ends.

use std::ops::Range;

use super::needle::Needle;
use crate::{
    edition::word_index::Words,
    report::{
        Report,
        position::{Passage, Position},
    },
};

/// The words that the quote has become: from its first to its last word that is still there,
/// and the changed ones at its ends up to its old neighbours.
pub(super) fn image(
    words: &Words,
    needle: &Needle,
    pairs: &[(usize, usize)],
    first: (usize, usize),
    last: (usize, usize),
) -> Range<usize> {
    let lead = first.0 - needle.quote.start;
    let before = pairs.iter().rev().find(|pair| pair.0 < needle.quote.start);
    let start = match before {
        Some(before) if first.1 - before.1 <= 2 * (first.0 - before.0) + 1 => {
            before.1 + needle.quote.start - before.0
        }
        _ => first.1.saturating_sub(lead.min(4)),
    };
    let tail = needle.quote.end - 1 - last.0;
    let after = pairs.iter().find(|pair| pair.0 >= needle.quote.end);
    let end = match after {
        Some(after) if after.1 - last.1 <= 2 * (after.0 - last.0) + 1 => {
            (after.1 + needle.quote.end).saturating_sub(after.0)
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
    let start = if needle.begins_block && start - head.start <= lead + 4 {
        head.start
    } else {
        start
    };
    let end = if needle.ends_block && foot.end.saturating_sub(end) <= tail + 4 {
        foot.end
    } else {
        end
    };
    start..end
}

/// The passage of a range of words: whole blocks where the quote was, with the marks at
/// the ends of the quote.
pub(super) fn passage(
    report: &Report,
    words: &Words,
    needle: &Needle,
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
        .zip(needle.opening.chars().rev())
        .take_while(|(a, b)| a == b);
    let closing = after
        .chars()
        .zip(needle.closing.chars())
        .take_while(|(a, b)| a == b);
    let start = if needle.begins_block && is_at_start {
        0
    } else {
        before.len() - opening.map(|pair| pair.0.len_utf8()).sum::<usize>()
    };
    let end = last.end as usize;
    let end = if needle.ends_block && is_at_end {
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
