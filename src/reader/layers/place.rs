//! A note is being placed: its passage is looked for in the text, which is read as ever.

use super::{Keys, Then};
use crate::{
    command::{Command, Context},
    reader::parts::Parts,
    text::wording,
};

/// A note whose passage is looked for in the text.
#[derive(Debug)]
pub struct Placing {
    /// Id of the annotation.
    id: String,
}

impl Placing {
    pub(crate) fn new(id: String) -> Self {
        Self { id }
    }

    /// What to do, with the first words of the passage.
    pub(crate) fn hint(&self, parts: &Parts) -> Option<String> {
        let entry = parts.notes.notebook().entry(&self.id)?;
        let keys = [Command::Accept, Command::Cancel]
            .map(|command| parts.keymap.shown(command, Context::Place));
        let [here, back] = keys;
        Some(format!(
            "PLACE {here} puts it here, {back} gives up: “{}”",
            wording::one_line(&entry.annotation.anchor.quote)
        ))
    }
}

impl Keys for Placing {
    fn context(&self) -> Option<Context> {
        None
    }

    fn run(&mut self, command: Command, _: Option<usize>, parts: &mut Parts) -> Then {
        match command {
            Command::Accept => parts.place_here(&self.id),
            _ => Then::Pass,
        }
    }

    /// Ends a selection first.
    fn cancel(&mut self, parts: &mut Parts) -> Then {
        if parts.mode.end() {
            return Then::Stay;
        }
        parts.say("The note stays where it is.");
        Then::Close
    }
}
