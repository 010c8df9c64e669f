//! HTML: one self-contained page. `import` reads it back to the same sections, kinds and text.

use super::{Part, spans};
use crate::report::{Block, BlockKind, Report, SpanStyle, address::Address, typography};

const STYLE: &str = "body{max-width:38em;margin:2em auto;padding:0 1em;font:1.1em/1.5 Georgia,serif}\
h1,h2,h3{line-height:1.2}figcaption,.notice{font-style:italic;color:#555}li.bare{list-style:none}.signature{font-style:italic}\
@media(prefers-color-scheme:dark){body{background:#1c1c1c;color:#ddd}figcaption,.notice{color:#aaa}}";

pub fn write(report: &Report, parts: &[Part<'_>]) -> String {
    let mut body = String::new();
    for part in parts {
        body.push_str(&format!("<section id=\"{}\">\n", escape(&part.section.id)));
        if part.has_title {
            let level = part.section.level.clamp(1, 6);
            body.push_str(&format!(
                "<h{level}>{}</h{level}>\n",
                escape(&part.section.title)
            ));
        }
        let mut lists = 0;
        for (index, block) in &part.blocks {
            let id = format!("id=\"{}\"", name(part.index, *index));
            let wanted = if block.kind == BlockKind::ListItem {
                usize::from(block.depth) + 1
            } else {
                0
            };
            body.push_str(&step(lists, wanted));
            lists = wanted;
            body.push_str(&write_block(report, block, &id));
        }
        body.push_str(&step(lists, 0));
        body.push_str("</section>\n");
    }
    page(
        &escape(&report.language),
        &escape(&report.title),
        &described(report),
        STYLE,
        &body,
    )
}

/// A page around a body; language, title and head are already escaped.
pub fn page(language: &str, title: &str, head: &str, style: &str, body: &str) -> String {
    format!(
        "<!DOCTYPE html>\n<html lang=\"{language}\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width\">\n{head}<title>{title}</title>\n<style>{style}</style>\n</head>\n<body>\n{body}</body>\n</html>\n"
    )
}

/// Author, date and source of the report.
fn described(report: &Report) -> String {
    let meta = |name: &str, content: &str| {
        format!("<meta name=\"{name}\" content=\"{}\">\n", escape(content))
    };
    let mut head = meta("generator", "tip-reader") + &meta("author", &report.author);
    head.extend(report.published.iter().map(|date| meta("date", date)));
    if is_safe(&report.source) {
        head.push_str(&format!(
            "<link rel=\"canonical\" href=\"{}\">\n",
            escape(&report.source)
        ));
    }
    head
}

/// Closes and opens lists between two blocks at these depths. Lists without an item of their own
/// hold the next list in an unmarked one.
fn step(open: usize, wanted: usize) -> String {
    let mut step = "</li>\n</ul>\n".repeat(open.saturating_sub(wanted));
    if wanted > open {
        let outer = wanted - open - 1;
        step.push_str(if open > 0 { "\n" } else { "" });
        step.push_str(&"<ul>\n<li class=\"bare\">\n".repeat(outer));
        step.push_str("<ul>\n");
    } else if wanted > 0 {
        step.push_str("</li>\n");
    }
    step
}

fn write_block(report: &Report, block: &Block, id: &str) -> String {
    let text = inline(report, block);
    let set = match block.kind {
        BlockKind::Quote => format!("<blockquote {id}>{text}</blockquote>"),
        // The next block closes it.
        BlockKind::ListItem if typography::is_numbered(&block.text) => {
            return format!("<li class=\"bare\" {id}>{text}");
        }
        BlockKind::ListItem => return format!("<li {id}>{text}"),
        BlockKind::Heading => format!("<h6 class=\"heading\" {id}>{text}</h6>"),
        BlockKind::Caption => format!("<figure><figcaption {id}>{text}</figcaption></figure>"),
        BlockKind::Notice => format!("<p class=\"notice\" {id}>{text}</p>"),
        BlockKind::Signature => format!("<p class=\"signature\" {id}>{text}</p>"),
        BlockKind::Salutation => format!("<p class=\"salutation\" {id}>{text}</p>"),
        // A line feed right after the tag does not count (WHATWG HTML, 13.2.6.4.7).
        BlockKind::Preformatted => format!("<pre {id}>\n{text}</pre>"),
        BlockKind::Paragraph => format!("<p {id}>{text}</p>"),
    };
    set + "\n"
}

/// The `id` of a block.
fn name(section: usize, block: usize) -> String {
    format!("p{}-{}", section + 1, block + 1)
}

/// The target of a link on this page: a paragraph of the report by its `id`.
fn target_of(report: &Report, target: &str) -> String {
    let address = target
        .strip_prefix('#')
        .and_then(|address| Address::parse(address, report).ok());
    match address.map(|address| (address.section, address.block)) {
        Some((section, Some(block))) => format!("#{}", name(section, block)),
        _ => target.to_owned(),
    }
}

fn inline(report: &Report, block: &Block) -> String {
    let escape = if block.kind == BlockKind::Preformatted {
        escape
    } else {
        escape_lines
    };
    spans::marked(block, escape, |span| match &span.style {
        SpanStyle::Emphasis => Some(("<em>".into(), "</em>".into())),
        SpanStyle::Strong => Some(("<strong>".into(), "</strong>".into())),
        SpanStyle::Link(target) => is_safe(target).then(|| {
            (
                format!("<a href=\"{}\">", escape(&target_of(report, target))),
                "</a>".into(),
            )
        }),
    })
}

/// Whether a link is harmless.
pub fn is_safe(target: &str) -> bool {
    ["https://", "http://", "mailto:", "#"]
        .iter()
        .any(|scheme| target.starts_with(scheme))
}

/// Escapes running text, with line ends as elements.
fn escape_lines(text: &str) -> String {
    escape(text).replace('\n', "<br>\n")
}

/// Escapes text for elements and attributes; control and invisible characters become signs.
pub fn escape(text: &str) -> String {
    let mut escaped = String::new();
    for character in spans::written_with_tabs(text).chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            other => escaped.push(other),
        }
    }
    escaped
}
