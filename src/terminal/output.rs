//! What is written to the terminal. A terminal that takes nothing (a stalled ssh) holds the reader
//! up, but never its end: once a signal has asked for that, writing gives up after a moment.

use std::{
    io::{self, Write},
    os::fd::{AsFd, BorrowedFd, OwnedFd},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use rustix::{
    event::{PollFd, PollFlags, Timespec, poll},
    fs::{Mode, OFlags},
    io::Errno,
};

/// How long a terminal that takes nothing is waited for at the end.
const PATIENCE: Duration = Duration::from_millis(400);
/// How often to look whether the end has come.
const LOOK: Duration = Duration::from_millis(20);
/// Bytes that are written at once.
const CHUNK: usize = 4096;

/// The terminal, to be written to.
#[derive(Debug)]
pub struct Output {
    /// A description of its own, which does not block; without it standard output is written to.
    own: Option<OwnedFd>,
    /// Whether the program is to end.
    ends: Arc<AtomicBool>,
    /// What is left of the patience at the end.
    left: Duration,
}

impl Output {
    /// The terminal of standard output. `ends` says whether the program is to end.
    pub fn new(ends: Arc<AtomicBool>) -> Self {
        let flags = OFlags::WRONLY | OFlags::NONBLOCK | OFlags::NOCTTY | OFlags::CLOEXEC;
        let open = |name| rustix::fs::open(name, flags, Mode::empty()).ok();
        let name = rustix::termios::ttyname(rustix::stdio::stdout(), Vec::new());
        Self {
            own: name.ok().and_then(open),
            ends,
            left: PATIENCE,
        }
    }

    /// Waits no longer than that at the end, which is now.
    pub fn hurry(&mut self, patience: Duration) {
        self.ends.store(true, Ordering::SeqCst);
        self.left = patience;
    }

    fn fd(&self) -> BorrowedFd<'_> {
        match &self.own {
            Some(own) => own.as_fd(),
            None => rustix::stdio::stdout(),
        }
    }

    /// Waits until something can be written.
    fn wait(&mut self) -> io::Result<()> {
        if self.ends.load(Ordering::SeqCst) {
            self.left = self.left.saturating_sub(LOOK);
            if self.left.is_zero() {
                return Err(io::ErrorKind::TimedOut.into());
            }
        }
        let look = Timespec {
            tv_sec: 0,
            tv_nsec: LOOK.subsec_nanos().into(),
        };
        let mut fds = [PollFd::from_borrowed_fd(self.fd(), PollFlags::OUT)];
        match poll(&mut fds, Some(&look)) {
            Ok(_) | Err(Errno::INTR) => Ok(()),
            Err(error) => Err(error.into()),
        }
    }
}

impl Write for Output {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let some = bytes.get(..CHUNK).unwrap_or(bytes);
        loop {
            match rustix::io::write(self.fd(), some) {
                Err(Errno::AGAIN) => self.wait()?,
                Err(Errno::INTR) => {}
                other => return Ok(other?),
            }
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
