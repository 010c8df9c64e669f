//! `notes settle`: where an annotation stands in this edition of its report, decided by its reader.

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
    /// The paragraph that it stands on (`2:5`); without one it stands where it is listed
    address: Option<String>,
    /// This edition does not have its passage
    #[arg(long, conflicts_with = "address")]
    orphan: bool,
    /// It is not settled any more
    #[arg(long, conflicts_with_all = ["address", "orphan"])]
    withdraw: bool,
}

pub fn run(store: &Store, report: &Report, given: &ReviewArguments) -> Result<Outcome, Failure> {
    let failed = |why: String| Failure::Words(format!("could not settle `{}`: {why}", given.id));
    let (notebook, loaded) = super::open(store, report);
    let annotation = super::find(loaded.annotations, &given.id).map_err(failed)?;
    let Some(entry) = notebook.entry(&annotation.id) else {
        return Err(failed(format!(
            "it is about the report `{}`; name that with `--report`",
            annotation.report
        )));
    };
    if matches!(entry.resolution, Resolution::Exact(_)) && !entry.is_reviewed {
        return Err(failed(
            "it stands where it was made, so there is nothing to settle".into(),
        ));
    }
    if given.withdraw && notebook.decision(&annotation.id).is_none() {
        return Err(failed(
            "it is not settled for this edition, as far as can be read".into(),
        ));
    }
    let edition = Edition::of(report);
    let verdict = verdict(entry, report, &edition, given).map_err(failed)?;
    let new = verdict.map(|verdict| Decision::new(&annotation, &edition.hash, verdict, now()));
    let told = told(entry, new.as_ref(), report);
    let change = Change::Decide {
        old: notebook.decision(&annotation.id).cloned(),
        new,
        annotation,
    };
    store
        .keep(&change, Some(&edition))
        .map_err(|error| failed(error.to_string()))?;
    put(&format!("{told}\n"))?;
    Ok(Outcome::Done)
}

fn verdict(
    entry: &Entry,
    report: &Report,
    edition: &Edition,
    given: &ReviewArguments,
) -> Result<Option<Verdict>, String> {
    let here = |passage: Passage| Verdict::Here(Box::new(Anchor::new(report, edition, passage)));
    if given.withdraw {
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
    report.block(at).ok_or("there is no paragraph")?;
    Ok(Some(here(report.passage_of_block(at))))
}

/// How it stands from now on, in words.
fn told(entry: &Entry, new: Option<&Decision>, report: &Report) -> String {
    let Some(resolution) = new.and_then(|new| new.resolution(&entry.annotation.anchor, report))
    else {
        return "it is not settled any more; `tip-reader notes is:check` lists what needs a look"
            .into();
    };
    let settled = Entry {
        resolution,
        is_reviewed: true,
        ..entry.clone()
    };
    let address = notes::address(&settled)
        .map(|address| format!(" on {address}"))
        .unwrap_or_default();
    format!("settled for this edition: {}{address}", resolution.name())
}
