//! The positions that could be an annotation's, to choose one from.

use std::ops::Range;

use super::row::{self, Line};
use crate::{
    report::{Report, address::Address, position::Passage},
    text::fold,
};

/// Characters of the paragraph that are shown before a passage.
const BEFORE: usize = 24;
/// Characters of a passage and of what follows that are shown, at the most.
const SHOWN: usize = 400;

/// Positions to choose from; the last choice is to look for another one in the text.
#[derive(Debug)]
pub struct Candidates {
    /// Id of the annotation.
    id: String,
    /// The best first; `None` while they are searched for.
    all: Option<Vec<Passage>>,
    /// Those that fit the filter.
    shown: Vec<Passage>,
}

impl Candidates {
    pub(super) fn new(id: &str) -> Self {
        Self {
            id: id.into(),
            all: None,
            shown: Vec::new(),
        }
    }

    pub(super) fn id(&self) -> &str {
        &self.id
    }

    pub(super) fn is_of(&self, id: &str) -> bool {
        self.id == id
    }

    pub(super) fn are_known(&self) -> bool {
        self.all.is_some()
    }

    pub(super) fn take(&mut self, places: Vec<Passage>) {
        self.all = Some(places);
    }

    /// How many fit the filter, without the last choice.
    pub(super) fn count(&self) -> usize {
        self.shown.len()
    }

    /// The passage of a row; `None` for the last choice.
    pub(super) fn get(&self, row: usize) -> Option<Passage> {
        self.shown.get(row).copied()
    }

    /// Shows those whose paragraph has what is typed.
    pub(super) fn filter(&mut self, filter: &str, report: &Report) {
        let wanted = folded(filter.trim());
        let has = |passage: &&Passage| folded(report.text_at(passage.start())).contains(&wanted);
        self.shown = self.all.iter().flatten().filter(has).copied().collect();
    }

    pub(super) fn line(
        &self,
        report: &Report,
        index: usize,
        is_selected: bool,
        columns: usize,
    ) -> Line {
        let (head, pieces) = match self.get(index) {
            Some(passage) => {
                let start = passage.start();
                let mut pieces = vec![(row::path_before(report, start.section, columns), false)];
                pieces.extend(words_around(report, passage));
                (Address::of(start).number(report), pieces)
            }
            None => {
                let elsewhere = "elsewhere: find it in the text, then press Enter there";
                ("…".into(), vec![(elsewhere.into(), false)])
            }
        };
        Line::Choice {
            is_selected,
            head: format!("{head:>7}  "),
            pieces,
        }
    }
}

/// A passage, marked where it is not the whole paragraph, with some words around it.
fn words_around(report: &Report, passage: Passage) -> Vec<(String, bool)> {
    let (start, end) = (passage.start(), passage.end());
    let text = report.text_at(start);
    let bytes = passage.bytes_in_block(start, text.len());
    let is_whole = start.byte == 0 && end.byte == report.text_at(end).len();
    let part = |range: Range<usize>| text.get(range).unwrap_or_default();
    let before = part(0..bytes.start);
    let cut = before.char_indices().rev().nth(BEFORE);
    let cut = cut.map_or(0, |(at, _)| at);
    let opening = if cut > 0 { "…" } else { "" };
    let before = format!("{opening}{}", part(cut..bytes.start));
    let marked: String = report.text_of(passage).chars().take(SHOWN).collect();
    let after = report.text_at(end).get(end.byte..).unwrap_or_default();
    let after: String = after.chars().take(SHOWN).collect();
    // On one line; blanks at the ends stay.
    let flat = |text: &str| text.replace(['\n', '\t'], " ");
    vec![
        (flat(&before), false),
        (flat(&marked), !is_whole),
        (flat(&after), false),
    ]
}

fn folded(text: &str) -> String {
    fold::fold_text(text, true).into_iter().collect()
}
