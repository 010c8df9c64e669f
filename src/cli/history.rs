//! `history`: a passage in every edition of its report.

use serde_json::{Value, json};

use super::{Failure, GlobalOptions, Outcome, put, say};
use crate::{
    edition::history::{self, Stage},
    export::json as export_json,
    library,
    report::address::Stretch,
    text::{width, word_diff::Piece},
};

#[derive(Debug, clap::Args)]
pub struct HistoryArguments {
    /// Paragraph (`2:5`, `ghana/protection:2`) or range (`2:3-5`)
    address: String,
    /// Print a JSON array
    #[arg(long)]
    json: bool,
}

pub fn run(global: &GlobalOptions, given: &HistoryArguments) -> Result<Outcome, Failure> {
    let report = global.report()?;
    let failed = |why: String| Failure::Words(format!("could not follow the passage: {why}"));
    let stretch =
        Stretch::parse(&given.address, &report).map_err(|error| failed(error.to_string()))?;
    if let Stretch::Sections(_) = stretch {
        return Err(failed(format!(
            "`{}` is a section; name a paragraph of it, such as `{}:1`",
            given.address, given.address
        )));
    }
    let passage = stretch.passage(&report);
    let (stages, broken) = library::history::of(global.home().as_ref(), &report, passage);
    put(&match given.json {
        true => export_json::array(as_json(&stages)),
        false => as_text(&stages),
    })?;
    if let [first, ..] = broken.as_slice() {
        return Err(Failure::Words(first.clone()));
    }
    if stages.len() == 1 {
        say(&format!(
            "{} has one edition; `tip-reader import FILE --edition-of {}` adds another",
            report.id, report.id
        ));
    }
    Ok(Outcome::Done)
}

fn as_json(stages: &[Stage]) -> Vec<Value> {
    let piece = |piece: &Piece| match piece {
        Piece::Same(text) => json!({ "status": "same", "text": text }),
        Piece::Removed(text) => json!({ "status": "removed", "text": text }),
        Piece::Added(text) => json!({ "status": "added", "text": text }),
    };
    let object = |(index, stage): (usize, &Stage)| {
        let changes = history::changes(stages, index);
        json!({
            "edition": stage.edition,
            "status": stage.status,
            "address": stage.place.as_ref().map(|(address, _)| address),
            "path": stage.place.as_ref().map(|(_, path)| path),
            "text": stage.place.as_ref().map(|_| &stage.text),
            "changes": changes.iter().map(piece).collect::<Vec<_>>(),
        })
    };
    stages.iter().enumerate().map(object).collect()
}

fn as_text(stages: &[Stage]) -> String {
    let mut text = String::new();
    for (index, stage) in stages.iter().enumerate() {
        let fate = history::fate(stages, index);
        let Some((address, path)) = &stage.place else {
            text.push_str(&format!("{}  {fate}\n\n", stage.edition));
            continue;
        };
        let path = path.join(" › ");
        let words = history::words(stages, index);
        text.push_str(&format!(
            "{}  {fate}  {address}  {path}\n    {words}\n\n",
            stage.edition
        ));
    }
    text.lines()
        .map(|line| format!("{}\n", width::shown(line)))
        .collect()
}
