//! Sections by words of their paths, else fuzzily; also by number, id, address or page.

use nucleo_matcher::{
    Config, Matcher, Utf32Str,
    pattern::{AtomKind, CaseMatching, Normalization, Pattern},
};

use super::row::{self, Line};
use crate::{
    report::{Report, address::Address, paths},
    text::{
        fold::{self, Folded},
        wording,
    },
};

/// Characters of a paragraph that are shown at the most.
const SHOWN: usize = 400;

/// What fits a text: what it is the address of first, then the sections that have its words in
/// their paths, those with the last one in their title first. Where there are none, those that have
/// its letters there. All sections in their order for an empty text.
pub fn choices(report: &Report, text: &str, here: usize) -> Vec<Address> {
    let (text, words) = (text.trim(), paths::words(text));
    let sections = 0..report.sections.len();
    if text.is_empty() {
        return sections.map(Address::of_section).collect();
    }
    let fit = |section| Some((report.fit_path(section, &words)?, section));
    let mut fitting: Vec<_> = sections.filter_map(fit).collect();
    fitting.sort_unstable();
    let mut found: Vec<usize> = fitting.into_iter().map(|(_, section)| section).collect();
    if found.is_empty() {
        found = fuzzily(report, text);
    }
    let mut choices: Vec<Address> = found.into_iter().map(Address::of_section).collect();
    if let Ok(address) = Address::parse_near(text, report, here) {
        choices.retain(|choice| *choice != address);
        choices.insert(0, address);
    }
    choices
}

/// Sections whose paths have the letters of a text in its order, the best match first.
fn fuzzily(report: &Report, text: &str) -> Vec<usize> {
    let (mut matcher, pattern) = (Matcher::new(Config::DEFAULT), pattern(text));
    let mut scored: Vec<(u32, usize)> = Vec::new();
    for section in 0..report.sections.len() {
        let path = plain(&report.path(section).join(row::BETWEEN));
        let score = pattern.score(Utf32Str::Unicode(&path), &mut matcher);
        scored.extend(score.map(|score| (score, section)));
    }
    scored.sort_by_key(|(score, section)| (std::cmp::Reverse(*score), *section));
    scored.into_iter().map(|(_, section)| section).collect()
}

fn pattern(text: &str) -> Pattern {
    let typed: String = plain(text).into_iter().collect();
    Pattern::new(
        &typed,
        CaseMatching::Smart,
        Normalization::Smart,
        AtomKind::Fuzzy,
    )
}

/// The characters of a text with plain ones for typographic ones, one for one.
fn plain(text: &str) -> Vec<char> {
    let plain = |character: char| match fold::fold(character, false) {
        Folded::Letters(letters) => match letters.as_slice() {
            [letter] => *letter,
            _ => character,
        },
        Folded::Blank => ' ',
        Folded::Nothing => character,
    };
    text.chars().map(plain).collect()
}

/// Bytes of the titles of a section's path that match what is typed.
fn marks(report: &Report, section: usize, typed: &str) -> Vec<row::PathMark> {
    let words = paths::words(typed);
    let marks = report.marks_in_path(section, &words);
    if !marks.is_empty() || words.is_empty() {
        return marks;
    }
    let path = report.path(section).join(row::BETWEEN);
    let (mut matcher, mut found) = (Matcher::new(Config::DEFAULT), Vec::new());
    let letters = plain(&path);
    pattern(typed).indices(Utf32Str::Unicode(&letters), &mut matcher, &mut found);
    found.sort_unstable();
    found.dedup();
    let bytes: Vec<(usize, char)> = path.char_indices().collect();
    let found = found
        .into_iter()
        .filter_map(|index| bytes.get(index as usize));
    let mut start = 0;
    let mut marks = Vec::new();
    for &at in &report.outline().path(section) {
        let end = start + report.sections.get(at).map_or(0, |of| of.title.len());
        let here = found
            .clone()
            .filter(|(byte, _)| (start..end).contains(byte));
        marks.extend(here.map(|(byte, c)| (at, byte - start..byte - start + c.len_utf8())));
        start = end + row::BETWEEN.len();
    }
    marks
}

