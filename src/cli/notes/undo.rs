//! `notes undo`: brings back what was deleted last.

use super::{Failure, Outcome, put};
use crate::notebook::{Change, store::Store};

pub fn run(store: &Store) -> Result<Outcome, Failure> {
    let Some(annotation) = store.last_deleted() else {
        return Err(Failure::Words("there is nothing to undo: the trash is empty".into()));
    };
    let name = annotation.kind.name();
    store.keep(&Change::Restore(annotation), None).map_err(|error| Failure::Words(format!("could not undo: {error}")))?;
    put(&format!("brought back the {name} that was deleted last\n"))?;
    Ok(Outcome::Done)
}
