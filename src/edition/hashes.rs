//! How an edition of a report is identified: by its outline and the hashes of its blocks.

use serde::{Deserialize, Serialize};

use super::fingerprint::{self, Fnv};
use crate::report::{Report, outline::Outline};

/// The format of saved editions that this program writes.
pub const FORMAT: u32 = 2;

/// What an edition is compared by: made once for a report that has notes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edition {
    /// Hash over all its sections, in hexadecimal. See [`Self::is`].
    pub hash: String,
    outline: Outline,
    /// The id of each section.
    ids: Vec<String>,
    /// The hashes of each section's blocks, see [`fingerprint::block_hash`].
    blocks: Vec<Vec<u64>>,
    /// Hash and ids that the first release gave it; for a report that it wrote.
    first_release: Option<(String, Vec<String>)>,
    /// Whether how its sections nest is not known: the first release saved ids alone.
    is_flat: bool,
}

/// An edition as it is saved.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SavedEdition {
    /// Version of the format.
    pub format: u32,
    pub sections: Vec<SavedSection>,
}

/// A section of a saved edition; see [`crate::report::outline::Node`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SavedSection {
    pub depth: usize,
    pub key: String,
    pub title: String,
    pub blocks: Vec<String>,
}

/// A section of an edition that the first release saved, format 1: a list of these.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SectionHashes {
    /// Id of the section.
    pub id: String,
    /// See [`fingerprint::block`].
    pub blocks: Vec<String>,
}

impl Edition {
    /// The edition of a report.
    pub fn of(report: &Report) -> Self {
        let hashes = |section: &crate::report::Section| {
            let texts = section.blocks.iter().map(|block| block.text.as_str());
            texts.map(fingerprint::block_hash).collect()
        };
        let blocks: Vec<Vec<u64>> = report.sections.iter().map(hashes).collect();
        let old_ids = Some(report.old_ids.clone()).filter(|ids| !ids.is_empty());
        let first_release = old_ids.map(|ids| (flat_hash(&ids, &blocks), ids));
        let ids = report.sections.iter().map(|section| section.id.clone());
        Self {
            ids: ids.collect(),
            first_release,
            ..Self::new(Outline::of(report), blocks)
        }
    }

    fn new(outline: Outline, blocks: Vec<Vec<u64>>) -> Self {
        Self {
            hash: hash_of(&outline, &blocks),
            ids: outline.ids(),
            outline,
            blocks,
            first_release: None,
            is_flat: false,
        }
    }

    /// An edition that was saved; `None` for another format or what is no hash.
    pub fn read(saved: SavedEdition) -> Option<Self> {
        let sections = saved.sections;
        let blocks = sections.iter().map(|section| numbers(&section.blocks));
        let blocks = blocks.collect::<Option<Vec<_>>>()?;
        let nodes = sections
            .into_iter()
            .map(|each| (each.depth, each.key, each.title));
        let outline = Outline::kept(nodes);
        (saved.format == FORMAT).then(|| Self::new(outline, blocks))
    }

    /// An edition that the first release saved: without levels; the keys of its sections are their
    /// ids without numbers.
    pub fn read_flat(sections: Vec<SectionHashes>) -> Option<Self> {
        let blocks = sections.iter().map(|section| numbers(&section.blocks));
        let blocks = blocks.collect::<Option<Vec<_>>>()?;
        let ids: Vec<String> = sections.into_iter().map(|section| section.id).collect();
        let nodes = ids
            .iter()
            .map(|id| (0, without_number(id).to_owned(), id.clone()));
        Some(Self {
            hash: flat_hash(&ids, &blocks),
            outline: Outline::kept(nodes),
            ids,
            blocks,
            first_release: None,
            is_flat: true,
        })
    }

    /// What is saved of it.
    pub fn saved(&self) -> SavedEdition {
        let nodes = self.outline.nodes().iter().zip(&self.blocks);
        let sections = nodes.map(|(node, blocks)| SavedSection {
            depth: node.depth,
            key: node.key.clone(),
            title: node.title.clone(),
            blocks: blocks.iter().copied().map(fingerprint::hex).collect(),
        });
        SavedEdition {
            format: FORMAT,
            sections: sections.collect(),
        }
    }

