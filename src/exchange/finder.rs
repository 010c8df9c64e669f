//! Finds the quotes of other programs in a report. Runs of white space, line ends and block ends
//! count as one blank: a copied page breaks lines anywhere.

use std::cmp::Reverse;

use crate::report::{
    Report,
    position::{Passage, Position},
};

/// Characters of quote and matching context that make a position certain.
const CERTAIN: usize = 24;
/// Characters by which the context of one position must match better than that of the next.
const MARGIN: usize = 8;

/// The report's text with every run of white space as one blank, and the starts of its blocks.
#[derive(Debug)]
pub struct Finder<'a> {
    report: &'a Report,
    text: String,
    /// Start of each block in `text`, ascending.
    blocks: Vec<(usize, Position)>,
}

/// A quote with its context, as in a text quote selector.
#[derive(Debug, Clone, Copy)]
pub struct Quote<'a> {
    pub exact: &'a str,
    pub prefix: &'a str,
    pub suffix: &'a str,
}

/// The result for a quote.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Found {
    Certain(Passage),
    /// Here as well as elsewhere, or too short to tell.
    Unsure(Passage),
    None,
}

impl<'a> Finder<'a> {
    pub fn new(report: &'a Report) -> Self {
        let mut finder = Self {
            report,
            text: String::new(),
            blocks: Vec::new(),
        };
        for (s, section) in report.sections.iter().enumerate() {
            for (b, block) in section.blocks.iter().enumerate() {
                finder
                    .blocks
                    .push((finder.text.len(), Position::new(s, b, 0)));
                finder.text.push_str(&joined(&block.text));
                finder.text.push(' ');
            }
        }
        finder
    }

    /// The position of a quote whose context matches best.
    pub fn find(&self, quote: Quote<'_>) -> Found {
        let exact = joined(quote.exact);
        let (prefix, suffix) = (joined(quote.prefix), joined(quote.suffix));
        let agreeing = |at: usize| {
            let before = self.text.get(..at).unwrap_or_default().trim_end();
            let after = self
                .text
                .get(at + exact.len()..)
                .unwrap_or_default()
                .trim_start();
            let behind = before
                .chars()
                .rev()
                .zip(prefix.chars().rev())
                .take_while(|(a, b)| a == b)
                .count();
            behind
                + after
                    .chars()
                    .zip(suffix.chars())
                    .take_while(|(a, b)| a == b)
                    .count()
        };
        let places = self
            .text
            .match_indices(exact.as_str())
            .filter(|_| !exact.is_empty());
        let mut found: Vec<(usize, usize)> = places.map(|(at, _)| (agreeing(at), at)).collect();
        found.sort_unstable_by_key(|(agreed, at)| (*agreed, Reverse(*at)));
        let Some((agreed, at)) = found.pop() else {
            return Found::None;
        };
        let is_apart = found
            .last()
            .is_none_or(|(other, _)| agreed >= other + MARGIN);
        let is_enough = exact.chars().count() + agreed >= CERTAIN;
        match self
            .position(at, false)
            .zip(self.position(at + exact.len(), true))
        {
            Some((start, end)) if is_apart && is_enough => Found::Certain(Passage::new(start, end)),
            Some((start, end)) => Found::Unsure(Passage::new(start, end)),
            None => Found::None,
        }
    }

    /// The position of a byte of `text`; the end of a passage stays in the block that it ends.
    fn position(&self, byte: usize, is_end: bool) -> Option<Position> {
        let index = self
            .blocks
            .partition_point(|(start, _)| *start < byte || (*start == byte && !is_end))
            .checked_sub(1)?;
        let (start, position) = *self.blocks.get(index)?;
        let text = self.report.text_at(position);
        Some(Position {
            byte: unjoined(text, byte - start),
            ..position
        })
    }
}

