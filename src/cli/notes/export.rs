//! `notes export`: the notebook in other people's formats.

use std::path::PathBuf;

use super::{Failure, Outcome, filter::Filter, put};
use crate::{
    cli::output,
    export::notes::{self, NotesFormat},
    report::Report,
    store::Store,
};

#[derive(Debug, clap::Args)]
pub struct ExportArguments {
    /// The format to write
    #[arg(long, value_enum, default_value = "markdown", value_name = "FORMAT")]
    format: NotesFormat,
    /// The file to write, in place of an older one; standard output where none is given
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    #[command(flatten)]
    filter: Filter,
}

pub fn run(store: &Store, report: &Report, given: &ExportArguments) -> Result<Outcome, Failure> {
    let failed = |why: String| Failure::Words(format!("could not export notes: {why}"));
    let (notebook, loaded) = super::open(store, report);
    let entries = given.filter.entries(&notebook, report).map_err(failed)?;
    let text = notes::write(given.format, report, &entries);
    match given
        .output
        .as_deref()
        .filter(|path| path.as_os_str() != "-")
    {
        Some(path) => output::write(path, &text)
            .map_err(|error| failed(format!("`{}`: {error}", path.display())))?,
        None => put(&text)?,
    }
    super::all_was_read(&loaded)?;
    Ok(if entries.is_empty() && given.filter.is_set() {
        Outcome::Nothing
    } else {
        Outcome::Done
    })
}
