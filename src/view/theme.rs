//! Themes: styles by meaning. Nothing is said by colour alone: every style that has to be told from
//! another has a modifier of its own, so that all of them work without colours.

use ratatui::style::{Color, Modifier, Style};

use super::palette::{self, Palette, Shade};
use crate::{command::settings::Settings, notebook::annotation};

/// The styles of a theme.
#[derive(Debug, Clone, Copy)]
pub struct Theme {
    pub text: Style,
    /// Hints, numbers and other words that should not be looked at first.
    pub quiet: Style,
    /// Lines that part, and the scroll bar.
    pub bar: Style,
    /// A title over something: a pane, a box, the help.
    pub title: Style,
    /// Titles of sections: of the first level, of the second, of those below.
    pub levels: [Style; 3],
    /// The last title of the path that is read, and what else leads the eye.
    pub accent: Style,
    /// The status line.
    pub line: Style,
    /// Where the cursor is, in it.
    pub place: Style,
    /// The mode in it.
    pub mode: Style,
    pub message: Style,
    pub warning: Style,
    /// A key in hints and help.
    pub key: Style,
    pub caption: Style,
    pub heading: Style,
    pub emphasis: Style,
    pub strong: Style,
    pub link: Style,
    /// Code, and what else keeps its lines.
    pub code: Style,
    /// The paragraph cursor's sign.
    pub cursor: Style,
    /// Where a sentence begins that the cursor stands for.
    pub caret: Style,
    /// Highlights: yellow, green, blue, red, purple.
    pub highlights: [Style; 5],
    /// Added and removed words, between two editions.
    pub added: Style,
    pub removed: Style,
    /// Text that is being selected, or that a note is written on.
    pub selection: Style,
    /// A match, and the current one.
    pub found: Style,
    pub found_here: Style,
    /// Signs: of notes, bookmarks, and highlights by their colours.
    pub note: Style,
    pub bookmark: Style,
    pub signs: [Style; 5],
    /// A passage that has a note and is no whole paragraph.
    pub noted: Style,
    /// Where two such passages overlap.
    pub overlap: Style,
    pub current_section: Style,
    pub selected: Style,
    /// Letters of what stands behind a box.
    behind: Style,
    /// A strip or box over the text.
    pub panel: Style,
    /// Whether highlights are told apart by their grounds.
    pub has_tints: bool,
}

/// The theme that the settings ask for.
pub fn of(settings: &Settings) -> Theme {
    let name = settings.drawn_theme();
    match palette::of(name) {
        Some(palette) => coloured(palette, settings.has_true_colour),
        None => plain(name != "mono"),
    }
}

/// A theme of the terminal's own colours: letters have none, as none is legible on every ground.
/// `has_signs` says whether signs have one.
fn plain(has_signs: bool) -> Theme {
    let none = Style::new();
    let sign = match has_signs {
        true => none.fg(Color::Magenta),
        false => none,
    };
    let highlight = none.italic().underlined();
    Theme {
        text: none,
        quiet: none,
        bar: none.dim(),
        title: none.bold(),
        levels: [none.bold(), none.bold(), none.bold().italic()],
        accent: none.bold(),
        line: none,
        place: none,
        mode: none.reversed().bold(),
        message: none.bold(),
        warning: none.reversed().bold(),
        key: none.bold(),
        caption: none.italic(),
        heading: none.bold(),
        emphasis: none.italic(),
        strong: none.bold(),
        link: none.underlined(),
        code: none,
        cursor: sign.bold(),
        caret: none.reversed().underlined(),
        highlights: [highlight; 5],
        added: none.bold().underlined(),
        removed: none.crossed_out(),
        selection: none.reversed(),
        found: none.reversed().italic(),
        found_here: none.reversed().bold().underlined(),
        note: sign.bold(),
        bookmark: sign.bold(),
        signs: [sign.bold(); 5],
        noted: none.bold().underlined(),
        overlap: none.bold().italic(),
        current_section: none.bold(),
        selected: none.reversed(),
        behind: none.dim(),
        panel: none.reversed(),
        has_tints: false,
    }
}

