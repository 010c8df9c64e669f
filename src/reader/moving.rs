//! Movement: scrolling by rows, the cursor by paragraphs and sentences, jumps by sections.

use super::{Place, Reader};
use crate::{
    report::{
        address::Address,
        layout::{Row, RowAt},
        position::{Direction, Position},
        scroll::Top,
    },
    text::segment,
};

/// Rows that stay on the screen over a page.
const OVERLAP: usize = 2;

impl Reader {
    /// Rows of `count` pages.
    pub(super) fn page(&self, count: Option<usize>) -> isize {
        let rows = self.height().saturating_sub(OVERLAP).max(1);
        rows.saturating_mul(count.unwrap_or(1))
            .min(isize::MAX as usize) as isize
    }

    /// Rows of `count` half pages.
    pub(super) fn half_page(&self, count: Option<usize>) -> isize {
        let rows = (self.height() / 2).max(1);
        rows.saturating_mul(count.unwrap_or(1))
            .min(isize::MAX as usize) as isize
    }

    /// Scrolls by rows, down where positive. Where the screen can go no further, the cursor
    /// goes on: by as many paragraphs for single rows, to the last one for pages.
    pub(super) fn scroll(&mut self, by: isize) {
        self.at_sentence = false;
        self.place.cursor = self.screen.cursor;
        let before = self.shown_top();
        let start = self
            .screen
            .rows
            .first()
            .copied()
            .unwrap_or(RowAt { section: 0, row: 0 });
        let (row, _) = self.walk().step(start, by);
        let wanted = self.walk().top_of(row);
        self.place.top = wanted;
        self.settle();
        self.place.top = self.shown_top();
        if self.place.top != before {
            self.place.cursor = self.screen.cursor;
            return;
        }
        let few = by.unsigned_abs() < self.page(None).unsigned_abs();
        let steps = if few { by } else { by.signum() * isize::MAX };
        if !self.step_paragraphs(steps) {
            let end = if by > 0 { "end" } else { "start" };
            self.say(format!("This is the {end} of the report."));
        }
    }

    /// The top that is on the screen, which can be above the kept one at the report's end.
    pub(super) fn shown_top(&mut self) -> Top {
        match self.screen.rows.first().copied() {
            Some(row) => self.walk().top_of(row),
            None => self.place.top,
        }
    }

    pub(super) fn move_paragraphs(&mut self, by: isize) {
        self.at_sentence = false;
        self.place.cursor = self.screen.cursor;
        if !self.step_paragraphs(by) {
            self.say(if by > 0 {
                "This is the last paragraph."
            } else {
                "This is the first paragraph."
            });
        }
    }

    /// Moves the cursor by paragraphs and shows it; says whether it moved. Back from inside a
    /// paragraph goes to its start first.
    fn step_paragraphs(&mut self, by: isize) -> bool {
        let direction = if by > 0 {
            Direction::Forward
        } else {
            Direction::Backward
        };
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
        at != from
    }

