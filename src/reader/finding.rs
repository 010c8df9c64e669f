//! What is looked for and where its matches are. The report is looked through in steps, so that no
//! key waits for all of it; what was looked through is not looked through again.

use super::{Reader, seeking::Seek};
use crate::{
    notebook::passage,
    report::{
        Report,
        layout::Row,
        position::{Direction, Passage, Position},
    },
    search::{
        Case, Pattern, Query,
        expression::ExpressionError,
        matches::{Aside, Found, SLOW, STEP, Spot},
        pieces::{Piece, Pieces},
    },
    text::word_boundary,
};

/// Earlier searches whose matches are kept.
const KEPT: usize = 8;
/// Earlier searches that are remembered, and bytes of the longest of them.
const MOST_EARLIER: usize = 200;
const LONGEST_EARLIER: usize = 4096;
/// What a look in a note costs beside its text.
const NOTE: usize = 64;

/// What is looked for, and what was found.
#[derive(Debug, Default)]
pub struct Finding {
    /// What is looked for.
    pub query: Query,
    /// What was looked for before, the latest last.
    pub earlier: Vec<Query>,
    /// The hit that one is at.
    pub current: Option<Spot>,
    /// Where the cursor stood when one came to a hit in a note that has no place.
    pub(super) stayed: Option<Position>,
    /// Which way it was reached over the end of the report, if it was.
    pub wrapped: Option<Direction>,
    /// Whether matches are marked on the screen.
    pub is_marked: bool,
    /// Whether it is being typed: the screen follows, the place stays.
    pub is_typing: bool,
    /// How what is typed next is meant; it has no text.
    pub(super) meant: Query,
    pub(super) is_backward: bool,
    pieces: Option<Pieces>,
    found: Option<Found>,
    kept: Vec<(Query, Found)>,
    /// What there is in other case, where there is nothing as it was typed.
    other_case: Option<Found>,
    pub(super) seek: Option<Seek>,
    notes: NotesLooked,
    /// What was last said of the hit.
    pub(super) told: Option<String>,
}

/// How far the notes were looked through.
#[derive(Debug, Default)]
struct NotesLooked {
    /// The state of the notebook in which they were.
    revision: Option<u64>,
    count: usize,
    matches: Vec<Aside>,
    is_complete: bool,
}

/// A hit on the screen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    pub piece: Piece,
    /// Bytes of the piece's text, whole graphemes.
    pub bytes: std::ops::Range<usize>,
    pub is_current: bool,
}

impl Finding {
    /// Looks for something from now on. What was found for it before is taken up again.
    ///
    /// # Errors
    /// Where it is a faulty expression; then nothing is looked for.
    pub(super) fn look_for(
        &mut self,
        query: Query,
        report: &Report,
        origin: Position,
    ) -> Result<(), ExpressionError> {
        if self.found.is_some() && self.query == query {
            return Ok(());
        }
        self.put_away();
        let pattern = Pattern::new(&query);
        self.query = query;
        let pattern = pattern?;
        if matches!(pattern, Pattern::Nothing) {
            return Ok(());
        }
        let pieces = self.pieces.get_or_insert_with(|| Pieces::new(report));
        let kept = self
            .kept
            .iter()
            .position(|(of, _)| *of == self.query)
            .map(|at| self.kept.remove(at).1);
        self.found =
            Some(kept.unwrap_or_else(|| Found::new(pattern, pieces, pieces.of_block(origin))));
        Ok(())
    }

    fn put_away(&mut self) {
        if let Some(found) = self.found.take() {
            self.kept.push((self.query.clone(), found));
            if self.kept.len() > KEPT {
                self.kept.remove(0);
            }
        }
        self.current = None;
        self.stayed = None;
        self.seek = None;
        self.notes = NotesLooked::default();
        self.other_case = None;
        self.wrapped = None;
    }

    /// What was found so far, with the pieces it was found in.
    pub fn found(&self) -> Option<(&Found, &Pieces)> {
        self.found.as_ref().zip(self.pieces.as_ref())
    }

    /// Makes ready what every search needs, before the first letter is typed.
    pub(super) fn prepare(&mut self, report: &Report) {
        self.pieces.get_or_insert_with(|| Pieces::new(report));
    }

    /// Remembers what was looked for.
    pub(super) fn remember(&mut self) {
        let query = self.query.clone();
        if query.text.len() > LONGEST_EARLIER {
            return;
        }
        self.earlier.retain(|earlier| *earlier != query);
        self.earlier.push(query);
        if self.earlier.len() > MOST_EARLIER {
            self.earlier.remove(0);
        }
    }

    /// How many matches there are in other case, where there is none as it was typed.
    pub fn in_other_case(&self) -> Option<usize> {
        self.other_case
            .as_ref()
            .map(Found::total)
            .filter(|&total| total > 0)
    }

    fn wants_other_case(&self) -> bool {
        let is_none = self
            .found
            .as_ref()
            .is_some_and(|found| found.is_complete() && found.total() == 0);
        is_none
            && self.query.counts_case()
            && self
                .other_case
                .as_ref()
                .is_none_or(|other| !other.is_complete())
    }

    fn look_in_other_case(&mut self, report: &Report) {
        let Some(pieces) = self.pieces.as_ref().filter(|_| self.wants_other_case()) else {
            return;
        };
        let pattern = || {
            Pattern::new(&Query {
                case: Case::Never,
                ..self.query.clone()
            })
            .unwrap_or(Pattern::Nothing)
        };
        let mut other = self
            .other_case
            .take()
            .unwrap_or_else(|| Found::new(pattern(), pieces, 0));
        other.look(report, pieces, STEP);
        self.other_case = Some(other);
    }

