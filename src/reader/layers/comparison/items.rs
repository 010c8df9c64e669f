//! What a comparison is made of, in the order in which it is read.

use crate::{
    edition::comparison::{BlockChange, SectionChange, Status},
    notebook::compared::Compared,
    report::position::{Passage, Position},
    text::wording,
};

/// A part of a comparison. Sections and blocks are those of [`Compared::sections`], by index.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Item {
    Summary,
    /// The title of the notes.
    Notes,
    /// By its index in [`Compared::notes`].
    Note(usize),
    Section(usize),
    /// Sections in a row that stayed, folded.
    SameSections {
        first: usize,
        count: usize,
    },
    Block {
        section: usize,
        block: usize,
    },
    /// Blocks in a row that stayed, folded.
    SameBlocks {
        section: usize,
        first: usize,
        count: usize,
    },
}

/// What is said beside the text, without colours, of what became of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Sign {
    pub character: char,
    pub on_every_line: bool,
}

impl Sign {
    pub const NONE: Self = Self {
        character: ' ',
        on_every_line: false,
    };
}

/// All items; what stayed is folded where it is not asked for.
pub(super) fn of(compared: &Compared, is_unfolded: bool) -> Vec<Item> {
    let mut items = vec![Item::Summary];
    if !compared.notes.is_empty() {
        items.push(Item::Notes);
        items.extend((0..compared.notes.len()).map(Item::Note));
    }
    for (index, section) in compared.sections.iter().enumerate() {
        if section.status == Status::Same && !is_unfolded {
            match items.last_mut() {
                Some(Item::SameSections { count, .. }) => *count += 1,
                _ => items.push(Item::SameSections {
                    first: index,
                    count: 1,
                }),
            }
            continue;
        }
        items.push(Item::Section(index));
        push_blocks(index, section, is_unfolded, &mut items);
    }
    items
}

fn push_blocks(index: usize, section: &SectionChange, is_unfolded: bool, items: &mut Vec<Item>) {
    for (block, change) in section.blocks.iter().enumerate() {
        match items.last_mut() {
            _ if !change.is_same() || is_unfolded => items.push(Item::Block {
                section: index,
                block,
            }),
            Some(Item::SameBlocks { count, .. }) => *count += 1,
            _ => items.push(Item::SameBlocks {
                section: index,
                first: block,
                count: 1,
            }),
        }
    }
}

/// Where an item stands in a list that may be folded otherwise.
pub(super) fn find(items: &[Item], item: &Item) -> usize {
    items
        .partition_point(|other| other.key() <= item.key())
        .saturating_sub(1)
}

impl Item {
    fn key(&self) -> (usize, usize, usize) {
        match *self {
            Self::Summary => (0, 0, 0),
            Self::Notes => (1, 0, 0),
            Self::Note(note) => (2, note, 0),
            Self::Section(section) | Self::SameSections { first: section, .. } => (3, section, 0),
            Self::Block { section, block }
            | Self::SameBlocks {
                section,
                first: block,
                ..
            } => (3, section, block + 1),
        }
    }

    /// The change of a block that this is.
    pub(super) fn block(self, compared: &Compared) -> Option<BlockChange> {
        let Self::Block { section, block } = self else {
            return None;
        };
        compared.sections.get(section)?.blocks.get(block).copied()
    }

    /// Whether it tells of a change: of a block, or of a section's title.
    pub(super) fn is_change(&self, compared: &Compared) -> bool {
        match *self {
            Self::Block { .. } => self.block(compared).is_some_and(|change| !change.is_same()),
            Self::Section(section) => compared.sections.get(section).is_some_and(|section| {
                let old = section.old.and_then(|old| compared.old.sections.get(old));
                let new = section.new.and_then(|new| compared.new.sections.get(new));
                old.zip(new)
                    .is_some_and(|(old, new)| old.title != new.title)
            }),
            _ => false,
        }
    }

