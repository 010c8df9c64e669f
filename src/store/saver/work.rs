//! What the keeper's thread does: one task after the other, and all that failed again later.

use std::{
    collections::{BTreeMap, VecDeque},
    path::PathBuf,
    sync::Arc,
    sync::mpsc::{Receiver, RecvTimeoutError},
    time::{Duration, Instant},
};

use super::{BROKEN, Ledger, Task, Waiting};
use crate::notebook::news::Reply;
use crate::{
    edition::Edition,
    notebook::{Change, annotation::Annotation, news::SavedAs, review::Decision},
    report::Report,
    store::{Shelf, Store, StoreError},
};

/// How long to wait before a failed change is tried again.
const AGAIN: Duration = Duration::from_secs(3);
/// How long the folder's time is trusted: two changes within one tick of the disk's clock leave
/// the same time, and a file that is written in place leaves none.
const TRUST: Duration = Duration::from_secs(1);
/// Deletions of earlier days that can be undone.
const MOST_DELETED: usize = 100;

pub(crate) struct Work<T> {
    store: Store,
    ledger: Arc<Ledger>,
    edition: Option<Edition>,
    tell: T,
    queue: VecDeque<Waiting>,
    /// Drafts that could not be written.
    drafts: Vec<Annotation>,
    shelf: Shelf,
    stamp: Option<(i64, i64)>,
    looked: Instant,
    /// What our own changes have left on disk since the last look, by id.
    ours: BTreeMap<String, Option<Annotation>>,
    /// The same of our own decisions, by their files.
    decided: BTreeMap<PathBuf, Option<Decision>>,
    writable: Result<(), String>,
    /// Whether the reader has to hear what is on disk, news or not.
    must_tell: bool,
    /// When what failed is tried again; `None` where nothing waits.
    again: Option<Instant>,
}

impl<T: Fn(Reply)> Work<T> {
    pub fn new(store: Store, ledger: Arc<Ledger>, tell: T) -> Self {
        Self {
            store,
            ledger,
            edition: None,
            tell,
            queue: VecDeque::new(),
            drafts: Vec::new(),
            shelf: Shelf::default(),
            stamp: None,
            looked: Instant::now(),
            ours: BTreeMap::new(),
            decided: BTreeMap::new(),
            writable: Ok(()),
            must_tell: false,
            again: None,
        }
    }

    /// Reads the notebook, then works until it is stopped.
    pub fn begin(&mut self, report: Arc<Report>, inbox: &Receiver<Task>) {
        self.refresh();
        let drafts = self.store.drafts_of(&report.id);
        self.tell_loaded(drafts);
        let edition = Edition::of(&report);
        drop(report);
        self.edition = Some(edition.clone());
        (self.tell)(Reply::Edition(edition));
        let mut deleted = self.store.deletions();
        deleted.truncate(MOST_DELETED);
        (self.tell)(Reply::Deleted(deleted));
        self.run(inbox);
    }

    fn run(&mut self, inbox: &Receiver<Task>) {
        loop {
            let task = match self.again {
                None => inbox.recv().map_err(|_| RecvTimeoutError::Disconnected),
                Some(again) => inbox.recv_timeout(again.saturating_duration_since(Instant::now())),
            };
            match task {
                Ok(Task::Look) => self.look(),
                Ok(Task::Save(waiting)) => {
                    self.queue.push_back(waiting);
                    self.work_off();
                }
                Ok(Task::Draft(draft)) => self.save_draft(draft),
                Ok(Task::DropDraft(id)) => {
                    self.drafts.retain(|draft| draft.id != id);
                    drop(self.store.drop_draft(&id));
                }
                Ok(Task::Place(place)) => drop(self.store.save_place(&place)),
                Ok(Task::Stop) | Err(RecvTimeoutError::Disconnected) => return self.work_off(),
                Err(RecvTimeoutError::Timeout) => self.work_off(),
            }
        }
    }

    /// Says of all that waits, and of all that comes, that it cannot be kept.
    pub fn refuse_all(&mut self, inbox: &Receiver<Task>) {
        let refuse = |change: Change| {
            (self.tell)(Reply::Failed {
                change,
                reason: BROKEN.into(),
            })
        };
        self.ledger.changes().into_iter().for_each(refuse);
        while let Ok(task) = inbox.recv() {
            match task {
                Task::Save(waiting) => refuse(waiting.change),
                Task::Stop => return,
                Task::Look | Task::Draft(_) | Task::DropDraft(_) | Task::Place(_) => {}
            }
        }
    }

    fn tell_loaded(&mut self, drafts: Vec<Annotation>) {
        let mut loaded = self.store.loaded(&self.shelf);
        loaded.problems.extend(self.store.draft_problems());
        (self.tell)(Reply::Loaded {
            loaded,
            drafts,
            writable: self.writable.clone(),
        });
    }

    /// Reads what has changed; says whether any of it is not what our own changes have left.
    fn refresh(&mut self) -> bool {
        self.stamp = self.store.stamp();
        self.looked = Instant::now();
        let writable = self
            .store
            .check_writable()
            .map_err(|error| error.to_string());
        let is_as_writable = writable == self.writable;
        self.writable = writable;
        let changed = self.store.refresh(&mut self.shelf);
        self.store.hold_to_folder();
        let ours = std::mem::take(&mut self.ours);
        let is_ours = |id: &String| {
            ours.get(id)
                .is_some_and(|left| left.as_ref() == self.shelf.annotation(id))
        };
        let is_news = !changed.iter().all(is_ours) | self.has_decisions_of_others();
        if !changed.is_empty() && self.writable.is_ok() {
            self.store.note_seen(&self.shelf);
        }
        is_news || !is_as_writable
    }

