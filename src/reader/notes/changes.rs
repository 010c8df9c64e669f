//! Changes of the notebook, and which of them are not on disk yet.

use std::collections::{BTreeMap, VecDeque};

use super::Notes;
use crate::{notebook::Change, report::Report};

/// How a change of the notebook came about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Way {
    Made,
    Undone,
    Redone,
}

/// What is not on disk yet.
#[derive(Debug, Default)]
pub(super) struct Saves {
    /// Why changes could not be saved, by the ids of their annotations.
    failing: BTreeMap<String, String>,
    /// How the changes that are being saved came about, in their order.
    under_way: VecDeque<(String, Way)>,
}

impl Saves {
    fn begin(&mut self, change: &Change, way: Way) {
        let id = change.annotation().id.clone();
        self.under_way.push_back((id, way));
    }

    /// Strikes a change off those under way; says how it came about.
    pub(super) fn end(&mut self, change: &Change) -> Way {
        let id = &change.annotation().id;
        self.failing.remove(id);
        let at = self.under_way.iter().position(|(of, _)| of == id);
        at.and_then(|at| self.under_way.remove(at))
            .map_or(Way::Made, |(_, way)| way)
    }

    pub(super) fn fail(&mut self, change: &Change, reason: String) {
        self.failing.insert(change.annotation().id.clone(), reason);
    }

    pub(super) fn is_under_way(&self, id: &str) -> bool {
        self.under_way.iter().any(|(of, _)| of == id)
    }

    pub(super) fn failure(&self) -> Option<&str> {
        self.failing.values().next().map(String::as_str)
    }
}

impl Notes {
    /// Why a change is not on disk yet, where saving one has failed.
    pub fn unsaved(&self) -> Option<&str> {
        self.saves.failure()
    }

    /// Makes a change, which is to be saved.
    pub(crate) fn make(&mut self, change: &Change, report: &Report) {
        self.notebook.make(change, report);
        self.saves.begin(change, Way::Made);
    }

    /// Undoes the last change; returns what is to be saved.
    pub(crate) fn undo(&mut self, report: &Report) -> Option<Change> {
        let change = self.notebook.undo(report)?;
        self.saves.begin(&change, Way::Undone);
        Some(change)
    }

    /// Makes the last change again that was undone; returns what is to be saved.
    pub(crate) fn redo(&mut self, report: &Report) -> Option<Change> {
        let change = self.notebook.redo(report)?;
        self.saves.begin(&change, Way::Redone);
        Some(change)
    }

    /// Lets one undo take back the last edit together with the addition right before it.
    pub(crate) fn join_last_edit(&mut self) {
        self.notebook.join_last_edit();
    }
}
