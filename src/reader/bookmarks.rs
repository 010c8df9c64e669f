//! Bookmarks: unnamed ones that toggle, and lettered ones that one jumps to.

use super::Reader;
use crate::{
    command::Command,
    notebook::{
        Change,
        annotation::{Annotation, Kind},
        passage,
    },
};

impl Reader {
    pub(super) fn toggle_bookmark(&mut self) {
        let here = self.ids_here(|entry| {
            entry.annotation.kind == Kind::Bookmark && entry.annotation.letter.is_none()
        });
        match here.first() {
            Some(id) => self.delete(&id.clone()),
            None => self.bookmark_here(None),
        }
    }

    /// Sets the bookmark of a letter here; one of that letter elsewhere moves.
    pub(super) fn set_bookmark(&mut self, letter: Option<char>) {
        let Some(letter) = letter else { return };
        match self
            .notebook
            .bookmark(letter)
            .map(|entry| entry.annotation.clone())
        {
            Some(old) => self.move_bookmark(old),
            None => self.bookmark_here(Some(letter)),
        }
    }

    fn bookmark_here(&mut self, letter: Option<char>) {
        let at = self.screen.cursor;
        if self.report.block(at).is_none() {
            return self.say("There is no paragraph here to bookmark.");
        }
        let passage = self.report.passage_of_block(at);
        if self.is_too_long(passage) {
            return;
        }
        let annotation = self.new_annotation(Kind::Bookmark, passage);
        self.change(Change::Add(Annotation {
            letter,
            ..annotation
        }));
    }

    fn move_bookmark(&mut self, old: Annotation) {
        let passage = self.report.passage_of_block(self.screen.cursor);
        if self.is_too_long(passage) {
            return;
        }
        let here = self.new_annotation(Kind::Bookmark, passage);
        let new = Annotation {
            anchor: here.anchor,
            modified: here.modified,
            ..old.clone()
        };
        self.change(Change::Edit { old, new });
    }

    pub(super) fn go_to_bookmark(&mut self, letter: Option<char>) {
        let Some(letter) = letter else { return };
        let set = self
            .keymap
            .shown(Command::SetBookmark)
            .replace("letter", &letter.to_string());
        let Some(entry) = self.notebook.bookmark(letter) else {
            return self.say(format!("There is no bookmark {letter}; {set} sets it."));
        };
        match passage(entry) {
            Some(passage) => {
                self.leave_place();
                self.go_to(passage.start());
            }
            None => self.warn(format!(
                "The passage of bookmark {letter} is not in this edition."
            )),
        }
    }
}
