//! The journal: which annotations exist and what was done to them, in order, so that a vanished
//! file is noticed and the last change can be undone after a restart. Its file is read and written
//! in [`super::journal_file`].

use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::notebook::review::Decision;

/// One line of the journal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Action {
    Added(String),
    /// Restored or found.
    Saw(String),
    /// The old version has this number in the history.
    Edited(String, u32),
    /// The edit that made this version, and later ones, were undone; or the addition, with version
    /// 0.
    Undid(String, u32),
    Deleted(String),
    /// A review, and the one that it replaced.
    Reviewed(ReviewKey, Option<Box<Decision>>),
    /// Of the reviews for an edition, all but this many were undone.
    Unreviewed(ReviewKey, usize),
    /// Its file has vanished, which is no longer reported.
    Forgot(String),
    /// Deleted for good: no earlier line on it is left.
    Purged(String),
}

/// What a review is about: an annotation in an edition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ReviewKey {
    /// The folder of the edition in `editions/`.
    pub folder: String,
    pub id: String,
}

/// The content of the journal.
#[derive(Debug, Default)]
pub(crate) struct Journal {
    /// Ids of annotations that should be in `notes/`.
    pub known: BTreeSet<String>,
    /// Ids of annotations that are in the trash because their addition was undone.
    pub undone_additions: BTreeSet<String>,
    /// Ids of annotations that were deleted for good.
    pub purged: BTreeSet<String>,
    /// Additions, edits, deletions and reviews that can be undone, by line number.
    actions: BTreeMap<usize, Action>,
    /// The keys in `actions` of each id.
    of: HashMap<String, Vec<usize>>,
    lines: usize,
}

impl Journal {
    /// The journal in the bytes of its file; skips malformed lines.
    pub fn of(bytes: &[u8]) -> Self {
        let mut journal = Self::default();
        String::from_utf8_lossy(bytes)
            .lines()
            .filter_map(parse)
            .for_each(|action| journal.take(action));
        journal
    }

    /// What can be undone, latest first.
    pub fn actions(&self) -> impl Iterator<Item = &Action> {
        self.actions.values().rev()
    }

    /// How many reviews of an annotation in an edition can be undone.
    pub fn count_reviewed(&self, of: &ReviewKey) -> usize {
        self.reviewed(of).count()
    }

    /// The lines of its reviews, in order.
    fn reviewed<'a>(&'a self, of: &'a ReviewKey) -> impl Iterator<Item = usize> + 'a {
        let is_one = move |line: &&usize| matches!(self.actions.get(line), Some(Action::Reviewed(key, _)) if key == of);
        self.of
            .get(&of.id)
            .into_iter()
            .flatten()
            .filter(is_one)
            .copied()
    }

    fn take(&mut self, action: Action) {
        self.lines += 1;
        match &action {
            Action::Added(id) | Action::Saw(id) => {
                self.known.insert(id.clone());
                self.undone_additions.remove(id);
                self.forget(id, |earlier| matches!(earlier, Action::Deleted(_)));
            }
            Action::Edited(id, _) => drop(self.known.insert(id.clone())),
            Action::Undid(id, 0) => {
                self.known.remove(id);
                self.undone_additions.insert(id.clone());
                self.forget(id, |_| true);
            }
            Action::Undid(id, version) => self.forget(
                id,
                |earlier| matches!(earlier, Action::Edited(_, number) if number >= version),
            ),
            Action::Deleted(id) => {
                self.known.remove(id);
                self.forget(id, |earlier| matches!(earlier, Action::Deleted(_)));
            }
            Action::Unreviewed(of, left) => {
                let taken_back: Vec<usize> = self.reviewed(of).skip(*left).collect();
                self.actions.retain(|line, _| !taken_back.contains(line));
            }
            Action::Reviewed(..) => {}
            Action::Forgot(id) => drop(self.known.remove(id)),
            Action::Purged(id) => {
                self.known.remove(id);
                self.undone_additions.remove(id);
                self.purged.insert(id.clone());
                let lines = self.of.remove(id).unwrap_or_default();
                self.actions.retain(|line, _| !lines.contains(line));
            }
        }
        if let Action::Added(id)
        | Action::Edited(id, _)
        | Action::Deleted(id)
        | Action::Reviewed(ReviewKey { id, .. }, _) = &action
        {
            self.of.entry(id.clone()).or_default().push(self.lines);
            self.actions.insert(self.lines, action);
        }
    }

    /// Removes actions on an annotation that can no longer be undone.
    fn forget(&mut self, id: &str, which: impl Fn(&Action) -> bool) {
        let Some(lines) = self.of.get_mut(id) else {
            return;
        };
        let actions = &mut self.actions;
        lines.retain(|line| {
            let is_removed = actions.get(line).is_none_or(&which);
            if is_removed {
                actions.remove(line);
            }
            !is_removed
        });
    }
}

/// The lines of actions, without those on ids that do not reach the journal.
pub(crate) fn lines(actions: &[Action]) -> String {
    actions.iter().filter_map(line).collect()
}

/// The lines of a journal's text that are not about an annotation.
pub(crate) fn without(text: &str, is_purged: impl Fn(&str) -> bool) -> String {
    let is_about = |line: &str| parse(line).is_some_and(|action| is_purged(action.id()));
    // A line that is no action may be a torn one about any annotation.
    let stays = |line: &&str| parse(line).is_some() && !is_about(line);
    let stay = text.lines().filter(stays);
    stay.flat_map(|line| [line, "\n"]).collect()
}

