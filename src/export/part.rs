//! The parts of a report to write.

use crate::report::{Block, Report, Section, address::Address};

/// A section, or some of its blocks.
#[derive(Debug)]
pub struct Part<'a> {
    pub section: &'a Section,
    /// Index of the section, from 0.
    pub index: usize,
    /// Whether the title is written; not for single blocks.
    pub has_title: bool,
    /// Blocks with their index, from 0.
    pub blocks: Vec<(usize, &'a Block)>,
}

/// The parts of a report at addresses, in this order; all of it without any.
pub fn parts<'a>(report: &'a Report, addresses: &[Address]) -> Vec<Part<'a>> {
    let whole: Vec<Address> = (0..report.sections.len())
        .map(|section| Address {
            section,
            block: None,
        })
        .collect();
    let wanted = if addresses.is_empty() {
        &whole
    } else {
        addresses
    };
    wanted
        .iter()
        .filter_map(|address| part(report, *address))
        .collect()
}

fn part(report: &Report, address: Address) -> Option<Part<'_>> {
    let section = report.sections.get(address.section)?;
    let all = section.blocks.iter().enumerate();
    let blocks = all
        .filter(|(index, _)| address.block.is_none_or(|block| block == *index))
        .collect();
    Some(Part {
        section,
        index: address.section,
        has_title: address.block.is_none(),
        blocks,
    })
}
