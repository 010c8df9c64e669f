//! `search`: matches in the report and your notes, found as in the reader.

use std::{
    fmt::Write,
    io::{IsTerminal, stdout},
    ops::Range,
};

use serde_json::{Value, json};

use super::{Failure, GlobalOptions, Outcome, notes, put};
use crate::{
    export, library,
    notebook::{Entry, Notebook, annotation::Annotation, news::Loaded, passage},
    report::{
        Report,
        address::Stretch,
        layout::{Layout, Row},
    },
    search::{
        Case, Pattern, Query, context,
        pieces::{Piece, Pieces},
    },
    store::Store,
    text::{width, wording, wrap},
};

/// Columns before a match, and from its start, on a line of results.
const AROUND: (usize, usize) = (32, 48);
/// Text width where lines around a match are shown.
const WIDTH: usize = 72;
/// Most columns of a path on a line of results.
const PATH: usize = 40;
/// Columns of an address.
const ADDRESS: usize = 8;

#[derive(Debug, clap::Args)]
pub struct SearchArguments {
    /// Text to search for: lower case matches capitals too, `e` matches `é`, `'` matches `’`
    #[arg(allow_hyphen_values = true)]
    pattern: String,
    /// Treat the pattern as a regular expression
    #[arg(long)]
    regex: bool,
    /// Match case (default: smart case)
    #[arg(long)]
    case: bool,
    /// Match whole words only
    #[arg(long)]
    word: bool,
    /// Only in a section and all below it
    #[arg(long, value_name = "PATH")]
    section: Option<String>,
    /// In every edition of every report
    #[arg(long)]
    all: bool,
    /// Print only how many matches there are
    #[arg(long, conflicts_with = "json")]
    count: bool,
    /// Print a JSON array
    #[arg(long)]
    json: bool,
    /// Show N lines before and after the lines of each match
    #[arg(short = 'C', long, value_name = "N", conflicts_with_all = ["json", "count"])]
    context: Option<usize>,
}

/// A match: bytes of a piece's text or of a note.
struct Match<'a> {
    /// The piece; for a note the one that its passage begins in, `None` if it is orphaned.
    piece: Option<Piece>,
    note: Option<&'a Annotation>,
    text: &'a str,
    range: Range<usize>,
}

pub fn run(global: &GlobalOptions, given: SearchArguments) -> Result<Outcome, Failure> {
    let case = if given.case {
        Case::Always
    } else {
        Case::AsTyped
    };
    let query = Query {
        text: given.pattern.clone(),
        is_regex: given.regex,
        case,
        is_whole_word: given.word,
    };
    let pattern = Pattern::new(&query).map_err(|error| {
        Failure::Words(format!("could not search for `{}`: {error}", given.pattern))
    })?;
    if matches!(pattern, Pattern::Nothing) {
        return Err(Failure::Words(
            "could not search: the pattern is empty".into(),
        ));
    }
    if given.all {
        return everywhere(global, &given, &pattern);
    }
    let report = global.report()?;
    let (found, problem) = found(global, &given, &report, &pattern)?;
    put(&match (given.json, given.count) {
        (true, _) => export::json::array(found.values),
        (_, true) => format!("{}\n", found.count),
        _ => found.text,
    })?;
    problem.map_or(Ok(()), |loaded| notes::report_unread(&loaded))?;
    Ok(if found.count == 0 {
        Outcome::Nothing
    } else {
        Outcome::Done
    })
}

/// What was found in a report: as text or as JSON.
struct Found {
    text: String,
    values: Vec<Value>,
    count: usize,
}

/// Searches a report and the notes on it; returns what could not be read too.
fn found(
    global: &GlobalOptions,
    given: &SearchArguments,
    report: &Report,
    pattern: &Pattern,
) -> Result<(Found, Option<Loaded>), Failure> {
    let notes = global.home().map(|home| Store::new(home).notebook(report));
    let notebook = notes.as_ref().map(|(notebook, _)| notebook);
    let mut matches = matches(report, notebook, pattern);
    if let Some(section) = &given.section {
        let within = within(section, report)?;
        matches.retain(|found| {
            found
                .piece
                .is_some_and(|piece| within.contains(&piece.section))
        });
    }
    let mut found = Found {
        text: String::new(),
        values: Vec::new(),
        count: matches.len(),
    };
    match (given.json, given.count, given.context) {
        (true, ..) => found.values = json(report, &matches),
        (_, true, _) => {}
        (_, _, None) => found.text = rows(report, &matches),
        (_, _, Some(lines)) => found.text = passages(report, &matches, lines),
    }
    let loaded = notes.map(|(_, loaded)| loaded);
    Ok((found, loaded.filter(|of| !of.problems.is_empty())))
}

