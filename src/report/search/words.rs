//! Where words end, for hits that have to be whole words, and for the word at a place.

use std::ops::Range;

use unicode_segmentation::{GraphemeCursor, UnicodeSegmentation};

use super::folding;

/// Whether no word is cut at either end of a byte range. An end that is no letter or digit
/// itself cuts nothing.
pub fn are_whole(text: &str, start: usize, end: usize) -> bool {
    let before = text.get(..start).unwrap_or_default().chars().rev().find(|character| !folding::is_mark(*character));
    let hit = text.get(start..end).unwrap_or_default();
    let after = text.get(end..).unwrap_or_default().chars().next();
    let is_cut = |one: Option<char>, other: Option<char>| one.is_some_and(is_of_word) && other.is_some_and(is_of_word);
    !is_cut(before, hit.chars().next()) && !is_cut(hit.chars().rev().find(|character| !folding::is_mark(*character)), after)
}

fn is_of_word(character: char) -> bool {
    character.is_alphanumeric() || character == '_'
}

/// The word (UAX #29) at a byte, else the first one after it.
pub fn word_at(text: &str, byte: usize) -> Option<Range<usize>> {
    text.unicode_word_indices().map(|(start, word)| start..start + word.len()).find(|word| word.end > byte)
}

/// A byte range widened so that it cuts no grapheme.
pub fn whole_graphemes(text: &str, range: Range<usize>) -> Range<usize> {
    let cursor = |byte: usize| GraphemeCursor::new(byte, text.len(), true);
    let is_boundary = |byte: usize| cursor(byte).is_boundary(text, 0).unwrap_or(true);
    let before = |byte: usize| cursor(byte).prev_boundary(text, 0).ok().flatten().unwrap_or(byte);
    let after = |byte: usize| cursor(byte).next_boundary(text, 0).ok().flatten().unwrap_or(byte);
    let start = if is_boundary(range.start) { range.start } else { before(range.start) };
    let end = if is_boundary(range.end) { range.end } else { after(range.end) };
    start..end
}
