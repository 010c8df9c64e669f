//! `notes check`: reads the whole notebook and lists problems; changes nothing.

use super::{Failure, Outcome, put};
use crate::{store::Store, text::width};

pub fn run(store: &Store) -> Result<Outcome, Failure> {
    let problems = store.check();
    let lines: String = problems
        .iter()
        .map(|problem| {
            width::shown(&format!("{}: {}", problem.file.display(), problem.reason)).into_owned()
                + "\n"
        })
        .collect();
    put(&lines)?;
    Ok(if problems.is_empty() {
        Outcome::Done
    } else {
        Outcome::Nothing
    })
}
