//! Lets the terminal move scrolled text instead of writing it again (DECSTBM, index and reverse
//! index of the VT100).

use std::{
    io::{self, Write},
    ops::Range,
};

use ratatui::buffer::{Buffer, Cell};

use crate::{report::layout::RowAt, view::links::LinkRun};

/// Rows of the screen to move.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shift {
    pub rows: Range<u16>,
    /// By how many rows; up if positive.
    pub by: i32,
}

/// By how many rows the text has moved up; `None` if none of it is still there, or none has moved.
pub fn between(old: &[RowAt], new: &[RowAt]) -> Option<i32> {
    let up = || old.iter().position(|row| Some(row) == new.first());
    let down = || new.iter().position(|row| Some(row) == old.first());
    let by = up()
        .and_then(|by| i32::try_from(by).ok())
        .or_else(|| down().and_then(|by| i32::try_from(by).ok()).map(|by| -by));
    by.filter(|by| *by != 0)
}

/// Moves the rows of the shown buffer, if less has to be written then; returns whether it did.
pub fn apply(shown: &mut Buffer, links: &mut Vec<LinkRun>, next: &Buffer, shift: &Shift) -> bool {
    let mut moved = shown.clone();
    for y in shift.rows.clone() {
        let from = i32::from(y) + shift.by;
        let from = u16::try_from(from)
            .ok()
            .filter(|from| shift.rows.contains(from));
        for x in shown.area.x..shown.area.right() {
            let cell = from
                .and_then(|from| shown.cell((x, from)))
                .cloned()
                .unwrap_or_default();
            if let Some(slot) = moved.cell_mut((x, y)) {
                *slot = cell;
            }
        }
    }
    if 2 * differing(&moved, next) > differing(shown, next) {
        return false;
    }
    *shown = moved;
    for run in links.iter_mut().filter(|run| shift.rows.contains(&run.y)) {
        let y = u16::try_from(i32::from(run.y) - shift.by)
            .ok()
            .filter(|y| shift.rows.contains(y));
        // Links that moved out become empty.
        y.map_or_else(|| run.x = 0..0, |y| run.y = y);
    }
    links.retain(|run| !run.x.is_empty());
    links.sort_by_key(|run| (run.y, run.x.start));
    true
}

fn differing(one: &Buffer, other: &Buffer) -> usize {
    one.content
        .iter()
        .zip(&other.content)
        .filter(|(one, other): &(&Cell, &Cell)| one != other)
        .count()
}

/// Asks the terminal to move the rows.
pub fn write(out: &mut impl Write, shift: &Shift) -> io::Result<()> {
    let (first, last) = (shift.rows.start + 1, shift.rows.end);
    write!(out, "\x1b[{first};{last}r")?;
    let count = shift.by.unsigned_abs() as usize;
    if shift.by > 0 {
        write!(out, "\x1b[{last};1H{}", "\n".repeat(count))?;
    } else {
        write!(out, "\x1b[{first};1H{}", "\x1bM".repeat(count))?;
    }
    write!(out, "\x1b[r")
}

#[cfg(test)]
#[allow(clippy::string_slice, reason = "a test that cannot go on says why")]
mod tests {
    use proptest::prelude::*;
    use ratatui::{
        backend::CrosstermBackend,
        layout::Rect,
        style::{Modifier, Style},
    };

    use super::*;
    use crate::{
        report::position::Position,
        terminal::hyperlinks::{self, tests::Shown},
    };

    const SIZE: (u16, u16) = (9, 8);
    const TEXT: Range<u16> = 1..7;

    /// A frame of a text from a line on: a heading, six lines, a status line; a sign at the right
    /// end of each that does not move.
    fn frame(lines: &[String], first: usize) -> (Buffer, Vec<LinkRun>, Vec<RowAt>) {
        let mut buffer = Buffer::empty(Rect::new(0, 0, SIZE.0, SIZE.1));
        buffer.set_string(0, 0, "heading", Style::new());
        buffer.set_string(
            0,
            7,
            format!("line {first}"),
            Style::new().add_modifier(Modifier::REVERSED),
        );
        let (mut links, mut rows) = (Vec::new(), Vec::new());
        for (y, row) in TEXT.zip(first..lines.len()) {
            buffer.set_stringn(0, y, &lines[row], 8, Style::new());
            buffer.set_string(8, y, if y % 2 == 0 { "|" } else { "#" }, Style::new());
            rows.push(RowAt { section: 0, row });
            if row % 3 == 0 {
                links.push(LinkRun {
                    y,
                    x: 0..4,
                    id: Position::new(0, row, 0),
                    uri: "https://a.b".into(),
                });
            }
        }
        (buffer, links, rows)
    }

