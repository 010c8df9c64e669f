//! One of two editions, with numbers in place of names: equal keys, titles and blocks of both have
//! the same number.

use std::{collections::HashMap, hash::Hash, ops::Range};

use crate::{
    edition::{Edition, hashes::without_number},
    report::outline::{self, Node},
    text::wording,
};

/// The sections and blocks of one edition.
#[derive(Debug)]
pub struct Side {
    pub parents: Vec<Option<usize>>,
    /// What is right below each section; first what is at the top.
    children: Vec<Vec<usize>>,
    /// Where each section is among its siblings.
    pub ranks: Vec<usize>,
    pub keys: Vec<u32>,
    pub titles: Vec<u32>,
    /// First block of each section, and the end.
    pub starts: Vec<usize>,
    pub blocks: Vec<u32>,
    /// The section of each block.
    pub homes: Vec<usize>,
    /// How often each number of a block is here.
    counts: Vec<u32>,
    /// Blocks below each section, and its own, that are here once.
    pub once: Vec<u32>,
    /// Whether the first section holds all others, and stands beside them here.
    pub has_top: bool,
}

/// Numbers for names, in the order of their appearance.
struct Numbers<T>(HashMap<T, u32>);

impl<T: Eq + Hash> Numbers<T> {
    fn number(&mut self, name: T) -> u32 {
        let next = self.0.len() as u32;
        *self.0.entry(name).or_insert(next)
    }
}

impl Side {
    /// Both sides. Flat ones have all sections at the top, and keys as the first release made them.
    pub fn both(old: &Edition, new: &Edition, is_flat: bool) -> (Self, Self) {
        let mut names = Numbers(HashMap::new());
        let mut blocks = Numbers(HashMap::new());
        let mut side = |edition: &Edition, other: &Edition| {
            let nodes = edition.outline().nodes();
            let has_top = edition.outline().has_sole_top();
            let is_kept = has_top && is_section_of(nodes, other);
            let keys = nodes.iter().enumerate().map(|(at, node)| match at {
                0 if is_kept => outline::key(&node.title, true),
                _ => key(node, edition, is_flat),
            });
            let keys = keys.map(|key| names.number(key)).collect();
            let mut side = Self::of_nodes(nodes, is_flat, is_kept);
            side.has_top = has_top && !is_kept && !is_flat;
            side.keys = keys;
            let titles = nodes.iter().map(|node| names.number(node.title.clone()));
            side.titles = titles.collect();
            side.take_blocks(edition.blocks(), &mut blocks);
            side
        };
        let (mut a, mut b) = (side(old, new), side(new, old));
        a.count_blocks(blocks.0.len());
        b.count_blocks(blocks.0.len());
        (a, b)
    }

    /// Where the first section holds all others it is their parent only if that is wanted.
    fn of_nodes(nodes: &[Node], is_flat: bool, is_held: bool) -> Self {
        let parent = |(at, node): (usize, &Node)| {
            let top = Some(0).filter(|_| is_held && at > 0);
            node.parent.or(top).filter(|_| !is_flat)
        };
        let parents: Vec<Option<usize>> = nodes.iter().enumerate().map(parent).collect();
        let mut children = vec![Vec::new(); nodes.len() + 1];
        let mut ranks = Vec::with_capacity(nodes.len());
        for (at, parent) in parents.iter().enumerate() {
            let row = children.get_mut(parent.map_or(0, |parent| parent + 1));
            ranks.push(row.as_ref().map_or(0, |row| row.len()));
            row.into_iter().for_each(|row| row.push(at));
        }
        Self {
            parents,
            children,
            ranks,
            keys: Vec::new(),
            titles: Vec::new(),
            starts: vec![0],
            blocks: Vec::new(),
            homes: Vec::new(),
            counts: Vec::new(),
            once: Vec::new(),
            has_top: false,
        }
    }

