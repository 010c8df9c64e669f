//! Where everything is on the screen, in columns and rows. Pure arithmetic that saturates.

use super::Room;
use crate::command::settings::Settings;

/// Smallest window that can be read in.
pub const SMALLEST: (u16, u16) = (20, 5);
/// Windows of at least this many columns have notes beside the text.
const MARGIN_FROM: u16 = 110;
/// Rows of the note box and the panel where little is in them: border, quote and text.
const BOX_ROWS: u16 = 10;
/// Rows of a box, at the least, that gives way to what it is about.
const LOWEST_BOX: u16 = 6;
/// Columns of text that a section pane leaves, where its titles need more than the least.
const PANE_LEAVES: u16 = 66;
/// Fewest columns of the pane, and of what a reader leaves beside it.
const NARROWEST: (u16, u16) = (12, 40);
/// Columns of the notes beside the text.
const MARGIN: u16 = 24;
/// Columns of signs at the left of the text: cursor, note or highlight, bookmark, a blank.
const GUTTER: u16 = 4;
/// Windows of fewer columns have one column of signs.
const SIGNS_FROM: u16 = 30;
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
    pub fn new(size: (u16, u16), settings: &Settings, wanted: Room) -> Option<Self> {
        let (columns, rows) = size;
        let pane_focused = wanted.has_pane_focus;
        let pane_beside = settings.pane_beside(columns, pane_focused);
        if columns < SMALLEST.0 || rows < SMALLEST.1 {
            return None;
        }
        let body = rows - 1;
        let has_heading = body >= 6 && !settings.text_only;
        let top = u16::from(has_heading);
        let bar = u16::from(!settings.text_only);
        let numbers = if settings.numbers_shown { NUMBERS } else { 0 };
        let gutter = if columns < SIGNS_FROM { 1 } else { GUTTER };
        let has_margin = wanted.has_notes && columns >= MARGIN_FROM;
        let margin = if has_margin && !settings.text_only {
            MARGIN + 2
        } else {
            0
        };
        let pane_width = if pane_beside {
            wanted.pane.at(columns.saturating_sub(margin))
        } else {
            0
        };
        let left = if pane_beside { pane_width + 1 } else { 0 };
        let room = columns
            .saturating_sub(left + numbers + gutter + bar + 1 + margin)
            .max(1);
        let width = settings.width.min(room);
        // Room to spare goes to both sides, but the text stays near the pane that leads to it.
        let spare = (room - width) / if pane_beside { 4 } else { 2 };
        let x = left + spare;
        let area = |x: u16, width: u16| Area::new((x, top), width, body - top);
        let text = area(x + numbers + gutter, width);
        let covers = pane_focused && !pane_beside;
        let pane_columns = if covers { columns } else { pane_width };
        let pane = Area::new((0, 0), pane_columns, body);
        let right = columns.saturating_sub(text.x + 1);
        Some(Self {
            sections: (covers || pane_beside).then_some(pane),
            covers,
            heading: has_heading.then_some(Area::new((text.x, 0), right, 1)),
            numbers: settings.numbers_shown.then(|| area(x, numbers)),
            gutter: area(x + numbers, gutter),
            text,
            margin: (margin > 0).then(|| area(text.x + width + 2, MARGIN)),
            bar: (bar > 0).then(|| area(columns - 1, 1)),
            list: None,
            status: Area::new((0, rows - 1), columns, 1),
            room,
        })
    }

    /// Gives room to a list of so many rows below the text, at most three fifths of the height.
    pub fn give_list_room(&mut self, rows: usize) {
        let body = self.status.y;
        let wanted = u16::try_from(rows.saturating_add(2))
            .unwrap_or(u16::MAX)
            .max(8);
        let rows = (body * 3 / 5)
            .min(wanted)
            .max(3)
            .min(self.text.y + self.text.height - 1 - self.text.y);
        self.list = Some(Area {
            x: 0,
            y: body - rows,
            width: self.status.width,
            height: rows,
        });
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
    /// of the `seen` rows. It grows from ten rows to the rows `wanted` as far as it hides none of
    /// them, and to two thirds of the height at the most; it stays on its side while it grows.
    pub fn box_area(&self, wanted: u16, seen: std::ops::Range<u16>) -> Area {
        let most = (self.text.height * 2 / 3).max(4);
        let height = BOX_ROWS.min(most).min(self.text.height);
        let above = seen.start.min(height);
        let at_top = above >= LOWEST_BOX && seen.end > self.text.height - height;
        let (height, room) = if at_top {
            (above, seen.start)
        } else {
            (height, self.text.height.saturating_sub(seen.end))
        };
        let height = height.max(wanted.min(most).min(room));
        let y = if at_top {
            self.text.y
        } else {
            self.text.y + self.text.height - height
        };
        Area {
            x: self.gutter.x,
            y,
            width: self.box_width(),
            height,
        }
    }

    /// Columns of a box over the text, its border included.
    pub fn box_width(&self) -> u16 {
        (self.text.x + self.text.width + 1).saturating_sub(self.gutter.x)
    }
}

/// Columns of the section pane.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct PaneWidth {
    /// What its titles need.
    pub needed: u16,
    /// What a reader added, or took away.
    pub added: i16,
}

