//! Titles that are known by their looks alone: lines all in bold or capitals that recur become
//! sections. A kind of line stands as deep as it comes first.

use std::collections::{HashMap, HashSet};

use super::{
    document::{self, Document, LeftOut, Location, Part},
    structure,
};
use crate::{
    report::{Block, BlockKind, SpanStyle},
    text::wording,
};

/// Most words of a title.
const LONGEST: usize = 12;
/// How often a kind of line comes at the least.
const FEWEST: usize = 3;
/// Shortest text that may follow a title in its paragraph, in bytes.
const SHORTEST_TEXT: usize = 40;

/// How a line looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Look {
    /// The title of a record: in bold, before all others of its file.
    First,
    Bold,
    BoldCapitals,
    Capitals,
}

/// A line that may be a title.
struct Line {
    part: usize,
    look: Look,
    /// One past its last byte; text of the same paragraph may follow.
    end: usize,
    title: String,
}

/// Makes titles of the lines that look so in all documents.
pub fn make_titles(documents: &mut [Document]) {
    let mut all: Vec<Vec<Line>> = documents.iter().map(lines).collect();
    let shared = shared(&all);
    let is_alone = documents.len() == 1;
    for (document, lines) in documents.iter().zip(&mut all) {
        find_first(document, lines, &shared, is_alone);
    }
    let levels = levels(&all, &shared);
    let leads = leads(documents);
    for (document, lines) in documents.iter_mut().zip(&all) {
        let is_title = |line: &&Line| levels.contains_key(&line.look);
        let titles: Vec<&Line> = lines.iter().filter(is_title).collect();
        if !is_alone
            && titles
                .first()
                .is_some_and(|first| first.look == Look::First)
        {
            name_by_record(document, titles[0].part, &leads);
        }
        put(document, &titles, &levels);
    }
}

/// The lines of a document that may be titles.
fn lines(document: &Document) -> Vec<Line> {
    if !document.has_looks {
        return Vec::new();
    }
    let parts = document.parts.iter().enumerate();
    let found = parts.filter_map(|(part, piece)| match piece {
        Part::Block(block) => line(part, block),
        _ => None,
    });
    let mut lines: Vec<Line> = found.collect();
    // Capitals alone are titles only where they recur in a file.
    let is_plain = |line: &Line| line.look == Look::Capitals;
    if lines.iter().filter(|line| is_plain(line)).count() < FEWEST {
        lines.retain(|line| !is_plain(line));
    }
    // A title stands above something.
    let last = document.parts.iter().rposition(|part| !part.is_mark());
    let is_last = |line: &Line| {
        Some(line.part) == last
            && document
                .parts
                .get(line.part)
                .is_some_and(|part| part.text().len() == line.end)
    };
    if lines.last().is_some_and(is_last) {
        lines.pop();
    }
    lines
}

fn line(part: usize, block: &Block) -> Option<Line> {
    if !matches!(block.kind, BlockKind::Paragraph | BlockKind::Heading) {
        return None;
    }
    let text = block.text.split('\n').next()?;
    let rest = block.text.get(text.len()..)?.trim();
    let is_bold = block.spans.iter().any(|span| {
        span.style == SpanStyle::Strong && span.start == 0 && span.end >= text.trim_end().len()
    });
    let is_run_in = !rest.is_empty()
        && (rest.len() < SHORTEST_TEXT || !is_bold || bold_end(block) > text.len());
    let words: Vec<&str> = text.split_whitespace().collect();
    let letters = || text.chars().filter(|c| c.is_alphabetic());
    let is_capitals = letters().count() > 2
        && letters().all(|c| !c.is_lowercase())
        && letters().any(char::is_uppercase);
    let look = match (is_bold, is_capitals) {
        (true, true) => Look::BoldCapitals,
        (true, false) => Look::Bold,
        (false, true) => Look::Capitals,
        (false, false) => return None,
    };
    let is_sum = words.first().is_some_and(|word| {
        let word = word.trim_end_matches(':').to_lowercase();
        matches!(word.as_str(), "total" | "totals" | "subtotal" | "sum")
    });
    let ends_as_text = text
        .trim_end()
        .ends_with(['.', ',', '-', '‐', '‑', '–', '—', ';', '。', '，']);
    let is_title = words.len() <= LONGEST
        && letters().next().is_some()
        && !ends_as_text
        && !is_sum
        && !is_run_in;
    is_title.then(|| Line {
        part,
        look,
        end: text.len(),
        title: wording::kebab(text),
    })
}

/// Where the bold text at the start of a block ends.
fn bold_end(block: &Block) -> usize {
    let bold = block
        .spans
        .iter()
        .filter(|span| span.style == SpanStyle::Strong && span.start == 0);
    bold.map(|span| span.end).max().unwrap_or(0)
}

/// Titles that come in several documents.
fn shared(all: &[Vec<Line>]) -> HashSet<String> {
    let mut count: HashMap<&str, usize> = HashMap::new();
    for lines in all {
        let titles: HashSet<&str> = lines.iter().map(|line| line.title.as_str()).collect();
        titles
            .into_iter()
            .for_each(|title| *count.entry(title).or_default() += 1);
    }
    let shared = count
        .into_iter()
        .filter(|(title, count)| *count > 1 && !title.is_empty());
    shared.map(|(title, _)| title.to_owned()).collect()
}

