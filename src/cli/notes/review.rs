//! `notes review`: accepts, moves, orphans or clears an annotation's position in this edition.

use super::{Failure, Outcome, now, put};
use crate::{
    edition::{
        Edition,
        anchor::{Anchor, Resolution},
    },
    export::notes,
    notebook::{
        Change, Entry, passage,
        review::{Decision, Verdict},
    },
    report::{Report, address::Address, position::Passage},
    store::Store,
};

#[derive(Debug, clap::Args)]
pub struct ReviewArguments {
    id: String,
    /// Move it to this paragraph (`2:5`); without an address, accept the position it is listed at
    address: Option<String>,
    /// Mark it as orphaned in this edition
    #[arg(long, conflicts_with = "address")]
    orphan: bool,
    /// Clear the review
    #[arg(long, conflicts_with_all = ["address", "orphan"])]
    clear: bool,
}

pub fn run(store: &Store, report: &Report, given: &ReviewArguments) -> Result<Outcome, Failure> {
    let failed = |why: String| Failure::Words(format!("could not review `{}`: {why}", given.id));
    let (notebook, loaded) = store.notebook(report);
    let annotation = super::find(&loaded, &given.id).map_err(failed)?;
    let Some(entry) = notebook.entry(&annotation.id) else {
        return Err(failed(format!(
            "it belongs to the report `{}`; name that with `--report`",
            annotation.report
        )));
    };
    if matches!(entry.resolution, Resolution::Exact(_)) && !entry.is_reviewed {
        return Err(failed(
            "its passage is unchanged; there is nothing to review".into(),
        ));
    }
    if given.clear && notebook.decision(&annotation.id).is_none() {
        return Err(failed("it has no review in this edition".into()));
    }
    let edition = Edition::of(report);
    let verdict = verdict(entry, report, &edition, given).map_err(failed)?;
    let new = verdict.map(|verdict| Decision::new(&annotation, &edition.hash, verdict, now()));
    let message = message(entry, new.as_ref(), report);
    let change = Change::Decide {
        old: notebook.decision(&annotation.id).cloned(),
        new,
        annotation,
    };
    store
        .save(&change, Some(&edition))
        .map_err(|error| failed(error.to_string()))?;
    put(&format!("{message}\n"))?;
    Ok(Outcome::Done)
}

fn verdict(
    entry: &Entry,
    report: &Report,
    edition: &Edition,
    given: &ReviewArguments,
) -> Result<Option<Verdict>, String> {
    let here = |passage: Passage| Verdict::Here(Box::new(Anchor::new(report, edition, passage)));
    if given.clear {
        return Ok(None);
    }
    if given.orphan {
        return Ok(Some(Verdict::Gone));
    }
    let Some(address) = &given.address else {
        return Ok(Some(passage(entry).map_or(Verdict::Gone, here)));
    };
    let at = Address::parse(address, report)
        .map_err(|error| error.to_string())?
        .position();
    report.block(at).ok_or("no such paragraph")?;
    Ok(Some(here(report.passage_of_block(at))))
}

/// The new status, in words.
fn message(entry: &Entry, new: Option<&Decision>, report: &Report) -> String {
    let Some(resolution) = new.and_then(|new| new.resolution(&entry.annotation.anchor, report))
    else {
        return "review cleared; `tip-reader notes is:review` lists notes to review".into();
    };
    let reviewed = Entry {
        resolution,
        is_reviewed: true,
        ..entry.clone()
    };
    let address = notes::address(&reviewed, report)
        .map(|address| format!(" on {address}"))
        .unwrap_or_default();
    format!("reviewed in this edition: {}{address}", resolution.name())
}
