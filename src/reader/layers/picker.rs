//! The picker: a list to choose from where to go. What is typed filters, the text above follows,
//! `Esc` returns to the very same screen.

pub mod candidates;
mod jumps;
mod match_list;
mod reports;
pub mod row;
pub mod titles;

use candidates::Candidates;
use match_list::MatchList;
use row::{Line, window};

use super::{Keys, Then, movement, place::Placing};
use crate::{
    command::{Command, Context},
    reader::{editor::Editor, matches::Snapshot, parts::Parts, reports::Purpose, viewport::Room},
    report::{address::Address, position::Passage},
    search::matches::Spot,
    text::wording,
};

/// A list to choose from.
#[derive(Debug)]
pub struct Picker {
    filter: Editor,
    /// Which of the choices is selected.
    selected: usize,
    choices: Choices,
    /// Rows that the list would fill when it was opened.
    rows: usize,
    /// What the choices were worked out for: the filter, and whether all were known.
    made_for: Option<(String, bool)>,
    /// What there was before, to return to.
    before: Option<Snapshot>,
    was_at_sentence: bool,
}

/// What there is to choose.
#[derive(Debug)]
enum Choices {
    Matches(MatchList),
    /// Sections, and below them other reports by their index.
    Titles(Vec<Address>, Vec<usize>),
    /// Places of the jump list, by their index.
    Jumps(Vec<usize>),
    /// Other reports by their index, and what one is chosen for.
    Reports(Purpose, Vec<usize>),
    Candidates(Candidates),
}

/// What can be chosen.
#[derive(Debug, Clone, Copy)]
enum Choice {
    Match(Spot),
    Address(Address),
    /// Of the jump list.
    Jump(usize),
    /// Of the other reports.
    Report(Purpose, usize),
    /// To put the annotation on that is reviewed.
    Passage(Passage),
    /// To be looked for in the text.
    Elsewhere,
}

impl Choices {
    /// Rows that they fill; all there are while the matches are not known.
    fn rows(&self) -> usize {
        match self {
            Self::Matches(matches) if matches.count() == 0 => usize::MAX,
            Self::Matches(matches) => matches.rows(),
            _ => self.count(),
        }
    }

    fn count(&self) -> usize {
        match self {
            Self::Matches(matches) => matches.count(),
            Self::Titles(titles, reports) => titles.len() + reports.len(),
            Self::Jumps(choices) | Self::Reports(_, choices) => choices.len(),
            // The last one is to look for another.
            Self::Candidates(candidates) => candidates.count() + 1,
        }
    }
}

impl Picker {
    /// All matches of the search, the one here selected.
    pub(crate) fn of_matches(parts: &mut Parts) -> Self {
        let mut picker = Self::new(Choices::Matches(MatchList::default()), parts);
        parts.matches.set_marked(true);
        let here = parts.nearest_match();
        picker.select(here, parts);
        picker
    }

    /// All sections, the one here selected, and the other reports.
    pub(crate) fn of_sections(parts: &mut Parts) -> Self {
        let here = parts.viewport.cursor().section;
        let mut picker = Self::new(Choices::Titles(Vec::new(), Vec::new()), parts);
        picker.select(here, parts);
        picker
    }

    /// The jump list, the place here selected.
    pub(crate) fn of_jumps(parts: &mut Parts) -> Self {
        let here = parts.viewport.jump_here();
        let mut picker = Self::new(Choices::Jumps(Vec::new()), parts);
        picker.select(here, parts);
        picker
    }

    /// The other reports.
    pub(crate) fn of_reports(purpose: Purpose, parts: &mut Parts) -> Self {
        Self::new(Choices::Reports(purpose, Vec::new()), parts)
    }

    /// The positions that could be an annotation's, as soon as they are known.
    pub(crate) fn of_candidates(id: &str, parts: &mut Parts) -> Self {
        Self::new(Choices::Candidates(Candidates::new(id)), parts)
    }

    fn new(choices: Choices, parts: &mut Parts) -> Self {
        let mut picker = Self {
            filter: Editor::single_line(""),
            selected: 0,
            choices,
            rows: usize::MAX,
            made_for: None,
            before: Some(parts.matches.snapshot()),
            was_at_sentence: parts.viewport.set_at_sentence(false),
        };
        // The list takes room from the text: from here on that is the screen.
        picker.take_room(parts);
        picker.choose(parts);
        picker.rows = picker.choices.rows();
        picker.take_room(parts);
        picker
    }

    fn take_room(&self, parts: &mut Parts) {
        let room = Room {
            list: Some(self.rows),
            ..parts.room()
        };
        parts.viewport.fit(&parts.settings, room);
    }

    fn select(&mut self, choice: usize, parts: &mut Parts) {
        self.selected = choice;
        self.show(parts);
    }

    /// Which of the choices is selected.
    pub fn selected(&self) -> usize {
        self.selected
    }

    pub fn filter(&self) -> &Editor {
        &self.filter
    }

