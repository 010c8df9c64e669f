//! Matches in the notes: searched beside the report, again where the notebook has changed.

use super::Matches;
use crate::{
    notebook::{Notebook, passage},
    search::matches::{Aside, SLOW, STEP},
};

/// What searching a note costs beside its text.
const NOTE: usize = 64;

/// How far the notes were searched.
#[derive(Debug, Default)]
pub(super) struct NotesSearched {
    /// The state of the notebook in which they were.
    revision: Option<u64>,
    count: usize,
    matches: Vec<Aside>,
    is_complete: bool,
}

impl Matches {
    /// Whether all notes were searched as they are.
    pub(crate) fn has_searched(&self, notebook: &Notebook) -> bool {
        self.notes.is_complete && self.notes.revision == Some(notebook.revision())
    }

    /// Searches more of the notes; returns what it has cost.
    pub(super) fn search_notes(&mut self, notebook: &Notebook) -> usize {
        if self.has_searched(notebook) {
            return 0;
        }
        let Self {
            found: Some(found),
            pieces: Some(pieces),
            notes,
            ..
        } = self
        else {
            return 0;
        };
        let revision = Some(notebook.revision());
        if notes.revision != revision {
            *notes = NotesSearched {
                revision,
                ..NotesSearched::default()
            };
        }
        let mut cost = 0;
        for entry in notebook.entries().iter().skip(notes.count) {
            if cost >= STEP {
                return cost;
            }
            notes.count += 1;
            cost += NOTE + entry.annotation.text.len() * SLOW;
            let piece =
                passage(entry).map_or(pieces.beyond(), |passage| pieces.of_block(passage.start()));
            let matches = found.pattern().matches(&entry.annotation.text);
            notes.matches.extend(matches.into_iter().map(|range| Aside {
                piece,
                id: entry.annotation.id.clone(),
                range,
            }));
        }
        notes.is_complete = true;
        found.set_asides(std::mem::take(&mut notes.matches));
        cost
    }
}
