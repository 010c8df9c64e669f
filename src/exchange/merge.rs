//! Merges imported annotations with existing ones, so that neither side loses a word and importing
//! again changes nothing.

use std::collections::HashMap;

use super::{Incoming, Origin};
use crate::{edition::fingerprint, notebook::annotation::Annotation, text::wording};

/// Longest id that becomes a file name unchanged.
const LONGEST_ID: usize = 64;

/// What to save, and how many are unchanged.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Merged {
    /// New annotations, in the order they were read.
    pub added: Vec<Annotation>,
    /// Conflicting versions of existing annotations, each with an id of its own.
    pub beside: Vec<Annotation>,
    /// How many exist already.
    pub same: usize,
}

/// The annotations of both sides, by id and by the id of the original that they conflict with.
#[derive(Debug, Default)]
struct Known {
    annotations: Vec<Annotation>,
    by_id: HashMap<String, usize>,
    beside: HashMap<String, Vec<usize>>,
}

impl Known {
    fn add(&mut self, annotation: Annotation) {
        let index = self.annotations.len();
        if let Some(first) = &annotation.conflict_of {
            self.beside.entry(first.clone()).or_default().push(index);
        }
        self.by_id.entry(annotation.id.clone()).or_insert(index);
        self.annotations.push(annotation);
    }

    fn get(&self, id: &str) -> Option<&Annotation> {
        self.annotations.get(*self.by_id.get(id)?)
    }

    fn beside(&self, id: &str) -> impl Iterator<Item = &Annotation> {
        self.beside
            .get(id)
            .into_iter()
            .flatten()
            .filter_map(|&index| self.annotations.get(index))
    }
}

/// Merges by id: a new one is added, an equal one is skipped, a different one is added beside ours
/// and names it. `new_id` makes random ids.
pub fn merge(ours: &[Annotation], incoming: Vec<Incoming>, new_id: impl Fn() -> String) -> Merged {
    let mut known = Known::default();
    ours.iter().for_each(|own| known.add(own.clone()));
    let mut merged = Merged::default();
    for Incoming {
        mut annotation,
        origin,
    } in incoming
    {
        if known.get(&annotation.id).is_none() {
            annotation.id = safe(annotation.id);
        }
        let says_the_same = |own: &Annotation| is_same(own, &annotation, origin);
        // A conflicting version on the other side may be ours.
        let first = annotation
            .conflict_of
            .as_deref()
            .filter(|_| known.get(&annotation.id).is_none());
        if first.is_some_and(|first| {
            known
                .get(first)
                .into_iter()
                .chain(known.beside(first))
                .any(says_the_same)
        }) {
            merged.same += 1;
            continue;
        }
        let Some(own) = known.get(&annotation.id) else {
            known.add(annotation.clone());
            merged.added.push(annotation);
            continue;
        };
        if says_the_same(own) || known.beside(&own.id).any(says_the_same) {
            merged.same += 1;
            continue;
        }
        let other = Annotation {
            id: new_id(),
            conflict_of: Some(annotation.id.clone()),
            ..annotation
        };
        known.add(other.clone());
        merged.beside.push(other);
    }
    merged
}

/// Whether two versions are the same in all but the dates. The position of a foreign one is found
/// anew each time, so its quote counts. A conflicting version names the one it differs from.
fn is_same(own: &Annotation, other: &Annotation, origin: Origin) -> bool {
    let is_beside = |one: &Annotation, other: &Annotation| {
        one.id != other.id && one.conflict_of.as_ref() == Some(&other.id)
    };
    let conflict =
        own.conflict_of == other.conflict_of || is_beside(own, other) || is_beside(other, own);
    let anchor = if origin == Origin::Ours {
        own.anchor == other.anchor
    } else {
        words(own) == words(other)
    };
    conflict
        && anchor
        && (own.kind, &own.report, &own.text, &own.color, own.letter)
            == (
                other.kind,
                &other.report,
                &other.text,
                &other.color,
                other.letter,
            )
}

/// The quote, on one line.
fn words(annotation: &Annotation) -> String {
    wording::one_line(&annotation.anchor.quote)
}

/// An id that is a valid file name: unchanged if it is one, else derived.
fn safe(id: String) -> String {
    let is_safe = !id.is_empty()
        && id.len() <= LONGEST_ID
        && id
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_');
    if is_safe { id } else { derived(&id) }
}

/// 32 hexadecimal digits derived from a text, the same in every release (FNV-1a, twice).
pub fn derived(text: &str) -> String {
    fingerprint::checksum(text.as_bytes())
        + &fingerprint::checksum(format!("tip-reader:{text}").as_bytes())
}

#[cfg(test)]
mod tests {
    use std::{
        cell::Cell,
        collections::{BTreeMap, BTreeSet},
    };

    use proptest::prelude::*;

    use super::*;
    use crate::notebook::annotation::tests::sample;

    /// Takes all of one side in on the other; how many that adds.
    fn take_in(ours: &mut Vec<Annotation>, theirs: &[Annotation], numbers: &Cell<u32>) -> usize {
        let incoming = theirs.iter().map(|annotation| Incoming {
            annotation: annotation.clone(),
            origin: Origin::Ours,
        });
        let merged = merge(ours, incoming.collect(), || {
            numbers.set(numbers.get() + 1);
            format!("new-{}", numbers.get())
        });
        let new = merged.added.len() + merged.beside.len();
        ours.extend(merged.added.into_iter().chain(merged.beside));
        new
    }

    /// The texts of each annotation, with those beside it.
    fn texts(side: &[Annotation]) -> BTreeMap<&str, Vec<&str>> {
        let mut texts: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for annotation in side {
            texts
                .entry(annotation.conflict_of.as_deref().unwrap_or(&annotation.id))
                .or_default()
                .push(&annotation.text);
        }
        texts.values_mut().for_each(|texts| texts.sort_unstable());
        texts
    }

    proptest! {
        #[test]
        fn two_sides_that_take_each_other_in_hold_the_same_and_each_text_once(
            one in prop::collection::vec((0..4u8, 0..4u8), 0..4), other in prop::collection::vec((0..4u8, 0..4u8), 0..4), first: bool,
        ) {
            let side = |edits: &[(u8, u8)]| {
                let notes: BTreeMap<u8, u8> = edits.iter().copied().collect();
                notes.iter().map(|(id, text)| sample(&format!("note-{id}"), &format!("text {text}"))).collect::<Vec<_>>()
            };
            let numbers = Cell::new(0);
            let (mut one, mut other) = (side(&one), side(&other));
            for round in 0..4 {
                let (to, from) = if (round % 2 == 0) == first { (&mut one, &other) } else { (&mut other, &one) };
                let new = take_in(to, from, &numbers);
                prop_assert!(round < 2 || new == 0, "round {round} adds {new}");
            }
            prop_assert_eq!(texts(&one), texts(&other));
            for texts in texts(&one).values() {
                prop_assert_eq!(texts.iter().collect::<BTreeSet<_>>().len(), texts.len(), "{:?}", texts);
            }
        }
    }
}
