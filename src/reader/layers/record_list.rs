//! The list of records: sorted, filtered, and gone to.

use super::{Keys, Then, movement};
use crate::{
    command::{Command, Context},
    notebook::records::{self, RecordRow},
    reader::{editor::Editor, parts::Parts, viewport::frame::Area},
    report::{Report, paths},
    text::fold,
};

/// Rows of the title and the filter.
const HEAD: u16 = 2;

/// In which order records are listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RecordOrder {
    Reading,
    Title,
    Facet,
    Words,
    Notes,
}

impl RecordOrder {
    /// All orders with what they are called, in the order in which `s` goes through them.
    pub const ALL: &[(Self, &str)] = &[
        (Self::Reading, "in reading order"),
        (Self::Title, "by title"),
        (Self::Facet, "by facet"),
        (Self::Words, "by words"),
        (Self::Notes, "by notes"),
    ];

    /// What it is called.
    pub fn name(self) -> &'static str {
        let mut all = Self::ALL.iter();
        all.find(|(order, _)| *order == self).map_or("", |of| of.1)
    }

    fn next(self) -> Self {
        let at = Self::ALL.iter().position(|(order, _)| *order == self);
        let next = at.map_or(0, |at| (at + 1) % Self::ALL.len());
        Self::ALL.get(next).map_or(self, |(order, _)| *order)
    }
}

/// The list as it stands.
#[derive(Debug)]
pub struct RecordList {
    all: Vec<RecordRow>,
    /// What is shown of `all`, by index.
    shown: Vec<usize>,
    order: RecordOrder,
    filter: Editor,
    /// Whether keys type the filter.
    is_filtering: bool,
    /// Which of the rows that are shown is selected.
    selected: usize,
    /// Revision of the notebook that `all` was made of.
    revision: u64,
}

impl RecordList {
    /// All records, or those that a filter leaves; the one here, or the next, selected.
    pub(crate) fn new(filter: &str, parts: &Parts) -> Self {
        let notebook = parts.notes.notebook();
        let mut list = Self {
            all: records::rows(&parts.report, notebook),
            shown: Vec::new(),
            order: RecordOrder::Reading,
            filter: Editor::single_line(filter),
            is_filtering: false,
            selected: 0,
            revision: notebook.revision(),
        };
        list.choose(&parts.report);
        let here = parts.viewport.cursor().section;
        let here = parts.report.records().record_of(here).unwrap_or(here);
        let at = list.shown().position(|row| row.section >= here);
        list.selected = at.unwrap_or(0);
        list
    }

    /// The rows of the records in an area.
    pub fn rows_area(area: Area) -> Area {
        Area {
            y: area.y + HEAD.min(area.height),
            height: area.height.saturating_sub(HEAD),
            ..area
        }
    }

    /// What is shown, in its order.
    pub fn shown(&self) -> impl Iterator<Item = &RecordRow> {
        self.shown.iter().filter_map(|&index| self.all.get(index))
    }

    /// How many are shown, and how many there are.
    pub fn counts(&self) -> (usize, usize) {
        (self.shown.len(), self.all.len())
    }

    pub fn order(&self) -> RecordOrder {
        self.order
    }

    pub fn filter(&self) -> &Editor {
        &self.filter
    }

    /// Whether keys type the filter.
    pub fn is_filtering(&self) -> bool {
        self.is_filtering
    }

    /// Which of the rows that are shown is selected.
    pub fn selected(&self) -> usize {
        self.selected
    }

    /// The row that is shown first in so many, so that the selected one is among them.
    pub fn first_shown(&self, rows: usize) -> usize {
        super::picker::row::window(self.selected, self.shown.len(), rows).start
    }

    fn current(&self) -> Option<&RecordRow> {
        self.shown().nth(self.selected)
    }

    /// Works out what is shown and in which order; the selected one stays where it is there.
    fn choose(&mut self, report: &Report) {
        let here = self.current().map(|row| row.section);
        let words = paths::words(self.filter.text());
        let fits = |row: &RecordRow| {
            let fit = report.fit_path(row.section, &words);
            fit.is_some_and(|fit| words.is_empty() || fit.above == 0)
        };
        let all = self.all.iter().enumerate();
        let fitting = all.filter(|(_, row)| fits(row)).map(|(index, _)| index);
        self.shown = fitting.collect();
        let (all, order) = (&self.all, self.order);
        let folded = |text: &str| fold::fold_text(text, true);
        match order {
            RecordOrder::Reading => {}
            RecordOrder::Title => self.shown.sort_by_cached_key(|&at| folded(&all[at].name)),
            RecordOrder::Facet => self.shown.sort_by_cached_key(|&at| folded(&all[at].facet)),
            RecordOrder::Words => self
                .shown
                .sort_by_key(|&at| std::cmp::Reverse(all[at].words)),
            RecordOrder::Notes => self
                .shown
                .sort_by_key(|&at| std::cmp::Reverse(all[at].notes)),
        }
        let same = here.and_then(|here| self.shown().position(|row| row.section == here));
        self.selected = same.unwrap_or(0);
    }

    fn go(&self, parts: &mut Parts) -> Then {
        match self.current() {
            Some(row) => {
                parts.go_to_section(row.section);
                Then::Close
            }
            None => {
                parts.say("There is nothing in the list to go to.");
                Then::Stay
            }
        }
    }
}

impl Keys for RecordList {
    fn context(&self) -> Option<Context> {
        Some(match self.is_filtering {
            true => Context::Filter,
            false => Context::Records,
        })
    }

    fn run(&mut self, command: Command, count: Option<usize>, parts: &mut Parts) -> Then {
        let rows = usize::from(Self::rows_area(parts.viewport.over_all()).height);
        if let Some(by) = movement(command, count, rows) {
            let last = self.shown.len().saturating_sub(1);
            self.selected = self.selected.saturating_add_signed(by).min(last);
            return Then::Stay;
        }
        match command {
            Command::Accept if self.is_filtering => self.is_filtering = false,
            Command::Accept => return self.go(parts),
            Command::Filter => self.is_filtering = true,
            Command::Sort => {
                self.order = self.order.next();
                self.choose(&parts.report);
                parts.say(format!("Sorted {}.", self.order.name()));
            }
            _ => return Then::Pass,
        }
        Then::Stay
    }

    /// Clears the filter while it is typed, else closes the list.
    fn cancel(&mut self, parts: &mut Parts) -> Then {
        if !std::mem::take(&mut self.is_filtering) {
            return Then::Close;
        }
        self.filter = Editor::single_line("");
        self.choose(&parts.report);
        Then::Stay
    }

    /// Counts the notes again where they have changed.
    fn refresh(&mut self, parts: &mut Parts) {
        let notebook = parts.notes.notebook();
        if self.revision != notebook.revision() {
            self.all = records::rows(&parts.report, notebook);
            self.revision = notebook.revision();
            self.choose(&parts.report);
        }
    }

    fn editor(&mut self) -> Option<&mut Editor> {
        self.is_filtering.then_some(&mut self.filter)
    }

    fn typed(&mut self, parts: &mut Parts) {
        self.choose(&parts.report);
    }
}
