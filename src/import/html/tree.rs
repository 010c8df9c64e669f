//! A page as a tree of nodes in one list, built by html5ever (WHATWG HTML). Knows no report.

mod sink;

use std::rc::Rc;

use html5ever::{
    LocalName, ParseOpts, QualName, parse_document,
    tendril::{StrTendril, TendrilSink},
    tree_builder::NodeOrText,
};

use sink::Sink;

/// Deepest nesting that is read: the parser's time grows with its square.
pub const DEEPEST: u16 = 512;
/// Bytes that the parser is given at once; after each the depth is looked at.
const PIECE: usize = 16 * 1024;

/// Inline elements.
pub const INLINE: &[&str] = &[
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em",
    "font", "i", "ins", "kbd", "label", "mark", "math", "nobr", "o:p", "q", "rp", "rt", "ruby",
    "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "time", "tt", "u", "var",
    "wbr", "img", "br", "picture", "source", "output", "meter", "progress", "button", "svg",
    "text", "tspan", "rb", "rtc",
];

/// A node of a page, by its place in the list.
pub type NodeId = usize;

/// The root of every tree.
pub const ROOT: NodeId = 0;

#[derive(Debug, Default)]
pub struct Tree {
    nodes: Vec<Node>,
    is_too_deep: bool,
}

#[derive(Debug)]
struct Node {
    parent: Option<NodeId>,
    children: Vec<NodeId>,
    depth: u16,
    kind: Kind,
}

#[derive(Debug)]
enum Kind {
    Element {
        name: LocalName,
        attributes: Vec<(LocalName, StrTendril)>,
    },
    Text(StrTendril),
    /// The document, comments, instructions.
    Other,
}

/// The page nests deeper than [`DEEPEST`].
#[derive(Debug)]
pub struct TooDeep;

/// Reads a page.
///
/// # Errors
/// Where its elements nest deeper than [`DEEPEST`].
pub fn parse(text: &str) -> Result<Tree, TooDeep> {
    // What is for browsers without scripts is part of the tree.
    let mut options = ParseOpts::default();
    options.tree_builder.scripting_enabled = false;
    let mut parser = parse_document(Sink::default(), options);
    let mut rest = text;
    while !rest.is_empty() {
        let end = (PIECE.min(rest.len())..=rest.len())
            .find(|&end| rest.is_char_boundary(end))
            .unwrap_or(rest.len());
        let (piece, after) = rest.split_at(end);
        parser.process(StrTendril::from_slice(piece));
        if parser.tokenizer.sink.sink.tree.borrow().is_too_deep {
            return Err(TooDeep);
        }
        rest = after;
    }
    let tree = parser.finish();
    if tree.is_too_deep {
        Err(TooDeep)
    } else {
        Ok(tree)
    }
}

impl Tree {
    /// How many nodes there are; each is below this number.
    pub fn size(&self) -> usize {
        self.nodes.len()
    }

    pub fn children(&self, node: NodeId) -> &[NodeId] {
        self.nodes.get(node).map_or(&[], |node| &node.children)
    }

    pub fn parent(&self, node: NodeId) -> Option<NodeId> {
        self.nodes.get(node)?.parent
    }

    /// The element's name in lower case; empty for text and the like.
    pub fn name(&self, node: NodeId) -> &str {
        match self.nodes.get(node).map(|node| &node.kind) {
            Some(Kind::Element { name, .. }) => name,
            _ => "",
        }
    }

    pub fn attribute(&self, node: NodeId, wanted: &str) -> Option<&str> {
        match self.nodes.get(node).map(|node| &node.kind) {
            Some(Kind::Element { attributes, .. }) => attributes
                .iter()
                .find(|(name, _)| **name == *wanted)
                .map(|(_, value)| value.as_ref()),
            _ => None,
        }
    }

    /// The text of a text node.
    pub fn own_text(&self, node: NodeId) -> Option<&str> {
        match self.nodes.get(node).map(|node| &node.kind) {
            Some(Kind::Text(text)) => Some(text),
            _ => None,
        }
    }

