//! The mouse: the wheel scrolls, a click goes to a section or puts the cursor on a paragraph.

use crossterm::event::{MouseButton, MouseEvent, MouseEventKind};

use crate::{command::Command, reader::Reader, view};

/// Rows that one notch of the wheel scrolls.
const NOTCH: usize = 3;

pub fn take(reader: &mut Reader, event: MouseEvent) {
    match event.kind {
        MouseEventKind::ScrollDown => reader.roll(Command::LineDown, NOTCH),
        MouseEventKind::ScrollUp => reader.roll(Command::LineUp, NOTCH),
        MouseEventKind::Down(MouseButton::Left) => click(reader, event.column, event.row),
        _ => {}
    }
}

fn click(reader: &mut Reader, x: u16, y: u16) {
    let Some(frame) = reader.frame.clone().filter(|_| reader.overlay.is_none()) else { return };
    match frame.sections.filter(|area| area.contains(x, y)) {
        Some(area) => {
            if let Some(listed) = view::section_at(reader, area, y) {
                reader.click_section(listed);
            }
        }
        None if frame.text.y <= y => reader.click_text(usize::from(y - frame.text.y)),
        None => {}
    }
}
