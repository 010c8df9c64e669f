//! Inline elements: emphasis, links and footnote marks.

use super::{Walker, is_note};
use crate::{
    import::{
        html::tree::{NodeId, Tree},
        link, structure,
    },
    report::{BlockKind, SpanStyle},
};

impl Walker<'_> {
    pub(super) fn inline(&mut self, node: NodeId) {
        match self.tree.name(node) {
            "a" => self.anchor(node),
            "em" | "i" | "dfn" | "var" | "cite" => self.styled(node, SpanStyle::Emphasis),
            "strong" | "b" => self.styled(node, SpanStyle::Strong),
            "sup" => self.superscript(node),
            "sub" => self.script(node, false),
            "del" | "s" | "strike" => self.deleted(node),
            "rt" if !self.is_own => {
                self.text("(");
                self.children(node);
                self.flow.end_bracket(")");
            }
            "q" => {
                self.text("“");
                self.children(node);
                self.text("”");
            }
            "math" => match self.tree.attribute(node, "alttext") {
                Some(words) => self.text(words),
                None => self.text(&formula(self.tree, node, 0)),
            },
            "img" => self.picture(node),
            "wbr" | "source" => {}
            "rp" if !self.is_own => {}
            "span" if self.is_item_mark(node) => {}
            _ => {
                match style_of(self.tree, node).or_else(|| self.styles.emphasis(self.tree, node)) {
                    Some(style) => self.styled(node, style),
                    None => self.children(node),
                }
            }
        }
    }

    /// Whether an element is the bullet or number of an item, as LibreOffice writes it out. Its
    /// number is the item's.
    fn is_item_mark(&mut self, node: NodeId) -> bool {
        let class = self.tree.attribute(node, "class").unwrap_or_default();
        let is_number = class == "Numbering_20_Symbols";
        let is_mark = (is_number || class == "Bullet_20_Symbols")
            && self.kind == BlockKind::ListItem
            && self.flow.is_empty();
        if is_mark && is_number {
            self.number = Some(self.tree.words(node));
        }
        is_mark
    }

    pub(super) fn styled(&mut self, node: NodeId, style: SpanStyle) {
        self.flow.open(style);
        self.children(node);
        self.flow.close();
    }

    fn anchor(&mut self, node: NodeId) {
        let target = self.tree.attribute(node, "href").unwrap_or_default();
        let is_within = link::within(target, self.base.as_deref()).is_some();
        let text = self.tree.text(node);
        let text = text.trim();
        let is_way_back =
            link::is_way_back(text) || self.tree.attribute(node, "role") == Some("doc-backlink");
        if !self.is_own && is_within && is_way_back {
            return;
        }
        let class = self.tree.attribute(node, "class").unwrap_or_default();
        if matches!(
            class,
            "sdfootnotesym" | "sdendnotesym" | "Footnote_20_Symbol" | "Endnote_20_Symbol"
        ) {
            return self.text(&format!("[{text}] "));
        }
        let is_bare = is_note_mark(self.tree, node)
            && text.chars().count() <= 4
            && text.chars().all(char::is_alphanumeric);
        match link::resolve(target, self.base.as_deref()) {
            Some(target) if is_bare && self.tree.first(node, "sup").is_none() => {
                self.flow.open(SpanStyle::Link(target));
                self.text(&format!("[{text}]"));
                self.flow.close();
            }
            Some(target) => self.styled(node, SpanStyle::Link(target)),
            None => self.children(node),
        }
    }

    /// Footnote marks get brackets, other raised numbers become superscript digits.
    fn superscript(&mut self, node: NodeId) {
        let text = self.tree.text(node).trim().to_owned();
        let anchor = self
            .tree
            .walk(node)
            .chain(self.tree.parent(node))
            .find(|&node| self.tree.name(node) == "a");
        let target = anchor
            .and_then(|anchor| self.tree.attribute(anchor, "href"))
            .filter(|target| target.contains('#'));
        let target = target.or_else(|| {
            anchor
                .filter(|&anchor| self.tree.attribute(anchor, "epub:type") == Some("noteref"))
                .map(|_| "")
        });
        let is_own_mark =
            self.flow.is_empty() && self.tree.above(node).any(|above| is_note(self.tree, above));
        match (target, structure::raised(&text)) {
            // The mark at the start of a note leads back to where it was called.
            (Some(_), _) if is_own_mark && !self.is_own => self.text(&format!("[{text}] ")),
            (Some(target), _)
                if !text.is_empty() && text.chars().count() <= 4 && !text.starts_with('[') =>
            {
                let link = link::resolve(target, self.base.as_deref()).map(SpanStyle::Link);
                let is_link = link.is_some();
                link.into_iter().for_each(|style| self.flow.open(style));
                self.text(&format!("[{text}]"));
                if is_link {
                    self.flow.close();
                }
            }
            (None, Some(digits)) => self.text(&digits),
            (None, None) => self.script(node, true),
            _ => self.children(node),
        }
    }

    /// Raised or lowered text: signs, where there are some of it.
    fn script(&mut self, node: NodeId, is_raised: bool) {
        let text = self.tree.text(node);
        match structure::script(text.trim(), is_raised, self.flow.last()) {
            Some(signs) if !self.is_verbatim => self.text(&signs),
            _ => self.children(node),
        }
    }

    /// Text that is no longer in force cannot be read as if it were.
    fn deleted(&mut self, node: NodeId) {
        if self.tree.words(node).is_empty() || self.is_own {
            return self.children(node);
        }
        self.text("[deleted: ");
        self.children(node);
        self.flow.end_bracket("]");
    }
}

