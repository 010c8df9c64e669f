//! The other reports: those that can be opened, those that were left, and the last comparison.

use std::sync::Arc;

use super::{
    layers::{collection::Collection, comparison::Comparison},
    section_pane::SectionPane,
    viewport::JumpList,
};
use crate::{
    edition::progress::SavedProgress,
    report::{Report, outline::Outline, place::SavedPlace},
    search::words_of,
    text::wording,
};

/// A report that can be opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OtherReport {
    /// What opens it.
    pub name: String,
    pub id: String,
    /// Label of the edition.
    pub edition: String,
    pub title: String,
    pub published: Option<String>,
    /// Whether it is the one that is read.
    pub is_here: bool,
}

/// What a report is chosen for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    Open,
    Compare,
}

/// A note or a match in one of all reports.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gathered {
    /// What opens its edition.
    pub name: String,
    /// Report, edition and path.
    pub title: String,
    /// Where it stands there, where it does.
    pub address: Option<String>,
    pub text: String,
}

/// A report that was opened to be read.
#[derive(Debug)]
pub struct Opened {
    /// What opens it.
    pub name: String,
    pub report: Report,
    /// Where it was left.
    pub place: Option<SavedPlace>,
    /// What was read of it.
    pub progress: Option<SavedProgress>,
}

/// A report that was left for another one, with its jump list.
#[derive(Debug)]
pub(super) struct Left {
    /// What opens it.
    pub name: String,
    pub place: SavedPlace,
    pub report: Arc<Report>,
    pub jumps: JumpList,
}

/// The other reports.
#[derive(Debug, Default)]
pub struct Reports {
    /// What opens the report that is read.
    pub(super) name: String,
    /// The reports that were left for this one, the last one last.
    pub(super) left: Vec<Left>,
    /// The nearest first; as they were when last asked for.
    others: Vec<OtherReport>,
    /// What one of them is to be chosen for, as soon as they are known.
    pub(super) choosing_for: Option<Purpose>,
    /// How many times another report was asked for.
    asked: u64,
    /// Where to go in a report that was asked for, by its number.
    pub(super) going_to: Option<(u64, String)>,
    /// The comparison that was read last, to return to.
    pub(super) compared: Option<Comparison>,
    /// The field of all records that was read last, to return to.
    pub(super) collected: Option<Collection>,
    /// The section panes of reports that were left, as they were folded.
    pub(super) panes: Vec<(Arc<Outline>, SectionPane)>,
}

impl Reports {
    /// The other reports, the nearest first.
    pub fn others(&self) -> &[OtherReport] {
        &self.others
    }

    /// Takes the reports that there are.
    pub(super) fn take(&mut self, mut reports: Vec<OtherReport>, here: &Report) {
        reports.retain(|report| !report.is_here);
        reports.sort_by_key(|report| kinship(&report.id, &here.id));
        self.others = reports;
    }

    /// Reports whose name or title has every word of a text, by their index.
    pub(super) fn fitting(&self, text: &str) -> Vec<usize> {
        let words = words_of(text);
        let fits = |report: &OtherReport| {
            let mut words = words.iter();
            words.all(|word| word.is_in(&report.name) || word.is_in(&report.title))
        };
        let all = self.others.iter().enumerate();
        all.filter(|(_, report)| fits(report))
            .map(|(index, _)| index)
            .collect()
    }

    /// What opens the report that is read, without its edition.
    pub(super) fn id(&self) -> &str {
        self.name.rsplit_once('@').map_or(&self.name, |(id, _)| id)
    }

    /// The number of a new question for another report.
    pub(super) fn ask(&mut self) -> u64 {
        self.asked += 1;
        self.asked
    }

    /// What opens the report that was left last.
    pub(super) fn last_left(&self) -> Option<String> {
        self.left.last().map(|left| left.name.clone())
    }
}

impl OtherReport {
    /// Its title and when it was published.
    pub fn shown(&self) -> String {
        let published = self.published.as_ref();
        let published = published.map(|published| format!(" ({published})"));
        let title = wording::one_line(&self.title);
        format!("{title}{}", published.unwrap_or_default())
    }
}

/// How near a report is to another by their ids: another edition, another year, any other.
fn kinship(id: &str, other: &str) -> u8 {
    let stem = |id: &str| id.replace(|c: char| c.is_ascii_digit(), "");
    match id {
        _ if id == other => 0,
        _ if stem(id) == stem(other) => 1,
        _ => 2,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::snapshot;

    #[test]
    fn other_editions_are_nearer_than_other_years_and_these_than_other_reports() {
        let other = |name: &str, id: &str, is_here| OtherReport {
            name: name.into(),
            id: id.into(),
            edition: "1".into(),
            title: format!("Title of {name}"),
            published: None,
            is_here,
        };
        let mut reports = Reports::default();
        let all = vec![
            other("a book", "a-book", false),
            other("2020", "tip-2020", false),
            other("here", "tip-2021", true),
            other("old", "tip-2021", false),
        ];
        reports.take(all, &snapshot::bundled());
        let names: Vec<&str> = reports.others().iter().map(|r| r.name.as_str()).collect();
        assert_eq!(names, ["old", "2020", "a book"]);
        assert_eq!(reports.fitting("title book"), [2]);
        assert_eq!(reports.fitting(""), [0, 1, 2]);
    }
}
