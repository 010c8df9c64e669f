//! `notes add`: adds a note or highlight to a section, paragraph, quote or printed page, or to
//! every match that `search --json` found.

use std::{io::stdin, ops::Range};

use clap::builder::PossibleValuesParser;

use super::{Failure, Outcome, put, say};
use crate::{
    edition::{Edition, anchor::Anchor},
    notebook::{
        Change,
        annotation::{Annotation, FORMAT, Kind},
    },
    report::{
        Report,
        address::{Address, Stretch},
        position::{Passage, Position},
    },
    search::{Case, Pattern, Query},
    store::{self, Store, StoreError, outside},
    text::{segment, wording},
};

#[derive(Debug, clap::Args)]
pub struct AddArguments {
    /// Section (`2`, `ghana`), paragraph (`2:5`), range (`2:3-5`) or printed page (`p61`); `-`
    /// reads matches of `search --json` from standard input
    #[arg(allow_hyphen_values = true)]
    address: String,
    /// Text of the note; `-` reads standard input
    #[arg(allow_hyphen_values = true)]
    text: Option<String>,
    /// Only on these words there
    #[arg(long, value_name = "WORDS")]
    quote: Option<String>,
    /// Colour of a highlight; makes one
    #[arg(long, value_name = "COLOR", value_parser = colors())]
    color: Option<String>,
    /// What to add: a note where it has text, else a highlight
    #[arg(long, value_name = "KIND", value_parser = ["note", "highlight"])]
    kind: Option<String>,
}

fn colors() -> PossibleValuesParser {
    super::filter::colors()
}

/// A match as `search --json` writes it.
#[derive(Debug, serde::Deserialize)]
struct Match {
    address: Option<String>,
    start: usize,
    end: usize,
    #[serde(rename = "match")]
    words: String,
    #[serde(default)]
    is_title: bool,
    note: Option<String>,
}

pub fn run(store: &Store, report: &Report, given: &AddArguments) -> Result<Outcome, Failure> {
    let failed = |why: String| Failure::Words(format!("could not add the note: {why}"));
    let from_matches = given.address == "-";
    if from_matches && given.text.as_deref() == Some("-") {
        return Err(failed("standard input is the matches already".into()));
    }
    let text = given.text.as_deref().map(super::given_text).transpose();
    let text = text.map_err(failed)?.unwrap_or_default();
    let kind = kind(given, &text).map_err(failed)?;
    let passages = match from_matches {
        true => matches(report, kind).map_err(failed)?,
        false => vec![passage(report, given).map_err(failed)?],
    };
    let edition = Edition::of(report);
    let now = match passages.len() {
        1 => super::now(),
        _ => super::now_of_batch(),
    };
    let note = |passage: &Passage| Annotation {
        format: FORMAT,
        id: store::new_id(),
        report: report.id.clone(),
        kind,
        anchor: Anchor::new(report, &edition, *passage),
        text: text.clone(),
        color: (kind == Kind::Highlight)
            .then(|| given.color.clone().unwrap_or_else(|| "yellow".into())),
        letter: None,
        created: now.clone(),
        modified: now.clone(),
        conflict_of: None,
        base: None,
    };
    let notes: Vec<Annotation> = passages.iter().map(note).collect();
    for (done, note) in notes.iter().enumerate() {
        let saved = store.save(&Change::Add(note.clone()), Some(&edition));
        saved.map_err(|error| failed(not_saved(&error, note, done, notes.len())))?;
    }
    let ids: Vec<&str> = notes.iter().map(|note| note.id.as_str()).collect();
    put(&format!("{}\n", ids.join("\n"))).inspect_err(|_| {
        say(&format!(
            "saved as `{}`, which could not be printed",
            ids.join("`, `")
        ));
    })?;
    Ok(Outcome::Done)
}

/// Why a note is not saved, what is, and what may be there all the same.
fn not_saved(error: &StoreError, note: &Annotation, done: usize, all: usize) -> String {
    let mut words = error.to_string();
    if matches!(error, StoreError::Io { .. }) {
        words.push_str(&format!("; it may be there all the same, as `{}`", note.id));
    }
    if all > 1 {
        words.push_str(&format!(
            "; {done} of {all} saved, `tip-reader notes undo` takes them back"
        ));
    }
    words
}

