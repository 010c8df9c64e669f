//! What is seen of the report: the place of reading, its rows on the screen, and the way back.
//! Lays out only what is seen; knows no layer, note or search.

pub mod frame;
mod jumps;
mod links;
mod movement;
mod pointer;

use std::sync::Arc;

use frame::{Area, Frame, PaneWidth};
pub(super) use jumps::JumpList;
pub use links::{SeenLink, SeenLinks};
pub use movement::{Moved, Unit};

use crate::{
    command::settings::Settings,
    report::{
        Report,
        extent::Extent,
        layout::{Layout, Row, RowAt},
        place::Place,
        position::{Passage, Position},
        scroll::{Top, Walk},
    },
};

/// What takes room from the text.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Room {
    /// Whether keys go to the section pane.
    pub has_pane_focus: bool,
    /// What the section pane would take.
    pub pane: PaneWidth,
    /// Whether there are notes to stand beside the text.
    pub has_notes: bool,
    /// Rows that a list below the text would fill.
    pub list: Option<usize>,
}

/// A window on a report.
#[derive(Debug)]
pub struct Viewport {
    report: Arc<Report>,
    extent: Extent,
    layout: Layout,
    /// Columns and rows of the window.
    size: (u16, u16),
    /// `None` where the window is too small to read in.
    frame: Option<Frame>,
    place: Place,
    /// What is shown in place of `place`, which stays: a match while a search is typed.
    preview: Option<Place>,
    /// The rows on the screen.
    rows: Vec<RowAt>,
    /// The paragraph cursor: the one of `place` where it can be seen, else the first paragraph here.
    cursor: Position,
    links: SeenLinks,
    /// Whether the cursor stands for a sentence, shown by a caret.
    at_sentence: bool,
    /// Whether the cursor stays in sight whatever the size: from a resize to the next key.
    holds_cursor: bool,
    /// Whether that moved the screen away from the top of `place`.
    is_top_moved: bool,
    jumps: JumpList,
}

/// What a movement has to know of the screen that it began on.
#[derive(Debug)]
pub struct Held {
    place: Place,
    holds_cursor: bool,
    seen: Option<Top>,
}

impl Viewport {
    /// A window whose size is not known yet.
    pub fn new(report: Arc<Report>, place: Place) -> Self {
        Self {
            extent: Extent::new(&report),
            layout: Layout::new(&report, 1),
            size: (0, 0),
            frame: None,
            place,
            preview: None,
            rows: Vec::new(),
            cursor: Position::default(),
            links: SeenLinks::default(),
            at_sentence: false,
            holds_cursor: place != Place::default(),
            is_top_moved: false,
            jumps: JumpList::default(),
            report,
        }
    }

    /// Columns and rows of the window.
    pub fn size(&self) -> (u16, u16) {
        self.size
    }

    /// `None` where the window is too small to read in.
    pub fn frame(&self) -> Option<&Frame> {
        self.frame.as_ref()
    }

    pub fn layout(&self) -> &Layout {
        &self.layout
    }

    /// The rows on the screen.
    pub fn rows(&self) -> &[RowAt] {
        &self.rows
    }

    /// The paragraph cursor as it is seen.
    pub fn cursor(&self) -> Position {
        self.cursor
    }

    /// The place of reading as it will be saved.
    pub fn place(&self) -> Place {
        self.place
    }

    /// The links of the blocks on the screen.
    pub fn links(&self) -> &SeenLinks {
        &self.links
    }

    /// Whether the cursor stands for a sentence, shown by a caret.
    pub fn is_at_sentence(&self) -> bool {
        self.at_sentence
    }

    /// Sets whether the cursor stands for a sentence; returns what was.
    pub(super) fn set_at_sentence(&mut self, is: bool) -> bool {
        std::mem::replace(&mut self.at_sentence, is)
    }

    /// Rows of text on the screen; at least 1.
    pub fn height(&self) -> usize {
        self.frame
            .as_ref()
            .map_or(1, |frame| usize::from(frame.text.height).max(1))
    }

    /// All of the window but the status line.
    pub fn over_all(&self) -> Area {
        Area {
            x: 0,
            y: 0,
            width: self.size.0,
            height: self.size.1.saturating_sub(1),
        }
    }

