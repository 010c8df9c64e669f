//! Input on a thread of its own: a lone `ESC [` or an unended paste can hold up reading for
//! good, and must not hold up anything else.

use std::{
    io,
    sync::mpsc::{Sender, channel},
    time::Duration,
};

use crossterm::event;

/// What was read of the terminal.
pub enum Read {
    /// All input that waited, and nothing more until it is drawn.
    Batch(Vec<event::Event>),
    /// The terminal has gone.
    HangUp,
}

/// Most events that are taken at once.
const MOST: usize = 4096;

/// The input thread. It waits after each batch until it is told to go on: all that comes
/// meanwhile is one batch, drawn as one frame, and a program that is given the terminal gets
/// its keys.
pub struct Input {
    go_on: Sender<()>,
}

impl Input {
    /// Starts reading. `send` says whether anybody still listens.
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

/// How long to look for more events. Not zero: the terminal library says "nothing" to that
/// without having looked.
const A_MOMENT: Duration = Duration::from_micros(100);

/// Waits for an event and takes all that wait with it.
fn read_batch() -> io::Result<Vec<event::Event>> {
    let mut batch = vec![event::read()?];
    while batch.len() < MOST && event::poll(A_MOMENT)? {
        batch.push(event::read()?);
    }
    Ok(batch)
}
