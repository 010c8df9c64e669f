//! Changes of the notebook: made, undone and redone, and asked to be kept.

use super::{Effect, Reader, Way};
use crate::{
    command::key::{Code, Key},
    notebook::Change,
};

impl Reader {
    /// Makes a change and asks for it to be kept.
    pub(super) fn change(&mut self, change: Change) {
        if self.is_read_only() {
            return;
        }
        self.notebook.make(&change, &self.report);
        self.ask_to_keep(change, Way::Made, "Saving…");
    }

    /// Makes a change of typed text, also where no note can be kept now: it is tried again,
    /// and rescued at the end.
    pub(super) fn change_typed(&mut self, change: Change) {
        self.notebook.make(&change, &self.report);
        self.under_way
            .push_back((change.annotation().id.clone(), Way::Made));
        self.effects.push(Effect::SaveTyped(change));
        self.say("Saving…");
    }

    fn ask_to_keep(&mut self, change: Change, way: Way, said: &str) {
        self.under_way
            .push_back((change.annotation().id.clone(), way));
        self.effects.push(Effect::Save(change));
        self.say(said);
    }

    pub(super) fn undo(&mut self, count: usize) {
        for _ in 0..count.min(10_000) {
            let Some(change) = self.notebook.undo(&self.report) else {
                return self.say("There is nothing left to undo.");
            };
            self.show_change(&change);
            self.show_again(&change);
            self.ask_to_keep(change, Way::Undone, "Undoing…");
        }
    }

    pub(super) fn redo(&mut self, count: usize) {
        for _ in 0..count.min(10_000) {
            let Some(change) = self.notebook.redo(&self.report) else {
                return self.say("There is nothing left to redo.");
            };
            self.show_change(&change);
            self.show_again(&change);
            self.ask_to_keep(change, Way::Redone, "Redoing…");
        }
    }

    /// Goes to what an undo or redo changes, where that is out of sight.
    fn show_change(&mut self, change: &Change) {
        let Some(passage) = change
            .annotation()
            .anchor
            .at_first_sight(&self.report)
            .passage()
            .filter(|_| self.overlay.is_none())
        else {
            return;
        };
        let row = self.layout.row_of(&self.report, passage.start());
        if !self.screen.rows.contains(&row) {
            self.leave_place();
            self.go_to(passage.start().block_start());
        }
    }

    /// Says so where no note can be kept, before anything is typed.
    pub(super) fn is_read_only(&mut self) -> bool {
        let Some(reason) = self.read_only.clone() else {
            return false;
        };
        self.warn(format!("Notes cannot be kept here: {reason}."));
        true
    }

    /// Says so before a note is typed; what is typed all the same is no command until `Esc`.
    pub(super) fn refuses_typing(&mut self) -> bool {
        let Some(reason) = self.read_only.clone() else {
            return false;
        };
        self.warn(format!(
            "Notes cannot be kept here: {reason}. Esc goes on reading."
        ));
        self.refuses = true;
        true
    }

    /// Whether a key is typed into the note that was refused, and so does nothing.
    pub(super) fn is_refused(&mut self, key: Key) -> bool {
        let is_typed = key.typed().is_some() || matches!(key.code, Code::Enter | Code::Backspace);
        if !std::mem::take(&mut self.refuses) {
            return false;
        }
        (is_typed && self.refuses_typing()) || key.code == Code::Esc
    }

    pub(super) fn delete(&mut self, id: &str) {
        if let Some(annotation) = self
            .notebook
            .entry(id)
            .map(|entry| entry.annotation.clone())
        {
            self.change(Change::Delete(annotation));
        }
    }
}
