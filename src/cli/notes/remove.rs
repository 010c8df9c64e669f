//! `notes rm`: one annotation to the trash; or one that has vanished is no longer missed.

use super::{Failure, Outcome, put};
use crate::notebook::{Change, store::Store};

pub fn run(store: &Store, id: &str) -> Result<Outcome, Failure> {
    let failed = |why: String| Failure::Words(format!("could not delete `{id}`: {why}"));
    let loaded = store.load();
    let mut vanished = loaded.vanished.iter().filter(|each| !id.is_empty() && each.starts_with(id));
    let is_there = loaded.annotations.iter().any(|annotation| annotation.id.starts_with(id));
    if let (Some(found), None, false) = (vanished.next(), vanished.next(), is_there) {
        store.forget(found);
        put("its file had vanished; it is no longer missed\n")?;
        return Ok(Outcome::Done);
    }
    let annotation = super::find(loaded.annotations, id).map_err(failed)?;
    store.keep(&Change::Delete(annotation), None).map_err(|error| failed(error.to_string()))?;
    put("deleted; `tip-reader notes undo` brings it back\n")?;
    Ok(Outcome::Done)
}
