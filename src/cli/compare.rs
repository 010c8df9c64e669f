//! `compare`: what changed between two editions of a report.

use std::sync::Arc;

use super::{Failure, GlobalOptions, Outcome, put};
use crate::{
    export::compared::{self, ComparedFormat},
    library,
    notebook::compared::Compared,
    store::Store,
};

/// Tells what changed section by section, words in [-removed-] and {+added+}, with your notes on
/// changed passages first.
#[derive(Debug, clap::Args)]
pub struct CompareArguments {
    /// The old edition: a snapshot's path, or the id of an imported report
    #[arg(value_name = "OLD")]
    old: String,
    /// The new edition
    #[arg(value_name = "NEW")]
    new: String,
    #[arg(long, value_enum, default_value = "text", value_name = "FORMAT")]
    format: ComparedFormat,
    /// One array of objects, as `--format json`
    #[arg(long)]
    json: bool,
    /// End with exit status 1 where they differ
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
