//! The scroll bar: where the screen is in the report, and where annotations are.

use super::{gutter::color_of, paint::Canvas};
use crate::{
    notebook::{Entry, annotation::Kind, passage},
    reader::{Reader, viewport::frame::Area},
    report::{layout::Row, position::Position},
};

/// Which sign is shown where several stand in a row: highlights are many, notes are sought.
const RANK: [Kind; 3] = [Kind::Highlight, Kind::Bookmark, Kind::Note];

pub fn draw(reader: &Reader, area: Area, canvas: &mut Canvas<'_>) {
    let (viewport, theme) = (reader.viewport(), canvas.theme);
    let last_row = area.height.saturating_sub(1);
    let row_of = |position: Position| {
        (viewport.along(position, usize::from(area.height)) as u16).min(last_row)
    };
    let texts = viewport
        .rows()
        .iter()
        .filter_map(|at| match viewport.row(*at) {
            Some(&Row::Text { block, start, .. }) => Some(Position::new(at.section, block, start)),
            _ => None,
        });
    let seen: Vec<u16> = texts.map(row_of).collect();
    let first = seen.first().copied().unwrap_or_default();
    let last = seen.last().copied().unwrap_or_default();
    for row in 0..area.height {
        let (sign, style) = match (first..=last).contains(&row) {
            true => ('▐', theme.bar),
            false => ('▕', theme.bar),
        };
        canvas.put_sign((area.x, area.y + row), sign, style);
    }
    for (y, entry) in (area.y..).zip(signs(reader, area.height, row_of)) {
        let (sign, style) = match entry.map(|entry| (entry.annotation.kind, entry)) {
            Some((Kind::Bookmark, _)) => ("⚑", theme.bookmark),
            Some((Kind::Note, _)) => ("●", theme.note),
            Some((Kind::Highlight, entry)) => ("▌", theme.highlight_sign(color_of(entry))),
            None => continue,
        };
        canvas.put((area.x, y), sign, 1, style);
    }
}

/// The annotation that is shown in each row.
fn signs(reader: &Reader, rows: u16, row_of: impl Fn(Position) -> u16) -> Vec<Option<&Entry>> {
    let rank = |kind: Kind| RANK.iter().position(|each| *each == kind);
    let mut signs: Vec<Option<&Entry>> = vec![None; usize::from(rows)];
    for entry in reader.notes().notebook().entries() {
        let row = passage(entry).map(|passage| usize::from(row_of(passage.start())));
        if let Some(sign) = row.and_then(|row| signs.get_mut(row)) {
            let rank_of = |entry: &Entry| rank(entry.annotation.kind);
            let other = sign.filter(|other| rank_of(other) > rank_of(entry));
            *sign = Some(other.unwrap_or(entry));
        }
    }
    signs
}
