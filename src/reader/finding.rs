//! What is looked for and where its hits are. The report is looked through in steps, so that no
//! key waits for all of it; what was looked through is not looked through again.

use super::Reader;
use crate::{
    notebook::{passage, place::Place},
    report::{
        Report,
        layout::{Row, RowAt},
        position::{Direction, Passage, Position},
        search::{
            Pattern, Query,
            expression::ExpressionError,
            found::{Aside, Found, Hit, STEP, Sought, Spot},
            pieces::{Piece, Pieces},
            words,
        },
    },
};

/// Earlier searches whose hits are kept.
const KEPT: usize = 8;
/// Most hits that a count goes over.
const MOST_STEPS: usize = 10_000;

/// What is looked for, and what was found.
#[derive(Debug, Default)]
pub struct Finding {
    /// What is looked for.
    pub query: Query,
    /// What was looked for before, the latest last.
    pub earlier: Vec<Query>,
    /// The hit that one is at.
    pub current: Option<Spot>,
    /// Which way it was reached over the end of the report, if it was.
    pub wrapped: Option<Direction>,
    /// Whether hits are marked on the screen.
    pub is_marked: bool,
    /// Whether it is being typed: the screen follows, the place stays.
    pub is_typing: bool,
    pub(super) is_backward: bool,
    pieces: Option<Pieces>,
    found: Option<Found>,
    kept: Vec<(Query, Found)>,
    seek: Option<Seek>,
    /// The state of the notebook in which its hits were found.
    notes_of: Option<u64>,
    /// What was last said of the hit.
    pub(super) told: Option<String>,
}

/// A way to a hit that is not known yet.
#[derive(Debug, Clone, Copy)]
struct Seek {
    from: Spot,
    direction: Direction,
    count: usize,
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
    pub(super) fn look_for(&mut self, query: Query, report: &Report, origin: Position) -> Result<(), ExpressionError> {
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
        let kept = self.kept.iter().position(|(of, _)| *of == self.query).map(|at| self.kept.remove(at).1);
        self.found = Some(kept.unwrap_or_else(|| Found::new(pattern, pieces, pieces.of_block(origin))));
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
        self.seek = None;
        self.notes_of = None;
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
        self.earlier.retain(|earlier| *earlier != query);
        self.earlier.push(query);
    }

    /// Where to look from for the nearest hit at a position: forward at or after it, backward
    /// before it. The title counts as standing at its section's start.
    pub(super) fn spot_at(&self, report: &Report, position: Position, direction: Direction) -> Option<Spot> {
        let (found, pieces) = self.found()?;
        let piece = pieces.of_block(position);
        if direction == Direction::Forward && position.block == 0 && position.byte == 0 {
            return Some(Spot { piece: piece - 1, index: 0 });
        }
        let index = found.ranges(report, pieces, piece).iter().filter(|range| range.start < position.byte).count();
        Some(Spot { piece, index })
    }
}

impl Reader {
    /// Whether more of the report has to be looked through.
    pub fn has_work(&self) -> bool {
        self.finding.found.as_ref().is_some_and(|found| !found.is_complete())
    }

    /// Looks through some more of the report.
    pub fn work(&mut self) {
        self.look();
        self.go_on_seeking();
        self.choose();
        if self.finding.told.is_some() && self.message.as_ref().map(|message| &message.text) == self.finding.told.as_ref() {
            self.tell_hit();
        }
        self.settle();
    }

    /// One step through the report, and through the notes where they have changed.
    pub(super) fn look(&mut self) {
        if let (Some(found), Some(pieces)) = (&mut self.finding.found, &self.finding.pieces)
            && !found.is_complete()
        {
            found.look(&self.report, pieces, STEP);
        }
        self.look_in_notes();
    }

    fn look_in_notes(&mut self) {
        let revision = Some(self.notebook.revision());
        let (Some(found), Some(pieces)) = (&mut self.finding.found, &self.finding.pieces) else { return };
        if self.finding.notes_of == revision {
            return;
        }
        self.finding.notes_of = revision;
        let mut asides = Vec::new();
        for entry in self.notebook.entries() {
            let Some(passage) = passage(entry) else { continue };
            let piece = pieces.of_block(passage.start());
            let hits = found.pattern().hits(&entry.annotation.text);
            asides.extend(hits.into_iter().map(|range| Aside { piece, id: entry.annotation.id.clone(), range }));
        }
        found.set_asides(asides);
    }

