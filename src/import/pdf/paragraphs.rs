//! Lines become paragraphs and headings: by the outline of the document, else by the size of the
//! type; words that a line end divided are made whole.

use std::collections::{HashMap, HashSet};

use super::{lines::Line, tables};
use crate::{
    import::{
        document::Document,
        flow::Flow,
        structure::{self, Depths},
    },
    report::{BlockKind, typography},
    wording,
};

/// How far apart the items of two lists begin, one within the other, in sizes of the type: numbers
/// of one list may be set to the right.
const APART: f64 = 0.9;

/// An entry of the document's outline.
#[derive(Debug, Clone)]
pub struct Entry {
    pub level: u8,
    pub title: String,
    /// Page, from 1.
    pub page: usize,
}

/// What is usual in a document.
struct Usual {
    /// Size of the type of the text.
    size: f64,
    /// Distance of two baselines, in sizes of the type.
    leading: f64,
    /// All words that stand whole within a line.
    words: HashSet<String>,
}

/// Writes all lines, given in reading order, into a document.
pub fn write(lines: &[Line], outline: &[Entry], document: &mut Document) {
    let usual = usual(lines);
    let headings = if outline.is_empty() { by_size(lines, &usual) } else { by_outline(lines, outline, &usual, document) };
    let mut writer = Writer {
        document,
        flow: String::new(),
        kind: BlockKind::Paragraph,
        depth: 0,
        depths: Depths::default(),
        item_left: 0.0,
        notes: Vec::new(),
    };
    let mut before: Option<&Line> = None;
    let mut at = 0;
    while let Some(line) = lines.get(at) {
        if let Some((level, length)) = headings.get(&at) {
            let title = lines
                .get(at..at + length)
                .unwrap_or_default()
                .iter()
                .fold(String::new(), |title, line| join(title, &line.run.text, &usual));
            writer.flush();
            writer.document.heading(*level, wording::one_line(&title), None);
            before = None;
            at += length;
            continue;
        }
        let table = tables::at(lines, at, &|text, line| join(text, line, &usual));
        if let Some(table) = table.filter(|table| (at..at + table.lines).all(|line| !headings.contains_key(&line))) {
            writer.flush();
            writer.depths.end();
            table.rows.into_iter().for_each(|row| writer.document.block(BlockKind::ListItem, (folded(&row), Vec::new())));
            before = None;
            at += table.lines;
            continue;
        }
        if is_note(lines, at, &usual) {
            writer.note(line, &usual);
        } else {
            let item_left = (writer.kind == BlockKind::ListItem).then_some(writer.item_left);
            if before.is_none_or(|before| begins(before, line, item_left, &usual)) {
                writer.flush();
            }
            writer.add(line, &usual);
            before = Some(line);
        }
        at += 1;
    }
    writer.flush();
}

struct Writer<'a> {
    document: &'a mut Document,
    flow: String,
    kind: BlockKind,
    /// How many lists are around the item that is being read.
    depth: usize,
    depths: Depths,
    /// Where the item begins.
    item_left: f64,
    /// Footnotes of the page, which wait for the end of the paragraph that they stand under.
    notes: Vec<(f64, String)>,
}

impl Writer<'_> {
    fn add(&mut self, line: &Line, usual: &Usual) {
        let text = line.run.text.trim();
        if self.flow.is_empty() && (item(text).is_some() || typography::is_numbered(text)) {
            self.kind = BlockKind::ListItem;
            self.item_left = line.run.left;
            self.depth = self.depths.of(line.run.left - line.column.0, usual.size * APART);
            self.flow = item(text).unwrap_or(text).to_owned();
            return;
        }
        self.flow = join(std::mem::take(&mut self.flow), text, usual);
    }

    fn note(&mut self, line: &Line, usual: &Usual) {
        let begins = line.run.text.trim_start().starts_with(|c: char| c.is_ascii_digit() || "*†‡[".contains(c));
        match self.notes.last_mut().filter(|_| !begins) {
            Some((_, note)) => *note = join(std::mem::take(note), &line.run.text, usual),
            None => self.notes.push((line.run.size, line.run.text.clone())),
        }
    }

    fn flush(&mut self) {
        let text = folded(&std::mem::take(&mut self.flow));
        let is_done = !text.is_empty();
        let kind = std::mem::replace(&mut self.kind, BlockKind::Paragraph);
        if is_done && kind != BlockKind::ListItem {
            self.depths.end();
        }
        self.document.block_within(self.depth, kind, (text, Vec::new()));
        if is_done {
            for (_, note) in std::mem::take(&mut self.notes) {
                self.document.block(BlockKind::ListItem, (folded(&note), Vec::new()));
            }
        }
    }
}

