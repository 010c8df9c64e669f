//! `history`: a passage in every edition of its report.

use serde_json::{Value, json};

use super::{Failure, GlobalOptions, Outcome, put, say};
use crate::{
    edition::{Edition, anchor::Anchor, resolver::Resolver},
    export::json as export_json,
    library::{self, Listed},
    report::{
        Report,
        address::{Address, Stretch},
        position::Passage,
    },
    text::{
        width,
        word_diff::{self, Piece},
        wording,
    },
};

#[derive(Debug, clap::Args)]
pub struct HistoryArguments {
    /// Paragraph (`2:5`, `ghana/protection:2`) or range (`2:3-5`)
    address: String,
    /// Print a JSON array
    #[arg(long)]
    json: bool,
}

/// The passage in one edition.
struct Stage {
    edition: String,
    status: &'static str,
    /// Address and path; `None` where it is not there.
    place: Option<(String, Vec<String>)>,
    text: String,
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
    let (stages, broken) = stages(global, &report, stretch.passage(&report));
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

/// The passage in all editions, the oldest first, and what could not be read.
fn stages(global: &GlobalOptions, report: &Report, passage: Passage) -> (Vec<Stage>, Vec<String>) {
    let home = global.home();
    let here = Edition::of(report);
    let anchor = Anchor::new(report, &here, passage);
    let (mut stages, mut broken) = (Vec::new(), Vec::new());
    let editions: Vec<Listed> = library::list(home.as_ref())
        .into_iter()
        .filter(|listed| listed.notes_id() == report.id)
        .collect();
    for listed in editions {
        if listed.edition == report.edition {
            stages.push(stage(report, &listed.edition, "here", Some(passage)));
            continue;
        }
        match listed.read() {
            Ok(other) => {
                let edition = Edition::of(&other);
                let mut resolver = Resolver::new(&other, &edition);
                resolver.learn(&here);
                let found = resolver.resolve(&anchor);
                stages.push(stage(
                    &other,
                    &listed.edition,
                    found.name(),
                    found.passage(),
                ));
            }
            Err(error) => broken.push(format!("could not read {}: {error}", listed.exact_name())),
        }
    }
    if stages.is_empty() {
        stages.push(stage(report, &report.edition, "here", Some(passage)));
    }
    (stages, broken)
}

fn stage(report: &Report, edition: &str, status: &'static str, at: Option<Passage>) -> Stage {
    let place = at.map(|passage| {
        let start = passage.start();
        let path = report.path(start.section).into_iter().map(str::to_owned);
        (Address::of(start).number(report), path.collect())
    });
    Stage {
        edition: edition.to_owned(),
        status,
        place,
        text: at
            .map(|passage| report.text_of(passage))
            .unwrap_or_default(),
    }
}

/// The words that came and went since the edition before that has the passage.
fn changes(stages: &[Stage], index: usize) -> Vec<Piece> {
    let before = stages
        .iter()
        .take(index)
        .rev()
        .find(|of| of.place.is_some());
    match (before, stages.get(index)) {
        (Some(before), Some(now)) if now.place.is_some() && before.text != now.text => {
            word_diff::pieces(&before.text, &now.text)
        }
        _ => Vec::new(),
    }
}

fn as_json(stages: &[Stage]) -> Vec<Value> {
    let piece = |piece: &Piece| match piece {
        Piece::Same(text) => json!({ "status": "same", "text": text }),
        Piece::Removed(text) => json!({ "status": "removed", "text": text }),
        Piece::Added(text) => json!({ "status": "added", "text": text }),
    };
    let object = |(index, stage): (usize, &Stage)| {
        let changes = changes(stages, index);
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
    let mut is_known = false;
    for (index, stage) in stages.iter().enumerate() {
        let Some((address, path)) = &stage.place else {
            let gone = if is_known {
                "not here any more"
            } else {
                "not here yet"
            };
            text.push_str(&format!("{}  {gone}\n\n", stage.edition));
            continue;
        };
        let status = match (is_known, stage.status) {
            (_, "here") => "this edition",
            (false, "exact" | "moved" | "changed") => "first here",
            (_, status) => status,
        };
        is_known = true;
        let path = path
            .iter()
            .map(String::as_str)
            .collect::<Vec<_>>()
            .join(" › ");
        text.push_str(&format!("{}  {status}  {address}  {path}\n", stage.edition));
        let pieces = changes(stages, index);
        let words = match pieces.is_empty() {
            true if index > 0 && stages.iter().take(index).any(|of| of.text == stage.text) => {
                "the same words".to_owned()
            }
            true => stage.text.clone(),
            false => pieces.iter().map(marked).collect(),
        };
        text.push_str(&format!("    {}\n\n", wording::one_line(&words)));
    }
    text.lines()
        .map(|line| format!("{}\n", width::shown(line)))
        .collect()
}

fn marked(piece: &Piece) -> String {
    match piece {
        Piece::Same(text) => text.clone(),
        Piece::Removed(text) => format!("[-{text}-]"),
        Piece::Added(text) => format!("{{+{text}+}}"),
    }
}
