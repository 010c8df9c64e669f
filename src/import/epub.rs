//! Books (EPUB 2 and 3): the chapters of the reading order, under the titles of the table of
//! contents where they have none of their own.

mod archive;
mod package;

use std::{
    collections::HashMap,
    path::{Path, PathBuf},
};

use super::{
    ImportError,
    document::{Document, LeftOut, Location, Part},
    encoding,
    html::{self, styles::Styles},
    places, source, text,
};
use crate::text::wording;
use archive::Archive;
use package::{Entry, Package};

/// Most words of a page that only repeats the book's title and author.
const LONGEST_TITLE_PAGE: usize = 80;

/// Reads a book. `report` is called before each chapter with its number from 1 and the
/// total.
///
/// # Errors
/// Where the file is not an EPUB, is encrypted, damaged, or unpacks to more than is allowed.
pub fn read(
    path: &Path,
    bytes: &[u8],
    report: &mut dyn FnMut(usize, usize),
) -> Result<Document, ImportError> {
    read_archive(path, Archive::open(bytes)?, report)
}

/// Reads a book whose files are in a folder.
///
/// # Errors
/// As [`read`].
pub fn read_folder(
    path: &Path,
    files: Vec<(String, PathBuf)>,
    report: &mut dyn FnMut(usize, usize),
) -> Result<Document, ImportError> {
    read_archive(path, Archive::of_folder(files), report)
}

fn read_archive(
    path: &Path,
    mut archive: Archive<'_>,
    report: &mut dyn FnMut(usize, usize),
) -> Result<Document, ImportError> {
    let package = Package::read(&mut archive)?;
    let mut book = Document {
        has_looks: true,
        ..Document::default()
    };
    let mut shift = 0;
    let styles = styles(&mut archive, &package)?;
    for (number, name) in (1..).zip(&package.chapters) {
        report(number, package.chapters.len());
        let Some(bytes) = archive.read(name)? else {
            book.unsure
                .push(format!("Chapter `{name}` is missing from the file."));
            continue;
        };
        if source::refuse(&bytes).is_err() || memchr::memchr(0, &bytes).is_some() {
            let left = LeftOut::new(Location::Somewhere, name.as_str(), "picture of the book");
            book.left_out.push(left);
            continue;
        }
        let (text, unsure) = encoding::decode(&bytes);
        let mut chapter = chapter(&text, &styles, package.pages.get(name))?;
        let file = format!("{}/{name}", path.display());
        places::qualify(&mut chapter, &file);
        book.unsure
            .extend(unsure.map(|words| format!("`{name}`: {words}")));
        if package.contents_page.as_ref() == Some(name) && chapter.first().is_none() {
            book.left_out.append(&mut chapter.left_out);
            continue;
        }
        let is_named = package.title_pages.contains(name)
            || (number <= 2 && is_bare_title(&chapter, package.title.as_deref()));
        if package.chapters.len() > 1 && is_title_page(&text, is_named, &chapter) {
            book.left_out.push(LeftOut::new(
                Location::Somewhere,
                words(&chapter),
                "title page",
            ));
            book.left_out.append(&mut chapter.left_out);
            continue;
        }
        let entries = package.contents.get(name).map_or(&[][..], Vec::as_slice);
        book.parts.push(Part::Anchor(file.clone()));
        add(&mut book, chapter, entries, &file, &mut shift);
    }
    Ok(Document {
        title: package.title,
        author: package.author,
        published: package.published,
        language: package.language,
        source: package.source,
        ..book
    })
}

/// A chapter, whatever the book says that it is.
fn chapter(
    text: &str,
    styles: &Styles,
    pages: Option<&HashMap<String, String>>,
) -> Result<Document, ImportError> {
    let begins = text.trim_start_matches('\u{feff}').trim_start();
    if begins.starts_with('<') || text.contains("</") || text.contains("/>") {
        html::read_chapter(text, styles, pages)
    } else {
        Ok(text::read(text))
    }
}

/// What the style sheets of a book say.
fn styles(archive: &mut Archive<'_>, package: &Package) -> Result<Styles, ImportError> {
    let mut styles = Styles::default();
    for name in &package.style_sheets {
        if let Some(bytes) = archive.read(name)? {
            styles.add(&encoding::decode(&bytes).0);
        }
    }
    Ok(styles)
}

