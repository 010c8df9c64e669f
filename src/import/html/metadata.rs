//! What a page says of itself: title, author, date, address and language, in its head, in data
//! for search engines (schema.org as JSON-LD) and beside its title.

use serde_json::Value;

use super::{
    boilerplate,
    tree::{NodeId, ROOT, Tree},
};
use crate::{
    import::{self, document::Document},
    text::wording,
};

/// Deepest data that is searched.
const DEEPEST_DATA: usize = 6;
/// Longest byline, in characters.
const LONGEST_BYLINE: usize = 100;

/// The page's own metadata.
pub struct Page<'a> {
    pub tree: &'a Tree,
    pub start: &'a str,
    /// Its address, as something beside it says.
    pub told: Option<&'a str>,
}

impl Page<'_> {
    /// The first `<meta>` of one of these names or properties.
    pub fn meta(&self, names: &[&str]) -> Option<String> {
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

    pub fn element(&self, name: &str) -> Option<String> {
        let words = wording::one_line(&self.tree.text(self.tree.first(ROOT, name)?));
        Some(words).filter(|words| !words.is_empty())
    }

    /// Where the page was: what it names as its address, else what the browser that saved it
    /// wrote above it.
    pub fn address(&self) -> Option<String> {
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
}

/// Says what the page says of itself.
pub fn describe(page: &Page<'_>, document: &mut Document, is_ours: bool) {
    let mut top = document.headings().filter(|(level, _)| *level == 1);
    let lone = top.next().map(|(_, title)| title.to_owned());
    let lone = lone.filter(|_| top.next().is_none());
    drop(top);
    let named = page
        .meta(&["og:title", "citation_title", "dc.title"])
        .or_else(|| page.element("title"));
    let site = page.meta(&["og:site_name"]);
    document.title = if is_ours {
        page.element("title")
    } else {
        lone.or_else(|| named.map(|title| without_site(&title, site.as_deref())))
    };
    let data = page.data();
    let author = page.meta(&[
        "author",
        "citation_author",
        "dc.creator",
        "dcterms.creator",
        "article:author",
    ]);
    document.author = author
        .filter(|author| !author.starts_with("http"))
        .or_else(|| data.iter().find_map(|data| said(data, "author", 0)))
        .or_else(|| byline(page.tree).filter(|_| !is_ours));
    let date = page.meta(&[
        "date",
        "article:published_time",
        "citation_publication_date",
        "dc.date",
        "dcterms.date",
        "dcterms.issued",
    ]);
    let date = date.and_then(|date| import::date(&date)).or_else(|| {
        let said = data.iter().find_map(|data| said(data, "datePublished", 0));
        said.and_then(|date| import::date(&date))
    });
    document.published = date.or_else(|| time(page.tree).filter(|_| !is_ours));
    document.source = page.address().or_else(|| {
        let said = data.iter().find_map(|data| said(data, "url", 0));
        said.filter(|address| address.starts_with("http"))
    });
    let language = |html: NodeId| {
        let tag = page.tree.attribute(html, "lang");
        tag.or_else(|| page.tree.attribute(html, "xml:lang"))
    };
    document.language = page
        .tree
        .first(ROOT, "html")
        .and_then(language)
        .map(str::to_owned)
        .filter(|tag| !tag.is_empty());
}

impl Page<'_> {
    /// The data for search engines.
    fn data(&self) -> Vec<Value> {
        let is_data = |&node: &NodeId| {
            let kind = self.tree.attribute(node, "type").unwrap_or_default();
            self.tree.name(node) == "script" && kind.eq_ignore_ascii_case("application/ld+json")
        };
        let texts = self
            .tree
            .walk(ROOT)
            .filter(is_data)
            .map(|node| self.tree.text(node));
        texts
            .filter_map(|text| serde_json::from_str(&text).ok())
            .collect()
    }
}

/// What data says under a name; people by their names.
fn said(data: &Value, name: &str, depth: usize) -> Option<String> {
    if depth > DEEPEST_DATA {
        return None;
    }
    match data {
        Value::Array(all) => all.iter().find_map(|data| said(data, name, depth + 1)),
        Value::Object(fields) => {
            let kind = fields
                .get("@type")
                .and_then(Value::as_str)
                .unwrap_or_default();
            let is_other = [
                "BreadcrumbList",
                "WebSite",
                "ImageObject",
                "Organization",
                "Person",
            ]
            .contains(&kind);
            let own = fields.get(name).filter(|_| !is_other).and_then(text);
            own.or_else(|| said(fields.get("@graph")?, name, depth + 1))
        }
        _ => None,
    }
}

/// A text, a name, or several of them.
fn text(value: &Value) -> Option<String> {
    let words = match value {
        Value::String(words) => wording::one_line(words),
        Value::Array(all) => all.iter().filter_map(text).collect::<Vec<_>>().join(", "),
        Value::Object(fields) => text(fields.get("name").filter(|name| name.is_string())?)?,
        _ => String::new(),
    };
    Some(words).filter(|words| !words.is_empty())
}

/// Who wrote it, as the page names them beside its title.
fn byline(tree: &Tree) -> Option<String> {
    let is_named = |&node: &NodeId| {
        let is_word =
            |class: &str| matches!(class, "byline" | "author" | "entry-author" | "p-author");
        tree.attribute(node, "rel") == Some("author")
            || tree.attribute(node, "itemprop") == Some("author")
            || boilerplate::classes(tree, node).any(is_word)
    };
    let found = tree.walk(ROOT).filter(is_named);
    let texts = found
        .filter(|&node| is_head(tree, node))
        .map(|node| tree.words(node));
    let name = |words: String| {
        let lower = words.to_lowercase();
        let start = if lower.starts_with("by ") { 3 } else { 0 };
        let name = words.get(start..).unwrap_or_default();
        let name = name
            .split([',', '|', '·', '•'])
            .next()
            .unwrap_or_default()
            .trim();
        (!name.is_empty() && name.chars().count() <= LONGEST_BYLINE).then(|| name.to_owned())
    };
    texts.into_iter().find_map(name)
}

/// When it was published, as the page names it beside its title.
fn time(tree: &Tree) -> Option<String> {
    let is_time = |&node: &NodeId| tree.name(node) == "time";
    let mut times = tree
        .walk(ROOT)
        .filter(is_time)
        .filter(|&node| is_head(tree, node));
    times.find_map(|node| import::date(tree.attribute(node, "datetime")?))
}

/// Whether an element is neither in running text nor in what others wrote.
fn is_head(tree: &Tree, node: NodeId) -> bool {
    let is_apart = |node: NodeId| {
        matches!(
            tree.name(node),
            "aside" | "footer" | "nav" | "blockquote" | "li"
        ) || boilerplate::classes(tree, node).any(|class| class.contains("comment"))
            || (tree.name(node) == "p" && tree.words(node).len() > LONGEST_BYLINE)
    };
    !tree.above(node).any(is_apart)
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
