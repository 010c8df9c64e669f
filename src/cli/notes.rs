//! `notes`: the notebook from a shell. A file for each of its verbs.

mod add;
mod check;
mod edit;
mod export;
mod filter;
mod import;
mod list;
mod remove;
mod review;
mod undo;

use std::io::stdin;

use clap::Subcommand;

use super::{Failure, GlobalOptions, Outcome, now, put, say};
use crate::{
    notebook::{Notebook, annotation::Annotation, following, news::Loaded},
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
    /// List the notebook, in reading order
    List(list::ListArguments),
    /// Write a note on a section's first paragraph (`2`) or on a paragraph (`2:5`)
    Add {
        address: String,
        /// The note; `-` reads standard input
        #[arg(allow_hyphen_values = true)]
        text: String,
    },
    /// Give an annotation a new text; the start of its id is enough
    Edit {
        id: String,
        /// The text; `-` reads standard input, nothing opens `$VISUAL` or `$EDITOR`
        #[arg(allow_hyphen_values = true)]
        text: Option<String>,
    },
    /// Write the notebook in another format
    Export(export::ExportArguments),
    /// Take in annotations: what `export` wrote as JSON, and W3C Web Annotations
    Import {
        /// The file; `-` reads standard input
        file: String,
        /// Take those of other pages too, wherever their words stand in the report
        #[arg(long)]
        any_page: bool,
    },
    /// Delete an annotation; the start of its id is enough
    Rm { id: String },
    /// Settle where an annotation stands in this edition; the start of its id is enough
    Review(review::ReviewArguments),
    /// Take back the last addition, edit, deletion or decision
    Undo,
    /// Name each file of the notebook that cannot be used
    Check,
}

pub fn run(global: &GlobalOptions, given: NotesArguments) -> Result<Outcome, Failure> {
    let home = global.needed_home()?;
    let store = Store::new(home.clone());
    let report = global.report()?;
    if given.verb.is_some() && (given.list.json || given.list.filter.is_set()) {
        return Err(Failure::Words(
            "options and text for a command of `notes` are written after it".into(),
        ));
    }
    match given.verb {
        None => list::run(&store, &report, &given.list),
        Some(NotesVerb::List(given)) => list::run(&store, &report, &given),
        Some(NotesVerb::Add { address, text }) => add::run(&store, &report, &address, &text),
        Some(NotesVerb::Export(given)) => export::run(&store, &report, &given),
        Some(NotesVerb::Import { file, any_page }) => import::run(&store, &report, &file, any_page),
        Some(NotesVerb::Edit { id, text }) => edit::run(&store, &home, &id, text.as_deref()),
        Some(NotesVerb::Rm { id }) => remove::run(&store, &id),
        Some(NotesVerb::Review(given)) => review::run(&store, &report, &given),
        Some(NotesVerb::Undo) => undo::run(&store, &report),
        Some(NotesVerb::Check) => check::run(&store),
    }
}

/// The notebook of a report, and all that was read for it.
pub fn open(store: &Store, report: &Report) -> (Notebook, Loaded) {
    let loaded = store.load();
    let mut notebook = Notebook::default();
    notebook.replace(loaded.annotations.clone(), report);
    following::follow_all(
        &mut notebook,
        &store.editions(),
        loaded.decisions.clone(),
        report,
    );
    (notebook, loaded)
}

/// Says that there are files which could not be read: what was shown is not all.
pub fn all_was_read(loaded: &Loaded) -> Result<(), Failure> {
    if !loaded.vanished.is_empty() {
        let notes = wording::count(loaded.vanished.len(), "annotation");
        say(&format!(
            "{notes} vanished from disk without being deleted; `tip-reader notes check` names all"
        ));
    }
    let Some(problem) = loaded.problems.first() else {
        return Ok(());
    };
    let more = wording::count(loaded.problems.len(), "file");
    Err(Failure::Words(format!(
        "could not read `{}`: {}; {more} left as it is, `tip-reader notes check` names all",
        problem.file.display(),
        problem.reason
    )))
}

/// The names of the verbs.
fn verbs() -> Vec<String> {
    NotesVerb::augment_subcommands(clap::Command::default())
        .get_subcommands()
        .map(|verb| verb.get_name().to_owned())
        .collect()
}

/// The annotation of that id, else the one whose id begins so, or why there is not one.
fn find(annotations: Vec<Annotation>, id: &str) -> Result<Annotation, String> {
    if let Some(exact) = annotations.iter().find(|each| each.id == id) {
        return Ok(exact.clone());
    }
    let mut found: Vec<Annotation> = annotations
        .into_iter()
        .filter(|each| !id.is_empty() && each.id.starts_with(id))
        .collect();
    match (found.pop(), found.len()) {
        (None, _) => {
            Err("no annotation has an id that begins so; `tip-reader notes` lists them".into())
        }
        (Some(annotation), 0) => Ok(annotation),
        (Some(_), others) => Err(format!(
            "{} begin so; give more of the id",
            wording::count(others + 1, "annotation")
        )),
    }
}

/// The text of a note: as given, or from standard input for `-`; without blanks at its end.
fn given_text(text: &str) -> Result<String, String> {
    let text = match text {
        "-" => {
            outside::read_text(stdin().lock()).map_err(|why| format!("of standard input, {why}"))?
        }
        _ => outside::clean(text),
    };
    Ok(text.trim_end().to_owned())
}
