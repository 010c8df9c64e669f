//! Where the blocks of one edition are in another.

use super::Edition;
use std::{
    collections::{BTreeMap, BTreeSet},
    ops::Range,
};

use super::anchor::Selector;
use crate::text::diff;

/// Most blocks between two unique blocks for the copies between them to be distinguished
/// by their number alone.
const FEW: usize = 12;
/// Most blocks between two that are near each other.
const NEAR: usize = 3;

/// Where the blocks of an old edition are in a new one, by their words. Blocks are counted
/// through all sections, from 0.
#[derive(Debug)]
pub struct Images {
    sections: BTreeMap<String, Range<usize>>,
    hashes: Vec<String>,
    /// For each old block the new one.
    new: Vec<Option<usize>>,
    /// For each new block the old one.
    old: Vec<Option<usize>>,
}

impl Images {
    pub fn new(old: &Edition, new: &Edition) -> Self {
        let (a, b, kinds) = numbered(old, new);
        let mut images = Self {
            sections: BTreeMap::new(),
            hashes: old.blocks().map(str::to_owned).collect(),
            new: vec![None; a.len()],
            old: vec![None; b.len()],
        };
        let mut first = 0;
        for section in &old.sections {
            images
                .sections
                .insert(section.id.clone(), first..first + section.blocks.len());
            first += section.blocks.len();
        }
        let once_in_each = single(&a, &b, kinds);
        let homes = Homes::new(old, new);
        images.take_pairs(&a, &b, &once_in_each, &homes);
        images.take_moved(&a, &b, &once_in_each);
        images.take_last_copies(&a, &b, &homes);
        images
    }

    /// Blocks in order. Between two unique blocks, a copy of a repeated block is paired
    /// only if its neighbours identify it.
    fn take_pairs(&mut self, a: &[u32], b: &[u32], once_in_each: &[bool], homes: &Homes) {
        let pairs = diff::pairs(a, b);
        let is_firm = |pair: &(usize, usize)| {
            a.get(pair.0)
                .is_some_and(|&kind| is_unique(once_in_each, kind))
        };
        let mut start = (0, 0);
        for chunk in pairs.split_inclusive(is_firm) {
            let firm = chunk.last().copied().filter(is_firm);
            let end = firm.unwrap_or((a.len(), b.len()));
            let copies = if firm.is_some() {
                chunk.get(..chunk.len() - 1).unwrap_or_default()
            } else {
                chunk
            };
            self.take_copies(
                copies,
                a.get(start.0..end.0).unwrap_or_default(),
                b.get(start.1..end.1).unwrap_or_default(),
                a,
                homes,
            );
            if let Some((i, j)) = firm {
                self.pair(i, j);
            }
            start = (end.0 + 1, end.1 + 1);
        }
    }

    /// `left` and `right` are the blocks between the same two firm ones in each edition.
    fn take_copies(
        &mut self,
        pairs: &[(usize, usize)],
        left: &[u32],
        right: &[u32],
        a: &[u32],
        homes: &Homes,
    ) {
        let (left_counts, right_counts) = (counts(left), counts(right));
        let is_next = |one: Option<&(usize, usize)>, other: Option<&(usize, usize)>| {
            one.zip(other)
                .is_some_and(|(one, other)| (one.0 + 1, one.1 + 1) == *other)
        };
        for (at, &(i, j)) in pairs.iter().enumerate() {
            let is_joined = is_next(pairs.get(at), pairs.get(at + 1))
                || is_next(
                    at.checked_sub(1).and_then(|at| pairs.get(at)),
                    pairs.get(at),
                );
            let are_as_many = a
                .get(i)
                .is_some_and(|kind| left_counts.get(kind) == right_counts.get(kind));
            if are_as_many && homes.agree(i, j) && (is_joined || left.len().max(right.len()) <= FEW)
            {
                self.pair(i, j);
            }
        }
    }