    /// Reads what was settled since; says whether any of it is not what our own changes have left.
    fn has_decisions_of_others(&mut self) -> bool {
        let changed = self.store.refresh_reviews(&mut self.shelf.decisions);
        let ours = std::mem::take(&mut self.decided);
        let is_ours = |file: &PathBuf| {
            ours.get(file)
                .is_some_and(|left| left.as_ref() == self.shelf.decision(file))
        };
        !changed.iter().all(is_ours)
    }

    /// Reads the notebook again where it may have changed, or where it could not be written.
    fn look(&mut self) {
        let is_due = self.store.stamp() != self.stamp
            || self.looked.elapsed() >= TRUST
            || self.writable.is_err()
            || self.must_tell;
        if is_due && self.refresh() | std::mem::take(&mut self.must_tell) {
            self.tell_loaded(Vec::new());
        }
    }

    /// Keeps a draft; one that cannot be written is tried again with everything else.
    fn save_draft(&mut self, draft: Annotation) {
        // What waits for that note has an older text: it may not end this draft.
        for waiting in self
            .queue
            .iter_mut()
            .filter(|waiting| waiting.change.annotation().id == draft.id)
        {
            waiting.ends_draft = false;
        }
        self.drafts.retain(|other| other.id != draft.id);
        match self.store.save_draft(&draft) {
            Ok(()) => self.ledger.settle_draft(&draft),
            Err(error) => {
                (self.tell)(Reply::Undrafted {
                    reason: error.to_string(),
                });
                self.drafts.push(draft);
                self.again.get_or_insert_with(|| Instant::now() + AGAIN);
            }
        }
    }

    /// Tries all that waits, in order. What fails holds up later changes of the same
    /// annotation and nothing else.
    fn work_off(&mut self) {
        let mut failed: VecDeque<Waiting> = VecDeque::new();
        while let Some(waiting) = self.queue.pop_front() {
            let id = &waiting.change.annotation().id;
            if failed
                .iter()
                .any(|earlier| earlier.change.annotation().id == *id)
            {
                failed.push_back(waiting);
                continue;
            }
            if let Err(error) = self.try_one(&waiting) {
                let reason = error.to_string();
                self.ledger.fail(waiting.number, &reason);
                (self.tell)(Reply::Failed {
                    change: waiting.change.clone(),
                    reason,
                });
                failed.push_back(waiting);
            }
        }
        self.queue = failed;
        for draft in std::mem::take(&mut self.drafts) {
            self.save_draft(draft);
        }
        let is_waiting = !self.queue.is_empty() || !self.drafts.is_empty();
        self.again = is_waiting.then(|| Instant::now() + AGAIN);
        self.look();
    }

    /// Keeps one change, or says that it never can be; an error is worth another try.
    fn try_one(&mut self, waiting: &Waiting) -> Result<(), StoreError> {
        let change = waiting.change.clone();
        match self.store.keep(&change, self.edition.as_ref()) {
            Ok(kept) => {
                self.ledger.settle(waiting.number);
                self.store.hold_to_folder();
                if waiting.ends_draft {
                    self.drop_draft(&change.annotation().id);
                }
                self.note_ours(&change, &kept);
                (self.tell)(Reply::Saved { change, kept });
                Ok(())
            }
            Err(error) if is_final(&error) => {
                let is_draft = waiting.ends_draft;
                if is_draft {
                    self.ledger.add_draft(change.annotation().clone());
                    self.save_draft(change.annotation().clone());
                }
                self.ledger.settle(waiting.number);
                // It was taken for done: what is there instead has to be shown again.
                self.must_tell = true;
                (self.tell)(Reply::Refused {
                    change,
                    reason: error.to_string(),
                    is_draft,
                });
                Ok(())
            }
            Err(error) => Err(error),
        }
    }

    fn drop_draft(&mut self, id: &str) {
        // Where there was no draft there is none to remove.
        let _ = self.store.drop_draft(id);
        self.drafts.retain(|draft| draft.id != id);
        self.ledger.drop_draft(id);
    }

    /// Notes what a change of ours has left on disk. What was kept beside another's change is
    /// news all the same: the other has to be read.
    fn note_ours(&mut self, change: &Change, kept: &SavedAs) {
        if let Change::Decide { old, new, .. } = change {
            let file = new
                .as_ref()
                .or(old.as_ref())
                .and_then(|decision| self.store.decision_file(decision).ok());
            self.decided.extend(file.map(|file| (file, new.clone())));
            return;
        }
        let id = change.annotation().id.clone();
        let left = (!matches!(change, Change::Delete(_))).then(|| change.annotation().clone());
        match kept {
            SavedAs::Asked => drop(self.ours.insert(id, left)),
            SavedAs::Beside(_) => self.stamp = None,
        }
    }
}

/// Errors that another try cannot mend.
fn is_final(error: &StoreError) -> bool {
    use StoreError as E;
    matches!(
        error,
        E::Newer | E::Changed | E::Gone(_) | E::Unreadable { .. } | E::Name(_) | E::TooLarge
    )
}
