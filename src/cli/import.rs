//! `import`: makes a snapshot of files in other formats.

pub mod worker;

use std::{
    collections::BTreeMap,
    ffi::OsString,
    fs,
    io::{self, Write},
    path::{Path, PathBuf},
};

use super::{Failure, GlobalOptions, Outcome, put};
use crate::{
    disk::durable,
    import::{
        Imported, Metadata,
        document::{LeftOut, Location},
        source::{self, Format},
    },
    report::snapshot,
    text::{width, wording},
};

#[derive(Debug, Clone, clap::Args)]
pub struct ImportArguments {
    /// Web pages, Markdown, plain text, EPUB or PDF files, or a folder of them, as one report in
    /// this order; `-` reads standard input
    #[arg(value_name = "INPUT", required = true)]
    inputs: Vec<PathBuf>,
    /// Write the snapshot to this file instead of the library; `-` is standard output
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Format of the inputs, if their names do not tell: text, markdown, html, mhtml, epub or pdf
    #[arg(long, value_name = "FORMAT", value_parser = parse_format)]
    format: Option<Format>,
    /// List everything that was left out
    #[arg(short, long)]
    verbose: bool,
    /// Id of the report, in kebab-case
    #[arg(long)]
    id: Option<String>,
    #[arg(long)]
    title: Option<String>,
    #[arg(long)]
    author: Option<String>,
    /// Date of publication: 2021, 2021-07 or 2021-07-01
    #[arg(long, value_name = "DATE", value_parser = parse_date)]
    published: Option<String>,
    /// URL or description of the source
    #[arg(long)]
    source: Option<String>,
    /// Language tag, such as en-US
    #[arg(long, value_name = "TAG")]
    language: Option<String>,
}

fn parse_format(name: &str) -> Result<Format, String> {
    let names: Vec<&str> = source::FORMATS.iter().map(|(_, name, _)| *name).collect();
    source::format_named(name).ok_or_else(|| format!("available: {}", names.join(", ")))
}

fn parse_date(text: &str) -> Result<String, String> {
    let is_date = |date: &String| {
        let day = match date.len() {
            4 => format!("{date}-01-01"),
            7 => format!("{date}-01"),
            _ => date.clone(),
        };
        date == text && day.parse::<jiff::civil::Date>().is_ok()
    };
    crate::import::date(text)
        .filter(is_date)
        .ok_or_else(|| "not a date; write 2021, 2021-07 or 2021-07-01".to_owned())
}

impl ImportArguments {
    fn metadata(&self) -> Metadata {
        let Self {
            id,
            title,
            author,
            published,
            source,
            language,
            ..
        } = self.clone();
        Metadata {
            id,
            title,
            author,
            published,
            source,
            language,
        }
    }

    /// The command-line arguments for the worker.
    fn for_worker(&self) -> Vec<OsString> {
        let format = self.format.and_then(|format| {
            source::FORMATS
                .iter()
                .find(|(known, _, _)| *known == format)
        });
        let format = format.map(|(_, name, _)| (*name).to_owned());
        let options = [
            ("--format", &format),
            ("--id", &self.id),
            ("--title", &self.title),
            ("--author", &self.author),
            ("--published", &self.published),
            ("--source", &self.source),
            ("--language", &self.language),
        ];
        let given = options
            .into_iter()
            .filter_map(|(name, value)| Some(format!("{name}={}", value.as_ref()?).into()));
        let files = self
            .inputs
            .iter()
            .map(|input| input.clone().into_os_string());
        given.chain([OsString::from("--")]).chain(files).collect()
    }
}

pub fn run(global: &GlobalOptions, given: ImportArguments) -> Result<Outcome, Failure> {
    let imported = worker::read(&given)?;
    let text = snapshot::write(&imported.report)
        .map_err(|error| Failure::Words(format!("could not write the snapshot: {error}")))?;
    if given
        .output
        .as_deref()
        .is_some_and(|output| output.as_os_str() == "-")
    {
        put(&text)?;
        print_summary(&imported, None, given.verbose);
        return Ok(Outcome::Done);
    }
    let place = match given.output {
        Some(place) => place,
        None => global
            .needed_home()?
            .reports()
            .join(format!("{}.ron", imported.report.id)),
    };
    write(&place, text.as_bytes())?;
    print_summary(&imported, Some(&place), given.verbose);
    Ok(Outcome::Done)
}

