//! `notes`: the notebook from a shell.

use std::io::{Read, stdin};

use serde_json::{Value, json};

use super::{Everywhere, Failure, Outcome, put};
use crate::{
    export,
    notebook::{
        Change, Entry, Notebook,
        annotation::{Annotation, FORMAT, Kind},
        passage,
        store::{self, Store},
    },
    report::{
        Report,
        address::Address,
        anchor::{Anchor, Edition},
        glyphs,
    },
    wording,
};

/// Largest note, in bytes.
const LARGEST: u64 = 1024 * 1024;

#[derive(Debug, clap::Args)]
pub struct NotesArguments {
    #[command(flatten)]
    list: ListArguments,
    #[command(subcommand)]
    verb: Option<NotesVerb>,
}

#[derive(Debug, clap::Subcommand)]
enum NotesVerb {
    /// List the notebook, in reading order
    List(ListArguments),
    /// Write a note on a section's first paragraph (`2`) or on a paragraph (`2:5`)
    Add {
        address: String,
        /// The note; `-` reads standard input
        text: String,
    },
    /// Delete an annotation; the start of its id is enough
    Rm { id: String },
    /// Bring back the annotation that was deleted last
    Undo,
    /// Name each file of the notebook that cannot be used
    Check,
}

#[derive(Debug, Default, clap::Args)]
struct ListArguments {
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

pub fn run(everywhere: &Everywhere, given: NotesArguments) -> Result<Outcome, Failure> {
    let store = Store::new(everywhere.needed_home()?);
    let report = everywhere.report()?;
    match given.verb {
        None => list(&store, &report, &given.list),
        Some(NotesVerb::List(given)) => list(&store, &report, &given),
        Some(NotesVerb::Add { address, text }) => add(&store, &report, &address, text),
        Some(NotesVerb::Rm { id }) => remove(&store, &id),
        Some(NotesVerb::Undo) => undo(&store),
        Some(NotesVerb::Check) => check(&store),
    }
}

fn list(store: &Store, report: &Report, given: &ListArguments) -> Result<Outcome, Failure> {
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

fn add(store: &Store, report: &Report, address: &str, text: String) -> Result<Outcome, Failure> {
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

fn remove(store: &Store, id: &str) -> Result<Outcome, Failure> {
    let failed = |why: String| Failure::Words(format!("could not delete `{id}`: {why}"));
    let loaded = store.load();
    let found: Vec<&Annotation> = loaded.annotations.iter().filter(|annotation| !id.is_empty() && annotation.id.starts_with(id)).collect();
    match found.as_slice() {
        [] => Err(failed("no annotation has an id that begins so; `tip-reader notes` lists them".into())),
        [annotation] => {
            store.keep(&Change::Delete((*annotation).clone()), None).map_err(|error| failed(error.to_string()))?;
            put("deleted; `tip-reader notes undo` brings it back\n")?;
            Ok(Outcome::Done)
        }
        several => Err(failed(format!("{} begin so; give more of the id", wording::count(several.len(), "annotation")))),
    }
}

fn undo(store: &Store) -> Result<Outcome, Failure> {
    let Some(annotation) = store.last_deleted() else {
        return Err(Failure::Words("there is nothing to undo: the trash is empty".into()));
    };
    let name = annotation.kind.name();
    store.keep(&Change::Restore(annotation), None).map_err(|error| Failure::Words(format!("could not undo: {error}")))?;
    put(&format!("brought back the {name} that was deleted last\n"))?;
    Ok(Outcome::Done)
}

fn check(store: &Store) -> Result<Outcome, Failure> {
    let problems = store.check();
    let lines: String = problems
        .iter()
        .map(|problem| glyphs::shown(&format!("{}: {}", problem.file.display(), problem.reason)).into_owned() + "\n")
        .collect();
    put(&lines)?;
    Ok(if problems.is_empty() { Outcome::Done } else { Outcome::Nothing })
}
