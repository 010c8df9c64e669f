//! The colours of the themes, each in 24 bits and as the one of xterm's 256 that is taken where the
//! terminal has no more. Contrast (WCAG 2) holds for both, which the tests compute.

use ratatui::style::Color;

/// A colour in both forms.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shade {
    rgb: u32,
    index: u8,
}

const fn shade(rgb: u32, index: u8) -> Shade {
    Shade { rgb, index }
}

impl Shade {
    /// The colour for a terminal, which may know 24 bits.
    pub fn color(self, has_true_colour: bool) -> Color {
        match has_true_colour {
            true => Color::from_u32(self.rgb),
            false => Color::Indexed(self.index),
        }
    }
}

/// The colours of a theme by what they are for.
#[derive(Debug, Clone, Copy)]
pub struct Palette {
    pub ground: Shade,
    /// The status line, and what lies over the text.
    pub panel: Shade,
    pub text: Shade,
    pub quiet: Shade,
    pub title: Shade,
    /// Path, cursor and mode.
    pub accent: Shade,
    pub link: Shade,
    pub note: Shade,
    pub bookmark: Shade,
    /// Lines that part, and the scroll bar.
    pub bar: Shade,
    /// Grounds of highlights: yellow, green, blue, red, purple.
    pub highlights: [Shade; 5],
    /// Their signs, as bright as other signs.
    pub highlight_signs: [Shade; 5],
    /// Ground and letters of a match.
    pub found: Shade,
    pub found_text: Shade,
    /// Those of the match under the cursor.
    pub found_here: Shade,
    pub found_here_text: Shade,
    pub selection: Shade,
    /// Words that came and that went.
    pub added: Shade,
    pub removed: Shade,
}

/// The palette of a theme; `None` for those that take the terminal's own colours.
pub fn of(theme: &str) -> Option<&'static Palette> {
    match theme {
        "dark" => Some(&DARK),
        "light" => Some(&LIGHT),
        "sepia" => Some(&SEPIA),
        "high-contrast" => Some(&HIGH_CONTRAST),
        _ => None,
    }
}

const DARK: Palette = Palette {
    ground: shade(0x1c1e24, 234),
    panel: shade(0x24272f, 236),
    text: shade(0xd8d4cc, 253),
    quiet: shade(0x9a9fa9, 247),
    title: shade(0xf0ebe0, 255),
    accent: shade(0x8ab8d8, 110),
    link: shade(0x8ab8d8, 110),
    note: shade(0xe3b25c, 179),
    bookmark: shade(0xe58a7f, 174),
    bar: shade(0x5d636f, 241),
    highlights: [
        shade(0x4a4020, 58),
        shade(0x23422f, 22),
        shade(0x233f5c, 24),
        shade(0x572e30, 52),
        shade(0x443257, 53),
    ],
    highlight_signs: [
        shade(0xe3b25c, 179),
        shade(0x8fcf9c, 114),
        shade(0x8ab8d8, 110),
        shade(0xec9a90, 174),
        shade(0xc3a5e3, 140),
    ],
    found: shade(0x6b5518, 136),
    found_text: shade(0xd8d4cc, 234),
    found_here: shade(0xf2c14e, 221),
    found_here_text: shade(0x1c1e24, 234),
    selection: shade(0x3a4a63, 239),
    added: shade(0x9ccf8f, 150),
    removed: shade(0xec9a90, 217),
};

const LIGHT: Palette = Palette {
    ground: shade(0xfbfaf7, 231),
    panel: shade(0xf0eee8, 255),
    text: shade(0x23252b, 235),
    quiet: shade(0x646973, 241),
    title: shade(0x101216, 233),
    accent: shade(0x1f5f8b, 24),
    link: shade(0x1f5f8b, 24),
    note: shade(0x9a6200, 94),
    bookmark: shade(0xb3372b, 124),
    bar: shade(0xb4b8bf, 250),
    highlights: [
        shade(0xfbeeb0, 229),
        shade(0xd3efd6, 194),
        shade(0xd4e6fa, 195),
        shade(0xfadad7, 224),
        shade(0xebdcf7, 225),
    ],
    highlight_signs: [
        shade(0x9a6200, 94),
        shade(0x1e7a35, 28),
        shade(0x1f5f8b, 24),
        shade(0xb3372b, 124),
        shade(0x7a4aa8, 97),
    ],
    found: shade(0xffe08a, 222),
    found_text: shade(0x23252b, 235),
    found_here: shade(0xa84f00, 130),
    found_here_text: shade(0xffffff, 231),
    selection: shade(0xc9dcf3, 153),
    added: shade(0x1e6b2b, 22),
    removed: shade(0xa32a20, 124),
};

