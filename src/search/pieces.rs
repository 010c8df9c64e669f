//! The pieces of a report that are searched one by one: each section's title, then its blocks.

use super::literal;
use crate::report::{Report, address::Address, position::Position};

/// A piece: a section's title or one of its blocks, by index.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Piece {
    pub section: usize,
    /// `None` for the title.
    pub block: Option<usize>,
}

/// The pieces of a report, numbered from 0.
#[derive(Debug)]
pub struct Pieces {
    /// The piece of each section's title.
    titles: Vec<usize>,
    /// Whether each piece is [simple](literal::is_simple).
    simple: Vec<bool>,
}

impl Pieces {
    /// Classifies the whole report once.
    pub fn new(report: &Report) -> Self {
        let mut pieces = Self {
            titles: Vec::new(),
            simple: Vec::new(),
        };
        for section in &report.sections {
            pieces.titles.push(pieces.simple.len());
            let texts = std::iter::once(&section.title)
                .chain(section.blocks.iter().map(|block| &block.text));
            pieces
                .simple
                .extend(texts.map(|text| literal::is_simple(text)));
        }
        pieces
    }

    pub fn count(&self) -> usize {
        self.simple.len()
    }

    /// The index of texts that belong to no piece: after the last one.
    pub fn beyond(&self) -> usize {
        self.count()
    }

    pub fn is_simple(&self, index: usize) -> bool {
        self.simple.get(index).copied().unwrap_or(false)
    }

    pub fn piece(&self, index: usize) -> Piece {
        let section = self
            .titles
            .partition_point(|&title| title <= index)
            .saturating_sub(1);
        let title = self.titles.get(section).copied().unwrap_or(0);
        Piece {
            section,
            block: index.checked_sub(title + 1),
        }
    }

    /// The index of a piece.
    pub fn index(&self, piece: Piece) -> usize {
        let title = self
            .titles
            .get(piece.section)
            .copied()
            .unwrap_or(self.count());
        title + piece.block.map_or(0, |block| block + 1)
    }

    /// The pieces of a section.
    pub fn of_section(&self, section: usize) -> std::ops::Range<usize> {
        let title = |section: usize| self.titles.get(section).copied().unwrap_or(self.count());
        title(section)..title(section + 1)
    }

    /// The index of the block at a position.
    pub fn of_block(&self, position: Position) -> usize {
        self.index(Piece {
            section: position.section,
            block: Some(position.block),
        })
    }
}

impl Piece {
    /// Its text in the report it belongs to.
    pub fn text(self, report: &Report) -> &str {
        let section = report.sections.get(self.section);
        let text = section.and_then(|section| match self.block {
            None => Some(&section.title),
            Some(block) => section.blocks.get(block).map(|block| &block.text),
        });
        text.map_or("", String::as_str)
    }

    /// The position of a byte in it; for a title, the start of its section.
    pub fn position(self, byte: usize) -> Position {
        Position::new(
            self.section,
            self.block.unwrap_or(0),
            if self.block.is_some() { byte } else { 0 },
        )
    }

    pub fn address(self) -> Address {
        Address {
            section: self.section,
            block: self.block,
            byte: 0,
        }
    }

    /// The piece after it.
    pub(crate) fn next(self, report: &Report) -> Self {
        let blocks = report
            .sections
            .get(self.section)
            .map_or(0, |section| section.blocks.len());
        let block = self.block.map_or(0, |block| block + 1);
        if block < blocks {
            Self {
                block: Some(block),
                ..self
            }
        } else {
            Self {
                section: self.section + 1,
                block: None,
            }
        }
    }
}
