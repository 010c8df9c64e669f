//! Writes a table of data row by row.

use std::collections::HashMap;

use super::Walker;
use crate::{
    import::html::{table::Table, tree::NodeId},
    report::BlockKind,
};

impl Walker<'_> {
    pub(super) fn table(&mut self, node: NodeId) {
        let table = Table::read(self.tree, &self.styles, node);
        for caption in table.captions {
            self.text_block(caption, BlockKind::Caption);
        }
        let names: HashMap<usize, String> = table
            .heads
            .iter()
            .map(|&(column, cell)| (column, self.plain(cell)))
            .collect();
        for row in table.rows {
            let mut is_first = true;
            for (column, cell) in row {
                if self.plain(cell).is_empty() {
                    continue;
                }
                if !is_first {
                    self.flow.attach("; ");
                }
                if let Some(name) = names.get(&column).filter(|name| !name.is_empty()) {
                    self.flow.push(&format!("{}: ", name.trim_end_matches(':')));
                }
                self.inline_only(cell);
                is_first = false;
            }
            self.flush(BlockKind::ListItem);
        }
    }
}
