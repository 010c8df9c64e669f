//! The terminal: takes it over, passes keys to the [`Reader`], draws, performs what the reader
//! asks for, and gives the terminal back at every end that a program can see.

#![expect(clippy::disallowed_methods, reason = "the session touches the world")]

pub mod editing;
mod external;
pub mod fetching;
mod following;
pub mod opening;

use crate::notebook::resolution::Found;
use crate::report::position::Passage;
use crate::terminal::{input, keys, mouse, screen::Screen, signals, tty};
use std::{
    io,
    panic::{AssertUnwindSafe, catch_unwind},
    path::PathBuf,
    sync::{
        Arc,
        atomic::AtomicBool,
        mpsc::{Receiver, RecvTimeoutError, Sender, TryRecvError, channel},
    },
    time::{Duration, Instant},
};

use crossterm::event::Event as Input;
use external::Returned;
use following::Following;
use signal_hook::{consts::signal, iterator::Signals, low_level};

use crate::{
    disk::home::Home,
    notebook::{compared::Compared, news::Reply},
    reader::{Copied, Effect, Opened, OtherReport, Reader},
    report::{Report, place::SavedPlace},
    store::{Store, outside::Edited, saver::Saver},
};

/// How long after the last movement the place of reading is kept.
const SAVE_PLACE_AFTER: Duration = Duration::from_secs(1);
/// How long typed text goes without a draft.
const SAVE_DRAFT_AFTER: Duration = Duration::from_millis(1500);

/// What wakes the loop.
enum Event {
    /// All input that waited, and nothing more until it is drawn.
    Input(Vec<Input>),
    Signal(i32),
    /// The terminal has gone.
    HangUp,
    /// About the notebook of a report, which may no longer be the one that is read.
    Saver(Arc<Report>, Reply),
    /// A program that had the terminal has ended.
    Returned(Returned),
    Copied(String, Copied),
    /// Where annotations of another edition stand, of the report that they are of.
    Found(Arc<Report>, Vec<Found>),
    /// The positions that could be an annotation's, the best first, by its id.
    Places(Arc<Report>, String, Vec<Passage>),
    /// The reports that there are.
    Reports(Vec<OtherReport>),
    /// A report that was asked for by its number, or why there is none.
    Opened(u64, Result<Opened, String>),
    /// A comparison by its number, or why there is none.
    Compared(u64, Result<Compared, String>),
}

impl From<input::Read> for Event {
    fn from(read: input::Read) -> Self {
        match read {
            input::Read::Batch(batch) => Self::Input(batch),
            input::Read::HangUp => Self::HangUp,
        }
    }
}

/// How the reader ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum End {
    Quit,
    Signal(i32),
    HangUp,
}

