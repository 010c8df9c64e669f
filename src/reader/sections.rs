//! The section pane: a list that folds by level.

use std::collections::BTreeSet;

use super::{Focus, Reader, editor::Editor};
use crate::search::{Pattern, Query};

/// What is selected and folded in the section pane.
#[derive(Debug, Default)]
pub struct SectionPane {
    /// Index of a section.
    pub selected: usize,
    /// Sections whose parts are hidden.
    pub folded: BTreeSet<usize>,
    /// What the listed sections have in their titles, while it is typed.
    pub filter: Option<Editor>,
}

impl Reader {
    /// Indices of the sections that the pane lists: those that no folded one holds, or those
    /// that fit the filter with the ones that hold them.
    pub fn listed_sections(&self) -> Vec<usize> {
        match &self.pane.filter {
            Some(filter) if !filter.text().trim().is_empty() => {
                self.sections_with_holders(&self.fitting_sections(filter.text()))
            }
            _ => self.unfolded_sections(),
        }
    }

    /// Sections whose title has every word of a text.
    fn fitting_sections(&self, text: &str) -> Vec<usize> {
        let word = |word: &str| {
            Pattern::new(&Query {
                text: word.into(),
                ..Query::default()
            })
            .ok()
        };
        let words: Vec<Pattern> = text.split_whitespace().filter_map(word).collect();
        let fits = |index: &usize| {
            self.report
                .sections
                .get(*index)
                .is_some_and(|section| words.iter().all(|word| word.is_in(&section.title)))
        };
        (0..self.report.sections.len()).filter(fits).collect()
    }

    fn sections_with_holders(&self, fitting: &[usize]) -> Vec<usize> {
        let mut listed = BTreeSet::new();
        for &index in fitting {
            let mut level = u8::MAX;
            for holder in (0..=index).rev() {
                let at = self
                    .report
                    .sections
                    .get(holder)
                    .map_or(0, |section| section.level);
                if at < level {
                    listed.insert(holder);
                    level = at;
                }
                if level <= 1 {
                    break;
                }
            }
        }
        listed.into_iter().collect()
    }

    pub(super) fn filter_sections(&mut self) {
        self.pane.filter = Some(Editor::single_line(""));
    }

    pub(super) fn drop_pane_filter(&mut self) {
        self.pane.filter = None;
    }

    /// Selects the first section that fits what was typed, where the selected one does not.
    pub(super) fn typed_in_pane(&mut self) {
        let Some(filter) = &self.pane.filter else {
            return;
        };
        let fitting = self.fitting_sections(filter.text());
        if let Some(&first) = fitting
            .first()
            .filter(|_| !fitting.contains(&self.pane.selected))
        {
            self.pane.selected = first;
        }
    }

    fn unfolded_sections(&self) -> Vec<usize> {
        let mut hidden_below = None;
        let mut listed = Vec::new();
        for (index, section) in self.report.sections.iter().enumerate() {
            if hidden_below.is_some_and(|level| section.level > level) {
                continue;
            }
            hidden_below = self.pane.folded.contains(&index).then_some(section.level);
            listed.push(index);
        }
        listed
    }

    /// Whether other sections belong to this one.
    pub fn has_parts(&self, section: usize) -> bool {
        let level = |index: usize| {
            self.report
                .sections
                .get(index)
                .map_or(0, |section| section.level)
        };
        level(section + 1) > level(section)
    }

    pub(super) fn focus_sections(&mut self) {
        self.focus = Focus::Sections;
        self.pane.selected = self.screen.cursor.section;
    }

    pub(super) fn leave_sections(&mut self) {
        self.pane.filter = None;
        self.focus = Focus::Text;
    }

    pub(super) fn toggle_sections(&mut self) {
        self.focus = Focus::Text;
        self.pane.filter = None;
        self.settings.sections_shown = !self.settings.sections_shown;
        if self.settings.sections_shown && !self.settings.pane_beside(self.size.0, false) {
            self.settings.sections_shown = false;
            self.focus_sections();
        }
    }

    /// Moves the selection through the listed sections; far ends for the largest numbers.
    pub(super) fn select_section(&mut self, by: isize) {
        let listed = self.listed_sections();
        let at = listed
            .iter()
            .position(|&section| section == self.pane.selected)
            .unwrap_or(0);
        let to = at
            .saturating_add_signed(by)
            .min(listed.len().saturating_sub(1));
        if let Some(&section) = listed.get(to) {
            self.pane.selected = section;
        }
    }

    pub(super) fn open_section(&mut self) {
        let section = self.pane.selected;
        self.pane.filter = None;
        self.go_to_section(section);
        self.focus = Focus::Text;
    }

    /// Takes a number typed in the pane: goes there as soon as no longer number could be meant.
    pub(super) fn go_to_numbered_section(&mut self, number: usize) {
        let sections = self.report.sections.len();
        if number > sections {
            self.typed.count = None;
            return self.say(format!("There is no section {number}."));
        }
        self.pane.selected = number - 1;
        if number * 10 > sections {
            self.typed.count = None;
            self.open_section();
        } else {
            self.say(format!("Section {number}: Enter goes there, or type on."));
        }
    }

    pub(super) fn fold_section(&mut self) {
        let selected = self.pane.selected;
        if self.has_parts(selected) && self.pane.folded.insert(selected) {
            return;
        }
        let level = self
            .report
            .sections
            .get(selected)
            .map_or(0, |section| section.level);
        let holder = (0..selected).rev().find(|&index| {
            self.report
                .sections
                .get(index)
                .is_some_and(|s| s.level < level)
        });
        match holder {
            Some(holder) => self.pane.selected = holder,
            None => self.say("This section has no parts to fold."),
        }
    }

    pub(super) fn unfold_section(&mut self) {
        if !self.pane.folded.remove(&self.pane.selected) {
            self.say("This section is not folded; Enter goes there.");
        }
    }

    /// Selects what a click on a row of the pane points at, and goes there.
    pub fn click_section(&mut self, listed: usize) {
        if let Some(&section) = self.listed_sections().get(listed) {
            self.pane.selected = section;
            self.moving(Self::open_section);
            self.settle();
        }
    }
}
