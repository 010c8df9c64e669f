//! Lending the terminal to another program: an editor, or a command that gets text.

use std::{
    io::{self, BufRead, Write},
    panic::{AssertUnwindSafe, catch_unwind},
    path::PathBuf,
    process::{Command, ExitStatus, Stdio},
    sync::{Arc, mpsc::Receiver},
};

use signal_hook::consts::signal;

use super::{End, Event, Session};
use crate::terminal::tty;
use crate::{
    notebook::news::Reply,
    reader::{Copied, Effect, Reader},
    session::editing::{self, EditorError},
    store::outside::{self, Edited},
};

/// What is said where lending itself has failed.
const BROKEN: &str = "internal error; what was written is in the folder of drafts";

/// The exit status by which a shell says that it found no such command, as POSIX has it.
const NOT_FOUND: i32 = 127;

/// What another program gave back.
pub enum Returned {
    /// The id of the annotation, and the text of the editor.
    Edited(String, Result<Edited, String>),
    /// The same of an editor that failed after it had written, and how it ended.
    Unfinished(String, Edited, String),
    /// A command and how it ended.
    Piped(String, Result<(), String>),
}

impl Session {
    /// Opens text in the editor of the environment.
    pub(crate) fn edit(
        &mut self,
        reader: &mut Reader,
        events: &Receiver<Event>,
        text: String,
        id: String,
    ) -> io::Result<Option<End>> {
        // Without a folder of its own the file goes to the one for temporary files.
        let folder = self.drafts.clone().unwrap_or_default();
        let broken = Returned::Edited(id.clone(), Err(BROKEN.into()));
        self.lend(reader, events, broken, move || {
            match editing::edit(&text, &folder, &format!("note-{id}")) {
                Err(EditorError::Failed { status, draft }) => unfinished(id, status, draft),
                edited => Returned::Edited(id, edited.map_err(|error| error.to_string())),
            }
        })
    }

    /// Sends text to a command of the shell.
    pub(crate) fn pipe(
        &mut self,
        reader: &mut Reader,
        events: &Receiver<Event>,
        command: String,
        text: String,
    ) -> io::Result<Option<End>> {
        let broken = Returned::Piped(command.clone(), Err(BROKEN.into()));
        self.lend(reader, events, broken, move || {
            let ended = run(&command, &text);
            wait_for_enter(&ended);
            Returned::Piped(command, ended)
        })
    }

    /// Gives the terminal to what `work` runs and takes it again afterwards. Signals that the
    /// terminal sends are that program's, but for those that end us. Where `work` panics it
    /// has returned `broken`.
    fn lend(
        &mut self,
        reader: &mut Reader,
        events: &Receiver<Event>,
        broken: Returned,
        work: impl FnOnce() -> Returned + Send + 'static,
    ) -> io::Result<Option<End>> {
        self.save_place(reader);
        self.perform_quietly(reader);
        tty::restore();
        self.is_lent
            .store(true, std::sync::atomic::Ordering::SeqCst);
        let sender = self.sender.clone();
        std::thread::Builder::new()
            .name("lending".into())
            .spawn(move || {
                let returned = catch_unwind(AssertUnwindSafe(work)).unwrap_or(broken);
                drop(sender.send(Event::Returned(returned)));
            })?;
        let end = loop {
            match events.recv() {
                Ok(Event::Returned(returned)) => {
                    self.take_returned(reader, returned);
                    break None;
                }
                Ok(Event::Saver(of, reply)) => {
                    self.hear(reader, &of, reply);
                }
                Ok(Event::Found(of, found)) if Arc::ptr_eq(&of, reader.report()) => {
                    reader.take_found(found)
                }
                Ok(Event::Found(..)) => {}
                Ok(Event::Reports(reports)) => reader.hear_of_reports(reports),
                Ok(Event::Compared(number, compared)) => {
                    reader.hear_of_comparison(number, compared)
                }
                Ok(
                    Event::Signal(signal::SIGINT | signal::SIGTSTP | signal::SIGCONT)
                    | Event::Input(_)
                    | Event::Copied(..)
                    | Event::Places(..)
                    | Event::Opened(..),
                ) => {}
                Ok(Event::Signal(number)) => break Some(End::Signal(number)),
                Ok(Event::HangUp) | Err(_) => break Some(End::HangUp),
            }
        };
        self.is_lent
            .store(false, std::sync::atomic::Ordering::SeqCst);
        if end.is_none() {
            self.resume(reader)?;
        }
        Ok(end)
    }

