//! Which blocks of two editions are each other, changed: by the words that they share.

use std::collections::HashMap;

use unicode_segmentation::UnicodeSegmentation;

use crate::{edition::fingerprint, report::Block, text::word_diff};

/// Likeness, in thousandths, from which one block is the other one changed.
const LIKE: usize = 400;
/// Most pairs of blocks between two that stayed that are compared word by word.
const PAIRS: usize = 20_000;

/// Blocks that are each other changed, in order: of all ways to pair them the one in which most
/// is alike. None where there are too many to look at.
pub(super) fn alike(old: &[&Block], new: &[&Block]) -> Vec<(usize, usize)> {
    if old.is_empty() || new.is_empty() || old.len().saturating_mul(new.len()) > PAIRS {
        return Vec::new();
    }
    let mut numbers: HashMap<u64, u32> = HashMap::new();
    let mut fold = |block: &Block| -> Vec<u32> {
        let words = block.text.unicode_words().map(fingerprint::word);
        words
            .map(|word| {
                let next = numbers.len() as u32;
                *numbers.entry(word).or_insert(next)
            })
            .collect()
    };
    let (a, b): (Vec<Vec<u32>>, Vec<Vec<u32>>) = (
        old.iter().copied().map(&mut fold).collect(),
        new.iter().copied().map(&mut fold).collect(),
    );
    let (bag_a, bag_b) = (sorted(&a), sorted(&b));
    // In whatever order: no more than that can be alike, and it is known far sooner.
    let at_most = |i: usize, j: usize| match (bag_a.get(i), bag_b.get(j)) {
        (Some(a), Some(b)) => (2_000 * in_common(a, b))
            .checked_div(a.len() + b.len())
            .unwrap_or(1_000),
        _ => 0,
    };
    let likeness = |i: usize, j: usize| match (a.get(i), b.get(j)) {
        (Some(a), Some(b)) if at_most(i, j) >= LIKE => {
            Some(word_diff::likeness(a, b)).filter(|likeness| *likeness >= LIKE)
        }
        _ => None,
    };
    best_pairs(a.len(), b.len(), likeness)
}

fn sorted(blocks: &[Vec<u32>]) -> Vec<Vec<u32>> {
    let mut sorted = blocks.to_vec();
    sorted.iter_mut().for_each(|words| words.sort_unstable());
    sorted
}

/// How many words two sorted lists have in common, each as often as it is in both.
fn in_common(a: &[u32], b: &[u32]) -> usize {
    let mut others = b.iter().peekable();
    let is_there = |word: &&u32| {
        while others.next_if(|other| other < word).is_some() {}
        others.next_if(|other| other == word).is_some()
    };
    a.iter().filter(is_there).count()
}

/// The pairs, ascending on both sides, with the highest sum.
fn best_pairs(
    rows: usize,
    columns: usize,
    value: impl Fn(usize, usize) -> Option<usize>,
) -> Vec<(usize, usize)> {
    let values: Vec<Vec<Option<usize>>> = (0..rows)
        .map(|i| (0..columns).map(|j| value(i, j)).collect())
        .collect();
    let at = |table: &[Vec<usize>], i: usize, j: usize| {
        table
            .get(i)
            .and_then(|row| row.get(j))
            .copied()
            .unwrap_or(0)
    };
    let mut sums = vec![vec![0_usize; columns + 1]; rows + 1];
    for (i, row) in values.iter().enumerate() {
        for (j, value) in row.iter().enumerate() {
            let paired = value.map_or(0, |value| at(&sums, i, j) + value);
            let best = paired.max(at(&sums, i, j + 1)).max(at(&sums, i + 1, j));
            sums.get_mut(i + 1)
                .and_then(|row| row.get_mut(j + 1))
                .into_iter()
                .for_each(|sum| *sum = best);
        }
    }
    let (mut i, mut j) = (rows, columns);
    let mut found = Vec::new();
    while i > 0 && j > 0 {
        let here = at(&sums, i, j);
        if here == at(&sums, i - 1, j) {
            i -= 1;
        } else if here == at(&sums, i, j - 1) {
            j -= 1;
        } else {
            (i, j) = (i - 1, j - 1);
            found.push((i, j));
        }
    }
    found.reverse();
    found
}
