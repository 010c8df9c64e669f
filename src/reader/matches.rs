//! The search in progress: what is searched for and where its matches are. The report is searched
//! in steps, so that no key waits for all of it; what was searched is not searched again.

mod marks;
mod notes;

pub use marks::Mark;
use notes::NotesSearched;

use crate::{
    notebook::Notebook,
    report::{
        Report,
        place::Place,
        position::{Direction, Position},
    },
    search::{
        Case, Pattern, Query,
        expression::ExpressionError,
        matches::{Found, Match, STEP, Sought, Spot},
        pieces::Pieces,
    },
};

/// Earlier searches whose matches are remembered.
const MOST_FOUND: usize = 8;
/// Earlier searches that are remembered, and bytes of the longest of them.
const MOST_EARLIER: usize = 200;
const LONGEST_EARLIER: usize = 4096;

/// What is searched for, and what was found.
#[derive(Debug, Default)]
pub struct Matches {
    query: Query,
    /// What was searched for before, the latest last.
    earlier: Vec<Query>,
    /// The match that was gone to.
    current: Option<Spot>,
    /// Where the cursor stood when a match was gone to in a note that has no position.
    stayed: Option<Position>,
    /// Which way it was reached over the end of the report, if it was.
    wrapped: Option<Direction>,
    /// Whether matches are marked on the screen.
    is_marked: bool,
    /// Whether it is being typed: the screen follows, the place stays.
    is_typing: bool,
    /// The options for what is typed next; it has no text.
    options: Query,
    is_backward: bool,
    pieces: Option<Pieces>,
    found: Option<Found>,
    remembered: Vec<(Query, Found)>,
    /// What there is in other case, where there is nothing as it was typed.
    other_case: Option<Found>,
    seek: Option<Seek>,
    notes: NotesSearched,
    /// What was last said of the match.
    said: Option<String>,
    /// Places from which matches were seen and left, with the size of the window.
    seen: Vec<(Spot, Place, (u16, u16))>,
    /// Matches on the screen, worked out after each command.
    marks: Vec<Mark>,
}

/// A match that is gone to as soon as it is known.
#[derive(Debug, Clone, Copy)]
struct Seek {
    from: Spot,
    direction: Direction,
    count: usize,
}

/// What there was before a search box or a list of matches was opened, to return to.
#[derive(Debug)]
pub(super) struct Snapshot {
    query: Query,
    current: Option<Spot>,
    is_marked: bool,
    is_backward: bool,
}

impl Matches {
    pub fn query(&self) -> &Query {
        &self.query
    }

    /// What was searched for before, the latest last.
    pub fn earlier(&self) -> &[Query] {
        &self.earlier
    }

    pub fn current(&self) -> Option<Spot> {
        self.current
    }

    /// What was found so far, with the pieces it was found in.
    pub fn found(&self) -> Option<(&Found, &Pieces)> {
        self.found.as_ref().zip(self.pieces.as_ref())
    }

    pub(super) fn is_complete(&self) -> bool {
        self.found.as_ref().is_some_and(Found::is_complete)
    }

    pub(super) fn is_backward(&self) -> bool {
        self.is_backward
    }

    pub(super) fn options(&self) -> &Query {
        &self.options
    }

    /// Sets the options for what is typed next.
    pub(super) fn set_options(&mut self, query: &Query) {
        self.options = Query {
            text: String::new(),
            ..query.clone()
        };
    }

    pub(super) fn set_backward(&mut self, is: bool) {
        self.is_backward = is;
    }

    pub(super) fn set_marked(&mut self, is: bool) {
        self.is_marked = is;
    }

    pub(super) fn set_typing(&mut self, is: bool) {
        self.is_typing = is;
    }

    pub(super) fn is_typing(&self) -> bool {
        self.is_typing
    }

    pub(super) fn snapshot(&self) -> Snapshot {
        Snapshot {
            query: self.query.clone(),
            current: self.current,
            is_marked: self.is_marked,
            is_backward: self.is_backward,
        }
    }

    /// Takes up again what there was.
    pub(super) fn restore(&mut self, before: Snapshot, report: &Report, origin: Position) {
        // An expression that was accepted once has no fault.
        let _ = self.search_for(before.query, report, origin);
        self.is_typing = false;
        self.seek = None;
        self.current = before.current;
        self.is_marked = before.is_marked;
        self.is_backward = before.is_backward;
    }