/// A choice as it is drawn: its number or address, then its path, then the paragraph's words.
pub fn line(
    report: &Report,
    (address, typed): (Address, &str),
    is_selected: bool,
    columns: usize,
) -> Line {
    let head = format!("{:>7}  ", address.number(report));
    let room = columns.saturating_sub(row::HEAD);
    let section = address.section;
    let block = report
        .block(address.position())
        .filter(|_| address.block.is_some());
    let Some(block) = block else {
        return Line::Choice {
            is_selected,
            head,
            pieces: row::path(report, section, &marks(report, section, typed), room),
        };
    };
    let page = report
        .page(address.position())
        .filter(|_| address.byte > 0 || typed.starts_with('p'));
    let page = page.map_or(String::new(), |page| format!("  p. {page}"));
    let mut pieces = row::path(report, section, &[], room / 2);
    let words = block.text.get(address.byte..).unwrap_or_default();
    let words: String = words.chars().take(SHOWN).collect();
    pieces.push((format!("{page}  {}", wording::one_line(&words)), false));
    Line::Choice {
        is_selected,
        head,
        pieces,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::{snapshot, testing::nested};

    fn sections(text: &str) -> Vec<usize> {
        choices(&snapshot::bundled(), text, 0)
            .into_iter()
            .map(|address| address.section)
            .collect()
    }

    #[test]
    fn the_best_match_comes_first() {
        assert_eq!(sections("acting"), [2]);
        assert_eq!(sections("msgsec").first(), Some(&1));
        assert_eq!(sections("report").first(), Some(&0));
        assert_eq!(sections("3"), [2], "a number is a section");
        assert_eq!(sections("2:5").first(), Some(&1));
        assert_eq!(
            sections("message-from-the-acting-director").first(),
            Some(&2)
        );
        assert_eq!(sections(""), [0, 1, 2]);
        assert!(sections("zzz").is_empty());
    }

    fn pieces(report: &Report, typed: &str, columns: usize) -> Vec<(String, bool)> {
        let found = choices(report, typed, 0);
        match line(report, (found[0], typed), false, columns) {
            Line::Choice { pieces, .. } => pieces,
            Line::Group { .. } => panic!("a choice"),
        }
    }

    fn shown(pieces: &[(String, bool)]) -> String {
        pieces.iter().map(|(text, _)| text.as_str()).collect()
    }

    #[test]
    fn matched_letters_are_those_of_the_path_and_no_letter_is_lost() {
        let report = nested(&[
            (1, "Narratives"),
            (2, "Côte d’Ivoire (人 e\u{301})"),
            (3, "Protection"),
        ]);
        let found = pieces(&report, "cote d'iv prot", 80);
        assert_eq!(shown(&found), "Côte d’Ivoire (人 e\u{301}) › Protection");
        for marked in ["Côte", "d’Iv", "Prot"] {
            assert!(found.contains(&(marked.into(), true)), "{found:?}");
        }
        let fuzzy = pieces(&report, "cdiprtct", 80);
        assert!(fuzzy.iter().any(|(_, is_marked)| *is_marked), "{fuzzy:?}");
    }

    #[test]
    fn a_path_gives_way_from_its_beginning_and_keeps_its_marks() {
        let report = nested(&[
            (1, "Method"),
            (1, "Narratives"),
            (2, "Ghana (Tier 2)"),
            (3, "Protection"),
        ]);
        let found = pieces(&report, "narr ghana prot", 9 + 33);
        assert_eq!(shown(&found), "… › Ghana (Tier 2) › Protection");
        assert!(found.contains(&("Ghana".into(), true)), "{found:?}");
    }
}
