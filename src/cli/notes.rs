//! `notes`: the notebook from a shell. One file for each command.

mod add;
mod check;
mod edit;
mod export;
mod filter;
mod import;
mod list;
mod purge;
mod remove;
mod review;
mod undo;

use std::io::stdin;

use clap::Subcommand;

use super::{Failure, GlobalOptions, Outcome, local, now, now_of_batch, put, say};
use crate::{
    notebook::{annotation::Annotation, news::Loaded},
    report::Report,
    store::Store,
    store::outside,
    text::wording,
};

#[derive(Debug, clap::Args)]
pub struct NotesArguments {
    #[command(flatten)]
    list: list::ListArguments,
    #[command(subcommand)]
    verb: Option<NotesVerb>,
}

#[derive(Debug, clap::Subcommand)]
enum NotesVerb {
    /// List notes, highlights and bookmarks in reading order
    List(list::ListArguments),
    /// Add a note or highlight to a section, paragraph or quote, or to all matches of a search
    Add(add::AddArguments),
    /// Edit the text of an annotation; the start of its id is enough
    Edit {
        id: String,
        /// New text; `-` reads standard input, none opens `$VISUAL` or `$EDITOR`
        #[arg(allow_hyphen_values = true)]
        text: Option<String>,
    },
    /// Export annotations
    Export(export::ExportArguments),
    /// Import annotations: JSON of `notes export`, or W3C Web Annotations
    Import {
        /// File to import; `-` reads standard input
        file: String,
        /// Import annotations of other pages too
        #[arg(long)]
        any_page: bool,
    },
    /// Delete an annotation; the start of its id is enough
    Rm { id: String },
    /// Review an annotation in this edition; the start of its id is enough
    Review(review::ReviewArguments),
    /// Undo the last addition, edit, deletion or review
    Undo,
    /// Delete annotations for good: text, versions, trash, drafts and reviews; asks once
    ///
    /// Cannot be undone. Without `--report` of all reports. Backups, exports, copies on other
    /// machines, snapshots of the disk, and what an SSD keeps of deleted files are not reached.
    Purge(purge::PurgeArguments),
    /// List files of the notebook that cannot be used
    Check,
}

pub fn run(global: &GlobalOptions, given: NotesArguments) -> Result<Outcome, Failure> {
    let home = global.needed_home()?;
    let store = Store::new(home.clone());
    if let (None, true) | (Some(NotesVerb::List(list::ListArguments { all: true, .. })), _) =
        (&given.verb, given.list.all)
    {
        let arguments = match &given.verb {
            Some(NotesVerb::List(given)) => given,
            _ => &given.list,
        };
        return list::everywhere(&store, &home, arguments);
    }
    if let Some(NotesVerb::Undo) = &given.verb
        && let Some(done) = undo::restored_report(&store, &home)?
    {
        return Ok(done);
    }
    let report = match global.report() {
        Err(error) => of_notes_alone(global, &store).ok_or(error)?,
        Ok(report) => report,
    };
    if given.verb.is_some() && (given.list.json || given.list.filter.is_set()) {
        return Err(Failure::Words(
            "put options and text after the `notes` command".into(),
        ));
    }
    let done = match given.verb {
        None => list::run(&store, &report, &given.list),
        Some(NotesVerb::List(given)) => list::run(&store, &report, &given),
        Some(NotesVerb::Add(given)) => add::run(&store, &report, &given),
        Some(NotesVerb::Export(given)) => export::run(&store, &report, &given),
        Some(NotesVerb::Import { file, any_page }) => import::run(&store, &report, &file, any_page),
        Some(NotesVerb::Edit { id, text }) => edit::run(&store, &home, &id, text.as_deref()),
        Some(NotesVerb::Rm { id }) => remove::run(&store, &id),
        Some(NotesVerb::Review(given)) => review::run(&store, &report, &given),
        Some(NotesVerb::Undo) => undo::run(&store, &report),
        Some(NotesVerb::Purge(given)) => {
            let of = Some(&report).filter(|_| global.report.is_some());
            purge::run(&store, of, &given)
        }
        Some(NotesVerb::Check) => check::run(&store),
    };
    if store.is_lockless() {
        say("this disk has no locks; let no other program edit the same note at this moment");
    }
    done
}

