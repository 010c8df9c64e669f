//! Takes the letters of a page from the interpreter and makes pieces of lines of them.

use std::{panic::resume_unwind, rc::Rc};

use hayro_interpret::{
    BlendMode, ClipPath, Device, DrawMode, DrawProps, Image, ImageDrawProps, SoftMask,
    font::{Glyph, GlyphRun, PositionedGlyph},
    hayro_cmap::{BfString, WritingMode},
    kurbo::{Affine, BezPath},
};
use hayro_syntax::object::{Dict, Object};

use super::{
    bullets,
    faces::{Faces, Look},
    letters::{Letter, Place, UNKNOWN, plain, unsign},
    page::{Area, BLANK, Page, Run, WIDE},
    styled::{GAP, Style, Styled},
    tags::{Tag, Tags},
    text_of,
};

/// Gap that ends a piece: the next column or cell.
const APART: f64 = 1.0;
/// The same without a blank, where blanks are drawn.
const JUMP: f64 = 0.6;
/// Most pieces of a page.
const MOST_RUNS: usize = 100_000;
/// Most forms and clips within each other, and how often they may be that deep: forms that hold
/// themselves have no end.
const DEEPEST: usize = 48;
const MOST_DEEP: usize = 20_000;

/// Collects what the interpreter draws.
pub struct Collector<'c, 'a> {
    pub page: Page,
    number: usize,
    /// Links of the page.
    areas: &'c [Area],
    faces: &'c mut Faces<'a>,
    tags: &'c Tags,
    /// The marked contents around.
    marked: Vec<Tag>,
    /// What stands in place of the letters, and in how many contents that was said.
    replaced: Option<(usize, String)>,
    /// The letters that were drawn last; where they are stroked after, they are bold.
    held: Vec<Letter>,
    /// One for each direction of text.
    pens: [Pen; 4],
    /// Whether blanks are drawn at all; typesetters only leave room for them.
    draws_blanks: bool,
    depth: usize,
    deep: usize,
    /// Room for a letter.
    scratch: Styled,
}

/// The text of one direction.
#[derive(Default)]
struct Pen {
    runs: Vec<Run>,
    /// Where the last character ended.
    end: f64,
    has_blank: bool,
}

impl<'c, 'a> Collector<'c, 'a> {
    pub fn of(number: usize, areas: &'c [Area], faces: &'c mut Faces<'a>, tags: &'c Tags) -> Self {
        Self {
            page: Page::default(),
            number,
            areas,
            faces,
            tags,
            marked: Vec::new(),
            replaced: None,
            held: Vec::new(),
            pens: Default::default(),
            draws_blanks: false,
            depth: 0,
            deep: 0,
            scratch: Styled::default(),
        }
    }

    /// The page with all that was drawn, as it is read; `is_whole` where that is all of it.
    pub fn finish(mut self, is_whole: bool) -> Page {
        self.page.is_whole = is_whole;
        self.release();
        let weight = |pen: &Pen| pen.runs.iter().map(|run| run.text.len()).sum::<usize>();
        let main = (0..4)
            .rev()
            .max_by_key(|&at| self.pens.get(at).map_or(0, weight));
        for (turns, pen) in self.pens.into_iter().enumerate() {
            if Some(turns) == main {
                self.page.runs = pen.runs;
            } else {
                self.page.turned.extend(pen.runs);
            }
        }
        self.page
    }

    /// Puts the held letters on the page.
    fn release(&mut self) {
        for letter in std::mem::take(&mut self.held) {
            self.add(letter);
        }
    }

