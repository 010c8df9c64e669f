//! Votes: a block that stands once in each edition tells that its two sections, and those that hold
//! them, belong together. Sentences that stand in many places never vote.

use std::collections::HashMap;

use super::side::Side;

/// Sections that a block votes for on each side: its own and those that hold it.
const LEVELS: usize = 4;

/// How many blocks two sections share, for all pairs that share any.
#[derive(Debug)]
pub struct Votes {
    /// For each old section the new ones, and the other way round; ascending.
    old: Vec<Vec<(usize, u32)>>,
    new: Vec<Vec<(usize, u32)>>,
    /// The most votes of each old, and each new, section for one of its own key.
    best_of_key: (Vec<u32>, Vec<u32>),
}

/// Two sections and their votes.
#[derive(Debug, Clone, Copy)]
pub struct Pair {
    pub old: usize,
    pub new: usize,
    pub votes: u32,
}

impl Votes {
    pub fn new(old: &Side, new: &Side) -> Self {
        let mut homes: HashMap<u32, usize> = HashMap::new();
        for (kind, home) in new.blocks.iter().zip(&new.homes) {
            if new.count(*kind) == 1 && old.count(*kind) == 1 {
                homes.insert(*kind, *home);
            }
        }
        let above = |side: &Side, home: usize| -> Vec<usize> {
            std::iter::successors(Some(home), |at| side.parent(*at))
                .take(LEVELS)
                .collect()
        };
        let mut counts: HashMap<(usize, usize), u32> = HashMap::new();
        for (kind, home) in old.blocks.iter().zip(&old.homes) {
            let Some(there) = homes.get(kind) else {
                continue;
            };
            let theirs = above(new, *there);
            for one in above(old, *home) {
                theirs
                    .iter()
                    .for_each(|other| *counts.entry((one, *other)).or_default() += 1);
            }
        }
        let mut votes = Self {
            old: vec![Vec::new(); old.len()],
            new: vec![Vec::new(); new.len()],
            best_of_key: (vec![0; old.len()], vec![0; new.len()]),
        };
        for (&(one, other), &count) in &counts {
            votes
                .old
                .get_mut(one)
                .into_iter()
                .for_each(|row| row.push((other, count)));
            votes
                .new
                .get_mut(other)
                .into_iter()
                .for_each(|row| row.push((one, count)));
            if old.key(one) == new.key(other) {
                let best = &mut votes.best_of_key;
                let both = best.0.get_mut(one).into_iter().chain(best.1.get_mut(other));
                both.for_each(|best| *best = (*best).max(count));
            }
        }
        votes
            .old
            .iter_mut()
            .chain(&mut votes.new)
            .for_each(|row| row.sort_unstable());
        votes
    }

    /// The votes of two sections.
    pub fn of(&self, old: usize, new: usize) -> u32 {
        let row = self.of_old(old);
        let found = row.binary_search_by_key(&new, |vote| vote.0);
        found
            .ok()
            .and_then(|at| row.get(at))
            .map_or(0, |vote| vote.1)
    }

    /// The new sections that an old one shares blocks with.
    pub fn of_old(&self, old: usize) -> &[(usize, u32)] {
        self.old.get(old).map_or(&[], Vec::as_slice)
    }

    /// The old sections that a new one shares blocks with.
    pub fn of_new(&self, new: usize) -> &[(usize, u32)] {
        self.new.get(new).map_or(&[], Vec::as_slice)
    }

    /// The most votes that either section of a pair has for one of its own key.
    pub fn best_of_key(&self, pair: Pair) -> u32 {
        let (old, new) = &self.best_of_key;
        let most = old.get(pair.old).max(new.get(pair.new));
        most.copied().unwrap_or(0)
    }
}

/// Sorts pairs: most votes first, equal keys first among equals.
pub fn sort(pairs: &mut [Pair], old: &Side, new: &Side) {
    let has_other_key = |pair: &Pair| old.key(pair.old) != new.key(pair.new);
    pairs.sort_by_key(|pair| {
        (
            std::cmp::Reverse(pair.votes),
            has_other_key(pair),
            pair.old,
            pair.new,
        )
    });
}
