//! Plain text: folded while matching, without a folded copy.

use std::ops::Range;

use memchr::memchr2;

use crate::text::{
    fold::{self, Folded},
    word_boundary,
};

/// Letters and digits by their frequency in English text, the rarest first.
const RARE_FIRST: &[u8] = b"zqxj9876543kv210bpgwyfmculdhrsnioate";

/// A folded text to search for.
#[derive(Debug, Clone)]
pub struct Literal {
    letters: Vec<char>,
    ignores_case: bool,
    is_whole_word: bool,
    /// A byte of every match in a simple text, in both cases.
    rare: Option<(u8, u8)>,
    /// A byte of every match in a simple text, at a fixed distance from its start.
    lead: Option<(usize, u8, u8)>,
}

/// Whether a text is simple: no character but ASCII folds to an ASCII letter or digit, and none
/// folds to nothing.
pub fn is_simple(text: &str) -> bool {
    text.is_ascii()
        || text
            .chars()
            .filter(|character| !character.is_ascii())
            .all(is_simple_character)
}

fn is_simple_character(character: char) -> bool {
    match character {
        '’' | '‘' | '“' | '”' | '–' | '—' | '\u{a0}' => true,
        _ => match fold::fold(character, true) {
            Folded::Nothing => false,
            Folded::Blank => true,
            Folded::Letters(letters) => !letters.as_slice().iter().any(char::is_ascii_alphanumeric),
        },
    }
}

impl Literal {
    /// A text to search for; `None` if it folds to nothing.
    pub fn new(text: &str, ignores_case: bool, is_whole_word: bool) -> Option<Self> {
        let letters = fold::fold_text(text, ignores_case);
        let both = |letter: char| {
            let byte = u8::try_from(letter)
                .ok()
                .filter(u8::is_ascii_alphanumeric)?;
            Some(if ignores_case {
                (byte.to_ascii_lowercase(), byte.to_ascii_uppercase())
            } else {
                (byte, byte)
            })
        };
        let rank = |(byte, _): &(u8, u8)| {
            RARE_FIRST
                .iter()
                .position(|rare| *rare == byte.to_ascii_lowercase())
        };
        let rare = letters.iter().copied().filter_map(both).min_by_key(rank);
        let first_word = letters.iter().copied().map_while(both).enumerate();
        let lead = first_word
            .min_by_key(|(_, bytes)| rank(bytes))
            .map(|(at, (lower, upper))| (at, lower, upper));
        (!letters.is_empty()).then_some(Self {
            letters,
            ignores_case,
            is_whole_word,
            rare,
            lead,
        })
    }

    /// The matches in a text, none overlapping.
    pub fn matches<'a>(&'a self, text: &'a str, is_simple: bool) -> Matches<'a> {
        let has_rare = self
            .rare
            .filter(|_| is_simple)
            .is_none_or(|(lower, upper)| memchr2(lower, upper, text.as_bytes()).is_some());
        Matches {
            literal: self,
            text,
            from: if has_rare { 0 } else { text.len() },
            lead: self.lead.filter(|_| is_simple),
        }
    }

    /// Whether a match can start with a byte: the first letter, or any character that is not ASCII.
    fn can_begin_with(&self, byte: u8) -> bool {
        match self.letters.first() {
            _ if !byte.is_ascii() => byte >= 0xc0,
            Some(' ') => byte <= b' ',
            Some(letter) => {
                char::from(byte) == *letter
                    || (self.ignores_case && char::from(byte.to_ascii_lowercase()) == *letter)
            }
            None => false,
        }
    }

    /// Whether matches in simple texts are found by a byte, without folding.
    pub(super) fn has_lead(&self) -> bool {
        self.lead.is_some()
    }

    /// The end of the match that starts at a byte, if there is one. A character of several letters,
    /// such as `ﬁ` and `ß`, matches as a whole even if only some of its letters do.
    fn end_of_match(&self, text: &str, start: usize) -> Option<usize> {
        if let Some(end) = self.end_from(text, start, &self.letters) {
            return Some(end)
                .filter(|&end| !self.is_whole_word || word_boundary::are_whole(text, start, end));
        }
        let character = text
            .get(start..)?
            .chars()
            .next()
            .filter(|first| !first.is_ascii() && !self.is_whole_word)?;
        if fold::one_letter(character, self.ignores_case).is_some() {
            return None;
        }
        let Folded::Letters(letters) = fold::fold(character, self.ignores_case) else {
            return None;
        };
        let letters = letters.as_slice();
        (1..letters.len()).find_map(|skipped| {
            let left = self.left_after(letters.get(skipped..)?, &self.letters)?;
            self.end_from(text, start + character.len_utf8(), left)
        })
    }

