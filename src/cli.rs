//! The command line: arguments, and a file for each verb. Prints one line for every failure.

#![expect(
    clippy::disallowed_methods,
    reason = "the command line touches the world"
)]

mod compare;
mod import;
mod keys;
mod misuse;
mod notes;
mod output;
mod pages;
mod print;
mod read;
mod reports;
mod search;
mod toc;

use std::{
    ffi::OsString,
    io::{self, Write},
    path::PathBuf,
    process::ExitCode,
};

use clap::{Parser, Subcommand, error::ErrorKind};

use crate::{disk::home::Home, library, report::Report, session::TerminalError, text::wording};

/// Reads long reports offline in a terminal, and keeps your bookmarks, highlights and notes.
///
/// Without a command it opens the report where you left it. Press ? in it for the keys.
#[derive(Debug, Parser)]
#[command(name = "tip-reader", version, disable_help_subcommand = true)]
pub struct Arguments {
    #[command(flatten)]
    everywhere: Everywhere,
    #[command(flatten)]
    read: read::ReadArguments,
    #[command(subcommand)]
    verb: Option<Verb>,
}

/// Options that every command takes.
#[derive(Debug, Default, clap::Args)]
struct Everywhere {
    /// The report: a snapshot's path, or the id of an imported one
    #[arg(short, long, global = true, value_name = "REPORT")]
    report: Option<String>,
    /// The per-user folder, in place of the platform's
    #[arg(
        long,
        global = true,
        value_name = "DIR",
        env = "TIP_READER_HOME",
        hide_env_values = true
    )]
    home: Option<PathBuf>,
}

#[derive(Debug, Subcommand)]
enum Verb {
    /// List the sections: number, title, address, words
    Toc(toc::TocArguments),
    /// Write sections or paragraphs
    Print(print::PrintArguments),
    /// Find text: every hit with its address and the words around it
    Search(search::SearchArguments),
    /// Show or change the notebook
    Notes(notes::NotesArguments),
    /// List the bundled report and the imported ones
    Reports(reports::ReportsArguments),
    /// Make a report of web pages, Markdown, plain text, EPUB or PDF, to be opened by its id
    Import(import::ImportArguments),
    /// Tell what changed between two editions of a report
    Compare(compare::CompareArguments),
    /// Show the key table
    Keys(keys::KeysArguments),
    /// Write the manual page, in roff
    Man,
    /// Write completions for a shell
    Completions(pages::CompletionsArguments),
}

/// What a verb found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Outcome {
    Done,
    /// Nothing found, or something to report: exit status 1.
    Nothing,
}

/// Why a verb failed: one line, exit status 2.
#[derive(Debug, thiserror::Error)]
enum Failure {
    /// Not a failure: the reader of our output has gone.
    #[error("the output was closed")]
    ClosedPipe,
    #[error("{0}")]
    Words(String),
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::BrokenPipe => Self::ClosedPipe,
            _ => Self::Words(format!("could not write the output: {error}")),
        }
    }
}

impl From<library::LibraryError> for Failure {
    fn from(error: library::LibraryError) -> Self {
        Self::Words(error.to_string())
    }
}

impl From<TerminalError> for Failure {
    fn from(error: TerminalError) -> Self {
        Self::Words(error.to_string())
    }
}

/// Runs the program with its arguments; says what failed in one line on standard error.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let mut arguments: Vec<OsString> = arguments.into_iter().collect();
    let is_worker = import::worker::is_asked(&mut arguments);
    let parsed = if arguments.len() <= 1 {
        Ok(Arguments::none())
    } else {
        Arguments::try_parse_from(arguments)
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

impl Arguments {
    /// What no arguments at all mean. Parsing them would build the whole command tree before
    /// the first frame.
    fn none() -> Self {
        let home = std::env::var_os("TIP_READER_HOME")
            .filter(|home| !home.is_empty())
            .map(PathBuf::from);
        Self {
            everywhere: Everywhere { report: None, home },
            read: read::ReadArguments::default(),
            verb: None,
        }
    }
}

fn dispatch(arguments: Arguments) -> Result<Outcome, Failure> {
    let everywhere = arguments.everywhere;
    if let Some(word) = arguments.read.given().filter(|_| arguments.verb.is_some()) {
        return Err(Failure::Words(format!(
            "`{word}` is for the reader, not for a command; name the report with `-r REPORT`, other options after the command"
        )));
    }
    match arguments.verb {
        None => read::run(everywhere, arguments.read),
        Some(Verb::Toc(given)) => toc::run(&everywhere, &given),
        Some(Verb::Print(given)) => print::run(&everywhere, &given),
        Some(Verb::Search(given)) => search::run(&everywhere, given),
        Some(Verb::Notes(given)) => notes::run(&everywhere, given),
        Some(Verb::Reports(given)) => reports::run(&everywhere, &given),
        Some(Verb::Import(given)) => import::run(&everywhere, given),
        Some(Verb::Compare(given)) => compare::run(&everywhere, &given),
        Some(Verb::Keys(given)) => keys::run(&given),
        Some(Verb::Man) => pages::man(),
        Some(Verb::Completions(given)) => pages::completions(&given),
    }
}

/// Help and version go to standard output; misuse is one line.
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

/// One line on standard error, without control characters; exit status 2.
fn complain(what: &str) -> ExitCode {
    say(what);
    ExitCode::from(2)
}

/// Says something beside the results: one line on standard error, without control characters.
fn say(what: &str) {
    let line = wording::one_line(&crate::text::width::shown(what));
    let _ = writeln!(io::stderr(), "tip-reader: {line}");
}

/// Writes to standard output.
fn put(text: &str) -> Result<(), Failure> {
    let mut out = io::stdout().lock();
    out.write_all(text.as_bytes())?;
    Ok(out.flush()?)
}

impl Everywhere {
    /// The per-user folder, where there is one.
    fn home(&self) -> Option<Home> {
        match &self.home {
            Some(root) => Some(Home::new(root.clone())),
            None => Home::of_platform(),
        }
    }

    /// The per-user folder, for verbs that cannot do without.
    fn needed_home(&self) -> Result<Home, Failure> {
        self.home().ok_or_else(|| {
            Failure::Words(
                "there is no per-user folder (HOME is not set); name one with `--home DIR`".into(),
            )
        })
    }

    fn report(&self) -> Result<Report, Failure> {
        Ok(library::open(self.report.as_deref(), self.home().as_ref())?)
    }
}

/// The time as annotations carry it, RFC 3339 in UTC; of a clock beyond the year 9999, its start.
fn now() -> String {
    let now = jiff::Timestamp::try_from(std::time::SystemTime::now()).unwrap_or_default();
    now.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}
