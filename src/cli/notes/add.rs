//! `notes add`: adds a note to a paragraph.

use super::{Failure, Outcome, put, say};
use crate::{
    edition::{Edition, anchor::Anchor},
    notebook::{
        Change,
        annotation::{Annotation, FORMAT, Kind},
    },
    report::{Report, address::Address},
    store::{self, Store, StoreError},
};

pub fn run(store: &Store, report: &Report, address: &str, text: &str) -> Result<Outcome, Failure> {
    let failed = |why: String| Failure::Words(format!("could not add the note: {why}"));
    let position = Address::parse(address, report)
        .map_err(|error| failed(error.to_string()))?
        .position();
    if report.block(position).is_none() {
        return Err(failed(format!("section {address} has no paragraphs")));
    }
    let text = super::given_text(text).map_err(failed)?;
    if text.is_empty() {
        return Err(failed("the note has no text".into()));
    }
    let edition = Edition::of(report);
    let now = super::now();
    let note = Annotation {
        format: FORMAT,
        id: store::new_id(),
        report: report.id.clone(),
        kind: Kind::Note,
        anchor: Anchor::new(report, &edition, report.passage_of_block(position)),
        text,
        color: None,
        letter: None,
        created: now.clone(),
        modified: now,
        conflict_of: None,
        base: None,
    };
    store
        .save(&Change::Add(note.clone()), Some(&edition))
        .map_err(|error| match error {
            StoreError::Io { .. } => failed(format!(
                "{error}; it may be there all the same, as `{}`",
                note.id
            )),
            error => failed(error.to_string()),
        })?;
    put(&format!("{}\n", note.id)).inspect_err(|_| {
        say(&format!(
            "the note is saved as `{}`, which could not be printed",
            note.id
        ));
    })?;
    Ok(Outcome::Done)
}
