//! Themes: styles by meaning. No state is told by colour alone: every style that has to be
//! seen has a modifier of its own, so that all of them work without colours.

use ratatui::style::{Color, Modifier, Style};

/// The styles of a theme.
#[derive(Debug, Clone, Copy)]
pub struct Theme {
    pub text: Style,
    /// Signs, borders and hints that should not be looked at first.
    pub quiet: Style,
    pub title: Style,
    /// The sticky heading and the status line.
    pub line: Style,
    pub message: Style,
    pub warning: Style,
    /// A key in hints and help.
    pub key: Style,
    pub caption: Style,
    pub heading: Style,
    pub emphasis: Style,
    pub strong: Style,
    pub link: Style,
    /// The paragraph cursor's sign.
    pub cursor: Style,
    /// Where a sentence begins that the cursor stands for.
    pub caret: Style,
    /// Highlights: yellow, green, blue, red, purple.
    pub highlights: [Style; 5],
    /// Words that came, and words that went, between two editions.
    pub added: Style,
    pub removed: Style,
    /// Text that is being selected.
    pub selection: Style,
    /// A hit of a search, and the one that one is at.
    pub found: Style,
    pub found_here: Style,
    pub note: Style,
    pub bookmark: Style,
    /// A passage that has a note or highlight and is no whole paragraph.
    pub marked: Style,
    /// Where two such passages overlap.
    pub overlap: Style,
    pub current_section: Style,
    pub selected: Style,
}

/// Colours of a theme; `None` is the terminal's own.
struct Colours {
    text: Option<Color>,
    background: Option<Color>,
    quiet: Option<Color>,
    line: (Option<Color>, Option<Color>),
    accent: Option<Color>,
    note: Option<Color>,
    warning: Option<Color>,
    marked: Option<Color>,
    /// Backgrounds of highlights: yellow, green, blue, red, purple.
    highlights: [Option<Color>; 5],
    /// Of words that came and that went.
    changed: (Option<Color>, Option<Color>),
    /// Letters and ground of a hit.
    found: (Option<Color>, Option<Color>),
}

const NONE: Colours = Colours {
    text: None,
    background: None,
    quiet: None,
    line: (None, None),
    accent: None,
    note: None,
    warning: None,
    marked: None,
    highlights: [None; 5],
    changed: (None, None),
    found: (None, None),
};

const fn indexed(index: u8) -> Option<Color> {
    Some(Color::Indexed(index))
}

fn colours(name: &str) -> Colours {
    match name {
        "dark" => Colours {
            text: indexed(252),
            background: indexed(234),
            quiet: indexed(245),
            line: (indexed(252), indexed(237)),
            accent: indexed(117),
            note: indexed(221),
            warning: indexed(210),
            marked: indexed(237),
            highlights: [
                indexed(58),
                indexed(22),
                indexed(24),
                indexed(52),
                indexed(53),
            ],
            changed: (indexed(114), indexed(210)),
            found: (indexed(234), indexed(179)),
        },
        "light" => Colours {
            text: indexed(235),
            background: indexed(255),
            quiet: indexed(241),
            line: (indexed(235), indexed(252)),
            accent: indexed(25),
            note: indexed(94),
            warning: indexed(124),
            marked: indexed(254),
            highlights: [
                indexed(229),
                indexed(194),
                indexed(153),
                indexed(224),
                indexed(225),
            ],
            changed: (indexed(22), indexed(124)),
            found: (indexed(235), indexed(221)),
        },
        "sepia" => Colours {
            text: indexed(236),
            background: indexed(230),
            quiet: indexed(95),
            line: (indexed(236), indexed(223)),
            accent: indexed(88),
            note: indexed(58),
            warning: indexed(124),
            marked: indexed(223),
            highlights: [
                indexed(222),
                indexed(193),
                indexed(152),
                indexed(217),
                indexed(182),
            ],
            changed: (indexed(22), indexed(124)),
            found: (indexed(236), indexed(215)),
        },
        "mono" => NONE,
        _ => Colours {
            accent: Some(Color::Cyan),
            note: Some(Color::Yellow),
            warning: Some(Color::Red),
            changed: (Some(Color::Green), Some(Color::Red)),
            highlights: [
                Some(Color::Yellow),
                Some(Color::Green),
                Some(Color::Blue),
                Some(Color::Red),
                Some(Color::Magenta),
            ],
            ..NONE
        },
    }
}

