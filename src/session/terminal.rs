//! What a session needs of a terminal, and the real one.

use std::{
    io::{self, Write},
    sync::{Arc, atomic::AtomicBool},
    time::{Duration, Instant},
};

use super::{
    editing, external,
    outside::{Outside, Returned},
};
use crate::{
    reader::Reader,
    terminal::{output::Output, screen::Screen, tty},
    view::ascii::Charset,
};

/// How long a terminal that takes nothing may hold up a quick exit.
const VANISHING: Duration = Duration::from_millis(60);

/// How long an answer of the terminal may take, over a slow line.
const ANSWER: Duration = Duration::from_secs(3);
/// How long it is waited for at the end.
const PARTING: Duration = Duration::from_millis(50);

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

    /// Whether something was drawn that it cannot show.
    fn lacks(&self) -> bool {
        false
    }

    /// Whether lines are typed in place of keys, and `C-c` comes as a signal: each is answered
    /// before the next one is read.
    fn takes_lines(&self) -> bool {
        false
    }

    /// Begins the answer to a line, or to an interrupt.
    fn begin_line(&mut self, line: Option<&str>) -> io::Result<()> {
        let _ = line;
        Ok(())
    }

    /// Prompts for a line.
    fn prompt(&mut self, reader: &Reader) -> io::Result<()> {
        let _ = reader;
        Ok(())
    }

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
    /// Whether the mouse is taken from it.
    has_mouse: bool,
    /// When it was asked for its ground.
    asked: Option<Instant>,
    /// Where the files of an editor outside go.
    drafts: std::path::PathBuf,
}

impl Tty {
    /// Takes the terminal over. Without a folder of its own the editor's file goes to the one for
    /// temporary files.
    pub fn enter(
        drafts: Option<std::path::PathBuf>,
        has_mouse: bool,
        ends: &Arc<AtomicBool>,
    ) -> io::Result<Self> {
        let mut output = Output::new(ends.clone());
        tty::enter(&mut output, has_mouse)?;
        Ok(Self {
            screen: Screen::new(Output::new(ends.clone()), charset()),
            output,
            has_mouse,
            asked: None,
            drafts: drafts.unwrap_or_default(),
        })
    }

    /// Asks for the ground (OSC 11); the answer comes as input, if at all.
    pub fn ask_ground(&mut self) -> io::Result<()> {
        self.asked = Some(Instant::now());
        self.output.write_all(b"\x1b]11;?\x1b\\")?;
        self.output.flush()
    }

    /// Reads away an answer that may still come: the shell would take it for typing.
    fn drop_answer(&mut self) {
        if let Some(asked) = self.asked.take_if(|asked| asked.elapsed() < ANSWER) {
            tty::drop_input(ANSWER.saturating_sub(asked.elapsed()).min(PARTING));
        }
    }
}

impl Terminal for Tty {
    fn size(&self) -> (u16, u16) {
        tty::size()
    }

    fn draw(&mut self, reader: &Reader) -> io::Result<()> {
        let has_mouse = reader.settings().has_mouse;
        if self.has_mouse != has_mouse {
            tty::take_mouse(&mut self.output, has_mouse)?;
            self.has_mouse = has_mouse;
        }
        if reader.settings().ground.is_some() {
            self.asked = None;
        }
        self.screen.draw(reader)
    }

    fn forget(&mut self) {
        self.screen.forget();
    }

    fn lacks(&self) -> bool {
        self.screen.lacks()
    }

    fn copy(&mut self, text: &str) -> io::Result<()> {
        self.screen.copy(text)
    }

    fn release(&mut self) {
        self.drop_answer();
        tty::restore(&mut self.output);
    }

    fn vanish(&mut self, clears_scrollback: bool) {
        self.output.hurry(VANISHING);
        tty::clear(&mut self.output, false);
        self.drop_answer();
        tty::restore(&mut self.output);
        tty::clear(&mut self.output, clears_scrollback);
    }

    fn take_back(&mut self) -> io::Result<()> {
        tty::enter(&mut self.output, self.has_mouse)
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
            Outside::Editor { text, quote, id } => external::edit((&text, &quote), &drafts, id),
            Outside::Pipe { command, text } => external::pipe(command, &text),
            Outside::Settings(file) => Returned::Settings(editing::edit_file(&file)),
        })
    }

    fn open(&mut self, address: &str) -> Result<(), String> {
        open::that_detached(address).map_err(|error| error.to_string())
    }

    fn print_at_end(&mut self, text: &str) {
        tty::print_at_end(text.to_owned());
    }
}

/// What the terminal can show, where that is not everything.
fn charset() -> Option<Charset> {
    let is_console = std::env::var("TERM").is_ok_and(|term| term.starts_with("linux"));
    match is_ascii_wanted() {
        true => Some(Charset::Ascii),
        false => is_console.then_some(Charset::Console),
    }
}

/// Whether the locale names a character set that is not UTF-8. One that says nothing is taken
/// for UTF-8, which terminals are.
pub fn is_ascii_wanted() -> bool {
    let said = ["LC_ALL", "LC_CTYPE", "LANG"]
        .into_iter()
        .filter_map(|name| std::env::var(name).ok())
        .find(|value| !value.is_empty());
    said.is_some_and(|locale| {
        let locale = locale.to_lowercase();
        !locale.contains("utf-8") && !locale.contains("utf8")
    })
}
