//! What the elements of a page weigh: text, links, sentences and controls.

use super::tree::{INLINE, NodeId, ROOT, Tree};

/// Shortest line without a full stop that is prose, and shortest sentence, in characters without
/// blanks.
const SHORTEST_LINE: u32 = 60;
const SHORTEST_SENTENCE: u32 = 12;

/// What is in an element, in characters without blanks.
#[derive(Debug, Clone, Copy, Default)]
pub struct Weight {
    pub text: u32,
    pub linked: u32,
    /// Text of running sentences, outside of links.
    pub prose: u32,
    /// How many links and controls there are.
    pub links: u32,
    pub controls: u32,
}

impl Weight {
    pub fn add(&mut self, other: Self) {
        self.text += other.text;
        self.linked += other.linked;
        self.prose += other.prose;
        self.links += other.links;
        self.controls += other.controls;
    }

    pub fn is_mostly_links(self) -> bool {
        self.linked * 5 > self.text * 2
    }

    /// Whether hardly anything but links is in it.
    pub fn is_links(self) -> bool {
        self.linked * 5 > self.text * 3 && self.prose * 5 < self.text
    }

    /// Whether it is text rather than a frame around it.
    pub fn is_prose(self) -> bool {
        self.prose >= 40 && self.prose * 2 > self.text
    }
}

/// What each element of a page weighs.
#[derive(Debug)]
pub struct Weights {
    /// The whole page.
    pub page: Weight,
    all: Vec<Weight>,
}

impl Weights {
    /// Weighs a page; what is silent weighs nothing, and what is out nothing in what is around it.
    pub fn of_page(
        tree: &Tree,
        is_silent: impl Fn(NodeId) -> bool,
        is_out: impl Fn(NodeId) -> bool,
    ) -> Self {
        let all = weigh(tree, is_silent, is_out);
        let body = tree.first(ROOT, "body").unwrap_or(ROOT);
        Self {
            page: all.get(body).copied().unwrap_or_default(),
            all,
        }
    }

    pub fn of(&self, node: NodeId) -> Weight {
        self.all.get(node).copied().unwrap_or_default()
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
fn weigh(
    tree: &Tree,
    is_silent: impl Fn(NodeId) -> bool,
    is_out: impl Fn(NodeId) -> bool,
) -> Vec<Weight> {
    let mut weights = vec![Weight::default(); tree.size()];
    let mut lines = vec![Line::default(); tree.size()];
    let mut order = Vec::new();
    let mut waiting = vec![(ROOT, false)];
    while let Some((node, is_linked)) = waiting.pop() {
        if is_silent(node) {
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
