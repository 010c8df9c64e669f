//! The way to a match: to the next one from a place, at once or as soon as it is known, and what
//! is said of it.

use crate::{
    command::Command,
    notebook::passage,
    reader::parts::Parts,
    report::{
        layout::RowAt,
        place::Place,
        position::{Direction, Passage, Position},
    },
    search::{
        Query,
        matches::{Match, Sought, Spot},
    },
    text::{segment, wording},
};

impl Parts {
    /// Goes to the nearest match, now or as soon as it is known.
    pub(crate) fn seek(&mut self, from: Spot, direction: Direction, count: usize) {
        self.matches.seek(from, direction, count);
        self.search_more();
        self.go_to_sought();
    }

    /// Searches some more of the notes and the report.
    pub(crate) fn search_more(&mut self) {
        self.matches.work(&self.report, self.notes.notebook());
    }

    /// Goes to the match that is sought, where it is known now.
    pub(crate) fn go_to_sought(&mut self) {
        match self.matches.sought(self.notes.notebook()) {
            Some(Some(spot)) => self.arrive(spot),
            Some(None) => self.find_nothing(),
            None => {}
        }
    }

    pub(crate) fn find_nothing(&mut self) {
        self.matches.find_nothing();
        self.viewport.preview(None);
        if !self.matches.is_typing() {
            self.say_nothing_found();
        }
    }

    /// Goes to a match: while one is typed the screen alone goes there, else the place.
    pub(crate) fn arrive(&mut self, spot: Spot) {
        if self.matches.is_typing() {
            self.matches.arrive(spot, self.matches.stayed());
            let place = self.place_of_match(spot, self.viewport.place());
            return self.viewport.preview(place);
        }
        let (here, size) = (self.viewport.place_here(), self.viewport.size());
        if let Some(left) = self.matches.current().filter(|left| *left != spot)
            && self.is_at_match()
            && self.matches.stayed().is_none()
        {
            self.matches.leave(left, here, size);
        }
        // The way back to a match is to the same top line.
        let place = self.matches.seen_from(spot, size);
        let place = place.or_else(|| self.place_of_match(spot, here));
        self.viewport.preview(None);
        let stayed = place.is_none().then_some(here.cursor);
        self.matches.arrive(spot, stayed);
        if let Some(place) = place {
            self.viewport.leave();
            self.viewport.take_place(place);
        }
        self.say_match();
    }

    /// Id of the note of the match that was gone to, where the note has no position.
    pub(crate) fn match_without_position(&mut self) -> Option<String> {
        let is_here = self.matches.is_marked() && self.matches.stayed().is_some();
        if is_here && self.is_at_match() {
            return self.matches.note(&self.report);
        }
        None
    }

    /// The place from which a match is seen; `None` in a note that has no position.
    pub(crate) fn place_of_match(&mut self, spot: Spot, base: Place) -> Option<Place> {
        let rows = self.rows_of_match(spot)?;
        Some(self.viewport.place_showing(rows, base))
    }

    /// Where the cursor stands for a match, and its first and last row.
    fn rows_of_match(&mut self, spot: Spot) -> Option<(Position, RowAt, RowAt)> {
        let (found, pieces) = self.matches.found()?;
        if spot.piece == pieces.beyond() {
            return None;
        }
        let piece = pieces.piece(spot.piece);
        let (start, end) = match found.hit(&self.report, pieces, spot)? {
            Match::Text(range) => (
                piece.position(range.start),
                piece.position(range.end.saturating_sub(1)),
            ),
            Match::Aside(aside) => {
                let entry = self.notes.notebook().entry(&aside.id);
                let start = entry.and_then(passage).map(Passage::start);
                let start = start.unwrap_or_else(|| piece.position(0));
                (start, start)
            }
        };
        let row = self.viewport.row_of(start);
        if piece.block.is_some() {
            return Some((start, row, self.viewport.row_of(end)));
        }
        // The cursor stands below the title: its row has to be seen too.
        let title = self.viewport.title_row(piece.section);
        Some((start, title, row.max(title)))
    }

    /// Goes to the next match in the direction of the search, or in the other one.
    pub(crate) fn next_match(&mut self, is_back: bool, count: usize) {
        if self.matches.found().is_none() && !self.take_up_last_search() {
            let key = self.key(Command::Search);
            return self.say(format!("No search yet; {key} searches."));
        }
        let direction = match self.matches.is_backward() == is_back {
            true => Direction::Forward,
            false => Direction::Backward,
        };
        if let Some(from) = self.spot_here(direction) {
            self.seek(from, direction, count);
        }
    }

    /// Takes up what was searched last, where its matches are not known any more.
    pub(crate) fn take_up_last_search(&mut self) -> bool {
        let Some(query) = self.matches.earlier().last().cloned() else {
            return false;
        };
        let from = self.viewport.cursor();
        self.matches.search_for(query, &self.report, from).is_ok() && self.matches.found().is_some()
    }

    /// Where to search on from: past the match that was gone to, else from the cursor.
    fn spot_here(&mut self, direction: Direction) -> Option<Spot> {
        let is_at = self.matches.is_typing() || self.is_at_match();
        match self.matches.current().filter(|_| is_at) {
            Some(spot) if direction == Direction::Forward => Some(Spot {
                index: spot.index + 1,
                ..spot
            }),
            Some(spot) => Some(spot),
            None => {
                let cursor = self.viewport.cursor();
                self.matches.spot_at(&self.report, cursor, direction)
            }
        }
    }

