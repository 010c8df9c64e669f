//! Where on the screen the links of the text stand, for terminals that make them clickable. Draws
//! nothing.

use std::ops::Range;

use super::{status, strip};
use crate::{
    reader::{Reader, layers::Layer},
    report::{layout::Row, links::Link, position::Position, typography},
    text::width,
};

/// A link, or a piece of one, in a row of the screen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LinkRun {
    pub y: u16,
    /// Columns.
    pub x: Range<u16>,
    /// The same for all pieces of a link: where it begins in the report.
    pub id: Position,
    /// Where it leads: printable ASCII.
    pub uri: String,
}

/// The links that are seen, in the order of the screen. None while something lies over the text.
pub fn runs(reader: &Reader) -> Vec<LinkRun> {
    let is_free = matches!(
        reader.layers().top(),
        None | Some(
            Layer::SearchBox(_) | Layer::Picker(_) | Layer::Placing(_) | Layer::Sections(_)
        )
    );
    let viewport = reader.viewport();
    let frame = viewport
        .frame()
        .filter(|frame| reader.settings().has_hyperlinks && is_free && !frame.covers);
    let Some(frame) = frame else {
        return Vec::new();
    };
    let area = frame.text;
    let mut runs = Vec::new();
    for (y, at) in (area.y..area.y + area.height).zip(viewport.rows()) {
        let Some(&Row::Text {
            block, start, end, ..
        }) = viewport.row(*at)
        else {
            continue;
        };
        let line = Position::new(at.section, block, start);
        let here = viewport.links().of_block(line);
        // What is said, or a note, may lie over the text.
        let is_seen = || y < status::top(reader, frame.status) && !strip::covers(reader, frame, y);
        if here.is_empty() || !is_seen() {
            continue;
        }
        for seen in here {
            let Some(uri) = &seen.uri else { continue };
            let x = columns(reader, line, end, &seen.link);
            let x = area.x + x.start.min(area.width)..area.x + x.end.min(area.width);
            if !x.is_empty() {
                runs.push(LinkRun {
                    y,
                    x,
                    id: seen.position,
                    uri: uri.clone(),
                });
            }
        }
    }
    runs
}

/// The columns of a line that a link takes, counted from the start of the text.
fn columns(reader: &Reader, line: Position, end: usize, link: &Link) -> Range<u16> {
    let Some(block) = reader.report().block(line) else {
        return 0..0;
    };
    let (from, to) = (link.bytes.start.max(line.byte), link.bytes.end.min(end));
    let (Some(before), Some(text)) = (block.text.get(line.byte..from), block.text.get(from..to))
    else {
        return 0..0;
    };
    let columns = reader.viewport().layout().width();
    let indent = typography::setting(block).indent_at(columns);
    let start = indent + width::width(&width::shown(before));
    let width = width::width(&width::shown(text.trim_end()));
    let column = |column: usize| u16::try_from(column).unwrap_or(u16::MAX);
    column(start)..column(start + width)
}
