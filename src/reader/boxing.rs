//! Where the note box and the panel stand over the text, and how many rows they take.

use super::{Reader, frame::Area, overlay::Overlay};
use crate::report::layout::{Row, RowAt};

impl Reader {
    /// Where the note box or panel stands: where it does not hide the cursor's paragraph, as high
    /// as what is in it as far as there is room. The text below it never moves.
    pub fn note_box_area(&self) -> Option<Area> {
        let frame = self.frame.as_ref()?;
        let cursor = self.screen.cursor;
        let is_here = |at: &&RowAt| matches!(self.layout.made(at.section).get(at.row), Some(&Row::Text { block, .. }) if (at.section, block) == cursor.block_key());
        let rows = &self.screen.rows;
        let first = rows.iter().position(|at| is_here(&at)).unwrap_or(0);
        let count = rows.iter().filter(is_here).count();
        let within = usize::from(frame.box_width().saturating_sub(2)).max(1);
        let lines = match &self.overlay {
            Some(Overlay::NoteBox(note)) => note.editor.lines(within).len(),
            _ => self.panel_lines(within).len(),
        };
        // The quote with an empty row, and the border.
        let wanted = u16::try_from(lines.saturating_add(4)).unwrap_or(u16::MAX);
        Some(frame.box_area(wanted, first as u16..(first + count) as u16))
    }

    /// Lines of the panel's text that its rows do not hold.
    pub(super) fn panel_rows_beyond(&self) -> usize {
        if !matches!(self.overlay, Some(Overlay::Panel(_))) {
            return 0;
        }
        let Some(inner) = self.note_box_area().map(Area::inner) else {
            return 0;
        };
        self.panel_lines(usize::from(inner.width))
            .len()
            .saturating_sub(self.panel_page())
    }

    /// Lines of its text that the panel shows at once, at least one.
    pub(super) fn panel_page(&self) -> usize {
        let height = self.note_box_area().map_or(0, |area| area.inner().height);
        usize::from(height - quote_rows(height)).max(1)
    }
}

/// Rows for the quote above the text in a box of so many rows inside: none, one, or one and an
/// empty one.
pub fn quote_rows(height: u16) -> u16 {
    match height {
        0..=2 => 0,
        3..=4 => 1,
        _ => 2,
    }
}
