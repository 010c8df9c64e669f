//! `state/journal`: which annotations are known and what was done to them, in order, so that a
//! vanished file is noticed and the last change can be undone after a restart. It is advice: a
//! line that is lost or torn costs a message or an undo, never an annotation, so no line is
//! synced.

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
pub(crate) enum Deed {
    /// It was made.
    Added(String),
    /// It was brought back or found.
    Saw(String),
    /// It was edited; the old version has that number in the history.
    Edited(String, u32),
    /// The edit that made that version of the history, and those after it, were taken back; or
    /// the addition, with version 0.
    Undid(String, u32),
    Deleted(String),
    /// What was settled of it for an edition, and what had been settled before.
    Reviewed(Reviewing, Option<Box<Decision>>),
    /// Of what was settled of it for an edition, all but the first so many were taken back.
    Unreviewed(Reviewing, usize),
    /// Its file had vanished, and that is no longer to be told.
    Forgot(String),
}

/// What is settled: an annotation in an edition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Reviewing {
    /// The folder of the edition in `editions/`.
    pub folder: String,
    pub id: String,
}

/// What the lines say together.
#[derive(Debug, Default)]
pub(crate) struct Past {
    /// Ids of the annotations that should be in `notes/`.
    pub known: BTreeSet<String>,
    /// Ids of what is in the trash as its addition was taken back.
    pub withdrawn: BTreeSet<String>,
    /// What can be undone: additions, edits, deletions and decisions, by the numbers of their lines.
    deeds: BTreeMap<usize, Deed>,
    /// The keys of `deeds` for an id.
    of: HashMap<String, Vec<usize>>,
    lines: usize,
}

/// Adds lines. They begin with a line feed, so that a torn line before them spoils none.
pub(crate) fn append(file: &Path, deeds: &[Deed]) -> io::Result<()> {
    let lines: String = deeds.iter().filter_map(line).collect();
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

/// Reads the journal; lines that are none are passed over.
///
/// # Errors
/// Where there is one and it cannot be read.
pub(crate) fn read(file: &Path) -> io::Result<Past> {
    let mut past = Past::default();
    let bytes = match fs::metadata(file) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(past),
        Ok(metadata) if !metadata.is_file() => return Err(io::Error::other("not a regular file")),
        other => other.and_then(|_| fs::read(file))?,
    };
    String::from_utf8_lossy(&bytes)
        .lines()
        .filter_map(parse)
        .for_each(|deed| past.take(deed));
    Ok(past)
}

impl Past {
    /// What can be undone, the last deed first.
    pub fn deeds(&self) -> impl Iterator<Item = &Deed> {
        self.deeds.values().rev()
    }

    /// How many decisions of an annotation for an edition can be undone.
    pub fn count_reviewed(&self, of: &Reviewing) -> usize {
        self.reviewed(of).count()
    }

    /// The lines of its decisions, in order.
    fn reviewed<'a>(&'a self, of: &'a Reviewing) -> impl Iterator<Item = usize> + 'a {
        let is_one = move |line: &&usize| matches!(self.deeds.get(line), Some(Deed::Reviewed(settling, _)) if settling == of);
        self.of
            .get(&of.id)
            .into_iter()
            .flatten()
            .filter(is_one)
            .copied()
    }

    fn take(&mut self, deed: Deed) {
        self.lines += 1;
        match &deed {
            Deed::Added(id) | Deed::Saw(id) => {
                self.known.insert(id.clone());
                self.withdrawn.remove(id);
                self.forget(id, |earlier| matches!(earlier, Deed::Deleted(_)));
            }
            Deed::Edited(id, _) => drop(self.known.insert(id.clone())),
            Deed::Undid(id, 0) => {
                self.known.remove(id);
                self.withdrawn.insert(id.clone());
                self.forget(id, |_| true);
            }
            Deed::Undid(id, version) => self.forget(
                id,
                |earlier| matches!(earlier, Deed::Edited(_, number) if number >= version),
            ),
            Deed::Deleted(id) => {
                self.known.remove(id);
                self.forget(id, |earlier| matches!(earlier, Deed::Deleted(_)));
            }
            Deed::Unreviewed(of, left) => {
                let taken_back: Vec<usize> = self.reviewed(of).skip(*left).collect();
                self.deeds.retain(|line, _| !taken_back.contains(line));
            }
            Deed::Reviewed(..) => {}
            Deed::Forgot(id) => drop(self.known.remove(id)),
        }
        if let Deed::Added(id)
        | Deed::Edited(id, _)
        | Deed::Deleted(id)
        | Deed::Reviewed(Reviewing { id, .. }, _) = &deed
        {
            self.of.entry(id.clone()).or_default().push(self.lines);
            self.deeds.insert(self.lines, deed);
        }
    }

