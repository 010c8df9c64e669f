//! Where in the text to compare: three words in a row vote for the places that have them.

use std::{
    cmp::Reverse,
    collections::{BTreeMap, BTreeSet},
    ops::Range,
};

use super::{Situation, wanted::Wanted};
use crate::edition::word_index::Words;

/// Three words in a row that are more frequent than this are ignored.
const COMMON: usize = 200;
/// Most places that are compared word by word.
const PLACES: usize = 12;
/// Words by which places are distinguished.
pub(super) const BUCKET: i64 = 32;

/// Where the wanted words would begin in the text, by the votes of each three in a row.
pub(super) fn places(words: &Words, wanted: &Wanted, situation: &Situation) -> Vec<i64> {
    let expected: Vec<Range<usize>> = situation
        .expected
        .iter()
        .map(|blocks| words.of_blocks(blocks))
        .collect();
    let is_expected = |at: usize| expected.iter().any(|range| range.contains(&at));
    let mut votes: BTreeMap<i64, u32> = BTreeMap::new();
    let mut vote = |at: usize, index: usize, weight: u32| {
        *votes
            .entry((at as i64 - index as i64).div_euclid(BUCKET))
            .or_insert(0) += weight;
    };
    for (index, three) in wanted.words.windows(3).enumerate() {
        let (matches, weight) = words.places_of(three);
        if matches.len() <= COMMON {
            matches
                .iter()
                .for_each(|found| vote(found.1 as usize, index, weight));
            continue;
        }
        for range in &expected {
            let first = matches.partition_point(|found| (found.1 as usize) < range.start);
            let inside = matches
                .iter()
                .skip(first)
                .take_while(|found| (found.1 as usize) < range.end)
                .take(COMMON);
            inside.for_each(|found| vote(found.1 as usize, index, weight));
        }
    }
    let both =
        |bucket: i64| votes.get(&bucket).unwrap_or(&0) + votes.get(&(bucket + 1)).unwrap_or(&0);
    let mut ranked: Vec<(u32, i64)> = votes.keys().map(|&bucket| (both(bucket), bucket)).collect();
    ranked.sort_by_key(|&(votes, bucket)| (Reverse(votes), bucket));
    let start = |&(_, bucket): &(u32, i64)| bucket * BUCKET;
    let here = |place: &&(u32, i64)| {
        is_expected((start(place) + BUCKET + wanted.quote.start as i64).max(0) as usize)
    };
    let mut starts: Vec<i64> = ranked
        .iter()
        .take(PLACES)
        .chain(ranked.iter().filter(here).take(PLACES / 2))
        .map(start)
        .collect();
    let mut seen = BTreeSet::new();
    starts.retain(|start| seen.insert(*start));
    starts
}
