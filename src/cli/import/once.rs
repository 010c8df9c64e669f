//! A file of another format that is to be read: imported into the library once, and opened.

use std::{io::IsTerminal, path::Path};

use super::{ImportArguments, edition, worker};
use crate::{
    cli::{Failure, outcome::say},
    disk::home::Home,
    import::source,
    library::{self, files},
    report::Report,
    text::wording,
};

/// A report that was imported to be read.
pub struct Once {
    /// What opens it; `None` where it could not be kept.
    pub name: Option<String>,
    pub report: Report,
    /// What to say of it on the screen; nothing where it was there already.
    pub message: Option<String>,
}

/// Whether a name is that of a file that `import` takes and that is no snapshot.
pub fn is_importable(name: &str) -> bool {
    let path = Path::new(name);
    let ending = path.extension().and_then(|ending| ending.to_str());
    let ending = ending.map(str::to_lowercase).unwrap_or_default();
    let mut endings = source::FORMATS.iter().flat_map(|(.., endings)| *endings);
    path.is_file() && endings.any(|known| *known == ending)
}

/// Imports a file, unless it is in the library as it is now, and opens its report. Where it cannot
/// be kept it is read all the same.
///
/// # Errors
/// If it cannot be imported.
pub fn open(name: &str, home: Option<&Home>) -> Result<Once, Failure> {
    let file = Path::new(name);
    let known = home.and_then(|home| files::report_of(home, file));
    if let Some(known) = known
        && let Ok(report) = library::open(Some(&known), home)
    {
        return Ok(Once {
            name: Some(known),
            report,
            message: None,
        });
    }
    if std::io::stderr().is_terminal() {
        say(&format!("importing `{name}`"));
    }
    let given = ImportArguments {
        inputs: vec![file.to_owned()],
        ..ImportArguments::default()
    };
    let mut imported = worker::read(&given)?;
    let words: usize = imported
        .left_out
        .iter()
        .map(|left| left.text.split_whitespace().count())
        .sum();
    let kept = home.map(|home| keep(home, file, &mut imported.report, &given));
    let report = imported.report;
    let sections = wording::count(report.sections.len(), "section");
    let left_out = match words {
        0 => "nothing left out".to_owned(),
        words => format!(
            "{} left out (`tip-reader import --verbose` names them)",
            wording::count(words, "word")
        ),
    };
    let said = |what: &str| Some(format!("{what}: {sections}, {left_out}."));
    Ok(match kept {
        Some(Ok(name)) => Once {
            message: said(&format!("Imported as `{name}`")),
            name: Some(name),
            report,
        },
        Some(Err(why)) => Once {
            name: None,
            report,
            message: said(&format!("Read, but not kept ({why})")),
        },
        None => Once {
            name: None,
            report,
            message: said("Read, but not kept, as HOME is not set"),
        },
    })
}

/// Takes the report into the library; returns what opens it.
fn keep(
    home: &Home,
    file: &Path,
    report: &mut Report,
    given: &ImportArguments,
) -> Result<String, Failure> {
    edition::take(home, report, given)?;
    let newest = library::find(&report.id, Some(home))?;
    let is_newest = newest.edition == report.edition;
    let name = match is_newest {
        true => report.id.clone(),
        false => format!("{}@{}", report.id, report.edition),
    };
    // Where it is not remembered it is imported again.
    let _ = files::remember(home, file, &name);
    Ok(name)
}