const SEPIA: Palette = Palette {
    ground: shade(0xf4ecd8, 230),
    panel: shade(0xebe1c8, 223),
    text: shade(0x3b3024, 236),
    quiet: shade(0x6e5e49, 240),
    title: shade(0x2a2118, 234),
    accent: shade(0x7a4a12, 88),
    link: shade(0x6a4b8a, 54),
    note: shade(0x8a5a00, 94),
    bookmark: shade(0xa33a2a, 124),
    bar: shade(0xc2b392, 144),
    highlights: [
        shade(0xf2dd96, 222),
        shade(0xd5e3b8, 193),
        shade(0xcfdfe0, 152),
        shade(0xf0cfbd, 224),
        shade(0xe3d1dc, 225),
    ],
    highlight_signs: [
        shade(0x8a5a00, 94),
        shade(0x3f6b1f, 64),
        shade(0x2f5f86, 24),
        shade(0xa33a2a, 124),
        shade(0x6a4b8a, 54),
    ],
    found: shade(0xecc96b, 215),
    found_text: shade(0x3b3024, 236),
    found_here: shade(0x8f4a00, 94),
    found_here_text: shade(0xffffff, 231),
    selection: shade(0xdcd0b0, 187),
    added: shade(0x3c6325, 22),
    removed: shade(0x94301f, 88),
};

const HIGH_CONTRAST: Palette = Palette {
    ground: shade(0x000000, 16),
    panel: shade(0x161616, 233),
    text: shade(0xffffff, 231),
    quiet: shade(0xd0d0d0, 252),
    title: shade(0xffffff, 231),
    accent: shade(0x7fd4ff, 117),
    link: shade(0x7fd4ff, 117),
    note: shade(0xffd24a, 221),
    bookmark: shade(0xff9d8f, 217),
    bar: shade(0xa0a0a0, 247),
    highlights: [
        shade(0x5a4a00, 58),
        shade(0x004d1f, 22),
        shade(0x003f7a, 24),
        shade(0x6e0f12, 52),
        shade(0x4c1c70, 53),
    ],
    highlight_signs: [
        shade(0xffd24a, 221),
        shade(0x8df08d, 120),
        shade(0x7fd4ff, 117),
        shade(0xff9d8f, 210),
        shade(0xd9b3ff, 183),
    ],
    found: shade(0x7a5c00, 94),
    found_text: shade(0xffffff, 231),
    found_here: shade(0xffd24a, 221),
    found_here_text: shade(0x000000, 16),
    selection: shade(0x1f4f8f, 25),
    added: shade(0x8df08d, 120),
    removed: shade(0xffb0a8, 217),
};

#[cfg(test)]
mod tests {
    use super::*;

    /// Red, green and blue of a colour of either form.
    fn channels(color: Color) -> [u8; 3] {
        let Color::Indexed(index) = color else {
            let Color::Rgb(red, green, blue) = color else {
                panic!("{color:?} is of the terminal");
            };
            return [red, green, blue];
        };
        assert!(index >= 16, "{index} is of the terminal");
        if index >= 232 {
            return [8 + 10 * (index - 232); 3];
        }
        let steps = [0, 95, 135, 175, 215, 255];
        let cube = usize::from(index - 16);
        [cube / 36, cube / 6 % 6, cube % 6].map(|step| steps[step])
    }

    fn luminance(color: Color) -> f64 {
        let linear = channels(color).map(|channel| {
            let part = f64::from(channel) / 255.0;
            match part <= 0.04045 {
                true => part / 12.92,
                false => ((part + 0.055) / 1.055).powf(2.4),
            }
        });
        0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    }

    fn contrast(one: Color, other: Color) -> f64 {
        let (one, other) = (luminance(one), luminance(other));
        (one.max(other) + 0.05) / (one.min(other) + 0.05)
    }

    #[test]
    fn all_text_and_signs_have_their_contrast_in_both_depths() {
        assert!((contrast(Color::Rgb(0, 0, 0), Color::Indexed(231)) - 21.0).abs() < 0.01);
        for theme in ["dark", "light", "sepia", "high-contrast"] {
            let palette = of(theme).expect("a palette");
            for depth in [true, false] {
                let needs = |least: f64, letters: Shade, ground: Shade| {
                    let of = contrast(letters.color(depth), ground.color(depth));
                    assert!(
                        of >= least,
                        "{theme} {depth}: {letters:?} on {ground:?}: {of:.2}"
                    );
                };
                let p = palette;
                for ground in [p.ground, p.panel] {
                    for letters in [p.text, p.quiet, p.title, p.accent, p.link] {
                        needs(4.5, letters, ground);
                    }
                    let signs = p.highlight_signs.into_iter();
                    for sign in signs.chain([p.note, p.bookmark]) {
                        needs(3.0, sign, ground);
                    }
                }
                for ground in p.highlights.into_iter().chain([p.selection]) {
                    needs(4.5, p.text, ground);
                }
                for letters in [p.added, p.removed] {
                    needs(4.5, letters, p.ground);
                }
                needs(4.5, p.found_text, p.found);
                needs(4.5, p.found_here_text, p.found_here);
                needs(4.5, p.ground, p.accent);
            }
        }
    }

    #[test]
    fn the_match_under_the_cursor_stands_out_more_than_any_other_ground() {
        for theme in ["dark", "light", "sepia", "high-contrast"] {
            let palette = of(theme).expect("a palette");
            for depth in [true, false] {
                let loud =
                    |ground: Shade| contrast(ground.color(depth), palette.ground.color(depth));
                let others = palette.highlights.into_iter();
                let others = others.chain([palette.found, palette.selection]);
                for other in others {
                    assert!(
                        loud(palette.found_here) > loud(other),
                        "{theme} {depth} {other:?}"
                    );
                    assert_ne!(other.color(depth), palette.ground.color(depth));
                }
            }
        }
    }
}