    /// Searches for something from now on. What was found for it before is taken up again.
    ///
    /// # Errors
    /// Where it is a faulty expression; then nothing is searched for.
    pub(super) fn search_for(
        &mut self,
        query: Query,
        report: &Report,
        origin: Position,
    ) -> Result<(), ExpressionError> {
        if self.found.is_some() && self.query == query {
            return Ok(());
        }
        self.put_away();
        self.seen.clear();
        let pattern = Pattern::new(&query);
        self.query = query;
        let pattern = pattern?;
        if matches!(pattern, Pattern::Nothing) {
            return Ok(());
        }
        let pieces = self.pieces.get_or_insert_with(|| Pieces::new(report));
        let remembered = self
            .remembered
            .iter()
            .position(|(of, _)| *of == self.query)
            .map(|at| self.remembered.remove(at).1);
        let new = || Found::new(pattern, pieces, pieces.of_block(origin));
        self.found = Some(remembered.unwrap_or_else(new));
        Ok(())
    }

    fn put_away(&mut self) {
        if let Some(found) = self.found.take() {
            self.remembered.push((self.query.clone(), found));
            if self.remembered.len() > MOST_FOUND {
                self.remembered.remove(0);
            }
        }
        self.current = None;
        self.stayed = None;
        self.seek = None;
        self.notes = NotesSearched::default();
        self.other_case = None;
        self.wrapped = None;
    }

    /// Makes ready what every search needs, before the first letter is typed.
    pub(super) fn prepare(&mut self, report: &Report) {
        self.pieces.get_or_insert_with(|| Pieces::new(report));
    }

    /// Takes what was searched for in an earlier session, the last one last.
    pub(super) fn take_earlier(&mut self, texts: &[String]) {
        let queries = texts.iter().map(|text| Query {
            text: text.clone(),
            ..Query::default()
        });
        self.earlier = queries.take(MOST_EARLIER).collect();
    }

