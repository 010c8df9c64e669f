//! Reads a W3C Web Annotation: our own exactly, those of other programs by the terms of the model
//! (a quote, textual bodies, tags, a motivation).

use serde_json::Value;

use super::{
    Context, Incoming, Origin,
    finder::{Finder, Found, Quote},
    merge,
};
use crate::{
    edition::{
        anchor::{Anchor, Selector},
        fragment::{self, CONFORMS_TO, Fragment},
    },
    notebook::annotation::{Annotation, FORMAT, Kind},
    report::Report,
};

/// Reads an annotation, once for each target. `text` is its source: the id of one without an id is
/// derived from it.
///
/// # Errors
/// What is missing, as half a sentence.
pub fn read(
    value: &Value,
    text: &str,
    context: &Context<'_>,
    finder: &Finder<'_>,
) -> Result<Vec<Incoming>, String> {
    let targets = flat(value.get("target").map(all).unwrap_or_default());
    let named = text_of(value, "id").or_else(|| text_of(value, "@id"));
    // With several targets, each has the same id on every import.
    let id = |number: usize| match (number, named) {
        (0, Some(named)) => id(named),
        (0, None) => merge::derived(text),
        (_, named) => merge::derived(&format!("{} target {number}", named.unwrap_or(text))),
    };
    let incoming = targets
        .into_iter()
        .enumerate()
        .map(|(number, target)| on_target(value, target, id(number), context, finder));
    let incoming: Vec<Incoming> = incoming.collect();
    if incoming.is_empty() {
        Err("its target is missing".into())
    } else {
        Ok(incoming)
    }
}

/// The annotation of one target.
fn on_target(
    value: &Value,
    target: &Value,
    id: String,
    context: &Context<'_>,
    finder: &Finder<'_>,
) -> Incoming {
    let selectors = selectors(target);
    let quote = quote(&selectors);
    let bodies = bodies(value);
    let ends = our_ends(&selectors);
    let origin = match &ends {
        Some(_) => Origin::Ours,
        None if is_of_page(target, context.report) => Origin::Foreign,
        None => Origin::Elsewhere,
    };
    let (format, report, anchor) = match ends {
        Some(ends) => our_anchor(quote, ends),
        None => (
            FORMAT,
            context.report.id.clone(),
            anchor(quote, context, finder),
        ),
    };
    let date = |name: &str, other: &str| text_of(value, name).unwrap_or(other).to_owned();
    let created = date("created", &context.now);
    let is_foreign = origin != Origin::Ours;
    let annotation = Annotation {
        format,
        id,
        report,
        kind: kind(value, &bodies),
        anchor,
        text: written(&bodies, is_foreign),
        color: text_of(target, "styleClass").map(str::to_owned),
        letter: with_purpose(&bodies, "bookmarking").and_then(|value| value.chars().next()),
        modified: date("modified", &created),
        created,
        conflict_of: linked(&bodies).filter(|_| !is_foreign),
        base: None,
    };
    Incoming { annotation, origin }
}

/// The quote among the selectors; empty if there is none.
fn quote<'a>(selectors: &[&'a Value]) -> Quote<'a> {
    let quote = selectors
        .iter()
        .find(|selector| is(selector, "TextQuoteSelector"));
    let field = |name: &str| {
        quote
            .and_then(|quote| text_of(quote, name))
            .unwrap_or_default()
    };
    Quote {
        exact: field("exact"),
        prefix: field("prefix"),
        suffix: field("suffix"),
    }
}

/// Format, report and anchor of an annotation that this program wrote.
fn our_anchor(quote: Quote<'_>, [start, end]: [Fragment; 2]) -> (u32, String, Anchor) {
    let anchor = Anchor {
        edition: start.edition,
        start: start.place,
        end: end.place,
        quote: quote.exact.into(),
        before: quote.prefix.into(),
        after: quote.suffix.into(),
    };
    (start.format, start.report, anchor)
}

/// Whether a target is the page that the report was made of, or names none.
fn is_of_page(target: &Value, report: &Report) -> bool {
    let source = target.as_str().or_else(|| text_of(target, "source"));
    let source = source
        .or_else(|| text_of(target.get("source")?, "id"))
        .or_else(|| text_of(target, "id"));
    source.is_none_or(|source| {
        page(source) == page(&report.source) || source == fragment::iri_of_report(report)
    })
}

/// The URL of a page without scheme, fragment and trailing slash, which do not distinguish pages.
fn page(address: &str) -> &str {
    let address = address.split('#').next().unwrap_or(address);
    let address = address
        .strip_prefix("https://")
        .or_else(|| address.strip_prefix("http://"))
        .unwrap_or(address);
    address.trim_end_matches('/')
}

/// A value, or those of an array.
fn all(value: &Value) -> Vec<&Value> {
    value
        .as_array()
        .map_or_else(|| vec![value], |values| values.iter().collect())
}

fn text_of<'a>(value: &'a Value, name: &str) -> Option<&'a str> {
    value.get(name)?.as_str()
}

/// A term without the prefix of compact or expanded JSON-LD.
fn term(value: &str) -> &str {
    value.rsplit(['#', ':']).next().unwrap_or(value)
}

fn is(value: &Value, class: &str) -> bool {
    let classes = value.get("type").or_else(|| value.get("@type"));
    classes.is_some_and(|classes| {
        all(classes)
            .iter()
            .any(|each| each.as_str().map(term) == Some(class))
    })
}

/// All selectors of a target, including refining ones.
fn selectors(target: &Value) -> Vec<&Value> {
    let mut found = Vec::new();
    let mut waiting: Vec<&Value> = target.get("selector").map(all).unwrap_or_default();
    while let Some(selector) = waiting.pop() {
        found.push(selector);
        waiting.extend(selector.get("refinedBy").map(all).unwrap_or_default());
        waiting.extend(selector.get("items").map(all).unwrap_or_default());
    }
    found
}

