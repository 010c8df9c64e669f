//! The rows of each section at one text width, laid out when first needed and cached until the
//! width changes. Rows are byte ranges: a position is a byte, never a row.

use super::{Report, Section, position::Position, typography};
use crate::text::wrap;

/// One row of text on the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Row {
    /// An empty row before a block; nothing is anchored to it.
    Gap { before: usize },
    /// A byte range of the section's title.
    Title { start: usize, end: usize },
    /// A byte range of a block's text; `hyphen` draws one after it.
    Text {
        block: usize,
        start: usize,
        end: usize,
        hyphen: bool,
    },
}

impl Row {
    /// Block and byte, ascending through the rows of a section.
    fn key(&self) -> (usize, usize) {
        match *self {
            Row::Gap { before } => (before, 0),
            Row::Title { .. } => (0, 0),
            Row::Text { block, start, .. } => (block, start),
        }
    }
}

/// A row of a section, by index; never kept longer than a call.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct RowAt {
    pub section: usize,
    pub row: usize,
}

impl RowAt {
    /// The row so many rows above in its section.
    pub fn up(self, rows: usize) -> Self {
        Self {
            row: self.row.saturating_sub(rows),
            ..self
        }
    }
}

/// The laid out sections of a report at one width, in columns.
#[derive(Debug)]
pub struct Layout {
    width: usize,
    sections: Vec<Option<Vec<Row>>>,
}

impl Layout {
    /// An empty layout of a report; `width` is at least 1 column.
    pub fn new(report: &Report, width: usize) -> Self {
        Self {
            width: width.max(1),
            sections: vec![None; report.sections.len()],
        }
    }

    pub fn width(&self) -> usize {
        self.width
    }

    /// The rows of a section, laid out if needed. Never empty for a section of the report; the last
    /// row is always text or, in a section without blocks, title.
    pub fn rows(&mut self, report: &Report, section: usize) -> &[Row] {
        let (Some(slot), Some(text)) =
            (self.sections.get_mut(section), report.sections.get(section))
        else {
            return &[];
        };
        slot.get_or_insert_with(|| lay_out(text, section > 0, self.width, &report.language))
    }

    /// The rows of a section that is laid out; empty otherwise. For drawing.
    pub fn made(&self, section: usize) -> &[Row] {
        self.sections
            .get(section)
            .and_then(Option::as_deref)
            .unwrap_or_default()
    }

    /// How many sections are laid out.
    pub fn made_count(&self) -> usize {
        self.sections.iter().flatten().count()
    }

    /// The row of a position; the nearest one before it if the text has shrunk.
    pub fn row_of(&mut self, report: &Report, position: Position) -> RowAt {
        let rows = self.rows(report, position.section);
        let wanted = (position.block, position.byte);
        let after = rows.partition_point(|row| row.key() <= wanted);
        RowAt {
            section: position.section,
            row: nearest_text(rows, after),
        }
    }
}

/// The text row before index `after`, else the first one after it, else the last title row.
fn nearest_text(rows: &[Row], after: usize) -> usize {
    let is_text = |row: &Row| matches!(row, Row::Text { .. });
    let before = rows.iter().take(after).rposition(is_text);
    before
        .or_else(|| rows.iter().position(is_text))
        .unwrap_or(rows.len().saturating_sub(1))
}

fn lay_out(section: &Section, has_section_before: bool, width: usize, language: &str) -> Vec<Row> {
    let mut rows = vec![Row::Gap { before: 0 }; if has_section_before { 2 } else { 0 }];
    let title = wrap::lines(&section.title, width, "");
    rows.extend(title.iter().map(|line| Row::Title {
        start: line.start,
        end: line.end,
    }));
    let mut before = None;
    for (index, block) in section.blocks.iter().enumerate() {
        let setting = typography::setting(block);
        if before != Some(block.kind) || !setting.tight {
            rows.push(Row::Gap { before: index });
        }
        before = Some(block.kind);
        let language = if setting.verbatim { "" } else { language };
        let lines = wrap::lines(&block.text, setting.text_width(width), language);
        rows.extend(lines.iter().map(|line| Row::Text {
            block: index,
            start: line.start,
            end: line.end,
            hyphen: line.hyphen,
        }));
    }
    rows
}
