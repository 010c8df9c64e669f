//! A session from its beginning to its end, whatever that is: the terminal is given back, and what
//! was typed is saved.

use std::{
    io,
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{Arc, atomic::AtomicBool},
};

use signal_hook::{iterator::Signals, low_level};

use super::{End, Event, Session, Terminal, terminal::Tty};
use crate::{
    disk::home::Home,
    reader::Reader,
    terminal::{
        input_thread::InputThread,
        signals::{self, Panics},
    },
};

/// Why the reader could not run or ended badly.
#[derive(Debug, thiserror::Error)]
pub enum SessionError {
    #[error("could not take over the terminal: {0}; is this a terminal, and is it still there?")]
    Terminal(#[from] io::Error),
    #[error("internal error: {0}; what was typed is saved as a draft, please report this")]
    Panic(String),
    #[error("not everything could be saved; it is printed above")]
    Unsaved,
}

/// Runs a reader in the terminal until it ends. Without a home nothing is saved.
///
/// # Errors
/// Where the terminal cannot be taken over, after a panic, or where something could not be
/// saved; the terminal is restored and the draft saved in any case.
pub fn run(reader: Reader, home: Option<Home>) -> Result<(), SessionError> {
    let panics = signals::catch_panics();
    let ends = Arc::new(AtomicBool::new(false));
    let signals = signals::hold_signals(&ends)?;
    let drafts = home.as_ref().map(Home::drafts);
    let terminal = Tty::enter(drafts, reader.settings().has_mouse, &ends)?;
    let mut session = Session::new(reader, terminal, home);
    let begin = |session: &mut Session<Tty>| session.begin(signals, ends);
    match run_to_end(&mut session, &panics, begin)? {
        End::Signal(number) => drop(low_level::emulate_default_handler(number)),
        End::Quit | End::QuickExit | End::HangUp => {}
    }
    Ok(())
}

/// Runs a session until it ends; `begin` starts what sends events once the first screen is drawn.
///
/// # Errors
/// As [`run`].
pub fn run_to_end<T: Terminal>(
    session: &mut Session<T>,
    panics: &Panics,
    begin: impl FnOnce(&mut Session<T>) -> io::Result<()>,
) -> Result<End, SessionError> {
    let ended = catch_unwind(AssertUnwindSafe(|| {
        // What is on the first screen first; then everything else, threads too.
        session.draw()?;
        begin(session)?;
        session.start_saver()?;
        session.run()
    }));
    if matches!(ended, Ok(Ok(End::QuickExit))) {
        session.vanish();
        return Ok(End::QuickExit);
    }
    // After a panic the reader may be in no state to be asked; what was asked before is saved.
    let _ = catch_unwind(AssertUnwindSafe(|| session.save_all()));
    // The terminal is given back before the disk is waited for.
    session.terminal.release();
    session.stop_saver();
    for rescued in &session.rescued {
        session.terminal.print_at_end(rescued);
    }
    match ended {
        Ok(Ok(End::Quit)) if !session.rescued.is_empty() => Err(SessionError::Unsaved),
        Ok(Ok(end)) => Ok(end),
        Ok(Err(error)) => Err(error.into()),
        Err(_) => Err(SessionError::Panic(panics.take())),
    }
}

impl Session<Tty> {
    /// Starts the threads that send events: signals, input, the end of the terminal.
    fn begin(&mut self, signals: Signals, ends: Arc<AtomicBool>) -> io::Result<()> {
        let (told, input, hangup) = (
            self.sender.clone(),
            self.sender.clone(),
            self.sender.clone(),
        );
        signals::signals(signals, self.is_lent.clone(), ends, move |number| {
            told.send(Event::Signal(number)).is_ok()
        })?;
        if self.reader.settings().asks_ground() {
            self.terminal.ask_ground()?;
        }
        let input = InputThread::start(move |read| input.send(read.into()).is_ok())?;
        self.input = Some(input);
        signals::hang_up(move || drop(hangup.send(Event::HangUp)))
    }
}
