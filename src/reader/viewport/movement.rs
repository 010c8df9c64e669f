//! Movement: scrolling by rows, the cursor by paragraphs and sentences, jumps.

use super::Viewport;
use crate::{
    report::{
        address::Address,
        layout::{Row, RowAt},
        place::Place,
        position::{Direction, Position},
        scroll::Top,
    },
    text::segment,
};

/// Rows that stay on the screen over a page.
const OVERLAP: usize = 2;

/// What came of a movement.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Moved {
    Yes,
    /// There was nothing further that way.
    AtEnd,
}

/// What the cursor moves by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    Paragraph,
    Sentence,
}

impl Viewport {
    /// Rows of so many pages.
    pub fn page(&self, count: usize) -> isize {
        rows(self.height().saturating_sub(OVERLAP).max(1), count)
    }

    /// Rows of so many half pages.
    pub fn half_page(&self, count: usize) -> isize {
        rows((self.height() / 2).max(1), count)
    }

    /// Scrolls by rows, down where positive. Where the screen can go no further, the cursor
    /// goes on: by as many paragraphs for single rows, to the last one for pages.
    pub(crate) fn scroll(&mut self, by: isize) -> Moved {
        self.at_sentence = false;
        self.place.cursor = self.cursor;
        let before = self.shown_top();
        let start = self.rows.first().copied().unwrap_or_default();
        let (row, _) = self.walk().step(start, by);
        self.place.top = self.walk().top_of(row);
        self.lay();
        self.place.top = self.shown_top();
        if self.place.top != before {
            self.place.cursor = self.cursor;
            return Moved::Yes;
        }
        let few = by.unsigned_abs() < self.page(1).unsigned_abs();
        self.step_paragraphs(if few { by } else { by.signum() * isize::MAX })
    }

    /// Moves the cursor by rows of text and shows it.
    pub(crate) fn step_rows(&mut self, by: isize) -> Moved {
        self.at_sentence = false;
        let from = self.cursor;
        let (mut at, mut row) = (from, self.row_of(from));
        let mut left = by.unsigned_abs();
        while left > 0 {
            let (next, is_end) = self.walk().step(row, by.signum());
            row = next;
            if let Some(&Row::Text { block, start, .. }) = self.row(next)
                && !is_end
            {
                at = Position::new(next.section, block, start);
                left -= 1;
            }
            if is_end {
                break;
            }
        }
        self.place.cursor = at;
        self.show_position(at);
        moved(at != from)
    }

    /// Moves the cursor by paragraphs or sentences and shows it.
    pub(crate) fn step(&mut self, unit: Unit, by: isize) -> Moved {
        match unit {
            Unit::Paragraph => {
                self.at_sentence = false;
                self.place.cursor = self.cursor;
                self.step_paragraphs(by)
            }
            Unit::Sentence => self.step_sentences(by),
        }
    }

    /// Back from inside a paragraph goes to its start first.
    fn step_paragraphs(&mut self, by: isize) -> Moved {
        let direction = direction(by);
        let from = self.place.cursor;
        let mut at = from.block_start();
        let mut left = by.unsigned_abs();
        if direction == Direction::Backward && from.byte > 0 {
            left = left.saturating_sub(1);
        }
        while left > 0 {
            let Some(next) = self.report.neighbour(at, direction) else {
                break;
            };
            at = next;
            left -= 1;
        }
        self.place.cursor = at;
        self.show_block(at);
        moved(at != from)
    }

    fn step_sentences(&mut self, by: isize) -> Moved {
        let mut at = self.cursor;
        for _ in 0..by.unsigned_abs() {
            let next = match direction(by) {
                Direction::Forward => self.sentence_after(at),
                Direction::Backward => self.sentence_before(at),
            };
            let Some(next) = next else { break };
            at = next;
        }
        let moved = moved(at != self.cursor);
        self.at_sentence = true;
        self.place.cursor = at;
        self.show_position(at);
        moved
    }