    pub(super) fn move_sentences(&mut self, by: isize) {
        let mut at = self.screen.cursor;
        for _ in 0..by.unsigned_abs() {
            let next = if by > 0 {
                self.sentence_after(at)
            } else {
                self.sentence_before(at)
            };
            let Some(next) = next else { break };
            at = next;
        }
        if at == self.screen.cursor {
            self.say(if by > 0 {
                "This is the last sentence."
            } else {
                "This is the first sentence."
            });
        }
        self.at_sentence = true;
        self.place.cursor = at;
        self.show_position(at);
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
    pub(super) fn show_block(&mut self, at: Position) {
        let length = self.report.text_at(at).len();
        let first = self.layout.row_of(&self.report, at.block_start());
        let last = self.layout.row_of(
            &self.report,
            Position {
                byte: length.saturating_sub(1),
                ..at
            },
        );
        let lead = self.lead_of(first);
        self.show_rows(
            RowAt {
                row: first.row - lead,
                ..first
            },
            last,
        );
    }

    /// Scrolls as little as needed to show the row of a position.
    pub(super) fn show_position(&mut self, at: Position) {
        let row = self.layout.row_of(&self.report, at);
        let lead = if at.byte == 0 { self.lead_of(row) } else { 0 };
        self.show_rows(
            RowAt {
                row: row.row - lead,
                ..row
            },
            row,
        );
    }

    /// Rows of title right above a row.
    pub(super) fn lead_of(&mut self, row: RowAt) -> usize {
        let rows = self.layout.rows(&self.report, row.section);
        let first_text = rows.iter().position(|row| matches!(row, Row::Text { .. }));
        let first_title = rows
            .iter()
            .position(|row| matches!(row, Row::Title { .. }))
            .unwrap_or(0);
        if first_text == Some(row.row) {
            row.row - first_title
        } else {
            0
        }
    }

    fn show_rows(&mut self, first: RowAt, last: RowAt) {
        let height = self.height();
        let shown = self
            .screen
            .rows
            .first()
            .copied()
            .zip(self.screen.rows.last().copied());
        let top = match shown {
            Some((top, bottom)) if first >= top && last <= bottom => return,
            Some((top, _)) if first < top => first,
            _ => {
                let (top, _) = self.walk().step(last, 1 - height as isize);
                top.min(first)
            }
        };
        // A paragraph far away begins a third down the screen: words before it can be seen.
        self.place.top = self.walk().top_of(top);
    }

    /// Puts a position on the screen from anywhere: where it is, or with some rows above it.
    pub(super) fn go_to(&mut self, at: Position) {
        self.at_sentence = false;
        self.place.cursor = at;
        let row = self.layout.row_of(&self.report, at);
        if self.screen.rows.contains(&row) {
            return self.show_block(at);
        }
        let lead = self.lead_of(row).max(self.height() / 6);
        let (top, _) = self.walk().step(row, -(lead as isize));
        self.place.top = self.walk().top_of(top);
    }

    /// Puts the title of a section at the top of the screen and the cursor below it.
    pub(super) fn go_to_section(&mut self, section: usize) {
        self.leave_place();
        self.at_sentence = false;
        let rows = self.layout.rows(&self.report, section);
        let title = rows
            .iter()
            .position(|row| matches!(row, Row::Title { .. }))
            .unwrap_or(0);
        self.place.top = self.walk().top_of(RowAt {
            section,
            row: title,
        });
        self.place.cursor = Position::new(section, 0, 0);
        self.pane.selected = section;
    }

    pub(super) fn go_to_start(&mut self, count: Option<usize>) {
        match count {
            Some(number) => self.go_to_section_number(number),
            None => {
                self.leave_place();
                self.at_sentence = false;
                self.place = Default::default();
            }
        }
    }

    pub(super) fn go_to_end(&mut self, count: Option<usize>) {
        if let Some(number) = count {
            return self.go_to_section_number(number);
        }
        self.leave_place();
        self.at_sentence = false;
        let section = self.report.sections.len().saturating_sub(1);
        let blocks = self
            .report
            .sections
            .get(section)
            .map_or(0, |section| section.blocks.len());
        let last = Position::new(section, blocks.saturating_sub(1), 0);
        let end = Position {
            byte: self.report.text_at(last).len(),
            ..last
        };
        self.place.cursor = last;
        self.place.top = Top {
            position: end,
            lead: 0,
        };
        self.settle();
        self.place.top = self.shown_top();
    }

    pub(super) fn go_to_section_number(&mut self, number: usize) {
        let sections = self.report.sections.len();
        match number.checked_sub(1).filter(|&index| index < sections) {
            Some(section) => self.go_to_section(section),
            None => self.say(format!(
                "There is no section {number}; the report has {}.",
                crate::text::wording::count(sections, "section")
            )),
        }
    }

    pub(super) fn go_to_percent(&mut self, count: Option<usize>) {
        let Some(percent) = count else {
            return self.say("Type the percent first: 50% is half-way.");
        };
        self.leave_place();
        let at = self.extent.at_percent(percent);
        let total = self.extent.total();
        let byte = (total * percent.min(100) / 100).saturating_sub(self.extent.offset(at));
        let text = self.report.text_at(at);
        let byte = (0..=byte.min(text.len()))
            .rfind(|&byte| text.is_char_boundary(byte))
            .unwrap_or(0);
        let row = self.layout.row_of(&self.report, Position { byte, ..at });
        self.at_sentence = false;
        self.place.top = self.walk().top_of(row);
        self.place.cursor = at;
    }

    pub(super) fn next_section(&mut self, count: usize) {
        let here = self.screen.cursor.section;
        let last = self.report.sections.len().saturating_sub(1);
        if here == last {
            return self.say("This is the last section.");
        }
        self.go_to_section(here.saturating_add(count).min(last));
    }

    pub(super) fn previous_section(&mut self, count: usize) {
        let cursor = self.screen.cursor;
        let is_at_start = cursor.block == 0 && cursor.byte == 0;
        let back = count - usize::from(!is_at_start && count > 0);
        if is_at_start && cursor.section == 0 {
            return self.say("This is the first section.");
        }
        self.go_to_section(cursor.section.saturating_sub(back));
    }

    /// Puts an address on the first screen: a section at the top, a paragraph in sight.
    pub fn open_at(&mut self, address: Option<Address>) {
        let Some(address) = address else { return };
        self.place = Place {
            top: Top {
                position: address.position(),
                lead: 0,
            },
            cursor: address.position(),
        };
        if address.block.unwrap_or(0) == 0 {
            self.place.top.lead = 2;
        }
    }
}
