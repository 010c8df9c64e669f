//! Tables: each row becomes a list item, its cells named by the heads of their columns.

use super::Reader;

#[derive(Default)]
pub(super) struct Table {
    pub(super) heads: Vec<String>,
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

    pub(super) fn end_cell(&mut self) {
        self.flow.close_all();
        let Some(table) = &mut self.table else { return };
        if table.is_head {
            table.heads.push(self.flow.take().0);
        }
        table.column += 1;
        self.prefix = None;
    }
}
