//! The imperative shell: the loop, the effects, the jobs beside the reading, and the programs that
//! borrow the terminal. Effects are performed here and nowhere else.

#![expect(clippy::disallowed_methods, reason = "the session touches the world")]

pub mod editing;
mod effects;
mod everywhere;
mod exports;
mod external;
mod jobs;
mod lending;
pub mod linear;
mod outside;
mod run;
mod saves;
mod settings;
mod terminal;

use std::{
    collections::VecDeque,
    io,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
        mpsc::{Receiver, RecvTimeoutError, Sender, TryRecvError, channel},
    },
    time::{Duration, Instant},
};

use rustix::process::Signal;

pub use jobs::{compared, opened, others};
pub use outside::{Outside, Returned};
pub use run::{SessionError, run, run_to_end};
pub use terminal::{Terminal, is_ascii_wanted};

use crate::{
    disk::home::Home,
    edition::history::Stage,
    notebook::{compared::Compared, news::Reply, resolution::Found},
    reader::{Copied, Gathered, Opened, OtherReport, Reader},
    report::{Report, position::Passage},
    store::{outside::Edited, saver::Saver},
    terminal::{
        input::Input,
        input_thread::{InputThread, Read},
        mouse::Mouse,
        signals,
    },
};

/// How long after a failed drawing the signal may come that was the cause.
const SIGNAL_AFTER: Duration = Duration::from_millis(100);

/// What wakes the loop.
#[derive(Debug)]
pub enum Event {
    /// All input that waited, and nothing more until it is drawn.
    Input(Vec<Input>),
    /// By its number.
    Signal(i32),
    /// The terminal has gone.
    HangUp,
    /// Of the notebook of a report, which may no longer be the one that is read.
    Saver(Arc<Report>, Reply),
    /// A program that had the terminal has ended.
    Returned(Returned),
    /// A job beside the reading is done.
    Done(Job),
}

/// What a job beside the reading has come to.
#[derive(Debug)]
pub enum Job {
    Copied(String, Copied),
    /// Where annotations of another edition of a report stand; whether these are the last ones.
    Found(Arc<Report>, Vec<Found>, bool),
    /// The positions that could be an annotation's, the best first, by its id.
    Places(Arc<Report>, String, Vec<Passage>),
    /// What was found in all reports, by the number of the question.
    Everywhere(u64, Vec<Gathered>),
    /// A passage in the editions of a report, and which of them could not be read.
    History(Arc<Report>, Vec<Stage>, Vec<String>),
    /// The reports that there are.
    Reports(Vec<OtherReport>),
    /// A report that was asked for by its number, or why there is none.
    Opened(u64, Result<Opened, String>),
    /// A comparison by its number, or why there is none.
    Compared(u64, Result<Compared, String>),
}

/// How the reader ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    Quit,
    /// Nothing is to be left on the screen, and nothing said.
    QuickExit,
    Signal(i32),
    HangUp,
}

/// A reader, its terminal and all that goes on beside the reading.
pub struct Session<T> {
    reader: Reader,
    terminal: T,
    mouse: Mouse,
    /// Where reports and notebook are; without it nothing is saved.
    home: Option<Home>,
    saver: Option<Saver>,
    sender: Sender<Event>,
    events: Receiver<Event>,
    input: Option<InputThread>,
    /// Jobs beside the reading that have not come back.
    jobs: usize,
    /// Whether another program has the terminal.
    is_lent: Arc<AtomicBool>,
    /// Input that came together with the key that lent the terminal.
    held: VecDeque<Input>,
    /// Texts of an editor outside, by the id of their annotation, until they are on disk.
    edited: Vec<(String, Edited)>,
    /// What could not be saved of reports that are no longer read, to be printed at the end.
    rescued: Vec<String>,
    /// When the place is to be saved; `None` where it has not changed.
    place_due: Option<Instant>,
    draft_due: Option<Instant>,
}

impl From<Read> for Event {
    fn from(read: Read) -> Self {
        match read {
            Read::Batch(batch) => Self::Input(batch),
            Read::HangUp => Self::HangUp,
        }
    }
}

impl<T: Terminal> Session<T> {
    /// A session that has begun nothing yet. Without a home nothing is saved.
    pub fn new(mut reader: Reader, terminal: T, home: Option<Home>) -> Self {
        let (sender, events) = channel();
        let (columns, rows) = terminal.size();
        reader.resize(columns, rows);
        Self {
            reader,
            terminal,
            mouse: Mouse::default(),
            home,
            saver: None,
            sender,
            events,
            input: None,
            jobs: 0,
            is_lent: Arc::new(AtomicBool::new(false)),
            held: VecDeque::new(),
            edited: Vec::new(),
            rescued: Vec::new(),
            place_due: None,
            draft_due: None,
        }
    }

    /// What sends events to it.
    pub fn sender(&self) -> Sender<Event> {
        self.sender.clone()
    }

    pub fn reader(&self) -> &Reader {
        &self.reader
    }

    pub fn terminal(&self) -> &T {
        &self.terminal
    }

    pub fn terminal_mut(&mut self) -> &mut T {
        &mut self.terminal
    }

    fn is_lent(&self) -> bool {
        self.is_lent.load(Ordering::SeqCst)
    }

    /// Takes events and draws, until the end. A terminal that takes nothing is let go at a signal.
    fn run(&mut self) -> io::Result<End> {
        let error = match self.turn() {
            Err(error) => error,
            end => return end,
        };
        // Who reads the lines has gone.
        if self.terminal.takes_lines() && error.kind() == io::ErrorKind::BrokenPipe {
            return Ok(End::HangUp);
        }
        while let Ok(event) = self.events.recv_timeout(SIGNAL_AFTER) {
            match event {
                Event::Signal(number) if signals::is_end(number) => {
                    return Ok(End::Signal(number));
                }
                // What was typed before is not lost.
                Event::Input(_) => drop(self.handle(event)),
                _ => {}
            }
        }
        Err(error)
    }

