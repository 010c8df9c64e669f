//! The thread that saves the notebook, so that no disk ever delays a key.
//!
//! Changes are saved in the order they were made. One that fails stays at the head of the queue and
//! is retried every few seconds. Unsaved changes are in a ledger that both threads share: at the
//! end the rest is rescued, even if the disk does not answer or the thread has panicked.

mod ledger;
mod work;

use crate::notebook::news::Reply;
use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    sync::Arc,
    sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel},
    time::Duration,
};

use ledger::Ledger;
use work::Work;

use super::{Store, rescue};
use crate::edition::progress::SavedProgress;
use crate::report::Report;
use crate::{
    notebook::{Change, annotation::Annotation},
    report::place::SavedPlace,
};

/// Reported of every change once the thread has panicked.
const BROKEN: &str = "internal error while saving notes; quit to write it to a rescue file";

/// How long a quick exit waits for the disk.
const SOON: Duration = Duration::from_millis(110);

/// How long the saver waits.
#[derive(Debug, Clone, Copy)]
pub struct Waits {
    /// Before a failed change is tried again.
    pub retry: Duration,
    /// How long the folder's modification time is relied on: two changes within one tick of the
    /// disk's clock leave the same time, and a file written in place leaves none.
    pub recheck: Duration,
    /// At the end, for a disk that makes no progress.
    pub patience: Duration,
}

impl Default for Waits {
    fn default() -> Self {
        Self {
            retry: Duration::from_secs(3),
            recheck: Duration::from_secs(1),
            patience: Duration::from_secs(5),
        }
    }
}

/// A request to the thread.
#[derive(Debug)]
enum Task {
    Reload,
    Save(Waiting),
    Draft(Annotation),
    DropDraft(String),
    Place(SavedPlace),
    Progress(SavedProgress),
    /// Answer that all before it is done.
    Answer(Sender<()>),
    Stop,
}

/// A change that is not saved yet.
#[derive(Debug, Clone)]
struct Waiting {
    /// Its number in the ledger.
    number: u64,
    change: Change,
    ends_draft: bool,
}

/// The reader's handle to the thread.
#[derive(Debug)]
pub struct Saver {
    tasks: Sender<Task>,
    ledger: Arc<Ledger>,
    patience: Duration,
    /// Closed when the thread has ended.
    end: Receiver<()>,
}

impl Saver {
    /// Starts the thread; it reads the notebook at once and replies through `reply`.
    ///
    /// # Errors
    /// If no thread can be started.
    pub fn start(
        store: Store,
        report: Arc<Report>,
        reply: impl Fn(Reply) + Send + 'static,
    ) -> std::io::Result<Self> {
        Self::with_waits(store, report, Waits::default(), reply)
    }

    /// The same with other waits.
    ///
    /// # Errors
    /// Where no thread can be started.
    pub fn with_waits(
        store: Store,
        report: Arc<Report>,
        waits: Waits,
        reply: impl Fn(Reply) + Send + 'static,
    ) -> std::io::Result<Self> {
        let (tasks, inbox) = channel();
        let (until, end) = channel::<()>();
        let ledger = Arc::new(Ledger::default());
        let shared = ledger.clone();
        std::thread::Builder::new()
            .name("saver".into())
            .spawn(move || {
                let mut work = Work::new(store, shared, waits, reply);
                // After a panic every change is refused, and rescued at the end.
                if catch_unwind(AssertUnwindSafe(|| work.begin(report, &inbox))).is_err() {
                    work.refuse_all(&inbox);
                }
                // Release the drafts before the end is announced, for the next reader.
                drop(work);
                drop(until);
            })?;
        Ok(Self {
            tasks,
            ledger,
            patience: waits.patience,
            end,
        })
    }

    /// Saves a change. `ends_draft` if its text is that of a draft, which is removed once the
    /// change is on disk.
    pub fn save(&self, change: Change, ends_draft: bool) {
        let number = self.ledger.add(change.clone());
        let _ = self.tasks.send(Task::Save(Waiting {
            number,
            change,
            ends_draft,
        }));
    }

    /// Saves a draft; retried if that fails, and rescued at the end.
    pub fn save_draft(&self, draft: Annotation) {
        self.ledger.add_draft(draft.clone());
        let _ = self.tasks.send(Task::Draft(draft));
    }

    pub fn drop_draft(&self, id: String) {
        self.ledger.drop_draft(&id);
        let _ = self.tasks.send(Task::DropDraft(id));
    }

    pub fn save_place(&self, place: SavedPlace) {
        let _ = self.tasks.send(Task::Place(place));
    }

    pub fn save_progress(&self, progress: SavedProgress) {
        let _ = self.tasks.send(Task::Progress(progress));
    }

    /// Waits until all that was asked so far is done, or has failed for now.
    pub fn catch_up(&self, patience: Duration) {
        let (done, is_done) = channel();
        if self.tasks.send(Task::Answer(done)).is_ok() {
            let _ = is_done.recv_timeout(patience);
        }
    }

    /// Reads the notebook again if it was changed elsewhere.
    pub fn reload(&self) {
        let _ = self.tasks.send(Task::Reload);
    }

    /// Waits a moment; what is not saved then goes to a rescue file, silently.
    pub fn stop_soon(self) {
        let _ = self.tasks.send(Task::Stop);
        let _ = self.end.recv_timeout(SOON);
        let unsaved = self.ledger.take();
        if !unsaved.is_empty() {
            rescue::write_soon(&unsaved);
        }
    }

    /// Waits until everything is saved or has failed, or its patience has passed without progress; then
    /// rescues the rest. Returns what to print.
    pub fn stop(self) -> Option<String> {
        let _ = self.tasks.send(Task::Stop);
        let mut left = self.ledger.left();
        while let Err(RecvTimeoutError::Timeout) = self.end.recv_timeout(self.patience) {
            let before = std::mem::replace(&mut left, self.ledger.left());
            if left >= before {
                break;
            }
        }
        let unsaved = self.ledger.take();
        (!unsaved.is_empty()).then(|| rescue::write(&unsaved))
    }
}
