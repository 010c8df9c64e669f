//! Changing the settings while reading, and what the edge lends to the core.

use super::Reader;
use crate::command::{
    Command,
    settings::{Settings, THEMES, WIDTHS},
};

/// What the core may not get for itself: the date and new ids.
#[derive(Debug, Clone, Copy)]
pub struct Environment {
    /// The date and time now, RFC 3339.
    pub now: fn() -> String,
    /// A random id of 128 bits, 32 hexadecimal digits.
    pub new_id: fn() -> String,
}

impl Reader {
    /// Changes how the text is set; the paragraph at the cursor stays in sight.
    fn set_anew(&mut self, change: impl FnOnce(&mut Settings)) {
        let cursor = self.place.cursor;
        let was_in_sight = self.screen.cursor == cursor;
        change(&mut self.settings);
        self.settle();
        if was_in_sight && self.screen.cursor != cursor {
            self.place.top = self.shown_top();
            self.show_block(cursor);
            self.settle();
        }
    }

    pub(super) fn toggle_numbers(&mut self) {
        self.set_anew(|settings| settings.numbers_shown = !settings.numbers_shown);
        self.say(if self.settings.numbers_shown {
            "Paragraph numbers shown."
        } else {
            "Paragraph numbers hidden."
        });
    }

    pub(super) fn toggle_text_only(&mut self) {
        self.set_anew(|settings| settings.text_only = !settings.text_only);
        let key = self.keymap.shown(Command::ToggleTextOnly);
        if self.settings.text_only {
            self.say(format!("Only the text; {key} shows the rest again."));
        }
    }

    pub(super) fn change_width(&mut self, by: isize) {
        // From what is seen, so that the first press is seen too.
        let seen = self
            .frame
            .as_ref()
            .map_or(self.settings.width, |frame| frame.text.width);
        let wanted = seen.saturating_add_signed(by.clamp(-200, 200) as i16);
        self.set_width(wanted);
        let room = self.frame.as_ref().map_or(0, |frame| frame.room);
        if self.settings.width > room {
            self.settings.width = room.max(*WIDTHS.start());
            self.say(format!(
                "{} columns: the window has no room for more.",
                room
            ));
        }
    }

    pub(super) fn default_width(&mut self) {
        self.set_width(self.settings.default_width);
    }

    pub(super) fn set_width(&mut self, columns: u16) {
        let measure = columns.clamp(*WIDTHS.start(), *WIDTHS.end());
        self.set_anew(|settings| settings.width = measure);
        let limit = if measure == columns {
            String::new()
        } else {
            format!(" (it goes from {} to {})", WIDTHS.start(), WIDTHS.end())
        };
        self.say(format!("Lines of at most {measure} columns{limit}."));
    }

    pub(super) fn next_theme(&mut self) {
        let at = THEMES
            .iter()
            .position(|theme| *theme == self.settings.theme)
            .unwrap_or(0);
        let next = THEMES
            .iter()
            .cycle()
            .nth(at + 1)
            .copied()
            .unwrap_or(self.settings.theme);
        self.set_theme(next);
    }

    pub(super) fn set_theme(&mut self, theme: &'static str) {
        self.settings.theme = theme;
        if self.settings.has_colour {
            self.say(format!(
                "Theme {theme}; `theme: \"{theme}\"` in config.ron keeps it."
            ));
        } else {
            self.say(format!("Theme {theme}; this terminal shows no colours."));
        }
    }
}
