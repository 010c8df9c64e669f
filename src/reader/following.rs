//! Annotations that were made in another edition: asked to be looked for, and taken where they
//! were found.

use super::{Effect, Reader};
use crate::{command::Command, notebook::following::Found, report::anchor::Resolution, wording};

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
