//! Sections by a part of their title, fuzzily; also by number, id or address.

use nucleo_matcher::{
    Config, Matcher, Utf32Str,
    pattern::{AtomKind, CaseMatching, Normalization, Pattern},
};

use super::row::Line;
use crate::{
    report::{Report, address::Address},
    text::fold::{self, Folded},
};

/// A section or paragraph to go to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Title {
    pub address: Address,
    /// Characters of the section's title that match what is typed, by index.
    pub matched: Vec<usize>,
}

/// What fits a text: what it is the address of first, then titles, the best match first. All
/// sections in their order for an empty text.
pub fn choices(report: &Report, text: &str) -> Vec<Title> {
    let text = text.trim();
    let all = 0..report.sections.len();
    if text.is_empty() {
        return all
            .map(|section| Title {
                address: Address::of_section(section),
                matched: Vec::new(),
            })
            .collect();
    }
    let mut matcher = Matcher::new(Config::DEFAULT);
    let typed: String = plain(text).into_iter().collect();
    let pattern = Pattern::new(
        &typed,
        CaseMatching::Smart,
        Normalization::Smart,
        AtomKind::Fuzzy,
    );
    let mut scored: Vec<(u32, Title)> = Vec::new();
    for (section, of) in report.sections.iter().enumerate() {
        let title = plain(&of.title);
        let mut matched = Vec::new();
        if let Some(score) = pattern.indices(Utf32Str::Unicode(&title), &mut matcher, &mut matched)
        {
            matched.sort_unstable();
            matched.dedup();
            let matched = matched.into_iter().map(|index| index as usize).collect();
            scored.push((
                score,
                Title {
                    address: Address::of_section(section),
                    matched,
                },
            ));
        }
    }
    scored.sort_by_key(|(score, title)| (std::cmp::Reverse(*score), title.address.section));
    let mut titles: Vec<Title> = scored.into_iter().map(|(_, title)| title).collect();
    if let Ok(address) = Address::parse(text, report) {
        titles.retain(|title| title.address != address);
        titles.insert(
            0,
            Title {
                address,
                matched: Vec::new(),
            },
        );
    }
    titles
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

/// A choice as it is drawn: its number or address, then the title or the paragraph's words.
pub fn line(report: &Report, title: &Title, is_selected: bool) -> Line {
    let head = format!("{:>7}  ", title.address.number(report));
    let Some(section) = report.sections.get(title.address.section) else {
        return Line::Choice {
            is_selected,
            head,
            pieces: Vec::new(),
        };
    };
    if let Some(block) = title
        .address
        .block
        .and_then(|block| section.blocks.get(block))
    {
        let words: String = block.text.chars().take(400).collect();
        return Line::Choice {
            is_selected,
            head,
            pieces: vec![(crate::text::wording::one_line(&words), false)],
        };
    }
    let mut pieces: Vec<(String, bool)> = vec![(
        "  ".repeat(usize::from(section.level.saturating_sub(1)).min(8)),
        false,
    )];
    for (index, character) in section.title.chars().enumerate() {
        let is_matched = title.matched.binary_search(&index).is_ok();
        match pieces.last_mut() {
            Some((text, of)) if *of == is_matched => text.push(character),
            _ => pieces.push((character.into(), is_matched)),
        }
    }
    Line::Choice {
        is_selected,
        head,
        pieces,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::snapshot;

    fn sections(text: &str) -> Vec<usize> {
        choices(&snapshot::bundled(), text)
            .into_iter()
            .map(|title| title.address.section)
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

    #[test]
    fn matched_letters_are_those_of_the_title_and_no_letter_is_lost() {
        let mut report = snapshot::bundled();
        report.sections[1].title = "Côte d’Ivoire (人 e\u{301})".into();
        let found = choices(&report, "cote d'iv");
        let Line::Choice { pieces, .. } = line(&report, &found[0], false) else {
            panic!("a choice")
        };
        assert_eq!(
            pieces
                .iter()
                .map(|(text, _)| text.as_str())
                .collect::<String>(),
            report.sections[1].title
        );
        assert!(
            pieces.contains(&("Côte".into(), true)) && pieces.contains(&("d’Iv".into(), true)),
            "{pieces:?}"
        );
    }
}
