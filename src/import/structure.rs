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
    if is_chapter(line) {
        return true;
    }
    if line.chars().all(|c| !c.is_lowercase() && !c.is_uppercase()) {
        return is_caseless_heading(line);
    }
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

/// Whether a line of a script without case is short and no sentence.
fn is_caseless_heading(line: &str) -> bool {
    let letters = line.chars().filter(|c| c.is_alphabetic()).count();
    // Chinese and Japanese write no blanks.
    let most = if line.chars().any(|c| c >= '\u{2e80}') {
        16
    } else {
        32
    };
    let ends_like_text = line.ends_with(|c: char| !c.is_alphanumeric() && !is_mark(c));
    letters > 0 && letters <= most && line.split_whitespace().count() <= 5 && !ends_like_text
}

/// Whether a character belongs to the letter before it, as vowels of Indian scripts do.
fn is_mark(c: char) -> bool {
    crate::text::fold::is_mark(c)
        || ('\u{900}'..='\u{dff}').contains(&c) && !matches!(c, '\u{964}' | '\u{965}')
}

/// Whether a line numbers a chapter: `CHAPTER I.`, `Part Two: The River`, `第一章 总则`.
pub fn is_chapter(line: &str) -> bool {
    const PARTS: &[&str] = &[
        "chapter",
        "part",
        "book",
        "volume",
        "appendix",
        "annex",
        "act",
        "canto",
        "kapitel",
        "teil",
        "chapitre",
        "partie",
        "capítulo",
        "capitolo",
        "глава",
        "часть",
    ];
    const NUMBERS: &[&str] = &[
        "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
        "twelve", "first", "second", "third", "last",
    ];
    if let Some(rest) = line.strip_prefix('第') {
        let number = rest.trim_start_matches(|c: char| {
            c.is_numeric() || "一二三四五六七八九十百千零〇两 ".contains(c)
        });
        let is_part = number.len() < rest.len()
            && number.starts_with(['章', '节', '節', '回', '部', '卷', '篇', '編', '编', '条']);
        return is_part && line.chars().count() <= 30 && !line.ends_with(['。', '，', '、', '；']);
    }
    let mut words = line.split_whitespace();
    let (Some(part), Some(number)) = (words.next(), words.next()) else {
        return false;
    };
    let number = number.trim_end_matches(['.', ':', ',', '—', '-']);
    let is_roman = number.chars().all(|c| "IVXLCM".contains(c));
    let is_number = is_roman
        || number.chars().all(|c| c.is_ascii_digit())
        || NUMBERS.contains(&number.to_lowercase().as_str());
    let is_letter = number.chars().count() == 1 && number.chars().all(char::is_uppercase);
    let rest: Vec<&str> = words.collect();
    let is_title = rest.is_empty()
        || rest.len() <= LONGEST_HEADING - 2
            && !line.ends_with(['.', ',', ';'])
            && rest[0]
                .chars()
                .any(|c| !c.is_lowercase() && c.is_alphanumeric());
    part.starts_with(char::is_uppercase)
        && PARTS.contains(&part.to_lowercase().as_str())
        && !number.is_empty()
        && (is_number || is_letter)
        && is_title
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

/// A title whose letters stand apart, joined: `P A R T  I` is `PART I`.
pub fn without_letter_spacing(title: &str) -> String {
    let words: Vec<&str> = title.split(' ').collect();
    let is_letter = |word: &str| {
        let mut letters = word.chars();
        letters.next().is_some_and(char::is_alphabetic) && letters.next().is_none()
    };
    if words.len() < 4 || !words.iter().all(|word| is_letter(word)) {
        return title.to_owned();
    }
    words.concat()
}

/// Raised or lowered characters after another, as signs where there are signs of all of them:
/// `10⁻⁶`, else after a digit behind `^` or `_`. `None` where they are letters of a word.
pub fn script(text: &str, is_raised: bool, before: Option<char>) -> Option<String> {
    const PLAIN: &str = "0123456789+-−=()n";
    const RAISED: &str = "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿ";
    const LOWERED: &str = "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎ₙ";
    let signs = if is_raised { RAISED } else { LOWERED };
    let sign = |c: char| {
        signs
            .chars()
            .nth(PLAIN.chars().position(|plain| plain == c)?)
    };
    let all: Option<String> = text
        .chars()
        .filter(|c| !c.is_whitespace())
        .map(sign)
        .collect();
    let is_word = text.chars().all(char::is_alphabetic) && text.chars().count() != 1;
    let is_ordinal = is_word || matches!(text, "o" | "a" | "e" | "r" | "®" | "™" | "º" | "ª");
    let mark = if is_raised { '^' } else { '_' };
    let after = || {
        let is_number = before.is_some_and(|c| c.is_ascii_digit() || c == ')');
        let is_long = text
            .chars()
            .any(|c| !c.is_alphanumeric() && !matches!(c, '-' | '−' | '.'));
        let text = if is_long {
            format!("({text})")
        } else {
            text.to_owned()
        };
        (is_number && !is_ordinal).then(|| format!("{mark}{text}"))
    };
    all.filter(|all| !all.is_empty()).or_else(after)
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
