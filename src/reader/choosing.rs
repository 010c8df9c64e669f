//! Lists from which one chooses where to go: all matches, sections by their titles, places left by
//! jumps. What is typed filters, the text above follows, `Esc` returns to the very same screen.

use super::{
    Reader,
    candidates::Candidates,
    editor::Editor,
    matches::Matches,
    overlay::Overlay,
    shelf::Purpose,
    titles::{self, Title},
};
use crate::{
    report::{
        address::Address,
        layout::{Row, RowAt},
        place::Place,
        position::{Direction, Passage},
    },
    search::matches::Spot,
};

/// A list to choose from.
#[derive(Debug)]
pub struct Chooser {
    pub filter: Editor,
    /// Which of the choices is selected.
    pub selected: usize,
    pub choices: Choices,
    /// Rows that the list would fill when it was opened.
    pub(super) rows: usize,
    /// What the choices were worked out for: the filter, and whether all matches were known.
    made_for: Option<(String, bool)>,
    before: Before,
    /// What lay there before, to return to.
    pub(super) below: Option<Box<Overlay>>,
}

/// What there is to choose.
#[derive(Debug)]
pub enum Choices {
    Matches(Matches),
    /// Sections, and below them other reports by their number on the shelf.
    Titles(Vec<Title>, Vec<usize>),
    /// Places by their number on the trail.
    Places(Vec<usize>),
    /// Other reports by their number on the shelf, and what one is chosen for.
    Reports(Purpose, Vec<usize>),
    Candidates(Candidates),
}

/// What there was before, to return to.
#[derive(Debug)]
struct Before {
    current: Option<Spot>,
    is_marked: bool,
    at_sentence: bool,
}

/// One line of the list, as it is drawn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ChoiceLine {
    /// The title of a section, and how many of the choices are in it.
    Group { title: String, count: usize },
    Choice {
        is_selected: bool,
        /// An address or number before the text.
        head: String,
        /// The text, with what was found in it or matched.
        pieces: Vec<(String, bool)>,
    },
}

impl Choices {
    /// Rows that they fill; all there are while the matches are not known.
    fn rows(&self) -> usize {
        match self {
            Self::Matches(matches) if matches.count() == 0 => usize::MAX,
            Self::Matches(matches) => matches.rows(),
            Self::Titles(..) | Self::Places(_) | Self::Reports(..) | Self::Candidates(_) => {
                self.count()
            }
        }
    }

    pub fn count(&self) -> usize {
        match self {
            Self::Matches(matches) => matches.count(),
            Self::Titles(titles, reports) => titles.len() + reports.len(),
            Self::Places(places) => places.len(),
            Self::Reports(_, reports) => reports.len(),
            // The last one is to look for another.
            Self::Candidates(candidates) => candidates.count() + 1,
        }
    }
}

impl Reader {
    pub(super) fn list_hits(&mut self) {
        if self.finding.found().is_none() && !self.take_up_last_search() {
            self.open_search(Direction::Forward);
            if let Some(Overlay::Search(search)) = &mut self.overlay {
                search.lists = true;
            }
            return;
        }
        self.finding.wrapped = None;
        self.look();
        self.open_chooser(Choices::Matches(Matches::default()), None);
        self.finding.is_marked = true;
        let here = self.nearest_match();
        if let Some(Overlay::Chooser(chooser)) = &mut self.overlay {
            chooser.selected = here;
        }
        self.show_choice();
    }

    pub(super) fn find_section(&mut self) {
        let here = self.screen.cursor.section;
        self.ask_for_reports();
        self.open_chooser(Choices::Titles(Vec::new(), Vec::new()), None);
        if let Some(Overlay::Chooser(chooser)) = &mut self.overlay {
            chooser.selected = here;
        }
        self.show_choice();
    }

    pub(super) fn list_places(&mut self) {
        let here = self.trail.length_back();
        self.open_chooser(Choices::Places(Vec::new()), None);
        if let Some(Overlay::Chooser(chooser)) = &mut self.overlay {
            chooser.selected = here;
        }
        self.show_choice();
    }

    /// Takes the reports into a list that shows them.
    pub(super) fn choose_among_reports(&mut self) {
        let Some(Overlay::Chooser(chooser)) = &self.overlay else {
            return;
        };
        let reports = self.reports_for(chooser.filter.text());
        let Some(Overlay::Chooser(chooser)) = &mut self.overlay else {
            return;
        };
        if let Choices::Titles(_, shown) | Choices::Reports(_, shown) = &mut chooser.choices {
            *shown = reports;
            chooser.rows = chooser.rows.max(chooser.choices.rows());
        }
    }

