//! What belongs to a web page and not to the report on it, by elements, roles, classes and ids.

use super::tree::{NodeId, Tree};

/// Elements that never hold a report's text, and what each is.
const ELEMENTS: &[(&str, &str)] = &[
    ("nav", "menu of the web page"),
    ("menu", "menu of the web page"),
    ("dialog", "message box of the web page"),
    ("button", "button of the web page"),
    ("select", "form of the web page"),
    ("textarea", "form of the web page"),
    ("form", "form of the web page"),
    ("footer", "footer of the web page"),
    ("header", "header of the web page"),
    ("aside", "side column of the web page"),
];

/// Elements without text to read.
const SILENT: &[&str] = &[
    "head", "script", "style", "noscript", "template", "svg", "iframe", "object", "embed",
    "canvas", "audio", "video", "map", "input", "datalist", "title", "meta", "link",
];

const ROLES: &[(&str, &str)] = &[
    ("navigation", "menu of the web page"),
    ("menu", "menu of the web page"),
    ("menubar", "menu of the web page"),
    ("toolbar", "menu of the web page"),
    ("tablist", "menu of the web page"),
    ("banner", "header of the web page"),
    ("contentinfo", "footer of the web page"),
    ("search", "form of the web page"),
    ("complementary", "side column of the web page"),
    ("dialog", "message box of the web page"),
    ("alertdialog", "message box of the web page"),
];

/// Words in a class or id that always mean boilerplate.
const WORDS: &[(&str, &str)] = &[
    ("navbar", "menu of the web page"),
    ("nav", "menu of the web page"),
    ("navigation", "menu of the web page"),
    ("menu", "menu of the web page"),
    ("breadcrumb", "menu of the web page"),
    ("breadcrumbs", "menu of the web page"),
    ("pagination", "menu of the web page"),
    ("skip", "menu of the web page"),
    ("cookie", "cookie note"),
    ("cookies", "cookie note"),
    ("consent", "cookie note"),
    ("gdpr", "cookie note"),
    ("onetrust", "cookie note"),
    ("sharedaddy", "share buttons"),
    ("addtoany", "share buttons"),
    ("addthis", "share buttons"),
    ("jp-relatedposts", "links to other pages"),
    ("disqus", "comments of the web page"),
    ("commentlist", "comments of the web page"),
    ("comments", "comments of the web page"),
    ("respond", "comment form of the web page"),
    ("masthead", "header of the web page"),
    ("sidebar", "side column of the web page"),
    ("newsletter", "form of the web page"),
    ("advertisement", "advertisement"),
    ("adsbygoogle", "advertisement"),
    ("modal", "message box of the web page"),
    ("popup", "message box of the web page"),
    ("lightbox", "message box of the web page"),
    ("editsection", "button of the web page"),
    ("noprint", "not printed by the web page"),
];

/// Words that mean boilerplate only of something short or made of links.
const WEAK_WORDS: &[(&str, &str)] = &[
    ("share", "share buttons"),
    ("sharing", "share buttons"),
    ("social", "share buttons"),
    ("related", "links to other pages"),
    ("widget", "side column of the web page"),
    ("subscribe", "form of the web page"),
    ("signup", "form of the web page"),
    ("promo", "advertisement"),
    ("ad", "advertisement"),
    ("ads", "advertisement"),
    ("sponsor", "advertisement"),
    ("footer", "footer of the web page"),
    ("banner", "header of the web page"),
    ("toolbar", "menu of the web page"),
    ("tags", "links to other pages"),
    ("tools", "menu of the web page"),
    ("print", "button of the web page"),
    ("toc", "table of contents of the web page"),
];

/// Classes of text for screen readers only.
const UNSEEN: &[&str] = &[
    "sr-only",
    "visually-hidden",
    "screen-reader-text",
    "skip-link",
    "skip-to-content",
    "d-none",
];

/// Lines that are exactly the label of a button.
const BUTTONS: &[&str] = &[
    "skip to content",
    "skip to main content",
    "share",
    "share this",
    "share this:",
    "share on facebook",
    "share on twitter",
    "tweet",
    "print",
    "print this page",
    "email",
    "back to top",
    "top",
    "advertisement",
    "leave a comment",
    "accept all cookies",
    "like loading...",
    "loading...",
    "read more",
];

/// Characters of text, and of those the ones within links.
#[derive(Debug, Clone, Copy, Default)]
pub struct Weight {
    pub text: usize,
    pub linked: usize,
}

impl Weight {
    pub fn prose(self) -> usize {
        self.text.saturating_sub(self.linked)
    }

