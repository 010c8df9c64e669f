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
    /// The name of the file that holds the table of contents.
    pub contents_page: Option<String>,
    /// Names of its style sheets, by name.
    pub style_sheets: Vec<String>,
    /// Covers and title pages, if the book marks them.
    pub title_pages: Vec<String>,
    /// The entries of the table of contents for each chapter, in order.
    pub contents: HashMap<String, Vec<Entry>>,
    /// Labels of printed pages by the ids of where they begin, for each chapter.
    pub pages: HashMap<String, HashMap<String, String>>,
}

/// An entry of a table of contents.
#[derive(Debug)]
pub struct Entry {
    pub level: u8,
    pub title: String,
    /// The id within the chapter; empty for its start.
    pub id: String,
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
        let place = archive.true_name(place);
        let document = xml(archive, &place)?
            .ok_or(ImportError::Damaged("EPUB without its package document"))?;
        let mut package = Self::described(&document);
        let mut items = items(&document, &place);
        for item in items.values_mut() {
            item.name = archive.true_name(std::mem::take(&mut item.name));
        }
        package.order(&document, &items);
        package.style_sheets = items
            .values()
            .filter(|item| item.is_style)
            .map(|item| item.name.clone())
            .collect();
        package.style_sheets.sort_unstable();
        let title_pages = title_pages(&document, &place).into_iter();
        package.title_pages = title_pages.map(|name| archive.true_name(name)).collect();
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
            .filter(|item| !item.is_style)
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
        self.contents_page = newer.map(|item| item.name.clone());
        let Some(tree) = xml(archive, &item.name)? else {
            return Ok(());
        };
        let (entries, pages) = if item.is_contents {
            (listed(&tree, "toc"), listed(&tree, "page-list"))
        } else {
            (points(&tree, "navpoint"), points(&tree, "pagetarget"))
        };
        let place = |target: &str| {
            let id = target.split_once('#').map_or("", |(_, id)| id);
            let name = archive.true_name(link::beside(&item.name, target));
            (name, link::percent_decoded(id))
        };
        for (level, title, target) in entries {
            let (name, id) = place(&target);
            self.contents
                .entry(name)
                .or_default()
                .push(Entry { level, title, id });
        }
        for (_, label, target) in pages {
            let (name, id) = place(&target);
            self.pages.entry(name).or_default().insert(id, label);
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
            is_style: kind == "text/css",
            is_contents: properties.split_whitespace().any(|word| word == "nav"),
            is_index: kind == "application/x-dtbncx+xml",
        };
        Some((document.attribute(node, "id")?.to_owned(), item))
    };
    items.filter_map(item).collect()
}

/// Entries of a list of EPUB 3, such as its table of contents: level, title, target.
fn listed(tree: &Tree, wanted: &str) -> Vec<(u8, String, String)> {
    let is_contents = |node: NodeId| {
        let kind = tree.attribute(node, "epub:type").unwrap_or("toc");
        tree.name(node) == "nav" && kind.split_whitespace().any(|kind| kind == wanted)
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

/// Entries of a list of EPUB 2.
fn points(tree: &Tree, wanted: &str) -> Vec<(u8, String, String)> {
    let points = tree.walk(ROOT).filter(|&node| tree.name(node) == wanted);
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
            .or_else(|| tree.attribute(node, "value").map(str::to_owned))
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