    pub(super) fn open_reports(&mut self, purpose: Purpose) {
        self.open_chooser(Choices::Reports(purpose, Vec::new()), None);
    }

    /// Opens a list over what lay there before, `below`.
    pub(super) fn open_chooser(&mut self, choices: Choices, below: Option<Box<Overlay>>) {
        let at_sentence = std::mem::take(&mut self.at_sentence);
        let before = Before {
            current: self.finding.current,
            is_marked: self.finding.is_marked,
            at_sentence,
        };
        let filter = Editor::single_line("");
        self.overlay = Some(Overlay::Chooser(Chooser {
            filter,
            selected: 0,
            choices,
            rows: usize::MAX,
            made_for: None,
            before,
            below,
        }));
        // The list takes room from the text: from here on that is the screen.
        self.settle();
        self.choose();
        if let Some(Overlay::Chooser(chooser)) = &mut self.overlay {
            chooser.rows = chooser.choices.rows();
        }
        self.settle();
    }

    /// Works out the choices where the filter or the matches have changed.
    pub(super) fn choose(&mut self) {
        let is_complete = self
            .finding
            .found()
            .is_some_and(|(found, _)| found.is_complete());
        let Some(Overlay::Chooser(chooser)) = &mut self.overlay else {
            return;
        };
        let is_complete = if let Choices::Candidates(candidates) = &chooser.choices {
            candidates.are_known()
        } else {
            is_complete
        };
        let made_for = (chooser.filter.text().to_owned(), is_complete);
        if chooser.made_for.as_ref() == Some(&made_for) {
            return;
        }
        let filter = made_for.0.clone();
        let is_first = chooser.made_for.is_none();
        chooser.made_for = Some(made_for);
        let selected = chooser.selected;
        let (choices, selected) = match &chooser.choices {
            Choices::Matches(old) => {
                let ordinal = old.ordinal(selected);
                let ordinal = ordinal.unwrap_or_else(|| self.nearest_match());
                let matches = self.matches_for(&filter);
                let row = matches.row(ordinal);
                (Choices::Matches(matches), row)
            }
            Choices::Titles(..) => {
                let empty_at = self.screen.cursor.section;
                let titles = titles::choices(&self.report, &filter);
                (
                    Choices::Titles(titles, self.reports_for(&filter)),
                    if filter.is_empty() { empty_at } else { 0 },
                )
            }
            Choices::Places(_) => (
                Choices::Places(self.places_for(&filter)),
                if is_first { selected } else { 0 },
            ),
            Choices::Reports(purpose, _) => {
                (Choices::Reports(*purpose, self.reports_for(&filter)), 0)
            }
            Choices::Candidates(all) => {
                (Choices::Candidates(all.filtered(&filter, &self.report)), 0)
            }
        };
        if let Some(Overlay::Chooser(chooser)) = &mut self.overlay {
            chooser.selected = selected.min(choices.count().saturating_sub(1));
            chooser.choices = choices;
        }
        if !is_first {
            self.show_choice();
        }
    }

    pub(super) fn move_choice(&mut self, by: isize) {
        if let Some(Overlay::Chooser(chooser)) = &mut self.overlay {
            let last = chooser.choices.count().saturating_sub(1);
            chooser.selected = chooser.selected.saturating_add_signed(by).min(last);
        }
        self.show_choice();
    }

    /// Rows of a page of the list.
    pub(super) fn page_of_choices(&self) -> isize {
        let rows = self
            .frame
            .as_ref()
            .and_then(|frame| frame.list)
            .map_or(1, |list| usize::from(list.height));
        rows.saturating_sub(3).max(1) as isize
    }

    /// Shows in the text what is selected.
    fn show_choice(&mut self) {
        self.preview = match self.choice() {
            Some(Choice::Match(spot)) => {
                self.finding.current = Some(spot);
                self.place_of(spot, self.place)
            }
            Some(Choice::Address(address)) => Some(self.place_of_address(address)),
            Some(Choice::Place(number)) => self.places().get(number).copied(),
            Some(Choice::Passage(passage)) => Some(self.place_of_passage(passage)),
            Some(Choice::Elsewhere) => self.candidates_id().and_then(|id| self.place_it_had(&id)),
            Some(Choice::Report(..)) | None => None,
        };
    }

