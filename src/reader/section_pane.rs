//! The section pane: which section is selected, which are folded, and so which are listed.

use std::collections::BTreeSet;

use super::viewport::frame::PaneWidth;
use crate::{
    report::{Report, outline::Outline, paths},
    text::width,
};

/// What is selected and folded in the section pane. A section that is folded hides all below it.
#[derive(Debug, Clone, Default)]
pub struct SectionPane {
    /// Index of a section. Where a folded one hides it, that stands for it.
    selected: usize,
    folded: BTreeSet<usize>,
    /// How many levels are shown, but for what was folded and unfolded one by one since; 0 before
    /// the first fold.
    level: usize,
    /// Whether it was folded on purpose, and so is no longer fitted to the window.
    is_chosen: bool,
    /// Columns that its titles need, once that is known; and what a reader added or took away.
    needed: Option<u16>,
    added: i16,
}

/// Most levels that are indented in the pane.
pub const INDENTED: usize = 8;
/// Columns of a number of annotations and its sign.
const COUNTS: usize = 3;
/// Columns that a reader adds or takes away at once.
const STEP: i16 = 2;

impl SectionPane {
    /// Index of the selected section.
    pub fn selected(&self) -> usize {
        self.selected
    }

    pub fn is_folded(&self, section: usize) -> bool {
        self.folded.contains(&section)
    }

    /// Ids of the folded sections, where they were folded on purpose.
    pub(super) fn folded_ids(&self, report: &Report) -> Option<Vec<String>> {
        let id = |&at: &usize| Some(report.sections.get(at)?.id.clone());
        let folded = self.folded.iter().filter_map(id);
        self.is_chosen.then(|| folded.collect())
    }

    /// Folds what was folded in an earlier session; sections that are gone are let go.
    pub(super) fn fold_ids(&mut self, report: &Report, ids: &[String]) {
        let at = |id: &String| report.section_index(id);
        self.folded = ids.iter().filter_map(at).collect();
        self.is_chosen = true;
    }

    /// Columns for all of its titles with their facets.
    pub(super) fn columns(&mut self, report: &Report) -> PaneWidth {
        let needed = *self.needed.get_or_insert_with(|| needed(report));
        PaneWidth {
            needed,
            added: self.added,
        }
    }

    /// Makes it wider, or narrower, by so many steps, as far as a window of so many columns allows.
    pub(super) fn widen(&mut self, report: &Report, by: isize, columns: u16) {
        let now = self.columns(report);
        let step = if by < 0 { -STEP } else { STEP };
        for _ in 0..by.unsigned_abs().min(usize::from(columns)) {
            let added = self.added + step;
            let next = PaneWidth { added, ..now };
            let here = PaneWidth {
                added: self.added,
                ..now
            };
            if next.at(columns) == here.at(columns) {
                break;
            }
            self.added = added;
        }
    }

    pub(super) fn select(&mut self, section: usize) {
        self.selected = section;
    }

    /// Indices of the sections that the pane lists: those that no folded one holds, or those
    /// that fit the filter with the ones that hold them.
    pub fn listed(&self, report: &Report, filter: Option<&str>) -> Vec<usize> {
        match filter.filter(|filter| !filter.trim().is_empty()) {
            Some(filter) => with_holders(report.outline(), &fitting(report, filter)),
            None => self.unfolded(report.outline()),
        }
    }

    fn unfolded(&self, outline: &Outline) -> Vec<usize> {
        let (mut listed, mut next) = (Vec::new(), 0);
        while let Some(node) = outline.node(next) {
            listed.push(next);
            next = match self.folded.contains(&next) {
                true => node.end,
                false => next + 1,
            };
        }
        listed
    }

