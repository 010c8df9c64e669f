//! Highlights: made at once in the colour used last; the next key may choose another.

use super::Reader;
use crate::{
    command::Command,
    notebook::{
        Change, Entry,
        annotation::{Annotation, Color, Kind},
        passage,
    },
    report::position::Passage,
};

/// A highlight whose colour the next key may choose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Colouring {
    pub id: String,
    /// Whether it was just made: then one undo takes both back.
    pub is_new: bool,
}

impl Reader {
    /// Highlights the selection, else the paragraph; on a highlight it offers to change it.
    pub(super) fn highlight(&mut self) {
        if self.is_read_only() {
            return;
        }
        let Some(target) = self.target() else {
            return self.say("There is no paragraph here to highlight.");
        };
        if self.is_too_long(target) {
            return;
        }
        let there = self.highlight_at(target);
        self.selection = None;
        match there {
            Some(old) => self.offer_colours(&old, false),
            None => {
                let new = self.new_annotation(Kind::Highlight, target);
                let new = Annotation {
                    color: Some(self.colour.name().into()),
                    ..new
                };
                self.change(Change::Add(new.clone()));
                self.offer_colours(&new, true);
            }
        }
    }

    /// The highlight that `H` would change: the one on just this passage; without a selection
    /// also the only one in the paragraph.
    fn highlight_at(&self, target: Passage) -> Option<Annotation> {
        let highlights = || {
            self.notebook
                .in_block(target.start())
                .filter(|entry| entry.annotation.kind == Kind::Highlight)
        };
        let same = highlights().find(|entry| passage(entry) == Some(target));
        let mut all = highlights();
        let is_paragraph = self.selection.is_none() && self.current_match().is_none();
        let only = all.next().filter(|_| is_paragraph && all.next().is_none());
        same.or(only).map(|entry| entry.annotation.clone())
    }

    fn offer_colours(&mut self, highlight: &Annotation, is_new: bool) {
        self.colouring = Some(Colouring {
            id: highlight.id.clone(),
            is_new,
        });
        let color = highlight.color.as_deref().unwrap_or_default();
        let letters: Vec<String> = Color::ALL
            .iter()
            .map(|color| color.letter().to_string())
            .collect();
        let remove = self.keymap.shown(Command::RemoveHighlight);
        let said = if is_new {
            "Highlighted"
        } else {
            "This is highlighted"
        };
        self.say(format!(
            "{said} {color}; {} change it, {remove} removes it.",
            letters.join(" ")
        ));
    }

    /// Gives the highlight that was just made or met another colour.
    pub(super) fn colour_highlight(&mut self, color: Color) {
        self.colour = color;
        let Some(old) = self.colouring_entry().map(|entry| entry.annotation.clone()) else {
            return;
        };
        let new = Annotation {
            color: Some(color.name().into()),
            modified: (self.environment.now)(),
            ..old.clone()
        };
        if old.color != new.color {
            self.change(Change::Edit { old, new });
            if self
                .colouring
                .as_ref()
                .is_some_and(|colouring| colouring.is_new)
            {
                self.notebook.join_last_edit();
            }
        }
        self.say(format!("Highlighted {}.", color.name()));
    }

    pub(super) fn remove_highlight(&mut self) {
        if let Some(id) = self
            .colouring_entry()
            .map(|entry| entry.annotation.id.clone())
        {
            self.delete(&id);
        }
    }

    fn colouring_entry(&self) -> Option<&Entry> {
        self.notebook.entry(&self.colouring.as_ref()?.id)
    }
}