    fn turn(&mut self) -> io::Result<End> {
        if self.terminal.takes_lines() {
            return self.turn_by_lines();
        }
        loop {
            let Some(first) = self.wait() else {
                self.draw()?;
                continue;
            };
            let mut had_input = false;
            let mut next = Some(first);
            while let Some(event) = next {
                had_input |= matches!(event, Event::Input(_) | Event::Returned(_));
                if let Some(end) = self.handle(event)? {
                    return Ok(end);
                }
                next = self.events.try_recv().ok();
            }
            self.draw()?;
            if let Some(input) = self.input.as_ref().filter(|_| had_input && !self.is_lent()) {
                input.go_on();
            }
        }
    }

    fn draw(&mut self) -> io::Result<()> {
        if self.is_lent() {
            return Ok(());
        }
        let (columns, rows) = self.terminal.size();
        if (columns, rows) != self.reader.viewport().size() {
            self.reader.resize(columns, rows);
        }
        self.terminal.draw(&self.reader)?;
        if self.terminal.lacks() && self.reader.say_lacking() {
            self.terminal.draw(&self.reader)?;
        }
        Ok(())
    }

    /// Waits for the next event, or goes on searching; saves place and draft when they are due.
    fn wait(&mut self) -> Option<Event> {
        self.save_due();
        if self.reader.has_work() {
            return match self.events.try_recv() {
                Ok(event) => Some(event),
                Err(TryRecvError::Disconnected) => Some(Event::HangUp),
                Err(TryRecvError::Empty) => {
                    self.reader.work();
                    None
                }
            };
        }
        let due = self.place_due.into_iter().chain(self.draft_due).min();
        let events = &self.events;
        let event = match due {
            Some(due) => events.recv_timeout(due.saturating_duration_since(Instant::now())),
            None => events.recv().map_err(|_| RecvTimeoutError::Disconnected),
        };
        match event {
            Ok(event) => Some(event),
            Err(RecvTimeoutError::Disconnected) => Some(Event::HangUp),
            Err(RecvTimeoutError::Timeout) => {
                self.save_due();
                None
            }
        }
    }

    /// Takes an event: the only way in. Says how the reader ended, where it has.
    ///
    /// # Errors
    /// Where the terminal cannot be written to.
    pub fn handle(&mut self, event: Event) -> io::Result<Option<End>> {
        match event {
            // The keys of whatever has the terminal.
            Event::Input(_) if self.is_lent() => {}
            Event::Input(inputs) => {
                self.held.extend(inputs);
                return self.take_held();
            }
            Event::Signal(number) => return self.take_signal(number),
            Event::HangUp => return Ok(Some(End::HangUp)),
            Event::Saver(of, reply) => self.hear(&of, reply),
            Event::Returned(returned) => {
                self.take_returned(returned)?;
                return self.take_held();
            }
            Event::Done(job) => self.take_job(job)?,
        }
        self.perform_saves();
        Ok(None)
    }

    /// Takes the input that is held, up to a key that lends the terminal.
    fn take_held(&mut self) -> io::Result<Option<End>> {
        while let Some(input) = self.held.pop_front() {
            self.take_input(input)?;
            if let Some(end) = self.perform()? {
                return Ok(Some(end));
            }
            if self.is_lent() {
                return Ok(None);
            }
        }
        // After what was asked for: a save does not wait for the looking.
        if let Some(saver) = &self.saver {
            saver.reload();
        }
        self.note_changes();
        Ok(None)
    }

    fn take_input(&mut self, input: Input) -> io::Result<()> {
        match input {
            Input::Key(key) => self.reader.press(key),
            Input::Mouse(pointer) => self.mouse.take(&mut self.reader, pointer),
            Input::Paste(text) => self.reader.paste(&text),
            Input::Ground(ground) => self.reader.set_ground(ground),
            Input::Line(line) => {
                self.terminal.begin_line(Some(&line))?;
                self.reader.take_line(&line);
            }
            Input::Size => {
                let (columns, rows) = self.terminal.size();
                self.reader.resize(columns, rows);
                // The terminal may have cut what it showed, also where the size is the same again.
                self.terminal.forget();
            }
        }
        Ok(())
    }

    fn take_signal(&mut self, number: i32) -> io::Result<Option<End>> {
        let is = |signal: Signal| number == signal.as_raw();
        if is(Signal::WINCH) {
            if !self.is_lent() && !self.terminal.takes_lines() {
                self.take_input(Input::Size)?;
            }
            return Ok(None);
        }
        if self.is_lent()
            && [Signal::INT, Signal::QUIT, Signal::TSTP, Signal::CONT]
                .into_iter()
                .any(is)
        {
            return Ok(None);
        }
        if is(Signal::INT) && self.terminal.takes_lines() {
            self.terminal.begin_line(None)?;
            self.reader.interrupt_line();
            return self.perform();
        }
        if is(Signal::CONT) {
            self.resume()?;
        } else if is(Signal::TSTP) {
            self.reader.save_draft_now();
            self.perform_saves();
            self.suspend()?;
        } else {
            return Ok(Some(End::Signal(number)));
        }
        Ok(None)
    }

    /// Takes the terminal over again: whoever had it may have left it in any state.
    fn resume(&mut self) -> io::Result<()> {
        self.terminal.take_back()?;
        match self.terminal.takes_lines() {
            true => Ok(()),
            false => self.take_input(Input::Size),
        }
    }
}
