//! Annotations that were made in another edition: asked to be looked for, and taken where they
//! were found.

use super::{Effect, Reader};
use crate::{
    command::Command,
    notebook::{Entry, annotation::Annotation, following::Found},
    report::{
        anchor::Resolution,
        position::Passage,
        rewording::{self, Piece},
    },
    wording,
};

/// A text with what went in `[-…-]` and what came in `{+…+}`, as `wdiff` and `compare` write it.
fn reworded(old: &str, new: &str) -> String {
    let pieces = rewording::pieces(old, new).into_iter().map(|piece| match piece {
        Piece::Same(text) => text,
        Piece::Removed(text) => enclosed(&text, "[-", "-]"),
        Piece::Added(text) => enclosed(&text, "{+", "+}"),
    });
    pieces.collect()
}

fn enclosed(text: &str, open: &str, close: &str) -> String {
    let bare = text.trim_start();
    let blank = text.get(..text.len() - bare.len()).unwrap_or_default();
    format!("{blank}{open}{bare}{close}")
}

impl Reader {
    /// Asks for the annotations to be looked for that may not be where their anchors say.
    pub(super) fn ask_to_follow(&mut self) {
        let Some(edition) = self.edition.clone() else { return };
        let mut astray = self.notebook.astray(&edition.hash);
        astray.retain(|(id, _)| self.followed.insert(id.clone()));
        if !astray.is_empty() {
            self.effects.push(Effect::Follow { edition, astray });
        }
    }

    /// Where an annotation stands in this edition, as far as that is known.
    pub fn stands(&self, annotation: &Annotation) -> Option<Passage> {
        let entry = self.notebook.entry(&annotation.id).filter(|entry| entry.annotation.anchor == annotation.anchor);
        entry.map_or_else(|| annotation.anchor.at_first_sight(&self.report), |entry| entry.resolution).passage()
    }

    /// What became of an annotation's passage since it was marked, in words; `None` where it is
    /// where it was.
    pub(super) fn what_became_of(&self, entry: &Entry) -> Option<String> {
        let anchor = &entry.annotation.anchor;
        let was = format!("{}:{}", anchor.start.section, anchor.start.block.saturating_add(1));
        match entry.resolution {
            Resolution::Exact(_) => None,
            Resolution::Moved(_) => Some(format!("Another edition: it stood at {was}.")),
            Resolution::Changed(passage) => Some(format!("Reworded since:\n{}", reworded(&anchor.quote, &self.report.text_of(passage)))),
            Resolution::Unsure(_) => Some(format!("It may not be this passage. It stood at {was}:\n“{}”", anchor.quote)),
            Resolution::Orphaned => Some(format!("Not found in this edition. It stood at {was}:\n“{}”", anchor.quote)),
        }
    }

    /// Takes where annotations were found, and says how many need a look once all are.
    pub(super) fn take_found(&mut self, found: Vec<Found>) {
        for (id, _, _) in &found {
            self.followed.remove(id);
        }
        self.notebook.take_found(found, &self.report);
        if self.followed.is_empty() && self.message.is_none() {
            self.tell_of_doubts();
        }
    }

    /// Says what became of the annotations in this edition, where not all are as they were.
    pub(super) fn tell_of_doubts(&mut self) {
        let count = |wanted: fn(&Resolution) -> bool| self.notebook.entries().iter().filter(|entry| wanted(&entry.resolution)).count();
        let moved = count(|resolution| matches!(resolution, Resolution::Moved(_)));
        let changed = count(|resolution| matches!(resolution, Resolution::Changed(_)));
        let unsure = count(|resolution| matches!(resolution, Resolution::Unsure(_)));
        let orphaned = count(|resolution| *resolution == Resolution::Orphaned);
        let parts = [(moved, "moved"), (changed, "changed"), (unsure, "unsure"), (orphaned, "orphaned")];
        let parts: Vec<String> = parts.iter().filter(|(count, _)| *count > 0).map(|(count, word)| format!("{count} {word}")).collect();
        let look = changed + unsure + orphaned;
        if parts.is_empty() || self.overlay.is_some() {
            return;
        }
        let list = self.keymap.shown(Command::ListAnnotations);
        let needs =
            if look == 0 { String::new() } else { format!("; {} need a look, {list} lists them", wording::count(look, "annotation")) };
        self.say(format!("Another edition: {}{needs}.", parts.join(", ")));
    }
}
