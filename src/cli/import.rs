//! `import`: makes a snapshot of files in other formats.

mod edition;
pub mod once;
pub mod worker;

use std::{
    collections::BTreeMap,
    ffi::OsString,
    fs,
    io::{self, Write},
    os::unix::fs::FileTypeExt,
    path::{Path, PathBuf},
};

use super::{Failure, GlobalOptions, Outcome, put};
use crate::{
    disk::{
        durable,
        regular::{self, Links},
    },
    import::{
        Imported, Metadata,
        document::{LeftOut, Location},
        source::{self, Format},
    },
    library,
    report::{Report, snapshot},
    text::{width, wording},
};

#[derive(Debug, Clone, Default, clap::Args)]
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
    /// Id of the report, in kebab-case; another text under an id that is there becomes an edition
    #[arg(long)]
    id: Option<String>,
    /// Label of the edition (default: the date of publication, else a number)
    #[arg(long, value_name = "LABEL")]
    edition: Option<String>,
    /// Make it an edition of this report
    #[arg(long, value_name = "ID", conflicts_with = "id")]
    edition_of: Option<String>,
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
    let mut imported = worker::read(&given)?;
    if given.output.is_none() {
        let home = global.needed_home()?;
        let taken = edition::take(&home, &mut imported.report, &given)?;
        print_summary(&imported, Some(&taken.path), &taken.messages, given.verbose);
        return Ok(Outcome::Done);
    }
    if let Some(label) = &given.edition {
        imported.report.edition.clone_from(label);
    }
    let text = written(&imported.report)
        .map_err(|why| Failure::Words(format!("could not write the snapshot: {why}")))?;
    if given
        .output
        .as_deref()
        .is_some_and(|output| output.as_os_str() == "-")
    {
        put(&text)?;
        print_summary(&imported, None, &[], given.verbose);
        return Ok(Outcome::Done);
    }
    let place = given.output.unwrap_or_default();
    write(&place, text.as_bytes())?;
    let open = format!("open it with `tip-reader {}`", place.display());
    print_summary(&imported, Some(&place), &[open], given.verbose);
    Ok(Outcome::Done)
}

/// The text of a snapshot, which can be opened again.
fn written(report: &Report) -> Result<String, String> {
    let text = snapshot::write(report).map_err(|error| error.to_string())?;
    if text.len() as u64 > library::LARGEST {
        let most = library::LARGEST / 1024 / 1024;
        return Err(format!("larger than {most} MiB; split the input"));
    }
    match snapshot::parse(&text) {
        Ok(again) if again == *report => Ok(text),
        Ok(_) => Err("it would not be read as it was imported".into()),
        Err(error) => Err(format!("it could not be opened again: {error}")),
    }
}

/// Writes a snapshot to a file, or into a pipe or a character device. Never replaces a file, but
/// accepts one with the same content.
fn write(place: &Path, bytes: &[u8]) -> Result<(), Failure> {
    let failed = |error: io::Error| {
        Failure::Words(format!("could not write `{}`: {error}", place.display()))
    };
    match fs::metadata(place).map(|found| found.file_type()) {
        Ok(kind) if kind.is_fifo() || kind.is_char_device() => {
            let mut stream = fs::OpenOptions::new().write(true).open(place);
            let done = stream.as_mut().map(|stream| stream.write_all(bytes));
            return done
                .map_err(|error| failed(error.kind().into()))?
                .map_err(failed);
        }
        Ok(kind) if !kind.is_file() => {
            return Err(failed(io::Error::other("not a regular file")));
        }
        _ => {}
    }
    let there = regular::read(place, bytes.len() as u64, Links::Follow);
    if there.is_ok_and(|there| there.is_some_and(|there| there == bytes)) {
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
            "could not write `{}`: a different file is there; remove it, or choose another file with `-o`",
            place.display()
        ))),
        other => other.map_err(failed),
    }
}

/// Prints on standard error what was imported, what was left out and what is unsure. Lines of plain
/// text are always listed, the boilerplate of pages with `--verbose` only.
fn print_summary(imported: &Imported, place: Option<&Path>, more: &[String], is_verbose: bool) {
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
        made.push_str(&format!(", in `{}`", place.display()));
    }
    messages.push(made);
    messages.extend_from_slice(more);
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
