//! Links that the terminal makes clickable (OSC 8, "Hyperlinks in terminal emulators"). A buffer
//! has no place for them: they are beside it, as runs of cells, so that no width changes. Each is
//! closed at the end of its cells, however much of it is drawn.

use std::io::{self, Write};

use ratatui::{
    backend::{Backend, CrosstermBackend},
    buffer::{Buffer, Cell},
    style::Modifier,
};

use crate::view::links::LinkRun;

/// Ends a link.
const CLOSE: &[u8] = b"\x1b]8;;\x1b\\";

/// The index of the run of a cell; runs are in screen order.
fn run_at(runs: &[LinkRun], x: u16, y: u16) -> Option<usize> {
    let index = runs
        .partition_point(|run| (run.y, run.x.start) <= (y, x))
        .checked_sub(1)?;
    runs.get(index)
        .is_some_and(|run| run.y == y && run.x.contains(&x))
        .then_some(index)
}

/// The link of a cell, and its URI.
fn link_at(runs: &[LinkRun], x: u16, y: u16) -> Option<(&LinkRun, &str)> {
    let run = runs.get(run_at(runs, x, y)?)?;
    Some((run, run.uri.as_str()))
}

/// Makes cells with a changed link differ from the next buffer, so that they are drawn.
pub fn mark_changed(shown: &mut Buffer, old: &[LinkRun], new: &[LinkRun]) {
    for run in old.iter().chain(new) {
        for x in run.x.clone() {
            let same = |(one, uri): (&LinkRun, &str), (other, now): (&LinkRun, &str)| {
                one.id == other.id && uri == now
            };
            let is_same = match (link_at(old, x, run.y), link_at(new, x, run.y)) {
                (Some(old), Some(new)) => same(old, new),
                (old, new) => old.is_none() && new.is_none(),
            };
            if let Some(cell) = shown.cell_mut((x, run.y)).filter(|_| !is_same) {
                // No cell of the next buffer is hidden.
                cell.modifier.insert(Modifier::HIDDEN);
            }
        }
    }
}

/// Draws cells, with their links.
pub fn draw<'a, W: Write>(
    backend: &mut CrosstermBackend<W>,
    cells: impl Iterator<Item = (u16, u16, &'a Cell)>,
    links: &[LinkRun],
) -> io::Result<()> {
    if links.is_empty() {
        return backend.draw(cells);
    }
    let mut cells = cells.peekable();
    while let Some(&(x, y, _)) = cells.peek() {
        let index = run_at(links, x, y);
        let run = index.and_then(|index| links.get(index));
        if let Some(run) = run {
            let id = run.id;
            write!(
                backend,
                "\x1b]8;id={}.{}.{};{}\x1b\\",
                id.section, id.block, id.byte, run.uri
            )?;
        }
        let drawn = backend.draw(std::iter::from_fn(|| {
            cells.next_if(|&(x, y, _)| run_at(links, x, y) == index)
        }));
        if run.is_some() {
            backend.write_all(CLOSE)?;
        }
        drawn?;
    }
    Ok(())
}

