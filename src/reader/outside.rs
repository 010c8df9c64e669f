//! Notes in the reader's own editor: asked for here, run at the edge, taken back here.

use super::{Effect, Reader, overlay::Overlay};
use crate::command::Command;

impl Reader {
    /// Opens the note here in the editor outside; where there is none, a new one.
    pub(super) fn edit_outside(&mut self) {
        let has_note = self
            .ids_here(|entry| entry.annotation.kind == crate::notebook::annotation::Kind::Note)
            .len();
        if has_note > 0 && self.selection.is_none() {
            self.edit_note();
        } else {
            self.add_note();
        }
        if let Some(note) = self.overlay.as_mut().and_then(Overlay::note_box) {
            note.saves_on_return = true;
            self.hand_note_over();
        }
    }

    /// Hands what is being typed to the editor outside. A draft says from now on what the
    /// editor's file is about, also where nothing was typed yet.
    pub(super) fn hand_note_over(&mut self) {
        self.save_draft();
        let Some(Overlay::NoteBox(note)) = &self.overlay else {
            return;
        };
        self.effects.push(Effect::EditOutside {
            text: note.editor.text().to_owned(),
            id: note.annotation.id.clone(),
        });
    }

    /// Takes the text back. Where the editor failed the note box stays as it was.
    pub fn take_edited(&mut self, edited: Result<String, String>) {
        let Some(Overlay::NoteBox(note)) = &mut self.overlay else {
            return;
        };
        match edited {
            Ok(text) => {
                note.editor.set(&text);
                if std::mem::take(&mut note.saves_on_return) {
                    self.save_note();
                } else {
                    let save = self.keymap.shown(Command::SaveNote);
                    self.say(format!("Taken from the editor; {save} saves it."));
                }
            }
            Err(why) => {
                note.saves_on_return = false;
                self.warn(format!("Not taken: {why}."));
            }
        }
        self.settle();
    }

    /// Takes what an editor had written before it failed into the note box, and saves nothing.
    pub fn take_unfinished(&mut self, text: &str, why: &str) {
        let Some(Overlay::NoteBox(note)) = &mut self.overlay else {
            return;
        };
        note.editor.set(text);
        note.saves_on_return = false;
        let save = self.keymap.shown(Command::SaveNote);
        self.warn(format!(
            "Not saved: {why}. What it wrote is here; {save} saves it."
        ));
        self.settle();
    }
}
