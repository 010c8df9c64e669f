//! The saver's thread: runs one task after the other and retries what failed.

use std::{
    collections::{BTreeMap, VecDeque},
    path::PathBuf,
    sync::Arc,
    sync::mpsc::{Receiver, RecvTimeoutError},
    time::Instant,
};

use super::{BROKEN, Ledger, Task, Waiting, Waits};
use crate::{
    edition::Edition,
    notebook::{
        Change,
        annotation::Annotation,
        news::{Reply, SavedAs},
        review::Decision,
    },
    report::Report,
    store::{FileCache, Store, StoreError, new_id},
};

/// Deletions before this start that can be undone.
const MOST_DELETED: usize = 100;

pub(crate) struct Work<T> {
    store: Store,
    ledger: Arc<Ledger>,
    waits: Waits,
    /// Once it is known: to work it out takes as long as to read the report.
    edition: Option<Edition>,
    /// The report, until its edition is known.
    report: Option<Arc<Report>>,
    reply: T,
    queue: VecDeque<Waiting>,
    /// Drafts that could not be written.
    drafts: Vec<Annotation>,
    cache: FileCache,
    stamp: Option<(i64, i64)>,
    last_read: Instant,
    /// What our own changes left on disk since the last read, by id.
    own: BTreeMap<String, Option<Annotation>>,
    /// The same for our own reviews, by file.
    own_decisions: BTreeMap<PathBuf, Option<Decision>>,
    writable: Result<(), String>,
    /// Whether it was reported that the file system has no locks.
    has_no_locks: bool,
    /// Whether to reply with the content of the disk even if it is unchanged.
    must_reply: bool,
    /// When to retry; `None` if nothing failed.
    retry_at: Option<Instant>,
}

impl<T: Fn(Reply)> Work<T> {
    pub fn new(store: Store, ledger: Arc<Ledger>, waits: Waits, reply: T) -> Self {
        Self {
            store,
            ledger,
            waits,
            edition: None,
            report: None,
            reply,
            queue: VecDeque::new(),
            drafts: Vec::new(),
            cache: FileCache::default(),
            stamp: None,
            last_read: Instant::now(),
            own: BTreeMap::new(),
            own_decisions: BTreeMap::new(),
            writable: Ok(()),
            has_no_locks: false,
            must_reply: false,
            retry_at: None,
        }
    }

    /// Reads the notebook, then works until it is stopped.
    pub fn begin(&mut self, report: Arc<Report>, inbox: &Receiver<Task>) {
        self.refresh();
        let drafts = self.store.drafts_of(&report.id);
        self.reply_loaded(drafts);
        let has_notes = self.cache.has_annotations_of(&report.id);
        self.report = Some(report);
        // Without notes nothing on the screen depends on it; the first key asks for it.
        if has_notes {
            self.find_edition();
        }
        let mut deleted = self.store.deletions();
        deleted.truncate(MOST_DELETED);
        (self.reply)(Reply::Deleted(deleted));
        self.run(inbox);
    }

    fn run(&mut self, inbox: &Receiver<Task>) {
        loop {
            let task = match self.retry_at {
                None => inbox.recv().map_err(|_| RecvTimeoutError::Disconnected),
                Some(retry_at) => {
                    inbox.recv_timeout(retry_at.saturating_duration_since(Instant::now()))
                }
            };
            match task {
                Ok(Task::Reload) => {
                    self.find_edition();
                    self.reload();
                }
                Ok(Task::Save(waiting)) => {
                    self.find_edition();
                    self.queue.push_back(waiting);
                    self.save_all();
                }
                Ok(Task::Draft(draft)) => self.save_draft(draft),
                Ok(Task::DropDraft(id)) => {
                    self.drafts.retain(|draft| draft.id != id);
                    drop(self.store.drop_draft(&id));
                }
                Ok(Task::Place(place)) => drop(self.store.save_place(&place)),
                Ok(Task::Progress(read)) => drop(self.store.save_progress(read)),
                Ok(Task::Answer(done)) => drop(done.send(())),
                Ok(Task::Stop) | Err(RecvTimeoutError::Disconnected) => return self.save_all(),
                Err(RecvTimeoutError::Timeout) => self.save_all(),
            }
        }
    }

