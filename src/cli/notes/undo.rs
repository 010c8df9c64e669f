//! `notes undo`: takes back the last addition, edit, deletion or decision, by whoever it was made.

use super::{Failure, Outcome, put};
use crate::{
    export::notes,
    notebook::{Change, Notebook, annotation::Annotation, news::SavedAs},
    report::Report,
    store::{Store, StoreError},
    text::{width, wording},
};

pub fn run(store: &Store, report: &Report) -> Result<Outcome, Failure> {
    let failed = |error: StoreError| Failure::Words(format!("could not undo: {error}"));
    let Some(undoing) = store.last_change().map_err(failed)? else {
        return Err(Failure::Words("there is nothing to undo: nothing was added, edited or settled, and the trash is empty".into()));
    };
    let kept = store.take_back(&undoing).map_err(failed)?;
    let what = named(undoing.change.annotation(), report);
    let told = match (&undoing.change, kept) {
        (Change::Edit { .. }, SavedAs::Asked) => {
            format!("{what} is as it was before it was edited")
        }
        (Change::Edit { .. }, SavedAs::Beside(_)) => {
            format!("{what} was changed in the meantime: its earlier text is beside it")
        }
        (Change::Delete(_), _) => {
            format!("{what} is no longer in the notebook, as it was added last")
        }
        (Change::Decide { new: None, .. }, _) => format!("{what} is not settled any more"),
        (Change::Decide { new: Some(_), .. }, _) => format!("{what} is settled as it was before"),
        (Change::Add(_) | Change::Restore(_), _) => format!("{what} was deleted and is back"),
    };
    put(&format!("{}\n", width::shown(&told)))?;
    Ok(Outcome::Done)
}

/// `note 2:5 “The first words…” 0123abcd`; of another report without the address.
fn named(annotation: &Annotation, report: &Report) -> String {
    let is_here = annotation.report == report.id;
    let address = is_here
        .then(|| notes::address(&Notebook::draft_entry(annotation, report)))
        .flatten();
    let quote = format!(
        "“{}”",
        wording::cut(&wording::one_line(&annotation.anchor.quote), 40)
    );
    let parts = [
        Some(notes::kind(annotation)),
        address,
        Some(quote),
        Some(notes::short(&annotation.id).to_owned()),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" ")
}
