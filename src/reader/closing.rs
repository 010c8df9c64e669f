//! Closing what is on top, cancelling and quitting.

use super::{Effect, Focus, Reader, overlay::Overlay};
use crate::command::Command;

impl Reader {
    /// Closes what is on top, and says whether anything was. Below the help lies what was there
    /// before; a note box goes by [`Reader::close_note_box`], which keeps its text.
    pub(super) fn close_top(&mut self) -> bool {
        match self.overlay.take() {
            Some(Overlay::Help(help)) => self.overlay = help.below.map(|below| *below),
            Some(note @ Overlay::NoteBox(_)) => {
                self.overlay = Some(note);
                self.close_note_box();
            }
            Some(search @ Overlay::Search(_)) => {
                self.overlay = Some(search);
                self.leave_search();
            }
            Some(chooser @ Overlay::Chooser(_)) => {
                self.overlay = Some(chooser);
                self.close_chooser();
            }
            Some(comparison @ Overlay::Comparison(_)) => {
                self.overlay = Some(comparison);
                self.keep_comparison();
            }
            Some(Overlay::Waiting(waiting)) => self.say(format!(
                "{} `{}` was cancelled.",
                waiting.told(),
                waiting.name
            )),
            Some(panel @ Overlay::Panel(_)) => {
                self.overlay = Some(panel);
                self.close_panel();
            }
            Some(Overlay::CommandLine(_) | Overlay::List(_)) => {}
            None => {
                return self.colouring.take().is_some()
                    || self.selection.take().is_some()
                    || self.leave_placing();
            }
        }
        true
    }

    pub(super) fn close_or_quit(&mut self) {
        if self.close_top() {
            return;
        }
        match self.focus {
            Focus::Sections => self.leave_sections(),
            Focus::Text => self.effects.push(Effect::Quit),
        }
    }

    pub(super) fn cancel(&mut self) {
        if self.close_top() {
            return;
        }
        if self.focus == Focus::Sections {
            return self.leave_sections();
        }
        if self.unmark_matches() {
            return;
        }
        let quit = self.keymap.shown(Command::Quit);
        self.say(format!("Nothing to cancel; {quit} quits."));
    }

    pub(super) fn interrupt(&mut self) {
        let closed = self.close_top();
        if self.interrupted && !closed {
            return self.effects.push(Effect::Quit);
        }
        self.interrupted = true;
        self.say("Cancelled; C-c again quits.");
    }

    pub(super) fn suspend(&mut self) {
        self.save_draft_now();
        self.effects.push(Effect::Suspend);
    }
}
