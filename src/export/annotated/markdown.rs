//! Markdown: highlights and noted passages in `<mark>`, notes as footnotes (`[^1]`, as GitHub,
//! Pandoc and most others read them), a flag for a bookmark.

use super::{
    Annotated,
    caption::{bookmark, caption, is_marked, short_quote},
    marked::{MarkedParts, Marks},
    placement::Placed,
};
use crate::{
    export::{markdown, notes},
    report::Report,
    text::width,
};

const MARKS: Marks = Marks {
    is_marked,
    open: |_| "<mark>".into(),
    close: "</mark>",
    number,
    bookmark: |placed| format!("{} ", markdown::escape(&width::written(&bookmark(placed)))),
    end_with_spans: true,
    in_preformatted: false,
};

/// An empty comment keeps the number from becoming a link or definition.
fn number(number: usize, next: Option<char>) -> String {
    let apart = if matches!(next, Some('(' | ':' | '[' | '{')) {
        "<!-- -->"
    } else {
        ""
    };
    format!("[^{number}]{apart}")
}

pub fn write(annotated: &Annotated<'_>) -> String {
    let marked = MarkedParts::with_placeholders(annotated, &MARKS);
    let mut pieces = vec![
        marked
            .filled(&markdown::write(&marked.parts()))
            .trim_end()
            .to_owned(),
    ];
    pieces.extend(
        annotated
            .footnotes()
            .map(|(number, placed)| footnote(annotated.report, number, placed)),
    );
    if !annotated.orphans.is_empty() {
        pieces.push(format!("# {}", notes::NOT_FOUND));
        pieces.extend(
            annotated
                .orphans
                .iter()
                .map(|entry| notes::markdown::item(annotated.report, entry)),
        );
    }
    pieces.join("\n\n") + "\n"
}

/// All its lines are indented, so that what a note opens ends with it.
fn footnote(report: &Report, number: usize, placed: &Placed<'_>) -> String {
    let entry = placed.entry;
    let caption = caption(entry, report).join(" · ");
    let quote = if placed.is_whole {
        String::new()
    } else {
        format!(": “{}”", short_quote(entry))
    };
    let head = markdown::escape(&width::written(&format!("{caption}{quote}")));
    let text = format!(
        "{head}\n\n{}",
        width::written(entry.annotation.text.trim_end())
    );
    format!(
        "[^{number}]: {}",
        notes::markdown::indented(text.trim_end(), 4)
    )
}
