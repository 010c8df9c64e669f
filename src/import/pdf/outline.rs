//! The outline of a PDF, which viewers show as its bookmarks (ISO 32000, 12.3.3).

use std::collections::HashSet;

use pdf_extract::{Document as Pdf, Object, ObjectId};

use super::{destinations::Destinations, text_string};
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
pub fn read(pdf: &Pdf, places: &Destinations<'_>) -> Vec<Entry> {
    let root = pdf
        .catalog()
        .ok()
        .and_then(|catalog| catalog.get_deref(b"Outlines", pdf).ok())
        .and_then(|root| root.as_dict().ok());
    let first =
        |holder: &pdf_extract::Dictionary| holder.get(b"First").and_then(Object::as_reference).ok();
    let mut waiting: Vec<(ObjectId, u8)> = root
        .and_then(first)
        .map(|first| (first, 1))
        .into_iter()
        .collect();
    let mut seen = HashSet::new();
    let mut entries = Vec::new();
    while let Some((id, level)) = waiting.pop() {
        let Ok(item) = pdf.get_dictionary(id) else {
            continue;
        };
        if !seen.insert(id) || entries.len() >= MOST {
            continue;
        }
        let title = item
            .get_deref(b"Title", pdf)
            .and_then(Object::as_str)
            .map(text_string)
            .unwrap_or_default();
        let title = wording::one_line(&title);
        if let Some(place) = places.led_to(item).filter(|_| !title.is_empty()) {
            entries.push(Entry {
                level,
                title,
                page: place.page,
            });
        }
        // What comes after it waits until all below it is read.
        waiting.extend(
            item.get(b"Next")
                .and_then(Object::as_reference)
                .map(|next| (next, level)),
        );
        waiting.extend(first(item).map(|first| (first, level.saturating_add(1).min(9))));
    }
    let highest = entries.iter().map(|entry| entry.level).min().unwrap_or(1);
    entries
        .iter_mut()
        .for_each(|entry| entry.level -= highest - 1);
    entries
}