    /// Goes to the nearest hit, now or as soon as it is known.
    pub(super) fn seek(&mut self, from: Spot, direction: Direction, count: usize) {
        self.finding.seek = Some(Seek { from, direction, count: count.clamp(1, MOST_STEPS) });
        self.look();
        self.go_on_seeking();
    }

    fn go_on_seeking(&mut self) {
        let (Some(seek), Some(found)) = (self.finding.seek, &self.finding.found) else { return };
        let mut from = seek.from;
        let mut arrived = None;
        let mut has_wrapped = false;
        for _ in 0..seek.count {
            match found.nearest(from, seek.direction) {
                Sought::NotYet => return,
                Sought::Nowhere => break,
                Sought::At { spot, wrapped } => {
                    has_wrapped |= wrapped;
                    arrived = Some(spot);
                    from = if seek.direction == Direction::Forward { Spot { index: spot.index + 1, ..spot } } else { spot };
                }
            }
        }
        self.finding.seek = None;
        self.finding.wrapped = has_wrapped.then_some(seek.direction);
        match arrived {
            Some(spot) => self.arrive(spot),
            None => self.find_nothing(),
        }
    }

    pub(super) fn find_nothing(&mut self) {
        self.finding.current = None;
        self.preview = None;
        if !self.finding.is_typing {
            self.finding.is_marked = false;
            let text = crate::wording::cut(&self.finding.query.text, 40);
            self.say(format!("`{text}` was not found; nothing has moved."));
        }
    }

    /// Shows a hit: while typing the screen alone goes there, else the place.
    pub(super) fn arrive(&mut self, spot: Spot) {
        self.finding.current = Some(spot);
        self.finding.is_marked = true;
        if self.finding.is_typing {
            self.preview = self.place_of(spot, self.place);
            return;
        }
        let here = self.place_here();
        self.leave_place();
        self.preview = None;
        self.at_sentence = false;
        self.place = self.place_of(spot, here).unwrap_or(here);
        self.tell_hit();
    }

    /// The place from which a hit is seen: with the top as it is where that shows the hit, else
    /// with some rows above it.
    pub(super) fn place_of(&mut self, spot: Spot, base: Place) -> Option<Place> {
        let (cursor, first, last) = self.rows_of(spot)?;
        let height = self.height();
        let rows = self.walk().screen(base.top, height);
        let is_seen = |row: &RowAt| rows.first().is_some_and(|top| top <= row) && rows.last().is_some_and(|bottom| row <= bottom);
        if is_seen(&first) && is_seen(&last) {
            return Some(Place { top: base.top, cursor });
        }
        let lead = self.lead_of(first).max(height / 3);
        let (top, _) = self.walk().step(first, -(lead as isize));
        Some(Place { top: self.walk().top_of(top), cursor })
    }

    /// Where the cursor stands for a hit, and the first and the last row of it.
    fn rows_of(&mut self, spot: Spot) -> Option<(Position, RowAt, RowAt)> {
        let (found, pieces) = self.finding.found()?;
        let piece = pieces.piece(spot.piece);
        let (start, end) = match found.hit(&self.report, pieces, spot)? {
            Hit::Text(range) => (piece.position(range.start), piece.position(range.end.saturating_sub(1))),
            Hit::Aside(aside) => {
                let start = self.notebook.entry(&aside.id).and_then(passage).map_or_else(|| piece.position(0), Passage::start);
                (start, start)
            }
        };
        if piece.block.is_some() {
            let rows = (self.layout.row_of(&self.report, start), self.layout.row_of(&self.report, end));
            return Some((start, rows.0, rows.1));
        }
        let rows = self.layout.rows(&self.report, piece.section);
        let row = rows.iter().position(|row| matches!(row, Row::Title { .. })).unwrap_or(0);
        let title = RowAt { section: piece.section, row };
        Some((start, title, title))
    }

    /// The next hit in the direction of the search, or in the other one.
    pub(super) fn next_hit(&mut self, is_back: bool, count: usize) {
        if self.finding.found.is_none() {
            return self.search_again(is_back, count);
        }
        let direction = if self.finding.is_backward == is_back { Direction::Forward } else { Direction::Backward };
        if let Some(from) = self.spot_here(direction) {
            self.seek(from, direction, count);
        }
    }

