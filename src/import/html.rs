//! Web pages: saved from a browser, written by word processors or by this program.

mod boilerplate;
mod content;
mod metadata;
pub mod numerals;
pub mod styles;
mod table;
pub mod tree;
mod walk;
mod weight;
pub mod xhtml;

use std::{borrow::Cow, collections::HashMap, ops::Range};

use super::{
    ImportError, boilerplate as phrases,
    document::{self, Document, LeftOut, Location, Part},
};
use crate::{
    report::{Block, BlockKind},
    text::wording,
};
use content::Content;
use metadata::Page;
use styles::Styles;
use tree::{NodeId, ROOT};
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
    read_with(text, taken, None, &Styles::default(), None)
}

/// Reads a chapter of a book whose style sheets say how its classes look, and whose list of pages
/// names the ids that printed pages begin at.
///
/// # Errors
/// As [`read`].
pub fn read_chapter(
    text: &str,
    styles: &Styles,
    pages: Option<&HashMap<String, String>>,
) -> Result<Document, ImportError> {
    read_with(text, Taken::Whole, None, styles, pages)
}

/// Reads a page that something beside it names the address of.
///
/// # Errors
/// As [`read`].
pub fn read_from(text: &str, taken: Taken, address: Option<&str>) -> Result<Document, ImportError> {
    read_with(text, taken, address, &Styles::default(), None)
}

fn read_with(
    text: &str,
    taken: Taken,
    address: Option<&str>,
    styles: &Styles,
    pages: Option<&HashMap<String, String>>,
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
    walker.pages = pages;
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
    metadata::describe(&page, &mut document, is_ours);
    document.has_addresses = is_ours;
    document.has_looks = !is_ours;
    Ok(document)
}

/// Records what is outside the text, and warns where its choice was close.
fn outside(walker: &mut Walker<'_>, content: &Content) {
    let tree = walker.tree;
    let mut inner = content.root;
    while let Some(parent) = tree.parent(inner).filter(|_| tree.name(inner) != "body") {
        for &node in tree.children(parent) {
            if node != inner && !boilerplate::is_silent(tree, node) {
                let reason = if boilerplate::is_hidden(tree, node) {
                    Some("hidden on the page")
                } else {
                    boilerplate::reason(tree, node, &content.weights)
                };
                walker.leave_out(node, reason.unwrap_or("outside the text of the web page"));
            }
        }
        inner = parent;
    }
    if content.is_close() {
        walker.document.unsure.push(
            "Much of the page is outside its main text; `--verbose` shows what was left out."
                .into(),
        );
    }
}

/// What words and settings say that elements do not.
fn polish(document: &mut Document) {
    document.find_headings();
    for at in (0..document.parts.len()).rev() {
        let Some(Part::Block(block)) = document.parts.get(at) else {
            continue;
        };
        let pieces = items(block);
        if !pieces.is_empty() {
            document::replace(&mut document.parts, at, pieces);
        }
    }
    document.find_letters();
    let texts: Vec<&str> = document.parts.iter().map(Part::text).collect();
    let form = phrases::comment_form(texts.iter().copied());
    for part in form
        .map(|at| document.parts.split_off(at))
        .unwrap_or_default()
    {
        if !part.is_mark() {
            document.left_out.push(LeftOut::new(
                Location::Somewhere,
                part.text(),
                "comment form of the web page",
            ));
        }
    }
}

/// The items of a list that is written as text: one bullet before it, or two and more in it.
fn items(block: &Block) -> Vec<(usize, Part)> {
    let item = |range: Range<usize>, kind| {
        let (start, part) = document::slice(block, range);
        (start, Part::Block(Block { kind, ..part }))
    };
    let all = 0..block.text.len();
    if let Some(rest) = bullet(&block.text, block.kind) {
        let (start, part) = document::slice(block, all.end - rest.len()..all.end);
        let inner = Block {
            kind: BlockKind::ListItem,
            ..part
        };
        let within = items(&inner).into_iter();
        let within: Vec<_> = within.map(|(at, part)| (start + at, part)).collect();
        return if within.is_empty() {
            vec![(start, Part::Block(inner))]
        } else {
            within
        };
    }
    let between: Vec<(usize, &str)> = block.text.match_indices('•').collect();
    if !matches!(block.kind, BlockKind::Paragraph | BlockKind::ListItem) || between.len() < 2 {
        return Vec::new();
    }
    let starts = std::iter::once(0).chain(between.iter().map(|(at, sign)| at + sign.len()));
    let ends = between.iter().map(|(at, _)| *at).chain([all.end]);
    let ranges = starts.zip(ends).map(|(start, end)| start..end);
    let is_text = |range: &Range<usize>| {
        let text = block.text.get(range.clone()).unwrap_or_default();
        text.chars().any(char::is_alphanumeric)
    };
    let ranges: Vec<_> = ranges.filter(is_text).collect();
    let kind = |range: &Range<usize>| {
        let text = block.text.get(range.clone()).unwrap_or_default();
        let is_intro = range.start == 0 && text.trim_end().ends_with(':');
        if is_intro {
            block.kind
        } else {
            BlockKind::ListItem
        }
    };
    let items = ranges.into_iter().map(|range| (kind(&range), range));
    items.map(|(kind, range)| item(range, kind)).collect()
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
    let is_title = |node: NodeId| tree.name(node) == "h1";
    let is_above = |&node: &NodeId| is_title(node) && !tree.above(node).any(|above| above == root);
    let named = page
        .element("title")
        .or_else(|| page.meta(&["og:title"]))
        .unwrap_or_default();
    let titles: Vec<(NodeId, String)> = tree
        .walk(body)
        .filter(is_above)
        .map(|node| (node, wording::one_line(&tree.text(node))))
        .filter(|(_, title)| !title.is_empty())
        .collect();
    // The name of the site leads home, and ends the titles of its pages.
    let leads_home = |node: NodeId| {
        let link = tree
            .first(node, "a")
            .and_then(|link| tree.attribute(link, "href"));
        link.is_some_and(|to| {
            to == "/"
                || to.starts_with("http") && to.trim_end_matches('/').matches('/').count() == 2
        })
    };
    let is_named = |(_, title): &&(NodeId, String)| named.contains(title.as_str());
    let is_site = |title: &str| {
        let start = named.strip_suffix(title).map(str::trim_end);
        start.is_some_and(|start| start.ends_with(['-', '|', '–', '—', '»', '·', ':']))
    };
    let is_own = |(node, title): &&(NodeId, String)| !leads_home(*node) && !is_site(title);
    let is_free = tree.first_where(root, is_title).is_none();
    let named_first = titles.iter().filter(is_own).find(is_named);
    let title = named_first.or_else(|| titles.iter().find(is_own).filter(|_| is_free));
    let Some((_, title)) = title else { return };
    if document.headings().any(|(_, heading)| heading == title) {
        return;
    }
    document.left_out.retain(|left| left.text != *title);
    if document.headings().any(|(level, _)| level == 1) {
        document.level_down();
    }
    let title = title.clone();
    document.parts.insert(0, Part::Heading { level: 1, title });
}
