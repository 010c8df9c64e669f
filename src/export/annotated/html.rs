//! HTML: passages in `<mark>`, numbers that link to the notes and back (DPUB-ARIA 1.0 roles).

use super::{
    Annotated,
    caption::{bookmark, caption},
    marked::{MarkedParts, Marks},
    placement::Placed,
};
use crate::{
    export::{html, notes, rendered},
    notebook::{
        Entry,
        annotation::{Annotation, Kind},
    },
    report::Report,
};

const STYLE: &str = "mark{color:inherit;background:#fff3a3}mark.green{background:#c9f0c9}mark.blue{background:#c9e2ff}\
mark.red{background:#ffd0d0}mark.purple{background:#e6d3ff}mark.note{background:none;border-bottom:2px dotted #b07a10}\
mark.highlight.note{background:#fff3a3}sup+sup::before{content:', '}sup a,a.back{text-decoration:none}.bookmark{color:#b03a2e}\
.notes{margin-top:3em;border-top:1px solid #8886;font-size:.95em}.notes li{margin:1em 0}.notes .caption{font-size:.85em;opacity:.75;margin:0}\
.notes .text{overflow-wrap:anywhere}.notes .text p{margin:.4em 0}.notes pre{overflow-x:auto}:target{outline:2px solid #b07a1088}\
@media(prefers-color-scheme:dark){mark,mark.highlight.note{background:#5c4d00}mark.green{background:#1f4d27}mark.blue{background:#1d3f66}\
mark.red{background:#662626}mark.purple{background:#46306b}mark.note:not(.highlight){background:none}a{color:#8ab4f8}}";

const MARKS: Marks = Marks {
    is_marked: |placed| placed.entry.annotation.kind != Kind::Bookmark,
    open,
    close: "</mark>",
    number: |number, _| {
        format!(
            "<sup id=\"ref-{number}\"><a href=\"#note-{number}\" role=\"doc-noteref\" aria-label=\"note {number}\">{number}</a></sup>"
        )
    },
    bookmark: |placed| {
        format!(
            "<span class=\"bookmark\" title=\"bookmark\">{}</span> ",
            line(&bookmark(placed))
        )
    },
    end_with_spans: true,
    in_preformatted: true,
};

/// The colour is that of the highlight that starts last: the inner one.
fn open(over: &[&Placed<'_>]) -> String {
    let mut classes = Vec::new();
    let highlights = over
        .iter()
        .filter(|placed| placed.entry.annotation.kind == Kind::Highlight);
    if let Some(placed) = highlights.max_by_key(|placed| placed.passage.start()) {
        classes.push("highlight".to_owned());
        classes.extend(placed.entry.annotation.color.as_deref().map(line));
    }
    if over
        .iter()
        .any(|placed| placed.entry.annotation.kind == Kind::Note)
    {
        classes.push("note".into());
    }
    format!("<mark class=\"{}\">", classes.join(" "))
}

pub fn write(annotated: &Annotated<'_>) -> String {
    let marked = MarkedParts::with_placeholders(annotated, &MARKS);
    let page = marked.filled(&html::write(annotated.report, &marked.parts()));
    // All text is escaped: each of these tags occurs once.
    page.replacen("</style>", &format!("{STYLE}</style>"), 1)
        .replacen("</body>", &format!("{}</body>", after(annotated)), 1)
}

/// The notes and orphans after the report.
fn after(annotated: &Annotated<'_>) -> String {
    let mut after = String::new();
    let footnotes: String = annotated
        .footnotes()
        .map(|(number, placed)| footnote(annotated.report, number, placed))
        .collect();
    if !footnotes.is_empty() {
        after.push_str(&format!("<aside class=\"notes\" role=\"doc-endnotes\">\n<h2>Notes</h2>\n<ol>\n{footnotes}</ol>\n</aside>\n"));
    }
    let orphans: String = annotated
        .orphans
        .iter()
        .map(|entry| {
            format!(
                "<li>{}{}</li>\n",
                head(annotated.report, entry, true),
                text(&entry.annotation)
            )
        })
        .collect();
    if !orphans.is_empty() {
        after.push_str(&format!(
            "<aside class=\"notes\">\n<h2>{}</h2>\n<ul>\n{orphans}</ul>\n</aside>\n",
            notes::NOT_FOUND
        ));
    }
    after
}

fn footnote(report: &Report, number: usize, placed: &Placed<'_>) -> String {
    let back = format!(
        "<a class=\"back\" href=\"#ref-{number}\" role=\"doc-backlink\" aria-label=\"back to the text\">↩</a>"
    );
    let (head, text) = (
        head(report, placed.entry, !placed.is_whole),
        text(&placed.entry.annotation),
    );
    format!("<li id=\"note-{number}\" value=\"{number}\">{head}{text}{back}</li>\n")
}

fn head(report: &Report, entry: &Entry, has_quote: bool) -> String {
    let caption: Vec<String> = caption(entry, report)
        .iter()
        .map(|word| line(word))
        .collect();
    let quote: String = entry
        .annotation
        .anchor
        .quote
        .split('\n')
        .map(|block| format!("<p>{}</p>", line(block)))
        .collect();
    let quote = if has_quote {
        format!("<blockquote>{quote}</blockquote>")
    } else {
        String::new()
    };
    format!("<p class=\"caption\">{}</p>{quote}", caption.join(" · "))
}

fn text(annotation: &Annotation) -> String {
    let text = rendered::html(&annotation.text);
    if text.is_empty() {
        text
    } else {
        format!("<div class=\"text\">{text}</div>")
    }
}

fn line(text: &str) -> String {
    notes::html::line(text)
}
