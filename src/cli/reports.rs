//! `reports`: lists the library, removes editions and gives reports other names.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
};

use serde_json::{Value, json};

use super::{Failure, GlobalOptions, Outcome, put, toc};
use crate::{
    disk::home::Home,
    export,
    library::{self, Listed, names, removed},
    report::Report,
    store::Store,
    text::{width, wording},
};

#[derive(Debug, clap::Args)]
pub struct ReportsArguments {
    /// Print a JSON array
    #[arg(long)]
    json: bool,
    #[command(subcommand)]
    verb: Option<ReportsVerb>,
}

#[derive(Debug, clap::Subcommand)]
enum ReportsVerb {
    /// Move a report, or one edition of it (`ID@EDITION`), to the trash; its notes stay
    Rm { report: String },
    /// Give a report another name; its notes stay as they are
    Rename { id: String, name: String },
}

pub fn run(global: &GlobalOptions, given: &ReportsArguments) -> Result<Outcome, Failure> {
    match &given.verb {
        None => list(global, given.json),
        Some(ReportsVerb::Rm { report }) => remove(&global.needed_home()?, report),
        Some(ReportsVerb::Rename { id, name }) => rename(&global.needed_home()?, id, name),
    }
}

/// A report with its editions, the oldest first.
struct Row {
    id: String,
    editions: Vec<Listed>,
    /// The newest edition, or why it cannot be read; `None` where only notes are left.
    newest: Option<Result<Report, String>>,
    notes: usize,
}

fn list(global: &GlobalOptions, as_json: bool) -> Result<Outcome, Failure> {
    let home = global.home();
    let rows = rows(home.as_ref());
    let text = match as_json {
        true => export::json::array(rows.iter().map(json).collect()),
        false => rows.iter().map(line).collect(),
    };
    put(&text)?;
    let broken: Vec<String> = rows
        .iter()
        .flat_map(|row| &row.editions)
        .filter_map(|listed| {
            let error = listed.head.as_ref().err()?.to_string();
            Some(format!(
                "could not read `{}`: {error}",
                listed.path.as_ref()?.display()
            ))
        })
        .chain(
            rows.iter()
                .filter_map(|row| row.newest.as_ref()?.as_ref().err().cloned()),
        )
        .collect();
    match broken.as_slice() {
        [] => Ok(Outcome::Done),
        [first] => Err(Failure::Words(first.clone())),
        [first, more @ ..] => Err(Failure::Words(format!("{first} (and {} more)", more.len()))),
    }
}

/// All reports, and the ids that only have notes.
fn rows(home: Option<&Home>) -> Vec<Row> {
    let loaded = home.map(|home| Store::new(home.clone()).load());
    let mut notes: BTreeMap<String, usize> = BTreeMap::new();
    for annotation in loaded.iter().flat_map(|loaded| &loaded.annotations) {
        *notes.entry(annotation.report.clone()).or_default() += 1;
    }
    let mut rows: Vec<Row> = Vec::new();
    for listed in library::list(home) {
        match rows.last_mut().filter(|row| row.id == listed.id) {
            Some(row) => row.editions.push(listed),
            None => rows.push(Row {
                id: listed.id.clone(),
                editions: vec![listed],
                newest: None,
                notes: 0,
            }),
        }
    }
    for row in &mut rows {
        let Some(newest) = row.editions.last() else {
            continue;
        };
        row.notes = notes.remove(newest.notes_id()).unwrap_or(0);
        row.newest = newest.head.is_ok().then(|| {
            let path = newest.path.as_ref().map(|path| path.display().to_string());
            newest
                .read()
                .map_err(|error| format!("could not read `{}`: {error}", path.unwrap_or_default()))
        });
    }
    rows.extend(notes.into_iter().map(|(id, notes)| Row {
        id,
        editions: Vec::new(),
        newest: None,
        notes,
    }));
    rows
}

impl Row {
    fn report(&self) -> Option<&Report> {
        self.newest.as_ref()?.as_ref().ok()
    }