/// Deepest formula that is read with its structure.
const DEEPEST_FORMULA: usize = 64;

/// A formula on one line: `x^2`, `(a+b)/2`.
fn formula(tree: &Tree, node: NodeId, depth: usize) -> String {
    let name = tree.name(node);
    if let Some(text) = tree.own_text(node) {
        return text.split_whitespace().collect::<Vec<_>>().join(" ");
    }
    if name.starts_with("annotation") {
        return String::new();
    }
    if depth > DEEPEST_FORMULA {
        return tree.words(node);
    }
    let is_part = |node: &NodeId| !tree.words(*node).is_empty();
    let children = tree.children(node).iter().copied().filter(is_part);
    let parts: Vec<String> = children
        .map(|child| formula(tree, child, depth + 1))
        .collect();
    let group = |at: usize| {
        let part = parts.get(at).cloned().unwrap_or_default();
        if part.chars().all(char::is_alphanumeric) {
            part
        } else {
            format!("({part})")
        }
    };
    match (name, parts.len()) {
        ("mfrac", 2) => format!("{}/{}", group(0), group(1)),
        ("msup" | "mover", 2) => format!("{}^{}", group(0), group(1)),
        ("msub" | "munder", 2) => format!("{}_{}", group(0), group(1)),
        ("msubsup" | "munderover", 3) => {
            format!("{}_{}^{}", group(0), group(1), group(2))
        }
        ("msqrt", _) => format!("√({})", parts.concat()),
        ("mroot", 2) => format!("{}√({})", parts[1], parts[0]),
        ("mtr" | "mlabeledtr", _) => format!("{} ", parts.join(" ")),
        ("mtable", _) => parts.join("; "),
        ("mtext", _) => format!(" {} ", parts.concat()),
        ("mo", _) => operator(&parts.concat()),
        _ => parts.concat(),
    }
}

/// A sign between two terms, with blanks where it is a relation.
fn operator(sign: &str) -> String {
    match sign {
        "=" | "<" | ">" | "≤" | "≥" | "≈" | "≠" | "→" => format!(" {sign} "),
        "\u{2061}" | "\u{2062}" | "\u{2063}" => String::new(),
        _ => sign.to_owned(),
    }
}

/// Whether a link is the mark of a footnote, as EPUB, DPUB-ARIA, pandoc and LibreOffice say it.
fn is_note_mark(tree: &Tree, anchor: NodeId) -> bool {
    let is = |name: &str, wanted: &str| {
        tree.attribute(anchor, name)
            .is_some_and(|value| value.split_whitespace().any(|word| word == wanted))
    };
    let around = tree
        .parent(anchor)
        .and_then(|parent| tree.attribute(parent, "class"))
        .unwrap_or_default();
    matches!(around, "Footnote_20_anchor" | "Endnote_20_anchor")
        || is("epub:type", "noteref")
        || is("role", "doc-noteref")
        || is("class", "footnote-ref")
}

/// Emphasis that is only in the style, as word processors write it.
fn style_of(tree: &Tree, node: NodeId) -> Option<SpanStyle> {
    let style = tree
        .attribute(node, "style")?
        .replace(' ', "")
        .to_ascii_lowercase();
    let is_bold = ["font-weight:bold", "font-weight:700", "font-weight:600"]
        .iter()
        .any(|bold| style.contains(bold));
    is_bold.then_some(SpanStyle::Strong).or_else(|| {
        style
            .contains("font-style:italic")
            .then_some(SpanStyle::Emphasis)
    })
}
