//! Moves through the rows of a report, across section ends; lays out only what it passes.

use super::{
    Report,
    layout::{Layout, Row, RowAt},
    position::Position,
};

/// The top of a screen: a text position and the number of rows shown above it. Saved unchanged
/// while the width changes, so that the old width restores the very same screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Top {
    /// A position in the row that `lead` counts back from.
    pub position: Position,
    /// Rows of title and gaps between the top of the screen and `position`'s row.
    pub lead: usize,
}

impl Default for Top {
    /// The start of the report: all rows above the first text.
    fn default() -> Self {
        Self {
            position: Position::default(),
            lead: usize::MAX,
        }
    }
}

/// A report and its layout, borrowed for a walk.
pub struct Walk<'a> {
    pub report: &'a Report,
    pub layout: &'a mut Layout,
}

impl Walk<'_> {
    fn length(&mut self, section: usize) -> usize {
        self.layout.rows(self.report, section).len()
    }

    /// The row `by` rows after (before, if negative), and whether the report's end or start came
    /// first.
    pub fn step(&mut self, from: RowAt, by: isize) -> (RowAt, bool) {
        if by < 0 {
            self.back(from, by.unsigned_abs())
        } else {
            self.forward(from, by.unsigned_abs())
        }
    }

    fn forward(&mut self, from: RowAt, by: usize) -> (RowAt, bool) {
        let mut at = RowAt {
            row: from.row.saturating_add(by),
            ..from
        };
        loop {
            let length = self.length(at.section);
            if at.row < length {
                return (at, false);
            }
            if at.section + 1 >= self.report.sections.len() {
                return (
                    RowAt {
                        row: length.saturating_sub(1),
                        ..at
                    },
                    true,
                );
            }
            at = RowAt {
                section: at.section + 1,
                row: at.row - length,
            };
        }
    }

    fn back(&mut self, from: RowAt, by: usize) -> (RowAt, bool) {
        let (mut at, mut left) = (from, by);
        while left > at.row {
            let Some(section) = at.section.checked_sub(1) else {
                return (RowAt { section: 0, row: 0 }, true);
            };
            left -= at.row + 1;
            at = RowAt {
                section,
                row: self.length(section).saturating_sub(1),
            };
        }
        (
            RowAt {
                row: at.row - left,
                ..at
            },
            false,
        )
    }

    /// At most `height` rows from a row on; fewer at the end of the report.
    pub fn rows_from(&mut self, from: RowAt, height: usize) -> Vec<RowAt> {
        let mut rows = Vec::with_capacity(height.min(1024));
        let mut section = from.section;
        let mut first = from.row;
        while rows.len() < height && section < self.report.sections.len() {
            let length = self.length(section);
            let room = height - rows.len();
            rows.extend((first..length).take(room).map(|row| RowAt { section, row }));
            section += 1;
            first = 0;
        }
        rows
    }

    /// The screen of `height` rows whose top is nearest to the wanted one: moved back if the report
    /// ends before the screen.
    pub fn screen(&mut self, top: Top, height: usize) -> Vec<RowAt> {
        let from = self.row_of_top(top);
        let rows = self.rows_from(from, height);
        let missing = height - rows.len();
        if missing == 0 {
            return rows;
        }
        let (earlier, _) = self.back(from, missing);
        self.rows_from(earlier, height)
    }

    /// The row at the top of the screen.
    fn row_of_top(&mut self, top: Top) -> RowAt {
        let row = self.layout.row_of(self.report, top.position);
        self.back(row, top.lead).0
    }

    /// The top of a screen that starts with a row.
    pub fn top_of(&mut self, at: RowAt) -> Top {
        let rows = self.layout.rows(self.report, at.section);
        let anchor =
            (at.row..rows.len()).find(|&row| matches!(rows.get(row), Some(Row::Text { .. })));
        let row = anchor.unwrap_or(rows.len().saturating_sub(1));
        let position = match rows.get(row) {
            Some(&Row::Text { block, start, .. }) => Position::new(at.section, block, start),
            _ => Position::new(at.section, 0, 0),
        };
        Top {
            position,
            lead: row.saturating_sub(at.row),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::{Block, BlockKind, Section};

    fn report() -> Report {
        let text = "Systemic discrimination creates inequities between communities, whether the discrimination targets perceptions.";
        let block = |kind| Block {
            kind,
            text: text.into(),
            spans: Vec::new(),
            depth: 0,
        };
        let section = |n: usize, blocks: usize| Section {
            id: format!("s{n}"),
            title: "A rather long title of a section".into(),
            level: 1,
            blocks: (0..blocks)
                .map(|b| {
                    block(if b % 3 == 0 {
                        BlockKind::ListItem
                    } else {
                        BlockKind::Paragraph
                    })
                })
                .collect(),
        };
        Report {
            old_ids: Vec::new(),
            format: 1,
            id: "r".into(),
            title: "R".into(),
            author: "A".into(),
            published: None,
            source: "s".into(),
            language: "en".into(),
            sections: [3, 0, 5, 0]
                .iter()
                .enumerate()
                .map(|(n, &blocks)| section(n, blocks))
                .collect(),
        }
    }

    #[test]
    fn the_top_of_every_row_leads_back_to_it() {
        let report = report();
        for width in 1..90 {
            let mut layout = Layout::new(&report, width);
            let mut walk = Walk {
                report: &report,
                layout: &mut layout,
            };
            let rows = walk.rows_from(RowAt { section: 0, row: 0 }, usize::MAX);
            for (index, &row) in rows.iter().enumerate() {
                let top = walk.top_of(row);
                assert_eq!(walk.row_of_top(top), row, "width {width}");
                let last = rows.len() - 1;
                for by in [-200, -7, -1, 0, 1, 5, 300] {
                    let wanted = index.saturating_add_signed(by).min(last);
                    assert_eq!(
                        walk.step(row, by).0,
                        rows[wanted],
                        "width {width}, from {index} by {by}"
                    );
                }
            }
        }
    }

    #[test]
    fn a_screen_is_full_wherever_the_report_is_long_enough() {
        let report = report();
        let mut layout = Layout::new(&report, 30);
        let mut walk = Walk {
            report: &report,
            layout: &mut layout,
        };
        let end = walk.top_of(RowAt { section: 3, row: 2 });
        assert_eq!(walk.screen(end, 10).len(), 10);
        assert_eq!(
            walk.screen(end, 10_000).first(),
            Some(&RowAt { section: 0, row: 0 })
        );
        assert!(walk.screen(end, 0).is_empty());
    }
}
