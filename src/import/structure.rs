//! Finds out what a line of plain text is for: title, salutation, name, notice, list item.

use crate::report::BlockKind;

/// Words that headings leave in lower case.
const SMALL_WORDS: &[&str] = &[
    "a", "an", "and", "as", "at", "but", "by", "for", "from", "in", "into", "nor", "of", "on",
    "or", "over", "the", "to", "under", "with",
];

/// Most words of a heading.
pub const LONGEST_HEADING: usize = 14;

/// Whether a separate line looks like a title: short, in title case, no full stop.
pub fn is_heading(line: &str) -> bool {
    let words: Vec<&str> = line.split_whitespace().collect();
    let ends_like_text = line.ends_with(['.', ':', ';', ',', '!', '?', ']', ')', '…']);
    let is_big = |word: &&str| {
        word.chars()
            .find(|c| c.is_alphanumeric())
            .is_none_or(|c| !c.is_lowercase())
    };
    !ends_like_text
        && words.len() <= LONGEST_HEADING
        && words.first().is_some_and(is_big)
        && line.chars().any(char::is_alphabetic)
        && words
            .iter()
            .all(|word| is_big(word) || SMALL_WORDS.contains(word))
}

/// Whether a line is a person's name: two to four words, each with a capital.
pub fn is_name(line: &str) -> bool {
    let words: Vec<&str> = line.split_whitespace().collect();
    let is_part = |word: &&str| {
        let mut letters = word.chars();
        letters.next().is_some_and(char::is_uppercase)
            && letters.all(|c| c.is_alphabetic() || matches!(c, '.' | '-' | '’' | '\''))
    };
    (2..=4).contains(&words.len()) && words.iter().all(is_part)
}

/// Whether a line opens a letter: `Dear Reader:`.
pub fn is_salutation(line: &str) -> bool {
    line.starts_with("Dear ") && line.ends_with([':', ',']) && line.split_whitespace().count() <= 6
}

/// Whether a line points to a file to fetch: `DOWNLOAD Full report [19 MB]`.
pub fn is_notice(line: &str) -> bool {
    line.get(..8)
        .is_some_and(|word| word.eq_ignore_ascii_case("download"))
        && line.ends_with(']')
}

/// What a paragraph of one line is, by its words, the kind of the block before it in its section
/// and whether the section is a letter. In a letter, a name below the salutation is the caption
/// of the portrait and a name below the text the signature.
pub fn kind_of_line(text: &str, before: Option<BlockKind>, is_letter: bool) -> BlockKind {
    match before {
        Some(BlockKind::Salutation) if is_name(text) => BlockKind::Caption,
        Some(BlockKind::Paragraph) if is_letter && is_name(text) => BlockKind::Signature,
        _ if is_salutation(text) => BlockKind::Salutation,
        _ if is_notice(text) => BlockKind::Notice,
        _ => BlockKind::Paragraph,
    }
}

/// The text of a list item without its bullet.
pub fn list_item(line: &str) -> Option<&str> {
    ["• ", "- ", "* ", "– "]
        .iter()
        .find_map(|bullet| line.strip_prefix(bullet))
        .map(str::trim_start)
}

/// How deep the items of a list are, by their indentation.
#[derive(Debug, Default)]
pub struct Depths {
    /// Where the items around begin, the outermost first.
    starts: Vec<f64>,
}

impl Depths {
    /// How many lists are around that of an item which begins at `start`, where those that begin
    /// less than `apart` from each other are of one list.
    pub fn of(&mut self, start: f64, apart: f64) -> usize {
        while self.starts.last().is_some_and(|last| start <= last - apart) {
            self.starts.pop();
        }
        if self.starts.last().is_none_or(|last| start >= last + apart) {
            self.starts.push(start);
        }
        self.starts.len().saturating_sub(1)
    }

    /// Other text has come: the next item begins a list of its own.
    pub fn end(&mut self) {
        self.starts.clear();
    }
}

/// A raised number as the digits that are; `None` if it is not a number.
pub fn raised(text: &str) -> Option<String> {
    const DIGITS: [char; 10] = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];
    let digits: Option<String> = text
        .chars()
        .map(|c| c.to_digit(10).and_then(|digit| DIGITS.get(digit as usize)))
        .collect();
    digits.filter(|digits| !digits.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn items_stand_as_deep_as_others_begin_to_their_left() {
        let mut depths = Depths::default();
        let starts = [0.0, 2.0, 2.4, 4.0, 2.0, 0.3, 9.0, 5.0, 0.0];
        assert_eq!(
            starts.map(|start| depths.of(start, 1.0)),
            [0, 1, 1, 2, 1, 0, 1, 1, 0]
        );
        depths.end();
        assert_eq!(depths.of(4.0, 1.0), 0);
    }

    #[test]
    fn titles_names_and_text_are_told_apart() {
        assert!(is_heading("Message From the Secretary of State"));
        assert!(is_heading("2021 Trafficking in Persons Report"));
        assert!(!is_heading("Dear Reader:"));
        assert!(!is_heading("We must break this cycle"));
        assert!(!is_heading("This Year’s Report."));
        assert!(is_name("Antony J. Blinken") && is_name("Kari Johnstone"));
        assert!(!is_name("Message From the Acting Director") && !is_name("Introduction"));
        assert!(
            is_salutation("Dear Reader:")
                && !is_salutation("Dear Reader, this is a long letter to you:")
        );
        assert!(is_notice("DOWNLOAD full report [19 MB]") && !is_notice("Download it"));
        assert_eq!(list_item("• one"), Some("one"));
        assert_eq!(list_item("-one"), None);
    }
}
