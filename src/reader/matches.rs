//! All matches of a search as a list, section by section. Of however many matches only those that are
//! shown are looked at.

use super::{
    Reader,
    choosing::{ChoiceLine, window},
};
use crate::search::{
    Pattern, Query, context,
    matches::{Match, Spot},
    pieces::Piece,
};

/// Columns for an address and its sign.
const HEAD: usize = 9;

/// The matches that the filter leaves, by their numbers in the report.
#[derive(Debug, Default)]
pub struct Matches {
    /// `None` where there is no filter: all of them.
    numbers: Option<Vec<u32>>,
    groups: Vec<Group>,
    count: usize,
}

/// Stands above the matches in notes that have no place.
const WITHOUT_PLACE: &str = "Notes without a place";

/// The matches of one section.
#[derive(Debug, Clone, Copy)]
struct Group {
    /// `None` for the notes that have no place.
    section: Option<usize>,
    /// Which of the matches left is its first one.
    first: usize,
    count: usize,
}

impl Matches {
    pub fn count(&self) -> usize {
        self.count
    }

    /// Rows that the matches and the titles of their sections fill.
    pub(super) fn rows(&self) -> usize {
        self.count + self.groups.len()
    }

    /// The number in the report of a hit that is left.
    pub(super) fn ordinal(&self, row: usize) -> Option<usize> {
        match &self.numbers {
            Some(numbers) => numbers.get(row).map(|&number| number as usize),
            None => (row < self.count).then_some(row),
        }
    }

    /// Which of those left a hit is by its number, else the first one after it.
    pub(super) fn row(&self, ordinal: usize) -> usize {
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
}

impl Reader {
    /// The number of the hit that one is at, else of the next one.
    pub(super) fn nearest_match(&mut self) -> usize {
        use crate::{report::position::Direction, search::matches::Sought};
        let current = self.finding.current.filter(|_| self.is_at_match());
        let from = current.or_else(|| {
            self.finding
                .spot_at(&self.report, self.screen.cursor, Direction::Forward)
        });
        let Some(((found, _), from)) = self.finding.found().zip(from) else {
            return 0;
        };
        match found.nearest(from, Direction::Forward) {
            Sought::At { spot, .. } => found.ordinal(spot).unwrap_or(0),
            Sought::NotYet | Sought::Nowhere => 0,
        }
    }

    /// Goes to a hit that was chosen; a note that has no place is read instead.
    pub(super) fn go_to_match(&mut self, spot: Spot) {
        self.arrive(spot);
        if self.note_without_place().is_some() {
            self.read_note();
        }
    }

    /// The matches whose paragraph, note or section title has all words of a filter.
    pub(super) fn matches_for(&self, filter: &str) -> Matches {
        let mut matches = Matches::default();
        let Some((found, pieces)) = self
            .finding
            .found()
            .filter(|(found, _)| found.is_complete())
        else {
            return matches;
        };
        let words: Vec<Pattern> = filter
            .split_whitespace()
            .filter_map(|word| {
                Pattern::new(&Query {
                    text: word.into(),
                    ..Query::default()
                })
                .ok()
            })
            .collect();
        let sections = (0..self.report.sections.len())
            .map(|section| (Some(section), pieces.of_section(section)));
        let mut numbers = Vec::new();
        for (section, range) in sections.chain([(None, pieces.beyond()..pieces.beyond() + 1)]) {
            if words.is_empty() {
                matches.push_group(section, found.count_between(range));
                continue;
            }
            let title = section
                .and_then(|section| self.report.sections.get(section))
                .map_or("", |section| &section.title);
            let left: Vec<&Pattern> = words.iter().filter(|word| !word.is_in(title)).collect();
            let before = numbers.len();
            range.for_each(|piece| self.push_fitting(piece, &left, &mut numbers));
            matches.push_group(section, numbers.len() - before);
        }
        matches.numbers = (!words.is_empty()).then_some(numbers);
        matches
    }

    /// Adds the numbers of the matches in a piece and in the notes on it that have all of the words
    /// beside them.
    fn push_fitting(&self, piece: usize, words: &[&Pattern], numbers: &mut Vec<u32>) {
        let Some((found, pieces)) = self
            .finding
            .found()
            .filter(|(found, _)| found.count_of(piece) > 0)
        else {
            return;
        };
        let first = found.ordinal(Spot { piece, index: 0 }).unwrap_or(0);
        let text = if piece == pieces.beyond() {
            ""
        } else {
            pieces.piece(piece).text(&self.report)
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
            let note = self
                .notebook
                .entry(&aside.id)
                .map_or("", |entry| &entry.annotation.text);
            if words
                .iter()
                .all(|word| word.is_in(text) || word.is_in(note))
            {
                push(number..number + 1);
            }
        }
    }

    /// The lines of the list around the selected hit; the section of the first one is always told.
    pub(super) fn lines_of_matches(
        &self,
        matches: &Matches,
        selected: usize,
        rows: usize,
        columns: usize,
    ) -> Vec<ChoiceLine> {
        let group_at = |row: usize| {
            matches
                .groups
                .partition_point(|group| group.first <= row)
                .saturating_sub(1)
        };
        let shown = window(
            selected + group_at(selected) + 1,
            matches.count + matches.groups.len(),
            rows,
        );
        let mut lines = Vec::with_capacity(rows);
        for line in shown.clone() {
            let group = matches
                .groups
                .iter()
                .enumerate()
                .take_while(|(index, group)| group.first + index <= line)
                .count()
                .saturating_sub(1);
            let Some(of) = matches.groups.get(group) else {
                break;
            };
            let is_title = of.first + group == line;
            let row = line.saturating_sub(group + 1);
            if is_title || (line == shown.start && row != selected) {
                let section = of.section.map(|section| {
                    self.report
                        .sections
                        .get(section)
                        .map_or("", |section| section.title.as_str())
                });
                let title = section.unwrap_or(WITHOUT_PLACE);
                lines.push(ChoiceLine::Group {
                    title: title.to_owned(),
                    count: of.count,
                });
            } else {
                lines.extend(self.line_of_match(matches, row, row == selected, columns));
            }
        }
        lines
    }

    fn line_of_match(
        &self,
        matches: &Matches,
        row: usize,
        is_selected: bool,
        columns: usize,
    ) -> Option<ChoiceLine> {
        let (found, pieces) = self.finding.found()?;
        let spot = found.nth(matches.ordinal(row)?)?;
        let piece: Piece = pieces.piece(spot.piece);
        let (text, range, sign) = match found.hit(&self.report, pieces, spot)? {
            Match::Text(range) => (piece.text(&self.report), range, " "),
            Match::Aside(aside) => (
                self.notebook.entry(&aside.id)?.annotation.text.as_str(),
                aside.range.clone(),
                "●",
            ),
        };
        let room = columns.saturating_sub(HEAD + 1);
        let around = context::around(text, range, room * 2 / 5, room - room * 2 / 5);
        let address = if spot.piece == pieces.beyond() {
            "–".to_owned()
        } else {
            piece.address().to_string()
        };
        let head = format!("{address:>7}{sign} ");
        let pieces = vec![
            (around.before, false),
            (around.hit, true),
            (around.after, false),
        ];
        Some(ChoiceLine::Choice {
            is_selected,
            head,
            pieces,
        })
    }
}
