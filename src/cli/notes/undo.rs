//! `notes undo`: takes back the last edit or deletion, by whoever it was made.

use super::{Failure, Outcome, put};
use crate::notebook::{
    Change,
    store::{Kept, Store, StoreError},
};

pub fn run(store: &Store) -> Result<Outcome, Failure> {
    let failed = |error: StoreError| Failure::Words(format!("could not undo: {error}"));
    let Some(undoing) = store.last_change().map_err(failed)? else {
        return Err(Failure::Words("there is nothing to undo: nothing was edited, and the trash is empty".into()));
    };
    let name = undoing.change.annotation().kind.name();
    let kept = store.take_back(&undoing).map_err(failed)?;
    put(&match (&undoing.change, kept) {
        (Change::Edit { .. }, Kept::AsAsked) => format!("the {name} is as it was before it was edited last\n"),
        (Change::Edit { .. }, Kept::Beside(_)) => format!("the {name} was changed in the meantime: its earlier text is beside it\n"),
        _ => format!("brought back the {name} that was deleted last\n"),
    })?;
    Ok(Outcome::Done)
}
