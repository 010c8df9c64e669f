//! Draws a [`Reader`] into a buffer and changes nothing.

pub mod ascii;
mod chooser;
mod comparison;
mod help;
mod line;
pub mod links;
mod list;
mod margin;
mod marks;
mod notebox;
pub mod paint;
mod searchbox;
mod sections;
mod status;
mod text;
pub mod theme;

use ratatui::{buffer::Buffer, layout::Rect};

use crate::reader::{
    Reader,
    frame::{Area, Frame},
    overlay::Overlay,
};

/// Where the terminal's cursor is put: column, row, and whether it is seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cursor {
    pub x: u16,
    pub y: u16,
    pub is_visible: bool,
}

impl Cursor {
    /// A place for those who follow the cursor without seeing it: a sign marks it on the screen.
    fn hidden(x: u16, y: u16) -> Self {
        Self {
            x,
            y,
            is_visible: false,
        }
    }
}

/// Draws the whole screen. Returns where the cursor belongs: the caret of what is typed, else
/// what is selected in what lies on top, else the paragraph cursor. Screen readers and braille
/// displays follow it.
pub fn draw(reader: &Reader, buffer: &mut Buffer) -> Option<Cursor> {
    let theme = theme::named(if reader.settings.has_colour {
        reader.settings.theme
    } else {
        "mono"
    });
    let whole = *buffer.area();
    buffer.set_style(whole, theme.text);
    let Some(frame) = &reader.frame else {
        paint::put(buffer, (0, 0), "Window too small", whole.width, theme.text);
        return None;
    };
    let mut cursor = text::draw(reader, frame, &theme, buffer);
    if let Some(area) = frame.margin {
        margin::draw(reader, area, &theme, buffer);
    }
    if let Some(area) = frame.sections {
        cursor = sections::draw(reader, area, frame.covers, &theme, buffer).or(cursor);
    }
    match &reader.overlay {
        Some(Overlay::NoteBox(note)) => cursor = notebox::draw_box(reader, note, &theme, buffer),
        Some(Overlay::Panel(panel)) => cursor = notebox::draw_panel(reader, panel, &theme, buffer),
        Some(Overlay::Help(help)) => {
            help::draw(reader, help, &theme, buffer);
            cursor = Some(Cursor::hidden(0, 0));
        }
        Some(Overlay::List(list)) => {
            cursor = list::draw(reader, list, over_all(frame), &theme, buffer);
        }
        Some(Overlay::Comparison(shown)) => {
            cursor = comparison::draw(reader, shown, &theme, buffer)
        }
        Some(Overlay::Waiting(waiting)) => {
            comparison::draw_waiting(reader, waiting, &theme, buffer)
        }
        Some(Overlay::CommandLine(_) | Overlay::Search(_) | Overlay::Chooser(_)) | None => {}
    }
    if let (Some(Overlay::Chooser(list)), Some(area)) = (&reader.overlay, frame.list) {
        cursor = Some(chooser::draw(reader, list, area, &theme, buffer));
    }
    status::draw(reader, frame.status, &theme, buffer);
    if let Some(Overlay::CommandLine(command)) = &reader.overlay {
        cursor = Some(line::draw(reader, command, frame.status, &theme, buffer));
    }
    if let Some(Overlay::Search(search)) = &reader.overlay {
        cursor = Some(searchbox::draw(
            reader,
            search,
            frame.status,
            &theme,
            buffer,
        ));
    }
    cursor
}

fn rect(area: Area) -> Rect {
    Rect::new(area.x, area.y, area.width, area.height)
}

/// All but the status line.
fn over_all(frame: &Frame) -> Area {
    Area {
        x: 0,
        y: 0,
        width: frame.status.width,
        height: frame.status.y,
    }
}

/// How many choices of the list that is open lie between the selected one and that of a row of the
/// screen, downward; `None` where there is none.
pub fn steps_to(reader: &Reader, y: u16) -> Option<isize> {
    let frame = reader.frame.as_ref()?;
    match &reader.overlay {
        Some(Overlay::List(list)) => list::steps_to(list, over_all(frame), y),
        Some(Overlay::Chooser(chooser)) => chooser::steps_to(reader, chooser, frame.list?, y),
        _ => None,
    }
}

/// Which listed section stands in a row of the section pane.
pub fn section_at(reader: &Reader, area: Area, y: u16) -> Option<usize> {
    let row = usize::from(y.checked_sub(area.y + 2)?);
    let rows = usize::from(area.height.saturating_sub(2));
    let first = sections::first_shown(reader, &reader.listed_sections(), rows);
    (row < rows).then_some(first + row)
}
