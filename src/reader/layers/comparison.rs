//! A comparison as it is read: its items, where one is in it, and what of it is on the screen.
//! Only what is seen is set.

mod item_text;
mod items;
mod rows;

use std::{collections::HashMap, sync::Arc};

pub use item_text::Mark;
use item_text::{ItemText, Signs, Style};
use items::Item;

use super::{Keys, Then, movement, steps};
use crate::{
    command::{Command, Context},
    edition::comparison::Status,
    notebook::compared::Compared,
    reader::{parts::Parts, viewport::frame::Area},
    report::{address::Address, position::Position},
    text::wording,
};

/// Columns left of the text: cursor, sign, a blank.
pub const SIGNS: u16 = 3;
/// Most lines that are stepped over at once.
const LONGEST_STEP: isize = 10_000;
/// Two editions beside each other, as they are read.
#[derive(Debug)]
pub struct Comparison {
    /// The other report as it was asked for.
    pub name: String,
    pub compared: Arc<Compared>,
    pub items: Vec<Item>,
    /// Whether what stayed is shown in full.
    pub is_unfolded: bool,
    /// Which item Enter goes to: the kept one where it can be seen, else one that can.
    pub cursor: usize,
    kept_cursor: usize,
    /// Which items are changes, and which are notes.
    changes: Vec<usize>,
    notes: Vec<usize>,
    /// What is on the screen, worked out after each command.
    pub rows: Vec<Row>,
    /// The section that the first row is in, where its title is not there.
    pub heading: String,
    /// The kept top: the end may be on the screen before it is reached.
    top: Spot,
    /// The item and line of the first row.
    shown_top: (usize, usize),
    style: Style,
    height: usize,
    texts: HashMap<usize, ItemText>,
}

/// A place in it: an item and a byte of its text, so that no size of the window moves it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
struct Spot {
    item: usize,
    byte: usize,
}

/// One row of the screen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    pub item: usize,
    /// Whether the item begins here.
    pub is_first: bool,
    /// `+`, `-`, `~`, `>`, `<` or a blank: what became of it, without colours.
    pub sign: char,
    pub pieces: Vec<(String, Mark)>,
}

impl Comparison {
    pub fn new(name: String, compared: Arc<Compared>) -> Self {
        let mut comparison = Self {
            name,
            items: Vec::new(),
            is_unfolded: false,
            cursor: 0,
            kept_cursor: 0,
            changes: Vec::new(),
            notes: Vec::new(),
            rows: Vec::new(),
            heading: String::new(),
            top: Spot::default(),
            shown_top: (0, 0),
            style: Style::default(),
            height: 1,
            texts: HashMap::new(),
            compared,
        };
        comparison.list_items();
        let first = comparison.stops().next();
        comparison.kept_cursor = first.unwrap_or(0);
        comparison
    }

    fn list_items(&mut self) {
        self.items = items::of(&self.compared, self.is_unfolded);
        let all = || self.items.iter().enumerate();
        let changes = all()
            .filter(|(_, item)| item.is_change(&self.compared))
            .map(|(index, _)| index)
            .collect();
        let notes = all()
            .filter(|(_, item)| matches!(item, Item::Note(_)))
            .map(|(index, _)| index)
            .collect();
        (self.changes, self.notes) = (changes, notes);
        self.texts.clear();
    }

