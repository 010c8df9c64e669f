//! ASCII stand-ins for text, where a locale or a font has no more.

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// Stand-ins for signs that have no ASCII letter in them.
const STAND_INS: &[(char, &str)] = &[
    ('▸', ">"),
    ('›', ">"),
    ('‹', "<"),
    ('●', "*"),
    ('▌', "|"),
    ('⚑', "!"),
    ('✓', "v"),
    ('✗', "x"),
    ('•', "*"),
    ('◦', "o"),
    ('·', "*"),
    ('…', "..."),
    ('’', "'"),
    ('‘', "'"),
    ('‚', ","),
    ('“', "\""),
    ('”', "\""),
    ('„', "\""),
    ('«', "<<"),
    ('»', ">>"),
    ('–', "-"),
    ('—', "--"),
    ('‑', "-"),
    ('−', "-"),
    ('×', "x"),
    ('÷', "/"),
    ('±', "+/-"),
    ('⁄', "/"),
    ('°', " deg"),
    ('§', "Sec."),
    ('¶', "Par."),
    ('©', "(c)"),
    ('®', "(R)"),
    ('€', "EUR"),
    ('£', "GBP"),
    ('¥', "JPY"),
    ('¢', "c"),
    ('¿', "?"),
    ('¡', "!"),
    ('ß', "ss"),
    ('æ', "ae"),
    ('Æ', "AE"),
    ('œ', "oe"),
    ('Œ', "OE"),
    ('ø', "o"),
    ('Ø', "O"),
    ('ł', "l"),
    ('Ł', "L"),
    ('đ', "d"),
    ('Đ', "D"),
    ('ð', "d"),
    ('Ð', "D"),
    ('þ', "th"),
    ('Þ', "Th"),
    ('ı', "i"),
    ('→', "->"),
    ('←', "<-"),
    ('↑', "^"),
    ('↓', "v"),
    ('≤', "<="),
    ('≥', ">="),
    ('≠', "!="),
    ('≈', "~"),
    ('\u{a0}', " "),
    ('\u{202f}', " "),
    ('\u{2009}', " "),
];

/// The text in ASCII, and whether every character had a stand-in; `?` stands for one without.
pub fn text(text: &str) -> (String, bool) {
    let (mut ascii, mut is_whole) = (String::with_capacity(text.len()), true);
    for character in text.chars() {
        match stand_in(character) {
            _ if character.is_ascii() => ascii.push(character),
            Some(stand_in) => ascii.push_str(&stand_in),
            None => {
                ascii.push('?');
                is_whole = false;
            }
        }
    }
    (ascii, is_whole)
}

/// What stands for a character; empty for a mark that belongs to the one before.
pub fn stand_in(character: char) -> Option<String> {
    if let Some((_, stand_in)) = STAND_INS.iter().find(|(sign, _)| *sign == character) {
        return Some((*stand_in).to_owned());
    }
    if is_combining_mark(character) {
        return Some(String::new());
    }
    let parts = std::iter::once(character).nfkd();
    let parts: String = parts.filter(|part| !is_combining_mark(*part)).collect();
    let of_part = |part: char| match part {
        part if part.is_ascii() => Some(part.to_string()),
        part if part == character => None,
        part => stand_in(part),
    };
    let parts: Option<String> = parts.chars().map(of_part).collect();
    parts.filter(|parts| !parts.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_has_a_stand_in_is_transliterated() {
        let (ascii, is_whole) = text("½ of «café» – 5 °C, “naïve” … ﬁn № 4 ™ e\u{301} ²");
        assert_eq!(
            ascii,
            "1/2 of <<cafe>> - 5  degC, \"naive\" ... fin No 4 TM e 2"
        );
        assert!(is_whole);
    }

    #[test]
    fn what_has_none_is_reported() {
        assert_eq!(text("a 人 b"), ("a ? b".to_owned(), false));
        assert_eq!(text("plain"), ("plain".to_owned(), true));
    }

    #[test]
    fn every_stand_in_is_ascii() {
        for (sign, stand_in) in STAND_INS {
            assert!(stand_in.is_ascii(), "{sign}");
        }
    }
}
