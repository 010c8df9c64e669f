//! A note's Markdown as HTML for a page: no tag, script or image of its own gets through, and line
//! ends stay where they were typed.

use pulldown_cmark::{Event, Options, Parser, Tag};

use super::html::{escape, is_safe};
use crate::text::width;

/// Level of a note's top heading: below those of the page.
const TOP_HEADING: usize = 3;

/// The HTML of a note. Every tag in it is closed.
pub fn html(text: &str) -> String {
    let written = width::written(text);
    let parser = Parser::new_ext(
        &written,
        Options::ENABLE_STRIKETHROUGH | Options::ENABLE_TASKLISTS,
    );
    let mut html = String::new();
    let mut open = Vec::new();
    for event in parser {
        match event {
            Event::Start(tag) => {
                let (before, after) = element(&tag);
                html.push_str(&before);
                open.push(after);
            }
            Event::End(_) => html.push_str(open.pop().unwrap_or_default()),
            Event::Code(text) => html.push_str(&format!("<code>{}</code>", shown(&text))),
            Event::SoftBreak | Event::HardBreak => html.push_str("<br>\n"),
            Event::Rule => html.push_str("<hr>\n"),
            Event::TaskListMarker(is_done) => html.push_str(if is_done { "☑ " } else { "☐ " }),
            Event::Text(text) | Event::Html(text) | Event::InlineHtml(text) => {
                html.push_str(&shown(&text))
            }
            Event::FootnoteReference(text) | Event::InlineMath(text) | Event::DisplayMath(text) => {
                html.push_str(&shown(&text))
            }
        }
    }
    html.trim_end().to_owned()
}

/// The tags of an element.
fn element(tag: &Tag<'_>) -> (String, &'static str) {
    let plain = |before: &str, after| (before.to_owned(), after);
    match tag {
        Tag::Heading { level, .. } => match (*level as usize + TOP_HEADING - 1).min(6) {
            3 => plain("<h3>", "</h3>\n"),
            4 => plain("<h4>", "</h4>\n"),
            5 => plain("<h5>", "</h5>\n"),
            _ => plain("<h6>", "</h6>\n"),
        },
        Tag::Paragraph | Tag::HtmlBlock => plain("<p>", "</p>\n"),
        Tag::BlockQuote(_) => plain("<blockquote>\n", "</blockquote>\n"),
        Tag::CodeBlock(_) => plain("<pre><code>", "</code></pre>\n"),
        Tag::List(None) => plain("<ul>\n", "</ul>\n"),
        Tag::List(Some(first)) => (format!("<ol start=\"{first}\">\n"), "</ol>\n"),
        Tag::Item => plain("<li>", "</li>\n"),
        Tag::Emphasis => plain("<em>", "</em>"),
        Tag::Strong => plain("<strong>", "</strong>"),
        Tag::Strikethrough => plain("<s>", "</s>"),
        Tag::Link { dest_url, .. } if is_safe(dest_url) => {
            (format!("<a href=\"{}\">", shown(dest_url)), "</a>")
        }
        _ => plain("", ""),
    }
}

/// Entities may encode characters that the text itself could not hold.
fn shown(text: &str) -> String {
    escape(&width::written(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_note_is_rendered_as_markdown() {
        assert_eq!(
            html("on *bias*\nand `code` #equity"),
            "<p>on <em>bias</em><br>\nand <code>code</code> #equity</p>"
        );
        assert_eq!(
            html("# Top\n\n- [x] a\n- b"),
            "<h3>Top</h3>\n<ul>\n<li>☑ a</li>\n<li>b</li>\n</ul>"
        );
        assert_eq!(
            html("[a](https://x.org) [b](javascript:c)"),
            "<p><a href=\"https://x.org\">a</a> b</p>"
        );
        assert_eq!(
            html("```\nopen <b>"),
            "<pre><code>open &lt;b&gt;</code></pre>"
        );
    }

    #[test]
    fn no_markup_of_its_own_gets_through() {
        let text =
            html("<script>x</script> a<b onclick=y> ![p](https://x.org/p.png) &#27;[2J&#x202e;");
        assert_eq!(text.matches('<').count(), 2, "{text}");
        assert!(
            !text.chars().any(|c| c != '\n' && width::is_unsafe(c)),
            "{text}"
        );
        assert_eq!(html(" \n "), "");
    }
}
