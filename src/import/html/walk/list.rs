//! Lists and their items, with the numbers that the page only implies.

use super::{Walker, names};
use crate::{
    import::{
        document::Part,
        html::{
            numerals::numeral,
            tree::{NodeId, Tree},
        },
    },
    report::{BlockKind, DEEPEST_ITEM, SpanStyle},
};

impl Walker<'_> {
    /// How many lists are around the list that is being read. Lists that hold no item count only
    /// after an item that can contain them: LibreOffice begins at the outermost list again for
    /// each item of another depth.
    pub(super) fn depth(&self) -> usize {
        let outer = self
            .lists
            .split_last()
            .map(|(_, outer)| outer)
            .unwrap_or_default();
        let before = match self.document.parts.last() {
            Some(Part::Block(block)) if block.kind == BlockKind::ListItem => {
                usize::from(block.depth) + 1
            }
            _ if self.is_own => outer.len(),
            _ => 0,
        };
        let sure = outer
            .iter()
            .filter(|has_words| **has_words || self.is_own)
            .count();
        outer.len().min(before).max(sure)
    }

    /// Word writes lists as paragraphs with the level in the style: `mso-list:l0 level2 lfo1`.
    pub(super) fn word_item(&mut self, node: NodeId) {
        let style = self
            .tree
            .attribute(node, "style")
            .and_then(|style| style.split_once("mso-list:"))
            .map(|(_, rest)| rest);
        let words = style
            .and_then(|rest| rest.split(';').next())
            .unwrap_or_default()
            .split_whitespace();
        let level = words
            .into_iter()
            .find_map(|word| word.strip_prefix("level")?.parse::<usize>().ok());
        let outer = std::mem::replace(
            &mut self.lists,
            vec![true; level.unwrap_or(1).clamp(1, usize::from(DEEPEST_ITEM) + 1)],
        );
        self.text_block(node, BlockKind::ListItem);
        self.lists = outer;
    }

    pub(super) fn list(&mut self, node: NodeId) {
        self.flush(self.kind);
        let was_in_notes = self.in_notes;
        self.in_notes |= is_notes(self.tree, node);
        self.lists.push(false);
        let mut number: i64 = self
            .tree
            .attribute(node, "start")
            .and_then(|start| start.parse().ok())
            .unwrap_or(1);
        let style = self.tree.attribute(node, "type").unwrap_or_default();
        let is_item = |node: &&NodeId| self.tree.name(**node) == "li";
        let is_reversed = self.tree.attribute(node, "reversed").is_some();
        if is_reversed && self.tree.attribute(node, "start").is_none() {
            let count = self.tree.children(node).iter().filter(is_item).count();
            number = i64::try_from(count).unwrap_or(i64::MAX);
        }
        let step = if is_reversed { -1 } else { 1 };
        for &child in self.tree.children(node) {
            if self.tree.name(child) != "li" {
                self.node(child);
                continue;
            }
            self.names.extend(names(self.tree, child));
            number = self
                .tree
                .attribute(child, "value")
                .and_then(|value| value.trim().parse().ok())
                .unwrap_or(number);
            let written = if self.in_notes {
                format!("[{number}]")
            } else {
                format!("{}.", numeral(number, style))
            };
            let written = (self.tree.name(node) == "ol" && !self.is_own).then_some(written);
            self.item(child, written);
            number = number.saturating_add(step);
        }
        self.lists.pop();
        self.in_notes = was_in_notes;
    }

    /// The term of a definition, which follows on its line.
    pub(super) fn term(&mut self, node: NodeId) {
        if self.is_one_line {
            self.flow.blank();
            self.styled(node, SpanStyle::Strong);
            return self.flow.blank();
        }
        if self.has_term {
            self.flow.attach(", ");
        } else {
            self.flush(self.kind);
        }
        let was_one_line = std::mem::replace(&mut self.is_one_line, true);
        self.styled(node, SpanStyle::Strong);
        self.is_one_line = was_one_line;
        self.has_term = !self.flow.is_empty();
        if !has_definition(self.tree, node) {
            self.has_term = false;
            self.flush(BlockKind::ListItem);
        }
    }

    pub(super) fn definition(&mut self, node: NodeId) {
        if self.is_one_line {
            self.flow.blank();
            self.children(node);
            return self.flow.blank();
        }
        if !self.has_term {
            self.flush(self.kind);
        } else if self
            .flow
            .last()
            .is_none_or(|last| !matches!(last, ':' | '?' | '!' | '.'))
        {
            self.flow.attach(": ");
        } else {
            self.flow.blank();
        }
        self.item(node, None);
        self.has_term = false;
    }

    /// A list item: its first words are the item, later paragraphs in it paragraphs.
    fn item(&mut self, node: NodeId, number: Option<String>) {
        if self.is_one_line {
            self.flow.blank();
            return self.children(node);
        }
        if self.is_out(node) {
            return;
        }
        if let Some(label) = self.page_label(node) {
            self.flow.page(label);
        }
        self.number = number;
        let before = std::mem::replace(&mut self.kind, BlockKind::ListItem);
        let blocks = self.document.parts.len();
        for &child in self.tree.children(node) {
            if self.document.parts.len() > blocks && self.kind == BlockKind::ListItem {
                self.kind = BlockKind::Paragraph;
            }
            self.node(child);
        }
        self.flush(self.kind);
        self.kind = before;
        self.number = None;
    }
}

/// Whether a definition follows a term.
fn has_definition(tree: &Tree, term: NodeId) -> bool {
    let after = tree
        .parent(term)
        .map_or(&[][..], |parent| tree.children(parent));
    let after = after.iter().skip_while(|&&node| node != term);
    after.into_iter().any(|&node| tree.name(node) == "dd")
}

/// Whether a list holds footnotes, as pandoc, Markdown programs and Wikipedia mark it.
fn is_notes(tree: &Tree, node: NodeId) -> bool {
    std::iter::once(node)
        .chain(tree.above(node).take(2))
        .any(|node| {
            let class = tree.attribute(node, "class").unwrap_or_default();
            let role = tree.attribute(node, "role").unwrap_or_default();
            class.split_whitespace().any(|word| {
                matches!(
                    word,
                    "footnotes" | "references" | "footnote-list" | "endnotes"
                )
            }) || role == "doc-endnotes"
        })
}