fn kind(given: &AddArguments, text: &str) -> Result<Kind, String> {
    let is_highlight = match given.kind.as_deref() {
        Some(kind) => kind == "highlight",
        None => given.color.is_some() || given.text.is_none(),
    };
    match is_highlight {
        true => Ok(Kind::Highlight),
        false if given.color.is_some() => Err("only a highlight has a colour".into()),
        false if text.is_empty() => Err("the note has no text".into()),
        false => Ok(Kind::Note),
    }
}

/// The passage of an address: of a section its first paragraph, else what is asked for.
fn passage(report: &Report, given: &AddArguments) -> Result<Passage, String> {
    let stretch = Stretch::parse(&given.address, report).map_err(|error| error.to_string())?;
    if let Some(quote) = &given.quote {
        return quoted(report, stretch.passage(report), quote);
    }
    match stretch {
        Stretch::Sections(sections) => {
            let has_text = |&at: &usize| {
                report
                    .sections
                    .get(at)
                    .is_some_and(|s| !s.blocks.is_empty())
            };
            let first = sections.clone().find(has_text);
            let first =
                first.ok_or_else(|| format!("section {} has no paragraphs", given.address))?;
            Ok(report.passage_of_block(Position::new(first, 0, 0)))
        }
        other => Ok(other.passage(report)),
    }
}

/// The only place of some words in a stretch of the report, found as a search finds them.
fn quoted(report: &Report, within: Passage, quote: &str) -> Result<Passage, String> {
    let query = Query {
        text: quote.into(),
        is_regex: false,
        case: Case::AsTyped,
        is_whole_word: false,
    };
    let pattern = Pattern::new(&query).map_err(|error| error.to_string())?;
    let mut found = Vec::new();
    for at in report.blocks_of(within) {
        let text = report.text_at(at);
        let bytes = within.bytes_in_block(at, text.len());
        let matches = pattern.matches(text).into_iter();
        let inside = matches.filter(|m| bytes.start <= m.start && m.end <= bytes.end);
        found.extend(inside.map(|range| in_block(at, range)));
    }
    match found.as_slice() {
        [] => Err(format!("the words “{quote}” are not there")),
        [one] => Ok(*one),
        several => {
            let places: Vec<String> = several
                .iter()
                .take(5)
                .map(|passage| Address::of(passage.start()).number(report))
                .collect();
            Err(format!(
                "the words “{quote}” stand there {} times, at {}; quote more of them",
                several.len(),
                places.join(", ")
            ))
        }
    }
}

fn in_block(at: Position, range: Range<usize>) -> Passage {
    let byte = |byte| Position { byte, ..at };
    Passage::new(byte(range.start), byte(range.end))
}

/// The passages of matches: for notes the sentences that they stand in, each once.
fn matches(report: &Report, kind: Kind) -> Result<Vec<Passage>, String> {
    let text =
        outside::read_text(stdin().lock()).map_err(|why| format!("standard input: {why}"))?;
    let matches: Vec<Match> = serde_json::from_str(&text)
        .map_err(|error| format!("standard input is not what `search --json` writes: {error}"))?;
    let mut passages: Vec<Passage> = Vec::new();
    for found in matches
        .iter()
        .filter(|found| found.note.is_none() && !found.is_title)
    {
        let address = found.address.as_deref().unwrap_or("-");
        let at = Address::parse(address, report)
            .map_err(|error| error.to_string())?
            .position();
        let text = report.text_at(at);
        if text.get(found.start..found.end) != Some(found.words.as_str()) {
            return Err(format!(
                "`{}` does not stand at {address}; search this edition again",
                wording::cut(&found.words, 40)
            ));
        }
        let range = match kind {
            Kind::Note => segment::sentences_of(text, found.start..found.end),
            Kind::Highlight | Kind::Bookmark => found.start..found.end,
        };
        let passage = in_block(at, range);
        if passages.last() != Some(&passage) {
            passages.push(passage);
        }
    }
    match passages.is_empty() {
        true => Err("no matches in the text on standard input".into()),
        false => Ok(passages),
    }
}
