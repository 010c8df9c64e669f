//! What an importer makes of one file before the report is put together: headings and blocks in
//! reading order, its metadata, what was left out, and warnings.

use serde::{Deserialize, Serialize};

use super::structure;
use crate::report::{Block, BlockKind, DEEPEST_ITEM, Span, SpanStyle};

/// One file, read.
#[derive(Debug, Default)]
pub struct Document {
    /// Title of the whole file, apart from its headings.
    pub title: Option<String>,
    pub author: Option<String>,
    pub published: Option<String>,
    pub source: Option<String>,
    pub language: Option<String>,
    pub parts: Vec<Part>,
    /// Its path, by which other files link to it.
    pub file: Option<String>,
    /// Whether links within it may be addresses of a report: of one that this program or a person wrote.
    pub has_addresses: bool,
    /// Whether lines may be titles by their looks.
    pub has_looks: bool,
    /// Names of the next part.
    pub names: Vec<String>,
    pub left_out: Vec<LeftOut>,
    /// Whole sentences about what may be wrong.
    pub unsure: Vec<String>,
}

/// A piece of a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Part {
    /// The title of a section. `level` counts from 1.
    Heading {
        level: u8,
        title: String,
    },
    Block(Block),
    /// A printed page with this label begins here.
    Page(String),
    /// A printed page begins at this byte of the block before.
    PageWithin(String, usize),
    /// A name by which links lead to the next part.
    Anchor(String),
}

impl Part {
    /// Whether it has no text of its own.
    pub fn is_mark(&self) -> bool {
        matches!(self, Self::Anchor(_) | Self::Page(_) | Self::PageWithin(..))
    }

    /// Its title or text; empty for a mark.
    pub fn text(&self) -> &str {
        match self {
            Self::Heading { title, .. } => title,
            Self::Block(block) => &block.text,
            Self::Anchor(_) | Self::Page(_) | Self::PageWithin(..) => "",
        }
    }
}

/// The part of a block within a byte range, without blanks around it, and the byte it begins at.
pub fn slice(block: &Block, range: std::ops::Range<usize>) -> (usize, Block) {
    let text = block.text.get(range.clone()).unwrap_or_default();
    let start = range.start + text.len() - text.trim_start().len();
    let text = text.trim();
    let within = |at: usize| at.clamp(start, start + text.len()) - start;
    let spans = block.spans.iter().map(|span| Span {
        start: within(span.start),
        end: within(span.end),
        style: span.style.clone(),
    });
    let part = Block {
        text: text.to_owned(),
        spans: spans.filter(|span| span.start < span.end).collect(),
        ..block.clone()
    };
    (start, part)
}

/// Puts pieces of the block at an index in its place, each with the byte of the block that it
/// begins at; pages that begin in the block begin in the right piece.
pub fn replace(parts: &mut Vec<Part>, at: usize, pieces: Vec<(usize, Part)>) {
    let pages = parts.iter().skip(at + 1);
    let count = pages
        .take_while(|part| matches!(part, Part::PageWithin(..)))
        .count();
    let mut pages: Vec<Part> = parts.splice(at..=at + count, []).skip(1).collect();
    let mut starts: Vec<usize> = pieces.iter().skip(1).map(|(start, _)| *start).collect();
    starts.push(usize::MAX);
    let mut all = Vec::new();
    for ((start, piece), end) in pieces.into_iter().zip(starts) {
        all.push(piece);
        let is_here = |page: &mut Part| matches!(page, Part::PageWithin(_, byte) if *byte < end);
        let length = all.last().map_or(0, |piece| piece.text().len());
        all.extend(pages.extract_if(.., is_here).map(|page| match page {
            Part::PageWithin(label, byte) => {
                Part::PageWithin(label, byte.saturating_sub(start).min(length))
            }
            other => other,
        }));
    }
    parts.splice(at..at, all);
}

/// What did not become part of the report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LeftOut {
    /// Name of the file, where more than one was given.
    pub input: Option<String>,
    pub place: Location,
    pub text: String,
    /// What it is, as a noun with its origin.
    pub reason: String,
}

/// Where in a file left-out text was. Lines and pages count from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Location {
    Line(usize),
    Page(usize),
    Somewhere,
}

impl LeftOut {
    pub fn new(place: Location, text: impl Into<String>, reason: &str) -> Self {
        Self {
            input: None,
            place,
            text: text.into(),
            reason: reason.to_owned(),
        }
    }
}

impl Document {
    pub fn heading(&mut self, level: u8, title: String) {
        if !title.is_empty() {
            self.push(Part::Heading {
                level: level.max(1),
                title,
            });
        }
    }

    /// Adds a block; one without text is none.
    pub fn block(&mut self, kind: BlockKind, (text, spans): (String, Vec<Span>)) {
        if !text.is_empty() {
            self.push(Part::Block(Block {
                kind,
                text,
                spans,
                depth: 0,
            }));
        }
    }

