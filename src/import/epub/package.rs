//! The package of an EPUB (EPUB 3.3 and 2.0.1): metadata, reading order, table of contents.

use std::collections::HashMap;

use super::archive::Archive;
use crate::{
    import::{
        ImportError, encoding,
        html::{
            tree::{self, NodeId, ROOT, Tree},
            xhtml,
        },
        link,
    },
    text::wording,
};

const CONTAINER: &str = "META-INF/container.xml";
const ENCRYPTION: &str = "META-INF/encryption.xml";

/// The package document of a book.
#[derive(Debug, Default)]
pub struct Package {
    pub title: Option<String>,
    pub author: Option<String>,
    pub published: Option<String>,
    pub language: Option<String>,
    pub source: Option<String>,
    /// Names of the chapters in the archive, in reading order.
    pub chapters: Vec<String>,
    /// Names of its style sheets, by name.
    pub style_sheets: Vec<String>,
    /// Covers and title pages, if the book marks them.
    pub title_pages: Vec<String>,
    /// Level and title of the first entry for each chapter in the table of contents.
    pub contents: HashMap<String, (u8, String)>,
}

impl Package {
    /// Reads a book's package.
    ///
    /// # Errors
    /// Where the archive is not a book, is encrypted or damaged.
    pub fn read(archive: &mut Archive<'_>) -> Result<Self, ImportError> {
        let container = xml(archive, CONTAINER)?.ok_or_else(|| no_book(archive))?;
        let rootfile = container
            .first(ROOT, "rootfile")
            .and_then(|node| container.attribute(node, "full-path"));
        let place = rootfile
            .ok_or(ImportError::Damaged("EPUB without a container document"))?
            .to_owned();
        let document = xml(archive, &place)?
            .ok_or(ImportError::Damaged("EPUB without its package document"))?;
        let mut package = Self::described(&document);
        let items = items(&document, &place);
        package.order(&document, &items);
        package.style_sheets = items
            .values()
            .filter(|item| item.is_style)
            .map(|item| item.name.clone())
            .collect();
        package.style_sheets.sort_unstable();
        package.title_pages = title_pages(&document, &place);
        let locked = xml(archive, ENCRYPTION)?;
        if locked.is_some_and(|locked| package.is_locked(&locked)) {
            return Err(ImportError::Locked);
        }
        package.contents(archive, &items)?;
        Ok(package)
    }

    fn described(document: &Tree) -> Self {
        let said = |names: &[&str]| {
            let found = names.iter().find_map(|name| document.first(ROOT, name));
            found
                .map(|node| wording::one_line(&document.text(node)))
                .filter(|words| !words.is_empty())
        };
        Self {
            title: said(&["dc:title", "title"]),
            author: said(&["dc:creator", "creator"]),
            published: said(&["dc:date", "date"]).and_then(|date| crate::import::date(&date)),
            language: said(&["dc:language", "language"]),
            source: said(&["dc:source"]).filter(|source| source.starts_with("http")),
            ..Self::default()
        }
    }

    fn order(&mut self, document: &Tree, items: &HashMap<String, Item>) {
        let refs = document
            .walk(ROOT)
            .filter(|&node| document.name(node) == "itemref");
        let chapters = refs.filter_map(|node| items.get(document.attribute(node, "idref")?));
        self.chapters = chapters
            .filter(|item| item.is_text && !item.is_contents)
            .map(|item| item.name.clone())
            .collect();
    }

    /// Whether a chapter is encrypted; fonts may be.
    fn is_locked(&self, locked: &Tree) -> bool {
        let uris = locked
            .walk(ROOT)
            .filter_map(|node| locked.attribute(node, "uri"));
        uris.into_iter()
            .any(|uri| self.chapters.contains(&link::beside("", uri)))
    }

    fn contents(
        &mut self,
        archive: &mut Archive<'_>,
        items: &HashMap<String, Item>,
    ) -> Result<(), ImportError> {
        let newer = items.values().find(|item| item.is_contents);
        let older = items
            .values()
            .filter(|item| item.is_index)
            .min_by_key(|item| &item.name);
        let Some(item) = newer.or(older) else {
            return Ok(());
        };
        let Some(tree) = xml(archive, &item.name)? else {
            return Ok(());
        };
        let entries = if item.is_contents {
            listed(&tree)
        } else {
            points(&tree)
        };
        for (level, title, target) in entries {
            let name = link::beside(&item.name, &target);
            self.contents.entry(name).or_insert((level, title));
        }
        Ok(())
    }
}

