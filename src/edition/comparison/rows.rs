//! The rows of a comparison: the sections of both editions with their blocks.

use std::collections::{BTreeMap, HashSet};

use unicode_segmentation::UnicodeSegmentation;

use super::{BlockChange, SectionChange, Status, likeness};
use crate::{
    edition::{Edition, outline_alignment::Alignment},
    report::{Block, Report, position::Position},
    text::diff,
};

/// Fewest words of a block that is reported as moved.
const LEAST_MOVED: usize = 4;

/// Two editions and which section and block of one is which of the other.
struct Editions<'a> {
    old: &'a Report,
    new: &'a Report,
    /// First block of each new section, counted through all sections.
    starts: Vec<usize>,
    alignment: Alignment,
}

/// Compares two editions; sections in the order of the new one.
pub fn compare(old: &Report, new: &Report) -> Vec<SectionChange> {
    let (before, after) = (Edition::of(old), Edition::of(new));
    let mut starts = vec![0];
    for section in &new.sections {
        starts.push(starts.last().copied().unwrap_or(0) + section.blocks.len());
    }
    let alignment = Alignment::new(&before, &after);
    let moved = moved_sections(&before, &after, &alignment);
    let editions = Editions {
        old,
        new,
        starts,
        alignment,
    };
    let mut changes = editions.rows();
    editions.mark_moved(&mut changes);
    for change in &mut changes {
        change.is_moved = change.new.is_some_and(|new| moved.contains(&new));
        change.status = editions.status(change);
    }
    changes
}

