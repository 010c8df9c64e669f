//! `state/last`: the report that was read last, which opens by itself. It is advice: where it is
//! lost, the bundled report opens.

use std::{fs, path::Path};

use crate::disk::home::Home;

const FILE: &str = "last";
/// Longest name that is read, in bytes.
const LONGEST: usize = 4096;

/// The name or path of the report that was read last.
pub fn read(home: &Home) -> Option<String> {
    let file = home.state().join(FILE);
    let is_file =
        fs::symlink_metadata(&file).is_ok_and(|of| of.is_file() && of.len() <= LONGEST as u64);
    let name = is_file.then(|| fs::read_to_string(file).ok())??;
    Some(name.trim_end().to_owned()).filter(|name| !name.is_empty())
}

/// Remembers the name or path of a report that is opened.
pub fn remember(home: &Home, name: &str) {
    let name = match Path::new(name).is_file() {
        true => fs::canonicalize(name).ok(),
        false => Some(name.into()),
    };
    let name = name.and_then(|name| name.into_os_string().into_string().ok());
    let Some(name) = name.filter(|name| name.len() < LONGEST && !name.contains('\n')) else {
        return;
    };
    // A folder that nothing was ever saved in is not made for this.
    if read(home).as_ref() != Some(&name) && home.state().is_dir() {
        let _ = fs::write(home.state().join(FILE), format!("{name}\n"));
    }
}