    /// Takes a new window size, in columns and rows.
    pub(super) fn resize(&mut self, columns: u16, rows: u16) {
        self.size = (columns, rows);
        self.holds_cursor |= !self.rows.is_empty() && self.cursor == self.place.cursor;
    }

    /// Divides the window, and works out what is on the screen.
    pub(super) fn fit(&mut self, settings: &Settings, room: Room) {
        self.frame = Frame::new(self.size, settings, room);
        if let Some((frame, rows)) = self.frame.as_mut().zip(room.list) {
            frame.give_list_room(rows);
        }
        let width = self
            .frame
            .as_ref()
            .map_or(self.layout.width(), |frame| usize::from(frame.text.width));
        if width != self.layout.width() {
            self.layout = Layout::new(&self.report, width);
        }
        self.lay();
    }

    /// Works out what is on the screen in the frame as it is.
    fn lay(&mut self) {
        let (top, height) = (self.preview.unwrap_or(self.place).top, self.height());
        self.rows = self.walk().screen(top, height);
        // What is shown for a while moves nothing of the place.
        self.is_top_moved =
            self.holds_cursor && self.bring_cursor_into_sight(height) && self.preview.is_none();
        self.cursor = self.visible_cursor();
    }

    /// Works out the links on the screen, where other blocks than before are on it.
    pub(super) fn see_links(&mut self) {
        self.links.see(&self.report, &self.layout, &self.rows);
    }

    /// After a resize the cursor's row stays in sight: what is above it may have grown. The top of
    /// the place stays, so that the old size gives back the old screen. Says whether it moved.
    fn bring_cursor_into_sight(&mut self, height: usize) -> bool {
        let cursor = self.preview.unwrap_or(self.place).cursor;
        let row = self.layout.row_of(&self.report, cursor);
        if self.report.block(cursor).is_none() || self.rows.contains(&row) {
            return false;
        }
        let is_above = self.rows.first().is_some_and(|first| row < *first);
        let by = if is_above { 0 } else { 1 - height as isize };
        let (first, _) = self.walk().step(row, by);
        let top = self.walk().top_of(first);
        self.rows = self.walk().screen(top, height);
        true
    }

    /// The cursor of the place where it is on the screen, else the paragraph nearest to it that
    /// begins there, else the one that fills it.
    fn visible_cursor(&mut self) -> Position {
        let wanted = self.preview.unwrap_or(self.place).cursor;
        let row = self.layout.row_of(&self.report, wanted);
        if self.rows.contains(&row) && self.report.block(wanted).is_some() {
            return wanted;
        }
        let texts = self.rows.iter().filter_map(|at| match self.row(*at) {
            Some(&Row::Text { block, start, .. }) => Some(Position::new(at.section, block, start)),
            _ => None,
        });
        let texts: Vec<Position> = texts.collect();
        let begins = |position: &&Position| position.byte == 0;
        let is_above = texts
            .first()
            .is_none_or(|first| wanted.block_key() <= first.block_key());
        let nearest = if is_above {
            texts.iter().find(begins).or(texts.first())
        } else {
            texts.iter().rfind(begins).or(texts.last())
        };
        nearest.copied().unwrap_or(wanted)
    }

    /// A row of the layout, where it was laid out.
    pub fn row(&self, at: RowAt) -> Option<&Row> {
        self.layout.made(at.section).get(at.row)
    }

    /// Whether the cursor stands in a row.
    pub fn is_cursor_row(&self, at: RowAt) -> bool {
        let cursor = self.cursor;
        let byte = cursor
            .byte
            .min(self.report.text_at(cursor).len().saturating_sub(1));
        matches!(self.row(at), Some(&Row::Text { block, start, end, .. })
            if (at.section, block) == cursor.block_key() && (start..end.max(start + 1)).contains(&byte))
    }

