//! Addresses: what people type and cite for a section (`2`) or a block (`2:5`).

use std::fmt;

use super::{Report, position::Position};

/// The address of a section or block in a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Address {
    /// Index of the section, from 0.
    pub section: usize,
    /// Index of the block, from 0; `None` for the whole section.
    pub block: Option<usize>,
}

/// Why an address is invalid in a report.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AddressError {
    #[error("no section `{wanted}`; the report has {sections}, numbered from 1")]
    NoSection { wanted: String, sections: String },
    #[error("section {section} has {blocks}, not `{wanted}`; paragraphs count from 1")]
    NoBlock {
        section: usize,
        blocks: String,
        wanted: String,
    },
}

impl Address {
    /// The address of the block at a position.
    pub fn of(position: Position) -> Self {
        Self {
            section: position.section,
            block: Some(position.block),
        }
    }

    /// Parses an address: `2`, `2:5`, `section-id` or `section-id:5`.
    ///
    /// # Errors
    /// If the report has no such section or block.
    pub fn parse(text: &str, report: &Report) -> Result<Self, AddressError> {
        let (name, block) = match text.trim().rsplit_once(':') {
            Some((name, block)) => (name, Some(block)),
            None => (text.trim(), None),
        };
        let section = find_section(name, report).ok_or_else(|| AddressError::NoSection {
            wanted: name.into(),
            sections: crate::text::wording::count(report.sections.len(), "section"),
        })?;
        let blocks = report.sections[section].blocks.len();
        let block = block
            .map(|wanted| find_block(wanted, section, blocks))
            .transpose()?;
        Ok(Self { section, block })
    }

    /// The start of the section or block.
    pub fn position(self) -> Position {
        Position::new(self.section, self.block.unwrap_or(0), 0)
    }
}

fn find_section(name: &str, report: &Report) -> Option<usize> {
    match name.parse::<usize>() {
        Ok(number) => number
            .checked_sub(1)
            .filter(|&index| index < report.sections.len()),
        Err(_) => report.section_index(name),
    }
}

fn find_block(wanted: &str, section: usize, blocks: usize) -> Result<usize, AddressError> {
    let index = wanted
        .parse::<usize>()
        .ok()
        .and_then(|number| number.checked_sub(1));
    index
        .filter(|&index| index < blocks)
        .ok_or_else(|| AddressError::NoBlock {
            section: section + 1,
            blocks: crate::text::wording::count(blocks, "paragraph"),
            wanted: wanted.into(),
        })
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.block {
            Some(block) => write!(f, "{}:{}", self.section + 1, block + 1),
            None => write!(f, "{}", self.section + 1),
        }
    }
}