    fn push(&mut self, part: Part) {
        self.parts.extend(self.names.drain(..).map(Part::Anchor));
        self.parts.push(part);
    }

    /// The first heading or block.
    pub fn first(&self) -> Option<&Part> {
        self.parts.iter().find(|part| !part.is_mark())
    }

    /// Adds a block; a list item has as many lists around its own.
    pub fn block_within(&mut self, lists: usize, kind: BlockKind, text: (String, Vec<Span>)) {
        let before = self.parts.len();
        self.block(kind, text);
        let added = self.parts.get_mut(before..).and_then(<[Part]>::last_mut);
        if let (BlockKind::ListItem, Some(Part::Block(block))) = (kind, added) {
            block.depth = u8::try_from(lists)
                .unwrap_or(DEEPEST_ITEM)
                .min(DEEPEST_ITEM);
        }
    }

    /// Titles of the headings with their levels.
    pub fn headings(&self) -> impl Iterator<Item = (u8, &str)> {
        self.parts.iter().filter_map(|part| match part {
            Part::Heading { level, title, .. } => Some((*level, title.as_str())),
            Part::Block(_) | Part::Anchor(_) | Part::Page(_) | Part::PageWithin(..) => None,
        })
    }

    /// Moves the highest level of heading to 1.
    pub fn level_up(&mut self) {
        let highest = self.headings().map(|(level, _)| level).min().unwrap_or(1);
        self.shift(|level| level - highest + 1);
    }

    /// Moves all headings one level down.
    pub fn level_down(&mut self) {
        self.shift(|level| level.saturating_add(1));
    }

    fn shift(&mut self, to: impl Fn(u8) -> u8) {
        for part in &mut self.parts {
            if let Part::Heading { level, .. } = part {
                *level = to(*level);
            }
        }
    }

    /// Takes the title out of the text that it stands above, as the report has it by itself. Where it
    /// is all there is, it stays.
    pub fn drop_title(&mut self) {
        let plain = |text: &str| {
            text.chars()
                .filter(|c| c.is_alphanumeric())
                .flat_map(char::to_lowercase)
                .collect::<String>()
        };
        let first = self.parts.iter().position(|part| !part.is_mark());
        let is_title = |part: &Part| matches!((part, &self.title), (Part::Block(block), Some(title)) if plain(&block.text) == plain(title));
        let has_more = |first: usize| {
            self.parts
                .iter()
                .skip(first + 1)
                .any(|part| matches!(part, Part::Block(_)))
        };
        if let Some(first) =
            first.filter(|&first| self.parts.get(first).is_some_and(is_title) && has_more(first))
        {
            self.parts.remove(first);
        }
    }

    /// Makes short paragraphs that are all strong headings within their section.
    pub fn find_headings(&mut self) {
        for part in &mut self.parts {
            match part {
                Part::Block(block)
                    if is_strong_line(block)
                        && !block.text.ends_with(['.', '!', '?', ',', ';']) =>
                {
                    block.kind = BlockKind::Heading
                }
                _ => {}
            }
        }
    }

    /// Finds what plain paragraphs are for by their words: the salutation, names and notices of
    /// a letter.
    pub fn find_letters(&mut self) {
        let mut before = None;
        let mut is_letter = false;
        for part in &mut self.parts {
            if part.is_mark() {
                continue;
            }
            let Part::Block(block) = part else {
                (before, is_letter) = (None, false);
                continue;
            };
            if block.kind == BlockKind::Paragraph {
                block.kind = structure::kind_of_line(&block.text, before, is_letter);
            }
            is_letter |= before.is_none() && block.kind == BlockKind::Salutation;
            before = Some(block.kind);
        }
    }
}

/// Whether a paragraph is set as a heading of its own: short, all of it strong.
pub fn is_strong_line(block: &Block) -> bool {
    let is_whole = |span: &Span| {
        span.style == SpanStyle::Strong && span.start == 0 && span.end == block.text.len()
    };
    let words = block.text.split_whitespace().count();
    block.kind == BlockKind::Paragraph
        && words <= structure::LONGEST_HEADING
        && block.spans.iter().any(is_whole)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_goes_from_above_the_text_and_stays_where_it_is_all() {
        let left = |texts: &[&str]| {
            let mut document = Document {
                title: Some("Of Rivers".into()),
                ..Document::default()
            };
            texts.iter().for_each(|text| {
                document.block(BlockKind::Paragraph, ((*text).to_owned(), Vec::new()))
            });
            document.drop_title();
            document.parts.len()
        };
        assert_eq!(left(&["Of rivers", "Text."]), 1);
        assert_eq!(left(&["Text.", "Of rivers"]), 2);
        assert_eq!(left(&["Of rivers"]), 1);
    }
}
