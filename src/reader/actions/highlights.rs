//! Highlights: made at once in the colour used last; the next key may choose another.

use crate::{
    command::{Command, Context},
    notebook::{
        Change,
        annotation::{Annotation, Color, Kind},
        passage,
    },
    reader::{
        mode::{Colouring, Mode},
        parts::Parts,
    },
    report::position::Passage,
};

impl Parts {
    /// Highlights the target; on a highlight it offers to change it.
    pub(crate) fn highlight(&mut self) {
        if self.is_read_only() {
            return;
        }
        let Some(target) = self.target() else {
            return self.say("There is no paragraph here to highlight.");
        };
        if self.is_too_long(target) {
            return;
        }
        match self.highlight_at(target) {
            Some(old) => self.offer_colours(&old, false),
            None => {
                let new = self
                    .notes
                    .new_annotation(&self.report, Kind::Highlight, target);
                let new = Annotation {
                    color: Some(self.notes.colour.name().into()),
                    ..new
                };
                self.make(Change::Add(new.clone()));
                self.offer_colours(&new, true);
            }
        }
    }

    /// The highlight that `H` would change: the one on just this passage; without a selection
    /// also the only one in the paragraph.
    fn highlight_at(&self, target: Passage) -> Option<Annotation> {
        let highlights = || {
            let here = self.notes.notebook().in_block(target.start());
            here.filter(|entry| entry.annotation.kind == Kind::Highlight)
        };
        let same = highlights().find(|entry| passage(entry) == Some(target));
        let mut all = highlights();
        let is_paragraph = self.mode.selection().is_none() && self.match_here().is_none();
        let only = all.next().filter(|_| is_paragraph && all.next().is_none());
        same.or(only).map(|entry| entry.annotation.clone())
    }

    fn offer_colours(&mut self, highlight: &Annotation, is_new: bool) {
        self.mode = Mode::Colouring(Colouring {
            id: highlight.id.clone(),
            is_new,
        });
        let color = highlight.color.as_deref().unwrap_or_default();
        let keys = [
            Command::Yellow,
            Command::Green,
            Command::Blue,
            Command::Red,
            Command::Purple,
        ];
        let keys = keys.map(|colour| self.keymap.shown(colour, Context::Colouring));
        let remove = self.keymap.shown(Command::Delete, Context::Colouring);
        let said = match is_new {
            true => "Highlighted",
            false => "This is highlighted",
        };
        self.say(format!(
            "{said} {color}; {} change it, {remove} removes it.",
            keys.join(" ")
        ));
    }

    /// The highlight whose colour is chosen, and whether it was just made.
    fn coloured(&self) -> Option<(Annotation, bool)> {
        let Colouring { id, is_new } = self.mode.colouring()?;
        Some((self.notes.annotation(id)?, *is_new))
    }

    /// Gives the highlight another colour.
    pub(crate) fn colour_highlight(&mut self, color: Color) {
        self.notes.colour = color;
        let Some((old, is_new)) = self.coloured() else {
            return;
        };
        let new = Annotation {
            color: Some(color.name().into()),
            modified: (self.notes.environment().now)(),
            ..old.clone()
        };
        if old.color != new.color {
            self.make(Change::Edit { old, new });
            if is_new {
                self.notes.join_last_edit();
            }
        }
        self.say(format!("Highlighted {}.", color.name()));
    }

    pub(crate) fn remove_highlight(&mut self) {
        if let Some((highlight, _)) = self.coloured() {
            self.delete(&highlight.id);
        }
    }
}
