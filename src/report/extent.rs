//! The offset of a position in the report, in bytes of text: for percent, scroll bar and `50%`.

use super::{Report, position::Position};

/// The start of each block, in bytes from the start of the report's text. A block counts one byte
/// more than its text, so that empty blocks have an extent too.
#[derive(Debug, Clone)]
pub struct Extent {
    /// The first entry in `starts` of each section.
    sections: Vec<usize>,
    starts: Vec<usize>,
    total: usize,
}

impl Extent {
    pub fn new(report: &Report) -> Self {
        let mut extent = Self {
            sections: Vec::new(),
            starts: Vec::new(),
            total: 0,
        };
        for section in &report.sections {
            extent.sections.push(extent.starts.len());
            for block in &section.blocks {
                extent.starts.push(extent.total);
                extent.total += block.text.len() + 1;
            }
        }
        extent
    }

    /// Bytes of the whole report; at least 1.
    pub fn total(&self) -> usize {
        self.total.max(1)
    }

    /// Bytes before a position.
    pub fn offset(&self, position: Position) -> usize {
        let first = self
            .sections
            .get(position.section)
            .copied()
            .unwrap_or(self.starts.len());
        let block = self
            .starts
            .get(first + position.block)
            .copied()
            .unwrap_or(self.total);
        block.saturating_add(position.byte).min(self.total)
    }

    /// The start of the block at an offset.
    pub fn position(&self, offset: usize) -> Position {
        let index = self
            .starts
            .partition_point(|&start| start <= offset)
            .saturating_sub(1);
        let section = self
            .sections
            .partition_point(|&first| first <= index)
            .saturating_sub(1);
        let first = self.sections.get(section).copied().unwrap_or(0);
        Position::new(section, index.saturating_sub(first), 0)
    }

    /// The start of the block at a percentage (0 to 100).
    pub fn at_percent(&self, percent: usize) -> Position {
        self.position((self.total * percent.min(100) / 100).min(self.total.saturating_sub(1)))
    }
}
