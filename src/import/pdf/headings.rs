//! Which lines of a PDF are titles: those that its outline names, else those in larger type, else
//! those in bold type.

use std::collections::HashMap;

use super::{lines::Line, outline::Entry, styled::Styled, tables, tags::Kind, usual::Usual};
use crate::{
    import::{document::Document, structure},
    text::wording,
};

/// Most distance of two lines of a title, in sizes of its type.
const FARTHEST: f64 = 2.0;
/// Most words of a title.
const LONGEST_TITLE: usize = 30;

/// Headings by their first line: level and how many lines they take.
pub type Headings = HashMap<usize, (u8, usize)>;

/// Finds the headings of all lines, given in reading order.
pub fn find(lines: &[Line], outline: &[Entry], usual: &Usual, document: &mut Document) -> Headings {
    if are_marked(lines) {
        return by_marks(lines);
    }
    if !outline.is_empty() {
        return by_outline(lines, outline, document);
    }
    let headings = by_size(lines, usual);
    if headings.len() > 1 {
        headings
    } else {
        by_weight(lines, headings, usual)
    }
}

/// Whether the structure tree says which lines are titles.
pub fn are_marked(lines: &[Line]) -> bool {
    let marked = lines.iter().filter(|line| level(line).is_some());
    marked.take(2).count() > 1
}

fn level(line: &Line) -> Option<u8> {
    match line.block?.1 {
        Kind::Heading(level) => Some(level),
        _ => None,
    }
}

/// Lines that are marked as titles.
fn by_marks(lines: &[Line]) -> Headings {
    let mut at = 0;
    let mut headings = Headings::new();
    for lines in lines.chunk_by(|one, other| one.block.is_some() && one.block == other.block) {
        if let Some(level) = lines.first().and_then(level) {
            headings.insert(at, (level, lines.len()));
        }
        at += lines.len();
    }
    headings
}

/// The title on the first page: the lines above all headings in the largest type.
pub fn title(lines: &[Line], headings: &Headings, usual: &Usual) -> Option<String> {
    let first = lines
        .iter()
        .enumerate()
        .take_while(|(at, line)| line.page == 1 && !headings.contains_key(at))
        .map(|(_, line)| line);
    let largest = first
        .clone()
        .map(|line| line.run.size)
        .fold(usual.size * 1.2, f64::max);
    let is_title = |line: &&Line| (line.run.size - largest).abs() < 0.1;
    let own = first
        .skip_while(|line| !is_title(line))
        .take_while(is_title);
    let title = own.fold(Styled::default(), |title, line| {
        usual.join(title, &line.run.text)
    });
    Some(wording::one_line(&title))
        .filter(|title| !title.is_empty() && title.split_whitespace().count() <= LONGEST_TITLE)
}

/// Lines set in larger type are headings, the largest of the first level.
fn by_size(lines: &[Line], usual: &Usual) -> Headings {
    let key = |line: &Line| (line.run.size * 2.0).round() as i64;
    let is_large = |line: &Line| {
        line.run.size > usual.size * 1.12 && line.run.text.chars().any(char::is_alphabetic)
    };
    let mut sizes: Vec<i64> = lines
        .iter()
        .filter(|line| is_large(line))
        .map(key)
        .collect();
    sizes.sort_unstable_by(|one, other| other.cmp(one));
    sizes.dedup();
    let mut headings = Headings::new();
    let mut at = 0;
    while let Some(line) = lines.get(at) {
        let follows = |(above, other): &(&Line, &Line)| {
            let gap = above.run.y - other.run.y;
            key(other) == key(line) && other.page == line.page && gap < line.run.size * FARTHEST
        };
        let pairs = lines.iter().skip(at).zip(lines.iter().skip(at + 1));
        let length = if is_large(line) {
            1 + pairs.take_while(follows).count()
        } else {
            1
        };
        let words: usize = lines
            .iter()
            .skip(at)
            .take(length)
            .map(|line| line.run.text.split_whitespace().count())
            .sum();
        if is_large(line) && words <= LONGEST_TITLE {
            let rank = sizes
                .iter()
                .position(|size| *size == key(line))
                .unwrap_or(0);
            headings.insert(at, (u8::try_from(rank.min(5) + 1).unwrap_or(6), length));
        }
        at += length;
    }
    headings
}