impl Editions<'_> {
    /// A row for each section; what was removed is listed where it was, among those that kept their
    /// order.
    fn rows(&self) -> Vec<SectionChange> {
        let is_removed = |old: &usize| self.alignment.partner(*old).is_none();
        let mut removed = (0..self.old.sections.len()).filter(is_removed).peekable();
        let all = 0..self.new.sections.len();
        let source = |new: usize| Some((new, self.alignment.source(new)?));
        let sources: Vec<(usize, usize)> = all.clone().filter_map(source).collect();
        let kept: HashSet<(usize, usize)> = diff::rising(&sources).into_iter().collect();
        let mut changes = Vec::new();
        for new in all {
            let old = self.alignment.source(new);
            if let Some(old) = old.filter(|old| kept.contains(&(new, *old))) {
                while let Some(gone) = removed.next_if(|gone| *gone < old) {
                    changes.push(self.row(Some(gone), None));
                }
            }
            changes.push(self.row(old, Some(new)));
        }
        changes.extend(removed.map(|gone| self.row(Some(gone), None)));
        changes
    }

    fn row(&self, old: Option<usize>, new: Option<usize>) -> SectionChange {
        let blocks = match (old, new) {
            (Some(old), Some(new)) => self.compare_blocks(old, new),
            (Some(old), None) => {
                let gone = 0..blocks(self.old, old).len();
                gone.map(|block| BlockChange::Removed(Position::new(old, block, 0)))
                    .collect()
            }
            (None, Some(new)) => {
                let added = 0..blocks(self.new, new).len();
                added
                    .map(|block| BlockChange::Added(Position::new(new, block, 0)))
                    .collect()
            }
            (None, None) => Vec::new(),
        };
        SectionChange {
            old,
            new,
            status: Status::Same,
            is_moved: false,
            blocks,
        }
    }

    /// The blocks with the same words, in order, and between them those that are alike.
    fn compare_blocks(&self, from: usize, to: usize) -> Vec<BlockChange> {
        let (old, new) = (blocks(self.old, from), blocks(self.new, to));
        let first = self.starts.get(to).copied().unwrap_or(0);
        let own = self.alignment.blocks_of(from);
        let image = |at: usize| {
            let image = self.alignment.image(own.start + at)?.checked_sub(first)?;
            (image < new.len()).then_some((at, image))
        };
        let images: Vec<(usize, usize)> = (0..old.len()).filter_map(image).collect();
        let mut changes = Vec::new();
        let (mut i, mut j) = (0, 0);
        for (x, y) in diff::rising(&images)
            .into_iter()
            .chain([(old.len(), new.len())])
        {
            let free_old = |at: &usize| self.alignment.image(own.start + at).is_none();
            let free_new = |at: &usize| self.alignment.is_free(first + at);
            let left: Vec<usize> = (i..x).filter(free_old).collect();
            let right: Vec<usize> = (j..y).filter(free_new).collect();
            let pairs = likeness::alike(&of(old, &left), &of(new, &right));
            let alike = pairs
                .into_iter()
                .filter_map(|(k, l)| Some((*left.get(k)?, *right.get(l)?)));
            for (k, l) in alike.chain([(x, y)]) {
                changes.extend(
                    (i..k).map(|block| BlockChange::Removed(Position::new(from, block, 0))),
                );
                changes.extend((j..l).map(|block| BlockChange::Added(Position::new(to, block, 0))));
                if let (Some(a), Some(b)) = (old.get(k), new.get(l)) {
                    let (old, new) = (Position::new(from, k, 0), Position::new(to, l, 0));
                    let is_same = a.text == b.text;
                    changes.push(if is_same {
                        BlockChange::Same { old, new }
                    } else {
                        BlockChange::Changed { old, new }
                    });
                }
                (i, j) = (k + 1, l + 1);
            }
        }
        changes
    }

    /// Blocks that went from one place to another, reported at both: those of at least a few words.
    fn mark_moved(&self, changes: &mut [SectionChange]) {
        let mut starts = vec![0];
        for section in &self.old.sections {
            starts.push(starts.last().copied().unwrap_or(0) + section.blocks.len());
        }
        let number = |starts: &[usize], at: Position| {
            starts.get(at.section).map_or(0, |start| start + at.block)
        };
        let place = |starts: &[usize], number: usize| {
            let section = starts
                .partition_point(|start| *start <= number)
                .saturating_sub(1);
            Position::new(
                section,
                number - starts.get(section).copied().unwrap_or(number),
                0,
            )
        };
        let is_long = |at: Position| {
            self.new
                .text_at(at)
                .unicode_words()
                .nth(LEAST_MOVED - 1)
                .is_some()
        };
        for change in changes.iter_mut().flat_map(|section| &mut section.blocks) {
            *change = match *change {
                BlockChange::Removed(old) => match self.alignment.image(number(&starts, old)) {
                    Some(image) if is_long(place(&self.starts, image)) => BlockChange::MovedAway {
                        old,
                        new: place(&self.starts, image),
                    },
                    _ => *change,
                },
                BlockChange::Added(new) => match self.alignment.origin(number(&self.starts, new)) {
                    Some(origin) if is_long(new) => BlockChange::MovedHere {
                        old: place(&starts, origin),
                        new,
                    },
                    _ => *change,
                },
                other => other,
            };
        }
    }

    fn status(&self, change: &SectionChange) -> Status {
        let title = |report: &Report, section: usize| {
            report
                .sections
                .get(section)
                .map(|section| section.title.clone())
        };
        match (change.old, change.new) {
            (None, _) => Status::Added,
            (_, None) => Status::Removed,
            (Some(old), Some(new)) => {
                let has_same_words = change.blocks.iter().all(|block| block.is_same());
                if !has_same_words || title(self.old, old) != title(self.new, new) {
                    Status::Changed
                } else if change.is_moved {
                    Status::Moved
                } else {
                    Status::Same
                }
            }
        }
    }
}

/// The new sections that are under another section than before, or out of the longest row of
/// siblings that kept their order.
fn moved_sections(old: &Edition, new: &Edition, alignment: &Alignment) -> HashSet<usize> {
    let mut moved = HashSet::new();
    let mut rows: BTreeMap<Option<usize>, Vec<(usize, usize)>> = BTreeMap::new();
    for (at, node) in old.outline().nodes().iter().enumerate() {
        let Some(partner) = alignment.partner(at).map(|partner| partner.section) else {
            continue;
        };
        let parent = new.outline().node(partner).and_then(|node| node.parent);
        let was = node
            .parent
            .map(|parent| alignment.partner(parent).map(|partner| partner.section));
        if was == parent.map(Some) {
            rows.entry(parent).or_default().push((at, partner));
        } else {
            moved.insert(partner);
        }
    }
    for row in rows.into_values() {
        let kept: HashSet<(usize, usize)> = diff::rising(&row).into_iter().collect();
        let left = row.iter().filter(|pair| !kept.contains(pair));
        moved.extend(left.map(|(_, new)| *new));
    }
    moved
}

fn blocks(report: &Report, section: usize) -> &[Block] {
    report
        .sections
        .get(section)
        .map_or(&[], |section| section.blocks.as_slice())
}

fn of<'a>(blocks: &'a [Block], chosen: &[usize]) -> Vec<&'a Block> {
    chosen.iter().filter_map(|at| blocks.get(*at)).collect()
}
