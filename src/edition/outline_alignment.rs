//! Which section and which block of one edition is which of another. Sections are aligned as trees,
//! from the root down; blocks within aligned sections, then across. Works on hashes alone, in a
//! time that grows with the number of blocks; it does not matter which edition is newer.

mod blocks;
mod sections;
mod side;
mod votes;

use std::{collections::HashSet, ops::Range};

use super::Edition;
use crate::report::{outline::Node, records::Records};
use side::Side;

/// Two editions, aligned. Blocks are counted through all sections, from 0.
#[derive(Debug)]
pub struct Alignment {
    partners: Vec<Option<Partner>>,
    /// For each new section the old one.
    sources: Vec<Option<usize>>,
    /// For each old block the new one, and the other way round.
    images: Vec<Option<usize>>,
    origins: Vec<Option<usize>>,
    /// First block of each old section, and the end.
    starts: Vec<usize>,
    old_records: Vec<RecordHome>,
    new_records: Vec<Option<usize>>,
    /// For each old block, how many old ones have its words.
    counts: Vec<u32>,
}

/// The section that one of the other edition became.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Partner {
    pub section: usize,
    /// It, or a section that holds it, is one of several of equal title that cannot be told apart:
    /// good enough to compare, never to be certain of a note.
    pub is_loose: bool,
}

/// What became of the record that an old section is in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RecordHome {
    /// The section is in no record.
    Outside,
    /// The record became this new section.
    At {
        section: usize,
        /// Another key than before, and there still is a record of the old key.
        is_exchanged: bool,
    },
    /// The record is gone.
    Lost,
}

impl Alignment {
    pub fn new(old: &Edition, new: &Edition) -> Self {
        let is_flat = old.is_flat() || new.is_flat();
        let (a, b) = Side::both(old, new, is_flat);
        let partners = sections::partners(&a, &b, is_flat);
        let mut sources = vec![None; b.parents.len()];
        for (at, partner) in partners.iter().enumerate() {
            let source = partner.and_then(|partner| sources.get_mut(partner.section));
            source.into_iter().for_each(|source| *source = Some(at));
        }
        let (old_records, new_records) = records(old, new, &partners);
        let images = blocks::images(&a, &b, &partners, &old_records, &new_records);
        let mut origins = vec![None; b.blocks.len()];
        for (at, image) in images.iter().enumerate() {
            let origin = image.and_then(|image| origins.get_mut(image));
            origin.into_iter().for_each(|origin| *origin = Some(at));
        }
        let counts = a.blocks.iter().map(|kind| a.count(*kind)).collect();
        Self {
            partners,
            sources,
            images,
            origins,
            starts: a.starts,
            old_records,
            new_records,
            counts,
        }
    }

    /// What an old section became.
    pub fn partner(&self, old: usize) -> Option<Partner> {
        self.partners.get(old).copied().flatten()
    }

    /// The old section that a new one was.
    pub fn source(&self, new: usize) -> Option<usize> {
        self.sources.get(new).copied().flatten()
    }

    /// The old blocks of a section.
    pub fn blocks_of(&self, old: usize) -> Range<usize> {
        let at = |section: usize| {
            self.starts
                .get(section)
                .copied()
                .unwrap_or(self.images.len())
        };
        at(old)..at(old.saturating_add(1))
    }

    /// The new block that an old one became, with the same words.
    pub fn image(&self, old: usize) -> Option<usize> {
        self.images.get(old).copied().flatten()
    }

    /// The old block that a new one was, with the same words: it is *taken*. Others are *free*.
    pub fn origin(&self, new: usize) -> Option<usize> {
        self.origins.get(new).copied().flatten()
    }

    /// Whether a new block is the image of no old one.
    pub fn is_free(&self, new: usize) -> bool {
        self.origin(new).is_none()
    }

    /// How many old blocks have the words of this one.
    pub fn count(&self, old: usize) -> usize {
        self.counts.get(old).map_or(0, |count| *count as usize)
    }

    /// What became of the record of an old section.
    pub fn record_home(&self, old: usize) -> RecordHome {
        self.old_records
            .get(old)
            .copied()
            .unwrap_or(RecordHome::Lost)
    }

    /// The record of a new section.
    pub fn new_record(&self, new: usize) -> Option<usize> {
        self.new_records.get(new).copied().flatten()
    }

    /// Whether a new section is in the record that an old one's became, or both are in none.
    pub fn is_same_record(&self, old: usize, new: usize) -> bool {
        match self.record_home(old) {
            RecordHome::Outside => self.new_record(new).is_none(),
            RecordHome::At { section, .. } => self.new_record(new) == Some(section),
            RecordHome::Lost => false,
        }
    }
}

/// What became of the record of each old section, and the record of each new one.
fn records(
    old: &Edition,
    new: &Edition,
    partners: &[Option<Partner>],
) -> (Vec<RecordHome>, Vec<Option<usize>>) {
    let found = Records::of(new.outline());
    let homes = if old.is_flat() {
        partners
            .iter()
            .map(|partner| flat_home(&found, *partner))
            .collect()
    } else {
        homes(old, new, partners, &found)
    };
    // What a record became counts as one, also where it has no fields any more.
    let is_home = |home: &RecordHome| match home {
        RecordHome::At { section, .. } => Some(*section),
        _ => None,
    };
    let at_home: HashSet<usize> = homes.iter().filter_map(is_home).collect();
    let nodes = new.outline().nodes();
    let mut new_records: Vec<Option<usize>> = Vec::with_capacity(nodes.len());
    for (at, node) in nodes.iter().enumerate() {
        let is_one = found.record_of(at) == Some(at) || at_home.contains(&at);
        let above = || new_records.get(node.parent?).copied().flatten();
        let record = if is_one { Some(at) } else { above() };
        new_records.push(record);
    }
    (homes, new_records)
}

/// Of an edition without levels the record is that of the partner.
fn flat_home(found: &Records, partner: Option<Partner>) -> RecordHome {
    match partner.map(|partner| found.record_of(partner.section)) {
        Some(Some(section)) => RecordHome::At {
            section,
            is_exchanged: false,
        },
        Some(None) => RecordHome::Outside,
        None => RecordHome::Lost,
    }
}

fn homes(
    old: &Edition,
    new: &Edition,
    partners: &[Option<Partner>],
    found: &Records,
) -> Vec<RecordHome> {
    let before = Records::of(old.outline());
    let is_record = |(at, _): &(usize, &Node)| found.record_of(*at) == Some(*at);
    let nodes = new.outline().nodes().iter().enumerate();
    let keys: HashSet<&str> = nodes
        .filter(is_record)
        .map(|(_, node)| node.key.as_str())
        .collect();
    let key =
        |edition: &'_ Edition, at: usize| edition.outline().node(at).map(|node| node.key.clone());
    let home = |at: usize| {
        let Some(record) = before.record_of(at) else {
            return RecordHome::Outside;
        };
        let Some(partner) = partners.get(record).copied().flatten() else {
            return RecordHome::Lost;
        };
        let was = key(old, record);
        let has_own = was.as_deref().is_some_and(|was| keys.contains(was));
        RecordHome::At {
            section: partner.section,
            is_exchanged: has_own && was != key(new, partner.section),
        }
    };
    (0..partners.len()).map(home).collect()
}

#[cfg(test)]
mod tests;