    /// Folds to the deepest level whose rows fit, as long as nothing was folded on purpose.
    pub(super) fn fit(&mut self, report: &Report, rows: usize) {
        if self.is_chosen {
            return;
        }
        let outline = report.outline();
        let shown = |level: &usize| {
            outline
                .nodes()
                .iter()
                .filter(|at| at.depth < *level)
                .count()
        };
        let levels = 2..=levels(outline);
        let level = levels.take_while(|level| shown(level) <= rows).last();
        let level = level.unwrap_or(1);
        if level != self.level {
            self.fold_to(outline, level);
        }
    }

    /// Folds all to a level, or to the next one, after the deepest to the first; returns which and
    /// how many there are.
    pub(super) fn fold_all(&mut self, report: &Report, level: Option<usize>) -> (usize, usize) {
        let outline = report.outline();
        let all = levels(outline);
        let next = if self.level < all { self.level + 1 } else { 1 };
        self.fold_to(outline, level.unwrap_or(next).clamp(1, all));
        self.is_chosen = true;
        (self.level, all)
    }

    fn fold_to(&mut self, outline: &Outline, level: usize) {
        let nodes = outline.nodes().iter().enumerate();
        let hides = nodes.filter(|(at, node)| node.depth + 1 >= level && has_parts(outline, *at));
        self.folded = hides.map(|(at, _)| at).collect();
        self.level = level;
    }

