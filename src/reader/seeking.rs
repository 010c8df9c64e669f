//! The way to a hit: to the next one from a place, at once or as soon as it is known, and what
//! is said of it.

use super::Reader;
use crate::{
    command::Command,
    notebook::passage,
    report::{
        layout::{Row, RowAt},
        place::Place,
        position::{Direction, Passage, Position},
    },
    search::{
        matches::{Match, Sought, Spot},
        pieces::Piece,
    },
};

/// A way to a hit that is not known yet.
#[derive(Debug, Clone, Copy)]
pub(super) struct Seek {
    from: Spot,
    direction: Direction,
    count: usize,
}

impl Reader {
    /// Goes to the nearest hit, now or as soon as it is known.
    pub(super) fn seek(&mut self, from: Spot, direction: Direction, count: usize) {
        self.finding.seek = Some(Seek {
            from,
            direction,
            count: count.max(1),
        });
        self.look();
        self.go_on_seeking();
    }

    pub(super) fn go_on_seeking(&mut self) {
        let (Some(seek), Some((found, _)), true) = (
            self.finding.seek,
            self.finding.found(),
            self.has_looked_in_notes(),
        ) else {
            return;
        };
        let sought = found.step(seek.from, seek.direction, seek.count);
        if sought == Sought::NotYet {
            return;
        }
        self.finding.seek = None;
        self.finding.wrapped =
            matches!(sought, Sought::At { wrapped: true, .. }).then_some(seek.direction);
        match sought {
            Sought::At { spot, .. } => self.arrive(spot),
            Sought::NotYet | Sought::Nowhere => self.find_nothing(),
        }
    }

