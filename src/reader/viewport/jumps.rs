//! The jump list: the places that jumps have left. The way back is exact.

use super::Viewport;
use crate::report::place::Place;

/// Most places that are remembered.
const LONGEST: usize = 200;

/// The places that jumps have left.
#[derive(Debug, Default)]
pub(crate) struct JumpList {
    back: Vec<Place>,
    forward: Vec<Place>,
    /// Where the last jump began.
    last: Option<Place>,
}

impl JumpList {
    /// Remembers a place that a jump leaves.
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

impl Viewport {
    /// All places of the jump list, the earliest first; the one here stands between those before
    /// and after it.
    pub fn jumps(&self) -> Vec<Place> {
        let forward = self.jumps.forward.iter().rev();
        let here = std::iter::once(&self.place);
        let back = self.jumps.back.iter();
        back.chain(here).chain(forward).copied().collect()
    }

    /// Which of [`Viewport::jumps`] is the place here.
    pub fn jump_here(&self) -> usize {
        self.jumps.back.len()
    }

    /// The places that jumps have left, the last one last.
    pub(crate) fn left(&self) -> &[Place] {
        &self.jumps.back
    }

    /// Takes places that jumps had left in an earlier session.
    pub(crate) fn take_left(&mut self, places: Vec<Place>) {
        self.jumps.back = places;
    }

    /// Remembers the place here, before a jump.
    pub(crate) fn leave(&mut self) {
        let here = self.place_here();
        self.jumps.leave(here);
    }

    /// Remembers a place as one that a jump has left.
    pub(crate) fn leave_at(&mut self, place: Place) {
        self.jumps.leave(place);
    }

    /// The place as it is on the screen, or as it was where another is shown for a while.
    pub fn place_here(&mut self) -> Place {
        if self.preview.is_some() {
            return self.place;
        }
        Place {
            top: self.shown_top(),
            cursor: self.cursor,
        }
    }

    /// Goes back to where the last jump began, and forth again; says whether there was one.
    pub(crate) fn go_back(&mut self) -> bool {
        let Some(place) = self.jumps.last else {
            return false;
        };
        self.jumps.last = Some(self.place_here());
        self.restore(place);
        true
    }

    /// Goes back through the jump list; returns how many steps were left at its start.
    pub(crate) fn back(&mut self, count: usize) -> usize {
        for done in 0..count.min(LONGEST) {
            let here = self.place_here();
            let Some(place) = self.jumps.back.pop() else {
                return count - done;
            };
            self.jumps.forward.push(here);
            self.jumps.last = Some(here);
            self.restore(place);
        }
        0
    }

    /// Goes forward through the jump list; returns how many steps were left at its end.
    pub(crate) fn forward(&mut self, count: usize) -> usize {
        for done in 0..count.min(LONGEST) {
            let here = self.place_here();
            let Some(place) = self.jumps.forward.pop() else {
                return count - done;
            };
            self.jumps.back.push(here);
            self.jumps.last = Some(here);
            self.restore(place);
        }
        0
    }

    /// Takes the jump list out, to be put into another viewport.
    pub(crate) fn take_jumps(&mut self) -> JumpList {
        std::mem::take(&mut self.jumps)
    }

    /// Puts a jump list in.
    pub(crate) fn put_jumps(&mut self, jumps: JumpList) {
        self.jumps = jumps;
    }

    fn restore(&mut self, place: Place) {
        self.at_sentence = false;
        self.place = place;
        self.lay();
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::{
        command::settings::Settings,
        reader::viewport::Room,
        report::{position::Position, snapshot},
    };

    fn viewport() -> Viewport {
        let mut viewport = Viewport::new(Arc::new(snapshot::bundled()), Place::default());
        viewport.resize(80, 24);
        viewport.fit(&Settings::default(), Room::default());
        viewport
    }

    #[test]
    fn the_way_back_leads_to_the_same_top_line() {
        let mut viewport = viewport();
        viewport.scroll(3);
        let left = viewport.place_here();
        viewport.jump_to(Position::new(2, 3, 0));
        viewport.fit(&Settings::default(), Room::default());
        let there = viewport.place_here();
        assert_ne!(left, there);
        assert_eq!(viewport.back(1), 0);
        assert_eq!(viewport.place_here(), left);
        assert_eq!(viewport.forward(1), 0);
        assert_eq!(viewport.place_here(), there);
        assert_eq!(viewport.forward(2), 2, "the list ends here");
        assert!(viewport.go_back());
        assert_eq!(viewport.place_here(), left);
    }

    #[test]
    fn the_list_holds_the_latest_jumps_alone() {
        let mut viewport = viewport();
        for jump in 0..2 * LONGEST {
            viewport.jump_to(Position::new(1 + jump % 2, jump % 5, 0));
            viewport.fit(&Settings::default(), Room::default());
        }
        assert_eq!(viewport.jump_here(), LONGEST);
    }
}
