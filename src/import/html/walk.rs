//! Walks a page's text and makes headings and blocks of it.

mod inline;
mod list;
mod picture;
mod seen;
mod table;

use std::collections::HashMap;

use super::{
    boilerplate,
    content::Content,
    styles::PageStyles,
    table::is_data,
    tree::{self, NodeId, Tree},
};
use crate::{
    import::{
        document::{Document, LeftOut, Location, Part},
        flow::Flow,
        structure,
    },
    report::{BlockKind, Span, SpanStyle},
};

pub struct Walker<'a> {
    pub tree: &'a Tree,
    pub content: &'a Content,
    pub styles: PageStyles<'a>,
    pub flow: Flow,
    pub document: Document,
    /// Address of the page, for links that are relative.
    pub base: Option<String>,
    /// Whether this program wrote the page.
    pub is_own: bool,
    /// Whether all of the page is text: nothing is boilerplate.
    pub is_whole: bool,
    kind: BlockKind,
    /// A list item's number, until its first words are written.
    number: Option<String>,
    is_verbatim: bool,
    /// Whether block elements are only blanks, as in a cell or a heading.
    is_one_line: bool,
    in_notes: bool,
    /// Names of elements that have begun, until their first words come.
    names: Vec<String>,
    /// The lists around, and whether an item of each has words.
    lists: Vec<bool>,
    /// Labels of printed pages by the ids of where they begin.
    pub pages: Option<&'a HashMap<String, String>>,
    /// Whether ids name printed pages themselves.
    has_page_ids: bool,
    in_paragraph: bool,
    /// Whether the line begins with a term whose definition follows.
    has_term: bool,
    /// Pages within pages around.
    frames: usize,
}

/// Most pages within pages.
const MOST_FRAMES: usize = 4;

impl<'a> Walker<'a> {
    pub fn new(tree: &'a Tree, content: &'a Content, styles: PageStyles<'a>, is_own: bool) -> Self {
        Self {
            has_page_ids: !is_own && seen::has_page_ids(tree),
            ..Self::bare(tree, content, styles, is_own)
        }
    }

    fn bare(tree: &'a Tree, content: &'a Content, styles: PageStyles<'a>, is_own: bool) -> Self {
        Self {
            tree,
            content,
            styles,
            flow: Flow::default(),
            document: Document::default(),
            base: None,
            is_own,
            is_whole: is_own,
            kind: BlockKind::Paragraph,
            number: None,
            is_verbatim: false,
            is_one_line: false,
            in_notes: false,
            names: Vec::new(),
            lists: Vec::new(),
            pages: None,
            has_page_ids: false,
            in_paragraph: false,
            has_term: false,
            frames: 0,
        }
    }

    /// Reads an element and all below it.
    pub fn read(&mut self, node: NodeId) {
        self.children(node);
        self.flush(self.kind);
        for label in self.flow.waiting_pages() {
            self.leave_out_words(label, "number of a printed page without text");
        }
    }

    /// Ends the block that is being gathered.
    pub fn flush(&mut self, kind: BlockKind) {
        if self.is_one_line {
            return self.flow.blank();
        }
        let taken = self.flow.take();
        let (within, at_start) = self
            .flow
            .take_pages()
            .into_iter()
            .partition::<Vec<_>, _>(|(_, byte)| *byte > 0);
        let at_start = at_start.into_iter().map(|(label, _)| Part::Page(label));
        self.document.parts.extend(at_start);
        let is_link = |span: &Span| {
            matches!(span.style, SpanStyle::Link(_)) && span.end - span.start == taken.0.len()
        };
        if !self.is_whole
            && kind == BlockKind::Paragraph
            && boilerplate::is_button(&taken.0)
            && (taken.1.iter().any(is_link) || !self.in_paragraph)
        {
            return self.document.left_out.push(LeftOut::new(
                Location::Somewhere,
                taken.0,
                "button of the web page",
            ));
        }
        if !taken.0.is_empty() {
            self.number = None;
        }
        if kind == BlockKind::ListItem && !taken.0.is_empty() {
            self.lists
                .last_mut()
                .into_iter()
                .for_each(|has_words| *has_words = true);
        }
        self.document.block_within(self.depth(), kind, taken);
        let within = within.into_iter();
        self.document
            .parts
            .extend(within.map(|(label, byte)| Part::PageWithin(label, byte)));
    }

