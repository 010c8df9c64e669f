//! Keys typed that are no command yet, and the lines that were run.

use crate::command::{
    Command, Context,
    key::{Code, Key},
    keymap::{Keymap, Meaning},
};

/// Largest count that is taken from keys.
pub(super) const LARGEST_COUNT: usize = 1_000_000_000;

/// Keys typed that are no command yet.
#[derive(Debug, Default)]
pub struct Input {
    count: Option<usize>,
    keys: Vec<Key>,
    /// Whether the last command was an interrupt that closed nothing.
    pub(super) is_interrupted: bool,
    /// Whether a note was refused and what is typed may be meant for it.
    pub(super) refuses: bool,
    /// Commands that were run from the command line, the last one last.
    pub(super) lines: Vec<String>,
    /// Shell commands that got text, the last one last.
    pub(super) pipes: Vec<String>,
}

/// What a key press came to.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Pressed {
    /// More keys can follow.
    Waiting,
    /// The count so far.
    Count(usize),
    Command {
        command: Command,
        count: Option<usize>,
        letter: Option<char>,
    },
    /// The keys typed so far were given up.
    Cancelled,
    /// Keys that are no command here.
    Unbound(Vec<Key>),
}

impl Input {
    /// Takes a key. The chain of contexts says where it goes, the nearest first.
    pub(super) fn press(
        &mut self,
        key: Key,
        chain: &[Context],
        is_typing: bool,
        keymap: &Keymap,
    ) -> Pressed {
        if let Some(count) = self.digit(key, is_typing) {
            self.count = Some(count);
            return Pressed::Count(count);
        }
        if key.code == Code::Esc && (self.count.is_some() || !self.keys.is_empty()) {
            self.clear();
            return Pressed::Cancelled;
        }
        self.keys.push(key);
        let mut meaning = keymap.meaning(chain, &self.keys);
        if let (Meaning::Nothing, Some(twin), false) = (&meaning, key.twin(), is_typing) {
            self.keys.pop();
            self.keys.push(twin);
            meaning = keymap.meaning(chain, &self.keys);
        }
        match meaning {
            Meaning::Prefix => Pressed::Waiting,
            Meaning::Command(command, letter) => {
                let count = self.count;
                self.clear();
                Pressed::Command {
                    command,
                    count,
                    letter,
                }
            }
            Meaning::Nothing => {
                self.count = None;
                Pressed::Unbound(std::mem::take(&mut self.keys))
            }
        }
    }

    /// The count with a digit added, where the key is one that counts.
    fn digit(&self, key: Key, is_typing: bool) -> Option<usize> {
        let digit = key.typed()?.to_digit(10)? as usize;
        if is_typing || !self.keys.is_empty() || (digit == 0 && self.count.is_none()) {
            return None;
        }
        let count = self.count.unwrap_or(0).saturating_mul(10);
        Some(count.saturating_add(digit).min(LARGEST_COUNT))
    }

    /// Forgets what was typed so far.
    pub(super) fn clear(&mut self) {
        self.count = None;
        self.keys.clear();
    }

    /// The count and the keys typed so far, as they are shown.
    pub fn pending(&self) -> String {
        let count = self.count.map(|count| count.to_string());
        let keys: Vec<String> = self.keys.iter().map(Key::to_string).collect();
        format!("{}{}", count.unwrap_or_default(), keys.join(" "))
    }

    /// Remembers a line that was run, as the last one.
    pub(super) fn remember(&mut self, line: &str, is_pipe: bool) {
        let lines = if is_pipe {
            &mut self.pipes
        } else {
            &mut self.lines
        };
        lines.retain(|earlier| earlier != line);
        lines.push(line.to_owned());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn press(keys: &str) -> (Input, Vec<Pressed>) {
        let keymap = Keymap::default();
        let mut input = Input::default();
        let keys = Key::sequence(keys).expect("keys");
        let pressed = keys
            .into_iter()
            .map(|key| input.press(key, Context::Text.chain(), false, &keymap))
            .collect();
        (input, pressed)
    }

    #[test]
    fn a_count_goes_to_the_command_after_it() {
        let (input, pressed) = press("1 0 j");
        let command = Pressed::Command {
            command: Command::Down,
            count: Some(10),
            letter: None,
        };
        assert_eq!(pressed, [Pressed::Count(1), Pressed::Count(10), command]);
        assert_eq!(input.pending(), "");
    }

    #[test]
    fn escape_gives_up_a_count_and_the_beginning_of_a_sequence() {
        let (input, pressed) = press("3 g");
        assert_eq!(pressed.last(), Some(&Pressed::Waiting));
        assert_eq!(input.pending(), "3g");
        for keys in ["3 Esc", "g Esc", "m Esc", "2 ' Esc"] {
            let (input, pressed) = press(keys);
            assert_eq!(pressed.last(), Some(&Pressed::Cancelled), "{keys}");
            assert_eq!(input.pending(), "", "{keys}");
        }
    }

    #[test]
    fn counts_end_at_a_billion() {
        let digits = "9 ".repeat(30);
        assert_eq!(
            press(&digits).1.last(),
            Some(&Pressed::Count(LARGEST_COUNT))
        );
    }

    #[test]
    fn a_line_that_is_run_again_is_remembered_once() {
        let mut input = Input::default();
        for line in ["a", "b", "a"] {
            input.remember(line, false);
        }
        input.remember("wc", true);
        assert_eq!(
            (input.lines, input.pipes),
            (vec!["b".into(), "a".into()], vec!["wc".to_owned()])
        );
    }
}
