//! `notes rm`: moves an annotation to the trash, or stops reporting one that has vanished.

use super::{Failure, Outcome, put};
use crate::{
    notebook::{Change, news::Loaded},
    store::Store,
};

pub fn run(store: &Store, id: &str) -> Result<Outcome, Failure> {
    let failed = |why: String| Failure::Words(format!("could not delete `{id}`: {why}"));
    let loaded = store.load();
    if let Some(found) = vanished(&loaded, id) {
        store
            .forget(found)
            .map_err(|error| failed(error.to_string()))?;
        put("its file had vanished; no longer reported\n")?;
        return Ok(Outcome::Done);
    }
    let annotation = super::find(&loaded, id).map_err(failed)?;
    store
        .save(&Change::Delete(annotation), None)
        .map_err(|error| failed(error.to_string()))?;
    put("deleted; `tip-reader notes undo` restores it\n")?;
    Ok(Outcome::Done)
}

/// The vanished annotation with this id, or whose id alone starts with it.
fn vanished<'a>(loaded: &'a Loaded, id: &str) -> Option<&'a str> {
    if loaded
        .annotations
        .iter()
        .any(|annotation| annotation.id == id)
    {
        return None;
    }
    let matches = |each: &&str| !id.is_empty() && each.starts_with(id);
    let vanished = || loaded.vanished.iter().map(String::as_str);
    let there = loaded
        .annotations
        .iter()
        .map(|annotation| annotation.id.as_str())
        .filter(matches);
    let only = || {
        vanished()
            .find(matches)
            .filter(|_| vanished().filter(matches).chain(there).count() == 1)
    };
    vanished().find(|each| *each == id).or_else(only)
}
