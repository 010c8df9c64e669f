//! `notes rm`: one annotation to the trash; or one that has vanished is no longer missed.

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
        put("its file had vanished; it is no longer missed\n")?;
        return Ok(Outcome::Done);
    }
    let annotation = super::find(loaded.annotations, id).map_err(failed)?;
    store
        .keep(&Change::Delete(annotation), None)
        .map_err(|error| failed(error.to_string()))?;
    put("deleted; `tip-reader notes undo` brings it back\n")?;
    Ok(Outcome::Done)
}

/// The id of what has vanished, where `id` is that, or the start of that and of nothing else.
fn vanished<'a>(loaded: &'a Loaded, id: &str) -> Option<&'a str> {
    if loaded
        .annotations
        .iter()
        .any(|annotation| annotation.id == id)
    {
        return None;
    }
    let begins_so = |each: &&str| !id.is_empty() && each.starts_with(id);
    let vanished = || loaded.vanished.iter().map(String::as_str);
    let there = loaded
        .annotations
        .iter()
        .map(|annotation| annotation.id.as_str())
        .filter(begins_so);
    let only = || {
        vanished()
            .find(begins_so)
            .filter(|_| vanished().filter(begins_so).chain(there).count() == 1)
    };
    vanished().find(|each| *each == id).or_else(only)
}
