//! The panel that shows a note in full, where it can be edited and deleted.

use super::{Reader, overlay::Overlay};
use crate::{command::Command, edition::anchor::Resolution, notebook::Entry, text::wrap};

impl Reader {
    pub(super) fn read_note(&mut self) {
        if let Some(link) = self.selected_link() {
            return self.follow_link(&link);
        }
        if let Some(id) = self.note_without_place() {
            return self.open_panel(vec![id], "e edits it, x deletes it");
        }
        let here = self.ids_here(|entry| {
            !entry.annotation.text.is_empty() || !matches!(entry.resolution, Resolution::Exact(_))
        });
        if here.is_empty() {
            let add = self.keymap.shown(Command::AddNote);
            return self.say(format!("There is no note here to read; {add} writes one."));
        }
        let hint = if here.len() > 1 {
            "n shows the next, e edits, x deletes"
        } else {
            "e edits it, x deletes it"
        };
        self.open_panel(here, hint);
    }

    /// The annotation that the panel shows.
    pub fn panel_entry(&self) -> Option<&Entry> {
        let Some(Overlay::Panel(panel)) = &self.overlay else {
            return None;
        };
        self.notebook.entry(panel.ids.get(panel.shown)?)
    }

    /// The lines of the shown annotation's text at a width.
    pub fn panel_lines(&self, width: usize) -> Vec<String> {
        let entry = self.panel_entry();
        let became = entry.and_then(|entry| self.what_became_of(entry));
        let note = entry
            .map(|entry| entry.annotation.text.clone())
            .filter(|text| !text.is_empty());
        // What changed and has to be looked at goes first.
        let is_doubtful = entry
            .is_some_and(|entry| entry.needs_review() && entry.resolution != Resolution::Orphaned);
        let parts = if is_doubtful {
            [became, note]
        } else {
            [note, became]
        };
        let text = parts.into_iter().flatten().collect::<Vec<_>>().join("\n\n");
        let lines = wrap::lines(&text, width, "");
        lines
            .iter()
            .map(|line| {
                text.get(line.start..line.end)
                    .unwrap_or_default()
                    .trim_end()
                    .to_owned()
            })
            .collect()
    }

    pub(super) fn scroll_panel(&mut self, by: isize) {
        if let Some(Overlay::Panel(panel)) = &mut self.overlay {
            panel.scroll = panel.scroll.saturating_add_signed(by);
        }
    }

    pub(super) fn next_in_panel(&mut self) {
        if let Some(Overlay::Panel(panel)) = &mut self.overlay {
            panel.shown = (panel.shown + 1) % panel.ids.len().max(1);
            panel.scroll = 0;
        }
        self.show_behind_panel();
    }

    pub(super) fn edit_in_panel(&mut self) {
        if let Some(id) = self.panel_entry().map(|entry| entry.annotation.id.clone()) {
            self.close_panel();
            self.edit_over(|reader| reader.edit(&id));
        }
    }

    pub(super) fn delete_in_panel(&mut self) {
        if let Some(id) = self.panel_entry().map(|entry| entry.annotation.id.clone()) {
            self.close_panel();
            self.delete(&id);
        }
    }

    /// Closes the panel; what lay there before is there again.
    pub(super) fn close_panel(&mut self) {
        if let Some(Overlay::Panel(panel)) = self.overlay.take() {
            self.overlay = panel.below.map(|below| *below);
            self.preview = None;
        }
    }
}
