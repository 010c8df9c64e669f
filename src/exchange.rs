//! Takes annotations in: those that `export` wrote (JSON, Web Annotation), and Web Annotations of
//! other programs. Reads and merges; keeping what is new is the notebook's work.

mod annotation;
mod locate;
mod merge;

use serde::Deserialize;
use serde_json::{Value, value::RawValue};

pub use merge::{Merged, merge};

use crate::{
    edition::Edition,
    notebook::annotation::{Annotation, Malformed},
    report::Report,
};

/// Objects around the annotations: a collection and its page.
const DEEPEST: usize = 2;
/// What is said of a file that is no JSON at all.
const NO_JSON: &str = "it is no JSON; what `notes export` writes as `json` or `annotation` can be read, and Web Annotations of other programs";
/// Largest annotation that is taken in, in bytes of its file.
const LARGEST: usize = 2 * 1024 * 1024;

/// An annotation that was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Incoming {
    pub annotation: Annotation,
    pub origin: Origin,
}

/// Who made an annotation, and of which page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// This program. Its anchor is as it was.
    Ours,
    /// Another program, of the page that the report was made of. Anchored here by its quote.
    Foreign,
    /// Another program, of another page. Anchored here by its quote, which may stand here by
    /// chance: whether it is wanted is for its reader to say.
    Elsewhere,
}

/// What foreign annotations are given that they do not have.
#[derive(Debug)]
pub struct Context<'a> {
    /// The report that they are taken to be about.
    pub report: &'a Report,
    pub edition: &'a Edition,
    /// The date of those that have none, RFC 3339.
    pub now: String,
}

/// Reads a file: one JSON array, a Web Annotation, a collection or a page of them. What each is
/// is seen by what it has. One that has several targets comes out once for each.
///
/// # Errors
/// The first thing that cannot be used, with line and column (characters, from 1).
pub fn read(text: &str, context: &Context<'_>) -> Result<Vec<Incoming>, Malformed> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    if !text.trim_start().starts_with(['[', '{']) {
        return Err(Wrong::new(NO_JSON).at(text, text));
    }
    let finder = locate::Finder::new(context.report);
    let mut incoming = Vec::new();
    for item in items(text, text, 0)? {
        incoming.extend(
            read_item(item.get(), context, &finder).map_err(|wrong| wrong.at(text, item.get()))?,
        );
    }
    Ok(incoming)
}

/// What is wrong, and where in the text that it is about.
struct Wrong {
    byte: usize,
    reason: String,
}

impl Wrong {
    fn new(reason: impl Into<String>) -> Self {
        Self {
            byte: 0,
            reason: reason.into(),
        }
    }

    /// What serde says of a text, without its own words for the place.
    fn json(error: &serde_json::Error, text: &str) -> Self {
        let before: usize = text
            .split_inclusive('\n')
            .take(error.line().saturating_sub(1))
            .map(str::len)
            .sum();
        let reason = error.to_string();
        let reason = reason
            .rsplit_once(" at line ")
            .map_or(reason.as_str(), |(reason, _)| reason);
        Self {
            byte: before + error.column().saturating_sub(1),
            reason: reason.into(),
        }
    }

    /// Line and column in a whole text of which `part` is a slice.
    fn at(self, whole: &str, part: &str) -> Malformed {
        let start = (part.as_ptr() as usize).saturating_sub(whole.as_ptr() as usize);
        let byte = whole.floor_char_boundary(start + self.byte);
        let before = whole.get(..byte).unwrap_or_default();
        let line = before.matches('\n').count() + 1;
        let column = before
            .rsplit('\n')
            .next()
            .map_or(0, |last| last.chars().count())
            + 1;
        Malformed {
            line,
            column,
            reason: self.reason,
        }
    }
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

/// The annotations in an array, a collection, a page, or the one that stands alone.
fn items<'a>(whole: &str, text: &'a str, depth: usize) -> Result<Vec<&'a RawValue>, Malformed> {
    let wrong = |error: serde_json::Error| Wrong::json(&error, text).at(whole, text);
    if text.trim_start().starts_with('[') {
        return serde_json::from_str(text).map_err(wrong);
    }
    if depth > DEEPEST {
        return Err(Wrong::new("it is no collection or page of annotations").at(whole, text));
    }
    let holder: Holder = serde_json::from_str(text).map_err(wrong)?;
    match (holder.items, holder.first) {
        (Some(_), _) if holder.next.is_some() => Err(Wrong::new(
            "it is one page of several; import them all as one array or collection",
        )
        .at(whole, text)),
        (Some(items), _) => self::items(whole, items.get(), depth + 1),
        (None, Some(first)) if first.get().starts_with('{') => {
            self::items(whole, first.get(), depth + 1)
        }
        (None, Some(first)) => Err(Wrong::new(
            "its first page is in another file, and nothing is fetched",
        )
        .at(whole, first.get())),
        (None, None) => Ok(vec![serde_json::from_str(text).map_err(wrong)?]),
    }
}

/// The annotations of an item: one for each of its targets.
fn read_item(
    text: &str,
    context: &Context<'_>,
    finder: &locate::Finder<'_>,
) -> Result<Vec<Incoming>, Wrong> {
    let value: Value = serde_json::from_str(text).map_err(|error| Wrong::json(&error, text))?;
    let incoming = if value.get("anchor").is_some() {
        let annotation = serde_json::from_str(text).map_err(|error| Wrong::json(&error, text))?;
        vec![Incoming {
            annotation,
            origin: Origin::Ours,
        }]
    } else if value.get("target").is_some() {
        annotation::read(&value, text, context, finder).map_err(Wrong::new)?
    } else {
        return Err(Wrong::new(
            "it is no annotation: it has neither an `anchor` nor a `target`",
        ));
    };
    incoming
        .iter()
        .try_for_each(|each| check(&each.annotation))?;
    Ok(incoming)
}

/// What could not be kept, or not be read again.
fn check(annotation: &Annotation) -> Result<(), Wrong> {
    if annotation.is_newer() {
        return Err(Wrong::new(format!(
            "it has format {}, of a newer tip-reader; use that to import it",
            annotation.format
        )));
    }
    match annotation.write() {
        Err(error) => Err(Wrong::new(error.to_string())),
        Ok(text) if text.len() > LARGEST => Err(Wrong::new("it is larger than 2 MiB")),
        Ok(_) => Ok(()),
    }
}
