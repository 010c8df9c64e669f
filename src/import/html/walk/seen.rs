//! What of a page is read: what is hidden, said twice or boilerplate is left out and reported, and
//! marks of printed pages are taken from the text.

use super::Walker;
use crate::{
    import::{
        document::{LeftOut, Location},
        html::{
            boilerplate,
            tree::{self, INLINE, NodeId, ROOT, Tree},
        },
    },
    text::wording,
};

/// Longest label of a printed page, in characters.
const LONGEST_LABEL: usize = 12;
/// How many elements before and after one may say the same.
const NEAREST: usize = 3;

impl Walker<'_> {
    /// Whether an element is left out; its words are recorded.
    pub(super) fn is_out(&mut self, node: NodeId) -> bool {
        if boilerplate::is_silent(self.tree, node) {
            return true;
        }
        if self.is_own {
            return false;
        }
        let reason = self.unseen(node).or_else(|| self.outside(node));
        if let Some(reason) = reason {
            self.leave_out(node, reason);
        }
        reason.is_some()
    }

    /// Why an element is no part of the text.
    fn outside(&self, node: NodeId) -> Option<&'static str> {
        if !self.is_whole {
            return boilerplate::reason(self.tree, node, &self.content.weights);
        }
        match self.tree.name(node) {
            "nav" => Some("table of contents of the book"),
            "audio" | "video" => Some("words for programs without this player"),
            _ => None,
        }
    }

    /// Why an element that is not shown is not read: closed parts of the text are.
    fn unseen(&self, node: NodeId) -> Option<&'static str> {
        let tree = self.tree;
        if boilerplate::is_unseen(tree, node) {
            return tree
                .first(node, "math")
                .is_none()
                .then_some("for screen readers only");
        }
        let is_quiet = tree.attribute(node, "aria-hidden") == Some("true");
        let is_hidden = boilerplate::is_hidden(tree, node);
        if !is_quiet && !is_hidden {
            return None;
        }
        let weight = self.content.weights.of(node);
        let is_text = weight.linked * 5 <= weight.text * 2
            && weight.controls == 0
            && !INLINE.contains(&tree.name(node));
        if has_twin(tree, node) || (is_quiet && is_icon(tree, node)) {
            Some("said twice on the page")
        } else if is_hidden && !is_text && tree.first(node, "math").is_none() {
            Some("hidden on the page")
        } else {
            None
        }
    }

    /// Records the words of an element that is left out.
    pub fn leave_out(&mut self, node: NodeId, reason: &str) {
        let mut words = Vec::new();
        gather(self.tree, node, super::MOST_FRAMES, &mut words);
        self.leave_out_words(words.join(" "), reason);
    }

    pub(super) fn leave_out_words(&mut self, words: String, reason: &str) {
        if !words.is_empty() {
            let left = LeftOut::new(Location::Somewhere, words, reason);
            self.document.left_out.push(left);
        }
    }

    /// The label of the printed page that begins at an element.
    pub(super) fn page_label(&self, node: NodeId) -> Option<String> {
        let tree = self.tree;
        if self.is_own || tree.name(node).is_empty() {
            return None;
        }
        let attribute = |name: &str| tree.attribute(node, name).unwrap_or_default();
        let listed = self.pages.and_then(|pages| {
            let ids = [attribute("id"), attribute("name")];
            ids.into_iter().find_map(|id| pages.get(id))
        });
        if let Some(label) = listed {
            return Some(label.clone());
        }
        let is_mark = attribute("epub:type")
            .split_whitespace()
            .any(|kind| kind == "pagebreak")
            || attribute("role") == "doc-pagebreak"
            || boilerplate::classes(tree, node).any(|class| matches!(class, "pagenum" | "pageno"));
        let by_id = || by_id(tree, node).filter(|_| self.has_page_ids || is_mark);
        if !is_mark {
            return by_id().map(str::to_owned);
        }
        let words = tree.words(node);
        let said = [attribute("title"), attribute("aria-label"), words.as_str()];
        let said = said.into_iter().map(label).find(|label| !label.is_empty());
        let label = said.or_else(|| by_id().map(str::to_owned))?;
        (label.chars().count() <= LONGEST_LABEL).then_some(label)
    }
}

