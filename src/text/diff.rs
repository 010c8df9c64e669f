//! Matches the items of two lists in order: blocks of two editions, words of two texts. Common ends
//! first, then items that are unique on both sides (patience diff), then the longest common
//! subsequence of the rest.

use std::ops::Range;

/// Most bits in the table of one longest common subsequence: 8 MiB.
const LARGEST_TABLE: usize = 1 << 26;
/// How often ranges are split at unique items.
const DEEPEST: usize = 64;

/// A range of each list that is yet to be aligned.
struct Gap {
    old: Range<usize>,
    new: Range<usize>,
    depth: usize,
}

/// Pairs of equal items as indices of `old` and `new`, both ascending. Deterministic. Gaps without
/// unique items that are very long on both sides get no pairs.
pub fn pairs(old: &[u32], new: &[u32]) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    let mut gaps = vec![Gap {
        old: 0..old.len(),
        new: 0..new.len(),
        depth: 0,
    }];
    while let Some(mut gap) = gaps.pop() {
        strip_ends(old, new, &mut gap, &mut found);
        if gap.old.is_empty() || gap.new.is_empty() {
            continue;
        }
        let (Some(left), Some(right)) = (old.get(gap.old.clone()), new.get(gap.new.clone())) else {
            continue;
        };
        let shift = |(a, b): (usize, usize)| (a + gap.old.start, b + gap.new.start);
        let firm: Vec<(usize, usize)> = rising(&unique(left, right))
            .into_iter()
            .map(shift)
            .collect();
        if firm.is_empty() || gap.depth >= DEEPEST {
            found.extend(common_subsequence(left, right).into_iter().map(shift));
            continue;
        }
        let (mut a, mut b) = (gap.old.start, gap.new.start);
        for &(x, y) in firm.iter().chain(&[(gap.old.end, gap.new.end)]) {
            gaps.push(Gap {
                old: a..x,
                new: b..y,
                depth: gap.depth + 1,
            });
            (a, b) = (x + 1, y + 1);
        }
        found.extend(firm);
    }
    found.sort_unstable();
    found
}

fn strip_ends(old: &[u32], new: &[u32], gap: &mut Gap, found: &mut Vec<(usize, usize)>) {
    while !gap.old.is_empty()
        && !gap.new.is_empty()
        && old.get(gap.old.start) == new.get(gap.new.start)
    {
        found.push((gap.old.start, gap.new.start));
        gap.old.start += 1;
        gap.new.start += 1;
    }
    while !gap.old.is_empty()
        && !gap.new.is_empty()
        && old.get(gap.old.end - 1) == new.get(gap.new.end - 1)
    {
        gap.old.end -= 1;
        gap.new.end -= 1;
        found.push((gap.old.end, gap.new.end));
    }
}

/// Items that are unique in each list, in the order of the old one.
fn unique(old: &[u32], new: &[u32]) -> Vec<(usize, usize)> {
    let (old, new) = (once(old), once(new));
    let (mut a, mut b) = (old.iter().peekable(), new.iter().peekable());
    let mut found = Vec::new();
    while let (Some(x), Some(y)) = (a.peek(), b.peek()) {
        match x.0.cmp(&y.0) {
            std::cmp::Ordering::Less => drop(a.next()),
            std::cmp::Ordering::Greater => drop(b.next()),
            std::cmp::Ordering::Equal => {
                found.push((x.1, y.1));
                a.next();
                b.next();
            }
        }
    }
    found.sort_unstable();
    found
}

/// Unique items with their index, by item.
fn once(items: &[u32]) -> Vec<(u32, usize)> {
    let mut sorted: Vec<(u32, usize)> = items.iter().copied().zip(0..).collect();
    sorted.sort_unstable();
    let chunks = sorted.chunk_by(|a, b| a.0 == b.0);
    chunks
        .filter(|chunk| chunk.len() == 1)
        .flatten()
        .copied()
        .collect()
}

/// The longest part of pairs, ascending by their first, in which the second ascends too.
pub fn rising(pairs: &[(usize, usize)]) -> Vec<(usize, usize)> {
    // For each length, the index of the pair that ends the best chain of that length.
    let mut ends: Vec<usize> = Vec::new();
    let mut before: Vec<Option<usize>> = Vec::with_capacity(pairs.len());
    let second = |index: usize| pairs.get(index).map_or(usize::MAX, |pair| pair.1);
    for (index, pair) in pairs.iter().enumerate() {
        let at = ends.partition_point(|&end| second(end) < pair.1);
        before.push(at.checked_sub(1).and_then(|at| ends.get(at).copied()));
        match ends.get_mut(at) {
            Some(end) => *end = index,
            None => ends.push(index),
        }
    }
    let mut chain = Vec::with_capacity(ends.len());
    let mut next = ends.last().copied();
    while let Some(index) = next {
        chain.extend(pairs.get(index));
        next = before.get(index).copied().flatten();
    }
    chain.reverse();
    chain
}