/// What EPUB 2 calls its cover and title page (OPF 2.0.1, 2.6).
fn title_pages(document: &Tree, place: &str) -> Vec<String> {
    let is_kind = |kind: &str| matches!(kind, "cover" | "title-page" | "titlepage");
    let references = document
        .walk(ROOT)
        .filter(|&node| document.name(node) == "reference");
    let pages = references.filter(|&node| document.attribute(node, "type").is_some_and(is_kind));
    pages
        .filter_map(|node| document.attribute(node, "href"))
        .map(|href| link::beside(place, href))
        .collect()
}

/// A file that the package names.
struct Item {
    name: String,
    is_text: bool,
    is_style: bool,
    /// The table of contents of EPUB 3.
    is_contents: bool,
    /// That of EPUB 2.
    is_index: bool,
}

fn items(document: &Tree, place: &str) -> HashMap<String, Item> {
    let items = document
        .walk(ROOT)
        .filter(|&node| document.name(node) == "item");
    let item = |node: NodeId| {
        let kind = document.attribute(node, "media-type").unwrap_or_default();
        let properties = document.attribute(node, "properties").unwrap_or_default();
        let item = Item {
            name: link::beside(place, document.attribute(node, "href")?),
            is_text: kind.contains("html") || kind == "text/x-oeb1-document",
            is_style: kind == "text/css",
            is_contents: properties.split_whitespace().any(|word| word == "nav"),
            is_index: kind == "application/x-dtbncx+xml",
        };
        Some((document.attribute(node, "id")?.to_owned(), item))
    };
    items.filter_map(item).collect()
}

/// Entries of an EPUB 3 table of contents: level, title, target.
fn listed(tree: &Tree) -> Vec<(u8, String, String)> {
    let is_contents = |node: NodeId| {
        tree.name(node) == "nav"
            && tree
                .attribute(node, "epub:type")
                .is_none_or(|kind| kind.contains("toc"))
    };
    let Some(nav) = tree.first_where(ROOT, is_contents) else {
        return Vec::new();
    };
    let links = tree.walk(nav).filter(|&node| tree.name(node) == "a");
    let depth = |node: NodeId| {
        tree.above(node)
            .filter(|&above| matches!(tree.name(above), "ol" | "ul"))
            .count()
    };
    links
        .filter_map(|node| entry(depth(node), tree.words(node), tree.attribute(node, "href")))
        .collect()
}

/// Entries of an EPUB 2 table of contents.
fn points(tree: &Tree) -> Vec<(u8, String, String)> {
    let points = tree
        .walk(ROOT)
        .filter(|&node| tree.name(node) == "navpoint");
    let depth = |node: NodeId| {
        1 + tree
            .above(node)
            .filter(|&above| tree.name(above) == "navpoint")
            .count()
    };
    let read = |node: NodeId| {
        let child = |name: &str| {
            tree.children(node)
                .iter()
                .copied()
                .find(|&child| tree.name(child) == name)
        };
        let title = child("navlabel")
            .map(|label| tree.words(label))
            .unwrap_or_default();
        entry(
            depth(node),
            title,
            child("content").and_then(|content| tree.attribute(content, "src")),
        )
    };
    points.filter_map(read).collect()
}

fn entry(depth: usize, title: String, target: Option<&str>) -> Option<(u8, String, String)> {
    let level = u8::try_from(depth.clamp(1, 6)).unwrap_or(6);
    (!title.is_empty()).then_some((level, title, target?.to_owned()))
}

/// Reads an XML entry as a tree.
fn xml(archive: &mut Archive<'_>, name: &str) -> Result<Option<Tree>, ImportError> {
    let Some(bytes) = archive.read(name)? else {
        return Ok(None);
    };
    let (text, _) = encoding::decode(&bytes);
    Ok(Some(
        tree::parse(&xhtml::expand(&text)).map_err(|_| ImportError::TooDeep(tree::DEEPEST))?,
    ))
}

/// Names the kind of an archive that is not an EPUB.
fn no_book(archive: &Archive<'_>) -> ImportError {
    const KNOWN: &[(&str, &str)] = &[
        ("word/document.xml", "a Word document"),
        ("content.xml", "an OpenDocument file"),
        ("xl/workbook.xml", "an Excel workbook"),
        ("ppt/presentation.xml", "a PowerPoint presentation"),
    ];
    let known = KNOWN.iter().find(|(name, _)| archive.has(name));
    ImportError::NotText(known.map_or("a ZIP archive, not an EPUB", |(_, kind)| kind))
}
