//! What a reader can set: measure, panes, numbers, theme; and what the edge lends to the core.

use super::{Focus, Reader};
use crate::command::Command;

/// Most columns of a line of text where nothing else is said: 45 to 75 are good to read.
pub const MEASURE: u16 = 72;
/// Narrowest and widest measure that can be set, in columns.
pub const MEASURES: std::ops::RangeInclusive<u16> = 20..=200;
/// Windows narrower than this have no section pane beside the text.
const BESIDE_FROM: u16 = 70;

/// Names of the themes, in the order in which `c` goes through them.
pub const THEMES: &[&str] = &["terminal", "dark", "light", "sepia", "mono"];

/// What can be set while reading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    /// Most columns of a line of text.
    pub measure: u16,
    /// What `=` sets the measure back to.
    pub default_measure: u16,
    pub sections_shown: bool,
    pub numbers_shown: bool,
    pub text_only: bool,
    /// One of [`THEMES`].
    pub theme: &'static str,
    /// Whether the terminal shows colours at all.
    pub has_colour: bool,
    /// Whether the terminal is told of the links in the text, to make them clickable (OSC 8).
    pub has_hyperlinks: bool,
    /// A command of the shell that also gets what is copied, on its standard input.
    pub copy_command: Option<String>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            measure: MEASURE,
            default_measure: MEASURE,
            sections_shown: true,
            numbers_shown: false,
            text_only: false,
            theme: "terminal",
            has_colour: true,
            has_hyperlinks: true,
            copy_command: None,
        }
    }
}

/// What the core may not get for itself: the date and new ids.
#[derive(Debug, Clone, Copy)]
pub struct Environment {
    /// The date and time now, RFC 3339.
    pub now: fn() -> String,
    /// A random id of 128 bits, 32 hexadecimal digits.
    pub new_id: fn() -> String,
}

/// The theme of a name.
pub fn theme_named(name: &str) -> Option<&'static str> {
    THEMES.iter().find(|theme| **theme == name).copied()
}

impl Settings {
    /// Whether the section pane stands beside the text.
    pub fn pane_beside(&self, columns: u16, focus: Focus) -> bool {
        let wanted = (self.sections_shown && !self.text_only) || focus == Focus::Sections;
        wanted && columns >= BESIDE_FROM
    }
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

    pub(super) fn change_measure(&mut self, by: isize) {
        // From what is seen, so that the first press is seen too.
        let seen = self
            .frame
            .as_ref()
            .map_or(self.settings.measure, |frame| frame.text.width);
        let wanted = seen.saturating_add_signed(by.clamp(-200, 200) as i16);
        self.set_measure(wanted);
        let room = self.frame.as_ref().map_or(0, |frame| frame.room);
        if self.settings.measure > room {
            self.settings.measure = room.max(*MEASURES.start());
            self.say(format!(
                "{} columns: the window has no room for more.",
                room
            ));
        }
    }

    pub(super) fn default_measure(&mut self) {
        self.set_measure(self.settings.default_measure);
    }

    pub(super) fn set_measure(&mut self, columns: u16) {
        let measure = columns.clamp(*MEASURES.start(), *MEASURES.end());
        self.set_anew(|settings| settings.measure = measure);
        let limit = if measure == columns {
            String::new()
        } else {
            format!(" (it goes from {} to {})", MEASURES.start(), MEASURES.end())
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
