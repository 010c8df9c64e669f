//! What is worked out of a report when it is first asked for, and kept beside it: its outline, the
//! numbers of paragraphs, the short names of sections.

use std::{
    collections::HashMap,
    sync::{Arc, OnceLock},
};

use super::{BlockKind, Report, outline::Outline, position::Position, records::Records};

/// Kept beside a report that does not change any more. A copy begins anew, as what is copied is
/// mostly changed next.
#[derive(Debug, Default)]
pub struct Lookup {
    outline: OnceLock<Arc<Outline>>,
    records: OnceLock<Records>,
    /// Of each section, the blocks that are headings and those that are not text, by index.
    uncounted: OnceLock<Vec<Uncounted>>,
    /// The titles of the sections, folded.
    titles: OnceLock<Vec<String>>,
    /// Sections by the last part of their id.
    ends: OnceLock<HashMap<String, Vec<usize>>>,
}

/// Blocks of a section that numbers leave out, by index, in order.
#[derive(Debug, Default)]
struct Uncounted {
    headings: Vec<usize>,
    /// Salutations, captions and the like, and headings: no paragraphs of text.
    other: Vec<usize>,
}

impl Clone for Lookup {
    fn clone(&self) -> Self {
        Self::default()
    }
}

/// What is worked out of equal reports is equal.
impl PartialEq for Lookup {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Eq for Lookup {}

impl Report {
    /// The tree of its sections.
    pub fn outline(&self) -> &Arc<Outline> {
        self.lookup
            .outline
            .get_or_init(|| Arc::new(Outline::of(self)))
    }

    /// Its records: siblings that share the titles of their children.
    pub fn records(&self) -> &Records {
        let records = &self.lookup.records;
        records.get_or_init(|| Records::of(self.outline()))
    }

    /// The titles of a section and of those that hold it, the outermost first.
    pub fn path(&self, section: usize) -> Vec<&str> {
        self.outline().titles(section)
    }

    /// The title of a section as [`super::paths::words`] are found in it.
    pub(super) fn folded_title(&self, section: usize) -> &str {
        let titles = &self.lookup.titles;
        let titles = titles.get_or_init(|| super::paths::folded_titles(self));
        titles.get(section).map_or("", String::as_str)
    }

    /// The number of a block in its section, from 1, as addresses have it: headings do not count.
    /// A heading has the number of the block after it. `None` in a section of headings alone.
    pub fn number(&self, position: Position) -> Option<usize> {
        let blocks = self.sections.get(position.section)?.blocks.len();
        let headings = &self.uncounted(position.section)?.headings;
        let before = headings.partition_point(|&heading| heading < position.block);
        let last = blocks - headings.len();
        (last > 0).then(|| (position.block + 1 - before).clamp(1, last))
    }

    /// The block with a number, from 0; `None` where there is none.
    pub fn numbered(&self, section: usize, number: usize) -> Option<usize> {
        let blocks = self.sections.get(section)?.blocks.len();
        let headings = &self.uncounted(section)?.headings;
        let mut block = number.checked_sub(1)?;
        for &heading in headings {
            block += usize::from(heading <= block);
        }
        (block < blocks).then_some(block)
    }

    /// How many blocks of a section have a number.
    pub fn numbers(&self, section: usize) -> usize {
        let headings = self.uncounted(section).map_or(0, |of| of.headings.len());
        let blocks = self.sections.get(section).map_or(0, |of| of.blocks.len());
        blocks.saturating_sub(headings)
    }

    /// The number of a block among the paragraphs of text of its section, from 1, as citations
    /// have it. What is no text has the number of the paragraph after it; `None` where the
    /// section has no text.
    pub fn text_number(&self, position: Position) -> Option<usize> {
        let blocks = self.sections.get(position.section)?.blocks.len();
        let other = &self.uncounted(position.section)?.other;
        let before = other.partition_point(|&block| block < position.block);
        let last = blocks - other.len();
        (last > 0).then(|| (position.block + 1 - before).clamp(1, last))
    }

    fn uncounted(&self, section: usize) -> Option<&Uncounted> {
        let all = self.lookup.uncounted.get_or_init(|| {
            let of = |section: &super::Section| {
                let mut uncounted = Uncounted::default();
                for (index, block) in section.blocks.iter().enumerate() {
                    if block.kind == BlockKind::Heading {
                        uncounted.headings.push(index);
                    }
                    if !block.kind.is_text() {
                        uncounted.other.push(index);
                    }
                }
                uncounted
            };
            self.sections.iter().map(of).collect()
        });
        all.get(section)
    }

