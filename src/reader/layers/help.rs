//! The help screen, made from the command table for where it was called.

use super::{Keys, Then, movement};
use crate::{
    command::{self, Command, Context, keymap::Keymap, manual},
    reader::parts::Parts,
    text::{width, wrap},
};

/// Columns for the keys before the text of a line.
const KEYS: usize = 18;

/// The help screen.
#[derive(Debug)]
pub struct Help {
    /// Where help was called.
    about: Context,
    /// First line shown.
    scroll: usize,
}

/// A line of the help screen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum HelpLine {
    Title(String),
    /// Keys, empty on a line that goes on, and text.
    Keys(String, String),
    Empty,
}

impl Help {
    pub(crate) fn new(about: Context) -> Self {
        Self { about, scroll: 0 }
    }

    /// The lines from the first one shown on.
    pub fn lines(&self, keymap: &Keymap, columns: usize) -> Vec<HelpLine> {
        lines(self.about, keymap, columns).split_off(self.scroll)
    }
}

impl Keys for Help {
    fn context(&self) -> Option<Context> {
        Some(Context::Help)
    }

    fn run(&mut self, command: Command, count: Option<usize>, parts: &mut Parts) -> Then {
        let rows = usize::from(parts.viewport.size().1.saturating_sub(3));
        match movement(command, count, rows) {
            Some(by) => self.scroll = self.scroll.saturating_add_signed(by),
            None if command == Command::Help => return Then::Close,
            None => return Then::Pass,
        }
        Then::Stay
    }

    fn refresh(&mut self, parts: &mut Parts) {
        let (columns, rows) = parts.viewport.size();
        let all = lines(self.about, &parts.keymap, usize::from(columns)).len();
        let most = all.saturating_sub(usize::from(rows.saturating_sub(1)));
        self.scroll = self.scroll.min(most);
    }
}

/// All lines about a context: what counts there first, then all the rest.
fn lines(about: Context, keymap: &Keymap, columns: usize) -> Vec<HelpLine> {
    let close = keymap.shown(Command::Quit, Context::Help);
    let mut lines = vec![
        HelpLine::Keys(close, "Close this help".into()),
        HelpLine::Empty,
    ];
    let near = about.chain();
    let far = Context::ALL
        .iter()
        .map(|(context, ..)| context)
        .filter(|context| !near.contains(context));
    for &context in near.iter().chain(far) {
        lines.push(HelpLine::Title(context.title().into()));
        for row in command::in_context(context) {
            let mut keys = keymap.all_shown(row.command, context).join("  ");
            if keys.is_empty() {
                keys = format!(":{}", row.name);
            }
            let doc = row.doc_in(context).replace('`', "");
            push(&mut lines, keys, &doc, columns);
        }
        lines.push(HelpLine::Empty);
    }
    lines.push(HelpLine::Title("With the mouse".into()));
    for (what, doc) in manual::MOUSE {
        push(&mut lines, (*what).into(), doc, columns);
    }
    lines
}

/// Breaks a command's text beside its keys; keys too long for their column stand alone.
fn push(lines: &mut Vec<HelpLine>, mut keys: String, doc: &str, columns: usize) {
    let width = columns.saturating_sub(KEYS + 2).max(10);
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

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use super::*;

    #[test]
    fn what_counts_here_stands_first_and_every_command_is_there() {
        let keymap = Keymap::new(&HashMap::new()).expect("the table's keys");
        for (context, _, title) in Context::ALL {
            let lines = lines(*context, &keymap, 80);
            let titles: Vec<&HelpLine> = lines
                .iter()
                .filter(|line| matches!(line, HelpLine::Title(_)))
                .collect();
            assert_eq!(titles.first(), Some(&&HelpLine::Title((*title).into())));
            assert_eq!(titles.len(), Context::ALL.len() + 1);
        }
    }
}
