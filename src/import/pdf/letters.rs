//! Letters as they stand on a page, and the plain text of them.

use std::rc::Rc;

use hayro_interpret::kurbo::Affine;
use unicode_normalization::UnicodeNormalization;

use super::{styled::Style, tags::Tag};

/// Slant of letters that is intended, as where a face without an italic one is made so.
const SLANT: f64 = 0.1;
/// Glyphs are drawn in thousandths of the type size.
const UNITS: f64 = 1000.0;

/// A letter, turned so that it stands upright.
pub struct Letter {
    pub left: f64,
    pub right: f64,
    pub y: f64,
    pub size: f64,
    /// Shared by the same letters of a run: a tenth of the time of an import went into copies.
    pub text: Rc<str>,
    pub style: Style,
    pub tag: Tag,
    /// Quarters of a circle that it was turned.
    pub turns: usize,
}

/// Where a glyph is on its page.
pub struct Place {
    pub x: f64,
    pub y: f64,
    pub size: f64,
    pub width: f64,
    pub is_slanted: bool,
    /// Where links are looked up.
    pub middle: (f64, f64),
    /// Quarters of a circle that it is turned; `None` where it stands across the page.
    pub turns: Option<usize>,
}

impl Place {
    /// The place of a glyph that is drawn with a transformation, and how wide it is in units;
    /// with `is_upright`, its line runs downward.
    pub fn of(transform: Affine, advance: f64, is_upright: bool) -> Option<Self> {
        let [a, b, c, d, x, y] = transform.as_coeffs();
        let (wide, size) = (a.hypot(b), c.hypot(d) * UNITS);
        let width = if is_upright { size } else { advance * wide };
        let is_sane = [x, y, size, width]
            .iter()
            .all(|n| n.is_finite() && n.abs() < 1e6);
        if !is_sane || size <= 0.1 || wide == 0.0 {
            return None;
        }
        let turns = match (a.abs() > b.abs() * 4.0, b.abs() > a.abs() * 4.0) {
            _ if is_upright => Some(3),
            (true, _) => Some(if a > 0.0 { 0 } else { 2 }),
            (_, true) => Some(if b > 0.0 { 1 } else { 3 }),
            _ => None,
        };
        // How far the top of a letter is right of its foot.
        let lean = (c * a + d * b) / wide * UNITS;
        let half = width / wide / 2.0;
        let third = UNITS * 0.3;
        Some(Self {
            x,
            y,
            size,
            width,
            is_slanted: lean.abs() > SLANT * size,
            middle: (x + a * half + c * third, y + b * half + d * third),
            turns,
        })
    }
}

/// Stands for a letter that is not known.
pub const UNKNOWN: char = '\u{fffd}';

/// Symbol fonts have their signs at U+F000: some alone are bullets, many are text.
pub fn unsign(letters: &mut [Letter]) {
    let sign = |letter: &Letter| {
        let sign = letter
            .text
            .chars()
            .next()
            .map(u32::from)?
            .checked_sub(0xf000)?;
        u8::try_from(sign).ok().map(char::from)
    };
    let is_text = letters.iter().filter_map(sign).count() > 2;
    for letter in letters {
        match sign(letter) {
            Some(sign) if is_text || sign == ' ' => letter.text = sign.to_string().into(),
            Some(_) => letter.text = "•".into(),
            None => {}
        }
    }
}

/// Letters in place of the signs that join them or are a form of them (Unicode, Alphabetic and
/// Arabic Presentation Forms).
pub fn plain(text: &str) -> String {
    let mut letters = String::new();
    for character in text.chars() {
        match character {
            '\u{fb00}'..='\u{fdff}' | '\u{fe70}'..='\u{fefe}' => letters.extend(character.nfkc()),
            // A hyphen that is drawn is one; whether it only divides a word is found out later.
            '\u{ad}' | '‐' | '\u{2011}' => letters.push('-'),
            other if other.is_control() => letters.push(' '),
            other => letters.push(other),
        }
    }
    letters
}