    /// Where the newest edition is; `None` for what is bundled or not here.
    fn path(&self) -> Option<String> {
        let path = self.editions.last()?.path.as_ref()?;
        Some(path.display().to_string())
    }
}

fn words(report: &Report) -> usize {
    report.sections.iter().map(toc::words).sum()
}

fn json(row: &Row) -> Value {
    let editions: Vec<&str> = row.editions.iter().map(|of| of.edition.as_str()).collect();
    json!({
        "id": row.id,
        "title": row.report().map(|report| &report.title),
        "editions": editions,
        "path": row.path(),
        "sections": row.report().map(|report| report.sections.len()),
        "words": row.report().map(words),
        "notes": row.notes,
    })
}

fn line(row: &Row) -> String {
    let notes = wording::count(row.notes, "note");
    let line = match row.report() {
        None if row.editions.is_empty() => format!("{}  not in the library  {notes}", row.id),
        None => format!("{}  cannot be read  {notes}", row.id),
        Some(report) => {
            let editions: Vec<&str> = row.editions.iter().map(|of| of.edition.as_str()).collect();
            format!(
                "{}  {}  {}  {}  {} words  {notes}  {}",
                row.id,
                report.title,
                editions.join(", "),
                wording::count(report.sections.len(), "section"),
                words(report),
                row.path().unwrap_or_else(|| "bundled".into()),
            )
        }
    };
    format!("{}\n", width::shown(&line))
}

/// Moves the snapshots of a report, or of one edition, to the trash.
fn remove(home: &Home, name: &str) -> Result<Outcome, Failure> {
    let failed = |why: String| Failure::Words(format!("could not remove `{name}`: {why}"));
    let editions = match name.contains('@') {
        true => vec![library::find(name, Some(home))?],
        false => library::editions(name, Some(home)),
    };
    let notes_id = editions.last().map(|of| of.notes_id().to_owned());
    let paths: Vec<_> = editions.iter().filter_map(|of| of.path.clone()).collect();
    if paths.is_empty() {
        return Err(match editions.is_empty() {
            true => Failure::from(library::LibraryError::Unknown(name.into())),
            false => failed("it is bundled with the program".into()),
        });
    }
    let store = Store::new(home.clone());
    let paths: Vec<&Path> = paths.iter().map(PathBuf::as_path).collect();
    let depth = store
        .undo_depth()
        .map_err(|error| failed(error.to_string()))?;
    removed::remove(home, name, depth, &paths).map_err(|error| failed(error.to_string()))?;
    let loaded = store.load();
    let of_report =
        |of: &&crate::notebook::annotation::Annotation| Some(&of.report) == notes_id.as_ref();
    let stay = loaded.annotations.iter().filter(of_report).count();
    let stay = match stay {
        0 => String::new(),
        1 => "; its 1 note stays".into(),
        notes => format!("; its {notes} notes stay"),
    };
    put(&format!(
        "{} moved to `{}`{stay}; `tip-reader notes undo` brings it back\n",
        wording::count(paths.len(), "edition"),
        home.trash().join("reports").display()
    ))?;
    Ok(Outcome::Done)
}

fn rename(home: &Home, id: &str, name: &str) -> Result<Outcome, Failure> {
    let failed = |why: String| Failure::Words(format!("could not rename `{id}`: {why}"));
    let listed = library::find(id, Some(home))?;
    if name.is_empty() || wording::kebab(name) != name {
        return Err(failed(format!(
            "`{name}` is not kebab-case (letters, digits, single hyphens)"
        )));
    }
    let is_own = listed.notes_id() == name;
    if !is_own && !library::editions(name, Some(home)).is_empty() {
        return Err(failed(format!("there is a report `{name}`")));
    }
    names::rename(home, listed.notes_id(), name).map_err(|error| failed(error.to_string()))?;
    put(&format!(
        "{id} is {name} now; both names open it, its notes stay as they are\n"
    ))?;
    Ok(Outcome::Done)
}
