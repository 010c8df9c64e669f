//! What a session needs of a terminal, and the real one.

use std::{
    io,
    sync::{Arc, atomic::AtomicBool},
    time::Duration,
};

use super::{
    external,
    outside::{Outside, Returned},
};
use crate::{
    reader::Reader,
    terminal::{output::Output, screen::Screen, tty},
};

/// How long a terminal that takes nothing may hold up a quick exit.
const VANISHING: Duration = Duration::from_millis(60);

/// A terminal as a session uses it.
pub trait Terminal {
    /// Columns and rows.
    fn size(&self) -> (u16, u16);

    /// Draws what has changed.
    ///
    /// # Errors
    /// Where it cannot be written to; likewise below.
    fn draw(&mut self, reader: &Reader) -> io::Result<()>;

    /// Draws everything afresh the next time.
    fn forget(&mut self);

    /// Gives text to its clipboard.
    fn copy(&mut self, text: &str) -> io::Result<()>;

    /// Gives it back to whoever had it before; can be called again.
    fn release(&mut self);

    /// Gives it back with nothing left on it, nor in what was scrolled off it where that is
    /// wanted. Never waits long.
    fn vanish(&mut self, clears_scrollback: bool);

    /// Takes it over again.
    fn take_back(&mut self) -> io::Result<()>;

    /// Stops the program until the shell continues it; `false` where there is no such shell.
    fn stop(&mut self) -> io::Result<bool>;

    /// What runs a program that has the terminal meanwhile; on a thread of its own.
    fn outside(&mut self, outside: Outside) -> Box<dyn FnOnce() -> Returned + Send>;

    /// Opens an address with the system's program for it.
    fn open(&mut self, address: &str) -> Result<(), String>;

    /// Prints what has to be read once it is given back.
    fn print_at_end(&mut self, text: &str);
}

/// The terminal that the program was started in.
pub(super) struct Tty {
    screen: Screen,
    output: Output,
    /// Where the files of an editor outside go.
    drafts: std::path::PathBuf,
}

impl Tty {
    /// Takes the terminal over. Without a folder of its own the editor's file goes to the one for
    /// temporary files.
    pub fn enter(drafts: Option<std::path::PathBuf>, ends: &Arc<AtomicBool>) -> io::Result<Self> {
        let mut output = Output::new(ends.clone());
        tty::enter(&mut output)?;
        Ok(Self {
            screen: Screen::new(Output::new(ends.clone()), is_ascii_wanted()),
            output,
            drafts: drafts.unwrap_or_default(),
        })
    }
}

impl Terminal for Tty {
    fn size(&self) -> (u16, u16) {
        tty::size()
    }

    fn draw(&mut self, reader: &Reader) -> io::Result<()> {
        self.screen.draw(reader)
    }

    fn forget(&mut self) {
        self.screen.forget();
    }

    fn copy(&mut self, text: &str) -> io::Result<()> {
        self.screen.copy(text)
    }

    fn release(&mut self) {
        tty::restore(&mut self.output);
    }

    fn vanish(&mut self, clears_scrollback: bool) {
        self.output.hurry(VANISHING);
        tty::clear(&mut self.output, false);
        tty::restore(&mut self.output);
        tty::clear(&mut self.output, clears_scrollback);
    }

    fn take_back(&mut self) -> io::Result<()> {
        tty::enter(&mut self.output)
    }

    fn stop(&mut self) -> io::Result<bool> {
        if !tty::is_under_job_control() {
            return Ok(false);
        }
        tty::restore(&mut self.output);
        tty::stop()?;
        Ok(true)
    }

    fn outside(&mut self, outside: Outside) -> Box<dyn FnOnce() -> Returned + Send> {
        let drafts = self.drafts.clone();
        Box::new(move || match outside {
            Outside::Editor { text, id } => external::edit(&text, &drafts, id),
            Outside::Pipe { command, text } => external::pipe(command, &text),
        })
    }

    fn open(&mut self, address: &str) -> Result<(), String> {
        open::that_detached(address).map_err(|error| error.to_string())
    }

    fn print_at_end(&mut self, text: &str) {
        tty::print_at_end(text.to_owned());
    }
}

/// Whether the locale names a character set that is not UTF-8. One that says nothing is taken
/// for UTF-8, which terminals are.
fn is_ascii_wanted() -> bool {
    let said = ["LC_ALL", "LC_CTYPE", "LANG"]
        .into_iter()
        .filter_map(|name| std::env::var(name).ok())
        .find(|value| !value.is_empty());
    said.is_some_and(|locale| {
        let locale = locale.to_lowercase();
        !locale.contains("utf-8") && !locale.contains("utf8")
    })
}
