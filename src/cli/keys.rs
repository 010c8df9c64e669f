//! `keys`: the key table as it is in force.

use super::{Failure, GlobalOptions, Outcome, put};
use crate::command::manual;

#[derive(Debug, clap::Args)]
pub struct KeysArguments {
    /// Print a settings file in which all is a comment, to begin with
    #[arg(long)]
    config: bool,
}

pub fn run(global: &GlobalOptions, given: &KeysArguments) -> Result<Outcome, Failure> {
    if given.config {
        put(&manual::config())?;
        return Ok(Outcome::Done);
    }
    let config = super::read::settings_file(global.home().as_ref());
    for problem in config.problems.iter().chain(&config.keymap.conflicts()) {
        super::outcome::say(&format!("config.ron: {problem}"));
    }
    put(&manual::plain(&config.keymap))?;
    Ok(Outcome::Done)
}