    /// Blocks that are unique in each edition, in another order.
    fn take_moved(&mut self, a: &[u32], b: &[u32], once_in_each: &[bool]) {
        let mut place: BTreeMap<u32, usize> = BTreeMap::new();
        for (j, kind) in b
            .iter()
            .enumerate()
            .filter(|(_, kind)| is_unique(once_in_each, **kind))
        {
            place.insert(*kind, j);
        }
        for (i, kind) in a.iter().enumerate() {
            let to = place
                .get(kind)
                .copied()
                .filter(|j| self.source(*j).is_none() && self.image(i).is_none());
            if let Some(j) = to {
                self.pair(i, j);
            }
        }
    }

    /// Where all copies of a block but one are found on both sides, those two belong together if
    /// they are near the same block.
    fn take_last_copies(&mut self, a: &[u32], b: &[u32], homes: &Homes) {
        let mut left: BTreeMap<u32, (Vec<usize>, Vec<usize>)> = BTreeMap::new();
        a.iter()
            .enumerate()
            .filter(|(i, _)| self.image(*i).is_none())
            .for_each(|(i, kind)| left.entry(*kind).or_default().0.push(i));
        b.iter()
            .enumerate()
            .filter(|(j, _)| self.source(*j).is_none())
            .for_each(|(j, kind)| left.entry(*kind).or_default().1.push(j));
        for (old, new) in left.into_values() {
            let ([i], [j]) = (old.as_slice(), new.as_slice()) else {
                continue;
            };
            let near = (i.saturating_sub(NEAR)..i + NEAR).filter_map(|block| self.image(block));
            if homes.agree(*i, *j) && near.into_iter().any(|block| block.abs_diff(*j) <= NEAR) {
                self.pair(*i, *j);
            }
        }
    }

    fn pair(&mut self, i: usize, j: usize) {
        if let (Some(new), Some(old)) = (self.new.get_mut(i), self.old.get_mut(j)) {
            (*new, *old) = (Some(j), Some(i));
        }
    }

    /// The old block that a selector names, if its hash agrees.
    pub fn block_of(&self, place: &Selector) -> Option<usize> {
        let section = self.sections.get(&place.section)?;
        let block = section
            .start
            .checked_add(place.block)
            .filter(|block| section.contains(block))?;
        (self.hashes.get(block)? == &place.hash).then_some(block)
    }

    /// Whether no other block of the old edition has the words of this one.
    pub fn is_unique(&self, old: usize) -> bool {
        self.hashes
            .get(old)
            .is_some_and(|hash| self.hashes.iter().filter(|other| *other == hash).count() == 1)
    }

    /// The new block of an old one.
    pub fn image(&self, old: usize) -> Option<usize> {
        self.new.get(old).copied().flatten()
    }

    /// The old block of a new one.
    pub fn source(&self, new: usize) -> Option<usize> {
        self.old.get(new).copied().flatten()
    }

    /// Whether a new block is an old block outside the given ones.
    pub fn is_of_another(&self, new: usize, than: &Range<usize>) -> bool {
        self.source(new).is_some_and(|old| !than.contains(&old))
    }

    /// Where old blocks would be if they were changed and not moved: the new blocks between
    /// their old neighbours. One range where both neighbours still are neighbours.
    pub fn expected(&self, old: &Range<usize>) -> [Range<usize>; 2] {
        let before = (0..old.start).rev().find_map(|block| self.image(block));
        let after = (old.end..self.new.len()).find_map(|block| self.image(block));
        let start = before.map_or(0, |block| block + 1);
        let free = |block: &usize| !self.is_of_another(*block, old);
        let first = start
            ..(start..self.old.len())
                .find(|block| !free(block))
                .unwrap_or(self.old.len());
        let end = after.unwrap_or(self.old.len());
        let second = (0..end).rev().take_while(free).last().unwrap_or(end)..end;
        [first, second]
    }
}

/// The sections of the blocks of two editions.
struct Homes<'a> {
    old: Vec<&'a str>,
    new: Vec<&'a str>,
    /// Ids of the new sections.
    ids: BTreeSet<&'a str>,
}

