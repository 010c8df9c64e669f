//! What can be set while reading: text width, panes, numbers, theme.

/// Default text width in columns: 45 to 75 read well.
pub const WIDTH: u16 = 72;
/// Narrowest and widest text width, in columns.
pub const WIDTHS: std::ops::RangeInclusive<u16> = 20..=200;
/// Windows narrower than this have no section pane beside the text.
const BESIDE_FROM: u16 = 70;

/// Names of the themes, in the order in which `c` goes through them.
pub const THEMES: &[&str] = &["terminal", "dark", "light", "sepia", "mono"];

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
    /// Whether links are written to the terminal, which makes them clickable (OSC 8).
    pub has_hyperlinks: bool,
    /// A command of the shell that also gets what is copied, on its standard input.
    pub copy_command: Option<String>,
    /// Whether a quick exit also clears what was scrolled off the screen.
    pub clears_scrollback: bool,
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
            has_hyperlinks: true,
            copy_command: None,
            clears_scrollback: false,
        }
    }
}

/// The theme of a name.
pub fn theme_named(name: &str) -> Option<&'static str> {
    THEMES.iter().find(|theme| **theme == name).copied()
}

impl Settings {
    /// Whether the section pane stands beside the text; `has_focus` says whether keys go to it.
    pub fn pane_beside(&self, columns: u16, has_focus: bool) -> bool {
        let wanted = (self.sections_shown && !self.text_only) || has_focus;
        wanted && columns >= BESIDE_FROM
    }
}
