//! The help screen, made from the command table for where it was called.

use super::{Keys, Then, movement};
use crate::{
    command::{self, Command, Context, keymap::Keymap, manual},
    reader::{editor::Editor, parts::Parts},
    search::{Pattern, words_of},
    text::{width, wrap},
};

/// Columns for the keys before the text of a line.
const KEYS: usize = 18;

/// What the signs on the screen mean.
const SIGNS: &[(&str, &str)] = &[
    ("▸", "The cursor; in the section pane, what is read"),
    ("●", "A note"),
    (
        "▌",
        "A highlight; without colours the letter of its colour stands where it begins",
    ),
    ("⚑ a", "A bookmark; one with a letter"),
    (
        "~",
        "A note or highlight whose passage moved or was changed since",
    ),
    ("?", "One that may be elsewhere: S reviews it"),
    (
        "▾ ▹",
        "In the section pane: what is unfolded, and what is folded",
    ),
    ("▐", "In the scroll bar: what is on the screen"),
];

/// The help screen.
#[derive(Debug)]
pub struct Help {
    /// Where help was called.
    about: Context,
    /// First line shown.
    scroll: usize,
    /// What the lines have to say, where they are filtered.
    filter: Option<Editor>,
    /// Whether the filter is being typed.
    is_filtering: bool,
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
        Self {
            about,
            scroll: 0,
            filter: None,
            is_filtering: false,
        }
    }

    /// What is typed to filter the lines.
    pub fn filter(&self) -> Option<&Editor> {
        self.filter.as_ref()
    }

    /// All lines that are left by the filter, and which of them is the first shown.
    pub fn lines(&self, keymap: &Keymap, columns: usize) -> (Vec<HelpLine>, usize) {
        let all = lines(self.about, keymap, columns);
        let lines = match &self.filter {
            Some(filter) => fitting(all, filter.text()),
            None => all,
        };
        (lines, self.scroll)
    }
}

impl Keys for Help {
    fn context(&self) -> Option<Context> {
        Some(match self.is_filtering {
            true => Context::Filter,
            false => Context::Help,
        })
    }

    fn run(&mut self, command: Command, count: Option<usize>, parts: &mut Parts) -> Then {
        let rows = usize::from(parts.viewport.size().1.saturating_sub(4));
        if let Some(by) = movement(command, count, rows) {
            self.scroll = self.scroll.saturating_add_signed(by);
            return Then::Stay;
        }
        match command {
            Command::Help => return Then::Close,
            Command::Filter => {
                self.filter.get_or_insert_with(|| Editor::single_line(""));
                self.is_filtering = true;
            }
            Command::Accept if self.is_filtering => self.is_filtering = false,
            _ => return Then::Pass,
        }
        Then::Stay
    }

    fn cancel(&mut self, _: &mut Parts) -> Then {
        self.is_filtering = false;
        match self.filter.take() {
            Some(_) => Then::Stay,
            None => Then::Close,
        }
    }

    fn editor(&mut self) -> Option<&mut Editor> {
        self.filter.as_mut().filter(|_| self.is_filtering)
    }

    fn typed(&mut self, _: &mut Parts) {
        self.scroll = 0;
    }

    fn refresh(&mut self, parts: &mut Parts) {
        let (columns, rows) = parts.viewport.size();
        let (all, _) = self.lines(&parts.keymap, usize::from(columns));
        // A title above, the status line below.
        let most = all
            .len()
            .saturating_sub(usize::from(rows.saturating_sub(2)));
        self.scroll = self.scroll.min(most);
    }
}

/// The lines whose keys or text have all words of a filter, under their titles.
fn fitting(all: Vec<HelpLine>, filter: &str) -> Vec<HelpLine> {
    let words = words_of(filter);
    let mut fitting: Vec<HelpLine> = Vec::new();
    let mut title = None;
    let mut is_shown = false;
    for line in all {
        match &line {
            HelpLine::Title(_) => title = Some(line),
            HelpLine::Empty => {}
            HelpLine::Keys(keys, text) => {
                let fits = |word: &Pattern| word.is_in(keys) || word.is_in(text);
                // A line that goes on belongs to the one before.
                is_shown = (keys.is_empty() && is_shown) || words.iter().all(fits);
                if is_shown {
                    fitting.extend(title.take());
                    fitting.push(line);
                }
            }
        }
    }
    fitting
}

/// All lines about a context: what one does there, how one moves, what signs mean; then all the rest.
fn lines(about: Context, keymap: &Keymap, columns: usize) -> Vec<HelpLine> {
    let mut lines = Vec::new();
    let near = about.chain();
    let far = Context::ALL
        .iter()
        .map(|(context, ..)| context)
        .filter(|context| !near.contains(context));
    let commands = |context: Context, moves: bool, lines: &mut Vec<HelpLine>| {
        let rows = command::in_context(context);
        for row in rows.filter(|row| row.command.is_movement() == moves) {
            let mut keys = keymap.all_shown(row.command, context).join("  ");
            if keys.is_empty() {
                keys = format!(":{}", row.name);
            }
            let doc = row.doc_in(context).replace('`', "");
            push(lines, keys, &doc, columns);
        }
    };
    for &context in near {
        lines.push(HelpLine::Title(context.title().into()));
        commands(context, false, &mut lines);
        lines.push(HelpLine::Empty);
    }
    lines.push(HelpLine::Title("To move".into()));
    for &context in near {
        commands(context, true, &mut lines);
    }
    lines.push(HelpLine::Empty);
    lines.push(HelpLine::Title("Signs".into()));
    for (sign, meaning) in SIGNS {
        push(&mut lines, (*sign).into(), meaning, columns);
    }
    lines.push(HelpLine::Empty);
    for &context in far {
        lines.push(HelpLine::Title(context.title().into()));
        commands(context, false, &mut lines);
        commands(context, true, &mut lines);
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
    use super::*;

    #[test]
    fn what_counts_here_stands_first_and_every_command_is_there() {
        let keymap = Keymap::default();
        for (context, _, title) in Context::ALL {
            let lines = lines(*context, &keymap, 80);
            let titles: Vec<&HelpLine> = lines
                .iter()
                .filter(|line| matches!(line, HelpLine::Title(_)))
                .collect();
            assert_eq!(titles.first(), Some(&&HelpLine::Title((*title).into())));
            // Those of movement, signs and mouse too.
            assert_eq!(titles.len(), Context::ALL.len() + 3);
        }
    }
}
