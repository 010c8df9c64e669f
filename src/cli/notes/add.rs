//! `notes add`: a note on a section's first paragraph or on a paragraph.

use std::io::{Read, stdin};

use super::{Failure, Outcome, put};
use crate::{
    notebook::{
        Change,
        annotation::{Annotation, FORMAT, Kind},
        store::{self, Store},
    },
    report::{
        Report,
        address::Address,
        anchor::{Anchor, Edition},
    },
};

/// Largest note, in bytes.
const LARGEST: u64 = 1024 * 1024;

pub fn run(store: &Store, report: &Report, address: &str, text: String) -> Result<Outcome, Failure> {
    let failed = |why: String| Failure::Words(format!("could not add the note: {why}"));
    let position = Address::parse(address, report).map_err(|error| failed(error.to_string()))?.position();
    if report.block(position).is_none() {
        return Err(failed(format!("section {address} has no paragraphs")));
    }
    let text = if text == "-" { read_text().map_err(failed)? } else { text };
    let text = text.trim_end().to_owned();
    if text.is_empty() {
        return Err(failed("it has no text".into()));
    }
    let edition = Edition::of(report);
    let now = jiff::Timestamp::now().strftime("%Y-%m-%dT%H:%M:%SZ").to_string();
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
    };
    store.keep(&Change::Add(note.clone()), Some(&edition)).map_err(|error| failed(error.to_string()))?;
    put(&format!("{}\n", note.id))?;
    Ok(Outcome::Done)
}

fn read_text() -> Result<String, String> {
    let mut bytes = Vec::new();
    stdin().lock().take(LARGEST + 1).read_to_end(&mut bytes).map_err(|error| format!("standard input: {error}"))?;
    if bytes.len() as u64 > LARGEST {
        return Err("standard input holds more than 1 MiB".into());
    }
    String::from_utf8(bytes).map_err(|error| format!("standard input is not UTF-8 text (byte {})", error.utf8_error().valid_up_to()))
}
