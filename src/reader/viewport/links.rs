//! The links of the blocks on the screen.

use crate::report::{
    Report,
    layout::{Layout, Row, RowAt},
    links::{self, Link},
    position::Position,
};

/// The links of the blocks on the screen.
#[derive(Debug, Default)]
pub struct SeenLinks {
    /// The blocks that were looked through, in reading order.
    blocks: Vec<Position>,
    links: Vec<SeenLink>,
}

/// A link of a block on the screen.
#[derive(Debug)]
pub struct SeenLink {
    /// Where it begins.
    pub position: Position,
    pub link: Link,
    /// The address that may be written to the terminal.
    pub uri: Option<String>,
}

impl SeenLinks {
    /// The links of a block, in order.
    pub fn of_block(&self, position: Position) -> &[SeenLink] {
        let before = |link: &SeenLink| link.position.block_key() < position.block_key();
        let first = self.links.partition_point(before);
        let rest = self.links.get(first..).unwrap_or_default();
        let count = rest
            .iter()
            .take_while(|link| link.position.same_block(position))
            .count();
        rest.get(..count).unwrap_or_default()
    }

    /// Looks through the blocks of some rows, where they are others than before.
    pub(super) fn see(&mut self, report: &Report, layout: &Layout, rows: &[RowAt]) {
        let mut blocks: Vec<Position> = Vec::with_capacity(rows.len());
        for at in rows {
            let Some(&Row::Text { block, .. }) = layout.made(at.section).get(at.row) else {
                continue;
            };
            let position = Position::new(at.section, block, 0);
            if blocks.last() != Some(&position) {
                blocks.push(position);
            }
        }
        if blocks == self.blocks {
            return;
        }
        self.links.clear();
        for &position in &blocks {
            let links = report.block(position).map(links::links).unwrap_or_default();
            self.links.extend(links.into_iter().map(|link| SeenLink {
                position: Position {
                    byte: link.bytes.start,
                    ..position
                },
                uri: link.uri(report),
                link,
            }));
        }
        self.blocks = blocks;
    }
}
