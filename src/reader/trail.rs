//! The places that jumps have left: the way back is exact.

use super::Reader;
use crate::notebook::place::Place;

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

impl Reader {
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
        Place { top: self.shown_top(), cursor: self.screen.cursor }
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
