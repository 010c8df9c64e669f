//! The last resort: text that could not be saved is written wherever there is room, and
//! printed. A disk that does not answer holds that up for a moment only.

use std::{
    fs,
    os::unix::fs::OpenOptionsExt,
    path::{Path, PathBuf},
    sync::mpsc::channel,
    time::Duration,
};

use crate::notebook::Change;
use crate::text::{width, wording};

/// How long the writing of the rescue file is waited for.
const PATIENCE: Duration = Duration::from_secs(2);

/// How many rescue files with the number of one process may lie in a folder.
const MOST: u32 = 99;

/// Writes changes that were not kept to a rescue file; returns what to print.
pub fn write(unsaved: &[(Change, String)]) -> String {
    let mut text = String::new();
    for (change, reason) in unsaved {
        let annotation = change.annotation();
        let what = match change {
            Change::Add(_) | Change::Edit { .. } => "not saved",
            Change::Delete(_) => "not deleted, so it is still in the notebook",
            Change::Restore(_) => "not brought back, so it is still in the trash",
            Change::Decide { .. } => "where it stands in this edition is not settled",
        };
        text.push_str(&format!(
            "{} on \u{201c}{}\u{201d}\n{what}: {reason}\n\n{}\n\n",
            annotation.kind.name(),
            annotation.anchor.quote,
            annotation.text
        ));
    }
    let where_to = match put_somewhere(text.clone()) {
        Some(path) => format!("it is in `{}` and here", path.display()),
        None => "no rescue file could be written either, it is here".into(),
    };
    let notes = wording::count(unsaved.len(), "change");
    let shown: Vec<_> = text.lines().map(width::shown).collect();
    format!(
        "tip-reader: {notes} could not be saved; {}:\n\n{}\n",
        width::shown(&where_to),
        shown.join("\n")
    )
}

/// Writes the text to a new file in the first folder that takes it.
fn put_somewhere(text: String) -> Option<PathBuf> {
    let (done, written) = channel();
    let write = move || {
        drop(done.send(folders().iter().find_map(|folder| write_in(folder, &text))));
    };
    std::thread::Builder::new()
        .name("rescue".into())
        .spawn(write)
        .ok()?;
    written.recv_timeout(PATIENCE).ok().flatten()
}

/// Writes a new file whose name no earlier one has; `None` where the folder takes none.
fn write_in(folder: &Path, text: &str) -> Option<PathBuf> {
    for number in 1..=MOST {
        let path = folder.join(format!(
            "tip-reader-rescue-{}-{number}.txt",
            std::process::id()
        ));
        match write_new(&path, text) {
            Ok(()) => return Some(path),
            Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {}
            Err(_) => return None,
        }
    }
    None
}

fn folders() -> Vec<PathBuf> {
    [
        std::env::current_dir().ok(),
        std::env::var_os("HOME").map(PathBuf::from),
        Some(std::env::temp_dir()),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn write_new(path: &Path, text: &str) -> std::io::Result<()> {
    use std::io::Write;
    let mut file = fs::OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(path)?;
    let written = file
        .write_all(text.as_bytes())
        .and_then(|()| file.sync_all());
    if written.is_err() {
        // Half a rescue is none: the next folder may have room.
        let _ = fs::remove_file(path);
    }
    written
}
