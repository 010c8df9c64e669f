//! Jobs beside the reading, each on a thread of its own: other reports, positions in this edition,
//! commands that get what is copied.

use std::{
    io,
    panic::{AssertUnwindSafe, catch_unwind},
    sync::Arc,
    time::{Duration, Instant},
};

use super::{End, Event, Job, Session, Terminal, external};
use crate::{
    disk::home::Home,
    edition::{Edition, anchor::Anchor},
    library,
    notebook::{
        annotation::Annotation,
        compared::Compared,
        resolution::{self, Unresolved},
    },
    reader::{Copied, Opened, OtherReport},
    report::{Report, position::Passage},
    store::{Store, editions::Editions},
};

/// What is said where a comparison itself has failed.
const BROKEN: &str = "internal error while comparing; please report this";

impl<T: Terminal> Session<T> {
    /// Starts a job, which sends what it comes to; the last of it ends the job. Where no thread
    /// can be started it comes to nothing.
    pub(super) fn start(
        &mut self,
        name: &str,
        work: impl FnOnce(&dyn Fn(Job)) + Send + 'static,
    ) -> bool {
        let sender = self.sender.clone();
        let thread = std::thread::Builder::new().name(name.into());
        let started = thread.spawn(move || work(&|job| drop(sender.send(Event::Done(job)))));
        self.jobs += usize::from(started.is_ok());
        started.is_ok()
    }

    /// Takes what a job has come to.
    pub(super) fn take_job(&mut self, job: Job) -> io::Result<()> {
        let is_last = !matches!(job, Job::Found(_, _, false));
        self.jobs -= usize::from(is_last);
        let is_here = |report: &Arc<Report>| Arc::ptr_eq(report, self.reader.report());
        match job {
            Job::Copied(what, copied) => self.reader.hear_of_copy(&what, copied),
            Job::Found(of, found, _) if is_here(&of) => self.reader.take_found(found),
            Job::Places(of, id, places) if is_here(&of) => self.reader.take_places(&id, places),
            // They are of a report that is no longer read.
            Job::Found(..) | Job::Places(..) => {}
            Job::History(of, stages, broken) if is_here(&of) => {
                self.reader.show_history(&stages, &broken);
            }
            Job::History(..) => {}
            Job::Everywhere(number, gathered) => {
                self.reader.hear_of_everywhere(number, &gathered);
            }
            Job::Reports(reports) => self.reader.hear_of_reports(reports),
            Job::Opened(number, opened) => self.take_opened(number, opened)?,
            Job::Compared(number, compared) => self.reader.hear_of_comparison(number, compared),
        }
        Ok(())
    }

    /// Lists the reports.
    pub(super) fn list_reports(&mut self) {
        let (home, here) = (self.home.clone(), self.reader.report().clone());
        self.start("lister", move |done| {
            done(Job::Reports(others(home.as_ref(), &here)))
        });
    }

    /// Opens a report.
    pub(super) fn open(&mut self, number: u64, name: String) {
        let home = self.home.clone();
        let job = move |done: &dyn Fn(Job)| done(Job::Opened(number, opened(home, &name)));
        if !self.start("opener", job) {
            // Nothing is opened, so there is nothing to turn to.
            let why = Err("could not open a report: no thread could be started".into());
            drop(self.reader.hear_of_report(number, why));
        }
    }

    /// Finds a passage in all editions of the report that is read.
    pub(super) fn find_history(&mut self, passage: Passage) {
        let (home, here) = (self.home.clone(), self.reader.report().clone());
        self.start("historian", move |done| {
            let (stages, broken) = library::history::of(home.as_ref(), &here, passage);
            done(Job::History(here.clone(), stages, broken));
        });
    }

    /// Compares the report that is read with another.
    pub(super) fn compare(&mut self, number: u64, name: String) {
        let (home, new) = (self.home.clone(), self.reader.report().clone());
        let entries = self.reader.notes().notebook().entries().iter();
        let annotations = entries.map(|entry| entry.annotation.clone()).collect();
        let job = move |done: &dyn Fn(Job)| {
            let work = || compared(home, new, &name, annotations);
            let compared = catch_unwind(AssertUnwindSafe(work));
            let compared = compared.unwrap_or_else(|_| Err(BROKEN.into()));
            done(Job::Compared(number, compared));
        };
        if !self.start("comparer", job) {
            let why = Err("could not compare: no thread could be started".into());
            self.reader.hear_of_comparison(number, why);
        }
    }

    fn editions(&self) -> Option<Editions> {
        self.home.clone().map(|home| Store::new(home).editions())
    }

    /// Follows annotations of another edition; where that cannot be done they stay as they are
    /// shown, as unsure.
    pub(super) fn follow(&mut self, edition: Edition, unresolved: Vec<Unresolved>) {
        let Some(editions) = self.editions() else {
            return;
        };
        let report = self.reader.report().clone();
        self.start("follower", move |done| {
            let found = |found, is_last| done(Job::Found(report.clone(), found, is_last));
            resolution::find(&editions, &report, &edition, unresolved, |some| {
                found(some, false)
            });
            found(Vec::new(), true);
        });
    }

