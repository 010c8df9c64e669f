//! What the mouse does: the wheel scrolls, a click puts the cursor on a paragraph.

use super::{Focus, Reader};
use crate::{
    command::{Command, Context},
    report::{layout::Row, position::Position},
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
            Context::NoteBox | Context::CommandLine | Context::Typing => return,
            Context::Reading | Context::Sections | Context::Anywhere => command,
        };
        self.message = None;
        self.run(command, Some(rows), None);
        self.settle();
    }

    /// Puts the cursor on the paragraph in a row of the text.
    pub fn click_text(&mut self, row: usize) {
        let Some(at) = self.screen.rows.get(row).copied() else { return };
        if let Some(&Row::Text { block, start, .. }) = self.layout.made(at.section).get(at.row) {
            self.message = None;
            self.at_sentence = false;
            self.focus = Focus::Text;
            self.place.top = self.shown_top();
            self.place.cursor = Position::new(at.section, block, start);
            self.settle();
        }
    }
}
