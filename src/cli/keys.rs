//! `keys`: the table of keys and commands.

use super::{Failure, Outcome, put};
use crate::command::manual;

#[derive(Debug, clap::Args)]
pub struct KeysArguments {
    /// Print Markdown tables
    #[arg(long)]
    markdown: bool,
}

pub fn run(given: &KeysArguments) -> Result<Outcome, Failure> {
    put(&if given.markdown {
        manual::markdown()
    } else {
        manual::plain()
    })?;
    Ok(Outcome::Done)
}
