//! Markdown (CommonMark): a list for each section, an item an annotation with quote, citation
//! and note. What a reader wrote is Markdown already: it comes last, so that what it opens and
//! does not close ends with its item.

use crate::{
    export::markdown::escape,
    notebook::Entry,
    report::Report,
    text::{width, wording},
};

pub fn write(report: &Report, entries: &[&Entry]) -> String {
    let mut pieces = vec![format!("# Notes on {}", line(&report.title))];
    if entries.is_empty() {
        pieces.push("There are none.".into());
    }
    for (section, group) in super::by_section(report, entries) {
        pieces.push(format!(
            "## {}",
            section.map_or_else(|| super::NOT_FOUND.into(), |section| line(&section.title))
        ));
        pieces.extend(group.iter().map(|entry| item(report, entry)));
    }
    pieces.join("\n\n") + "\n"
}

/// One annotation as an item of a list.
pub fn item(report: &Report, entry: &Entry) -> String {
    let annotation = &entry.annotation;
    let address = super::address(entry).map(|address| format!("**{address}**"));
    let caption = [
        super::kind(annotation),
        super::day(&annotation.created).to_owned(),
    ]
    .into_iter()
    .chain(super::caveats(entry));
    let head: Vec<String> = address
        .into_iter()
        .chain(caption.map(|word| line(&word)))
        .collect();
    let quote = annotation
        .anchor
        .quote
        .split('\n')
        .map(|block| format!("> {}", line(block)));
    let parts = [
        head.join(" · "),
        quote.collect::<Vec<_>>().join("\n>\n"),
        super::citation(entry, report)
            .map(|citation| line(&citation))
            .unwrap_or_default(),
        width::written(&annotation.text),
    ];
    let text = parts
        .iter()
        .filter(|part| !part.trim().is_empty())
        .map(String::as_str)
        .collect::<Vec<_>>()
        .join("\n\n");
    format!("- {}", indented(&text, 2))
}

/// All lines but the first moved right by some columns; empty ones stay empty.
pub fn indented(text: &str, columns: usize) -> String {
    let indent = " ".repeat(columns);
    let lines = text.lines().map(|line| {
        if line.trim().is_empty() {
            String::new()
        } else {
            format!("{indent}{line}")
        }
    });
    lines.collect::<Vec<_>>().join("\n").trim_start().to_owned()
}

/// Somebody's words on one line, none of them markup.
fn line(text: &str) -> String {
    escape(&wording::one_line(&width::written(text)))
}
