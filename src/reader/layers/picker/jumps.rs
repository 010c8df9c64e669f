//! The places of the jump list as choices.

use super::row::Line;
use crate::{
    reader::parts::Parts,
    report::{address::Address, place::Place},
    search::words_of,
    text::wording,
};

/// Characters of a paragraph that are shown at the most.
const SHOWN: usize = 400;

/// Places whose paragraph or section title has every word of a text, by their index.
pub(super) fn fitting(text: &str, parts: &Parts) -> Vec<usize> {
    let words = words_of(text);
    let fits = |place: &Place| {
        let (title, text) = (title(parts, place), parts.report.text_at(place.cursor));
        let mut words = words.iter();
        words.all(|word| word.is_in(title) || word.is_in(text))
    };
    let jumps = parts.viewport.jumps();
    let all = jumps.iter().enumerate();
    all.filter(|(_, place)| fits(place))
        .map(|(index, _)| index)
        .collect()
}

pub(super) fn line(parts: &Parts, index: usize, is_selected: bool) -> Line {
    let place = parts.viewport.jumps().get(index).copied();
    let place = place.unwrap_or_default();
    let sign = if index == parts.viewport.jump_here() {
        "▸ "
    } else {
        "  "
    };
    let text = parts.report.text_at(place.cursor);
    let text = text.get(place.cursor.byte..).unwrap_or_default();
    let words: String = match text {
        "" => title(parts, &place).to_owned(),
        text => text.chars().take(SHOWN).collect(),
    };
    Line::Choice {
        is_selected,
        head: format!(
            "{:>7}{sign}",
            Address::of(place.cursor).number(&parts.report)
        ),
        pieces: vec![(wording::one_line(&words), false)],
    }
}

fn title<'a>(parts: &'a Parts, place: &Place) -> &'a str {
    parts
        .report
        .sections
        .get(place.cursor.section)
        .map_or("", |section| section.title.as_str())
}