    /// Where to look on from: past the hit that one is at, else from the cursor.
    pub(super) fn spot_here(&mut self, direction: Direction) -> Option<Spot> {
        let at = self.finding.current.filter(|_| self.finding.is_typing || self.is_at_hit());
        match at {
            Some(spot) if direction == Direction::Forward => Some(Spot { index: spot.index + 1, ..spot }),
            Some(spot) => Some(spot),
            None => self.finding.spot_at(&self.report, self.screen.cursor, direction),
        }
    }

    /// Whether the cursor is still where the last hit put it.
    pub(super) fn is_at_hit(&mut self) -> bool {
        let cursor = self.screen.cursor;
        self.finding.current.is_some_and(|spot| self.rows_of(spot).is_some_and(|(at, ..)| at == cursor))
    }

    /// The hit that the cursor stands on, where hits are marked and it is in the text.
    pub fn current_hit(&self) -> Option<Passage> {
        let mark = self.screen.marks.iter().find(|mark| mark.is_current && !self.finding.is_typing)?;
        mark.piece.block?;
        let (start, end) = (mark.piece.position(mark.bytes.start), mark.piece.position(mark.bytes.end));
        let cursor = self.screen.cursor;
        (cursor.same_block(start) && mark.bytes.contains(&cursor.byte)).then(|| Passage::new(start, end))
    }

    /// Takes the marks of hits off the screen; says whether there were any.
    pub(super) fn unmark_hits(&mut self) -> bool {
        let had = self.finding.is_marked;
        self.finding.is_marked = false;
        had
    }

    /// Works out which hits are on the screen.
    pub(super) fn mark_hits(&mut self) {
        let mut marks = std::mem::take(&mut self.screen.marks);
        marks.clear();
        if let Some((found, pieces)) = self.finding.found().filter(|_| self.finding.is_marked) {
            for (piece, from, to) in self.seen_pieces() {
                let index = pieces.index(piece);
                let text = piece.text(&self.report);
                let current = self.finding.current.filter(|spot| spot.piece == index).map(|spot| spot.index);
                let mut number = 0;
                found.pattern().each_hit(text, pieces.is_simple(index), |range| {
                    if range.start < to && range.end > from {
                        let bytes = words::whole_graphemes(text, range);
                        marks.push(Mark { piece, bytes, is_current: current == Some(number) });
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
                Some(&Row::Text { block, start, end, .. }) => (Some(block), start, end),
                Some(Row::Gap { .. }) | None => continue,
            };
            let piece = Piece { section: at.section, block };
            match seen.last_mut() {
                Some((last, _, to)) if *last == piece => *to = end,
                _ => seen.push((piece, start, end)),
            }
        }
        seen
    }

    /// Says which hit this is.
    pub(super) fn tell_hit(&mut self) {
        let Some(number) = self.number_of_hit() else { return };
        let wrapped = match self.finding.wrapped {
            None => "",
            Some(Direction::Forward) => ", on from the start",
            Some(Direction::Backward) => ", on from the end",
        };
        let told = format!("{number}{wrapped}: {}", self.site_of_hit());
        self.say(told.clone());
        self.finding.told = Some(told);
    }

    /// `3 of 17`, or how many there are so far.
    pub fn number_of_hit(&self) -> Option<String> {
        let (found, _) = self.finding.found()?;
        let total = found.total();
        if !found.is_complete() {
            return Some(format!("{total} so far"));
        }
        let ordinal = self.finding.current.and_then(|spot| found.ordinal(spot));
        Some(ordinal.map_or_else(|| "not found".to_owned(), |ordinal| format!("{} of {total}", ordinal + 1)))
    }

    /// What the hit is in: a section by its title, or a note.
    pub fn site_of_hit(&self) -> String {
        let Some((spot, (found, pieces))) = self.finding.current.zip(self.finding.found()) else { return String::new() };
        let title = Piece { block: None, ..pieces.piece(spot.piece) }.text(&self.report).to_owned();
        match found.hit(&self.report, pieces, spot) {
            Some(Hit::Aside(aside)) => match self.notebook.entry(&aside.id) {
                Some(entry) => format!("in your note “{}”", crate::wording::one_line(&entry.annotation.text)),
                None => title,
            },
            _ => title,
        }
    }
}