fn folded(text: &str) -> String {
    let mut flow = Flow::default();
    flow.push(text);
    flow.take().0
}

/// The text of a list item without its bullet.
fn item(text: &str) -> Option<&str> {
    // The bullet of TeX's own fonts comes as `‹`, which is one before a blank alone.
    let bullets = ["•", "▪", "◦", "·", "■", "●", "–", "‣", "∙", "∗", "‹ "];
    bullets.iter().find_map(|bullet| text.strip_prefix(bullet)).map(str::trim_start).or_else(|| structure::list_item(text))
}

/// Adds a line to text: a hyphen at the line's end is dropped where it only divides a word.
fn join(text: String, line: &str, usual: &Usual) -> String {
    let line = line.trim();
    let before = text.trim_end();
    if before.is_empty() {
        return line.to_owned();
    }
    let divided = before.strip_suffix(['-', '\u{ad}', '‐']).filter(|rest| rest.ends_with(char::is_alphabetic));
    let Some(rest) = divided.filter(|_| line.starts_with(char::is_alphabetic)) else { return format!("{before} {line}") };
    let first = rest.rsplit(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
    let second = line.split(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
    let is_known = |words: String| usual.words.contains(&words.to_lowercase());
    let keeps = !line.starts_with(char::is_lowercase) || (is_known(format!("{first}-{second}")) && !is_known(format!("{first}{second}")));
    if keeps && !before.ends_with('\u{ad}') { format!("{before}{line}") } else { format!("{rest}{line}") }
}

fn usual(lines: &[Line]) -> Usual {
    let mut sizes: HashMap<i64, usize> = HashMap::new();
    let mut leadings: HashMap<i64, usize> = HashMap::new();
    let mut words = HashSet::new();
    for line in lines {
        *sizes.entry((line.run.size * 4.0).round() as i64).or_default() += line.run.text.len();
        let all: Vec<&str> = line.run.text.split_whitespace().collect();
        let inner = all.split_last().map(|(_, inner)| inner).unwrap_or_default();
        words.extend(inner.iter().map(|word| word.trim_matches(|c: char| !c.is_alphabetic()).to_lowercase()));
    }
    let most = |counts: &HashMap<i64, usize>| counts.iter().max_by_key(|(value, count)| (**count, -**value)).map(|(value, _)| *value);
    let size = most(&sizes).map_or(10.0, |size| size as f64 / 4.0);
    for (one, other) in lines.iter().zip(lines.iter().skip(1)) {
        let gap = (one.run.y - other.run.y) / size;
        if one.page == other.page && (0.8..3.0).contains(&gap) && (one.run.size - size).abs() < size * 0.1 {
            *leadings.entry((gap * 20.0).round() as i64).or_default() += 1;
        }
    }
    Usual { size, leading: most(&leadings).map_or(1.3, |leading| leading as f64 / 20.0), words }
}

/// Whether a paragraph begins with a line. `item_left` is where the list item begins that is being
/// read.
fn begins(before: &Line, line: &Line, item_left: Option<f64>, usual: &Usual) -> bool {
    let size = usual.size;
    let gap = before.run.y - line.run.y;
    let indent = line.run.left - line.column.0;
    let is_indented = indent > size * 0.7 && indent < size * 4.0;
    let was_at_margin = before.run.left - before.column.0 < size * 0.7;
    let is_item = item(line.run.text.trim()).is_some();
    let ends_short = before.run.right < before.column.1 - (before.column.1 - before.column.0) * 0.12;
    let ends_sentence = before.run.text.trim_end().ends_with(['.', '!', '?', ':', '”', '"', '’', ')', ']']);
    let changes_size = (before.run.size - line.run.size).abs() > size * 0.12;
    if gap <= 0.0 || before.page != line.page {
        // The next column or page: the text goes on unless it looks like an end.
        return is_item || changes_size || (is_indented && was_at_margin) || (ends_short && (ends_sentence || is_indented));
    }
    let is_apart = gap > size * usual.leading * 1.3;
    // The text of an item does not stand left of its mark.
    let leaves_item = ends_short && item_left.is_some_and(|left| line.run.left < left - size * 0.7);
    is_item
        || leaves_item
        || is_apart
        || changes_size
        || (is_indented && was_at_margin && (line.run.left - before.run.left) > size * 0.7)
        || (is_indented && ends_short)
        || (ends_short && ends_sentence && !line.run.text.trim_start().starts_with(char::is_lowercase))
}

/// Whether a line is a footnote: small type, and nothing but small type below it in its column.
fn is_note(lines: &[Line], at: usize, usual: &Usual) -> bool {
    let is_small = |line: &Line| line.run.size < usual.size * 0.92;
    let Some(line) = lines.get(at).filter(|line| is_small(line)) else { return false };
    let below = lines.iter().skip(at + 1).take_while(|other| other.page == line.page && other.run.y < line.run.y);
    let above = lines.iter().take(at).rev().take_while(|other| other.page == line.page);
    below.into_iter().all(is_small) && above.into_iter().any(|other| !is_small(other))
}

/// Headings by their first line: level and how many lines they take.
type Headings = HashMap<usize, (u8, usize)>;

/// Lines set in larger type are headings, the largest of the first level.
fn by_size(lines: &[Line], usual: &Usual) -> Headings {
    let key = |line: &Line| (line.run.size * 2.0).round() as i64;
    let is_large = |line: &Line| line.run.size > usual.size * 1.12 && line.run.text.chars().any(char::is_alphabetic);
    let mut sizes: Vec<i64> = lines.iter().filter(|line| is_large(line)).map(key).collect();
    sizes.sort_unstable_by(|one, other| other.cmp(one));
    sizes.dedup();
    let mut headings = Headings::new();
    let mut at = 0;
    while let Some(line) = lines.get(at) {
        let follows = |other: &&Line| key(other) == key(line) && other.page == line.page;
        let length = if is_large(line) { lines.iter().skip(at).take_while(follows).count().max(1) } else { 1 };
        let words: usize = lines.iter().skip(at).take(length).map(|line| line.run.text.split_whitespace().count()).sum();
        if is_large(line) && words <= 30 {
            let rank = sizes.iter().position(|size| *size == key(line)).unwrap_or(0);
            headings.insert(at, (u8::try_from(rank.min(5) + 1).unwrap_or(6), length));
        }
        at += length;
    }
    headings
}

/// Finds the titles of the outline among the lines of their pages.
fn by_outline(lines: &[Line], outline: &[Entry], usual: &Usual, document: &mut Document) -> Headings {
    let plain = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect::<String>();
    let plains: Vec<String> = lines.iter().map(|line| plain(&line.run.text)).collect();
    let mut headings = Headings::new();
    let mut from = 0;
    let mut missed = 0;
    // Titles that come again and again, which the library tells only once.
    let mut again: HashMap<String, (u8, f64)> = HashMap::new();
    for entry in outline {
        let wanted = plain(&entry.title);
        let fits = |&at: &usize| length(&plains, at, &wanted).is_some();
        let on_page = |at: &usize| lines.get(*at).is_some_and(|line| line.page.abs_diff(entry.page) <= 1);
        let near: Vec<usize> = (0..lines.len()).filter(on_page).filter(fits).filter(|at| !headings.contains_key(at)).collect();
        // The title stands out: of several places the one in the largest type, those after the
        // title before first; one that comes again may have led too far.
        let rank = |at: usize| lines.get(at).map(|line| (at >= from, (line.run.size * 4.0) as i64, line.page == entry.page));
        match near.into_iter().max_by_key(|&at| (rank(at), std::cmp::Reverse(at))).filter(|_| !wanted.is_empty()) {
            Some(at) => {
                let length = length(&plains, at, &wanted).unwrap_or(1);
                headings.insert(at, (entry.level, length));
                again.insert(wanted, (entry.level, lines.get(at).map_or(0.0, |line| line.run.size)));
                from = at + length;
            }
            None => missed += 1,
        }
    }
    for (at, line) in lines.iter().enumerate().filter(|(_, line)| line.run.size > usual.size * 1.05) {
        let same = again.iter().filter(|(_, (_, size))| (size - line.run.size).abs() < 0.3);
        let found = same.filter_map(|(title, (level, _))| Some((*level, length(&plains, at, title)?))).max();
        if let Some(found) = found {
            headings.entry(at).or_insert(found);
        }
    }
    if missed > 0 {
        let titles = wording::count(missed, "title");
        document.unsure.push(format!("{titles} of its outline could not be found in its text."));
    }
    headings
}

/// How many lines from one on a title takes; a number before it may be missing in the outline.
fn length(plains: &[String], at: usize, wanted: &str) -> Option<usize> {
    let mut text = String::new();
    for (count, plain) in (1..=4).zip(plains.get(at..)?) {
        text.push_str(plain);
        let unnumbered = text.trim_start_matches(|c: char| c.is_ascii_digit());
        if text == wanted || unnumbered == wanted {
            return Some(count);
        }
        if text.len() > wanted.len() + 8 {
            return None;
        }
    }
    None
}
