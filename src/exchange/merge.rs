//! Puts what was read beside what is there, so that neither side loses a word and doing it again
//! changes nothing.

use std::collections::HashMap;

use super::{Incoming, Origin};
use crate::{notebook::annotation::Annotation, report::fingerprint, wording};

/// Longest id that becomes a file's name as it is.
const LONGEST_ID: usize = 64;

/// What is to be kept, and how much of the rest there is.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Merged {
    /// New annotations, in the order they were read.
    pub added: Vec<Annotation>,
    /// Other versions of annotations that are there, each with an id of its own.
    pub beside: Vec<Annotation>,
    /// How many are there already.
    pub same: usize,
}

/// The annotations of both sides, by id and by the id of the one that they stand beside.
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
        self.beside.get(id).into_iter().flatten().filter_map(|&index| self.annotations.get(index))
    }
}

/// Merges by id: an unknown one is added, one that says the same is passed over, one that says
/// something else is set beside ours and names it. `new_id` makes random ids.
pub fn merge(ours: &[Annotation], incoming: Vec<Incoming>, new_id: impl Fn() -> String) -> Merged {
    let mut known = Known::default();
    ours.iter().for_each(|own| known.add(own.clone()));
    let mut merged = Merged::default();
    for Incoming { mut annotation, origin } in incoming {
        if known.get(&annotation.id).is_none() {
            annotation.id = safe(annotation.id);
        }
        let says_the_same = |own: &Annotation| is_same(own, &annotation, origin);
        let Some(own) = known.get(&annotation.id) else {
            known.add(annotation.clone());
            merged.added.push(annotation);
            continue;
        };
        if says_the_same(own) || known.beside(&own.id).any(says_the_same) {
            merged.same += 1;
            continue;
        }
        let other = Annotation { id: new_id(), conflict_of: Some(annotation.id.clone()), ..annotation };
        known.add(other.clone());
        merged.beside.push(other);
    }
    merged
}

/// Whether two versions say the same: all but the dates, which decide nothing. Of a foreign one
/// the place is found anew each time and its quote counts. A version that was set beside
/// another differs from what it was made of by the name of that.
fn is_same(own: &Annotation, other: &Annotation, origin: Origin) -> bool {
    let conflict = own.conflict_of == other.conflict_of || (own.id != other.id && own.conflict_of.as_ref() == Some(&other.id));
    let anchor = if origin == Origin::Ours { own.anchor == other.anchor } else { words(own) == words(other) };
    conflict
        && anchor
        && (own.kind, &own.report, &own.text, &own.color, own.letter)
            == (other.kind, &other.report, &other.text, &other.color, other.letter)
}

/// The quote, however its lines are broken.
fn words(annotation: &Annotation) -> String {
    wording::one_line(&annotation.anchor.quote)
}

/// An id that can be a file's name: as it is where it can, else made of it, always the same.
fn safe(id: String) -> String {
    let is_safe = !id.is_empty() && id.len() <= LONGEST_ID && id.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_');
    if is_safe { id } else { derived(&id) }
}

/// 32 hexadecimal digits made of a text, the same in every release (FNV-1a, twice).
pub fn derived(text: &str) -> String {
    fingerprint::checksum(text.as_bytes()) + &fingerprint::checksum(format!("tip-reader:{text}").as_bytes())
}
