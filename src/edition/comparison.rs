//! What changed between two editions of a report: section by section, block by block. Word
//! changes within a block are in [`word_diff`](crate::text::word_diff).

mod likeness;
mod rows;

use crate::{
    report::{Report, address::Address, position::Position},
    text::wording,
};
pub use rows::compare;

/// What became of a section.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    Added,
    Removed,
    /// Other words: of its title or of its blocks.
    Changed,
    /// Under another section, or elsewhere among those beside it; the words are the same.
    Moved,
    Same,
}

impl Status {
    /// The word for it in listings.
    pub fn name(self) -> &'static str {
        match self {
            Self::Added => "added",
            Self::Removed => "removed",
            Self::Changed => "changed",
            Self::Moved => "moved",
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
    /// Whether it moved; it can have changed as well.
    pub is_moved: bool,
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
    /// What became of it, in words: `2 changed, 5 the same`, `added, 4 paragraphs`.
    pub fn state(&self) -> String {
        let paragraphs = || wording::count(self.blocks.len(), "paragraph");
        match self.status {
            Status::Same => "the same".into(),
            Status::Changed if self.is_moved => format!("moved, {}", self.summary()),
            Status::Changed => self.summary(),
            Status::Added | Status::Removed | Status::Moved => {
                format!("{}, {}", self.status.name(), paragraphs())
            }
        }
    }

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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::{Report, snapshot};

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
