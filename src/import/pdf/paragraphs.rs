//! Lines become paragraphs, lists, quotes, notes and headings; words that a line end divided are made whole.

use std::{collections::HashMap, ops::Range};

use super::{
    headings,
    kinds::{begins, code, contents_entry, is_caption, is_quote, item},
    lines::Line,
    links::Targets,
    notes::Notes,
    outline::Entry,
    styled::Styled,
    tables::{self, Table},
    tags::Kind,
    usual::Usual,
};
use crate::{
    import::{
        document::{Document, Part},
        structure::{self, Depths},
    },
    report::{BlockKind, typography},
    text::wording,
};

/// How far apart the items of two lists begin, one within the other, in sizes of the type: numbers
/// of one list may be set to the right.
const APART: f64 = 0.9;

/// Writes all lines, given in reading order, into a document. `labels` are those of the pages.
pub fn write(
    mut lines: Vec<Line>,
    outline: &[Entry],
    targets: &Targets,
    labels: &[String],
    document: &mut Document,
) {
    let usual = Usual::of(&lines);
    let notes = Notes::of(&lines, usual.size, targets);
    for (_, line) in lines
        .iter_mut()
        .enumerate()
        .filter(|(at, _)| !notes.has(*at))
    {
        line.run.text = notes.marked(&line.run.text, line.page);
        line.cells
            .iter_mut()
            .for_each(|cell| cell.text = notes.marked(&cell.text, line.page));
    }
    let lines = lines.as_slice();
    let headings = headings::find(lines, outline, &usual, document);
    if !outline.is_empty() || headings::are_marked(lines) {
        document.title = headings::title(lines, &headings, &usual);
    }
    let mut writer = Writer::new(document, targets, &notes, &usual, lines);
    writer.labels = labels;
    let mut at = 0;
    while let Some(line) = lines.get(at) {
        let table = || {
            let table = tables::at(lines, at, &|text, line| usual.join(text, line))?;
            let mut within = at..at + table.lines;
            (!within.any(|line| headings.contains_key(&line))).then_some(table)
        };
        at += if let Some(&(level, length)) = headings.get(&at) {
            let end = lines.len().min(at + length);
            writer.heading(at, level, lines.get(at..end).unwrap_or_default())
        } else if let Some(table) = table() {
            writer.begin_page(line.page);
            writer.table(at, &table)
        } else if let Some(length) = code(lines.get(at..).unwrap_or_default(), &usual) {
            let end = lines.len().min(at + length);
            writer.code(at, lines.get(at..end).unwrap_or_default())
        } else {
            writer.line(at, line)
        };
    }
    writer.flush();
}

struct Writer<'a> {
    document: &'a mut Document,
    targets: &'a Targets,
    /// Names by the line that they are of.
    names: HashMap<usize, Vec<String>>,
    feet: &'a Notes<'a>,
    flow: Styled,
    flow_names: Vec<String>,
    /// How far each line of it is set in from the left and the right edge of its column.
    set_in: Vec<(f64, f64)>,
    kind: BlockKind,
    /// How many lists are around the item that is being read.
    depth: usize,
    depths: Depths,
    /// Where the item begins.
    item_left: f64,
    /// The page that is being read, what pages are called, and those that begin within the flow,
    /// each with its byte.
    page: usize,
    labels: &'a [String],
    pages: Vec<(String, usize)>,
    /// Footnotes of the page, which wait for the end of the paragraph above them.
    notes: Vec<Note>,
    usual: &'a Usual,
    /// The line before, where it is part of the text.
    before: Option<&'a Line>,
}

#[derive(Default)]
struct Note {
    text: Styled,
    names: Vec<String>,
}

impl<'a> Writer<'a> {
    fn new(
        document: &'a mut Document,
        targets: &'a Targets,
        feet: &'a Notes<'a>,
        usual: &'a Usual,
        lines: &[Line],
    ) -> Self {
        Self {
            document,
            targets,
            names: targets.names(lines),
            feet,
            flow: Styled::default(),
            flow_names: Vec::new(),
            set_in: Vec::new(),
            kind: BlockKind::Paragraph,
            depth: 0,
            depths: Depths::default(),
            item_left: 0.0,
            page: 0,
            labels: &[],
            pages: Vec::new(),
            notes: Vec::new(),
            usual,
            before: None,
        }
    }