/// Why the reader could not run or ended badly.
#[derive(Debug, thiserror::Error)]
pub enum TerminalError {
    #[error("could not take over the terminal: {0}; is this a terminal, and is it still there?")]
    Terminal(#[from] io::Error),
    #[error("internal error: {0}; what was typed is kept as a draft, please report this")]
    Panic(String),
    #[error("not everything could be saved; it is printed above")]
    Unsaved,
}

/// Runs a reader until it ends. Without a store nothing is kept.
///
/// # Errors
/// Where the terminal cannot be taken over, after a panic, or where something could not be
/// saved; the terminal is restored and the draft kept in any case.
pub fn run(reader: &mut Reader, store: Option<Store>) -> Result<(), TerminalError> {
    let (sender, events) = channel();
    let panics = signals::catch_panics();
    let signals = signals::hold_signals()?;
    tty::enter()?;
    let (columns, rows) = tty::size();
    reader.resize(columns, rows);
    let screen = Screen::default();
    let drafts = external::drafts(store.as_ref());
    let mut session = Session {
        sender,
        rescued: Vec::new(),
        home: store.as_ref().map(|store| store.home().clone()),
        is_lent: Arc::new(AtomicBool::new(false)),
        drafts,
        edited: Vec::new(),
        screen,
        keeper: None,
        following: None,
        input: None,
        mouse: mouse::Mouse::default(),
        place_due: None,
        draft_due: None,
    };
    let ended = catch_unwind(AssertUnwindSafe(|| {
        session.run(reader, store, signals, &events)
    }));
    // After a panic the reader may be in no state to be asked; what was asked before is kept.
    let _ = catch_unwind(AssertUnwindSafe(|| session.save_all(reader)));
    // The terminal is given back before the disk is waited for.
    tty::restore();
    session.stop_saver();
    session
        .rescued
        .iter()
        .for_each(|rescue| tty::print_at_end(rescue));
    match ended {
        Ok(Ok(End::Signal(number))) => drop(low_level::emulate_default_handler(number)),
        Ok(Ok(End::Quit)) if !session.rescued.is_empty() => return Err(TerminalError::Unsaved),
        Ok(Ok(End::Quit | End::HangUp)) => {}
        Ok(Err(error)) => return Err(error.into()),
        Err(_) => return Err(TerminalError::Panic(panics.take())),
    }
    Ok(())
}

struct Session {
    screen: Screen,
    keeper: Option<Saver>,
    following: Option<Following>,
    /// What could not be kept of reports that are no longer read, to be printed at the end.
    rescued: Vec<String>,
    input: Option<input::Input>,
    mouse: mouse::Mouse,
    sender: Sender<Event>,
    /// Where the reports are.
    home: Option<Home>,
    /// Whether another program has the terminal.
    is_lent: Arc<AtomicBool>,
    /// Where the files of an editor outside go.
    drafts: Option<PathBuf>,
    /// Texts of an editor outside, by the id of their annotation, until they are on disk.
    edited: Vec<(String, Edited)>,
    /// When the place is to be kept; `None` where it has not changed.
    place_due: Option<Instant>,
    draft_due: Option<Instant>,
}

impl Session {
    fn run(
        &mut self,
        reader: &mut Reader,
        store: Option<Store>,
        signals: Signals,
        events: &Receiver<Event>,
    ) -> io::Result<End> {
        // What is on the first screen first; then everything else, threads too.
        self.screen.draw(reader)?;
        let (input, hangup, told) = (
            self.sender.clone(),
            self.sender.clone(),
            self.sender.clone(),
        );
        signals::signals(signals, self.is_lent.clone(), move |number| {
            told.send(Event::Signal(number)).is_ok()
        })?;
        self.input = Some(input::Input::start(move |read| {
            input.send(read.into()).is_ok()
        })?);
        signals::hang_up(move || drop(hangup.send(Event::HangUp)))?;
        if let Some(store) = store {
            self.start_saver(reader, store)?;
        }
        loop {
            let Some(first) = self.wait(reader, events) else {
                self.screen.draw(reader)?;
                continue;
            };
            let mut had_input = false;
            for event in std::iter::once(first).chain(events.try_iter()) {
                had_input |= matches!(event, Event::Input(_));
                if let Some(end) = self.take(reader, event, events)? {
                    return Ok(end);
                }
            }
            self.screen.draw(reader)?;
            if let Some(input) = self.input.as_ref().filter(|_| had_input) {
                input.go_on();
            }
        }
    }

    /// Waits for the next event, or goes on with what takes the reader long; keeps place and draft when they are due.
    fn wait(&mut self, reader: &mut Reader, events: &Receiver<Event>) -> Option<Event> {
        self.save_due(reader);
        if reader.has_work() {
            return match events.try_recv() {
                Ok(event) => Some(event),
                Err(TryRecvError::Disconnected) => Some(Event::HangUp),
                Err(TryRecvError::Empty) => {
                    reader.work();
                    None
                }
            };
        }
        let due = self.place_due.into_iter().chain(self.draft_due).min();
        let event = match due {
            Some(due) => events.recv_timeout(due.saturating_duration_since(Instant::now())),
            None => events.recv().map_err(|_| RecvTimeoutError::Disconnected),
        };
        match event {
            Ok(event) => Some(event),
            Err(RecvTimeoutError::Disconnected) => Some(Event::HangUp),
            Err(RecvTimeoutError::Timeout) => {
                self.save_due(reader);
                None
            }
        }
    }