impl<'a> Homes<'a> {
    fn new(old: &'a Edition, new: &'a Edition) -> Self {
        let of = |edition: &'a Edition| {
            let each = edition
                .sections
                .iter()
                .flat_map(|section| section.blocks.iter().map(|_| section.id.as_str()));
            each.collect()
        };
        Self {
            old: of(old),
            new: of(new),
            ids: new
                .sections
                .iter()
                .map(|section| section.id.as_str())
                .collect(),
        }
    }

    /// Whether a copy may be the same block: a report that has a line in each of its chapters has
    /// another one of them in the next chapter.
    fn agree(&self, old: usize, new: usize) -> bool {
        self.old
            .get(old)
            .is_some_and(|id| self.new.get(new) == Some(id) || !self.ids.contains(id))
    }
}

fn is_unique(once_in_each: &[bool], kind: u32) -> bool {
    once_in_each.get(kind as usize).copied().unwrap_or(false)
}

/// The blocks of both editions as numbers, equal ones with the same; and how many there are.
fn numbered(old: &Edition, new: &Edition) -> (Vec<u32>, Vec<u32>, usize) {
    let mut kinds: BTreeMap<&str, u32> = BTreeMap::new();
    let mut number = |hash| {
        let next = kinds.len() as u32;
        *kinds.entry(hash).or_insert(next)
    };
    let (a, b) = (
        old.blocks().map(&mut number).collect(),
        new.blocks().map(&mut number).collect(),
    );
    (a, b, kinds.len())
}

/// For each number whether it is unique in each list.
fn single(a: &[u32], b: &[u32], kinds: usize) -> Vec<bool> {
    let (a, b) = (counts(a), counts(b));
    let is_single = |kind: u32| a.get(&kind) == Some(&1) && b.get(&kind) == Some(&1);
    (0..kinds as u32).map(is_single).collect()
}

fn counts(list: &[u32]) -> BTreeMap<u32, usize> {
    let mut counts = BTreeMap::new();
    list.iter()
        .for_each(|&kind| *counts.entry(kind).or_insert(0) += 1);
    counts
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edition::SectionHashes;

    fn edition(sections: &[(&str, &str)]) -> Edition {
        let hashes = |text: &str| text.split_whitespace().map(str::to_owned).collect();
        Edition::new(
            sections
                .iter()
                .map(|(id, text)| SectionHashes {
                    id: (*id).into(),
                    blocks: hashes(text),
                })
                .collect(),
        )
    }

    fn images(old: &str, new: &str) -> Vec<Option<usize>> {
        Images::new(&edition(&[("s", old)]), &edition(&[("s", new)])).new
    }

    #[test]
    fn blocks_are_followed_past_what_was_inserted_deleted_and_moved() {
        assert_eq!(
            images("a b c d", "x a c d y b"),
            [Some(1), Some(5), Some(2), Some(3)]
        );
        assert_eq!(images("a b c", "a c"), [Some(0), None, Some(1)]);
    }

    #[test]
    fn of_equal_blocks_only_those_are_followed_whose_neighbours_tell_them_apart() {
        assert_eq!(
            images("a h b h c", "a h b h c"),
            [Some(0), Some(1), Some(2), Some(3), Some(4)]
        );
        assert_eq!(
            images("a h b h c", "a b h c"),
            [Some(0), None, Some(1), Some(2), Some(3)]
        );
        assert_eq!(images("a h h b", "a h b"), [Some(0), None, None, Some(2)]);
    }

    #[test]
    fn a_line_that_each_chapter_has_is_not_followed_into_the_next_chapter() {
        let old = edition(&[("chad", "a h"), ("chile", "c"), ("peru", "h e")]);
        let images = |new: &[(&str, &str)]| Images::new(&old, &edition(new)).new;
        assert_eq!(
            images(&[("chad", "a"), ("chile", "h c"), ("peru", "h e")]),
            [Some(0), None, Some(2), Some(3), Some(4)]
        );
        // A chapter of another name is the same chapter.
        assert_eq!(
            images(&[("tchad", "a h"), ("chile", "c"), ("peru", "h e")]),
            [0, 1, 2, 3, 4].map(Some)
        );
    }

    #[test]
    fn a_changed_block_is_expected_between_its_neighbours() {
        let images = Images::new(
            &edition(&[("s", "a b c d")]),
            &edition(&[("s", "a x y c d")]),
        );
        assert_eq!(images.expected(&(1..2)), [1..3, 1..3]);
    }
}
