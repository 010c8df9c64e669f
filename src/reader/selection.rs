//! Selections: from where one began to the cursor, which moves by characters, words, lines,
//! sentences and paragraphs. A selection is of the report's text, never of rows.

use crate::{
    report::{
        Report,
        position::{Direction, Passage, Position},
    },
    text::segment,
};

/// Most single steps that a count takes.
const MOST_STEPS: usize = 10_000;

/// What a selection is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Grain {
    Character,
    Paragraph,
}

/// A selection. Its other end is the cursor; both ends belong to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Selection {
    /// Where it began.
    pub(super) anchor: Position,
    pub(super) grain: Grain,
    /// The column that moving by lines keeps to, in columns of the text area.
    pub(super) column: Option<usize>,
}

/// What one step of the cursor is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Step {
    Character,
    Word,
    WordEnd,
    /// To the end of the sentence (forward) or to its start.
    Sentence,
    /// To the end of the paragraph (forward) or to its start.
    Paragraph,
}

impl Selection {
    pub(super) fn new(anchor: Position, grain: Grain) -> Self {
        Self {
            anchor,
            grain,
            column: None,
        }
    }

    /// The passage from its start to the cursor.
    pub fn passage(&self, report: &Report, cursor: Position) -> Passage {
        let (first, last) = (self.anchor.min(cursor), self.anchor.max(cursor));
        let text = report.text_at(last);
        let (first, byte) = match self.grain {
            Grain::Character => (first, segment::grapheme_after(text, last.byte)),
            Grain::Paragraph => (first.block_start(), text.len()),
        };
        Passage::new(first, Position { byte, ..last })
    }

    /// Where a count of steps leads from the cursor; `None` where there is nothing further.
    pub(super) fn stepped(
        &self,
        report: &Report,
        cursor: Position,
        (step, direction): (Step, Direction),
        count: usize,
    ) -> Option<Position> {
        let from = self.step_from(report, cursor, step, direction);
        let mut at = from;
        for _ in 0..count.min(MOST_STEPS) {
            let Some(next) = one_step(report, at, step, direction) else {
                break;
            };
            at = next;
        }
        (!at.same_block(cursor) || at != from).then_some(at)
    }

    /// Where steps begin. Whole paragraphs are left at once, wherever in them the cursor is.
    fn step_from(
        &self,
        report: &Report,
        at: Position,
        step: Step,
        direction: Direction,
    ) -> Position {
        let is_whole = step == Step::Paragraph && self.grain == Grain::Paragraph;
        match direction {
            Direction::Forward if is_whole => Position {
                byte: report.text_at(at).len(),
                ..at
            },
            Direction::Backward if is_whole => at.block_start(),
            _ => at,
        }
    }
}

/// The last grapheme of a passage: where the cursor stands when it is selected.
pub(super) fn last_of(report: &Report, passage: Passage) -> Position {
    let (first, last) = (passage.start(), passage.end());
    let byte = segment::grapheme_before(report.text_at(last), last.byte);
    let least = if last.same_block(first) {
        first.byte
    } else {
        0
    };
    Position {
        byte: byte.max(least),
        ..last
    }
}

/// A passage without blanks at its ends; as it is where it is all blanks.
pub(super) fn without_blanks(report: &Report, passage: Passage) -> Passage {
    let (mut start, mut end) = (passage.start(), passage.end());
    let rest = report.text_at(start).get(start.byte..).unwrap_or_default();
    start.byte += rest.len() - rest.trim_start().len();
    let before = report.text_at(end).get(..end.byte).unwrap_or_default();
    end.byte = before.trim_end().len();
    if start < end {
        Passage::new(start, end)
    } else {
        passage
    }
}

/// Where one step leads from a position, across blocks and sections.
fn one_step(report: &Report, at: Position, step: Step, direction: Direction) -> Option<Position> {
    let inside = stop(report, at, (step, direction), Some(at.byte));
    inside.or_else(|| {
        let block = report.neighbour(at, direction)?;
        stop(report, block, (step, direction), None).or(Some(block))
    })
}

/// The next place in a block where a step may end, after (before) a byte or from the block's
/// beginning (end) on.
fn stop(
    report: &Report,
    block: Position,
    (step, direction): (Step, Direction),
    from: Option<usize>,
) -> Option<Position> {
    let text = report.text_at(block);
    let last = segment::grapheme_before(text, text.len());
    let byte = match (step, direction, from) {
        (Step::Character, Direction::Forward, Some(byte)) => {
            Some(segment::grapheme_after(text, byte)).filter(|&b| b < text.len())
        }
        (Step::Character, Direction::Backward, Some(byte)) => {
            (byte > 0).then(|| segment::grapheme_before(text, byte))
        }
        (Step::Character, Direction::Backward, None) => Some(last),
        (Step::Character, Direction::Forward, None)
        | (Step::Paragraph, Direction::Backward, None) => Some(0),
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::snapshot;

    #[test]
    fn a_selection_includes_the_grapheme_under_the_cursor_whichever_end_that_is() {
        let report = snapshot::bundled();
        let (one, other) = (Position::new(0, 0, 4), Position::new(0, 0, 9));
        for (anchor, cursor) in [(one, other), (other, one)] {
            let passage = Selection::new(anchor, Grain::Character).passage(&report, cursor);
            assert_eq!((passage.start().byte, passage.end().byte), (4, 10));
            let passage = Selection::new(anchor, Grain::Paragraph).passage(&report, cursor);
            assert_eq!(passage, report.passage_of_block(one));
        }
    }

    #[test]
    fn steps_cross_paragraphs_and_stop_at_the_ends_of_the_report() {
        let report = snapshot::bundled();
        let start = Position::new(0, 0, 0);
        let selection = Selection::new(start, Grain::Character);
        let to =
            |step, direction, count| selection.stepped(&report, start, (step, direction), count);
        assert_eq!(to(Step::Character, Direction::Backward, 1), None);
        let far = to(Step::Paragraph, Direction::Forward, 3).expect("further");
        assert!(far.block_key() > start.block_key());
        let end = to(Step::Word, Direction::Forward, usize::MAX).expect("further");
        assert!(end > far);
    }
}
