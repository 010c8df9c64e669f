//! PDF files: text in reading order, without running headers and footers.

mod annotations;
mod bullets;
mod destinations;
mod faces;
mod glyphs;
mod headings;
mod kinds;
mod labels;
mod letters;
mod lines;
mod links;
mod notes;
mod outline;
mod page;
mod paragraphs;
mod regions;
mod running_lines;
mod styled;
mod tables;
mod tags;
mod usual;

use std::panic::{AssertUnwindSafe, catch_unwind};

use hayro_interpret::{
    Context, InterpreterCache, InterpreterSettings, interpret_page,
    kurbo::{Affine, Rect},
};
use hayro_syntax::{
    LoadPdfError, Pdf,
    object::{Dict, Object},
};

use super::{ImportError, document::Document};
use crate::text::wording;
use destinations::Destinations;
use faces::Faces;
use glyphs::Collector;
use links::Targets;
use page::Page;
use tags::Tags;

/// Most pages that are read.
const MOST_PAGES: usize = 10_000;

/// Reads a PDF. `report` is called before each page with its number from 1 and the total.
///
/// # Errors
/// Where it is damaged, locked, or holds no text.
pub fn read(bytes: &[u8], report: &mut dyn FnMut(usize, usize)) -> Result<Document, ImportError> {
    let pdf = open(bytes)?;
    if pdf.pages().len() > MOST_PAGES {
        return Err(ImportError::Damaged("PDF of more than 10,000 pages"));
    }
    let mut document = Document::default();
    let mut targets = Targets::default();
    let places = Destinations::of(&pdf);
    let outline = outline::read(&pdf, &places);
    let tags = Tags::read(&pdf, &places);
    let mut pages = pages(&pdf, &mut targets, &places, &tags, report);
    let mut lines = lines::of_pages(&mut pages, &tags, &mut document);
    if lines.iter().all(Vec::is_empty) {
        return Err(if pages.iter().all(|page| page.is_whole) {
            ImportError::Scanned
        } else {
            ImportError::Damaged("damaged PDF")
        });
    }
    document
        .left_out
        .extend(running_lines::leave_out(&mut lines));
    annotations::report(&pdf, &mut document);
    say(&mut document, &pages);
    let lines: Vec<_> = lines.into_iter().flatten().collect();
    let labels = labels::read(&pdf, pages.len());
    let labels = if labels.is_empty() {
        running_lines::numbers(&document.left_out, pages.len())
    } else {
        labels
    };
    let is_marked = headings::are_marked(&lines);
    paragraphs::write(lines, &outline, &targets, &labels, &mut document);
    say_unknown(&mut document);
    describe(&pdf, &mut document);
    if outline.is_empty() && !is_marked && document.headings().next().is_some() {
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

/// The library is not known to panic; a file that makes it is damaged.
fn open(bytes: &[u8]) -> Result<Pdf, ImportError> {
    match catch_unwind(|| Pdf::new(bytes.to_vec())) {
        Ok(Ok(pdf)) => Ok(pdf),
        Ok(Err(LoadPdfError::Decryption(_))) => Err(ImportError::Locked),
        _ => Err(ImportError::Damaged("damaged or truncated PDF")),
    }
}

/// What each page shows.
fn pages<'a>(
    pdf: &'a Pdf,
    targets: &mut Targets,
    places: &Destinations<'a>,
    tags: &Tags,
    report: &mut dyn FnMut(usize, usize),
) -> Vec<Page> {
    let settings = InterpreterSettings::default();
    let cache = InterpreterCache::new();
    let mut faces = Faces::new(settings.clone());
    let mut pages = Vec::new();
    for (number, page) in (1..).zip(pdf.pages().iter()) {
        report(number, pdf.pages().len());
        let areas = targets.areas(page, places);
        faces.add(page.resources(), 0);
        let (width, height) = page.render_dimensions();
        let bounds = Rect::new(0.0, 0.0, width.into(), height.into());
        let mut context = Context::new(space(page), bounds, &cache, pdf.xref(), settings.clone());
        let mut collector = Collector::of(number, &areas, &mut faces, tags);
        let draw = AssertUnwindSafe(|| interpret_page(page, &mut context, &mut collector));
        let is_whole = catch_unwind(draw).is_ok();
        pages.push(collector.finish(is_whole));
    }
    pages
}

/// How the space of a page lies on what is shown of it, with `y` growing upward.
fn space(page: &hayro_syntax::page::Page<'_>) -> Affine {
    Affine::new(page.initial_transform(false).as_coeffs())
}

/// The root of all objects; empty where it is missing.
fn catalog(pdf: &Pdf) -> Dict<'_> {
    pdf.xref()
        .get::<Dict<'_>>(pdf.xref().root_id())
        .unwrap_or_default()
}

/// What tells a dictionary from all others: where it is written.
fn identity(dictionary: &Dict<'_>) -> usize {
    dictionary.data().as_ptr() as usize
}

/// Warns of pages that could not be read or have no text.
fn say(document: &mut Document, pages: &[Page]) {
    let all = |is_so: fn(&Page) -> bool| -> Vec<String> {
        let numbered = (1..).zip(pages);
        let chosen = numbered.filter(|(_, page)| is_so(page));
        chosen
            .map(|(number, _): (usize, _)| number.to_string())
            .collect()
    };
    let unread = all(|page| !page.is_whole && page.letters == 0);
    let cut = all(|page| !page.is_whole && page.letters > 0);
    for (numbers, what) in [(unread, "could not be read"), (cut, "read only in part")] {
        if !numbers.is_empty() {
            let count = wording::count(numbers.len(), "page");
            let numbers = numbers.join(", ");
            document.unsure.push(format!("{count} {what}: {numbers}."));
        }
    }
    let empty = all(|page| page.is_whole && page.letters == 0).len();
    if empty > 0 {
        document.unsure.push(format!(
            "{} without text: images or scans.",
            wording::count(empty, "page")
        ));
    }
}

/// Warns of letters whose fonts do not say which they are.
fn say_unknown(document: &mut Document) {
    let (mut letters, mut unknown) = (0, 0);
    for part in &document.parts {
        for letter in part.text().chars().filter(|c| !c.is_whitespace()) {
            letters += 1;
            unknown += usize::from(letter == letters::UNKNOWN);
        }
    }
    if unknown > 0 {
        document.unsure.push(format!(
            "{} ({} %) could not be decoded: their fonts do not say which they are.",
            wording::count(unknown, "character"),
            (unknown * 100).div_ceil(letters)
        ));
    }
}

/// Metadata of the file's information dictionary (ISO 32000, 14.3.3).
fn describe(pdf: &Pdf, document: &mut Document) {
    let said = |bytes: &Option<Box<[u8]>>| {
        let words = wording::one_line(&text_string(bytes.as_ref()?));
        Some(words).filter(|words| !words.is_empty() && words.chars().any(char::is_alphabetic))
    };
    let is_title = |title: &String| {
        !title.contains(".doc") && !title.starts_with("Microsoft") && !title.starts_with("file:")
    };
    let info = pdf.metadata();
    document.author = said(&info.author);
    document.title = said(&info.title).filter(is_title).or(document.title.take());
    let language = catalog(pdf).get::<Object<'_>>("Lang").and_then(text_of);
    document.language = language.filter(|language| !language.is_empty());
}

/// The text of an object that is a text string.
fn text_of(object: Object<'_>) -> Option<String> {
    object
        .into_string()
        .map(|text| text_string(text.as_bytes()))
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
