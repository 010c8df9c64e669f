//! What the mouse does, and which text stands where on the screen: the wheel scrolls, a click
//! puts the cursor on a paragraph, a drag selects, two clicks a word, three a paragraph.

use unicode_segmentation::UnicodeSegmentation;

use super::{Focus, Reader, Typed, selecting::Unit};
use crate::{
    command::{Command, Context},
    report::{
        layout::{Row, RowAt},
        position::{Passage, Position},
        typography,
    },
    text::{segment, width},
};

impl Reader {
    /// Scrolls by the wheel: the text, or what lies over it.
    pub fn roll(&mut self, command: Command, rows: usize) {
        let is_down = command == Command::LineDown;
        let command = match self.context() {
            Context::Help if is_down => Command::HelpDown,
            Context::Help => Command::HelpUp,
            Context::Panel if is_down => Command::PanelDown,
            Context::Panel => Command::PanelUp,
            Context::List if is_down => Command::ListDown,
            Context::List => Command::ListUp,
            Context::Comparison if is_down => Command::CompareDown,
            Context::Comparison => Command::CompareUp,
            Context::Chooser if is_down => Command::ChooserDown,
            Context::Chooser => Command::ChooserUp,
            Context::Filter if is_down => Command::FilterDown,
            Context::Filter => Command::FilterUp,
            context if context.is_typing() => return,
            _ => command,
        };
        self.begin_pointing();
        self.moving(|reader| reader.run(command, Some(rows), None));
        self.settle();
    }

    /// Takes a click in a list, so many choices below the selected one: it is selected, and gone to
    /// if it was already.
    pub fn click_choice(&mut self, steps: isize) {
        let (down, up, go) = match self.context() {
            Context::List | Context::Filter => {
                (Command::ListDown, Command::ListUp, Command::ListOpen)
            }
            Context::Chooser => (Command::ChooserDown, Command::ChooserUp, Command::ChooserGo),
            _ => return,
        };
        let command = if steps > 0 { down } else { up };
        self.begin_pointing();
        self.moving(|reader| {
            reader.run(
                if steps == 0 { go } else { command },
                Some(steps.unsigned_abs()),
                None,
            )
        });
        self.settle();
    }

    /// Takes a click on a row and column of the text area. The first puts the cursor there,
    /// the second selects the word, the third the paragraph.
    pub fn click_text(&mut self, row: usize, column: usize, clicks: usize) {
        let Some(at) = self.text_at_cell(row, column) else {
            return;
        };
        self.begin_pointing();
        self.stay_as_seen();
        self.at_sentence = false;
        self.focus = Focus::Text;
        self.selection = None;
        let text = self.report.text_at(at);
        match clicks {
            0 | 1 => self.place.cursor = self.row_start(row).unwrap_or(at),
            2 => {
                let word = segment::word_at(text, at.byte)
                    .unwrap_or(at.byte..segment::grapheme_after(text, at.byte));
                let passage = Passage::new(
                    Position {
                        byte: word.start,
                        ..at
                    },
                    Position {
                        byte: word.end,
                        ..at
                    },
                );
                self.select_passage(passage, Unit::Character);
            }
            _ => self.select_passage(self.report.passage_of_block(at), Unit::Paragraph),
        }
        self.settle();
    }

    /// Selects from where the button went down to where the pointer is, in rows and columns of
    /// the text area. Above and below it the text scrolls by a line.
    pub fn drag_text(&mut self, from: (usize, usize), row: isize, column: usize) {
        let height = self.height() as isize;
        self.begin_pointing();
        self.stay_as_seen();
        if self.selection.is_none() {
            let Some(anchor) = self.text_at_cell(from.0, from.1) else {
                return;
            };
            self.place.cursor = anchor;
            self.select_from(anchor, Unit::Character);
        }
        if row < 0 || row >= height {
            self.place.cursor = self.screen.cursor;
            self.run(
                if row < 0 {
                    Command::LineUp
                } else {
                    Command::LineDown
                },
                Some(1),
                None,
            );
            self.settle();
        }
        if let Some(at) = self.text_at_cell(row.clamp(0, height - 1) as usize, column) {
            self.place.cursor = at;
        }
        self.settle();
    }

    /// Ends what waited for a key.
    fn begin_pointing(&mut self) {
        self.message = None;
        self.colouring = None;
        self.interrupted = false;
        self.typed = Typed::default();
    }

    /// The text at a row and column of the text area; beside a line the line's nearest end, in a
    /// gap the line above.
    fn text_at_cell(&mut self, row: usize, column: usize) -> Option<Position> {
        let rows = self
            .screen
            .rows
            .get(..=row.min(self.screen.rows.len().saturating_sub(1)))?;
        let is_text = |at: &&RowAt| {
            matches!(
                self.layout.made(at.section).get(at.row),
                Some(Row::Text { .. })
            )
        };
        let at = *rows.iter().rfind(is_text)?;
        let column = if rows.last() == Some(&at) {
            column
        } else {
            usize::MAX
        };
        Some(self.position_in_row(at, column))
    }

    /// The position of the first text in a row of the screen.
    fn row_start(&self, row: usize) -> Option<Position> {
        let at = self.screen.rows.get(row)?;
        match self.layout.made(at.section).get(at.row) {
            Some(&Row::Text { block, start, .. }) => Some(Position::new(at.section, block, start)),
            _ => None,
        }
    }

    /// The grapheme of a row that stands at a column of the text area, else the nearest one.
    pub(super) fn position_in_row(&mut self, at: RowAt, column: usize) -> Position {
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
    pub(super) fn column_of(&mut self, position: Position) -> usize {
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
}
