//! A passage over the editions of a report: where it stands in each, and how its words changed.

use super::{
    Edition,
    anchor::{Anchor, Resolution},
    resolver::Resolver,
};
use crate::{
    report::{Report, address::Address, position::Passage},
    text::{
        word_diff::{self, Piece},
        wording,
    },
};

/// A passage in one edition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stage {
    /// Label of the edition.
    pub edition: String,
    /// `here` in the edition that was asked in, else how it was found.
    pub status: &'static str,
    /// Address and path; `None` where it is not there.
    pub place: Option<(String, Vec<String>)>,
    pub text: String,
    /// Where it stands, in the edition that was asked in.
    pub here: Option<Passage>,
}

impl Stage {
    /// The passage in the edition that was asked in.
    pub fn here(report: &Report, label: &str, passage: Passage) -> Self {
        Self {
            here: Some(passage),
            ..Self::new(report, label, "here", Some(passage))
        }
    }

    /// The passage of an anchor, which is of edition `of`, in another edition.
    pub fn elsewhere(other: &Report, label: &str, anchor: &Anchor, of: &Edition) -> Self {
        let edition = Edition::of(other);
        let mut resolver = Resolver::new(other, &edition);
        resolver.learn(of);
        let found: Resolution = resolver.resolve(anchor);
        Self::new(other, label, found.name(), found.passage())
    }

    fn new(report: &Report, label: &str, status: &'static str, at: Option<Passage>) -> Self {
        let place = at.map(|passage| {
            let start = passage.start();
            let path = report.path(start.section).into_iter().map(str::to_owned);
            (Address::of(start).number(report), path.collect())
        });
        Self {
            edition: label.to_owned(),
            status,
            place,
            text: at
                .map(|passage| report.text_of(passage))
                .unwrap_or_default(),
            here: None,
        }
    }
}

/// The words that came and went since the edition before that has the passage.
pub fn changes(stages: &[Stage], index: usize) -> Vec<Piece> {
    let before = stages
        .iter()
        .take(index)
        .rev()
        .find(|of| of.place.is_some());
    match (before, stages.get(index)) {
        (Some(before), Some(now)) if now.place.is_some() && before.text != now.text => {
            word_diff::pieces(&before.text, &now.text)
        }
        _ => Vec::new(),
    }
}

/// What became of the passage in an edition: `this edition`, `first here`, `not here yet`.
pub fn fate(stages: &[Stage], index: usize) -> &'static str {
    let is_known = stages.iter().take(index).any(|of| of.place.is_some());
    let Some(stage) = stages.get(index) else {
        return "";
    };
    match (is_known, &stage.place, stage.status) {
        (true, None, _) => "not here any more",
        (false, None, _) => "not here yet",
        (_, _, "here") => "this edition",
        (false, _, "exact" | "moved" | "changed") => "first here",
        (_, _, status) => status,
    }
}

/// Its words on one line: those that went as `[-…-]`, those that came as `{+…+}`.
pub fn words(stages: &[Stage], index: usize) -> String {
    let Some(stage) = stages.get(index) else {
        return String::new();
    };
    let pieces = changes(stages, index);
    let had_them = stages.iter().take(index).any(|of| of.text == stage.text);
    let words = match pieces.is_empty() {
        true if had_them => "the same words".to_owned(),
        true => stage.text.clone(),
        false => pieces.iter().map(marked).collect(),
    };
    wording::one_line(&words)
}

fn marked(piece: &Piece) -> String {
    match piece {
        Piece::Same(text) => text.clone(),
        Piece::Removed(text) => format!("[-{text}-]"),
        Piece::Added(text) => format!("{{+{text}+}}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stage(status: &'static str, text: &str) -> Stage {
        let place = ("1:1".to_owned(), vec!["Book".to_owned()]);
        Stage {
            edition: "1".into(),
            status,
            place: (!text.is_empty()).then_some(place),
            text: text.into(),
            here: None,
        }
    }

    #[test]
    fn where_a_passage_came_in_and_went_is_said_and_only_changed_words_are_marked() {
        let stages = [
            stage("orphaned", ""),
            stage("changed", "it left late"),
            stage("here", "it left early"),
            stage("exact", "it left early"),
            stage("orphaned", ""),
        ];
        let fates = [0, 1, 2, 3, 4].map(|index| fate(&stages, index));
        let gone = "not here any more";
        assert_eq!(
            fates,
            ["not here yet", "first here", "this edition", "exact", gone]
        );
        assert_eq!(words(&stages, 1), "it left late");
        assert!(
            words(&stages, 2).contains("late-]{+"),
            "{}",
            words(&stages, 2)
        );
        assert_eq!(words(&stages, 3), "the same words");
    }
}