    fn sentence_after(&self, at: Position) -> Option<Position> {
        let starts = segment::sentence_starts(self.report.text_at(at));
        let next = starts
            .into_iter()
            .find(|&start| start > at.byte)
            .map(|byte| Position { byte, ..at });
        next.or_else(|| self.report.neighbour(at, Direction::Forward))
    }

    fn sentence_before(&self, at: Position) -> Option<Position> {
        let earlier = |at: Position, limit: usize| {
            let starts = segment::sentence_starts(self.report.text_at(at));
            starts
                .into_iter()
                .rfind(|&start| start < limit)
                .map(|byte| Position { byte, ..at })
        };
        earlier(at, at.byte).or_else(|| {
            let before = self.report.neighbour(at, Direction::Backward)?;
            earlier(before, usize::MAX)
        })
    }

    /// Scrolls as little as needed to show the whole block at a position, its start before its
    /// end; the title comes with a section's first block.
    fn show_block(&mut self, at: Position) {
        let last = self.report.text_at(at).len().saturating_sub(1);
        let first = self.row_of(at.block_start());
        let last = self.row_of(Position { byte: last, ..at });
        let lead = self.lead_of(first);
        self.show_rows(first.up(lead), last);
    }

    /// Scrolls as little as needed to show the row of a position.
    pub(crate) fn show_position(&mut self, at: Position) {
        let row = self.row_of(at);
        let lead = if at.byte == 0 { self.lead_of(row) } else { 0 };
        self.show_rows(row.up(lead), row);
    }

    /// Rows of title right above a row.
    fn lead_of(&mut self, row: RowAt) -> usize {
        let rows = self.layout.rows(&self.report, row.section);
        let first_text = rows.iter().position(|row| matches!(row, Row::Text { .. }));
        if first_text == Some(row.row) {
            row.row - first_title(rows)
        } else {
            0
        }
    }

    fn show_rows(&mut self, first: RowAt, last: RowAt) {
        let height = self.height();
        let top = match (self.rows.first().copied(), self.rows.last()) {
            (Some(top), Some(&bottom)) if first >= top && last <= bottom => return,
            (Some(top), _) if first < top => first,
            _ => {
                let (top, _) = self.walk().step(last, 1 - height as isize);
                top.min(first)
            }
        };
        self.place.top = self.walk().top_of(top);
    }

    /// Puts a position on the screen from anywhere: where it is, or with some rows above it.
    pub(crate) fn go_to(&mut self, at: Position) {
        self.at_sentence = false;
        self.place.cursor = at;
        let row = self.row_of(at);
        if self.rows.contains(&row) {
            return self.show_block(at);
        }
        let lead = self.lead_of(row).max(self.height() / 6);
        let (top, _) = self.walk().step(row, -(lead as isize));
        self.place.top = self.walk().top_of(top);
    }

    /// Remembers the place here in the jump list and goes to a position.
    pub(crate) fn jump_to(&mut self, at: Position) {
        self.leave();
        self.go_to(at);
    }

    /// Takes up a place; nothing of it is remembered in the jump list.
    pub(crate) fn take_place(&mut self, place: Place) {
        self.at_sentence = false;
        self.place = place;
    }

    /// Puts the cursor somewhere and leaves the screen as it is.
    pub(crate) fn put_cursor(&mut self, at: Position) {
        self.place.cursor = at;
    }

    /// Puts the title of a section at the top of the screen and the cursor below it.
    pub(crate) fn jump_to_section(&mut self, section: usize) {
        self.leave();
        let place = self.place_of_section(section);
        self.take_place(place);
    }

    fn place_of_section(&mut self, section: usize) -> Place {
        let row = first_title(self.layout.rows(&self.report, section));
        Place {
            top: self.walk().top_of(RowAt { section, row }),
            cursor: Position::new(section, 0, 0),
        }
    }

