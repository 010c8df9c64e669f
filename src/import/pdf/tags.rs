//! The structure tree of a PDF (ISO 32000, 14.7): which marked content belongs to which heading,
//! paragraph, item or cell, in reading order.

use std::collections::{HashMap, HashSet};

use hayro_syntax::{
    Pdf,
    object::{Dict, MaybeRef, Name, Object},
    xref::XRef,
};

use super::{catalog, destinations::Destinations, identity, text_of};

/// Most elements that are read, and most of them within each other.
const MOST: usize = 1_000_000;
const DEEPEST: usize = 200;

/// What a piece of text is marked as.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Tag {
    #[default]
    None,
    /// Part of the page, not of the text: a running head.
    Artifact,
    /// Across the page.
    Watermark,
    /// A block and a content of it, by their numbers in reading order.
    Block(u32, u32),
}

impl Tag {
    pub fn artifact(properties: Option<&Dict<'_>>) -> Self {
        let kind = properties.and_then(|said| said.get::<Name<'_>>("Subtype"));
        if kind.is_some_and(|kind| *kind == *b"Watermark") {
            Self::Watermark
        } else {
            Self::Artifact
        }
    }
}

/// What a block is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Title,
    Heading(u8),
    Paragraph,
    /// With as many lists around its own.
    Item(u8),
    /// Of the row with a number.
    Cell {
        row: u32,
        is_head: bool,
    },
    Caption,
    Quote,
    Note,
    Code,
}

/// The blocks of a document by their contents.
#[derive(Default)]
pub struct Tags {
    blocks: Vec<Kind>,
    /// By page, from 1, and number of the content.
    contents: HashMap<(usize, i32), Tag>,
    /// What stands in place of contents.
    texts: HashMap<(usize, i32), String>,
    rows: u32,
}

/// What is around an element.
#[derive(Clone, Default)]
struct Around {
    page: usize,
    depth: usize,
    block: Option<u32>,
    /// The item whose first paragraph is it.
    item: Option<u32>,
    lists: u8,
    sections: u8,
    row: u32,
    is_quote: bool,
    /// All within is one block.
    is_whole: bool,
    text: Option<String>,
}

impl Tags {
    pub fn of(&self, page: usize, content: i32) -> Tag {
        let tag = self.contents.get(&(page, content));
        tag.copied().unwrap_or_default()
    }

    pub fn text(&self, page: usize, content: i32) -> Option<String> {
        self.texts.get(&(page, content)).cloned()
    }

    pub fn kind(&self, block: u32) -> Option<Kind> {
        self.blocks.get(usize::try_from(block).ok()?).copied()
    }