/// Searches every edition of every report, each under a line that names it.
fn everywhere(
    global: &GlobalOptions,
    given: &SearchArguments,
    pattern: &Pattern,
) -> Result<Outcome, Failure> {
    let (mut values, mut count, mut broken) = (Vec::new(), 0, Vec::new());
    for listed in library::list(global.home().as_ref()) {
        let report = match listed.read() {
            Ok(report) => report,
            Err(error) => {
                broken.push(format!("could not read {}: {error}", listed.exact_name()));
                continue;
            }
        };
        // A section of one report may be none of another.
        let Ok((mut found, _)) = found(global, given, &report, pattern) else {
            continue;
        };
        count += found.count;
        for value in &mut found.values {
            value["report"] = listed.id.as_str().into();
            value["edition"] = report.edition.as_str().into();
        }
        values.append(&mut found.values);
        if found.count > 0 && !given.json && !given.count {
            let head = format!("{} › {}", listed.exact_name(), report.title);
            put(&format!("{}\n{}\n", width::shown(&head), found.text))?;
        }
    }
    match (given.json, given.count) {
        (true, _) => put(&export::json::array(values))?,
        (_, true) => put(&format!("{count}\n"))?,
        _ => {}
    }
    match (broken.first(), count) {
        (Some(first), _) => Err(Failure::Words(first.clone())),
        (None, 0) => Ok(Outcome::Nothing),
        (None, _) => Ok(Outcome::Done),
    }
}

/// The sections that are searched.
fn within(section: &str, report: &Report) -> Result<Range<usize>, Failure> {
    match Stretch::parse(section, report) {
        Ok(Stretch::Sections(sections)) => Ok(sections),
        Ok(_) => Err(format!("`{section}` is no section")),
        Err(error) => Err(error.to_string()),
    }
    .map_err(|why| Failure::Words(format!("could not search: {why}")))
}

/// All matches: in each piece, those in its text, then those in notes on it; last those in orphaned
/// notes.
fn matches<'a>(
    report: &'a Report,
    notebook: Option<&'a Notebook>,
    pattern: &Pattern,
) -> Vec<Match<'a>> {
    let pieces = Pieces::new(report);
    let place = |entry: &Entry| {
        passage(entry).map_or(pieces.beyond(), |passage| pieces.of_block(passage.start()))
    };
    let entries = notebook.map(Notebook::entries).unwrap_or_default();
    let mut notes = entries
        .iter()
        .map(|entry| (place(entry), &entry.annotation))
        .peekable();
    let mut matches = Vec::new();
    for index in 0..=pieces.beyond() {
        let piece = (index < pieces.beyond()).then(|| pieces.piece(index));
        let text = piece.map_or("", |piece| piece.text(report));
        pattern.each_match(text, pieces.is_simple(index), |range| {
            matches.push(Match {
                piece,
                note: None,
                text,
                range,
            })
        });
        while let Some((_, note)) = notes.next_if(|(place, _)| *place <= index) {
            let text = note.text.as_str();
            matches.extend(pattern.matches(text).into_iter().map(|range| Match {
                piece,
                note: Some(note),
                text,
                range,
            }));
        }
    }
    matches
}

impl Match<'_> {
    /// The address, or `-`; with a sign if the match is in a note.
    fn address(&self, report: &Report) -> String {
        let address = self
            .piece
            .map_or_else(|| "-".to_owned(), |piece| piece.address().number(report));
        if self.note.is_some() {
            format!("{address}●")
        } else {
            address
        }
    }
}

fn json(report: &Report, matches: &[Match]) -> Vec<Value> {
    let objects = matches.iter().map(|Match { piece, note, text, range }| {
        json!({
            "address": piece.map(|piece| piece.address().number(report)),
            "section": piece.and_then(|piece| report.sections.get(piece.section)).map(|section| section.id.as_str()),
            "path": piece.map(|piece| report.path(piece.section)),
            "page": piece.and_then(|piece| report.page(piece.position(range.start))),
            "is_title": note.is_none() && piece.is_some_and(|piece| piece.block.is_none()),
            "note": note.map(|note| note.id.as_str()),
            "start": range.start,
            "end": range.end,
            "match": text.get(range.clone()),
            "text": text,
        })
    });
    objects.collect()
}

