//! Themes: styles by meaning. Nothing is said by colour alone: every style that has to be seen has
//! a modifier of its own, so that all of them work without colours.

use ratatui::style::{Color, Modifier, Style};

use super::palette::colours;

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
    /// Added and removed words, between two editions.
    pub added: Style,
    pub removed: Style,
    /// Text that is being selected.
    pub selection: Style,
    /// A match, and the current one.
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

/// The theme of a name; the terminal's own colours for any other.
pub fn named(name: &str) -> Theme {
    let colours = colours(name);
    let on = |fg: Option<Color>, bg: Option<Color>| Style {
        fg,
        bg,
        ..Style::new()
    };
    let fg = |colour: Option<Color>| on(colour, None);
    let plain = Style::new();
    let line = on(colours.line.0, colours.line.1);
    let line = match colours.line.1 {
        Some(_) => line,
        None => line.reversed(),
    };
    let quiet = match colours.quiet {
        Some(_) => fg(colours.quiet),
        None => plain.dim(),
    };
    let found = on(colours.found.0, colours.found.1).bold();
    let is_palette = colours.text.is_none();
    Theme {
        text: on(colours.text, colours.background),
        quiet,
        title: fg(colours.accent).bold(),
        line,
        message: line.bold(),
        warning: line.bold().underlined(),
        key: plain.bold(),
        caption: quiet.italic(),
        heading: plain.bold(),
        emphasis: plain.italic(),
        strong: plain.bold(),
        link: fg(colours.accent).underlined(),
        cursor: fg(colours.accent).bold(),
        caret: plain.reversed(),
        highlights: colours
            .highlights
            .map(|ground| highlight(ground, is_palette)),
        added: fg(colours.changed.0).bold().underlined(),
        removed: fg(colours.changed.1).crossed_out(),
        selection: plain.reversed(),
        found: found.underlined(),
        found_here: found.reversed(),
        note: fg(colours.note).bold(),
        bookmark: fg(colours.warning).bold(),
        overlap: plain.italic(),
        marked: on(None, colours.marked).underlined(),
        current_section: plain.bold(),
        selected: plain.reversed(),
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