    /// Remembers what was searched for.
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
        let is_none = self.is_complete() && self.found.as_ref().is_some_and(|f| f.total() == 0);
        is_none
            && self.query.counts_case()
            && self
                .other_case
                .as_ref()
                .is_none_or(|other| !other.is_complete())
    }

    fn search_other_case(&mut self, report: &Report) {
        let Some(pieces) = self.pieces.as_ref().filter(|_| self.wants_other_case()) else {
            return;
        };
        let query = || Query {
            case: Case::Never,
            ..self.query.clone()
        };
        let mut other = self.other_case.take().unwrap_or_else(|| {
            let pattern = Pattern::new(&query()).unwrap_or(Pattern::Nothing);
            Found::new(pattern, pieces, 0)
        });
        other.look(report, pieces, STEP);
        self.other_case = Some(other);
    }

    /// Whether more of the report or the notes has to be searched.
    pub(super) fn has_work(&self, notebook: &Notebook) -> bool {
        self.found.is_some()
            && (!self.is_complete() || !self.has_searched(notebook) || self.wants_other_case())
    }

    /// One step, through the notes where they have changed and then through the report.
    pub(super) fn work(&mut self, report: &Report, notebook: &Notebook) {
        let spent = self.search_notes(notebook);
        if !self.has_searched(notebook) {
            return;
        }
        if let (Some(found), Some(pieces)) = (&mut self.found, &self.pieces)
            && !found.is_complete()
        {
            found.look(report, pieces, STEP.saturating_sub(spent).max(1));
        }
        self.search_other_case(report);
    }

    /// Where to look from for the nearest match at a position: forward at or after it, backward
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
        let ranges = found.ranges(report, pieces, piece);
        let before = ranges.iter().filter(|range| range.start < position.byte);
        Some(Spot {
            piece,
            index: before.count(),
        })
    }

    /// Seeks the nearest match from a spot on, or a later one.
    pub(super) fn seek(&mut self, from: Spot, direction: Direction, count: usize) {
        self.seek = Some(Seek {
            from,
            direction,
            count: count.max(1),
        });
    }

    /// Whether a match is sought that is not known yet.
    pub(super) fn is_seeking(&self) -> bool {
        self.seek.is_some()
    }

    /// Goes to no match later: the reader went elsewhere.
    pub(super) fn forget_seek(&mut self) {
        self.seek = None;
    }

    /// What was sought, once it is known: the match, or nothing.
    pub(super) fn sought(&mut self, notebook: &Notebook) -> Option<Option<Spot>> {
        let seek = self.seek.filter(|_| self.has_searched(notebook))?;
        let sought = self
            .found
            .as_ref()?
            .step(seek.from, seek.direction, seek.count);
        let spot = match sought {
            Sought::NotYet => return None,
            Sought::Nowhere => None,
            Sought::At { spot, wrapped } => {
                self.wrapped = wrapped.then_some(seek.direction);
                Some(spot)
            }
        };
        self.seek = None;
        if spot.is_none() {
            self.wrapped = None;
        }
        Some(spot)
    }

    /// Makes a match the current one. `stayed` is the cursor where the match has no position.
    pub(super) fn arrive(&mut self, spot: Spot, stayed: Option<Position>) {
        self.current = Some(spot);
        self.is_marked = true;
        self.stayed = stayed;
    }

    /// Remembers from where a match is seen, as it is left for another.
    pub(super) fn leave(&mut self, spot: Spot, place: Place, size: (u16, u16)) {
        self.seen.retain(|(of, ..)| *of != spot);
        self.seen.push((spot, place, size));
        let excess = self.seen.len().saturating_sub(MOST_EARLIER);
        self.seen.drain(..excess);
    }

    /// From where a match was seen when it was left, in a window of that size.
    pub(super) fn seen_from(&self, spot: Spot, size: (u16, u16)) -> Option<Place> {
        let mut seen = self.seen.iter();
        let found = seen.find(|(of, _, at)| *of == spot && *at == size);
        found.map(|(_, place, _)| *place)
    }

    /// Shows a match in a list, which is left for another or gone to.
    pub(super) fn show(&mut self, spot: Spot) {
        self.current = Some(spot);
    }

    /// There is no match.
    pub(super) fn find_nothing(&mut self) {
        self.current = None;
        self.is_marked &= self.is_typing;
    }

    /// Takes the marks off the screen and gives up a match that is sought; says whether there
    /// were any.
    pub(super) fn unmark(&mut self) -> bool {
        let had = self.is_marked || self.seek.take().is_some();
        self.is_marked = false;
        had
    }

    pub(super) fn stayed(&self) -> Option<Position> {
        self.stayed
    }

    pub(super) fn is_marked(&self) -> bool {
        self.is_marked
    }

    /// Forgets that the current match was reached over the end.
    pub(super) fn forget_wrapped(&mut self) {
        self.wrapped = None;
    }

    /// What is said of a match that was reached over the end of the report.
    pub(super) fn wrapped(&self) -> &'static str {
        match self.wrapped {
            None => "",
            Some(Direction::Forward) => ", from the start again",
            Some(Direction::Backward) => ", from the end again",
        }
    }

    /// Remembers what is said of the match, to say it again when more is known.
    pub(super) fn set_said(&mut self, said: String) {
        self.said = Some(said);
    }

    pub(super) fn said(&self) -> Option<&str> {
        self.said.as_deref()
    }

    /// Whether all was searched and nothing found.
    pub(super) fn is_nowhere(&self) -> bool {
        self.is_complete() && self.found.as_ref().is_some_and(|f| f.total() == 0)
    }

    /// `3 of 17`, or how many there are so far.
    pub fn number(&self) -> Option<String> {
        let (found, _) = self.found()?;
        let total = found.total();
        if !found.is_complete() {
            return Some(format!("{total} so far"));
        }
        let ordinal = self.current.and_then(|spot| found.ordinal(spot));
        Some(ordinal.map_or_else(
            || "not found".to_owned(),
            |ordinal| format!("{} of {total}", ordinal + 1),
        ))
    }

    /// The current match.
    fn current_match<'a>(&'a self, report: &Report) -> Option<(Spot, Match<'a>)> {
        let (spot, (found, pieces)) = self.current.zip(self.found())?;
        Some((spot, found.hit(report, pieces, spot)?))
    }

    /// Whether the current match is in a note.
    pub fn is_in_note(&self, report: &Report) -> bool {
        matches!(self.current_match(report), Some((_, Match::Aside(_))))
    }

    /// Id of the note that the current match is in.
    pub(super) fn note(&self, report: &Report) -> Option<String> {
        match self.current_match(report)?.1 {
            Match::Aside(aside) => Some(aside.id.clone()),
            Match::Text(_) => None,
        }
    }

    /// Whether the current match is in a note that has no position in the report.
    pub(super) fn has_no_position(&self) -> bool {
        self.current
            .zip(self.pieces.as_ref())
            .is_some_and(|(spot, pieces)| spot.piece == pieces.beyond())
    }

    /// The section that the current match is in.
    pub(super) fn section(&self) -> Option<usize> {
        let (spot, pieces) = self.current.zip(self.pieces.as_ref())?;
        Some(pieces.piece(spot.piece).section)
    }
}