/// A report without text, of which only notes are here.
fn of_notes_alone(global: &GlobalOptions, store: &Store) -> Option<Report> {
    let id = global.report.as_ref()?;
    let loaded = store.load();
    let has_notes = loaded.annotations.iter().any(|of| of.report == *id);
    has_notes.then(|| empty(id))
}

/// A report of an id, without text: in it all notes are orphaned.
fn empty(id: &str) -> Report {
    Report {
        id: id.into(),
        title: id.into(),
        ..Report::default()
    }
}

/// Reports files that could not be read: the output is incomplete.
pub fn report_unread(loaded: &Loaded) -> Result<(), Failure> {
    if let [one, more @ ..] = loaded.returned.as_slice() {
        let more = match more.len() {
            0 => String::new(),
            more => format!(" (and {more} more)"),
        };
        say(&format!(
            "a copy brought back `{one}`{more}, which was deleted for good; `tip-reader notes check` lists all"
        ));
    }
    if !loaded.vanished.is_empty() {
        let notes = wording::count(loaded.vanished.len(), "annotation");
        say(&format!(
            "{notes} vanished from disk; `tip-reader notes check` lists them"
        ));
    }
    let Some(problem) = loaded.problems.first() else {
        return Ok(());
    };
    let more = wording::count(loaded.problems.len(), "file");
    Err(Failure::Words(format!(
        "could not read `{}`: {}; {more} left unchanged; `tip-reader notes check` lists all",
        problem.file.display(),
        problem.reason
    )))
}

/// The names of the commands.
fn verbs() -> Vec<String> {
    NotesVerb::augment_subcommands(clap::Command::default())
        .get_subcommands()
        .map(|verb| verb.get_name().to_owned())
        .collect()
}

/// The annotation with this id, or whose id alone starts with it. Of two versions of one id, as
/// synchronisers make, a file's name chooses.
fn find(loaded: &Loaded, id: &str) -> Result<Annotation, String> {
    let with_id = |id: &str| loaded.annotations.iter().find(|each| each.id == id);
    if let Some(named) = id.strip_suffix(".ron").and_then(with_id) {
        return Ok(named.clone());
    }
    if let Some(exact) = with_id(id) {
        let mut names: Vec<String> = vec![format!("`{id}.ron`")];
        let copies = loaded.copies.iter().filter(|(_, written)| written == id);
        names.extend(copies.map(|(name, _)| format!("`{name}.ron`")));
        return match names.as_slice() {
            [_] => Ok(exact.clone()),
            _ => Err(format!(
                "it has {} versions; name one by its file: {}",
                names.len(),
                names.join(", ")
            )),
        };
    }
    let mut found: Vec<Annotation> = loaded
        .annotations
        .iter()
        .filter(|each| !id.is_empty() && each.id.starts_with(id))
        .cloned()
        .collect();
    match (found.pop(), found.len()) {
        (None, _) => Err("no annotation id starts with that; `tip-reader notes` lists them".into()),
        (Some(annotation), 0) => Ok(annotation),
        (Some(_), others) => Err(format!(
            "{} match; give more of the id",
            wording::count(others + 1, "annotation")
        )),
    }
}

/// The text of a note: as given, or from standard input for `-`; trailing white space is removed.
fn given_text(text: &str) -> Result<String, String> {
    let text = match text {
        "-" => {
            outside::read_text(stdin().lock()).map_err(|why| format!("standard input: {why}"))?
        }
        _ => outside::clean(text),
    };
    Ok(text.trim_end().to_owned())
}
