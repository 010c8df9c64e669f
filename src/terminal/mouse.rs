//! The mouse: the wheel scrolls, a click opens a section, moves the cursor, follows a link or selects
//! in a list, a drag selects or moves the scroll bar, two clicks select a word and three a paragraph.

use std::time::{Duration, Instant};

use super::input::Pointer;
use crate::{
    reader::{Reader, layers::Layer, viewport::frame::Frame},
    view,
};

/// Rows that one notch of the wheel scrolls.
const NOTCH: isize = 3;
/// Clicks on one cell that follow each other within this count as one double or triple click.
const TOGETHER: Duration = Duration::from_millis(400);

/// The state of the mouse.
#[derive(Debug, Default)]
pub struct Mouse {
    /// Time, cell (row and column of the text area) and count of the last click.
    last: Option<(Instant, (usize, usize), usize)>,
    /// The cell where the held button went down.
    held: Option<(usize, usize)>,
    /// Whether something was selected since.
    has_dragged: bool,
    /// Whether the held button went down on the scroll bar.
    holds_bar: bool,
}

impl Mouse {
    pub fn take(&mut self, reader: &mut Reader, pointer: Pointer) {
        match pointer {
            Pointer::Wheel(notches) => reader.roll(notches.saturating_mul(NOTCH)),
            Pointer::Press(x, y) => self.press(reader, x, y),
            Pointer::Drag(x, y) => self.drag(reader, x, y),
            Pointer::Release => self.release(reader),
        }
    }

    /// A link is followed once it is certain that nothing was to be selected.
    fn release(&mut self, reader: &mut Reader) {
        self.holds_bar = false;
        let cell = self.held.take().filter(|_| !self.has_dragged);
        if let Some((row, column)) = cell {
            reader.end_click(row, column);
        }
    }

    fn press(&mut self, reader: &mut Reader, x: u16, y: u16) {
        self.held = None;
        self.has_dragged = false;
        if let Some(steps) = view::steps_to(reader, y) {
            return reader.click_choice(steps);
        }
        let Some(frame) = text_frame(reader) else {
            return;
        };
        if let Some(percent) = along_bar(&frame, y).filter(|_| is_on_bar(&frame, x, y)) {
            self.holds_bar = true;
            return reader.point_along(percent, true);
        }
        match frame.sections.filter(|area| area.contains(x, y)) {
            Some(area) => {
                if let Some(listed) = view::section_at(reader, area, y) {
                    reader.click_section(listed);
                }
            }
            None if frame.text.y <= y && y < frame.status.y => {
                let cell = cell(&frame, x, y);
                let before = self
                    .last
                    .filter(|(when, at, _)| *at == cell && when.elapsed() < TOGETHER);
                let clicks = before.map_or(1, |(_, _, clicks)| clicks % 3 + 1);
                self.last = Some((Instant::now(), cell, clicks));
                self.held = (clicks == 1).then_some(cell);
                reader.click_text(cell.0, cell.1, clicks);
            }
            None => {}
        }
    }

    fn drag(&mut self, reader: &mut Reader, x: u16, y: u16) {
        let Some(frame) = text_frame(reader) else {
            return;
        };
        if let Some(percent) = along_bar(&frame, y).filter(|_| self.holds_bar) {
            return reader.point_along(percent, false);
        }
        let Some(from) = self.held else { return };
        let to = cell(&frame, x, y);
        if reader.mode().selection().is_none() && to == from {
            return;
        }
        self.last = None;
        self.has_dragged = true;
        reader.drag_text(from, y as isize - frame.text.y as isize, to.1);
    }
}

/// The frame, where the mouse points at the text or at the section pane.
fn text_frame(reader: &Reader) -> Option<Frame> {
    let is_free = matches!(
        reader.layers().top(),
        None | Some(Layer::Sections(_) | Layer::Placing(_))
    );
    reader.viewport().frame().filter(|_| is_free).cloned()
}

fn is_on_bar(frame: &Frame, x: u16, y: u16) -> bool {
    let sections = frame.sections.filter(|_| frame.covers);
    let is_covered = sections.is_some_and(|area| area.contains(x, y));
    frame.bar.is_some_and(|bar| bar.contains(x, y)) && !is_covered
}

/// How far along the report a row of the scroll bar is, in percent.
fn along_bar(frame: &Frame, y: u16) -> Option<usize> {
    let bar = frame.bar?;
    let row = usize::from(y.saturating_sub(bar.y).min(bar.height.saturating_sub(1)));
    Some(row * 100 / usize::from(bar.height.saturating_sub(1)).max(1))
}

/// Row and column of the text area.
fn cell(frame: &Frame, x: u16, y: u16) -> (usize, usize) {
    (
        usize::from(y.saturating_sub(frame.text.y)),
        usize::from(x.saturating_sub(frame.text.x)),
    )
}
