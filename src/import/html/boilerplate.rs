//! What belongs to a web page and not to the report on it: chosen by weight, links and controls. A
//! word in a class or id only confirms what these say, and only of boxes.

use super::{
    tree::{NodeId, ROOT, Tree},
    weight::{Weight, Weights},
};

const MENU: &str = "menu of the web page";
const FORM: &str = "form of the web page";
const BOX: &str = "message box of the web page";
const HEADER: &str = "header of the web page";
const FOOTER: &str = "footer of the web page";
const ASIDE: &str = "side column of the web page";
const LINKS: &str = "links to other pages";
const COMMENTS: &str = "comments of the web page";
const COOKIES: &str = "cookie note";

/// What elements and roles are where they are not text.
const KINDS: &[(&str, &str)] = &[
    ("nav", MENU),
    ("menu", MENU),
    ("navigation", MENU),
    ("menubar", MENU),
    ("toolbar", MENU),
    ("tablist", MENU),
    ("dialog", BOX),
    ("alertdialog", BOX),
    ("form", FORM),
    ("search", FORM),
    ("footer", FOOTER),
    ("contentinfo", FOOTER),
    ("header", HEADER),
    ("banner", HEADER),
    ("aside", ASIDE),
    ("complementary", ASIDE),
];

/// Elements that may be left out as a whole; all others hold text.
const BOXES: &[&str] = &[
    "div", "section", "ul", "ol", "nav", "menu", "dialog", "form", "header", "footer", "aside",
    "center", "search", "article",
];

/// Elements whose words are not read in a text.
const SILENT: &[&str] = &[
    "head", "script", "style", "template", "embed", "map", "input", "title", "meta", "link",
    "datalist",
];

/// Words in a class or id, and what a box is called that has one of them and is made of links or
/// controls.
const WORDS: &[(&str, &[&str])] = &[
    (
        MENU,
        &[
            "nav",
            "navbar",
            "navigation",
            "menu",
            "breadcrumb",
            "breadcrumbs",
            "pagination",
            "skip",
            "toolbar",
            "tools",
            "pager",
            "subnav",
        ],
    ),
    (
        COOKIES,
        &["cookie", "cookies", "consent", "gdpr", "onetrust"],
    ),
    (
        "share buttons",
        &[
            "share",
            "sharing",
            "social",
            "sharedaddy",
            "addtoany",
            "addthis",
        ],
    ),
    (
        LINKS,
        &[
            "related",
            "relatedposts",
            "tags",
            "recommended",
            "teaser",
            "teasers",
            "promo",
        ],
    ),
    (ASIDE, &["sidebar", "widget"]),
    (FORM, &["newsletter", "subscribe", "signup", "respond"]),
    (
        "advertisement",
        &["advertisement", "adsbygoogle", "ad", "ads", "sponsor"],
    ),
    (BOX, &["modal", "popup", "lightbox"]),
    (HEADER, &["masthead", "banner"]),
    (FOOTER, &["footer"]),
    (
        "button of the web page",
        &["editsection", "noprint", "print"],
    ),
    ("table of contents of the web page", &["toc"]),
];

/// Words of boxes that hold comments.
const COMMENT_WORDS: &[&str] = &["comments", "commentlist", "disqus"];

/// Classes of text for screen readers only.
const UNSEEN: &[&str] = &[
    "sr-only",
    "visually-hidden",
    "screen-reader-text",
    "skip-link",
    "skip-to-content",
];

/// Lines of links that are exactly the label of a button.
const BUTTONS: &[&str] = &[
    "skip to content",
    "skip to main content",
    "share",
    "share this",
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
    "like loading...",
    "loading...",
    "read more",
];

/// Whether an element has no text to read at all. These are not reported.
pub fn is_silent(tree: &Tree, node: NodeId) -> bool {
    SILENT.contains(&tree.name(node))
}

/// Whether an element is not shown as the page opens.
pub fn is_hidden(tree: &Tree, node: NodeId) -> bool {
    let style = tree
        .attribute(node, "style")
        .unwrap_or_default()
        .replace(' ', "")
        .to_ascii_lowercase();
    tree.attribute(node, "hidden").is_some()
        || style.contains("display:none")
        || style.contains("visibility:hidden")
        || is_unseen(tree, node)
}

