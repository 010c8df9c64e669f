//! The screen: draws a reader into a buffer and writes only what differs from the screen.

use std::io::{self, BufWriter, Write};

use crossterm::{
    clipboard::CopyToClipboard,
    cursor::{Hide, MoveTo, Show},
    queue,
    terminal::{Clear, ClearType},
};
use ratatui::{
    backend::CrosstermBackend,
    buffer::{Buffer, Cell},
    layout::Rect,
};

use super::{
    hyperlinks,
    output::Output,
    scroll_region::{self, Shift},
};
use crate::{
    reader::{Reader, viewport::frame::Area},
    report::layout::RowAt,
    text::width,
    view::{
        self, Cursor,
        ascii::{self, Charset},
        links::{self, LinkRun},
    },
};

pub struct Screen {
    backend: CrosstermBackend<BufWriter<Output>>,
    /// What the terminal shows.
    shown: Buffer,
    next: Buffer,
    /// The links on the screen.
    links: Vec<LinkRun>,
    /// The report's rows on the screen, and their area.
    rows: (Area, Vec<RowAt>),
    cursor: Option<Cursor>,
    charset: Option<Charset>,
    /// Whether something was drawn that the terminal cannot show.
    lacks: bool,
    must_clear: bool,
}

impl Screen {
    /// A screen of which nothing is known yet; `charset` where not everything can be
    /// shown.
    pub fn new(output: Output, charset: Option<Charset>) -> Self {
        Self {
            backend: CrosstermBackend::new(BufWriter::with_capacity(64 * 1024, output)),
            shown: Buffer::default(),
            next: Buffer::default(),
            links: Vec::new(),
            rows: (Area::default(), Vec::new()),
            cursor: None,
            charset,
            lacks: false,
            must_clear: false,
        }
    }

    /// Draws everything afresh the next time.
    pub fn forget(&mut self) {
        self.must_clear = true;
    }

    /// Whether something was drawn that the terminal cannot show.
    pub fn lacks(&self) -> bool {
        self.lacks
    }

    /// Draws what has changed; writes nothing if nothing has.
    pub fn draw(&mut self, reader: &Reader) -> io::Result<()> {
        let (columns, rows) = reader.viewport().size();
        let area = Rect::new(0, 0, columns, rows);
        let mut is_empty = false;
        self.next.resize(area);
        self.next.reset();
        let cursor = view::draw(reader, &mut self.next);
        if let Some(charset) = self.charset {
            self.lacks |= !ascii::fold(&mut self.next, charset);
        }
        if self.must_clear || self.shown.area != area {
            self.shown = Buffer::empty(area);
            self.must_clear = false;
            // Whether it is seen there is not known either.
            self.cursor = None;
            queue!(
                self.backend,
                ratatui::crossterm::style::ResetColor,
                Clear(ClearType::All)
            )?;
            self.links.clear();
            self.rows.1.clear();
            is_empty = true;
        }
        self.shift(reader)?;
        let links = links::runs(reader);
        hyperlinks::mark_changed(&mut self.shown, &self.links, &links);
        let is_same = if is_empty {
            hyperlinks::draw(&mut self.backend, filled(&self.next), &links)?;
            false
        } else {
            let mut changed = self.shown.diff_iter(&self.next).peekable();
            let is_same = changed.peek().is_none();
            if !is_same {
                hyperlinks::draw(&mut self.backend, changed, &links)?;
            }
            is_same
        };
        if !is_same {
            self.links = links;
            std::mem::swap(&mut self.shown, &mut self.next);
        }
        if !is_same || cursor != self.cursor {
            self.put_cursor(cursor)?;
        }
        Write::flush(&mut self.backend)
    }

    /// Lets the terminal move scrolled text.
    fn shift(&mut self, reader: &Reader) -> io::Result<()> {
        let viewport = reader.viewport();
        let area = viewport.frame().map(|frame| frame.text);
        let area = area.unwrap_or_default();
        let by =
            scroll_region::between(&self.rows.1, viewport.rows()).filter(|_| self.rows.0 == area);
        let shift = by.map(|by| Shift {
            rows: area.y..area.y + area.height,
            by,
        });
        if let Some(shift) = shift.filter(|shift| {
            scroll_region::apply(&mut self.shown, &mut self.links, &self.next, shift)
        }) {
            scroll_region::write(&mut self.backend, &shift)?;
        }
        if self.rows.0 != area || self.rows.1 != viewport.rows() {
            self.rows = (area, viewport.rows().to_vec());
        }
        Ok(())
    }

    /// Copies text to the terminal's clipboard (OSC 52).
    pub fn copy(&mut self, text: &str) -> io::Result<()> {
        queue!(self.backend, CopyToClipboard::to_clipboard_from(text))?;
        Write::flush(&mut self.backend)
    }

    fn put_cursor(&mut self, cursor: Option<Cursor>) -> io::Result<()> {
        let was_visible = self.cursor.map(|cursor| cursor.is_visible);
        if let Some(cursor) = cursor {
            queue!(self.backend, MoveTo(cursor.x, cursor.y))?;
        }
        match (was_visible, cursor.is_some_and(|cursor| cursor.is_visible)) {
            (Some(was), is) if was == is => {}
            (_, true) => queue!(self.backend, Show)?,
            (_, false) => queue!(self.backend, Hide)?,
        }
        self.cursor = cursor;
        Ok(())
    }
}

/// The cells that an empty screen does not show by itself: what a comparison with an empty buffer
/// finds, which costs more.
fn filled(buffer: &Buffer) -> impl Iterator<Item = (u16, u16, &Cell)> {
    let blank = Cell::default();
    let across = usize::from(buffer.area.width).max(1);
    let mut next = 0;
    buffer
        .content
        .iter()
        .enumerate()
        .filter_map(move |(index, cell)| {
            let is_free = index >= next;
            // What a wide character covers is no cell of its own.
            let columns = match cell.symbol().len() {
                1 => 1,
                _ => width::width(cell.symbol()).max(1),
            };
            next = next.max(index + columns);
            let (x, y) = (index % across, index / across);
            let place = || Some((u16::try_from(x).ok()?, u16::try_from(y).ok()?));
            let (x, y) = place().filter(|_| is_free && *cell != blank)?;
            Some((x, y, cell))
        })
}

#[cfg(test)]
mod tests {
    use super::*;
    use ratatui::style::Style;

    #[test]
    fn an_empty_screen_is_filled_as_a_comparison_with_an_empty_buffer_would() {
        let area = Rect::new(0, 0, 12, 3);
        let mut buffer = Buffer::empty(area);
        buffer.set_string(1, 0, "人権 e\u{301}q", Style::default());
        buffer.set_string(0, 1, "  x  ", Style::default().reversed());
        buffer.set_string(10, 2, "権", Style::default());
        let compared: Vec<_> = Buffer::empty(area)
            .diff_iter(&buffer)
            .map(|(x, y, cell)| (x, y, cell.clone()))
            .collect();
        let found: Vec<_> = filled(&buffer)
            .map(|(x, y, cell)| (x, y, cell.clone()))
            .collect();
        assert_eq!(found, compared);
    }
}