    /// Where an address is shown: a section with its title at the top, a block in the first row.
    pub(crate) fn place_of_address(&mut self, address: Address) -> Place {
        if address.block.is_none() {
            return self.place_of_section(address.section);
        }
        let cursor = address.position();
        let row = self.row_of(cursor);
        Place {
            top: self.walk().top_of(row),
            cursor,
        }
    }

    /// From where the rows from `first` to `last` are seen: with the top as it is where that shows
    /// them, else with a third of the screen above them.
    pub(crate) fn place_showing(
        &mut self,
        (cursor, first, last): (Position, RowAt, RowAt),
        base: Place,
    ) -> Place {
        let height = self.height();
        let rows = self.walk().screen(base.top, height);
        let is_seen = |row: &RowAt| {
            rows.first().is_some_and(|top| top <= row)
                && rows.last().is_some_and(|bottom| row <= bottom)
        };
        if is_seen(&first) && is_seen(&last) {
            return Place { cursor, ..base };
        }
        let lead = self.lead_of(first).max(height / 3);
        let (top, _) = self.walk().step(first, -(lead as isize));
        Place {
            top: self.walk().top_of(top),
            cursor,
        }
    }

    /// The row of a section's title.
    pub(crate) fn title_row(&mut self, section: usize) -> RowAt {
        let row = first_title(self.layout.rows(&self.report, section));
        RowAt { section, row }
    }

    pub(crate) fn jump_to_start(&mut self) {
        self.leave();
        self.take_place(Place::default());
    }

    pub(crate) fn jump_to_end(&mut self) {
        self.leave();
        let section = self.report.sections.len().saturating_sub(1);
        let blocks = self
            .report
            .sections
            .get(section)
            .map_or(0, |section| section.blocks.len());
        let last = Position::new(section, blocks.saturating_sub(1), 0);
        let end = self.report.text_at(last).len();
        let top = Top {
            position: Position { byte: end, ..last },
            lead: 0,
        };
        self.take_place(Place { top, cursor: last });
        self.lay();
        self.place.top = self.shown_top();
    }

    /// Goes to a percent of the report, 0 to 100.
    pub(crate) fn jump_to_percent(&mut self, percent: usize) {
        self.leave();
        self.roll_to_percent(percent);
    }

    /// Goes there without a step in the jump list: a scroll bar is dragged.
    pub(crate) fn roll_to_percent(&mut self, percent: usize) {
        let at = self.extent.at_percent(percent);
        let wanted = self.extent.total() * percent.min(100) / 100;
        let byte = wanted.saturating_sub(self.extent.offset(at));
        let text = self.report.text_at(at);
        let byte = (0..=byte.min(text.len()))
            .rfind(|&byte| text.is_char_boundary(byte))
            .unwrap_or(0);
        let row = self.row_of(Position { byte, ..at });
        let top = self.walk().top_of(row);
        self.take_place(Place { top, cursor: at });
    }

    /// Puts an address on the first screen: a section at the top, a paragraph in sight.
    pub(crate) fn open_at(&mut self, address: Address) {
        let position = address.position();
        let lead = if address.block.unwrap_or(0) == 0 {
            2
        } else {
            0
        };
        self.place = Place {
            top: Top { position, lead },
            cursor: position,
        };
    }

    /// Shows the cursor again where a change of the setting has taken it off the screen.
    pub(crate) fn show_again(&mut self, cursor: Position) {
        self.place.top = self.shown_top();
        self.show_block(cursor);
    }
}

fn first_title(rows: &[Row]) -> usize {
    rows.iter()
        .position(|row| matches!(row, Row::Title { .. }))
        .unwrap_or(0)
}

fn rows(page: usize, count: usize) -> isize {
    page.saturating_mul(count).min(isize::MAX as usize) as isize
}

fn direction(by: isize) -> Direction {
    if by > 0 {
        Direction::Forward
    } else {
        Direction::Backward
    }
}

fn moved(has: bool) -> Moved {
    if has { Moved::Yes } else { Moved::AtEnd }
}
