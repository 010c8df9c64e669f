//! `state/journal`, the file of the [journal](super::journal). It is advice: a lost or torn line
//! costs a message or an undo, never an annotation, so it is not synced.

use std::{
    fs::OpenOptions,
    io::{self, Read, Seek, Write},
    path::Path,
};

use super::journal::{self, Action, Journal};
use crate::disk::{
    durable,
    regular::{self, Links},
};

/// Largest journal that is read, in bytes: a million lines.
const LARGEST: u64 = 64 * 1024 * 1024;

/// Appends lines, and reads them back: on some file systems an appended line overwrites the first
/// ones. What was there is written again then. A line feed comes first, so that a torn line before
/// them spoils none.
///
/// # Errors
/// If the file cannot be written, or is a link or no regular file.
pub(crate) fn append(path: &Path, actions: &[Action]) -> io::Result<()> {
    let lines = journal::lines(actions);
    if lines.is_empty() {
        return Ok(());
    }
    let added = format!("\n{lines}");
    if let Some(folder) = path.parent() {
        durable::make_folder(folder)?;
    }
    let mut options = OpenOptions::new();
    options.read(true).append(true).create(true);
    let mut file = regular::open(path, &mut options, Links::Refuse)?;
    let before = read_all(&mut file)?;
    file.write_all(added.as_bytes())?;
    file.rewind()?;
    let after = read_all(&mut file)?;
    // Others may have appended between.
    let is_there = after.strip_prefix(before.as_slice()).is_some_and(|new| {
        new.windows(added.len())
            .any(|some| some == added.as_bytes())
    });
    if is_there {
        return Ok(());
    }
    write(path, &[before.as_slice(), added.as_bytes()].concat())
}

/// Reads the journal; skips malformed lines.
///
/// # Errors
/// If it exists and cannot be read, or is a link or no regular file.
pub(crate) fn read(path: &Path) -> io::Result<Journal> {
    read_bytes(path).map(|bytes| Journal::of(&bytes))
}

/// Leaves nothing of some annotations but their ids, as deleted for good.
///
/// # Errors
/// If the file cannot be written.
pub(crate) fn purge(path: &Path, ids: &[String]) -> io::Result<()> {
    let is_purged = |id: &str| ids.iter().any(|of| of == id);
    let bytes = read_bytes(path)?;
    let left = journal::without(&String::from_utf8_lossy(&bytes), is_purged);
    let actions: Vec<Action> = ids.iter().cloned().map(Action::Purged).collect();
    write(path, (left + &journal::lines(&actions)).as_bytes())
}

fn write(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let folder = path.parent().unwrap_or(Path::new("."));
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    durable::make_folder(folder)?;
    durable::replace(folder, &name, bytes)
}

fn read_bytes(path: &Path) -> io::Result<Vec<u8>> {
    match regular::read(path, LARGEST, Links::Refuse) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Vec::new()),
        Ok(None) => Err(too_large()),
        other => other.map(Option::unwrap_or_default),
    }
}

fn read_all(file: &mut impl Read) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    file.take(LARGEST + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > LARGEST {
        return Err(too_large());
    }
    Ok(bytes)
}

fn too_large() -> io::Error {
    io::Error::other("larger than 64 MiB")
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
            &[Action::Saw("a".into()), Action::Edited("a-b".into(), 7)],
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
                &Action::Edited("a-b".into(), 7)
            ]
        );
        assert_eq!(journal.known.into_iter().collect::<Vec<_>>(), ["a-b"]);
    }

    #[test]
    fn a_journal_that_leads_elsewhere_is_neither_read_nor_written() {
        let folder = tempfile::tempdir().expect("a folder");
        let (file, other) = (folder.path().join("journal"), folder.path().join("other"));
        std::fs::write(&other, "added a\n").expect("written");
        std::os::unix::fs::symlink(&other, &file).expect("a link");
        assert!(append(&file, &[Action::Saw("b".into())]).is_err());
        assert!(read(&file).is_err());
        assert_eq!(std::fs::read(&other).expect("there"), b"added a\n");
        std::fs::remove_file(&file).expect("removed");
        let made = std::process::Command::new("mkfifo").arg(&file).status();
        assert!(made.expect("mkfifo").success());
        assert!(append(&file, &[Action::Saw("b".into())]).is_err());
        assert!(read(&file).is_err());
    }
}
