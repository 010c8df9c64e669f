//! Takes an imported report into the library: as an edition of the report that it is one of, else
//! as a report of its own.

use std::{collections::HashSet, io, path::PathBuf};

use super::ImportArguments;
use crate::{
    cli::Failure,
    disk::{durable, home::Home},
    edition::fingerprint,
    library::{self, Listed, names},
    notebook::Notebook,
    report::Report,
    store::Store,
    text::wording,
};

/// What became of an imported report.
pub struct Taken {
    pub path: PathBuf,
    /// Lines to print: how notes follow, what to type next.
    pub messages: Vec<String>,
}

/// Writes the snapshot of a report into the library.
///
/// # Errors
/// If the edition that is asked for is another text, or it cannot be written.
pub fn take(home: &Home, report: &mut Report, given: &ImportArguments) -> Result<Taken, Failure> {
    choose_id(home, report, given)?;
    let known = library::editions(&report.id, Some(home));
    if let Some((listed, name)) = same_text(&known, report) {
        let messages = vec![format!("nothing new: the text is that of `{name}`")];
        report.edition.clone_from(&listed.edition);
        let bundled = || home.reports().join(&report.id);
        return Ok(Taken {
            path: listed.path.clone().unwrap_or_else(bundled),
            messages,
        });
    }
    report.edition = label(&known, report, given.edition.as_deref())?;
    let path = write(home, report)?;
    let mut messages = Vec::new();
    let store = Store::new(home.clone());
    if known.is_empty() {
        messages.extend(notes_of_others(&store, report));
        messages.push(format!("open it with `tip-reader {}`", report.id));
    } else {
        let is_newest = library::find(&report.id, Some(home))
            .is_ok_and(|newest| newest.edition == report.edition);
        let name = match is_newest {
            true => report.id.clone(),
            false => format!("{}@{}", report.id, report.edition),
        };
        messages.push(format!(
            "edition {} of {}, beside {}",
            report.edition,
            report.id,
            known
                .iter()
                .map(|of| of.edition.as_str())
                .collect::<Vec<_>>()
                .join(", ")
        ));
        messages.extend(notes_here(&store, report, &name));
        messages.push(format!(
            "open it with `tip-reader {name}`; `tip-reader compare {}` shows what changed",
            report.id
        ));
    }
    Ok(Taken { path, messages })
}

/// The id that was asked for, else that of the report that it is mostly the text of, else a free one.
fn choose_id(home: &Home, report: &mut Report, given: &ImportArguments) -> Result<(), Failure> {
    let names = names::read(home);
    if let Some(of) = &given.edition_of {
        let known = library::find(of, Some(home))?;
        report.id = known.notes_id().to_owned();
        return Ok(());
    }
    if let Some(id) = names.get(&report.id) {
        report.id.clone_from(id);
    }
    if given.id.is_some() {
        return Ok(());
    }
    let wanted = report.id.clone();
    for number in 1_usize.. {
        if number > 1 {
            report.id = format!("{wanted}-{number}");
        }
        let known = library::editions(&report.id, Some(home));
        let is_like = |listed: &Listed| listed.read().is_ok_and(|of| is_mostly(&of, report));
        if known.is_empty() || known.iter().rev().any(is_like) {
            break;
        }
    }
    Ok(())
}

/// Whether at least half of the paragraphs of the shorter of two texts stand in the other.
fn is_mostly(one: &Report, other: &Report) -> bool {
    let hashes = |report: &Report| -> HashSet<String> {
        let blocks = report.sections.iter().flat_map(|section| &section.blocks);
        let blocks = blocks.map(|block| fingerprint::block(&block.text));
        blocks.collect()
    };
    let (one, other) = (hashes(one), hashes(other));
    one.intersection(&other).count() * 2 >= one.len().min(other.len())
}

/// The edition with the same text, and its name.
fn same_text<'a>(known: &'a [Listed], report: &Report) -> Option<(&'a Listed, String)> {
    let same = |listed: &&Listed| listed.read().is_ok_and(|of| of.sections == report.sections);
    let listed = known.iter().rev().find(same)?;
    Some((listed, format!("{}@{}", listed.id, listed.edition)))
}

