//! Writes a table of data row by row.

use std::collections::{BTreeMap, HashMap};

use super::Walker;
use crate::{
    import::html::{
        table::{Table, span},
        tree::NodeId,
    },
    report::BlockKind,
};

impl Walker<'_> {
    pub(super) fn table(&mut self, node: NodeId) {
        let table = Table::read(self.tree, &self.styles, node);
        for caption in &table.captions {
            self.text_block(*caption, BlockKind::Caption);
        }
        let names = self.column_names(&table);
        let mut unused: BTreeMap<usize, &String> =
            names.iter().map(|(at, name)| (*at, name)).collect();
        for row in &table.rows {
            let mut is_first = true;
            for &(column, cell) in row {
                if self.plain(cell).is_empty() {
                    self.inline_only(cell);
                    continue;
                }
                if !is_first {
                    self.flow.attach("; ");
                }
                if let Some(name) = names.get(&column).filter(|name| !name.is_empty()) {
                    self.flow.push(&format!("{}: ", name.trim_end_matches(':')));
                    unused.retain(|_, other| *other != name);
                }
                self.inline_only(cell);
                is_first = false;
            }
            self.flush(BlockKind::ListItem);
        }
        let unused: Vec<&str> = unused
            .values()
            .map(|name| name.as_str())
            .filter(|name| !name.is_empty())
            .collect();
        self.flow.push(&unused.join("; "));
        self.flush(BlockKind::ListItem);
    }

    /// The names of columns: what stands above them in all rows of headers.
    fn column_names(&mut self, table: &Table) -> HashMap<usize, String> {
        let mut names: HashMap<usize, String> = HashMap::new();
        let mut last: HashMap<usize, NodeId> = HashMap::new();
        for (row, cells) in table.heads.iter().enumerate() {
            for &(column, cell) in cells {
                let name = self.line(cell);
                let is_wide = table.heads.len() > row + 1;
                let width = if is_wide {
                    span(self.tree, cell, "colspan")
                } else {
                    1
                };
                for column in column..column + width {
                    if last.insert(column, cell) == Some(cell) || name.is_empty() {
                        continue;
                    }
                    let above = names.entry(column).or_default();
                    if !above.is_empty() {
                        above.push(' ');
                    }
                    above.push_str(&name);
                }
            }
        }
        names
    }
}