    /// Asks for draft and place to be kept where they are due.
    fn save_due(&mut self, reader: &mut Reader) {
        let now = Instant::now();
        if self.draft_due.take_if(|due| *due <= now).is_some() {
            reader.save_draft_now();
            self.perform_quietly(reader);
        }
        if self.place_due.take_if(|due| *due <= now).is_some() {
            self.save_place(reader);
        }
    }

    fn take(
        &mut self,
        reader: &mut Reader,
        event: Event,
        events: &Receiver<Event>,
    ) -> io::Result<Option<End>> {
        match event {
            Event::Input(inputs) => {
                for input in inputs {
                    self.take_input(reader, input);
                    if let Some(end) = self.perform(reader, events)? {
                        return Ok(Some(end));
                    }
                }
                // After what was asked for: a save does not wait for the looking.
                if let Some(keeper) = &self.keeper {
                    keeper.look();
                }
                self.note_changes(reader);
            }
            Event::Signal(signal::SIGCONT) => self.resume(reader)?,
            Event::Signal(signal::SIGTSTP) => {
                reader.save_draft_now();
                self.perform_quietly(reader);
                self.suspend(reader)?;
            }
            Event::Signal(number) => return Ok(Some(End::Signal(number))),
            Event::HangUp => return Ok(Some(End::HangUp)),
            Event::Saver(of, reply) => self.hear(reader, &of, reply),
            Event::Returned(_) => {}
            Event::Copied(what, copied) => reader.hear_of_copy(&what, copied),
            Event::Found(of, found) if Arc::ptr_eq(&of, reader.report()) => {
                reader.take_found(found);
                self.perform_quietly(reader);
            }
            Event::Places(of, id, places) if Arc::ptr_eq(&of, reader.report()) => {
                reader.take_places(&id, places)
            }
            // They are of a report that is no longer read.
            Event::Found(..) | Event::Places(..) => {}
            Event::Reports(reports) => reader.hear_of_reports(reports),
            Event::Opened(number, opened) => self.take_opened(reader, number, opened)?,
            Event::Compared(number, compared) => reader.hear_of_comparison(number, compared),
        }
        Ok(None)
    }

    fn take_input(&mut self, reader: &mut Reader, input: Input) {
        panic_where_a_test_asks_for_it(&input);
        match input {
            Input::Key(event) => keys::from_event(event)
                .into_iter()
                .for_each(|key| reader.press(key)),
            Input::Mouse(event) => self.mouse.take(reader, event),
            Input::Paste(text) => reader.paste(&text),
            Input::Resize(..) => {
                let (columns, rows) = tty::size();
                reader.resize(columns, rows);
                // The terminal may have cut what it showed, also where the size is the same again.
                self.screen.forget();
            }
            Input::FocusGained | Input::FocusLost => {}
        }
    }

    /// Does what the reader asked for.
    fn perform(
        &mut self,
        reader: &mut Reader,
        events: &Receiver<Event>,
    ) -> io::Result<Option<End>> {
        for effect in reader.take_effects() {
            match effect {
                Effect::Quit => return Ok(Some(End::Quit)),
                Effect::Suspend => self.suspend(reader)?,
                Effect::Redraw => self.screen.forget(),
                Effect::Copy { text, what } => self.copy(reader, text, what)?,
                Effect::OpenLink(target) => {
                    let opened = open::that_detached(&target);
                    reader.hear_of_link(&target, opened.err().map(|error| error.to_string()));
                }
                Effect::Pipe { command, text } => {
                    if let Some(end) = self.pipe(reader, events, command, text)? {
                        return Ok(Some(end));
                    }
                    self.perform_quietly(reader);
                }
                Effect::EditOutside { text, id } => {
                    if let Some(end) = self.edit(reader, events, text, id)? {
                        return Ok(Some(end));
                    }
                    self.perform_quietly(reader);
                }
                Effect::ListReports => self.list_reports(reader),
                Effect::Open { number, name } => self.open(reader, number, name),
                Effect::Compare { number, name } => self.compare(reader, number, name),
                effect => self.keep(effect),
            }
        }
        Ok(None)
    }

