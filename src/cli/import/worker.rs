//! Reads the inputs of `import` in a child process, so that a file that breaks a parser ends in one
//! line. The child limits its own time and memory and answers on standard output: one line for each
//! file it starts, then the report.

use std::{
    ffi::OsString,
    io::{self, IsTerminal, Read, Write},
    os::unix::process::ExitStatusExt,
    panic,
    path::{Path, PathBuf},
    process::{ChildStdout, Command, ExitStatus, Stdio},
    time::{Duration, Instant},
};

use rustix::{
    event::{PollFd, PollFlags, Timespec, poll},
    io::Errno,
    process::{Resource, Rlimit, getrlimit, setrlimit},
};
use serde::{Deserialize, Serialize};

use super::{Failure, ImportArguments, Outcome};
use crate::{
    import::{self, Imported, Refused},
    text::wording,
};

/// The hidden command of the child: not in help, manual and completions.
const VERB: &str = "import-worker";

/// Processor seconds that reading may take.
const SECONDS: u64 = 10;
/// How long it may take, whatever it waits for.
const PATIENCE: Duration = Duration::from_secs(60);
/// Bytes of memory that reading may take.
const MEMORY: u64 = 1000 * 1000 * 1000;

/// A line of the child's answer.
#[derive(Serialize, Deserialize)]
enum Message {
    Begins {
        number: usize,
        of: usize,
        name: String,
    },
    Refused {
        input: String,
        why: String,
    },
    Done(Box<Imported>),
}

/// The path that the program was called by, where it was one: a root without `/proc` knows no other.
fn called_by_path() -> Option<PathBuf> {
    let called = PathBuf::from(std::env::args_os().next()?);
    let is_path = called
        .parent()
        .is_some_and(|folder| folder != Path::new(""));
    is_path.then_some(called)
}

/// Reads the files in a child process.
///
/// # Errors
/// If a file cannot be imported, or the child hit a limit.
pub fn read(given: &ImportArguments) -> Result<Imported, Failure> {
    let failed = |error: io::Error| Failure::Words(format!("could not start the import: {error}"));
    let program = std::env::current_exe().or_else(|error| called_by_path().ok_or(error));
    let program = program.map_err(failed)?;
    let has_input = given.inputs.iter().any(|input| input.as_os_str() == "-");
    let mut child = Command::new(program)
        .arg(VERB)
        .args(given.for_worker())
        .stdin(match has_input {
            true => Stdio::inherit(),
            false => Stdio::null(),
        })
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .map_err(failed)?;
    let mut reading = given
        .inputs
        .first()
        .map(|input| input.display().to_string())
        .unwrap_or_default();
    let mut answer = None;
    // Whoever types on standard input may take their time.
    let deadline = (!has_input).then(|| Instant::now() + PATIENCE);
    let mut out = child.stdout.take();
    let mut bytes = Vec::new();
    loop {
        let line = match out.as_mut().map(|out| line_by(out, &mut bytes, deadline)) {
            Some(Ok(Some(line))) => line,
            Some(Err(error)) if error.kind() == io::ErrorKind::TimedOut => {
                child.kill().map_err(failed)?;
                answer = Some(Err(format!(
                    "could not import `{reading}`: takes more than {} seconds to read; split it, or save it in another format",
                    PATIENCE.as_secs()
                )));
                break;
            }
            _ => break,
        };
        match serde_json::from_slice(&line).ok() {
            Some(Message::Begins { number, of, name }) => {
                progress(number, of, &name);
                reading = name;
            }
            Some(Message::Done(imported)) => answer = Some(Ok(*imported)),
            Some(Message::Refused { input, why }) => {
                answer = Some(Err(format!("could not import `{input}`: {why}")))
            }
            None => {}
        }
    }
    clear();
    let status = child.wait().map_err(failed)?;
    answer
        .unwrap_or_else(|| Err(format!("could not import `{reading}`: {}", ended(status))))
        .map_err(Failure::Words)
}