    /// The sections whose ids have this as their last part, in reading order.
    pub fn sections_ending(&self, last: &str) -> &[usize] {
        let ends = self.lookup.ends.get_or_init(|| {
            let mut ends: HashMap<String, Vec<usize>> = HashMap::new();
            for (index, section) in self.sections.iter().enumerate() {
                let last = section.id.rsplit('/').next().unwrap_or(&section.id);
                ends.entry(last.to_owned()).or_default().push(index);
            }
            ends
        });
        ends.get(last).map_or(&[], Vec::as_slice)
    }

    /// The shortest end of a section's id that no other section's id ends with; its number where
    /// that would be read as one.
    pub fn short_id(&self, section: usize) -> String {
        let Some(id) = self
            .sections
            .get(section)
            .map(|section| section.id.as_str())
        else {
            return String::new();
        };
        let last = id.rsplit('/').next().unwrap_or(id);
        let namesakes = self.sections_ending(last);
        let ends = id
            .rmatch_indices('/')
            .filter_map(|(at, _)| id.get(at + 1..));
        let is_its = |end: &&str| {
            let fits = |&&at: &&usize| is_end(&self.sections[at].id, end);
            namesakes.iter().filter(fits).count() == 1
        };
        let short = ends.chain([id]).find(is_its).unwrap_or(id);
        if is_number_or_page(short) {
            return (section + 1).to_string();
        }
        short.to_owned()
    }

    /// The label of the printed page that a position is on; `None` where that is not known.
    pub fn page(&self, position: Position) -> Option<&str> {
        let after = self.pages.partition_point(|page| page.start() <= position);
        let page = self.pages.get(after.checked_sub(1)?)?;
        Some(&page.label)
    }
}

/// Whether a text would be read as a number or as a printed page.
pub(super) fn is_number_or_page(text: &str) -> bool {
    let label = text.strip_prefix('p').unwrap_or(text);
    !label.is_empty() && label.bytes().all(|byte| byte.is_ascii_digit())
}

/// Whether a path ends with some parts, whole ones.
pub(super) fn is_end(id: &str, end: &str) -> bool {
    id.strip_suffix(end)
        .is_some_and(|before| before.is_empty() || before.ends_with('/'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::{Page, snapshot, testing::nested};

    #[test]
    fn headings_have_no_number_and_captions_none_in_citations() {
        let mut report = snapshot::bundled();
        report.sections[1].blocks[2].kind = BlockKind::Heading;
        let at = |block| Position::new(1, block, 0);
        let numbers: Vec<_> = (0..4).map(|block| report.number(at(block))).collect();
        assert_eq!(numbers, [1, 2, 3, 3].map(Some));
        assert_eq!(report.numbered(1, 3), Some(3));
        assert_eq!(
            (report.numbered(1, 0), report.numbered(1, 999)),
            (None, None)
        );
        let cited: Vec<_> = (0..5).map(|block| report.text_number(at(block))).collect();
        assert_eq!(
            cited,
            [1, 1, 1, 1, 2].map(Some),
            "salutation, caption, heading, two paragraphs"
        );
        for block in &mut report.sections[2].blocks {
            block.kind = BlockKind::Heading;
        }
        let report = report.clone();
        assert_eq!(report.number(Position::new(2, 1, 0)), None);
    }

    #[test]
    fn the_shortest_unique_end_names_a_section() {
        let report = nested(&[
            (1, "2031"),
            (2, "Ghana (Tier 2)"),
            (3, "Protection"),
            (2, "Togo"),
            (3, "Protection"),
            (3, "p61"),
            (1, "Ghana"),
            (2, "Method"),
        ]);
        let short: Vec<String> = (0..8).map(|section| report.short_id(section)).collect();
        let expected = [
            "1",
            "2031/ghana",
            "2031/ghana/protection",
            "togo/protection",
        ];
        assert_eq!(short[..1], expected[..1]);
        assert_eq!(short[1], "2031/ghana");
        assert_eq!(short[2], "ghana/protection");
        assert_eq!(short[4], "togo/protection");
        assert_eq!(short[5], "6");
        assert_eq!(short[6], "ghana", "an id of its own is whole");
        assert_eq!(short[7], "method");
    }

    #[test]
    fn a_position_is_on_the_page_that_began_last() {
        let mut report = snapshot::bundled();
        let page = |label: &str, section, block, byte| Page {
            label: label.into(),
            section,
            block,
            byte,
        };
        report.pages = vec![page("iv", 1, 0, 0), page("v", 1, 3, 10)];
        let on = |section, block, byte| report.page(Position::new(section, block, byte));
        assert_eq!(on(0, 0, 0), None);
        assert_eq!(on(1, 3, 9), Some("iv"));
        assert_eq!(on(1, 3, 10), Some("v"));
        assert_eq!(on(2, 0, 0), Some("v"));
    }
}
