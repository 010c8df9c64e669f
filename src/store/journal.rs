//! `state/journal`: which annotations exist and what was done to them, in order, so that a vanished
//! file is noticed and the last change can be undone after a restart. It is advice: a lost or torn
//! line costs a message or an undo, never an annotation, so it is not synced.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    fs::{self, OpenOptions},
    io::{self, Write},
    os::unix::fs::OpenOptionsExt,
    path::Path,
};

use crate::{disk::durable, notebook::review::Decision};

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
    /// Additions, edits, deletions and reviews that can be undone, by line number.
    actions: BTreeMap<usize, Action>,
    /// The keys in `actions` of each id.
    of: HashMap<String, Vec<usize>>,
    lines: usize,
}

/// Appends lines. A line feed comes first, so that a torn line before them spoils none.
pub(crate) fn append(file: &Path, actions: &[Action]) -> io::Result<()> {
    let lines: String = actions.iter().filter_map(line).collect();
    if lines.is_empty() {
        return Ok(());
    }
    if let Some(folder) = file.parent() {
        durable::make_folder(folder)?;
    }
    let mut file = OpenOptions::new()
        .append(true)
        .create(true)
        .mode(0o600)
        .open(file)?;
    file.write_all(format!("\n{lines}").as_bytes())
}

/// Reads the journal; skips malformed lines.
///
/// # Errors
/// If it exists and cannot be read.
pub(crate) fn read(file: &Path) -> io::Result<Journal> {
    let mut journal = Journal::default();
    let bytes = match fs::metadata(file) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(journal),
        Ok(metadata) if !metadata.is_file() => return Err(io::Error::other("not a regular file")),
        other => other.and_then(|_| fs::read(file))?,
    };
    String::from_utf8_lossy(&bytes)
        .lines()
        .filter_map(parse)
        .for_each(|action| journal.take(action));
    Ok(journal)
}

impl Journal {
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

/// `None` for an id that could not be read back.
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
    };
    is_plain(id).then(|| format!("{words} {id}\n"))
}

fn is_plain(id: &str) -> bool {
    !id.is_empty() && !id.chars().any(char::is_control)
}

fn parse(line: &str) -> Option<Action> {
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
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_torn_or_zero_filled_line_spoils_no_other() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("state/journal");
        append(
            &file,
            &[Action::Saw("a".into()), Action::Edited("a b".into(), 7)],
        )
        .expect("written");
        for torn in ["edit", "\0\0\0", "saw"] {
            let mut bytes = std::fs::read(&file).expect("read");
            bytes.extend(torn.as_bytes());
            std::fs::write(&file, bytes).expect("torn");
            append(&file, &[Action::Deleted("a".into())]).expect("written");
        }
        let journal = read(&file).expect("a journal");
        assert_eq!(
            journal.actions().collect::<Vec<_>>(),
            [
                &Action::Deleted("a".into()),
                &Action::Edited("a b".into(), 7)
            ]
        );
        assert_eq!(journal.known.into_iter().collect::<Vec<_>>(), ["a b"]);
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
        ] {
            assert_eq!(line(&action).as_deref(), Some(written));
            assert_eq!(parse(written.trim_end_matches('\n')), Some(action));
        }
    }
}
