//! `notes rm`: one annotation to the trash.

use super::{Failure, Outcome, put};
use crate::notebook::{Change, store::Store};

pub fn run(store: &Store, id: &str) -> Result<Outcome, Failure> {
    let failed = |why: String| Failure::Words(format!("could not delete `{id}`: {why}"));
    let annotation = super::find(store.load().annotations, id).map_err(failed)?;
    store.keep(&Change::Delete(annotation), None).map_err(|error| failed(error.to_string()))?;
    put("deleted; `tip-reader notes undo` brings it back\n")?;
    Ok(Outcome::Done)
}
