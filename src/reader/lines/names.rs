//! What a typed word names: a word of the table, a command's name, the beginning of one, a key.

use crate::{
    command::{Command, Context, Row, TABLE, keymap::Meaning},
    reader::Reader,
    text::wording,
};

/// What a typed word names.
pub(super) enum Named {
    Command {
        row: &'static Row,
        /// Whether it is one of the text, and what lies over that closes first.
        closes: bool,
    },
    /// A key, and the letter that its command takes.
    Keys(Command, Option<char>),
    /// Commands that begin so.
    Several(Vec<&'static str>),
    Nothing,
}

type Chain = &'static [Context];

impl Reader {
    /// The contexts whose commands count now: those here, then those of the text.
    fn chains(&self) -> [(Chain, bool); 2] {
        let lies_over = self.layers.context().is_some();
        [(self.chain(), false), (Context::Text.chain(), lies_over)]
    }

    /// What a word names here. `line` is all of what was typed.
    pub(super) fn named(&self, name: &str, line: &str) -> Named {
        let chains = self.chains();
        let find = |is_it: &dyn Fn(&Row, Chain) -> bool| {
            chains.iter().find_map(|&(chain, closes)| {
                let row = TABLE.iter().find(|row| is_it(row, chain))?;
                Some(Named::Command { row, closes })
            })
        };
        let of_word = |row: &Row, chain: Chain| word(row, chain) == Some(name);
        let of_name = |row: &Row, chain: Chain| row.name == name && word(row, chain) == Some("");
        let whole = |row: &Row, chain: Chain| of_word(row, chain) || of_name(row, chain);
        let shadowed = |row: &Row, chain: Chain| row.name == name && row.nearest(chain).is_some();
        find(&whole)
            .or_else(|| find(&shadowed))
            .or_else(|| self.begun(name))
            .or_else(|| self.keyed(line))
            .unwrap_or_else(|| self.several(name))
    }

    /// The one short word that begins so, else the one command.
    fn begun(&self, beginning: &str) -> Option<Named> {
        let short = |of: &&'static str| !of.contains('-');
        let begins = |(name, _): &(&'static str, _)| name.starts_with(beginning);
        let words = self
            .callable()
            .into_iter()
            .filter(|(name, row, _)| name != &row.name && short(name) && begins(&(*name, ())));
        let names = self.callable().into_iter();
        let names = names.filter(|(name, ..)| begins(&(*name, ())));
        let one = |found: Vec<(&'static str, &'static Row, bool)>| {
            let (_, row, closes) = *found.first()?;
            let is_one = found.iter().all(|(_, of, _)| of.command == row.command);
            is_one.then_some(Named::Command { row, closes })
        };
        one(words.collect()).or_else(|| one(names.collect()))
    }

    /// The command of a key, where the line is one.
    fn keyed(&self, line: &str) -> Option<Named> {
        match self.parts.keymap.meaning(self.chain(), &super::keys(line)) {
            Meaning::Command(command, letter) => Some(Named::Keys(command, letter)),
            Meaning::Prefix | Meaning::Nothing => None,
        }
    }

    fn several(&self, beginning: &str) -> Named {
        let all = self.callable().into_iter();
        let begun = all.filter(|(name, ..)| name.starts_with(beginning));
        let mut names: Vec<&str> = begun.map(|(name, ..)| name).collect();
        names.dedup();
        match names.is_empty() {
            true => Named::Nothing,
            false => Named::Several(names),
        }
    }

    /// Every word and name that can be typed here, with its command: what counts first is first.
    fn callable(&self) -> Vec<(&'static str, &'static Row, bool)> {
        let mut all: Vec<(&'static str, &'static Row, bool)> = Vec::new();
        for are_words in [true, false] {
            for (chain, closes) in self.chains() {
                for row in TABLE {
                    let called = word(row, chain).map(|word| match are_words {
                        true if word.is_empty() => row.name,
                        true => word,
                        false => row.name,
                    });
                    let is_new = |name: &&str| all.iter().all(|(known, ..)| known != name);
                    all.extend(called.filter(is_new).map(|name| (name, row, closes)));
                }
            }
        }
        all
    }

    /// The word or name that is nearest to what was typed.
    pub(super) fn nearest(&self, typed: &str) -> &'static str {
        let likeness = |name: &str| wording::likeness(name, &typed.to_lowercase());
        let mut nearest = ("help", 0.0);
        for (name, ..) in self.callable() {
            let likeness = likeness(name);
            if likeness > nearest.1 {
                nearest = (name, likeness);
            }
        }
        nearest.0
    }
}

/// The word of a command along a chain; empty where it has none there, `None` where it is not
/// bound.
pub(super) fn word(row: &Row, chain: Chain) -> Option<&'static str> {
    row.nearest(chain).map(|binding| binding.word)
}