/// The next line of the child's answer, before the deadline; `None` at its end.
fn line_by(
    out: &mut ChildStdout,
    bytes: &mut Vec<u8>,
    deadline: Option<Instant>,
) -> io::Result<Option<Vec<u8>>> {
    let mut looked = 0;
    loop {
        let new = bytes.get(looked..).unwrap_or_default();
        if let Some(at) = new.iter().position(|byte| *byte == b'\n') {
            return Ok(Some(bytes.drain(..=looked + at).collect()));
        }
        looked = bytes.len();
        let left = deadline.map(|deadline| deadline.saturating_duration_since(Instant::now()));
        let timeout = left.map(|left| Timespec {
            tv_sec: i64::try_from(left.as_secs()).unwrap_or(i64::MAX),
            tv_nsec: left.subsec_nanos().into(),
        });
        let mut fds = [PollFd::new(out, PollFlags::IN)];
        match poll(&mut fds, timeout.as_ref()) {
            Ok(0) => return Err(io::ErrorKind::TimedOut.into()),
            Ok(_) | Err(Errno::INTR) => {}
            Err(error) => return Err(error.into()),
        }
        let mut chunk = vec![0; 64 * 1024];
        match out.read(&mut chunk)? {
            0 => return Ok(None),
            count => bytes.extend_from_slice(chunk.get(..count).unwrap_or_default()),
        }
    }
}

/// Whether this process is the child; makes its arguments those of `import`.
pub fn is_asked(arguments: &mut [OsString]) -> bool {
    let verb = arguments.get_mut(1).filter(|verb| **verb == *VERB);
    verb.map(|verb| *verb = "import".into()).is_some()
}

/// Why a child without an answer ended.
fn ended(status: ExitStatus) -> String {
    const CPU_TIME: i32 = 24;
    const ABORT: i32 = 6;
    match status.signal() {
        Some(CPU_TIME) => format!(
            "takes more than {SECONDS} seconds to read; split it, or save it in another format"
        ),
        Some(ABORT) => {
            "takes more than 1 GB of memory to read; split it, or save it in another format".into()
        }
        _ => "damaged; save it again, or in another format".into(),
    }
}

/// Runs the child: reads, and answers on standard output.
///
/// # Errors
/// If the answer cannot be written.
pub fn run(given: &ImportArguments) -> Result<Outcome, Failure> {
    limit(Resource::Cpu, SECONDS);
    limit(Resource::As, MEMORY);
    limit(Resource::Core, 0);
    limit(Resource::Fsize, 0);
    // The parent reports the failure.
    panic::set_hook(Box::new(|_| {}));
    let mut report = |number: usize, of: usize, name: &str| {
        let _ = send(&Message::Begins {
            number,
            of,
            name: name.to_owned(),
        });
    };
    let answer = match import::files(&given.inputs, given.format, &given.metadata(), &mut report) {
        Ok(imported) => Message::Done(Box::new(imported)),
        Err(Refused { input, error }) => Message::Refused {
            input: input.display().to_string(),
            why: error.to_string(),
        },
    };
    send(&answer)?;
    Ok(Outcome::Done)
}

fn limit(resource: Resource, most: u64) {
    let hard = getrlimit(resource).maximum;
    let most = hard.map_or(most, |hard| most.min(hard));
    // A limit that cannot be set is one that the system sets lower.
    let _ = setrlimit(
        resource,
        Rlimit {
            current: Some(most),
            maximum: hard,
        },
    );
}

fn send(message: &Message) -> Result<(), Failure> {
    let mut line = serde_json::to_string(message).map_err(io::Error::other)?;
    line.push('\n');
    super::put(&line)
}

/// Shows which file is being read, if a person is watching.
fn progress(number: usize, of: usize, name: &str) {
    if io::stderr().is_terminal() {
        let count = if of > 1 {
            format!("{number} of {of}: ")
        } else {
            String::new()
        };
        let _ = write!(
            io::stderr(),
            "\r\x1b[Kreading {count}{}",
            wording::cut(name, 60)
        );
    }
}

fn clear() {
    if io::stderr().is_terminal() {
        let _ = write!(io::stderr(), "\r\x1b[K");
    }
}
