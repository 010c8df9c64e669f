//! Comparing with another edition: asked for, waited for, read, left and come back to.

use std::sync::Arc;

use super::{
    Effect, Reader,
    comparison::Comparison,
    frame::Area,
    overlay::{Awaited, Overlay},
    shelf::Purpose,
};
use crate::{
    command::Command,
    notebook::compared::Compared,
    report::address::Address,
    text::{width, wording},
};

impl Reader {
    /// Asks for the comparison of the report that is read with an older one of a name or path.
    pub(super) fn compare_with(&mut self, name: &str) {
        self.wait_for(name, Awaited::Comparison);
        self.effects.push(Effect::Compare {
            number: self.asked,
            name: name.into(),
        });
    }

    /// Goes back to the comparison that was left, else asks with which report to compare.
    pub(super) fn return_to_comparison(&mut self) {
        match self.compared.take() {
            Some(comparison) => self.overlay = Some(Overlay::Comparison(comparison)),
            None => self.choose_report(Purpose::Compare),
        }
    }

    /// Takes a comparison that was asked for, or why there is none. One that nobody waits for any
    /// longer is let go.
    pub fn hear_of_comparison(&mut self, number: u64, compared: Result<Compared, String>) {
        let Some(waiting) = self.awaited(number) else {
            return;
        };
        let name = waiting.name();
        match compared {
            Ok(compared) if compared.differs() => {
                *waiting = Overlay::Comparison(Comparison::new(name, Arc::new(compared)))
            }
            Ok(_) => {
                self.overlay = None;
                self.say(format!(
                    "`{name}` and this report are the same: nothing changed."
                ));
            }
            Err(why) => {
                self.overlay = None;
                self.warn(wording::one_line(&width::shown(&why)));
            }
        }
        self.settle();
    }

    fn comparison(&mut self) -> Option<&mut Comparison> {
        match &mut self.overlay {
            Some(Overlay::Comparison(comparison)) => Some(comparison),
            _ => None,
        }
    }

    /// Where the text of a comparison stands.
    pub fn comparison_area(&self) -> Area {
        let (columns, rows) = self.size;
        let whole = Area {
            x: 0,
            y: 0,
            width: columns,
            height: rows.saturating_sub(1),
        };
        Comparison::text_area(whole, self.settings.width)
    }

    pub(super) fn settle_comparison(&mut self) {
        let area = self.comparison_area();
        let has_signs = !self.settings.has_colour || self.settings.theme == "mono";
        if let Some(comparison) = self.comparison() {
            comparison.settle(area, has_signs);
        }
    }

    pub(super) fn scroll_comparison(&mut self, by: isize) {
        self.comparison()
            .into_iter()
            .for_each(|comparison| comparison.scroll(by));
    }

    /// Scrolls by whole pages, or by halves of them.
    pub(super) fn page_comparison(&mut self, by: isize, is_half: bool) {
        if let Some(comparison) = self.comparison() {
            let page = if is_half {
                comparison.page() / 2
            } else {
                comparison.page()
            };
            comparison.scroll(page.max(1).saturating_mul(by));
        }
    }

    pub(super) fn go_to_start_of_comparison(&mut self) {
        self.comparison()
            .into_iter()
            .for_each(Comparison::go_to_start);
    }

    pub(super) fn go_to_end_of_comparison(&mut self) {
        self.comparison()
            .into_iter()
            .for_each(Comparison::go_to_end);
    }

    /// Goes to another change or note.
    pub(super) fn next_change(&mut self, by: isize) {
        if self
            .comparison()
            .is_some_and(|comparison| !comparison.move_to_stop(by))
        {
            self.say(if by > 0 {
                "This is the last change."
            } else {
                "This is the first change."
            });
        }
    }

    pub(super) fn next_compared_section(&mut self, by: isize) {
        if self
            .comparison()
            .is_some_and(|comparison| !comparison.move_to_section(by))
        {
            self.say(if by > 0 {
                "This is the last section that changed."
            } else {
                "This is the first section that changed."
            });
        }
    }

    pub(super) fn toggle_unfolded(&mut self) {
        let Some(comparison) = self.comparison() else {
            return;
        };
        comparison.toggle_unfolded();
        let said = if comparison.is_unfolded {
            "What stayed is shown in full."
        } else {
            "What stayed is folded."
        };
        self.say(said);
    }

    /// Goes to where a change stands in the report.
    pub(super) fn open_change(&mut self) {
        let Some(target) = self.comparison().map(|comparison| comparison.target()) else {
            return;
        };
        let Some((position, is_there)) = target else {
            return self.say(format!(
                "{} goes to a change first.",
                self.keymap.shown(Command::CompareNext)
            ));
        };
        self.keep_comparison();
        self.leave_place();
        self.go_to(position.block_start());
        let (back, place) = (
            self.keymap.shown(Command::Comparison),
            Address::of(position),
        );
        let is_gone = if is_there {
            ""
        } else {
            "It is not in this edition; it stood before this. "
        };
        self.say(format!(
            "{is_gone}{place}: {back} goes back to the comparison."
        ));
    }

    pub(super) fn copy_change(&mut self) {
        if let Some(text) = self.comparison().map(|comparison| comparison.text()) {
            self.copy_text(text);
        }
    }

    /// Closes the comparison; it is kept as it is, to come back to.
    pub(super) fn keep_comparison(&mut self) {
        match self.overlay.take() {
            Some(Overlay::Comparison(comparison)) => self.compared = Some(comparison),
            other => self.overlay = other,
        }
    }
}
