//! The recorded tour, `assets/tour.cast` (asciicast version 2): a journey in the real program, a step a
//! key or word. Times are ours, so that one recording is like the next.

use std::{ffi::OsStr, fs, path::Path, time::Duration};

use crate::pty::{Start, Terminal, home, within};

const TOUR: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/assets/tour.cast");
const SIZE: (u16, u16) = (100, 28);
/// Seconds after each step, and after each key of what is typed.
const STEP: f64 = 1.6;
const KEY: f64 = 0.08;

/// How long a key may take to show.
const PATIENCE: Duration = Duration::from_secs(1);

/// What is pressed, step by step; what is typed goes key by key.
const STEPS: &[&str] = &[
    "]",
    "}",
    "}",
    "/equity",
    "\r",
    "n",
    "H",
    "g",
    "}",
    "aWho decides? #ask",
    "\u{13}",
    "o",
    "acting",
    "\r",
    "\u{f}",
    "&",
    "\u{1b}",
    "?",
    "q",
];

/// The events of the tour, and the screen at its end.
fn record(home: &Path) -> (Vec<(f64, String)>, String) {
    let arguments = ["--theme", "dark"].map(OsStr::new).to_vec();
    let mut terminal = Terminal::start(
        home,
        Start {
            size: SIZE,
            arguments,
            ..Start::default()
        },
    );
    terminal.wait_for_first_frame();
    let (mut events, mut seen, mut time) = (Vec::new(), 0, 0.0);
    let mut take = |terminal: &Terminal, time: f64| {
        // Before anything is written there is nothing to settle.
        within(PATIENCE, || terminal.raw_len() > seen);
        terminal.settle();
        let raw = terminal.raw();
        let new = String::from_utf8_lossy(&raw[seen..]).into_owned();
        seen = raw.len();
        events.push((time, new));
    };
    take(&terminal, time);
    for step in STEPS {
        time += STEP;
        for key in step.chars() {
            time += KEY;
            terminal.press(&key.to_string());
            take(&terminal, time);
        }
    }
    let screen = terminal.screen();
    terminal.press("q");
    (events, screen)
}

fn written(events: &[(f64, String)]) -> String {
    let header = serde_json::json!({
        "version": 2,
        "width": SIZE.0,
        "height": SIZE.1,
        "title": "tip-reader",
        "env": {"TERM": "xterm-256color"},
    });
    let mut cast = format!("{header}\n");
    for (time, output) in events {
        let time = (time * 100.0).round() / 100.0;
        cast.push_str(&format!("{}\n", serde_json::json!([time, "o", output])));
    }
    cast
}

/// The screen after all events of a recording.
fn played(cast: &str) -> String {
    let mut lines = cast.lines();
    let header: serde_json::Value =
        serde_json::from_str(lines.next().expect("a header")).expect("JSON");
    assert_eq!(header["version"], 2);
    let (columns, rows) = crate::pty::at_least_one(SIZE);
    let mut parser = vt100::Parser::new(rows, columns, 0);
    for line in lines {
        let event: serde_json::Value = serde_json::from_str(line).expect("an event");
        parser.process(event[2].as_str().expect("output").as_bytes());
    }
    parser.screen().contents()
}

#[test]
fn the_recorded_tour_ends_where_the_program_does() {
    let home = home();
    let (events, screen) = record(home.path());
    if std::env::var_os("UPDATE").is_some() {
        return fs::write(TOUR, written(&events)).expect("written");
    }
    let cast = fs::read_to_string(TOUR).expect("the tour");
    let plain = |text: &str| -> Vec<String> {
        let lines = text.lines().map(str::trim_end).map(str::to_owned);
        lines.filter(|line| !line.is_empty()).collect()
    };
    assert_eq!(
        plain(&played(&cast)),
        plain(&screen),
        "assets/tour.cast is old; packaging/pictures makes it again"
    );
}
