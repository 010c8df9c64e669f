//! Words and sentences of a text, by UAX #29 with the abbreviations that English reports use.

use unicode_segmentation::{GraphemeCursor, UnicodeSegmentation};

/// Words whose full stop does not end a sentence.
const ABBREVIATIONS: &[&str] = &[
    "mr.", "mrs.", "ms.", "dr.", "prof.", "gen.", "sen.", "rep.", "gov.", "st.", "no.", "vs.",
    "etc.", "e.g.", "i.e.", "cf.", "art.", "sec.", "para.",
];

/// The number of words in a text (UAX #29 words with a letter or digit).
pub fn word_count(text: &str) -> usize {
    text.unicode_words().count()
}

/// Start bytes of the sentences of a text, ascending; the first is 0.
pub fn sentence_starts(text: &str) -> Vec<usize> {
    let mut starts = vec![0];
    let mut joined = true;
    for (start, sentence) in text.split_sentence_bound_indices() {
        if !joined {
            starts.push(start);
        }
        joined = ends_in_abbreviation(sentence);
    }
    starts
}

/// The end of the grapheme cluster at `byte`; the text's length at its end.
pub fn grapheme_after(text: &str, byte: usize) -> usize {
    let mut cursor = GraphemeCursor::new(byte.min(text.len()), text.len(), true);
    cursor
        .next_boundary(text, 0)
        .ok()
        .flatten()
        .unwrap_or(text.len())
}

/// The start of the grapheme cluster before `byte`; 0 at the start.
pub fn grapheme_before(text: &str, byte: usize) -> usize {
    let mut cursor = GraphemeCursor::new(byte.min(text.len()), text.len(), true);
    cursor.prev_boundary(text, 0).ok().flatten().unwrap_or(0)
}

/// Start bytes of the words of a text (UAX #29 words with a letter or digit), ascending.
pub fn word_starts(text: &str) -> impl DoubleEndedIterator<Item = usize> + '_ {
    text.unicode_word_indices().map(|(start, _)| start)
}

/// Start bytes of the last grapheme cluster of each word, ascending.
pub fn word_ends(text: &str) -> impl DoubleEndedIterator<Item = usize> + '_ {
    text.unicode_word_indices()
        .map(|(start, word)| start + grapheme_before(word, word.len()))
}

/// The sentences that some bytes of a text stand in, without the white space after them.
pub fn sentences_of(text: &str, bytes: std::ops::Range<usize>) -> std::ops::Range<usize> {
    let starts = sentence_starts(text);
    let start = starts.iter().rev().find(|&&start| start <= bytes.start);
    let end = starts.iter().find(|&&start| start >= bytes.end.max(1));
    let (start, end) = (
        start.copied().unwrap_or(0),
        end.copied().unwrap_or(text.len()),
    );
    let sentence = text.get(start..end).unwrap_or_default();
    start..(start + sentence.trim_end().len()).max(bytes.end)
}

/// Start bytes of the last grapheme cluster of each sentence, trailing white space left out,
/// ascending.
pub fn sentence_ends(text: &str) -> Vec<usize> {
    let after = sentence_starts(text)
        .into_iter()
        .skip(1)
        .chain([text.len()]);
    let sentences = after
        .filter_map(|after| text.get(..after))
        .map(str::trim_end);
    sentences
        .map(|before| grapheme_before(before, before.len()))
        .collect()
}

/// The word at a byte, else the next, else the last; `None` if there is none.
pub fn word_at(text: &str, byte: usize) -> Option<std::ops::Range<usize>> {
    let words = || {
        text.unicode_word_indices()
            .map(|(start, word)| start..start + word.len())
    };
    words()
        .find(|word| word.end > byte)
        .or_else(|| words().next_back())
}

fn ends_in_abbreviation(sentence: &str) -> bool {
    let word = sentence.split_whitespace().next_back().unwrap_or_default();
    let word = word.trim_start_matches(|c: char| !c.is_alphanumeric());
    let mut characters = word.chars().rev();
    let is_initial = characters.next() == Some('.')
        && characters.next().is_some_and(char::is_uppercase)
        && characters
            .next()
            .is_none_or(|before| !before.is_alphanumeric());
    is_initial || ABBREVIATIONS.contains(&word.to_lowercase().as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_abbreviation_does_not_end_a_sentence() {
        let text =
            "The U.S. Department of State strives.  We know. Antony J. Blinken, Dr. No. Done?";
        let starts = sentence_starts(text);
        let sentences: Vec<String> = starts
            .iter()
            .map(|&start| text.chars().skip(start).take(6).collect())
            .collect();
        assert_eq!(sentences, ["The U.", "We kno", "Antony"]);
    }

    #[test]
    fn words_and_sentences_end_at_whole_graphemes() {
        let text = "A cafe\u{301}.  It is. ";
        assert_eq!(
            sentence_ends(text),
            ["A cafe\u{301}".len(), "A cafe\u{301}.  It is".len()]
        );
        assert_eq!(word_ends(text).collect::<Vec<_>>(), [0, 5, 12, 15]);
        assert_eq!(word_starts(text).collect::<Vec<_>>(), [0, 2, 11, 14]);
        assert_eq!(
            (
                grapheme_after(text, 5),
                grapheme_before(text, 8),
                grapheme_after(text, 99)
            ),
            (8, 5, text.len())
        );
        assert_eq!(
            (
                word_at(text, 3),
                word_at(text, 1),
                word_at(text, 99),
                word_at("--", 0)
            ),
            (Some(2..8), Some(2..8), Some(14..16), None)
        );
    }

    #[test]
    fn an_empty_text_has_one_sentence() {
        assert_eq!(sentence_starts(""), [0]);
    }
}
