//! Books (EPUB 2 and 3): the chapters of the reading order, under the titles of the table of
//! contents where they have none of their own.

mod archive;
mod package;

use std::path::Path;

use super::{
    ImportError,
    document::{Document, LeftOut, Location, Part},
    encoding,
    html::{self, styles::Styles},
    places,
};
use crate::text::wording;
use archive::Archive;
use package::Package;

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
    let mut archive = Archive::open(bytes)?;
    let package = Package::read(&mut archive)?;
    let mut book = Document::default();
    let mut shift = 0;
    let styles = styles(&mut archive, &package)?;
    for (number, name) in (1..).zip(&package.chapters) {
        report(number, package.chapters.len());
        let Some(bytes) = archive.read(name)? else {
            book.unsure
                .push(format!("Chapter `{name}` is missing from the file."));
            continue;
        };
        let (text, unsure) = encoding::decode(&bytes);
        let mut chapter = html::read_chapter(&text, &styles)?;
        let file = format!("{}/{name}", path.display());
        places::qualify(&mut chapter, &file);
        book.unsure
            .extend(unsure.map(|words| format!("`{name}`: {words}")));
        let is_named = package.title_pages.contains(name)
            || (number <= 2 && is_bare_title(&chapter, package.title.as_deref()));
        if is_title_page(&text, is_named, &chapter) {
            book.left_out.push(LeftOut::new(
                Location::Somewhere,
                words(&chapter),
                "title page",
            ));
            continue;
        }
        book.parts.push(Part::Anchor(file));
        add(&mut book, chapter, package.contents.get(name), &mut shift);
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
/// does not name goes on as the one before.
fn add(book: &mut Document, mut chapter: Document, entry: Option<&(u8, String)>, shift: &mut i16) {
    if let Some((level, title)) = entry {
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
    book.parts.append(&mut chapter.parts);
    book.left_out.append(&mut chapter.left_out);
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
    let texts = chapter.parts.iter().map(|part| match part {
        Part::Heading { title, .. } => title.as_str(),
        Part::Block(block) => block.text.as_str(),
        Part::Anchor(_) | Part::Page(_) => "",
    });
    texts.collect::<Vec<_>>().join(" ")
}
