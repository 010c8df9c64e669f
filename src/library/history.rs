//! A passage in all editions of its report that are in the library.

use super::reports::{Listed, list};
use crate::{
    disk::home::Home,
    edition::{Edition, anchor::Anchor, history::Stage},
    report::{Report, position::Passage},
};

/// The passage in all editions, the oldest first, and which of them could not be read, in words.
pub fn of(home: Option<&Home>, report: &Report, passage: Passage) -> (Vec<Stage>, Vec<String>) {
    let here = Edition::of(report);
    let anchor = Anchor::new(report, &here, passage);
    let (mut stages, mut broken) = (Vec::new(), Vec::new());
    let editions: Vec<Listed> = list(home)
        .into_iter()
        .filter(|listed| listed.notes_id() == report.id)
        .collect();
    for listed in editions {
        let label = &listed.edition;
        if *label == report.edition {
            stages.push(Stage::here(report, label, passage));
            continue;
        }
        match listed.read() {
            Ok(other) => stages.push(Stage::elsewhere(&other, label, &anchor, &here)),
            Err(error) => broken.push(format!("could not read {}: {error}", listed.exact_name())),
        }
    }
    if stages.is_empty() {
        stages.push(Stage::here(report, &report.edition, passage));
    }
    (stages, broken)
}
