//! `records`: sections that share their children's titles, one row each.

use serde_json::json;

use super::{Failure, GlobalOptions, Outcome, put, toc};
use crate::{
    export::{json, notes::csv},
    notebook::{Notebook, passage},
    report::Report,
    store::Store,
    text::{fold::fold_text, width},
};

#[derive(Debug, clap::Args)]
pub struct RecordsArguments {
    /// Only records with this facet, such as `Tier 2`
    #[arg(long, value_name = "FACET", value_parser = clap::builder::NonEmptyStringValueParser::new())]
    r#where: Option<String>,
    /// Sort them; as in the report by default
    #[arg(long, value_enum, value_name = "ORDER", default_value = "report")]
    sort: Order,
    /// Print a JSON array
    #[arg(long, conflicts_with = "csv")]
    json: bool,
    /// Print comma-separated values
    #[arg(long)]
    csv: bool,
    /// Only records with these words in their path
    text: Vec<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Order {
    Report,
    Title,
    Facet,
    Words,
    Notes,
}

/// A record.
struct Row<'a> {
    id: &'a str,
    number: usize,
    path: Vec<&'a str>,
    /// Title without facet.
    name: &'a str,
    title: &'a str,
    facet: &'a str,
    words: usize,
    notes: usize,
}

pub fn run(global: &GlobalOptions, given: &RecordsArguments) -> Result<Outcome, Failure> {
    let report = global.report()?;
    let notes = global.home().map(|home| Store::new(home).notebook(&report));
    let records = wanted(&report, given.r#where.as_deref())
        .map_err(|why| Failure::Words(format!("could not list records: {why}")))?;
    let notebook = notes.as_ref().map(|(notebook, _)| notebook);
    let mut rows: Vec<Row<'_>> = records
        .into_iter()
        .map(|record| row(&report, notebook, record))
        .collect();
    for word in &given.text {
        let word = plain(word);
        rows.retain(|row| plain(&row.path.join(" › ")).contains(&word));
    }
    match given.sort {
        Order::Report => {}
        Order::Title => rows.sort_by_cached_key(|row| plain(row.title)),
        Order::Facet => rows.sort_by_cached_key(|row| plain(row.facet)),
        Order::Words => rows.sort_by_key(|row| std::cmp::Reverse(row.words)),
        Order::Notes => rows.sort_by_key(|row| std::cmp::Reverse(row.notes)),
    }
    put(&match (given.json, given.csv) {
        (true, _) => as_json(&rows),
        (_, true) => as_csv(&rows),
        _ => table(&rows),
    })?;
    Ok(match rows.is_empty() {
        true => Outcome::Nothing,
        false => Outcome::Done,
    })
}

/// The records with a facet, in reading order; all of them without one.
///
/// # Errors
/// In words, where the report has no records, or none with that facet.
pub fn wanted(report: &Report, facet: Option<&str>) -> Result<Vec<usize>, String> {
    let groups = report.records().groups();
    let mut all: Vec<usize> = groups
        .iter()
        .flat_map(|group| group.records.iter().copied())
        .collect();
    all.sort_unstable();
    if all.is_empty() {
        return Err("no sections of this report share the titles of their parts".into());
    }
    let Some(facet) = facet else {
        return Ok(all);
    };
    let outline = report.outline();
    let has_it = |&&record: &&usize| plain(outline.facet(record)) == plain(facet);
    let found: Vec<usize> = all.iter().filter(has_it).copied().collect();
    if !found.is_empty() {
        return Ok(found);
    }
    let mut facets: Vec<&str> = all.iter().map(|&record| outline.facet(record)).collect();
    facets.sort_unstable();
    facets.dedup();
    facets.retain(|facet| !facet.is_empty());
    Err(match facets.as_slice() {
        [] => format!("no record has the facet `{facet}`, nor any other"),
        [.., _] => {
            let known: Vec<&str> = facets.iter().take(8).copied().collect();
            format!(
                "no record has the facet `{facet}`; there are {}",
                known.join(", ")
            )
        }
    })
}

fn row<'a>(report: &'a Report, notebook: Option<&Notebook>, record: usize) -> Row<'a> {
    let outline = report.outline();
    let below = outline.below(record);
    let sections = report.sections.get(below.clone()).unwrap_or_default();
    let entries = notebook.map(Notebook::entries).unwrap_or_default();
    let is_here = |at: crate::report::position::Passage| below.contains(&at.start().section);
    let notes = entries.iter().filter_map(passage).filter(|at| is_here(*at));
    Row {
        id: sections.first().map_or("", |section| section.id.as_str()),
        number: record + 1,
        path: report.path(record),
        name: outline.name(record),
        title: sections
            .first()
            .map_or("", |section| section.title.as_str()),
        facet: outline.facet(record),
        words: sections.iter().map(toc::words).sum(),
        notes: notes.count(),
    }
}

fn as_json(rows: &[Row<'_>]) -> String {
    let object = |row: &Row<'_>| {
        json!({
            "id": row.id,
            "number": row.number,
            "path": row.path,
            "title": row.title,
            "facet": row.facet,
            "words": row.words,
            "notes": row.notes,
        })
    };
    json::array(rows.iter().map(object).collect())
}

fn as_csv(rows: &[Row<'_>]) -> String {
    let head = ["id", "number", "path", "title", "facet", "words", "notes"].map(str::to_owned);
    let cells = |row: &Row<'_>| {
        [
            row.id.to_owned(),
            row.number.to_string(),
            row.path.join(" › "),
            row.title.to_owned(),
            row.facet.to_owned(),
            row.words.to_string(),
            row.notes.to_string(),
        ]
    };
    csv::table([head].into_iter().chain(rows.iter().map(cells)))
}

fn table(rows: &[Row<'_>]) -> String {
    let widest = |of: fn(&Row<'_>) -> usize| rows.iter().map(of).max().unwrap_or(0);
    let (names, facets) = (
        widest(|row| width::width(row.name)),
        widest(|row| width::width(row.facet)),
    );
    let line = |row: &Row<'_>| {
        let gap =
            |text: &str, columns: usize| " ".repeat(columns.saturating_sub(width::width(text)));
        let notes = match row.notes {
            0 => String::new(),
            notes => format!("  {notes}●"),
        };
        format!(
            "{:>4}  {}{}  {}{}  {:>7} words{notes}\n",
            row.number,
            width::shown(row.name),
            gap(row.name, names),
            width::shown(row.facet),
            gap(row.facet, facets),
            row.words,
        )
    };
    rows.iter().map(line).collect()
}

/// Without capitals and accents.
pub fn plain(text: &str) -> String {
    fold_text(text.trim(), true).into_iter().collect()
}
