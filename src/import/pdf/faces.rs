//! How the fonts of a page look, by their names and descriptors (ISO 32000, 9.8). The interpreter
//! shows glyphs without the dictionaries of their fonts, so these are matched by their programs.

use std::collections::{HashMap, HashSet};

use hayro_font::{Font, FontCache, FontGlyph, GlyphIdentifier, OutlineGlyph};
use hayro_interpret::InterpreterSettings;
use hayro_syntax::{
    object::{Array, Dict, Name, Stream},
    page::Resources,
};

use super::identity;

/// How type looks.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Look {
    pub is_strong: bool,
    pub is_emphasised: bool,
    /// All letters are equally wide.
    pub is_even: bool,
    /// Its codes are numbers of glyphs.
    pub is_composite: bool,
}

/// Names of bold faces, in small letters; the last are of TeX's own fonts.
const STRONG: [&str; 10] = [
    "bold", "-black", "-heavy", "-demi", "9l-medi", "cmbx", "cmssbx", "sfbx", "sfsx", "sfbi",
];
/// Names of italic faces.
const EMPHASISED: [&str; 11] = [
    "italic", "reguital", "mediital", "obliq", "slanted", "cmti", "cmsl", "cmbxti", "sfti", "sfsl",
    "sfbi",
];
/// Names of typewriter faces.
const EVEN: [&str; 6] = ["mono", "courier", "consola", "cmtt", "sftt", "typewriter"];
/// The bits of a font descriptor that say so.
const FIXED: i64 = 1;
const ITALIC: i64 = 1 << 6;
const FORCE_BOLD: i64 = 1 << 18;
/// Most forms within each other.
const DEEPEST: usize = 12;

/// The fonts of a document.
pub struct Faces<'a> {
    settings: InterpreterSettings,
    cache: FontCache<'a>,
    fonts: Vec<(Font<'a>, Look)>,
    seen: HashSet<usize>,
    known: HashMap<GlyphIdentifier, Look>,
}

impl<'a> Faces<'a> {
    pub fn new(settings: InterpreterSettings) -> Self {
        Self {
            settings,
            cache: FontCache::new(),
            fonts: Vec::new(),
            seen: HashSet::new(),
            known: HashMap::new(),
        }
    }

    /// Adds the fonts of a page or form, and of the forms in it.
    pub fn add(&mut self, resources: &Resources<'a>, depth: usize) {
        for name in resources.fonts.keys() {
            let Some(dictionary) = resources.fonts.get::<Dict<'_>>(name) else {
                continue;
            };
            if !self.seen.insert(identity(&dictionary)) {
                continue;
            }
            let (fonts, maps) = (&self.settings.font_resolver, &self.settings.cmap_resolver);
            if let Some(font) = self.cache.font(&dictionary, fonts, maps) {
                self.fonts.push((font, look(&dictionary)));
            }
        }
        for name in resources.x_objects.keys().filter(|_| depth < DEEPEST) {
            let Some(form) = resources.x_objects.get::<Stream<'_>>(name) else {
                continue;
            };
            if !self.seen.insert(identity(form.dict())) {
                continue;
            }
            if let Some(within) = form.dict().get::<Dict<'_>>("Resources") {
                self.add(&Resources::new(within), depth + 1);
            }
        }
    }

    /// How the font of a glyph looks.
    pub fn look(&mut self, glyph: &OutlineGlyph) -> Look {
        let identifier = glyph.identifier();
        if let Some(look) = self.known.get(&identifier) {
            return *look;
        }
        let is_same =
            |(font, _): &&(Font<'a>, Look)| match font.glyph(glyph.glyph_id(), glyph.char_code()) {
                FontGlyph::Outline(other) => other.identifier() == identifier,
                FontGlyph::Type3(_) => false,
            };
        let found = self.fonts.iter().find(is_same).map(|(_, look)| *look);
        let look = found.unwrap_or_default();
        self.known.insert(identifier, look);
        look
    }
}

/// How a font looks.
fn look(font: &Dict<'_>) -> Look {
    // A composite font has its descriptor one step below.
    let below = font.get::<Array<'_>>("DescendantFonts");
    let below = below.and_then(|fonts| fonts.iter::<Dict<'_>>().next());
    let simple = below.as_ref().unwrap_or(font);
    let name = |font: &Dict<'_>| {
        let name = font.get::<Name<'_>>("BaseFont")?;
        Some(String::from_utf8_lossy(&name).to_lowercase())
    };
    let name = name(font).or_else(|| name(simple)).unwrap_or_default();
    let descriptor = simple.get::<Dict<'_>>("FontDescriptor").unwrap_or_default();
    let said = |key: &str| descriptor.get::<f64>(key).unwrap_or(0.0);
    let look = look_of(
        &name,
        said("Flags") as i64,
        said("FontWeight"),
        said("ItalicAngle"),
    );
    Look {
        is_composite: below.is_some(),
        ..look
    }
}

fn look_of(name: &str, flags: i64, weight: f64, angle: f64) -> Look {
    let is_called = |names: &[&str]| names.iter().any(|part| name.contains(part));
    // `Minion-BoldIt`, as one foundry has it.
    let is_it = name
        .rsplit_once('-')
        .is_some_and(|(_, face)| face.ends_with("it"));
    Look {
        is_strong: is_called(&STRONG) || flags & FORCE_BOLD != 0 || weight >= 600.0,
        is_emphasised: is_called(&EMPHASISED) || is_it || flags & ITALIC != 0 || angle != 0.0,
        is_even: is_called(&EVEN) || flags & FIXED != 0,
        is_composite: false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn faces_are_told_by_their_names_and_descriptors() {
        let told = |name: &str, flags, weight, angle| {
            let look = look_of(&name.to_lowercase(), flags, weight, angle);
            (look.is_strong, look.is_emphasised)
        };
        for (name, expected) in [
            ("ABCDEF+Calibri", (false, false)),
            ("TimesNewRomanPS-BoldMT", (true, false)),
            ("Arial,Italic", (false, true)),
            ("NimbusRomNo9L-MediItal", (true, true)),
            ("CMBX10", (true, false)),
            ("CMTI10", (false, true)),
            ("SFBI1000", (true, true)),
            ("MinionPro-BoldIt", (true, true)),
            ("HelveticaNeue-Medium", (false, false)),
            ("DigitalSans", (false, false)),
        ] {
            assert_eq!(told(name, 0, 0.0, 0.0), expected, "{name}");
        }
        assert_eq!(told("X", 64 | 4, 0.0, 0.0), (false, true));
        assert_eq!(told("X", 1 << 18, 0.0, 0.0), (true, false));
        assert_eq!(told("X", 0, 700.0, 0.0), (true, false));
        assert_eq!(told("X", 0, 0.0, -12.0), (false, true));
    }
}
