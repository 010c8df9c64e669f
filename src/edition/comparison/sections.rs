//! Which section of a new edition was which of the old one.

use crate::{
    edition::fingerprint,
    report::{Report, Section},
};

/// For each new section the old one: of the same id, else of the same title, else the one that
/// most of its blocks come from.
pub(super) fn partners(old: &Report, new: &Report) -> Vec<Option<usize>> {
    let mut partners: Vec<Option<usize>> = new
        .sections
        .iter()
        .map(|section| old.section_index(&section.id))
        .collect();
    let title = |section: &Section| fingerprint::block(&section.title);
    for by_blocks in [false, true] {
        for (index, section) in new.sections.iter().enumerate() {
            let is_free = |other: &usize| !partners.contains(&Some(*other));
            if partners.get(index).is_none_or(Option::is_some) {
                continue;
            }
            let mut free = (0..old.sections.len()).filter(is_free);
            let is_partner = |other: &usize| match old.sections.get(*other) {
                Some(other) if by_blocks => shares_blocks(other, section),
                Some(other) => title(other) == title(section),
                None => false,
            };
            let found = free.find(is_partner);
            partners
                .get_mut(index)
                .into_iter()
                .for_each(|partner| *partner = found);
        }
    }
    partners
}

fn shares_blocks(old: &Section, new: &Section) -> bool {
    let texts: std::collections::BTreeSet<&str> =
        old.blocks.iter().map(|block| block.text.as_str()).collect();
    let shared = new
        .blocks
        .iter()
        .filter(|block| texts.contains(block.text.as_str()))
        .count();
    shared > 0 && 2 * shared >= old.blocks.len().max(new.blocks.len())
}