    /// Where to look from for the nearest hit at a position: forward at or after it, backward
    /// before it. The title counts as standing at its section's start.
    pub(super) fn spot_at(
        &self,
        report: &Report,
        position: Position,
        direction: Direction,
    ) -> Option<Spot> {
        let (found, pieces) = self.found()?;
        let piece = pieces.of_block(position);
        if direction == Direction::Forward && position.block == 0 && position.byte == 0 {
            return Some(Spot {
                piece: piece - 1,
                index: 0,
            });
        }
        let index = found
            .ranges(report, pieces, piece)
            .iter()
            .filter(|range| range.start < position.byte)
            .count();
        Some(Spot { piece, index })
    }
}

impl Reader {
    /// Whether more of the report has to be looked through.
    pub fn has_work(&self) -> bool {
        let finding = &self.finding;
        finding.found.as_ref().is_some_and(|found| {
            !found.is_complete() || !self.has_looked_in_notes() || finding.wants_other_case()
        })
    }

    pub(super) fn has_looked_in_notes(&self) -> bool {
        self.finding.notes.is_complete
            && self.finding.notes.revision == Some(self.notebook.revision())
    }

    /// Looks through some more of the report.
    pub fn work(&mut self) {
        self.look();
        self.go_on_seeking();
        self.choose();
        if self.finding.told.is_some()
            && self.message.as_ref().map(|message| &message.text) == self.finding.told.as_ref()
        {
            self.tell_again();
        }
        self.settle();
    }

    /// One step, through the notes where they have changed and then through the report.
    pub(super) fn look(&mut self) {
        let spent = self.look_in_notes();
        if !self.has_looked_in_notes() {
            return;
        }
        if let (Some(found), Some(pieces)) = (&mut self.finding.found, &self.finding.pieces)
            && !found.is_complete()
        {
            found.look(&self.report, pieces, STEP.saturating_sub(spent).max(1));
        }
        self.finding.look_in_other_case(&self.report);
    }

    /// Looks through more of the notes; gives what it has cost.
    fn look_in_notes(&mut self) -> usize {
        if self.has_looked_in_notes() {
            return 0;
        }
        let Finding {
            found: Some(found),
            pieces: Some(pieces),
            notes,
            ..
        } = &mut self.finding
        else {
            return 0;
        };
        let revision = Some(self.notebook.revision());
        if notes.revision != revision {
            *notes = NotesLooked {
                revision,
                ..NotesLooked::default()
            };
        }
        let mut cost = 0;
        for entry in self.notebook.entries().iter().skip(notes.count) {
            if cost >= STEP {
                return cost;
            }
            notes.count += 1;
            cost += NOTE + entry.annotation.text.len() * SLOW;
            let piece =
                passage(entry).map_or(pieces.beyond(), |passage| pieces.of_block(passage.start()));
            let matches = found.pattern().matches(&entry.annotation.text);
            notes.matches.extend(matches.into_iter().map(|range| Aside {
                piece,
                id: entry.annotation.id.clone(),
                range,
            }));
        }
        notes.is_complete = true;
        found.set_asides(std::mem::take(&mut notes.matches));
        cost
    }

    /// The hit that the cursor stands on, where matches are marked and it is in the text.
    pub fn current_match(&self) -> Option<Passage> {
        let mark = self
            .screen
            .marks
            .iter()
            .find(|mark| mark.is_current && !self.finding.is_typing)?;
        mark.piece.block?;
        let (start, end) = (
            mark.piece.position(mark.bytes.start),
            mark.piece.position(mark.bytes.end),
        );
        let cursor = self.screen.cursor;
        (cursor.same_block(start) && mark.bytes.contains(&cursor.byte))
            .then(|| Passage::new(start, end))
    }

    /// Takes the marks of matches off the screen and goes to none any more; says whether there were any.
    pub(super) fn unmark_matches(&mut self) -> bool {
        let had = self.finding.is_marked || self.finding.seek.take().is_some();
        self.finding.is_marked = false;
        had
    }

    /// Works out which matches are on the screen.
    pub(super) fn mark_matches(&mut self) {
        let mut marks = std::mem::take(&mut self.screen.marks);
        marks.clear();
        if let Some((found, pieces)) = self.finding.found().filter(|_| self.finding.is_marked) {
            for (piece, from, to) in self.seen_pieces() {
                let index = pieces.index(piece);
                let text = piece.text(&self.report);
                let current = self
                    .finding
                    .current
                    .filter(|spot| spot.piece == index)
                    .map(|spot| spot.index);
                let mut number = 0;
                found
                    .pattern()
                    .each_match(text, pieces.is_simple(index), |range| {
                        if range.start < to && range.end > from {
                            let bytes = word_boundary::whole_graphemes(text, range);
                            marks.push(Mark {
                                piece,
                                bytes,
                                is_current: current == Some(number),
                            });
                        }
                        number += 1;
                    });
            }
        }
        self.screen.marks = marks;
    }

    /// The titles and blocks on the screen, with the bytes of each that are seen.
    fn seen_pieces(&self) -> Vec<(Piece, usize, usize)> {
        let mut seen: Vec<(Piece, usize, usize)> = Vec::new();
        for at in &self.screen.rows {
            let (block, start, end) = match self.layout.made(at.section).get(at.row) {
                Some(&Row::Title { start, end }) => (None, start, end),
                Some(&Row::Text {
                    block, start, end, ..
                }) => (Some(block), start, end),
                Some(Row::Gap { .. }) | None => continue,
            };
            let piece = Piece {
                section: at.section,
                block,
            };
            match seen.last_mut() {
                Some((last, _, to)) if *last == piece => *to = end,
                _ => seen.push((piece, start, end)),
            }
        }
        seen
    }
}