    /// Writes a heading; returns of how many lines it is.
    fn heading(&mut self, at: usize, level: u8, lines: &[Line]) -> usize {
        let title = lines.iter().fold(Styled::default(), |title, line| {
            self.usual.join(title, &line.run.text)
        });
        self.flush();
        if let Some(first) = lines.first() {
            self.begin_page(first.page);
        }
        self.name(at..at + lines.len());
        let title = structure::without_letter_spacing(&wording::one_line(&title));
        self.document.heading(level, title);
        self.before = None;
        lines.len()
    }

    /// Writes a table; returns of how many lines it is.
    fn table(&mut self, at: usize, table: &Table) -> usize {
        self.flush();
        self.depths.end();
        self.name(at..at + table.lines);
        for row in &table.rows {
            self.block(BlockKind::ListItem, row);
        }
        self.before = None;
        table.lines
    }

    /// Writes lines of code as they are; returns how many they are.
    fn code(&mut self, at: usize, lines: &[Line]) -> usize {
        self.flush();
        self.depths.end();
        if let Some(first) = lines.first() {
            self.begin_page(first.page);
        }
        self.name(at..at + lines.len());
        let left = lines
            .iter()
            .map(|line| line.run.left)
            .fold(f64::INFINITY, f64::min);
        let mut text = String::new();
        let mut before: Option<&Line> = None;
        for line in lines {
            let is_apart = |before: &Line| before.run.y - line.run.y > line.run.size * 1.7;
            if before.is_some() {
                text.push_str(if before.is_some_and(is_apart) {
                    "\n\n"
                } else {
                    "\n"
                });
            }
            let letters = line.run.text.chars().count().max(1) as f64;
            let width = ((line.run.right - line.run.left) / letters).max(1.0);
            let blanks = ((line.run.left - left) / width).round().clamp(0.0, 40.0) as usize;
            text.extend(std::iter::repeat_n(' ', blanks));
            text.push_str(line.run.text.trim());
            before = Some(line);
        }
        self.document
            .block(BlockKind::Preformatted, (text, Vec::new()));
        self.before = None;
        lines.len()
    }

    /// A page begins with the next block.
    fn begin_page(&mut self, page: usize) {
        let label = self.label(page);
        self.document.parts.extend(label.map(Part::Page));
    }

    /// What a page is called where it has not begun yet.
    fn label(&mut self, page: usize) -> Option<String> {
        let is_new = page > self.page;
        self.page = self.page.max(page);
        let label = self.labels.get(page.checked_sub(1)?)?;
        Some(label.clone()).filter(|label| is_new && !label.is_empty())
    }

    /// Writes a line of a note or a paragraph.
    fn line(&mut self, at: usize, line: &'a Line) -> usize {
        if self.feet.has(at) {
            self.note(at, line);
            return 1;
        }
        let item_left = (self.kind == BlockKind::ListItem).then_some(self.item_left);
        let is_first = |before| begins(before, line, item_left, self.usual);
        if self.before.is_none_or(is_first) {
            self.flush();
        }
        self.add(at, line);
        self.before = Some(line);
        1
    }

    fn add(&mut self, at: usize, line: &Line) {
        self.flow_names
            .extend(self.names.remove(&at).unwrap_or_default());
        self.set_in.push((
            line.run.left - line.column.0,
            line.column.1 - line.run.right,
        ));
        let text = line.run.text.trimmed(0);
        let length = self.flow.len();
        self.add_text(line, &text);
        if let Some(label) = self.label(line.page) {
            let byte = self.flow.len().saturating_sub(text.len());
            self.pages.push((label, if length == 0 { 0 } else { byte }));
        }
    }