    /// Takes the other reports, where it shows them.
    pub(crate) fn take_reports(&mut self, parts: &Parts) {
        let reports = parts.reports.fitting(self.filter.text());
        if let Choices::Titles(_, shown) | Choices::Reports(_, shown) = &mut self.choices {
            *shown = reports;
            self.rows = self.rows.max(self.choices.rows());
        }
    }

    /// Takes the positions that could be an annotation's, where it is the one that is chosen for.
    pub(crate) fn take_places(&mut self, id: &str, places: Vec<Passage>, parts: &mut Parts) {
        if let Choices::Candidates(candidates) = &mut self.choices
            && candidates.is_of(id)
        {
            self.rows = places.len() + 1;
            candidates.take(places);
            self.choose(parts);
        }
    }

    /// Works out the choices where the filter has changed, or more is known.
    fn choose(&mut self, parts: &mut Parts) {
        let is_known = match &self.choices {
            Choices::Candidates(candidates) => candidates.are_known(),
            _ => parts.matches.is_complete(),
        };
        let made_for = (self.filter.text().to_owned(), is_known);
        if self.made_for.as_ref() == Some(&made_for) {
            return;
        }
        let filter = made_for.0.clone();
        let is_first = self.made_for.replace(made_for).is_none();
        let selected = match &mut self.choices {
            Choices::Matches(matches) => {
                let ordinal = matches.ordinal(self.selected);
                let ordinal = ordinal.unwrap_or_else(|| parts.nearest_match());
                *matches = MatchList::new(&filter, parts);
                matches.row(ordinal)
            }
            Choices::Titles(titles, reports) => {
                let here = parts.viewport.place().cursor.section;
                *titles = titles::choices(&parts.report, &filter, here);
                *reports = parts.reports.fitting(&filter);
                match filter.is_empty() {
                    true => parts.viewport.cursor().section,
                    false => 0,
                }
            }
            Choices::Jumps(jumps) => {
                *jumps = jumps::fitting(&filter, parts);
                if is_first { self.selected } else { 0 }
            }
            Choices::Reports(_, reports) => {
                *reports = parts.reports.fitting(&filter);
                0
            }
            Choices::Candidates(candidates) => {
                candidates.filter(&filter, &parts.report);
                0
            }
        };
        self.selected = selected.min(self.choices.count().saturating_sub(1));
        if !is_first {
            self.show(parts);
        }
    }

    /// Shows in the text what is selected.
    fn show(&self, parts: &mut Parts) {
        let place = match self.choice(parts) {
            Some(Choice::Match(spot)) => {
                parts.matches.show(spot);
                parts.place_of_match(spot, parts.viewport.place())
            }
            Some(Choice::Address(address)) => Some(parts.viewport.place_of_address(address)),
            Some(Choice::Jump(index)) => parts.viewport.jumps().get(index).copied(),
            Some(Choice::Passage(passage)) => Some(parts.viewport.place_of_passage(passage)),
            Some(Choice::Elsewhere) => self.annotation().and_then(|id| parts.place_it_had(id)),
            Some(Choice::Report(..)) | None => None,
        };
        parts.viewport.preview(place);
    }

    /// Id of the annotation whose position is chosen.
    fn annotation(&self) -> Option<&str> {
        match &self.choices {
            Choices::Candidates(candidates) => Some(candidates.id()),
            _ => None,
        }
    }

