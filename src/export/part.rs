//! The parts of a report to write.

use std::{borrow::Cow, ops::Range};

use crate::report::{
    Block, Report, Section, Span,
    address::Stretch,
    position::{Passage, Position},
};

/// A section, or some of its blocks.
#[derive(Debug)]
pub struct Part<'a> {
    pub section: &'a Section,
    /// Index of the section, from 0.
    pub index: usize,
    /// Whether the title is written; not for single blocks.
    pub has_title: bool,
    /// Blocks with their index, from 0. Of a printed page, the first and the last may be cut.
    pub blocks: Vec<(usize, Cow<'a, Block>)>,
}

/// The parts of a report at addresses, in this order; all of it without any.
pub fn parts<'a>(report: &'a Report, addresses: &[Stretch]) -> Vec<Part<'a>> {
    let whole = [Stretch::Sections(0..report.sections.len())];
    let wanted = if addresses.is_empty() {
        &whole
    } else {
        addresses
    };
    let mut parts = Vec::new();
    for stretch in wanted {
        match stretch {
            Stretch::Sections(sections) => {
                parts.extend(sections.clone().filter_map(|at| whole_section(report, at)));
            }
            Stretch::Blocks(section, blocks) => {
                parts.extend(some_blocks(report, *section, blocks.clone()));
            }
            Stretch::Page(passage) => parts.extend(page(report, *passage)),
        }
    }
    parts
}

fn whole_section(report: &Report, index: usize) -> Option<Part<'_>> {
    let blocks = report.sections.get(index)?.blocks.len();
    Some(Part {
        has_title: true,
        ..some_blocks(report, index, 0..blocks)?
    })
}

fn some_blocks(report: &Report, index: usize, blocks: Range<usize>) -> Option<Part<'_>> {
    let section = report.sections.get(index)?;
    let block = |at: usize| Some((at, Cow::Borrowed(section.blocks.get(at)?)));
    Some(Part {
        section,
        index,
        has_title: false,
        blocks: blocks.filter_map(block).collect(),
    })
}

/// The blocks of a page, cut where it begins and ends, with the titles that stand on it.
fn page(report: &Report, passage: Passage) -> Vec<Part<'_>> {
    let mut parts: Vec<Part<'_>> = Vec::new();
    for section in passage.start().section..=passage.end().section {
        let blocks = report.sections.get(section).map_or(0, |of| of.blocks.len());
        let Some(part) = some_blocks(report, section, 0..blocks) else {
            continue;
        };
        let within = |(index, block): (usize, Cow<'_, Block>)| {
            let at = Position::new(section, index, 0);
            let bytes = (passage.start() <= at || passage.touches_block(at))
                .then(|| passage.bytes_in_block(at, block.text.len()))
                .filter(|bytes| !bytes.is_empty())?;
            (at <= passage.end()).then(|| (index, Cow::Owned(cut(&block, bytes))))
        };
        let blocks = part.blocks.into_iter().filter_map(within).collect();
        let part = Part {
            has_title: passage.start() <= Position::new(section, 0, 0),
            blocks,
            ..part
        };
        let is_on_page = !part.blocks.is_empty() || section < passage.end().section;
        parts.extend(
            Some(part).filter(|part| is_on_page && (part.has_title || !part.blocks.is_empty())),
        );
    }
    parts
}

/// Some bytes of a block, with their spans.
fn cut(block: &Block, bytes: Range<usize>) -> Block {
    let text = block.text.get(bytes.clone()).unwrap_or_default();
    let spans = block.spans.iter().filter_map(|span| {
        let (start, end) = (span.start.max(bytes.start), span.end.min(bytes.end));
        (start < end).then(|| Span {
            start: start - bytes.start,
            end: end - bytes.start,
            style: span.style.clone(),
        })
    });
    Block {
        text: text.to_owned(),
        spans: spans.collect(),
        ..*block
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::{Page, testing::nested};

    #[test]
    fn a_page_is_cut_where_it_begins_and_ends() {
        let mut report = nested(&[(1, "A"), (2, "B"), (1, "C")]);
        report.pages = [("1", 0, 5), ("2", 1, 8), ("3", 2, 0)]
            .map(|(label, section, byte)| Page {
                label: label.into(),
                section,
                block: 0,
                byte,
            })
            .into();
        let on = |label: &str| {
            let stretch = Stretch::parse(label, &report).expect("a page");
            let parts = parts(&report, &[stretch]);
            let set = parts.iter().map(|part| {
                let title = if part.has_title {
                    part.section.title.as_str()
                } else {
                    ""
                };
                let texts: Vec<&str> = part.blocks.iter().map(|(_, b)| b.text.as_str()).collect();
                format!("{title}|{}", texts.join("/"))
            });
            set.collect::<Vec<_>>()
        };
        assert_eq!(on("p1"), ["|of A.", "B|Text of "]);
        assert_eq!(on("p2"), ["|B."]);
        assert_eq!(on("p3"), ["C|Text of C."]);
    }

    #[test]
    fn a_section_is_written_with_all_that_is_below_it() {
        let report = nested(&[(1, "A"), (2, "B"), (1, "C")]);
        let indices = |text: &str| {
            let stretch = Stretch::parse(text, &report).expect("there");
            let parts = parts(&report, &[stretch]);
            parts.iter().map(|part| part.index).collect::<Vec<_>>()
        };
        assert_eq!(indices("a"), [0, 1]);
        assert_eq!(indices("2..3"), [1, 2]);
        assert_eq!(indices("3:1"), [2]);
    }
}
