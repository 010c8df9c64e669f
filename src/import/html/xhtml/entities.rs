//! Entities that a document declares itself (XML 1.0, 4.2), within bounds.

use std::{borrow::Cow, collections::HashMap};

/// Bytes at the start of a document that are searched for its type.
const TYPE_WITHIN: usize = 4096;
/// Most entities, deepest entity within one, and largest text of one in bytes.
const MOST: usize = 1000;
const DEEPEST: usize = 4;
const LARGEST: usize = 16 * 1024;
/// Most bytes that entities add in all.
const MOST_ADDED: usize = 1024 * 1024;

/// The text without the declarations of its document type, and what they declare.
pub fn taken(text: &str) -> (Cow<'_, str>, HashMap<String, String>) {
    let none = (Cow::Borrowed(text), HashMap::new());
    let Some(start) = text.find("<!DOCTYPE").filter(|start| *start < TYPE_WITHIN) else {
        return none;
    };
    let rest = text.get(start..).unwrap_or_default();
    let Some(open) = rest
        .find(['[', '>'])
        .filter(|at| rest.as_bytes().get(*at) == Some(&b'['))
    else {
        return none;
    };
    let Some(close) = rest.find("]>").filter(|close| *close > open) else {
        return none;
    };
    let declared = declared(rest.get(open + 1..close).unwrap_or_default());
    let before = text.get(..start + open).unwrap_or_default();
    let after = rest.get(close + 1..).unwrap_or_default();
    (Cow::Owned(format!("{before}{after}")), declared)
}

fn declared(subset: &str) -> HashMap<String, String> {
    let entity = |rest: &str| {
        let rest = rest.trim_start();
        let (name, rest) = rest.split_once(char::is_whitespace)?;
        let rest = rest.trim_start();
        let quote = rest.chars().next().filter(|c| matches!(c, '"' | '\''))?;
        let value = rest.get(1..)?.split(quote).next()?;
        (name != "%" && value.len() <= LARGEST).then(|| (name.to_owned(), value.to_owned()))
    };
    subset
        .split("<!ENTITY")
        .skip(1)
        .take(MOST)
        .filter_map(entity)
        .collect()
}

/// The text with the entities that are known in their places.
pub fn replaced<'a>(text: &'a str, entities: &HashMap<String, String>) -> Cow<'a, str> {
    if entities.is_empty() {
        return Cow::Borrowed(text);
    }
    let mut added = 0;
    Cow::Owned(within(text, entities, 0, &mut added))
}

fn within(
    text: &str,
    entities: &HashMap<String, String>,
    depth: usize,
    added: &mut usize,
) -> String {
    let mut all = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('&') {
        all.push_str(before);
        rest = after;
        let known = after
            .split_once(';')
            .and_then(|(name, after)| Some((entities.get(name)?, after)))
            .filter(|_| depth < DEEPEST && *added < MOST_ADDED);
        match known {
            Some((value, after)) => {
                *added += value.len();
                all.push_str(&within(value, entities, depth + 1, added));
                rest = after;
            }
            None => all.push('&'),
        }
    }
    all.push_str(rest);
    all
}
