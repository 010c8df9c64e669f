//! The real program in a real pseudo-terminal: what is drawn, what is saved, and how it ends.
#![cfg(unix)]
// The harness around the tests is test code too.

use std::{
    fs,
    io::Write,
    path::Path,
    process::Stdio,
    thread::sleep,
    time::{Duration, Instant},
};

use crate::pty::{
    PATIENCE, SAVE, SOON, SUSPEND, Start, TAB, TICK, Terminal, contains, drafts, home, last, notes,
    run, tail, texts, within, without_terminal,
};
use rustix::process::Signal;

// ---------------------------------------------------------------------------------------------
// The first frame, and what outlives the program

#[test]
fn the_first_frame_shows_the_title_the_sections_the_cursor_and_the_keys() {
    let home = home();
    let mut terminal = Terminal::start(
        home.path(),
        Start {
            size: (110, 30),
            ..Start::default()
        },
    );
    for text in [
        "2021 Trafficking in Pers",
        "2 Message Fro",
        "Director",
        "This is the front of the report",
    ] {
        terminal.wait_for(text);
    }
    let cursor = |row: &String| row.contains("▸") && row.contains("To request a hard copy");
    terminal.wait_until("the cursor at the first paragraph", |terminal| {
        terminal.rows().iter().any(cursor)
    });
    assert!(
        terminal.rows().iter().any(|row| row.starts_with("▸1 2021")),
        "the current section is marked:\n{}",
        terminal.framed()
    );
    assert!(terminal.shown().parser.screen().alternate_screen());
    assert!(!terminal.is_cooked());
    terminal.press("l");
    terminal.press("j");
    for text in [" READ  1:1 ", "a note", "? help", "q quit"] {
        terminal.wait_for(text);
    }
}

#[test]
fn a_saved_note_is_there_again_at_the_next_start() {
    let home = home();
    let mut terminal = Terminal::open(home.path());
    terminal.save_note("ring the embassy");
    terminal.press("q");
    let status = terminal.end_within(SOON);
    assert_eq!((status.exit_code(), status.signal()), (0, None));
    terminal.assert_restored();
    let raw = terminal.raw();
    let end = tail(&raw);
    assert!(
        raw.ends_with(b"\x1b[?25h\x1b[?1049l") || raw.ends_with(b"\x1b[?1049l\x1b[?25h"),
        "{end}"
    );

    let mut terminal = Terminal::open(home.path());
    terminal.wait_for("1●");
    let sign = |row: &String| row.contains("▸●") && row.contains("To request");
    terminal.wait_until("the note's sign", |terminal| {
        terminal.rows().iter().any(sign)
    });
    terminal.press("\r");
    terminal.wait_for("ring the embassy");
}

#[test]
fn a_note_said_to_be_saved_outlives_a_kill() {
    let home = home();
    let mut terminal = Terminal::open(home.path());
    terminal.save_note("before the kill");
    terminal.kill(Signal::KILL);
    terminal.end_within(SOON);
    assert_eq!(texts(home.path()), ["before the kill"]);
}

#[test]
fn text_being_typed_outlives_a_kill_as_a_draft() {
    let home = home();
    let mut terminal = Terminal::open(home.path());
    terminal.press("a");
    terminal.wait_for("C-s save");
    terminal.press("half a thought");
    terminal.wait_for("half a thought");
    let typed = Instant::now();
    let kept = within(Duration::from_millis(2500), || {
        drafts(home.path()).contains("half a thought")
    });
    assert!(kept, "no draft after {:?}", typed.elapsed());
    terminal.kill(Signal::KILL);
    terminal.end_within(SOON);

    let mut terminal = Terminal::start(home.path(), Start::default());
    terminal.wait_for("1 draft not saved; D resumes it");
    terminal.press("D");
    terminal.wait_for("half a thought");
    terminal.press(SAVE);
    terminal.wait_for("Note saved");
    assert_eq!(texts(home.path()), ["half a thought"]);
    assert!(
        drafts(home.path()).is_empty(),
        "the draft of a saved note is still there"
    );
}

// ---------------------------------------------------------------------------------------------
// Ends and interruptions

fn ends_by_signal_with_a_draft(signal: Signal, name: &str) {
    let home = home();
    let mut terminal = Terminal::open(home.path());
    terminal.press("a");
    terminal.wait_for("C-s save");
    terminal.press("cut short");
    terminal.wait_for("cut short");
    terminal.kill(signal);
    let status = terminal.end_within(SOON);
    assert!(
        status.signal().is_some(),
        "whoever sent {name} learns that it ended the program: {status:?}"
    );
    terminal.assert_restored();
    let kept = drafts(home.path());
    assert!(kept.contains("cut short"), "{kept}");
}

