//! Web pages: saved from a browser, written by word processors or by this program.

mod boilerplate;
mod content;
pub mod numerals;
pub mod styles;
mod table;
pub mod tree;
mod walk;
pub mod xhtml;

use std::borrow::Cow;

use super::{
    ImportError, boilerplate as phrases,
    document::{Document, LeftOut, Location, Part},
};
use crate::{report::BlockKind, text::wording};
use content::Content;
use styles::Styles;
use tree::{NodeId, ROOT, Tree};
use walk::Walker;

/// Bytes at the start of a page within which a browser names where it was saved from.
const SAVED_WITHIN: usize = 2048;

/// How much of a page is text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Taken {
    /// A page from the web: boilerplate is left out.
    Saved,
    /// A chapter of a book: all of it is text.
    Whole,
}

/// Reads a page.
///
/// # Errors
/// Where it nests too deep.
pub fn read(text: &str, taken: Taken) -> Result<Document, ImportError> {
    read_with(text, taken, None, &Styles::default())
}

/// Reads a chapter of a book whose style sheets say how its classes look.
///
/// # Errors
/// As [`read`].
pub fn read_chapter(text: &str, styles: &Styles) -> Result<Document, ImportError> {
    read_with(text, Taken::Whole, None, styles)
}

/// Reads a page that something beside it names the address of.
///
/// # Errors
/// As [`read`].
pub fn read_from(text: &str, taken: Taken, address: Option<&str>) -> Result<Document, ImportError> {
    read_with(text, taken, address, &Styles::default())
}

fn read_with(
    text: &str,
    taken: Taken,
    address: Option<&str>,
    styles: &Styles,
) -> Result<Document, ImportError> {
    let text = if xhtml::is_xml(text) {
        xhtml::expand(text)
    } else {
        Cow::Borrowed(text)
    };
    let text = text.as_ref();
    let tree = tree::parse(text).map_err(|_| ImportError::TooDeep(tree::DEEPEST))?;
    let page = Page {
        tree: &tree,
        start: text.get(..text.len().min(SAVED_WITHIN)).unwrap_or_default(),
        told: address,
    };
    let is_ours = page.meta(&["generator"]).as_deref() == Some("tip-reader");
    let is_whole = is_ours || taken == Taken::Whole;
    let content = Content::find(&tree, is_whole);
    let own = if is_whole {
        Styles::default()
    } else {
        Styles::within(&tree)
    };
    let styles = if is_whole {
        styles.of_page(&tree)
    } else {
        own.emphasis_only()
    };
    let mut walker = Walker::new(&tree, &content, styles, is_ours);
    walker.base = address.map(str::to_owned).or_else(|| page.address());
    walker.is_whole = is_whole;
    if !is_whole {
        outside(&mut walker, &content);
    }
    walker.read(content.root);
    let mut document = std::mem::take(&mut walker.document);
    if !is_ours {
        polish(&mut document);
    }
    if !is_whole {
        document.level_up();
        put_title_first(&page, content.root, &mut document);
    }
    page.describe(&mut document, is_ours);
    document.has_addresses = is_ours;
    Ok(document)
}

/// Records what is outside the text, and warns if it is much.
fn outside(walker: &mut Walker<'_>, content: &Content) {
    let tree = walker.tree;
    let (all, text) = (content.page.prose(), content.weight(content.root).prose());
    let mut inner = content.root;
    while let Some(parent) = tree.parent(inner) {
        let others: Vec<NodeId> = tree
            .children(parent)
            .iter()
            .copied()
            .filter(|&child| child != inner)
            .collect();
        for node in others {
            if !boilerplate::is_silent(tree, node) && !boilerplate::is_hidden(tree, node) {
                let reason = boilerplate::reason(tree, node, content.weight(node), content.page);
                walker.leave_out(node, reason.unwrap_or("outside the text of the web page"));
            }
        }
        inner = parent;
        if matches!(tree.name(inner), "body" | "") {
            break;
        }
    }
    if text * 10 < all * 6 {
        walker.document.unsure.push(
            "Much of the page is outside its main text; `--verbose` shows what was left out."
                .into(),
        );
    }
}

/// What words and settings say that elements do not.
fn polish(document: &mut Document) {
    document.find_headings();
    for part in &mut document.parts {
        let Part::Block(block) = part else { continue };
        if let Some(item) = bullet(&block.text, block.kind) {
            let cut = block.text.len() - item.len();
            block.text = item.to_owned();
            block.kind = BlockKind::ListItem;
            block.spans.iter_mut().for_each(|span| {
                (span.start, span.end) =
                    (span.start.saturating_sub(cut), span.end.saturating_sub(cut))
            });
            block.spans.retain(|span| span.start < span.end);
        }
    }
    document.find_letters();
    let texts = document.parts.iter().map(|part| match part {
        Part::Heading { title, .. } => title.as_str(),
        Part::Block(block) => block.text.as_str(),
        Part::Anchor(_) | Part::Page(_) => "",
    });
    let texts: Vec<&str> = texts.collect();
    let form = phrases::comment_form(texts.iter().copied());
    for part in form
        .map(|at| document.parts.split_off(at))
        .unwrap_or_default()
    {
        let text = match part {
            Part::Heading { title, .. } => title,
            Part::Block(block) => block.text,
            Part::Anchor(_) | Part::Page(_) => continue,
        };
        document.left_out.push(LeftOut::new(
            Location::Somewhere,
            text,
            "comment form of the web page",
        ));
    }
}

