//! The commands: one table from which dispatch, help, hints, `keys`, the manual page and the
//! completion of `:` are made; and the keys, settings and keymap around it.

mod context;
pub mod key;
pub mod keymap;
pub mod manual;
pub mod settings;
mod table;

pub use context::Context;
pub use table::{Command, TABLE};

use crate::text::wording;

/// What a command is given besides a count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Takes {
    Nothing,
    /// One more key: a letter.
    Letter,
    /// Words after its name on the command line, described here.
    Words(&'static str),
}

/// One row of the table: a verb and where it is bound.
#[derive(Debug)]
pub struct Row {
    pub command: Command,
    /// Kebab-case, for `:` and the config file.
    pub name: &'static str,
    pub takes: Takes,
    /// What it does, as a sentence without a full stop.
    pub doc: &'static str,
    pub bindings: &'static [Binding],
}

/// The keys of a command in contexts that treat it alike.
#[derive(Debug)]
pub struct Binding {
    pub contexts: &'static [Context],
    /// Key sequences as [`key::Key`] writes them, the one to show first. A command without
    /// keys takes words and is run from the command line.
    pub keys: &'static [&'static str],
    /// A word for the status line; empty for most.
    pub hint: &'static str,
    /// What it does here; empty where the row says it.
    doc: &'static str,
    /// What it is called in `--linear` besides its name; empty for most. Where another command of
    /// the text has such a word, the word counts and not this one's name.
    pub word: &'static str,
}

impl Command {
    /// Whether it moves and does nothing else: those that the table has first.
    pub fn is_movement(self) -> bool {
        (self as usize) < Self::SwapEnds as usize
    }

    /// The row of a command.
    pub fn row(self) -> &'static Row {
        // The table is made from the same list as the enum, in the same order.
        &TABLE[self as usize]
    }
}

impl Row {
    /// The binding that counts in just this context.
    pub fn binding(&self, context: Context) -> Option<&'static Binding> {
        self.bindings
            .iter()
            .find(|binding| binding.contexts.contains(&context))
    }

    /// What the command does in a context, as a sentence without a full stop.
    pub fn doc_in(&self, context: Context) -> &'static str {
        self.binding(context)
            .map(|binding| binding.doc)
            .filter(|doc| !doc.is_empty())
            .unwrap_or(self.doc)
    }

    /// The nearest binding along a chain of contexts.
    pub fn nearest(&self, chain: &[Context]) -> Option<&'static Binding> {
        chain.iter().find_map(|context| self.binding(*context))
    }

    /// The contexts in which it is bound.
    pub fn contexts(&self) -> impl Iterator<Item = Context> + use<> {
        self.bindings
            .iter()
            .flat_map(|binding| binding.contexts.iter().copied())
    }
}

/// The command of a name.
pub fn by_name(name: &str) -> Option<&'static Row> {
    TABLE.iter().find(|row| row.name == name)
}

/// How like a misspelt name has to be to that of a command, 0 to 1.
const LEAST_LIKE: f64 = 0.5;

/// The name of a command that is meant by one that is misspelt.
pub fn nearest_name(name: &str) -> Option<&'static str> {
    wording::nearest(name, TABLE.iter().map(|row| row.name), LEAST_LIKE)
}

/// The commands that are bound in just this context, in the order of the table.
pub fn in_context(context: Context) -> impl Iterator<Item = &'static Row> {
    TABLE
        .iter()
        .filter(move |row| row.binding(context).is_some())
}

/// The formats of `:export`, as those of `notes export` are named.
pub const EXPORTS: &[&str] = &["markdown", "html", "json", "csv", "annotation"];

/// What the command line takes besides: what hands type that know vi.
pub const OF_VI: &[(&str, Command)] = &[
    ("q!", Command::Quit),
    ("wq", Command::Quit),
    ("x", Command::Quit),
    ("qa", Command::Quit),
];

/// The commands that the command line offers: those of the text and of everywhere.
pub fn on_command_line() -> impl Iterator<Item = &'static Row> {
    TABLE.iter().filter(|row| {
        [Context::Text, Context::Anywhere]
            .iter()
            .any(|&context| row.binding(context).is_some())
    })
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn every_command_has_a_name_of_its_own_and_a_key_or_words() {
        let mut names = HashSet::new();
        for (index, row) in TABLE.iter().enumerate() {
            assert_eq!(row.command as usize, index);
            assert!(names.insert(row.name), "`{}` is there twice", row.name);
            let has_keys = row.bindings.iter().all(|binding| !binding.keys.is_empty());
            let has_name = on_command_line().any(|other| other.name == row.name);
            assert!(has_keys || has_name, "`{}` cannot be run", row.name);
            let docs = row.bindings.iter().map(|binding| binding.doc);
            for doc in docs.chain([row.doc]) {
                assert!(!doc.ends_with('.'), "`{}`: {doc}", row.name);
            }
        }
    }

    #[test]
    fn every_key_with_alt_has_a_twin_without_that_is_shown_first() {
        for row in TABLE {
            for binding in row.bindings {
                let first = binding.keys.first().copied().unwrap_or_default();
                assert!(!first.contains("M-"), "`{}`: {:?}", row.name, binding.keys);
            }
        }
    }

    #[test]
    fn a_command_is_bound_once_in_a_context() {
        for row in TABLE {
            let mut contexts = HashSet::new();
            for context in row.contexts() {
                assert!(contexts.insert(context), "`{}` in {context:?}", row.name);
            }
        }
    }
}
