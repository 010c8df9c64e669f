//! Takes the characters of a page from the PDF and makes pieces of lines of them.

use pdf_extract::{ColorSpace, MediaBox, OutputDev, OutputError, Path, PathOp, Transform};

use super::{
    bullets,
    fonts::Look,
    page::{Area, BLANK, Page, Run},
    styled::{Style, Styled},
};

/// Gap that ends a piece: the next column or cell.
const APART: f64 = 1.0;
/// The same without a blank, where blanks are drawn.
const JUMP: f64 = 0.6;
/// Most pieces of a page.
const MOST_RUNS: usize = 100_000;

/// Slant of letters that is intended, as where a face without an italic one is made so.
const SLANT: f64 = 0.1;

/// Collects what the PDF library reports.
#[derive(Default)]
pub struct Collector<'a> {
    pub page: Page,
    /// Links of the page.
    areas: &'a [Area],
    look: Look,
    /// Where the last character ended.
    end: f64,
    has_blank: bool,
    /// Whether blanks are drawn at all; typesetters only leave room for them.
    draws_blanks: bool,
}

impl OutputDev for Collector<'_> {
    fn begin_page(
        &mut self,
        _number: u32,
        media: &MediaBox,
        _art: Option<(f64, f64, f64, f64)>,
    ) -> Result<(), OutputError> {
        (self.page.bottom, self.page.top) = (media.lly.min(media.ury), media.lly.max(media.ury));
        Ok(())
    }

    fn end_page(&mut self) -> Result<(), OutputError> {
        Ok(())
    }

    fn output_character(
        &mut self,
        place: &Transform,
        width: f64,
        _spacing: f64,
        size: f64,
        text: &str,
    ) -> Result<(), OutputError> {
        if place.m12.abs() > place.m11.abs() {
            self.page.turned += 1;
            return Ok(());
        }
        let (wide, high) = (place.m11.hypot(place.m12), place.m21.hypot(place.m22));
        let (left, y) = (place.m31, place.m32);
        let (right, size) = (left + width * size * wide, (size * high).abs());
        let is_slanted = place.m21.abs() > SLANT * place.m22.abs();
        let mut letters = Styled::default();
        letters.push_str(
            &unligated(text),
            self.style(is_slanted, (left + right) / 2.0, y + size * 0.3),
        );
        let glyph = Run {
            left,
            right,
            y,
            size,
            text: letters,
        };
        let is_sane = [glyph.left, glyph.right, glyph.y, glyph.size]
            .iter()
            .all(|number| number.is_finite() && number.abs() < 1e6);
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

    /// Points encode the look of the letters after them, lines the other shapes.
    fn stroke(
        &mut self,
        place: &Transform,
        _space: &ColorSpace,
        _color: &[f64],
        path: &Path,
    ) -> Result<(), OutputError> {
        match path.ops.as_slice() {
            [PathOp::MoveTo(number, _)] => self.look = Look::of_number(*number),
            [PathOp::MoveTo(x, y), PathOp::LineTo(to_x, to_y)] => {
                self.page
                    .bullets
                    .extend(bullets::bullet(place, [(*x, *y), (*to_x, *to_y)]));
            }
            _ => {}
        }
        Ok(())
    }
}

impl<'a> Collector<'a> {
    pub fn of(areas: &'a [Area]) -> Self {
        Self {
            areas,
            ..Self::default()
        }
    }

    /// The style of a letter whose middle is at a place.
    fn style(&self, is_slanted: bool, x: f64, y: f64) -> Style {
        let link = self
            .areas
            .iter()
            .find(|area| area.holds(x, y))
            .map_or(0, |area| area.link);
        Style {
            is_strong: self.look.is_strong,
            is_emphasised: self.look.is_emphasised || is_slanted,
            link,
            is_raised: false,
        }
    }

    fn add(&mut self, glyph: Run) {
        if glyph.text.trim().is_empty() {
            // Blanks may be of any width; the next character's place decides.
            self.has_blank |= !glyph.text.is_empty();
            self.draws_blanks |= self.has_blank;
            return;
        }
        let has_blank = std::mem::take(&mut self.has_blank);
        let before = std::mem::replace(&mut self.end, glyph.right);
        let apart = if self.draws_blanks && !has_blank {
            JUMP
        } else {
            APART
        };
        let has_room = self.page.runs.len() < MOST_RUNS;
        let goes_on = self.page.runs.last_mut().filter(|run| {
            let gap = glyph.left - before;
            let size = run.size.max(glyph.size);
            (run.y - glyph.y).abs() < size * 0.45 && gap > -size * 0.6 && gap < size * apart
        });
        match goes_on {
            Some(run) => run.add(
                &glyph,
                has_blank || glyph.left - before > glyph.size * BLANK,
            ),
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
