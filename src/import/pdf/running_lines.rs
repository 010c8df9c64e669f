//! Running headers, footers and page numbers: lines repeated at the edge of page after page.

use std::collections::{HashMap, HashSet};

use super::lines::Line;
use crate::import::{
    document::{LeftOut, Location},
    html::numerals::numeral,
};

/// Lines at each edge of a page that may run.
const EDGE: usize = 3;

/// Takes what runs out of the pages.
pub fn leave_out(pages: &mut [Vec<Line>]) -> Vec<LeftOut> {
    let mut left_out = Vec::new();
    let leading = leading(pages);
    // A page has one number at an edge; the next may be the last word of its text.
    let mut numbered_edges = HashSet::new();
    // Running lines may be two deep: after the outer ones are gone, the inner ones are the edge.
    for _ in 0..EDGE {
        let seen = seen(pages);
        let before = left_out.len();
        for page in &mut *pages {
            for edge in [Edge::Top, Edge::Bottom] {
                let own = match self::leading(std::slice::from_ref(page)) {
                    0.0 => leading,
                    own => own,
                };
                let may_be_number = |line: &Line| !numbered_edges.contains(&(line.page, edge));
                let runs = edge.line(page).is_some_and(|(at, line)| {
                    is_running(
                        line,
                        edge,
                        &seen,
                        is_apart(page, at, own),
                        may_be_number(line),
                    )
                });
                if let Some((at, line)) = edge.line(page).filter(|_| runs) {
                    if is_number(&line.run.text) {
                        numbered_edges.insert((line.page, edge));
                    }
                    left_out.push(LeftOut::new(
                        Location::Page(line.page),
                        line.run.text.to_string(),
                        edge.name(),
                    ));
                    page.remove(at);
                }
            }
        }
        if left_out.len() == before {
            break;
        }
    }
    left_out.sort_by_key(|left| match left.place {
        Location::Page(page) => page,
        _ => 0,
    });
    left_out
}

/// The numbers of all pages by those that were left out, where most pages have one and all count
/// alike; else none.
pub fn numbers(left_out: &[LeftOut], pages: usize) -> Vec<String> {
    let mut starts: HashMap<i64, HashSet<usize>> = HashMap::new();
    for left in left_out
        .iter()
        .filter(|left| left.reason.starts_with("running"))
    {
        let number = left.text.split_whitespace().find_map(|word| {
            let word = word.trim_matches(|c| "-–—|[]()".contains(c));
            word.parse::<i64>().ok()
        });
        if let (Some(number), Location::Page(page)) = (number, left.place) {
            let start = number - i64::try_from(page).unwrap_or(0);
            starts.entry(start).or_default().insert(page);
        }
    }
    let most = starts.into_iter().max_by_key(|(_, pages)| pages.len());
    let Some((start, _)) = most.filter(|(_, seen)| pages > 1 && seen.len() * 2 > pages) else {
        return Vec::new();
    };
    let number = |page: i64| Some(page + start).filter(|number| *number > 0);
    let label = |page| number(page).map_or(String::new(), |number| number.to_string());
    (1..).map(label).take(pages).collect()
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Edge {
    Top,
    Bottom,
}

impl Edge {
    fn name(self) -> &'static str {
        match self {
            Self::Top => "running header",
            Self::Bottom => "running footer",
        }
    }

    /// The outermost line of a page at this edge.
    fn line(self, page: &[Line]) -> Option<(usize, &Line)> {
        let lines = page.iter().enumerate();
        match self {
            Self::Top => lines.max_by(|(_, one), (_, other)| one.run.y.total_cmp(&other.run.y)),
            Self::Bottom => lines.min_by(|(_, one), (_, other)| one.run.y.total_cmp(&other.run.y)),
        }
    }
}

/// How often each line is at an edge, numbers left out, and how often something does at each
/// height.
#[derive(Default)]
struct Seen {
    words: HashMap<(Edge, String), usize>,
    heights: HashMap<(Edge, i64), usize>,
    pages: usize,
}

fn seen(pages: &[Vec<Line>]) -> Seen {
    let mut seen = Seen {
        pages: pages.len(),
        ..Seen::default()
    };
    for page in pages {
        for edge in [Edge::Top, Edge::Bottom] {
            if let Some((_, line)) = edge.line(page) {
                *seen
                    .words
                    .entry((edge, pattern(&line.run.text)))
                    .or_default() += 1;
                *seen.heights.entry((edge, height(line))).or_default() += 1;
            }
        }
    }
    seen
}

fn height(line: &Line) -> i64 {
    (line.run.y / 3.0).round() as i64
}

/// The words of a line with numbers, also Roman ones alone, as one sign.
fn pattern(text: &str) -> String {
    let words = text.split_whitespace().map(|word| {
        let is_number = word.chars().any(|c| c.is_ascii_digit())
            || (word.len() < 6 && word.chars().all(|c| "ivxlcIVXLC".contains(c)));
        if is_number {
            "#".to_owned()
        } else {
            word.to_lowercase()
        }
    });
    words.collect::<Vec<_>>().join(" ")
}

