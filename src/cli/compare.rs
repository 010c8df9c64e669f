//! `compare`: what changed between two editions of a report.

use std::sync::Arc;

use super::{Failure, GlobalOptions, Outcome, put};
use crate::{
    export::compared::{self, ComparedFormat},
    library,
    notebook::compared::Compared,
    report::Report,
    store::Store,
};

/// Show what changed, section by section: removed words as [-removed-], added words as {+added+}.
/// Your notes on changed passages come first.
#[derive(Debug, clap::Args)]
pub struct CompareArguments {
    /// Old edition: an id, `ID@EDITION`, or the path of a snapshot; of an id alone, its last two
    /// editions
    #[arg(value_name = "OLD")]
    old: Option<String>,
    /// New edition
    #[arg(value_name = "NEW")]
    new: Option<String>,
    #[arg(long, value_enum, default_value = "text", value_name = "FORMAT")]
    format: ComparedFormat,
    /// Print a JSON array, as `--format json` does
    #[arg(long)]
    json: bool,
    /// Print one row for each record: facet, words, paragraphs added, removed and kept, your notes
    #[arg(long)]
    summary: bool,
    /// Exit with status 1 if the editions differ
    #[arg(long)]
    exit_code: bool,
}

pub fn run(global: &GlobalOptions, given: &CompareArguments) -> Result<Outcome, Failure> {
    let home = global.home();
    let (old, new) = editions(global, given)?;
    let mut compared = Compared::new(Arc::new(old), Arc::new(new));
    if let Some(store) = home.map(Store::new) {
        let loaded = store.load();
        compared.take_notes(loaded.annotations, &loaded.decisions, &store.editions());
    }
    let format = if given.json {
        ComparedFormat::Json
    } else {
        given.format
    };
    put(&match (given.summary, format) {
        (true, ComparedFormat::Json) => compared::summary::json(&compared),
        (true, _) => compared::summary::text(&compared),
        (false, format) => compared::write(format, &compared),
    })?;
    Ok(if compared.differs() && given.exit_code {
        Outcome::Nothing
    } else {
        Outcome::Done
    })
}

/// The two editions to compare: both as given, else the last two of a report.
fn editions(global: &GlobalOptions, given: &CompareArguments) -> Result<(Report, Report), Failure> {
    let home = global.home();
    let open = |name: &str| library::open(Some(name), home.as_ref());
    let first = given.old.as_deref().or(global.report.as_deref());
    let first = first.unwrap_or(library::BUNDLED_ID);
    if let Some(new) = &given.new {
        return Ok((open(first)?, open(new)?));
    }
    let newest = library::find(first, home.as_ref())?;
    let mut editions = library::editions(&newest.id, home.as_ref());
    let upto = editions.iter().position(|of| of.edition == newest.edition);
    editions.truncate(upto.map_or(editions.len(), |at| at + 1));
    let [.., old, new] = editions.as_slice() else {
        return Err(Failure::Words(format!(
            "could not compare `{first}`: it has no earlier edition; name two reports, or import another text with `--edition-of {}`",
            newest.id
        )));
    };
    Ok((open(&old.exact_name())?, open(&new.exact_name())?))
}