    fn add_text(&mut self, line: &Line, text: &Styled) {
        if let Some(entry) = contents_entry(text) {
            self.kind = BlockKind::ListItem;
            self.depth = self
                .depths
                .of(line.run.left - line.column.0, self.usual.size * APART);
            self.flow = self.usual.join(std::mem::take(&mut self.flow), &entry);
            return;
        }
        if let Some((_, kind)) = line.block.filter(|_| self.flow.is_empty()) {
            return self.begin_marked(kind, text);
        }
        if self.flow.is_empty() && (item(text).is_some() || typography::is_numbered(text)) {
            self.kind = BlockKind::ListItem;
            self.item_left = line.run.left;
            self.depth = self
                .depths
                .of(line.run.left - line.column.0, self.usual.size * APART);
            let mark = item(text).map_or(0, |rest| text.len() - rest.len());
            self.flow = text.trimmed(mark);
            return;
        }
        self.flow = self.usual.join(std::mem::take(&mut self.flow), text);
    }

    /// Begins a block that is marked as what it is.
    fn begin_marked(&mut self, kind: Kind, text: &Styled) {
        self.flow = text.clone();
        self.kind = match kind {
            Kind::Item(depth) => {
                self.depth = depth.into();
                let mark = item(text).map_or(0, |rest| text.len() - rest.len());
                self.flow = text.trimmed(mark);
                BlockKind::ListItem
            }
            Kind::Quote => BlockKind::Quote,
            Kind::Caption => BlockKind::Caption,
            _ => BlockKind::Paragraph,
        };
    }

    fn note(&mut self, at: usize, line: &Line) {
        let begun = self.feet.begun(line);
        let begins = line
            .run
            .text
            .trim_start()
            .starts_with(|c: char| c.is_ascii_digit() || "*†‡[".contains(c));
        if begins || self.notes.is_empty() {
            self.notes.push(Note::default());
        }
        if let Some(note) = self.notes.last_mut() {
            note.names
                .extend(self.names.remove(&at).unwrap_or_default());
            note.text = self.usual.join(
                std::mem::take(&mut note.text),
                &begun.unwrap_or_else(|| line.run.text.clone()),
            );
        }
    }

    /// Gives the next part the names of some lines.
    fn name(&mut self, lines: Range<usize>) {
        let names = lines.filter_map(|at| self.names.remove(&at)).flatten();
        self.document.names.extend(names);
    }

    fn block(&mut self, kind: BlockKind, text: &Styled) {
        self.document
            .block_within(0, kind, text.block(&self.targets.all));
    }

    fn flush(&mut self) {
        let flow =
            std::mem::take(&mut self.flow).without_way_back(|link| self.targets.is_within(link));
        let text = flow.block(&self.targets.all);
        let is_done = !text.0.is_empty();
        let set_in = std::mem::take(&mut self.set_in);
        let kind = match std::mem::replace(&mut self.kind, BlockKind::Paragraph) {
            BlockKind::Paragraph if is_caption(&text.0) => BlockKind::Caption,
            BlockKind::Paragraph if is_quote(&set_in, self.usual.size) => BlockKind::Quote,
            kind => kind,
        };
        if is_done && kind != BlockKind::ListItem {
            self.depths.end();
        }
        let length = text.0.len();
        let (first, within): (Vec<_>, Vec<_>) = std::mem::take(&mut self.pages)
            .into_iter()
            .partition(|(_, byte)| *byte == 0 || !is_done);
        let parts = &mut self.document.parts;
        parts.extend(first.into_iter().map(|(label, _)| Part::Page(label)));
        let within = within.into_iter().map(|(label, byte)| {
            let byte = (0..=byte.min(length))
                .rev()
                .find(|at| text.0.is_char_boundary(*at));
            Part::PageWithin(label, byte.unwrap_or(0))
        });
        let within: Vec<Part> = within.collect();
        self.document.names.append(&mut self.flow_names);
        self.document.block_within(self.depth, kind, text);
        self.document.parts.extend(within);
        for note in std::mem::take(&mut self.notes) {
            self.document.names.extend(note.names);
            self.block(BlockKind::ListItem, &note.text);
        }
    }
}