/// The words of an element and of the pictures and pages in it.
fn gather(tree: &Tree, from: NodeId, frames: usize, words: &mut Vec<String>) {
    let mut waiting = vec![from];
    while let Some(node) = waiting.pop() {
        let attribute = |name: &str| tree.attribute(node, name).unwrap_or_default();
        if boilerplate::is_silent(tree, node) {
            continue;
        }
        match tree.name(node) {
            "img" => words.push(wording::one_line(attribute("alt"))),
            "iframe" if frames > 0 => {
                if let Ok(page) = tree::parse(attribute("srcdoc")) {
                    gather(&page, ROOT, frames - 1, words);
                }
            }
            _ => words.extend(tree.own_text(node).map(wording::one_line)),
        }
        waiting.extend(tree.children(node).iter().rev());
    }
    words.retain(|words| !words.is_empty());
}

/// Whether an element holds nothing but the label of the page that it begins.
pub(super) fn is_only_label(tree: &Tree, node: NodeId, label: &str) -> bool {
    let mut words = Vec::new();
    gather(tree, node, super::MOST_FRAMES, &mut words);
    words.is_empty() || self::label(&words.join(" ")) == label
}

/// The label in `Page 7`, `[p. 7]` or `{7}`.
fn label(text: &str) -> String {
    const NAMES: &[&str] = &["page", "p", "pg", "pag", "seite", "s"];
    let text = text.trim_matches(|c: char| c.is_whitespace() || "[](){}.".contains(c));
    let name = text
        .split(|c: char| !c.is_alphabetic())
        .next()
        .unwrap_or_default();
    let rest = text
        .strip_prefix(name)
        .filter(|rest| !rest.is_empty() && NAMES.contains(&name.to_lowercase().as_str()));
    wording::one_line(rest.unwrap_or(text).trim_start_matches(['.', ' ']))
}

/// The label in ids such as `page_7` and `pg-iv`.
fn by_id(tree: &Tree, node: NodeId) -> Option<&str> {
    let id = tree
        .attribute(node, "id")
        .or_else(|| tree.attribute(node, "name"))?;
    let mut rest = ["page", "Page", "pagebreak", "pg", "Pg"]
        .iter()
        .filter_map(|start| id.strip_prefix(start));
    let label = rest.next_back()?.trim_start_matches(['_', '-', '.']);
    let is_number = label.len() <= 4 && label.bytes().all(|byte| byte.is_ascii_digit());
    let is_roman = label.len() <= 7 && label.bytes().all(|byte| b"ivxlc".contains(&byte));
    (!label.is_empty() && (is_number || is_roman)).then_some(label)
}

/// Whether the ids of at least two elements name pages: one may be the number of a web page.
pub(super) fn has_page_ids(tree: &Tree) -> bool {
    tree.walk(ROOT)
        .filter(|&node| by_id(tree, node).is_some())
        .nth(1)
        .is_some()
}

/// Whether a text beside an element says the same to those who see it.
fn has_twin(tree: &Tree, node: NodeId) -> bool {
    let words = tree.words(node);
    let Some(parent) = tree.parent(node).filter(|_| !words.is_empty()) else {
        return false;
    };
    let is_inline = INLINE.contains(&tree.name(parent));
    let children = tree.children(parent);
    let at = children
        .iter()
        .position(|&child| child == node)
        .unwrap_or(0);
    let near = children
        .iter()
        .skip(at.saturating_sub(NEAREST))
        .take(2 * NEAREST + 1);
    near.into_iter().any(|&other| {
        other != node
            && !boilerplate::is_unseen(tree, other)
            && tree.attribute(other, "aria-hidden") != Some("true")
            && ((is_inline && tree.first(other, "math").is_some()) || tree.words(other) == words)
    })
}

/// Whether an element is a sign that a font draws for a name.
fn is_icon(tree: &Tree, node: NodeId) -> bool {
    let words = tree.words(node);
    let is_name = |class: &str| class.contains("icon") || class.contains("symbols");
    !words.contains(' ') && boilerplate::classes(tree, node).any(is_name)
}