impl Action {
    /// The id of the annotation that it is about.
    fn id(&self) -> &str {
        match self {
            Self::Added(id)
            | Self::Saw(id)
            | Self::Edited(id, _)
            | Self::Undid(id, _)
            | Self::Deleted(id)
            | Self::Reviewed(ReviewKey { id, .. }, _)
            | Self::Unreviewed(ReviewKey { id, .. }, _)
            | Self::Forgot(id)
            | Self::Purged(id) => id,
        }
    }
}

/// `None` for an id that does not reach the journal.
fn line(action: &Action) -> Option<String> {
    let (words, id) = match action {
        Action::Added(id) => ("added".to_owned(), id),
        Action::Saw(id) => ("saw".to_owned(), id),
        Action::Edited(id, version) => (format!("edited {version}"), id),
        Action::Undid(id, version) => (format!("undid {version}"), id),
        Action::Deleted(id) => ("deleted".to_owned(), id),
        Action::Reviewed(ReviewKey { folder, id }, before) => {
            let before = before
                .as_ref()
                .map(ron::to_string)
                .transpose()
                .ok()?
                .unwrap_or_default();
            return is_plain(id).then(|| format!("settled {folder}\t{id}\t{before}\n"));
        }
        Action::Unreviewed(ReviewKey { folder, id }, left) => {
            return is_plain(id).then(|| format!("unsettled {left} {folder}\t{id}\n"));
        }
        Action::Forgot(id) => ("forgot".to_owned(), id),
        Action::Purged(id) => ("purged".to_owned(), id),
    };
    is_plain(id).then(|| format!("{words} {id}\n"))
}

/// Whether an id may be written: a file's name can be anything, also a command of a shell.
fn is_plain(id: &str) -> bool {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-');
    !id.is_empty() && id.chars().all(is_plain)
}

/// Whether an id may be read: it leads to no other folder.
fn is_safe(id: &str) -> bool {
    !id.is_empty() && !id.starts_with('.') && !id.contains(['/', '\0'])
}

fn parse(line: &str) -> Option<Action> {
    parsed(line).filter(|action| is_safe(action.id()))
}

fn parsed(line: &str) -> Option<Action> {
    let (verb, rest) = line.split_once(' ')?;
    let id = || rest.to_owned();
    let numbered = || {
        rest.split_once(' ')
            .and_then(|(number, id)| Some((id.to_owned(), number.parse().ok()?)))
    };
    match verb {
        "added" => Some(Action::Added(id())),
        "saw" => Some(Action::Saw(id())),
        "edited" => numbered().map(|(id, version)| Action::Edited(id, version)),
        "undid" => numbered().map(|(id, version)| Action::Undid(id, version)),
        "deleted" => Some(Action::Deleted(id())),
        "settled" => {
            let mut parts = rest.splitn(3, '\t').map(str::to_owned);
            let (key, before) = (
                ReviewKey {
                    folder: parts.next()?,
                    id: parts.next()?,
                },
                parts.next()?,
            );
            let before = if before.is_empty() {
                None
            } else {
                Some(ron::from_str(&before).ok()?)
            };
            Some(Action::Reviewed(key, before))
        }
        "unsettled" => {
            let (left, (folder, id)) = rest
                .split_once(' ')
                .and_then(|(left, of)| Some((left, of.split_once('\t')?)))?;
            Some(Action::Unreviewed(
                ReviewKey {
                    folder: folder.into(),
                    id: id.into(),
                },
                left.parse().ok()?,
            ))
        }
        "forgot" => Some(Action::Forgot(id())),
        "purged" => Some(Action::Purged(id())),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_plain_ids_are_written_and_none_leads_to_another_folder() {
        for id in ["a b", "$(x)", "a;b", "a\nadded b", "é", ""] {
            assert_eq!(lines(&[Action::Saw(id.into())]), "", "{id:?}");
        }
        assert_eq!(lines(&[Action::Saw("aB3._-".into())]), "saw aB3._-\n");
        for line in [
            "saw ../a",
            "deleted .a",
            "edited 1 a/b",
            "settled f\t../a\t",
        ] {
            assert_eq!(parse(line), None, "{line}");
        }
        // An earlier version wrote such ids.
        assert_eq!(parse("saw a b"), Some(Action::Saw("a b".into())));
    }

    #[test]
    fn a_purge_leaves_the_bare_id_of_an_annotation() {
        let all = "added a\nedited 1 a\nadded b\nsettled f\ta\t\ntorn adde";
        assert_eq!(without(all, |id| id == "a"), "added b\n");
        let journal = Journal::of(b"added a\nedited 1 a\nadded b\npurged a\n");
        assert_eq!(
            journal.actions().collect::<Vec<_>>(),
            [&Action::Added("b".into())]
        );
        assert!(journal.purged.contains("a") && !journal.known.contains("a"));
    }

    #[test]
    fn the_words_on_disk_stay_those_of_the_first_release() {
        let of = ReviewKey {
            folder: "report-0123".into(),
            id: "a".into(),
        };
        for (action, written) in [
            (Action::Added("a".into()), "added a\n"),
            (Action::Saw("a".into()), "saw a\n"),
            (Action::Edited("a".into(), 2), "edited 2 a\n"),
            (Action::Undid("a".into(), 2), "undid 2 a\n"),
            (Action::Deleted("a".into()), "deleted a\n"),
            (
                Action::Reviewed(of.clone(), None),
                "settled report-0123\ta\t\n",
            ),
            (Action::Unreviewed(of, 1), "unsettled 1 report-0123\ta\n"),
            (Action::Forgot("a".into()), "forgot a\n"),
            (Action::Purged("a".into()), "purged a\n"),
        ] {
            assert_eq!(line(&action).as_deref(), Some(written));
            assert_eq!(parse(written.trim_end_matches('\n')), Some(action));
        }
    }
}
