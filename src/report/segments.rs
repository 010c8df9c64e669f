//! Words and sentences of a text, by UAX #29 with the abbreviations that English reports use.

use unicode_segmentation::UnicodeSegmentation;

/// Ends of words after which a full stop does not end a sentence.
const ABBREVIATIONS: &[&str] = &[
    "mr.", "mrs.", "ms.", "dr.", "prof.", "gen.", "sen.", "rep.", "gov.", "st.", "no.", "vs.", "etc.", "e.g.", "i.e.", "cf.", "art.",
    "sec.", "para.",
];

/// Words in a text (UAX #29 words that hold a letter or digit).
pub fn word_count(text: &str) -> usize {
    text.unicode_words().count()
}

/// First bytes of the sentences of a text, ascending, the first is always 0.
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

fn ends_in_abbreviation(sentence: &str) -> bool {
    let word = sentence.split_whitespace().next_back().unwrap_or_default();
    let word = word.trim_start_matches(|c: char| !c.is_alphanumeric());
    let mut characters = word.chars().rev();
    let is_initial = characters.next() == Some('.')
        && characters.next().is_some_and(char::is_uppercase)
        && characters.next().is_none_or(|before| !before.is_alphanumeric());
    is_initial || ABBREVIATIONS.contains(&word.to_lowercase().as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_abbreviation_does_not_end_a_sentence() {
        let text = "The U.S. Department of State strives.  We know. Antony J. Blinken, Dr. No. Done?";
        let starts = sentence_starts(text);
        let sentences: Vec<String> = starts.iter().map(|&start| text.chars().skip(start).take(6).collect()).collect();
        assert_eq!(sentences, ["The U.", "We kno", "Antony"]);
    }

    #[test]
    fn an_empty_text_has_one_sentence() {
        assert_eq!(sentence_starts(""), [0]);
    }
}
