//! Plain text: `«marked words»[1]`, a flag for a bookmark, the notes at the end.

use super::{
    Annotated,
    caption::{bookmark, caption, is_marked, short_quote},
    marked::{MarkedParts, Marks},
    placement::Placed,
};
use crate::{
    export::{notes, text},
    notebook::Entry,
    report::Report,
    text::{width, wrap},
};

const MARKS: Marks = Marks {
    is_marked,
    open: |_| "«".into(),
    close: "»",
    number: |number, _| format!("[{number}]"),
    bookmark: |placed| format!("{} ", bookmark(placed)),
    end_with_spans: false,
    in_preformatted: true,
};
/// Indent of a note's lines, in columns.
const INDENT: usize = 4;

pub fn write(annotated: &Annotated<'_>, width: Option<usize>) -> String {
    let marked = MarkedParts::plain(annotated, &MARKS);
    let mut pieces = vec![
        text::write(annotated.report, &marked.parts(), width)
            .trim_end()
            .to_owned(),
    ];
    let footnotes: Vec<String> = annotated
        .footnotes()
        .map(|(number, placed)| footnote(annotated.report, (number, placed), width))
        .collect();
    pieces.extend(titled("Notes", footnotes));
    let orphans = annotated
        .orphans
        .iter()
        .map(|entry| orphan(annotated.report, entry, width))
        .collect();
    pieces.extend(titled(notes::NOT_FOUND, orphans));
    pieces.join("\n\n") + "\n"
}

fn titled(title: &str, items: Vec<String>) -> Vec<String> {
    let head = format!("{title}\n{}", "=".repeat(width::width(title)));
    if items.is_empty() {
        Vec::new()
    } else {
        [vec![head], items].concat()
    }
}

fn note(report: &Report, mark: &str, entry: &Entry, width: Option<usize>) -> String {
    let head = width::shown(&format!("{mark} {}", caption(entry, report).join(" · "))).into_owned();
    let text = entry.annotation.text.trim_end();
    if text.is_empty() {
        head
    } else {
        format!("{head}\n{}", indented(text, width))
    }
}

fn footnote(
    report: &Report,
    (number, placed): (usize, &Placed<'_>),
    width: Option<usize>,
) -> String {
    let quote = if placed.is_whole {
        String::new()
    } else {
        indented(&format!("“{}”", short_quote(placed.entry)), width)
    };
    with_quote(
        &note(report, &format!("[{number}]"), placed.entry, width),
        &quote,
    )
}

fn orphan(report: &Report, entry: &Entry, width: Option<usize>) -> String {
    let quote = entry
        .annotation
        .anchor
        .quote
        .split('\n')
        .map(|block| format!("“{block}”"));
    with_quote(
        &note(report, "-", entry, width),
        &indented(&quote.collect::<Vec<_>>().join("\n"), width),
    )
}

/// A note with the quote between its first line and its text.
fn with_quote(note: &str, quote: &str) -> String {
    let (head, text) = note.split_once('\n').unwrap_or((note, ""));
    [head, quote, text]
        .into_iter()
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join("\n")
}

/// Indented lines, none wider than asked.
fn indented(text: &str, width: Option<usize>) -> String {
    let columns = width.map_or(usize::MAX / 4, |width| width.saturating_sub(INDENT).max(1));
    let lines = text.lines().flat_map(|line| {
        let broken = wrap::lines(line, columns, "");
        let set = move |at: &wrap::Line| {
            width::shown(line.get(at.start..at.end).unwrap_or_default())
                .trim_end()
                .to_owned()
        };
        broken.iter().map(set).collect::<Vec<_>>()
    });
    let set = |line: String| {
        if line.is_empty() {
            line
        } else {
            format!("{}{line}", " ".repeat(INDENT))
        }
    };
    lines.map(set).collect::<Vec<_>>().join("\n")
}
