//! Raw mode and the alternate screen, with all ways out.

use std::{
    io::{self, Write},
    sync::mpsc::channel,
    time::Duration,
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

use super::output::Output;

/// Largest window that is drawn, in columns and rows: 10,000 by 10,000 would need gigabytes.
const LARGEST: (u16, u16) = (1000, 500);

/// How long what has to be read at the end may take to be printed.
const PRINTING: Duration = Duration::from_millis(500);

/// Takes over the terminal.
pub fn enter(out: &mut Output) -> io::Result<()> {
    enable_raw_mode()?;
    queue!(
        out,
        EnterAlternateScreen,
        EnableMouseCapture,
        EnableBracketedPaste,
        Hide
    )?;
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
