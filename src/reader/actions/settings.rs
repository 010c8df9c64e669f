//! Changing the settings while reading.

use crate::{
    command::{
        Command,
        keymap::Keymap,
        settings::{FIELDS, Settings, THEMES, WIDTHS, theme_named},
    },
    reader::parts::Parts,
    text::wording,
};

impl Parts {
    /// Changes how the text is set; the paragraph at the cursor stays in sight.
    fn set(&mut self, change: impl FnOnce(&mut Settings)) {
        let cursor = self.viewport.place().cursor;
        let was_in_sight = self.viewport.cursor() == cursor;
        change(&mut self.settings);
        let room = self.room();
        self.viewport.fit(&self.settings, room);
        if was_in_sight && self.viewport.cursor() != cursor {
            self.viewport.show_again(cursor);
        }
    }

    pub(crate) fn toggle_numbers(&mut self) {
        self.set(|settings| settings.numbers_shown = !settings.numbers_shown);
        self.say(match self.settings.numbers_shown {
            true => "Paragraph numbers shown.",
            false => "Paragraph numbers hidden.",
        });
    }

    pub(crate) fn toggle_text_only(&mut self) {
        self.set(|settings| settings.text_only = !settings.text_only);
        if self.settings.text_only {
            let key = self.key(Command::ToggleTextOnly);
            self.say(format!("Only the text; {key} shows the rest again."));
        }
    }

    /// Shows or hides the section pane; says whether it has to take the keys, as there is no room
    /// beside the text.
    pub(crate) fn toggle_sections(&mut self) -> bool {
        let is_shown = !self.settings.sections_shown;
        let columns = self.viewport.size().0;
        self.settings.sections_shown = is_shown;
        let has_no_room = is_shown && !self.settings.pane_beside(columns, false);
        self.settings.sections_shown &= !has_no_room;
        has_no_room
    }

    pub(crate) fn change_width(&mut self, by: isize) {
        // From what is seen, so that the first press is seen too.
        let seen = self
            .viewport
            .frame()
            .map_or(self.settings.width, |frame| frame.text.width);
        self.set_width(seen.saturating_add_signed(by.clamp(-200, 200) as i16));
        let room = self.viewport.frame().map_or(0, |frame| frame.room);
        if self.settings.width > room {
            self.settings.width = room.max(*WIDTHS.start());
            self.say(format!("{room} columns: the window has no room for more."));
        }
    }

    pub(crate) fn default_width(&mut self) {
        self.set_width(self.settings.default_width);
    }

    fn set_width(&mut self, columns: u16) {
        let width = columns.clamp(*WIDTHS.start(), *WIDTHS.end());
        self.set(|settings| settings.width = width);
        let limit = match width == columns {
            true => String::new(),
            false => format!(" ({} to {})", WIDTHS.start(), WIDTHS.end()),
        };
        self.say(format!("Text width {width} columns{limit}."));
    }

    /// Sets the text width as it is typed.
    pub(crate) fn set_typed_width(&mut self, text: &str) {
        match text.parse() {
            Ok(columns) => self.set_width(columns),
            Err(_) => self.warn(format!(
                "`{text}` is not a number of columns, {} to {}.",
                WIDTHS.start(),
                WIDTHS.end()
            )),
        }
    }

    pub(crate) fn next_theme(&mut self, count: usize) {
        let at = THEMES
            .iter()
            .position(|theme| *theme == self.settings.theme);
        let next = (at.unwrap_or(0) + count) % THEMES.len().max(1);
        if let Some(theme) = THEMES.get(next) {
            self.set_theme(theme);
        }
    }

    /// Sets a field of the settings file: its name and a value. The name alone says what it takes.
    pub(crate) fn set_field(&mut self, words: &str) {
        let (name, value) = words.split_once(char::is_whitespace).unwrap_or((words, ""));
        let field = FIELDS.iter().find(|field| field.name == name);
        if let Some(field) = field.filter(|_| value.trim().is_empty()) {
            let text = format!("`{name}`: {}; `:set {name} VALUE`.", field.takes());
            return self.say(text);
        }
        let value = value.trim();
        let mut done = Ok(());
        self.set(|settings| done = settings.set(name, value));
        match done {
            Ok(()) => self.say(format!(
                "{name} is {value}; to keep it, put `{name}: {}` in config.ron.",
                literal(value)
            )),
            Err(error) => self.warn(wording::capitalized(&format!("{error}."))),
        }
    }

    /// Takes what the settings file says now; `problems` are what of it cannot be used.
    pub(crate) fn take_settings(
        &mut self,
        settings: Settings,
        keymap: Keymap,
        problems: &[String],
    ) {
        self.keymap = keymap;
        self.set(|old| *old = settings);
        match problems {
            [] => self.say("config.ron is read again."),
            [first, ..] => self.warn(format!("config.ron: {first}.")),
        }
    }

    /// Switches to the theme of a name.
    pub(crate) fn set_typed_theme(&mut self, name: &str) {
        match theme_named(name) {
            Some(theme) => self.set_theme(theme),
            None => self.warn(format!(
                "Unknown theme `{name}`; available: {}.",
                THEMES.join(", ")
            )),
        }
    }

    fn set_theme(&mut self, theme: &'static str) {
        self.settings.theme = theme;
        self.say(match self.settings.has_colour {
            true => format!("Theme {theme}; to keep it, put `theme: \"{theme}\"` in config.ron."),
            false => format!("Theme {theme}; this terminal shows no colours."),
        });
    }
}

/// A value as it stands in the settings file.
fn literal(value: &str) -> String {
    let is_bare = matches!(value, "true" | "false") || value.parse::<u16>().is_ok();
    match is_bare {
        true => value.to_owned(),
        false => format!("{value:?}"),
    }
}