/// Pairs of a longest common subsequence, by the bit-parallel table of Crochemore et al.
/// (2001) in the form of Hyyrö (2004). Empty where the table would be too large.
fn common_subsequence(old: &[u32], new: &[u32]) -> Vec<(usize, usize)> {
    let row = old.len().div_ceil(64);
    if row.saturating_mul(64).saturating_mul(new.len()) > LARGEST_TABLE {
        return Vec::new();
    }
    let table = table(old, new, row);
    let is_set = |j: usize, i: usize| {
        table
            .get(j * row + i / 64)
            .is_some_and(|word| word >> (i % 64) & 1 == 1)
    };
    let (mut i, mut j) = (old.len(), new.len());
    let mut found = Vec::new();
    while i > 0 && j > 0 {
        if is_set(j - 1, i - 1) {
            i -= 1;
            continue;
        }
        j -= 1;
        if j == 0 || is_set(j - 1, i - 1) {
            i -= 1;
            found.push((i, j));
        }
    }
    found.reverse();
    found
}

/// A row of bits for each new item; a zero bit says that the subsequence grows at that old item.
fn table(old: &[u32], new: &[u32], row: usize) -> Vec<u64> {
    let mut places: Vec<(u32, usize)> = old.iter().copied().zip(0..).collect();
    places.sort_unstable();
    let mut rows = Vec::with_capacity(row * new.len());
    let mut bits = vec![u64::MAX; row];
    let mut mask = vec![0_u64; row];
    for item in new {
        mask.fill(0);
        let first = places.partition_point(|place| place.0 < *item);
        for (_, i) in places
            .iter()
            .skip(first)
            .take_while(|place| place.0 == *item)
        {
            if let Some(word) = mask.get_mut(i / 64) {
                *word |= 1 << (i % 64);
            }
        }
        let mut carry = false;
        for (bits, mask) in bits.iter_mut().zip(&mask) {
            let matched = *bits & mask;
            let (sum, first) = bits.overflowing_add(matched);
            let (sum, second) = sum.overflowing_add(u64::from(carry));
            carry = first || second;
            *bits = sum | (*bits & !mask);
        }
        rows.extend_from_slice(&bits);
    }
    rows
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Length of the longest common subsequence, by the textbook's table.
    fn longest(old: &[u32], new: &[u32]) -> usize {
        let mut row = vec![0; new.len() + 1];
        for a in old {
            let mut diagonal = 0;
            for (j, b) in new.iter().enumerate() {
                let above = row[j + 1];
                row[j + 1] = if a == b {
                    diagonal + 1
                } else {
                    row[j + 1].max(row[j])
                };
                diagonal = above;
            }
        }
        row[new.len()]
    }

    proptest! {
        #[test]
        fn pairs_are_equal_items_in_order(old in prop::collection::vec(0_u32..12, 0..150), new in prop::collection::vec(0_u32..12, 0..150)) {
            let found = pairs(&old, &new);
            prop_assert!(found.iter().all(|&(a, b)| old[a] == new[b]));
            prop_assert!(found.windows(2).all(|two| two[0].0 < two[1].0 && two[0].1 < two[1].1));
            prop_assert_eq!(common_subsequence(&old, &new).len(), longest(&old, &new));
        }
    }

    #[test]
    fn a_moved_item_does_not_tear_the_others_apart() {
        assert_eq!(
            pairs(&[1, 2, 3, 4, 5], &[5, 1, 2, 3, 4]),
            [(0, 1), (1, 2), (2, 3), (3, 4)]
        );
        assert_eq!(pairs(&[1, 9, 9, 2], &[1, 9, 2]), [(0, 0), (1, 1), (3, 2)]);
        assert_eq!(pairs(&[], &[1]), []);
    }

    #[test]
    fn two_long_lists_without_unique_items_take_little_time() {
        let many: Vec<u32> = (0..100_000).map(|n| n % 7).collect();
        let other: Vec<u32> = (0..100_000).map(|n| n % 5 + 1).collect();
        assert!(pairs(&many, &other).len() <= many.len());
    }
}
