//! A report's sections as a tree. Nothing is known of their subjects: the tree comes from levels,
//! the keys from titles.

use std::collections::HashMap;

use super::Report;
use crate::text::wording;

/// The sections of a report as a tree over their flat list, in reading order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Outline {
    nodes: Vec<Node>,
}

/// A section in the tree. Sections are named by their index.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Node {
    /// Its title, whole.
    pub title: String,
    /// Its title without facet, kebab-case: what stays the same over the years. Empty for a sole
    /// top section, which holds all others: its title changes with each edition.
    pub key: String,
    /// How many sections hold it; the sole top section does not count.
    pub depth: usize,
    /// The section that holds it; `None` at the top, and right below a sole top section.
    pub parent: Option<usize>,
    /// One past the last section that it holds.
    pub end: usize,
}

impl Outline {
    /// The outline of a report.
    pub fn of(report: &Report) -> Self {
        Self::new(report.sections.iter().map(|s| (s.level, s.title.as_str())))
    }

    /// An outline by levels and titles in reading order. A section is held by the last one before
    /// it of a smaller level, so that levels may jump.
    pub fn new<'a>(sections: impl Iterator<Item = (u8, &'a str)>) -> Self {
        let sections: Vec<(u8, &str)> = sections.collect();
        let levels = sections.iter().map(|(level, _)| usize::from(*level));
        let mut nodes = tree(levels);
        let top = sole_top(&nodes);
        for (index, (node, (_, title))) in nodes.iter_mut().zip(&sections).enumerate() {
            let holds_sections = node.end > index + 1;
            node.title = (*title).to_owned();
            if Some(index) != top {
                node.key = key(title, holds_sections);
            }
        }
        Self { nodes }.without_top(top)
    }

    /// An outline that was kept: depth, key and title of each section. A sole top section has no
    /// key.
    pub fn kept(sections: impl Iterator<Item = (usize, String, String)>) -> Self {
        let sections: Vec<_> = sections.collect();
        // The sole top section and those right below it are all of depth 0.
        let has_top = sections.first().is_some_and(|(_, key, _)| key.is_empty());
        let levels =
            sections.iter().enumerate().map(
                |(index, (depth, ..))| {
                    if index == 0 && has_top { 0 } else { depth + 1 }
                },
            );
        let mut nodes = tree(levels);
        for (node, (_, key, title)) in nodes.iter_mut().zip(sections) {
            (node.key, node.title) = (key, title);
        }
        Self { nodes }.without_top(has_top.then_some(0))
    }

    fn without_top(mut self, top: Option<usize>) -> Self {
        for node in self.nodes.iter_mut().skip(1).filter(|_| top.is_some()) {
            node.depth -= 1;
            node.parent = node.parent.filter(|&parent| Some(parent) != top);
        }
        self
    }

    /// All sections, in reading order.
    pub fn nodes(&self) -> &[Node] {
        &self.nodes
    }

    /// A section; `None` past the last.
    pub fn node(&self, section: usize) -> Option<&Node> {
        self.nodes.get(section)
    }

    /// Whether the first section is a sole top section, which holds all others.
    pub fn has_sole_top(&self) -> bool {
        self.nodes.first().is_some_and(|top| top.key.is_empty())
    }

    /// Whether any section has another one above it in its path.
    pub fn is_nested(&self) -> bool {
        self.nodes.iter().any(|node| node.parent.is_some())
    }

    /// A section and those that hold it, the outermost first.
    pub fn path(&self, section: usize) -> Vec<usize> {
        let above = |&at: &usize| self.nodes.get(at)?.parent;
        let known = Some(section).filter(|&at| at < self.nodes.len());
        let mut path: Vec<usize> = std::iter::successors(known, above).collect();
        path.reverse();
        path
    }

    /// The titles of [`Self::path`].
    pub fn titles(&self, section: usize) -> Vec<&str> {
        let path = self.path(section).into_iter();
        path.map(|at| self.nodes[at].title.as_str()).collect()
    }

    /// The sections right below one, in order; those at the top for `None`, also a sole top
    /// section.
    pub fn children(&self, section: Option<usize>) -> impl Iterator<Item = usize> {
        let is_top = self.has_sole_top() && section.is_none_or(|section| section == 0);
        let (first, end) = match section {
            Some(0) if is_top => (self.nodes.len(), self.nodes.len()),
            Some(section) => (section + 1, self.node(section).map_or(0, |node| node.end)),
            None => (0, self.nodes.len()),
        };
        // What is below a sole top section stands beside it.
        let next = move |&at: &usize| match at {
            0 if is_top => Some(1),
            _ => Some(self.nodes.get(at)?.end),
        };
        std::iter::successors(Some(first), next).take_while(move |&at| at < end)
    }

    /// The sections below one, at any depth, and itself.
    pub fn below(&self, section: usize) -> std::ops::Range<usize> {
        let end = match self.nodes.get(section) {
            Some(node) => node.end,
            None => section,
        };
        section..end
    }

    /// The ids of all sections: the keys of their paths, joined by `/`. Equal ones get `-2`, `-3`
    /// in reading order.
    pub fn ids(&self) -> Vec<String> {
        let mut taken: HashMap<String, usize> = HashMap::new();
        let mut ids: Vec<String> = Vec::with_capacity(self.nodes.len());
        for (index, node) in self.nodes.iter().enumerate() {
            let own = match node.key.as_str() {
                "" => key(&node.title, true),
                key => key.to_owned(),
            };
            let wanted = match node.parent.and_then(|parent| ids.get(parent)) {
                Some(above) => format!("{above}/{own}"),
                None => own,
            };
            debug_assert_eq!(index, ids.len());
            ids.push(unique(wanted, &mut taken));
        }
        ids
    }

    /// The facet of a section's title, see [`split`]; empty where it has none.
    pub fn facet(&self, section: usize) -> &str {
        self.split(section).1
    }

    /// The title of a section without its facet.
    pub fn name(&self, section: usize) -> &str {
        self.split(section).0
    }

    fn split(&self, section: usize) -> (&str, &str) {
        self.node(section)
            .map_or(("", ""), |node| split(&node.title, node.end > section + 1))
    }
}

