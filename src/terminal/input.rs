//! Input on its own thread: a lone `ESC [` or an unterminated paste can block reading for good, and
//! must not block anything else.

use std::{
    io,
    sync::mpsc::{Sender, channel},
    time::Duration,
};

use crossterm::event;

/// What was read from the terminal.
pub enum Read {
    /// All waiting input; reading stops until it is drawn.
    Batch(Vec<event::Event>),
    /// The terminal is gone.
    HangUp,
}

/// Most events in a batch.
const MOST: usize = 4096;

/// The input thread. It waits after each batch until [`Input::go_on`]: everything that arrives
/// meanwhile is one batch, drawn as one frame, and a program that borrows the terminal gets its
/// keys.
pub struct Input {
    go_on: Sender<()>,
}

impl Input {
    /// Starts reading. `send` returns whether anybody still listens.
    pub fn start(send: impl Fn(Read) -> bool + Send + 'static) -> io::Result<Self> {
        let (go_on, may_go_on) = channel();
        std::thread::Builder::new()
            .name("input".into())
            .spawn(move || {
                loop {
                    let Ok(batch) = read_batch() else {
                        send(Read::HangUp);
                        return;
                    };
                    if !send(Read::Batch(batch)) || may_go_on.recv().is_err() {
                        return;
                    }
                }
            })?;
        Ok(Self { go_on })
    }

    /// Lets the thread read the next batch.
    pub fn go_on(&self) {
        let _ = self.go_on.send(());
    }
}

/// How long to wait for more events. Not zero: crossterm then returns "nothing" without having
/// polled.
const A_MOMENT: Duration = Duration::from_micros(100);

/// Waits for an event and takes all that are waiting.
fn read_batch() -> io::Result<Vec<event::Event>> {
    let mut batch = vec![event::read()?];
    while batch.len() < MOST && event::poll(A_MOMENT)? {
        batch.push(event::read()?);
    }
    Ok(batch)
}
