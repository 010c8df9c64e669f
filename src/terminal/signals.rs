//! Signals, a terminal that goes away, and panics: each is noticed on a thread of its own.

use std::{
    io, panic,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
};

use rustix::event::{PollFd, PollFlags, poll};
use signal_hook::{
    consts::signal::{SIGCONT, SIGHUP, SIGINT, SIGSTOP, SIGTERM, SIGTSTP},
    iterator::Signals,
    low_level,
};

/// Holds signals back from now on, until [`signals`] tells of them.
pub fn hold_signals() -> io::Result<Signals> {
    Signals::new([SIGTERM, SIGHUP, SIGINT, SIGTSTP, SIGCONT])
}

/// Tells of signals until `tell` says that nobody listens. While the terminal is lent, `C-z`
/// stops us together with the program that has it: the shell waits for both.
pub fn signals(
    mut signals: Signals,
    is_lent: Arc<AtomicBool>,
    tell: impl Fn(i32) -> bool + Send + 'static,
) -> io::Result<()> {
    std::thread::Builder::new()
        .name("signals".into())
        .spawn(move || {
            for number in signals.forever() {
                if number == SIGTSTP && is_lent.load(Ordering::SeqCst) {
                    let _ = low_level::raise(SIGSTOP);
                } else if !tell(number) {
                    return;
                }
            }
        })?;
    Ok(())
}

/// Tells once when the terminal has gone. Asking for no event at all, `poll` sleeps until the
/// other end hangs up, whether a SIGHUP comes or not.
pub fn hang_up(tell: impl FnOnce() + Send + 'static) -> io::Result<()> {
    std::thread::Builder::new()
        .name("watchdog".into())
        .spawn(move || {
            loop {
                let mut fds = [PollFd::from_borrowed_fd(
                    rustix::stdio::stdout(),
                    PollFlags::empty(),
                )];
                match poll(&mut fds, None) {
                    Err(rustix::io::Errno::INTR) => {}
                    _ => return tell(),
                }
            }
        })?;
    Ok(())
}

/// What panics have said.
#[derive(Debug, Clone, Default)]
pub struct Panics(Arc<Mutex<String>>);

impl Panics {
    /// What the first panic said, with its place in the source.
    pub fn take(&self) -> String {
        std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// Keeps panics off the screen: what they say is printed once it is restored.
pub fn catch_panics() -> Panics {
    let panics = Panics::default();
    let said = panics.clone();
    panic::set_hook(Box::new(move |info| {
        let mut said = said.0.lock().unwrap_or_else(PoisonError::into_inner);
        if said.is_empty() {
            *said = info.to_string().replace('\n', " ");
        }
    }));
    panics
}