    /// The letters of a run.
    fn letters(&mut self, run: &GlyphRun<'_, 'a>, space: Affine) -> Vec<Letter> {
        let glyphs = run.glyphs();
        let look = glyphs.iter().find_map(|glyph| match &**glyph {
            Glyph::Outline(outline) => Some(self.faces.look(outline)),
            Glyph::Type3(_) => None,
        });
        let is_upright = run.writing_mode() == WritingMode::Vertical;
        let look = look.unwrap_or_default();
        let mut letters: Vec<Letter> = Vec::new();
        let mut known: Vec<Known> = Vec::new();
        for glyph in glyphs {
            let is_same = |known: &&Known| known.0 == glyph.char_code();
            let said = match known
                .iter()
                .find(is_same)
                .filter(|_| self.replaced.is_none())
            {
                Some(said) => said.clone(),
                None => self.said(glyph, look),
            };
            if self.replaced.is_none() && !known.iter().any(|known| known.0 == said.0) {
                known.push(said.clone());
            }
            let Some(letter) = self.letter(glyph, said, space, look, is_upright) else {
                continue;
            };
            if let Some(last) = letters.last_mut() {
                // The widths of a substitute are not those of the file.
                if last.y == letter.y && (last.left..last.right).contains(&letter.left) {
                    last.right = letter.left;
                }
            }
            letters.push(letter);
        }
        unsign(&mut letters);
        letters
    }

    /// The code of a glyph, its width, and what it says: what stands in its place, else what it
    /// is.
    fn said(&mut self, glyph: &PositionedGlyph<'a>, look: Look) -> Known {
        let code = glyph.char_code();
        let advance = match &**glyph {
            Glyph::Outline(outline) => outline.advance_width(),
            Glyph::Type3(drawn) => drawn.advance_width(),
        };
        let text = match &mut self.replaced {
            Some((_, text)) => std::mem::take(text),
            None => read(glyph, look),
        };
        (code, advance.unwrap_or(0.0), text.into())
    }

    fn letter(
        &mut self,
        glyph: &PositionedGlyph<'a>,
        (_, advance, text): Known,
        space: Affine,
        look: Look,
        is_upright: bool,
    ) -> Option<Letter> {
        let place = Place::of(space * glyph.transform(), advance.into(), is_upright)?;
        self.page.letters += 1;
        let Some(turns) = place.turns else {
            self.page.slanted.push_str(&text);
            return None;
        };
        let (left, y) = match turns {
            0 => (place.x, place.y),
            1 => (place.y, -place.x),
            2 => (-place.x, -place.y),
            _ => (-place.y, place.x),
        };
        Some(Letter {
            left,
            right: left + place.width,
            y,
            size: place.size,
            text,
            style: self.style(look, &place),
            tag: self.marked.last().copied().unwrap_or_default(),
            turns,
        })
    }

    fn style(&self, look: Look, place: &Place) -> Style {
        let (x, y) = place.middle;
        let link = self
            .areas
            .iter()
            .find(|area| area.holds(x, y))
            .map_or(0, |area| area.link);
        Style {
            is_strong: look.is_strong,
            is_emphasised: look.is_emphasised || place.is_slanted,
            is_even: look.is_even,
            link,
            is_raised: false,
        }
    }

    fn add(&mut self, letter: Letter) {
        let Some(pen) = self.pens.get_mut(letter.turns) else {
            return;
        };
        if letter.text.is_empty() {
            // Part of what stands in place of the letters before.
            pen.end = letter.right;
            if let Some(run) = pen.runs.last_mut().filter(|run| run.tag == letter.tag) {
                run.right = run.right.max(letter.right);
            }
            return;
        }
        if letter.text.trim().is_empty() {
            // Blanks may be of any width; the next character's place decides.
            pen.has_blank = true;
            self.draws_blanks = true;
            return;
        }
        let has_blank = std::mem::take(&mut pen.has_blank);
        let before = std::mem::replace(&mut pen.end, letter.right);
        let apart = if self.draws_blanks && !has_blank {
            JUMP
        } else {
            APART
        };
        let mut text = std::mem::take(&mut self.scratch);
        text.clear();
        text.push_str(&letter.text, letter.style);
        let glyph = Run {
            left: letter.left,
            right: letter.right,
            y: letter.y,
            size: letter.size,
            text,
            tag: letter.tag,
        };
        let has_room = pen.runs.len() < MOST_RUNS;
        let goes_on = pen.runs.last_mut().filter(|run| {
            let gap = glyph.left - before;
            let size = run.size.max(glyph.size);
            run.tag == glyph.tag
                && (run.y - glyph.y).abs() < size * 0.45
                && gap > -size * 0.6
                && gap < size * apart
        });
        match goes_on {
            Some(run) => {
                let gap = (glyph.left - before) / glyph.size;
                let blank = if has_blank || gap > WIDE {
                    Some(' ')
                } else {
                    (gap > BLANK).then_some(GAP)
                };
                run.add(&glyph, blank);
                self.scratch = glyph.text;
            }
            None if has_room => pen.runs.push(glyph),
            None => {}
        }
    }
}

