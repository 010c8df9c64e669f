//! Aligns the sections of two editions: from the root down, by what they share, then by key, then
//! what is left. Likeness of titles is not used: it pairs what was dropped with what was added.

use std::collections::BTreeMap;

use super::{
    Partner,
    side::Side,
    votes::{self, Pair, Votes},
};

/// Two sections whose children are to be aligned; `None` is the root.
type Parents = (Option<usize>, Option<usize>, bool);

/// Sections of each side that are to be aligned with each other.
#[derive(Default)]
struct Siblings {
    old: Vec<usize>,
    new: Vec<usize>,
}

struct Aligner<'a> {
    old: &'a Side,
    new: &'a Side,
    votes: Votes,
    partners: Vec<Option<Partner>>,
    sources: Vec<Option<usize>>,
    waiting: Vec<Parents>,
    is_flat: bool,
    trees: (Vec<u64>, Vec<u64>),
}

/// For each old section its partner.
pub fn partners(old: &Side, new: &Side, is_flat: bool) -> Vec<Option<Partner>> {
    let mut aligner = Aligner {
        old,
        new,
        votes: Votes::new(old, new),
        partners: vec![None; old.len()],
        sources: vec![None; new.len()],
        waiting: vec![(None, None, false)],
        is_flat,
        trees: (old.trees(), new.trees()),
    };
    if old.has_top && new.has_top {
        aligner.pair(0, 0, false);
    }
    aligner.go_down();
    aligner.take_shared_anywhere();
    aligner.take_between_neighbours();
    aligner.take_only_ones();
    aligner.partners
}

