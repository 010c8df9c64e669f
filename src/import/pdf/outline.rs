//! The outline of a PDF, which viewers show as its bookmarks (ISO 32000, 12.3.3).

use std::collections::HashSet;

use hayro_syntax::{
    Pdf,
    object::{Dict, Object},
};

use super::{catalog, destinations::Destinations, identity, text_of};
use crate::text::wording;

/// Most titles that are read.
const MOST: usize = 100_000;

/// A title of the outline.
#[derive(Debug, Clone)]
pub struct Entry {
    /// From 1.
    pub level: u8,
    pub title: String,
    /// Page, from 1.
    pub page: usize,
}

/// All titles in order; empty where there is no outline.
pub fn read<'a>(pdf: &'a Pdf, places: &Destinations<'a>) -> Vec<Entry> {
    let first = |holder: &Dict<'a>| holder.get::<Dict<'a>>("First");
    let root = catalog(pdf).get::<Dict<'a>>("Outlines");
    let top = root.as_ref().and_then(first).map(|first| (first, 1_u8));
    let mut waiting: Vec<(Dict<'a>, u8)> = top.into_iter().collect();
    let mut seen = HashSet::new();
    let mut entries = Vec::new();
    while let Some((item, level)) = waiting.pop() {
        let is_new = seen.insert(identity(&item));
        if !is_new || entries.len() >= MOST {
            continue;
        }
        let title = item.get::<Object<'a>>("Title");
        let title = wording::one_line(&title.and_then(text_of).unwrap_or_default());
        if let Some(place) = places.led_to(&item).filter(|_| !title.is_empty()) {
            entries.push(Entry {
                level,
                title,
                page: place.page,
            });
        }
        // What comes after it waits until all below it is read.
        waiting.extend(item.get::<Dict<'a>>("Next").map(|next| (next, level)));
        waiting.extend(first(&item).map(|first| (first, level.saturating_add(1).min(9))));
    }
    let highest = entries.iter().map(|entry| entry.level).min().unwrap_or(1);
    entries
        .iter_mut()
        .for_each(|entry| entry.level -= highest - 1);
    entries
}