/// The label of a new edition: as asked for, else the date of publication, else the next number.
fn label(known: &[Listed], report: &Report, given: Option<&str>) -> Result<String, Failure> {
    let is_taken = |label: &str| known.iter().any(|of| of.edition == label);
    if let Some(label) = given {
        let is_plain = |c: char| c.is_alphanumeric() || matches!(c, '.' | '_' | '-');
        if label.is_empty() || label.starts_with('.') || !label.chars().all(is_plain) {
            return Err(Failure::Words(format!(
                "could not import: the edition `{label}` is not letters, digits, `.`, `_` and `-`"
            )));
        }
        return match is_taken(label) {
            true => Err(Failure::Words(format!(
                "could not import: the edition `{label}` of {} is another text; choose another `--edition`, or `tip-reader reports rm {}@{label}` first",
                report.id, report.id
            ))),
            false => Ok(label.to_owned()),
        };
    }
    let is_label = |date: &str| !date.contains(['/', '\\', '\0', '@']) && !date.starts_with('.');
    let label = match report.published.as_deref().filter(|date| is_label(date)) {
        Some(date) if !is_taken(date) => return Ok(date.to_owned()),
        Some(date) => (2_usize..)
            .map(|n| format!("{date}-{n}"))
            .find(|l| !is_taken(l)),
        None => (1 + known.len()..)
            .map(|n| n.to_string())
            .find(|l| !is_taken(l)),
    };
    Ok(label.unwrap_or_default())
}

/// Writes the snapshot whole or not at all.
fn write(home: &Home, report: &Report) -> Result<PathBuf, Failure> {
    let folder = home.reports().join(&report.id);
    let name = format!("{}.ron", report.edition);
    let path = folder.join(&name);
    let failed =
        |error: String| Failure::Words(format!("could not write `{}`: {error}", path.display()));
    let text = super::written(report).map_err(failed)?;
    durable::make_folder(&folder).map_err(|error| failed(error.to_string()))?;
    match durable::add(&folder, &name, text.as_bytes()) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Err(failed(
            "a file that cannot be read is there; move it away".into(),
        )),
        other => other
            .map_err(|error| failed(error.to_string()))
            .map(|()| path),
    }
}

/// How the notes of a report stand in its new edition: `12 notes: 9 exact, 2 changed, 1 orphaned`.
fn notes_here(store: &Store, report: &Report, name: &str) -> Option<String> {
    let (notebook, _) = store.notebook(report);
    let (count, words) = statuses(&notebook)?;
    let review = match words.contains("exact") && !words.contains(',') {
        true => String::new(),
        false => format!("; `tip-reader notes -r {name}` lists them, S in the reader reviews them"),
    };
    Some(format!(
        "{}: {words}{review}",
        wording::count(count, "note")
    ))
}

/// How many annotations there are, and how many of each status.
pub fn statuses(notebook: &Notebook) -> Option<(usize, String)> {
    let entries = notebook.entries();
    let count = |name: &&str| {
        let of = entries
            .iter()
            .filter(|e| e.resolution.name() == *name)
            .count();
        (of > 0).then(|| format!("{of} {name}"))
    };
    let names = ["exact", "moved", "changed", "unsure", "orphaned"];
    let words: Vec<String> = names.iter().filter_map(count).collect();
    (!entries.is_empty()).then(|| (entries.len(), words.join(", ")))
}

/// What to type where another report has notes whose passages are here.
fn notes_of_others(store: &Store, report: &Report) -> Option<String> {
    let loaded = store.load();
    let mut ids: Vec<&String> = loaded.annotations.iter().map(|of| &of.report).collect();
    ids.sort_unstable();
    ids.dedup();
    let here = |id: &String| {
        let as_other = Report {
            id: id.clone(),
            ..report.clone()
        };
        let (notebook, _) = store.notebook(&as_other);
        let entries = notebook.entries();
        let certain = entries.iter().filter(|e| e.resolution.is_certain()).count();
        (certain > 0 && certain * 2 >= entries.len()).then_some((certain, id.clone()))
    };
    let ids = ids.into_iter().filter(|id| **id != report.id);
    let (notes, id) = ids.filter_map(here).max_by_key(|(notes, _)| *notes)?;
    let have = if notes == 1 {
        "has its passage"
    } else {
        "have their passages"
    };
    Some(format!(
        "{} of {id} {have} here; import again with `--edition-of {id}`",
        wording::count(notes, "note")
    ))
}