/// The theme of a name; the terminal's own colours for any other.
pub fn named(name: &str) -> Theme {
    let colours = colours(name);
    let fg = |colour: Option<Color>| Style {
        fg: colour,
        ..Style::new()
    };
    let found = |(fg, bg): (Option<Color>, Option<Color>)| Style {
        fg,
        bg,
        ..Style::new()
    };
    let text = Style {
        fg: colours.text,
        bg: colours.background,
        ..Style::new()
    };
    let line = Style {
        fg: colours.line.0,
        bg: colours.line.1,
        ..Style::new()
    };
    let line = if colours.line.1.is_none() {
        line.add_modifier(Modifier::REVERSED)
    } else {
        line
    };
    let quiet = match colours.quiet {
        Some(_) => fg(colours.quiet),
        None => Style::new().add_modifier(Modifier::DIM),
    };
    Theme {
        text,
        quiet,
        title: fg(colours.accent).add_modifier(Modifier::BOLD),
        line,
        message: line.add_modifier(Modifier::BOLD),
        warning: line.add_modifier(Modifier::BOLD | Modifier::UNDERLINED),
        key: Style::new().add_modifier(Modifier::BOLD),
        caption: quiet.add_modifier(Modifier::ITALIC),
        heading: Style::new().add_modifier(Modifier::BOLD),
        emphasis: Style::new().add_modifier(Modifier::ITALIC),
        strong: Style::new().add_modifier(Modifier::BOLD),
        link: fg(colours.accent).add_modifier(Modifier::UNDERLINED),
        cursor: fg(colours.accent).add_modifier(Modifier::BOLD),
        caret: Style::new().add_modifier(Modifier::REVERSED),
        highlights: colours
            .highlights
            .map(|background| highlight(background, colours.text.is_none())),
        added: fg(colours.changed.0).add_modifier(Modifier::BOLD | Modifier::UNDERLINED),
        removed: fg(colours.changed.1).add_modifier(Modifier::CROSSED_OUT),
        selection: Style::new().add_modifier(Modifier::REVERSED),
        found: found(colours.found).add_modifier(Modifier::BOLD | Modifier::UNDERLINED),
        found_here: found(colours.found).add_modifier(Modifier::BOLD | Modifier::REVERSED),
        note: fg(colours.note).add_modifier(Modifier::BOLD),
        bookmark: fg(colours.warning).add_modifier(Modifier::BOLD),
        overlap: Style::new().add_modifier(Modifier::ITALIC),
        marked: Style {
            bg: colours.marked,
            ..Style::new()
        }
        .add_modifier(Modifier::UNDERLINED),
        current_section: Style::new().add_modifier(Modifier::BOLD),
        selected: Style::new().add_modifier(Modifier::REVERSED),
    }
}

/// A highlight: underlined everywhere, so that it is seen without colours. On a background of
/// the terminal's own palette the text is black or white, whatever is the default.
fn highlight(background: Option<Color>, is_palette: bool) -> Style {
    let text = match background {
        Some(Color::Yellow | Color::Green) if is_palette => Some(Color::Black),
        Some(_) if is_palette => Some(Color::White),
        _ => None,
    };
    let style = Style {
        bg: background,
        fg: text,
        ..Style::new()
    }
    .add_modifier(Modifier::UNDERLINED);
    // Without colours it is told from a passage with a note.
    if background.is_none() {
        style.add_modifier(Modifier::BOLD)
    } else {
        style
    }
}

impl Theme {
    /// The style of a highlight.
    pub fn highlight(&self, color: crate::notebook::annotation::Color) -> Style {
        self.highlights[color as usize]
    }

    /// Whether highlights are told apart by their backgrounds.
    pub fn has_colours(&self) -> bool {
        self.highlights.iter().all(|style| style.bg.is_some())
    }
}
