//! How a font looks, by its name and descriptor (ISO 32000, 9.8).

use pdf_extract::{Dictionary, Document as Pdf, Object, dictionary};

/// How type looks.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Look {
    pub is_strong: bool,
    pub is_emphasised: bool,
}

impl Look {
    /// The look as a number.
    pub fn number(self) -> i64 {
        i64::from(self.is_strong) + 2 * i64::from(self.is_emphasised)
    }

    pub fn of_number(number: f64) -> Self {
        Self {
            is_strong: number as i64 & 1 != 0,
            is_emphasised: number as i64 & 2 != 0,
        }
    }
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
/// The bits of a font descriptor that say so.
const ITALIC: i64 = 1 << 6;
const FORCE_BOLD: i64 = 1 << 18;

/// How a font looks.
pub fn look(pdf: &Pdf, font: &Object) -> Look {
    let dictionary = |object| {
        pdf.dereference(object)
            .ok()
            .and_then(|(_, object)| object.as_dict().ok())
    };
    let Some(font) = dictionary(font) else {
        return Look::default();
    };
    // A composite font has its descriptor one step below.
    let below = font
        .get_deref(b"DescendantFonts", pdf)
        .ok()
        .and_then(|fonts| fonts.as_array().ok()?.first());
    let simple = below.and_then(dictionary).unwrap_or(font);
    let name = |font: &Dictionary| {
        font.get_deref(b"BaseFont", pdf)
            .ok()
            .and_then(|name| name.as_name().ok())
            .map(<[u8]>::to_ascii_lowercase)
    };
    let name = name(font).or_else(|| name(simple)).unwrap_or_default();
    let name = String::from_utf8_lossy(&name);
    let is_called = |names: &[&str]| names.iter().any(|part| name.contains(part));
    // `Minion-BoldIt`, as one foundry has it.
    let is_it = name
        .rsplit_once('-')
        .is_some_and(|(_, face)| face.ends_with("it"));
    let descriptor = simple
        .get_deref(b"FontDescriptor", pdf)
        .ok()
        .and_then(|descriptor| descriptor.as_dict().ok());
    let said = |key: &[u8]| {
        descriptor
            .and_then(|descriptor| descriptor.get_deref(key, pdf).ok()?.as_float().ok())
            .unwrap_or(0.0)
    };
    let flags = said(b"Flags") as i64;
    Look {
        is_strong: is_called(&STRONG) || flags & FORCE_BOLD != 0 || said(b"FontWeight") >= 600.0,
        is_emphasised: is_called(&EMPHASISED)
            || is_it
            || flags & ITALIC != 0
            || said(b"ItalicAngle") != 0.0,
    }
}

/// A font as the library can read it: widths of bitmap fonts in thousandths of the type size, as
/// many of them as declared, and no encoding that the library does not know.
pub fn mended(pdf: &Pdf, font: &Object) -> Object {
    let Ok((_, Object::Dictionary(given))) = pdf.dereference(font) else {
        return any();
    };
    let mut mended = given.clone();
    let kind = given
        .get_deref(b"Subtype", pdf)
        .and_then(Object::as_name)
        .unwrap_or_default();
    if kind == b"Type0" {
        return font.clone();
    }
    match given.get_deref(b"Encoding", pdf) {
        Ok(Object::Name(name)) if !is_known(name) => _ = mended.remove(b"Encoding"),
        Ok(Object::Dictionary(encoding)) => mended.set("Encoding", mended_encoding(pdf, encoding)),
        _ => {}
    }
    if kind == b"Type3" && !mended.has(b"Encoding") {
        mended.set("Encoding", "WinAnsiEncoding");
    }
    let matrix = given
        .get_deref(b"FontMatrix", pdf)
        .and_then(Object::as_array)
        .ok();
    let unit = matrix
        .and_then(|matrix| matrix.first()?.as_float().ok())
        .filter(|_| kind == b"Type3")
        .map_or(1.0, |unit| unit * 1000.0);
    let first = given
        .get_deref(b"FirstChar", pdf)
        .and_then(Object::as_i64)
        .unwrap_or(0);
    if let Ok(Object::Array(widths)) = given.get_deref(b"Widths", pdf) {
        let number = |width: &Object| {
            pdf.dereference(width)
                .ok()
                .and_then(|(_, width)| width.as_float().ok())
                .unwrap_or(0.0)
        };
        let mut widths: Vec<Object> = widths
            .iter()
            .take(256)
            .map(|width| Object::Real(number(width) * unit))
            .collect();
        if kind == b"Type3" {
            // A code without a width stops the library.
            let before = usize::try_from(first.clamp(0, 256)).unwrap_or(0);
            widths.splice(0..0, std::iter::repeat_n(Object::Integer(0), before));
            widths.resize(256, Object::Integer(0));
        }
        let first = if kind == b"Type3" { 0 } else { first };
        mended.set("FirstChar", first);
        mended.set(
            "LastChar",
            first + i64::try_from(widths.len()).unwrap_or(0) - 1,
        );
        mended.set("Widths", widths);
    }
    mended.into()
}

fn is_known(encoding: &[u8]) -> bool {
    matches!(
        encoding,
        b"MacRomanEncoding" | b"MacExpertEncoding" | b"WinAnsiEncoding"
    )
}

/// An encoding with those of its differences that are of its 256 codes.
fn mended_encoding(pdf: &Pdf, encoding: &Dictionary) -> Dictionary {
    let mut mended = encoding.clone();
    let base = encoding
        .get_deref(b"BaseEncoding", pdf)
        .and_then(Object::as_name);
    if base.is_ok_and(|base| !is_known(base)) {
        mended.remove(b"BaseEncoding");
    }
    if let Ok(Object::Array(differences)) = encoding.get_deref(b"Differences", pdf) {
        let mut code = 0;
        let is_good = |item: &&Object| match item {
            Object::Integer(at) => {
                code = *at;
                (0..256).contains(at)
            }
            Object::Name(_) => {
                code += 1;
                (1..=256).contains(&code)
            }
            _ => false,
        };
        mended.set(
            "Differences",
            differences
                .iter()
                .filter(is_good)
                .cloned()
                .collect::<Vec<_>>(),
        );
    }
    mended
}

/// A font in place of one that is missing.
pub fn any() -> Object {
    dictionary! { "Type" => "Font", "Subtype" => "Type1", "BaseFont" => "Helvetica", "Encoding" => "WinAnsiEncoding" }.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn faces_are_told_by_their_names_and_descriptors() {
        let pdf = Pdf::new();
        let told = |name: &str, descriptor: Dictionary| {
            let font = dictionary! { "BaseFont" => name, "FontDescriptor" => descriptor };
            let look = look(&pdf, &font.into());
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
            assert_eq!(told(name, Dictionary::new()), expected, "{name}");
        }
        assert_eq!(told("X", dictionary! { "Flags" => 64 | 4 }), (false, true));
        assert_eq!(told("X", dictionary! { "Flags" => 1 << 18 }), (true, false));
        assert_eq!(
            told("X", dictionary! { "FontWeight" => 700 }),
            (true, false)
        );
        assert_eq!(
            told("X", dictionary! { "ItalicAngle" => -12 }),
            (false, true)
        );
        assert_eq!(Look::of_number(2.0).number(), 2);
    }
}
