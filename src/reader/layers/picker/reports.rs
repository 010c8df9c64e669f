//! Other reports as choices.

use super::row::Line;
use crate::reader::parts::Parts;

/// A report by its index among the others.
pub(super) fn line(parts: &Parts, index: usize, is_selected: bool) -> Option<Line> {
    let report = parts.reports.others().get(index)?;
    Some(Line::Choice {
        is_selected,
        head: " report  ".into(),
        pieces: vec![(format!("{}  {}", report.name, report.shown()), false)],
    })
}
