//! Judges what the files name by the plan of the house.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    circles,
    house::{ALL, OUTSIDE, ROOMS},
    source::{Name, Role, Segments, Source},
};

/// A rule that is broken, and where.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fault {
    /// Below `src/`.
    pub file: String,
    pub line: usize,
    /// What is used and may not be: a room, a row of [`OUTSIDE`], a form, or a circle.
    pub what: String,
    pub advice: String,
}

impl std::fmt::Display for Fault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self {
            file,
            line,
            what,
            advice,
        } = self;
        write!(f, "src/{file}:{line}: {what}: {advice}")
    }
}

/// All files of the source.
pub struct House {
    files: BTreeMap<Segments, Source>,
}

impl House {
    /// Files that are modules for tests alone are left out.
    pub fn new(files: impl IntoIterator<Item = Source>) -> Self {
        let files = files
            .into_iter()
            .map(|source| (source.module.clone(), source));
        let files: BTreeMap<Segments, Source> = files.collect();
        let is_test = |module: &Segments| {
            (0..module.len()).any(|at| {
                let above = files.get(module.get(..at).unwrap_or_default());
                let child = module.get(at);
                above
                    .zip(child)
                    .is_some_and(|(above, child)| above.tests.contains(child))
            })
        };
        let tests: Vec<Segments> = files
            .keys()
            .filter(|module| is_test(module))
            .cloned()
            .collect();
        let mut house = Self { files };
        house.files.retain(|module, _| !tests.contains(module));
        house
    }

    /// Every broken rule: once for each file and each thing that it may not use.
    pub fn faults(&self) -> Vec<Fault> {
        let mut faults = Vec::new();
        for source in self.files.values() {
            let mut seen = BTreeSet::new();
            let hidden = source.hidden.iter().map(|(line, why)| Fault {
                file: source.file.clone(),
                line: *line,
                what: "a hidden name".to_owned(),
                advice: format!("{why}; name the path itself"),
            });
            faults.extend(hidden);
            for name in &source.names {
                let judged = self.judge(source, name);
                faults.extend(judged.filter(|fault| seen.insert(fault.what.clone())));
            }
        }
        faults.extend(circles::faults(self));
        faults.sort();
        faults
    }

    fn judge<'a>(&'a self, source: &'a Source, name: &'a Name) -> impl Iterator<Item = Fault> + 'a {
        let path = source.written_out(&name.path);
        let fault = |(what, advice): (String, String)| Fault {
            file: source.file.clone(),
            line: name.line,
            what,
            advice,
        };
        let changes = (name.role == Role::Mutable).then(|| mutable_reader(source, &path));
        let followed = self.followed(source, &name.path);
        let outside = (followed.first() != path.first() && !path.is_empty()).then_some(followed);
        std::iter::once(path)
            .chain(outside)
            .filter_map(|path| refusal(source, &path, name.role))
            .chain(changes.flatten())
            .map(fault)
    }

    /// The path to the place where what is named is declared, through re-exports and `use *`.
    fn followed(&self, source: &Source, path: &[String]) -> Segments {
        let mut path = source.written_out(path);
        for _ in 0..8 {
            if path.first().is_some_and(|head| head != "crate") {
                let Some(found) = self.through_globs(source, &path) else {
                    break;
                };
                path = found;
            }
            let Some((file, rest)) = self.declared_in(&path) else {
                break;
            };
            let target = rest.first().and_then(|item| file.aliases.get(item));
            let Some(target) = target.filter(|target| **target != path) else {
                break;
            };
            path = target.iter().chain(rest.iter().skip(1)).cloned().collect();
        }
        path
    }

    /// A bare name that comes from a module imported whole.
    fn through_globs(&self, source: &Source, path: &[String]) -> Option<Segments> {
        let head = path.first()?;
        let globs = source.names.iter().filter(|name| name.role == Role::Glob);
        globs.into_iter().find_map(|glob| {
            let (file, rest) = self.declared_in(&glob.path)?;
            let has_it = rest.is_empty()
                && (file.aliases.contains_key(head) || file.children.contains(head));
            has_it.then(|| glob.path.iter().chain(path).cloned().collect())
        })
    }

    /// The file that a path of the crate leads to, and what is left of the path.
    pub fn declared_in<'p>(&self, path: &'p [String]) -> Option<(&Source, &'p [String])> {
        let inner = path.split_first().filter(|(head, _)| *head == "crate")?.1;
        (1..=inner.len()).rev().find_map(|length| {
            let (module, rest) = inner.split_at_checked(length)?;
            Some((self.files.get(module)?, rest))
        })
    }

    /// Which file names something of which other, with the line.
    pub fn edges(&self) -> impl Iterator<Item = (&Source, &Source, usize)> {
        self.files.values().flat_map(move |source| {
            source.names.iter().filter_map(move |name| {
                let path = self.followed(source, &name.path);
                let (to, _) = self.declared_in(&path)?;
                Some((source, to, name.line))
            })
        })
    }
}