    /// Those deeds on an annotation can no longer be undone.
    fn forget(&mut self, id: &str, which: impl Fn(&Deed) -> bool) {
        let Some(lines) = self.of.get_mut(id) else {
            return;
        };
        let deeds = &mut self.deeds;
        lines.retain(|line| {
            let goes = deeds.get(line).is_none_or(&which);
            if goes {
                deeds.remove(line);
            }
            !goes
        });
    }
}

/// `None` for an id that would not be read back as it is.
fn line(deed: &Deed) -> Option<String> {
    let (words, id) = match deed {
        Deed::Added(id) => ("added".to_owned(), id),
        Deed::Saw(id) => ("saw".to_owned(), id),
        Deed::Edited(id, version) => (format!("edited {version}"), id),
        Deed::Undid(id, version) => (format!("undid {version}"), id),
        Deed::Deleted(id) => ("deleted".to_owned(), id),
        Deed::Reviewed(Reviewing { folder, id }, before) => {
            let before = before
                .as_ref()
                .map(ron::to_string)
                .transpose()
                .ok()?
                .unwrap_or_default();
            return is_plain(id).then(|| format!("settled {folder}\t{id}\t{before}\n"));
        }
        Deed::Unreviewed(Reviewing { folder, id }, left) => {
            return is_plain(id).then(|| format!("unsettled {left} {folder}\t{id}\n"));
        }
        Deed::Forgot(id) => ("forgot".to_owned(), id),
    };
    is_plain(id).then(|| format!("{words} {id}\n"))
}

fn is_plain(id: &str) -> bool {
    !id.is_empty() && !id.chars().any(char::is_control)
}

fn parse(line: &str) -> Option<Deed> {
    let (verb, rest) = line.split_once(' ')?;
    let id = || rest.to_owned();
    let numbered = || {
        rest.split_once(' ')
            .and_then(|(number, id)| Some((id.to_owned(), number.parse().ok()?)))
    };
    match verb {
        "added" => Some(Deed::Added(id())),
        "saw" => Some(Deed::Saw(id())),
        "edited" => numbered().map(|(id, version)| Deed::Edited(id, version)),
        "undid" => numbered().map(|(id, version)| Deed::Undid(id, version)),
        "deleted" => Some(Deed::Deleted(id())),
        "settled" => {
            let mut parts = rest.splitn(3, '\t').map(str::to_owned);
            let (settling, before) = (
                Reviewing {
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
            Some(Deed::Reviewed(settling, before))
        }
        "unsettled" => {
            let (left, (folder, id)) = rest
                .split_once(' ')
                .and_then(|(left, of)| Some((left, of.split_once('\t')?)))?;
            Some(Deed::Unreviewed(
                Reviewing {
                    folder: folder.into(),
                    id: id.into(),
                },
                left.parse().ok()?,
            ))
        }
        "forgot" => Some(Deed::Forgot(id())),
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
            &[Deed::Saw("a".into()), Deed::Edited("a b".into(), 7)],
        )
        .expect("written");
        for torn in ["edit", "\0\0\0", "saw"] {
            let mut bytes = std::fs::read(&file).expect("read");
            bytes.extend(torn.as_bytes());
            std::fs::write(&file, bytes).expect("torn");
            append(&file, &[Deed::Deleted("a".into())]).expect("written");
        }
        let past = read(&file).expect("a journal");
        assert_eq!(
            past.deeds().collect::<Vec<_>>(),
            [&Deed::Deleted("a".into()), &Deed::Edited("a b".into(), 7)]
        );
        assert_eq!(past.known.into_iter().collect::<Vec<_>>(), ["a b"]);
    }

    #[test]
    fn the_words_on_disk_stay_those_of_the_first_release() {
        let of = Reviewing {
            folder: "report-0123".into(),
            id: "a".into(),
        };
        for (deed, written) in [
            (Deed::Added("a".into()), "added a\n"),
            (Deed::Saw("a".into()), "saw a\n"),
            (Deed::Edited("a".into(), 2), "edited 2 a\n"),
            (Deed::Undid("a".into(), 2), "undid 2 a\n"),
            (Deed::Deleted("a".into()), "deleted a\n"),
            (
                Deed::Reviewed(of.clone(), None),
                "settled report-0123\ta\t\n",
            ),
            (Deed::Unreviewed(of, 1), "unsettled 1 report-0123\ta\n"),
            (Deed::Forgot("a".into()), "forgot a\n"),
        ] {
            assert_eq!(line(&deed).as_deref(), Some(written));
            assert_eq!(parse(written.trim_end_matches('\n')), Some(deed));
        }
    }
}