    /// Searches for the positions that could be an annotation's; where that cannot be done none is
    /// offered.
    pub(super) fn find_places(&mut self, edition: Edition, id: String, anchor: Anchor) {
        let Some(editions) = self.editions() else {
            return;
        };
        let report = self.reader.report().clone();
        self.start("places", move |done| {
            let places = resolution::places(&editions, &report, &edition, &anchor);
            done(Job::Places(report, id, places));
        });
    }

    /// Gives text to the terminal's clipboard, and to the command of the settings, else to the
    /// program of the desktop.
    pub(super) fn copy(&mut self, text: String, what: String) -> io::Result<()> {
        self.terminal.copy(&text)?;
        // It was printed.
        if self.terminal.takes_lines() && self.reader.settings().copy_command.is_none() {
            return Ok(());
        }
        let command = self.reader.settings().copy_command.clone();
        self.start("copying", move |done| {
            let given = match command {
                Some(command) => Some(match external::run_quietly(&command, &text) {
                    Ok(()) => Ok(command),
                    Err(why) => Err((command, why)),
                }),
                None => external::give_to_clipboard(&text).map(|given| {
                    let given = given.map(str::to_owned);
                    given.map_err(|(name, why)| (name.to_owned(), why))
                }),
            };
            let copied = match given {
                None => Copied::ToTerminal(text.len()),
                Some(Ok(by)) => Copied::ToCommand(by),
                Some(Err((by, why))) => Copied::Failed(by, why),
            };
            done(Job::Copied(what, copied));
        });
        Ok(())
    }

    /// Takes events until all that goes on beside the reading is done and searched; says whether
    /// that came before the deadline. Nothing is drawn.
    ///
    /// # Errors
    /// Where the terminal cannot be written to.
    pub fn until_idle(&mut self, patience: Duration) -> io::Result<Option<End>> {
        let deadline = Instant::now() + patience;
        while Instant::now() < deadline {
            while self.reader.has_work() {
                self.reader.work();
            }
            if self.jobs == 0
                && !self.is_lent()
                && let Some(saver) = &self.saver
            {
                saver.catch_up(patience);
            }
            let is_idle = self.jobs == 0 && !self.is_lent();
            let event = match is_idle {
                true => self.events.try_recv().ok(),
                false => self.events.recv_timeout(patience).ok(),
            };
            match event {
                Some(event) => {
                    if let Some(end) = self.handle(event)? {
                        return Ok(Some(end));
                    }
                }
                None if is_idle => return Ok(None),
                None => {}
            }
        }
        Err(io::ErrorKind::TimedOut.into())
    }
}

/// The reports that can be read, for one that is open.
pub fn others(home: Option<&Home>, here: &Report) -> Vec<OtherReport> {
    let other = |listed: library::Listed| {
        let name = listed.name();
        let head = listed.head.as_ref().ok()?.clone();
        // Two snapshots may say the same of themselves.
        let may_be = head.id == here.id && head.edition == here.edition;
        Some(OtherReport {
            name,
            is_here: may_be && listed.read().is_ok_and(|report| report == *here),
            id: listed.id,
            edition: head.edition,
            title: head.title,
            published: head.published,
        })
    };
    library::list(home).into_iter().filter_map(other).collect()
}

/// Opens a report of a name or path, or says in words why it cannot be read.
pub fn opened(home: Option<Home>, name: &str) -> Result<Opened, String> {
    let report = library::open(Some(name), home.as_ref()).map_err(|error| error.to_string())?;
    if let Some(home) = &home {
        library::last::remember(home, name);
    }
    let store = home.map(Store::new);
    Ok(Opened {
        name: name.into(),
        place: store.as_ref().and_then(|store| store.place(&report.id)),
        progress: store.and_then(|store| store.progress(&report.id)),
        report,
    })
}

/// Opens the other report and compares; `annotations` are those of the report that is read.
///
/// # Errors
/// Where there is no such report, or it cannot be read: what failed and why, in words.
pub fn compared(
    home: Option<Home>,
    new: Arc<Report>,
    name: &str,
    mut annotations: Vec<Annotation>,
) -> Result<Compared, String> {
    let old = library::open(Some(name), home.as_ref()).map_err(|error| error.to_string())?;
    let mut compared = Compared::new(Arc::new(old), new);
    if let Some(store) = home.map(Store::new) {
        let mut loaded = store.load();
        if compared.old.id != compared.new.id {
            let of_old = |annotation: &Annotation| annotation.report == compared.old.id;
            loaded.annotations.retain(of_old);
            annotations.append(&mut loaded.annotations);
        }
        compared.take_notes(annotations, &loaded.decisions, &store.editions());
    }
    Ok(compared)
}
