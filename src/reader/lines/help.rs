//! The help of `--linear`: what can be typed here, made from the table.

use super::names::{Named, word};
use crate::{
    command::{Context, Row, TABLE},
    reader::Reader,
};

/// What is typed beside commands.
const BESIDE: &str = "An empty line goes on. A number, path, page or percent (`2:5`, `ghana`, `p76`, `50%`) goes there. \
    `help all` lists every command, `help NAME` explains one.";

impl Reader {
    /// Says what can be typed: the short words, everything here, or what one command does.
    pub(super) fn help_in_lines(&mut self, words: &str) {
        let said = match words {
            "" => format!("{}\n{BESIDE}", self.words_here(false)),
            "all" => self.words_here(true),
            name => match self.named(name, name) {
                Named::Command { row, .. } => self.explained(row),
                _ => format!(
                    "`{name}` is not a command; the nearest is `{}`.",
                    self.nearest(name)
                ),
            },
        };
        self.say(said);
    }

    fn explained(&self, row: &Row) -> String {
        let chains = [self.chain(), Context::Text.chain()];
        let binding = chains.iter().find_map(|chain| row.nearest(chain));
        let name = match binding.map_or("", |binding| binding.word) {
            word if word.is_empty() || word == row.name => row.name.to_owned(),
            word => format!("{word} ({})", row.name),
        };
        format!("{name}: {}", self.doc_of(row))
    }

    fn doc_of(&self, row: &Row) -> &'static str {
        let contexts = self.chain().iter().chain(Context::Text.chain());
        let mut contexts = contexts.filter(|context| row.binding(**context).is_some());
        let context = contexts.next().copied().unwrap_or(Context::Text);
        row.doc_in(context)
    }

    /// The commands of the nearest contexts; of the text those with a short word alone, unless all
    /// are wanted.
    fn words_here(&self, all: bool) -> String {
        let chain = self.chain();
        let is_text = chain == Context::Text.chain();
        let wanted = |row: &&Row| match word(row, chain) {
            Some(word) if is_text && !all => !word.is_empty() && !word.contains('-'),
            Some(_) => true,
            None => false,
        };
        let lines = TABLE.iter().filter(wanted).map(|row| self.explained(row));
        lines.collect::<Vec<_>>().join("\n")
    }
}