/// A theme with a palette of its own.
fn coloured(palette: &Palette, has_true_colour: bool) -> Theme {
    let none = Style::new();
    let color = |shade: Shade| shade.color(has_true_colour);
    let letters = |shade: Shade| none.fg(color(shade));
    let on = |letters: Shade, ground: Shade| none.fg(color(letters)).bg(color(ground));
    let line = on(palette.quiet, palette.panel);
    let title = letters(palette.title).bold();
    Theme {
        text: on(palette.text, palette.ground),
        quiet: letters(palette.quiet),
        bar: letters(palette.bar),
        title,
        levels: [title, title, letters(palette.quiet).bold()],
        accent: letters(palette.accent).bold(),
        line,
        place: line.fg(color(palette.text)),
        mode: on(palette.ground, palette.accent).bold(),
        message: line.fg(color(palette.title)).bold(),
        warning: line.fg(color(palette.title)).bold().underlined(),
        key: letters(palette.accent).bold(),
        caption: letters(palette.quiet).italic(),
        heading: title,
        emphasis: none.italic(),
        strong: none.bold(),
        link: letters(palette.link).underlined(),
        code: none.bg(color(palette.panel)),
        cursor: letters(palette.accent).bold(),
        caret: on(palette.ground, palette.accent),
        // Quiet letters and links take the colour of the text on a tint: theirs is too weak there.
        highlights: palette.highlights.map(|ground| on(palette.text, ground)),
        added: letters(palette.added).bold().underlined(),
        removed: letters(palette.removed).crossed_out(),
        selection: on(palette.text, palette.selection),
        found: on(palette.found_text, palette.found),
        found_here: on(palette.found_here_text, palette.found_here).bold(),
        note: letters(palette.note).bold(),
        bookmark: letters(palette.bookmark).bold(),
        signs: palette.highlight_signs.map(letters),
        noted: none.underlined(),
        overlap: none.underlined().italic(),
        current_section: letters(palette.title).bg(color(palette.panel)).bold(),
        selected: on(palette.text, palette.selection),
        behind: letters(palette.quiet),
        panel: on(palette.text, palette.panel),
        has_tints: true,
    }
}

impl Theme {
    /// The theme of what stands behind a box: quiet, but for what is selected and found.
    pub fn behind(&self) -> Self {
        let quiet = self.behind;
        let stays = |style: Style| style.remove_modifier(Modifier::DIM);
        Self {
            text: self.text.patch(quiet),
            quiet,
            title: self.title.patch(quiet),
            levels: self.levels.map(|level| level.patch(quiet)),
            accent: self.accent.patch(quiet),
            caption: self.caption.patch(quiet),
            heading: self.heading.patch(quiet),
            link: self.link.patch(quiet),
            current_section: self.current_section.patch(quiet),
            selection: stays(self.selection),
            found: stays(self.found),
            found_here: stays(self.found_here),
            ..*self
        }
    }

    /// The style of a highlight.
    pub fn highlight(&self, color: annotation::Color) -> Style {
        self.highlights
            .get(color as usize)
            .copied()
            .unwrap_or_default()
    }

    /// The style of the sign of a highlight.
    pub fn highlight_sign(&self, color: annotation::Color) -> Style {
        self.signs.get(color as usize).copied().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::command::settings::THEMES;

    /// What can stand in the text, by name.
    fn states(theme: &Theme) -> Vec<(&'static str, Style)> {
        vec![
            ("text", Style::new()),
            ("emphasis", theme.emphasis),
            ("strong", theme.strong),
            ("link", theme.link),
            ("passage with a note", theme.noted),
            ("highlight", theme.highlights[0]),
            ("match", theme.found),
            ("match under the cursor", theme.found_here),
            ("selection", theme.selection),
            ("caret", theme.caret),
        ]
    }

    #[test]
    fn all_pairs_of_states_differ_without_colours() {
        for has_signs in [true, false] {
            let theme = plain(has_signs);
            for (name, style) in states(&theme) {
                assert_eq!((style.fg, style.bg), (None, None), "{name} has a colour");
                for (other, second) in states(&theme) {
                    assert!(
                        name == other || style.add_modifier != second.add_modifier,
                        "{name} looks like {other}"
                    );
                }
            }
        }
    }

    #[test]
    fn all_pairs_of_states_differ_in_every_theme_of_colours() {
        for name in THEMES {
            let Some(palette) = palette::of(name) else {
                continue;
            };
            for has_true_colour in [true, false] {
                let theme = coloured(palette, has_true_colour);
                for (one, style) in states(&theme) {
                    for (other, second) in states(&theme) {
                        assert!(one == other || style != second, "{name}: {one} as {other}");
                    }
                }
                let [first, rest @ ..] = theme.highlights;
                assert!(rest.iter().all(|other| *other != first), "{name}");
            }
        }
    }
}
