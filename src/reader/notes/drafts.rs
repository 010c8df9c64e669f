//! Drafts: text that was typed and not saved.

use crate::notebook::annotation::Annotation;

/// Text that was typed and not saved.
#[derive(Debug, Default)]
pub(crate) struct Drafts {
    /// The newest last.
    all: Vec<Annotation>,
    /// Id of the draft that was resumed last.
    resumed: Option<String>,
    /// Whether the drafts that were there at the start are known. Later ones are other readers'.
    pub(super) are_known: bool,
}

impl Drafts {
    pub(super) fn all(&self) -> &[Annotation] {
        &self.all
    }

    /// The draft of an annotation.
    pub fn of(&self, id: &str) -> Option<&Annotation> {
        self.all.iter().find(|draft| draft.id == id)
    }

    /// Puts a draft in place of an earlier one of the same annotation.
    pub fn put(&mut self, draft: Annotation) {
        self.remove(&draft.id);
        self.all.push(draft);
    }

    /// Adds a draft where none of its annotation is known.
    pub(super) fn add(&mut self, draft: Annotation) {
        if self.of(&draft.id).is_none() {
            self.all.push(draft);
        }
    }

    /// Removes a draft; says whether there was one.
    pub fn remove(&mut self, id: &str) -> bool {
        let before = self.all.len();
        self.all.retain(|draft| draft.id != id);
        self.all.len() < before
    }

    /// The draft to resume: the newest, then the one before the one resumed last.
    pub fn resume(&mut self) -> Option<Annotation> {
        let newest = || self.all.iter().rev();
        let before = newest()
            .skip_while(|draft| self.resumed.as_ref() != Some(&draft.id))
            .nth(1);
        let draft = before.or(newest().next()).cloned()?;
        self.resumed = Some(draft.id.clone());
        Some(draft)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        edition::{Edition, anchor::Anchor},
        notebook::annotation::{FORMAT, Kind},
        report::{position::Position, snapshot},
    };

    fn draft(id: &str) -> Annotation {
        let report = snapshot::bundled();
        let passage = report.passage_of_block(Position::new(1, 2, 0));
        Annotation {
            format: FORMAT,
            id: id.into(),
            report: report.id.clone(),
            kind: Kind::Note,
            anchor: Anchor::new(&report, &Edition::of(&report), passage),
            text: "text".into(),
            color: None,
            letter: None,
            created: String::new(),
            modified: String::new(),
            conflict_of: None,
            base: None,
        }
    }

    #[test]
    fn drafts_are_resumed_from_the_newest_to_the_oldest_and_round_again() {
        let mut drafts = Drafts::default();
        assert!(drafts.resume().is_none());
        for id in ["a", "b", "c"] {
            drafts.put(draft(id));
        }
        let mut next = || drafts.resume().map(|draft| draft.id).unwrap_or_default();
        assert_eq!([next(), next(), next(), next()], ["c", "b", "a", "c"]);
        assert!(drafts.remove("c") && !drafts.remove("c"));
        assert_eq!(drafts.resume().map(|draft| draft.id), Some("b".into()));
    }
}
