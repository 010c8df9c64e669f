//! What of a report was read: its paragraphs, section by section. Saved by section and hash, so
//! that text that changed is to be read again.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::fingerprint;
use crate::{
    report::{Report, Section},
    text::segment,
};

/// How far a section was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reading {
    /// Nothing of it was seen to a paragraph's end.
    Unread,
    /// A paragraph of it was seen.
    Seen,
    /// All of its paragraphs were.
    Read,
}

/// The paragraphs of a report that were seen to their end.
#[derive(Debug, Clone, Default)]
pub struct Progress {
    /// Blocks by section, both by index.
    seen: BTreeMap<usize, BTreeSet<usize>>,
    has_changed: bool,
}

/// The same as it is on disk.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SavedProgress {
    pub report: String,
    /// By the section's id.
    pub sections: BTreeMap<String, SavedSection>,
}

/// A section that was read in part.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SavedSection {
    /// Of its text.
    pub hash: String,
    /// Indices of the blocks.
    pub blocks: BTreeSet<usize>,
}

impl Progress {
    /// What was saved, as far as the text is still the same.
    pub fn new(saved: &SavedProgress, report: &Report) -> Self {
        let mut progress = Self::default();
        for (id, saved) in &saved.sections {
            let Some(index) = report.section_index(id) else {
                continue;
            };
            let section = report.sections.get(index);
            if section.is_some_and(|section| hash(section) == saved.hash) {
                progress.seen.insert(index, saved.blocks.clone());
            }
        }
        progress
    }

    /// Takes a paragraph that was seen to its end.
    pub fn see(&mut self, section: usize, block: usize) {
        let seen = self.seen.entry(section).or_default();
        self.has_changed |= seen.insert(block);
    }

    /// How far a section was read; `None` where it has no text.
    pub fn of(&self, section: usize, report: &Report) -> Option<Reading> {
        let blocks = report.sections.get(section)?.blocks.len();
        let seen = self.seen.get(&section).map_or(0, BTreeSet::len);
        match (seen, blocks) {
            (_, 0) => None,
            (0, _) => Some(Reading::Unread),
            (seen, blocks) if seen < blocks => Some(Reading::Seen),
            _ => Some(Reading::Read),
        }
    }

    /// The first section after one, and then from the start, that is not read.
    pub fn next_unread(&self, after: usize, report: &Report) -> Option<usize> {
        let is_unread =
            |&section: &usize| !matches!(self.of(section, report), None | Some(Reading::Read));
        let count = report.sections.len();
        let mut order = (after + 1..count).chain(0..(after + 1).min(count));
        order.find(is_unread)
    }

    /// How many sections with text are read, how many there are, and the words of all paragraphs
    /// that were not seen.
    pub fn left(&self, report: &Report) -> (usize, usize, usize) {
        let (mut read, mut all, mut words) = (0, 0, 0);
        for (index, section) in report.sections.iter().enumerate() {
            let Some(of) = self.of(index, report) else {
                continue;
            };
            all += 1;
            read += usize::from(of == Reading::Read);
            let seen = self.seen.get(&index);
            let blocks = section.blocks.iter().enumerate();
            let unseen = blocks.filter(|(at, _)| seen.is_none_or(|seen| !seen.contains(at)));
            words += unseen
                .map(|(_, block)| segment::word_count(&block.text))
                .sum::<usize>();
        }
        (read, all, words)
    }

    /// What is to be saved, where anything has changed since the last call.
    pub fn take_changed(&mut self, report: &Report) -> Option<SavedProgress> {
        if !std::mem::take(&mut self.has_changed) {
            return None;
        }
        let saved = self.seen.iter().filter_map(|(index, blocks)| {
            let section = report.sections.get(*index)?;
            let saved = SavedSection {
                hash: hash(section),
                blocks: blocks.clone(),
            };
            Some((section.id.clone(), saved))
        });
        Some(SavedProgress {
            report: report.id.clone(),
            sections: saved.collect(),
        })
    }
}

impl SavedProgress {
    /// Adds what another reader of the report has saved: of a section whose text differs, ours
    /// stays.
    pub fn merge(&mut self, other: Self) {
        for (id, theirs) in other.sections {
            match self.sections.get_mut(&id) {
                Some(ours) if ours.hash == theirs.hash => ours.blocks.extend(theirs.blocks),
                Some(_) => {}
                None => drop(self.sections.insert(id, theirs)),
            }
        }
    }
}

fn hash(section: &Section) -> String {
    let mut hash = fingerprint::Fnv::default();
    for block in &section.blocks {
        hash.add(block.text.as_bytes());
        hash.add(&[0]);
    }
    hash.hex()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::{Block, BlockKind, testing::nested};

    fn report(last: &str) -> Report {
        let mut report = nested(&[(1, "a"), (1, "b"), (1, "c")]);
        for (section, texts) in
            report
                .sections
                .iter_mut()
                .zip([vec!["one two", "three"], vec![], vec![last]])
        {
            section.blocks = texts
                .iter()
                .map(|text| Block {
                    kind: BlockKind::Paragraph,
                    text: (*text).to_owned(),
                    spans: Vec::new(),
                    depth: 0,
                })
                .collect();
        }
        report
    }

    #[test]
    fn a_section_is_read_once_all_its_paragraphs_were_seen() {
        let (report, mut progress) = (report("four five six"), Progress::default());
        assert_eq!(progress.of(0, &report), Some(Reading::Unread));
        assert_eq!(progress.left(&report), (0, 2, 6));
        progress.see(0, 1);
        assert_eq!(progress.of(0, &report), Some(Reading::Seen));
        progress.see(0, 0);
        assert_eq!(progress.of(0, &report), Some(Reading::Read));
        assert_eq!(progress.of(1, &report), None, "it has no text");
        assert_eq!(progress.left(&report), (1, 2, 3));
        assert_eq!(progress.next_unread(0, &report), Some(2));
        progress.see(2, 0);
        assert_eq!(progress.next_unread(0, &report), None);
    }

    #[test]
    fn text_that_changed_is_to_be_read_again() {
        let (old, mut progress) = (report("four five six"), Progress::default());
        progress.see(0, 0);
        progress.see(2, 0);
        let saved = progress.take_changed(&old).expect("changed");
        assert_eq!(progress.take_changed(&old), None, "saved already");
        let new = report("four five seven");
        let progress = Progress::new(&saved, &new);
        assert_eq!(progress.of(0, &new), Some(Reading::Seen));
        assert_eq!(progress.of(2, &new), Some(Reading::Unread));
    }

    #[test]
    fn two_readers_add_up() {
        let report = report("four");
        let (mut ours, mut theirs) = (Progress::default(), Progress::default());
        ours.see(0, 0);
        theirs.see(0, 1);
        theirs.see(2, 0);
        let mut saved = ours.take_changed(&report).expect("changed");
        saved.merge(theirs.take_changed(&report).expect("changed"));
        let both = Progress::new(&saved, &report);
        assert_eq!(both.left(&report), (2, 2, 0));
    }
}