    /// Moves the selection through the listed sections; far ends for the largest numbers.
    pub(super) fn step(&mut self, report: &Report, listed: &[usize], by: isize) {
        let at = row_of(report.outline(), listed, self.selected);
        let to = at.saturating_add_signed(by);
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

    /// Selects what stands for the selected section, where a folded one hides it.
    pub(super) fn select_shown(&mut self, report: &Report) {
        let path = report.outline().path(self.selected);
        let holder = path.into_iter().find(|at| self.folded.contains(at));
        self.selected = holder.unwrap_or(self.selected);
    }

    /// Folds the selected section, or selects the one that holds it; says whether it could.
    pub(super) fn fold(&mut self, report: &Report) -> bool {
        self.select_shown(report);
        let (outline, selected) = (report.outline(), self.selected);
        self.is_chosen = true;
        if has_parts(outline, selected) && self.folded.insert(selected) {
            return true;
        }
        let holder = outline.node(selected).and_then(|node| node.parent);
        self.selected = holder.unwrap_or(selected);
        holder.is_some()
    }

    /// Unfolds the selected section; says whether it was folded.
    pub(super) fn unfold(&mut self, report: &Report) -> bool {
        self.select_shown(report);
        self.is_chosen = true;
        self.folded.remove(&self.selected)
    }
}

/// Columns of cursor sign, number, indent, fold sign, name, facet and counts, at the most.
fn needed(report: &Report) -> u16 {
    let outline = report.outline();
    let digits = report.sections.len().to_string().len();
    let fold = if outline.is_nested() { 2 } else { 0 };
    let rows = outline.nodes().iter().enumerate().map(|(section, node)| {
        let facet = outline.facet(section);
        let facet = match facet.is_empty() {
            true => 0,
            false => width::width(facet) + 2,
        };
        node.depth.min(INDENTED) * 2 + width::width(outline.name(section)) + facet
    });
    let longest = rows.max().unwrap_or(0);
    u16::try_from(longest + digits + fold + 2 + COUNTS).unwrap_or(u16::MAX)
}

/// Whether other sections belong to this one. A sole top section holds none of those beside it.
pub fn has_parts(outline: &Outline, section: usize) -> bool {
    outline.children(Some(section)).next().is_some()
}

/// How many levels an outline has.
fn levels(outline: &Outline) -> usize {
    let depths = outline.nodes().iter().map(|node| node.depth + 1);
    depths.max().unwrap_or(1)
}

/// The row of a section among those that are listed; of the innermost listed one that holds it,
/// where it is not.
pub fn row_of(outline: &Outline, listed: &[usize], section: usize) -> usize {
    let path = outline.path(section).into_iter().rev();
    let mut rows = path.filter_map(|at| listed.binary_search(&at).ok());
    let before = || {
        listed
            .partition_point(|&at| at <= section)
            .saturating_sub(1)
    };
    rows.next().unwrap_or_else(before)
}

/// Fewest columns of a name beside a facet, with the blank between them.
const LEAST_NAME: usize = 5;

/// The name of a section and its facet, which stands apart from it where it leaves the name room.
pub fn name_and_facet(outline: &Outline, section: usize, columns: usize) -> (&str, &str) {
    let facet = outline.facet(section);
    let is_long = width::width(facet) + LEAST_NAME > columns;
    match outline.node(section) {
        Some(node) if is_long || facet.is_empty() => (&node.title, ""),
        Some(_) => (outline.name(section), facet),
        None => ("", ""),
    }
}

/// Sections whose path has the words of a text, the last one in their title.
fn fitting(report: &Report, text: &str) -> Vec<usize> {
    let words = paths::words(text);
    let fits = |&section: &usize| {
        let fit = report.fit_path(section, &words);
        fit.is_some_and(|fit| fit.above == 0)
    };
    (0..report.sections.len()).filter(fits).collect()
}

fn with_holders(outline: &Outline, fitting: &[usize]) -> Vec<usize> {
    let paths = fitting.iter().flat_map(|&section| outline.path(section));
    let listed: BTreeSet<usize> = paths.collect();
    listed.into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::testing::nested;

    fn report() -> Report {
        nested(&[(1, "a"), (2, "a one"), (2, "a two"), (1, "b"), (2, "b one")])
    }

    #[test]
    fn a_folded_section_hides_its_parts_and_its_part_leads_to_it() {
        let (report, mut pane) = (report(), SectionPane::default());
        assert!(pane.fold(&report));
        assert_eq!(pane.listed(&report, None), [0, 3, 4]);
        assert!(!pane.fold(&report), "nothing holds it");
        pane.select(4);
        assert!(pane.fold(&report));
        assert_eq!(pane.selected(), 3);
        pane.select(2);
        assert!(
            pane.unfold(&report),
            "what is hidden is that which hides it"
        );
        assert!(!pane.unfold(&report));
        assert_eq!(pane.listed(&report, None), [0, 1, 2, 3, 4]);
    }

    #[test]
    fn a_filter_lists_what_fits_with_what_holds_it() {
        let (report, mut pane) = (report(), SectionPane::default());
        assert_eq!(pane.listed(&report, Some("two")), [0, 2]);
        assert_eq!(pane.listed(&report, Some("b on")), [3, 4]);
        pane.select(4);
        pane.select_fitting(&report, "a one");
        assert_eq!(pane.selected(), 1);
        pane.step(&report, &[0, 1, 3], isize::MAX);
        assert_eq!(pane.selected(), 3);
        pane.step(&report, &[0, 1, 3], isize::MIN);
        assert_eq!(pane.selected(), 0);
    }

    #[test]
    fn it_starts_folded_to_what_fits_and_stays_as_it_was_folded() {
        let report = nested(&[(1, "r"), (2, "a"), (3, "x"), (4, "y"), (2, "b"), (3, "x")]);
        let mut pane = SectionPane::default();
        for (rows, listed) in [
            (1, vec![0, 1, 4]),
            (3, vec![0, 1, 4]),
            (5, vec![0, 1, 2, 4, 5]),
            (6, vec![0, 1, 2, 3, 4, 5]),
        ] {
            pane.fit(&report, rows);
            assert_eq!(pane.listed(&report, None), listed, "{rows} rows");
        }
        assert_eq!(
            pane.fold_all(&report, None),
            (1, 3),
            "after the deepest the first"
        );
        assert_eq!(pane.fold_all(&report, None), (2, 3));
        pane.fit(&report, 99);
        assert_eq!(pane.listed(&report, None), [0, 1, 2, 4, 5]);
        assert_eq!(pane.fold_all(&report, Some(9)), (3, 3));
    }
}