/// Bare nodes with depth, parent and end, by levels.
fn tree(levels: impl Iterator<Item = usize>) -> Vec<Node> {
    let mut nodes: Vec<Node> = Vec::new();
    // Sections that may hold the next one, with their levels.
    let mut open: Vec<(usize, usize)> = Vec::new();
    for (index, level) in levels.enumerate() {
        while let Some((held, _)) = open.pop_if(|(_, above)| *above >= level) {
            nodes[held].end = index;
        }
        nodes.push(Node {
            title: String::new(),
            key: String::new(),
            depth: open.len(),
            parent: open.last().map(|(parent, _)| *parent),
            end: index + 1,
        });
        open.push((index, level));
    }
    let count = nodes.len();
    for (held, _) in open {
        nodes[held].end = count;
    }
    nodes
}

/// The first section, where it holds all others.
fn sole_top(nodes: &[Node]) -> Option<usize> {
    let first = nodes.first()?;
    (nodes.len() > 1 && first.end == nodes.len()).then_some(0)
}

/// The key of a title, see [`Node::key`]; `section` for a title without letters or digits.
pub fn key(title: &str, holds_sections: bool) -> String {
    let (name, _) = split(title, holds_sections);
    Some(wording::kebab(name))
        .filter(|key| !key.is_empty())
        .unwrap_or_else(|| "section".into())
}

/// A title without its facet, and the facet: a trailing `(…)`, and the `: …` of a section that
/// holds sections. A title is never all facet.
pub fn split(title: &str, holds_sections: bool) -> (&str, &str) {
    let title = title.trim();
    let has_name = |name: &str| name.chars().any(char::is_alphanumeric);
    if holds_sections
        && let Some((name, facet)) = title.split_once(": ").filter(|(name, _)| has_name(name))
    {
        return (name.trim_end(), facet.trim());
    }
    match title
        .strip_suffix(')')
        .and_then(|start| start.rsplit_once('('))
    {
        Some((name, facet)) if has_name(name) && !facet.trim().is_empty() => {
            (name.trim_end(), facet.trim())
        }
        _ => (title, ""),
    }
}

