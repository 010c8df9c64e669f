//! `reports/.names.ron`: other names of reports. A report that was renamed keeps its id, which its
//! notes have, so that no note file is touched.

use std::{collections::BTreeMap, fs, io};

use crate::disk::{durable, home::Home};

const FILE: &str = ".names.ron";

/// The ids of reports by their other names; none where the file is missing or cannot be read.
pub fn read(home: &Home) -> BTreeMap<String, String> {
    let text = fs::read_to_string(home.reports().join(FILE));
    let names = text.ok().and_then(|text| ron::from_str(&text).ok());
    names.unwrap_or_default()
}

/// What a report of an id is shown as.
pub fn shown(names: &BTreeMap<String, String>, id: &str) -> String {
    let other = names.iter().find(|(_, of)| of.as_str() == id);
    other.map_or(id, |(name, _)| name).to_owned()
}

/// Gives a report another name, in place of one that it had; its own id takes it away.
///
/// # Errors
/// If it cannot be written.
pub fn rename(home: &Home, id: &str, name: &str) -> io::Result<()> {
    let mut names = read(home);
    names.retain(|_, of| of != id);
    if name != id {
        names.insert(name.to_owned(), id.to_owned());
    }
    let text = ron::to_string(&names).map_err(io::Error::other)?;
    durable::make_folder(&home.reports())?;
    durable::replace(&home.reports(), FILE, text.as_bytes())
}
