//! The help screen over everything but the status line.

use ratatui::buffer::Buffer;

use super::{paint, rect, theme::Theme};
use crate::reader::{Reader, frame::Area, help::HelpLine, overlay::Help};

pub fn draw(reader: &Reader, help: &Help, theme: &Theme, buffer: &mut Buffer) {
    let (columns, rows) = reader.size;
    let area = Area {
        x: 0,
        y: 0,
        width: columns,
        height: rows.saturating_sub(1),
    };
    paint::clear(buffer, rect(area), theme.text);
    let lines = reader.help_lines(help.about, usize::from(columns));
    for (y, line) in (0..area.height).zip(lines.iter().skip(help.scroll)) {
        match line {
            HelpLine::Empty => {}
            HelpLine::Title(title) => {
                paint::put(
                    buffer,
                    (1, y),
                    title,
                    columns.saturating_sub(1),
                    theme.title,
                );
            }
            HelpLine::Keys(keys, text) => {
                paint::put(buffer, (2, y), keys, columns.saturating_sub(2), theme.key);
                paint::put(
                    buffer,
                    (HelpLine::INDENT as u16, y),
                    text,
                    columns.saturating_sub(HelpLine::INDENT as u16),
                    theme.text,
                );
            }
        }
    }
}
