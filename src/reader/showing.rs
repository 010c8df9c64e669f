//! What is on the screen: worked out after each command, laying out only what is seen.

use super::{Focus, Reader, frame::Frame, overlay::Overlay};
use crate::report::{
    layout::{Layout, Row},
    position::Position,
};

impl Reader {
    /// Rows of text on the screen; at least 1.
    pub fn height(&self) -> usize {
        self.frame
            .as_ref()
            .map_or(1, |frame| usize::from(frame.text.height).max(1))
    }

    /// Works out what is on the screen. Lays out only what is seen.
    pub(super) fn settle(&mut self) {
        let beside = self
            .settings
            .pane_beside(self.size.0, self.focus == Focus::Sections);
        self.frame = Frame::new(
            self.size,
            &self.settings,
            beside,
            self.focus == Focus::Sections,
        );
        let rows_of_list = self.overlay.as_ref().and_then(Overlay::rows_of_list);
        if let Some((frame, rows)) = self.frame.as_mut().zip(rows_of_list) {
            frame.give_list_room(rows);
        }
        let width = self
            .frame
            .as_ref()
            .map_or(self.layout.width(), |frame| usize::from(frame.text.width));
        if width != self.layout.width() {
            self.layout = Layout::new(&self.report, width);
        }
        let (top, height) = (self.preview.unwrap_or(self.place).top, self.height());
        self.screen.rows = self.walk().screen(top, height);
        // What is shown for a while moves nothing of what is kept.
        self.is_top_moved =
            self.holds_cursor && self.bring_cursor_into_sight(height) && self.preview.is_none();
        self.screen.cursor = self.visible_cursor();
        self.mark_matches();
        self.see_links();
        self.settle_overlay();
    }

    /// After a resize the cursor's row stays in sight: what is above it may have grown. The kept
    /// top stays, so that the old size gives back the old screen. Says whether the screen moved.
    fn bring_cursor_into_sight(&mut self, height: usize) -> bool {
        let cursor = self.preview.unwrap_or(self.place).cursor;
        let row = self.layout.row_of(&self.report, cursor);
        if self.report.block(cursor).is_none() || self.screen.rows.contains(&row) {
            return false;
        }
        let is_above = self.screen.rows.first().is_some_and(|first| row < *first);
        let (first, _) = self
            .walk()
            .step(row, if is_above { 0 } else { 1 - height as isize });
        let top = self.walk().top_of(first);
        self.screen.rows = self.walk().screen(top, height);
        true
    }

    /// Makes the screen as it is seen the kept one.
    pub(super) fn stay_as_seen(&mut self) {
        self.place.top = self.shown_top();
        self.holds_cursor = false;
        self.is_top_moved = false;
    }

    /// Runs what may move: what moves begins on the screen as it is seen, also where a resize
    /// moved it, and ends the hold on the cursor. What moves nothing leaves all as it was.
    pub(super) fn moving(&mut self, run: impl FnOnce(&mut Self)) {
        let (before, held) = (self.place, std::mem::take(&mut self.holds_cursor));
        let seen = std::mem::take(&mut self.is_top_moved).then(|| self.shown_top());
        run(self);
        if self.place == before {
            self.holds_cursor = held;
            return;
        }
        // Whoever went elsewhere is not taken to a hit later.
        self.finding.seek = None;
        if let Some(seen) = seen.filter(|_| self.place.top == before.top) {
            self.place.top = seen;
        }
    }

    /// The cursor where it is on the screen, else the paragraph nearest to it that begins
    /// there, else the one that fills it.
    pub(super) fn visible_cursor(&mut self) -> Position {
        let kept = self.preview.unwrap_or(self.place).cursor;
        let row = self.layout.row_of(&self.report, kept);
        if self.screen.rows.contains(&row) && self.report.block(kept).is_some() {
            return kept;
        }
        let texts = self.screen.rows.iter().filter_map(|at| {
            match self.layout.made(at.section).get(at.row) {
                Some(&Row::Text { block, start, .. }) => {
                    Some(Position::new(at.section, block, start))
                }
                _ => None,
            }
        });
        let texts: Vec<Position> = texts.collect();
        let begins = |position: &&Position| position.byte == 0;
        let is_above = texts
            .first()
            .is_none_or(|first| kept.block_key() <= first.block_key());
        let nearest = if is_above {
            texts.iter().find(begins).or(texts.first())
        } else {
            texts.iter().rfind(begins).or(texts.last())
        };
        nearest.copied().unwrap_or(kept)
    }

    /// Whether the last row of the report is on the screen.
    pub fn shows_end(&self) -> bool {
        let last = self.report.sections.len().saturating_sub(1);
        self.screen
            .rows
            .last()
            .is_some_and(|at| at.section == last && at.row + 1 == self.layout.made(last).len())
    }

    /// How much of the report lies above the bottom of the screen, 0 to 100.
    pub fn percent(&self) -> usize {
        if self.shows_end() {
            return 100;
        }
        let bottom = self.screen.rows.iter().rev().find_map(|at| {
            match self.layout.made(at.section).get(at.row) {
                Some(&Row::Text { block, end, .. }) => Some(Position::new(at.section, block, end)),
                _ => None,
            }
        });
        bottom.map_or(0, |bottom| {
            self.extent.offset(bottom) * 100 / self.extent.total()
        })
    }
}
