//! How an edition of a report is identified: by the hashes of its blocks.

use serde::{Deserialize, Serialize};

use super::fingerprint::{self, Fnv};
use crate::report::Report;

/// What an edition is compared by: made once for a report that has notes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edition {
    /// Hash over all its sections, in hexadecimal.
    pub hash: String,
    pub sections: Vec<SectionHashes>,
}

/// The hashes of a section's blocks, in order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SectionHashes {
    /// Id of the section.
    pub id: String,
    /// See [`fingerprint::block`].
    pub blocks: Vec<String>,
}

impl Edition {
    pub fn of(report: &Report) -> Self {
        let hashes = |section: &crate::report::Section| {
            section
                .blocks
                .iter()
                .map(|each| fingerprint::block(&each.text))
                .collect()
        };
        let sections = report.sections.iter().map(|section| SectionHashes {
            id: section.id.clone(),
            blocks: hashes(section),
        });
        Self::new(sections.collect())
    }

    /// An edition by the hashes of its blocks.
    pub fn new(sections: Vec<SectionHashes>) -> Self {
        Self {
            hash: hash_of(&sections),
            sections,
        }
    }

    pub(super) fn blocks(&self) -> impl Iterator<Item = &str> {
        self.sections
            .iter()
            .flat_map(|section| section.blocks.iter().map(String::as_str))
    }
}

/// Where old editions are found by their hash.
pub trait KnownEditions {
    /// The edition of a report that has this hash, where it is known.
    fn read(&self, report: &str, hash: &str) -> Option<Edition>;
}

/// The hash that names an edition: of its block hashes and section ids, in order.
fn hash_of(sections: &[SectionHashes]) -> String {
    let mut hash = Fnv::default();
    for section in sections {
        hash.add(section.id.as_bytes());
        hash.add(&[0]);
        for each in &section.blocks {
            hash.add(each.as_bytes());
        }
    }
    hash.hex()
}
