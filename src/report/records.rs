//! Records: siblings that share the titles of their children, such as one chapter for each country
//! with the same subheads. Found from the outline alone; nothing is known of their subjects.

use std::collections::{HashMap, HashSet};

use super::outline::Outline;

/// The records of an outline. Sections are named by their index.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Records {
    groups: Vec<Group>,
    /// For each section the innermost record that it is or is in.
    of_section: Vec<Option<usize>>,
}

/// Records under the same section.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// The section that holds them; `None` at the top.
    pub parent: Option<usize>,
    /// In reading order, two at least.
    pub records: Vec<usize>,
    /// The keys of their fields: those that many of the records share, in reading order.
    pub fields: Vec<String>,
}

impl Records {
    /// Siblings are records where at least half of the keys of their children are shared: stand in
    /// a third, and two at least, of the siblings that have children.
    pub fn of(outline: &Outline) -> Self {
        let sections = outline.nodes().len();
        let parents = std::iter::once(None).chain((0..sections).map(Some));
        let groups: Vec<Group> = parents.filter_map(|at| group(outline, at)).collect();
        let records: HashSet<usize> = groups
            .iter()
            .flat_map(|group| &group.records)
            .copied()
            .collect();
        let mut of_section: Vec<Option<usize>> = Vec::with_capacity(sections);
        for (at, node) in outline.nodes().iter().enumerate() {
            let above = || of_section.get(node.parent?).copied().flatten();
            let record = if records.contains(&at) {
                Some(at)
            } else {
                above()
            };
            of_section.push(record);
        }
        Self { groups, of_section }
    }

    /// All groups, in the order of the sections that hold them.
    pub fn groups(&self) -> &[Group] {
        &self.groups
    }

    /// The innermost record that a section is or is in.
    pub fn record_of(&self, section: usize) -> Option<usize> {
        self.of_section.get(section).copied().flatten()
    }

    /// The group of a record; `None` for other sections.
    pub fn group_of(&self, record: usize) -> Option<&Group> {
        let has_it = |group: &&Group| group.records.binary_search(&record).is_ok();
        self.groups.iter().find(has_it)
    }
}

/// The records right below a section.
fn group(outline: &Outline, parent: Option<usize>) -> Option<Group> {
    let mut siblings: Vec<(usize, Vec<&str>)> = Vec::new();
    for sibling in outline.children(parent) {
        let children = outline.children(Some(sibling));
        let mut seen = HashSet::new();
        let keys = children.filter_map(|child| outline.node(child).map(|node| node.key.as_str()));
        let keys: Vec<&str> = keys.filter(|key| seen.insert(*key)).collect();
        if !keys.is_empty() {
            siblings.push((sibling, keys));
        }
    }
    let mut counts: HashMap<&str, usize> = HashMap::new();
    for key in siblings.iter().flat_map(|(_, keys)| keys) {
        *counts.entry(key).or_default() += 1;
    }
    let enough = siblings.len().div_ceil(3).max(2);
    let is_shared = |key: &&str| counts.get(*key).is_some_and(|&count| count >= enough);
    let is_record =
        |keys: &[&str]| 2 * keys.iter().filter(|key| is_shared(key)).count() >= keys.len();
    siblings.retain(|(_, keys)| is_record(keys));
    let mut seen = HashSet::new();
    let shared = siblings
        .iter()
        .flat_map(|(_, keys)| keys)
        .copied()
        .filter(is_shared);
    let fields = shared
        .filter(|key| seen.insert(*key))
        .map(str::to_owned)
        .collect();
    let records: Vec<usize> = siblings.into_iter().map(|(record, _)| record).collect();
    (records.len() > 1).then_some(Group {
        parent,
        records,
        fields,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn records_share_the_titles_of_their_children() {
        let outline = Outline::new(
            [
                (1, "Report 2032"),
                (2, "Method"),
                (3, "Sources"),
                (2, "Narratives"),
                (3, "Ghana (Tier 2)"),
                (4, "Prosecution"),
                (4, "Protection"),
                (3, "Togo: Tier 3"),
                (4, "Protection (of victims)"),
                (4, "Special"),
                (3, "Chad"),
                (3, "How to read this"),
                (4, "Symbols"),
            ]
            .into_iter(),
        );
        let records = Records::of(&outline);
        let [group] = records.groups() else {
            panic!("{records:?}")
        };
        assert_eq!(
            (group.parent, group.records.as_slice()),
            (Some(3), &[4, 7][..])
        );
        assert_eq!(group.fields, ["protection"]);
        assert_eq!(
            [1, 3, 4, 6, 9, 10, 12, 99].map(|at| records.record_of(at)),
            [None, None, Some(4), Some(4), Some(7), None, None, None]
        );
        assert_eq!(records.group_of(7), Some(group));
        assert_eq!(records.group_of(5), None);
    }

    #[test]
    fn chapters_without_common_titles_are_no_records() {
        let titles = ["A", "b", "c", "D", "e", "f", "G", "h", "i"];
        let levels = [1, 2, 2].into_iter().cycle();
        let outline = Outline::new(levels.zip(titles));
        assert!(Records::of(&outline).groups().is_empty());
    }
}