/// What the plan says against a path in a file, and what to do.
fn refusal(source: &Source, path: &[String], role: Role) -> Option<(String, String)> {
    match path {
        [head, room, ..] if head == "crate" => {
            let own = source.room();
            let granted = granted(own)?;
            let is_room = ROOMS.iter().any(|(name, _)| name == room);
            let may = own == room || granted.contains(&room.as_str()) || granted == ALL;
            (is_room && !may).then(|| {
                let what = format!("`{own}` uses `{room}`");
                let rest = granted.join(", ");
                let advice = format!(
                    "{own} may use only: {rest}. Move what it needs down, or hand it in from session or cli"
                );
                (what, advice)
            })
        }
        _ => outside_refusal(source, path, role),
    }
}

fn granted(room: &str) -> Option<&'static [&'static str]> {
    ROOMS
        .iter()
        .find(|(name, _)| *name == room)
        .map(|(_, granted)| *granted)
}

fn outside_refusal(source: &Source, path: &[String], role: Role) -> Option<(String, String)> {
    // A bare name is no crate but something of the file.
    if path.len() < 2 && !matches!(role, Role::Imported | Role::Glob) {
        return None;
    }
    let mut text = path.join("::");
    if let Some(rest) = text.strip_prefix("core::").or(text.strip_prefix("alloc::")) {
        text = format!("std::{rest}");
    }
    let may = |places: &[&str]| {
        let module = source.module.join("::");
        let is_place = |place: &&str| *place == "*" || begins(&module, place);
        places.iter().any(is_place)
    };
    let longest = OUTSIDE
        .iter()
        .filter(|(row, _)| begins(&text, row))
        .max_by_key(|(row, _)| row.len());
    let inside = |row: &str| role == Role::Glob && row != text && begins(row, &text);
    let hidden = OUTSIDE
        .iter()
        .find(|(row, places)| inside(row) && !may(places));
    let (used, (row, places)) = match (longest.filter(|(_, places)| !may(places)), hidden) {
        (Some(row), _) => (row.0.to_owned(), row),
        (None, Some(row)) => (format!("{text}::*"), row),
        (None, None) => return None,
    };
    let places = if places.is_empty() {
        "no room".to_owned()
    } else {
        places.join(", ")
    };
    Some((
        format!("`{}` uses `{used}`", source.room()),
        format!("only these may use `{row}`: {places}. Do it there and hand in what comes of it"),
    ))
}

/// Whether a path is another, or lies in it.
fn begins(longer: &str, shorter: &str) -> bool {
    longer
        .strip_prefix(shorter)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with("::"))
}

/// Drawing changes nothing.
fn mutable_reader(source: &Source, path: &[String]) -> Option<(String, String)> {
    let is_reader = matches!(path, [head, room, ..] if head == "crate" && room == "reader");
    (source.room() == "view" && is_reader).then(|| {
        let what = "`view` changes the reader".to_owned();
        (
            what,
            "take `&Reader`; what changes it belongs to reader".to_owned(),
        )
    })
}
