//! `keys`: the key table as it is in force.

use super::{Failure, GlobalOptions, Outcome, put};
use crate::command::manual;

pub fn run(global: &GlobalOptions) -> Result<Outcome, Failure> {
    let (_, keymap, complaint) = super::read::settings_file(global.home().as_ref())?;
    if let Some(complaint) = complaint {
        super::outcome::say(&complaint);
    }
    put(&manual::plain(&keymap))?;
    Ok(Outcome::Done)
}
