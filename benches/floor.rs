//! Start to first content, beside a trivial ratatui program that draws one frame of the same
//! text: both are this file's children in a pty, in turn, and the ratio is taken pair by pair.
//!
//! `cargo bench --bench floor` fails where it is above 1.35 times the trivial program in every round.
#![allow(
    clippy::disallowed_methods,
    clippy::print_stdout,
    reason = "a benchmark asks the clock and says what it measured"
)]

use std::{
    io::{self, Read},
    time::{Duration, Instant},
};

use portable_pty::{CommandBuilder, PtySize, native_pty_system};
use ratatui::{
    Terminal,
    backend::CrosstermBackend,
    crossterm::{
        event, execute,
        terminal::{EnterAlternateScreen, LeaveAlternateScreen, disable_raw_mode, enable_raw_mode},
    },
    widgets::{Paragraph, Wrap},
};

/// Pairs of starts that are counted.
const PAIRS: usize = 41;
/// Rounds in which the ratio may be looked for: a noisy machine does not fail the program.
const ROUNDS: usize = 4;
/// Most times the trivial program's start that the reader's may take, as the median of pairs. It was
/// 1.25 where this was written; machines differ by a tenth. A twentieth of it is the library of
/// mathematics that reading PDFs needs, found and loaded at every start.
const MOST: f64 = 1.35;
/// A word of the first screen. Blanks are left out of frames, so it is one word.
const FIRST_WORDS: &str = "Trafficking";

fn main() -> io::Result<()> {
    if std::env::var_os("TIP_READER_FLOOR").is_some() {
        return floor();
    }
    let home = tempfile::tempdir()?;
    // Copied, as an installed program is: what a linker has just written lies in the page cache in
    // small pieces, which costs the larger program a tenth of a millisecond more.
    let (reader, this) = (home.path().join("reader"), home.path().join("trivial"));
    std::fs::copy(env!("CARGO_BIN_EXE_tip-reader"), &reader)?;
    std::fs::copy(std::env::current_exe()?, &this)?;
    for round in 1..=ROUNDS {
        let ratio = compare(&this, &reader, home.path())?;
        if ratio <= MOST {
            return Ok(());
        }
        println!("round {round}: above {MOST}");
    }
    Err(io::Error::other(format!(
        "the ratio was above {MOST} in each of {ROUNDS} rounds"
    )))
}

/// One round: starts both in turn, prints the medians, returns the median of the ratios.
fn compare(
    this: &std::path::Path,
    reader: &std::path::Path,
    home: &std::path::Path,
) -> io::Result<f64> {
    let mut ratios = Vec::new();
    let (mut ours, mut floors) = (Vec::new(), Vec::new());
    for pair in 0..PAIRS + 3 {
        let floor = start(CommandBuilder::new(this), true, home)?;
        let our = start(CommandBuilder::new(reader), false, home)?;
        // The first pairs only warm the caches.
        if pair >= 3 {
            ratios.push(our.as_secs_f64() / floor.as_secs_f64());
            ours.push(our.as_secs_f64() * 1000.0);
            floors.push(floor.as_secs_f64() * 1000.0);
        }
    }
    let ratio = median(&mut ratios);
    println!(
        "start to first content, median of {PAIRS}: reader {:.2} ms, trivial program {:.2} ms, ratio {ratio:.2}",
        median(&mut ours),
        median(&mut floors)
    );
    Ok(ratio)
}

fn median(values: &mut [f64]) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(f64::NAN)
}

/// The time from before the start of a program to its first content on the terminal.
fn start(
    mut command: CommandBuilder,
    is_floor: bool,
    home: &std::path::Path,
) -> io::Result<Duration> {
    let pair = native_pty_system()
        .openpty(PtySize {
            rows: 40,
            cols: 120,
            pixel_width: 0,
            pixel_height: 0,
        })
        .map_err(io::Error::other)?;
    command.env("TERM", "xterm-256color");
    command.env("TIP_READER_HOME", home);
    if is_floor {
        command.env("TIP_READER_FLOOR", "1");
    }
    let mut output = pair.master.try_clone_reader().map_err(io::Error::other)?;
    let began = Instant::now();
    let mut child = pair
        .slave
        .spawn_command(command)
        .map_err(io::Error::other)?;
    drop(pair.slave);
    let mut seen: Vec<u8> = Vec::new();
    let mut chunk = [0; 65536];
    while !seen
        .windows(FIRST_WORDS.len())
        .any(|words| words == FIRST_WORDS.as_bytes())
    {
        let count = output.read(&mut chunk)?;
        if count == 0 {
            return Err(io::Error::other("a program ended before it had drawn"));
        }
        seen.extend(chunk.iter().take(count));
    }
    let took = began.elapsed();
    child.kill()?;
    child.wait()?;
    Ok(took)
}

/// The trivial program: one paragraph, one frame, then it waits for a key.
fn floor() -> io::Result<()> {
    let text = include_str!("../assets/report.txt");
    enable_raw_mode()?;
    execute!(io::stdout(), EnterAlternateScreen)?;
    let mut terminal = Terminal::new(CrosstermBackend::new(io::stdout()))?;
    terminal.draw(|frame| {
        frame.render_widget(
            Paragraph::new(text).wrap(Wrap { trim: false }),
            frame.area(),
        )
    })?;
    event::read()?;
    execute!(io::stdout(), LeaveAlternateScreen)?;
    disable_raw_mode()
}
