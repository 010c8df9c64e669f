//! Raw mode and the alternate screen, with all ways out.

use std::{
    io::{self, Write},
    sync::mpsc::channel,
    time::{Duration, Instant},
};

use crossterm::{
    cursor::{Hide, MoveTo, Show},
    event::{DisableBracketedPaste, DisableMouseCapture, EnableBracketedPaste, EnableMouseCapture},
    queue,
    style::ResetColor,
    terminal::{
        Clear, ClearType, EnterAlternateScreen, LeaveAlternateScreen, disable_raw_mode,
        enable_raw_mode,
    },
};

use rustix::event::{PollFd, PollFlags, Timespec, poll};

use super::output::Output;

/// Largest window that is drawn, in columns and rows: 10,000 by 10,000 would need gigabytes.
const LARGEST: (u16, u16) = (1000, 500);

/// How long what has to be read at the end may take to be printed.
const PRINTING: Duration = Duration::from_millis(500);

/// Takes over the terminal, and its mouse where that is wanted.
pub fn enter(out: &mut Output, has_mouse: bool) -> io::Result<()> {
    enable_raw_mode()?;
    queue!(out, EnterAlternateScreen)?;
    if has_mouse {
        queue!(out, EnableMouseCapture)?;
    }
    queue!(out, EnableBracketedPaste, Hide)?;
    out.flush()
}

/// Takes the mouse from the terminal, or gives it back.
pub fn take_mouse(out: &mut Output, is_taken: bool) -> io::Result<()> {
    match is_taken {
        true => queue!(out, EnableMouseCapture)?,
        false => queue!(out, DisableMouseCapture)?,
    }
    out.flush()
}

/// Restores the terminal. May be called at any time and repeatedly; every step is tried, as the
/// terminal may be gone.
pub fn restore(out: &mut Output) {
    let _ = queue!(out, DisableBracketedPaste);
    let _ = queue!(out, DisableMouseCapture);
    let _ = queue!(out, ResetColor, Show, LeaveAlternateScreen);
    let _ = out.flush();
    let _ = disable_raw_mode();
}

/// Clears what was shown before, and what was scrolled off where that is wanted.
pub fn clear(out: &mut Output, clears_scrollback: bool) {
    let _ = queue!(out, MoveTo(0, 0), Clear(ClearType::All));
    if clears_scrollback {
        let _ = queue!(out, Clear(ClearType::Purge));
    }
    let _ = out.flush();
}

/// Reads away what comes for so long, until nothing comes that was on its way.
pub fn drop_input(patience: Duration) {
    let deadline = Instant::now() + patience;
    let mut bytes = [0; 256];
    let mut wait = patience;
    while !wait.is_zero() {
        let timeout = Timespec {
            tv_sec: 0,
            tv_nsec: wait.subsec_nanos().into(),
        };
        let stdin = rustix::stdio::stdin();
        let mut fds = [PollFd::from_borrowed_fd(stdin, PollFlags::IN)];
        match poll(&mut fds, Some(&timeout)) {
            Ok(1..) if fds.iter().any(|fd| fd.revents().contains(PollFlags::IN)) => {
                let read = rustix::io::read(stdin, &mut bytes).unwrap_or(0);
                // An answer ends so; nothing more is awaited.
                let has_end = bytes.get(..read).is_some_and(ends_answer);
                if read == 0 || has_end {
                    return;
                }
            }
            _ => return,
        }
        wait = deadline.saturating_duration_since(Instant::now());
    }
}

fn ends_answer(bytes: &[u8]) -> bool {
    bytes.ends_with(b"\x07") || bytes.ends_with(b"\x1b\\")
}

/// The size of the window in columns and rows; 80 by 24 if unknown.
pub fn size() -> (u16, u16) {
    let size = rustix::termios::tcgetwinsize(rustix::stdio::stdout());
    let (columns, rows) = size.map_or((0, 0), |size| (size.ws_col, size.ws_row));
    if columns == 0 || rows == 0 {
        (80, 24)
    } else {
        (columns.min(LARGEST.0), rows.min(LARGEST.1))
    }
}

/// Whether a shell with job control started us: it puts its jobs into process groups that are not
/// the session's first. In that one nobody could continue a stopped program.
pub fn is_under_job_control() -> bool {
    rustix::process::getsid(None).is_ok_and(|session| session != rustix::process::getpgrp())
}

/// Stops our process group (also a script that called us), as the terminal would.
pub fn stop() -> io::Result<()> {
    Ok(rustix::process::kill_current_process_group(
        rustix::process::Signal::STOP,
    )?)
}

/// Prints to standard error once the screen is restored; ignores errors of a terminal that is gone,
/// and waits only a moment for one that takes nothing.
pub fn print_at_end(text: String) {
    let (done, is_done) = channel::<()>();
    let print = move || {
        let _ = io::stderr().write_all(text.as_bytes());
        drop(done);
    };
    if std::thread::Builder::new().spawn(print).is_ok() {
        let _ = is_done.recv_timeout(PRINTING);
    }
}
