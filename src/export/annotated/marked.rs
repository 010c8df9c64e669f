//! Puts marks into copies of the blocks, so that a writer that knows of no notes carries them to
//! the right place. Marks are innermost and end where spans do, so that nothing overlaps.

use std::borrow::Cow;

use super::{Annotated, placement::Placed};
use crate::{
    export::Part,
    report::{Block, BlockKind, Report, Section, Span, SpanStyle, position::Position},
};

/// The marks of a format.
#[derive(Debug)]
pub struct Marks {
    /// Whether the passage is marked.
    pub is_marked: fn(&Placed<'_>) -> bool,
    /// Opens a stretch of text covered by annotations.
    pub open: fn(&[&Placed<'_>]) -> String,
    pub close: &'static str,
    /// A footnote's number; with the character after it, if there is one.
    pub number: fn(usize, Option<char>) -> String,
    pub bookmark: fn(&Placed<'_>) -> String,
    /// Whether spans are written too, so that marks have to end where they do.
    pub end_with_spans: bool,
    /// Whether preformatted text can have marks.
    pub in_preformatted: bool,
}

/// Parts with marks in their texts.
#[derive(Debug)]
pub struct MarkedParts {
    sections: Vec<MarkedSection>,
    placeholder: Option<char>,
    /// The mark of each placeholder, in the order of the text.
    marks: Vec<String>,
}

/// A part's section and its blocks.
#[derive(Debug)]
struct MarkedSection {
    section: Section,
    index: usize,
    has_title: bool,
    blocks: Vec<(usize, Block)>,
}

impl MarkedSection {
    fn part(&self) -> Part<'_> {
        let blocks = self
            .blocks
            .iter()
            .map(|(index, block)| (*index, Cow::Borrowed(block)))
            .collect();
        Part {
            section: &self.section,
            index: self.index,
            has_title: self.has_title,
            blocks,
        }
    }
}

/// The kinds of marks, in their order at one byte.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum MarkKind {
    Close,
    Number(usize),
    Bookmark,
    Open,
}

impl MarkedParts {
    /// Puts the marks in directly: for formats that escape nothing.
    pub fn plain(annotated: &Annotated<'_>, marks: &Marks) -> Self {
        Self::new(annotated, marks, None)
    }

    /// Puts placeholders in; [`Self::filled`] replaces them by the marks.
    pub fn with_placeholders(annotated: &Annotated<'_>, marks: &Marks) -> Self {
        Self::new(annotated, marks, Some(placeholder(annotated.report)))
    }

    fn new(annotated: &Annotated<'_>, marks: &Marks, placeholder: Option<char>) -> Self {
        let mut marked = Self {
            sections: Vec::new(),
            placeholder,
            marks: Vec::new(),
        };
        for part in annotated.parts {
            let section = Section {
                id: part.section.id.clone(),
                title: part.section.title.clone(),
                level: part.section.level,
                ..Section::default()
            };
            let mut blocks = Vec::new();
            for (index, block) in &part.blocks {
                let at = Position::new(part.index, *index, 0);
                let here: Vec<&Placed> = annotated
                    .placed
                    .iter()
                    .filter(|placed| placed.passage.touches_block(at))
                    .collect();
                blocks.extend(
                    marked
                        .with_marks(block, at, &here, marks)
                        .into_iter()
                        .map(|block| (*index, block)),
                );
            }
            marked.sections.push(MarkedSection {
                section,
                index: part.index,
                has_title: part.has_title,
                blocks,
            });
        }
        marked
    }

    /// The parts, for a writer.
    pub fn parts(&self) -> Vec<Part<'_>> {
        self.sections.iter().map(MarkedSection::part).collect()
    }

    /// A writer's output with the marks in place of their placeholders.
    pub fn filled(&self, written: &str) -> String {
        let Some(placeholder) = self.placeholder else {
            return written.to_owned();
        };
        let mut marks = self.marks.iter();
        let mut filled = String::new();
        for (index, piece) in written.split(placeholder).enumerate() {
            if index > 0 {
                filled.extend(marks.next().map(String::as_str));
            }
            filled.push_str(piece);
        }
        filled
    }

    /// A block with its marks; if its text can have none, a paragraph after it has them.
    fn with_marks(
        &mut self,
        block: &Block,
        at: Position,
        here: &[&Placed<'_>],
        marks: &Marks,
    ) -> Vec<Block> {
        if here.is_empty() {
            return vec![block.clone()];
        }
        if block.kind == BlockKind::Preformatted && !marks.in_preformatted {
            let mut after: Vec<_> = insertions(block, at, here, marks);
            after.retain(|(_, place, _)| !matches!(place, MarkKind::Open | MarkKind::Close));
            let note = Block {
                kind: BlockKind::Paragraph,
                text: String::new(),
                spans: Vec::new(),
                depth: 0,
            };
            let note = self.marked(
                &note,
                after
                    .into_iter()
                    .map(|(_, place, mark)| (0, place, mark))
                    .collect(),
            );
            return [block.clone(), note]
                .into_iter()
                .filter(|block| !block.text.is_empty())
                .collect();
        }
        vec![self.marked(block, insertions(block, at, here, marks))]
    }

    fn marked(&mut self, block: &Block, insertions: Vec<(usize, MarkKind, String)>) -> Block {
        let mut text = String::new();
        let mut from = 0;
        let mut moved: Vec<(usize, MarkKind, usize)> = Vec::new();
        for (byte, place, mark) in insertions {
            text.push_str(block.text.get(from..byte).unwrap_or_default());
            let mark = match self.placeholder {
                Some(placeholder) => {
                    self.marks.push(mark);
                    placeholder.to_string()
                }
                None => mark,
            };
            text.push_str(&mark);
            moved.push((byte, place, mark.len()));
            from = byte;
        }
        text.push_str(block.text.get(from..).unwrap_or_default());
        // A span starts before the marks that open with it, and ends after those that close.
        let shift = |byte: usize, last: &MarkKind| {
            let before = moved
                .iter()
                .filter(|(at, place, _)| *at < byte || (*at == byte && place <= last));
            byte + before.map(|(.., len)| len).sum::<usize>()
        };
        let span = |span: &Span| Span {
            start: shift(span.start, &MarkKind::Bookmark),
            end: shift(span.end, &MarkKind::Close),
            style: span.style.clone(),
        };
        Block {
            text,
            spans: block.spans.iter().map(span).collect(),
            ..*block
        }
    }
}

/// All marks of a block, in order.
fn insertions(
    block: &Block,
    at: Position,
    here: &[&Placed<'_>],
    marks: &Marks,
) -> Vec<(usize, MarkKind, String)> {
    let mut found = stretches(block, at, here, marks);
    for placed in here {
        if let Some(byte) = placed.sign_in(at) {
            found.push((byte, MarkKind::Bookmark, (marks.bookmark)(placed)));
        }
        if let Some((byte, number)) = placed.number_in(at, block.text.len()) {
            let byte = outside_links(block, byte);
            let next = block.text.get(byte..).and_then(|rest| rest.chars().next());
            found.push((byte, MarkKind::Number(number), (marks.number)(number, next)));
        }
    }
    found.sort();
    found
}

/// The marked stretches, one for each different mark.
fn stretches(
    block: &Block,
    at: Position,
    here: &[&Placed<'_>],
    marks: &Marks,
) -> Vec<(usize, MarkKind, String)> {
    let len = block.text.len();
    let marked = here.iter().filter(|placed| (marks.is_marked)(placed));
    let ranges: Vec<_> = marked
        .map(|placed| (placed.passage.bytes_in_block(at, len), *placed))
        .collect();
    let spans: Vec<usize> = block
        .spans
        .iter()
        .filter(|_| marks.end_with_spans)
        .flat_map(|span| [span.start, span.end])
        .collect();
    let mut cuts: Vec<usize> = ranges
        .iter()
        .flat_map(|(range, _)| [range.start, range.end])
        .chain(spans.iter().copied())
        .collect();
    cuts.sort_unstable();
    cuts.dedup();
    let mut found: Vec<(usize, usize, String)> = Vec::new();
    for (from, to) in cuts.iter().zip(cuts.iter().skip(1)) {
        let over = ranges
            .iter()
            .filter(|(range, _)| range.start <= *from && *to <= range.end);
        let over: Vec<&Placed> = over.map(|(_, placed)| *placed).collect();
        let open = (marks.open)(&over);
        match found.last_mut() {
            _ if over.is_empty() => {}
            Some((_, end, last)) if *end == *from && *last == open && !spans.contains(from) => {
                *end = *to
            }
            _ => found.push((*from, *to, open)),
        }
    }
    let both = |(from, to, open)| {
        [
            (from, MarkKind::Open, open),
            (to, MarkKind::Close, marks.close.to_owned()),
        ]
    };
    found.into_iter().flat_map(both).collect()
}

/// A number is a link in most formats, and links cannot be nested.
fn outside_links(block: &Block, byte: usize) -> usize {
    let links = block
        .spans
        .iter()
        .filter(|span| matches!(span.style, SpanStyle::Link(_)));
    links
        .filter(|span| span.start < byte && byte < span.end)
        .map(|span| span.end)
        .max()
        .unwrap_or(byte)
}

/// A character that the report does not have: one that Unicode reserves for use within programs
/// (noncharacters), else of a private area.
fn placeholder(report: &Report) -> char {
    let mut candidates = ('\u{fdd0}'..='\u{fdef}')
        .chain('\u{e000}'..='\u{f8ff}')
        .chain('\u{f0000}'..='\u{ffffd}');
    candidates
        .find(|candidate| !has(report, *candidate))
        .unwrap_or('\u{fdd0}')
}

fn has(report: &Report, wanted: char) -> bool {
    let Report {
        id,
        title,
        author,
        source,
        language,
        ..
    } = report;
    let link =
        |span: &Span| matches!(&span.style, SpanStyle::Link(target) if target.contains(wanted));
    let block = |block: &Block| block.text.contains(wanted) || block.spans.iter().any(link);
    let section =
        |section: &Section| section.title.contains(wanted) || section.blocks.iter().any(block);
    [id, title, author, source, language]
        .into_iter()
        .chain(&report.published)
        .any(|text| text.contains(wanted))
        || report.sections.iter().any(section)
}
