//! `notes list`: the notebook in reading order, filtered, as text or JSON.

use std::collections::{BTreeSet, HashMap};

use serde_json::Value;

use super::{Failure, Outcome, filter::Filter, local, put, say};
use crate::{
    disk::home::Home,
    export::{
        self,
        notes::{self, json},
    },
    library,
    notebook::{Entry, Notebook, Saved, news::Loaded},
    report::Report,
    store::Store,
    text::{width, wording},
};

/// Most wrong letters in a misspelt command.
const SLIPS: usize = 2;

#[derive(Debug, Default, clap::Args)]
pub struct ListArguments {
    #[command(flatten)]
    pub filter: Filter,
    /// On all reports
    #[arg(long)]
    pub all: bool,
    /// Print a JSON array
    #[arg(long)]
    pub json: bool,
}

pub fn run(store: &Store, report: &Report, given: &ListArguments) -> Result<Outcome, Failure> {
    let (listed, loaded) = listed(store, report, given)?;
    put(&match given.json {
        true => export::json::array(listed.values),
        false => listed.text,
    })?;
    super::report_unread(&loaded)?;
    if listed.count > 0 || !given.filter.is_set() {
        return Ok(Outcome::Done);
    }
    if let Some(word) = given
        .filter
        .only_text()
        .filter(|text| !text.contains(char::is_whitespace))
    {
        say(&hint(word));
    }
    Ok(Outcome::Nothing)
}

/// Lists what is on all reports of the library, in their newest editions, and on reports that are
/// not here.
pub fn everywhere(store: &Store, home: &Home, given: &ListArguments) -> Result<Outcome, Failure> {
    let (mut text, mut values, mut count) = (String::new(), Vec::new(), 0);
    let mut ids: BTreeSet<String> = store
        .load()
        .annotations
        .into_iter()
        .map(|of| of.report)
        .collect();
    let newest = library::list(Some(home))
        .into_iter()
        .filter(|of| of.is_newest);
    let mut reports: Vec<(String, Report)> = Vec::new();
    for listed in newest {
        if ids.remove(listed.notes_id()) {
            let report = listed
                .read()
                .unwrap_or_else(|_| super::empty(listed.notes_id()));
            reports.push((listed.name(), report));
        }
    }
    reports.extend(ids.into_iter().map(|id| (id.clone(), super::empty(&id))));
    for (name, report) in &reports {
        // A section of one report may be none of another.
        let Ok((listed, _)) = listed(store, report, given) else {
            continue;
        };
        if listed.count > 0 {
            let head = format!("{name} › {}", report.title);
            text.push_str(&format!("{}\n\n{}", width::shown(&head), listed.text));
        }
        values.extend(listed.values);
        count += listed.count;
    }
    put(&match given.json {
        true => export::json::array(values),
        false => text,
    })?;
    super::report_unread(&store.load())?;
    Ok(match count == 0 && given.filter.is_set() {
        true => Outcome::Nothing,
        false => Outcome::Done,
    })
}

/// What is listed of a report: as text or as JSON.
struct Listed {
    text: String,
    values: Vec<Value>,
    count: usize,
}

fn listed(
    store: &Store,
    report: &Report,
    given: &ListArguments,
) -> Result<(Listed, Loaded), Failure> {
    let (notebook, loaded) = store.notebook(report);
    let complain = |why| Failure::Words(format!("could not list notes: {why}"));
    let mut shown = given.filter.entries(&notebook, report).map_err(complain)?;
    let drafts = store.drafts_on_disk(&report.id);
    let drafts: Vec<Entry> = drafts
        .iter()
        .map(|draft| Notebook::draft_entry(draft, report))
        .collect();
    shown.extend(given.filter.drafts(&drafts, report).map_err(complain)?);
    let versions = versions(notebook.entries());
    let beside = |entry: &Entry| versions.get(entry.annotation.id.as_str());
    let text = shown
        .iter()
        .filter(|_| !given.json)
        .map(|entry| item(entry, report, beside(entry).map_or(&[], Vec::as_slice)));
    let values = shown.iter().filter(|_| given.json);
    let listed = Listed {
        text: text.collect(),
        values: values.map(|entry| json::value(entry, report)).collect(),
        count: shown.len(),
    };
    Ok((listed, loaded))
}

/// The ids of conflicting versions, by the id of the original.
fn versions(entries: &[Entry]) -> HashMap<&str, Vec<&str>> {
    let mut versions: HashMap<&str, Vec<&str>> = HashMap::new();
    for annotation in entries.iter().map(|entry| &entry.annotation) {
        if let Some(first) = &annotation.conflict_of {
            versions.entry(first).or_default().push(&annotation.id);
        }
    }
    versions
}

/// A line with address, kind and date, the path, the quote, the text and an empty line. `beside` holds the
/// ids of its conflicting versions.
fn item(entry: &Entry, report: &Report, beside: &[&str]) -> String {
    let annotation = &entry.annotation;
    let address = notes::address(entry, report).unwrap_or_else(|| "-".into());
    let path = notes::path(entry, report).join(" › ");
    let not_saved = (entry.saved == Saved::Pending).then(|| "draft".to_owned());
    let parts = [address, notes::kind(annotation)]
        .into_iter()
        .chain(not_saved)
        .chain(notes::caveats(entry));
    let parts = parts.chain(
        beside
            .iter()
            .map(|id| format!("see also {}", notes::short(id))),
    );
    let head: Vec<String> = parts
        .chain([
            notes::short(&annotation.id).to_owned(),
            local(&annotation.modified),
        ])
        .collect();
    let quote = wording::cut(&wording::one_line(&annotation.anchor.quote), 72);
    let mut item = format!("{}\n    {path}\n    “{quote}”\n", head.join("  "));
    for line in annotation.text.lines() {
        item.push_str(&format!("    {line}\n"));
    }
    let shown: Vec<_> = item.lines().map(width::shown).collect();
    shown.join("\n") + "\n\n"
}

/// A word that matches nothing may be a misspelt command.
fn hint(word: &str) -> String {
    let likely = super::verbs()
        .into_iter()
        .map(|verb| (slips(word, &verb), verb))
        .min();
    match likely.filter(|(slips, _)| *slips <= SLIPS) {
        Some((_, verb)) => {
            format!("no annotation contains `{word}`; did you mean `tip-reader notes {verb}`?")
        }
        None => {
            format!("no annotation contains `{word}`; `tip-reader notes --help` lists the commands")
        }
    }
}

/// Letters to change, add or leave out to make one word of the other (Levenshtein).
fn slips(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, from) in a.chars().enumerate() {
        let mut diagonal = std::mem::replace(&mut row[0], i + 1);
        for (j, to) in b.iter().enumerate() {
            let changed = diagonal + usize::from(from != *to);
            diagonal = row[j + 1];
            row[j + 1] = changed.min(diagonal + 1).min(row[j] + 1);
        }
    }
    row.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_are_counted() {
        for (a, b, count) in [
            ("list", "list", 0),
            ("exprot", "export", 2),
            ("", "rm", 2),
            ("undo", "", 4),
            ("lists", "list", 1),
        ] {
            assert_eq!(slips(a, b), count, "{a} {b}");
        }
    }
}
