//! PDF files: text in reading order, without what runs from page to page.

mod glyphs;
mod lines;
mod paragraphs;
mod running;
mod tables;
mod widths;

use std::panic::{AssertUnwindSafe, catch_unwind};

use pdf_extract::{Document as Pdf, Object, output_doc_page};

use super::{ImportError, document::Document};
use crate::wording;
use glyphs::{Collector, Page};
use paragraphs::Entry;

/// Most pages that are read.
const MOST_PAGES: usize = 10_000;

/// Reads a PDF. `tell` is called before each page with its number from 1 and how many there are.
///
/// # Errors
/// Where it is damaged, locked, or holds no text.
pub fn read(bytes: &[u8], tell: &mut dyn FnMut(usize, usize)) -> Result<Document, ImportError> {
    let pdf = open(bytes)?;
    let count = pdf.get_pages().len();
    if count > MOST_PAGES {
        return Err(ImportError::Damaged("a PDF of more than 10,000 pages"));
    }
    let mut document = Document::default();
    let mut pages = Vec::new();
    let mut unread = Vec::new();
    let mut turned = 0;
    for number in 1..=count {
        tell(number, count);
        match page(&pdf, number) {
            Some(page) => {
                turned += page.turned;
                pages.push(lines::of_page(&page, number));
            }
            None => unread.push(number.to_string()),
        }
    }
    if pages.iter().all(Vec::is_empty) {
        return Err(if unread.is_empty() { ImportError::Scanned } else { ImportError::Damaged("a PDF that is damaged") });
    }
    document.left_out = running::leave_out(&mut pages);
    say(&mut document, &pages, &unread, turned);
    let outline = outline(&pdf);
    let lines: Vec<_> = pages.into_iter().flatten().collect();
    paragraphs::write(&lines, &outline, &mut document);
    describe(&pdf, &mut document);
    if outline.is_empty() && document.headings().next().is_some() {
        document.unsure.push("It has no outline; titles were told by the size of their type.".into());
        document.level_up();
    }
    document.find_letters();
    Ok(document)
}

/// The library panics on odd files.
fn open(bytes: &[u8]) -> Result<Pdf, ImportError> {
    let damaged = ImportError::Damaged("a PDF that is damaged or cut off");
    let Ok(loaded) = catch_unwind(|| Pdf::load_mem(bytes)) else { return Err(damaged) };
    let mut pdf = match loaded {
        Ok(pdf) => pdf,
        Err(pdf_extract::Error::InvalidPassword | pdf_extract::Error::Decryption(_)) => return Err(ImportError::Locked),
        Err(_) => return Err(damaged),
    };
    // Many files are locked with an empty password, which only asks programs not to print.
    let opened = !pdf.is_encrypted() || catch_unwind(AssertUnwindSafe(|| pdf.decrypt("").is_ok())).unwrap_or(false);
    widths::rewrite(&mut pdf);
    if opened { Ok(pdf) } else { Err(ImportError::Locked) }
}

fn page(pdf: &Pdf, number: usize) -> Option<Page> {
    let number = u32::try_from(number).ok()?;
    let read = catch_unwind(AssertUnwindSafe(|| {
        let mut collector = Collector::default();
        let result = output_doc_page(pdf, &mut collector, number);
        result.is_ok().then_some(collector.page)
    }));
    read.ok().flatten()
}

/// What the reader should know of pages.
fn say(document: &mut Document, pages: &[Vec<lines::Line>], unread: &[String], turned: usize) {
    if !unread.is_empty() {
        document.unsure.push(format!("{} could not be read: {}.", wording::count(unread.len(), "page"), unread.join(", ")));
    }
    let empty = pages.iter().filter(|page| page.is_empty()).count();
    if empty > 0 {
        document.unsure.push(format!("{} without text: pictures, or scanned.", wording::count(empty, "page")));
    }
    if turned > 0 {
        document.unsure.push(format!("{} that stand sideways were left out.", wording::count(turned, "character")));
    }
}

/// Titles with level and page; empty where there is no outline.
fn outline(pdf: &Pdf) -> Vec<Entry> {
    let toc = catch_unwind(AssertUnwindSafe(|| pdf.get_toc().ok())).ok().flatten();
    let entries = toc.into_iter().flat_map(|toc| toc.toc);
    let entry = |level: usize, title: String, page: usize| Entry {
        level: u8::try_from(level.clamp(1, 9)).unwrap_or(1),
        title: wording::one_line(&title),
        page,
    };
    let all: Vec<Entry> = entries.map(|item| entry(item.level, item.title, item.page)).filter(|entry| !entry.title.is_empty()).collect();
    let highest = all.iter().map(|entry| entry.level).min().unwrap_or(1);
    all.into_iter().map(|entry| Entry { level: entry.level - highest + 1, ..entry }).collect()
}

/// What the file's information dictionary says (ISO 32000, 14.3.3).
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
    document.title =
        said(b"Title").filter(|title| !title.contains(".doc") && !title.starts_with("Microsoft") && !title.starts_with("file:"));
}

/// A text string of a PDF: UTF-16 or UTF-8 by its mark, else Latin (ISO 32000, 7.9.2.2).
fn text_string(bytes: &[u8]) -> String {
    if bytes.starts_with(b"\xfe\xff") || bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xef\xbb\xbf") {
        return super::encoding::decode(bytes).0;
    }
    bytes.iter().map(|&byte| char::from(byte)).collect()
}
