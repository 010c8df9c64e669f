//! Selecting text: from where the selection began to the cursor, which moves by characters,
//! words, lines, sentences and paragraphs. A selection is of the report's text, never of rows.

use super::{Focus, Reader};
use crate::{
    report::{
        layout::{Row, RowAt},
        position::{Direction, Passage, Position},
    },
    text::segment,
};

/// Most single steps that a count takes.
const MOST_STEPS: usize = 10_000;

/// What a selection is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    Character,
    Paragraph,
}

/// A selection that is being made. Its other end is the cursor; both ends belong to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Selection {
    /// Where it began.
    pub anchor: Position,
    pub unit: Unit,
    /// The column that moving by lines keeps to, in columns of the text area.
    column: Option<usize>,
    /// Where the cursor is while this is a link one has come to: its keys are those of reading,
    /// and it is selected until one moves on.
    link: Option<Position>,
}

impl Selection {
    /// Whether keys extend it.
    pub fn is_being_made(&self) -> bool {
        self.link.is_none()
    }
}

/// What one step of the cursor is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    Character,
    Word,
    WordEnd,
    /// To the end of the sentence (forward) or to its start.
    Sentence,
    /// To the end of the paragraph (forward) or to its start.
    Paragraph,
}

impl Reader {
    /// The selected passage.
    pub fn selection(&self) -> Option<Passage> {
        let selection = self.selection?;
        let cursor = self.place.cursor;
        let (first, last) = (selection.anchor.min(cursor), selection.anchor.max(cursor));
        let text = self.report.text_at(last);
        Some(match selection.unit {
            Unit::Character => Passage::new(
                first,
                Position {
                    byte: segment::grapheme_after(text, last.byte),
                    ..last
                },
            ),
            Unit::Paragraph => Passage::new(
                first.block_start(),
                Position {
                    byte: text.len(),
                    ..last
                },
            ),
        })
    }

    /// The passage that is shown as chosen: the selection, else the candidate of a list.
    pub fn chosen(&self) -> Option<Passage> {
        self.candidate().or_else(|| self.selection())
    }

    /// What a note or a highlight is about: the selection, else the hit that the cursor stands
    /// on, else the paragraph.
    pub(super) fn target(&self) -> Option<Passage> {
        let hit = self.current_match().filter(|_| self.selection.is_none());
        hit.or_else(|| self.target_to_copy())
    }

    /// What a copy is about: the selection, else the paragraph. Blanks around it are left out.
    pub(super) fn target_to_copy(&self) -> Option<Passage> {
        if let Some(passage) = self.selection() {
            return Some(self.without_blanks(passage));
        }
        let at = self.screen.cursor;
        self.report
            .block(at)
            .map(|_| self.report.passage_of_block(at))
    }

    fn without_blanks(&self, passage: Passage) -> Passage {
        let (mut start, mut end) = (passage.start(), passage.end());
        let rest = self
            .report
            .text_at(start)
            .get(start.byte..)
            .unwrap_or_default();
        start.byte += rest.len() - rest.trim_start().len();
        end.byte = self
            .report
            .text_at(end)
            .get(..end.byte)
            .unwrap_or_default()
            .trim_end()
            .len();
        if start < end {
            Passage::new(start, end)
        } else {
            passage
        }
    }

    /// Begins a selection at the cursor, or begins it anew there; a selection of the other
    /// unit keeps where it began.
    pub(super) fn select(&mut self, unit: Unit) {
        let cursor = if self.selection.is_some() {
            self.place.cursor
        } else {
            self.marked_start()
        };
        if self.report.block(cursor).is_none() {
            return self.say("There is no text here to select.");
        }
        self.focus = Focus::Text;
        self.place.top = self.shown_top();
        self.place.cursor = cursor;
        let anchor = match self.selection {
            Some(selection) if selection.unit != unit || !selection.is_being_made() => {
                selection.anchor
            }
            _ => cursor,
        };
        self.select_from(anchor, unit);
    }

    /// Where the cursor is seen: at the hit or the sentence, else where the line begins that has
    /// its sign.
    fn marked_start(&mut self) -> Position {
        let cursor = self.screen.cursor;
        if let Some(hit) = self.current_match() {
            return hit.start();
        }
        if self.at_sentence {
            return cursor;
        }
        let row = self.layout.row_of(&self.report, cursor);
        self.position_in_row(row, 0)
    }

    /// Selects from a position to the cursor.
    pub(super) fn select_from(&mut self, anchor: Position, unit: Unit) {
        self.selection = Some(Selection {
            anchor,
            unit,
            column: None,
            link: None,
        });
    }

    /// Selects a link that one has come to.
    pub(super) fn select_link(&mut self, passage: Passage) {
        self.select_passage(passage, Unit::Character);
        let cursor = self.place.cursor;
        if let Some(selection) = &mut self.selection {
            selection.link = Some(cursor);
        }
    }

    /// Lets go of a link from which one has moved away.
    pub(super) fn leave_link(&mut self) {
        let cursor = self.place.cursor;
        self.selection = self
            .selection
            .filter(|selection| selection.link.is_none_or(|at| at == cursor));
    }

    /// Selects a passage that was pointed at.
    pub(super) fn select_passage(&mut self, passage: Passage, unit: Unit) {
        let last = passage.end();
        let byte = segment::grapheme_before(self.report.text_at(last), last.byte);
        self.select_from(passage.start(), unit);
        self.place.cursor = Position {
            byte: byte.max(if last.same_block(passage.start()) {
                passage.start().byte
            } else {
                0
            }),
            ..last
        };
    }