    /// The text of an element on one line; what is left out of it is recorded.
    fn line(&mut self, node: NodeId) -> String {
        let (text, mut left_out) = self.apart(node);
        self.document.left_out.append(&mut left_out);
        text
    }

    /// The text of an element on one line.
    fn plain(&self, node: NodeId) -> String {
        self.apart(node).0
    }

    fn apart(&self, node: NodeId) -> (String, Vec<LeftOut>) {
        let mut inner = Self {
            is_whole: true,
            is_one_line: true,
            has_page_ids: self.has_page_ids,
            ..Self::bare(self.tree, self.content, self.styles, self.is_own)
        };
        inner.children(node);
        (inner.flow.take().0, inner.document.left_out)
    }

    /// The text of a title, whose names lead to it.
    fn title(&mut self, node: NodeId) -> String {
        let within = self
            .tree
            .walk(node)
            .skip(1)
            .flat_map(|node| names(self.tree, node));
        self.document
            .names
            .extend(self.names.drain(..).chain(within));
        let pages = self.tree.walk(node).skip(1);
        let pages: Vec<String> = pages.filter_map(|node| self.page_label(node)).collect();
        self.document
            .parts
            .extend(pages.into_iter().map(Part::Page));
        structure::without_letter_spacing(&self.line(node))
    }

    /// Adds an element's words to the line that is being gathered.
    pub fn inline_only(&mut self, node: NodeId) {
        let before = std::mem::replace(&mut self.is_one_line, true);
        self.children(node);
        self.is_one_line = before;
    }

    /// Makes a block of one kind of an element.
    pub fn text_block(&mut self, node: NodeId, kind: BlockKind) {
        if !self.has_term {
            self.flush(self.kind);
        }
        let before = std::mem::replace(&mut self.kind, kind);
        self.children(node);
        self.flush(kind);
        self.kind = before;
    }

    fn children(&mut self, node: NodeId) {
        for &child in self.tree.children(node) {
            self.node(child);
        }
    }

    fn node(&mut self, node: NodeId) {
        if let Some(text) = self.tree.own_text(node) {
            return self.text(text);
        }
        if let Some(label) = self.page_label(node) {
            let is_only_label = seen::is_only_label(self.tree, node, &label);
            self.flow.page(label);
            if is_only_label {
                return self.names.extend(names(self.tree, node));
            }
        }
        if self.is_out(node) {
            return;
        }
        self.names.extend(names(self.tree, node));
        match self.tree.name(node) {
            "" => {}
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => self.heading(node),
            "br" => self.line_break(),
            "hr" => self.flush(self.kind),
            "pre" | "listing" | "xmp" => self.verbatim(node),
            "blockquote" => self.text_block(node, BlockKind::Quote),
            "ul" | "ol" | "dir" => self.list(node),
            "dt" => self.term(node),
            "dd" => self.definition(node),
            "svg" => self.drawing(node),
            "iframe" => self.frame(node),
            "figcaption" | "caption" => self.text_block(node, BlockKind::Caption),
            "table" if !self.is_one_line && is_data(self.tree, node) => {
                self.flush(self.kind);
                self.table(node);
            }
            "p" => {
                let before = std::mem::replace(&mut self.in_paragraph, true);
                self.paragraph(node);
                self.in_paragraph = before;
            }
            "aside" if is_note(self.tree, node) => self.text_block(node, BlockKind::ListItem),
            "section" if self.is_own => self.children(node),
            name if tree::INLINE.contains(&name) => self.inline(node),
            name if name.contains(':') => self.inline(node),
            _ => self.text_block(node, self.kind),
        }
    }

