//! The thread that keeps the notebook, so that no disk ever holds up a key.
//!
//! Changes are kept in the order they were made. One that fails stays at the head of the queue
//! and is tried again every few seconds; what is still not kept at the end is rescued.

use std::{
    collections::VecDeque,
    sync::Arc,
    sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel},
    thread::JoinHandle,
    time::Duration,
};

use super::{
    Change,
    annotation::Annotation,
    place::SavedPlace,
    rescue,
    store::{Kept, Loaded, Store, StoreError},
};
use crate::report::{Report, anchor::Edition};

/// How long to wait before a failed change is tried again.
const AGAIN: Duration = Duration::from_secs(3);

/// What the keeper is asked.
#[derive(Debug)]
enum Task {
    Look,
    Keep(Change),
    Draft(Annotation),
    DropDraft(String),
    Place(SavedPlace),
    Stop,
}

/// What the keeper says.
#[derive(Debug, Clone)]
pub enum Reply {
    /// The notebook as read; `writable` says why no annotation can be kept.
    Loaded { loaded: Loaded, drafts: Vec<Annotation>, writable: Result<(), String> },
    /// What new anchors carry of the report.
    Edition(Edition),
    /// A change is on disk.
    Kept { change: Change, kept: Kept },
    /// A change is not on disk; it will be tried again.
    Failed { change: Change, reason: String },
    /// A change can never be kept as it is; it will not be tried again.
    Refused { change: Change, reason: String },
}

/// The keeper's end that the reader holds.
#[derive(Debug)]
pub struct Keeper {
    tasks: Sender<Task>,
    thread: JoinHandle<Option<String>>,
}

impl Keeper {
    /// Starts the thread; it reads the notebook at once and replies through `tell`.
    ///
    /// # Errors
    /// Where no thread can be started.
    pub fn start(store: Store, report: Arc<Report>, tell: impl Fn(Reply) + Send + 'static) -> std::io::Result<Self> {
        let (tasks, inbox) = channel();
        let thread = std::thread::Builder::new().name("keeper".into()).spawn(move || {
            let mut work = Work { store, edition: None, tell, queue: VecDeque::new(), stamp: None };
            work.load();
            let edition = Edition::of(&report);
            work.edition = Some(edition.clone());
            (work.tell)(Reply::Edition(edition));
            drop(report);
            work.run(&inbox)
        })?;
        Ok(Self { tasks, thread })
    }

    pub fn keep(&self, change: Change) {
        let _ = self.tasks.send(Task::Keep(change));
    }

    /// Keeps text that is being typed; a failure is passed over, the next one is near.
    pub fn keep_draft(&self, draft: Annotation) {
        let _ = self.tasks.send(Task::Draft(draft));
    }

    pub fn drop_draft(&self, id: String) {
        let _ = self.tasks.send(Task::DropDraft(id));
    }

    pub fn keep_place(&self, place: SavedPlace) {
        let _ = self.tasks.send(Task::Place(place));
    }

    /// Asks to read the notebook again where somebody else has changed it.
    pub fn look(&self) {
        let _ = self.tasks.send(Task::Look);
    }

    /// Waits until all is kept or rescued; returns what has to be printed.
    pub fn stop(self) -> Option<String> {
        let _ = self.tasks.send(Task::Stop);
        self.thread.join().ok().flatten()
    }
}

struct Work<T> {
    store: Store,
    edition: Option<Edition>,
    tell: T,
    /// Changes not kept yet, and why.
    queue: VecDeque<(Change, String)>,
    stamp: Option<(i64, i64)>,
}

impl<T: Fn(Reply)> Work<T> {
    fn run(&mut self, inbox: &Receiver<Task>) -> Option<String> {
        loop {
            let task =
                if self.queue.is_empty() { inbox.recv().map_err(|_| RecvTimeoutError::Disconnected) } else { inbox.recv_timeout(AGAIN) };
            match task {
                Ok(Task::Look) => self.look(),
                Ok(Task::Keep(change)) => {
                    self.queue.push_back((change, String::new()));
                    self.work_off();
                }
                Ok(Task::Draft(draft)) => drop(self.store.keep_draft(&draft)),
                Ok(Task::DropDraft(id)) => drop(self.store.drop_draft(&id)),
                Ok(Task::Place(place)) => drop(self.store.keep_place(&place)),
                Ok(Task::Stop) | Err(RecvTimeoutError::Disconnected) => return self.finish(),
                Err(RecvTimeoutError::Timeout) => self.work_off(),
            }
        }
    }

    fn load(&mut self) {
        let writable = self.store.check_writable().map_err(|error| error.to_string());
        self.stamp = self.store.stamp();
        let loaded = self.store.load();
        let drafts = self.store.drafts();
        (self.tell)(Reply::Loaded { loaded, drafts, writable });
    }

    fn look(&mut self) {
        if self.store.stamp() != self.stamp {
            self.load();
        }
    }

    /// Keeps what waits, in order, up to the first failure.
    fn work_off(&mut self) {
        while let Some((change, _)) = self.queue.front().cloned() {
            let is_ours_alone = self.store.stamp() == self.stamp;
            match self.store.keep(&change, self.edition.as_ref()) {
                Ok(kept) => {
                    self.queue.pop_front();
                    // Its text is safe now; where there was no draft there is none to remove.
                    let _ = self.store.drop_draft(&change.annotation().id);
                    if is_ours_alone {
                        self.stamp = self.store.stamp();
                    }
                    (self.tell)(Reply::Kept { change, kept });
                }
                Err(error) if is_final(&error) => {
                    self.queue.pop_front();
                    self.stamp = None;
                    (self.tell)(Reply::Refused { change, reason: error.to_string() });
                }
                Err(error) => {
                    let reason = error.to_string();
                    if let Some(front) = self.queue.front_mut() {
                        front.1.clone_from(&reason);
                    }
                    (self.tell)(Reply::Failed { change, reason });
                    return;
                }
            }
        }
        self.look();
    }

    fn finish(&mut self) -> Option<String> {
        self.work_off();
        (!self.queue.is_empty()).then(|| rescue::write(self.queue.make_contiguous()))
    }
}

/// Errors that another try cannot mend, and in which no typed text is lost.
fn is_final(error: &StoreError) -> bool {
    matches!(error, StoreError::Newer | StoreError::Changed | StoreError::Gone(_))
}
