//! Tables: each row becomes a list item, its cells named by the heads of their columns.

use super::Reader;
use crate::report::BlockKind;

#[derive(Default)]
pub(super) struct Table {
    pub(super) heads: Vec<String>,
    /// Which of them name no cell so far.
    unused: Vec<bool>,
    pub(super) column: usize,
    pub(super) is_head: bool,
}

impl Reader {
    pub(super) fn cell(&mut self) {
        let Some(table) = self.table.as_ref().filter(|table| !table.is_head) else {
            return;
        };
        let head = table
            .heads
            .get(table.column)
            .filter(|head| !head.is_empty());
        let between = if self.flow.is_empty() { "" } else { "; " };
        self.prefix = Some(format!(
            "{between}{}",
            head.map(|head| format!("{}: ", head.trim_end_matches(':')))
                .unwrap_or_default()
        ));
    }

    /// Heads of columns without a word are an item of their own.
    pub(super) fn end_table(&mut self) {
        let Some(table) = self.table.take() else {
            return;
        };
        let heads = table.heads.iter().zip(&table.unused);
        let unused = heads.filter(|(head, is_unused)| **is_unused && !head.is_empty());
        let unused: Vec<&str> = unused.map(|(head, _)| head.as_str()).collect();
        self.flow.push(&unused.join("; "));
        let taken = self.flow.take();
        self.document.block(BlockKind::ListItem, taken);
    }

    pub(super) fn end_cell(&mut self) {
        self.flow.close_all();
        let is_written = self.prefix.is_none();
        let Some(table) = &mut self.table else { return };
        if table.is_head {
            table.heads.push(self.flow.take().0);
            table.unused.push(true);
        } else if let Some(unused) = table.unused.get_mut(table.column).filter(|_| is_written) {
            *unused = false;
        }
        table.column += 1;
        self.prefix = None;
    }
}
