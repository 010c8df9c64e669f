//! The order of the entries, and the indices over them: by id, by block, and counts by section.

use super::{Entry, Notebook, annotation::Kind, passage};
use crate::report::{Report, position::Passage};

impl Notebook {
    /// Inserts an entry in order; cheap with thousands of entries.
    pub(super) fn insert(&mut self, mut entry: Entry, report: &Report) {
        (entry.resolution, entry.is_reviewed) = self.status(&entry, report);
        let index = self
            .entries
            .partition_point(|other| other.order() < entry.order());
        self.indices()
            .filter(|other| **other >= index)
            .for_each(|other| *other += 1);
        self.ids.insert(entry.annotation.id.clone(), index);
        self.count_in(index, entry.annotation.kind, passage(&entry), report);
        self.entries.insert(index, entry);
        self.revision += 1;
    }

    pub(super) fn remove(&mut self, id: &str) {
        let Some(index) = self.ids.remove(id) else {
            return;
        };
        let entry = self.entries.remove(index);
        self.kinds[entry.annotation.kind as usize] -= 1;
        self.blocks
            .values_mut()
            .for_each(|here| here.retain(|other| *other != index));
        self.indices()
            .filter(|other| **other > index)
            .for_each(|other| *other -= 1);
        if let Some(counts) =
            passage(&entry).and_then(|passage| self.sections.get_mut(&passage.start().section))
        {
            counts[entry.annotation.kind as usize] -= 1;
        }
        self.revision += 1;
    }

    /// Sorts the entries and rebuilds the indices.
    pub(super) fn sort(&mut self, report: &Report) {
        let statuses: Vec<_> = self
            .entries
            .iter()
            .map(|entry| self.status(entry, report))
            .collect();
        for (entry, status) in self.entries.iter_mut().zip(statuses) {
            (entry.resolution, entry.is_reviewed) = status;
        }
        self.entries.sort_by(|a, b| a.order().cmp(&b.order()));
        self.ids = self
            .entries
            .iter()
            .enumerate()
            .map(|(index, entry)| (entry.annotation.id.clone(), index))
            .collect();
        self.revision += 1;
        self.blocks.clear();
        self.sections.clear();
        self.kinds = [0; 3];
        let all: Vec<_> = self
            .entries
            .iter()
            .map(|entry| (entry.annotation.kind, passage(entry)))
            .collect();
        for (index, (kind, passage)) in all.into_iter().enumerate() {
            self.count_in(index, kind, passage, report);
        }
    }

    /// Adds an entry to the counts and blocks.
    fn count_in(&mut self, index: usize, kind: Kind, passage: Option<Passage>, report: &Report) {
        self.kinds[kind as usize] += 1;
        let Some(passage) = passage else {
            return;
        };
        self.sections.entry(passage.start().section).or_default()[kind as usize] += 1;
        for block in report.blocks_of(passage) {
            let here = self.blocks.entry(block.block_key()).or_default();
            here.insert(here.partition_point(|other| *other < index), index);
        }
    }

    /// The indices of entries in `ids` and `blocks`.
    fn indices(&mut self) -> impl Iterator<Item = &mut usize> {
        let in_blocks = self.blocks.values_mut().flatten();
        self.ids.values_mut().chain(in_blocks)
    }
}
