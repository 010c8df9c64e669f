//! The thread that keeps the notebook, so that no disk ever holds up a key.
//!
//! Changes are kept in the order they were made. One that fails stays at the head of the queue
//! and is tried again every few seconds. What is not kept yet is in a ledger that both
//! threads know: at the end what is left in it is rescued, also where the disk does not answer
//! or the keeper has failed.

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
use crate::report::Report;
use crate::{
    notebook::{Change, annotation::Annotation},
    report::place::SavedPlace,
};

/// What is said of a change where the keeper has failed.
const BROKEN: &str =
    "internal error in the keeping of notes; quit, and it will be written to a rescue file";

/// How long the saver waits.
#[derive(Debug, Clone, Copy)]
pub struct Waits {
    /// Before a failed change is tried again.
    pub retry: Duration,
    /// For as long the folder's time is trusted: two changes within one tick of the disk's clock
    /// leave the same time, and a file that is written in place leaves none.
    pub trust: Duration,
    /// At the end, for a disk on which nothing gets done.
    pub patience: Duration,
}

impl Default for Waits {
    fn default() -> Self {
        Self {
            retry: Duration::from_secs(3),
            trust: Duration::from_secs(1),
            patience: Duration::from_secs(5),
        }
    }
}

/// What the keeper is asked.
#[derive(Debug)]
enum Task {
    Look,
    Save(Waiting),
    Draft(Annotation),
    DropDraft(String),
    Place(SavedPlace),
    Stop,
}

/// A change that is not kept yet.
#[derive(Debug, Clone)]
struct Waiting {
    /// Its number in the ledger.
    number: u64,
    change: Change,
    ends_draft: bool,
}

/// The keeper's end that the reader holds.
#[derive(Debug)]
pub struct Saver {
    tasks: Sender<Task>,
    ledger: Arc<Ledger>,
    patience: Duration,
    /// Closed when the thread has ended.
    end: Receiver<()>,
}

impl Saver {
    /// Starts the thread; it reads the notebook at once and replies through `tell`.
    ///
    /// # Errors
    /// Where no thread can be started.
    pub fn start(
        store: Store,
        report: Arc<Report>,
        tell: impl Fn(Reply) + Send + 'static,
    ) -> std::io::Result<Self> {
        Self::with_waits(store, report, Waits::default(), tell)
    }

    /// The same with other waits.
    ///
    /// # Errors
    /// Where no thread can be started.
    pub fn with_waits(
        store: Store,
        report: Arc<Report>,
        waits: Waits,
        tell: impl Fn(Reply) + Send + 'static,
    ) -> std::io::Result<Self> {
        let (tasks, inbox) = channel();
        let (until, end) = channel::<()>();
        let ledger = Arc::new(Ledger::default());
        let shared = ledger.clone();
        std::thread::Builder::new()
            .name("keeper".into())
            .spawn(move || {
                let mut work = Work::new(store, shared, waits, tell);
                // What fails inside, fails for all that waits; it is told and rescued at the end.
                if catch_unwind(AssertUnwindSafe(|| work.begin(report, &inbox))).is_err() {
                    work.refuse_all(&inbox);
                }
                // Its drafts are free for the next reader before anyone hears of the end.
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

    /// Keeps a change. `ends_draft` where its text is that of a draft, which goes once the
    /// change is on disk.
    pub fn keep(&self, change: Change, ends_draft: bool) {
        let number = self.ledger.add(change.clone());
        let _ = self.tasks.send(Task::Save(Waiting {
            number,
            change,
            ends_draft,
        }));
    }

    /// Keeps text that is being typed; where that fails it is tried again, and rescued at the end.
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

    /// Asks to read the notebook again where somebody else has changed it.
    pub fn look(&self) {
        let _ = self.tasks.send(Task::Look);
    }

    /// Waits until all is kept or has failed, at most as long as its patience while nothing gets done;
    /// then rescues what is left. Returns what has to be printed.
    pub fn stop(self) -> Option<String> {
        let _ = self.tasks.send(Task::Stop);
        let mut left = self.ledger.left();
        while let Err(RecvTimeoutError::Timeout) = self.end.recv_timeout(self.patience) {
            let before = std::mem::replace(&mut left, self.ledger.left());
            if left >= before {
                break;
            }
        }
        let unkept = self.ledger.take();
        (!unkept.is_empty()).then(|| rescue::write(&unkept))
    }
}
