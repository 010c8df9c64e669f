//! The help screen's lines, made from the command table for where one is.

use super::{
    Reader,
    overlay::{Help, Overlay},
};
use crate::{
    command::{Command, Context, TABLE, manual},
    text::{width, wrap},
};

/// Columns for the keys before the text of a line.
const KEYS: usize = 18;

/// A line of the help screen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum HelpLine {
    Title(String),
    /// Keys, empty on a line that goes on, and text.
    Keys(String, String),
    Empty,
}

impl Reader {
    pub(super) fn toggle_help(&mut self) {
        if matches!(self.overlay, Some(Overlay::Help(_))) {
            self.close_top();
            return;
        }
        let about = self.context();
        let below = self.overlay.take().map(Box::new);
        self.overlay = Some(Overlay::Help(Help {
            about,
            scroll: 0,
            below,
        }));
    }

    pub(super) fn scroll_help(&mut self, by: isize) {
        if let Some(Overlay::Help(help)) = &mut self.overlay {
            help.scroll = help.scroll.saturating_add_signed(by);
        }
    }

    /// The lines of the help about a context: what counts there first, then all the rest.
    pub fn help_lines(&self, about: Context, columns: usize) -> Vec<HelpLine> {
        let mut lines = vec![
            HelpLine::Keys(self.keymap.shown(Command::Quit), "Close this help".into()),
            HelpLine::Empty,
        ];
        let near = about.chain();
        let far = Context::ALL
            .iter()
            .map(|(context, _)| context)
            .filter(|context| !near.contains(context));
        for context in near.iter().chain(far) {
            let title = Context::ALL
                .iter()
                .find(|(of, _)| of == context)
                .map_or("", |(_, title)| title);
            lines.push(HelpLine::Title(title.into()));
            for row in TABLE.iter().filter(|row| row.context == *context) {
                let mut keys = self.keymap.all_shown(row.command).join("  ");
                if keys.is_empty() {
                    keys = format!(":{}", row.name);
                }
                push(&mut lines, keys, &row.doc.replace('`', ""), columns);
            }
            lines.push(HelpLine::Empty);
        }
        lines.push(HelpLine::Title("With the mouse".into()));
        for (what, doc) in manual::MOUSE {
            push(&mut lines, (*what).into(), doc, columns);
        }
        lines
    }

    pub(super) fn help_rows_beyond(&self) -> usize {
        let Some(Overlay::Help(help)) = &self.overlay else {
            return 0;
        };
        let columns = usize::from(self.size.0);
        let rows = usize::from(self.size.1).saturating_sub(1);
        self.help_lines(help.about, columns)
            .len()
            .saturating_sub(rows)
    }
}

/// Breaks a command's text beside its keys; keys too long for their column stand alone.
fn push(lines: &mut Vec<HelpLine>, keys: String, doc: &str, columns: usize) {
    let width = columns.saturating_sub(KEYS + 2).max(10);
    let mut keys = keys;
    if width::width(&keys) > KEYS - 4 {
        lines.push(HelpLine::Keys(std::mem::take(&mut keys), String::new()));
    }
    for line in wrap::lines(doc, width, "") {
        let text = doc.get(line.start..line.end).unwrap_or_default().trim_end();
        lines.push(HelpLine::Keys(std::mem::take(&mut keys), text.into()));
    }
}

impl HelpLine {
    /// Columns before the text.
    pub const INDENT: usize = KEYS;
}
