//! Programs that get the terminal: the editor of the environment, and shell commands that get text.

use std::{
    io::{self, BufRead, Write},
    os::unix::process::CommandExt,
    path::{Path, PathBuf},
    process::{Command, ExitStatus, Stdio},
    time::{Duration, Instant},
};

use super::{
    Returned,
    editing::{self, EditorError},
};
use crate::store::outside::{self, Edited};

/// The exit status by which a shell says that it found no such command, as POSIX has it.
const NOT_FOUND: i32 = 127;

/// Opens text, below what it is about, in the editor of the environment; its file goes to a folder.
pub(super) fn edit(text: (&str, &str), folder: &Path, id: String) -> Returned {
    match editing::edit(text, folder, &format!("note-{id}")) {
        Err(EditorError::Failed { status, draft }) => unfinished(id, status, draft),
        edited => Returned::Edited(id, edited.map_err(|error| error.to_string())),
    }
}

/// What an editor that failed has left, where that is a text.
fn unfinished(id: String, status: ExitStatus, draft: PathBuf) -> Returned {
    match outside::read_back(&draft) {
        Ok(text) if !text.trim().is_empty() => {
            let edited = Edited {
                text: text.trim_end().to_owned(),
                draft,
            };
            Returned::Unfinished(id, edited, format!("the editor ended by {status}"))
        }
        _ => Returned::Edited(id, Err(EditorError::Failed { status, draft }.to_string())),
    }
}

/// Sends text to a shell command; what it wrote can be read until Enter is pressed.
pub(super) fn pipe(command: String, text: &str) -> Returned {
    let ended = feed(shell(&command), text);
    let how = ended.as_ref().err().map_or("done", String::as_str);
    let _ = write!(
        io::stderr(),
        "\ntip-reader: {how}; Enter goes back to the report "
    );
    let _ = io::stdin().lock().read_line(&mut String::new());
    Returned::Piped(command, ended)
}

/// How long a program that takes what is copied may take.
const COPYING: Duration = Duration::from_secs(1);

/// The programs that take text for the clipboard here, the nearest first: name and arguments.
fn clipboards() -> Vec<(&'static str, &'static [&'static str])> {
    let is_set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    let mut programs: Vec<(&str, &[&str])> = Vec::new();
    if is_set("TMUX") {
        programs.push(("tmux", &["load-buffer", "-w", "-"]));
    }
    if is_set("WAYLAND_DISPLAY") {
        programs.push(("wl-copy", &[]));
    }
    if is_set("DISPLAY") {
        programs.push(("xclip", &["-selection", "clipboard"]));
        programs.push(("xsel", &["--input", "--clipboard"]));
    }
    programs.push(("pbcopy", &[]));
    programs.push(("clip.exe", &[]));
    programs
}

/// Gives text to the first program here that takes it for the clipboard; returns its name. `None`
/// where there is none.
///
/// # Errors
/// Where one failed or did not answer: its name, and why.
pub(super) fn give_to_clipboard(
    text: &str,
) -> Option<Result<&'static str, (&'static str, String)>> {
    clipboards().into_iter().find_map(|(name, arguments)| {
        let mut command = Command::new(name);
        command.args(arguments);
        match feed_quietly(command, text) {
            Err(Unfed::Missing) => None,
            Err(Unfed::Failed(why)) => Some(Err((name, why))),
            Ok(()) => Some(Ok(name)),
        }
    })
}

enum Unfed {
    /// There is no such program.
    Missing,
    Failed(String),
}

/// Feeds a program that shows nothing, never gets the terminal, and has a second.
fn feed_quietly(mut command: Command, text: &str) -> Result<(), Unfed> {
    // In a group of its own it cannot read from the terminal.
    command.process_group(0).stdin(Stdio::piped());
    command.stdout(Stdio::null()).stderr(Stdio::null());
    let mut child = match command.spawn() {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Err(Unfed::Missing),
        other => other.map_err(|error| Unfed::Failed(error.to_string()))?,
    };
    let (input, text) = (child.stdin.take(), text.to_owned());
    // What takes nothing holds up this thread alone.
    let write = move || input.map(|mut input| input.write_all(text.as_bytes()));
    let _ = std::thread::Builder::new().spawn(write);
    let began = Instant::now();
    while began.elapsed() < COPYING {
        match child.try_wait() {
            Ok(Some(status)) if status.success() => return Ok(()),
            Ok(Some(status)) => return Err(Unfed::Failed(format!("it failed ({status})"))),
            Ok(None) => std::thread::sleep(Duration::from_millis(5)),
            Err(error) => return Err(Unfed::Failed(error.to_string())),
        }
    }
    let _ = child.kill();
    let _ = child.wait();
    Err(Unfed::Failed("it did not answer within a second".into()))
}

/// Sends text to a shell command where lines are printed: what it writes stays to be read.
pub(super) fn pipe_in_lines(command: String, text: &str) -> Returned {
    let ended = feed(shell(&command), text);
    Returned::Piped(command, ended)
}

/// Sends text to a shell command that shows nothing.
pub(super) fn run_quietly(command: &str, text: &str) -> Result<(), String> {
    match feed_quietly(shell(command), text) {
        Ok(()) => Ok(()),
        Err(Unfed::Missing) => Err("there is no `sh` here".into()),
        Err(Unfed::Failed(why)) => Err(why),
    }
}

fn shell(command: &str) -> Command {
    let mut shell = Command::new("sh");
    shell.arg("-c").arg(command).stdin(Stdio::piped());
    shell
}

fn feed(mut command: Command, text: &str) -> Result<(), String> {
    let mut child = command.spawn().map_err(|error| error.to_string())?;
    // A command need not read all that it is given.
    if let Some(mut input) = child.stdin.take() {
        let _ = input.write_all(text.as_bytes());
    }
    let status = child.wait().map_err(|error| error.to_string())?;
    match status.code() {
        Some(0) => Ok(()),
        Some(NOT_FOUND) => Err(format!("no such command ({status})")),
        Some(_) => Err(format!("it failed ({status})")),
        None => Err(format!("it was ended ({status})")),
    }
}