    pub(super) fn swap_ends(&mut self) {
        if let Some(selection) = &mut self.selection {
            std::mem::swap(&mut selection.anchor, &mut self.place.cursor);
            selection.column = None;
            self.show_position(self.place.cursor);
        }
    }

    /// Moves the cursor's end of the selection by steps.
    pub(super) fn extend(&mut self, step: Step, direction: Direction, count: Option<usize>) {
        let mut at = self.step_from(step, direction);
        for _ in 0..count.unwrap_or(1).min(MOST_STEPS) {
            let Some(next) = self.stepped(at, step, direction) else {
                break;
            };
            at = next;
        }
        if at.same_block(self.place.cursor) && at == self.step_from(step, direction) {
            let end = if direction == Direction::Forward {
                "end"
            } else {
                "start"
            };
            return self.say(format!("This is the {end} of the report."));
        }
        self.extend_to(at);
    }

    /// Where steps begin. Whole paragraphs are left at once, wherever in them the cursor is.
    fn step_from(&self, step: Step, direction: Direction) -> Position {
        let at = self.place.cursor;
        let is_whole = step == Step::Paragraph
            && self
                .selection
                .is_some_and(|selection| selection.unit == Unit::Paragraph);
        match direction {
            Direction::Forward if is_whole => Position {
                byte: self.report.text_at(at).len(),
                ..at
            },
            Direction::Backward if is_whole => at.block_start(),
            _ => at,
        }
    }

    /// Moves the cursor's end of the selection to a position.
    pub(super) fn extend_to(&mut self, at: Position) {
        if let Some(selection) = &mut self.selection {
            selection.column = None;
        }
        self.place.cursor = at;
        self.show_position(at);
    }

    /// Where one step leads from a position, across blocks and sections.
    fn stepped(&self, at: Position, step: Step, direction: Direction) -> Option<Position> {
        let inside = self.stop(at, step, direction, Some(at.byte));
        inside.or_else(|| {
            let block = self.report.neighbour(at, direction)?;
            self.stop(block, step, direction, None).or(Some(block))
        })
    }

    /// The next place in a block where a step may end, after (before) a byte or from the
    /// block's beginning (end) on.
    fn stop(
        &self,
        block: Position,
        step: Step,
        direction: Direction,
        from: Option<usize>,
    ) -> Option<Position> {
        let text = self.report.text_at(block);
        let last = segment::grapheme_before(text, text.len());
        let byte = match (step, direction, from) {
            (Step::Character, Direction::Forward, Some(byte)) => {
                Some(segment::grapheme_after(text, byte)).filter(|&b| b < text.len())
            }
            (Step::Character, Direction::Backward, Some(byte)) => {
                (byte > 0).then(|| segment::grapheme_before(text, byte))
            }
            (Step::Character | Step::Paragraph, Direction::Backward, None) => {
                Some(if step == Step::Paragraph { 0 } else { last })
            }
            (Step::Character, Direction::Forward, None) => Some(0),
            (Step::Paragraph, Direction::Forward, from) => {
                Some(last).filter(|&last| from.is_none_or(|byte| last > byte))
            }
            (Step::Paragraph, Direction::Backward, Some(byte)) => (byte > 0).then_some(0),
            (Step::Word, ..) => nearest(segment::word_starts(text), direction, from),
            (Step::WordEnd, ..) => nearest(segment::word_ends(text), direction, from),
            (Step::Sentence, Direction::Forward, _) => {
                nearest(segment::sentence_ends(text).into_iter(), direction, from)
            }
            (Step::Sentence, Direction::Backward, _) => {
                nearest(segment::sentence_starts(text).into_iter(), direction, from)
            }
        };
        byte.map(|byte| Position { byte, ..block })
    }

    /// Moves the cursor's end of the selection by rows of the screen, keeping its column.
    pub(super) fn extend_rows(&mut self, by: isize) {
        let from = self.place.cursor;
        let column = self
            .selection
            .and_then(|selection| selection.column)
            .unwrap_or_else(|| self.column_of(from));
        let row = self.layout.row_of(&self.report, from);
        let step = by.signum();
        let (mut at, _) = self.walk().step(row, by);
        while !self.is_text_row(at) {
            let (next, is_end) = self.walk().step(at, step);
            if is_end || next == at {
                break;
            }
            at = next;
        }
        if at == row || !self.is_text_row(at) {
            let end = if by > 0 { "last" } else { "first" };
            return self.say(format!("This is the {end} line of the report."));
        }
        let to = self.position_in_row(at, column);
        self.extend_to(to);
        if let Some(selection) = &mut self.selection {
            selection.column = Some(column);
        }
    }

    /// Moves the cursor's end of the selection to the start or end of its row.
    pub(super) fn extend_in_row(&mut self, direction: Direction) {
        let row = self.layout.row_of(&self.report, self.place.cursor);
        let column = if direction == Direction::Forward {
            usize::MAX
        } else {
            0
        };
        let to = self.position_in_row(row, column);
        self.extend_to(to);
    }

    fn is_text_row(&mut self, at: RowAt) -> bool {
        matches!(
            self.layout.rows(&self.report, at.section).get(at.row),
            Some(Row::Text { .. })
        )
    }
}

/// The stop nearest to a byte in a direction; the first one on that way where there is no byte.
fn nearest(
    mut stops: impl DoubleEndedIterator<Item = usize>,
    direction: Direction,
    from: Option<usize>,
) -> Option<usize> {
    match direction {
        Direction::Forward => stops.find(|&stop| from.is_none_or(|byte| stop > byte)),
        Direction::Backward => stops.rfind(|&stop| from.is_none_or(|byte| stop < byte)),
    }
}