/// Adds a chapter: its headings stand as deep as the table of contents has it. A chapter that it
/// does not name goes on as the one before; entries that name a place in it are titles there.
fn add(book: &mut Document, mut chapter: Document, entries: &[Entry], file: &str, shift: &mut i16) {
    let (whole, within) = match entries.split_first() {
        Some((first, rest)) if is_start(&chapter, &first.id, file) => (Some(first), rest),
        _ => (None, entries),
    };
    if let Some(Entry { level, title, .. }) = whole {
        let is_named = |other: &str| wording::kebab(other) == wording::kebab(title);
        let named = chapter
            .headings()
            .position(|(_, heading)| is_named(heading));
        // What stands above the heading that is named stays above it.
        let own = named.and_then(|at| chapter.headings().take(at + 1).map(|(own, _)| own).min());
        let first = own.or_else(|| chapter.headings().next().map(|(own, _)| own));
        if own.is_none() && !begins_with_heading(&chapter) {
            *shift = first
                .map_or(0, |first| i16::from(*level) + 1 - i16::from(first))
                .max(0);
            book.heading(*level, title.clone());
        } else {
            *shift = first.map_or(0, |first| i16::from(*level) - i16::from(first));
        }
    }
    for part in &mut chapter.parts {
        if let Part::Heading { level, .. } = part {
            *level = u8::try_from((i16::from(*level) + *shift).clamp(1, 9)).unwrap_or(1);
        }
    }
    within
        .iter()
        .for_each(|entry| put_title(&mut chapter.parts, entry, file));
    book.parts.append(&mut chapter.parts);
    book.left_out.append(&mut chapter.left_out);
}

/// Whether an id names the start of a chapter, or nothing in it.
fn is_start(chapter: &Document, id: &str, file: &str) -> bool {
    let name = format!("{file}#{id}");
    let is_it = |part: &Part| matches!(part, Part::Anchor(own) if *own == name);
    let is_known = chapter.parts.iter().any(is_it);
    let start = chapter.parts.iter().take_while(|part| part.is_mark());
    !is_known || start.into_iter().any(is_it)
}

/// Makes an entry of the contents the title of the place that it names, unless one is there.
fn put_title(parts: &mut Vec<Part>, entry: &Entry, file: &str) {
    let name = format!("{file}#{}", entry.id);
    let Some(at) = parts
        .iter()
        .position(|part| matches!(part, Part::Anchor(own) if *own == name))
    else {
        return;
    };
    let next = parts
        .iter()
        .skip(at)
        .position(|part| !part.is_mark())
        .map(|next| at + next);
    let is_same = |part: &Part| wording::kebab(part.text()) == wording::kebab(&entry.title);
    let heading = Part::Heading {
        level: entry.level,
        title: entry.title.clone(),
    };
    match next.and_then(|next| Some((next, parts.get_mut(next)?))) {
        Some((_, Part::Heading { .. })) => {}
        Some((_, part)) if is_same(part) => *part = heading,
        Some((next, _)) => parts.insert(next, heading),
        None => {}
    }
}

fn begins_with_heading(chapter: &Document) -> bool {
    matches!(chapter.first(), Some(Part::Heading { .. }))
}

/// Whether a page at the start of a book holds little but its title.
fn is_bare_title(chapter: &Document, title: Option<&str>) -> bool {
    let first = chapter.headings().next().map(|(_, heading)| heading);
    first.is_some() && first == title && words(chapter).split_whitespace().count() <= 30
}

/// Covers, title pages and printed tables of contents, by what the page calls itself.
fn is_title_page(text: &str, is_named: bool, chapter: &Document) -> bool {
    const KINDS: &[&str] = &[
        "\"cover\"",
        "titlepage",
        "halftitlepage",
        "\"toc\"",
        "landmarks",
    ];
    let types = text
        .match_indices("epub:type=")
        .filter_map(|(at, _)| text.get(at..))
        .map(|rest| rest.chars().take(40).collect::<String>());
    let is_kind = types
        .into_iter()
        .any(|kind| KINDS.iter().any(|word| kind.contains(word)));
    (is_kind || is_named) && words(chapter).split_whitespace().count() <= LONGEST_TITLE_PAGE
}

fn words(chapter: &Document) -> String {
    let texts = chapter.parts.iter().map(Part::text);
    texts.collect::<Vec<_>>().join(" ")
}
