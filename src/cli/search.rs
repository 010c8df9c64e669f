//! `search`: every hit of a pattern, matched as in the reader.

use std::{
    fmt::Write,
    io::{IsTerminal, stdout},
    ops::Range,
};

use serde_json::json;

use super::{Everywhere, Failure, Outcome, put};
use crate::{
    export,
    report::{
        Report, glyphs,
        layout::{Layout, Row},
        search::{
            Case, Pattern, Query, context,
            pieces::{Piece, Pieces},
        },
    },
};

/// Columns before the hit and from it on, where a line of its own shows it.
const AROUND: (usize, usize) = (32, 48);
/// Columns of a line of text where lines around a hit are asked for.
const WIDTH: usize = 72;
/// Columns of an address.
const ADDRESS: usize = 8;

#[derive(Debug, clap::Args)]
pub struct SearchArguments {
    /// The text to look for: lower case finds capitals too, `e` finds `é`, `'` finds `’`
    #[arg(allow_hyphen_values = true)]
    pattern: String,
    /// Take the pattern as a regular expression
    #[arg(long)]
    regex: bool,
    /// Find capitals only where the pattern has them
    #[arg(long)]
    case: bool,
    /// Find only whole words
    #[arg(long)]
    word: bool,
    /// One array of objects instead of text
    #[arg(long)]
    json: bool,
    /// Show the lines that hold the hit and N lines before and after them
    #[arg(short = 'C', long, value_name = "N", conflicts_with = "json")]
    context: Option<usize>,
}

/// A hit: its piece, and the bytes of the piece's text.
struct Hit {
    piece: Piece,
    range: Range<usize>,
}

pub fn run(everywhere: &Everywhere, given: SearchArguments) -> Result<Outcome, Failure> {
    let report = everywhere.report()?;
    let case = if given.case { Case::Always } else { Case::AsTyped };
    let query = Query { text: given.pattern.clone(), is_regex: given.regex, case, is_whole_word: given.word };
    let pattern = Pattern::new(&query).map_err(|error| Failure::Words(format!("could not search for `{}`: {error}", given.pattern)))?;
    if matches!(pattern, Pattern::Nothing) {
        return Err(Failure::Words("could not search: the pattern has no letters; give it some".into()));
    }
    let hits = hits(&report, &pattern);
    put(&match (given.json, given.context) {
        (true, _) => json(&report, &hits),
        (false, None) => rows(&report, &hits),
        (false, Some(lines)) => passages(&report, &hits, lines),
    })?;
    Ok(if hits.is_empty() { Outcome::Nothing } else { Outcome::Done })
}

fn hits(report: &Report, pattern: &Pattern) -> Vec<Hit> {
    let pieces = Pieces::new(report);
    let mut hits = Vec::new();
    for index in 0..pieces.count() {
        let piece = pieces.piece(index);
        pattern.each_hit(piece.text(report), pieces.is_simple(index), |range| hits.push(Hit { piece, range }));
    }
    hits
}

fn json(report: &Report, hits: &[Hit]) -> String {
    let objects = hits.iter().map(|Hit { piece, range }| {
        let text = piece.text(report);
        json!({
            "address": piece.address().to_string(),
            "section": report.sections.get(piece.section).map(|section| section.id.as_str()),
            "is_title": piece.block.is_none(),
            "start": range.start,
            "end": range.end,
            "hit": text.get(range.clone()),
            "text": text,
        })
    });
    export::json::array(objects.collect())
}

/// One line for each hit. Where there is little before it there is more after it.
fn rows(report: &Report, hits: &[Hit]) -> String {
    let (on, off) = marks();
    let row = |Hit { piece, range }: &Hit| {
        let text = piece.text(report);
        let before = context::around(text, range.clone(), AROUND.0, AROUND.1).before;
        let before = glyphs::width(before.trim_start());
        let around = context::around(text, range.clone(), before, AROUND.0 + AROUND.1 - before);
        format!("{:<ADDRESS$} {}{on}{}{off}{}\n", piece.address().to_string(), around.before, around.hit, around.after)
    };
    hits.iter().map(row).collect()
}

/// What stands before and after a hit: bold on a terminal, nothing in a pipe or file.
fn marks() -> (&'static str, &'static str) {
    let is_dumb = std::env::var_os("TERM").is_none_or(|term| term == "dumb");
    if stdout().is_terminal() && !is_dumb { ("\u{1b}[1m", "\u{1b}[22m") } else { ("", "") }
}

/// The lines that hold each hit, with lines around them, as `print` breaks them.
fn passages(report: &Report, hits: &[Hit], lines: usize) -> String {
    let mut layout = Layout::new(report, WIDTH);
    let mut text = String::new();
    for (index, hit) in hits.iter().enumerate() {
        if index > 0 {
            text.push_str("--\n");
        }
        let (first, last) = (row_of(hit, hit.range.start, report, &mut layout), row_of(hit, hit.range.end - 1, report, &mut layout));
        let rows = layout.rows(report, hit.piece.section);
        for row in first.saturating_sub(lines)..=last.saturating_add(lines).min(rows.len().saturating_sub(1)) {
            let address = if row == first { hit.piece.address().to_string() } else { String::new() };
            let line = rows.get(row).map_or("", |row| line(report, hit.piece.section, row));
            let written = format!("{address:<ADDRESS$} {}", glyphs::shown(line.trim_end()));
            let _ = writeln!(text, "{}", written.trim_end());
        }
    }
    text
}

/// The row of a byte of a hit's piece.
fn row_of(hit: &Hit, byte: usize, report: &Report, layout: &mut Layout) -> usize {
    match hit.piece.block {
        Some(_) => layout.row_of(report, hit.piece.position(byte)).row,
        None => {
            layout.rows(report, hit.piece.section).iter().position(|row| matches!(row, Row::Title { end, .. } if byte < *end)).unwrap_or(0)
        }
    }
}

fn line<'a>(report: &'a Report, section: usize, row: &Row) -> &'a str {
    let piece = |block| Piece { section, block };
    match *row {
        Row::Gap { .. } => "",
        Row::Title { start, end } => piece(None).text(report).get(start..end).unwrap_or_default(),
        Row::Text { block, start, end, .. } => piece(Some(block)).text(report).get(start..end).unwrap_or_default(),
    }
}