/// Both ends of a passage, if this program wrote them.
fn our_ends(selectors: &[&Value]) -> Option<[Fragment; 2]> {
    let range = selectors
        .iter()
        .find(|selector| is(selector, "RangeSelector"))?;
    let end = |name: &str| {
        let selector = range
            .get(name)
            .filter(|selector| text_of(selector, "conformsTo") == Some(CONFORMS_TO))?;
        Fragment::read(text_of(selector, "value")?)
    };
    Some([end("startSelector")?, end("endSelector")?])
}

/// The anchor of another program's quote, or an orphan. An unsure one has no position, so that it
/// is never taken as exact.
fn anchor(quote: Quote<'_>, context: &Context<'_>, finder: &Finder<'_>) -> Anchor {
    let placeless = |quote: &str, before: &str, after: &str| Anchor {
        edition: String::new(),
        start: Selector::default(),
        end: Selector::default(),
        quote: quote.into(),
        before: before.into(),
        after: after.into(),
    };
    match finder.find(quote) {
        Found::Certain(passage) => Anchor::new(context.report, context.edition, passage),
        Found::Unsure(passage) => {
            placeless(&context.report.text_of(passage), quote.prefix, quote.suffix)
        }
        Found::None => placeless(quote.exact, quote.prefix, quote.suffix),
    }
}

/// The bodies, including those in a choice or list; `bodyValue` is one.
fn bodies(annotation: &Value) -> Vec<&Value> {
    let mut bodies: Vec<&Value> = annotation.get("body").map(all).unwrap_or_default();
    bodies.extend(annotation.get("bodyValue"));
    flat(bodies)
}

/// Values in order, with the items of choices and lists in their place.
fn flat(values: Vec<&Value>) -> Vec<&Value> {
    let mut found = Vec::new();
    let mut waiting = values;
    waiting.reverse();
    while let Some(value) = waiting.pop() {
        match value.get("items") {
            Some(items) => waiting.extend(all(items).into_iter().rev()),
            None => found.push(value),
        }
    }
    found
}

fn purposes(body: &Value) -> Vec<&str> {
    let purposes = body.get("purpose").map(all).unwrap_or_default();
    purposes
        .into_iter()
        .filter_map(Value::as_str)
        .map(term)
        .collect()
}

/// The value of a textual body; a plain string is the IRI of something, or text.
fn value_of(body: &Value) -> Option<&str> {
    body.as_str().or_else(|| text_of(body, "value"))
}

fn with_purpose<'a>(bodies: &[&'a Value], purpose: &str) -> Option<&'a str> {
    bodies
        .iter()
        .find(|body| purposes(body).contains(&purpose))
        .and_then(|body| value_of(body))
}

/// The text: comments, and tags that are not words of it yet.
fn written(bodies: &[&Value], is_foreign: bool) -> String {
    let is_text = |body: &&&Value| {
        let purposes = purposes(body);
        purposes.contains(&"commenting")
            || (is_foreign
                && !purposes
                    .iter()
                    .any(|purpose| ["tagging", "bookmarking"].contains(purpose)))
    };
    let texts: Vec<&str> = bodies
        .iter()
        .filter(is_text)
        .filter_map(|body| value_of(body))
        .filter(|text| !text.is_empty())
        .collect();
    let text = texts.join("\n\n");
    if !is_foreign {
        return text;
    }
    let tags = bodies
        .iter()
        .filter(|body| purposes(body).contains(&"tagging"))
        .filter_map(|body| value_of(body));
    let tags = tags.map(|tag| {
        format!(
            "#{}",
            tag.trim_start_matches('#')
                .split_whitespace()
                .collect::<Vec<_>>()
                .join("-")
        )
    });
    let new: Vec<String> = tags
        .filter(|tag| tag.len() > 1 && !text.split_whitespace().any(|word| word == tag))
        .collect();
    let parts = [text.clone(), new.join(" ")];
    parts
        .iter()
        .filter(|part| !part.is_empty())
        .map(String::as_str)
        .collect::<Vec<_>>()
        .join("\n\n")
}

/// The kind by motivation, else by whether there is a body.
fn kind(annotation: &Value, bodies: &[&Value]) -> Kind {
    let motivations = annotation.get("motivation").map(all).unwrap_or_default();
    let has = |wanted: &str| {
        motivations
            .iter()
            .any(|each| each.as_str().map(term) == Some(wanted))
    };
    match () {
        () if has("bookmarking") => Kind::Bookmark,
        () if has("highlighting") => Kind::Highlight,
        () if motivations.is_empty() && bodies.is_empty() => Kind::Highlight,
        () => Kind::Note,
    }
}

/// The annotation that this one conflicts with.
fn linked(bodies: &[&Value]) -> Option<String> {
    let body = bodies
        .iter()
        .find(|body| purposes(body).contains(&"linking"))?;
    text_of(body, "source").map(id)
}

/// The id of an IRI: the digits of a UUID, the name that this program gave, else derived.
fn id(iri: &str) -> String {
    let digits = |uuid: &str| uuid.replace('-', "").to_lowercase();
    let uuid = iri
        .strip_prefix("urn:uuid:")
        .map(digits)
        .filter(|id| id.len() == 32 && id.chars().all(|c| c.is_ascii_hexdigit()));
    let named = iri
        .strip_prefix("urn:tip-reader:annotation:")
        .and_then(fragment::decode);
    uuid.or(named).unwrap_or_else(|| merge::derived(iri))
}
