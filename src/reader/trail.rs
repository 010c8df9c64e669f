//! The places that jumps have left: the way back is exact.

use super::{Reader, choosing::ChoiceLine};
use crate::{
    report::{address::Address, place::Place},
    search::{Pattern, Query},
    text::wording,
};

/// Most places that are remembered.
const LONGEST: usize = 200;

/// The trail of places.
#[derive(Debug, Default)]
pub struct Trail {
    back: Vec<Place>,
    forward: Vec<Place>,
    /// Where the last jump began.
    last: Option<Place>,
}

impl Trail {
    /// Notes a place that a jump leaves.
    fn leave(&mut self, place: Place) {
        self.last = Some(place);
        self.forward.clear();
        if self.back.last() != Some(&place) {
            self.back.push(place);
        }
        if self.back.len() > LONGEST {
            self.back.remove(0);
        }
    }
}

impl Trail {
    /// How many places one can go back through.
    pub(super) fn length_back(&self) -> usize {
        self.back.len()
    }
}

impl Reader {
    /// All places, the earliest first; the one here stands between those before and after it.
    pub(super) fn places(&self) -> Vec<Place> {
        let forward = self.trail.forward.iter().rev();
        self.trail
            .back
            .iter()
            .chain(std::iter::once(&self.place))
            .chain(forward)
            .copied()
            .collect()
    }

    /// Places whose paragraph or section title has every word of a text, by their number.
    pub(super) fn places_for(&self, text: &str) -> Vec<usize> {
        let word = |word: &str| {
            Pattern::new(&Query {
                text: word.into(),
                ..Query::default()
            })
            .ok()
        };
        let words: Vec<Pattern> = text.split_whitespace().filter_map(word).collect();
        let fits = |place: &Place| {
            let title = self
                .report
                .sections
                .get(place.cursor.section)
                .map_or("", |section| section.title.as_str());
            words
                .iter()
                .all(|word| word.is_in(title) || word.is_in(self.report.text_at(place.cursor)))
        };
        self.places()
            .iter()
            .enumerate()
            .filter(|(_, place)| fits(place))
            .map(|(number, _)| number)
            .collect()
    }

    pub(super) fn line_of_place(&self, number: usize, is_selected: bool) -> ChoiceLine {
        let place = self.places().get(number).copied().unwrap_or_default();
        let here = if number == self.trail.length_back() {
            "▸ "
        } else {
            "  "
        };
        let head = format!("{:>7}{here}", Address::of(place.cursor).to_string());
        let text = self
            .report
            .text_at(place.cursor)
            .get(place.cursor.byte..)
            .unwrap_or_default();
        let title = || {
            self.report
                .sections
                .get(place.cursor.section)
                .map_or("", |section| section.title.as_str())
        };
        let words: String = if text.is_empty() {
            title().to_owned()
        } else {
            text.chars().take(400).collect()
        };
        ChoiceLine::Choice {
            is_selected,
            head,
            pieces: vec![(wording::one_line(&words), false)],
        }
    }

    /// Goes back or forward to a place by its number.
    pub(super) fn go_to_place(&mut self, number: usize) {
        let here = self.trail.length_back();
        match number.checked_sub(here) {
            Some(0) => self.say("This is where you are."),
            Some(forward) => self.forward_through_places(forward),
            None => self.back_through_places(here - number),
        }
    }

    /// Notes the place here, before a jump.
    pub(super) fn leave_place(&mut self) {
        let here = self.place_here();
        self.trail.leave(here);
    }

    /// The place as it is on the screen, or as it was where something else is shown for a while.
    pub fn place_here(&mut self) -> Place {
        if self.preview.is_some() {
            return self.place;
        }
        Place {
            top: self.shown_top(),
            cursor: self.screen.cursor,
        }
    }

    pub(super) fn go_back(&mut self) {
        let here = self.place_here();
        match self.trail.last.replace(here) {
            Some(place) => self.restore(place),
            None => {
                self.trail.last = None;
                self.say("There was no jump yet to go back from.");
            }
        }
    }

    pub(super) fn back_through_places(&mut self, count: usize) {
        for _ in 0..count.min(LONGEST) {
            let here = self.place_here();
            let Some(place) = self.trail.back.pop() else {
                if self.open_report_before() {
                    return;
                }
                return self.say("This is the earliest place.");
            };
            self.trail.forward.push(here);
            self.trail.last = Some(here);
            self.restore(place);
        }
    }

    pub(super) fn forward_through_places(&mut self, count: usize) {
        for _ in 0..count.min(LONGEST) {
            let here = self.place_here();
            let Some(place) = self.trail.forward.pop() else {
                return self.say("This is the latest place.");
            };
            self.trail.back.push(here);
            self.trail.last = Some(here);
            self.restore(place);
        }
    }

    fn restore(&mut self, place: Place) {
        self.at_sentence = false;
        self.place = place;
        self.settle();
    }
}