    fn take_returned(&mut self, reader: &mut Reader, returned: Returned) {
        match returned {
            Returned::Edited(id, Ok(edited)) => {
                reader.take_edited(Ok(edited.text.clone()));
                self.edited.push((id, edited));
            }
            Returned::Edited(_, Err(why)) => reader.take_edited(Err(why)),
            Returned::Unfinished(id, edited, why) => {
                reader.take_unfinished(&edited.text, &why);
                self.edited.push((id, edited));
            }
            Returned::Piped(command, ended) => reader.hear_of_pipe(&command, ended),
        }
    }

    /// Removes the editor's file of a note once the note is on disk.
    pub(crate) fn drop_edited(&mut self, reply: &Reply) {
        if let Reply::Saved { change, .. } = reply {
            let saved = change.annotation();
            self.drop_those(|id, edited| id == saved.id && edited.text == saved.text);
        }
    }

    /// Follows the text of an editor to where it is saved or given up.
    pub(crate) fn follow_edited(&mut self, effect: &Effect) {
        match effect {
            // It was taken into the note box, and may have been gone on with there.
            Effect::SaveTyped(change) => {
                let typed = change.annotation();
                for (_, edited) in self.edited.iter_mut().filter(|(id, _)| *id == typed.id) {
                    edited.text.clone_from(&typed.text);
                }
            }
            Effect::DropDraft(dropped) => self.drop_those(|id, _| id == dropped),
            _ => {}
        }
    }

    fn drop_those(&mut self, is_done: impl Fn(&str, &Edited) -> bool) {
        let (done, open): (Vec<_>, Vec<_>) = std::mem::take(&mut self.edited)
            .into_iter()
            .partition(|(id, edited)| is_done(id, edited));
        self.edited = open;
        done.into_iter().for_each(|(_, edited)| edited.drop_draft());
    }

    /// Gives text to the terminal's clipboard, and to the command of the settings.
    pub(crate) fn copy(
        &mut self,
        reader: &mut Reader,
        text: String,
        what: String,
    ) -> io::Result<()> {
        self.screen.copy(&text)?;
        let Some(command) = reader.settings().copy_command.clone() else {
            reader.hear_of_copy(&what, Copied::ToTerminal(text.len()));
            return Ok(());
        };
        let sender = self.sender.clone();
        std::thread::Builder::new()
            .name("copying".into())
            .spawn(move || {
                let copied = match run_quietly(&command, &text) {
                    Ok(()) => Copied::ToCommand(command),
                    Err(why) => Copied::Failed(command, why),
                };
                drop(sender.send(Event::Copied(what, copied)));
            })?;
        Ok(())
    }
}

/// Where the editor's files go.
pub fn drafts(store: Option<&crate::store::Store>) -> Option<PathBuf> {
    store.map(crate::store::Store::drafts_folder)
}

fn run(command: &str, text: &str) -> Result<(), String> {
    feed(shell(command), text)
}

fn run_quietly(command: &str, text: &str) -> Result<(), String> {
    let mut shell = shell(command);
    shell.stdout(Stdio::null()).stderr(Stdio::null());
    feed(shell, text)
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

/// What the command wrote can be read until Enter is pressed.
fn wait_for_enter(ended: &Result<(), String>) {
    let how = ended.as_ref().err().map_or("done", String::as_str);
    let _ = write!(
        io::stderr(),
        "\ntip-reader: {how}; Enter goes back to the report "
    );
    let _ = io::stdin().lock().read_line(&mut String::new());
}
