//! `compare`: what changed between two editions of a report.

use std::sync::Arc;

use super::{Failure, GlobalOptions, Outcome, put};
use crate::{
    export::compared::{self, ComparedFormat},
    library,
    notebook::compared::Compared,
    store::Store,
};

/// Show what changed, section by section: removed words as [-removed-], added words as {+added+}.
/// Your notes on changed passages come first.
#[derive(Debug, clap::Args)]
pub struct CompareArguments {
    /// Old edition: an id, or the path of a snapshot
    #[arg(value_name = "OLD")]
    old: String,
    /// New edition
    #[arg(value_name = "NEW")]
    new: String,
    #[arg(long, value_enum, default_value = "text", value_name = "FORMAT")]
    format: ComparedFormat,
    /// Print a JSON array, as `--format json` does
    #[arg(long)]
    json: bool,
    /// Exit with status 1 if the editions differ
    #[arg(long)]
    exit_code: bool,
}

pub fn run(global: &GlobalOptions, given: &CompareArguments) -> Result<Outcome, Failure> {
    let home = global.home();
    let old = library::open(Some(&given.old), home.as_ref())?;
    let new = library::open(Some(&given.new), home.as_ref())?;
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
    put(&compared::write(format, &compared))?;
    Ok(if compared.differs() && given.exit_code {
        Outcome::Nothing
    } else {
        Outcome::Done
    })
}