    /// Whether a hash names it: its own, or the one that the first release gave it.
    pub fn is(&self, hash: &str) -> bool {
        let first = self.first_release.as_ref();
        self.hash == hash || first.is_some_and(|(first, _)| first == hash)
    }

    /// Its sections as a tree.
    pub fn outline(&self) -> &Outline {
        &self.outline
    }

    /// The id of a section; empty past the last.
    pub fn id(&self, section: usize) -> &str {
        self.ids.get(section).map_or("", String::as_str)
    }

    /// The hashes of each section's blocks.
    pub fn blocks(&self) -> &[Vec<u64>] {
        &self.blocks
    }

    /// Whether how its sections nest is not known.
    pub fn is_flat(&self) -> bool {
        self.is_flat
    }

    /// The section that an anchor names by its id.
    pub fn section(&self, id: &str) -> Option<usize> {
        let find = |ids: &[String]| ids.iter().position(|known| known == id);
        let first = || find(&self.first_release.as_ref()?.1);
        find(&self.ids).or_else(first)
    }
}

/// Where old editions are found by their hash.
pub trait KnownEditions {
    /// The edition of a report that has this hash, where it is known.
    fn read(&self, report: &str, hash: &str) -> Option<Edition>;
}

/// An id of the first release without the number that told it from equal ones.
pub(super) fn without_number(id: &str) -> &str {
    match id.rsplit_once('-') {
        Some((name, number)) if number.bytes().all(|byte| byte.is_ascii_digit()) => name,
        _ => id,
    }
}

fn numbers(hashes: &[String]) -> Option<Vec<u64>> {
    hashes.iter().map(|hash| fingerprint::parse(hash)).collect()
}

/// The hash that names an edition: of the depths, keys and block hashes of its sections, in order.
fn hash_of(outline: &Outline, blocks: &[Vec<u64>]) -> String {
    let mut hash = Fnv::default();
    for (node, blocks) in outline.nodes().iter().zip(blocks) {
        hash.add(format!("{} {}", node.depth, node.key).as_bytes());
        hash.add(&[0]);
        blocks
            .iter()
            .for_each(|block| hash.add(&block.to_be_bytes()));
    }
    hash.hex()
}

/// The hash by which the first release named an edition: of ids and block hashes as text.
fn flat_hash(ids: &[String], blocks: &[Vec<u64>]) -> String {
    let mut hash = Fnv::default();
    for (id, blocks) in ids.iter().zip(blocks) {
        hash.add(id.as_bytes());
        hash.add(&[0]);
        let blocks = blocks.iter().copied().map(fingerprint::hex);
        blocks.for_each(|block| hash.add(block.as_bytes()));
    }
    hash.hex()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::snapshot;

    #[test]
    fn what_is_saved_is_read_back() {
        let edition = Edition::of(&snapshot::bundled());
        let read = Edition::read(edition.saved()).expect("readable");
        assert_eq!((&read.hash, &read.blocks), (&edition.hash, &edition.blocks));
        assert_eq!(read.outline, edition.outline);
        let newer = SavedEdition {
            format: 3,
            ..edition.saved()
        };
        assert_eq!(Edition::read(newer), None);
    }

    #[test]
    fn an_edition_keeps_the_name_that_the_first_release_gave_it() {
        let mut report = snapshot::bundled();
        report.old_ids = ["a", "b", "b-2"].map(str::to_owned).to_vec();
        let edition = Edition::of(&report);
        let sections = edition.saved().sections.into_iter().zip(&report.old_ids);
        let sections = sections.map(|(section, id)| SectionHashes {
            id: id.clone(),
            blocks: section.blocks,
        });
        let flat = Edition::read_flat(sections.collect()).expect("readable");
        assert_ne!(flat.hash, edition.hash);
        assert!(edition.is(&flat.hash) && edition.is(&edition.hash) && !flat.is(&edition.hash));
        assert_eq!(edition.section("b-2"), Some(2));
        assert_eq!(flat.outline.nodes()[2].key, "b");
    }

    #[test]
    fn the_ids_of_equal_sections_are_no_part_of_the_name() {
        let mut report = snapshot::bundled();
        let hash = Edition::of(&report).hash;
        report.sections[1].id = "another".into();
        report.sections[1].title += " (revised)";
        assert_eq!(Edition::of(&report).hash, hash);
        report.sections[1].title = "Another".into();
        assert_ne!(Edition::of(&report).hash, hash);
    }
}
