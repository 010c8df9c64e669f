//! Finds the part of a page that holds the report's text.

use super::{
    boilerplate::{self, Weight},
    tree::{NodeId, ROOT, Tree},
    walk::INLINE,
};

/// Where the text is and what every element weighs.
#[derive(Debug)]
pub struct Content {
    pub root: NodeId,
    pub page: Weight,
    weights: Vec<Weight>,
    /// Prose within the text, and outside of it what is not clearly boilerplate.
    prose: u32,
    doubtful: u32,
}

/// Shortest line without a full stop that is prose, and shortest sentence, in characters without
/// blanks.
const SHORTEST_LINE: u32 = 60;
const SHORTEST_SENTENCE: u32 = 12;

/// Elements that only hold others.
const BOXES: &[&str] = &[
    "div", "section", "center", "form", "table", "tbody", "tr", "td", "body", "font",
];

impl Content {
    /// Weighs the page and finds its text. With `is_own` the whole body is text.
    pub fn find(tree: &Tree, is_own: bool) -> Self {
        let body = tree.first(ROOT, "body").unwrap_or(ROOT);
        let weights = weigh(tree, |node| boilerplate::is_hidden(tree, node));
        let page = weights.get(body).copied().unwrap_or_default();
        let mut content = Self {
            root: body,
            page,
            weights,
            prose: page.prose,
            doubtful: 0,
        };
        if !is_own {
            let clear = Clear {
                tree,
                weights: weigh(tree, |node| {
                    boilerplate::is_hidden(tree, node)
                        || boilerplate::reason(tree, node, &content).is_some()
                }),
            };
            content.root = clear.root(body);
            content.prose = clear.prose(content.root);
            content.doubtful = clear.prose(body).saturating_sub(content.prose);
        }
        content
    }

    pub fn weight(&self, node: NodeId) -> Weight {
        self.weights.get(node).copied().unwrap_or_default()
    }

    /// Whether the choice of the text was close: much prose is outside of it, or more than within.
    pub fn is_close(&self) -> bool {
        let is_much = |prose: u32, share: u32| prose > 100 && prose > self.prose / share;
        is_much(self.doubtful, 5) || is_much(self.page.prose.saturating_sub(self.prose), 1)
    }
}

/// The page without what is surely boilerplate.
struct Clear<'a> {
    tree: &'a Tree,
    weights: Vec<Weight>,
}

impl Clear<'_> {
    fn prose(&self, node: NodeId) -> u32 {
        self.weights.get(node).map_or(0, |weight| weight.prose)
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
        let is_outermost =
            |&node: &NodeId| is(node) && self.prose(node) > 0 && !self.tree.above(node).any(&is);
        let found: Vec<NodeId> = self.tree.walk(body).filter(is_outermost).collect();
        let held: u32 = found.iter().map(|&node| self.prose(node)).sum();
        let holds = |node: &NodeId| self.prose(*node) >= held;
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

/// The words of one line so far: text, the linked part of it, and whether a sentence ends in it.
#[derive(Clone, Copy, Default)]
struct Line {
    text: u32,
    linked: u32,
    ends: bool,
}

/// What each element weighs; what is out weighs nothing in what is around it.
fn weigh(tree: &Tree, is_out: impl Fn(NodeId) -> bool) -> Vec<Weight> {
    let mut weights = vec![Weight::default(); tree.size()];
    let mut lines = vec![Line::default(); tree.size()];
    let mut order = Vec::new();
    let mut waiting = vec![(ROOT, false)];
    while let Some((node, is_linked)) = waiting.pop() {
        if boilerplate::is_silent(tree, node) {
            continue;
        }
        order.push((node, is_linked));
        let is_link = tree
            .attribute(node, "href")
            .is_some_and(|to| tree.name(node) == "a" && (to == "#" || !to.starts_with('#')));
        waiting.extend(
            tree.children(node)
                .iter()
                .map(|&child| (child, is_linked || is_link)),
        );
    }
    for &(node, is_linked) in order.iter().rev() {
        let (mut weight, mut line) = (weights[node], lines[node]);
        match tree.own_text(node) {
            Some(text) => line = own(text, is_linked),
            None => {
                weight.links += u32::from(tree.name(node) == "a");
                weight.controls += u32::from(matches!(
                    tree.name(node),
                    "button" | "select" | "textarea" | "input"
                ));
            }
        }
        let is_inline = tree.own_text(node).is_some() || INLINE.contains(&tree.name(node));
        if !is_inline {
            end_line(&mut weight, std::mem::take(&mut line));
        }
        (weights[node], lines[node]) = (weight, line);
        let Some(above) = tree.parent(node).filter(|_| !is_out(node)) else {
            continue;
        };
        weights[above].add(weight);
        lines[above].text += line.text;
        lines[above].linked += line.linked;
        lines[above].ends |= line.ends;
    }
    weights
}

fn own(text: &str, is_linked: bool) -> Line {
    let count: usize = text
        .split_whitespace()
        .map(|word| word.chars().count())
        .sum();
    let count = u32::try_from(count).unwrap_or(u32::MAX);
    let is_end = |word: &str| {
        word.trim_end_matches(['”', '"', '’', ')'])
            .ends_with(['.', '!', '?', '。', '؟', '।', '…', ':', ';'])
    };
    Line {
        text: count,
        linked: if is_linked { count } else { 0 },
        ends: text.split_whitespace().any(is_end),
    }
}

fn end_line(weight: &mut Weight, line: Line) {
    weight.text += line.text;
    weight.linked += line.linked;
    let own = line.text - line.linked;
    if own >= SHORTEST_LINE || (own >= SHORTEST_SENTENCE && line.ends) {
        weight.prose += own;
    }
}
