//! All matches of a search as a list, section by section. Of however many matches only those that
//! are shown are looked at.

use std::ops::Range;

use super::row::{BETWEEN, Line, window};
use crate::{
    notebook::filter,
    reader::parts::Parts,
    search::{
        Pattern, context,
        matches::{Match, Spot},
        words_of,
    },
    text::wording,
};

/// Columns for an address and its sign.
const HEAD: usize = 9;
/// Stands above the matches in notes that have no position.
const WITHOUT_POSITION: &str = "Notes without a position";

/// The matches that the filter leaves, by their numbers in the report.
#[derive(Debug, Default)]
pub(super) struct MatchList {
    /// `None` where there is no filter: all of them.
    numbers: Option<Vec<u32>>,
    groups: Vec<Group>,
    count: usize,
}

/// The matches of one section.
#[derive(Debug, Clone, Copy)]
struct Group {
    /// `None` for the notes that have no position.
    section: Option<usize>,
    /// Which of the matches left is its first one.
    first: usize,
    count: usize,
}

impl Group {
    /// The path of its section, beside the count of its matches.
    fn title(&self, parts: &Parts, columns: usize) -> String {
        let room = columns.saturating_sub(self.count.to_string().len() + 3);
        match self.section {
            Some(section) => wording::path(&parts.report.path(section), room),
            None => WITHOUT_POSITION.to_owned(),
        }
    }
}

impl MatchList {
    /// The matches whose paragraph, note or path has all words of a filter; in a section and all
    /// below it where that has a `section:`.
    pub fn new(filter: &str, parts: &Parts) -> Self {
        let mut list = Self::default();
        let Some((found, pieces)) = parts
            .matches
            .found()
            .filter(|(found, _)| found.is_complete())
        else {
            return list;
        };
        let (words, names) = filter::split_sections(filter);
        let words = words_of(&words);
        let within: Vec<_> = names
            .iter()
            .map(|name| parts.report.sections_named(name))
            .collect();
        let is_within = |section: Option<usize>| {
            let has = |of: &Vec<Range<usize>>| {
                of.iter()
                    .any(|of| section.is_some_and(|at| of.contains(&at)))
            };
            within.iter().all(has)
        };
        let sections = (0..parts.report.sections.len())
            .map(|section| (Some(section), pieces.of_section(section)));
        let beyond = (None, pieces.beyond()..pieces.beyond() + 1);
        let mut numbers = Vec::new();
        for (section, range) in sections.chain([beyond]) {
            if names.is_empty() && words.is_empty() {
                list.push_group(section, found.count_between(range));
                continue;
            }
            if found.count_between(range.clone()) == 0 || !is_within(section) {
                continue;
            }
            let path = section.map_or(Vec::new(), |section| parts.report.path(section));
            let path = path.join(BETWEEN);
            let left: Vec<&Pattern> = words.iter().filter(|word| !word.is_in(&path)).collect();
            let before = numbers.len();
            range.for_each(|piece| push_fitting(parts, piece, &left, &mut numbers));
            list.push_group(section, numbers.len() - before);
        }
        list.numbers = (!names.is_empty() || !words.is_empty()).then_some(numbers);
        list
    }

    pub fn count(&self) -> usize {
        self.count
    }

    /// Rows that the matches and the titles of their sections fill.
    pub fn rows(&self) -> usize {
        self.count + self.groups.len()
    }

    /// The number in the report of a match that is left.
    pub fn ordinal(&self, row: usize) -> Option<usize> {
        match &self.numbers {
            Some(numbers) => numbers.get(row).map(|&number| number as usize),
            None => (row < self.count).then_some(row),
        }
    }

    /// Which of those left a match is by its number, else the first one after it.
    pub fn row(&self, ordinal: usize) -> usize {
        match &self.numbers {
            Some(numbers) => numbers.partition_point(|&number| (number as usize) < ordinal),
            None => ordinal,
        }
    }

    fn push_group(&mut self, section: Option<usize>, count: usize) {
        if count > 0 {
            self.groups.push(Group {
                section,
                first: self.count,
                count,
            });
            self.count += count;
        }
    }

    /// The lines around the selected match; the section of the first one is always shown.
    pub fn lines(&self, parts: &Parts, selected: usize, rows: usize, columns: usize) -> Vec<Line> {
        let groups = &self.groups;
        let group_at = groups.partition_point(|group| group.first <= selected);
        let shown = window(selected + group_at.max(1), self.rows(), rows);
        let mut lines = Vec::with_capacity(rows);
        for line in shown.clone() {
            // The title of each group takes a line.
            let group = groups.iter().enumerate();
            let group = group.take_while(|(index, group)| group.first + index <= line);
            let group = group.count().saturating_sub(1);
            let Some(of) = groups.get(group) else {
                break;
            };
            let is_title = of.first + group == line;
            let row = line.saturating_sub(group + 1);
            if is_title || (line == shown.start && row != selected) {
                lines.push(Line::Group {
                    title: of.title(parts, columns),
                    count: of.count,
                });
            } else {
                lines.extend(self.line(parts, row, row == selected, columns));
            }
        }
        lines
    }

    fn line(&self, parts: &Parts, row: usize, is_selected: bool, columns: usize) -> Option<Line> {
        let (found, pieces) = parts.matches.found()?;
        let spot = found.nth(self.ordinal(row)?)?;
        let piece = pieces.piece(spot.piece);
        let (text, range, sign) = match found.hit(&parts.report, pieces, spot)? {
            Match::Text(range) => (piece.text(&parts.report), range, " "),
            Match::Aside(aside) => {
                let entry = parts.notes.notebook().entry(&aside.id)?;
                (entry.annotation.text.as_str(), aside.range.clone(), "●")
            }
        };
        let room = columns.saturating_sub(HEAD + 1);
        let around = context::around(text, range, room * 2 / 5, room - room * 2 / 5);
        let address = if spot.piece == pieces.beyond() {
            "–".to_owned()
        } else {
            piece.address().number(&parts.report)
        };
        Some(Line::Choice {
            is_selected,
            head: format!("{address:>7}{sign} "),
            pieces: vec![
                (around.before, false),
                (around.hit, true),
                (around.after, false),
            ],
        })
    }
}

/// Adds the numbers of the matches in a piece and in the notes on it that have all of the words
/// beside them.
fn push_fitting(parts: &Parts, piece: usize, words: &[&Pattern], numbers: &mut Vec<u32>) {
    let Some((found, pieces)) = parts
        .matches
        .found()
        .filter(|(found, _)| found.count_of(piece) > 0)
    else {
        return;
    };
    let first = found.ordinal(Spot { piece, index: 0 }).unwrap_or(0);
    let text = if piece == pieces.beyond() {
        ""
    } else {
        pieces.piece(piece).text(&parts.report)
    };
    let asides = found.asides_of(piece);
    let in_text = found.count_of(piece) - asides.len();
    let mut push = |numbered: std::ops::Range<usize>| {
        numbers.extend(numbered.filter_map(|number| u32::try_from(number).ok()))
    };
    if words.iter().all(|word| word.is_in(text)) {
        return push(first..first + found.count_of(piece));
    }
    for (number, aside) in (first + in_text..).zip(asides) {
        let entry = parts.notes.notebook().entry(&aside.id);
        let note = entry.map_or("", |entry| &entry.annotation.text);
        let mut words = words.iter();
        if words.all(|word| word.is_in(text) || word.is_in(note)) {
            push(number..number + 1);
        }
    }
}
