//! What is said of a passage of one block of whose edition nothing is kept but the anchor. Nothing
//! is ever moved: that a sentence stands once today says nothing of the old edition.

use super::{
    search::{Search, Trace},
    text::Text,
};
use crate::{
    edition::anchor::{Anchor, Resolution},
    report::position::Passage,
};

/// Fewest words that are certain without a neighbour.
const ENOUGH: usize = 6;
/// Thousandths of the words: changed without a neighbour where nothing else is within `TRACE`.
const NEAR: usize = 120;
const TRACE: usize = 500;
const LIKE: usize = 600;
const FARTHEST: usize = 1000;
/// Most blocks of a section that are compared.
const MANY: usize = 512;

pub(super) fn resolve(search: &Search, anchor: &Anchor) -> Resolution {
    let text = search.text;
    let home = sole_section(text, &anchor.start.section);
    let mut blocks = search.near();
    blocks.extend(
        home.into_iter()
            .flat_map(|home| text.blocks_of(home))
            .take(MANY),
    );
    let equal = u64::from_str_radix(&anchor.start.hash, 16).ok();
    blocks.extend(
        equal
            .into_iter()
            .flat_map(|hash| text.of_hash(hash))
            .take(MANY),
    );
    let mut traces: Vec<Trace> = blocks
        .into_iter()
        .map(|block| search.trace(block))
        .collect();
    traces.sort_by_key(|trace| (trace.distance, trace.block));
    let at_home = |trace: &&Trace| Some(text.section(trace.block)) == home;
    let own: Vec<&Trace> = traces.iter().filter(at_home).collect();
    whole(search, anchor, &own)
        .or_else(|| changed(search, &own, &traces))
        .unwrap_or_else(|| unsure(search, anchor, &traces))
}

/// The section that an id names, if no other has its path.
fn sole_section(text: &Text, id: &str) -> Option<usize> {
    let outline = text.edition.outline();
    let section = text.edition.section(id)?;
    let key = |at: usize| outline.node(at).map(|node| node.key.as_str());
    let is_sole = |&at: &usize| {
        let parent = outline.node(at).and_then(|node| node.parent);
        outline
            .children(parent)
            .filter(|sibling| key(*sibling) == key(at))
            .count()
            == 1
    };
    outline.path(section).iter().all(is_sole).then_some(section)
}

/// The very words, at its path.
fn whole(search: &Search, anchor: &Anchor, own: &[&Trace]) -> Option<Resolution> {
    let literal = |trace: &&Trace| {
        let found = search.found(trace).filter(|found| found.is_firm)?;
        let is_quote = search.text.report.text_of(found.passage) == anchor.quote;
        (trace.distance <= NEAR && is_quote).then_some((found.passage, search.has_neighbour(trace)))
    };
    let all: Vec<(Passage, bool)> = own.iter().filter_map(literal).collect();
    let known: Vec<&Passage> = all.iter().filter(|one| one.1).map(|one| &one.0).collect();
    let is_enough = search.needle.quote.len() >= ENOUGH;
    match (known.as_slice(), all.as_slice()) {
        ([known], _) => Some(Resolution::Exact(**known)),
        ([], [(only, _)]) if is_enough => Some(Resolution::Exact(*only)),
        _ => None,
    }
}

/// Other words at its path: nothing else is nearly as like it and a neighbour is there, or only a
/// few words are others and nothing else is like it.
fn changed(search: &Search, own: &[&Trace], traces: &[Trace]) -> Option<Resolution> {
    let best = own.first().filter(|trace| trace.distance <= LIKE)?;
    let found = search.found(best).filter(|found| found.is_kept)?;
    let others = traces.iter().filter(|trace| trace.block != best.block);
    let other = others
        .map(|trace| trace.distance)
        .min()
        .unwrap_or(FARTHEST)
        .min(FARTHEST);
    let is_alone = 3 * best.distance < other && search.has_neighbour(best);
    let is_near = best.distance <= NEAR && other > TRACE;
    Some(
        if found.is_firm && found.is_enough && (is_alone || is_near) {
            Resolution::Changed(found.passage)
        } else {
            Resolution::Unsure(found.passage)
        },
    )
}

fn unsure(search: &Search, anchor: &Anchor, traces: &[Trace]) -> Resolution {
    let text = search.text;
    let from = text.edition.section(&anchor.start.section);
    let is_near = |trace: &&Trace| trace.distance <= TRACE;
    search.most_like(anchor, from, traces.iter().filter(is_near))
}
