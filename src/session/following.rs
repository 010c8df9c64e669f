//! Looking for annotations of another edition, on threads beside the reading.

use crate::notebook::resolution::Found;
use crate::report::position::Passage;
use std::sync::{Arc, mpsc::Sender};

use super::{Event, Session};
use crate::{
    edition::{Edition, anchor::Anchor},
    notebook::resolution::{self, Astray},
    report::Report,
    store::editions::Editions,
};

/// What it takes to look for annotations of another edition.
pub(crate) struct Following {
    pub editions: Editions,
    pub report: Arc<Report>,
    pub tell: Sender<Event>,
}

impl Session {
    /// Where no thread can be started they stay as they are shown, as unsure.
    pub(crate) fn follow(&self, edition: Edition, astray: Vec<Astray>) {
        let Some(Following {
            editions,
            report,
            tell,
        }) = &self.following
        else {
            return;
        };
        let (tell, of) = (tell.clone(), report.clone());
        let found = move |found| drop(tell.send(Event::Found(of.clone(), found)));
        drop(start(
            editions.clone(),
            report.clone(),
            edition,
            astray,
            found,
        ));
    }

    /// Where no thread can be started none is offered, and the place can be looked for by hand.
    pub(crate) fn find_places(&self, edition: Edition, id: String, anchor: Anchor) {
        let Some(Following {
            editions,
            report,
            tell,
        }) = &self.following
        else {
            return;
        };
        let (tell, of) = (tell.clone(), report.clone());
        let found = move |places| drop(tell.send(Event::Places(of.clone(), id, places)));
        drop(start_places(
            editions.clone(),
            report.clone(),
            edition,
            anchor,
            found,
        ));
    }
}

/// Starts a thread that follows annotations and tells what it finds, bit by bit.
///
/// # Errors
/// Where no thread can be started.
fn start(
    editions: Editions,
    report: Arc<Report>,
    edition: Edition,
    astray: Vec<Astray>,
    tell: impl Fn(Vec<Found>) + Send + 'static,
) -> std::io::Result<()> {
    let work = move || resolution::find(&editions, &report, &edition, astray, tell);
    std::thread::Builder::new()
        .name("follower".into())
        .spawn(work)
        .map(drop)
}

/// Starts a thread that looks for every place that could be an annotation's, and tells them.
///
/// # Errors
/// Where no thread can be started.
fn start_places(
    editions: Editions,
    report: Arc<Report>,
    edition: Edition,
    anchor: Anchor,
    tell: impl FnOnce(Vec<Passage>) + Send + 'static,
) -> std::io::Result<()> {
    let work = move || tell(resolution::places(&editions, &report, &edition, &anchor));
    std::thread::Builder::new()
        .name("places".into())
        .spawn(work)
        .map(drop)
}
