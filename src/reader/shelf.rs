//! The other reports that can be opened: asked for when they are needed, listed and completed.

use super::{Effect, Reader, choosing::ChoiceLine};
use crate::{
    search::{Pattern, Query},
    text::wording,
};

/// A report that can be opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shelved {
    /// What opens it.
    pub name: String,
    pub id: String,
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

impl Reader {
    pub(super) fn ask_for_reports(&mut self) {
        self.effects.push(Effect::ListReports);
    }

    /// Asks for the other reports and lists them when they are known.
    pub(super) fn choose_report(&mut self, purpose: Purpose) {
        self.choosing_for = Some(purpose);
        self.ask_for_reports();
    }

    /// Takes the reports that there are.
    pub fn hear_of_reports(&mut self, mut reports: Vec<Shelved>) {
        reports.retain(|report| !report.is_here);
        reports.sort_by_key(|report| kinship(&report.id, &self.report.id));
        self.shelf = reports;
        self.choose_among_reports();
        if let Some(purpose) = self.choosing_for.take().filter(|_| self.overlay.is_none()) {
            if self.shelf.is_empty() {
                self.say("There is no other report; `tip-reader import` makes one of a file.");
            } else {
                self.open_reports(purpose);
            }
        }
        self.settle();
    }

    /// Does with a report what it was chosen for.
    pub(super) fn accept_report(&mut self, purpose: Purpose, number: usize) {
        let Some(name) = self.shelf.get(number).map(|report| report.name.clone()) else {
            return;
        };
        match purpose {
            Purpose::Open => self.open_report(&name),
            Purpose::Compare => self.compare_with(&name),
        }
    }

    /// Reports whose name or title has every word of a text, by their number on the shelf.
    pub(super) fn reports_for(&self, text: &str) -> Vec<usize> {
        let word = |word: &str| {
            Pattern::new(&Query {
                text: word.into(),
                ..Query::default()
            })
            .ok()
        };
        let words: Vec<Pattern> = text.split_whitespace().filter_map(word).collect();
        let fits = |report: &Shelved| {
            words
                .iter()
                .all(|word| word.is_in(&report.name) || word.is_in(&report.title))
        };
        self.shelf
            .iter()
            .enumerate()
            .filter(|(_, report)| fits(report))
            .map(|(number, _)| number)
            .collect()
    }

    pub(super) fn line_of_report(&self, number: usize, is_selected: bool) -> ChoiceLine {
        let Some(report) = self.shelf.get(number) else {
            return ChoiceLine::Choice {
                is_selected,
                head: String::new(),
                pieces: Vec::new(),
            };
        };
        ChoiceLine::Choice {
            is_selected,
            head: " report  ".into(),
            pieces: vec![(format!("{}  {}", report.name, report.told()), false)],
        }
    }
}

impl Shelved {
    /// Its title and when it was published.
    pub fn told(&self) -> String {
        let published = self
            .published
            .as_ref()
            .map(|published| format!(" ({published})"))
            .unwrap_or_default();
        format!("{}{published}", wording::one_line(&self.title))
    }
}

/// How near a report is to another by their ids: another edition, another year, any other.
fn kinship(id: &str, other: &str) -> u8 {
    let stem = |id: &str| {
        id.chars()
            .filter(|character| !character.is_ascii_digit())
            .collect::<String>()
    };
    match id {
        _ if id == other => 0,
        _ if stem(id) == stem(other) => 1,
        _ => 2,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn other_editions_are_nearer_than_other_years_and_these_than_other_reports() {
        assert_eq!(
            ["tip-2021", "tip-2020", "a-book"].map(|id| kinship(id, "tip-2021")),
            [0, 1, 2]
        );
    }
}