    /// Where a box over the text stands that wants so many rows: where it hides nothing of the
    /// cursor's paragraph. The text below it never moves.
    pub fn box_area(&self, wanted: usize) -> Option<Area> {
        let cursor = self.cursor.block_key();
        let is_here = |at: &&RowAt| matches!(self.row(**at), Some(&Row::Text { block, .. }) if (at.section, block) == cursor);
        let first = self.rows.iter().position(|at| is_here(&at)).unwrap_or(0);
        let count = self.rows.iter().filter(is_here).count();
        let wanted = u16::try_from(wanted).unwrap_or(u16::MAX);
        let seen = first as u16..(first + count) as u16;
        Some(self.frame.as_ref()?.box_area(wanted, seen))
    }

    /// Columns of text in a box over the text; at least 1.
    pub fn columns_in_box(&self) -> usize {
        self.frame.as_ref().map_or(1, |frame| {
            usize::from(frame.box_width().saturating_sub(2)).max(1)
        })
    }

    /// Whether the last row of the report is on the screen.
    fn shows_end(&self) -> bool {
        let last = self.report.sections.len().saturating_sub(1);
        self.rows
            .last()
            .is_some_and(|at| at.section == last && at.row + 1 == self.layout.made(last).len())
    }

    /// How much of the report lies above the top of the screen, 0 to 100; 100 where its end is
    /// seen.
    pub fn percent(&self) -> usize {
        if self.shows_end() {
            return 100;
        }
        let top = self.rows.iter().find_map(|at| match self.row(*at) {
            Some(&Row::Text { block, start, .. }) => Some(Position::new(at.section, block, start)),
            _ => None,
        });
        top.map_or(0, |top| self.along(top, 100))
    }

    /// How far along the report a position lies, in a scale of so many steps.
    pub fn along(&self, position: Position, steps: usize) -> usize {
        self.extent.offset(position) * steps / self.extent.total().max(1)
    }

    /// Shows another place for a while, or no longer; the place of reading stays.
    pub(super) fn preview(&mut self, place: Option<Place>) {
        self.preview = place;
    }

    /// What is shown in place of the place of reading.
    pub(super) fn previewed(&self) -> Option<Place> {
        self.preview
    }

    /// Makes the screen as it is seen the place of reading.
    pub(super) fn stay_as_seen(&mut self) {
        self.place.top = self.shown_top();
        self.holds_cursor = false;
        self.is_top_moved = false;
    }

    /// Begins what may move, on the screen as it is seen, also where a resize moved it.
    pub(super) fn begin_move(&mut self) -> Held {
        Held {
            place: self.place,
            holds_cursor: std::mem::take(&mut self.holds_cursor),
            seen: std::mem::take(&mut self.is_top_moved).then(|| self.shown_top()),
        }
    }

    /// Ends it: what moved ends the hold on the cursor, what moved nothing leaves all as it was.
    /// Says whether it moved.
    pub(super) fn end_move(&mut self, held: Held) -> bool {
        if self.place == held.place {
            self.holds_cursor = held.holds_cursor;
            return false;
        }
        if let Some(seen) = held.seen.filter(|_| self.place.top == held.place.top) {
            self.place.top = seen;
        }
        true
    }

    /// The same screen as one that was left, also where the cursor was not on it.
    pub(super) fn let_go_of_cursor(&mut self) {
        self.holds_cursor = false;
    }

    /// Whether a passage begins in a row on the screen.
    pub(super) fn shows(&mut self, position: Position) -> bool {
        let row = self.layout.row_of(&self.report, position);
        self.rows.contains(&row)
    }

    /// A place at which a passage is on the screen, with some rows above it.
    pub(super) fn place_of_passage(&mut self, passage: Passage) -> Place {
        let row = self.layout.row_of(&self.report, passage.start());
        let lead = (self.height() / 6) as isize;
        let (top, _) = self.walk().step(row, -lead);
        Place {
            top: self.walk().top_of(top),
            cursor: passage.start(),
        }
    }

    /// The top that is on the screen, which can be above that of the place at the report's end.
    fn shown_top(&mut self) -> Top {
        match self.rows.first().copied() {
            Some(row) => self.walk().top_of(row),
            None => self.place.top,
        }
    }

    /// The report and its layout, for walking.
    fn walk(&mut self) -> Walk<'_> {
        Walk {
            report: &self.report,
            layout: &mut self.layout,
        }
    }
}
