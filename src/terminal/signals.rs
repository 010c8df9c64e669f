//! Signals, hang-ups and panics: each is noticed on its own thread.

use std::{
    io, panic,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
};

use rustix::event::{PollFd, PollFlags, poll};
use signal_hook::{
    consts::signal::{
        SIGALRM, SIGCONT, SIGHUP, SIGINT, SIGQUIT, SIGSTOP, SIGTERM, SIGTSTP, SIGUSR1, SIGUSR2,
        SIGWINCH,
    },
    flag,
    iterator::Signals,
    low_level,
};

/// The signals that end the program whatever goes on.
const ENDS: [i32; 5] = [SIGTERM, SIGHUP, SIGUSR1, SIGUSR2, SIGALRM];
/// Those that keys send: they are the business of whoever has the terminal.
const OF_KEYS: [i32; 2] = [SIGINT, SIGQUIT];

/// Holds signals back from now on, until [`signals`] passes them on. `ends` becomes true once one
/// of them asks for the end.
pub fn hold_signals(ends: &Arc<AtomicBool>) -> io::Result<Signals> {
    for signal in ENDS {
        flag::register(signal, ends.clone())?;
    }
    Signals::new(
        ENDS.into_iter()
            .chain(OF_KEYS)
            .chain([SIGTSTP, SIGCONT, SIGWINCH]),
    )
}

/// Whether a signal ends the program.
pub fn is_end(signal: i32) -> bool {
    ENDS.contains(&signal) || OF_KEYS.contains(&signal)
}

/// Passes signals to `send` until that returns that nobody listens. While the terminal is lent,
/// `C-z` stops us together with the program that has it: the shell waits for both.
pub fn signals(
    mut signals: Signals,
    is_lent: Arc<AtomicBool>,
    ends: Arc<AtomicBool>,
    send: impl Fn(i32) -> bool + Send + 'static,
) -> io::Result<()> {
    std::thread::Builder::new()
        .name("signals".into())
        .spawn(move || {
            for number in signals.forever() {
                let is_lent = is_lent.load(Ordering::SeqCst);
                // Looked at when it comes: when it is taken the terminal may be ours again.
                if is_lent && OF_KEYS.contains(&number) {
                    continue;
                }
                ends.fetch_or(is_end(number), Ordering::SeqCst);
                if number == SIGTSTP && is_lent {
                    let _ = low_level::raise(SIGSTOP);
                } else if !send(number) {
                    return;
                }
            }
        })?;
    Ok(())
}

/// Calls `send` once the terminal is gone. Polling for no event at all sleeps until the other end
/// hangs up, with or without SIGHUP.
pub fn hang_up(send: impl FnOnce() + Send + 'static) -> io::Result<()> {
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
                    _ => return send(),
                }
            }
        })?;
    Ok(())
}

/// The message of the first panic.
#[derive(Debug, Clone, Default)]
pub struct Panics(Arc<Mutex<String>>);

impl Panics {
    /// The message of the first panic, with its place in the source.
    pub fn take(&self) -> String {
        std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// Keeps panics off the screen: their message is printed once it is restored.
pub fn catch_panics() -> Panics {
    let panics = Panics::default();
    let message = panics.clone();
    panic::set_hook(Box::new(move |info| {
        let mut message = message.0.lock().unwrap_or_else(PoisonError::into_inner);
        if message.is_empty() {
            *message = info.to_string().replace('\n', " ");
        }
    }));
    panics
}