    /// Does what the reader asked to be kept, and nothing else.
    fn perform_quietly(&mut self, reader: &mut Reader) {
        reader
            .take_effects()
            .into_iter()
            .for_each(|effect| self.keep(effect));
    }

    fn keep(&mut self, effect: Effect) {
        self.follow_edited(&effect);
        let Some(keeper) = &self.keeper else { return };
        match effect {
            Effect::Save(change) => keeper.keep(change, false),
            Effect::SaveTyped(change) => keeper.keep(change, true),
            Effect::SaveDraft(draft) => keeper.save_draft(draft),
            Effect::DropDraft(id) => keeper.drop_draft(id),
            Effect::Follow { edition, astray } => self.follow(edition, astray),
            Effect::FindPlaces {
                edition,
                id,
                anchor,
            } => self.find_places(edition, id, anchor),
            Effect::Copy { .. }
            | Effect::OpenLink(_)
            | Effect::Pipe { .. }
            | Effect::EditOutside { .. }
            | Effect::ListReports
            | Effect::Open { .. }
            | Effect::Compare { .. }
            | Effect::Redraw
            | Effect::Suspend
            | Effect::Quit => {}
        }
    }

    /// Sets the time at which what has changed is kept.
    fn note_changes(&mut self, reader: &mut Reader) {
        self.place_due = Some(Instant::now() + SAVE_PLACE_AFTER);
        let is_typing = reader.has_undrafted_text();
        self.perform_quietly(reader);
        self.draft_due = match (is_typing, self.draft_due) {
            (true, None) => Some(Instant::now() + SAVE_DRAFT_AFTER),
            (true, due) => due,
            (false, _) => None,
        };
    }

    fn save_place(&mut self, reader: &mut Reader) {
        if let Some(keeper) = &self.keeper {
            let place = reader.place_here();
            keeper.save_place(SavedPlace::new(reader.report(), place));
        }
    }

    /// Asks for draft and place to be kept.
    fn save_all(&mut self, reader: &mut Reader) {
        reader.save_draft_now();
        self.perform_quietly(reader);
        self.save_place(reader);
    }

    fn suspend(&mut self, reader: &mut Reader) -> io::Result<()> {
        if !tty::is_under_job_control() {
            reader.warn("There is no shell here that could bring the reader back; it goes on.");
            return Ok(());
        }
        self.save_place(reader);
        tty::restore();
        tty::stop()?;
        self.resume(reader)
    }

    /// Takes the terminal over again: whoever had it may have left it in any state.
    fn resume(&mut self, reader: &mut Reader) -> io::Result<()> {
        tty::enter()?;
        let (columns, rows) = tty::size();
        reader.resize(columns, rows);
        self.screen.forget();
        Ok(())
    }
}

/// Lets a test see what a panic does to the screen and to typed text; in debug builds alone.
#[expect(clippy::panic, reason = "this is what it is for")]
fn panic_where_a_test_asks_for_it(input: &Input) {
    let is_asked = |character: String| {
        std::env::var("TIP_READER_PANIC_ON").is_ok_and(|wanted| wanted == character)
    };
    if let Input::Key(event) = input
        && cfg!(debug_assertions)
        && event
            .code
            .as_char()
            .is_some_and(|character| is_asked(character.to_string()))
    {
        panic!("asked for by a test");
    }
}
