//! What the keeper says of the disk: taken into the notebook, the drafts and the status line.

use super::{Effect, Reader, Way};
use crate::{
    command::Command,
    notebook::{
        Change, Saved,
        annotation::Annotation,
        news::{Reply, SavedAs},
    },
    report::address::Address,
    text::wording,
};

impl Reader {
    /// Why a change is not on disk yet, where one is not.
    pub fn unsaved(&self) -> Option<&str> {
        self.failing.values().next().map(String::as_str)
    }

    /// Takes what the keeper says into the notebook and the status line.
    pub(super) fn take_reply(&mut self, reply: Reply) {
        match reply {
            Reply::Loaded {
                loaded,
                drafts,
                writable,
            } => {
                // What is under way was changed after this was read.
                let mut read = loaded.annotations;
                read.retain(|annotation| {
                    !self.under_way.iter().any(|(id, _)| *id == annotation.id)
                });
                self.notebook.replace(read, &self.report);
                let shown = self.notebook.mark(&loaded.vanished, &Saved::Vanished);
                self.notebook.mark(&loaded.unreadable, &Saved::Unreadable);
                self.decisions = loaded.decisions;
                self.take_decisions();
                self.vanished = (loaded.vanished, shown);
                if !self.knows_drafts {
                    self.knows_drafts = true;
                    self.take_drafts(drafts);
                }
                self.read_only = writable.err();
                self.problems = loaded.problems;
                self.tell_of_problems();
                self.ask_to_follow();
            }
            Reply::Deleted(mut deleted) => {
                deleted.retain(|annotation| annotation.report == self.report.id);
                self.notebook.recall_deleted(deleted);
            }
            Reply::Edition(edition) => {
                self.edition = Some(edition);
                self.take_decisions();
                self.ask_to_follow();
            }
            Reply::Places { id, places } => self.take_places(&id, places),
            Reply::Found(found) => self.take_found(found),
            Reply::Saved { change, kept } => self.take_saved(change, kept),
            Reply::Failed { change, reason } => {
                self.notebook
                    .settle(&change.annotation().id, Saved::Failed(reason.clone()));
                self.failing.insert(change.annotation().id.clone(), reason);
                self.message = None;
            }
            // That what is saved is not on disk is said already, and is more.
            Reply::Undrafted { .. } if !self.failing.is_empty() => {}
            Reply::Undrafted { reason } => {
                self.warn(format!("No draft is kept: {reason}. It is tried again."))
            }
            Reply::Refused {
                change,
                reason,
                is_draft,
            } => self.take_refusal(&change, &reason, is_draft),
        }
    }

    fn take_refusal(&mut self, change: &Change, reason: &str, is_draft: bool) {
        self.end_of(change);
        self.failing.remove(&change.annotation().id);
        self.notebook.take_back(change, &self.report);
        if !is_draft {
            return self.warn(format!("Not done: {reason}."));
        }
        self.take_drafts(vec![change.annotation().clone()]);
        let resume = self.keymap.shown(Command::ResumeDraft);
        self.warn(format!(
            "Not saved: {reason}. The text is kept as a draft; {resume} goes on with it."
        ));
    }

