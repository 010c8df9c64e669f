//! `keys`: the key table as it is in force.

use super::{Everywhere, Failure, Outcome, put};
use crate::command::manual;

pub fn run(everywhere: &Everywhere) -> Result<Outcome, Failure> {
    let (_, keymap, complaint) = super::read::settings_file(everywhere.home().as_ref())?;
    if let Some(complaint) = complaint {
        eprintln!("tip-reader: {complaint}");
    }
    put(&manual::plain(&keymap))?;
    Ok(Outcome::Done)
}
