//! What the disk says of the notebook, in the words of the status line.

use crate::{
    command::Command,
    edition::anchor::Resolution,
    notebook::{Change, Entry, news::Reply, resolution::Found},
    reader::{
        effect::Effect,
        notes::{News, Way},
        parts::Parts,
    },
    report::address::Address,
    text::wording,
};

impl Parts {
    /// Takes what the saver says; `is_free` says whether nothing lies over the text.
    pub(crate) fn hear(&mut self, reply: Reply, is_free: bool) {
        for news in self.notes.hear(reply, &self.report) {
            match news {
                News::Loaded => self.say_problems(is_free),
                News::EmptyDrafts(ids) => ids
                    .into_iter()
                    .for_each(|id| self.ask(Effect::DropDraft(id))),
                News::Saved { change, way } => self.say_saved(&change, way),
                News::SavedBeside => self.warn(
                    "This note was changed or deleted elsewhere; yours is saved as a second note.",
                ),
                News::NoLocks => self.warn(
                    "This disk has no locks: two programs that edit one note at once may keep one text in its history alone.",
                ),
                News::Failed => self.messages.clear(),
                News::DraftFailed(reason) => {
                    self.warn(format!("Could not save the draft: {reason}. Retrying."))
                }
                News::Refused {
                    reason,
                    is_draft: true,
                } => {
                    let resume = self.key(Command::ResumeDraft);
                    self.warn(format!(
                        "Not saved: {reason}. The text is kept as a draft; {resume} resumes it."
                    ));
                }
                News::Refused { reason, .. } => self.warn(format!("Not done: {reason}.")),
            }
        }
        self.follow();
    }

    /// Asks for annotations to be followed that may not be where their anchors say.
    fn follow(&mut self) {
        if let Some((edition, unresolved)) = self.notes.unresolved() {
            self.ask(Effect::Follow {
                edition,
                unresolved,
            });
        }
    }

    fn say_saved(&mut self, change: &Change, way: Way) {
        let id = &change.annotation().id;
        let is_coloured = self.mode.colouring().is_some_and(|of| of.id == *id);
        if is_coloured {
            return;
        }
        let mut done = change.done();
        if matches!(change, Change::Decide { .. }) {
            let left = self.notes.notebook().count_to_review();
            done = format!("{done}, {left} left");
        }
        let passage = self.notes.stands(change.annotation(), &self.report);
        let address = passage
            .map(|passage| format!(" on {}", Address::of(passage.start()).number(&self.report)))
            .unwrap_or_default();
        let (undo, redo) = (self.key(Command::Undo), self.key(Command::Redo));
        let again = done.to_lowercase();
        self.say(match way {
            Way::Made => format!("{done}. {undo} undoes it."),
            Way::Undone => format!("Undone{address}: {again}. {redo} redoes it."),
            Way::Redone => format!("Redone{address}: {again}. {undo} undoes it."),
        });
    }

    /// Says what cannot be read, or what was not saved.
    fn say_problems(&mut self, is_free: bool) {
        let (vanished, problems) = (self.vanished(), self.notes.problems());
        let said = match (self.notes.read_only(), vanished, problems) {
            (Some(reason), ..) => format!("Notes cannot be saved: {reason}."),
            (None, Some(vanished), []) => format!("{vanished} `notes check` says more."),
            (None, Some(vanished), all) => {
                let files = wording::count(all.len(), "file");
                let stay = match all.len() {
                    1 => "stays as it is",
                    _ => "stay as they are",
                };
                format!("{vanished} {files} cannot be read and {stay}; `notes check` names all.")
            }
            (None, None, [problem, more @ ..]) => {
                let name = problem.file.file_name().unwrap_or_default();
                let more = match more.len() {
                    0 => String::new(),
                    more => format!(" (and {more} more)"),
                };
                let (name, reason) = (name.to_string_lossy(), &problem.reason);
                format!("Cannot read `{name}`: {reason}{more}; it is left as it is.")
            }
            (None, None, []) => match self.notes.returned() {
                [] => return self.say_drafts(is_free),
                [one, ..] => format!(
                    "A copy brought back `{one}`, which was deleted for good; `notes check` says more."
                ),
            },
        };
        self.warn(said);
    }

    fn say_drafts(&mut self, is_free: bool) {
        let drafts = self.notes.drafts().len();
        if drafts == 0 || !is_free || self.notes.are_drafts_quiet {
            return;
        }
        let resume = self.key(Command::ResumeDraft);
        let them = if drafts == 1 { "it" } else { "the newest" };
        let drafts = wording::count(drafts, "draft");
        self.say(format!("{drafts} not saved; {resume} resumes {them}."));
    }

    /// What has vanished from disk, and whether it is shown all the same.
    fn vanished(&self) -> Option<String> {
        let (gone, shown) = self.notes.vanished();
        let what = match gone {
            [] => return None,
            [one] => format!("`{one}.ron` has vanished"),
            _ => format!("{} have vanished", wording::count(gone.len(), "annotation")),
        };
        let shown = match (shown, gone.len()) {
            (0, _) => String::new(),
            (1, 1) => "; it is shown as it was last read".into(),
            (shown, all) if shown == all => "; they are shown as they were last read".into(),
            (1, _) => "; 1 of them is shown as last read".into(),
            (shown, _) => format!("; {shown} of them are shown as last read"),
        };
        Some(format!("{what} from the notebook's folder{shown}."))
    }

    /// Takes where annotations were found, and says how many need review once all are.
    pub(crate) fn take_found(&mut self, found: Vec<Found>, is_free: bool) {
        let are_all = self.notes.take_found(found, &self.report);
        if are_all && is_free && self.messages.current().is_none() {
            self.say_doubts();
        }
    }

    /// Says what became of the annotations in this edition, where not all are as they were.
    fn say_doubts(&mut self) {
        let entries = self.notes.notebook().entries();
        let reviewed = entries.iter().filter(|entry| entry.is_reviewed).count();
        let doubts = counts(entries, Entry::needs_review);
        let mut rest = counts(entries, |of| !of.needs_review() && !of.is_reviewed);
        rest.extend((reviewed > 0).then(|| format!("{reviewed} reviewed")));
        let rest = rest.join(", ");
        let to_review = self.notes.notebook().count_to_review();
        if to_review > 0 {
            let (need, them) = match to_review {
                1 => ("needs", "it"),
                _ => ("need", "them"),
            };
            let rest = match rest.as_str() {
                "" => rest,
                rest => format!("; {rest}"),
            };
            let (list, doubts) = (self.key(Command::Review), doubts.join(", "));
            let all = wording::count(to_review, "annotation");
            self.say(format!(
                "{all} {need} review, {list} lists {them}: {doubts}{rest}."
            ));
        } else if !rest.is_empty() {
            let is_other = self.notes.has_other_editions();
            let which = if is_other { "Another" } else { "In this" };
            self.say(format!("{which} edition: {rest}."));
        }
    }
}

/// How many of the wanted entries there are of each kind of doubt.
fn counts(entries: &[Entry], is_wanted: impl Fn(&Entry) -> bool) -> Vec<String> {
    let count = |name: &str| {
        let of_name = |entry: &&Entry| {
            let is_exact = matches!(entry.resolution, Resolution::Exact(_));
            !is_exact && is_wanted(entry) && entry.resolution.name() == name
        };
        entries.iter().filter(of_name).count()
    };
    let counts = ["moved", "changed", "unsure", "orphaned"].map(|name| (count(name), name));
    let some = counts.into_iter().filter(|(count, _)| *count > 0);
    some.map(|(count, name)| format!("{count} {name}"))
        .collect()
}
