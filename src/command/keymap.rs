//! From keys to commands: the table's keys, and those that a config file puts in their place.

use std::collections::HashMap;

use crate::command::{
    self, Command, Context, Row, TABLE, Takes,
    key::{Key, UnknownKey},
};

/// What keys typed so far mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Meaning {
    Command(Command, Option<char>),
    /// More keys can follow.
    Prefix,
    Nothing,
}

/// Which keys mean which command, in each context.
#[derive(Debug, Clone)]
pub struct Keymap {
    bindings: Vec<(Context, Vec<Key>, &'static Row)>,
}

/// Why the keys of a config file cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum KeymapError {
    #[error("there is no command `{0}`; `tip-reader keys` lists them")]
    NoCommand(String),
    #[error(transparent)]
    NoKey(#[from] UnknownKey),
}

impl Keymap {
    /// The table's keys.
    ///
    /// # Errors
    /// Never for the table itself, which a test walks; else where `changed` names a command or
    /// key that there is not.
    pub fn new(changed: &HashMap<String, Vec<String>>) -> Result<Self, KeymapError> {
        if let Some(name) = changed.keys().find(|name| command::by_name(name).is_none()) {
            return Err(KeymapError::NoCommand(name.clone()));
        }
        let mut bindings: Vec<(Context, Vec<Key>, &'static Row)> = Vec::new();
        // What a reader has chosen goes first: a key of the table gives way to it.
        let (chosen, others): (Vec<&Row>, Vec<&Row>) =
            TABLE.iter().partition(|row| changed.contains_key(row.name));
        for row in chosen.into_iter().chain(others) {
            let keys: Vec<&str> = match changed.get(row.name) {
                Some(keys) => keys.iter().map(String::as_str).collect(),
                None => row.keys.to_vec(),
            };
            for key in keys {
                let sequence = Key::sequence(key)?;
                let is_taken = |(context, taken, of): &(Context, Vec<Key>, &Row)| {
                    *context == row.context && *taken == sequence && of.takes == row.takes
                };
                // The table takes no key twice.
                if changed.is_empty() || !bindings.iter().any(is_taken) {
                    bindings.push((row.context, sequence, row));
                }
            }
        }
        Ok(Self { bindings })
    }

    /// What a sequence of keys means in a context. A letter that a command takes is given with
    /// it; a sequence of its own goes before it (`m m` before `m` and a letter).
    pub fn meaning(&self, context: Context, keys: &[Key]) -> Meaning {
        for &context in context.chain() {
            let here = || self.bindings.iter().filter(move |(of, ..)| *of == context);
            let whole =
                here().find(|(_, sequence, row)| row.takes != Takes::Letter && sequence == keys);
            if let Some((.., row)) = whole {
                return Meaning::Command(row.command, None);
            }
            if let Some((&last, before)) = keys.split_last()
                && let Some(letter) = last.typed().filter(|c| c.is_alphanumeric())
                && let Some((.., row)) = here()
                    .find(|(_, sequence, row)| row.takes == Takes::Letter && sequence == before)
            {
                return Meaning::Command(row.command, Some(letter));
            }
            let is_prefix = |(_, sequence, row): &&(Context, Vec<Key>, &Row)| {
                let room = sequence.len() + usize::from(row.takes == Takes::Letter);
                sequence.starts_with(keys) && room > keys.len()
            };
            if here().any(|binding| is_prefix(&binding)) {
                return Meaning::Prefix;
            }
        }
        Meaning::Nothing
    }

    /// The key to show for a command; empty where it has none.
    pub fn shown(&self, command: Command) -> String {
        let binding = self
            .bindings
            .iter()
            .find(|(_, _, row)| row.command == command);
        let Some((_, sequence, row)) = binding else {
            return String::new();
        };
        let mut keys: Vec<String> = sequence.iter().map(Key::to_string).collect();
        if row.takes == Takes::Letter {
            keys.push("letter".into());
        }
        keys.join(" ")
    }

    /// All keys of a command, as they are shown, with ` ` inside sequences.
    pub fn all_shown(&self, command: Command) -> Vec<String> {
        let of = self
            .bindings
            .iter()
            .filter(|(_, _, row)| row.command == command);
        of.map(|(_, sequence, row)| {
            let keys: Vec<String> = sequence.iter().map(Key::to_string).collect();
            let letter = if row.takes == Takes::Letter {
                " letter"
            } else {
                ""
            };
            format!("{}{letter}", keys.join(" "))
        })
        .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn meaning(keys: &str) -> Meaning {
        let keymap = Keymap::new(&HashMap::new()).expect("the table's own keys");
        keymap.meaning(Context::Reading, &Key::sequence(keys).expect("keys"))
    }

    #[test]
    fn every_key_of_the_table_runs_its_command() {
        let keymap = Keymap::new(&HashMap::new()).expect("the table's own keys");
        for row in TABLE {
            for key in row.keys {
                let mut keys = Key::sequence(key).expect("keys");
                let letter = (row.takes == Takes::Letter).then_some('q');
                keys.extend(letter.map(|letter| Key::new(crate::command::key::Code::Char(letter))));
                assert_eq!(
                    keymap.meaning(row.context, &keys),
                    Meaning::Command(row.command, letter),
                    "{key}"
                );
            }
        }
    }

    #[test]
    fn a_sequence_goes_before_a_letter() {
        assert_eq!(meaning("m"), Meaning::Prefix);
        assert_eq!(
            meaning("m m"),
            Meaning::Command(Command::ToggleBookmark, None)
        );
        assert_eq!(
            meaning("m a"),
            Meaning::Command(Command::SetBookmark, Some('a'))
        );
        assert_eq!(meaning("m Esc"), Meaning::Nothing);
        assert_eq!(meaning("' '"), Meaning::Command(Command::GoBack, None));
    }

    #[test]
    fn a_chosen_key_is_taken_from_the_command_that_had_it() {
        let changed = HashMap::from([("next-theme".to_owned(), vec!["a".to_owned()])]);
        let keymap = Keymap::new(&changed).expect("good keys");
        let a = Key::sequence("a").expect("a key");
        assert_eq!(
            keymap.meaning(Context::Reading, &a),
            Meaning::Command(Command::NextTheme, None)
        );
        assert_eq!(keymap.shown(Command::AddNote), "");
    }

    #[test]
    fn a_config_can_change_keys_and_is_told_of_wrong_ones() {
        let changed = HashMap::from([("line-down".to_owned(), vec!["n".to_owned()])]);
        let keymap = Keymap::new(&changed).expect("good keys");
        assert_eq!(keymap.shown(Command::LineDown), "n");
        for (name, key) in [("no-such-thing", "j"), ("line-down", "wrong")] {
            let changed = HashMap::from([(name.to_owned(), vec![key.to_owned()])]);
            assert!(Keymap::new(&changed).is_err());
        }
    }

    #[test]
    fn the_table_takes_no_key_twice() {
        let keymap = Keymap::new(&HashMap::new()).expect("the table's own keys");
        for (at, (context, sequence, row)) in keymap.bindings.iter().enumerate() {
            let is_same = |(of, taken, other): &&(Context, Vec<Key>, &Row)| {
                of == context && taken == sequence && other.takes == row.takes
            };
            assert!(
                !keymap
                    .bindings
                    .iter()
                    .skip(at + 1)
                    .any(|other| is_same(&other)),
                "{}",
                row.name
            );
        }
    }
}
