//! Looking for annotations of another edition, on threads beside the reading.

use std::sync::{Arc, mpsc::Sender};

use super::{Event, Session};
use crate::{
    notebook::{
        editions::Editions,
        following::{self, Astray},
        keeper::Reply,
    },
    report::{Report, anchor::Anchor, edition::Edition},
};

/// What it takes to look for annotations of another edition.
pub(super) struct Following {
    pub editions: Editions,
    pub report: Arc<Report>,
    pub tell: Sender<Event>,
}

impl Session {
    /// Where no thread can be started they stay as they are shown, as unsure.
    pub(super) fn follow(&self, edition: Edition, astray: Vec<Astray>) {
        let Some(Following {
            editions,
            report,
            tell,
        }) = &self.following
        else {
            return;
        };
        let (tell, of) = (tell.clone(), report.clone());
        let found = move |found| drop(tell.send(Event::Keeper(of.clone(), Reply::Found(found))));
        drop(following::start(
            editions.clone(),
            report.clone(),
            edition,
            astray,
            found,
        ));
    }

    /// Where no thread can be started none is offered, and the place can be looked for by hand.
    pub(super) fn find_places(&self, edition: Edition, id: String, anchor: Anchor) {
        let Some(Following {
            editions,
            report,
            tell,
        }) = &self.following
        else {
            return;
        };
        let (tell, of) = (tell.clone(), report.clone());
        let found =
            move |places| drop(tell.send(Event::Keeper(of.clone(), Reply::Places { id, places })));
        drop(following::start_places(
            editions.clone(),
            report.clone(),
            edition,
            anchor,
            found,
        ));
    }
}