/// Writes a snapshot. Never replaces a file, but accepts one with the same content.
fn write(place: &Path, bytes: &[u8]) -> Result<(), Failure> {
    let failed = |error: io::Error| {
        Failure::Words(format!("could not write `{}`: {error}", place.display()))
    };
    if fs::read(place).is_ok_and(|there| there == bytes) {
        return Ok(());
    }
    let folder = place
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty())
        .unwrap_or(Path::new("."));
    let name = place.file_name().unwrap_or_default().to_string_lossy();
    durable::make_folder(folder).map_err(failed)?;
    match durable::add(folder, &name, bytes) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Err(Failure::Words(format!(
            "could not write `{}`: a different file is there; remove it, or choose another file with `-o` or another `--id`",
            place.display()
        ))),
        other => other.map_err(failed),
    }
}

/// Prints on standard error what was imported, what was left out and what is unsure. Lines of plain
/// text are always listed, the boilerplate of pages with `--verbose` only.
fn print_summary(imported: &Imported, place: Option<&Path>, is_verbose: bool) {
    let report = &imported.report;
    let is_listed = |left: &&LeftOut| is_verbose || matches!(left.place, Location::Line(_));
    let mut messages: Vec<String> = imported
        .left_out
        .iter()
        .filter(is_listed)
        .map(|left| left_out(left, is_verbose))
        .collect();
    messages.extend(summary(
        imported.left_out.iter().filter(|left| !is_listed(left)),
    ));
    messages.extend(
        imported
            .unsure
            .iter()
            .map(|words| format!("unsure: {words}")),
    );
    let paragraphs: usize = report
        .sections
        .iter()
        .map(|section| section.blocks.len())
        .sum();
    let (sections, paragraphs) = (
        wording::count(report.sections.len(), "section"),
        wording::count(paragraphs, "paragraph"),
    );
    let mut made = format!("{}: {sections}, {paragraphs}", report.title);
    if let Some(place) = place {
        made.push_str(&format!(
            ", in `{}`; open it with `tip-reader {}`",
            place.display(),
            open_with(report.id.as_str(), place)
        ));
    }
    messages.push(made);
    let shown: Vec<_> = messages.iter().map(|line| width::shown(line)).collect();
    let _ = writeln!(io::stderr(), "{}", shown.join("\n"));
}

fn left_out(left: &LeftOut, is_whole: bool) -> String {
    let mut place: Vec<String> = left
        .input
        .iter()
        .map(|input| format!("`{input}`"))
        .collect();
    match left.place {
        Location::Line(line) => place.push(format!("line {line}")),
        Location::Page(page) => place.push(format!("page {page}")),
        Location::Somewhere => {}
    }
    let place = place.join(" ");
    let blank = if place.is_empty() { "" } else { " " };
    let text = wording::one_line(&left.text);
    let text = if is_whole {
        text
    } else {
        wording::cut(&text, 60)
    };
    format!("left out {place}{blank}({}): {text}", left.reason)
}

/// Counts what is not listed, by reason.
fn summary<'a>(left_out: impl Iterator<Item = &'a LeftOut>) -> Option<String> {
    let mut reasons: BTreeMap<&str, usize> = BTreeMap::new();
    let mut words = 0;
    left_out.for_each(|left| {
        *reasons.entry(left.reason.as_str()).or_default() += 1;
        words += left.text.split_whitespace().count();
    });
    let all: usize = reasons.values().sum();
    let each: Vec<String> = reasons
        .iter()
        .map(|(reason, number)| format!("{number} {reason}"))
        .collect();
    (all > 0).then(|| {
        format!(
            "left out {}, {} ({}); `--verbose` lists them",
            wording::count(all, "piece"),
            wording::count(words, "word"),
            each.join(", ")
        )
    })
}

fn open_with(id: &str, place: &Path) -> String {
    let is_in_library = place
        .parent()
        .is_some_and(|folder| folder.ends_with("reports"))
        && place.file_stem().is_some_and(|stem| stem == id);
    if is_in_library {
        id.to_owned()
    } else {
        place.display().to_string()
    }
}
