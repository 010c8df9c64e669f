//! The places of the jump list as choices.

use super::row::{self, Line};
use crate::{
    reader::parts::Parts,
    report::{address::Address, place::Place},
    search::words_of,
    text::wording,
};

/// Characters of a paragraph that are shown at the most.
const SHOWN: usize = 400;

/// Places whose paragraph or path has every word of a text, by their index.
pub(super) fn fitting(text: &str, parts: &Parts) -> Vec<usize> {
    let words = words_of(text);
    let fits = |place: &Place| {
        let (path, text) = (path(parts, place), parts.report.text_at(place.cursor));
        let mut words = words.iter();
        words.all(|word| word.is_in(&path) || word.is_in(text))
    };
    let jumps = parts.viewport.jumps();
    let all = jumps.iter().enumerate();
    all.filter(|(_, place)| fits(place))
        .map(|(index, _)| index)
        .collect()
}

pub(super) fn line(parts: &Parts, index: usize, is_selected: bool, columns: usize) -> Line {
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
        "" => path(parts, &place),
        text => {
            let path = row::path_before(&parts.report, place.cursor.section, columns);
            let words: String = text.chars().take(SHOWN).collect();
            format!("{path}{}", wording::one_line(&words))
        }
    };
    Line::Choice {
        is_selected,
        head: format!(
            "{:>7}{sign}",
            Address::of(place.cursor).number(&parts.report)
        ),
        pieces: vec![(words, false)],
    }
}

fn path(parts: &Parts, place: &Place) -> String {
    wording::one_line(&parts.report.path(place.cursor.section).join(row::BETWEEN))
}
