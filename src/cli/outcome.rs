//! How a command ends, and what it prints.

use std::{
    io::{self, Write},
    process::ExitCode,
};

use crate::{
    library::LibraryError,
    session::SessionError,
    text::{width, wording},
};

/// How a command ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    Done,
    /// Nothing was found, or there is a problem to report: exit status 1.
    Nothing,
}

/// Why a command failed: one line, exit status 2.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// The program that reads our output has exited; not a failure.
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

impl From<LibraryError> for Failure {
    fn from(error: LibraryError) -> Self {
        Self::Words(error.to_string())
    }
}

impl From<SessionError> for Failure {
    fn from(error: SessionError) -> Self {
        Self::Words(error.to_string())
    }
}

/// Prints a failure and returns exit status 2.
pub fn complain(what: &str) -> ExitCode {
    say(what);
    ExitCode::from(2)
}

/// Prints a message on standard error: one line, without control characters.
pub fn say(what: &str) {
    let line = wording::one_line(&width::shown(what));
    let _ = writeln!(io::stderr(), "tip-reader: {line}");
}

/// Prints to standard output.
pub fn put(text: &str) -> Result<(), Failure> {
    let mut out = io::stdout().lock();
    out.write_all(text.as_bytes())?;
    Ok(out.flush()?)
}