/// The first bold line of a document is the title of its record where it looks otherwise than the
/// next one or, among several documents, has a title of its own.
fn find_first(document: &Document, lines: &mut [Line], shared: &HashSet<String>, is_alone: bool) {
    let is_bold = |line: &&Line| line.look != Look::Capitals;
    let mut bold = lines.iter().filter(is_bold);
    let (Some(first), Some(next)) = (bold.next(), bold.next()) else {
        return;
    };
    let is_own = !is_alone && !shared.contains(&first.title) && shared.contains(&next.title);
    let before = document.parts.get(..first.part).unwrap_or_default();
    let is_short = |part: &Part| !part.text().ends_with('.') && part.text().len() < 100;
    let (at, is_first) = (
        first.part,
        (first.look != next.look || is_own) && before.iter().all(is_short),
    );
    let first = lines.iter_mut().find(|line| line.part == at && is_first);
    first.into_iter().for_each(|line| line.look = Look::First);
}

/// The looks that are titles, with their levels from 0.
fn levels(all: &[Vec<Line>], shared: &HashSet<String>) -> HashMap<Look, u8> {
    let mut order: Vec<Look> = Vec::new();
    let mut count: HashMap<Look, usize> = HashMap::new();
    let mut recurs: HashSet<Look> = HashSet::new();
    for line in all.iter().flatten() {
        if !order.contains(&line.look) {
            order.push(line.look);
        }
        *count.entry(line.look).or_default() += 1;
        if line.look != Look::Capitals && shared.contains(&line.title) {
            recurs.insert(line.look);
        }
    }
    let is_title = |look: &Look| {
        count.get(look).is_some_and(|count| *count >= FEWEST) || recurs.contains(look)
    };
    let others = order
        .iter()
        .any(|look| *look != Look::First && is_title(look));
    let is_title =
        |look: &Look| is_title(look) && *look != Look::First || *look == Look::First && others;
    order.retain(is_title);
    (0..)
        .zip(order)
        .map(|(level, look)| (look, level))
        .collect()
}

/// Lines above the first title that stand in most documents.
fn leads(documents: &[Document]) -> HashSet<String> {
    let mut count: HashMap<&str, usize> = HashMap::new();
    for document in documents {
        let texts = document
            .parts
            .iter()
            .map(Part::text)
            .filter(|text| !text.is_empty());
        let texts: HashSet<&str> = texts.take(6).collect();
        texts
            .into_iter()
            .for_each(|text| *count.entry(text).or_default() += 1);
    }
    let common = count
        .into_iter()
        .filter(|(_, count)| *count >= FEWEST && count * 2 > documents.len());
    common.map(|(text, _)| text.to_owned()).collect()
}

/// Among several files, one is named by the title of its record rather than by that of its page.
fn name_by_record(document: &mut Document, record: usize, leads: &HashSet<String>) {
    let mut titles = document
        .parts
        .iter()
        .enumerate()
        .filter(|(_, part)| matches!(part, Part::Heading { .. }));
    let page = titles.next().map(|(at, _)| at);
    let is_one = titles.next().is_none() && page.is_none_or(|page| page < record);
    let before = document.parts.get(..record).unwrap_or_default();
    let is_lead = |(at, part): (usize, &Part)| {
        part.is_mark() || Some(at) == page || leads.contains(part.text())
    };
    if !is_one || !before.iter().enumerate().all(is_lead) {
        return;
    }
    for part in document.parts.get_mut(..record).unwrap_or_default() {
        let reason = match part {
            Part::Heading { .. } => "title of the web page",
            Part::Block(_) => "line above the title of every page",
            _ => continue,
        };
        document
            .left_out
            .push(LeftOut::new(Location::Somewhere, part.text(), reason));
        *part = Part::Anchor(String::new());
    }
    document.title = document
        .parts
        .get(record)
        .map(|part| wording::one_line(part.text()));
}

/// Puts titles in the place of their lines, below the title that the document has before them.
fn put(document: &mut Document, titles: &[&Line], levels: &HashMap<Look, u8>) {
    for line in titles.iter().rev() {
        let Some(Part::Block(block)) = document.parts.get(line.part) else {
            continue;
        };
        let above = document
            .parts
            .iter()
            .take(line.part)
            .rev()
            .find_map(|part| match part {
                Part::Heading { level, .. } => Some(*level),
                _ => None,
            });
        let level = above
            .unwrap_or(0)
            .saturating_add(1 + levels.get(&line.look).copied().unwrap_or(0));
        let title = block.text.get(..line.end).unwrap_or_default();
        let title = structure::without_letter_spacing(&wording::one_line(title));
        let mut pieces = vec![(0, Part::Heading { level, title })];
        let (start, rest) = document::slice(block, line.end..block.text.len());
        if !rest.text.is_empty() {
            let kind = BlockKind::Paragraph;
            pieces.push((start, Part::Block(Block { kind, ..rest })));
        }
        document::replace(&mut document.parts, line.part, pieces);
    }
    let is_empty = |part: &Part| matches!(part, Part::Anchor(name) if name.is_empty());
    document.parts.retain(|part| !is_empty(part));
}