/// Adds short, separate lines in bold type, one level below the other headings.
fn by_weight(lines: &[Line], mut headings: Headings, usual: &Usual) -> Headings {
    let level = u8::try_from(headings.len() + 1).unwrap_or(1);
    let gap = |above: &Line, line: &Line| {
        if above.page == line.page {
            above.run.y - line.run.y
        } else {
            f64::INFINITY
        }
    };
    let is_apart =
        |above: &Line, line: &Line| !(0.0..=usual.leading(above) * 1.1).contains(&gap(above, line));
    let mut at = 0;
    while let Some(line) = lines.get(at) {
        if let Some(table) = tables::at(lines, at, &|text, line| usual.join(text, line)) {
            at += table.lines;
            continue;
        }
        let pairs = lines.iter().skip(at).zip(lines.iter().skip(at + 1));
        let length = 1 + pairs
            .take_while(|(above, line)| line.run.text.is_strong() && !is_apart(above, line))
            .count();
        let mut own = lines.iter().skip(at).take(length);
        let words: usize = own
            .clone()
            .map(|line| line.run.text.split_whitespace().count())
            .sum();
        let is_title = own.next_back().is_some_and(|last| {
            !last
                .run
                .text
                .trim_end()
                .ends_with(['.', ',', ';', ':', '!', '?'])
        });
        let stands = at
            .checked_sub(1)
            .and_then(|above| lines.get(above))
            .is_none_or(|above| is_apart(above, line));
        if line.run.text.is_strong()
            && stands
            && !headings.contains_key(&at)
            && is_title
            && words <= structure::LONGEST_HEADING
        {
            headings.insert(at, (level, length));
        }
        at += length;
    }
    headings
}

/// Finds the titles of the outline among the lines of their pages.
fn by_outline(lines: &[Line], outline: &[Entry], document: &mut Document) -> Headings {
    let plain = |text: &str| {
        text.chars()
            .filter(|c| c.is_alphanumeric())
            .flat_map(char::to_lowercase)
            .collect::<String>()
    };
    let plains: Vec<String> = lines.iter().map(|line| plain(&line.run.text)).collect();
    let mut headings = Headings::new();
    let mut from = 0;
    let mut missed = 0;
    for entry in outline {
        let wanted = plain(&entry.title);
        let fits = |&at: &usize| length(&plains, at, &wanted).is_some();
        let start = lines.partition_point(|line| line.page + 1 < entry.page);
        let end = lines.partition_point(|line| line.page <= entry.page + 1);
        let near: Vec<usize> = (start..end)
            .filter(fits)
            .filter(|at| !headings.contains_key(at))
            .collect();
        // The title stands out: of several places the one in the largest type, those after the
        // title before first; one that comes again may have led too far.
        let rank = |at: usize| {
            lines.get(at).map(|line| {
                (
                    at >= from,
                    (line.run.size * 4.0) as i64,
                    line.page == entry.page,
                )
            })
        };
        match near
            .into_iter()
            .max_by_key(|&at| (rank(at), std::cmp::Reverse(at)))
            .filter(|_| !wanted.is_empty())
        {
            Some(at) => {
                let length = length(&plains, at, &wanted).unwrap_or(1);
                headings.insert(at, (entry.level, length));
                from = at + length;
            }
            None => missed += 1,
        }
    }
    if missed > 0 {
        let titles = wording::count(missed, "title");
        document
            .unsure
            .push(format!("{titles} of the outline not found in the text."));
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