    fn choice(&self) -> Option<Choice> {
        let Some(Overlay::Chooser(chooser)) = &self.overlay else {
            return None;
        };
        match &chooser.choices {
            Choices::Matches(matches) => self
                .finding
                .found()?
                .0
                .nth(matches.ordinal(chooser.selected)?)
                .map(Choice::Match),
            Choices::Titles(titles, reports) => match titles.get(chooser.selected) {
                Some(title) => Some(Choice::Address(title.address)),
                None => reports
                    .get(chooser.selected - titles.len())
                    .map(|&number| Choice::Report(Purpose::Open, number)),
            },
            Choices::Places(places) => places.get(chooser.selected).copied().map(Choice::Place),
            Choices::Reports(purpose, reports) => reports
                .get(chooser.selected)
                .map(|&number| Choice::Report(*purpose, number)),
            Choices::Candidates(all) => Some(
                all.place(chooser.selected)
                    .map_or(Choice::Elsewhere, Choice::Passage),
            ),
        }
    }

    fn place_of_address(&mut self, address: Address) -> Place {
        let cursor = address.position();
        let rows = self.layout.rows(&self.report, address.section);
        let title = rows
            .iter()
            .position(|row| matches!(row, Row::Title { .. }))
            .unwrap_or(0);
        let row = match address.block {
            None => RowAt {
                section: address.section,
                row: title,
            },
            Some(_) => self.layout.row_of(&self.report, cursor),
        };
        Place {
            top: self.walk().top_of(row),
            cursor,
        }
    }

    /// Goes to what is selected and closes the list.
    pub(super) fn accept_choice(&mut self) {
        let Some(choice) = self.choice() else {
            return self.say("There is nothing in the list to go to.");
        };
        if self.is_looking_for_places() {
            return self.say("Still looking for places…");
        }
        let candidates = self.candidates_id().unwrap_or_default();
        self.close_chooser();
        match choice {
            Choice::Match(spot) => self.go_to_match(spot),
            Choice::Address(address) => self.go_to_place_of(address),
            Choice::Place(number) => self.go_to_place(number),
            Choice::Report(purpose, number) => self.accept_report(purpose, number),
            Choice::Passage(passage) => self.settle_at(&candidates, passage),
            Choice::Elsewhere => self.look_for_place(candidates),
        }
    }

    /// Closes the list; all is as it was before.
    pub(super) fn close_chooser(&mut self) {
        let Some(Overlay::Chooser(chooser)) = self.overlay.take() else {
            return;
        };
        self.finding.current = chooser.before.current;
        self.finding.is_marked = chooser.before.is_marked;
        self.at_sentence = chooser.before.at_sentence;
        self.preview = None;
        self.overlay = chooser.below.map(|below| *below);
        self.show_behind_panel();
        self.settle();
    }

    /// The lines of the list that a number of rows show, the selected one among them.
    pub fn choice_lines(&self, chooser: &Chooser, rows: usize, columns: usize) -> Vec<ChoiceLine> {
        match &chooser.choices {
            Choices::Matches(matches) => {
                self.lines_of_matches(matches, chooser.selected, rows, columns)
            }
            Choices::Titles(titles, reports) => {
                let title = |row: usize| {
                    titles
                        .get(row)
                        .map(|title| titles::line(&self.report, title, row == chooser.selected))
                };
                let report =
                    |row: usize| {
                        Some(self.line_of_report(
                            *reports.get(row - titles.len())?,
                            row == chooser.selected,
                        ))
                    };
                let line = |row: usize| title(row).or_else(|| report(row));
                window(chooser.selected, titles.len() + reports.len(), rows)
                    .filter_map(line)
                    .collect()
            }
            Choices::Places(places) => {
                let line = |row: usize| {
                    places
                        .get(row)
                        .map(|&number| self.line_of_place(number, row == chooser.selected))
                };
                window(chooser.selected, places.len(), rows)
                    .filter_map(line)
                    .collect()
            }
            Choices::Reports(_, reports) => {
                let line = |row: usize| {
                    reports
                        .get(row)
                        .map(|&number| self.line_of_report(number, row == chooser.selected))
                };
                window(chooser.selected, reports.len(), rows)
                    .filter_map(line)
                    .collect()
            }
            Choices::Candidates(all) => {
                let line = |row: usize| self.line_of_candidate(all, row, row == chooser.selected);
                window(chooser.selected, all.count() + 1, rows)
                    .map(line)
                    .collect()
            }
        }
    }
}

/// What can be chosen.
#[derive(Debug, Clone, Copy)]
enum Choice {
    Match(Spot),
    Address(Address),
    /// By its number on the trail.
    Place(usize),
    /// By its number on the shelf.
    Report(Purpose, usize),
    /// To put the annotation on that is to be settled.
    Passage(Passage),
    /// To be looked for in the text.
    Elsewhere,
}

/// The rows that are shown of a list, the selected one in the middle where it is longer.
pub(super) fn window(selected: usize, count: usize, rows: usize) -> std::ops::Range<usize> {
    let first = selected
        .saturating_sub(rows / 2)
        .min(count.saturating_sub(rows));
    first..(first + rows).min(count)
}
