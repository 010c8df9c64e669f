//! Markdown (CommonMark): a list for each section, an item for each annotation with quote, citation
//! and note. A note is Markdown itself: it comes last, so that what it opens ends with its item.

use super::caption;
use crate::{
    export::markdown::escape,
    notebook::Entry,
    report::Report,
    text::{width, wording},
};

pub fn write(report: &Report, entries: &[&Entry]) -> String {
    let mut pieces = vec![format!("# Notes on {}", line(&report.title))];
    if entries.is_empty() {
        pieces.push("No annotations.".into());
    }
    for (section, group) in caption::by_section(entries) {
        pieces.push(format!(
            "## {}",
            line(&caption::group_title(report, section))
        ));
        pieces.extend(group.iter().map(|entry| item(report, entry)));
    }
    pieces.join("\n\n") + "\n"
}

/// An annotation as a list item.
pub fn item(report: &Report, entry: &Entry) -> String {
    let annotation = &entry.annotation;
    let address = caption::address(entry, report).map(|address| format!("**{address}**"));
    let head: Vec<String> = address
        .into_iter()
        .chain(caption::words(entry).iter().map(|word| line(word)))
        .collect();
    let quoted = caption::quote(entry, report);
    let of_sentence = !quoted.before.is_empty() || !quoted.after.is_empty();
    let quote: Vec<String> = match of_sentence {
        true => {
            let [before, after] = [quoted.before, quoted.after].map(apart);
            vec![format!("> {before}**{}**{after}", line(quoted.quote))]
        }
        false => {
            let blocks = quoted.quote.split('\n');
            blocks.map(|block| format!("> {}", line(block))).collect()
        }
    };
    let parts = [
        head.join(" · "),
        quote.join("\n>\n"),
        caption::citation(entry, report)
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

/// Indents all lines but the first; empty ones stay empty.
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

/// The same with a blank at each end that has one.
fn apart(text: &str) -> String {
    let is_blank = |c: Option<char>| c.is_some_and(char::is_whitespace);
    let blank = |is: bool| if is { " " } else { "" };
    let (first, last) = (text.chars().next(), text.chars().next_back());
    format!(
        "{}{}{}",
        blank(is_blank(first)),
        line(text),
        blank(is_blank(last) && !text.trim().is_empty())
    )
}

/// Text on one line, without markup.
fn line(text: &str) -> String {
    escape(&wording::one_line(&width::written(text)))
}