/// The text with every run of white space as one blank, trimmed.
fn joined(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The byte of a text for a byte of its [`joined`] form.
fn unjoined(text: &str, byte: usize) -> usize {
    let mut joined = 0;
    let mut blank = true;
    for (at, character) in text.char_indices() {
        let is_blank = character.is_whitespace();
        if joined >= byte && !(is_blank && blank) {
            return at;
        }
        joined += match (is_blank, blank) {
            (true, true) => 0,
            (true, false) => 1,
            (false, _) => character.len_utf8(),
        };
        blank = is_blank;
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::snapshot;

    fn find(exact: &str, prefix: &str, suffix: &str) -> Option<String> {
        let report = snapshot::bundled();
        match Finder::new(&report).find(Quote {
            exact,
            prefix,
            suffix,
        }) {
            Found::Certain(passage) => Some(report.text_of(passage)),
            Found::Unsure(passage) => Some(format!("{}?", report.text_of(passage))),
            Found::None => None,
        }
    }

    #[test]
    fn a_quote_is_found_whatever_breaks_its_lines() {
        assert_eq!(
            find("We must  break\n this inhumane", "", "").as_deref(),
            Some("We must break this inhumane")
        );
        assert_eq!(
            find(" Dear Reader:\n\n Antony J. Blinken", "", "").as_deref(),
            Some("Dear Reader:\nAntony J. Blinken")
        );
        assert_eq!(find("nowhere to be found", "", ""), None);
        assert_eq!(find(" \n", "", ""), None);
    }

    #[test]
    fn the_context_of_a_quote_chooses_among_its_positions() {
        let report = snapshot::bundled();
        let finder = Finder::new(&report);
        let second = finder.find(Quote {
            exact: "Dear Reader:",
            prefix: "",
            suffix: "Kari Johnstone",
        });
        assert_eq!(
            second,
            Found::Certain(Passage::new(
                Position::new(2, 0, 0),
                Position::new(2, 0, 12)
            ))
        );
    }

    #[test]
    fn few_words_are_unsure() {
        assert_eq!(
            find("Dear Reader:", "", "").as_deref(),
            Some("Dear Reader:?")
        );
        assert_eq!(
            find("Dear Reader:", "", "A friend").as_deref(),
            Some("Dear Reader:?"),
            "one letter agrees"
        );
        assert_eq!(
            find("inhumane cycle", "", "").as_deref(),
            Some("inhumane cycle?"),
            "the only place, and few words"
        );
        assert_eq!(
            find("inhumane cycle", "must break this", "").as_deref(),
            Some("inhumane cycle")
        );
    }

    /// Whether a quote is certainly the first of two equal ones, by what follows it.
    fn is_certain_by(suffix: &str) -> bool {
        let mut report = snapshot::bundled();
        let quote = "Words that both of them have, word for word.";
        report.sections[1].blocks[3].text = format!("{quote} abcdefghijkl");
        report.sections[1].blocks[4].text = format!("{quote} other words");
        let quote = Quote {
            exact: quote,
            prefix: "",
            suffix,
        };
        matches!(Finder::new(&report).find(quote), Found::Certain(_))
    }

    #[test]
    fn eight_letters_of_the_surroundings_tell_equal_quotes_apart_and_seven_do_not() {
        assert!(is_certain_by("abcdefgh"));
        assert!(!is_certain_by("abcdefg"));
        assert!(!is_certain_by(""));
    }

    #[test]
    fn twenty_four_letters_of_quote_and_surroundings_are_certain_and_fewer_are_not() {
        let mut report = snapshot::bundled();
        report.sections[1].blocks[3].text = "abcdefghijklmnopqrstuvwxyz".into();
        let finder = Finder::new(&report);
        for (exact, suffix, is_certain) in [
            ("abcdefghijklmnopqrstuvwx", "", true),
            ("abcdefghijklmnopqrstuvw", "", false),
            ("abcdefghijklmnopqrstuvw", "x", true),
            ("abcdefghijklmnopqrst", "uvw", false),
        ] {
            let prefix = "";
            let found = finder.find(Quote {
                exact,
                prefix,
                suffix,
            });
            assert_eq!(matches!(found, Found::Certain(_)), is_certain, "{exact}");
        }
    }

    #[test]
    fn every_paragraph_is_found_in_its_place() {
        let mut report = snapshot::bundled();
        report.sections[1].blocks[3].text = "  two  blanks\n\nand   人 “lines”\n ".into();
        report.sections[1].blocks[4].text = String::new();
        let finder = Finder::new(&report);
        for (s, section) in report.sections.iter().enumerate() {
            for (b, block) in section
                .blocks
                .iter()
                .enumerate()
                .filter(|(_, block)| block.text.len() > 20)
            {
                let found = finder.find(Quote {
                    exact: &block.text,
                    prefix: "",
                    suffix: "",
                });
                let (Found::Certain(passage) | Found::Unsure(passage)) = found else {
                    panic!("{s}:{b} is not found")
                };
                assert_eq!(report.text_of(passage), block.text.trim(), "{s}:{b}");
            }
        }
    }
}
