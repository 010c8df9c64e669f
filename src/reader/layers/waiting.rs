//! Another report that is being opened or compared with, until it is there.

use super::{Keys, Then};
use crate::{
    command::{Command, Context},
    reader::parts::Parts,
};

/// Another report that was asked for.
#[derive(Debug)]
pub struct Waiting {
    pub(crate) number: u64,
    /// The other report as it was asked for.
    pub name: String,
    pub(crate) purpose: Awaited,
}

/// What a report was asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Awaited {
    Comparison,
    /// All reports are looked through.
    Everywhere,
    /// To be read; whether that is going back.
    Report {
        is_back: bool,
    },
}

impl Waiting {
    /// What is under way: `Comparing with`, `Opening`.
    pub fn doing(&self) -> &'static str {
        match self.purpose {
            Awaited::Comparison => "Comparing with",
            Awaited::Everywhere => "Looking through",
            Awaited::Report { .. } => "Opening",
        }
    }
}

impl Keys for Waiting {
    fn context(&self) -> Option<Context> {
        Some(Context::Comparison)
    }

    fn run(&mut self, command: Command, _: Option<usize>, _: &mut Parts) -> Then {
        // There is nothing to move in yet.
        match command.row().binding(Context::Comparison) {
            Some(_) => Then::Stay,
            None => Then::Pass,
        }
    }

    fn cancel(&mut self, parts: &mut Parts) -> Then {
        parts.say(format!("{} `{}` was cancelled.", self.doing(), self.name));
        Then::Close
    }
}
