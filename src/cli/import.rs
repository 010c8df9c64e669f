//! `import`: makes a snapshot of a plain text.

use std::{
    fs,
    io::{self, Write},
    path::{Path, PathBuf},
};

use super::{Everywhere, Failure, Outcome, put};
use crate::{
    import::{self, Imported, Metadata},
    notebook::durable,
    report::{glyphs, snapshot},
    wording,
};

#[derive(Debug, clap::Args)]
pub struct ImportArguments {
    /// A plain text file (UTF-8), paragraphs between empty lines; `-` reads standard input
    #[arg(value_name = "INPUT")]
    input: PathBuf,
    /// Where to write the snapshot, in place of the per-user folder; `-` is standard output
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Kebab-case id of the report
    #[arg(long)]
    id: Option<String>,
    #[arg(long)]
    title: Option<String>,
    #[arg(long)]
    author: Option<String>,
    /// Date of publication: 2021, 2021-07 or 2021-07-01
    #[arg(long, value_name = "DATE")]
    published: Option<String>,
    /// Where the text was taken from
    #[arg(long)]
    source: Option<String>,
    /// Language tag such as en-US
    #[arg(long, value_name = "TAG")]
    language: Option<String>,
}

pub fn run(everywhere: &Everywhere, given: ImportArguments) -> Result<Outcome, Failure> {
    let ImportArguments { input, output, id, title, author, published, source, language } = given;
    let metadata = Metadata { id, title, author, published, source, language };
    let imported =
        import::file(&input, &metadata).map_err(|error| Failure::Words(format!("could not import `{}`: {error}", input.display())))?;
    let text = snapshot::write(&imported.report).map_err(|error| Failure::Words(format!("could not write the snapshot: {error}")))?;
    if output.as_deref().is_some_and(|output| output.as_os_str() == "-") {
        put(&text)?;
        tell(&imported, None);
        return Ok(Outcome::Done);
    }
    let place = match output {
        Some(place) => place,
        None => everywhere.needed_home()?.reports().join(format!("{}.ron", imported.report.id)),
    };
    write(&place, text.as_bytes())?;
    tell(&imported, Some(&place));
    Ok(Outcome::Done)
}

/// Writes a snapshot; a file that says the same is as good, any other is never replaced.
fn write(place: &Path, bytes: &[u8]) -> Result<(), Failure> {
    let failed = |error: io::Error| Failure::Words(format!("could not write `{}`: {error}", place.display()));
    if fs::read(place).is_ok_and(|there| there == bytes) {
        return Ok(());
    }
    let folder = place.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let name = place.file_name().unwrap_or_default().to_string_lossy();
    durable::make_folder(folder).map_err(failed)?;
    match durable::add(folder, &name, bytes) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Err(Failure::Words(format!(
            "could not write `{}`: it exists and says something else; remove it, or choose another place with `-o` or another `--id`",
            place.display()
        ))),
        other => other.map_err(failed),
    }
}

/// Says on standard error what was made and what was left out.
fn tell(imported: &Imported, place: Option<&Path>) {
    let report = &imported.report;
    let mut told = String::new();
    for left in &imported.left_out {
        told.push_str(&format!("left out line {} ({}): {}\n", left.line, left.reason, wording::cut(&left.text, 60)));
    }
    let paragraphs: usize = report.sections.iter().map(|section| section.blocks.len()).sum();
    let (sections, paragraphs) = (wording::count(report.sections.len(), "section"), wording::count(paragraphs, "paragraph"));
    told.push_str(&format!("{}: {sections}, {paragraphs}", glyphs::shown(&report.title)));
    if let Some(place) = place {
        told.push_str(&format!(", in `{}`; open it with `tip-reader {}`", place.display(), open_with(report.id.as_str(), place)));
    }
    let shown: Vec<_> = told.lines().map(glyphs::shown).collect();
    let _ = writeln!(io::stderr(), "{}", shown.join("\n"));
}

fn open_with(id: &str, place: &Path) -> String {
    let is_in_library =
        place.parent().is_some_and(|folder| folder.ends_with("reports")) && place.file_stem().is_some_and(|stem| stem == id);
    if is_in_library { id.to_owned() } else { place.display().to_string() }
}
