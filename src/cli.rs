//! The command line: arguments, and one file for each command. Every failure is one line.

#![expect(
    clippy::disallowed_methods,
    reason = "the command line touches the world"
)]

mod cite;
mod collect;
mod compare;
mod global;
mod history;
mod import;
mod keys;
mod misuse;
mod notes;
mod outcome;
mod output;
mod pages;
mod print;
mod read;
mod records;
mod reports;
mod search;
mod toc;
mod typed;

use std::{ffi::OsString, path::PathBuf, process::ExitCode};

use clap::{Parser, Subcommand, error::ErrorKind};
use rustix::process::{Resource, Rlimit, setrlimit};

use global::GlobalOptions;
use outcome::{Failure, Outcome, complain, put, say};

/// Read long reports offline in a terminal, with bookmarks, highlights and notes.
///
/// Without a command, opens the report where you left it. Press ? in it for the keys.
#[derive(Debug, Parser)]
#[command(name = "tip-reader", version, disable_help_subcommand = true)]
pub struct Arguments {
    #[command(flatten)]
    global: GlobalOptions,
    #[command(flatten)]
    read: read::ReadArguments,
    #[command(subcommand)]
    verb: Option<Verb>,
}

#[derive(Debug, Subcommand)]
enum Verb {
    /// List the sections
    Toc(toc::TocArguments),
    /// Print sections or paragraphs
    Print(print::PrintArguments),
    /// Search the report and your notes
    Search(search::SearchArguments),
    /// Cite a section, paragraph or printed page
    Cite(cite::CiteArguments),
    /// List the records: sections that share their children's titles
    Records(records::RecordsArguments),
    /// Show one field of all records
    Collect(collect::CollectArguments),
    /// List, edit, import and export notes
    Notes(notes::NotesArguments),
    /// List the reports in the library
    Reports(reports::ReportsArguments),
    /// Import web pages, Markdown, plain text, EPUB or PDF files as a report
    Import(import::ImportArguments),
    /// Show what changed between two editions of a report
    Compare(compare::CompareArguments),
    /// Show a passage in every edition of its report
    History(history::HistoryArguments),
    /// Show the keys and commands
    Keys(keys::KeysArguments),
    /// Print the manual page, in roff
    Man,
    /// Print shell completions
    Completions(pages::CompletionsArguments),
}

/// Runs the program; a failure is one line on standard error.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let mut arguments: Vec<OsString> = arguments.into_iter().collect();
    leave_no_core();
    let is_worker = import::worker::is_asked(&mut arguments);
    let parsed = if arguments.len() <= 1 {
        Ok(Arguments::none())
    } else {
        Arguments::try_parse_from(typed::meant(arguments))
    };
    let arguments = match parsed {
        Ok(arguments) => arguments,
        Err(error) => return explain(&error),
    };
    let done = match arguments.verb {
        Some(Verb::Import(given)) if is_worker => import::worker::run(&given),
        _ => dispatch(arguments),
    };
    match done {
        Ok(Outcome::Done) | Err(Failure::ClosedPipe) => ExitCode::SUCCESS,
        Ok(Outcome::Nothing) => ExitCode::from(1),
        Err(failure) => complain(&failure.to_string()),
    }
}

/// What is typed goes into no core file, neither ours nor an editor's.
fn leave_no_core() {
    let none = Rlimit {
        current: Some(0),
        maximum: Some(0),
    };
    // Where that is refused it is lower already.
    let _ = setrlimit(Resource::Core, none);
}

impl Arguments {
    /// The arguments of a call without any. Parsing them would build the whole command tree before
    /// the first frame.
    fn none() -> Self {
        let home = std::env::var_os("TIP_READER_HOME")
            .filter(|home| !home.is_empty())
            .map(PathBuf::from);
        Self {
            global: GlobalOptions { report: None, home },
            read: read::ReadArguments::default(),
            verb: None,
        }
    }
}

fn dispatch(arguments: Arguments) -> Result<Outcome, Failure> {
    let global = arguments.global;
    if let Some(word) = arguments.read.given().filter(|_| arguments.verb.is_some()) {
        return Err(Failure::Words(format!(
            "`{word}` is an argument of the reader; name the report with `-r REPORT`, and put options after the command"
        )));
    }
    match arguments.verb {
        None => read::run(global, arguments.read),
        Some(Verb::Toc(given)) => toc::run(&global, &given),
        Some(Verb::Print(given)) => print::run(&global, &given),
        Some(Verb::Search(given)) => search::run(&global, given),
        Some(Verb::Cite(given)) => cite::run(&global, &given),
        Some(Verb::Records(given)) => records::run(&global, &given),
        Some(Verb::Collect(given)) => collect::run(&global, &given),
        Some(Verb::Notes(given)) => notes::run(&global, given),
        Some(Verb::Reports(given)) => reports::run(&global, &given),
        Some(Verb::Import(given)) => import::run(&global, given),
        Some(Verb::Compare(given)) => compare::run(&global, &given),
        Some(Verb::History(given)) => history::run(&global, &given),
        Some(Verb::Keys(given)) => keys::run(&global, &given),
        Some(Verb::Man) => pages::man(),
        Some(Verb::Completions(given)) => pages::completions(&given),
    }
}

/// Prints help and version to standard output; anything else is misuse.
fn explain(error: &clap::Error) -> ExitCode {
    if matches!(
        error.kind(),
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion
    ) {
        return match put(&error.render().to_string()) {
            Ok(()) | Err(Failure::ClosedPipe) => ExitCode::SUCCESS,
            Err(failure) => complain(&failure.to_string()),
        };
    }
    complain(&misuse::line(error))
}

/// The time of a new annotation, RFC 3339 as clocks show it here; the Unix epoch where the clock is
/// past the year 9999. Two notes of one second keep their order.
fn now() -> String {
    let now = jiff::Timestamp::try_from(std::time::SystemTime::now()).unwrap_or_default();
    let here = now.to_zoned_datetime(jiff::tz::TimeZone::system());
    here.strftime("%Y-%m-%dT%H:%M:%S%.6f%:z").to_string()
}

/// A date for lists: as clocks show it here, whole seconds, with offset. What is no date stays.
fn local(date: &str) -> String {
    match date.parse::<jiff::Timestamp>() {
        Ok(date) => {
            let here = date.to_zoned_datetime(jiff::tz::TimeZone::system());
            here.strftime("%Y-%m-%dT%H:%M:%S%:z").to_string()
        }
        Err(_) => date.to_owned(),
    }
}

/// As [`now`], to the microsecond: what one command adds together is undone together.
fn now_of_batch() -> String {
    let now = jiff::Timestamp::try_from(std::time::SystemTime::now()).unwrap_or_default();
    now.strftime("%Y-%m-%dT%H:%M:%S%.6fZ").to_string()
}