impl PaneWidth {
    /// Columns in a window of so many: as wide as its titles need while the text keeps its columns,
    /// and as a reader made it.
    pub fn at(self, columns: u16) -> u16 {
        let least = (columns / 4).clamp(20, 28);
        let leaves = columns.saturating_sub(PANE_LEAVES + GUTTER + 3);
        let most = leaves.min(columns * 2 / 5).max(least);
        let (narrowest, beside) = NARROWEST;
        let widest = columns.saturating_sub(beside).max(narrowest);
        let fitting = self.needed.clamp(20, most);
        fitting
            .saturating_add_signed(self.added)
            .clamp(narrowest, widest)
    }
}

impl Area {
    fn new((x, y): (u16, u16), width: u16, height: u16) -> Self {
        Self {
            x,
            y,
            width,
            height,
        }
    }

    /// The area without a border of one cell.
    pub fn inner(self) -> Self {
        Self {
            x: self.x + self.width.min(1),
            y: self.y + self.height.min(1),
            width: self.width.saturating_sub(2),
            height: self.height.saturating_sub(2),
        }
    }

    /// Rows of sections, where this is the section pane: a title and a filter stand above them.
    pub fn rows_of_sections(self) -> u16 {
        self.height.saturating_sub(2)
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
        for columns in 0..240_u16 {
            for rows in [0, 4, 5, 6, 7, 12, 24, 60] {
                for (beside, focused) in
                    [(false, false), (false, true), (true, false), (true, true)]
                {
                    for numbers_shown in [false, true] {
                        let settings = Settings {
                            numbers_shown,
                            ..Settings::default()
                        };
                        let settings = Settings {
                            sections_shown: beside,
                            ..settings
                        };
                        let room = Room {
                            has_pane_focus: focused,
                            pane: PaneWidth {
                                needed: columns.wrapping_mul(7) % 90,
                                added: rows as i16 * 2 - 30,
                            },
                            has_notes: rows % 3 == 0,
                            list: None,
                        };
                        let Some(mut frame) = Frame::new((columns, rows), &settings, room) else {
                            continue;
                        };
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
                            assert!(
                                part.x + part.width <= columns && part.y + part.height <= rows,
                                "{part:?} in {columns}x{rows}"
                            );
                        }
                        assert!(frame.text.width > 0 && frame.text.height > 0);
                    }
                }
            }
        }
    }

    #[test]
    fn the_pane_is_as_wide_as_its_titles_while_the_text_keeps_66_columns() {
        let with = |columns: u16, needed: u16, added: i16| {
            let room = Room {
                pane: PaneWidth { needed, added },
                ..Room::default()
            };
            let frame = Frame::new((columns, 30), &Settings::default(), room).expect("a frame");
            let pane = frame.sections.map(|pane| pane.width).expect("a pane");
            (pane, frame.text.width)
        };
        assert_eq!(with(120, 36, 0), (36, 72));
        assert_eq!(with(120, 99, 0), (47, 66));
        assert_eq!(with(120, 12, 0), (20, 72));
        assert_eq!(with(80, 36, 0), (20, 53), "a narrow window keeps the least");
        assert_eq!(with(120, 36, -6), (30, 72));
        assert_eq!(with(120, 99, 20), (67, 46), "a reader may take more");
        assert_eq!(with(120, 99, 999).0, 80);
        assert_eq!(with(120, 20, -99).0, 12);
    }

    #[test]
    fn there_is_room_for_notes_beside_the_text_only_where_there_are_notes() {
        let margin = |has_notes: bool| {
            let room = Room {
                has_notes,
                ..Room::default()
            };
            let frame = Frame::new((130, 30), &Settings::default(), room).expect("a frame");
            frame.margin.is_some()
        };
        assert!(margin(true) && !margin(false));
    }

    #[test]
    fn a_box_grows_with_what_is_in_it_and_hides_nothing_more_of_what_it_is_about() {
        let hidden = Settings {
            sections_shown: false,
            ..Settings::default()
        };
        for rows in 5..60 {
            let Some(frame) = Frame::new((80, rows), &hidden, Room::default()) else {
                continue;
            };
            for first in 0..frame.text.height {
                for last in first..=frame.text.height {
                    let little = frame.box_area(0, first..last);
                    let much = frame.box_area(u16::MAX, first..last);
                    let is_below =
                        |area: Area| area.y + area.height == frame.text.y + frame.text.height;
                    assert_eq!(
                        is_below(little) && little.y > frame.text.y,
                        is_below(much) && much.y > frame.text.y,
                        "it changed sides"
                    );
                    assert!(
                        much.height >= little.height
                            && much.height <= (frame.text.height * 2 / 3).max(4)
                    );
                    let hidden = |area: Area| {
                        (first..last)
                            .filter(|y| area.contains(area.x, frame.text.y + y))
                            .count()
                    };
                    assert_eq!(
                        hidden(much),
                        hidden(little),
                        "{first}..{last} of {rows} rows"
                    );
                }
            }
        }
        let frame = Frame::new((80, 40), &hidden, Room::default()).expect("a frame");
        assert_eq!(frame.box_area(16, 0..5).height, 16);
        assert_eq!(
            frame.box_area(16, 0..26).height,
            12,
            "what is left below the passage"
        );
    }
}