#[test]
fn sigterm_ends_the_reader_with_the_terminal_restored_and_the_draft_saved() {
    ends_by_signal_with_a_draft(Signal::TERM, "SIGTERM");
}

#[test]
fn sighup_ends_the_reader_with_the_terminal_restored_and_the_draft_saved() {
    ends_by_signal_with_a_draft(Signal::HUP, "SIGHUP");
}

fn ends_when_closed(controlling: bool) {
    let home = home();
    let mut terminal = Terminal::start(
        home.path(),
        Start {
            controlling,
            ..Start::default()
        },
    );
    terminal.wait_for_first_frame();
    // In the note box, so that there is something to lose.
    terminal.press("a");
    terminal.wait_for("C-s save");
    terminal.press("window closed");
    terminal.wait_for("window closed");
    terminal.close();
    // Not waited for yet, an ended process is a zombie that still has its CPU time.
    let ended = within(SOON, || terminal.is_in_state('Z'));
    assert!(
        ended,
        "still running in a closed terminal: {:?}",
        terminal.state()
    );
    let (_, ticks) = terminal.state().expect("the CPU time");
    assert!(ticks < 100, "{ticks} hundredths of a second of CPU time");
    terminal.end_within(SOON);
    assert!(
        drafts(home.path()).contains("window closed"),
        "{}",
        drafts(home.path())
    );
}

#[test]
fn a_closed_window_ends_the_reader_and_saves_the_draft() {
    ends_when_closed(true);
}

#[test]
fn a_closed_terminal_ends_the_reader_even_where_no_sighup_comes() {
    ends_when_closed(false);
}

/// The only child of a process.
fn child_of(pid: u32) -> u32 {
    let children =
        fs::read_to_string(format!("/proc/{pid}/task/{pid}/children")).expect("its children");
    children.trim().parse().expect("one child")
}

#[test]
fn where_no_shell_would_bring_it_back_the_reader_does_not_stop() {
    let home = home();
    let mut terminal = Terminal::open(home.path());
    terminal.press(SUSPEND);
    terminal.wait_for("no shell");
    terminal.kill(Signal::TSTP);
    terminal.press("]");
    terminal.wait_for("Dear Reader");
    terminal.press("q");
    assert!(terminal.end_within(SOON).success());
}

#[test]
fn a_suspended_reader_gives_the_terminal_back_and_takes_it_again() {
    let home = home();
    let mut terminal = Terminal::start(
        home.path(),
        Start {
            under_shell: true,
            environment: vec![("PATH", "/usr/bin:/bin")],
            ..Start::default()
        },
    );
    terminal.wait_for_first_frame();
    terminal.pid = child_of(terminal.pid);
    for by_key in [true, false] {
        if by_key {
            terminal.press(SUSPEND);
        } else {
            terminal.kill(Signal::TSTP);
        }
        terminal.wait_until("the process to stop", |terminal| terminal.is_in_state('T'));
        terminal.settle();
        terminal.assert_restored();
        let before = terminal.raw_len();
        fs::write(home.path().join("go"), "").expect("a file");
        terminal.wait_until("a whole new frame", |terminal| {
            let new = &terminal.raw()[before..];
            contains(new, "\x1b[?1049h")
                && contains(new, "\x1b[2J")
                && terminal.screen().contains("To request a hard copy")
        });
        assert!(!terminal.is_cooked());
        terminal.settle();
        terminal.press("]");
        terminal.wait_for(" 2:1 ");
        terminal.press("gg");
        terminal.wait_for(" 1:1 ");
    }
    terminal.press("q");
    assert!(terminal.end_within(SOON).success());
    terminal.assert_restored();
}

// ---------------------------------------------------------------------------------------------
// Windows, colours, input

#[test]
fn a_storm_of_sizes_and_keys_keeps_the_place() {
    let sizes = [
        (80, 24),
        (0, 0),
        (1, 1),
        (10, 3),
        (20, 5),
        (300, 100),
        (79, 23),
        (1000, 1),
        (1, 500),
    ];
    let home = home();
    // What was read is marked as the storm goes over it.
    fs::write(home.path().join("config.ron"), "(progress: false)").expect("settings");
    let mut terminal = Terminal::open(home.path());
    terminal.press("]jjjjj");
    terminal.wait_for(" 2:");
    terminal.settle();
    let before = terminal.body();
    for step in 0..60 {
        terminal.resize(sizes[step % sizes.len()]);
        // A key that changes every frame and, sixty times, nothing in the end.
        terminal.press("c");
    }
    terminal.resize((81, 25));
    terminal.resize((80, 24));
    // An unbound key says so once all keys before it are worked off.
    terminal.press("R");
    terminal.wait_for("R does nothing here");
    let what = format!(
        "the same text as before the storm:\n{}\n",
        before.join("\n")
    );
    terminal.wait_until(&what, |terminal| terminal.body() == before);
    assert!(terminal.is_alive());
    terminal.press("j");
    terminal.wait_until("the next line", |terminal| terminal.body() != before);
    terminal.press("k");
    terminal.wait_until("the line before", |terminal| terminal.body() == before);
}

