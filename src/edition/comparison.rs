//! What changed between two editions of a report: section by section, block by block. Word
//! changes within a block are in [`word_diff`](crate::text::word_diff).

mod likeness;
mod sections;

use std::collections::{BTreeMap, HashMap};

use unicode_segmentation::UnicodeSegmentation;

use crate::{
    report::{Block, Report, address::Address, position::Position},
    text::diff,
};

/// Fewest words of a block that is reported as moved.
const LEAST_MOVED: usize = 4;

/// What became of a section.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    Added,
    Removed,
    Changed,
    Same,
}

impl Status {
    /// The word for it in listings.
    pub fn name(self) -> &'static str {
        match self {
            Self::Added => "added",
            Self::Removed => "removed",
            Self::Changed => "changed",
            Self::Same => "same",
        }
    }
}

/// What became of a block. Positions are in the edition that has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BlockChange {
    Same {
        old: Position,
        new: Position,
    },
    Changed {
        old: Position,
        new: Position,
    },
    Added(Position),
    Removed(Position),
    /// It went to another place of the new edition.
    MovedAway {
        old: Position,
        new: Position,
    },
    /// It came from another place of the old edition.
    MovedHere {
        old: Position,
        new: Position,
    },
}

/// What became of a section and of its blocks, in the order of the new edition; what was removed
/// is listed where it was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SectionChange {
    /// Index in the old and in the new edition, from 0.
    pub old: Option<usize>,
    pub new: Option<usize>,
    pub status: Status,
    pub blocks: Vec<BlockChange>,
}

impl BlockChange {
    pub fn is_same(self) -> bool {
        matches!(self, Self::Same { .. })
    }

    /// Where it is in the new edition.
    pub fn new_place(self) -> Option<Position> {
        match self {
            Self::Same { new, .. } | Self::Changed { new, .. } | Self::Added(new) => Some(new),
            Self::MovedAway { new, .. } | Self::MovedHere { new, .. } => Some(new),
            Self::Removed(_) => None,
        }
    }

    /// Where it is in the old edition.
    pub fn old_place(self) -> Option<Position> {
        match self {
            Self::Same { old, .. } | Self::Changed { old, .. } | Self::Removed(old) => Some(old),
            Self::MovedAway { old, .. } | Self::MovedHere { old, .. } => Some(old),
            Self::Added(_) => None,
        }
    }

    /// What became of it, with its addresses: `2:4 → 2:5 changed`; `None` where it is the same.
    pub fn caption(self, in_old: &Report, in_new: &Report) -> Option<String> {
        let was = |at: Position| Address::of(at).number(in_old);
        let is = |at: Position| Address::of(at).number(in_new);
        let both = |old: Position, new: Position| {
            let (old, new) = (was(old), is(new));
            if old == new {
                new
            } else {
                format!("{old} → {new}")
            }
        };
        match self {
            Self::Same { .. } => None,
            Self::Changed { old, new } => Some(format!("{} changed", both(old, new))),
            Self::Added(new) => Some(format!("{} added", is(new))),
            Self::Removed(old) => Some(format!("{} removed", was(old))),
            Self::MovedAway { old, new } => Some(format!("{} moved to {}", was(old), is(new))),
            Self::MovedHere { old, new } => {
                Some(format!("{} moved here from {}", is(new), was(old)))
            }
        }
    }
}

impl SectionChange {
    /// How many blocks became what: `2 changed, 1 added, 5 the same`.
    pub fn summary(&self) -> String {
        let count = |wanted: fn(&BlockChange) -> bool| {
            self.blocks.iter().filter(|block| wanted(block)).count()
        };
        let parts = [
            (
                count(|block| matches!(block, BlockChange::Changed { .. })),
                "changed",
            ),
            (
                count(|block| matches!(block, BlockChange::Added(_))),
                "added",
            ),
            (
                count(|block| matches!(block, BlockChange::Removed(_))),
                "removed",
            ),
            (
                count(|block| {
                    matches!(
                        block,
                        BlockChange::MovedAway { .. } | BlockChange::MovedHere { .. }
                    )
                }),
                "moved",
            ),
            (count(|block| block.is_same()), "the same"),
        ];
        let parts: Vec<String> = parts
            .iter()
            .filter(|(count, _)| *count > 0)
            .map(|(count, word)| format!("{count} {word}"))
            .collect();
        parts.join(", ")
    }
}

