//! Takes the characters of a page from the PDF and makes pieces of lines of them.

use pdf_extract::{MediaBox, OutputDev, OutputError, Transform};

/// A piece of a line without a wide gap in it. Lengths are points, `y` grows upward.
#[derive(Debug, Clone, PartialEq)]
pub struct Run {
    pub left: f64,
    pub right: f64,
    /// Where the baseline is.
    pub y: f64,
    /// Height of the type.
    pub size: f64,
    pub text: String,
}

impl Run {
    /// Takes the piece that follows it on its line; the larger type of both counts.
    pub fn take(&mut self, next: &Self) {
        if next.left - self.right > next.size * BLANK {
            self.text.push(' ');
        }
        self.text.push_str(&next.text);
        self.right = self.right.max(next.right);
        if next.size > self.size {
            (self.size, self.y) = (next.size, next.y);
        }
    }
}

/// The pieces of one page.
#[derive(Debug, Default)]
pub struct Page {
    pub runs: Vec<Run>,
    pub bottom: f64,
    pub top: f64,
    /// Characters that stand upright or upside down, as along a margin.
    pub turned: usize,
}

/// Gap that is a blank, in parts of the type size.
const BLANK: f64 = 0.17;
/// Gap that ends a piece: the next column or cell.
const APART: f64 = 1.0;
/// The same without a blank, where blanks are drawn.
const JUMP: f64 = 0.6;
/// Most pieces of a page.
const MOST_RUNS: usize = 100_000;

/// Collects what the PDF library tells.
#[derive(Default)]
pub struct Collector {
    pub page: Page,
    /// Where the last character ended.
    end: f64,
    has_blank: bool,
    /// Whether blanks are drawn at all; typesetters only leave room for them.
    draws_blanks: bool,
}

impl OutputDev for Collector {
    fn begin_page(&mut self, _number: u32, media: &MediaBox, _art: Option<(f64, f64, f64, f64)>) -> Result<(), OutputError> {
        (self.page.bottom, self.page.top) = (media.lly.min(media.ury), media.lly.max(media.ury));
        Ok(())
    }

    fn end_page(&mut self) -> Result<(), OutputError> {
        Ok(())
    }

    fn output_character(&mut self, place: &Transform, width: f64, _spacing: f64, size: f64, text: &str) -> Result<(), OutputError> {
        if place.m12.abs() > place.m11.abs() {
            self.page.turned += 1;
            return Ok(());
        }
        let (wide, high) = (place.m11.hypot(place.m12), place.m21.hypot(place.m22));
        let glyph =
            Run { left: place.m31, right: place.m31 + width * size * wide, y: place.m32, size: (size * high).abs(), text: unligated(text) };
        let is_sane = [glyph.left, glyph.right, glyph.y, glyph.size].iter().all(|number| number.is_finite() && number.abs() < 1e6);
        if is_sane && glyph.size > 0.1 {
            self.add(glyph);
        }
        Ok(())
    }

    fn begin_word(&mut self) -> Result<(), OutputError> {
        Ok(())
    }

    fn end_word(&mut self) -> Result<(), OutputError> {
        Ok(())
    }

    fn end_line(&mut self) -> Result<(), OutputError> {
        Ok(())
    }
}

impl Collector {
    fn add(&mut self, glyph: Run) {
        if glyph.text.trim().is_empty() {
            // Blanks may be of any width; the next character's place decides.
            self.has_blank |= !glyph.text.is_empty();
            self.draws_blanks |= self.has_blank;
            return;
        }
        let has_blank = std::mem::take(&mut self.has_blank);
        let before = std::mem::replace(&mut self.end, glyph.right);
        let apart = if self.draws_blanks && !has_blank { JUMP } else { APART };
        let has_room = self.page.runs.len() < MOST_RUNS;
        let goes_on = self.page.runs.last_mut().filter(|run| {
            let gap = glyph.left - before;
            let size = run.size.max(glyph.size);
            (run.y - glyph.y).abs() < size * 0.45 && gap > -size * 0.6 && gap < size * apart
        });
        match goes_on {
            Some(run) => {
                if has_blank || glyph.left - before > glyph.size * BLANK {
                    run.text.push(' ');
                }
                run.text.push_str(&glyph.text);
                run.right = run.right.max(glyph.right);
                if glyph.size > run.size {
                    (run.size, run.y) = (glyph.size, glyph.y);
                }
            }
            None if has_room => self.page.runs.push(glyph),
            None => {}
        }
    }
}

/// Letters in place of the signs that join them (Unicode, Alphabetic Presentation Forms).
fn unligated(text: &str) -> String {
    let mut letters = String::new();
    for character in text.chars() {
        match character {
            'ﬀ' => letters.push_str("ff"),
            'ﬁ' => letters.push_str("fi"),
            'ﬂ' => letters.push_str("fl"),
            'ﬃ' => letters.push_str("ffi"),
            'ﬄ' => letters.push_str("ffl"),
            'ﬅ' | 'ﬆ' => letters.push_str("st"),
            // A hyphen that is drawn is one; whether it only divides a word is found out later.
            '\u{ad}' | '‐' | '\u{2011}' => letters.push('-'),
            other if other.is_control() => letters.push(' '),
            other => letters.push(other),
        }
    }
    letters
}