impl Aligner<'_> {
    fn pair(&mut self, old: usize, new: usize, is_loose: bool) {
        let Some(partner) = self.partners.get_mut(old) else {
            return;
        };
        *partner = Some(Partner {
            section: new,
            is_loose,
        });
        self.sources
            .get_mut(new)
            .into_iter()
            .for_each(|source| *source = Some(old));
        self.waiting.push((Some(old), Some(new), is_loose));
    }

    fn partner(&self, old: usize) -> Option<usize> {
        self.partners
            .get(old)
            .copied()
            .flatten()
            .map(|partner| partner.section)
    }

    fn is_free_old(&self, old: usize) -> bool {
        self.partner(old).is_none()
    }

    fn is_free_new(&self, new: usize) -> bool {
        self.sources.get(new).is_some_and(Option::is_none)
    }

    fn is_free(&self, pair: &Pair) -> bool {
        self.is_free_old(pair.old) && self.is_free_new(pair.new)
    }

    fn has_equal_keys(&self, old: usize, new: usize) -> bool {
        self.old.key(old) == self.new.key(new)
    }

    /// Aligns the children of all pairs that wait, and theirs.
    fn go_down(&mut self) {
        while let Some((old, new, is_loose)) = self.waiting.pop() {
            let siblings = Siblings {
                old: self.old.children(old).to_vec(),
                new: self.new.children(new).to_vec(),
            };
            if siblings.old.is_empty() || siblings.new.is_empty() {
                continue;
            }
            self.take_mostly_shared(&siblings, (old, new), is_loose);
            self.take_keys(&siblings, is_loose);
            self.take_renamed(&siblings, (old, new), is_loose);
            self.take_rewritten(&siblings, is_loose);
        }
    }

    /// The free pairs of siblings that share blocks, most first.
    fn shared(
        &self,
        siblings: &Siblings,
        new_parent: Option<usize>,
        is_enough: impl Fn(&Self, &Pair) -> bool,
    ) -> Vec<Pair> {
        let mut pairs = Vec::new();
        for &old in siblings.old.iter().filter(|old| self.is_free_old(**old)) {
            for &(new, votes) in self.votes.of_old(old) {
                let pair = Pair { old, new, votes };
                let is_sibling = self.new.parent(new) == new_parent;
                if is_sibling && self.is_free_new(new) && is_enough(self, &pair) {
                    pairs.push(pair);
                }
            }
        }
        votes::sort(&mut pairs, self.old, self.new);
        pairs
    }

    /// Whether two sections share at least one in so many of their telling blocks.
    fn shares(&self, pair: &Pair, one_in: u32) -> bool {
        let once = self.old.once.get(pair.old).max(self.new.once.get(pair.new));
        once.is_some_and(|once| pair.votes.saturating_mul(one_in) >= *once)
    }

    /// Half of all is shared, under whatever title, unless a section of the same key has a quarter
    /// of that.
    fn take_mostly_shared(
        &mut self,
        siblings: &Siblings,
        parents: (Option<usize>, Option<usize>),
        is_loose: bool,
    ) {
        let pairs = self.shared(siblings, parents.1, |this, pair| {
            let is_named = || this.has_equal_keys(pair.old, pair.new);
            pair.votes >= 3
                && this.shares(pair, 2)
                && (is_named() || this.votes.best_of_key(*pair).saturating_mul(4) < pair.votes)
        });
        self.take(&pairs, is_loose);
    }

    fn take(&mut self, pairs: &[Pair], is_loose: bool) {
        for pair in pairs {
            if self.is_free(pair) {
                self.pair(pair.old, pair.new, is_loose);
            }
        }
    }

    /// Equal keys: once on each side, or told apart as namesakes.
    fn take_keys(&mut self, siblings: &Siblings, is_loose: bool) {
        let mut groups: BTreeMap<Option<u32>, Siblings> = BTreeMap::new();
        for &old in &siblings.old {
            groups.entry(self.old.key(old)).or_default().old.push(old);
        }
        for &new in &siblings.new {
            groups.entry(self.new.key(new)).or_default().new.push(new);
        }
        for group in groups.into_values() {
            match (group.old.as_slice(), group.new.as_slice()) {
                ([], _) | (_, []) => {}
                ([old], [new]) => {
                    if self.is_free_old(*old) && self.is_free_new(*new) {
                        self.pair(*old, *new, is_loose);
                    }
                }
                _ => self.take_namesakes(&group, is_loose),
            }
        }
    }

    fn take_namesakes(&mut self, group: &Siblings, is_loose: bool) {
        let is_new = |new: usize| group.new.binary_search(&new).is_ok();
        let parent = group.new.first().and_then(|new| self.new.parent(*new));
        let pairs = self.shared(group, parent, |_, pair| is_new(pair.new));
        self.take(&pairs, is_loose);
        if self.is_flat {
            return;
        }
        let title = |side: &Side, at: usize| side.titles.get(at).copied().map(u64::from);
        for (old, new) in self.grouped(group, |at| title(self.old, at), |at| title(self.new, at)) {
            if let ([old], [new]) = (old.as_slice(), new.as_slice()) {
                let pair = Pair {
                    old: *old,
                    new: *new,
                    votes: 0,
                };
                self.take(&[pair], is_loose);
            }
        }
        let free = self.left(group);
        let tree = |trees: &[u64], at: usize| trees.get(at).copied();
        for (old, new) in self.grouped(
            &free,
            |at| tree(&self.trees.0, at),
            |at| tree(&self.trees.1, at),
        ) {
            self.take_in_order(&old, &new, is_loose || old.len() != new.len());
        }
        let free = self.left(group);
        if free.old.len() == free.new.len() {
            self.take_in_order(&free.old, &free.new, true);
        }
    }

    /// What is equal on both sides by some mark.
    fn grouped(
        &self,
        group: &Siblings,
        old: impl Fn(usize) -> Option<u64>,
        new: impl Fn(usize) -> Option<u64>,
    ) -> Vec<(Vec<usize>, Vec<usize>)> {
        let mut groups: BTreeMap<Option<u64>, (Vec<usize>, Vec<usize>)> = BTreeMap::new();
        group
            .old
            .iter()
            .for_each(|at| groups.entry(old(*at)).or_default().0.push(*at));
        group
            .new
            .iter()
            .for_each(|at| groups.entry(new(*at)).or_default().1.push(*at));
        groups.into_values().collect()
    }

    fn left(&self, group: &Siblings) -> Siblings {
        let (old, new) = (group.old.iter().copied(), group.new.iter().copied());
        Siblings {
            old: old.filter(|old| self.is_free_old(*old)).collect(),
            new: new.filter(|new| self.is_free_new(*new)).collect(),
        }
    }

    fn take_in_order(&mut self, old: &[usize], new: &[usize], is_loose: bool) {
        for (old, new) in old.iter().zip(new) {
            self.pair(*old, *new, is_loose);
        }
    }

    /// A fifth is shared; of a single block a third.
    fn is_renamed(&self, pair: &Pair) -> bool {
        let is_enough = self.shares(pair, if pair.votes == 1 { 3 } else { 5 });
        is_enough && (self.has_equal_keys(pair.old, pair.new) || !self.has_free_namesake(pair))
    }

    /// Whether a free section of the key of either one shares a quarter of what they do: what holds
    /// a single section shares as much with it as that section itself.
    fn has_free_namesake(&self, pair: &Pair) -> bool {
        let is_enough = |votes: u32| votes.saturating_mul(4) >= pair.votes;
        let of_old = self.votes.of_old(pair.old).iter();
        let of_new = self.votes.of_new(pair.new).iter();
        let mut theirs = of_old.filter(|(new, votes)| {
            is_enough(*votes) && self.is_free_new(*new) && self.has_equal_keys(pair.old, *new)
        });
        let mut ours = of_new.filter(|(old, votes)| {
            is_enough(*votes) && self.is_free_old(*old) && self.has_equal_keys(*old, pair.new)
        });
        theirs.next().is_some() || ours.next().is_some()
    }

    fn take_renamed(
        &mut self,
        siblings: &Siblings,
        parents: (Option<usize>, Option<usize>),
        is_loose: bool,
    ) {
        let pairs = self.shared(siblings, parents.1, Self::is_renamed);
        self.take(&pairs, is_loose);
    }

    /// Renamed and mostly written anew: two votes between the same two neighbours.
    fn take_rewritten(&mut self, siblings: &Siblings, is_loose: bool) {
        for &old in siblings.old.iter() {
            let found = self.is_free_old(old).then(|| self.between(old)).flatten();
            if let Some(new) = found.filter(|new| self.votes.of(old, *new) >= 2) {
                self.pair(old, new, is_loose);
            }
        }
    }

    /// The free new section between the partners of the siblings of an old one.
    fn between(&self, old: usize) -> Option<usize> {
        let before = self.old.sibling(old, -1).map(|at| self.partner(at));
        let after = self.old.sibling(old, 1).map(|at| self.partner(at));
        let new = match (before, after) {
            (Some(before), _) => self.new.sibling(before?, 1)?,
            (None, Some(after)) => self.new.sibling(after?, -1)?,
            (None, None) => return None,
        };
        let is_beside = self.new.sibling(new, -1) == before.flatten()
            && self.new.sibling(new, 1) == after.flatten()
            && after != Some(None);
        (is_beside && self.is_free_new(new)).then_some(new)
    }

    fn take_shared_anywhere(&mut self) {
        let mut pairs = Vec::new();
        for old in (0..self.old.len()).filter(|old| self.is_free_old(*old)) {
            let all = self.votes.of_old(old).iter();
            let all = all.map(|&(new, votes)| Pair { old, new, votes });
            pairs.extend(all.filter(|pair| self.is_free(pair) && self.is_renamed(pair)));
        }
        votes::sort(&mut pairs, self.old, self.new);
        for pair in pairs {
            if self.is_free(&pair) {
                self.pair(pair.old, pair.new, false);
                self.go_down();
            }
        }
    }

    /// Equal keys between the same neighbours in reading order. Of flat editions those after the
    /// same section: what is left there has blocks that stand in many places.
    fn take_between_neighbours(&mut self) {
        for old in 1..self.old.len() {
            let after_same = self.partner(old - 1).map(|before| before + 1);
            let Some(new) = after_same.filter(|new| self.is_free_new(*new)) else {
                continue;
            };
            let before_same = self.partner(old + 1) == Some(new + 1);
            let is_end = old + 1 == self.old.len() && new + 1 == self.new.len();
            let is_held = self.is_flat || before_same || is_end;
            if is_held && self.is_free_old(old) && self.has_equal_keys(old, new) {
                self.pair(old, new, false);
                self.go_down();
            }
        }
    }

    /// Keys that stand once in each whole edition.
    fn take_only_ones(&mut self) {
        let mut all = BTreeMap::new();
        let (old, new) = (0..self.old.len(), 0..self.new.len());
        for at in old {
            all.entry(self.old.key(at))
                .or_insert((Vec::new(), Vec::new()))
                .0
                .push(at);
        }
        for at in new {
            all.entry(self.new.key(at))
                .or_insert((Vec::new(), Vec::new()))
                .1
                .push(at);
        }
        for (old, new) in all.into_values() {
            if let ([old], [new]) = (old.as_slice(), new.as_slice())
                && self.is_free_old(*old)
                && self.is_free_new(*new)
            {
                self.pair(*old, *new, false);
                self.go_down();
            }
        }
    }
}
