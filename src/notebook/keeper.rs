//! The thread that keeps the notebook, so that no disk ever holds up a key.
//!
//! Changes are kept in the order they were made. One that fails stays at the head of the queue
//! and is tried again every few seconds; what is still not kept at the end is rescued.

use std::{
    collections::VecDeque,
    sync::Arc,
    sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel},
    thread::JoinHandle,
    time::{Duration, Instant},
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
    Keep(Waiting),
    Draft(Annotation),
    DropDraft(String),
    Place(SavedPlace),
    Stop,
}

/// A change that is not kept yet.
#[derive(Debug, Clone)]
struct Waiting {
    change: Change,
    ends_draft: bool,
    /// Why the last try failed.
    reason: String,
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
            let mut work = Work {
                store,
                edition: None,
                tell,
                queue: VecDeque::new(),
                drafts: Vec::new(),
                stamp: None,
                is_writable: true,
                again: None,
            };
            work.load();
            let edition = Edition::of(&report);
            work.edition = Some(edition.clone());
            (work.tell)(Reply::Edition(edition));
            drop(report);
            work.run(&inbox)
        })?;
        Ok(Self { tasks, thread })
    }

    /// Keeps a change. `ends_draft` where its text is that of a draft, which goes once the
    /// change is on disk.
    pub fn keep(&self, change: Change, ends_draft: bool) {
        let _ = self.tasks.send(Task::Keep(Waiting { change, ends_draft, reason: String::new() }));
    }

    /// Keeps text that is being typed; where that fails it is tried again, and rescued at the end.
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
    queue: VecDeque<Waiting>,
    /// Drafts that could not be written.
    drafts: Vec<Annotation>,
    stamp: Option<(i64, i64)>,
    is_writable: bool,
    /// When what failed is tried again; `None` where nothing waits.
    again: Option<Instant>,
}

impl<T: Fn(Reply)> Work<T> {
    fn run(&mut self, inbox: &Receiver<Task>) -> Option<String> {
        loop {
            let task = match self.again {
                None => inbox.recv().map_err(|_| RecvTimeoutError::Disconnected),
                Some(again) => inbox.recv_timeout(again.saturating_duration_since(Instant::now())),
            };
            match task {
                Ok(Task::Look) => self.look(),
                Ok(Task::Keep(waiting)) => {
                    self.queue.push_back(waiting);
                    self.work_off();
                }
                Ok(Task::Draft(draft)) => self.keep_draft(draft),
                Ok(Task::DropDraft(id)) => {
                    self.drafts.retain(|draft| draft.id != id);
                    drop(self.store.drop_draft(&id));
                }
                Ok(Task::Place(place)) => drop(self.store.keep_place(&place)),
                Ok(Task::Stop) | Err(RecvTimeoutError::Disconnected) => return self.finish(),
                Err(RecvTimeoutError::Timeout) => self.work_off(),
            }
        }
    }

    fn load(&mut self) {
        let writable = self.store.check_writable().map_err(|error| error.to_string());
        self.is_writable = writable.is_ok();
        self.stamp = self.store.stamp();
        let loaded = self.store.load();
        let drafts = self.store.drafts();
        (self.tell)(Reply::Loaded { loaded, drafts, writable });
    }

    /// Reads the notebook again where it has changed, or where it could not be written.
    fn look(&mut self) {
        if self.store.stamp() != self.stamp || (!self.is_writable && self.store.check_writable().is_ok()) {
            self.load();
        }
    }

    /// Keeps a draft; one that cannot be written is tried again with everything else.
    fn keep_draft(&mut self, draft: Annotation) {
        // What waits for that note has an older text: it may not end this draft.
        for waiting in self.queue.iter_mut().filter(|waiting| waiting.change.annotation().id == draft.id) {
            waiting.ends_draft = false;
        }
        self.drafts.retain(|other| other.id != draft.id);
        if self.store.keep_draft(&draft).is_err() {
            self.drafts.push(draft);
            self.again.get_or_insert_with(|| Instant::now() + AGAIN);
        }
    }

    /// Tries all that waits, in order. What fails holds up later changes of the same
    /// annotation and nothing else.
    fn work_off(&mut self) {
        let mut failed: VecDeque<Waiting> = VecDeque::new();
        while let Some(mut waiting) = self.queue.pop_front() {
            let id = &waiting.change.annotation().id;
            if failed.iter().any(|earlier| earlier.change.annotation().id == *id) {
                failed.push_back(waiting);
                continue;
            }
            if let Err(error) = self.try_one(&waiting) {
                waiting.reason = error.to_string();
                (self.tell)(Reply::Failed { change: waiting.change.clone(), reason: waiting.reason.clone() });
                failed.push_back(waiting);
            }
        }
        self.queue = failed;
        for draft in std::mem::take(&mut self.drafts) {
            self.keep_draft(draft);
        }
        let is_waiting = !self.queue.is_empty() || !self.drafts.is_empty();
        self.again = is_waiting.then(|| Instant::now() + AGAIN);
        self.look();
    }

    /// Keeps one change, or says that it never can be; an error is worth another try.
    fn try_one(&mut self, waiting: &Waiting) -> Result<(), StoreError> {
        let change = waiting.change.clone();
        let is_ours_alone = self.store.stamp() == self.stamp;
        match self.store.keep(&change, self.edition.as_ref()) {
            Ok(kept) => {
                if waiting.ends_draft {
                    // Where there was no draft there is none to remove.
                    let _ = self.store.drop_draft(&change.annotation().id);
                    self.drafts.retain(|draft| draft.id != change.annotation().id);
                }
                let is_beside = matches!(kept, Kept::Beside(_));
                (self.tell)(Reply::Kept { change, kept });
                self.stamp = if is_beside {
                    None
                } else if is_ours_alone {
                    self.store.stamp()
                } else {
                    self.stamp
                };
                Ok(())
            }
            Err(error) if is_final(&error) => {
                self.stamp = None;
                (self.tell)(Reply::Refused { change, reason: error.to_string() });
                Ok(())
            }
            Err(error) => Err(error),
        }
    }

    fn finish(&mut self) -> Option<String> {
        self.work_off();
        let drafts = self.drafts.drain(..).map(|draft| (Change::Add(draft), "the draft could not be written".to_owned()));
        let unkept: Vec<(Change, String)> = self.queue.drain(..).map(|waiting| (waiting.change, waiting.reason)).chain(drafts).collect();
        (!unkept.is_empty()).then(|| rescue::write(&unkept))
    }
}

/// Errors that another try cannot mend, and in which no typed text is lost.
fn is_final(error: &StoreError) -> bool {
    matches!(error, StoreError::Newer | StoreError::Changed | StoreError::Gone(_) | StoreError::Unreadable { .. })
}