/// Compares two editions; sections in the order of the new one.
pub fn compare(old: &Report, new: &Report) -> Vec<SectionChange> {
    let partners = sections::partners(old, new);
    let mut changes: Vec<SectionChange> = Vec::new();
    let mut removed = (0..old.sections.len())
        .filter(|section| !partners.contains(&Some(*section)))
        .peekable();
    for (index, partner) in partners.iter().enumerate() {
        while let Some(gone) =
            removed.next_if(|gone| partner.is_some_and(|partner| *gone < partner))
        {
            changes.push(section_change(old, new, Some(gone), None));
        }
        changes.push(section_change(old, new, *partner, Some(index)));
    }
    changes.extend(removed.map(|gone| section_change(old, new, Some(gone), None)));
    mark_moved(old, new, &mut changes);
    for change in &mut changes {
        change.status = status(old, new, change);
    }
    changes
}

fn section_change(
    old: &Report,
    new: &Report,
    from: Option<usize>,
    to: Option<usize>,
) -> SectionChange {
    let (before, after) = (blocks(old, from), blocks(new, to));
    let blocks = match (from, to) {
        (Some(from), Some(to)) => compare_blocks(before, after, from, to),
        (Some(from), None) => (0..before.len())
            .map(|block| BlockChange::Removed(Position::new(from, block, 0)))
            .collect(),
        (_, to) => (0..after.len())
            .map(|block| BlockChange::Added(Position::new(to.unwrap_or(0), block, 0)))
            .collect(),
    };
    SectionChange {
        old: from,
        new: to,
        status: Status::Same,
        blocks,
    }
}

fn blocks(report: &Report, section: Option<usize>) -> &[Block] {
    section
        .and_then(|section| report.sections.get(section))
        .map_or(&[], |section| section.blocks.as_slice())
}

fn compare_blocks(old: &[Block], new: &[Block], from: usize, to: usize) -> Vec<BlockChange> {
    let mut numbers: HashMap<&str, u32> = HashMap::new();
    let mut number = |text| {
        let next = numbers.len() as u32;
        *numbers.entry(text).or_insert(next)
    };
    let a: Vec<u32> = old
        .iter()
        .map(|block| number(block.text.as_str()))
        .collect();
    let b: Vec<u32> = new
        .iter()
        .map(|block| number(block.text.as_str()))
        .collect();
    let mut changes = Vec::new();
    let (mut i, mut j) = (0, 0);
    for (x, y) in diff::pairs(&a, &b).into_iter().chain([(a.len(), b.len())]) {
        let alike = likeness::alike(
            old.get(i..x).unwrap_or_default(),
            new.get(j..y).unwrap_or_default(),
        );
        let (first, second) = (i, j);
        for (k, l) in alike
            .into_iter()
            .map(|(k, l)| (k + first, l + second))
            .chain([(x, y)])
        {
            changes.extend((i..k).map(|block| BlockChange::Removed(Position::new(from, block, 0))));
            changes.extend((j..l).map(|block| BlockChange::Added(Position::new(to, block, 0))));
            let (old, new) = (Position::new(from, k, 0), Position::new(to, l, 0));
            if k < x {
                changes.push(BlockChange::Changed { old, new });
            } else if x < a.len() {
                changes.push(BlockChange::Same { old, new });
            }
            (i, j) = (k + 1, l + 1);
        }
    }
    changes
}

