//! Changes of the notebook: made, undone and redone, and asked to be saved.

use crate::{
    notebook::Change,
    reader::{effect::Effect, parts::Parts},
    report::position::Passage,
};

/// Most changes that a count undoes.
const MOST: usize = 10_000;

impl Parts {
    /// Makes a change and asks for it to be saved.
    pub(crate) fn make(&mut self, change: Change) {
        if self.is_read_only() {
            return;
        }
        self.notes.make(&change, &self.report);
        self.save(change, "Saving…");
    }

    /// Makes a change of typed text, also where no note can be saved now: it is tried again,
    /// and rescued at the end.
    pub(crate) fn make_typed(&mut self, change: Change) {
        self.notes.make(&change, &self.report);
        self.ask(Effect::SaveTyped(change));
        self.say("Saving…");
    }

    fn save(&mut self, change: Change, said: &str) {
        self.ask(Effect::Save(change));
        self.say(said);
    }

    /// Undoes changes; returns them.
    pub(crate) fn undo(&mut self, count: usize) -> Vec<Change> {
        let mut undone = Vec::new();
        for _ in 0..count.min(MOST) {
            let Some(change) = self.notes.undo(&self.report) else {
                self.say("Nothing left to undo.");
                break;
            };
            self.save(change.clone(), "Undoing…");
            undone.push(change);
        }
        undone
    }

    /// Makes changes again that were undone; returns them.
    pub(crate) fn redo(&mut self, count: usize) -> Vec<Change> {
        let mut redone = Vec::new();
        for _ in 0..count.min(MOST) {
            let Some(change) = self.notes.redo(&self.report) else {
                self.say("Nothing left to redo.");
                break;
            };
            self.save(change.clone(), "Redoing…");
            redone.push(change);
        }
        redone
    }

    /// Goes to what an undo or redo changes, where that is out of sight.
    pub(crate) fn show_change(&mut self, change: &Change) {
        let anchor = &change.annotation().anchor;
        let start = anchor
            .at_first_sight(&self.report)
            .passage()
            .map(Passage::start);
        if let Some(start) = start
            && !self.viewport.shows(start)
        {
            self.viewport.jump_to(start.block_start());
        }
    }

    pub(crate) fn delete(&mut self, id: &str) {
        if let Some(annotation) = self.notes.annotation(id) {
            self.make(Change::Delete(annotation));
        }
    }

    /// Says so where no note can be saved.
    pub(crate) fn is_read_only(&mut self) -> bool {
        let Some(reason) = self.notes.read_only().map(str::to_owned) else {
            return false;
        };
        self.warn(format!("Notes cannot be saved here: {reason}."));
        true
    }

    /// Says so before a note is typed; what is typed all the same is no command until `Esc`.
    pub(crate) fn refuses_typing(&mut self) -> bool {
        let Some(reason) = self.notes.read_only().map(str::to_owned) else {
            return false;
        };
        self.warn(format!(
            "Notes cannot be saved here: {reason}. Esc goes on reading."
        ));
        self.input.refuses = true;
        true
    }

    /// Drops a draft whose text is saved or was given up.
    pub(crate) fn forget_draft(&mut self, id: &str) {
        if self.notes.drafts.remove(id) {
            self.ask(Effect::DropDraft(id.to_owned()));
        }
    }
}
