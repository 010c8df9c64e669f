//! The last resort: text that could not be saved is written wherever there is room, and
//! printed.

use std::{fs, os::unix::fs::OpenOptionsExt, path::PathBuf};

use super::Change;

/// Writes changes that were not kept to a rescue file; returns what to print.
pub fn write(unkept: &[(Change, String)]) -> String {
    let mut text = String::new();
    for (change, reason) in unkept {
        let annotation = change.annotation();
        text.push_str(&format!(
            "{} on \u{201c}{}\u{201d}\nnot saved: {reason}\n\n{}\n\n",
            annotation.kind.name(),
            annotation.anchor.quote,
            annotation.text
        ));
    }
    let place = folders().into_iter().map(|folder| folder.join(format!("tip-reader-rescue-{}.txt", std::process::id())));
    let written = place.into_iter().find(|path| write_new(path, &text).is_ok());
    let where_to = match written {
        Some(path) => format!("it is in `{}` and here", path.display()),
        None => "no rescue file could be written either, it is here".into(),
    };
    let notes = crate::wording::count(unkept.len(), "change");
    let shown: Vec<_> = text.lines().map(crate::report::glyphs::shown).collect();
    format!("tip-reader: {notes} could not be saved; {}:\n\n{}\n", crate::report::glyphs::shown(&where_to), shown.join("\n"))
}

fn folders() -> Vec<PathBuf> {
    [std::env::current_dir().ok(), std::env::var_os("HOME").map(PathBuf::from), Some(std::env::temp_dir())].into_iter().flatten().collect()
}

fn write_new(path: &PathBuf, text: &str) -> std::io::Result<()> {
    use std::io::Write;
    let mut file = fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()
}
