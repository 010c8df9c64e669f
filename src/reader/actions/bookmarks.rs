//! Bookmarks: unnamed ones that toggle, and lettered ones to jump to.

use crate::{
    command::Command,
    notebook::{
        Change,
        annotation::{Annotation, Kind},
        passage,
    },
    reader::parts::Parts,
};

impl Parts {
    pub(crate) fn toggle_bookmark(&mut self) {
        let here = self.notes.ids_at(self.viewport.cursor(), |entry| {
            entry.annotation.kind == Kind::Bookmark && entry.annotation.letter.is_none()
        });
        match here.first() {
            Some(id) => self.delete(id),
            None => self.set_bookmark(None),
        }
    }

    /// Sets the bookmark of a letter here, or one without; one of that letter elsewhere moves.
    pub(crate) fn set_bookmark(&mut self, letter: Option<char>) {
        let at = self.viewport.cursor();
        if self.report.block(at).is_none() {
            return self.say("There is no paragraph here to bookmark.");
        }
        let passage = self.report.passage_of_block(at);
        if self.is_too_long(passage) {
            return;
        }
        let new = self
            .notes
            .new_annotation(&self.report, Kind::Bookmark, passage);
        let old = letter.and_then(|letter| self.notes.notebook().bookmark(letter));
        match old.map(|entry| entry.annotation.clone()) {
            Some(old) => self.move_annotation(old, new),
            None => self.make(Change::Add(Annotation { letter, ..new })),
        }
    }

    pub(crate) fn go_to_bookmark(&mut self, letter: char) {
        let Some(entry) = self.notes.notebook().bookmark(letter) else {
            let set = self.key(Command::SetBookmark);
            let set = set.replace("letter", &letter.to_string());
            return self.say(format!("There is no bookmark {letter}; {set} sets it."));
        };
        match passage(entry) {
            Some(passage) => self.viewport.jump_to(passage.start()),
            None => self.warn(format!(
                "The passage of bookmark {letter} is not in this edition."
            )),
        }
    }
}
