//! Boundaries of words and graphemes, for matches of whole words.

use std::ops::Range;

use unicode_segmentation::{GraphemeCursor, UnicodeSegmentation};

use super::fold;

/// Characters to search for ends of words without a blank between them.
const LONGEST_RUN: usize = 64;

/// Whether no word (UAX #29) is cut at either end of a byte range. Diacritics, soft hyphens and
/// joiners belong to the character before them; an end that is not a letter or digit cuts nothing.
pub fn are_whole(text: &str, start: usize, end: usize) -> bool {
    let before = text
        .get(..start)
        .unwrap_or_default()
        .chars()
        .rev()
        .find(is_seen);
    let found = text.get(start..end).unwrap_or_default();
    let after = text.get(end..).unwrap_or_default().chars().find(is_seen);
    !is_cut(before, found.chars().find(is_seen))
        && !is_cut(found.chars().rev().find(is_seen), after)
}

/// Whether a byte is a word boundary.
pub fn can_begin(text: &str, byte: usize) -> bool {
    let before = text
        .get(..byte)
        .unwrap_or_default()
        .chars()
        .rev()
        .find(is_seen);
    !is_cut(
        before,
        text.get(byte..).unwrap_or_default().chars().find(is_seen),
    )
}

/// The next word boundary after a byte.
pub fn next_beginning(text: &str, byte: usize) -> Option<usize> {
    let rest = text.get(byte..)?.char_indices().skip(1);
    rest.map(|(offset, _)| byte + offset)
        .find(|&start| can_begin(text, start))
}

/// The ends of the words from a byte on, up to a blank.
pub fn ends_in_run(text: &str, start: usize) -> impl Iterator<Item = usize> {
    let run = text.get(start..).unwrap_or_default().char_indices();
    let run = run
        .take_while(|(_, character)| is_of_word(character) || !is_seen(character))
        .take(LONGEST_RUN);
    run.map(move |(offset, character)| start + offset + character.len_utf8())
        .filter(|&end| can_begin(text, end))
}

/// Whether the regex library agrees on the words of a text: adjacent letters are one word, without
/// diacritics or invisible characters between them.
pub fn agree_with_regex(text: &str) -> bool {
    let is_plain = |character: char| match character {
        '\u{c0}'..='\u{52f}' | '\u{1e00}'..='\u{1fff}' => !fold::is_mark(character),
        _ => !is_of_word(&character) && is_seen(&character) && character != '\u{200b}',
    };
    text.is_ascii()
        || text
            .chars()
            .all(|character| character.is_ascii() || is_plain(character))
}

fn is_seen(character: &char) -> bool {
    let separates = *character == '\u{200b}';
    separates || !(fold::is_mark(*character) || fold::is_ignored(*character))
}

/// Whether two neighbours are in one word: two Chinese characters are not.
fn is_cut(one: Option<char>, other: Option<char>) -> bool {
    let (Some(one), Some(other)) = (one.filter(is_of_word), other.filter(is_of_word)) else {
        return false;
    };
    (one.is_ascii() && other.is_ascii())
        || String::from_iter([one, other]).split_word_bounds().count() == 1
}

fn is_of_word(character: &char) -> bool {
    character.is_alphanumeric() || *character == '_'
}

/// A byte range extended to whole graphemes.
pub fn whole_graphemes(text: &str, range: Range<usize>) -> Range<usize> {
    let cursor = |byte: usize| GraphemeCursor::new(byte, text.len(), true);
    let is_boundary = |byte: usize| cursor(byte).is_boundary(text, 0).unwrap_or(true);
    let before = |byte: usize| {
        cursor(byte)
            .prev_boundary(text, 0)
            .ok()
            .flatten()
            .unwrap_or(byte)
    };
    let after = |byte: usize| {
        cursor(byte)
            .next_boundary(text, 0)
            .ok()
            .flatten()
            .unwrap_or(byte)
    };
    let start = if is_boundary(range.start) {
        range.start
    } else {
        before(range.start)
    };
    let end = if is_boundary(range.end) {
        range.end
    } else {
        after(range.end)
    };
    start..end
}