/// The words after a bullet that is written as text, as word processors do.
fn bullet(text: &str, kind: BlockKind) -> Option<&str> {
    let item = ["·", "•", "§", "o "]
        .iter()
        .find_map(|bullet| text.strip_prefix(bullet));
    let is_item =
        kind == BlockKind::ListItem || (kind == BlockKind::Paragraph && text.starts_with('•'));
    item.map(str::trim_start)
        .filter(|item| is_item && !item.is_empty())
}

/// A page's title may stand above the element that holds its text.
fn put_title_first(page: &Page<'_>, root: NodeId, document: &mut Document) {
    let tree = page.tree;
    let body = tree.first(ROOT, "body").unwrap_or(ROOT);
    let is_above =
        |&node: &NodeId| tree.name(node) == "h1" && !tree.above(node).any(|above| above == root);
    let named = page
        .element("title")
        .or_else(|| page.meta(&["og:title"]))
        .unwrap_or_default();
    let titles = tree
        .walk(body)
        .filter(is_above)
        .map(|node| wording::one_line(&tree.text(node)));
    let title = titles
        .into_iter()
        .find(|title| !title.is_empty() && named.contains(title.as_str()));
    let Some(title) = title else { return };
    if document.headings().any(|(_, heading)| heading == title) {
        return;
    }
    document.left_out.retain(|left| left.text != title);
    if document.headings().any(|(level, _)| level == 1) {
        document.level_down();
    }
    document.parts.insert(0, Part::Heading { level: 1, title });
}

/// The page's own metadata.
struct Page<'a> {
    tree: &'a Tree,
    start: &'a str,
    /// Its address, as something beside it says.
    told: Option<&'a str>,
}

impl Page<'_> {
    /// The first `<meta>` of one of these names or properties.
    fn meta(&self, names: &[&str]) -> Option<String> {
        let tree = self.tree;
        let is_named = |node: NodeId, wanted: &str| {
            let name = tree
                .attribute(node, "name")
                .or_else(|| tree.attribute(node, "property"));
            name.is_some_and(|name| name.eq_ignore_ascii_case(wanted))
        };
        let find = |wanted: &&str| {
            tree.walk(ROOT)
                .find(|&node| tree.name(node) == "meta" && is_named(node, wanted))
        };
        let said = names
            .iter()
            .filter_map(find)
            .filter_map(|node| tree.attribute(node, "content"));
        said.map(wording::one_line).find(|words| !words.is_empty())
    }

    fn element(&self, name: &str) -> Option<String> {
        let words = wording::one_line(&self.tree.text(self.tree.first(ROOT, name)?));
        Some(words).filter(|words| !words.is_empty())
    }

    /// Where the page was: what it names as its address, else what the browser that saved it
    /// wrote above it.
    fn address(&self) -> Option<String> {
        let tree = self.tree;
        let is_canonical = |&node: &NodeId| {
            tree.name(node) == "link" && tree.attribute(node, "rel") == Some("canonical")
        };
        let canonical = tree
            .walk(ROOT)
            .find(is_canonical)
            .and_then(|node| tree.attribute(node, "href"));
        let saved = self
            .start
            .split_once("saved from url=(")
            .and_then(|(_, rest)| rest.split_once(')'))
            .map(|(_, rest)| rest);
        let saved = saved
            .and_then(|rest| rest.split_whitespace().next())
            .map(str::to_owned);
        let named = canonical
            .map(str::to_owned)
            .or_else(|| self.meta(&["og:url"]))
            .or(saved)
            .or_else(|| self.told.map(str::to_owned));
        named.filter(|address| address.starts_with("http://") || address.starts_with("https://"))
    }

    fn describe(&self, document: &mut Document, is_ours: bool) {
        let lone: Vec<&str> = document
            .headings()
            .filter(|(level, _)| *level == 1)
            .map(|(_, title)| title)
            .collect();
        let lone = if lone.len() == 1 {
            lone.first().map(|title| (*title).to_owned())
        } else {
            None
        };
        let named = self
            .meta(&["og:title", "citation_title", "dc.title"])
            .or_else(|| self.element("title"));
        let site = self.meta(&["og:site_name"]);
        document.title = if is_ours {
            self.element("title")
        } else {
            lone.or_else(|| named.map(|title| without_site(&title, site.as_deref())))
        };
        document.author = self
            .meta(&[
                "author",
                "article:author",
                "citation_author",
                "dc.creator",
                "dcterms.creator",
            ])
            .filter(|a| !a.starts_with("http"));
        let date = self.meta(&[
            "date",
            "article:published_time",
            "citation_publication_date",
            "dc.date",
            "dcterms.date",
        ]);
        document.published = date.and_then(|date| super::date(&date));
        document.source = self.address();
        let html = self.tree.first(ROOT, "html");
        document.language = html
            .and_then(|html| {
                self.tree
                    .attribute(html, "lang")
                    .or_else(|| self.tree.attribute(html, "xml:lang"))
            })
            .map(str::to_owned)
            .filter(|tag| !tag.is_empty());
    }
}

/// A page's title without the name of its site at the end.
fn without_site(title: &str, site: Option<&str>) -> String {
    let by_name = site
        .and_then(|site| title.strip_suffix(site))
        .map(|title| title.trim_end_matches([' ', '-', '|', '–', '—', '»', '·']));
    let by_bar = || title.rsplit_once(" | ").map(|(title, _)| title);
    by_name
        .filter(|title| !title.is_empty())
        .or_else(by_bar)
        .unwrap_or(title)
        .to_owned()
}