/// A window made small and large again has lost what it showed, though its size is the same.
#[test]
fn a_window_that_was_small_for_a_moment_is_drawn_again() {
    let home = home();
    let terminal = Terminal::open(home.path());
    terminal.settle();
    let before = terminal.body();
    for _ in 0..20 {
        terminal.resize((10, 3));
        terminal.resize((80, 24));
        terminal.wait_until("the whole screen again", |terminal| {
            terminal.body() == before
        });
    }
}

/// The parameters of every SGR sequence.
fn sgr(raw: &[u8]) -> Vec<String> {
    let text = String::from_utf8_lossy(raw);
    let sequences = text
        .split("\x1b[")
        .skip(1)
        .filter_map(|rest| rest.split_once('m'));
    let of_digits = |head: &str| {
        head.chars()
            .all(|character| character.is_ascii_digit() || ";:".contains(character))
    };
    sequences
        .map(|(head, _)| head.to_owned())
        .filter(|head| of_digits(head))
        .collect()
}

fn has_colour(parameters: &str) -> bool {
    parameters
        .split([';', ':'])
        .filter_map(|number| number.parse().ok())
        .any(|number: u32| matches!(number, 30..=38 | 40..=48 | 58 | 90..=97 | 100..=107))
}

/// Whether the cell where a text begins is bold, and whether it is inverse.
fn attributes(terminal: &Terminal, text: &str) -> (bool, bool) {
    let rows = terminal.rows();
    let found = rows
        .iter()
        .enumerate()
        .find_map(|(y, row)| Some((y, row.split_once(text)?.0.chars().count())));
    let (y, x) =
        found.unwrap_or_else(|| panic!("`{text}` is not on the screen:\n{}", terminal.framed()));
    let shown = terminal.shown();
    let cell = shown
        .parser
        .screen()
        .cell(y as u16, x as u16)
        .expect("a cell");
    (cell.bold(), cell.inverse())
}

#[test]
fn without_colours_every_state_shows_by_attributes() {
    let home = home();
    let start = Start {
        environment: vec![("NO_COLOR", "1")],
        ..Start::default()
    };
    let mut terminal = Terminal::start(home.path(), start);
    terminal.wait_for_first_frame();
    terminal.save_note("colourless");
    terminal.press("c");
    terminal.wait_for("no colours");
    terminal.press("]");
    terminal.wait_for(" 2:1 ");
    terminal.settle();
    assert_eq!(
        attributes(&terminal, "2 Message"),
        (true, false),
        "the current section"
    );
    assert_eq!(
        attributes(&terminal, "3 Message"),
        (false, false),
        "another section"
    );
    assert_eq!(attributes(&terminal, "Dear Reader"), (false, false), "text");
    assert_eq!(attributes(&terminal, " READ "), (true, true), "the mode");
    terminal.press(TAB);
    terminal.press("j");
    terminal.wait_until("the selection", |terminal| {
        attributes(terminal, "3 Message").1
    });
    assert_eq!(
        attributes(&terminal, "2 Message"),
        (true, false),
        "the current section beside the selected one"
    );
    terminal.press(TAB);
    terminal.press("q");
    terminal.end_within(SOON);
    let colours: Vec<String> = sgr(&terminal.raw())
        .into_iter()
        .filter(|parameters| has_colour(parameters))
        .collect();
    assert!(colours.is_empty(), "{colours:?}");
}

#[test]
fn colours_are_used_where_nothing_speaks_against_them() {
    let home = home();
    let terminal = Terminal::open(home.path());
    assert!(
        sgr(&terminal.raw())
            .iter()
            .any(|parameters| has_colour(parameters)),
        "or the test of NO_COLOR proves nothing"
    );
}