/// Whether an element is for screen readers only.
pub fn is_unseen(tree: &Tree, node: NodeId) -> bool {
    classes(tree, node).any(|class| UNSEEN.contains(&class))
}

pub fn classes(tree: &Tree, node: NodeId) -> impl Iterator<Item = &str> {
    let class = tree.attribute(node, "class").unwrap_or_default();
    class.split_whitespace()
}

/// What kind of boilerplate an element is, if it is.
pub fn reason(tree: &Tree, node: NodeId, weights: &Weights) -> Option<&'static str> {
    let (name, weight) = (tree.name(node), weights.of(node));
    match name {
        "select" | "textarea" => return Some(FORM),
        "button" => return (!is_label(tree, node)).then_some("button of the web page"),
        "noscript" => {
            let asks = tree.words(node).to_lowercase().contains("javascript");
            return asks.then_some("note for browsers without scripts");
        }
        "audio" | "video" => return Some("words for browsers without this player"),
        _ if !BOXES.contains(&name) => return None,
        _ => {}
    }
    let role = tree.attribute(node, "role").unwrap_or_default();
    // LibreOffice names the running lines of its pages so.
    match tree.attribute(node, "title").filter(|_| name == "div") {
        Some("header") => return Some("running header"),
        Some("footer") => return Some("running footer"),
        _ => {}
    }
    if let Some(comments) = comments(tree, node, weights) {
        return Some(comments);
    }
    if holds_the_page(weight, weights.page) || holds_notes(tree, node) {
        return None;
    }
    let kind = KINDS
        .iter()
        .find(|(word, _)| *word == name || *word == role);
    kind.map(|(_, kind)| *kind)
        .filter(|kind| !is_text(tree, node, kind, weight))
        .or_else(|| by_words(tree, node, weight))
        .or_else(|| by_links(tree, node, weights))
}

/// More than two fifths of the page's prose is not boilerplate, whatever its name.
fn holds_the_page(weight: Weight, page: Weight) -> bool {
    weight.prose * 5 > page.prose * 2 && weight.prose > 0
}

/// Whether the notes of the text are in a box.
fn holds_notes(tree: &Tree, node: NodeId) -> bool {
    let is_note = |node: NodeId| {
        let id = tree.attribute(node, "id").unwrap_or_default();
        ["fn", "note", "cite_note", "endnote", "ftn"]
            .iter()
            .filter_map(|start| id.strip_prefix(start))
            .any(|rest| rest.starts_with(|c: char| c.is_ascii_digit() || "-_:.".contains(c)))
            && matches!(tree.name(node), "li" | "p" | "div" | "aside")
    };
    tree.attribute(node, "role") == Some("doc-endnotes") || tree.walk(node).take(60).any(is_note)
}

/// Whether a menu, form, header, footer or side column is text for once.
fn is_text(tree: &Tree, node: NodeId, kind: &str, weight: Weight) -> bool {
    let is_within = is_within(tree, node, &["main", "article", "section", "blockquote"]);
    match kind {
        MENU => weight.is_prose() && !weight.is_mostly_links(),
        FORM => weight.prose >= 200,
        HEADER => !weight.is_mostly_links() && (is_within || holds_the_title(tree, node)),
        FOOTER | ASIDE => is_within && !weight.is_mostly_links() && weight.prose > 0,
        _ => false,
    }
}

/// Whether the only title of a page is in a box.
fn holds_the_title(tree: &Tree, node: NodeId) -> bool {
    let mut titles = tree.walk(ROOT).filter(|&node| tree.name(node) == "h1");
    let title = titles.next().filter(|_| titles.next().is_none());
    title.is_some_and(|title| tree.above(title).any(|above| above == node))
}

fn is_within(tree: &Tree, node: NodeId, names: &[&str]) -> bool {
    tree.above(node)
        .any(|above| names.contains(&tree.name(above)))
}

