//! Lines become paragraphs, lists, quotes, notes and headings; words that a line end divided are made whole.

use std::{collections::HashMap, ops::Range};

use super::{
    headings,
    lines::Line,
    links::Targets,
    notes::Notes,
    outline::Entry,
    styled::Styled,
    tables::{self, Table},
    usual::Usual,
};
use crate::{
    import::{
        document::Document,
        structure::{self, Depths},
    },
    report::{BlockKind, typography},
    text::wording,
};

/// How far apart the items of two lists begin, one within the other, in sizes of the type: numbers
/// of one list may be set to the right.
const APART: f64 = 0.9;

/// Most words of a caption after its number.
const LONGEST_CAPTION: usize = 60;

/// Writes all lines, given in reading order, into a document.
pub fn write(mut lines: Vec<Line>, outline: &[Entry], targets: &Targets, document: &mut Document) {
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
    if !outline.is_empty() {
        document.title = headings::title(lines, &headings, &usual);
    }
    let mut writer = Writer::new(document, targets, &notes, &usual, lines);
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
            writer.table(at, &table)
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
        self.name(at..at + lines.len());
        self.document.heading(level, wording::one_line(&title));
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
        if self.flow.is_empty() && (item(&text).is_some() || typography::is_numbered(&text)) {
            self.kind = BlockKind::ListItem;
            self.item_left = line.run.left;
            self.depth = self
                .depths
                .of(line.run.left - line.column.0, self.usual.size * APART);
            let mark = item(&text).map_or(0, |rest| text.len() - rest.len());
            self.flow = text.trimmed(mark);
            return;
        }
        self.flow = self.usual.join(std::mem::take(&mut self.flow), &text);
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
        self.document.names.append(&mut self.flow_names);
        self.document.block_within(self.depth, kind, text);
        for note in std::mem::take(&mut self.notes) {
            self.document.names.extend(note.names);
            self.block(BlockKind::ListItem, &note.text);
        }
    }
}

/// Whether text is under or above a figure or table: `Figure 3: Crossings by season`.
fn is_caption(text: &str) -> bool {
    let mut words = text.split_whitespace();
    let is_named = words.next().is_some_and(|word| {
        matches!(
            word,
            "Figure" | "Fig." | "Table" | "Map" | "Chart" | "Photo" | "Box"
        )
    });
    let number = words.next().unwrap_or_default();
    let is_ended = number.ends_with([':', '.', '–', '—', '|'])
        && number.starts_with(|c: char| c.is_ascii_digit() || c.is_uppercase());
    is_named && is_ended && words.clone().next().is_some() && words.count() <= LONGEST_CAPTION
}

/// Whether the lines of a paragraph are set in from both sides, all alike, as quotes are.
fn is_quote(set_in: &[(f64, f64)], size: f64) -> bool {
    let Some(&(left, _)) = set_in.get(1) else {
        return false;
    };
    let is_even = set_in
        .iter()
        .skip(1)
        .all(|(other, _)| (other - left).abs() < size * 0.3);
    let is_in = |&(left, right): &(f64, f64)| (size..size * 8.0).contains(&left) && right > size;
    is_even && set_in.iter().all(is_in)
}

/// The text of a list item without its bullet.
fn item(text: &str) -> Option<&str> {
    // The bullet of TeX's own fonts comes as `‹`, which is one before a blank alone.
    let bullets = ["•", "▪", "◦", "·", "■", "●", "–", "‣", "∙", "∗", "‹ "];
    bullets
        .iter()
        .find_map(|bullet| text.strip_prefix(bullet))
        .map(str::trim_start)
        .or_else(|| structure::list_item(text))
}

/// Whether a paragraph begins with a line. `item_left` is where the list item begins that is being
/// read.
fn begins(before: &Line, line: &Line, item_left: Option<f64>, usual: &Usual) -> bool {
    let size = usual.size;
    let gap = before.run.y - line.run.y;
    let indent = line.run.left - line.column.0;
    // The text of an item hangs right of its mark.
    let hangs = item_left.is_some_and(|left| line.run.left > left);
    let is_indented = indent > size * 0.7 && indent < size * 4.0 && !hangs;
    let was_at_margin = before.run.left - before.column.0 < size * 0.7;
    let ends_short =
        before.run.right < before.column.1 - (before.column.1 - before.column.0) * 0.12;
    let is_beside_mark =
        item_left.is_some_and(|left| ends_short || line.run.left < left + size * 0.7);
    let is_item = item(line.run.text.trim()).is_some()
        || (is_beside_mark && typography::is_numbered(line.run.text.trim()));
    let ends_sentence = before
        .run
        .text
        .trim_end()
        .ends_with(['.', '!', '?', ':', '”', '"', '’', ')', ']']);
    let changes_size = (before.run.size - line.run.size).abs() > size * 0.12;
    if gap <= 0.0 || before.page != line.page {
        // The next column or page: the text goes on unless it looks like an end.
        return is_item
            || changes_size
            || (is_indented && was_at_margin)
            || (ends_short && (ends_sentence || is_indented));
    }
    let is_apart = gap > size * usual.leading * 1.3;
    // Lines that are all set in are those of a quote.
    let is_even = (before.run.left - line.run.left).abs() < size * 0.3;
    // The text of an item is never left of its mark.
    let leaves_item = ends_short && item_left.is_some_and(|left| line.run.left < left - size * 0.7);
    is_item
        || leaves_item
        || is_apart
        || changes_size
        || (is_indented && was_at_margin && (line.run.left - before.run.left) > size * 0.7)
        || (is_indented && ends_short && !is_even)
        || (ends_short
            && ends_sentence
            && !line.run.text.trim_start().starts_with(char::is_lowercase))
}