    pub(super) fn sign(&self, compared: &Compared) -> Sign {
        let (character, on_every_line) = match self.block(compared) {
            Some(BlockChange::Changed { .. }) => ('~', false),
            Some(BlockChange::Added(_)) => ('+', true),
            Some(BlockChange::Removed(_)) => ('-', true),
            Some(BlockChange::MovedAway { .. }) => ('<', false),
            Some(BlockChange::MovedHere { .. }) => ('>', false),
            None if matches!(self, Self::Note(_)) => ('●', false),
            None if self.is_change(compared) => ('~', false),
            Some(BlockChange::Same { .. }) | None => return Sign::NONE,
        };
        Sign {
            character,
            on_every_line,
        }
    }

    /// What stands above the text while it is the first on the screen: the section it is in.
    pub(super) fn heading(&self, compared: &Compared, name: &str) -> String {
        let section = match *self {
            Self::Summary => return format!("Changes since {name}"),
            Self::Notes | Self::Note(_) => return "Your notes on what changed".into(),
            Self::Section(section) | Self::SameSections { first: section, .. } => section,
            Self::Block { section, .. } | Self::SameBlocks { section, .. } => section,
        };
        let Some(change) = compared.sections.get(section) else {
            return String::new();
        };
        let new = change
            .new
            .and_then(|index| Some((index, compared.new.sections.get(index)?)));
        let old = || {
            change
                .old
                .and_then(|index| Some((index, compared.old.sections.get(index)?)))
        };
        new.or_else(old)
            .map(|(index, section)| format!("{}  {}", index + 1, wording::one_line(&section.title)))
            .unwrap_or_default()
    }

    /// Where it stands in the new edition, else what follows it there; whether it is there itself.
    pub(super) fn target(&self, compared: &Compared) -> Option<(Position, bool)> {
        match *self {
            Self::Summary | Self::Notes => None,
            Self::Note(note) => {
                let noted = compared.notes.get(note)?;
                let passage = noted
                    .now
                    .passage()
                    .map(|passage| (Passage::start(passage), true));
                passage.or_else(|| Some((place_of_old(compared, noted.was?)?, false)))
            }
            Self::Section(section) | Self::SameSections { first: section, .. } => {
                let change = compared.sections.get(section)?;
                let new = change.new.map(|new| (Position::new(new, 0, 0), true));
                new.or_else(|| Some((nearest(compared, section, 0)?, false)))
            }
            Self::Block { section, block }
            | Self::SameBlocks {
                section,
                first: block,
                ..
            } => {
                let change = compared.sections.get(section)?.blocks.get(block)?;
                let new = change.new_place().map(|new| (new, true));
                new.or_else(|| Some((nearest(compared, section, block)?, false)))
            }
        }
    }
}

/// Where a block of the old edition would stand in the new one.
fn place_of_old(compared: &Compared, old: Position) -> Option<Position> {
    let is_it = |change: &BlockChange| {
        change
            .old_place()
            .is_some_and(|at| at.block_key() == old.block_key())
    };
    let found = compared
        .sections
        .iter()
        .enumerate()
        .find_map(|(index, section)| Some((index, section.blocks.iter().position(is_it)?)));
    let (section, block) = found?;
    let change = compared.sections.get(section)?.blocks.get(block)?;
    change
        .new_place()
        .or_else(|| nearest(compared, section, block))
}

/// The block of the new edition that follows, in the section or after it; else the one before.
fn nearest(compared: &Compared, section: usize, block: usize) -> Option<Position> {
    let stays = |change: &BlockChange| match change {
        BlockChange::MovedAway { .. } => None,
        other => other.new_place(),
    };
    let here = compared
        .sections
        .get(section)
        .map_or(&[][..], |section| &section.blocks);
    let mut after = here.iter().skip(block).filter_map(stays);
    let mut before = here.iter().take(block).rev().filter_map(stays);
    let start = |section: &SectionChange| section.new.map(|new| Position::new(new, 0, 0));
    let mut later = compared.sections.iter().skip(section + 1).filter_map(start);
    let mut earlier = compared
        .sections
        .iter()
        .take(section)
        .rev()
        .filter_map(start);
    after
        .next()
        .or_else(|| before.next())
        .or_else(|| later.next())
        .or_else(|| earlier.next())
}
