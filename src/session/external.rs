//! Programs that get the terminal: the editor of the environment, and shell commands that get text.

use std::{
    io::{self, BufRead, Write},
    path::{Path, PathBuf},
    process::{Command, ExitStatus, Stdio},
};

use super::{
    Returned,
    editing::{self, EditorError},
};
use crate::store::outside::{self, Edited};

/// The exit status by which a shell says that it found no such command, as POSIX has it.
const NOT_FOUND: i32 = 127;

/// Opens text in the editor of the environment; its file goes to a folder.
pub(super) fn edit(text: &str, folder: &Path, id: String) -> Returned {
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

/// Sends text to a shell command that shows nothing.
pub(super) fn run_quietly(command: &str, text: &str) -> Result<(), String> {
    let mut shell = shell(command);
    shell.stdout(Stdio::null()).stderr(Stdio::null());
    feed(shell, text)
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
