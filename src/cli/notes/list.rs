//! `notes list`: the notebook in reading order, filtered, as text or JSON.

use serde_json::{Value, json};

use super::{Failure, Outcome, put};
use crate::{
    export,
    notebook::{Entry, Notebook, passage, store::Store},
    report::{Report, address::Address, glyphs},
    wording,
};

#[derive(Debug, Default, clap::Args)]
pub struct ListArguments {
    /// Only annotations with this tag
    #[arg(long)]
    tag: Option<String>,
    /// Only notes, highlights or bookmarks
    #[arg(long, value_name = "KIND", value_parser = ["note", "highlight", "bookmark"])]
    kind: Option<String>,
    /// Only annotations in this section
    #[arg(long, value_name = "SECTION")]
    section: Option<String>,
    /// One array of objects instead of text
    #[arg(long)]
    json: bool,
    /// Only annotations whose text or quote holds this
    text: Option<String>,
}

pub fn run(store: &Store, report: &Report, given: &ListArguments) -> Result<Outcome, Failure> {
    let section = given.section.as_deref().map(|text| Address::parse(text, report)).transpose();
    let section = section.map_err(|error| Failure::Words(format!("could not list notes: {error}")))?.map(|address| address.section);
    let loaded = store.load();
    let mut notebook = Notebook::default();
    notebook.replace(loaded.annotations, report);
    let shown: Vec<&Entry> = notebook.entries().iter().filter(|entry| is_wanted(entry, given, section)).collect();
    let text: String = if given.json {
        export::json::array(shown.iter().map(|entry| json(entry, report)).collect())
    } else {
        shown.iter().map(|entry| item(entry)).collect()
    };
    put(&text)?;
    if let Some(problem) = loaded.problems.first() {
        let more = wording::count(loaded.problems.len(), "file");
        return Err(Failure::Words(format!(
            "could not read `{}`: {}; {more} left as it is, `tip-reader notes check` names all",
            problem.file.display(),
            problem.reason
        )));
    }
    let is_filtered = given.tag.is_some() || given.kind.is_some() || given.text.is_some() || section.is_some();
    Ok(if shown.is_empty() && is_filtered { Outcome::Nothing } else { Outcome::Done })
}

fn is_wanted(entry: &Entry, given: &ListArguments, section: Option<usize>) -> bool {
    let annotation = &entry.annotation;
    let holds = |text: &str| {
        let text = text.to_lowercase();
        annotation.text.to_lowercase().contains(&text) || annotation.anchor.quote.to_lowercase().contains(&text)
    };
    given.tag.as_deref().is_none_or(|tag| annotation.tags().contains(&tag.trim_start_matches('#')))
        && given.kind.as_deref().is_none_or(|kind| kind == annotation.kind.name())
        && section.is_none_or(|section| passage(entry).is_some_and(|passage| passage.start().section == section))
        && given.text.as_deref().is_none_or(holds)
}

fn json(entry: &Entry, report: &Report) -> Value {
    let annotation = &entry.annotation;
    let start = passage(entry).map(crate::report::position::Passage::start);
    let section =
        start.and_then(|start| report.sections.get(start.section)).map_or(&annotation.anchor.start.section, |section| &section.id);
    json!({
        "id": annotation.id,
        "kind": annotation.kind.name(),
        "address": start.map(|start| Address::of(start).to_string()),
        "section": section,
        "quote": annotation.anchor.quote,
        "text": annotation.text,
        "tags": annotation.tags(),
        "color": annotation.color,
        "status": entry.resolution.name(),
        "created": annotation.created,
        "modified": annotation.modified,
    })
}

/// Three lines and an empty one: what and where, the quote, the text.
fn item(entry: &Entry) -> String {
    let annotation = &entry.annotation;
    let address = passage(entry).map_or_else(|| "-".to_owned(), |passage| Address::of(passage.start()).to_string());
    let status = if entry.resolution.name() == "exact" { String::new() } else { format!("  {}", entry.resolution.name()) };
    let letter = annotation.letter.map(|letter| format!(" {letter}")).unwrap_or_default();
    let id = annotation.id.get(..8).unwrap_or(&annotation.id);
    let quote = wording::cut(&wording::one_line(&annotation.anchor.quote), 72);
    let mut item = format!("{address}  {}{letter}{status}  {id}  {}\n    “{quote}”\n", annotation.kind.name(), annotation.modified);
    for line in annotation.text.lines() {
        item.push_str(&format!("    {line}\n"));
    }
    let shown: Vec<_> = item.lines().map(glyphs::shown).collect();
    shown.join("\n") + "\n\n"
}