/// A word of a class or id, in lower case: `entry-related` is `entry` and `related`.
fn words(tree: &Tree, node: NodeId) -> Vec<String> {
    let id = tree.attribute(node, "id").unwrap_or_default();
    classes(tree, node)
        .chain([id])
        .flat_map(|name| name.split(['-', '_']))
        .map(str::to_ascii_lowercase)
        .collect()
}

/// What readers wrote below the text; on a page with nothing else they are the text.
fn comments(tree: &Tree, node: NodeId, weights: &Weights) -> Option<&'static str> {
    let is_named = |node| {
        let words = words(tree, node);
        words
            .iter()
            .any(|word| COMMENT_WORDS.contains(&word.as_str()))
    };
    let weight = weights.of(node);
    let is_one = |node: NodeId| {
        words(tree, node)
            .iter()
            .any(|word| word == "comment" || word == "reply")
    };
    let is_list = || weight.controls > 0 || tree.walk(node).skip(1).any(is_one);
    let others = weights.page.prose.saturating_sub(weight.prose);
    let is_comments = is_named(node)
        && tree.name(node) != "article"
        && (is_list() || !is_within(tree, node, &["main", "article"]))
        && others >= 100;
    is_comments.then_some(COMMENTS)
}

/// What a box of links or controls is called.
fn by_words(tree: &Tree, node: NodeId, weight: Weight) -> Option<&'static str> {
    let has_controls = weight.controls > 0 && weight.text < 400;
    let names = words(tree, node);
    let is = |list: &[&str]| names.iter().any(|name| list.contains(&name.as_str()));
    let asks = || {
        let text = tree.words(node).to_lowercase();
        weight.text < 600 && text.contains("cookie") && weight.links > 0
    };
    let found = WORDS
        .iter()
        .find(|(_, list)| is(list))
        .map(|(kind, _)| *kind)?;
    let is_out = weight.is_mostly_links() || has_controls || (found == COOKIES && asks());
    (is_out && !holds_data(tree, node)).then_some(found)
}

/// Lists of links and teasers around a text that is marked as such.
fn by_links(tree: &Tree, node: NodeId, weights: &Weights) -> Option<&'static str> {
    let weight = weights.of(node);
    if weight.links < 2
        || is_within(tree, node, &["main", "article"]) && !is_card(tree, node, weights)
    {
        return None;
    }
    let is_aside = weight.links >= 3 && weight.is_links() && weight.text * 3 < weights.page.text;
    let cards = tree
        .children(node)
        .iter()
        .filter(|&&child| is_card(tree, child, weights));
    let is_out = is_aside && tree.name(node) != "article" || cards.count() >= 3;
    (is_out && weights.page.prose > weight.prose * 2 && !holds_data(tree, node)).then_some(LINKS)
}

/// Whether a box names another page: its title is a link, and few words follow.
fn is_card(tree: &Tree, node: NodeId, weights: &Weights) -> bool {
    let weight = weights.of(node);
    let is_title = |node: NodeId| matches!(tree.name(node), "h2" | "h3" | "h4" | "h5");
    let title = || tree.first_where(node, is_title);
    let is_link = |title: NodeId| {
        weights.of(title).linked > 0
            || tree
                .above(title)
                .take(4)
                .any(|above| tree.name(above) == "a")
    };
    matches!(tree.name(node), "article" | "li" | "div" | "section" | "a")
        && weight.text < 350
        && title().is_some_and(is_link)
}

fn holds_data(tree: &Tree, node: NodeId) -> bool {
    tree.walk(node)
        .any(|node| tree.name(node) == "table" && super::table::is_data(tree, node))
}

/// Whether a button is the title of what it opens.
fn is_label(tree: &Tree, button: NodeId) -> bool {
    let is_title = |node: NodeId| {
        matches!(
            tree.name(node),
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "dt" | "summary"
        )
    };
    let is_menu = |node: NodeId| matches!(tree.name(node), "nav" | "header" | "form");
    let opens = tree.attribute(button, "aria-expanded").is_some();
    tree.above(button).take(3).any(is_title) || (opens && !tree.above(button).any(is_menu))
}

/// Whether a block's whole text is the label of a button.
pub fn is_button(text: &str) -> bool {
    text.len() < 32 && BUTTONS.contains(&text.to_lowercase().as_str())
}
