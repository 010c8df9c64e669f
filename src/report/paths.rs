//! Sections by the words of their paths: `ghana prot` is `Ghana (Tier 2) › Protection`.

use std::ops::Range;

use super::Report;
use crate::text::fold::{self, Folded};

/// How well words fit the path of a section; the smaller the better.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fit {
    /// Levels from the section up to the title that has the last word.
    pub above: usize,
    /// How many of the words begin inside a word of the title.
    pub inside: usize,
}

/// The words of what is typed for a path, folded; a `/` or `›` parts them as a blank does.
pub fn words(text: &str) -> Vec<String> {
    let parts = text.split(|c: char| c.is_whitespace() || matches!(c, '/' | '›'));
    let words = parts.map(|word| folded(word).0);
    words.filter(|word| !word.is_empty()).collect()
}

/// The titles of a report, folded, by section.
pub(super) fn folded_titles(report: &Report) -> Vec<String> {
    let titles = report.sections.iter().map(|section| &section.title);
    titles.map(|title| folded(title).0).collect()
}

impl Report {
    /// How [`words`] fit a section: each stands in a title of its path, in the order of the path;
    /// levels may be skipped. `None` where they do not.
    pub fn fit_path(&self, section: usize, words: &[String]) -> Option<Fit> {
        let mut fit = Fit {
            above: 0,
            inside: 0,
        };
        self.each_in_path(section, words, |climbed, at, word| {
            if word == words.len() - 1 {
                fit.above = climbed;
            }
            let title = self.folded_title(at);
            let begins = |(start, _): (usize, &str)| {
                let before = title.get(..start).and_then(|before| before.chars().last());
                !before.is_some_and(char::is_alphanumeric)
            };
            let begins = title.match_indices(words[word].as_str()).any(begins);
            fit.inside += usize::from(!begins);
        })?;
        Some(fit)
    }

    /// Where words that fit stand: sections of the path with bytes of their titles.
    pub fn marks_in_path(&self, section: usize, words: &[String]) -> Vec<(usize, Range<usize>)> {
        let mut marks = Vec::new();
        let all = self.each_in_path(section, words, |_, at, word| {
            let title = self.sections.get(at).map_or("", |of| of.title.as_str());
            marks.extend(mark(title, &words[word]).map(|bytes| (at, bytes)));
        });
        if all.is_none() {
            marks.clear();
        }
        marks.sort_by_key(|(at, bytes)| (*at, bytes.start));
        marks
    }

    /// Calls a function with each word, the last one first: levels climbed, the section whose
    /// title has it, its index. `None` where a word stands in no title that is left.
    fn each_in_path(
        &self,
        section: usize,
        words: &[String],
        mut take: impl FnMut(usize, usize, usize),
    ) -> Option<()> {
        let (mut at, mut climbed) = (section, 0);
        for (index, word) in words.iter().enumerate().rev() {
            while !self.folded_title(at).contains(word.as_str()) {
                at = self.outline().node(at)?.parent?;
                climbed += 1;
            }
            take(climbed, at, index);
        }
        Some(())
    }
}

/// The bytes of a title in which a folded word stands, at the start of a word where it can.
fn mark(title: &str, word: &str) -> Option<Range<usize>> {
    let (folded, origins) = folded(title);
    let begins = |at: &usize| {
        let before = folded.get(..*at).and_then(|before| before.chars().last());
        !before.is_some_and(char::is_alphanumeric)
    };
    let starts = || folded.match_indices(word).map(|(at, _)| at);
    let at = starts().find(begins).or_else(|| starts().next())?;
    let (start, last) = (*origins.get(at)?, *origins.get(at + word.len() - 1)?);
    let rest = title.get(last..)?;
    // Diacritics of their own belong to the letter before them.
    let is_over = |(at, c): &(usize, char)| *at > 0 && fold::fold(*c, true) != Folded::Nothing;
    let length = rest.char_indices().find(is_over).map(|(at, _)| at);
    Some(start..last + length.unwrap_or(rest.len()))
}

/// A text as words are found in it, and for each of its bytes the byte of the character that it
/// comes from. Case, diacritics and apostrophes do not count.
fn folded(text: &str) -> (String, Vec<usize>) {
    let (mut folded, mut origins) = (String::new(), Vec::new());
    for (at, character) in text.char_indices() {
        match fold::fold(character, true) {
            Folded::Nothing => {}
            Folded::Blank if folded.ends_with(' ') => {}
            Folded::Blank => folded.push(' '),
            Folded::Letters(letters) => {
                folded.extend(letters.as_slice().iter().filter(|letter| **letter != '\''));
            }
        }
        origins.resize(folded.len(), at);
    }
    (folded, origins)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::testing::countries;

    fn fitting(typed: &str) -> Vec<usize> {
        let (report, words) = (countries(), words(typed));
        let fits = |section: &usize| {
            let fit = report.fit_path(*section, &words);
            fit.is_some_and(|fit| fit.above == 0)
        };
        (0..report.sections.len()).filter(fits).collect()
    }

    #[test]
    fn words_skip_levels_but_keep_the_order_of_the_path() {
        assert_eq!(fitting("ghana prot"), [6]);
        assert!(fitting("prot ghana").is_empty());
        assert_eq!(fitting("cote d'iv prosec"), [3]);
        assert_eq!(fitting("cote divoire/prosec"), [3]);
        assert_eq!(fitting("tier 2 prot"), [4]);
        assert_eq!(fitting("prot"), [4, 6]);
        assert_eq!(fitting("narr shel"), [7]);
        let report = countries();
        let fit = |section, typed: &str| report.fit_path(section, &words(typed));
        assert_eq!(fit(7, "ghana").map(|fit| fit.above), Some(2));
        assert_eq!(fit(3, "secution").map(|fit| fit.inside), Some(1));
    }

    #[test]
    fn marks_are_the_letters_of_the_titles() {
        let report = countries();
        let marks = report.marks_in_path(3, &words("cote d'iv prosec"));
        let marked = marks.iter().map(|(section, bytes)| {
            let title = &report.sections[*section].title;
            title.get(bytes.clone()).unwrap_or_default()
        });
        assert_eq!(marked.collect::<Vec<_>>(), ["Côte", "d’Iv", "Prosec"]);
        assert!(report.marks_in_path(0, &words("ghana")).is_empty());
    }
}