    /// The letters left to match after those of one character.
    fn left_after<'a>(&self, letters: &[char], wanted: &'a [char]) -> Option<&'a [char]> {
        let is_enough = !self.is_whole_word && letters.starts_with(wanted);
        wanted
            .strip_prefix(letters)
            .or_else(|| is_enough.then_some(&[]))
    }

    /// The end of the wanted letters from a byte on, with the diacritics after them.
    fn end_from(&self, text: &str, start: usize, wanted: &[char]) -> Option<usize> {
        let mut at = start;
        let mut left = wanted;
        while let Some((&wanted, rest)) = left.split_first() {
            let byte = *text.as_bytes().get(at)?;
            if byte.is_ascii_graphic() {
                let letter = if self.ignores_case {
                    byte.to_ascii_lowercase()
                } else {
                    byte
                };
                if char::from(letter) != wanted {
                    return None;
                }
                at += 1;
                left = rest;
                continue;
            }
            let character = text.get(at..)?.chars().next()?;
            match fold::fold(character, self.ignores_case) {
                Folded::Nothing if left.len() == self.letters.len() => return None,
                Folded::Nothing => at += character.len_utf8(),
                Folded::Blank if wanted == ' ' => {
                    at = end_of_blank(text, at);
                    left = rest;
                }
                Folded::Blank => return None,
                Folded::Letters(letters) => {
                    left = self.left_after(letters.as_slice(), left)?;
                    at += character.len_utf8();
                }
            }
        }
        Some(after_marks(text, at))
    }
}

/// The end of the run of white space at a byte, with invisible characters inside it.
fn end_of_blank(text: &str, at: usize) -> usize {
    let mut end = at;
    for (offset, character) in text.get(at..).unwrap_or_default().char_indices() {
        if character.is_ascii_graphic() {
            break;
        }
        match fold::fold(character, true) {
            Folded::Blank => end = at + offset + character.len_utf8(),
            Folded::Nothing => {}
            Folded::Letters(_) => break,
        }
    }
    end
}

/// The byte after the diacritics at a byte.
fn after_marks(text: &str, at: usize) -> usize {
    if text.as_bytes().get(at).is_none_or(u8::is_ascii) {
        return at;
    }
    let marks = text
        .get(at..)
        .unwrap_or_default()
        .chars()
        .take_while(|character| fold::is_mark(*character));
    at + marks.map(char::len_utf8).sum::<usize>()
}

/// The matches of a literal in a text, as byte ranges.
#[derive(Debug)]
pub struct Matches<'a> {
    literal: &'a Literal,
    text: &'a str,
    from: usize,
    lead: Option<(usize, u8, u8)>,
}

impl Matches<'_> {
    /// The next byte at which a match can start.
    fn candidate(&self) -> Option<usize> {
        let Some((before, lower, upper)) = self.lead else {
            let bytes = self.text.as_bytes().get(self.from..)?;
            return bytes
                .iter()
                .position(|byte| self.literal.can_begin_with(*byte))
                .map(|at| self.from + at);
        };
        let from = self.from + before;
        memchr2(lower, upper, self.text.as_bytes().get(from..)?).map(|at| self.from + at)
    }

    /// The first character boundary after a byte.
    fn after(&self, at: usize) -> usize {
        (at + 1..self.text.len())
            .find(|&byte| self.text.is_char_boundary(byte))
            .unwrap_or(self.text.len())
    }
}

impl Iterator for Matches<'_> {
    type Item = Range<usize>;

    fn next(&mut self) -> Option<Range<usize>> {
        while let Some(start) = self.candidate() {
            if let Some(end) = self.literal.end_of_match(self.text, start) {
                self.from = end;
                return Some(start..end);
            }
            self.from = self.after(start);
        }
        None
    }
}
