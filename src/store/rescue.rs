//! The last resort: unsaved text is written to a rescue file wherever possible, and printed. Waits
//! only briefly for a disk that does not answer.

use std::{
    fs,
    os::unix::fs::OpenOptionsExt,
    path::{Path, PathBuf},
    sync::mpsc::channel,
    time::Duration,
};

use crate::{
    disk::regular::{self, Links},
    notebook::{Change, annotation::Kind},
    text::{width, wording},
};

/// How the names of rescue files begin.
const PREFIX: &str = "tip-reader-rescue-";
/// Largest rescue file that is looked into, in bytes.
const LARGEST: u64 = 64 * 1024 * 1024;

/// How long to wait for the rescue file.
const PATIENCE: Duration = Duration::from_secs(2);
/// The same at a quick exit.
const SOON: Duration = Duration::from_millis(40);

/// How many rescue files one process may leave in a folder.
const MOST: u32 = 99;

/// Writes unsaved changes to a rescue file, and waits only a moment for it.
pub fn write_soon(unsaved: &[(Change, String)]) {
    let _ = put_somewhere(text_of(unsaved), SOON);
}

/// Writes unsaved changes to a rescue file; returns the text to print.
pub fn write(unsaved: &[(Change, String)]) -> String {
    let text = text_of(unsaved);
    let where_to = match put_somewhere(text.clone(), PATIENCE) {
        Some(path) => format!("the text is in `{}` and below", path.display()),
        None => "no rescue file could be written either; the text is below".into(),
    };
    let notes = wording::count(unsaved.len(), "change");
    let shown: Vec<_> = text.lines().map(width::shown).collect();
    format!(
        "tip-reader: {notes} could not be saved; {}:\n\n{}\n",
        width::shown(&where_to),
        shown.join("\n")
    )
}

fn text_of(unsaved: &[(Change, String)]) -> String {
    let mut text = String::new();
    for (change, reason) in unsaved {
        let annotation = change.annotation();
        let what = match change {
            Change::Add(_) | Change::Edit { .. } => "not saved",
            Change::Delete(_) => "not deleted; still in the notebook",
            Change::Restore(_) => "not restored; still in the trash",
            Change::Decide { .. } => "review not saved",
        };
        text.push_str(&format!(
            "{} {} on \u{201c}{}\u{201d}\n{what}: {reason}\n\n{}\n\n",
            annotation.kind.name(),
            annotation.id,
            annotation.anchor.quote,
            annotation.text
        ));
    }
    text
}

/// The rescue files of an annotation in the folders where they are written: those that hold nothing
/// else, and the others. `texts` are those of its versions.
pub fn files_of(id: &str, texts: &[String]) -> (Vec<PathBuf>, Vec<PathBuf>) {
    let (mut alone, mut shared) = (Vec::new(), Vec::new());
    for folder in folders() {
        for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
            let name = entry.file_name().to_string_lossy().into_owned();
            if !(name.starts_with(PREFIX) && name.ends_with(".txt")) {
                continue;
            }
            let read = regular::read(&entry.path(), LARGEST, Links::Refuse);
            let Ok(Some(bytes)) = read else { continue };
            let text = String::from_utf8_lossy(&bytes);
            if !text.contains(id) && !texts.iter().any(|of| text.contains(&format!("\n\n{of}\n"))) {
                continue;
            }
            let is_alone = text.lines().filter(|line| is_head(line)).count() == 1;
            match is_alone {
                true => alone.push(entry.path()),
                false => shared.push(entry.path()),
            }
        }
    }
    (alone, shared)
}

/// Whether a line begins what is rescued of one annotation.
fn is_head(line: &str) -> bool {
    let begins = |kind: &Kind| line.starts_with(kind.name());
    Kind::ALL.iter().any(begins) && line.contains(" on \u{201c}")
}

/// Writes the text to a new file in the first folder that accepts it.
fn put_somewhere(text: String, patience: Duration) -> Option<PathBuf> {
    let (done, written) = channel();
    let write = move || {
        drop(done.send(folders().iter().find_map(|folder| write_in(folder, &text))));
    };
    std::thread::Builder::new()
        .name("rescue".into())
        .spawn(write)
        .ok()?;
    written.recv_timeout(patience).ok().flatten()
}

/// Writes a file under an unused name; `None` if the folder does not accept it.
fn write_in(folder: &Path, text: &str) -> Option<PathBuf> {
    for number in 1..=MOST {
        let path = folder.join(format!("{PREFIX}{}-{number}.txt", std::process::id()));
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
        // Half a rescue file is useless: the next folder may have room.
        let _ = fs::remove_file(path);
    }
    written
}
