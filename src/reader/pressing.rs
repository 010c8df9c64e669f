//! Keys become commands: counts, sequences, text that is typed or pasted.

use super::{LARGEST_COUNT, Reader, Typed};
use crate::{
    command::{
        Command, Context,
        key::{Code, Key},
        keymap::Meaning,
    },
    notebook::news::Reply,
};

impl Reader {
    /// Takes a key press.
    pub fn press(&mut self, key: Key) {
        self.message = None;
        if self.is_refused(key) || self.count_digit(key) {
            return;
        }
        if key.code == Code::Esc && self.typed.count.is_some() {
            self.typed = Typed::default();
            return self.say("Cancelled.");
        }
        self.typed.keys.push(key);
        let context = self.context();
        match self.keymap.meaning(context, &self.typed.keys) {
            Meaning::Prefix => return,
            Meaning::Command(command, letter) => {
                let count = self.typed.count.take();
                self.typed.keys.clear();
                self.moving(|reader| reader.run(command, count, letter));
                self.leave_link();
                if command != Command::Highlight {
                    self.colouring = None;
                }
            }
            Meaning::Nothing => {
                self.colouring = None;
                self.press_unbound(context, key);
            }
        }
        self.typed = Typed::default();
        self.settle();
    }

    /// Takes text that was pasted. Where nothing is typed it does nothing but say so.
    pub fn paste(&mut self, text: &str) {
        self.message = None;
        self.colouring = None;
        match self.typed_text() {
            Some(editor) => {
                editor.paste(text);
                self.follow_typing();
            }
            None => self.say("Nothing is being typed here; a note begins with a."),
        }
        self.settle();
    }

    /// Takes what the keeper says.
    pub fn hear(&mut self, reply: Reply) {
        self.take_reply(reply);
        self.settle();
    }

    fn count_digit(&mut self, key: Key) -> bool {
        let digit = key
            .typed()
            .and_then(|character| character.to_digit(10))
            .map(|digit| digit as usize);
        let Some(digit) =
            digit.filter(|_| !self.context().is_typing() && self.typed.keys.is_empty())
        else {
            return false;
        };
        if digit == 0 && self.typed.count.is_none() {
            return false;
        }
        let count = self
            .typed
            .count
            .unwrap_or(0)
            .saturating_mul(10)
            .saturating_add(digit)
            .min(LARGEST_COUNT);
        self.typed.count = Some(count);
        if self.context() == Context::Sections {
            self.go_to_numbered_section(count);
            self.settle();
        }
        true
    }

    fn press_unbound(&mut self, context: Context, key: Key) {
        if context.is_typing() {
            if let Some(character) = key.typed() {
                self.type_character(character);
            }
            return;
        }
        let keys: Vec<String> = self.typed.keys.iter().map(Key::to_string).collect();
        if key.code == Code::Esc {
            return self.say("Cancelled.");
        }
        let help = self.keymap.shown(Command::Help);
        self.say(format!(
            "{} does nothing here; {help} shows the keys.",
            keys.join(" ")
        ));
    }
}