/// Blocks that went from one place to another, reported at both: those of at least a few words that
/// were removed once and added once.
fn mark_moved(old: &Report, new: &Report, changes: &mut [SectionChange]) {
    let mut places: BTreeMap<&str, (Vec<Position>, Vec<Position>)> = BTreeMap::new();
    for change in changes.iter().flat_map(|section| &section.blocks) {
        match change {
            BlockChange::Removed(at) => places.entry(old.text_at(*at)).or_default().0.push(*at),
            BlockChange::Added(at) => places.entry(new.text_at(*at)).or_default().1.push(*at),
            _ => {}
        }
    }
    let mut moves = (HashMap::new(), HashMap::new());
    for (text, (from, to)) in places {
        if let ([from], [to]) = (from.as_slice(), to.as_slice())
            && text.unicode_words().count() >= LEAST_MOVED
        {
            moves.0.insert(*from, *to);
            moves.1.insert(*to, *from);
        }
    }
    for change in changes.iter_mut().flat_map(|section| &mut section.blocks) {
        *change = match *change {
            BlockChange::Removed(old) => moves
                .0
                .get(&old)
                .map_or(*change, |&new| BlockChange::MovedAway { old, new }),
            BlockChange::Added(new) => moves
                .1
                .get(&new)
                .map_or(*change, |&old| BlockChange::MovedHere { old, new }),
            other => other,
        };
    }
}

fn status(old: &Report, new: &Report, change: &SectionChange) -> Status {
    let title = |report: &Report, section: usize| {
        report
            .sections
            .get(section)
            .map(|section| (section.title.clone(), section.level))
    };
    match (change.old, change.new) {
        (None, _) => Status::Added,
        (_, None) => Status::Removed,
        (Some(from), Some(to)) => {
            let is_untouched = change.blocks.iter().all(|block| block.is_same())
                && title(old, from) == title(new, to);
            if is_untouched {
                Status::Same
            } else {
                Status::Changed
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::snapshot;

    fn reported(old: &Report, new: &Report) -> Vec<(&'static str, usize)> {
        let changed = |section: &SectionChange| {
            section
                .blocks
                .iter()
                .filter(|block| !matches!(block, BlockChange::Same { .. }))
                .count()
        };
        compare(old, new)
            .iter()
            .map(|section| (section.status.name(), changed(section)))
            .collect()
    }

    #[test]
    fn the_same_edition_has_no_change() {
        let report = snapshot::bundled();
        assert_eq!(
            reported(&report, &report),
            [("same", 0), ("same", 0), ("same", 0)]
        );
    }

    #[test]
    fn blocks_are_reported_as_changed_added_removed_or_moved() {
        let old = snapshot::bundled();
        let mut new = old.clone();
        let blocks = &mut new.sections[1].blocks;
        blocks[2].text = blocks[2].text.replace("strong message", "clear message");
        let moved = blocks.remove(4);
        blocks.remove(3);
        new.sections[2].blocks.insert(1, moved);
        let changes = compare(&old, &new);
        let at = Position::new;
        assert!(changes[1].blocks.contains(&BlockChange::Changed {
            old: at(1, 2, 0),
            new: at(1, 2, 0)
        }));
        assert!(
            changes[1]
                .blocks
                .contains(&BlockChange::Removed(at(1, 3, 0)))
        );
        assert!(changes[1].blocks.contains(&BlockChange::MovedAway {
            old: at(1, 4, 0),
            new: at(2, 1, 0)
        }));
        assert!(changes[2].blocks.contains(&BlockChange::MovedHere {
            old: at(1, 4, 0),
            new: at(2, 1, 0)
        }));
        assert_eq!(
            reported(&old, &new),
            [("same", 0), ("changed", 3), ("changed", 1)]
        );
    }

    #[test]
    fn sections_are_known_by_id_then_title_then_blocks() {
        let old = snapshot::bundled();
        let mut new = old.clone();
        new.sections[0].id = "front".into();
        new.sections[1].id = "secretary".into();
        new.sections[1].title = "A message".into();
        let removed = new.sections.remove(2);
        assert_eq!(
            reported(&old, &new),
            [
                ("same", 0),
                ("changed", 0),
                ("removed", removed.blocks.len())
            ]
        );
        assert_eq!(reported(&new, &old)[2], ("added", removed.blocks.len()));
    }
}
