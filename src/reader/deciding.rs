//! Reviewing where annotations stand in another edition, one after the other: accepted as they are
//! shown, put where their passage is, kept as orphans.

use super::{
    Reader,
    candidates::Candidates,
    choosing::Choices,
    overlay::{Overlay, Panel},
};
use crate::{
    command::Command,
    edition::anchor::{Anchor, Resolution},
    notebook::{
        Change, Entry, passage,
        review::{Decision, Verdict},
    },
    report::{place::Place, position::Passage},
    text::wording,
};

/// An annotation whose passage is being looked for in the text.
#[derive(Debug)]
pub struct Placing {
    /// Id of the annotation.
    pub id: String,
    /// Where one came from, to return to.
    pub below: Option<Box<Overlay>>,
}

impl Reader {
    /// Settles that an annotation stands as it is shown: here, or nowhere in this edition.
    pub(super) fn accept_place(&mut self) {
        let Some(entry) = self.entry_to_settle() else {
            return;
        };
        if entry.is_reviewed {
            let withdraw = self.keymap.shown(Command::Withdraw);
            return self.say(format!(
                "This is settled already; {withdraw} takes that back."
            ));
        }
        if !entry.needs_review() {
            let pick = self.keymap.shown(Command::PickPlace);
            return self.say(format!(
                "It has only moved, to the letter; {pick} puts it elsewhere."
            ));
        }
        let verdict = passage(&entry).map_or(Verdict::Gone, |passage| self.here(passage));
        self.settle_as(&entry, Some(verdict));
    }

    /// Settles that this edition does not have the passage of an annotation.
    pub(super) fn keep_as_orphan(&mut self) {
        let Some(entry) = self.entry_to_settle() else {
            return;
        };
        self.settle_as(&entry, Some(Verdict::Gone));
    }

    /// Takes back what was settled of an annotation.
    pub(super) fn withdraw(&mut self) {
        let Some(entry) = self.entry_to_settle() else {
            return;
        };
        if self.notebook.decision(&entry.annotation.id).is_none() {
            return self.say("This is not settled, so there is nothing to take back.");
        }
        self.settle_as(&entry, None);
    }

    /// Offers the places that could be an annotation's.
    pub(super) fn pick_place(&mut self) {
        if self.is_read_only() {
            return;
        }
        let Some(entry) = self.entry_to_settle() else {
            return;
        };
        self.preview = None;
        self.selection = None;
        let below = self
            .overlay
            .take()
            .map(Box::new)
            .or_else(|| self.placing.take().and_then(|placing| placing.below));
        self.open_chooser(
            Choices::Candidates(Candidates::new(&entry.annotation.id)),
            below,
        );
        let edition = self.edition().clone();
        self.effects.push(super::Effect::FindPlaces {
            edition,
            id: entry.annotation.id,
            anchor: entry.annotation.anchor,
        });
    }

    /// Puts an annotation on the selection, else on the hit or paragraph at the cursor: the one whose
    /// passage is looked for, else the one here.
    pub(super) fn settle_here(&mut self) {
        let Some(target) = self.target() else {
            return self.say("There is no paragraph here to put it on.");
        };
        if self.is_too_long(target) || self.is_read_only() {
            return;
        }
        let Some(entry) = self.entry_to_settle() else {
            return;
        };
        let verdict = self.here(target);
        self.selection = None;
        if let Some(placing) = self.placing.take() {
            self.overlay = placing.below.map(|below| *below);
        }
        self.settle_as(&entry, Some(verdict));
    }

    /// Settles that an annotation stands on a passage that was picked.
    pub(super) fn settle_at(&mut self, id: &str, passage: Passage) {
        if self.is_too_long(passage) {
            return;
        }
        let Some(entry) = self.notebook.entry(id).cloned() else {
            return;
        };
        let verdict = self.here(passage);
        self.settle_as(&entry, Some(verdict));
    }

    /// Lets one look for the passage in the text, from where it stood.
    pub(super) fn look_for_place(&mut self, id: String) {
        let below = self.overlay.take().map(Box::new);
        self.preview = None;
        if let Some(place) = self.place_it_had(&id) {
            self.leave_place();
            self.place = place;
        }
        self.placing = Some(Placing { id, below });
    }

    /// Returns from looking for a passage in the text; says whether one was doing that.
    pub(super) fn leave_placing(&mut self) -> bool {
        let Some(placing) = self.placing.take() else {
            return false;
        };
        self.overlay = placing.below.map(|below| *below);
        self.show_behind_panel();
        self.say("Nothing was settled.");
        true
    }

    /// Whether what is selected in the list or shown in the panel needs a look.
    pub fn shows_doubt(&self) -> bool {
        match &self.overlay {
            Some(Overlay::List(list)) => list
                .current()
                .is_some_and(|item| item.entry.needs_review() && !item.is_draft),
            Some(Overlay::Panel(_)) => self.panel_entry().is_some_and(Entry::needs_review),
            _ => false,
        }
    }

    /// What to do while a passage is looked for, with the first words of it, in few columns.
    pub fn placing_hint(&self) -> Option<String> {
        let entry = self.notebook.entry(&self.placing.as_ref()?.id)?;
        let here = self.keymap.shown(Command::SettleHere);
        Some(format!(
            "{here} puts it here, Esc returns: “{}”",
            wording::one_line(&entry.annotation.anchor.quote)
        ))
    }

