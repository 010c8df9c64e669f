//! Lines of standard input on a thread of their own, for where no keys are pressed.

use std::{io, sync::mpsc::channel};

use rustix::{
    event::{PollFd, PollFlags, poll},
    io::Errno,
};

use super::{
    input::Input,
    input_thread::{InputThread, Read},
};

/// Bytes that are read at once: a terminal gives a line at a time.
const CHUNK: usize = 64 * 1024;
/// Bytes after which a line ends that has no end.
const LONGEST: usize = 4 * 1024 * 1024;

/// Starts a thread that reads a line each time it may go on. The end of the input is sent as a
/// hang-up.
///
/// # Errors
/// Where no thread can be started.
pub fn start(send: impl Fn(Read) -> bool + Send + 'static) -> io::Result<InputThread> {
    let (go_on, may_go_on) = channel();
    let read = move || {
        let mut left = Vec::new();
        while may_go_on.recv().is_ok() {
            let line = next_line(&mut left);
            let is_end = line.is_none();
            let read = match line {
                Some(line) => Read::Batch(vec![Input::Line(line)]),
                None => Read::HangUp,
            };
            if !send(read) || is_end {
                return;
            }
        }
    };
    std::thread::Builder::new()
        .name("lines".into())
        .spawn(read)?;
    Ok(InputThread::new(go_on))
}

/// The next line without its end; `None` at the end of the input. A last line needs no end.
fn next_line(left: &mut Vec<u8>) -> Option<String> {
    let mut chunk = vec![0; CHUNK];
    loop {
        let end = left.iter().position(|byte| *byte == b'\n');
        if let Some(end) = end.or((left.len() >= LONGEST).then_some(LONGEST - 1)) {
            let line: Vec<u8> = left.drain(..=end).collect();
            return Some(text(&line));
        }
        match rustix::io::read(rustix::stdio::stdin(), &mut chunk) {
            Ok(0) if left.is_empty() => return None,
            Ok(0) => return Some(text(&std::mem::take(left))),
            Ok(count) => left.extend_from_slice(chunk.get(..count).unwrap_or_default()),
            Err(Errno::INTR) => {}
            Err(Errno::AGAIN) => wait()?,
            Err(_) => return None,
        }
    }
}

fn text(line: &[u8]) -> String {
    let line = String::from_utf8_lossy(line);
    line.trim_end_matches(['\n', '\r']).to_owned()
}

/// Waits for input that does not block.
fn wait() -> Option<()> {
    let mut fds = [PollFd::from_borrowed_fd(
        rustix::stdio::stdin(),
        PollFlags::IN,
    )];
    match poll(&mut fds, None) {
        Ok(_) | Err(Errno::INTR) => Some(()),
        Err(_) => None,
    }
}