    proptest! {
        #[test]
        fn moved_rows_look_as_if_drawn(
            lines in prop::collection::vec("[ab]{4}( [ab]{0,3})?", 6..40),
            tops in prop::collection::vec(0usize..40, 1..12),
        ) {
            let mut terminal = Shown::default();
            let (mut shown, mut old, mut before) = (Buffer::empty(Rect::new(0, 0, SIZE.0, SIZE.1)), Vec::new(), Vec::new());
            for top in tops {
                let (next, links, rows) = frame(&lines, top.min(lines.len() - 6));
                let mut written = Vec::new();
                if let Some(by) = between(&before, &rows) {
                    let shift = Shift { rows: TEXT, by };
                    if apply(&mut shown, &mut old, &next, &shift) {
                        write(&mut written, &shift).expect("written");
                    }
                }
                hyperlinks::mark_changed(&mut shown, &old, &links);
                hyperlinks::draw(&mut CrosstermBackend::new(&mut written), shown.diff_iter(&next), &links).expect("written");
                terminal.take(&String::from_utf8(written).expect("text"));
                for (x, y) in (0..SIZE.1).flat_map(|y| (0..SIZE.0).map(move |x| (x, y))) {
                    let (symbol, link) = terminal.cells.get(&(x, y)).cloned().unwrap_or_else(|| (" ".into(), None));
                    prop_assert_eq!(&symbol, next[(x, y)].symbol(), "{} {}", x, y);
                    let is_link = links.iter().any(|run| run.y == y && run.x.contains(&x));
                    prop_assert_eq!(link.is_some(), is_link, "{} {}", x, y);
                }
                (shown, old, before) = (next, links, rows);
            }
        }
    }

    #[test]
    fn nothing_is_moved_if_that_saves_nothing() {
        let lines: Vec<String> = (0..20).map(|_| "the same".to_owned()).collect();
        let ((mut shown, mut old, _), (next, ..)) = (frame(&lines, 3), frame(&lines, 6));
        let (before, links) = (shown.clone(), old.clone());
        assert!(!apply(
            &mut shown,
            &mut old,
            &next,
            &Shift { rows: TEXT, by: 3 }
        ));
        assert_eq!((shown, old), (before, links), "nothing is touched");
    }

    #[test]
    fn a_line_on_is_written_as_one_line() {
        let lines: Vec<String> = (1..21u64)
            .map(|row| format!("{:08}", row.pow(9) % 99_999_989))
            .collect();
        for (from, to) in [(3, 4), (4, 3), (5, 7)] {
            let ((mut shown, mut old, before), (next, links, rows)) =
                (frame(&lines, from), frame(&lines, to));
            let shift = Shift {
                rows: TEXT,
                by: between(&before, &rows).expect("moved"),
            };
            assert_eq!(shift.by, to as i32 - from as i32);
            assert!(apply(&mut shown, &mut old, &next, &shift));
            hyperlinks::mark_changed(&mut shown, &old, &links);
            let rows: std::collections::BTreeSet<u16> = shown
                .diff_iter(&next)
                .filter(|(x, ..)| *x < 8)
                .map(|(_, y, _)| y)
                .collect();
            assert_eq!(
                rows.len(),
                shift.by.unsigned_abs() as usize + 1,
                "the new lines and the status line: {rows:?}"
            );
        }
        assert_eq!(
            between(
                &[RowAt { section: 0, row: 1 }],
                &[RowAt { section: 0, row: 1 }]
            ),
            None
        );
        assert_eq!(
            between(
                &[RowAt { section: 0, row: 1 }],
                &[RowAt { section: 0, row: 9 }]
            ),
            None
        );
    }
}