#[test]
fn random_input_loses_no_note_and_leaves_a_screen() {
    let home = home();
    assert!(
        run(home.path(), &["notes", "add", "1:1", "keep me"])
            .status
            .success()
    );
    let (id, _) = notes(home.path()).pop().expect("a note");
    let mut terminal = Terminal::open(home.path());
    let mut seed: u64 = 2021;
    for _ in 0..300 {
        let mut bytes = [0; 48];
        for byte in &mut bytes {
            seed = seed
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            *byte = match (seed >> 56) as u8 {
                // C-c, C-z and q stop and quit, as they should.
                0x03 | 0x1a | b'q' => b'a',
                byte => byte,
            };
        }
        if terminal
            .keys
            .as_mut()
            .is_none_or(|keys| keys.write_all(&bytes).is_err())
        {
            break;
        }
        sleep(TICK);
    }
    if terminal.is_alive() {
        terminal.settle();
        assert!(!terminal.screen().trim().is_empty(), "an empty screen");
        terminal.kill(Signal::TERM);
    }
    let status = terminal.end_within(SOON);
    assert!(
        status.success() || status.signal() == Some("Terminated"),
        "{status:?}: {}",
        tail(&terminal.raw())
    );
    for said in ["panicked", "internal error"] {
        assert!(
            !contains(&terminal.raw(), said),
            "{}",
            tail(&terminal.raw())
        );
    }
    terminal.assert_restored();
    let is_listed = notes(home.path()).iter().any(|(listed, _)| *listed == id);
    let is_in_trash = home
        .path()
        .join("trash")
        .join(format!("{id}.ron"))
        .is_file();
    assert!(is_listed || is_in_trash, "the note is gone");
}

#[test]
fn an_idle_reader_writes_nothing_and_never_wakes() {
    let home = home();
    let mut terminal = Terminal::open(home.path());
    // A movement sets the timer of the place; a note, that of the draft.
    terminal.save_note("then silence");
    terminal.press("j");
    let place = home.path().join("state/tip-2021.ron");
    assert!(within(PATIENCE, || place.is_file()), "no place is saved");
    terminal.settle();
    let before = (terminal.raw_len(), terminal.naps());
    // Time itself is what this is about: longer than the loop ever waits for a draft or a place.
    sleep(Duration::from_millis(1600));
    assert_eq!(
        (terminal.raw_len(), terminal.naps()),
        before,
        "(bytes, sleeps)"
    );
    terminal.press("j");
    terminal.wait_until("a key to be heard", |terminal| {
        terminal.raw_len() > before.0
    });
    assert!(
        terminal.naps() > before.1,
        "or the count above proves nothing"
    );
}

/// What the cells above the status line show, and how.
fn cells(terminal: &Terminal) -> Vec<String> {
    let shown = terminal.shown();
    let screen = shown.parser.screen();
    let (rows, columns) = (screen.size().0.get(), screen.size().1.get());
    let cell = |(y, x)| {
        let cell = screen.cell(y, x).expect("a cell");
        let (text, colours) = (cell.contents().trim_end(), (cell.fgcolor(), cell.bgcolor()));
        let is_blank = text.is_empty() && !cell.inverse() && !cell.underline();
        // A sign on the scroll bar is both bold and dim; the order in which they are written tells
        // which of them this terminal shows.
        let style = (
            cell.bold() || cell.dim(),
            cell.inverse(),
            cell.underline(),
            cell.italic(),
        );
        if is_blank {
            format!("{y},{x} {:?}", colours.1)
        } else {
            format!("{y},{x} {text} {colours:?} {style:?}")
        }
    };
    (0..rows - 1)
        .flat_map(|y| (0..columns).map(move |x| (y, x)))
        .map(cell)
        .collect()
}

/// The terminal moves text that was scrolled: it has to be just what a fresh drawing gives.
#[test]
fn scrolled_text_is_what_a_fresh_drawing_shows() {
    for (columns, rows, keys) in [(100, 30, ""), (60, 14, "z")] {
        let home = home();
        let report = with_links(home.path());
        let start = Start {
            size: (columns, rows),
            arguments: vec![report.as_os_str()],
            ..Start::default()
        };
        let mut terminal = Terminal::start(home.path(), start);
        terminal.wait_for_first_frame();
        terminal.press(keys);
        for scrolled in [
            "j", "j", "3j", "k", " ", "d", "u", "jjj", "}", "]", "j", "/the\rn", "b", "a\x1b",
            "jj", "mmj", "G", "k", "gg",
        ] {
            let before = terminal.raw_len();
            terminal.press(scrolled);
            within(SOON, || terminal.raw_len() > before);
            terminal.settle();
            let shown = cells(&terminal);
            let before = terminal.raw_len();
            terminal.press("\x0c");
            terminal.wait_until("a fresh frame", |terminal| {
                contains(&terminal.raw()[before..], "\x1b[2J")
            });
            terminal.settle();
            let fresh = cells(&terminal);
            let differing: Vec<(&String, &String)> = shown
                .iter()
                .zip(&fresh)
                .filter(|(shown, fresh)| shown != fresh)
                .collect();
            assert!(
                differing.is_empty(),
                "{keys} {scrolled} at {columns}x{rows}: {differing:?}\n{}",
                terminal.framed()
            );
        }
    }
}

