//! Puts what was read beside what is there, so that neither side loses a word and doing it again
//! changes nothing.

use super::Incoming;
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

/// Merges by id: an unknown one is added, one that says the same is passed over, one that says
/// something else is set beside ours and names it. `new_id` makes random ids.
pub fn merge(ours: &[Annotation], incoming: Vec<Incoming>, new_id: impl Fn() -> String) -> Merged {
    let mut all = ours.to_vec();
    let mut merged = Merged::default();
    for Incoming { mut annotation, is_foreign } in incoming {
        if !all.iter().any(|own| own.id == annotation.id) {
            annotation.id = safe(annotation.id);
        }
        let says_the_same = |own: &Annotation| is_same(own, &annotation, is_foreign);
        let Some(own) = all.iter().find(|own| own.id == annotation.id) else {
            all.push(annotation.clone());
            merged.added.push(annotation);
            continue;
        };
        let id = Some(&own.id);
        if says_the_same(own) || all.iter().any(|own| own.conflict_of.as_ref() == id && says_the_same(own)) {
            merged.same += 1;
            continue;
        }
        let other = Annotation { id: new_id(), conflict_of: Some(annotation.id.clone()), ..annotation };
        all.push(other.clone());
        merged.beside.push(other);
    }
    merged
}

/// Whether two versions say the same: all but the dates, which decide nothing. Of a foreign one
/// the place is found anew each time and its quote counts. A version that was set beside
/// another differs from what it was made of by the name of that.
fn is_same(own: &Annotation, other: &Annotation, is_foreign: bool) -> bool {
    let conflict = own.conflict_of == other.conflict_of || (own.id != other.id && own.conflict_of.as_ref() == Some(&other.id));
    let anchor = if is_foreign { words(own) == words(other) } else { own.anchor == other.anchor };
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
