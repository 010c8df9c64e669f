//! A file of annotations: finds the items, and reads our own and foreign ones.

use serde::Deserialize;
use serde_json::{Value, value::RawValue};

use super::{Context, Incoming, Origin, fault::Fault, finder::Finder, web_annotation};
use crate::notebook::annotation::{Annotation, Malformed};

/// Levels of objects around the annotations: a collection and its page.
const DEEPEST: usize = 2;
/// Reported of a file that is not JSON.
const NOT_JSON: &str = "not JSON; supported are the formats `json` and `annotation` of `notes export`, and Web Annotations of other programs";
/// Largest annotation that is imported, in bytes of its file.
const LARGEST: usize = 2 * 1024 * 1024;

/// Reads a file: a JSON array, a Web Annotation, a collection or a page of them; the fields of each
/// item tell its format. One with several targets becomes one annotation for each.
///
/// # Errors
/// The first error, with line and column (characters, from 1).
pub fn read(text: &str, context: &Context<'_>) -> Result<Vec<Incoming>, Malformed> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    if !text.trim_start().starts_with(['[', '{']) {
        return Err(Fault::new(NOT_JSON).at(text, text));
    }
    let finder = Finder::new(context.report);
    let mut incoming = Vec::new();
    for item in items(text, text, 0)? {
        incoming.extend(
            read_item(item.get(), context, &finder).map_err(|fault| fault.at(text, item.get()))?,
        );
    }
    Ok(incoming)
}

/// An object that may hold annotations.
#[derive(Deserialize)]
struct Holder<'a> {
    #[serde(borrow)]
    items: Option<&'a RawValue>,
    #[serde(borrow)]
    first: Option<&'a RawValue>,
    next: Option<Value>,
}

/// The annotations in an array, a collection or a page, or a single one.
fn items<'a>(whole: &str, text: &'a str, depth: usize) -> Result<Vec<&'a RawValue>, Malformed> {
    let fault = |error: serde_json::Error| Fault::json(&error, text).at(whole, text);
    if text.trim_start().starts_with('[') {
        return serde_json::from_str(text).map_err(fault);
    }
    if depth > DEEPEST {
        return Err(Fault::new("not a collection or page of annotations").at(whole, text));
    }
    let holder: Holder = serde_json::from_str(text).map_err(fault)?;
    match (holder.items, holder.first) {
        (Some(_), _) if holder.next.is_some() => Err(Fault::new(
            "this is one of several pages; import them all as one array or collection",
        )
        .at(whole, text)),
        (Some(items), _) => self::items(whole, items.get(), depth + 1),
        (None, Some(first)) if first.get().starts_with('{') => {
            self::items(whole, first.get(), depth + 1)
        }
        (None, Some(first)) => Err(Fault::new(
            "its first page is in another file, which is not fetched",
        )
        .at(whole, first.get())),
        (None, None) => Ok(vec![serde_json::from_str(text).map_err(fault)?]),
    }
}

/// The annotations of an item: one for each target.
fn read_item(
    text: &str,
    context: &Context<'_>,
    finder: &Finder<'_>,
) -> Result<Vec<Incoming>, Fault> {
    let value: Value = serde_json::from_str(text).map_err(|error| Fault::json(&error, text))?;
    let incoming = if value.get("anchor").is_some() {
        let annotation = serde_json::from_str(text).map_err(|error| Fault::json(&error, text))?;
        vec![Incoming {
            annotation,
            origin: Origin::Ours,
        }]
    } else if value.get("target").is_some() {
        web_annotation::read(&value, text, context, finder).map_err(Fault::new)?
    } else {
        return Err(Fault::new(
            "not an annotation: neither `anchor` nor `target`",
        ));
    };
    incoming
        .iter()
        .try_for_each(|each| check(&each.annotation))?;
    Ok(incoming)
}

/// An error if the annotation could not be saved, or read again.
fn check(annotation: &Annotation) -> Result<(), Fault> {
    if annotation.is_newer() {
        return Err(Fault::new(format!(
            "format {} is of a newer tip-reader; import it with that version",
            annotation.format
        )));
    }
    match annotation.write() {
        Err(error) => Err(Fault::new(error.to_string())),
        Ok(text) if text.len() > LARGEST => Err(Fault::new("larger than 2 MiB")),
        Ok(_) => Ok(()),
    }
}