    /// A node and all below it, in reading order.
    pub fn walk(&self, from: NodeId) -> impl Iterator<Item = NodeId> + '_ {
        let mut waiting = vec![from];
        std::iter::from_fn(move || {
            let node = waiting.pop()?;
            waiting.extend(self.children(node).iter().rev());
            Some(node)
        })
    }

    /// All text below a node, as it is written.
    pub fn text(&self, from: NodeId) -> String {
        self.walk(from)
            .filter_map(|node| self.own_text(node))
            .collect()
    }

    /// The words below a node, one blank between them, those of different elements too.
    pub fn words(&self, from: NodeId) -> String {
        let words = self
            .walk(from)
            .filter_map(|node| self.own_text(node))
            .flat_map(str::split_whitespace);
        words.collect::<Vec<_>>().join(" ")
    }

    /// The first element of a name below a node.
    pub fn first(&self, from: NodeId, name: &str) -> Option<NodeId> {
        self.first_where(from, |node| self.name(node) == name)
    }

    pub fn first_where(&self, from: NodeId, is: impl Fn(NodeId) -> bool) -> Option<NodeId> {
        self.walk(from).find(|&node| is(node))
    }

    /// The elements above a node, the nearest first.
    pub fn above(&self, node: NodeId) -> impl Iterator<Item = NodeId> + '_ {
        std::iter::successors(self.parent(node), |&node| self.parent(node))
    }

    fn add(&mut self, kind: Kind) -> NodeId {
        self.nodes.push(Node {
            parent: None,
            children: Vec::new(),
            depth: 0,
            kind,
        });
        self.nodes.len() - 1
    }

    fn detach(&mut self, node: NodeId) {
        let Some(parent) = self.nodes.get_mut(node).and_then(|node| node.parent.take()) else {
            return;
        };
        if let Some(parent) = self.nodes.get_mut(parent)
            && let Some(at) = parent.children.iter().rposition(|&child| child == node)
        {
            parent.children.remove(at);
        }
    }

    /// Puts a node or text at a place among the children of a parent.
    fn insert(&mut self, parent: NodeId, at: usize, child: NodeOrText<Handle>) {
        let child = match child {
            NodeOrText::AppendNode(handle) => handle.id,
            NodeOrText::AppendText(text) => match self.text_before(parent, at) {
                Some(before) => return before.push_tendril(&text),
                None => self.add(Kind::Text(text)),
            },
        };
        let depth = self
            .nodes
            .get(parent)
            .map_or(0, |parent| parent.depth.saturating_add(1));
        self.is_too_deep |= depth > DEEPEST;
        if let Some(node) = self.nodes.get_mut(child) {
            (node.parent, node.depth) = (Some(parent), depth);
        }
        if let Some(parent) = self.nodes.get_mut(parent) {
            parent.children.insert(at.min(parent.children.len()), child);
        }
    }

    fn text_before(&mut self, parent: NodeId, at: usize) -> Option<&mut StrTendril> {
        let before = *self.nodes.get(parent)?.children.get(at.checked_sub(1)?)?;
        match &mut self.nodes.get_mut(before)?.kind {
            Kind::Text(text) => Some(text),
            _ => None,
        }
    }

    fn append(&mut self, parent: NodeId, child: NodeOrText<Handle>) {
        if let NodeOrText::AppendNode(handle) = &child {
            self.detach(handle.id);
        }
        self.insert(parent, self.children(parent).len(), child);
    }
}

/// What the parser knows a node by. The name goes with it because the parser asks for it while
/// the tree may change.
#[derive(Debug, Clone)]
struct Handle {
    id: NodeId,
    name: Rc<QualName>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nesting_is_bounded_and_wide_pages_are_not() {
        assert!(parse(&"<div>".repeat(1_000_000)).is_err());
        assert!(parse(&"<b>x".repeat(100_000)).is_err());
        let tree = parse(&"<p>one <b>two</b>".repeat(10_000)).expect("readable");
        assert_eq!(
            tree.walk(ROOT)
                .filter(|&node| tree.name(node) == "p")
                .count(),
            10_000
        );
    }
}
