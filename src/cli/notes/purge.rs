//! `notes purge`: deletes annotations for good, with every trace of them in the home folder.

use std::{
    collections::BTreeSet,
    io::{self, IsTerminal, Write, stderr, stdin},
};

use super::{Failure, Outcome, put, say};
use crate::{
    notebook::annotation::Annotation,
    report::Report,
    store::{Store, purge::Purgeable},
    text::{width, wording},
};

/// What no purge can delete.
const NOT_REACHED: &str = "not reached: backups, exports, copies on other machines, snapshots of the disk, and what an SSD keeps of deleted files; an open tip-reader drops them at its next key";

#[derive(Debug, clap::Args)]
pub struct PurgeArguments {
    /// Annotations to delete for good; the start of an id is enough
    #[arg(value_name = "ID")]
    ids: Vec<String>,
    /// Only those in the trash; without an ID, all of them
    #[arg(long)]
    deleted: bool,
    /// Only those last changed so many days ago; without an ID, all of them
    #[arg(long, value_name = "DAYS")]
    older_than: Option<u32>,
    /// Delete also what was searched for, run and jumped to, places of reading, and what was read
    #[arg(long)]
    history: bool,
    /// Do not ask
    #[arg(long)]
    yes: bool,
}

/// Purges annotations of one report, or of all.
pub fn run(
    store: &Store,
    report: Option<&Report>,
    given: &PurgeArguments,
) -> Result<Outcome, Failure> {
    let failed = |why: String| Failure::Words(format!("could not purge: {why}"));
    let is_selected = !given.ids.is_empty() || given.deleted || given.older_than.is_some();
    if !is_selected && !given.history {
        return Err(failed(
            "name what to purge: an ID, --deleted, --older-than DAYS or --history".into(),
        ));
    }
    let mut purged = match is_selected {
        true => selected(store, report, given).map_err(failed)?,
        false => Vec::new(),
    };
    let error = |error: crate::store::StoreError| failed(error.to_string());
    store.find_files(&mut purged).map_err(error)?;
    let history = match given.history {
        true => store.history_files().map_err(error)?.len(),
        false => 0,
    };
    if purged.is_empty() && history == 0 {
        put("nothing to purge\n")?;
        return Ok(Outcome::Nothing);
    }
    let preview = preview(&purged, given.history);
    if !given.yes && !is_agreed(&preview).map_err(failed)? {
        say("nothing was deleted");
        return Ok(Outcome::Nothing);
    }
    if !purged.is_empty() {
        store.purge(&purged).map_err(error)?;
    }
    if given.history {
        store.purge_history().map_err(error)?;
    }
    put(&format!("{preview}deleted for good\n"))?;
    say(NOT_REACHED);
    Ok(Outcome::Done)
}

fn selected(
    store: &Store,
    report: Option<&Report>,
    given: &PurgeArguments,
) -> Result<Vec<Purgeable>, String> {
    let all = store.purgeable().map_err(|error| error.to_string())?;
    let mut wanted = BTreeSet::new();
    for id in &given.ids {
        wanted.insert(resolve(&all, id).map_err(|why| format!("`{id}`: {why}"))?);
    }
    let days = given.older_than;
    let is_selected = |of: &Purgeable| {
        let annotation = of.annotation.as_ref();
        (given.ids.is_empty() || wanted.contains(&of.id))
            && (!given.deleted || of.is_deleted)
            && days.is_none_or(|days| annotation.is_some_and(|of| is_older(of, days)))
            && report.is_none_or(|report| annotation.is_none_or(|of| of.report == report.id))
    };
    Ok(all.into_iter().filter(is_selected).collect())
}

/// The id that this is, or alone begins so.
fn resolve(all: &[Purgeable], id: &str) -> Result<String, String> {
    let id = id.strip_suffix(".ron").unwrap_or(id);
    let begins = |of: &&Purgeable| !id.is_empty() && of.id.starts_with(id);
    let found: Vec<&Purgeable> = all.iter().filter(begins).collect();
    let exact = all.iter().filter(|of| of.id == id);
    // What a synchroniser put beside a file has its name and more: `ID.sync-conflict-1`.
    let shortest = found
        .iter()
        .map(|of| of.id.as_str())
        .min_by_key(|id| id.len());
    let is_one = |id: &str| {
        let beside = |of: &&&Purgeable| {
            of.id
                .strip_prefix(id)
                .is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
        };
        found.iter().filter(beside).count() == found.len()
    };
    if let Some(id) = shortest.filter(|id| is_one(id)) {
        return Ok(id.to_owned());
    }
    match exact
        .chain(found.iter().copied())
        .collect::<Vec<_>>()
        .as_slice()
    {
        [] => Err("nothing on disk has an id that starts with that".into()),
        [of, ..] if of.id == id || found.len() == 1 => Ok(of.id.clone()),
        _ => Err(format!(
            "{} match; give more of the id",
            wording::count(found.len(), "annotation")
        )),
    }
}

/// Whether it was last changed at least so many days ago. One without a date is not.
fn is_older(annotation: &Annotation, days: u32) -> bool {
    let Ok(modified) = annotation.modified.parse::<jiff::Timestamp>() else {
        return false;
    };
    let now = jiff::Timestamp::try_from(std::time::SystemTime::now()).unwrap_or_default();
    now.as_second().saturating_sub(modified.as_second()) >= i64::from(days) * 24 * 60 * 60
}

/// A line for each annotation, and what stays of it.
fn preview(purged: &[Purgeable], has_history: bool) -> String {
    let mut lines: Vec<String> = purged.iter().map(line).collect();
    for of in purged {
        let stay = of.rescues.iter().map(|file| {
            format!(
                "stays: `{}` holds this and other text; delete it yourself",
                file.display()
            )
        });
        lines.extend(stay);
    }
    if has_history {
        lines.push(
            "history of searches, commands and jumps, places of reading, and what was read".into(),
        );
    }
    lines
        .iter()
        .map(|line| wording::one_line(&width::shown(line)) + "\n")
        .collect()
}

fn line(of: &Purgeable) -> String {
    let what = of.annotation.as_ref().map_or_else(
        || "unreadable".to_owned(),
        |annotation| {
            let quote = wording::cut(&wording::one_line(&annotation.anchor.quote), 40);
            let kind = annotation.kind.name();
            format!("{kind} in {} on “{quote}”", annotation.report)
        },
    );
    let deleted = if of.is_deleted { ", in the trash" } else { "" };
    let files = wording::count(of.files.len(), "file");
    format!("{}  {what}{deleted}, {files}", of.id)
}

/// Asks once, on the terminal.
fn is_agreed(preview: &str) -> Result<bool, String> {
    if !stdin().is_terminal() || !stderr().is_terminal() {
        return Err("no terminal to ask on; `--yes` deletes without asking".into());
    }
    let asked = |error: io::Error| error.to_string();
    write!(
        stderr(),
        "{preview}tip-reader: {NOT_REACHED}\nDelete for good? This cannot be undone. [y/N] "
    )
    .map_err(asked)?;
    let mut answer = String::new();
    stdin().read_line(&mut answer).map_err(asked)?;
    Ok(matches!(answer.trim(), "y" | "Y" | "yes"))
}
