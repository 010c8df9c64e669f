//! Selecting text with keys and with the mouse.

use crate::{
    reader::{
        mode::Mode,
        parts::Parts,
        selection::{Grain, Selection, Step, last_of},
    },
    report::position::{Direction, Passage, Position},
};

impl Parts {
    /// Begins a selection at the cursor, or begins it again there; a selection of the other grain
    /// keeps where it began.
    pub(crate) fn select(&mut self, grain: Grain) {
        let cursor = match self.mode.selection() {
            Some(_) => self.viewport.place().cursor,
            None => self.marked_start(),
        };
        if self.report.block(cursor).is_none() {
            return self.say("There is no text here to select.");
        }
        self.viewport.stay_as_seen();
        self.viewport.put_cursor(cursor);
        let anchor = match &self.mode {
            Mode::Selecting(selection) if selection.grain != grain => selection.anchor,
            Mode::OnLink { selection, .. } => selection.anchor,
            _ => cursor,
        };
        self.mode = Mode::Selecting(Selection::new(anchor, grain));
    }

    /// Where the cursor is seen: at the match or the sentence, else where the line begins that
    /// has its sign.
    fn marked_start(&mut self) -> Position {
        let cursor = self.viewport.cursor();
        if let Some(found) = self.match_here() {
            return found.start();
        }
        if self.viewport.is_at_sentence() {
            return cursor;
        }
        let row = self.viewport.row_of(cursor);
        self.viewport.position_in_row(row, 0)
    }

    /// Selects a link; its keys are those of reading.
    pub(crate) fn select_link(&mut self, passage: Passage) {
        let cursor = last_of(&self.report, passage);
        self.viewport.put_cursor(cursor);
        self.mode = Mode::OnLink {
            selection: Selection::new(passage.start(), Grain::Character),
            cursor,
        };
    }

    /// Selects a passage that was pointed at.
    pub(crate) fn select_passage(&mut self, passage: Passage, grain: Grain) {
        self.viewport.put_cursor(last_of(&self.report, passage));
        self.mode = Mode::Selecting(Selection::new(passage.start(), grain));
    }

    pub(crate) fn swap_ends(&mut self) {
        let cursor = self.viewport.place().cursor;
        if let Mode::Selecting(selection) = &mut self.mode {
            let anchor = std::mem::replace(&mut selection.anchor, cursor);
            self.extend_to(anchor, None);
        }
    }

    /// Moves the cursor's end of the selection by steps.
    pub(crate) fn extend(&mut self, step: Step, direction: Direction, count: usize) {
        let cursor = self.viewport.place().cursor;
        let to = self.mode.selection().and_then(|selection| {
            selection.stepped(&self.report, cursor, (step, direction), count)
        });
        match to {
            Some(to) => self.extend_to(to, None),
            None => {
                let end = match direction {
                    Direction::Forward => "end",
                    Direction::Backward => "start",
                };
                self.say(format!("This is the {end} of the report."));
            }
        }
    }

    /// Moves the cursor's end of the selection to a position.
    fn extend_to(&mut self, to: Position, column: Option<usize>) {
        if let Mode::Selecting(selection) = &mut self.mode {
            selection.column = column;
        }
        self.viewport.put_cursor(to);
        self.viewport.show_position(to);
    }

    /// Moves the cursor's end of the selection by rows of the screen, keeping its column.
    pub(crate) fn extend_rows(&mut self, by: isize) {
        let from = self.viewport.place().cursor;
        let column = self.mode.selection().and_then(|of| of.column);
        match self.viewport.rows_below(from, by, column) {
            Some((to, column)) => self.extend_to(to, Some(column)),
            None => {
                let end = if by > 0 { "last" } else { "first" };
                self.say(format!("This is the {end} line of the report."));
            }
        }
    }

    /// Moves the cursor's end of the selection to the start or end of its row.
    pub(crate) fn extend_in_row(&mut self, direction: Direction) {
        let row = self.viewport.row_of(self.viewport.place().cursor);
        let column = match direction {
            Direction::Forward => usize::MAX,
            Direction::Backward => 0,
        };
        let to = self.viewport.position_in_row(row, column);
        self.extend_to(to, None);
    }
}
