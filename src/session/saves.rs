//! What saves the notebook of the report that is read: begun, asked and ended.

use std::{
    io,
    sync::Arc,
    time::{Duration, Instant},
};

use super::{Event, Session, Terminal};
use crate::{
    notebook::news::Reply,
    reader::Opened,
    report::{Report, place::SavedPlace},
    store::{Store, saver::Saver},
};

/// How long after the last movement the place of reading is saved.
const PLACE_AFTER: Duration = Duration::from_millis(200);
/// How long typed text goes without a draft.
const DRAFT_AFTER: Duration = Duration::from_millis(1500);

impl<T: Terminal> Session<T> {
    /// Begins to save the notebook of the report that is read. Without a home nothing is saved.
    ///
    /// # Errors
    /// Where no thread can be started.
    pub fn start_saver(&mut self) -> io::Result<()> {
        let Some(home) = self.home.clone() else {
            return Ok(());
        };
        let (report, sender) = (self.reader.report().clone(), self.sender.clone());
        let of = report.clone();
        let reply = move |reply| drop(sender.send(Event::Saver(of.clone(), reply)));
        self.saver = Some(Saver::start(Store::new(home), report, reply)?);
        Ok(())
    }

    /// Waits until all is saved, and remembers what could not be.
    pub(super) fn stop_saver(&mut self) {
        let unsaved = self.saver.take().and_then(Saver::stop);
        self.rescued.extend(unsaved);
    }

    /// Takes what is said of a notebook; of a report that is no longer read, only that all is saved.
    pub(super) fn hear(&mut self, of: &Arc<Report>, reply: Reply) {
        self.drop_edited(&reply);
        if Arc::ptr_eq(of, self.reader.report()) {
            self.reader.hear(reply);
        }
    }

    /// Asks for draft and place to be saved where they are due.
    pub(super) fn save_due(&mut self) {
        let now = Instant::now();
        if self.draft_due.take_if(|due| *due <= now).is_some() {
            self.reader.save_draft_now();
            self.perform_saves();
        }
        if self.place_due.take_if(|due| *due <= now).is_some() {
            self.save_place();
        }
    }

    /// Sets the time at which what has changed is saved.
    pub(super) fn note_changes(&mut self) {
        self.place_due = Some(Instant::now() + PLACE_AFTER);
        let is_typing = self.reader.has_undrafted_text();
        self.perform_saves();
        self.draft_due = match (is_typing, self.draft_due) {
            (true, None) => Some(Instant::now() + DRAFT_AFTER),
            (true, due) => due,
            (false, _) => None,
        };
    }

    pub(super) fn save_place(&mut self) {
        if let Some(saver) = &self.saver {
            let read = self.reader.changed_progress();
            read.into_iter().for_each(|read| saver.save_progress(read));
            saver.save_place(self.reader.saved_place());
        }
    }

    /// Leaves nothing on the screen, and then saves: what is not saved soon goes to a rescue file.
    /// Nothing is said.
    pub(super) fn vanish(&mut self) {
        self.terminal
            .vanish(self.reader.settings().clears_scrollback);
        self.reader.save_draft_now();
        self.perform_saves();
        if let Some(saver) = self.saver.take() {
            let place = self.reader.saved_place();
            saver.save_place(SavedPlace {
                is_hidden: true,
                ..place
            });
            saver.stop_soon();
        }
    }

    /// Asks for draft and place to be saved.
    pub(super) fn save_all(&mut self) {
        self.reader.save_draft_now();
        self.perform_saves();
        self.save_place();
    }

    /// Saves draft and place, and waits until all is saved.
    pub fn end(&mut self) {
        self.save_all();
        self.stop_saver();
    }

    /// Turns to a report that was asked for, once all of the one that is read is saved.
    pub(super) fn take_opened(
        &mut self,
        number: u64,
        opened: Result<Opened, String>,
    ) -> io::Result<()> {
        let Some(opened) = self.reader.hear_of_report(number, opened) else {
            return Ok(());
        };
        self.end();
        (self.place_due, self.draft_due) = (None, None);
        self.reader.turn_to(opened);
        self.start_saver()
    }
}
