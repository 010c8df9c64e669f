//! The layers of the house: who may know of whom. A rule that is broken is named with its line.

use std::{fs, path::Path};

/// What may be named only in some places: the word, and the files or folders that may.
const RULES: &[(&str, &[&str])] = &[
    ("ratatui", &["view", "view.rs", "terminal"]),
    ("crossterm", &["terminal", "session.rs"]),
    ("rustix::termios", &["terminal"]),
    ("signal_hook", &["terminal", "session", "session.rs"]),
    ("directories", &["disk"]),
    (
        "clap",
        &[
            "cli",
            "cli.rs",
            "export.rs",
            "export/notes.rs",
            "export/compared.rs",
        ],
    ),
    // The clock is read in `cli.rs` alone; the export only writes a date in another way.
    ("jiff", &["cli.rs", "export/notes/annotation.rs"]),
    ("open::that_detached", &["session.rs"]),
    ("uuid::", &["store"]),
    (
        "std::fs",
        &[
            "store",
            "store.rs",
            "disk",
            "library",
            "import/source.rs",
            "cli",
        ],
    ),
    (
        "std::env",
        &[
            "cli",
            "cli.rs",
            "view/ascii.rs",
            "disk",
            "store",
            "session",
            "session.rs",
            "main.rs",
        ],
    ),
    ("std::thread", &["terminal", "session", "store", "store.rs"]),
    ("crate::cli", &["cli", "cli.rs"]),
    ("crate::session", &["cli", "cli.rs", "session"]),
    ("crate::view", &["terminal"]),
    (
        "crate::reader",
        &[
            "view",
            "view.rs",
            "terminal",
            "session",
            "session.rs",
            "cli",
            "reader",
        ],
    ),
];

/// What a layer may not name: the folder, and the modules above it or beside it.
const NEVER: &[(&str, &[&str])] = &[
    (
        "report",
        &[
            "crate::notebook",
            "crate::reader",
            "crate::command",
            "crate::import",
            "crate::export",
        ],
    ),
    (
        "notebook",
        &[
            "crate::command",
            "crate::export",
            "crate::exchange",
            "crate::import",
        ],
    ),
    (
        "export",
        &["crate::store", "crate::import", "crate::exchange"],
    ),
    ("exchange", &["crate::store", "crate::import"]),
    ("import", &["crate::notebook", "crate::export"]),
];

fn files(folder: &Path, found: &mut Vec<(String, String)>) {
    for entry in fs::read_dir(folder).expect("a folder").flatten() {
        let path = entry.path();
        if path.is_dir() {
            files(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let source = concat!(env!("CARGO_MANIFEST_DIR"), "/src/");
            let name = path.to_string_lossy().trim_start_matches(source).to_owned();
            found.push((name, fs::read_to_string(&path).expect("text")));
        }
    }
}

/// The lines that count: no comments, no tests.
fn lines(text: &str) -> impl Iterator<Item = (usize, String)> + '_ {
    let code = text.split("#[cfg(test)]").next().unwrap_or_default();
    let flat = code
        .lines()
        .enumerate()
        .map(|(index, line)| (index + 1, line.trim().to_owned()));
    flat.filter(|(_, line)| !line.starts_with("//"))
}

/// Whether a line names a path: `use crate::{reader::...}` counts as `crate::reader` when the
/// group is on the line; inside groups a module of its own begins the line.
fn names(line: &str, word: &str) -> bool {
    let is_path = |text: &str, word: &str| {
        text.match_indices(word).any(|(at, _)| {
            let before = text[..at].chars().next_back();
            let after = text[at + word.len()..].chars().next();
            !before.is_some_and(|c| c.is_alphanumeric() || c == '_')
                && (word.contains("::") || after == Some(':') || after == Some(';'))
        })
    };
    if is_path(line, word) {
        return true;
    }
    let Some((root, module)) = word.split_once("::") else {
        return false;
    };
    let grouped = format!("use {root}::{{");
    line.starts_with(&grouped)
        && line[grouped.len()..]
            .split(", ")
            .any(|item| item.trim_end_matches("};").split("::").next() == Some(module))
}

#[test]
fn no_layer_is_skipped_or_reversed() {
    let mut found = Vec::new();
    files(
        Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/src")),
        &mut found,
    );
    assert!(found.len() > 40, "the source is not where it was");
    let mut broken = Vec::new();
    for (name, text) in &found {
        let is_in = |place: &&str| name == *place || name.starts_with(&format!("{place}/"));
        let mut in_crate_group = false;
        for (number, line) in lines(text) {
            let grouped = in_crate_group.then(|| format!("crate::{line}"));
            in_crate_group = (in_crate_group && line != "};") || line == "use crate::{";
            let named = |word: &str| {
                names(&line, word)
                    || grouped.as_ref().is_some_and(|line| {
                        line.starts_with(&format!("{word}::"))
                            || line.starts_with(&format!("{word},"))
                    })
            };
            for (word, _) in RULES
                .iter()
                .filter(|(word, places)| !places.iter().any(is_in) && named(word))
            {
                broken.push(format!(
                    "src/{name}:{number}: `{word}` does not belong here"
                ));
            }
            for (layer, words) in NEVER
                .iter()
                .filter(|(layer, _)| is_in(layer) || name == &format!("{layer}.rs"))
            {
                broken.extend(
                    words.iter().filter(|word| named(word)).map(|word| {
                        format!("src/{name}:{number}: {layer} may not know of `{word}`")
                    }),
                );
            }
        }
    }
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}
