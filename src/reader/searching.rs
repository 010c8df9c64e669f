//! The search box: the report is searched while one types, the screen follows, and the place
//! stays as it is until `Enter`.

use super::{Reader, editor::Editor, overlay::Overlay};
use crate::{
    command::Command,
    report::position::{Direction, Position},
    search::{Case, Query, matches::Spot},
    text::segment,
};

/// A search being typed.
#[derive(Debug)]
pub struct SearchBox {
    pub editor: Editor,
    pub direction: Direction,
    /// How what is typed is meant; its text is the editor's.
    pub query: Query,
    /// What is wrong with the expression that is typed.
    pub error: Option<String>,
    /// How far back in the earlier searches one is; 0 is the one being typed.
    recalled: usize,
    /// Whether Enter lists the matches: `&` was pressed before anything was searched for.
    pub lists: bool,
    /// What was typed before going back to earlier ones.
    typed: Query,
    /// From where to look, and whether a hit right there counts.
    from: Position,
    counts_here: bool,
    before: Before,
}

/// What there was before the box was opened, to return to.
#[derive(Debug)]
struct Before {
    query: Query,
    current: Option<Spot>,
    is_marked: bool,
    is_backward: bool,
    at_sentence: bool,
}

/// How what is typed can be meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Meant {
    AsExpression,
    WithCase,
    AsWord,
}

impl Reader {
    pub(super) fn open_search(&mut self, direction: Direction) {
        self.finding.prepare(&self.report);
        let is_at_match = self.finding.is_marked && self.is_at_match();
        let finding = &mut self.finding;
        let before = Before {
            query: finding.query.clone(),
            current: finding.current,
            is_marked: finding.is_marked,
            is_backward: finding.is_backward,
            at_sentence: std::mem::take(&mut self.at_sentence),
        };
        finding.is_typing = true;
        finding.is_backward = direction == Direction::Backward;
        finding.is_marked = false;
        self.overlay = Some(Overlay::Search(SearchBox {
            editor: Editor::single_line(""),
            direction,
            query: finding.meant.clone(),
            error: None,
            recalled: 0,
            lists: false,
            typed: Query::default(),
            from: self.screen.cursor,
            counts_here: !is_at_match,
            before,
        }));
    }

    /// Searches for what is typed now.
    pub(super) fn typed_in_search(&mut self) {
        let Some(Overlay::Search(search)) = &mut self.overlay else {
            return;
        };
        if search.query.text == search.editor.text() {
            return;
        }
        search.query.text = search.editor.text().to_owned();
        search.recalled = 0;
        self.search_for_typed();
    }

    fn search_for_typed(&mut self) {
        let Some(Overlay::Search(search)) = &mut self.overlay else {
            return;
        };
        let (query, from, direction) = (search.query.clone(), search.from, search.direction);
        let counts_here = search.counts_here;
        let looked = self.finding.look_for(query, &self.report, from);
        search.error = looked.err().map(|error| error.to_string());
        self.preview = None;
        self.finding.is_marked = false;
        let position = if counts_here || direction == Direction::Backward {
            from
        } else {
            Position {
                byte: from.byte + 1,
                ..from
            }
        };
        if let Some(spot) = self.finding.spot_at(&self.report, position, direction) {
            self.seek(spot, direction, 1);
        }
    }

    /// Goes to the next hit while typing.
    pub(super) fn step_in_search(&mut self, is_back: bool) {
        if self.finding.current.is_some() {
            self.next_match(is_back, 1);
        }
    }

    /// Changes how what is typed is meant.
    pub(super) fn toggle_meant(&mut self, meant: Meant) {
        let Some(Overlay::Search(search)) = &mut self.overlay else {
            return;
        };
        let (query, kept) = (&mut search.query, &mut self.finding.meant);
        match meant {
            Meant::AsExpression => {
                query.is_regex = !query.is_regex;
                kept.is_regex = query.is_regex;
            }
            Meant::WithCase => {
                query.case = other_case(query);
                kept.case = query.case;
            }
            Meant::AsWord => {
                query.is_whole_word = !query.is_whole_word;
                kept.is_whole_word = query.is_whole_word;
            }
        }
        self.search_for_typed();
    }

    /// Takes an earlier search into the box, with how it was meant.
    pub(super) fn recall_search(&mut self, by: isize) {
        let Some(Overlay::Search(search)) = &mut self.overlay else {
            return;
        };
        if search.recalled == 0 {
            search.typed = search.query.clone();
        }
        search.recalled = search
            .recalled
            .saturating_add_signed(-by)
            .min(self.finding.earlier.len());
        let earlier = self
            .finding
            .earlier
            .iter()
            .rev()
            .nth(search.recalled.wrapping_sub(1))
            .cloned();
        search.query = earlier.unwrap_or_else(|| search.typed.clone());
        search.editor.set(&search.query.text);
        self.search_for_typed();
    }