#[cfg(test)]
#[allow(clippy::string_slice, reason = "a test that cannot go on says why")]
pub(super) mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;
    use ratatui::{buffer::CellWidth, layout::Rect, style::Style};

    use super::*;
    use crate::report::position::Position;

    const SIZE: (u16, u16) = (12, 4);

    /// What a terminal shows: of each cell its text and where it leads.
    #[derive(Default)]
    pub struct Shown {
        pub cells: BTreeMap<(u16, u16), (String, Option<String>)>,
        pub open: Option<String>,
        /// The first and the last of the rows that scroll.
        region: (u16, u16),
    }

    impl Shown {
        /// Moves the rows that scroll, up where positive.
        fn scroll(&mut self, by: i32) {
            let (first, last) = self.region;
            for cell in std::mem::take(&mut self.cells) {
                let ((x, y), shown) = cell;
                let to = if (first..=last).contains(&y) {
                    i32::from(y) - by
                } else {
                    i32::from(y)
                };
                if to == i32::from(y) || (i32::from(first)..=i32::from(last)).contains(&to) {
                    self.cells.insert((x, to as u16), shown);
                }
            }
        }

        /// Takes what is written: moves, regions, links, and text; styles are passed over.
        pub fn take(&mut self, written: &str) {
            let (mut x, mut y) = (0, 0);
            let mut rest = written;
            while !rest.is_empty() {
                if let Some(link) = rest.strip_prefix("\x1b]8;") {
                    let (link, after) = link.split_once("\x1b\\").expect("an end");
                    self.open = Some(link.to_owned()).filter(|link| link != ";");
                    rest = after;
                } else if let Some(after) = rest
                    .strip_prefix("\x1bM")
                    .or_else(|| rest.strip_prefix('\n'))
                {
                    let (is_up, edge) = if rest.starts_with('\n') {
                        (true, self.region.1)
                    } else {
                        (false, self.region.0)
                    };
                    assert_eq!(y, edge, "at the edge of what scrolls");
                    self.scroll(if is_up { 1 } else { -1 });
                    rest = after;
                } else if let Some(sequence) = rest.strip_prefix("\x1b[") {
                    let end = sequence
                        .find(|c: char| c.is_ascii_alphabetic())
                        .expect("an end");
                    let pair = sequence[..end]
                        .split_once(';')
                        .filter(|_| !sequence[end..].starts_with('m'));
                    if let Some((one, other)) = pair {
                        let (one, other) = (
                            one.parse::<u16>().expect("a number") - 1,
                            other.parse::<u16>().expect("a number") - 1,
                        );
                        if sequence[end..].starts_with('H') {
                            (y, x) = (one, other);
                        } else {
                            self.region = (one, other);
                        }
                    }
                    rest = &sequence[end + 1..];
                } else {
                    let symbol = rest.chars().next().expect("a character").to_string();
                    rest = &rest[symbol.len()..];
                    let width = if symbol == "人" { 2 } else { 1 };
                    self.cells.insert((x, y), (symbol, self.open.clone()));
                    if width == 2 {
                        self.cells
                            .insert((x + 1, y), (String::new(), self.open.clone()));
                    }
                    x += width;
                }
            }
        }
    }

    /// A run's columns, with both of a wide character where it has one: links are text.
    fn whole_characters(buffer: &Buffer, run: &LinkRun) -> std::ops::Range<u16> {
        let is_wide = |x: u16| buffer[(x, run.y)].cell_width() == 2;
        let start = if run.x.start > 0 && is_wide(run.x.start - 1) {
            run.x.start - 1
        } else {
            run.x.start
        };
        let end = if is_wide(run.x.end - 1) {
            run.x.end + 1
        } else {
            run.x.end
        };
        start..end
    }

    fn frame() -> impl Strategy<Value = (Vec<String>, Vec<LinkRun>)> {
        let symbol = prop::sample::select(vec!["a", "b", " ", "人"]);
        let row = prop::collection::vec(symbol, 12).prop_map(|row| row.concat());
        let run = (
            0u16..12,
            1u16..8,
            0usize..3,
            prop::sample::select(vec!["https://a.b", "mailto:c@d.e"]),
        );
        let runs = prop::collection::vec(prop::option::of(run), 4).prop_map(|runs| {
            let run = |(y, run): (usize, Option<(u16, u16, usize, &str)>)| {
                let (start, length, block, uri) = run?;
                Some(LinkRun {
                    y: y as u16,
                    x: start..(start + length).min(SIZE.0),
                    id: Position::new(0, block, 0),
                    uri: uri.into(),
                })
            };
            runs.into_iter().enumerate().filter_map(run).collect()
        });
        (prop::collection::vec(row, 4), runs)
    }

    proptest! {
        #[test]
        fn every_cell_leads_where_its_link_does_and_no_other_cell_anywhere(frames in prop::collection::vec(frame(), 1..6)) {
            let mut shown = Buffer::empty(Rect::new(0, 0, SIZE.0, SIZE.1));
            let mut terminal = Shown::default();
            let mut old: Vec<LinkRun> = Vec::new();
            for (rows, mut links) in frames {
                let mut next = Buffer::empty(shown.area);
                for (y, row) in (0..).zip(&rows) {
                    next.set_stringn(0, y, row, usize::from(SIZE.0), Style::new());
                }
                links.iter_mut().for_each(|run| run.x = whole_characters(&next, run));
                mark_changed(&mut shown, &old, &links);
                let mut written = Vec::new();
                draw(&mut CrosstermBackend::new(&mut written), shown.diff_iter(&next), &links).expect("written");
                terminal.take(&String::from_utf8(written).expect("text"));
                prop_assert_eq!(&terminal.open, &None);
                for (x, y) in (0..SIZE.1).flat_map(|y| (0..SIZE.0).map(move |x| (x, y))) {
                    let before = next[(x.saturating_sub(1), y)].cell_width() == 2 && x > 0;
                    let wanted = link_at(&links, if before { x - 1 } else { x }, y);
                    let wanted = wanted.map(|(run, uri)| format!("id={}.{}.{};{uri}", run.id.section, run.id.block, run.id.byte));
                    let got = terminal.cells.get(&(x, y)).and_then(|cell| cell.1.clone());
                    prop_assert_eq!(got, wanted, "{} {}", x, y);
                }
                old = links;
                shown = next;
            }
        }
    }
}
