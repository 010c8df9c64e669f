//! The other half of `import`: a child of the same program reads the files, so that one which a
//! parser chokes on ends in one line. The child bounds its own time and memory, and answers on
//! its standard output: a line for each file that it begins, then the report.

use std::{
    ffi::OsString,
    io::{self, BufRead, BufReader, IsTerminal, Write},
    os::unix::process::ExitStatusExt,
    panic,
    process::{Command, ExitStatus, Stdio},
};

use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
use serde::{Deserialize, Serialize};

use super::{Failure, ImportArguments, Outcome};
use crate::{
    import::{self, Imported, Refused},
    text::wording,
};

/// What the program calls itself with in place of `import`. It is no verb: help, manual and
/// completions do not name it.
const VERB: &str = "import-worker";

/// Most seconds of processor that reading may take.
const SECONDS: u64 = 10;
/// Most memory that reading may take, in bytes.
const MEMORY: u64 = 1000 * 1000 * 1000;

/// What the child says, a line each.
#[derive(Serialize, Deserialize)]
enum Word {
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

/// Reads the files in a child.
///
/// # Errors
/// Where one of them cannot be imported, or the child was ended by its bounds.
pub fn read(given: &ImportArguments) -> Result<Imported, Failure> {
    let failed = |error: io::Error| Failure::Words(format!("could not start reading: {error}"));
    let program = std::env::current_exe().map_err(failed)?;
    let mut child = Command::new(program)
        .arg(VERB)
        .args(given.again())
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
    for line in child
        .stdout
        .take()
        .into_iter()
        .flat_map(|out| BufReader::new(out).lines())
    {
        match line.ok().and_then(|line| serde_json::from_str(&line).ok()) {
            Some(Word::Begins { number, of, name }) => {
                progress(number, of, &name);
                reading = name;
            }
            Some(Word::Done(imported)) => answer = Some(Ok(*imported)),
            Some(Word::Refused { input, why }) => {
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

/// Whether the arguments ask for the child, whose own are those of `import`.
pub fn is_asked(arguments: &mut [OsString]) -> bool {
    let verb = arguments.get_mut(1).filter(|verb| **verb == *VERB);
    verb.map(|verb| *verb = "import".into()).is_some()
}

/// Why a child that gave no answer ended.
fn ended(status: ExitStatus) -> String {
    const CPU_TIME: i32 = 24;
    const ABORT: i32 = 6;
    match status.signal() {
        Some(CPU_TIME) => format!(
            "reading it takes more than {SECONDS} seconds; split it, or save it in another format"
        ),
        Some(ABORT) => {
            "reading it takes more than 1 GB of memory; split it, or save it in another format"
                .into()
        }
        _ => {
            "it is damaged in a way that cannot be read; save it again, or in another format".into()
        }
    }
}

/// The child: reads, and answers on standard output.
///
/// # Errors
/// Where the answer cannot be written.
pub fn run(given: &ImportArguments) -> Result<Outcome, Failure> {
    bound(Resource::Cpu, SECONDS);
    bound(Resource::As, MEMORY);
    bound(Resource::Core, 0);
    // The parent says it in its own words.
    panic::set_hook(Box::new(|_| {}));
    let mut tell = |number: usize, of: usize, name: &str| {
        let _ = say(&Word::Begins {
            number,
            of,
            name: name.to_owned(),
        });
    };
    let answer = match import::files(&given.inputs, given.format, &given.metadata(), &mut tell) {
        Ok(imported) => Word::Done(Box::new(imported)),
        Err(Refused { input, error }) => Word::Refused {
            input: input.display().to_string(),
            why: error.to_string(),
        },
    };
    say(&answer)?;
    Ok(Outcome::Done)
}

fn bound(resource: Resource, most: u64) {
    let hard = getrlimit(resource).maximum;
    let most = hard.map_or(most, |hard| most.min(hard));
    // A bound that cannot be set is one that the system sets lower.
    let _ = setrlimit(
        resource,
        Rlimit {
            current: Some(most),
            maximum: hard,
        },
    );
}

fn say(word: &Word) -> Result<(), Failure> {
    let mut line = serde_json::to_string(word).map_err(io::Error::other)?;
    line.push('\n');
    super::put(&line)
}

/// Says which of many files is read, where somebody looks.
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
