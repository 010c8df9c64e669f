//! What of a comparison is on the screen. Only what is seen is set.

use super::{
    Comparison, Row, Spot,
    item_text::{ItemText, Signs, Style},
    items::{Item, Sign},
};
use crate::reader::viewport::frame::Area;

/// Most items that are kept as they were set.
const MOST_TEXTS: usize = 2_000;

impl Comparison {
    /// Works out what is on the screen.
    pub(super) fn lay(&mut self, area: Area, has_signs: bool) {
        let style = Style {
            width: usize::from(area.width),
            signs: if has_signs { Signs::Words } else { Signs::None },
            is_unfolded: self.is_unfolded,
        };
        if style != self.style || self.texts.len() > MOST_TEXTS {
            self.texts.clear();
            self.style = style;
        }
        self.height = usize::from(area.height).max(1);
        let top = self.line_at(self.top);
        // Nothing is empty below the end where there is more above.
        let last = self.items.len().saturating_sub(1);
        let end = (last, self.text_of(last).lines.len().saturating_sub(1));
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

    pub(super) fn text_of(&mut self, item: usize) -> &ItemText {
        if !self.texts.contains_key(&item) {
            let set = self
                .items
                .get(item)
                .map(|of| ItemText::new(self, *of, self.style))
                .unwrap_or_default();
            self.texts.insert(item, set);
        }
        self.texts.entry(item).or_default()
    }

    /// The item and line of a spot.
    fn line_at(&mut self, spot: Spot) -> (usize, usize) {
        let item = spot.item.min(self.items.len().saturating_sub(1));
        let lines = &self.text_of(item).lines;
        let line = lines
            .iter()
            .rposition(|line| line.start <= spot.byte)
            .unwrap_or(0);
        (item, line)
    }

    pub(super) fn spot_of(&mut self, (item, line): (usize, usize)) -> Spot {
        let byte = self
            .text_of(item)
            .lines
            .get(line)
            .map_or(0, |line| line.start);
        Spot { item, byte }
    }

    /// The line so many lines below another, or above it; the first or last where there are no more.
    pub(super) fn step(&mut self, from: (usize, usize), by: isize) -> (usize, usize) {
        let (mut item, mut left) = (from.0, (from.1 as isize).saturating_add(by));
        while left < 0 && item > 0 {
            item -= 1;
            left += self.text_of(item).lines.len() as isize;
        }
        let mut lines = self.text_of(item).lines.len() as isize;
        while left >= lines && item + 1 < self.items.len() {
            left -= lines;
            item += 1;
            lines = self.text_of(item).lines.len() as isize;
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
            let set = self.text_of(item);
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
