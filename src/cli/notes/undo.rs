//! `notes undo`: undoes the last addition, edit, deletion or review, in this program or another.

use super::{Failure, Outcome, put};
use crate::{
    disk::home::Home,
    export::notes,
    library::removed,
    notebook::{Change, Notebook, annotation::Annotation, news::SavedAs},
    report::Report,
    store::{Store, StoreError, Undo},
    text::{width, wording},
};

/// Brings back a report that was removed, where nothing was changed in the notebook since; `None`
/// where there is none.
///
/// # Errors
/// If it cannot be brought back.
pub fn restored_report(store: &Store, home: &Home) -> Result<Option<Outcome>, Failure> {
    let failed = |error: String| Failure::Words(format!("could not undo: {error}"));
    let Some(last) = removed::last(home) else {
        return Ok(None);
    };
    let depth = store
        .undo_depth()
        .map_err(|error| failed(error.to_string()))?;
    if depth > last.depth {
        return Ok(None);
    }
    let count = removed::restore(home).map_err(|error| failed(error.to_string()))?;
    let editions = wording::count(count, "edition");
    put(&format!(
        "{}: {editions} restored\n",
        width::shown(&last.name)
    ))?;
    Ok(Some(Outcome::Done))
}

pub fn run(store: &Store, report: &Report) -> Result<Outcome, Failure> {
    let failed = |error: StoreError| Failure::Words(format!("could not undo: {error}"));
    let Some(undo) = store.last_change().map_err(failed)? else {
        return Err(Failure::Words("nothing to undo".into()));
    };
    let saved = store.revert(&undo).map_err(failed)?;
    let mut what = named(undo.change.annotation(), report);
    let others = rest_of_batch(store, &undo).map_err(failed)?;
    if others > 0 {
        what = format!(
            "{what} and {} added with it",
            wording::count(others, "other")
        );
    }
    let message = match (&undo.change, saved) {
        (Change::Edit { .. }, SavedAs::Asked) => {
            format!("{what}: edit undone")
        }
        (Change::Edit { .. }, SavedAs::Beside(_)) => {
            format!("{what}: changed elsewhere; its earlier text is saved as a second note")
        }
        (Change::Delete(_), _) => {
            format!("{what}: addition undone")
        }
        (Change::Decide { new: None, .. }, _) => format!("{what}: review undone"),
        (Change::Decide { new: Some(_), .. }, _) => format!("{what}: earlier review restored"),
        (Change::Add(_) | Change::Restore(_), _) => format!("{what}: restored"),
    };
    put(&format!("{}\n", width::shown(&message)))?;
    Ok(Outcome::Done)
}

/// Takes back what was added together with an addition that was undone: it was created at the same
/// microsecond. Returns how many.
fn rest_of_batch(store: &Store, undone: &Undo) -> Result<usize, StoreError> {
    let created = &undone.change.annotation().created;
    let is_batch = matches!(undone.change, Change::Delete(_)) && created.contains('.');
    let mut others = 0;
    while let Some(undo) = store.last_change()?.filter(|undo| {
        let is_addition = matches!(undo.change, Change::Delete(_));
        is_batch && is_addition && undo.change.annotation().created == *created
    }) {
        store.revert(&undo)?;
        others += 1;
    }
    Ok(others)
}

/// `note 2:5 “The first words…” 0123abcd`; without the address in another report.
fn named(annotation: &Annotation, report: &Report) -> String {
    let is_here = annotation.report == report.id;
    let address = is_here
        .then(|| notes::address(&Notebook::draft_entry(annotation, report), report))
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