    pub(super) fn find_nothing(&mut self) {
        self.finding.current = None;
        self.preview = None;
        if !self.finding.is_typing {
            self.finding.is_marked = false;
            self.tell_nothing();
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
        let place = self.place_of(spot, here);
        self.preview = None;
        self.finding.stayed = place.is_none().then_some(here.cursor);
        if let Some(place) = place {
            self.leave_place();
            self.at_sentence = false;
            self.place = place;
        }
        self.report_match();
    }

    /// The note of the hit that one is at, where it is in one that has no place in the report.
    pub(super) fn note_without_place(&mut self) -> Option<String> {
        let spot = self.finding.current.filter(|_| {
            self.finding.is_marked && self.finding.stayed.is_some() && self.is_at_match()
        })?;
        let (found, pieces) = self.finding.found()?;
        match found.hit(&self.report, pieces, spot)? {
            Match::Aside(aside) => Some(aside.id.clone()),
            Match::Text(_) => None,
        }
    }

    /// The place from which a hit is seen: with the top as it is where that shows the hit, else
    /// with some rows above it.
    pub(super) fn place_of(&mut self, spot: Spot, base: Place) -> Option<Place> {
        let (cursor, first, last) = self.rows_of(spot)?;
        let height = self.height();
        let rows = self.walk().screen(base.top, height);
        let is_seen = |row: &RowAt| {
            rows.first().is_some_and(|top| top <= row)
                && rows.last().is_some_and(|bottom| row <= bottom)
        };
        if is_seen(&first) && is_seen(&last) {
            return Some(Place {
                top: base.top,
                cursor,
            });
        }
        let lead = self.lead_of(first).max(height / 3);
        let (top, _) = self.walk().step(first, -(lead as isize));
        Some(Place {
            top: self.walk().top_of(top),
            cursor,
        })
    }

    /// Where the cursor stands for a hit, and the first and the last row of it; `None` in a note
    /// that has no place.
    fn rows_of(&mut self, spot: Spot) -> Option<(Position, RowAt, RowAt)> {
        let (found, pieces) = self
            .finding
            .found()
            .filter(|(_, pieces)| spot.piece != pieces.beyond())?;
        let piece = pieces.piece(spot.piece);
        let (start, end) = match found.hit(&self.report, pieces, spot)? {
            Match::Text(range) => (
                piece.position(range.start),
                piece.position(range.end.saturating_sub(1)),
            ),
            Match::Aside(aside) => {
                let start = self
                    .notebook
                    .entry(&aside.id)
                    .and_then(passage)
                    .map_or_else(|| piece.position(0), Passage::start);
                (start, start)
            }
        };
        if piece.block.is_some() {
            let rows = (
                self.layout.row_of(&self.report, start),
                self.layout.row_of(&self.report, end),
            );
            return Some((start, rows.0, rows.1));
        }
        let rows = self.layout.rows(&self.report, piece.section);
        let row = rows
            .iter()
            .position(|row| matches!(row, Row::Title { .. }))
            .unwrap_or(0);
        let title = RowAt {
            section: piece.section,
            row,
        };
        // The cursor stands below the title: its row has to be seen too.
        Some((
            start,
            title,
            self.layout.row_of(&self.report, start).max(title),
        ))
    }

    /// The next hit in the direction of the search, or in the other one.
    pub(super) fn next_match(&mut self, is_back: bool, count: usize) {
        if self.finding.found().is_none() {
            return self.search_again(is_back, count);
        }
        let direction = if self.finding.is_backward == is_back {
            Direction::Forward
        } else {
            Direction::Backward
        };
        if let Some(from) = self.spot_here(direction) {
            self.seek(from, direction, count);
        }
    }

    /// Where to look on from: past the hit that one is at, else from the cursor.
    pub(super) fn spot_here(&mut self, direction: Direction) -> Option<Spot> {
        let at = self
            .finding
            .current
            .filter(|_| self.finding.is_typing || self.is_at_match());
        match at {
            Some(spot) if direction == Direction::Forward => Some(Spot {
                index: spot.index + 1,
                ..spot
            }),
            Some(spot) => Some(spot),
            None => self
                .finding
                .spot_at(&self.report, self.screen.cursor, direction),
        }
    }

    /// Whether the cursor is still where the last hit put it, also where that is not on the screen.
    pub(super) fn is_at_match(&mut self) -> bool {
        let cursors = [self.screen.cursor, self.place.cursor];
        let Some(spot) = self.finding.current else {
            return false;
        };
        let at = self
            .rows_of(spot)
            .map(|(at, ..)| at)
            .or(self.finding.stayed);
        at.is_some_and(|at| cursors.contains(&at))
    }

    /// Says which hit this is.
    pub(super) fn report_match(&mut self) {
        let Some(number) = self.number_of_match() else {
            return;
        };
        let wrapped = match self.finding.wrapped {
            None => "",
            Some(Direction::Forward) => ", on from the start",
            Some(Direction::Backward) => ", on from the end",
        };
        let site = self.site_of_match();
        let told = match self.note_without_place() {
            Some(_) => format!(
                "{number}{wrapped}: {} reads it, {site}",
                self.keymap.shown(Command::ReadNote)
            ),
            None => format!("{number}{wrapped}: {site}"),
        };
        self.say(told.clone());
        self.finding.told = Some(told);
    }

    fn tell_nothing(&mut self) {
        let text = crate::text::wording::cut(&self.finding.query.text, 40);
        let rest = match self.finding.in_other_case() {
            Some(count) => {
                let keys = [Command::Search, Command::EarlierSearch, Command::ToggleCase]
                    .map(|command| self.keymap.shown(command));
                format!("{count} in other case: {}", keys.join(" "))
            }
            None => "nothing has moved.".to_owned(),
        };
        let told = format!("`{text}` was not found; {rest}");
        self.say(told.clone());
        self.finding.told = Some(told);
    }

    /// Says what was said of the hit as it is known now.
    pub(super) fn tell_again(&mut self) {
        let is_nowhere = self
            .finding
            .found()
            .is_some_and(|(found, _)| found.is_complete() && found.total() == 0);
        match self.finding.current {
            Some(_) => self.report_match(),
            None if is_nowhere => self.tell_nothing(),
            None => {}
        }
    }

    /// `3 of 17`, or how many there are so far.
    pub fn number_of_match(&self) -> Option<String> {
        let (found, _) = self.finding.found()?;
        let total = found.total();
        if !found.is_complete() {
            return Some(format!("{total} so far"));
        }
        let ordinal = self.finding.current.and_then(|spot| found.ordinal(spot));
        Some(ordinal.map_or_else(
            || "not found".to_owned(),
            |ordinal| format!("{} of {total}", ordinal + 1),
        ))
    }

    /// Whether the hit is in a note of one's own.
    pub fn is_match_in_note(&self) -> bool {
        let hit = self.finding.current.zip(self.finding.found());
        hit.is_some_and(|(spot, (found, pieces))| {
            matches!(found.hit(&self.report, pieces, spot), Some(Match::Aside(_)))
        })
    }

    /// What the hit is in: a section by its title, or a note.
    pub fn site_of_match(&self) -> String {
        let Some((spot, (found, pieces))) = self.finding.current.zip(self.finding.found()) else {
            return String::new();
        };
        let title = Piece {
            block: None,
            ..pieces.piece(spot.piece)
        }
        .text(&self.report)
        .to_owned();
        match found.hit(&self.report, pieces, spot) {
            Some(Match::Aside(aside)) => match self.notebook.entry(&aside.id) {
                Some(entry) => {
                    let lost = if spot.piece == pieces.beyond() {
                        " without a place"
                    } else {
                        ""
                    };
                    format!(
                        "in your note{lost} “{}”",
                        crate::text::wording::one_line(&entry.annotation.text)
                    )
                }
                None => title,
            },
            _ => title,
        }
    }
}
