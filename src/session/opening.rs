//! What keeps the notebook of the report that is read, and opening another in its place.

use std::{io, sync::Arc};

use super::{Event, Session, following::Following};
use crate::{
    disk::home::Home,
    library,
    notebook::news::Reply,
    reader::{Opened, Reader},
    report::Report,
    store::{Store, saver::Saver},
};

impl Session {
    /// Starts the keeping of the notebook of the report that is read.
    pub(crate) fn start_saver(&mut self, reader: &Reader, store: Store) -> io::Result<()> {
        let (report, replies) = (reader.report().clone(), self.sender.clone());
        self.following = Some(Following {
            editions: store.editions(),
            report: report.clone(),
            tell: self.sender.clone(),
        });
        let of = report.clone();
        let tell = move |reply| drop(replies.send(Event::Saver(of.clone(), reply)));
        self.keeper = Some(Saver::start(store, report, tell)?);
        Ok(())
    }

    /// Waits until all is kept, and remembers what could not be.
    pub(crate) fn stop_saver(&mut self) {
        self.following = None;
        self.rescued
            .extend(self.keeper.take().and_then(Saver::stop));
    }

    /// Takes what is said of a notebook; of a report that is no longer read, only that all is kept.
    pub(crate) fn hear(&mut self, reader: &mut Reader, of: &Arc<Report>, reply: Reply) {
        self.drop_edited(&reply);
        if Arc::ptr_eq(of, reader.report()) {
            reader.hear(reply);
            self.perform_quietly(reader);
        }
    }

    /// Opens a report beside the reading.
    pub(crate) fn open(&self, reader: &mut Reader, number: u64, name: String) {
        let (home, sender) = (self.home.clone(), self.sender.clone());
        let work = move || drop(sender.send(Event::Opened(number, opened(home, &name))));
        if let Err(error) = std::thread::Builder::new()
            .name("opener".into())
            .spawn(work)
        {
            // Nothing is opened, so there is nothing to turn to.
            drop(reader.hear_of_report(number, Err(format!("could not open a report: {error}"))));
        }
    }

    /// Turns to a report that was asked for, once all of the one that is read is kept.
    pub(crate) fn take_opened(
        &mut self,
        reader: &mut Reader,
        number: u64,
        opened: Result<Opened, String>,
    ) -> io::Result<()> {
        let Some(opened) = reader.hear_of_report(number, opened) else {
            return Ok(());
        };
        self.save_all(reader);
        self.stop_saver();
        (self.place_due, self.draft_due) = (None, None);
        reader.turn_to(opened);
        match self.home.clone() {
            Some(home) => self.start_saver(reader, Store::new(home)),
            None => Ok(()),
        }
    }
}

/// Opens a report of a name or path.
///
/// # Errors
/// Where there is no such report, or it cannot be read: what failed and why, in words.
pub fn opened(home: Option<Home>, name: &str) -> Result<Opened, String> {
    let report = library::open(Some(name), home.as_ref()).map_err(|error| error.to_string())?;
    let place = home
        .map(Store::new)
        .and_then(|store| store.place(&report.id));
    Ok(Opened {
        name: name.into(),
        report,
        place,
    })
}