    /// Reads the tree of a document; empty where there is none.
    pub fn read<'a>(pdf: &'a Pdf, places: &Destinations<'a>) -> Self {
        let mut tags = Self::default();
        let Some(root) = catalog(pdf).get::<Dict<'a>>("StructTreeRoot") else {
            return tags;
        };
        let roles = root.get::<Dict<'a>>("RoleMap").unwrap_or_default();
        let mut reading = Reading {
            places,
            xref: pdf.xref(),
            roles,
            seen: HashSet::new(),
        };
        tags.kids(&mut reading, &root, &mut Around::default());
        tags
    }

    fn kids<'a>(&mut self, reading: &mut Reading<'_, 'a>, of: &Dict<'a>, around: &mut Around) {
        match of.get::<Object<'a>>("K") {
            Some(Object::Array(kids)) => {
                for kid in kids.raw_iter() {
                    self.kid(reading, kid, around);
                }
            }
            Some(kid) => self.kid(reading, MaybeRef::NotRef(kid), around),
            None => {}
        }
    }

    fn kid<'a>(
        &mut self,
        reading: &mut Reading<'_, 'a>,
        kid: MaybeRef<Object<'a>>,
        around: &mut Around,
    ) {
        let kid = match kid {
            MaybeRef::Ref(id) => reading.xref.get::<Object<'a>>(id.into()),
            MaybeRef::NotRef(kid) => Some(kid),
        };
        match kid {
            Some(Object::Number(id)) => self.content(i32::try_from(id.as_i64()).ok(), around),
            Some(Object::Dict(kid)) if kid.contains_key("S") => self.element(reading, &kid, around),
            Some(Object::Dict(content)) => {
                let page = reading.page(&content).unwrap_or(around.page);
                let mut here = Around {
                    page,
                    ..around.clone()
                };
                self.content(content.get::<i32>("MCID"), &mut here);
                (around.block, around.text) = (here.block, here.text);
            }
            _ => {}
        }
    }

    /// Content that belongs to the block around it.
    fn content(&mut self, id: Option<i32>, around: &mut Around) {
        let Some(id) = id.filter(|_| self.contents.len() < MOST) else {
            return;
        };
        let block = around.block.unwrap_or_else(|| self.begin(Kind::Paragraph));
        around.block = Some(block);
        let order = u32::try_from(self.contents.len()).unwrap_or(u32::MAX);
        let tag = Tag::Block(block, order);
        self.contents.insert((around.page, id), tag);
        if let Some(text) = &mut around.text {
            self.texts.insert((around.page, id), std::mem::take(text));
        }
    }

    fn begin(&mut self, kind: Kind) -> u32 {
        self.blocks.push(kind);
        u32::try_from(self.blocks.len() - 1).unwrap_or(u32::MAX)
    }

    fn element<'a>(
        &mut self,
        reading: &mut Reading<'_, 'a>,
        element: &Dict<'a>,
        around: &mut Around,
    ) {
        let is_new = reading.seen.insert(identity(element));
        if !is_new || around.depth > DEEPEST || self.blocks.len() > MOST {
            return;
        }
        let role = reading.role(element);
        let mut within = Around {
            page: reading.page(element).unwrap_or(around.page),
            depth: around.depth + 1,
            ..around.clone()
        };
        let own = element.get::<Object<'a>>("ActualText").and_then(text_of);
        let is_own = own.is_some() && around.text.is_none();
        if is_own {
            within.text = own;
        }
        let is_within = around.block.is_some();
        let is_inline = within.is_whole
            || INLINE.contains(&role.as_str()) && (is_within || role != "NonStruct");
        if !is_inline {
            self.enter(&role, &mut within);
        } else if role == "Lbl" && !is_within && within.lists > 0 {
            // Browsers leave out the item around a mark and its text.
            self.enter("LI", &mut within);
            around.item = within.item;
        }
        self.kids(reading, element, &mut within);
        if is_inline {
            around.block = within.block;
        } else if within.block == around.item {
            // Only the first paragraph of an item is it.
            around.item = within.item;
        }
        if !is_own {
            around.text = within.text;
        }
        // What comes after a block within a group is a block of its own.
        if !is_inline && GROUPS.contains(&role.as_str()) && around.item.is_none() {
            around.block = None;
        }
    }

    /// Begins the block of an element, or a group of blocks.
    fn enter(&mut self, role: &str, within: &mut Around) {
        let level = |digits: &str| digits.parse().unwrap_or(1).clamp(1, 9);
        let kind = match role {
            "Sect" | "Part" | "Art" => {
                within.sections = within.sections.saturating_add(1);
                None
            }
            "L" => {
                within.lists = within.lists.saturating_add(1);
                None
            }
            "TR" => {
                self.rows += 1;
                within.row = self.rows;
                None
            }
            "BlockQuote" => {
                within.is_quote = true;
                None
            }
            _ if GROUPS.contains(&role) => None,
            "Title" => Some(Kind::Title),
            "H" => Some(Kind::Heading(within.sections.max(1))),
            "LI" | "TOCI" => Some(Kind::Item(within.lists.saturating_sub(1))),
            "TH" | "TD" => Some(Kind::Cell {
                row: within.row,
                is_head: role == "TH",
            }),
            "Caption" => Some(Kind::Caption),
            "Note" | "FENote" => Some(Kind::Note),
            "Code" => Some(Kind::Code),
            _ => match role.strip_prefix('H') {
                Some(digits) if digits.parse::<u8>().is_ok() => Some(Kind::Heading(level(digits))),
                _ if within.is_quote => Some(Kind::Quote),
                _ => Some(Kind::Paragraph),
            },
        };
        let Some(kind) = kind else {
            within.block = within.block.filter(|_| within.item.is_some());
            return;
        };
        let is_plain = matches!(kind, Kind::Paragraph | Kind::Quote);
        within.block = within
            .item
            .take()
            .filter(|_| is_plain)
            .or_else(|| Some(self.begin(kind)));
        within.is_whole = matches!(
            kind,
            Kind::Cell { .. } | Kind::Heading(_) | Kind::Note | Kind::Caption
        );
        within.item = within.block.filter(|_| matches!(kind, Kind::Item(_)));
    }
}

/// Elements that are no blocks of their own.
const INLINE: [&str; 22] = [
    "Span",
    "Link",
    "Reference",
    "Em",
    "Strong",
    "Quote",
    "Lbl",
    "LBody",
    "Sub",
    "BibEntry",
    "Annot",
    "Form",
    "Ruby",
    "RB",
    "RT",
    "RP",
    "Warichu",
    "WT",
    "WP",
    "NonStruct",
    "Formula",
    "Private",
];
/// Elements that hold blocks.
const GROUPS: [&str; 17] = [
    "Document",
    "DocumentFragment",
    "Part",
    "Art",
    "Sect",
    "Div",
    "Aside",
    "L",
    "Table",
    "TR",
    "THead",
    "TBody",
    "TFoot",
    "TOC",
    "Index",
    "BlockQuote",
    "NonStruct",
];

/// What is needed on the way through the tree.
struct Reading<'p, 'a> {
    places: &'p Destinations<'a>,
    xref: &'a XRef,
    roles: Dict<'a>,
    seen: HashSet<usize>,
}

impl<'a> Reading<'_, 'a> {
    /// The page that an element says it is on.
    fn page(&self, of: &Dict<'a>) -> Option<usize> {
        self.places.page(of.get_ref("Pg")?.into())
    }

    /// The standard type of an element, from its own.
    fn role(&self, element: &Dict<'a>) -> String {
        let mut role = element
            .get::<Name<'_>>("S")
            .map(|name| name.to_vec())
            .unwrap_or_default();
        for _ in 0..8 {
            match self.roles.get::<Name<'_>>(&role) {
                Some(other) if *other != *role => role = other.to_vec(),
                _ => break,
            }
        }
        String::from_utf8_lossy(&role).into_owned()
    }
}