    /// What `Enter` does, in a word or two for the status line.
    pub fn accept_hint(&self) -> &'static str {
        match &self.choices {
            Choices::Reports(Purpose::Open, _) => "open",
            Choices::Reports(Purpose::Compare, _) => "compare",
            Choices::Candidates(_) if self.candidate().is_some() => "put it there",
            _ => "go there",
        }
    }

    /// The candidate that is selected, to be seen in the text.
    pub fn candidate(&self) -> Option<Passage> {
        match &self.choices {
            Choices::Candidates(candidates) => candidates.get(self.selected),
            _ => None,
        }
    }

    fn choice(&self, parts: &Parts) -> Option<Choice> {
        let selected = self.selected;
        match &self.choices {
            Choices::Matches(matches) => {
                let (found, _) = parts.matches.found()?;
                found.nth(matches.ordinal(selected)?).map(Choice::Match)
            }
            Choices::Titles(titles, reports) => match titles.get(selected) {
                Some(address) => Some(Choice::Address(*address)),
                None => reports
                    .get(selected - titles.len())
                    .map(|&index| Choice::Report(Purpose::Open, index)),
            },
            Choices::Jumps(jumps) => jumps.get(selected).copied().map(Choice::Jump),
            Choices::Reports(purpose, reports) => reports
                .get(selected)
                .map(|&index| Choice::Report(*purpose, index)),
            Choices::Candidates(all) => {
                Some(all.get(selected).map_or(Choice::Elsewhere, Choice::Passage))
            }
        }
    }

    /// Goes to what is selected.
    fn accept(&mut self, parts: &mut Parts) -> Then {
        let Some(choice) = self.choice(parts) else {
            parts.say("There is nothing in the list to go to.");
            return Then::Stay;
        };
        if matches!(&self.choices, Choices::Candidates(all) if !all.are_known()) {
            parts.say("Still searching for positions…");
            return Then::Stay;
        }
        let annotation = self.annotation().unwrap_or_default().to_owned();
        self.restore(parts);
        match choice {
            Choice::Match(spot) => {
                parts.arrive(spot);
                parts
                    .match_without_position()
                    .map_or(Then::Close, |id| Then::Replace(parts.panel_of(id).into()))
            }
            Choice::Address(address) => {
                parts.go_to_address(address);
                Then::Close
            }
            Choice::Jump(index) => {
                parts.go_to_jump(index);
                Then::Close
            }
            Choice::Report(purpose, index) => parts.accept_report(purpose, index),
            Choice::Passage(passage) => parts.review_at(&annotation, passage),
            Choice::Elsewhere => {
                if let Some(place) = parts.place_it_had(&annotation) {
                    parts.viewport.leave();
                    parts.viewport.take_place(place);
                }
                Then::Replace(Placing::new(annotation).into())
            }
        }
    }

    /// All is as it was before.
    fn restore(&mut self, parts: &mut Parts) {
        if let Some(before) = self.before.take() {
            let origin = parts.viewport.cursor();
            parts.matches.restore(before, &parts.report, origin);
        }
        parts.viewport.set_at_sentence(self.was_at_sentence);
        parts.viewport.preview(None);
        let room = parts.room();
        parts.viewport.fit(&parts.settings, room);
    }

    /// The lines that a number of rows show, the selected one among them.
    pub fn lines(&self, parts: &Parts, rows: usize, columns: usize) -> Vec<Line> {
        if let Choices::Matches(matches) = &self.choices {
            return matches.lines(parts, self.selected, rows, columns);
        }
        let line = |row: usize| {
            let is_selected = row == self.selected;
            match &self.choices {
                Choices::Matches(_) => None,
                Choices::Titles(titles, shown) => match titles.get(row) {
                    Some(address) => {
                        let choice = (*address, self.filter.text());
                        Some(titles::line(&parts.report, choice, is_selected, columns))
                    }
                    None => reports::line(parts, *shown.get(row - titles.len())?, is_selected),
                },
                Choices::Jumps(shown) => {
                    Some(jumps::line(parts, *shown.get(row)?, is_selected, columns))
                }
                Choices::Reports(_, shown) => reports::line(parts, *shown.get(row)?, is_selected),
                Choices::Candidates(all) => {
                    Some(all.line(&parts.report, row, is_selected, columns))
                }
            }
        };
        window(self.selected, self.choices.count(), rows)
            .filter_map(line)
            .collect()
    }

    /// What is listed and how many are left, and that number alone.
    pub fn title(&self, parts: &Parts) -> (String, usize) {
        let count = self.choices.count();
        let title = match &self.choices {
            Choices::Matches(_) => {
                let all = parts.matches.found().map_or(0, |(found, _)| found.total());
                let of = wording::count(all, "match");
                let left = if count == all {
                    of
                } else {
                    format!("{count} of {of}")
                };
                let query = wording::cut(&parts.matches.query().text, 24);
                format!("{left} of `{query}`")
            }
            Choices::Titles(titles, reports) => {
                let sections = wording::count(titles.len(), "section");
                match reports.len() {
                    0 => sections,
                    others => format!("{sections}, {}", wording::count(others, "report")),
                }
            }
            Choices::Reports(Purpose::Open, _) => "open".into(),
            Choices::Reports(Purpose::Compare, _) => "compare with".into(),
            Choices::Jumps(_) => wording::count(count, "jump"),
            Choices::Candidates(all) if !all.are_known() => "searching…".into(),
            Choices::Candidates(all) => wording::count(all.count(), "candidate"),
        };
        (title, count)
    }
}

impl Keys for Picker {
    fn context(&self) -> Option<Context> {
        Some(Context::Picker)
    }

    fn run(&mut self, command: Command, count: Option<usize>, parts: &mut Parts) -> Then {
        let list = parts.viewport.frame().and_then(|frame| frame.list);
        let page = list.map_or(1, |list| usize::from(list.height).saturating_sub(3));
        match movement(command, count, page) {
            Some(by) => {
                let last = self.choices.count().saturating_sub(1);
                self.select(self.selected.saturating_add_signed(by).min(last), parts);
                Then::Stay
            }
            None if command == Command::Accept => self.accept(parts),
            None => Then::Pass,
        }
    }

    fn cancel(&mut self, parts: &mut Parts) -> Then {
        self.restore(parts);
        Then::Close
    }

    fn refresh(&mut self, parts: &mut Parts) {
        self.choose(parts);
    }

    fn editor(&mut self) -> Option<&mut Editor> {
        Some(&mut self.filter)
    }

    fn typed(&mut self, parts: &mut Parts) {
        self.choose(parts);
    }

    fn rows_of_list(&self) -> Option<usize> {
        Some(self.rows)
    }
}
