//! The session in lines: what is new of the reader is printed, a line is typed, and all that it
//! began is done before the next one is read. No escape sequence is ever written.

use std::{
    io::{self, IsTerminal, Write},
    path::PathBuf,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use signal_hook::{consts::signal, low_level};

use super::{
    End, Event, Outside, Returned, Session, SessionError, Terminal, editing, external, run_to_end,
};
use crate::{
    disk::home::Home,
    linear::{self, Said},
    reader::Reader,
    terminal::{lines, output::Output, signals, tty},
    text::{ascii, width, wrap},
};

/// Columns and rows that the reader works with: no window is drawn.
const SIZE: (u16, u16) = (80, 24);
/// How long the disk may take before the prompt.
const PATIENCE: Duration = Duration::from_secs(1);
/// How long something may take before it is said what is waited for.
const SILENCE: Duration = Duration::from_millis(700);
/// Said once where the locale cannot show everything.
const NO_STAND_IN: &str = "Some characters cannot be shown here and are `?`: set LC_ALL to a UTF-8 locale, such as C.UTF-8.";

/// Why no editor is opened.
const NO_KEYBOARD: &str = "standard input is not a terminal, which an editor needs; type the text";

/// How lines are printed.
#[derive(Debug, Clone, Copy, Default)]
pub struct Lines {
    /// Columns after which a line is broken; whole paragraphs without.
    pub width: Option<usize>,
    /// Whether the locale takes ASCII alone.
    pub is_ascii: bool,
}

/// Runs a reader in lines until it ends. Without a home nothing is saved.
///
/// # Errors
/// As [`super::run`].
pub fn run(reader: Reader, home: Option<Home>, lines: Lines) -> Result<(), SessionError> {
    let panics = signals::catch_panics();
    let ends = Arc::new(AtomicBool::new(false));
    let held = signals::hold_signals(&ends)?;
    let terminal = LineTerminal {
        output: Output::new(ends.clone()),
        lines,
        drafts: home.as_ref().map(Home::drafts).unwrap_or_default(),
        has_keyboard: io::stdin().is_terminal(),
        said: Said::default(),
        is_begun: false,
        is_prompted: false,
        is_owed: false,
        has_warned: false,
    };
    let mut session = Session::new(reader, terminal, home);
    let begin = move |session: &mut Session<LineTerminal>| {
        let (sent, read, hangup) = (session.sender(), session.sender(), session.sender());
        // `C-c` cancels, so it does not hurry what is written.
        signals::signals(
            held,
            session.is_lent.clone(),
            Arc::default(),
            move |number| {
                if number == signal::SIGQUIT {
                    ends.store(true, Ordering::SeqCst);
                }
                sent.send(Event::Signal(number)).is_ok()
            },
        )?;
        session.input = Some(lines::start(move |line| read.send(line.into()).is_ok())?);
        signals::hang_up(move || drop(hangup.send(Event::HangUp)))
    };
    match run_to_end(&mut session, &panics, begin)? {
        End::Signal(number) => drop(low_level::emulate_default_handler(number)),
        End::Quit | End::QuickExit | End::HangUp => {}
    }
    Ok(())
}

impl<T: Terminal> Session<T> {
    /// Says what is new, prompts, and takes the next line, until the end.
    pub(super) fn turn_by_lines(&mut self) -> io::Result<End> {
        let mut is_reading = false;
        loop {
            if let Some(end) = self.settle()? {
                return Ok(end);
            }
            self.terminal.prompt(&self.reader)?;
            if let Some(input) = self.input.as_ref().filter(|_| !is_reading) {
                input.go_on();
                is_reading = true;
            }
            let event = loop {
                if let Some(event) = self.wait() {
                    break event;
                }
            };
            is_reading &= !matches!(event, Event::Input(_));
            if let Some(end) = self.handle(event)? {
                return Ok(end);
            }
        }
    }

    /// Takes events until all that goes on beside the reading is done, searched and saved.
    fn settle(&mut self) -> io::Result<Option<End>> {
        loop {
            while self.reader.has_work() {
                self.reader.work();
            }
            let is_idle = self.jobs == 0 && !self.is_lent();
            if let Some(saver) = self.saver.as_ref().filter(|_| is_idle) {
                saver.catch_up(PATIENCE);
            }
            let event = match is_idle {
                true => self.events.try_recv().ok(),
                false => self.events.recv_timeout(SILENCE).ok(),
            };
            match event {
                Some(event) => {
                    if let Some(end) = self.handle(event)? {
                        return Ok(Some(end));
                    }
                }
                None if is_idle => {
                    self.terminal.draw(&self.reader)?;
                    return Ok(None);
                }
                None if self.is_lent() => {}
                None => self.terminal.draw(&self.reader)?,
            }
        }
    }
}

/// Standard input and output as lines.
struct LineTerminal {
    output: Output,
    lines: Lines,
    /// Where the files of an editor outside go.
    drafts: PathBuf,
    /// Whether standard input is a terminal, which shows what is typed.
    has_keyboard: bool,
    said: Said,
    /// Whether the notes were read, so that the first page can be said.
    is_begun: bool,
    /// Whether the prompt is the last that was written.
    is_prompted: bool,
    /// Whether a line was typed that nothing was said on yet.
    is_owed: bool,
    has_warned: bool,
}

impl LineTerminal {
    fn write(&mut self, text: &str) -> io::Result<()> {
        self.output.write_all(text.as_bytes())
    }

    /// Prints a line: safe, in the characters that there are, broken where that is wanted.
    fn print(&mut self, line: &str) -> io::Result<()> {
        let line = width::shown(line);
        let (line, is_whole) = match self.lines.is_ascii {
            true => ascii::text(&line),
            false => (line.into_owned(), true),
        };
        let broken = match self.lines.width {
            Some(columns) => wrap::lines(&line, columns, ""),
            None => Vec::new(),
        };
        if broken.is_empty() {
            self.write(&format!("{line}\n"))?;
        }
        for part in broken {
            let part = line.get(part.start..part.end).unwrap_or_default();
            self.write(&format!("{}\n", part.trim_end()))?;
        }
        if !is_whole && !std::mem::replace(&mut self.has_warned, true) {
            self.print(NO_STAND_IN)?;
        }
        Ok(())
    }

    /// Leaves the prompt, where it is the last that was written.
    fn end_prompt(&mut self) -> io::Result<()> {
        match std::mem::take(&mut self.is_prompted) {
            true => self.write("\n"),
            false => Ok(()),
        }
    }
}

impl Terminal for LineTerminal {
    fn size(&self) -> (u16, u16) {
        SIZE
    }

    fn takes_lines(&self) -> bool {
        true
    }

    fn begin_line(&mut self, line: Option<&str>) -> io::Result<()> {
        self.said.begin();
        self.is_owed = true;
        match line {
            // The terminal has shown it, with its end.
            Some(_) if self.has_keyboard => self.is_prompted = false,
            // So that what is printed can be read as what was said to what.
            Some(line) => {
                self.print(line)?;
                self.is_prompted = false;
            }
            None => self.end_prompt()?,
        }
        Ok(())
    }

    fn prompt(&mut self, reader: &Reader) -> io::Result<()> {
        if std::mem::take(&mut self.is_owed) && !reader.context().is_typing() {
            self.print("Nothing new here.")?;
        }
        if self.is_prompted {
            return Ok(());
        }
        self.is_prompted = true;
        let prompt = linear::prompt(reader);
        let prompt = width::shown(&prompt);
        let prompt = match self.lines.is_ascii {
            true => ascii::text(&prompt).0,
            false => prompt.into_owned(),
        };
        self.write(&prompt)
    }

    fn draw(&mut self, reader: &Reader) -> io::Result<()> {
        if !std::mem::replace(&mut self.is_begun, true) {
            return Ok(());
        }
        let news = self.said.news(reader);
        if !news.is_empty() {
            self.is_owed = false;
            self.end_prompt()?;
        }
        news.iter()
            .flat_map(|line| line.lines())
            .try_for_each(|line| self.print(line))
    }

    fn forget(&mut self) {
        self.said.forget();
    }

    fn copy(&mut self, text: &str) -> io::Result<()> {
        self.is_owed = false;
        self.end_prompt()?;
        text.lines().try_for_each(|line| self.print(line))
    }

    fn release(&mut self) {
        let _ = self.end_prompt();
    }

    fn vanish(&mut self, _: bool) {}

    fn take_back(&mut self) -> io::Result<()> {
        self.is_prompted = false;
        Ok(())
    }

    fn stop(&mut self) -> io::Result<bool> {
        if !tty::is_under_job_control() {
            return Ok(false);
        }
        self.end_prompt()?;
        tty::stop()?;
        Ok(true)
    }

    fn outside(&mut self, outside: Outside) -> Box<dyn FnOnce() -> Returned + Send> {
        let (drafts, has_keyboard) = (self.drafts.clone(), self.has_keyboard);
        Box::new(move || match outside {
            Outside::Editor { text, quote, id } if has_keyboard => {
                external::edit((&text, &quote), &drafts, id)
            }
            Outside::Settings(file) if has_keyboard => {
                Returned::Settings(editing::edit_file(&file))
            }
            Outside::Settings(_) => Returned::Settings(Err(NO_KEYBOARD.into())),
            Outside::Editor { id, .. } => Returned::Edited(id, Err(NO_KEYBOARD.into())),
            Outside::Pipe { command, text } => external::pipe_in_lines(command, &text),
        })
    }

    fn open(&mut self, address: &str) -> Result<(), String> {
        open::that_detached(address).map_err(|error| error.to_string())
    }

    fn print_at_end(&mut self, text: &str) {
        tty::print_at_end(text.to_owned());
    }
}
