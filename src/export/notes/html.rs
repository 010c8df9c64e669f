//! HTML: one self-contained page, light or dark as the browser is.

use super::caption;
use crate::{
    export::{html::escape, rendered},
    notebook::Entry,
    report::Report,
    text::{width, wording},
};

const STYLE: &str = "\
:root{color-scheme:light dark;--paper:#fdfcf9;--ink:#1d1d1b;--soft:#66645e;--line:#dcd8cf;--note:#8a5a00}\
@media(prefers-color-scheme:dark){:root{--paper:#1b1b1a;--ink:#e3e0d8;--soft:#a09c92;--line:#3b3935;--note:#e0b050}}\
body{max-width:40em;margin:2.5em auto;padding:0 1.25em;background:var(--paper);color:var(--ink);font:1.05em/1.55 Georgia,'Times New Roman',serif}\
h1,h2{line-height:1.2;font-weight:normal}h1{font-size:1.9em;margin-bottom:.2em}h2{font-size:1.3em;margin:2.2em 0 .8em;padding-bottom:.3em;border-bottom:1px solid var(--line)}\
header p,.caption,cite{color:var(--soft);font-size:.85em;font-style:normal}article{margin:0 0 2em}\
.caption{margin:0 0 .3em}.caption b{color:var(--note)}blockquote{margin:.2em 0 .6em;padding:.1em 0 .1em 1em;border-left:3px solid var(--line)}\
blockquote p{margin:.4em 0}.note{overflow-wrap:anywhere;margin:.6em 0}.note p,.note ul,.note ol{margin:.4em 0}.note pre{overflow-x:auto}cite{display:block}\
.yellow{border-color:#d9b400}.green{border-color:#3f9e4d}.blue{border-color:#3f7fc4}.red{border-color:#cc4b4b}.purple{border-color:#8f5fc0}\
@media print{body{margin:0;max-width:none}article{break-inside:avoid}}";

pub fn write(report: &Report, entries: &[&Entry]) -> String {
    let title = format!("Notes on {}", line(&report.title));
    let sections: String = caption::by_section(entries)
        .iter()
        .map(|(section, group)| set(report, *section, group))
        .collect();
    let body = format!(
        "<header>\n<h1>{title}</h1>\n<p>{} · {}</p>\n</header>\n<main>\n{sections}</main>\n",
        line(&report.author),
        wording::count(entries.len(), "annotation")
    );
    crate::export::html::page(&line(&report.language), &title, "", STYLE, &body)
}

fn set(report: &Report, section: Option<usize>, group: &[&Entry]) -> String {
    let title = line(&caption::group_title(report, section));
    let articles: String = group.iter().map(|entry| article(report, entry)).collect();
    format!("<section>\n<h2>{title}</h2>\n{articles}</section>\n")
}

fn article(report: &Report, entry: &Entry) -> String {
    let annotation = &entry.annotation;
    let address = caption::address(entry, report).map(|address| format!("<b>{address}</b>"));
    let caption: Vec<String> = address
        .into_iter()
        .chain(caption::words(entry).iter().map(|word| line(word)))
        .collect();
    let quoted = caption::quote(entry, report);
    let quote: String = match (quoted.before, quoted.after) {
        ("", "") => {
            let blocks = quoted.quote.split('\n');
            blocks
                .map(|block| format!("<p>{}</p>", line(block)))
                .collect()
        }
        (before, after) => {
            let [before, mark, after] =
                [before, quoted.quote, after].map(|part| escape(&width::written(part)));
            format!("<p>{before}<mark>{mark}</mark>{after}</p>")
        }
    };
    let color = annotation
        .color
        .as_deref()
        .map(|color| format!(" class=\"{}\"", line(color)))
        .unwrap_or_default();
    let text = rendered::html(&annotation.text);
    let text = if text.is_empty() {
        text
    } else {
        format!("<div class=\"note\">{text}</div>\n")
    };
    let cited = caption::citation(entry, report)
        .map(|citation| format!("<cite>{}</cite>\n", line(&citation)))
        .unwrap_or_default();
    format!(
        "<article id=\"n-{}\">\n<p class=\"caption\">{}</p>\n<blockquote{color}>{quote}</blockquote>\n{text}{cited}</article>\n",
        line(&annotation.id),
        caption.join(" · ")
    )
}

/// Text on one line, without markup.
pub fn line(text: &str) -> String {
    escape(&wording::one_line(&width::written(text)))
}
