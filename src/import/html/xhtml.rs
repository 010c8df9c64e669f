//! XHTML and other XML is made readable for an HTML parser: `<a/>` is written `<a></a>`, because
//! HTML would leave it open.

mod entities;

use std::borrow::Cow;

/// Most prefixes of a document that are looked at.
const MOST_PREFIXES: usize = 32;

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

/// Closes what closes itself; character data comes out as text, entities of the document's own are
/// replaced, and names have no prefix where it stands for a known namespace.
pub fn expand(text: &str) -> Cow<'_, str> {
    let names = Prefixes::of(text);
    let (text, entities) = entities::taken(text);
    let is_plain = !text.contains("/>") && !text.contains("<![CDATA[");
    if is_plain && names.0.is_empty() && entities.is_empty() {
        return text;
    }
    let text = entities::replaced(&text, &entities);
    let mut expanded = String::with_capacity(text.len() + text.len() / 8);
    let mut rest = text.as_ref();
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
            rest = tag(rest, &names, &mut expanded);
        }
    }
    expanded.push_str(rest);
    Cow::Owned(expanded)
}

/// Prefixes of known namespaces (Namespaces in XML, 3) and what stands in their place.
struct Prefixes(Vec<(String, &'static str)>);

impl Prefixes {
    fn of(text: &str) -> Self {
        const KNOWN: &[(&str, &str)] = &[
            ("http://www.w3.org/1999/xhtml", ""),
            ("http://www.idpf.org/2007/opf", ""),
            ("http://www.daisy.org/z3986/2005/ncx/", ""),
            ("urn:oasis:names:tc:opendocument:xmlns:container", ""),
            ("http://www.w3.org/1998/Math/MathML", ""),
            ("http://www.w3.org/2000/svg", ""),
            ("http://purl.org/dc/elements/1.1/", "dc:"),
            ("http://www.idpf.org/2007/ops", "epub:"),
        ];
        let mut prefixes = Vec::new();
        for (at, start) in text.match_indices("xmlns:").take(MOST_PREFIXES) {
            let rest = text.get(at + start.len()..).unwrap_or_default();
            let Some((prefix, value)) = rest.split_once('=') else {
                continue;
            };
            let value = value.trim_start().trim_start_matches(['"', '\'']);
            let known = KNOWN.iter().find(|(namespace, _)| {
                value
                    .strip_prefix(namespace)
                    .is_some_and(|rest| rest.starts_with(['"', '\'']))
            });
            let prefix = format!("{}:", prefix.trim());
            if let Some((_, place)) =
                known.filter(|(_, place)| *place != prefix && prefix.len() < 40)
            {
                prefixes.push((prefix, *place));
            }
        }
        Self(prefixes)
    }

    /// A name, or the whole of a tag, as it is known.
    fn known<'a>(&self, name: &'a str) -> Cow<'a, str> {
        let found = self
            .0
            .iter()
            .find_map(|(prefix, place)| Some((place, name.strip_prefix(prefix.as_str())?)));
        found.map_or(Cow::Borrowed(name), |(place, rest)| {
            Cow::Owned(format!("{place}{rest}"))
        })
    }

    /// The inside of a tag.
    fn within(&self, inner: &str) -> String {
        let (slash, rest) = inner
            .strip_prefix('/')
            .map_or(("", inner), |rest| ("/", rest));
        let mut text = format!("{slash}{}", self.known(rest));
        for (prefix, place) in self.0.iter().filter(|(_, place)| !place.is_empty()) {
            text = text.replace(&format!(" {prefix}type"), &format!(" {place}type"));
        }
        text
    }
}

/// Copies a tag after its `<`; returns what follows it.
fn tag<'a>(rest: &'a str, names: &Prefixes, expanded: &mut String) -> &'a str {
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
    let inner = names.within(inner);
    let name: String = inner
        .chars()
        .take_while(|c| !c.is_whitespace() && *c != '/')
        .collect();
    match inner.strip_suffix('/') {
        Some(open) if !name.is_empty() && !VOID.contains(&name.to_ascii_lowercase().as_str()) => {
            expanded.push_str(&format!("{open}></{name}"));
        }
        _ => expanded.push_str(&inner),
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
