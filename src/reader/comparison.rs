//! A comparison as it is read: its items, where one is in it, and what of it is on the screen.
//! Only what is seen is set.

mod items;
mod setting;

use std::{collections::HashMap, sync::Arc};

pub use items::Item;
use items::Sign;
pub use setting::Mark;
use setting::{Looks, Set, Signs};

use super::frame::Area;
use crate::{
    edition::comparison::Status, notebook::compared::Compared, report::position::Position,
    text::wording,
};

/// Columns left of the text: cursor, sign, a blank.
pub const SIGNS: u16 = 3;
/// Most lines that are stepped over at once.
const LONGEST_STEP: isize = 10_000;
/// Most items that are kept as they were set.
const MOST_SET: usize = 2_000;

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
    looks: Looks,
    height: usize,
    set: HashMap<usize, Set>,
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
            looks: Looks::default(),
            height: 1,
            set: HashMap::new(),
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
        self.set.clear();
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
    pub fn text_area(frame: Area, measure: u16) -> Area {
        let width = frame.width.saturating_sub(SIGNS + 1).min(measure).max(1);
        let spare = frame.width.saturating_sub(SIGNS + 1 + width) / 2;
        Area {
            x: frame.x + spare + SIGNS,
            y: frame.y + 1,
            width,
            height: frame.height.saturating_sub(1),
        }
    }

    /// Works out what is on the screen.
    pub(super) fn settle(&mut self, area: Area, has_signs: bool) {
        let looks = Looks {
            width: usize::from(area.width),
            signs: if has_signs { Signs::Words } else { Signs::None },
            is_unfolded: self.is_unfolded,
        };
        if looks != self.looks || self.set.len() > MOST_SET {
            self.set.clear();
            self.looks = looks;
        }
        self.height = usize::from(area.height).max(1);
        let top = self.line_at(self.top);
        // Nothing is empty below the end where there is more above.
        let last = self.items.len().saturating_sub(1);
        let end = (last, self.set(last).lines.len().saturating_sub(1));
        let highest = self.step(end, 1 - self.height as isize);
        let top = top.min(highest);
        self.shown_top = top;
        self.rows = self.rows_from(top);
        let is_title = |item: &Item| {
            top.1 == 0
                && matches!(
                    item,
                    Item::Notes | Item::Section(_) | Item::SameSections { .. }
                )
        };
        let first = self.items.get(top.0).filter(|item| !is_title(item));
        self.heading = first
            .map(|item| item.heading(&self.compared, &self.name))
            .unwrap_or_default();
        self.cursor = self.cursor_in_sight();
    }

    /// The kept cursor where it is seen, else the nearest change that begins on the screen, else
    /// what fills it.
    fn cursor_in_sight(&self) -> usize {
        let kept = self.kept_cursor;
        if self.rows.iter().any(|row| row.item == kept) {
            return kept;
        }
        let is_stop = |item: usize| {
            self.notes.binary_search(&item).is_ok() || self.changes.binary_search(&item).is_ok()
        };
        let begins = |row: &&Row| row.is_first && is_stop(row.item);
        let is_above = self.rows.first().is_none_or(|row| kept < row.item);
        let nearest = match is_above {
            true => self.rows.iter().find(begins).or(self.rows.first()),
            false => self.rows.iter().rfind(begins).or(self.rows.last()),
        };
        nearest.map_or(kept, |row| row.item)
    }

    pub(super) fn scroll(&mut self, by: isize) {
        let line = self.step(self.shown_top, by.clamp(-LONGEST_STEP, LONGEST_STEP));
        self.top = self.spot_of(line);
    }

    pub(super) fn go_to_start(&mut self) {
        self.top = Spot::default();
        self.kept_cursor = 0;
    }

    pub(super) fn go_to_end(&mut self) {
        self.top = Spot {
            item: self.items.len().saturating_sub(1),
            byte: usize::MAX,
        };
        self.kept_cursor = self.items.len().saturating_sub(1);
    }

    /// Rows of a page that keeps two lines, and of half a one.
    pub(super) fn page(&self) -> isize {
        self.height.saturating_sub(2).max(1) as isize
    }

    /// Goes to the next change or note, or to the one before; says whether there was one.
    pub(super) fn move_to_stop(&mut self, by: isize) -> bool {
        let stops: Vec<usize> = self.stops().collect();
        self.move_among(&stops, by)
    }

    /// Goes to the next section, or to the start of the one here and the one before.
    pub(super) fn move_to_section(&mut self, by: isize) -> bool {
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
        self.top = if seen < self.set(item).lines.len() {
            Spot { item, byte: 0 }
        } else {
            self.spot_of(self.shown_top)
        };
    }

    /// Shows what stayed in full, or folds it; what one is at stays on the same row.
    pub(super) fn toggle_unfolded(&mut self) {
        let row = self
            .rows
            .iter()
            .position(|row| row.item == self.cursor && row.is_first);
        let place = self.items.get(self.cursor).copied();
        self.is_unfolded = !self.is_unfolded;
        self.list_items();
        self.looks.is_unfolded = self.is_unfolded;
        self.kept_cursor = place.map_or(0, |place| items::find(&self.items, &place));
        let above = row.unwrap_or(0) as isize;
        let line = self.step((self.kept_cursor, 0), -above);
        self.top = self.spot_of(line);
    }

    /// Where the item at the cursor stands in the report that is read; whether it is there itself.
    pub(super) fn target(&self) -> Option<(Position, bool)> {
        self.items.get(self.cursor)?.target(&self.compared)
    }

    /// The item at the cursor as text, its words marked as `compare` marks them.
    pub(super) fn text(&self) -> String {
        let looks = Looks {
            width: usize::MAX / 2,
            signs: Signs::All,
            is_unfolded: true,
        };
        let item = self.items.get(self.cursor);
        let set = item
            .map(|item| Set::new(self, *item, looks))
            .unwrap_or_default();
        set.text.trim_end().to_owned() + "\n"
    }

    fn set(&mut self, item: usize) -> &Set {
        if !self.set.contains_key(&item) {
            let set = self
                .items
                .get(item)
                .map(|of| Set::new(self, *of, self.looks))
                .unwrap_or_default();
            self.set.insert(item, set);
        }
        self.set.entry(item).or_default()
    }

    /// The item and line of a spot.
    fn line_at(&mut self, spot: Spot) -> (usize, usize) {
        let item = spot.item.min(self.items.len().saturating_sub(1));
        let lines = &self.set(item).lines;
        let line = lines
            .iter()
            .rposition(|line| line.start <= spot.byte)
            .unwrap_or(0);
        (item, line)
    }

    fn spot_of(&mut self, (item, line): (usize, usize)) -> Spot {
        let byte = self.set(item).lines.get(line).map_or(0, |line| line.start);
        Spot { item, byte }
    }

    /// The line so many lines below another, or above it; the first or last where there are no more.
    fn step(&mut self, from: (usize, usize), by: isize) -> (usize, usize) {
        let (mut item, mut left) = (from.0, (from.1 as isize).saturating_add(by));
        while left < 0 && item > 0 {
            item -= 1;
            left += self.set(item).lines.len() as isize;
        }
        let mut lines = self.set(item).lines.len() as isize;
        while left >= lines && item + 1 < self.items.len() {
            left -= lines;
            item += 1;
            lines = self.set(item).lines.len() as isize;
        }
        (item, left.clamp(0, (lines - 1).max(0)) as usize)
    }

    fn rows_from(&mut self, top: (usize, usize)) -> Vec<Row> {
        let (height, mut first) = (self.height, top.1);
        let mut rows = Vec::new();
        for item in top.0..self.items.len() {
            let sign = self
                .items
                .get(item)
                .map_or(Sign::NONE, |item| item.sign(&self.compared));
            let set = self.set(item);
            let lines = (first..set.lines.len()).take(height - rows.len());
            rows.extend(lines.map(|line| {
                let pieces = set.parts(line);
                let has_sign = !pieces.is_empty() && (line == 0 || sign.on_every_line);
                Row {
                    item,
                    is_first: line == 0,
                    sign: if has_sign { sign.character } else { ' ' },
                    pieces,
                }
            }));
            if rows.len() >= height {
                break;
            }
            first = 0;
        }
        rows
    }
}