/// Whether a line of a page stands further from its neighbour than lines do, in type that is no
/// larger than theirs.
fn is_apart(page: &[Line], at: usize, leading: f64) -> bool {
    let Some(line) = page.get(at) else {
        return false;
    };
    let mut sizes: Vec<f64> = page.iter().map(|line| line.run.size).collect();
    sizes.sort_by(f64::total_cmp);
    let usual = sizes.get(sizes.len() / 2).copied().unwrap_or_default();
    let others = page.iter().enumerate().filter(|(other, _)| *other != at);
    let nearest = others
        .map(|(_, other)| (other.run.y - line.run.y).abs())
        .fold(f64::INFINITY, f64::min);
    // A line alone is the text of its page.
    line.run.size <= usual * 1.05
        && nearest.is_finite()
        && nearest > (usual * 1.75).max(leading * 1.5)
}

/// The usual distance of two lines; 0 if there are too few lines.
fn leading(pages: &[Vec<Line>]) -> f64 {
    let mut gaps: Vec<f64> = pages.iter().flat_map(|page| gaps(page)).collect();
    gaps.sort_by(f64::total_cmp);
    if gaps.len() < 4 {
        0.0
    } else {
        gaps.get(gaps.len() / 2).copied().unwrap_or(0.0)
    }
}

/// The distances from line to line of a page; lines beside each other have none.
fn gaps(page: &[Line]) -> Vec<f64> {
    let mut lines: Vec<&Line> = page.iter().collect();
    lines.sort_by(|one, other| one.run.y.total_cmp(&other.run.y));
    let gaps = lines
        .iter()
        .zip(lines.iter().skip(1))
        .map(|(low, high)| (high.run.y - low.run.y, high.run.size));
    gaps.filter(|(gap, size)| *gap > size * 0.5)
        .map(|(gap, _)| gap)
        .collect()
}

/// Whether a line is a page's number alone: `12`, `xii`, `A-3`, `- 3 -`, `Page 3 of 10`.
fn is_number(line: &str) -> bool {
    let is_beside = |word: &str| {
        matches!(
            word.to_lowercase().as_str(),
            "page" | "of" | "p." | "-" | "–" | "—" | "/" | "|"
        )
    };
    let mut words = line
        .split_whitespace()
        .filter(|word| !is_beside(word))
        .peekable();
    words.peek().is_some() && words.all(is_number_word)
}

fn is_number_word(word: &str) -> bool {
    let is_digits = |part: &str| !part.is_empty() && part.chars().all(|c| c.is_ascii_digit());
    let is_roman = |part: &str| {
        part.chars().all(|c| "ivxlcIVXLC".contains(c))
            && (1..200).any(|number| {
                [numeral(number, "i"), numeral(number, "I")].contains(&part.to_owned())
            })
    };
    let word = word.trim_matches(|c| "-–—|[]()".contains(c));
    match word.split_once(['-', '–', '/', '.']) {
        None => is_digits(word) || is_roman(word),
        Some((first, last)) => {
            is_digits(last) && (is_digits(first) || is_roman(first) || first.chars().count() == 1)
        }
    }
}

fn is_running(line: &Line, edge: Edge, seen: &Seen, is_apart: bool, may_be_number: bool) -> bool {
    let pattern = pattern(&line.run.text);
    let of = |count: Option<&usize>| count.copied().unwrap_or(0);
    // Letters may all end with the same sentence.
    let is_sentence = line
        .run
        .text
        .trim_end()
        .ends_with(['.', '!', '?', ',', ';']);
    let mut words = line.run.text.split_whitespace();
    let ends = [words.next(), words.next_back()];
    let has_number = ends.into_iter().flatten().any(is_number_word);
    let stands_out = is_apart || has_number || !is_sentence;
    let same_words = of(seen.words.get(&(edge, pattern.clone())));
    let around = |by: i64| of(seen.heights.get(&(edge, height(line) + by)));
    let same_height = around(-1) + around(0) + around(1);
    let is_number = may_be_number && is_number(&line.run.text);
    let number = line
        .run
        .text
        .split_whitespace()
        .filter_map(|word| word.parse().ok())
        .next();
    let is_short = line.run.text.split_whitespace().count() < 15;
    let is_at_its_place = is_apart && same_height * 10 >= seen.pages * 6;
    match seen.pages {
        0 | 1 => is_number && number == Some(line.page),
        2 => {
            (is_number && (same_height == 2 || number == Some(line.page)))
                || (same_height == 2 && is_apart && is_short)
        }
        pages => {
            (is_number && same_height * 3 >= pages)
                || (stands_out && same_words >= 3 && same_words * 5 >= pages && same_height >= 3)
                || (is_at_its_place && is_short)
        }
    }
}
