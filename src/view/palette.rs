//! The colours of the themes.

use ratatui::style::Color;

/// Colours of a theme; `None` is the terminal's own.
pub struct Colours {
    pub text: Option<Color>,
    pub background: Option<Color>,
    pub quiet: Option<Color>,
    pub line: (Option<Color>, Option<Color>),
    pub accent: Option<Color>,
    pub note: Option<Color>,
    pub warning: Option<Color>,
    pub marked: Option<Color>,
    /// Backgrounds of highlights: yellow, green, blue, red, purple.
    pub highlights: [Option<Color>; 5],
    /// Of words that came and that went.
    pub changed: (Option<Color>, Option<Color>),
    /// Letters and ground of a hit.
    pub found: (Option<Color>, Option<Color>),
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

pub fn colours(name: &str) -> Colours {
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
            highlights: [58, 22, 24, 52, 53].map(indexed),
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
            highlights: [229, 194, 153, 224, 225].map(indexed),
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
            highlights: [222, 193, 152, 217, 182].map(indexed),
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
                Color::Yellow,
                Color::Green,
                Color::Blue,
                Color::Red,
                Color::Magenta,
            ]
            .map(Some),
            ..NONE
        },
    }
}
