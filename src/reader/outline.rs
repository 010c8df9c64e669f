//! The section pane: which section is selected, and which are folded.

use std::collections::BTreeSet;

use crate::{report::Report, search::words_of};

/// What is selected and folded in the section pane.
#[derive(Debug, Default)]
pub struct Outline {
    /// Index of a section.
    selected: usize,
    /// Sections whose parts are hidden.
    folded: BTreeSet<usize>,
}

impl Outline {
    /// Index of the selected section.
    pub fn selected(&self) -> usize {
        self.selected
    }

    pub fn is_folded(&self, section: usize) -> bool {
        self.folded.contains(&section)
    }

    pub(super) fn select(&mut self, section: usize) {
        self.selected = section;
    }

    /// Indices of the sections that the pane lists: those that no folded one holds, or those
    /// that fit the filter with the ones that hold them.
    pub fn listed(&self, report: &Report, filter: Option<&str>) -> Vec<usize> {
        match filter.filter(|filter| !filter.trim().is_empty()) {
            Some(filter) => with_holders(report, &fitting(report, filter)),
            None => self.unfolded(report),
        }
    }

    fn unfolded(&self, report: &Report) -> Vec<usize> {
        let mut hidden_below = None;
        let mut listed = Vec::new();
        for (index, section) in report.sections.iter().enumerate() {
            if hidden_below.is_some_and(|level| section.level > level) {
                continue;
            }
            hidden_below = self.folded.contains(&index).then_some(section.level);
            listed.push(index);
        }
        listed
    }

    /// Moves the selection through the listed sections; far ends for the largest numbers.
    pub(super) fn step(&mut self, listed: &[usize], by: isize) {
        let at = listed.iter().position(|&section| section == self.selected);
        let to = at.unwrap_or(0).saturating_add_signed(by);
        if let Some(&section) = listed.get(to.min(listed.len().saturating_sub(1))) {
            self.selected = section;
        }
    }

    /// Selects the first section that fits a filter, where the selected one does not.
    pub(super) fn select_fitting(&mut self, report: &Report, filter: &str) {
        let fitting = fitting(report, filter);
        if let Some(&first) = fitting.first()
            && !fitting.contains(&self.selected)
        {
            self.selected = first;
        }
    }

    /// Folds the selected section, or selects the one that holds it; says whether it could.
    pub(super) fn fold(&mut self, report: &Report) -> bool {
        let selected = self.selected;
        if has_parts(report, selected) && self.folded.insert(selected) {
            return true;
        }
        let level = level_of(report, selected);
        let holder = (0..selected)
            .rev()
            .find(|&index| level_of(report, index) < level);
        self.selected = holder.unwrap_or(selected);
        holder.is_some()
    }

    /// Unfolds the selected section; says whether it was folded.
    pub(super) fn unfold(&mut self) -> bool {
        self.folded.remove(&self.selected)
    }
}

/// Whether other sections belong to this one.
pub fn has_parts(report: &Report, section: usize) -> bool {
    level_of(report, section + 1) > level_of(report, section)
}

fn level_of(report: &Report, section: usize) -> u8 {
    report
        .sections
        .get(section)
        .map_or(0, |section| section.level)
}

/// Sections whose title has every word of a text.
fn fitting(report: &Report, text: &str) -> Vec<usize> {
    let words = words_of(text);
    let titles = report.sections.iter().map(|section| &section.title);
    let fits = titles
        .enumerate()
        .filter(|(_, title)| words.iter().all(|word| word.is_in(title)));
    fits.map(|(index, _)| index).collect()
}

fn with_holders(report: &Report, fitting: &[usize]) -> Vec<usize> {
    let mut listed = BTreeSet::new();
    for &index in fitting {
        let mut level = u8::MAX;
        for holder in (0..=index).rev() {
            let at = level_of(report, holder);
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::{Section, snapshot};

    fn nested() -> Report {
        let mut report = snapshot::bundled();
        let section = |title: &str, level| Section {
            id: title.into(),
            title: title.into(),
            level,
            ..Section::default()
        };
        report.sections = [("a", 1), ("a one", 2), ("a two", 2), ("b", 1), ("b one", 2)]
            .map(|(title, level)| section(title, level))
            .into();
        report
    }

    #[test]
    fn a_folded_section_hides_its_parts_and_its_part_leads_to_it() {
        let (report, mut outline) = (nested(), Outline::default());
        assert!(outline.fold(&report));
        assert_eq!(outline.listed(&report, None), [0, 3, 4]);
        assert!(!outline.fold(&report), "nothing holds it");
        outline.select(4);
        assert!(outline.fold(&report));
        assert_eq!(outline.selected(), 3);
        outline.select(0);
        assert!(outline.unfold() && !outline.unfold());
        assert_eq!(outline.listed(&report, None), [0, 1, 2, 3, 4]);
    }

    #[test]
    fn a_filter_lists_what_fits_with_what_holds_it() {
        let (report, mut outline) = (nested(), Outline::default());
        assert_eq!(outline.listed(&report, Some("two")), [0, 2]);
        outline.select(4);
        outline.select_fitting(&report, "a one");
        assert_eq!(outline.selected(), 1);
        outline.step(&[0, 1, 3], isize::MAX);
        assert_eq!(outline.selected(), 3);
        outline.step(&[0, 1, 3], isize::MIN);
        assert_eq!(outline.selected(), 0);
    }
}