    /// The items that `n` goes through: notes, then changes.
    fn stops(&self) -> impl Iterator<Item = usize> + '_ {
        self.notes.iter().chain(&self.changes).copied()
    }

    /// `3 of 12 sections changed, 40 changes`.
    pub fn counts(&self) -> String {
        let sections = &self.compared.sections;
        let changed = sections
            .iter()
            .filter(|section| section.status != Status::Same)
            .count();
        format!(
            "{changed} of {} changed, {}",
            wording::count(sections.len(), "section"),
            wording::count(self.changes.len(), "change")
        )
    }

    /// Which change or note one is at and how many there are: `5 of 40`, `note 1 of 2`; before
    /// the first how many there are.
    pub fn place(&self) -> String {
        let is_note = self.notes.last().is_some_and(|last| self.cursor <= *last)
            && self
                .notes
                .first()
                .is_some_and(|first| self.cursor >= *first);
        let of = if is_note { &self.notes } else { &self.changes };
        let upto = of.partition_point(|item| *item <= self.cursor);
        match (is_note, upto) {
            (true, _) => format!("note {upto} of {}", of.len()),
            (false, 0) => wording::count(of.len(), "change"),
            (false, _) => format!("{upto} of {}", of.len()),
        }
    }

    /// Where the text stands in a window.
    pub fn text_area(frame: Area, width: u16) -> Area {
        let width = frame.width.saturating_sub(SIGNS + 1).min(width).max(1);
        let spare = frame.width.saturating_sub(SIGNS + 1 + width) / 2;
        Area {
            x: frame.x + spare + SIGNS,
            y: frame.y + 1,
            width,
            height: frame.height.saturating_sub(1),
        }
    }

    fn scroll(&mut self, by: isize) {
        let line = self.step(self.shown_top, by.clamp(-LONGEST_STEP, LONGEST_STEP));
        self.top = self.spot_of(line);
    }

    fn go_to_start(&mut self) {
        self.top = Spot::default();
        self.kept_cursor = 0;
    }

    fn go_to_end(&mut self) {
        self.top = Spot {
            item: self.items.len().saturating_sub(1),
            byte: usize::MAX,
        };
        self.kept_cursor = self.items.len().saturating_sub(1);
    }

    /// Rows of a page that keeps two lines, and of half a one.
    fn page(&self) -> isize {
        self.height.saturating_sub(2).max(1) as isize
    }

    /// Goes to the next change or note, or to the one before; says whether there was one.
    fn move_to_stop(&mut self, by: isize) -> bool {
        let stops: Vec<usize> = self.stops().collect();
        self.move_among(&stops, by)
    }

    /// Goes to the next section, or to the start of the one here and the one before.
    fn move_to_section(&mut self, by: isize) -> bool {
        let is_section = |item: &Item| matches!(item, Item::Notes | Item::Section(_));
        let sections: Vec<usize> = (0..self.items.len())
            .filter(|&index| self.items.get(index).is_some_and(is_section))
            .collect();
        let moved = self.move_among(&sections, by);
        if moved {
            self.top = Spot {
                item: self.kept_cursor,
                byte: 0,
            };
        }
        moved
    }

    fn move_among(&mut self, items: &[usize], by: isize) -> bool {
        let steps = by.unsigned_abs().saturating_sub(1);
        let found = if by > 0 {
            let after = items
                .get(items.partition_point(|item| *item <= self.cursor)..)
                .unwrap_or_default();
            after.get(steps.min(after.len().saturating_sub(1)))
        } else {
            let before = items
                .get(..items.partition_point(|item| *item < self.cursor))
                .unwrap_or_default();
            before.get(
                before
                    .len()
                    .saturating_sub(steps + 1)
                    .min(before.len().saturating_sub(1)),
            )
        };
        let found = found.copied();
        found.into_iter().for_each(|item| self.go_to_item(item));
        found.is_some()
    }

    /// Puts the cursor on an item. Where it is not whole on the screen it stands at the top.
    fn go_to_item(&mut self, item: usize) {
        self.kept_cursor = item;
        let seen = self.rows.iter().filter(|row| row.item == item).count();
        self.top = if seen < self.text_of(item).lines.len() {
            Spot { item, byte: 0 }
        } else {
            self.spot_of(self.shown_top)
        };
    }

    /// Shows what stayed in full, or folds it; what one is at stays on the same row.
    fn toggle_unfolded(&mut self) {
        let row = self
            .rows
            .iter()
            .position(|row| row.item == self.cursor && row.is_first);
        let place = self.items.get(self.cursor).copied();
        self.is_unfolded = !self.is_unfolded;
        self.list_items();
        self.style.is_unfolded = self.is_unfolded;
        self.kept_cursor = place.map_or(0, |place| items::find(&self.items, &place));
        let above = row.unwrap_or(0) as isize;
        let line = self.step((self.kept_cursor, 0), -above);
        self.top = self.spot_of(line);
    }

    /// Where the item at the cursor stands in the report that is read; whether it is there itself.
    fn target(&self) -> Option<(Position, bool)> {
        self.items.get(self.cursor)?.target(&self.compared)
    }

    /// The item at the cursor as text, its words marked as `compare` marks them.
    pub fn text(&self) -> String {
        let style = Style {
            width: usize::MAX / 2,
            signs: Signs::All,
            is_unfolded: true,
        };
        let item = self.items.get(self.cursor);
        let set = item
            .map(|item| ItemText::new(self, *item, style))
            .unwrap_or_default();
        set.text.trim_end().to_owned() + "\n"
    }
}

impl Comparison {
    /// Scrolls, by whole pages or by halves of them; false where it is another command.
    fn scroll_by(&mut self, command: Command, count: Option<usize>) -> bool {
        match command {
            Command::First => self.go_to_start(),
            Command::Last => self.go_to_end(),
            _ => match movement(command, count, self.page() as usize) {
                Some(by) => self.scroll(by),
                None => return false,
            },
        }
        true
    }

    /// Goes to where a change stands in the report.
    fn go(&self, parts: &mut Parts) -> Then {
        let Some((position, is_there)) = self.target() else {
            let next = parts.keymap.shown(Command::Next, Context::Comparison);
            parts.say(format!("{next} goes to a change first."));
            return Then::Stay;
        };
        parts.viewport.jump_to(position.block_start());
        let gone = match is_there {
            true => "",
            false => "It is not in this edition; it stood before this. ",
        };
        let (back, address) = (
            parts.key(Command::Comparison),
            Address::of(position).number(&parts.report),
        );
        parts.say(format!(
            "{gone}{address}: {back} returns to the comparison."
        ));
        Then::Close
    }

    /// Where its text stands.
    pub fn area(parts: &Parts) -> Area {
        Self::text_area(parts.viewport.over_all(), parts.settings.width)
    }
}

impl Keys for Comparison {
    fn context(&self) -> Option<Context> {
        Some(Context::Comparison)
    }

    fn run(&mut self, command: Command, count: Option<usize>, parts: &mut Parts) -> Then {
        if self.scroll_by(command, count) {
            return Then::Stay;
        }
        let by = steps(count);
        match command {
            Command::Next if !self.move_to_stop(by) => parts.say("This is the last change."),
            Command::Previous if !self.move_to_stop(-by) => parts.say("This is the first change."),
            Command::NextSection if !self.move_to_section(by) => {
                parts.say("This is the last section that changed.")
            }
            Command::PreviousSection if !self.move_to_section(-by) => {
                parts.say("This is the first section that changed.")
            }
            Command::Next | Command::Previous | Command::NextSection | Command::PreviousSection => {
            }
            Command::ToggleFolds => {
                self.toggle_unfolded();
                parts.say(match self.is_unfolded {
                    true => "Unchanged text is shown in full.",
                    false => "Unchanged text is folded.",
                });
            }
            Command::Accept => return self.go(parts),
            Command::Copy => parts.copy_text(self.text()),
            _ => return Then::Pass,
        }
        Then::Stay
    }

    fn refresh(&mut self, parts: &mut Parts) {
        let has_signs = !parts.settings.has_colour || parts.settings.theme == "mono";
        self.lay(Self::area(parts), has_signs);
    }
}
