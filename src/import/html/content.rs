//! Finds the part of a page that holds the report's text.

use super::{
    boilerplate,
    tree::{NodeId, ROOT, Tree},
    weight::Weights,
};

/// Where the text is and what every element weighs.
#[derive(Debug)]
pub struct Content {
    pub root: NodeId,
    pub weights: Weights,
    /// Prose within the text, and outside of it what is not clearly boilerplate.
    prose: u32,
    doubtful: u32,
}

/// Elements that only hold others.
const BOXES: &[&str] = &[
    "div", "section", "center", "form", "table", "tbody", "tr", "td", "body", "font",
];

impl Content {
    /// Weighs the page and finds its text. With `is_own` the whole body is text.
    pub fn find(tree: &Tree, is_own: bool) -> Self {
        let body = tree.first(ROOT, "body").unwrap_or(ROOT);
        let is_silent = |node| boilerplate::is_silent(tree, node);
        let is_hidden = |node| boilerplate::is_hidden(tree, node);
        let weights = Weights::of_page(tree, is_silent, is_hidden);
        let (mut root, mut prose, mut doubtful) = (body, weights.page.prose, 0);
        if !is_own {
            let is_out =
                |node| is_hidden(node) || boilerplate::reason(tree, node, &weights).is_some();
            let clear = Clear {
                tree,
                weights: Weights::of_page(tree, is_silent, is_out),
                is_out: &is_out,
            };
            root = clear.root(body);
            prose = clear.prose(root);
            doubtful = clear.prose(body).saturating_sub(prose);
        }
        Self {
            root,
            weights,
            prose,
            doubtful,
        }
    }

    /// Whether the choice of the text was close: much is outside of it that may be text.
    pub fn is_close(&self) -> bool {
        self.doubtful > 100 && self.doubtful > self.prose / 5
    }
}

/// The page without what is surely boilerplate.
struct Clear<'a> {
    tree: &'a Tree,
    weights: Weights,
    is_out: &'a dyn Fn(NodeId) -> bool,
}

impl Clear<'_> {
    fn prose(&self, node: NodeId) -> u32 {
        let prose = self.weights.of(node).prose;
        if prose > 0 && (self.is_out)(node) {
            0
        } else {
            prose
        }
    }

    /// The element that holds all that is clearly text.
    fn root(&self, body: NodeId) -> NodeId {
        let is_main = |node: NodeId| {
            self.tree.name(node) == "main" || self.tree.attribute(node, "role") == Some("main")
        };
        let marked = self
            .common(body, is_main)
            .or_else(|| self.common(body, |node| self.tree.name(node) == "article"));
        self.descend(marked.unwrap_or(body))
    }

    /// What holds all elements of a kind, if they hold three fifths of the prose.
    fn common(&self, body: NodeId, is: impl Fn(NodeId) -> bool) -> Option<NodeId> {
        let is_apart = |node: NodeId| is(node) || (self.is_out)(node);
        let is_outermost = |&node: &NodeId| {
            is(node) && self.prose(node) > 0 && !self.tree.above(node).any(is_apart)
        };
        let found: Vec<NodeId> = self.tree.walk(body).filter(is_outermost).collect();
        let held: u32 = found.iter().map(|&node| self.prose(node)).sum();
        let holds = |node: &NodeId| {
            let is_it = |above: NodeId| above == *node;
            let mut all = found.iter();
            all.all(|&one| is_it(one) || self.tree.above(one).any(is_it))
        };
        let first = *found.first().filter(|_| held * 5 >= self.prose(body) * 3)?;
        std::iter::once(first)
            .chain(self.tree.above(first))
            .find(holds)
    }

    /// Goes down while one box holds all prose but a few words in other boxes.
    fn descend(&self, from: NodeId) -> NodeId {
        let mut root = from;
        loop {
            let all = self.prose(root);
            let children = self.tree.children(root);
            let holds = |&&child: &&NodeId| {
                let rest = all.saturating_sub(self.prose(child));
                let is_box =
                    |name: &str| BOXES.contains(&name) || matches!(name, "main" | "article");
                let is_apart = |&other: &NodeId| {
                    other == child || self.prose(other) == 0 || is_box(self.tree.name(other))
                };
                is_box(self.tree.name(child))
                    && rest * 20 <= all
                    && rest < 250
                    && children.iter().all(is_apart)
            };
            let is_text = matches!(self.tree.name(root), "main" | "article");
            match children.iter().find(holds).filter(|_| !is_text) {
                Some(&child) if self.prose(child) > 0 && !self.is_data(child) => root = child,
                _ => return root,
            }
        }
    }

    fn is_data(&self, node: NodeId) -> bool {
        self.tree.name(node) == "table" && super::table::is_data(self.tree, node)
    }
}
