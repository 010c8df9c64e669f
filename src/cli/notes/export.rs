//! `notes export`: annotations in other formats.

use std::path::PathBuf;

use super::{Failure, Outcome, filter::Filter, put};
use crate::{
    cli::output,
    export::notes::{self, NotesFormat},
    report::Report,
    store::Store,
};

/// What spreadsheets know UTF-8 by.
const BYTE_ORDER_MARK: char = '\u{feff}';

#[derive(Debug, clap::Args)]
pub struct ExportArguments {
    /// Format of the output
    #[arg(long, value_enum, default_value = "markdown", value_name = "FORMAT")]
    format: NotesFormat,
    /// File to write, replacing an older one (default: standard output)
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Begin CSV with a byte order mark, for spreadsheets that take it for another encoding else
    #[arg(long)]
    bom: bool,
    #[command(flatten)]
    filter: Filter,
}

pub fn run(store: &Store, report: &Report, given: &ExportArguments) -> Result<Outcome, Failure> {
    let failed = |why: String| Failure::Words(format!("could not export notes: {why}"));
    let (notebook, loaded) = store.notebook(report);
    let entries = given.filter.entries(&notebook, report).map_err(failed)?;
    let mut text = notes::write(given.format, report, &entries);
    if given.bom && given.format == NotesFormat::Csv {
        text.insert(0, BYTE_ORDER_MARK);
    }
    match given
        .output
        .as_deref()
        .filter(|path| path.as_os_str() != "-")
    {
        Some(path) => output::write(path, &text)
            .map_err(|error| failed(format!("`{}`: {error}", path.display())))?,
        None => put(&text)?,
    }
    super::report_unread(&loaded)?;
    Ok(if entries.is_empty() && given.filter.is_set() {
        Outcome::Nothing
    } else {
        Outcome::Done
    })
}
