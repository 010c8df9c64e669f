//! Which text stands at which cell of the screen.

use unicode_segmentation::UnicodeSegmentation;

use super::Viewport;
use crate::{
    report::{
        layout::{Row, RowAt},
        position::Position,
        typography,
    },
    text::width,
};

impl Viewport {
    /// The text at a row and column of the text area; beside a line the line's nearest end, in a
    /// gap the line above.
    pub(crate) fn text_at_cell(&mut self, row: usize, column: usize) -> Option<Position> {
        let rows = self
            .rows
            .get(..=row.min(self.rows.len().saturating_sub(1)))?;
        let is_text = |at: &&RowAt| matches!(self.row(**at), Some(Row::Text { .. }));
        let at = *rows.iter().rfind(is_text)?;
        let is_here = rows.last() == Some(&at);
        Some(self.position_in_row(at, if is_here { column } else { usize::MAX }))
    }

    /// The text that is drawn at a row and column of the text area, and nothing beside it.
    pub(crate) fn text_drawn_at(&mut self, row: usize, column: usize) -> Option<Position> {
        let at = *self.rows.get(row)?;
        self.row_start(row)?;
        let position = self.position_in_row(at, column);
        let from = self.column_of(position);
        let text = self.report.text_at(position);
        let grapheme = text.get(position.byte..)?.graphemes(true).next()?;
        let columns = from..from + width::grapheme_width(grapheme).max(1);
        columns.contains(&column).then_some(position)
    }

    /// The position of the first text in a row of the screen.
    pub(crate) fn row_start(&self, row: usize) -> Option<Position> {
        let at = *self.rows.get(row)?;
        match self.row(at) {
            Some(&Row::Text { block, start, .. }) => Some(Position::new(at.section, block, start)),
            _ => None,
        }
    }

    /// The grapheme of a row that stands at a column of the text area, else the nearest one.
    pub(crate) fn position_in_row(&mut self, at: RowAt, column: usize) -> Position {
        let Some(&Row::Text {
            block, start, end, ..
        }) = self.layout.rows(&self.report, at.section).get(at.row)
        else {
            return Position::new(at.section, 0, 0);
        };
        let position = Position::new(at.section, block, start);
        let text = self
            .report
            .text_at(position)
            .get(start..end)
            .unwrap_or_default()
            .trim_end();
        let mut left = column.saturating_sub(self.indent_of(position));
        let mut byte = start;
        for (offset, grapheme) in text.grapheme_indices(true) {
            byte = start + offset;
            match left.checked_sub(width::grapheme_width(grapheme).max(1)) {
                Some(rest) => left = rest,
                None => break,
            }
        }
        Position { byte, ..position }
    }

    /// The column of the text area at which a position stands.
    fn column_of(&mut self, position: Position) -> usize {
        let at = self.layout.row_of(&self.report, position);
        let Some(&Row::Text { start, .. }) = self.layout.rows(&self.report, at.section).get(at.row)
        else {
            return 0;
        };
        let before = self
            .report
            .text_at(position)
            .get(start..position.byte)
            .unwrap_or_default();
        self.indent_of(position) + width::width(before)
    }

    fn indent_of(&self, position: Position) -> usize {
        self.report.block(position).map_or(0, |block| {
            typography::setting(block).indent_at(self.layout.width())
        })
    }

    /// The row in which a position stands.
    pub(crate) fn row_of(&mut self, position: Position) -> RowAt {
        self.layout.row_of(&self.report, position)
    }

    /// The position so many rows of text below another, in the given column or its own, which is
    /// returned; `None` at the report's end.
    pub(crate) fn rows_below(
        &mut self,
        from: Position,
        by: isize,
        column: Option<usize>,
    ) -> Option<(Position, usize)> {
        let column = column.unwrap_or_else(|| self.column_of(from));
        let row = self.row_of(from);
        let (mut at, _) = self.walk().step(row, by);
        while !self.is_text_row(at) {
            let (next, is_end) = self.walk().step(at, by.signum());
            if is_end || next == at {
                break;
            }
            at = next;
        }
        let is_elsewhere = at != row && self.is_text_row(at);
        is_elsewhere.then(|| (self.position_in_row(at, column), column))
    }

    fn is_text_row(&mut self, at: RowAt) -> bool {
        let rows = self.layout.rows(&self.report, at.section);
        matches!(rows.get(at.row), Some(Row::Text { .. }))
    }
}