    /// Whether the cursor is still where the last match put it, also where that is off the screen.
    pub(crate) fn is_at_match(&mut self) -> bool {
        let cursors = [self.viewport.cursor(), self.viewport.place().cursor];
        let Some(spot) = self.matches.current() else {
            return false;
        };
        let at = self.rows_of_match(spot).map(|(at, ..)| at);
        let at = at.or(self.matches.stayed());
        at.is_some_and(|at| cursors.contains(&at))
    }

    /// The number of the match that was gone to, else of the next one.
    pub(crate) fn nearest_match(&mut self) -> usize {
        let is_at = self.is_at_match();
        let current = self.matches.current().filter(|_| is_at);
        let cursor = self.viewport.cursor();
        let from = current.or_else(|| {
            self.matches
                .spot_at(&self.report, cursor, Direction::Forward)
        });
        let Some(((found, _), from)) = self.matches.found().zip(from) else {
            return 0;
        };
        match found.nearest(from, Direction::Forward) {
            Sought::At { spot, .. } => found.ordinal(spot).unwrap_or(0),
            Sought::NotYet | Sought::Nowhere => 0,
        }
    }

    /// Searches for the selection, else for the word at the cursor.
    pub(crate) fn search_word(&mut self, count: usize) {
        if let Some(passage) = self.selection() {
            if !passage.start().same_block(passage.end()) {
                return self.say("A search cannot span paragraphs.");
            }
            self.mode.end();
            let query = Query {
                text: wording::one_line(&self.report.text_of(passage)).to_lowercase(),
                ..Query::default()
            };
            return self.search_from(query, passage.end(), count);
        }
        let at = self.viewport.cursor();
        let text = self.report.text_at(at);
        let Some(range) = segment::word_at(text, at.byte) else {
            return self.say("There is no word here to search for.");
        };
        let query = Query {
            text: text.get(range.clone()).unwrap_or_default().to_lowercase(),
            is_whole_word: true,
            ..Query::default()
        };
        let after = Position {
            byte: range.end,
            ..at
        };
        self.search_from(query, after, count);
    }

    /// Searches for typed words from the cursor on, with the options of the search box.
    pub(crate) fn search_for_words(&mut self, words: &str) {
        let query = Query {
            text: words.to_owned(),
            ..self.matches.options().clone()
        };
        self.matches.prepare(&self.report);
        let at = self.viewport.cursor();
        self.search_from(query, at, 1);
    }

    fn search_from(&mut self, query: Query, after: Position, count: usize) {
        self.matches.set_backward(false);
        if let Err(error) = self.matches.search_for(query, &self.report, after) {
            return self.warn(format!("Cannot search: {error}."));
        }
        self.matches.remember();
        let spot = self
            .matches
            .spot_at(&self.report, after, Direction::Forward);
        if let Some(spot) = spot {
            self.seek(spot, Direction::Forward, count);
        }
    }

    /// Says which match this is.
    pub(crate) fn say_match(&mut self) {
        let Some(number) = self.matches.number() else {
            return;
        };
        let (wrapped, site) = (self.matches.wrapped(), self.site_of_match());
        let said = match self.match_without_position() {
            Some(_) => {
                let read = self.key(Command::Accept);
                format!("{number}{wrapped}: {read} reads it, {site}")
            }
            None => format!("{number}{wrapped}: {site}"),
        };
        self.say(said.clone());
        self.matches.set_said(said);
    }

    fn say_nothing_found(&mut self) {
        let text = wording::cut(&self.matches.query().text, 40);
        let rest = match self.matches.in_other_case() {
            Some(count) => {
                let box_key = |command| {
                    self.keymap
                        .shown(command, crate::command::Context::SearchBox)
                };
                format!(
                    "{count} in other case: {} {} {}",
                    self.key(Command::Search),
                    box_key(Command::Earlier),
                    box_key(Command::ToggleCase)
                )
            }
            None => "nothing has moved.".to_owned(),
        };
        let said = format!("`{text}` was not found; {rest}");
        self.say(said.clone());
        self.matches.set_said(said);
    }

    /// Says again what was said of the match, as it is known now.
    pub(crate) fn say_match_again(&mut self) {
        let is_said = self
            .matches
            .said()
            .is_some_and(|said| self.messages.says(said));
        match self.matches.current() {
            _ if !is_said => {}
            Some(_) => self.say_match(),
            None if self.matches.is_nowhere() => self.say_nothing_found(),
            None => {}
        }
    }

    /// What the match is in: a section by its path, or a note.
    pub(crate) fn site_of_match(&self) -> String {
        let note = self.matches.note(&self.report);
        let entry = note.and_then(|id| self.notes.notebook().entry(&id));
        match entry {
            Some(entry) => {
                let lost = match self.matches.has_no_position() {
                    true => " without a position",
                    false => "",
                };
                let text = wording::one_line(&entry.annotation.text);
                format!("in your note{lost} “{text}”")
            }
            None => {
                let section = self.matches.section();
                let path = section.map_or(Vec::new(), |section| self.report.path(section));
                wording::path(&path, usize::from(self.viewport.size().0) / 2)
            }
        }
    }
}
