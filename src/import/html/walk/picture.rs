//! Pictures, drawings and frames: the words that stand for them, or the page within them.

use super::Walker;
use crate::{
    import::html::{
        content::Content,
        styles::Styles,
        tree::{self, INLINE, NodeId, Tree},
    },
    report::BlockKind,
    text::wording,
};

impl Walker<'_> {
    /// A picture is read by its alternative text: in brackets within a line, else as a caption.
    pub(super) fn picture(&mut self, node: NodeId) {
        let words = wording::one_line(self.tree.attribute(node, "alt").unwrap_or_default());
        let is_dot = |name| self.tree.attribute(node, name) == Some("1");
        if self.is_own
            || words.is_empty()
            || is_dot("width")
            || is_dot("height")
            || self.is_said(node, &words)
        {
            return;
        }
        self.depict(node, &words);
    }

    fn depict(&mut self, node: NodeId, words: &str) {
        if self.is_one_line
            || self.is_verbatim
            || !self.flow.is_empty()
            || !stands_alone(self.tree, node)
        {
            return self.text(&format!("[{words}]"));
        }
        self.flush(self.kind);
        self.document.names.append(&mut self.names);
        let line = format!("[image: {words}]");
        self.document.block(BlockKind::Caption, (line, Vec::new()));
    }

    /// Whether the caption, the link around or a formula beside a picture says the same.
    fn is_said(&self, node: NodeId, words: &str) -> bool {
        let tree = self.tree;
        let says = |other: NodeId| wording::one_line(&tree.text(other)) == words;
        let is_around = |node: &NodeId| matches!(tree.name(*node), "figure" | "a" | "picture");
        let around = tree.above(node).take(4).filter(is_around);
        let mut around = around.map(|around| tree.first(around, "figcaption").unwrap_or(around));
        let beside = tree
            .parent(node)
            .map_or(&[][..], |parent| tree.children(parent));
        let is_twin = |&other: &NodeId| {
            other != node
                && ((tree.name(other) == "img" && tree.attribute(other, "alt") == Some(words))
                    || tree.first(other, "math").is_some())
        };
        let is_second = self.is_spare(node, words)
            || (tree.attribute(node, "aria-hidden") == Some("true") && beside.iter().any(is_twin));
        around.any(says) || is_second
    }

    /// Whether a picture is for browsers without scripts, and stands before them for all others.
    fn is_spare(&self, node: NodeId, words: &str) -> bool {
        let tree = self.tree;
        let is_spare = |node: &NodeId| tree.name(*node) == "noscript";
        let spare = tree.above(node).take(2).find(is_spare);
        let beside = spare
            .and_then(|spare| tree.parent(spare))
            .map(|parent| tree.children(parent));
        let is_it = |&other: &NodeId| tree.attribute(other, "alt") == Some(words);
        beside.is_some_and(|beside| beside.iter().any(is_it))
    }

    /// The words in a drawing, else its name.
    pub(super) fn drawing(&mut self, node: NodeId) {
        let tree = self.tree;
        let is_shown = |node: &NodeId| {
            let mut above = tree.above(*node).map(|above| tree.name(above));
            above.any(|name| {
                name.eq_ignore_ascii_case("text") || name.eq_ignore_ascii_case("foreignObject")
            })
        };
        let texts = tree
            .walk(node)
            .filter(is_shown)
            .filter_map(|node| tree.own_text(node));
        let words = texts
            .flat_map(str::split_whitespace)
            .collect::<Vec<_>>()
            .join(" ");
        let title = || {
            let is_picture = tree.attribute(node, "role") == Some("img") && !self.is_one_line;
            let title = tree.attribute(node, "aria-label").map(str::to_owned);
            let title = title.or_else(|| Some(tree.text(tree.first(node, "title")?)));
            title
                .filter(|_| is_picture && stands_alone(tree, node))
                .unwrap_or_default()
        };
        let words = if words.is_empty() {
            wording::one_line(&title())
        } else {
            words
        };
        if !words.is_empty() {
            self.depict(node, &words);
        }
    }

    /// A page within the page: read where it is here, else named.
    pub(super) fn frame(&mut self, node: NodeId) {
        let page = self
            .tree
            .attribute(node, "srcdoc")
            .filter(|_| self.frames < super::MOST_FRAMES);
        let Some(tree) = page.and_then(|page| tree::parse(page).ok()) else {
            let source = ["src", "data-src", "title"]
                .iter()
                .find_map(|name| self.tree.attribute(node, name));
            let words = wording::one_line(&self.tree.text(node));
            let named = format!("{} {words}", source.or(page).unwrap_or_default());
            return self.leave_out_words(named.trim().to_owned(), "frame of the web page");
        };
        let content = Content::find(&tree, true);
        let styles = Styles::default();
        let mut inner = Walker::new(&tree, &content, styles.emphasis_only(), self.is_own);
        inner.is_whole = true;
        inner.frames = self.frames + 1;
        inner.is_one_line = self.is_one_line;
        inner.read(content.root);
        if self.is_one_line {
            return self.text(&inner.flow.take().0);
        }
        self.flush(self.kind);
        self.document.parts.append(&mut inner.document.parts);
        self.document.left_out.append(&mut inner.document.left_out);
    }
}

/// Whether nothing follows an inline element on its line.
fn stands_alone(tree: &Tree, node: NodeId) -> bool {
    let Some(parent) = tree.parent(node) else {
        return true;
    };
    let after = tree
        .children(parent)
        .iter()
        .skip_while(|&&child| child != node)
        .skip(1);
    for &next in after {
        let name = tree.name(next);
        let is_inline = tree.own_text(next).is_some() || INLINE.contains(&name);
        if name == "br" || !is_inline && !name.is_empty() {
            return true;
        }
        if !tree.words(next).is_empty() {
            return false;
        }
    }
    !INLINE.contains(&tree.name(parent)) || stands_alone(tree, parent)
}
