//! XHTML and other XML is made readable for an HTML parser: `<a/>` is written `<a></a>`, because
//! HTML would leave it open.

use std::borrow::Cow;

/// Elements that have no end tag in HTML (WHATWG HTML, 13.1.2).
const VOID: &[&str] = &[
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source",
    "track", "wbr",
];

/// Whether a text is XML, by its declaration or namespace.
pub fn is_xml(text: &str) -> bool {
    let start: String = text.trim_start().chars().take(1024).collect();
    start.starts_with("<?xml") || start.contains("http://www.w3.org/1999/xhtml")
}

/// Closes what closes itself; character data comes out as text.
pub fn expand(text: &str) -> Cow<'_, str> {
    if !text.contains("/>") && !text.contains("<![CDATA[") {
        return Cow::Borrowed(text);
    }
    let mut expanded = String::with_capacity(text.len() + text.len() / 8);
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('<') {
        expanded.push_str(before);
        rest = after;
        if let Some((data, after)) = rest
            .strip_prefix("![CDATA[")
            .and_then(|data| data.split_once("]]>"))
        {
            expanded.push_str(&data.replace('&', "&amp;").replace('<', "&lt;"));
            rest = after;
        } else if let Some((comment, after)) = rest
            .strip_prefix("!--")
            .and_then(|rest| rest.split_once("-->"))
        {
            expanded.push_str(&format!("<!--{comment}-->"));
            rest = after;
        } else {
            rest = tag(rest, &mut expanded);
        }
    }
    expanded.push_str(rest);
    Cow::Owned(expanded)
}

/// Copies a tag after its `<`; returns what follows it.
fn tag<'a>(rest: &'a str, expanded: &mut String) -> &'a str {
    expanded.push('<');
    let mut quote = None;
    let end = rest.char_indices().find(|&(_, c)| match quote {
        Some(open) => {
            quote = quote.filter(|_| c != open);
            false
        }
        None => {
            quote = Some(c).filter(|c| matches!(c, '"' | '\''));
            matches!(c, '>' | '<')
        }
    });
    let Some((end, '>')) = end else { return rest };
    let (inner, after) = rest.split_at(end);
    let name: String = inner
        .chars()
        .take_while(|c| !c.is_whitespace() && *c != '/')
        .collect();
    match inner.strip_suffix('/') {
        Some(open) if !name.is_empty() && !VOID.contains(&name.to_ascii_lowercase().as_str()) => {
            expanded.push_str(&format!("{open}></{name}"));
        }
        _ => expanded.push_str(inner),
    }
    after
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_closes_itself_is_closed() {
        assert_eq!(
            expand("<p><a id='x/>'/>t<br/><b x=\"1\" /></p>"),
            "<p><a id='x/>'></a>t<br/><b x=\"1\" ></b></p>"
        );
        assert_eq!(
            expand("a <![CDATA[<b>&]]> <!-- <i/> --> 1 < 2 <x/>"),
            "a &lt;b>&amp; <!-- <i/> --> 1 < 2 <x></x>"
        );
        for odd in [
            "<",
            "</",
            "<a/",
            "<a '/>",
            "<![CDATA[/>",
            "<!--/>",
            "</>",
            "<//>",
        ] {
            expand(odd);
        }
    }
}
