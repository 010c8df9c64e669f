//! Folds characters for search: case, diacritics and typography.
//!
//! Characters are decomposed (NFKD, UAX #15) and diacritics dropped; a table covers what
//! decomposition leaves whole (`đ`, `ł`, `ø`, `æ`). Signs of Indic scripts, Thai and kana are
//! letters of their own and stay.

use std::sync::LazyLock;

use unicode_normalization::UnicodeNormalization;

/// Most letters that one character folds to: U+FDFA decomposes into 18.
const MOST: usize = 20;

/// Characters with a table of single letters: alphabets from Latin to Greek with accents.
const TABLED: std::ops::Range<u32> = 0x80..0x2000;

/// The letters that one character folds to; at least one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Letters {
    letters: [char; MOST],
    count: usize,
}

/// What a character folds to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Folded {
    /// Nothing: a diacritic, a soft hyphen, an invisible control.
    Nothing,
    /// Part of a run of white space, which is one blank.
    Blank,
    Letters(Letters),
}

impl Letters {
    fn push(&mut self, letter: char) {
        if let Some(slot) = self.letters.get_mut(self.count) {
            *slot = letter;
            self.count += 1;
        }
    }

    pub fn as_slice(&self) -> &[char] {
        self.letters.get(..self.count).unwrap_or_default()
    }
}

/// The single letter of each tabled character if case counts, and if it does not; NUL if it has
/// several.
static ONE_LETTER: LazyLock<[Vec<char>; 2]> = LazyLock::new(|| {
    let table = |ignores_case| {
        TABLED.map(move |code| {
            char::from_u32(code)
                .and_then(|one| only(decompose(one, ignores_case)))
                .unwrap_or('\0')
        })
    };
    [table(false).collect(), table(true).collect()]
});

/// The single letter that a character folds to; `None` if it has several or none.
pub fn one_letter(character: char, ignores_case: bool) -> Option<char> {
    match tabled(character, ignores_case) {
        Some(letter) => Some(letter).filter(|letter| *letter != '\0'),
        None => only(decompose(character, ignores_case)),
    }
}

fn tabled(character: char, ignores_case: bool) -> Option<char> {
    let at = u32::from(character).checked_sub(TABLED.start)?;
    let [sensitive, insensitive] = &*ONE_LETTER;
    (if ignores_case { insensitive } else { sensitive })
        .get(at as usize)
        .copied()
}

fn only(folded: Folded) -> Option<char> {
    match folded {
        Folded::Letters(letters) => match letters.as_slice() {
            [letter] => Some(*letter),
            _ => None,
        },
        Folded::Nothing | Folded::Blank => None,
    }
}

/// Folds one character.
pub fn fold(character: char, ignores_case: bool) -> Folded {
    match tabled(character, ignores_case) {
        Some(letter) if letter != '\0' => {
            let mut letters = Letters {
                letters: ['\0'; MOST],
                count: 0,
            };
            letters.push(letter);
            Folded::Letters(letters)
        }
        _ => decompose(character, ignores_case),
    }
}

fn decompose(character: char, ignores_case: bool) -> Folded {
    if character.is_whitespace() {
        return Folded::Blank;
    }
    if is_mark(character) || is_ignored(character) {
        return Folded::Nothing;
    }
    let mut letters = Letters {
        letters: ['\0'; MOST],
        count: 0,
    };
    if character.is_ascii() {
        letters.push(if ignores_case {
            character.to_ascii_lowercase()
        } else {
            character
        });
        return Folded::Letters(letters);
    }
    let mut parts = std::iter::once(character).nfkd().peekable();
    // A lone accent decomposes into a blank and a mark.
    let is_whole =
        stand_in(character).is_some() || parts.peek().is_some_and(|first| first.is_whitespace());
    if is_whole {
        push_part(&mut letters, character, ignores_case);
    } else {
        parts
            .filter(|part| !is_mark(*part))
            .for_each(|part| push_part(&mut letters, part, ignores_case));
    }
    if letters.count == 0 {
        Folded::Nothing
    } else {
        Folded::Letters(letters)
    }
}

fn push_part(letters: &mut Letters, part: char, ignores_case: bool) {
    let mut push = |letter: char| {
        if ignores_case {
            letter
                .to_lowercase()
                .filter(|lower| !is_mark(*lower))
                .for_each(|lower| letters.push(lower));
        } else {
            letters.push(letter);
        }
    };
    match stand_in(part) {
        Some(stand_in) => stand_in.chars().for_each(push),
        None => push(part),
    }
}

