//! Reports that were removed: their snapshots lie in `trash/reports/`, and `.removed.ron` beside them
//! says which went together, so that `notes undo` brings them back in its order.

use std::{fs, io, path::Path};

use serde::{Deserialize, Serialize};

use crate::disk::{durable, home::Home};

const FILE: &str = ".removed.ron";

/// Snapshots that were removed at once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Removed {
    /// What was removed, as it was named.
    pub name: String,
    /// How many changes of the notebook could be undone before it.
    pub depth: usize,
    /// Their paths below `reports/`.
    files: Vec<String>,
}

/// Moves snapshots to the trash, in place of ones of the same name that went there before.
///
/// # Errors
/// If one cannot be moved; those before it are in the trash then.
pub fn remove(home: &Home, name: &str, depth: usize, paths: &[&Path]) -> io::Result<()> {
    let mut removed = Removed {
        name: name.to_owned(),
        depth,
        files: Vec::new(),
    };
    for path in paths {
        let relative = path
            .strip_prefix(home.reports())
            .map_err(io::Error::other)?;
        move_file(path, &folder(home).join(relative))?;
        // A folder with other editions stays.
        let from = path.parent().filter(|from| *from != home.reports());
        let _ = from.map(fs::remove_dir);
        removed.files.push(relative.to_string_lossy().into_owned());
    }
    let mut all = read(home);
    all.push(removed);
    write(home, &all)
}

/// What was removed last and not brought back.
pub fn last(home: &Home) -> Option<Removed> {
    read(home).pop()
}

/// Brings back what was removed last; returns how many editions.
///
/// # Errors
/// If another snapshot is in the place of one, or it cannot be moved.
pub fn restore(home: &Home) -> io::Result<usize> {
    let mut all = read(home);
    let Some(removed) = all.pop() else {
        return Ok(0);
    };
    for file in &removed.files {
        let to = home.reports().join(file);
        if to.exists() {
            let there = format!("`{}` is there already", to.display());
            return Err(io::Error::other(there));
        }
        move_file(&folder(home).join(file), &to)?;
    }
    write(home, &all)?;
    Ok(removed.files.len())
}

fn folder(home: &Home) -> std::path::PathBuf {
    home.trash().join("reports")
}

fn read(home: &Home) -> Vec<Removed> {
    let text = fs::read_to_string(folder(home).join(FILE));
    let removed = text.ok().and_then(|text| ron::from_str(&text).ok());
    removed.unwrap_or_default()
}

fn write(home: &Home, all: &[Removed]) -> io::Result<()> {
    let text = ron::to_string(all).map_err(io::Error::other)?;
    durable::replace(&folder(home), FILE, text.as_bytes())
}

fn move_file(from: &Path, to: &Path) -> io::Result<()> {
    let folder = to.parent().unwrap_or(to);
    durable::make_folder(folder)?;
    fs::rename(from, to)?;
    durable::sync_folder(folder)?;
    durable::sync_folder(from.parent().unwrap_or(from))
}
