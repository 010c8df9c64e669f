//! What can be set while reading: text width, panes, numbers, theme.

/// Default text width in columns: 45 to 75 read well.
pub const WIDTH: u16 = 72;
/// Narrowest and widest text width, in columns.
pub const WIDTHS: std::ops::RangeInclusive<u16> = 20..=200;
/// Windows narrower than this have no section pane beside the text.
const BESIDE_FROM: u16 = 70;

/// Names of the themes, in the order in which `c` goes through them.
pub const THEMES: &[&str] = &[
    "terminal",
    "dark",
    "light",
    "sepia",
    "high-contrast",
    "mono",
];

/// What the ground of the terminal is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ground {
    Dark,
    Light,
}

/// What a quick exit may clear.
const QUICK_EXITS: [&str; 2] = ["screen", "scrollback"];
const SWITCH: [&str; 2] = ["true", "false"];

/// A field of `config.ron` that `:set` sets too.
#[derive(Debug)]
pub struct Field {
    pub name: &'static str,
    /// What it does, and its values where they are not a few.
    pub doc: &'static str,
    /// The values that it may have, where they are a few.
    pub values: &'static [&'static str],
    /// A value as it stands in the file.
    pub example: &'static str,
    /// Sets it; `false` where the value does not fit.
    set: fn(&mut Settings, &str) -> bool,
}

/// The fields of `config.ron` that `:set` sets too.
pub const FIELDS: &[Field] = &[
    Field {
        name: "theme",
        doc: "colours",
        values: THEMES,
        example: "\"terminal\"",
        set: |settings, value| {
            theme_named(value).is_some_and(|theme| {
                settings.theme = theme;
                true
            })
        },
    },
    Field {
        name: "width",
        doc: "text width in columns, 20 to 200",
        values: &[],
        example: "72",
        set: |settings, value| {
            let columns = value.parse().ok().filter(|of| WIDTHS.contains(of));
            settings.width = columns.unwrap_or(settings.width);
            settings.default_width = columns.unwrap_or(settings.default_width);
            columns.is_some()
        },
    },
    Field {
        name: "copy",
        doc: "a command of the shell that gets what is copied; empty for none",
        values: &[],
        example: "\"xclip -selection clipboard\"",
        set: |settings, value| {
            settings.copy_command = Some(value.to_owned()).filter(|of| !of.trim().is_empty());
            true
        },
    },
    Field {
        name: "hyperlinks",
        doc: "whether links can be clicked in terminals that know how",
        values: &SWITCH,
        example: "true",
        set: |settings, value| switch(&mut settings.has_hyperlinks, value),
    },
    Field {
        name: "mouse",
        doc: "whether the mouse moves and selects here, or is left to the terminal",
        values: &SWITCH,
        example: "true",
        set: |settings, value| switch(&mut settings.has_mouse, value),
    },
    Field {
        name: "cursor",
        doc: "whether the terminal's cursor is seen at the text and moves by lines, for those who follow it",
        values: &SWITCH,
        example: "false",
        set: |settings, value| switch(&mut settings.has_cursor, value),
    },
    Field {
        name: "progress",
        doc: "whether it is kept what was read",
        values: &SWITCH,
        example: "true",
        set: |settings, value| switch(&mut settings.keeps_progress, value),
    },
    Field {
        name: "quick_exit",
        doc: "what a quick exit clears",
        values: &QUICK_EXITS,
        example: "\"screen\"",
        set: |settings, value| {
            settings.clears_scrollback = value == "scrollback";
            QUICK_EXITS.contains(&value)
        },
    },
];

fn switch(field: &mut bool, value: &str) -> bool {
    *field = value == "true";
    SWITCH.contains(&value)
}

/// Why a field cannot be set: what to type.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SettingError {
    #[error("there is no field `{name}`; there are {names}")]
    NoField { name: String, names: String },
    #[error("`{name}` cannot be `{value}`; it takes {takes}")]
    BadValue {
        name: &'static str,
        value: String,
        takes: String,
    },
}

fn no_field(name: &str) -> SettingError {
    let names: Vec<&str> = FIELDS.iter().map(|field| field.name).collect();
    SettingError::NoField {
        name: name.to_owned(),
        names: names.join(", "),
    }
}

impl Field {
    /// What it takes, in words.
    pub fn takes(&self) -> String {
        match self.values {
            [] => self.doc.to_owned(),
            values => values.join(", "),
        }
    }
}