/// In a window of text alone, less than three times the bytes that `less` writes for a line.
#[test]
fn a_line_on_costs_few_bytes() {
    let home = home();
    let mut terminal = Terminal::start(
        home.path(),
        Start {
            size: (100, 30),
            ..Start::default()
        },
    );
    terminal.wait_for_first_frame();
    terminal.press("z]");
    let before = terminal.settle();
    for _ in 0..10 {
        terminal.press("j");
        terminal.settle();
    }
    let bytes = (terminal.raw_len() - before) / 10;
    assert!(bytes < 400, "{bytes} bytes a line");
}

/// One frame after 200 lines differs from the first in every cell, as one after a single line
/// does; so bytes count frames. The report is far longer than 15 lines: drawing each line would
/// take a frame each up to its end.
#[test]
fn a_burst_of_keys_is_drawn_in_a_few_frames() {
    let home = home();
    let mut terminal = Terminal::open(home.path());
    let before = terminal.settle();
    terminal.press("j");
    terminal.wait_until("a frame", |terminal| terminal.raw_len() > before);
    let one = terminal.settle();
    let frame = one - before;
    terminal.press(&"j".repeat(200));
    terminal.wait_for("100%");
    let burst = terminal.settle() - one;
    assert!(
        burst < frame * 15,
        "{burst} bytes for the burst, {frame} for one line"
    );
}

// ---------------------------------------------------------------------------------------------
// Output that is no terminal, or no UTF-8 one, and text that is not harmless