impl<'a> Device<'a> for Collector<'_, 'a> {
    fn draw_glyph_run(&mut self, run: &GlyphRun<'_, 'a>, props: DrawProps<'a>, mode: &DrawMode) {
        let letters = self.letters(run, props.transform);
        let is_again = |(one, other): (&Letter, &Letter)| {
            one.text == other.text && one.left == other.left && one.y == other.y
        };
        let is_stroke = matches!(mode, DrawMode::Stroke(_))
            && letters.len() == self.held.len()
            && letters.iter().zip(&self.held).all(is_again);
        if is_stroke {
            self.held
                .iter_mut()
                .for_each(|letter| letter.style.is_strong = true);
            return;
        }
        self.release();
        self.held = letters;
    }

    fn draw_path(&mut self, path: &BezPath, props: DrawProps<'a>, _mode: &DrawMode) {
        let shape = props.transform.transform_rect_bbox(path.control_box());
        self.page.bullets.extend(bullets::bullet(shape));
    }

    fn begin_marked_content(&mut self, tag: &[u8], properties: Option<&Dict<'_>>) {
        let around = self.marked.last().copied().unwrap_or_default();
        let id = properties.and_then(|said| said.get::<i32>("MCID"));
        let of_tree = id.map(|id| self.tags.of(self.number, id));
        let tag = match of_tree {
            _ if tag == b"Artifact" => Tag::artifact(properties),
            Some(tag) if tag != Tag::None => tag,
            _ => around,
        };
        self.marked.push(tag);
        let own = properties.and_then(|said| text_of(said.get::<Object<'_>>("ActualText")?));
        let text = own.or_else(|| self.tags.text(self.number, id?));
        if let Some(text) = text.filter(|_| self.replaced.is_none()) {
            self.replaced = Some((self.marked.len(), plain(&text)));
        }
    }

    fn end_marked_content(&mut self) {
        if self
            .replaced
            .as_ref()
            .is_some_and(|(depth, _)| *depth >= self.marked.len())
        {
            self.replaced = None;
        }
        self.marked.pop();
    }

    fn push_clip_path(&mut self, _path: &ClipPath) {
        self.depth += 1;
        self.deep += usize::from(self.depth >= DEEPEST);
        if self.deep > MOST_DEEP {
            resume_unwind(Box::new("forms that hold themselves"));
        }
    }

    fn pop_clip(&mut self) {
        self.depth = self.depth.saturating_sub(1);
    }

    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'a>>, _: BlendMode) {}

    fn pop_transparency_group(&mut self) {}

    fn draw_image(&mut self, _image: Image<'a, '_>, _props: ImageDrawProps<'a>) {}
}

/// The code of a glyph, its width in units, and its text.
type Known = (u32, f32, Rc<str>);

/// What a glyph says by its font.
fn read(glyph: &PositionedGlyph<'_>, look: Look) -> String {
    let code = char::from_u32(glyph.char_code());
    match (glyph.as_unicode(), &**glyph) {
        (Some(BfString::Char(c)), _) => plain(c.encode_utf8(&mut [0; 4])),
        (Some(BfString::String(text)), _) => plain(&text),
        (None, Glyph::Outline(_)) if !look.is_composite => code
            .filter(|c| c.is_ascii_graphic() || *c == ' ')
            .unwrap_or(UNKNOWN)
            .to_string(),
        (None, _) => UNKNOWN.to_string(),
    }
}