    /// Fails all waiting changes and all that come.
    pub fn refuse_all(&mut self, inbox: &Receiver<Task>) {
        let refuse = |change: Change| {
            (self.reply)(Reply::Failed {
                change,
                reason: BROKEN.into(),
            })
        };
        self.ledger.changes().into_iter().for_each(refuse);
        while let Ok(task) = inbox.recv() {
            match task {
                Task::Save(waiting) => refuse(waiting.change),
                Task::Stop => return,
                Task::Answer(done) => drop(done.send(())),
                Task::Reload
                | Task::Draft(_)
                | Task::DropDraft(_)
                | Task::Place(_)
                | Task::Progress(_) => {}
            }
        }
    }

    /// Works out the edition, where that was not done yet.
    fn find_edition(&mut self) {
        if let Some(report) = self.report.take() {
            let edition = Edition::of(&report);
            self.edition = Some(edition.clone());
            (self.reply)(Reply::Edition(edition));
        }
    }

    fn reply_loaded(&mut self, drafts: Vec<Annotation>) {
        let mut loaded = self.store.loaded(&self.cache);
        loaded.problems.extend(self.store.draft_problems());
        (self.reply)(Reply::Loaded {
            loaded,
            drafts,
            writable: self.writable.clone(),
        });
    }

    /// Reads changed files; returns whether anyone else changed any.
    fn refresh(&mut self) -> bool {
        self.stamp = self.store.stamp();
        self.last_read = Instant::now();
        let writable = self
            .store
            .check_writable()
            .map_err(|error| error.to_string());
        let is_as_writable = writable == self.writable;
        self.writable = writable;
        let changed = self.store.refresh(&mut self.cache);
        self.store.expect_folder();
        let own = std::mem::take(&mut self.own);
        let is_own = |id: &String| {
            own.get(id)
                .is_some_and(|left| left.as_ref() == self.cache.annotation(id))
        };
        let is_news = !changed.iter().all(is_own) | self.has_decisions_of_others();
        if !changed.is_empty() && self.writable.is_ok() {
            self.store.record_seen(&self.cache);
        }
        is_news || !is_as_writable
    }

    /// Reads changed reviews; returns whether anyone else changed any.
    fn has_decisions_of_others(&mut self) -> bool {
        let changed = self.store.refresh_decisions(&mut self.cache.decisions);
        let own = std::mem::take(&mut self.own_decisions);
        let is_own = |file: &PathBuf| {
            own.get(file)
                .is_some_and(|left| left.as_ref() == self.cache.decisions.get(file))
        };
        !changed.iter().all(is_own)
    }

    /// Reads the notebook again if it may have changed, or could not be written.
    fn reload(&mut self) {
        let is_due = self.store.stamp() != self.stamp
            || self.last_read.elapsed() >= self.waits.recheck
            || self.writable.is_err()
            || self.must_reply;
        if is_due && self.refresh() | std::mem::take(&mut self.must_reply) {
            self.reply_loaded(Vec::new());
        }
    }

    /// Saves a draft; one that fails is retried with everything else.
    fn save_draft(&mut self, draft: Annotation) {
        // A waiting change of that note has an older text and must not end this draft.
        for waiting in self
            .queue
            .iter_mut()
            .filter(|waiting| waiting.change.annotation().id == draft.id)
        {
            waiting.ends_draft = false;
        }
        self.drafts.retain(|other| other.id != draft.id);
        match self.store.save_draft(&draft) {
            Ok(()) => self.ledger.remove_saved_draft(&draft),
            Err(error) => {
                (self.reply)(Reply::DraftFailed {
                    reason: error.to_string(),
                });
                self.drafts.push(draft);
                self.retry_at
                    .get_or_insert_with(|| Instant::now() + self.waits.retry);
            }
        }
    }