#[test]
fn without_a_terminal_the_report_is_printed_as_plain_text() {
    let home = home();
    let output = run(home.path(), &[]);
    assert_eq!(output.status.code(), Some(0));
    assert!(
        output.stderr.is_empty(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let text = String::from_utf8(output.stdout).expect("UTF-8");
    let first = text
        .find("2021 Trafficking in Persons Report")
        .expect("the title");
    let last = text
        .find("Message From the Acting Director")
        .expect("the last section");
    assert!(
        first < last && text.matches("Dear Reader").count() == 2,
        "{text}"
    );
    let controls: Vec<char> = text
        .chars()
        .filter(|character| character.is_control() && *character != '\n')
        .collect();
    assert!(controls.is_empty(), "{controls:?}");
    assert!(text.lines().all(|line| line.chars().count() <= 72));
}

#[test]
fn a_reader_of_the_output_that_goes_away_is_no_error() {
    let home = home();
    assert!(
        run(home.path(), &["notes", "add", "1:1", "one"])
            .status
            .success()
    );
    for arguments in [
        &[][..],
        &["print"],
        &["print", "--format", "html"],
        &["toc"],
        &["notes"],
        &["reports"],
        &["keys"],
        &["man"],
        &["--help"],
    ] {
        let (reader, writer) = std::io::pipe().expect("a pipe");
        // Closed before the program starts: every write fails, the first too.
        drop(reader);
        let output = without_terminal(home.path())
            .args(arguments)
            .stdout(writer)
            .stderr(Stdio::piped())
            .output()
            .expect("it runs");
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(
            output.status.success() && said.is_empty(),
            "{arguments:?}: {:?} {said}",
            output.status
        );
    }
}

#[test]
fn a_terminal_without_utf8_gets_ascii_only() {
    let home = home();
    let start = Start {
        environment: vec![("LC_ALL", "C")],
        ..Start::default()
    };
    let mut terminal = Terminal::start(home.path(), start);
    terminal.wait_for_first_frame();
    terminal.wait_for(">1 2021");
    terminal.save_note("plain");
    terminal.wait_for(">*");
    terminal.press("mm");
    terminal.wait_for("Bookmark");
    terminal.press("]");
    terminal.wait_for(" 2:1 ");
    for _ in 0..8 {
        terminal.press(" ");
        terminal.settle();
    }
    terminal.wait_for("100%");
    terminal.press("?");
    terminal.settle();
    let raw = terminal.raw();
    let odd = raw.iter().position(|byte| !byte.is_ascii());
    assert_eq!(
        odd,
        None,
        "{}",
        odd.map(|at| String::from_utf8_lossy(&raw[at..(at + 40).min(raw.len())]).into_owned())
            .unwrap_or_default()
    );
}

#[test]
fn control_characters_of_a_report_never_reach_the_terminal() {
    let home = home();
    let (text, report) = (home.path().join("odd.txt"), home.path().join("odd.ron"));
    let harmful = [
        "\x1b[2J",
        "\x1b[7;7H",
        "\x1b]0;owned\x07",
        "\u{202e}",
        "\u{9b}",
        "\x07",
        "\x08",
        "\r",
        "\u{2066}",
    ];
    let paragraph = harmful
        .map(|sequence| format!("before{sequence}after"))
        .join(" ");
    fs::write(
        &text,
        format!(
            "Odd heading\n\nPlain words first.\n\n{paragraph} a\ttab.\n\n\x1b[2Jat the start\n"
        ),
    )
    .expect("a file");
    let title = format!("Odd {}title", "\x1b[7;7H");
    let (from, to) = (text.to_string_lossy(), report.to_string_lossy());
    let imported = run(
        home.path(),
        &["import", &from, "-o", &to, "--title", &title],
    );
    assert!(
        imported.status.success(),
        "{}",
        String::from_utf8_lossy(&imported.stderr)
    );

    // An import leaves them out; a snapshot of another program may have them.
    let mut made = tip_reader::library::read(&report).expect("a snapshot");
    made.title.clone_from(&title);
    made.sections[0].title.clone_from(&title);
    let end = made.sections[0].blocks.len() - 1;
    made.sections[0].blocks[end - 1].text = format!("{paragraph} a\ttab.");
    made.sections[0].blocks[end].text = "\x1b[2Jat the start".into();
    let written = tip_reader::report::snapshot::write(&made).expect("written");
    fs::write(&report, written).expect("a file");

    let start = Start {
        arguments: vec![report.as_os_str()],
        ..Start::default()
    };
    let mut terminal = Terminal::start(home.path(), start);
    terminal.wait_for_first_frame();
    terminal.wait_for("␛[2J");
    terminal.wait_for("Odd ␛[7;7Htitle");
    terminal.wait_for("a tab.");
    // A note quotes the paragraph: that shows it too.
    terminal.press("2}");
    terminal.wait_for("title:3 ");
    terminal.press("a");
    terminal.wait_for("C-s save");
    terminal.wait_for("“before");
    terminal.settle();
    let raw = terminal.raw();
    for sequence in harmful
        .iter()
        .filter(|sequence| !["\x1b[2J", "\x1b[7;7H", "\r"].contains(*sequence))
    {
        assert!(
            !contains(&raw, sequence),
            "{:?} reached the terminal",
            sequence
        );
    }
    // The program clears once itself, before it draws anything.
    let drawn = last(&raw, "Plain").expect("the text");
    assert!(
        last(&raw, "\x1b[2J").is_some_and(|cleared| cleared < drawn)
            && !contains(&raw[drawn..], "\r"),
        "{}",
        tail(&raw)
    );
    assert!(
        contains(&raw, "before\u{fffd}after"),
        "the signs of invisible characters are not drawn"
    );
    for after in [
        "\x1b[2Jafter",
        "\x1b[2Jat",
        "\x1b[7;7Hafter",
        "\x1b[7;7Htitle",
    ] {
        assert!(!contains(&raw, after), "{after:?} reached the terminal");
    }
}

/// A report whose first words are links, some of them harmful.
fn with_links(home: &Path) -> std::path::PathBuf {
    let mut report = tip_reader::report::snapshot::bundled();
    let block = &mut report.sections[0].blocks[0];
    let targets = [
        "https://www.state.gov/é?a;b",
        "https://a\x1b\\\x1b[2Jb",
        "javascript:alert(1)",
        "file:///etc/passwd",
        "https://a\u{9c}b\x07c",
    ];
    block.text = "first second third fourth fifth and then d@e.f".into();
    let words = block.text.split(' ').map(|word| {
        (
            word.as_ptr() as usize - block.text.as_ptr() as usize,
            word.len(),
        )
    });
    let spans = words
        .zip(targets)
        .map(|((start, length), target)| tip_reader::report::Span {
            start,
            end: start + length,
            style: tip_reader::report::SpanStyle::Link(target.into()),
        });
    block.spans = spans.collect();
    let path = home.join("links.ron");
    fs::write(
        &path,
        tip_reader::report::snapshot::write(&report).expect("a snapshot"),
    )
    .expect("a file");
    path
}

/// What is written until the end of a tour over a report with links.
fn tour(environment: &[(&str, &str)], settings: &str) -> Vec<u8> {
    let home = home();
    fs::write(home.path().join("config.ron"), settings).expect("settings");
    let report = with_links(home.path());
    let start = Start {
        arguments: vec![report.as_os_str()],
        environment: environment.to_vec(),
        ..Start::default()
    };
    let mut terminal = Terminal::start(home.path(), start);
    terminal.wait_for_first_frame();
    terminal.press("j");
    terminal.settle();
    terminal.press("ka");
    terminal.wait_for("New note");
    terminal.press("\x1b");
    terminal.settle();
    terminal.press("q");
    assert!(terminal.end_within(SOON).success());
    terminal.raw()
}

#[test]
fn links_that_lead_out_are_reported_to_the_terminal_and_closed_and_no_others() {
    for environment in [&[][..], &[("NO_COLOR", "1")], &[("TERM", "xterm-kitty")]] {
        let raw = String::from_utf8(tour(environment, "()")).expect("text");
        let opened: Vec<&str> = raw
            .match_indices("\x1b]8;")
            .filter_map(|(at, _)| raw[at + 4..].split_once("\x1b\\"))
            .map(|it| it.0)
            .collect();
        assert!(
            opened.contains(&"id=0.0.0;https://www.state.gov/%C3%A9?a;b"),
            "{opened:?}"
        );
        assert!(opened.contains(&"id=0.0.41;mailto:d@e.f"), "{opened:?}");
        for pair in opened
            .split(|link| *link == ";")
            .filter(|pair| !pair.is_empty())
        {
            assert_eq!(pair.len(), 1, "each is closed before the next: {opened:?}");
            assert!(
                pair[0].ends_with("a;b") || pair[0].ends_with("mailto:d@e.f"),
                "{opened:?}"
            );
        }
        assert_eq!(opened.last(), Some(&";"));
        for harmful in ["javascript:", "/etc/passwd", "\u{9c}", "\x1b[2Jb"] {
            assert!(!raw.contains(harmful), "{harmful:?}");
        }
    }
}

#[test]
fn no_link_is_sent_to_a_terminal_that_would_print_it_nor_where_it_is_turned_off() {
    for (environment, settings) in [
        (&[("TERM", "linux")][..], "()"),
        (&[("TERM", "vt100")], "()"),
        (&[("TERM", "vt220")], "()"),
        (&[], "(hyperlinks: false)"),
    ] {
        let raw = tour(environment, settings);
        assert!(!contains(&raw, "\x1b]8"), "{environment:?} {settings}");
    }
    let home = home();
    let report = with_links(home.path());
    for arguments in [&[][..], &["print", "-r"], &["search", "first", "-r"]] {
        let output = run(
            home.path(),
            &[arguments, &[&*report.to_string_lossy()]].concat(),
        );
        assert!(
            output.status.success() && !contains(&output.stdout, "\x1b"),
            "{arguments:?}"
        );
    }
}

#[test]
fn the_wheel_scrolls_and_a_click_goes_to_a_section() {
    let home = home();
    let mut terminal = Terminal::open(home.path());
    terminal.press("\u{1b}[<65;50;10M");
    terminal.wait_until("three lines scrolled", |terminal| {
        !terminal.screen().contains("To request")
    });
    terminal.press("\u{1b}[<64;50;10M");
    terminal.wait_for("To request a hard copy");
    // Titles have two rows here.
    terminal.press("\u{1b}[<0;5;8M\u{1b}[<0;5;8m");
    terminal.wait_for(" 3:1 ");
}

// ---------------------------------------------------------------------------------------------
// Other programs on this terminal

/// An editor that is a script of the shell; `$1` is its file.
fn editor(home: &Path, script: &str) -> String {
    let path = home.join("editor");
    fs::write(&path, format!("#!/bin/sh\n{script}\n")).expect("a script");
    fs::set_permissions(&path, std::os::unix::fs::PermissionsExt::from_mode(0o700))
        .expect("its mode");
    path.to_string_lossy().into_owned()
}

fn open_with_editor(home: &Path, script: &str) -> Terminal {
    let editor = editor(home, script);
    let environment = vec![("EDITOR", editor.as_str()), ("PATH", "/usr/bin:/bin")];
    let terminal = Terminal::start(
        home,
        Start {
            environment,
            ..Start::default()
        },
    );
    terminal.wait_for_first_frame();
    terminal
}

#[test]
fn a_note_is_written_in_the_reader_s_own_editor() {
    let home = home();
    let mut terminal = open_with_editor(
        home.path(),
        "stty -a | grep -q -- '-icanon' && exit 9; echo from outside >\"$1\"",
    );
    terminal.press("E");
    terminal.wait_for("Note saved");
    assert_eq!(texts(home.path()), ["from outside"]);
    terminal.press("]");
    terminal.wait_for(" 2:1 ");
    let left: Vec<_> = fs::read_dir(home.path().join("drafts"))
        .expect("drafts")
        .flatten()
        .map(|file| file.file_name())
        .collect();
    assert!(left.is_empty(), "{left:?}");
}

#[test]
fn an_editor_that_fails_or_is_killed_loses_nothing() {
    for script in ["exit 1", "kill -9 $$", "rm \"$1\"; exit 0"] {
        let home = home();
        let mut terminal = open_with_editor(home.path(), script);
        terminal.press("a");
        terminal.wait_for("C-s save");
        terminal.press("typed before");
        terminal.wait_for("typed before");
        terminal.press("\x1be");
        terminal.wait_for("Nothing taken");
        terminal.wait_for("typed before");
        assert!(
            !script.contains("rm") || !terminal.screen().contains("is kept in"),
            "{}",
            terminal.framed()
        );
        terminal.press(SAVE);
        terminal.wait_for("Note saved");
        assert_eq!(texts(home.path()), ["typed before"], "{script}");
    }
}

#[test]
fn what_an_editor_wrote_before_it_failed_comes_into_the_box_unsaved() {
    let home = home();
    let mut terminal = open_with_editor(home.path(), "echo half a thought >\"$1\"; kill -9 $$");
    terminal.press("E");
    terminal.wait_for("What it wrote is here");
    terminal.wait_for("half a thought");
    assert!(texts(home.path()).is_empty());
    terminal.press("\x1b");
    terminal.wait_for("the draft is kept");
    terminal.press("D");
    terminal.wait_for("half a thought");
    terminal.press(SAVE);
    terminal.wait_for("Note saved");
    assert_eq!(texts(home.path()), ["half a thought"]);
}

#[test]
fn sigterm_while_an_editor_runs_saves_the_draft_and_what_was_written() {
    let home = home();
    let mut terminal = open_with_editor(
        home.path(),
        "echo written in it >\"$1\"; touch written; sleep 20",
    );
    terminal.press("a");
    terminal.wait_for("C-s save");
    terminal.press("typed before");
    terminal.wait_for("typed before");
    terminal.press("\x1be");
    let written = home.path().join("written");
    terminal.wait_until("the editor to write", |_| written.exists());
    terminal.kill(Signal::TERM);
    assert!(!terminal.end_within(SOON).success());
    assert!(drafts(home.path()).contains("typed before"));
    let files = fs::read_dir(home.path().join("drafts"))
        .expect("drafts")
        .flatten();
    let kept: String = files
        .filter_map(|file| fs::read_to_string(file.path()).ok())
        .collect();
    assert!(kept.contains("written in it"), "{kept}");
}

#[test]
fn what_was_written_in_an_editor_is_offered_after_a_hang_up() {
    let home = home();
    let mut terminal = open_with_editor(
        home.path(),
        "echo written in it >\"$1\"; touch written; sleep 20",
    );
    terminal.press("E");
    let written = home.path().join("written");
    terminal.wait_until("the editor to write", |_| written.exists());
    terminal.kill(Signal::TERM);
    assert!(!terminal.end_within(SOON).success());
    let mut terminal = open_with_editor(home.path(), "");
    terminal.wait_for("1 draft not saved");
    terminal.press("D");
    terminal.wait_for("written in it");
}

#[test]
fn an_editor_that_changes_nothing_leaves_nothing() {
    let home = home();
    let mut terminal = open_with_editor(home.path(), "");
    terminal.press("E");
    terminal.wait_for("Nothing was typed");
    let left = || fs::read_dir(home.path().join("drafts")).map_or(0, Iterator::count);
    terminal.wait_until("an empty folder", |_| left() == 0);
}

#[test]
fn a_command_gets_the_paragraph_and_the_terminal() {
    let home = home();
    let mut terminal = open_with_editor(home.path(), "");
    terminal.press("|");
    terminal.press("tee got | wc -w; printf 'what %s wrote' it\r");
    terminal.wait_for("what it wrote");
    assert!(terminal.is_cooked());
    terminal.press("\r");
    terminal.wait_for("Sent to");
    let got = fs::read_to_string(home.path().join("got")).expect("what it got");
    assert!(got.starts_with("To request a hard copy"), "{got}");
    terminal.press("|");
    terminal.press("exit 3\r");
    terminal.wait_for("Enter goes back");
    terminal.press("\r");
    terminal.wait_for("exit status: 3");
}

#[test]
fn a_copy_is_sent_by_osc_52_and_to_the_command_of_the_settings() {
    let home = home();
    fs::write(home.path().join("config.ron"), "(copy: \"cat >copied\")").expect("settings");
    let mut terminal = open_with_editor(home.path(), "");
    terminal.press("y");
    terminal.wait_for("words copied by `cat >copied`");
    assert!(
        contains(&terminal.raw(), "\x1b]52;c;VG8gcmVxdWVzdCBhIGhhcmQgY29weS"),
        "{}",
        tail(&terminal.raw())
    );
    assert!(
        fs::read_to_string(home.path().join("copied"))
            .expect("copied")
            .starts_with("To request a hard copy")
    );
}
