//! What the disk says, taken into the notebook and the drafts; what is worth saying of it comes
//! back as facts.

use super::{Notes, Way};
use crate::{
    notebook::{
        Change, Saved,
        annotation::Annotation,
        news::{Loaded, Problem, Reply, SavedAs},
        resolution::Found,
    },
    report::Report,
};

/// What is worth saying of what the disk said, or has to be done for it.
#[derive(Debug)]
pub(crate) enum News {
    /// The notebook was read.
    Loaded,
    /// Ids of drafts that are to be dropped: nothing was written in them.
    EmptyDrafts(Vec<String>),
    /// The file system has no locks.
    NoLocks,
    Saved {
        change: Change,
        way: Way,
    },
    /// Another reader had changed the annotation: ours is saved as a second one.
    SavedBeside,
    /// A change is not on disk; it is tried again.
    Failed,
    /// A draft is not on disk; it is tried again.
    DraftFailed(String),
    /// A change can never be saved, and why; whether its text is a draft now.
    Refused {
        reason: String,
        is_draft: bool,
    },
}

impl Notes {
    /// Takes what the saver says.
    pub(crate) fn hear(&mut self, reply: Reply, report: &Report) -> Vec<News> {
        match reply {
            Reply::Loaded {
                loaded,
                drafts,
                writable,
            } => self.take_loaded(loaded, drafts, writable, report),
            Reply::Deleted(mut deleted) => {
                deleted.retain(|annotation| annotation.report == report.id);
                self.notebook.add_deletions(deleted);
                Vec::new()
            }
            Reply::Edition(edition) => {
                self.edition = Some(edition);
                self.take_decisions(report);
                Vec::new()
            }
            Reply::NoLocks => vec![News::NoLocks],
            Reply::Saved { change, saved_as } => vec![self.take_saved(change, saved_as, report)],
            Reply::Failed { change, reason } => {
                let id = &change.annotation().id;
                self.notebook.set_saved(id, Saved::Failed(reason.clone()));
                self.saves.fail(&change, reason);
                vec![News::Failed]
            }
            // That a change is not on disk is said already, and is more.
            Reply::DraftFailed { .. } if self.unsaved().is_some() => Vec::new(),
            Reply::DraftFailed { reason } => vec![News::DraftFailed(reason)],
            Reply::Refused {
                change,
                reason,
                is_draft,
            } => {
                self.saves.end(&change);
                self.notebook.revert(&change, report);
                let mut news = Vec::new();
                if is_draft {
                    news.push(self.take_drafts(vec![change.annotation().clone()], report));
                }
                news.push(News::Refused { reason, is_draft });
                news
            }
        }
    }

    fn take_loaded(
        &mut self,
        loaded: Loaded,
        drafts: Vec<Annotation>,
        writable: Result<(), String>,
        report: &Report,
    ) -> Vec<News> {
        // What is under way was changed after this was read.
        let mut read = loaded.annotations;
        read.retain(|annotation| !self.saves.is_under_way(&annotation.id));
        self.forget_purged(&loaded.purged);
        self.notebook.replace(read, report);
        let shown = self.notebook.mark(&loaded.vanished, &Saved::Vanished);
        self.notebook.mark(&loaded.unreadable, &Saved::Unreadable);
        self.decisions = loaded.decisions;
        self.take_decisions(report);
        self.vanished = (loaded.vanished, shown);
        self.returned = loaded.returned;
        self.problems = loaded.problems;
        self.read_only = writable.err();
        let mut news = Vec::new();
        if !std::mem::replace(&mut self.drafts.are_known, true) {
            news.push(self.take_drafts(drafts, report));
        }
        news.push(News::Loaded);
        news
    }

    /// Lets go of annotations that were deleted for good, with their undo and drafts. What is
    /// being typed or saved is not theirs.
    fn forget_purged(&mut self, purged: &[String]) {
        let is_purged = |id: &str| purged.iter().any(|of| of == id);
        self.notebook.forget_changes(is_purged);
        for id in purged {
            self.drafts.remove(id);
        }
    }

    fn take_saved(&mut self, change: Change, saved_as: SavedAs, report: &Report) -> News {
        let way = self.saves.end(&change);
        let id = &change.annotation().id;
        if !self.saves.is_under_way(id) {
            self.notebook.set_saved(id, Saved::Yes);
        }
        match saved_as {
            SavedAs::Asked => News::Saved { change, way },
            SavedAs::Beside(ours) => {
                self.notebook.set_beside(&change, ours, report);
                News::SavedBeside
            }
        }
    }

    fn take_drafts(&mut self, drafts: Vec<Annotation>, report: &Report) -> News {
        let here = drafts.into_iter().filter(|draft| draft.report == report.id);
        // An editor outside was opened for an empty one, and nothing was written there.
        let (empty, written): (Vec<_>, Vec<_>) =
            here.partition(|draft| draft.text.trim().is_empty());
        for draft in written {
            self.drafts.add(draft);
        }
        News::EmptyDrafts(empty.into_iter().map(|draft| draft.id).collect())
    }

    /// Takes the decisions for this edition, once that is known.
    fn take_decisions(&mut self, report: &Report) {
        if let Some(edition) = &self.edition {
            let is_here = |hash: &str| edition.is(hash);
            self.notebook
                .take_decisions(self.decisions.clone(), is_here, report);
        }
    }

    /// Takes where annotations were found; says whether all are now.
    pub(crate) fn take_found(&mut self, found: Vec<Found>, report: &Report) -> bool {
        for (id, ..) in &found {
            self.followed.remove(id);
        }
        self.notebook.take_found(found, report);
        self.followed.is_empty()
    }

    /// Ids of annotations whose files are gone though nobody deleted them, and how many are shown.
    pub(crate) fn vanished(&self) -> (&[String], usize) {
        (&self.vanished.0, self.vanished.1)
    }

    /// Ids of annotations that were deleted for good and are there again.
    pub(crate) fn returned(&self) -> &[String] {
        &self.returned
    }

    /// Files of the notebook that cannot be read.
    pub(crate) fn problems(&self) -> &[Problem] {
        &self.problems
    }
}