    /// Tries all waiting changes, in order. A failure delays only later changes of the same
    /// annotation.
    fn save_all(&mut self) {
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
            if let Err(error) = self.try_save(&waiting) {
                let reason = error.to_string();
                self.ledger.fail(waiting.number, &reason);
                (self.reply)(Reply::Failed {
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
        self.retry_at = is_waiting.then(|| Instant::now() + self.waits.retry);
        self.reload();
    }

    /// Saves one change, or refuses it for good; an error means retry.
    fn try_save(&mut self, waiting: &Waiting) -> Result<(), StoreError> {
        let change = waiting.change.clone();
        match self.save_or_keep(&change, waiting.ends_draft) {
            Ok(saved) => {
                self.report_missing_locks();
                self.ledger.remove(waiting.number);
                self.store.expect_folder();
                if waiting.ends_draft {
                    self.drop_draft(&change.annotation().id);
                }
                self.remember_own(&change, &saved);
                (self.reply)(Reply::Saved {
                    change,
                    saved_as: saved,
                });
                Ok(())
            }
            Err(error) if is_final(&error) => {
                let is_draft = waiting.ends_draft;
                if is_draft {
                    self.ledger.add_draft(change.annotation().clone());
                    self.save_draft(change.annotation().clone());
                }
                self.ledger.remove(waiting.number);
                // The reader shows it as done: reply with what is there instead.
                self.must_reply = true;
                (self.reply)(Reply::Refused {
                    change,
                    reason: error.to_string(),
                    is_draft,
                });
                Ok(())
            }
            Err(error) => Err(error),
        }
    }

    /// Saves a change. What was typed in a note that was deleted for good meanwhile becomes a note
    /// of its own: it was never saved, and is no copy.
    fn save_or_keep(&self, change: &Change, is_typed: bool) -> Result<SavedAs, StoreError> {
        let saved = self.store.save(change, self.edition.as_ref());
        let (Err(StoreError::Purged), true) = (&saved, is_typed) else {
            return saved;
        };
        let own = Annotation {
            id: new_id(),
            conflict_of: None,
            ..change.annotation().clone()
        };
        self.store
            .save(&Change::Add(own.clone()), self.edition.as_ref())?;
        Ok(SavedAs::Beside(own))
    }

    /// Reports once that edits of other programs are no longer kept apart from ours.
    fn report_missing_locks(&mut self) {
        if self.store.is_lockless() && !std::mem::replace(&mut self.has_no_locks, true) {
            (self.reply)(Reply::NoLocks);
        }
    }

    fn drop_draft(&mut self, id: &str) {
        // There may be no draft to remove.
        let _ = self.store.drop_draft(id);
        self.drafts.retain(|draft| draft.id != id);
        self.ledger.drop_draft(id);
    }

    /// Remembers what our change left on disk. After a conflict, the other version has to be read.
    fn remember_own(&mut self, change: &Change, saved: &SavedAs) {
        if let Change::Decide { old, new, .. } = change {
            let file = new
                .as_ref()
                .or(old.as_ref())
                .and_then(|decision| self.store.decision_file(decision).ok());
            self.own_decisions
                .extend(file.map(|file| (file, new.clone())));
            return;
        }
        let id = change.annotation().id.clone();
        let left = (!matches!(change, Change::Delete(_))).then(|| change.annotation().clone());
        match saved {
            SavedAs::Asked => drop(self.own.insert(id, left)),
            SavedAs::Beside(_) => self.stamp = None,
        }
    }
}

/// Errors that a retry cannot fix.
fn is_final(error: &StoreError) -> bool {
    use StoreError as E;
    matches!(
        error,
        E::Newer
            | E::Changed
            | E::Gone(_)
            | E::Purged
            | E::Unreadable { .. }
            | E::Name(_)
            | E::TooLarge
    )
}