    /// Whether it is short or made of links.
    fn is_light(self) -> bool {
        self.text < 300 || self.linked * 5 > self.text * 2
    }
}

/// Whether an element has no text to read at all. These are not reported.
pub fn is_silent(tree: &Tree, node: NodeId) -> bool {
    SILENT.contains(&tree.name(node))
}

/// Whether an element is not shown.
pub fn is_hidden(tree: &Tree, node: NodeId) -> bool {
    let style = tree
        .attribute(node, "style")
        .unwrap_or_default()
        .replace(' ', "")
        .to_ascii_lowercase();
    let classes = tree.attribute(node, "class").unwrap_or_default();
    tree.attribute(node, "hidden").is_some()
        // Pandoc hides a caption from screen readers if it only repeats the alternative text.
        || (tree.attribute(node, "aria-hidden") == Some("true") && tree.name(node) != "figcaption")
        || style.contains("display:none")
        || style.contains("visibility:hidden")
        || classes.split_whitespace().any(|class| UNSEEN.contains(&class))
}

/// What kind of boilerplate an element is, if it is. `weight` is its own, `page` the whole page's.
pub fn reason(tree: &Tree, node: NodeId, weight: Weight, page: Weight) -> Option<&'static str> {
    let name = tree.name(node);
    let is_never_text = matches!(
        name,
        "nav" | "menu" | "dialog" | "button" | "select" | "textarea"
    );
    if matches!(name, "" | "html" | "body" | "main" | "article")
        || (!is_never_text && holds_the_page(weight, page))
    {
        return None;
    }
    if let Some((_, reason)) = ELEMENTS.iter().find(|(element, _)| *element == name) {
        return (!is_part_of_text(tree, node, weight)).then_some(reason);
    }
    let role = tree.attribute(node, "role").unwrap_or_default();
    if let Some((_, reason)) = ROLES.iter().find(|(word, _)| *word == role) {
        return Some(reason);
    }
    // LibreOffice names the running lines of its pages so.
    match tree.attribute(node, "title").filter(|_| name == "div") {
        Some("header") => return Some("running header"),
        Some("footer") => return Some("running footer"),
        _ => {}
    }
    let can_be = matches!(
        name,
        "div"
            | "section"
            | "ul"
            | "ol"
            | "p"
            | "span"
            | "table"
            | "td"
            | "li"
            | "figure"
            | "a"
            | "h2"
            | "h3"
            | "h4"
    );
    by_words(tree, node, weight).filter(|_| can_be)
}

/// More than two fifths of the page's prose is not boilerplate, whatever its name.
fn holds_the_page(weight: Weight, page: Weight) -> bool {
    weight.prose() * 5 > page.prose() * 2 && weight.prose() > 0
}

/// Headers, footers and asides within the text may be its own.
fn is_part_of_text(tree: &Tree, node: NodeId, weight: Weight) -> bool {
    let is_within = |names: &[&str]| {
        tree.above(node)
            .any(|above| names.contains(&tree.name(above)))
    };
    match tree.name(node) {
        "footer" => is_within(&["blockquote"]),
        "header" => is_within(&["main", "article", "section"]) && !weight.is_mostly_links(),
        "aside" => {
            is_within(&["main", "article"]) && weight.text >= 80 && !weight.is_mostly_links()
        }
        _ => false,
    }
}

impl Weight {
    fn is_mostly_links(self) -> bool {
        self.linked * 5 > self.text * 2
    }
}

fn by_words(tree: &Tree, node: NodeId, weight: Weight) -> Option<&'static str> {
    let is_level = |class: &str| class.starts_with("level") || class == "section";
    let class = tree.attribute(node, "class").unwrap_or_default();
    // Pandoc and Sphinx name sections by their titles.
    let id = tree
        .attribute(node, "id")
        .filter(|_| !class.split_whitespace().any(is_level) && tree.name(node) != "h2")
        .unwrap_or_default();
    let names: Vec<String> = class
        .split_whitespace()
        .chain([id])
        .map(str::to_ascii_lowercase)
        .collect();
    let is_named = |word: &str| {
        names
            .iter()
            .any(|name| name == word || name.split(['-', '_']).any(|part| part == word))
    };
    let find = |words: &[(&'static str, &'static str)]| {
        words
            .iter()
            .find(|(word, _)| is_named(word))
            .map(|(_, reason)| *reason)
    };
    find(WORDS).or_else(|| find(WEAK_WORDS).filter(|_| weight.is_light()))
}

/// Whether a block's whole text is the label of a button.
pub fn is_button(text: &str) -> bool {
    text.len() < 32 && BUTTONS.contains(&text.to_lowercase().as_str())
}
