//! A report in memory: sections of flat blocks of plain text, with spans beside the text. Knows
//! nothing of files, screens or notes.

pub mod address;
pub mod citation;
pub mod extent;
pub mod first_format;
pub mod layout;
pub mod links;
pub mod lookup;
mod named;
pub mod outline;
pub mod paths;
pub mod place;
pub mod position;
pub mod records;
pub mod scroll;
pub mod snapshot;
#[cfg(test)]
pub(crate) mod testing;
pub mod typography;

use serde::{Deserialize, Serialize};

use position::{Passage, Position};

/// The newest snapshot format, which this program writes.
pub const FORMAT: u32 = 2;

/// A report: its metadata and its sections in reading order.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Report {
    /// Version of the snapshot format, see [`FORMAT`].
    pub format: u32,
    /// Kebab-case id of the report, the same in all editions.
    pub id: String,
    /// Label of the edition, unique in the report: its date of publication, else a number.
    #[serde(default)]
    pub edition: String,
    pub title: String,
    /// Empty where nobody is named.
    pub author: String,
    /// Date of publication, as precise as known: `2021`, `2021-07` or `2021-07-01`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub published: Option<String>,
    /// Source of the text.
    pub source: String,
    /// BCP 47 language tag, for example `en-US`.
    pub language: String,
    pub sections: Vec<Section>,
    /// Where printed pages begin, in reading order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub pages: Vec<Page>,
    /// The ids that a snapshot of format 1 gave its sections, by index; empty for a later one.
    #[serde(skip)]
    pub old_ids: Vec<String>,
    #[serde(skip)]
    pub lookup: lookup::Lookup,
}

/// The start of a printed page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Page {
    /// As it is printed: `61`, `iv`.
    pub label: String,
    /// Section, block and byte of the block's text, each from 0.
    pub section: usize,
    pub block: usize,
    pub byte: usize,
}

impl Page {
    /// Where it begins.
    pub fn start(&self) -> Position {
        Position::new(self.section, self.block, self.byte)
    }
}

/// A titled part of a report. Sections are a flat list; `level` says how they nest.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Section {
    /// The path of its titles, unique in the report: kebab-case parts joined by `/`, see
    /// [`outline::Outline::ids`].
    pub id: String,
    pub title: String,
    /// Depth of nesting, 1 is the top.
    pub level: u8,
    /// Author, date and source of its own, where the report was made of files that differ.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub author: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub published: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    pub blocks: Vec<Block>,
}

/// One paragraph-like piece of text. Blocks never nest.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Block {
    pub kind: BlockKind,
    pub text: String,
    /// Emphasis and links, in order; byte ranges of `text` on character boundaries.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub spans: Vec<Span>,
    /// Nesting depth of a list item, at most [`DEEPEST_ITEM`]; 0 for every other kind.
    #[serde(default, skip_serializing_if = "is_outermost")]
    pub depth: u8,
}

/// Deepest list item, see [`Block::depth`].
pub const DEEPEST_ITEM: u8 = 15;

fn is_outermost(depth: &u8) -> bool {
    *depth == 0
}

/// The role of a block. Determines indent, spacing and style, never the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BlockKind {
    Paragraph,
    Heading,
    Quote,
    ListItem,
    Caption,
    Salutation,
    Signature,
    Notice,
    Preformatted,
}

impl BlockKind {
    /// Whether it is a paragraph of text, which citations count.
    pub fn is_text(self) -> bool {
        match self {
            Self::Paragraph | Self::Quote | Self::ListItem | Self::Preformatted => true,
            Self::Heading | Self::Caption | Self::Salutation | Self::Signature | Self::Notice => {
                false
            }
        }
    }
}

/// A styled byte range of a block's text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Span {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
    pub style: SpanStyle,
}

/// The style of a span.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SpanStyle {
    Emphasis,
    Strong,
    /// A link and its target.
    Link(String),
}

impl Report {
    /// The block at a position; `None` if there is none.
    pub fn block(&self, position: Position) -> Option<&Block> {
        self.sections
            .get(position.section)?
            .blocks
            .get(position.block)
    }

    /// The text of the block at a position; empty if there is none.
    pub fn text_at(&self, position: Position) -> &str {
        self.block(position).map_or("", |block| block.text.as_str())
    }

    /// The index of a section by its id, or by the one that a snapshot of format 1 gave it.
    pub fn section_index(&self, id: &str) -> Option<usize> {
        let by_id = self.sections.iter().position(|section| section.id == id);
        by_id.or_else(|| self.old_ids.iter().position(|old| old == id))
    }

    /// After the last byte of its text.
    pub fn end(&self) -> Position {
        let section = self.sections.len().saturating_sub(1);
        let blocks = self.sections.last().map_or(0, |last| last.blocks.len());
        let block = Position::new(section, blocks.saturating_sub(1), 0);
        Position::new(section, block.block, self.text_at(block).len())
    }

    /// The whole block at a position, as a passage.
    pub fn passage_of_block(&self, position: Position) -> Passage {
        let start = Position {
            byte: 0,
            ..position
        };
        let end = Position {
            byte: self.text_at(position).len(),
            ..position
        };
        Passage::new(start, end)
    }

    /// The blocks of a passage, by their start positions, in reading order.
    pub fn blocks_of(&self, passage: Passage) -> impl Iterator<Item = Position> {
        let (start, end) = (passage.start(), passage.end());
        let sections = self
            .sections
            .iter()
            .enumerate()
            .take(end.section.saturating_add(1))
            .skip(start.section);
        sections.flat_map(move |(s, section)| {
            let first = if s == start.section { start.block } else { 0 };
            let after = if s == end.section {
                end.block.saturating_add(1)
            } else {
                usize::MAX
            };
            (first..section.blocks.len().min(after)).map(move |b| Position::new(s, b, 0))
        })
    }

    /// The text of a passage; blocks are joined by a line feed.
    pub fn text_of(&self, passage: Passage) -> String {
        self.pieces_of(passage).collect::<Vec<_>>().join("\n")
    }

    /// The text of a passage, block by block.
    pub fn pieces_of(&self, passage: Passage) -> impl Iterator<Item = &str> {
        self.blocks_of(passage).filter_map(move |at| {
            let text = self.text_at(at);
            text.get(passage.bytes_in_block(at, text.len()))
        })
    }

    /// The next or previous block, across section ends.
    pub fn neighbour(
        &self,
        position: Position,
        direction: position::Direction,
    ) -> Option<Position> {
        use position::Direction::{Backward, Forward};
        let Position { section, block, .. } = position;
        match direction {
            Forward if block + 1 < self.sections.get(section)?.blocks.len() => {
                Some(Position::new(section, block + 1, 0))
            }
            Forward => (section + 1..self.sections.len())
                .find(|&s| !self.sections[s].blocks.is_empty())
                .map(|s| Position::new(s, 0, 0)),
            Backward if block > 0 => Some(Position::new(section, block - 1, 0)),
            Backward => (0..section)
                .rev()
                .find(|&s| !self.sections[s].blocks.is_empty())
                .map(|s| Position::new(s, self.sections[s].blocks.len() - 1, 0)),
        }
    }
}