/// One line for each match: address, path, the words around it. Where little text precedes it, more
/// follows.
fn rows(report: &Report, matches: &[Match]) -> String {
    let (on, off) = marks();
    let mut text = String::new();
    // Many matches stand in one piece: its address and path are written once.
    let mut head: Option<(Option<Piece>, bool, String)> = None;
    for found in matches {
        let of = (found.piece, found.note.is_some());
        if head.as_ref().map(|(piece, is_note, _)| (*piece, *is_note)) != Some(of) {
            head = Some((of.0, of.1, head_of(report, found)));
        }
        let around = context::in_line(
            found.text,
            found.range.clone(),
            AROUND.0,
            AROUND.0 + AROUND.1,
        );
        text.push_str(head.as_ref().map_or("", |(.., head)| head));
        for part in [&around.before, on, &around.hit, off, &around.after, "\n"] {
            text.push_str(part);
        }
    }
    text
}

/// Address and path of a match.
fn head_of(report: &Report, found: &Match) -> String {
    let titles = found.piece.map(|piece| report.path(piece.section));
    let path = wording::path(&titles.unwrap_or_default(), PATH);
    let address = found.address(report);
    format!("{address:<ADDRESS$} {}  ", width::shown(&path))
}

/// The path of a match's section on a line of its own, where the match before is of another one.
fn heading(report: &Report, found: &Match, last: &mut Option<usize>) -> String {
    let section = found.piece.map_or(usize::MAX, |piece| piece.section);
    if last.replace(section) == Some(section) {
        return String::new();
    }
    let path = report.path(section).join(" › ");
    match path.as_str() {
        "" => "Notes whose passage is not in this edition\n".into(),
        _ => format!("{}\n", width::shown(&path)),
    }
}

/// What goes around a match: bold on a terminal, nothing in a pipe or file.
fn marks() -> (&'static str, &'static str) {
    let is_dumb = std::env::var_os("TERM").is_none_or(|term| term == "dumb");
    if stdout().is_terminal() && !is_dumb {
        ("\u{1b}[1m", "\u{1b}[22m")
    } else {
        ("", "")
    }
}

/// The lines of each match with the lines around it, wrapped as by `print`.
fn passages(report: &Report, matches: &[Match], lines: usize) -> String {
    let mut layout = Layout::new(report, WIDTH);
    let mut text = String::new();
    let mut last = None;
    for (index, found) in matches.iter().enumerate() {
        if index > 0 {
            text.push_str("--\n");
        }
        text.push_str(&heading(report, found, &mut last));
        let (all, first, last) = lines_of(found, report, &mut layout);
        for (row, line) in all
            .iter()
            .enumerate()
            .take(last.saturating_add(lines).saturating_add(1))
            .skip(first.saturating_sub(lines))
        {
            let address = if row == first {
                found.address(report)
            } else {
                String::new()
            };
            let written = format!("{address:<ADDRESS$} {}", width::shown(line.trim_end()));
            let _ = writeln!(text, "{}", written.trim_end());
        }
    }
    text
}

/// The lines of a match's section or note, and the indices of its first and last line.
fn lines_of<'a>(
    found: &Match<'a>,
    report: &'a Report,
    layout: &mut Layout,
) -> (Vec<&'a str>, usize, usize) {
    let last = found.range.end - 1;
    let (Some(piece), None) = (found.piece, found.note) else {
        let lines = wrap::lines(found.text, WIDTH, "");
        let row = |byte: usize| {
            lines
                .partition_point(|line| line.start <= byte)
                .saturating_sub(1)
        };
        let text = |line: &wrap::Line| found.text.get(line.start..line.end).unwrap_or_default();
        return (
            lines.iter().map(text).collect(),
            row(found.range.start),
            row(last),
        );
    };
    let (from, to) = (
        row_of(piece, found.range.start, report, layout),
        row_of(piece, last, report, layout),
    );
    let rows = layout.rows(report, piece.section);
    (
        rows.iter()
            .map(|row| line(report, piece.section, row))
            .collect(),
        from,
        to,
    )
}

/// The row of a byte of a piece.
fn row_of(piece: Piece, byte: usize, report: &Report, layout: &mut Layout) -> usize {
    match piece.block {
        Some(_) => layout.row_of(report, piece.position(byte)).row,
        None => layout
            .rows(report, piece.section)
            .iter()
            .position(|row| matches!(row, Row::Title { end, .. } if byte < *end))
            .unwrap_or(0),
    }
}

fn line<'a>(report: &'a Report, section: usize, row: &Row) -> &'a str {
    let piece = |block| Piece { section, block };
    match *row {
        Row::Gap { .. } => "",
        Row::Title { start, end } => piece(None).text(report).get(start..end).unwrap_or_default(),
        Row::Text {
            block, start, end, ..
        } => piece(Some(block))
            .text(report)
            .get(start..end)
            .unwrap_or_default(),
    }
}
