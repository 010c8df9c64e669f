//! Draws a [`Reader`] into a buffer and changes nothing.

mod annotation_list;
pub mod ascii;
mod collection;
mod command_line;
mod comparison;
mod gutter;
mod help;
pub mod links;
mod margin;
mod note_box;
pub mod paint;
mod palette;
mod picker;
mod record_list;
mod scroll_bar;
mod search_box;
mod sections;
mod status;
mod strip;
mod text;
mod text_line;
mod text_style;
pub mod theme;

use paint::Canvas;
use ratatui::{buffer::Buffer, style::Style};

use crate::reader::{Reader, layers::Layer, viewport::frame::Area};

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
/// what is selected in the layer on top, else the paragraph cursor. Screen readers and braille
/// displays follow it.
pub fn draw(reader: &Reader, buffer: &mut Buffer) -> Option<Cursor> {
    let theme = theme::of(reader.settings());
    let page = match has_box(reader) {
        true => theme.behind(),
        false => theme,
    };
    let whole = *buffer.area();
    if page.text != Style::default() {
        buffer.set_style(whole, page.text);
    }
    let mut canvas = Canvas {
        buffer,
        theme: &page,
    };
    let Some(frame) = reader.viewport().frame() else {
        canvas.put((0, 0), "Window too small", whole.width, theme.text);
        return None;
    };
    let mut cursor = text::draw(reader, frame, &mut canvas);
    strip::draw(reader, frame, &mut canvas);
    if let Some(area) = frame.margin {
        margin::draw(reader, area, &mut canvas);
    }
    if let Some(area) = frame.sections {
        cursor = sections::draw(reader, area, frame.covers, &mut canvas).or(cursor);
    }
    canvas.theme = &theme;
    let layers = reader.layers();
    if let Some(layer) = layers.top() {
        cursor = draw_layer(reader, layer, &mut canvas).or(cursor);
    }
    status::draw(reader, frame.status, &mut canvas);
    let cursor = cursor.map(|cursor| Cursor {
        is_visible: cursor.is_visible || reader.settings().has_cursor,
        ..cursor
    });
    match layers.top() {
        Some(Layer::CommandLine(line)) => {
            Some(command_line::draw(reader, line, frame.status, &mut canvas))
        }
        Some(Layer::SearchBox(search)) => {
            Some(search_box::draw(reader, search, frame.status, &mut canvas))
        }
        _ => cursor,
    }
}

/// Whether a box lies over the text that leaves some of it in sight.
fn has_box(reader: &Reader) -> bool {
    matches!(
        reader.layers().top(),
        Some(Layer::NoteBox(_) | Layer::NotePanel(_) | Layer::Picker(_))
    )
}

/// Draws the layer on top, above the status line; returns where the cursor is in it.
fn draw_layer(reader: &Reader, layer: &Layer, canvas: &mut Canvas<'_>) -> Option<Cursor> {
    let all = reader.viewport().over_all();
    match layer {
        Layer::NoteBox(note) => note_box::draw_box(reader, note, canvas),
        Layer::NotePanel(panel) => note_box::draw_panel(reader, panel, canvas),
        Layer::AnnotationList(list) => annotation_list::draw(reader, list, all, canvas),
        Layer::Picker(picker) => {
            let area = reader.viewport().frame()?.list?;
            Some(picker::draw(reader, picker, area, canvas))
        }
        Layer::Comparison(shown) => comparison::draw(reader, shown, canvas),
        Layer::RecordList(list) => Some(record_list::draw(reader, list, all, canvas)),
        Layer::Collection(shown) => collection::draw(reader, shown, canvas),
        Layer::Waiting(waiting) => comparison::draw_waiting(reader, waiting, canvas),
        Layer::Help(help) => Some(help::draw(reader, help, canvas)),
        Layer::Sections(_) | Layer::Placing(_) | Layer::CommandLine(_) | Layer::SearchBox(_) => {
            None
        }
    }
}

/// How many choices of the list that is open lie between the selected one and that of a row of the
/// screen, downward; `None` where there is none.
pub fn steps_to(reader: &Reader, y: u16) -> Option<isize> {
    match reader.layers().top()? {
        Layer::AnnotationList(list) => {
            annotation_list::steps_to(list, reader.viewport().over_all(), y)
        }
        Layer::RecordList(list) => record_list::steps_to(list, reader.viewport().over_all(), y),
        Layer::Picker(picker) => {
            picker::steps_to(reader, picker, reader.viewport().frame()?.list?, y)
        }
        _ => None,
    }
}

/// Which listed section stands in a row of the section pane.
pub fn section_at(reader: &Reader, area: Area, y: u16) -> Option<usize> {
    let row = usize::from(y.checked_sub(area.y + 2)?);
    let is_inside = row < usize::from(area.rows_of_sections());
    is_inside.then(|| sections::section_in_row(reader, area, row))?
}
