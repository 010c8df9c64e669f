//! Markdown (CommonMark with tables, footnotes and front matter), as people and `print` write it.

mod image;
mod page;
mod table;

use std::collections::HashMap;

use pulldown_cmark::{CodeBlockKind, Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use super::{
    ImportError,
    document::{Document, is_strong_line},
    flow::Flow,
    front::Front,
    link,
};
use crate::{
    report::{Block, BlockKind, SpanStyle},
    text::wording,
};
use table::Table;

/// Reads a Markdown text.
///
/// # Errors
/// Where a page within it nests too deep.
pub fn read(text: &str) -> Result<Document, ImportError> {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_GFM
        | Options::ENABLE_YAML_STYLE_METADATA_BLOCKS;
    let mut reader = Reader::default();
    for event in Parser::new_ext(text, options) {
        reader.event(event)?;
    }
    reader.document.has_addresses = true;
    let has_titles = reader.document.headings().count() > 0;
    reader.document.has_looks = !has_titles;
    Ok(reader.document)
}

#[derive(Default)]
struct Reader {
    document: Document,
    flow: Flow,
    /// What holds the text: quotes, list items, footnotes.
    around: Vec<Around>,
    lists: Vec<List>,
    /// Lists that are missing around the outermost one, as a comment states.
    missing: usize,
    heading: Option<(u8, Option<String>)>,
    /// How often each heading's name was there.
    slugs: HashMap<String, usize>,
    /// The kind that a comment names for the next block.
    named: Option<BlockKind>,
    /// Written before the next word, if one comes.
    prefix: Option<String>,
    table: Option<Table>,
    page: String,
    front: Option<String>,
    is_verbatim: bool,
    /// Images around, their words so far, and whether no words are before the image.
    images: usize,
    alt: String,
    alone: bool,
    /// The words of an image that may be all of a paragraph.
    image: Option<String>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Around {
    Quote,
    /// A list item or footnote, and whether its first block has been written.
    Item(bool),
}

/// A list that is around.
struct List {
    /// Number of the next item, where they have some.
    number: Option<u64>,
    /// Whether an item of it has words.
    has_words: bool,
}

impl Reader {
    fn event(&mut self, event: Event<'_>) -> Result<(), ImportError> {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag)?,
            Event::Text(text) => self.text(&text),
            Event::Code(text) => self.text(&text),
            Event::InlineMath(text) | Event::DisplayMath(text) => self.text(&text),
            Event::Html(text) => self.page.push_str(&text),
            Event::InlineHtml(tag) => self.tag(&tag),
            Event::FootnoteReference(label) => {
                self.flow.open(SpanStyle::Link(format!("#^{label}")));
                self.text(&format!("[{label}]"));
                self.flow.close();
            }
            Event::SoftBreak | Event::HardBreak if self.images > 0 => self.alt.push(' '),
            Event::SoftBreak => self.flow.blank(),
            Event::HardBreak => _ = self.flow.line_break(),
            Event::Rule => {}
            Event::TaskListMarker(is_done) => self.text(if is_done { "☑ " } else { "☐ " }),
        }
        Ok(())
    }

    fn text(&mut self, text: &str) {
        if let Some(front) = &mut self.front {
            return front.push_str(text);
        }
        if self.images > 0 {
            return self.alt.push_str(text);
        }
        if self.is_verbatim {
            return self.flow.push_verbatim(text);
        }
        if let Some(prefix) = self.prefix.take_if(|_| !text.trim().is_empty()) {
            self.flow.push(&prefix);
        }
        self.flow.push(text);
    }

    fn start(&mut self, tag: Tag<'_>) {
        match tag {
            Tag::Heading { level, id, .. } => {
                self.heading = Some((level_of(level), id.map(|id| id.to_string())))
            }
            Tag::BlockQuote(kind) => {
                self.around.push(Around::Quote);
                self.prefix = kind.map(|kind| format!("{kind:?}: "));
            }
            Tag::Strikethrough => self.text("[deleted: "),
            Tag::CodeBlock(kind) => {
                self.flush();
                self.is_verbatim = true;
                // The information string names a language and is not text.
                let (CodeBlockKind::Indented | CodeBlockKind::Fenced(_)) = kind;
            }
            Tag::List(first) => {
                self.flush();
                self.lists.push(List {
                    number: first,
                    has_words: false,
                });
            }
            Tag::Item => self.item(),
            Tag::FootnoteDefinition(label) => {
                self.around.push(Around::Item(false));
                self.prefix = Some(format!("[{label}] "));
                self.document.names.push(format!("^{label}"));
            }
            Tag::Table(_) => self.table = Some(Table::default()),
            Tag::TableHead => self.table.iter_mut().for_each(|table| table.is_head = true),
            Tag::TableRow => self.table.iter_mut().for_each(|table| table.column = 0),
            Tag::TableCell => self.cell(),
            Tag::Emphasis => self.flow.open(SpanStyle::Emphasis),
            Tag::Strong => self.flow.open(SpanStyle::Strong),
            Tag::Link { dest_url, .. } => self.flow.open(SpanStyle::Link(
                link::resolve(&dest_url, None).unwrap_or_default(),
            )),
            Tag::Image { .. } => {
                self.images += 1;
                self.alone = self.flow.is_empty();
            }
            Tag::MetadataBlock(_) => self.front = Some(String::new()),
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) -> Result<(), ImportError> {
        match tag {
            TagEnd::Paragraph => self.flush(),
            TagEnd::Heading(_) => self.end_heading(),
            TagEnd::BlockQuote(_) => {
                self.flush();
                self.around.pop();
            }
            TagEnd::CodeBlock => self.end_verbatim(),
            TagEnd::HtmlBlock => self.end_page()?,
            TagEnd::List(_) => self.end_list(),
            TagEnd::Item | TagEnd::FootnoteDefinition => {
                self.flush();
                self.around.pop();
                self.prefix = None;
            }
            TagEnd::Table => self.end_table(),
            TagEnd::TableHead => self
                .table
                .iter_mut()
                .for_each(|table| table.is_head = false),
            TagEnd::TableRow => {
                let taken = self.flow.take();
                self.document.block(BlockKind::ListItem, taken);
            }
            TagEnd::TableCell => self.end_cell(),
            TagEnd::Emphasis => self.flow.close_kind(&SpanStyle::Emphasis),
            TagEnd::Strong => self.flow.close_kind(&SpanStyle::Strong),
            TagEnd::Link => self.flow.close_kind(&SpanStyle::Link(String::new())),
            TagEnd::Strikethrough => self.flow.end_bracket("]"),
            TagEnd::Image => self.end_image(),
            TagEnd::MetadataBlock(_) => {
                Front::read(&self.front.take().unwrap_or_default()).describe(&mut self.document);
            }
            _ => {}
        }
        Ok(())
    }

    fn item(&mut self) {
        self.around.push(Around::Item(false));
        if let Some(number) = self.lists.last_mut().and_then(|list| list.number.as_mut()) {
            self.prefix = Some(format!("{number}. "));
            *number += 1;
        }
    }

    /// The kind of a block by what contains it.
    fn kind(&mut self) -> BlockKind {
        let named = self.named.take();
        let around = match self.around.last_mut() {
            Some(Around::Quote) => BlockKind::Quote,
            Some(around @ Around::Item(false)) => {
                *around = Around::Item(true);
                BlockKind::ListItem
            }
            _ => BlockKind::Paragraph,
        };
        named.unwrap_or(around)
    }

    fn flush(&mut self) {
        self.flow.close_all();
        if self.flow.is_empty() {
            return;
        }
        let is_named = self.named.is_some();
        let kind = self.kind();
        let (mut text, mut spans) = self.flow.take();
        let is_image = self.image.take().is_some_and(|image| image == text);
        let kind = if is_image { BlockKind::Caption } else { kind };
        if is_image {
            text.insert_str(1, "image: ");
            spans.clear();
        }
        let mut block = Block {
            kind,
            text,
            spans,
            depth: 0,
        };
        if !is_named && is_strong_line(&block) {
            block.kind = BlockKind::Heading;
        }
        block
            .spans
            .retain(|span| span.style != SpanStyle::Link(String::new()));
        if block.kind == BlockKind::ListItem && !block.text.is_empty() {
            self.lists
                .last_mut()
                .into_iter()
                .for_each(|list| list.has_words = true);
        }
        self.document
            .block_within(self.depth(), block.kind, (block.text, block.spans));
    }

    /// How many lists are around the list that is being read.
    fn depth(&self) -> usize {
        let outer = self
            .lists
            .split_last()
            .map(|(_, outer)| outer)
            .unwrap_or_default();
        outer.iter().filter(|list| list.has_words).count() + self.missing
    }

    fn end_list(&mut self) {
        self.lists.pop();
        if self.lists.is_empty() {
            self.missing = 0;
        }
    }

    fn end_heading(&mut self) {
        self.flow.close_all();
        let title = wording::one_line(&self.flow.take().0);
        if let Some((level, id)) = self.heading.take() {
            self.document.names.extend(id.clone());
            let slug = self.slug(&title);
            self.document.names.push(slug);
            self.document.heading(level, title);
        }
        self.named = None;
    }

    /// The name that programs for Markdown give a heading: its words, a hyphen for each blank.
    fn slug(&mut self, title: &str) -> String {
        let kept = title.to_lowercase().replace(' ', "-");
        let slug: String = kept
            .chars()
            .filter(|c| c.is_alphanumeric() || matches!(c, '-' | '_'))
            .collect();
        let before = self.slugs.entry(slug.clone()).or_insert(0);
        *before += 1;
        if *before > 1 {
            format!("{slug}-{}", *before - 1)
        } else {
            slug
        }
    }

    fn end_verbatim(&mut self) {
        self.is_verbatim = false;
        let taken = self.flow.take();
        self.document.block(BlockKind::Preformatted, taken);
        self.named = None;
        if let Some(Around::Item(is_begun)) = self.around.last_mut() {
            *is_begun = true;
        }
    }
}

fn level_of(level: HeadingLevel) -> u8 {
    match level {
        HeadingLevel::H1 => 1,
        HeadingLevel::H2 => 2,
        HeadingLevel::H3 => 3,
        HeadingLevel::H4 => 4,
        HeadingLevel::H5 => 5,
        HeadingLevel::H6 => 6,
    }
}

/// Whether a text whose name has no known ending is Markdown: a line of it is a heading.
pub fn is_likely(text: &str) -> bool {
    let is_heading = |line: &str| {
        let title = line.trim_start_matches('#');
        (1..=6).contains(&(line.len() - title.len()))
            && title.starts_with(' ')
            && !title.trim().is_empty()
    };
    text.lines().take(2000).any(is_heading)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::document::Part;

    fn blocks(text: &str) -> Vec<(BlockKind, String)> {
        let parts = read(text).expect("readable").parts;
        let block = |part| match part {
            Part::Anchor(_) | Part::Page(_) | Part::PageWithin(..) => None,
            Part::Block(Block { kind, text, .. }) => Some((kind, text)),
            Part::Heading { level, title, .. } => {
                Some((BlockKind::Heading, format!("{level} {title}")))
            }
        };
        parts.into_iter().filter_map(block).collect()
    }

    #[test]
    fn lists_quotes_tables_and_notes_become_blocks() {
        use BlockKind::{Heading, ListItem, Paragraph, Preformatted, Quote};
        let text = "---\ntitle: T\n---\n# One *two*\n\nText\nflows[^a].\n\n1. first\n2. second\n\n   more\n   - inner\n\n> said\n\n| A | B |\n|--|--|\n| 1 | 2 |\n|   | 3 |\n\n```rust\n  code\n\n  more\n```\n\n[^a]: A note.\n";
        let expected = [
            (Heading, "1 One two"),
            (Paragraph, "Text flows[a]."),
            (ListItem, "1. first"),
            (ListItem, "2. second"),
            (Paragraph, "more"),
            (ListItem, "inner"),
            (Quote, "said"),
            (ListItem, "A: 1; B: 2"),
            (ListItem, "B: 3"),
            (Preformatted, "  code\n\n  more"),
            (ListItem, "[a] A note."),
        ];
        assert_eq!(
            blocks(text),
            expected.map(|(kind, text)| (kind, text.to_owned()))
        );
    }
}
