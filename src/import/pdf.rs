//! PDF files: text in reading order, without running headers and footers.

mod bullets;
mod contents;
mod destinations;
mod fonts;
mod glyphs;
mod headings;
mod lines;
mod links;
mod notes;
mod outline;
mod page;
mod paragraphs;
mod running_lines;
mod styled;
mod tables;
mod usual;
mod widths;

use std::panic::{AssertUnwindSafe, catch_unwind};

use pdf_extract::{Document as Pdf, Object, ObjectId, output_doc_page};

use super::{ImportError, document::Document};
use crate::text::wording;
use destinations::Destinations;
use glyphs::Collector;
use links::Targets;
use page::{Area, Page};

/// Most pages that are read.
const MOST_PAGES: usize = 10_000;

/// Reads a PDF. `report` is called before each page with its number from 1 and the total.
///
/// # Errors
/// Where it is damaged, locked, or holds no text.
pub fn read(bytes: &[u8], report: &mut dyn FnMut(usize, usize)) -> Result<Document, ImportError> {
    let mut pdf = open(bytes)?;
    let ids: Vec<ObjectId> = pdf.get_pages().into_values().collect();
    if ids.len() > MOST_PAGES {
        return Err(ImportError::Damaged("PDF of more than 10,000 pages"));
    }
    let mut targets = Targets::default();
    let places = Destinations::of(&pdf);
    let outline = outline::read(&pdf, &places);
    let areas: Vec<Vec<Area>> = ids
        .iter()
        .map(|id| targets.areas(&pdf, &places, *id))
        .collect();
    let mut document = Document::default();
    let mut pages = Vec::new();
    let mut unread = Vec::new();
    let mut turned = 0;
    let scratch = pdf.new_object_id();
    for (number, (id, areas)) in (1..).zip(ids.iter().zip(&areas)) {
        report(number, ids.len());
        match page(&mut pdf, (number, *id), scratch, areas) {
            Some(page) => {
                turned += page.turned;
                pages.push(lines::of_page(&page, number));
            }
            None => unread.push(number.to_string()),
        }
    }
    if pages.iter().all(Vec::is_empty) {
        return Err(if unread.is_empty() {
            ImportError::Scanned
        } else {
            ImportError::Damaged("damaged PDF")
        });
    }
    document.left_out = running_lines::leave_out(&mut pages);
    say(&mut document, &pages, &unread, turned);
    let lines: Vec<_> = pages.into_iter().flatten().collect();
    paragraphs::write(lines, &outline, &targets, &mut document);
    describe(&pdf, &mut document);
    if outline.is_empty() && document.headings().next().is_some() {
        document
            .unsure
            .push("No outline; headings were inferred from font size and weight.".into());
        document.level_up();
    }
    document.drop_title();
    document.find_headings();
    document.find_letters();
    Ok(document)
}

/// The library panics on odd files.
fn open(bytes: &[u8]) -> Result<Pdf, ImportError> {
    let damaged = ImportError::Damaged("damaged or truncated PDF");
    let Ok(loaded) = catch_unwind(|| Pdf::load_mem(bytes)) else {
        return Err(damaged);
    };
    let mut pdf = match loaded {
        Ok(pdf) => pdf,
        Err(pdf_extract::Error::InvalidPassword | pdf_extract::Error::Decryption(_)) => {
            return Err(ImportError::Locked);
        }
        Err(_) => return Err(damaged),
    };
    // Many files are locked with an empty password, which only asks programs not to print.
    let opened = !pdf.is_encrypted()
        || catch_unwind(AssertUnwindSafe(|| pdf.decrypt("").is_ok())).unwrap_or(false);
    widths::rewrite(&mut pdf);
    if opened {
        Ok(pdf)
    } else {
        Err(ImportError::Locked)
    }
}

/// Reads a page through the object `scratch`; the library panics on odd ones.
fn page(
    pdf: &mut Pdf,
    (number, id): (usize, ObjectId),
    scratch: ObjectId,
    areas: &[Area],
) -> Option<Page> {
    let number = u32::try_from(number).ok()?;
    let read = catch_unwind(AssertUnwindSafe(|| {
        contents::make_plain(pdf, id, scratch)?;
        let mut collector = Collector::of(areas);
        output_doc_page(pdf, &mut collector, number).ok()?;
        Some(collector.page)
    }));
    read.ok().flatten()
}

/// Warns of pages that could not be read or have no text.
fn say(document: &mut Document, pages: &[Vec<lines::Line>], unread: &[String], turned: usize) {
    if !unread.is_empty() {
        document.unsure.push(format!(
            "{} could not be read: {}.",
            wording::count(unread.len(), "page"),
            unread.join(", ")
        ));
    }
    let empty = pages.iter().filter(|page| page.is_empty()).count();
    if empty > 0 {
        document.unsure.push(format!(
            "{} without text: images or scans.",
            wording::count(empty, "page")
        ));
    }
    if turned > 0 {
        document.unsure.push(format!(
            "{} of rotated text skipped.",
            wording::count(turned, "character")
        ));
    }
}

/// Metadata of the file's information dictionary (ISO 32000, 14.3.3).
fn describe(pdf: &Pdf, document: &mut Document) {
    let info = pdf.trailer.get(b"Info").ok().and_then(|info| match info {
        Object::Reference(id) => pdf.get_object(*id).ok(),
        other => Some(other),
    });
    let info = info.and_then(|info| info.as_dict().ok());
    let said = |key: &[u8]| {
        let bytes = info?.get(key).ok()?.as_str().ok()?;
        let words = wording::one_line(&text_string(bytes));
        Some(words).filter(|words| !words.is_empty() && words.chars().any(char::is_alphabetic))
    };
    document.author = said(b"Author");
    let is_title = |title: &String| {
        !title.contains(".doc") && !title.starts_with("Microsoft") && !title.starts_with("file:")
    };
    document.title = said(b"Title").filter(is_title).or(document.title.take());
}

/// A text string of a PDF: UTF-16 or UTF-8 by its mark, else Latin (ISO 32000, 7.9.2.2).
fn text_string(bytes: &[u8]) -> String {
    if bytes.starts_with(b"\xfe\xff")
        || bytes.starts_with(b"\xff\xfe")
        || bytes.starts_with(b"\xef\xbb\xbf")
    {
        return super::encoding::decode(bytes).0;
    }
    bytes.iter().map(|&byte| char::from(byte)).collect()
}
