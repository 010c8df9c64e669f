//! Input on its own thread: reading blocks, and must not block anything else.

use std::{
    io,
    sync::mpsc::{Sender, channel},
    time::Duration,
};

use rustix::{
    event::{PollFd, PollFlags, Timespec, poll},
    io::Errno,
};

use super::{input::Input, parser::Parser};

/// Most events that are taken at once.
const MOST: usize = 4096;
/// Bytes that are read at once.
const CHUNK: usize = 64 * 1024;

/// What was read from the terminal.
pub enum Read {
    /// All input that waited, and nothing more until it is drawn.
    Batch(Vec<Input>),
    /// The terminal has gone.
    HangUp,
}

/// The input thread. It waits after each batch until it may go on: all that comes meanwhile is
/// one batch, drawn as one frame, and a program that is given the terminal gets its keys.
#[derive(Debug)]
pub struct InputThread {
    go_on: Sender<()>,
}

impl InputThread {
    /// A thread that is started elsewhere, and waits for `go_on` after each batch.
    pub(super) fn new(go_on: Sender<()>) -> Self {
        Self { go_on }
    }

    /// Starts reading. `send` says whether anybody still listens.
    ///
    /// # Errors
    /// Where no thread can be started.
    pub fn start(send: impl Fn(Read) -> bool + Send + 'static) -> io::Result<Self> {
        let (go_on, may_go_on) = channel();
        let read = move || {
            let mut parser = Parser::default();
            loop {
                let Ok(batch) = read_batch(&mut parser) else {
                    send(Read::HangUp);
                    return;
                };
                if !send(Read::Batch(batch)) || may_go_on.recv().is_err() {
                    return;
                }
            }
        };
        std::thread::Builder::new()
            .name("input".into())
            .spawn(read)?;
        Ok(Self { go_on })
    }

    /// Lets the thread read the next batch.
    pub fn go_on(&self) {
        let _ = self.go_on.send(());
    }
}

/// Waits for input and takes all that waits with it.
fn read_batch(parser: &mut Parser) -> io::Result<Vec<Input>> {
    let mut batch = Vec::new();
    let mut bytes = vec![0; CHUNK];
    loop {
        let patience = match batch.is_empty() {
            true => parser.patience(),
            false => Some(Duration::ZERO),
        };
        if !has_input(patience)? {
            if !batch.is_empty() {
                return Ok(batch);
            }
            batch.extend(parser.give_up());
            continue;
        }
        match rustix::io::read(rustix::stdio::stdin(), &mut bytes) {
            Ok(0) => return Err(io::ErrorKind::UnexpectedEof.into()),
            Ok(count) => batch.extend(parser.take(bytes.get(..count).unwrap_or_default())),
            Err(Errno::INTR | Errno::AGAIN) => {}
            Err(error) => return Err(error.into()),
        }
        if batch.len() >= MOST {
            return Ok(batch);
        }
    }
}

/// Waits for input; `None` waits for good.
fn has_input(patience: Option<Duration>) -> io::Result<bool> {
    let timeout = patience.map(|patience| Timespec {
        tv_sec: i64::try_from(patience.as_secs()).unwrap_or(i64::MAX),
        tv_nsec: patience.subsec_nanos().into(),
    });
    loop {
        let mut fds = [PollFd::from_borrowed_fd(
            rustix::stdio::stdin(),
            PollFlags::IN,
        )];
        match poll(&mut fds, timeout.as_ref()) {
            Err(Errno::INTR) => {}
            Err(error) => return Err(error.into()),
            Ok(ready) => return Ok(ready > 0),
        }
    }
}