    /// Stays at the hit that is shown. Nothing typed searches again for what was searched last.
    pub(super) fn accept_search(&mut self) {
        let Some(Overlay::Search(search)) = &self.overlay else {
            return;
        };
        let (is_empty, direction) = (search.query.text.is_empty(), search.direction);
        if let Some(error) = search.error.clone() {
            return self.warn(error);
        }
        if is_empty {
            self.leave_search();
            self.finding.is_backward = direction == Direction::Backward;
            return self.next_match(false, 1);
        }
        self.overlay = None;
        self.finding.is_typing = false;
        self.finding.remember();
        match self.preview {
            Some(place) => {
                // What is left is the place, not what is shown.
                self.leave_place();
                self.preview = None;
                self.place = place;
                self.report_match();
            }
            None if self.finding.seek.is_some() => {}
            None => match self.finding.current {
                Some(spot) => self.arrive(spot),
                None => self.find_nothing(),
            },
        }
    }

    /// Returns to the very screen from which the search was begun.
    pub(super) fn leave_search(&mut self) {
        let Some(Overlay::Search(search)) = self.overlay.take() else {
            return;
        };
        let before = search.before;
        // An expression that was accepted once has no fault.
        let _ = self
            .finding
            .look_for(before.query, &self.report, search.from);
        self.finding.is_typing = false;
        self.finding.seek = None;
        self.finding.current = before.current;
        self.finding.is_marked = before.is_marked;
        self.finding.is_backward = before.is_backward;
        self.at_sentence = before.at_sentence;
        self.preview = None;
    }

    /// Stays at the hit that is shown, or lists all matches where that was asked for.
    pub(super) fn enter_search(&mut self) {
        match &self.overlay {
            Some(Overlay::Search(search)) if search.lists => self.list_from_search(),
            _ => self.accept_search(),
        }
    }

    /// Stays at the hit that is shown and lists all of them.
    pub(super) fn list_from_search(&mut self) {
        self.accept_search();
        if self.overlay.is_none() && self.finding.current.is_some() {
            self.settle();
            self.list_hits();
        }
    }

    /// Takes up what was searched last, where its matches are not known any more.
    pub(super) fn take_up_last_search(&mut self) -> bool {
        let Some(query) = self.finding.earlier.last().cloned() else {
            return false;
        };
        self.finding
            .look_for(query, &self.report, self.screen.cursor)
            .is_ok()
            && self.finding.found().is_some()
    }

    /// Searches for what was searched last, where the matches are not known any more.
    pub(super) fn search_again(&mut self, is_back: bool, count: usize) {
        if self.take_up_last_search() {
            return self.next_match(is_back, count);
        }
        let key = self.keymap.shown(Command::Search);
        self.say(format!("Nothing was searched for yet; {key} searches."));
    }

    /// Searches for the selection, else for the word at the cursor.
    pub(super) fn search_word(&mut self, count: usize) {
        if let Some(passage) = self.selection() {
            if !passage.start().same_block(passage.end()) {
                return self.say("A search stays inside one paragraph.");
            }
            self.selection = None;
            let text = crate::text::wording::one_line(&self.report.text_of(passage)).to_lowercase();
            return self.search_passage(
                Query {
                    text,
                    ..Query::default()
                },
                passage.end(),
                count,
            );
        }
        let at = self.screen.cursor;
        let text = self.report.text_at(at);
        let Some(range) = segment::word_at(text, at.byte) else {
            return self.say("There is no word here to search for.");
        };
        let word = text.get(range.clone()).unwrap_or_default().to_lowercase();
        let query = Query {
            text: word,
            is_whole_word: true,
            ..Query::default()
        };
        let after = Position {
            byte: range.end,
            ..at
        };
        self.search_passage(query, after, count);
    }

    fn search_passage(&mut self, query: Query, after: Position, count: usize) {
        self.finding.is_backward = false;
        if self.finding.look_for(query, &self.report, after).is_err() {
            return;
        }
        self.finding.remember();
        if let Some(spot) = self
            .finding
            .spot_at(&self.report, after, Direction::Forward)
        {
            self.seek(spot, Direction::Forward, count);
        }
    }
}

/// How case counts after it is changed: not where it does, or where it does not.
fn other_case(query: &Query) -> Case {
    match query.case {
        Case::AsTyped if query.counts_case() => Case::Never,
        Case::AsTyped => Case::Always,
        Case::Always | Case::Never => Case::AsTyped,
    }
}