    fn text(&mut self, text: &str) {
        if !text.trim().is_empty() {
            self.document.names.append(&mut self.names);
            self.has_term = false;
        }
        if self.is_verbatim {
            return self.flow.push_verbatim(text);
        }
        if !text.trim().is_empty()
            && self.flow.is_empty()
            && !self.is_one_line
            && let Some(number) = self.number.take()
        {
            self.flow.push(&format!("{number} "));
        }
        self.flow.push(text);
    }

    fn heading(&mut self, node: NodeId) {
        if self.is_one_line {
            return self.children(node);
        }
        self.flush(self.kind);
        if self.is_own && self.tree.attribute(node, "class") == Some("heading") {
            return self.text_block(node, BlockKind::Heading);
        }
        let level = self
            .tree
            .name(node)
            .trim_start_matches('h')
            .parse()
            .unwrap_or(1);
        let title = self.title(node);
        self.document.heading(level, title);
    }

    fn line_break(&mut self) {
        if self.is_verbatim {
            self.flow.push_verbatim("\n");
        } else if self.is_one_line {
            self.flow.blank();
        } else if self.flow.line_break() && !self.is_own {
            self.flush(self.kind);
        }
    }

    fn verbatim(&mut self, node: NodeId) {
        if self.is_one_line {
            return self.children(node);
        }
        self.flush(self.kind);
        self.is_verbatim = true;
        self.text_block(node, BlockKind::Preformatted);
        self.is_verbatim = false;
    }

    fn paragraph(&mut self, node: NodeId) {
        let class = self.tree.attribute(node, "class").unwrap_or_default();
        match class {
            "MsoTitle" | "Title" => {
                self.flush(self.kind);
                let title = self.title(node);
                self.document.heading(1, title);
            }
            "notice" if self.is_own => self.text_block(node, BlockKind::Notice),
            "signature" if self.is_own => self.text_block(node, BlockKind::Signature),
            "salutation" if self.is_own => self.text_block(node, BlockKind::Salutation),
            "Preformatted_20_Text" => self.verbatim(node),
            "MsoQuote" | "MsoIntenseQuote" | "Quotations" | "Block_20_Text" => {
                self.text_block(node, BlockKind::Quote)
            }
            "MsoFootnoteText" | "MsoEndnoteText" | "sdfootnote" | "sdendnote" | "Footnote"
            | "Endnote" => self.text_block(node, BlockKind::ListItem),
            _ if class.starts_with("MsoListParagraph") => self.word_item(node),
            "MsoCaption" | "wp-caption-text" | "caption" => {
                self.text_block(node, BlockKind::Caption)
            }
            // The first heading of a look gives the look its level, so that only paragraphs are asked.
            _ if self.kind != BlockKind::Paragraph || self.is_one_line => {
                self.text_block(node, self.kind)
            }
            _ => match self.styles.heading(self.tree, node) {
                Some(level) => {
                    self.flush(self.kind);
                    let title = self.title(node);
                    self.document.heading(level, title);
                }
                None => self.text_block(node, self.kind),
            },
        }
    }
}

/// Names by which links lead to an element.
fn names(tree: &Tree, node: NodeId) -> impl Iterator<Item = String> {
    let name = tree
        .attribute(node, "name")
        .filter(|_| tree.name(node) == "a");
    tree.attribute(node, "id")
        .into_iter()
        .chain(name)
        .filter(|name| !name.is_empty())
        .map(str::to_owned)
}

/// Whether an element is the text of a footnote, as EPUB marks it.
fn is_note(tree: &Tree, node: NodeId) -> bool {
    tree.attribute(node, "epub:type").is_some_and(|kinds| {
        kinds
            .split_whitespace()
            .any(|kind| matches!(kind, "footnote" | "endnote" | "rearnote"))
    })
}