    fn take_blocks(&mut self, sections: &[Vec<u64>], numbers: &mut Numbers<u64>) {
        for (section, hashes) in sections.iter().enumerate() {
            for hash in hashes {
                self.blocks.push(numbers.number(*hash));
                self.homes.push(section);
            }
            self.starts.push(self.blocks.len());
        }
    }

    fn count_blocks(&mut self, kinds: usize) {
        self.counts = vec![0; kinds];
        for kind in &self.blocks {
            let count = self.counts.get_mut(*kind as usize);
            count.into_iter().for_each(|count| *count += 1);
        }
        self.once = vec![0; self.parents.len()];
        for (kind, home) in self.blocks.iter().zip(&self.homes) {
            if self.count(*kind) == 1 {
                self.once
                    .get_mut(*home)
                    .into_iter()
                    .for_each(|once| *once += 1);
            }
        }
        for at in (0..self.parents.len()).rev() {
            let below = self.once.get(at).copied().unwrap_or(0);
            let above = self.parents.get(at).copied().flatten();
            let once = above.and_then(|above| self.once.get_mut(above));
            once.into_iter().for_each(|once| *once += below);
        }
    }

    pub fn len(&self) -> usize {
        self.parents.len()
    }

    /// How often a block is here.
    pub fn count(&self, kind: u32) -> u32 {
        self.counts.get(kind as usize).copied().unwrap_or(0)
    }

    /// What is right below a section, or at the top.
    pub fn children(&self, section: Option<usize>) -> &[usize] {
        let row = self.children.get(section.map_or(0, |section| section + 1));
        row.map_or(&[], Vec::as_slice)
    }

    /// The own blocks of a section.
    pub fn blocks_of(&self, section: usize) -> Range<usize> {
        let at = |section: usize| {
            self.starts
                .get(section)
                .copied()
                .unwrap_or(self.blocks.len())
        };
        at(section)..at(section + 1)
    }

    pub fn parent(&self, section: usize) -> Option<usize> {
        self.parents.get(section).copied().flatten()
    }

    pub fn key(&self, section: usize) -> Option<u32> {
        self.keys.get(section).copied()
    }

    /// The sibling that is so many further on.
    pub fn sibling(&self, section: usize, step: isize) -> Option<usize> {
        let rank = self.ranks.get(section)?.checked_add_signed(step)?;
        self.children(self.parent(section)).get(rank).copied()
    }

    /// A hash of each section with all below it, without titles.
    pub fn trees(&self) -> Vec<u64> {
        let mix = |hash: u64, more: u64| {
            (hash ^ more)
                .wrapping_mul(0x9e37_79b9_7f4a_7c15)
                .rotate_left(23)
        };
        let mut hashes = vec![0x517c_c1b7_2722_0a95_u64; self.len()];
        for at in (0..self.len()).rev() {
            let blocks = self.blocks.get(self.blocks_of(at)).unwrap_or_default();
            let own = blocks
                .iter()
                .fold(u64::from(self.key(at).unwrap_or(0)), |hash, &kind| {
                    mix(hash, u64::from(kind) + 1)
                });
            let whole = mix(hashes.get(at).copied().unwrap_or(0), own);
            hashes
                .get_mut(at)
                .into_iter()
                .for_each(|hash| *hash = whole);
            let above = self.parent(at).and_then(|above| hashes.get_mut(above));
            above
                .into_iter()
                .for_each(|above| *above = mix(*above, whole));
        }
        hashes
    }
}

/// Whether a sole top section is one of several in the other edition.
fn is_section_of(nodes: &[Node], other: &Edition) -> bool {
    let key = nodes.first().map(|top| outline::key(&top.title, true));
    let outline = other.outline();
    let mut others = outline.children(None).filter_map(|at| outline.node(at));
    !outline.has_sole_top() && others.any(|node| Some(&node.key) == key.as_ref())
}

/// The key of a section. The first release made ids of whole titles.
fn key(node: &Node, edition: &Edition, is_flat: bool) -> String {
    match (is_flat, edition.is_flat()) {
        (true, false) => without_number(&wording::kebab(&node.title)).to_owned(),
        _ => node.key.clone(),
    }
}
