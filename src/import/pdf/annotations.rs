//! What people wrote onto the pages of a PDF (ISO 32000, 12.5): notes, and form fields without a
//! picture of their value. What has one is read with the page.

use hayro_syntax::{
    Pdf,
    object::{Array, Dict, Name, Object},
};

use super::{
    super::document::{Document, LeftOut, Location},
    text_of,
};
use crate::text::wording;

/// Most that are read of a page.
const MOST: usize = 10_000;

/// Reports those that are not part of the text.
pub fn report(pdf: &Pdf, document: &mut Document) {
    for (number, page) in (1..).zip(pdf.pages().iter()) {
        let all = page.raw().get::<Array<'_>>("Annots").unwrap_or_default();
        for annotation in all.iter::<Dict<'_>>().take(MOST) {
            if let Some((text, reason)) = written(&annotation) {
                let place = Location::Page(number);
                document.left_out.push(LeftOut::new(place, text, reason));
            }
        }
    }
}

/// The text of an annotation that the page does not show, and what it is.
fn written(annotation: &Dict<'_>) -> Option<(String, &'static str)> {
    let kind = annotation.get::<Name<'_>>("Subtype")?;
    let said = |of: &Dict<'_>, key: &str| {
        let text = wording::one_line(&text_of(of.get::<Object<'_>>(key)?)?);
        Some(text).filter(|text| !text.is_empty())
    };
    let is_shown = annotation.contains_key("AP");
    match &*kind {
        b"Widget" if !is_shown => {
            let parent = annotation.get::<Dict<'_>>("Parent").unwrap_or_default();
            let value = said(annotation, "V").or_else(|| said(&parent, "V"))?;
            Some((value, "form field"))
        }
        b"FreeText" if is_shown => None,
        b"Link" | b"Widget" | b"Popup" => None,
        _ => Some((said(annotation, "Contents")?, "note on the page")),
    }
}