/// A wanted id, with `-2`, `-3` where it is taken. With each id is the number that is tried first
/// for the next one that wants it.
fn unique(wanted: String, taken: &mut HashMap<String, usize>) -> String {
    let Some(&first) = taken.get(&wanted) else {
        taken.insert(wanted.clone(), 2);
        return wanted;
    };
    let free = (first..)
        .find(|number| !taken.contains_key(&format!("{wanted}-{number}")))
        .unwrap_or(first);
    let id = format!("{wanted}-{free}");
    taken.insert(wanted, free + 1);
    taken.insert(id.clone(), 2);
    id
}

#[cfg(test)]
mod tests {
    use super::*;

    fn outline(sections: &[(u8, &str)]) -> Outline {
        Outline::new(sections.iter().copied())
    }

    #[test]
    fn ids_are_paths_without_facets_and_without_a_sole_top() {
        let outline = outline(&[
            (1, "Report 2032"),
            (2, "Narratives by Country"),
            (3, "Ghana (Tier 2)"),
            (4, "Protection"),
            (4, "Protection"),
            (3, "TOGO: Tier 2 Watch List"),
            (4, "Protection: victims"),
            (2, "Method"),
        ]);
        assert_eq!(
            outline.ids(),
            [
                "report-2032",
                "narratives-by-country",
                "narratives-by-country/ghana",
                "narratives-by-country/ghana/protection",
                "narratives-by-country/ghana/protection-2",
                "narratives-by-country/togo",
                "narratives-by-country/togo/protection-victims",
                "method",
            ]
        );
        assert_eq!(
            outline.titles(3),
            ["Narratives by Country", "Ghana (Tier 2)", "Protection"]
        );
        assert_eq!(outline.children(None).collect::<Vec<_>>(), [0, 1, 7]);
        assert_eq!(outline.children(Some(1)).collect::<Vec<_>>(), [2, 5]);
        assert_eq!(outline.children(Some(0)).count(), 0);
        assert_eq!(
            (outline.facet(2), outline.facet(5)),
            ("Tier 2", "Tier 2 Watch List")
        );
        let kept = outline.nodes().iter();
        let kept = Outline::kept(kept.map(|n| (n.depth, n.key.clone(), n.title.clone())));
        assert_eq!(kept, outline);
    }

    #[test]
    fn levels_may_jump_and_no_path_holds_itself() {
        let outline = outline(&[(4, "a"), (1, "b"), (4, "c"), (2, "d"), (9, "e"), (1, "f")]);
        let parents: Vec<_> = outline.nodes().iter().map(|node| node.parent).collect();
        assert_eq!(parents, [None, None, Some(1), Some(1), Some(3), None]);
        assert_eq!(outline.ids(), ["a", "b", "b/c", "b/d", "b/d/e", "f"]);
        assert_eq!(outline.below(1), 1..5);
        assert_eq!(outline.path(9), [0; 0]);
    }

    #[test]
    fn a_title_is_never_all_facet() {
        assert_eq!(split("(Tier 2)", true), ("(Tier 2)", ""));
        assert_eq!(split(": x", true), (": x", ""));
        assert_eq!(split("Ghana: Tier 2", false), ("Ghana: Tier 2", ""));
        assert_eq!(split("A (b) c", true), ("A (b) c", ""));
        assert_eq!(split("A ()", true), ("A ()", ""));
        assert_eq!(key("  ", true), "section");
        assert_eq!(key("(Tier 2)", true), "tier-2");
    }

    #[test]
    fn thousands_of_one_title_have_ids_of_their_own_in_no_time() {
        let mut sections = vec![(1, "H"); 50_000];
        sections.extend([(1, "H 3"), (1, "H")]);
        let ids = outline(&sections).ids();
        let distinct: std::collections::HashSet<&String> = ids.iter().collect();
        assert_eq!(distinct.len(), 50_002);
        assert_eq!(
            [&ids[1], &ids[50_000], &ids[50_001]],
            ["h-2", "h-3-2", "h-50001"]
        );
    }
}
