//! W3C Web Annotation Data Model and Vocabulary (Recommendations of 23 February 2017): one
//! collection with one page, in JSON-LD, with only the terms of its context.

use serde_json::{Map, Value, json};

use crate::edition::fragment::{self, Fragment};
use crate::{
    edition::anchor::{Resolution, Selector},
    notebook::{
        Entry,
        annotation::{Annotation, Kind},
    },
    report::{Report, position::Position},
};

const CONTEXT: &str = "http://www.w3.org/ns/anno.jsonld";

/// CSS of the colours of highlights, for the stylesheets of annotations.
const COLORS: &[(&str, &str)] = &[
    ("yellow", "#fff3a3"),
    ("green", "#c9f0c9"),
    ("blue", "#c9e2ff"),
    ("red", "#ffd0d0"),
    ("purple", "#e6d3ff"),
];

/// All entries as an `AnnotationCollection` with one embedded page.
pub fn collection(report: &Report, entries: &[&Entry]) -> Value {
    let id = format!("{}:annotations", fragment::iri_of_report(report));
    let page = format!("{id}:1");
    json!({
        "@context": CONTEXT,
        "id": id,
        "type": "AnnotationCollection",
        "label": format!("Notes on {}", report.title),
        "total": entries.len(),
        "first": {
            "id": page,
            "type": "AnnotationPage",
            "startIndex": 0,
            "items": entries.iter().map(|entry| value(entry, report)).collect::<Vec<_>>(),
        },
        "last": page,
    })
}

fn value(entry: &Entry, report: &Report) -> Value {
    let annotation = &entry.annotation;
    let mut value = Map::new();
    value.insert("id".into(), iri(&annotation.id).into());
    value.insert("type".into(), "Annotation".into());
    value.insert("motivation".into(), motivation(annotation.kind).into());
    let dates = [
        ("created", &annotation.created),
        ("modified", &annotation.modified),
    ];
    value.extend(
        dates
            .into_iter()
            .filter_map(|(name, written)| Some((name.to_owned(), date(written)?.into()))),
    );
    let bodies = bodies(annotation);
    if !bodies.is_empty() {
        value.insert("body".into(), bodies.into());
    }
    let style = annotation
        .color
        .as_deref()
        .and_then(|color| COLORS.iter().find(|(name, _)| *name == color));
    if let Some((name, css)) = style {
        value.insert("stylesheet".into(), json!({ "type": "CssStylesheet", "value": format!(".{name} {{ background-color: {css}; }}") }));
    }
    value.insert("target".into(), target(entry, report));
    Value::Object(value)
}

/// The IRI of an annotation: a UUID if its id is one.
fn iri(id: &str) -> String {
    let is_uuid = id.len() == 32
        && id
            .bytes()
            .all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
    let group = |from: usize, to: usize| id.get(from..to).unwrap_or_default();
    if is_uuid {
        format!(
            "urn:uuid:{}-{}-{}-{}-{}",
            group(0, 8),
            group(8, 12),
            group(12, 16),
            group(16, 20),
            group(20, 32)
        )
    } else {
        format!("urn:tip-reader:annotation:{}", fragment::encode(id))
    }
}

fn motivation(kind: Kind) -> &'static str {
    match kind {
        Kind::Note => "commenting",
        Kind::Highlight => "highlighting",
        Kind::Bookmark => "bookmarking",
    }
}

/// The text, its tags, a bookmark's letter, and the annotation that it conflicts with.
fn bodies(annotation: &Annotation) -> Vec<Value> {
    let textual = |purpose: &str, value: &str| json!({ "type": "TextualBody", "purpose": purpose, "value": value });
    let text = Some(&annotation.text)
        .filter(|text| !text.is_empty())
        .map(|text| json!({ "type": "TextualBody", "purpose": "commenting", "format": "text/markdown", "value": text }));
    let tags = annotation
        .tags()
        .into_iter()
        .map(|tag| textual("tagging", tag));
    let letter = annotation
        .letter
        .map(|letter| textual("bookmarking", &letter.to_string()));
    let first = annotation.conflict_of.as_deref();
    let first = first.map(
        |first| json!({ "type": "SpecificResource", "purpose": "linking", "source": iri(first) }),
    );
    text.into_iter()
        .chain(tags)
        .chain(letter)
        .chain(first)
        .collect()
}

fn target(entry: &Entry, report: &Report) -> Value {
    let anchor = &entry.annotation.anchor;
    let mut quote = json!({ "type": "TextQuoteSelector", "exact": anchor.quote });
    if let Some(quote) = quote.as_object_mut() {
        let contexts = [("prefix", &anchor.before), ("suffix", &anchor.after)];
        quote.extend(
            contexts
                .into_iter()
                .filter(|(_, text)| !text.is_empty())
                .map(|(name, text)| (name.to_owned(), text.as_str().into())),
        );
    }
    let at = match entry.resolution {
        Resolution::Exact(passage) => (Some(passage.start()), Some(passage.end())),
        _ => (None, None),
    };
    let range = json!({
        "type": "RangeSelector",
        "startSelector": end(&entry.annotation, &anchor.start, at.0, report),
        "endSelector": end(&entry.annotation, &anchor.end, at.1, report),
    });
    let mut target =
        json!({ "type": "SpecificResource", "source": source(report), "selector": [quote, range] });
    if let (Some(target), Some(color)) = (target.as_object_mut(), &entry.annotation.color) {
        target.insert("styleClass".into(), color.as_str().into());
    }
    target
}

/// A paragraph as a fragment; where the open report has it, refined by the position in its
/// text, in code points as the model counts.
fn end(annotation: &Annotation, place: &Selector, at: Option<Position>, report: &Report) -> Value {
    let edition = annotation.anchor.edition.clone();
    let fragment = Fragment {
        format: annotation.format,
        report: annotation.report.clone(),
        edition,
        place: place.clone(),
    };
    let mut value = json!({ "type": "FragmentSelector", "conformsTo": fragment::CONFORMS_TO, "value": fragment.write() });
    let before = at.and_then(|at| report.text_at(at).get(..at.byte));
    if let (Some(value), Some(before)) = (value.as_object_mut(), before) {
        let position = before.chars().count();
        value.insert(
            "refinedBy".into(),
            json!({ "type": "TextPositionSelector", "start": position, "end": position }),
        );
    }
    value
}

/// The report's source if it is an IRI, else an IRI for it.
fn source(report: &Report) -> String {
    let is_iri = report.source.split_once(':').is_some_and(|(scheme, rest)| {
        scheme.len() > 1
            && !rest.is_empty()
            && scheme
                .chars()
                .all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'))
    });
    let has_blank = report.source.contains(|c: char| {
        c.is_whitespace()
            || c.is_control()
            || matches!(c, '<' | '>' | '"' | '{' | '}' | '|' | '\\' | '^' | '`')
    });
    if is_iri && !has_blank {
        report.source.clone()
    } else {
        fragment::iri_of_report(report)
    }
}

/// A date as the model requires: an `xsd:dateTime` in UTC, with `Z` (3.3.1). `None` if it is not a
/// date: files may be edited by hand.
fn date(written: &str) -> Option<String> {
    written
        .parse::<jiff::Timestamp>()
        .ok()
        .map(|date| date.to_string())
}