    fn take_saved(&mut self, change: Change, kept: SavedAs) {
        self.failing.remove(&change.annotation().id);
        let way = self.end_of(&change);
        if !self
            .under_way
            .iter()
            .any(|(id, _)| *id == change.annotation().id)
        {
            self.notebook.settle(&change.annotation().id, Saved::Yes);
        }
        match kept {
            SavedAs::Asked
                if self
                    .colouring
                    .as_ref()
                    .is_some_and(|colouring| colouring.id == change.annotation().id) => {}
            SavedAs::Asked => {
                let (undo, redo) = (
                    self.keymap.shown(Command::Undo),
                    self.keymap.shown(Command::Redo),
                );
                let mut done = change.done();
                if matches!(change, Change::Decide { .. }) {
                    done = format!("{done}, {} left", self.notebook.count_to_review());
                }
                let place = self.stands(change.annotation());
                let place = place
                    .map(|passage| format!(" on {}", Address::of(passage.start())))
                    .unwrap_or_default();
                self.say(match way {
                    Way::Made => format!("{done}. {undo} undoes it."),
                    Way::Undone => format!(
                        "Undone{place}: {}. {redo} does it again.",
                        done.to_lowercase()
                    ),
                    Way::Redone => format!(
                        "Done again{place}: {}. {undo} undoes it.",
                        done.to_lowercase()
                    ),
                });
            }
            SavedAs::Beside(ours) => {
                self.notebook.set_beside(&change, ours, &self.report);
                self.warn("Another reader had changed or deleted this note: yours is saved as one of its own.");
            }
        }
    }

    /// Strikes a change off those under way; says how it came about.
    fn end_of(&mut self, change: &Change) -> Way {
        let at = self
            .under_way
            .iter()
            .position(|(id, _)| *id == change.annotation().id);
        at.and_then(|at| self.under_way.remove(at))
            .map_or(Way::Made, |(_, way)| way)
    }

    fn take_drafts(&mut self, drafts: Vec<Annotation>) {
        for draft in drafts
            .into_iter()
            .filter(|draft| draft.report == self.report.id)
        {
            if draft.text.trim().is_empty() {
                // An editor outside was opened for it, and nothing was written there.
                self.effects.push(Effect::DropDraft(draft.id));
            } else if !self.drafts.iter().any(|known| known.id == draft.id) {
                self.drafts.push(draft);
            }
        }
    }

    fn tell_of_problems(&mut self) {
        if let Some(reason) = &self.read_only {
            self.warn(format!("Notes cannot be kept: {reason}."));
        } else if !self.vanished.0.is_empty() && !self.problems.is_empty() {
            let files = wording::count(self.problems.len(), "file");
            let stay = if self.problems.len() == 1 {
                "stays as it is"
            } else {
                "stay as they are"
            };
            self.warn(format!(
                "{} {files} cannot be read and {stay}; `notes check` names all.",
                self.vanished_words()
            ));
        } else if !self.vanished.0.is_empty() {
            self.warn(format!(
                "{} `notes check` says more.",
                self.vanished_words()
            ));
        } else if let Some(problem) = self.problems.first() {
            let file = problem
                .file
                .file_name()
                .unwrap_or_default()
                .to_string_lossy();
            let more = if self.problems.len() > 1 {
                format!(" (and {} more)", self.problems.len() - 1)
            } else {
                String::new()
            };
            self.warn(format!(
                "Cannot read `{file}`: {}{more}; it is left as it is.",
                problem.reason
            ));
        } else if !self.drafts.is_empty() && self.overlay.is_none() {
            let resume = self.keymap.shown(Command::ResumeDraft);
            let them = if self.drafts.len() == 1 {
                "it"
            } else {
                "the newest"
            };
            self.say(format!(
                "{} not saved; {resume} goes on with {them}.",
                wording::count(self.drafts.len(), "draft")
            ));
        }
    }

    /// What has vanished from disk, and whether it is shown all the same.
    fn vanished_words(&self) -> String {
        let (gone, shown) = &self.vanished;
        let what = match gone.as_slice() {
            [one] => format!("`{one}.ron` has vanished"),
            _ => format!("{} have vanished", wording::count(gone.len(), "annotation")),
        };
        let shown = match (*shown, gone.len()) {
            (0, _) => String::new(),
            (1, 1) => "; it is shown as it was last read".into(),
            (shown, all) if shown == all => "; they are shown as they were last read".into(),
            (shown, _) => format!(
                "; {shown} of them {} shown as last read",
                if shown == 1 { "is" } else { "are" }
            ),
        };
        format!("{what} from the notebook's folder{shown}.")
    }
}
