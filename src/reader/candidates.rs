//! The places that could be an annotation's, to choose one from.

use std::ops::Range;

use super::{
    Reader,
    choosing::{ChoiceLine, Choices, Chooser},
    overlay::Overlay,
};
use crate::{
    command::Command,
    notebook::passage,
    report::{
        Report,
        address::Address,
        place::Place,
        position::{Passage, Position},
    },
    text::fold,
};

/// Characters of the paragraph that are shown before a passage.
const BEFORE: usize = 24;
/// Characters of a passage and of what follows that are shown, at the most.
const SHOWN: usize = 400;

/// Places to choose from; the last choice is to look for another one in the text.
#[derive(Debug)]
pub struct Candidates {
    /// Id of the annotation.
    pub id: String,
    /// The best first; `None` while they are looked for.
    places: Option<Vec<Passage>>,
    /// Those that fit the filter.
    shown: Vec<Passage>,
}

impl Candidates {
    pub fn new(id: &str) -> Self {
        Self {
            id: id.into(),
            places: None,
            shown: Vec::new(),
        }
    }

    pub fn are_known(&self) -> bool {
        self.places.is_some()
    }

    /// Places that fit the filter, without the last choice.
    pub fn count(&self) -> usize {
        self.shown.len()
    }

    /// The place of a row; `None` for the last choice.
    pub(super) fn place(&self, row: usize) -> Option<Passage> {
        self.shown.get(row).copied()
    }

    /// The same with the places whose paragraph has what is typed.
    pub(super) fn filtered(&self, filter: &str, report: &Report) -> Self {
        let wanted = fold(filter.trim());
        let has = |passage: &&Passage| fold(report.text_at(passage.start())).contains(&wanted);
        let shown = self.places.iter().flatten().filter(has).copied().collect();
        Self {
            id: self.id.clone(),
            places: self.places.clone(),
            shown,
        }
    }
}

impl Reader {
    /// Takes the places that could be an annotation's, where one still chooses from them. The one
    /// where it is shown is among them.
    pub(super) fn take_places(&mut self, id: &str, mut places: Vec<Passage>) {
        let shown = self.notebook.entry(id).and_then(passage);
        places.splice(0..0, shown.filter(|shown| !places.contains(shown)));
        let overlay = match &mut self.overlay {
            Some(Overlay::Help(help)) => help.below.as_deref_mut(),
            other => other.as_mut(),
        };
        let Some(Overlay::Chooser(Chooser {
            choices: Choices::Candidates(candidates),
            rows,
            ..
        })) = overlay
        else {
            return;
        };
        if candidates.id != id {
            return;
        }
        *rows = places.len() + 1;
        candidates.places = Some(places);
        self.choose();
    }

    /// The passage that is selected among candidates, to be seen in the text.
    pub(super) fn candidate(&self) -> Option<Passage> {
        match &self.overlay {
            Some(Overlay::Chooser(Chooser {
                choices: Choices::Candidates(candidates),
                selected,
                ..
            })) => candidates.place(*selected),
            _ => None,
        }
    }

    fn candidates(&self) -> Option<&Candidates> {
        match &self.overlay {
            Some(Overlay::Chooser(Chooser {
                choices: Choices::Candidates(candidates),
                ..
            })) => Some(candidates),
            _ => None,
        }
    }

    /// Id of the annotation whose candidates are listed.
    pub(super) fn candidates_id(&self) -> Option<String> {
        self.candidates().map(|candidates| candidates.id.clone())
    }

    /// Whether there is a list whose candidates are not known yet.
    pub(super) fn is_looking_for_places(&self) -> bool {
        self.candidates()
            .is_some_and(|candidates| !candidates.are_known())
    }

    /// Where an annotation stood, or the paragraph nearest to that in its section.
    pub(super) fn place_it_had(&mut self, id: &str) -> Option<Place> {
        let start = &self.notebook.entry(id)?.annotation.anchor.start;
        let at = start.position(&self.report)?;
        let last = self
            .report
            .sections
            .get(at.section)?
            .blocks
            .len()
            .checked_sub(1)?;
        let passage =
            self.report
                .passage_of_block(Position::new(at.section, at.block.min(last), 0));
        Some(self.place_of_passage(passage))
    }

    pub(super) fn line_of_candidate(
        &self,
        candidates: &Candidates,
        row: usize,
        is_selected: bool,
    ) -> ChoiceLine {
        let Some(passage) = candidates.place(row) else {
            let here = self.keymap.shown(Command::SettleHere);
            let pieces = vec![(format!("elsewhere: go there, then {here}"), false)];
            return ChoiceLine::Choice {
                is_selected,
                head: format!("{:>7}  ", "…"),
                pieces,
            };
        };
        let head = format!("{:>7}  ", Address::of(passage.start()).to_string());
        ChoiceLine::Choice {
            is_selected,
            head,
            pieces: self.words_around(passage),
        }
    }

    /// A passage, marked where it is not the whole paragraph, with some words around it.
    fn words_around(&self, passage: Passage) -> Vec<(String, bool)> {
        let (start, end) = (passage.start(), passage.end());
        let text = self.report.text_at(start);
        let bytes = passage.bytes_in_block(start, text.len());
        let is_whole = start.byte == 0 && end.byte == self.report.text_at(end).len();
        let part = |range: Range<usize>| text.get(range).unwrap_or_default();
        let before = part(0..bytes.start);
        let cut = before
            .char_indices()
            .rev()
            .nth(BEFORE)
            .map_or(0, |(at, _)| at);
        let opening = if cut > 0 { "…" } else { "" };
        let before = format!("{opening}{}", part(cut..bytes.start));
        let marked: String = self.report.text_of(passage).chars().take(SHOWN).collect();
        let after: String = self
            .report
            .text_at(end)
            .get(end.byte..)
            .unwrap_or_default()
            .chars()
            .take(SHOWN)
            .collect();
        vec![
            (flat(&before), false),
            (flat(&marked), !is_whole),
            (flat(&after), false),
        ]
    }
}

/// On one line; blanks at the ends stay.
fn flat(text: &str) -> String {
    text.replace(['\n', '\t'], " ")
}

fn fold(text: &str) -> String {
    fold::fold_text(text, true).into_iter().collect()
}