    fn here(&mut self, passage: Passage) -> Verdict {
        let edition = self.edition().clone();
        Verdict::Here(Box::new(Anchor::new(&self.report, &edition, passage)))
    }

    /// What a command that settles is about: the annotation that is selected in the list or shown,
    /// the one that is looked for, else the one at the cursor. Says why where there is none.
    fn entry_to_settle(&mut self) -> Option<Entry> {
        let can_settle =
            |entry: &&Entry| entry.is_reviewed || !matches!(entry.resolution, Resolution::Exact(_));
        let id = match (&self.overlay, &self.placing) {
            (Some(Overlay::List(list)), _) => list
                .current()
                .filter(|item| !item.is_draft)
                .map(|item| item.entry.annotation.id.clone()),
            (Some(Overlay::Panel(_)), _) => {
                self.panel_entry().map(|entry| entry.annotation.id.clone())
            }
            (_, Some(placing)) => Some(placing.id.clone()),
            (_, None) => {
                let here = self.ids_here(|entry| can_settle(&entry));
                if here.len() > 1 {
                    self.open_panel(here, "choose with n; then y, p, o or w settles it");
                    return None;
                }
                here.into_iter().next()
            }
        };
        let entry = id.and_then(|id| self.notebook.entry(&id)).cloned();
        match entry.filter(|entry| can_settle(&entry)) {
            Some(entry) => Some(entry),
            None => {
                let list = self.keymap.shown(Command::ListToCheck);
                self.say(format!(
                    "There is nothing here to settle; {list} lists what needs a look."
                ));
                None
            }
        }
    }

    /// Keeps what was settled and goes on to the next that needs a look.
    fn settle_as(&mut self, entry: &Entry, verdict: Option<Verdict>) {
        if self.is_read_only() {
            return;
        }
        let annotation = entry.annotation.clone();
        let next = self.next_to_check(&annotation.id);
        let goes_on = verdict.is_some();
        let edition = self.edition().hash.clone();
        let old = self.notebook.decision(&annotation.id).cloned();
        let new = verdict
            .map(|verdict| Decision::new(&annotation, &edition, verdict, (self.environment.now)()));
        self.change(Change::Decide {
            annotation,
            old,
            new,
        });
        if goes_on {
            self.go_on_to(next);
        }
    }

    /// The annotation after this one that needs a look, in the order of the list that is open or
    /// in reading order; from the end on from the start.
    fn next_to_check(&self, id: &str) -> Option<String> {
        let list = match &self.overlay {
            Some(Overlay::List(list)) => Some(list),
            Some(Overlay::Panel(panel)) => match panel.below.as_deref() {
                Some(Overlay::List(list)) => Some(list),
                _ => None,
            },
            _ => None,
        };
        let ids: Vec<&str> = match list {
            Some(list) => list.ids().collect(),
            None => self
                .notebook
                .entries()
                .iter()
                .map(|entry| entry.annotation.id.as_str())
                .collect(),
        };
        let at = ids.iter().position(|of| *of == id).unwrap_or(0);
        let (before, after) = ids.split_at_checked(at)?;
        // What the list shows below a panel is what was there when the panel was opened.
        let needs_review =
            |of: &&&str| **of != id && self.notebook.entry(of).is_some_and(Entry::needs_review);
        after
            .iter()
            .chain(before)
            .find(needs_review)
            .map(|next| (*next).to_owned())
    }

    fn go_on_to(&mut self, next: Option<String>) {
        match (&self.overlay, next) {
            (Some(Overlay::List(_)), next) => self.select_listed(next.as_deref()),
            (Some(Overlay::Panel(_)), Some(next)) => self.show_in_panel(next),
            (Some(Overlay::Panel(_)), None) => self.close_panel(),
            _ => {}
        }
    }

    /// Shows in the list or panel that is open what an undo or redo settles otherwise.
    pub(super) fn show_again(&mut self, change: &Change) {
        let id = &change.annotation().id;
        match &self.overlay {
            _ if !matches!(change, Change::Decide { .. }) => {}
            Some(Overlay::List(_)) => self.select_listed(Some(id)),
            Some(Overlay::Panel(_)) => self.show_in_panel(id.clone()),
            _ => {}
        }
    }

    /// Shows another annotation in the panel that is open, and its passage behind.
    fn show_in_panel(&mut self, id: String) {
        let Some(Overlay::Panel(panel)) = &mut self.overlay else {
            return;
        };
        *panel = Panel {
            ids: vec![id.clone()],
            shown: 0,
            scroll: 0,
            below: panel.below.take(),
        };
        if panel.below.is_some() {
            return self.show_behind_panel();
        }
        if let Some(passage) = self.notebook.entry(&id).and_then(passage) {
            self.leave_place();
            self.go_to(passage.start());
        }
    }

    /// Shows the passage of what a panel over a list shows; the place of reading stays.
    pub(super) fn show_behind_panel(&mut self) {
        let Some(Overlay::Panel(Panel { below: Some(_), .. })) = &self.overlay else {
            return;
        };
        let shown = self.panel_entry().and_then(passage);
        self.preview = shown.map(|passage| self.place_of_passage(passage));
    }

    /// A place at which a passage is on the screen, with some rows above it.
    pub(super) fn place_of_passage(&mut self, passage: Passage) -> Place {
        let row = self.layout.row_of(&self.report, passage.start());
        let lead = (self.height() / 6) as isize;
        let (top, _) = self.walk().step(row, -lead);
        Place {
            top: self.walk().top_of(top),
            cursor: passage.start(),
        }
    }
}
