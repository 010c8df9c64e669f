//! `notes`: the notebook from a shell. A file for each of its verbs.

mod add;
mod check;
mod list;
mod remove;
mod undo;

use super::{Everywhere, Failure, Outcome, put};
use crate::{
    notebook::{annotation::Annotation, store::Store},
    wording,
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
        text: String,
    },
    /// Delete an annotation; the start of its id is enough
    Rm { id: String },
    /// Bring back the annotation that was deleted last
    Undo,
    /// Name each file of the notebook that cannot be used
    Check,
}

pub fn run(everywhere: &Everywhere, given: NotesArguments) -> Result<Outcome, Failure> {
    let store = Store::new(everywhere.needed_home()?);
    let report = everywhere.report()?;
    match given.verb {
        None => list::run(&store, &report, &given.list),
        Some(NotesVerb::List(given)) => list::run(&store, &report, &given),
        Some(NotesVerb::Add { address, text }) => add::run(&store, &report, &address, text),
        Some(NotesVerb::Rm { id }) => remove::run(&store, &id),
        Some(NotesVerb::Undo) => undo::run(&store),
        Some(NotesVerb::Check) => check::run(&store),
    }
}

/// The one annotation whose id begins so, or why there is not one.
fn find(annotations: Vec<Annotation>, id: &str) -> Result<Annotation, String> {
    let mut found: Vec<Annotation> = annotations.into_iter().filter(|each| !id.is_empty() && each.id.starts_with(id)).collect();
    match (found.pop(), found.len()) {
        (None, _) => Err("no annotation has an id that begins so; `tip-reader notes` lists them".into()),
        (Some(annotation), 0) => Ok(annotation),
        (Some(_), others) => Err(format!("{} begin so; give more of the id", wording::count(others + 1, "annotation"))),
    }
}
