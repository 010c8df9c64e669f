//! What the pages of a PDF are called: its page labels (ISO 32000, 12.4.2).

use hayro_syntax::{
    Pdf,
    object::{Array, Dict, Name, Object},
};

use super::{catalog, text_of};
use crate::import::html::numerals::numeral;

/// Most trees within each other, and most ranges.
const DEEPEST: usize = 16;
const MOST: usize = 100_000;

/// The labels of all pages; empty where the file has none.
pub fn read(pdf: &Pdf, pages: usize) -> Vec<String> {
    let mut ranges: Vec<(usize, Dict<'_>)> = Vec::new();
    if let Some(tree) = catalog(pdf).get::<Dict<'_>>("PageLabels") {
        gather(&tree, 0, &mut ranges);
    }
    ranges.sort_by_key(|(first, _)| *first);
    let label = |page: usize| {
        let at = ranges.partition_point(|(first, _)| *first <= page);
        let (first, range) = ranges.get(at.checked_sub(1)?)?;
        let start = range.get::<i32>("St").unwrap_or(1);
        let number = start.checked_add(i32::try_from(page - first).ok()?)?;
        let prefix = range
            .get::<Object<'_>>("P")
            .and_then(text_of)
            .unwrap_or_default();
        let style = range.get::<Name<'_>>("S");
        Some(prefix + &styled(number, style.as_deref().unwrap_or_default()))
    };
    if ranges.is_empty() {
        return Vec::new();
    }
    (0..pages)
        .map(|page| label(page).unwrap_or_default())
        .collect()
}

fn gather<'a>(node: &Dict<'a>, depth: usize, ranges: &mut Vec<(usize, Dict<'a>)>) {
    let pairs = node.get::<Array<'a>>("Nums").unwrap_or_default();
    let mut pairs = pairs.iter::<Object<'a>>();
    while let (Some(first), Some(range)) = (pairs.next(), pairs.next()) {
        let first = first
            .into_number()
            .and_then(|first| usize::try_from(first.as_i64()).ok());
        if let (Some(first), Some(range)) = (first, range.into_dict()) {
            ranges.push((first, range));
        }
    }
    let kids = node.get::<Array<'a>>("Kids").unwrap_or_default();
    for kid in kids.iter::<Dict<'a>>().take(MOST) {
        if depth < DEEPEST && ranges.len() < MOST {
            gather(&kid, depth + 1, ranges);
        }
    }
}

fn styled(number: i32, style: &[u8]) -> String {
    let style = match style {
        b"D" => "1",
        b"R" => "I",
        b"r" => "i",
        b"A" => "A",
        b"a" => "a",
        _ => return String::new(),
    };
    numeral(number.into(), style)
}
