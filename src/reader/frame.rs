//! Where everything is on the screen, in columns and rows. Pure arithmetic that saturates.

use super::settings::Settings;

/// Smallest window that can be read in.
pub const SMALLEST: (u16, u16) = (20, 5);
/// Windows of at least this many columns have notes beside the text.
const MARGIN_FROM: u16 = 110;
/// Rows of a box, at the least, that gives way to what it is about.
const LOWEST_BOX: u16 = 6;
/// Columns of the notes beside the text.
const MARGIN: u16 = 24;
/// Columns of signs at the left of the text: cursor, note or highlight, bookmark, a blank.
const GUTTER: u16 = 4;
/// Columns of paragraph numbers such as `12:345`.
const NUMBERS: u16 = 7;

/// A rectangle of the screen.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Area {
    pub x: u16,
    pub y: u16,
    pub width: u16,
    pub height: u16,
}

/// The parts of the screen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Frame {
    pub sections: Option<Area>,
    /// Whether the section pane covers the text instead of standing beside it.
    pub covers: bool,
    pub heading: Option<Area>,
    pub numbers: Option<Area>,
    pub gutter: Area,
    pub text: Area,
    /// Notes beside the text.
    pub margin: Option<Area>,
    pub bar: Option<Area>,
    /// A list below the text, where one is open.
    pub list: Option<Area>,
    pub status: Area,
    /// Columns that the text could take at the most here.
    pub room: u16,
}

impl Frame {
    /// The frame for a window of `size` columns and rows; `None` where it is too small.
    pub fn new(size: (u16, u16), settings: &Settings, pane_beside: bool, pane_focused: bool) -> Option<Self> {
        let (columns, rows) = size;
        if columns < SMALLEST.0 || rows < SMALLEST.1 {
            return None;
        }
        let body = rows - 1;
        let pane_width = if pane_beside { pane_width(columns) } else { 0 };
        let left = if pane_beside { pane_width + 1 } else { 0 };
        let has_heading = body >= 6 && !settings.text_only;
        let top = u16::from(has_heading);
        let bar = u16::from(!settings.text_only);
        let numbers = if settings.numbers_shown { NUMBERS } else { 0 };
        let margin = if columns >= MARGIN_FROM && !settings.text_only { MARGIN + 2 } else { 0 };
        let room = columns.saturating_sub(left + numbers + GUTTER + bar + 1 + margin).max(1);
        let width = settings.measure.min(room);
        // Room to spare goes to both sides, but the text stays near the pane that leads to it.
        let spare = (room - width) / if pane_beside { 4 } else { 2 };
        let x = left + spare;
        let area = |x: u16, width: u16| Area { x, y: top, width, height: body - top };
        let text = area(x + numbers + GUTTER, width);
        let covering = (pane_focused && !pane_beside).then_some(Area { x: 0, y: 0, width: columns, height: body });
        Some(Self {
            sections: covering.or_else(|| pane_beside.then_some(Area { x: 0, y: 0, width: pane_width, height: body })),
            covers: covering.is_some(),
            heading: has_heading.then_some(Area { x: text.x, y: 0, width: columns.saturating_sub(text.x + 1), height: 1 }),
            numbers: settings.numbers_shown.then(|| area(x, numbers)),
            gutter: area(x + numbers, GUTTER),
            text,
            margin: (margin > 0).then(|| area(text.x + width + 2, MARGIN)),
            bar: (bar > 0).then(|| area(columns - 1, 1)),
            list: None,
            status: Area { x: 0, y: rows - 1, width: columns, height: 1 },
            room,
        })
    }

    /// Gives room to a list of so many rows below the text, at most three fifths of the height.
    pub fn give_list_room(&mut self, rows: usize) {
        let body = self.status.y;
        let wanted = u16::try_from(rows.saturating_add(2)).unwrap_or(u16::MAX).max(8);
        let rows = (body * 3 / 5).min(wanted).max(3).min(self.text.y + self.text.height - 1 - self.text.y);
        self.list = Some(Area { x: 0, y: body - rows, width: self.status.width, height: rows });
        let parts = [
            Some(&mut self.gutter),
            Some(&mut self.text),
            self.sections.as_mut(),
            self.numbers.as_mut(),
            self.margin.as_mut(),
            self.bar.as_mut(),
        ];
        for part in parts.into_iter().flatten() {
            part.height = part.height.min((body - rows).saturating_sub(part.y));
        }
    }

    /// Where a box over the text stands: at the bottom, or at the top where only that hides none
    /// of the `seen` rows. `rows` wanted are cut to two thirds of the height.
    pub fn box_area(&self, rows: u16, seen: std::ops::Range<u16>) -> Area {
        let (x, right) = (self.gutter.x, self.text.x + self.text.width + 1);
        let height = rows.clamp(3, (self.text.height * 2 / 3).max(4)).min(self.text.height);
        let above = seen.start.min(height);
        let at_top = above >= LOWEST_BOX && seen.end > self.text.height - height;
        let height = if at_top { above } else { height };
        let y = if at_top { self.text.y } else { self.text.y + self.text.height - height };
        Area { x, y, width: right.saturating_sub(x), height }
    }
}

fn pane_width(columns: u16) -> u16 {
    (columns / 4).clamp(20, 28)
}

impl Area {
    /// The area without a border of one cell.
    pub fn inner(self) -> Self {
        Self {
            x: self.x + self.width.min(1),
            y: self.y + self.height.min(1),
            width: self.width.saturating_sub(2),
            height: self.height.saturating_sub(2),
        }
    }

    pub fn contains(self, x: u16, y: u16) -> bool {
        x >= self.x && y >= self.y && x - self.x < self.width && y - self.y < self.height
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_part_is_inside_the_window() {
        for columns in 0..240 {
            for rows in [0, 4, 5, 6, 7, 12, 24, 60] {
                for (beside, focused) in [(false, false), (false, true), (true, false), (true, true)] {
                    for numbers_shown in [false, true] {
                        let settings = Settings { numbers_shown, ..Settings::default() };
                        let Some(mut frame) = Frame::new((columns, rows), &settings, beside && columns >= 70, focused) else { continue };
                        if rows % 2 == 0 {
                            frame.give_list_room(usize::MAX);
                        }
                        let parts = [
                            frame.list,
                            frame.sections,
                            frame.heading,
                            frame.numbers,
                            Some(frame.gutter),
                            Some(frame.text),
                            frame.margin,
                            frame.bar,
                            Some(frame.status),
                            Some(frame.box_area(8, 3..9)),
                        ];
                        for part in parts.into_iter().flatten() {
                            assert!(part.x + part.width <= columns && part.y + part.height <= rows, "{part:?} in {columns}x{rows}");
                        }
                        assert!(frame.text.width > 0 && frame.text.height > 0);
                    }
                }
            }
        }
    }
}
