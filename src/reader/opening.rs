//! Opening another report in place of the one that is read, and going back to it.

use std::sync::Arc;

use super::{
    Effect, Reader,
    overlay::{Awaited, Overlay, Waiting},
    trail::Trail,
};
use crate::{
    command::Command,
    report::{Report, place::SavedPlace},
    text::{width, wording},
};

/// A report that was opened to be read.
#[derive(Debug)]
pub struct Opened {
    /// What opens it.
    pub name: String,
    pub report: Report,
    /// Where it was left.
    pub place: Option<SavedPlace>,
}

/// A report that was left for another one.
#[derive(Debug)]
pub(super) struct Left {
    /// What opens it.
    name: String,
    place: SavedPlace,
    report: Arc<Report>,
    trail: Trail,
}

impl Reader {
    /// Asks for a report of a name or path to be read in place of this one.
    pub(super) fn open_report(&mut self, name: &str) {
        self.ask_for_report(name, false);
    }

    /// Asks for the report that one came from; says whether there is one.
    pub(super) fn open_report_before(&mut self) -> bool {
        let before = self.came_from.last().map(|left| left.name.clone());
        before
            .iter()
            .for_each(|name| self.ask_for_report(name, true));
        before.is_some()
    }

    fn ask_for_report(&mut self, name: &str, is_back: bool) {
        if let Some(reason) = self.unsaved() {
            return self.warn(format!(
                "Not opened: what was changed here is not on disk yet ({reason})."
            ));
        }
        self.wait_for(name, Awaited::Report { is_back });
        self.effects.push(Effect::Open {
            number: self.asked,
            name: name.into(),
        });
    }

    /// Waits for another report, or for the comparison with it.
    pub(super) fn wait_for(&mut self, name: &str, awaited: Awaited) {
        self.asked += 1;
        self.overlay = Some(Overlay::Waiting(Waiting {
            number: self.asked,
            name: name.into(),
            awaited,
        }));
    }

    /// Takes a report that was asked for, or why there is none. What comes back is to be turned
    /// to, once all of this one is kept; one that nobody waits for any longer is let go.
    pub fn hear_of_report(
        &mut self,
        number: u64,
        opened: Result<Opened, String>,
    ) -> Option<Opened> {
        self.awaited(number)?;
        let refused = match opened {
            Ok(opened) if opened.report != *self.report => return Some(opened),
            Ok(opened) => format!("`{}` is the report that is open.", opened.name),
            Err(why) => wording::one_line(&width::shown(&why)),
        };
        self.overlay = None;
        self.warn(refused);
        self.settle();
        None
    }

    /// What is waited for by its number, also below the help.
    pub(super) fn awaited(&mut self, number: u64) -> Option<&mut Overlay> {
        let is_it = |overlay: &Overlay| matches!(overlay, Overlay::Waiting(waiting) if waiting.number == number);
        match &mut self.overlay {
            Some(Overlay::Help(help)) => help.below.as_deref_mut().filter(|below| is_it(below)),
            overlay => overlay.as_mut().filter(|overlay| is_it(overlay)),
        }
    }

    /// Reads another report from now on. Window, settings and what was typed on the command line
    /// stay; notebook and places are the other's, and are told as at a start.
    pub fn turn_to(&mut self, opened: Opened) {
        let place = SavedPlace::new(&self.report.clone(), self.place_here());
        let here = Left {
            name: self.name.clone(),
            place,
            report: self.report.clone(),
            trail: std::mem::take(&mut self.trail),
        };
        let is_back = matches!(
            &self.overlay,
            Some(Overlay::Waiting(Waiting {
                awaited: Awaited::Report { is_back: true },
                ..
            }))
        );
        let mut came_from = std::mem::take(&mut self.came_from);
        let left = if is_back { came_from.pop() } else { None };
        if !is_back {
            came_from.push(here);
        }
        let left = left.filter(|left| left.place.report == opened.report.id);
        let is_as_left = left.is_some();
        // Places are of the text as it was.
        let (place, trail) = left
            .map(|left| {
                (
                    left.place,
                    Some(left.trail).filter(|_| *left.report == opened.report),
                )
            })
            .unzip();
        let kept = place.or(opened.place);
        let place = kept
            .map(|kept| kept.find(&opened.report))
            .unwrap_or_default();
        let mut next = Self::new(
            Arc::new(opened.report),
            place,
            self.keymap.clone(),
            self.settings.clone(),
            self.environment,
        );
        // The very same screen, also where the cursor was not on it.
        next.holds_cursor &= !is_as_left;
        next.name = opened.name;
        next.came_from = came_from;
        next.trail = trail.flatten().unwrap_or_default();
        next.said = std::mem::take(&mut self.said);
        next.lines_run = std::mem::take(&mut self.lines_run);
        next.pipes_run = std::mem::take(&mut self.pipes_run);
        next.read_only = self.read_only.take();
        let (columns, rows) = self.size;
        *self = next;
        self.resize(columns, rows);
        let title = wording::one_line(&self.report.title);
        let back = self.keymap.shown(Command::BackThroughPlaces);
        match self.came_from.last() {
            Some(left) if !is_back => {
                self.say(format!("{title}; {back} goes back to `{}`.", left.name))
            }
            _ => self.say(title),
        }
    }
}
