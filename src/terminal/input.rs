//! Input on its own thread: a lone `ESC [` or an unterminated paste can block reading for good, and
//! must not block anything else.

use std::{
    io,
    sync::mpsc::{Sender, channel},
    time::Duration,
};

use crossterm::event::{self, Event, MouseButton, MouseEvent, MouseEventKind};

use super::keys;
use crate::command::key::Key;

/// Most events that are taken at once.
const MOST: usize = 4096;
/// How long to look for more events. Not zero: the terminal library says "nothing" to that
/// without having looked.
const A_MOMENT: Duration = Duration::from_micros(100);

/// What a person does with keyboard, mouse and window.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Input {
    Key(Key),
    Mouse(Pointer),
    Paste(String),
    /// The window has another size, or was cut.
    Size,
}

/// What the mouse does; columns and rows of the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pointer {
    /// Notches of the wheel, downward where positive.
    Wheel(isize),
    Press(u16, u16),
    Drag(u16, u16),
    Release,
}

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
    /// Starts reading. `send` says whether anybody still listens.
    ///
    /// # Errors
    /// Where no thread can be started.
    pub fn start(send: impl Fn(Read) -> bool + Send + 'static) -> io::Result<Self> {
        let (go_on, may_go_on) = channel();
        let read = move || {
            loop {
                let Ok(batch) = read_batch() else {
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

/// Waits for an event and takes all that wait with it.
fn read_batch() -> io::Result<Vec<Input>> {
    let mut batch: Vec<Input> = input_of(event::read()?).into_iter().collect();
    let mut read = 1;
    while read < MOST && event::poll(A_MOMENT)? {
        batch.extend(input_of(event::read()?));
        read += 1;
    }
    Ok(batch)
}

fn input_of(event: Event) -> Option<Input> {
    match event {
        Event::Key(event) => keys::from_event(event).map(Input::Key),
        Event::Mouse(event) => pointer_of(event).map(Input::Mouse),
        Event::Paste(text) => Some(Input::Paste(text)),
        Event::Resize(..) => Some(Input::Size),
        Event::FocusGained | Event::FocusLost => None,
    }
}

fn pointer_of(event: MouseEvent) -> Option<Pointer> {
    match event.kind {
        MouseEventKind::ScrollDown => Some(Pointer::Wheel(1)),
        MouseEventKind::ScrollUp => Some(Pointer::Wheel(-1)),
        MouseEventKind::Down(MouseButton::Left) => Some(Pointer::Press(event.column, event.row)),
        MouseEventKind::Drag(MouseButton::Left) => Some(Pointer::Drag(event.column, event.row)),
        MouseEventKind::Up(MouseButton::Left) => Some(Pointer::Release),
        _ => None,
    }
}
