//! What the mouse does: the wheel scrolls, a click puts the cursor on a paragraph, a drag selects,
//! two clicks a word, three a paragraph.

use super::{
    Reader,
    layers::{Layer, sections::Sections},
    mode::Mode,
    selection::{Grain, Selection},
};
use crate::{
    command::{Command, Context},
    report::position::{Passage, Position},
    text::segment,
};

impl Reader {
    /// Scrolls by the wheel, so many rows down where positive: the text, or what lies over it.
    pub fn roll(&mut self, rows: isize) {
        let command = if rows > 0 { Command::Down } else { Command::Up };
        let context = self.context();
        let is_list = matches!(context, Context::Picker | Context::Filter);
        if context.is_typing() && !is_list {
            return;
        }
        self.begin_pointing();
        self.moving(|reader| reader.run(command, Some(rows.unsigned_abs()), None));
        self.refresh();
    }

    /// Takes a click in a list, so many choices below the selected one: it is selected, and gone
    /// to if it was already.
    pub fn click_choice(&mut self, steps: isize) {
        let command = match steps {
            0 => Command::Accept,
            1.. => Command::Down,
            _ => Command::Up,
        };
        let is_list = matches!(
            self.layers.top(),
            Some(Layer::AnnotationList(_) | Layer::Picker(_) | Layer::RecordList(_))
        );
        if !is_list {
            return;
        }
        self.begin_pointing();
        // In the filter of a list the first click on what is selected keeps the filter.
        if self.context() == Context::Filter && steps == 0 {
            self.run(Command::Accept, None, None);
        }
        self.moving(|reader| reader.run(command, Some(steps.unsigned_abs()), None));
        self.refresh();
    }

    /// Takes a click on a row and column of the text area. The first puts the cursor there,
    /// the second selects the word, the third the paragraph.
    pub fn click_text(&mut self, row: usize, column: usize, clicks: usize) {
        let Some(at) = self.parts.viewport.text_at_cell(row, column) else {
            return;
        };
        self.begin_pointing();
        self.layers.remove::<Sections>();
        let parts = &mut self.parts;
        parts.viewport.stay_as_seen();
        parts.viewport.set_at_sentence(false);
        parts.mode.end();
        match clicks {
            0 | 1 => {
                let start = parts.viewport.row_start(row).unwrap_or(at);
                parts.viewport.put_cursor(start);
            }
            2 => {
                let text = parts.report.text_at(at);
                let word = segment::word_at(text, at.byte)
                    .unwrap_or(at.byte..segment::grapheme_after(text, at.byte));
                let position = |byte| Position { byte, ..at };
                let passage = Passage::new(position(word.start), position(word.end));
                parts.select_passage(passage, Grain::Character);
            }
            _ => {
                let paragraph = parts.report.passage_of_block(at);
                parts.select_passage(paragraph, Grain::Paragraph);
            }
        }
        self.refresh();
    }

    /// Takes a click that is over, without a drag: a link there is followed.
    pub fn end_click(&mut self, row: usize, column: usize) {
        let at = self.parts.viewport.text_drawn_at(row, column);
        if let Some(at) = at {
            self.moving(|reader| reader.parts.follow_link_at(at));
            self.refresh();
        }
    }

    /// Goes along the report as the scroll bar was pointed at; the first time it is a jump.
    pub fn point_along(&mut self, percent: usize, is_jump: bool) {
        self.begin_pointing();
        self.moving(|reader| match is_jump {
            true => reader.parts.viewport.jump_to_percent(percent),
            false => reader.parts.viewport.roll_to_percent(percent),
        });
        self.refresh();
    }

    /// Selects from where the button went down to where the pointer is, in rows and columns of
    /// the text area. Above and below it the text scrolls by a line.
    pub fn drag_text(&mut self, from: (usize, usize), row: isize, column: usize) {
        self.begin_pointing();
        let parts = &mut self.parts;
        let height = parts.viewport.height() as isize;
        parts.viewport.stay_as_seen();
        if parts.mode.selection().is_none() {
            let Some(anchor) = parts.viewport.text_at_cell(from.0, from.1) else {
                return;
            };
            parts.viewport.put_cursor(anchor);
            parts.mode = Mode::Selecting(Selection::new(anchor, Grain::Character));
        }
        if row < 0 || row >= height {
            let by = if row < 0 { -1 } else { 1 };
            parts.scroll(by);
        }
        let row = row.clamp(0, height - 1) as usize;
        if let Some(at) = parts.viewport.text_at_cell(row, column) {
            parts.viewport.put_cursor(at);
        }
        self.refresh();
    }

    /// Goes to a section that was pointed at, by its row among the listed ones.
    pub fn click_section(&mut self, listed: usize) {
        if let Some(&section) = self.listed_sections().get(listed) {
            self.layers.remove::<Sections>();
            self.moving(|reader| reader.parts.go_to_section(section));
            self.refresh();
        }
    }

    /// Indices of the sections that the section pane lists.
    pub fn listed_sections(&self) -> Vec<usize> {
        let filter = self.layers.find::<Sections>().and_then(Sections::filter);
        let filter = filter.map(super::Editor::text);
        self.parts.pane.listed(&self.parts.report, filter)
    }

    /// Ends what waited for a key.
    fn begin_pointing(&mut self) {
        self.parts.messages.clear();
        self.parts.mode.end_colouring();
        self.parts.input.is_interrupted = false;
        self.parts.input.clear();
    }
}