/// What people type for a character that does not decompose.
fn stand_in(character: char) -> Option<&'static str> {
    Some(match character {
        '‘' | '’' | '‚' | '‛' | '′' | 'ʼ' | 'ʹ' | '´' => "'",
        '“' | '”' | '„' | '‟' | '″' | '«' | '»' => "\"",
        '‐'..='―' | '−' => "-",
        'ß' => "ss",
        'ẞ' => "SS",
        'æ' => "ae",
        'Æ' => "AE",
        'œ' => "oe",
        'Œ' => "OE",
        'þ' => "th",
        'Þ' => "TH",
        'đ' | 'ð' => "d",
        'Đ' | 'Ð' => "D",
        'ł' => "l",
        'Ł' => "L",
        'ø' => "o",
        'Ø' => "O",
        'ħ' => "h",
        'Ħ' => "H",
        'ŧ' => "t",
        'Ŧ' => "T",
        'ŋ' => "n",
        'Ŋ' => "N",
        'ı' => "i",
        'ς' => "σ",
        _ => return None,
    })
}

/// Diacritics: Latin, Greek and Cyrillic marks, Hebrew points, Arabic vowel signs, variation
/// selectors.
pub fn is_mark(character: char) -> bool {
    matches!(character,
        '\u{300}'..='\u{36f}' | '\u{483}'..='\u{489}' | '\u{591}'..='\u{5bd}' | '\u{5bf}' | '\u{5c1}' | '\u{5c2}' | '\u{5c4}' | '\u{5c5}'
        | '\u{5c7}' | '\u{610}'..='\u{61a}' | '\u{64b}'..='\u{65f}' | '\u{670}' | '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}'
        | '\u{20d0}'..='\u{20ff}' | '\u{fe00}'..='\u{fe0f}' | '\u{fe20}'..='\u{fe2f}')
}

/// Soft hyphens, joiners and direction controls: nobody types them.
pub fn is_ignored(character: char) -> bool {
    matches!(character,
        '\u{ad}' | '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2064}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

/// Folds a text: letters, and one blank for each run of white space.
pub fn fold_text(text: &str, ignores_case: bool) -> Vec<char> {
    let mut folded = Vec::new();
    for character in text.chars() {
        match fold(character, ignores_case) {
            Folded::Nothing => {}
            Folded::Blank if folded.last() == Some(&' ') => {}
            Folded::Blank => folded.push(' '),
            Folded::Letters(letters) => folded.extend_from_slice(letters.as_slice()),
        }
    }
    folded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_people_type_is_what_is_found() {
        let pairs = [
            ("Straße", "strasse"),
            ("İstanbul", "istanbul"),
            ("ﬁnal oﬀer", "final offer"),
            ("e\u{301}quité", "equite"),
            ("Việt Nam Đà Nẵng", "viet nam da nang"),
            ("ὈΔΥΣΣΕΎΣ Ὀδυσσεύς", "οδυσσευσ οδυσσευσ"),
            ("Łódź Ærø", "lodz aero"),
            (
                "the year’s “more” – 2020—21",
                "the year's \"more\" - 2020-21",
            ),
            (
                "traf\u{ad}fick\u{200b}ing\u{a0}in\n  persons",
                "trafficking in persons",
            ),
            ("Kelvin ſea … ²", "kelvin sea ... 2"),
        ];
        for (text, folded) in pairs {
            assert_eq!(
                fold_text(text, true).iter().collect::<String>(),
                folded,
                "{text}"
            );
        }
    }

    #[test]
    fn signs_that_are_letters_are_not_dropped() {
        for (one, other) in [("कि", "कु"), ("か", "が"), ("กิ", "กี")] {
            assert_ne!(
                fold_text(one, true),
                fold_text(other, true),
                "{one} {other}"
            );
        }
    }

    #[test]
    fn every_character_folds_to_itself_folded() {
        for character in (0..=0x10_ffff).filter_map(char::from_u32) {
            for ignores_case in [true, false] {
                let once = fold_text(character.encode_utf8(&mut [0; 4]), ignores_case);
                let twice = fold_text(&once.iter().collect::<String>(), ignores_case);
                assert_eq!(once, twice, "U+{:04X}", u32::from(character));
            }
        }
    }
}