/// What can be set while reading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    /// Text width in columns, at most.
    pub width: u16,
    /// What `=` resets the text width to.
    pub default_width: u16,
    pub sections_shown: bool,
    pub numbers_shown: bool,
    pub text_only: bool,
    /// One of [`THEMES`].
    pub theme: &'static str,
    /// Whether the terminal shows colours at all.
    pub has_colour: bool,
    /// Whether it shows colours of 24 bits.
    pub has_true_colour: bool,
    /// What the terminal said of its ground.
    pub ground: Option<Ground>,
    /// Whether it may be asked.
    pub may_ask_ground: bool,
    /// Whether links are written to the terminal, which makes them clickable (OSC 8).
    pub has_hyperlinks: bool,
    /// A command of the shell that also gets what is copied, on its standard input.
    pub copy_command: Option<String>,
    /// Whether the mouse is taken from the terminal.
    pub has_mouse: bool,
    /// Whether a quick exit also clears what was scrolled off the screen.
    pub clears_scrollback: bool,
    /// Whether the terminal's cursor is seen at the text, and moves by lines in it.
    pub has_cursor: bool,
    /// Whether lines are typed and printed: nothing is drawn.
    pub is_linear: bool,
    /// Whether it is kept what was read; not until the settings file says so.
    pub keeps_progress: bool,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            width: WIDTH,
            default_width: WIDTH,
            sections_shown: true,
            numbers_shown: false,
            text_only: false,
            theme: "terminal",
            has_colour: true,
            has_true_colour: false,
            ground: None,
            may_ask_ground: false,
            has_hyperlinks: true,
            copy_command: None,
            has_mouse: true,
            clears_scrollback: false,
            has_cursor: false,
            is_linear: false,
            keeps_progress: false,
        }
    }
}

/// The theme of a name.
pub fn theme_named(name: &str) -> Option<&'static str> {
    THEMES.iter().find(|theme| **theme == name).copied()
}

impl Settings {
    /// Sets a field of [`FIELDS`] to a value as it is typed.
    ///
    /// # Errors
    /// Where there is no such field, or it cannot have that value; nothing is changed then.
    pub fn set(&mut self, name: &str, value: &str) -> Result<(), SettingError> {
        let field = FIELDS.iter().find(|field| field.name == name);
        let field = field.ok_or_else(|| no_field(name))?;
        let mut next = self.clone();
        if !(field.set)(&mut next, value) {
            return Err(SettingError::BadValue {
                name: field.name,
                value: value.to_owned(),
                takes: field.takes(),
            });
        }
        *self = next;
        Ok(())
    }

    /// Whether to ask the terminal for its ground: only where the answer is of use.
    pub fn asks_ground(&self) -> bool {
        let is_of_use = self.has_colour && self.theme == "terminal" && self.ground.is_none();
        self.may_ask_ground && is_of_use
    }

    /// The theme that is drawn: without colours `mono`; in place of `terminal` the one that fits its
    /// ground, where that is known.
    pub fn drawn_theme(&self) -> &'static str {
        match (self.has_colour, self.theme, self.ground) {
            (false, ..) => "mono",
            (true, "terminal", Some(Ground::Dark)) => "dark",
            (true, "terminal", Some(Ground::Light)) => "light",
            (true, theme, _) => theme,
        }
    }

    /// Whether the section pane stands beside the text; `has_focus` says whether keys go to it.
    pub fn pane_beside(&self, columns: u16, has_focus: bool) -> bool {
        let wanted = (self.sections_shown && !self.text_only) || has_focus;
        wanted && columns >= BESIDE_FROM
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_field_takes_its_values_and_nothing_else() {
        for field in FIELDS {
            for value in field.values {
                let mut settings = Settings::default();
                assert_eq!(settings.set(field.name, value), Ok(()), "{}", field.name);
            }
            let mut settings = Settings::default();
            let before = settings.clone();
            if field.name != "copy" {
                let error = settings.set(field.name, "nonsense").expect_err(field.name);
                assert!(error.to_string().contains(field.name), "{error}");
                assert_eq!(settings, before, "{}", field.name);
            }
        }
        let mut settings = Settings::default();
        for (name, value) in [("theme", "sepia"), ("width", "50"), ("mouse", "false")] {
            settings.set(name, value).expect("set");
        }
        assert_eq!((settings.theme, settings.width), ("sepia", 50));
        assert!(!settings.has_mouse);
        assert!(settings.set("width", "19").is_err());
        assert!(settings.set("colour", "x").is_err());
    }
}
