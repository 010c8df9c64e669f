//! The screen for everybody: the terminal's cursor, the Linux console, ASCII, tiny windows, slow
//! lines, two readers beside each other, and what was read.

use std::{ffi::OsStr, fs, time::Duration};

use crate::{
    pty::{self, Start, Terminal, contains, within},
    shell::good,
};

const FERRY: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/ferry.md");

fn start<'a>(arguments: &'a [&'a str], environment: &[(&'a str, &'a str)]) -> Start<'a> {
    Start {
        arguments: arguments.iter().map(OsStr::new).collect(),
        environment: environment.to_vec(),
        ..Start::default()
    }
}

/// Presses keys and waits for what they draw; how many bytes that is.
fn drawn(terminal: &mut Terminal, keys: &str) -> usize {
    let before = terminal.raw_len();
    terminal.press(keys);
    within(Duration::from_secs(1), || terminal.raw_len() > before);
    terminal.settle() - before
}

fn cursor(terminal: &Terminal) -> ((u16, u16), bool) {
    let shown = terminal.shown();
    let screen = shown.parser.screen();
    (screen.cursor_position(), !screen.hide_cursor())
}

#[test]
fn the_cursor_is_seen_at_the_text_and_moves_by_lines() {
    let home = pty::home();
    let mut terminal = Terminal::start(home.path(), start(&["--cursor", "--at", "2:3"], &[]));
    terminal.wait_for_first_frame();
    terminal.settle();
    let ((row, column), is_visible) = cursor(&terminal);
    assert!(is_visible, "the cursor is hidden");
    let text = terminal.rows()[usize::from(row)].clone();
    let at = text
        .char_indices()
        .nth(usize::from(column))
        .map_or("", |(at, _)| &text[at..]);
    assert!(
        at.starts_with("This year’s"),
        "it is not at the text: {text}"
    );
    terminal.press("j");
    terminal.wait_until("a line further down", |terminal| {
        cursor(terminal).0 == (row + 1, column)
    });
    terminal.press("k");
    terminal.wait_until("back", |terminal| cursor(terminal) == ((row, column), true));
    terminal.press("?");
    terminal.wait_for(" Help ");
    terminal.press("q");
}

#[test]
fn the_cursor_can_be_set_in_the_settings_file() {
    let home = pty::home();
    fs::write(home.path().join("config.ron"), "(cursor: true)").expect("written");
    let terminal = Terminal::open(home.path());
    terminal.settle();
    assert!(cursor(&terminal).1, "the cursor is hidden");
}

#[test]
fn the_linux_console_gets_no_sign_that_its_fonts_lack() {
    let home = pty::home();
    for (address, kind) in [("2:1", "highlight"), ("2:3", "note")] {
        good(
            home.path(),
            &["notes", "add", address, "A word.", "--kind", kind],
        );
    }
    let mut terminal = Terminal::start(home.path(), start(&["--at", "2:1"], &[("TERM", "linux")]));
    terminal.wait_for_first_frame();
    terminal.press("mm");
    terminal.wait_for("*");
    for keys in ["A", "\u{1b}", "\t", "\u{1b}", "o", "\u{1b}", "?", "q"] {
        drawn(&mut terminal, keys);
        let screen = terminal.screen();
        let lacking: String = screen
            .chars()
            .filter(|c| "▌⚑◦▾▹▸●✓…•’“”–".contains(*c))
            .collect();
        assert!(lacking.is_empty(), "{keys:?}: {lacking}\n{screen}");
    }
}

#[test]
fn an_ascii_screen_transliterates_and_says_once_what_it_lacks() {
    let home = pty::home();
    let file = home.path().join("half.md");
    fs::write(
        &file,
        "# Half\n\n## One\n\nHe said «½ café» – so.\n\n人 and 人.\n",
    )
    .expect("written");
    good(
        home.path(),
        &["import", &file.to_string_lossy(), "--id", "half"],
    );
    let mut terminal = Terminal::start(home.path(), start(&["half"], &[("LANG", "C")]));
    terminal.wait_for("LC_ALL");
    assert!(
        terminal.screen().contains("He said <<1/2 cafe>> - so."),
        "{}",
        terminal.screen()
    );
    assert!(terminal.screen().is_ascii(), "{}", terminal.screen());
    terminal.press("j");
    terminal.wait_until("the message gone", |terminal| {
        !terminal.screen().contains("LC_ALL")
    });
    drawn(&mut terminal, "k");
    assert!(!terminal.screen().contains("LC_ALL"), "it is said again");
}

#[test]
fn in_the_smallest_window_a_note_is_written_and_read() {
    let home = pty::home();
    let mut terminal = Terminal::start(
        home.path(),
        Start {
            size: (20, 5),
            ..start(&["--at", "2:2"], &[])
        },
    );
    terminal.wait_for("Antony");
    let row = terminal
        .rows()
        .into_iter()
        .find(|row| row.contains("Antony"));
    assert!(
        row.is_some_and(|row| row.starts_with("▸Antony")),
        "{}",
        terminal.screen()
    );
    terminal.press("a");
    terminal.press("Tiny.\u{13}");
    terminal.wait_until("the note", |_| pty::texts(home.path()) == ["Tiny."]);
    terminal.press("\r");
    terminal.wait_for("Tiny.");
    terminal.press("qq");
    assert!(terminal.end_within(Duration::from_secs(5)).success());
}

#[test]
fn a_page_goes_over_a_line_of_9600_baud_in_three_seconds() {
    let home = pty::home();
    let mut terminal = Terminal::open(home.path());
    terminal.settle();
    for keys in [" ", " ", "]", "b"] {
        let bytes = drawn(&mut terminal, keys);
        assert!(bytes > 100, "{keys:?} draws nothing");
        // Ten bits a byte: 960 bytes a second.
        assert!(bytes <= 960 * 3, "{keys:?} takes {bytes} bytes");
    }
}

#[test]
fn what_one_reader_saves_the_other_shows_within_a_second_of_its_next_key() {
    let home = pty::home();
    let mut one = Terminal::start(home.path(), start(&["--at", "2:1"], &[]));
    let mut other = Terminal::start(home.path(), start(&["--at", "2:1"], &[]));
    one.wait_for_first_frame();
    other.wait_for_first_frame();
    one.save_note("Said beside.");
    other.press("\u{c}");
    let is_shown = within(Duration::from_secs(1), || {
        other.screen().contains("Said beside.")
    });
    assert!(is_shown, "{}", other.screen());
    other.press("}");
    other.save_note("And answered.");
    one.press("}");
    let is_shown = within(Duration::from_secs(1), || {
        one.screen().contains("And answered.")
    });
    assert!(is_shown, "{}", one.screen());
    let mut texts = pty::texts(home.path());
    texts.sort();
    assert_eq!(texts, ["And answered.", "Said beside."]);
}

/// The report of harbours, with some text in it that does not fit one screen.
fn ferry() -> tempfile::TempDir {
    let home = pty::home();
    good(home.path(), &["import", FERRY, "--id", "ferry"]);
    home
}

#[test]
fn what_was_read_is_marked_counted_kept_and_purged() {
    let home = ferry();
    let wide = || Start {
        size: (100, 12),
        ..start(&["ferry"], &[])
    };
    let mut terminal = Terminal::start(home.path(), wide());
    terminal.wait_for("Method");
    terminal.wait_for("✓");
    terminal.press("gu");
    terminal.wait_for("read, ");
    terminal.wait_for("words left");
    terminal.settle();
    terminal.press("q");
    assert!(terminal.end_within(Duration::from_secs(5)).success());
    let file = home.path().join("state/ferry.read.ron");
    assert!(file.is_file(), "nothing was kept");
    good(home.path(), &["notes", "purge", "--history", "--yes"]);
    assert!(!file.exists(), "it is still there");
}

#[test]
fn nothing_is_kept_of_what_was_read_where_that_is_off() {
    let home = ferry();
    fs::write(home.path().join("config.ron"), "(progress: false)").expect("written");
    let mut terminal = Terminal::start(home.path(), start(&["ferry"], &[]));
    terminal.wait_for("Method");
    terminal.press("gu");
    terminal.wait_for("progress: false");
    terminal.press("q");
    assert!(terminal.end_within(Duration::from_secs(5)).success());
    assert!(!contains(&terminal.raw(), "✓"));
    assert!(!home.path().join("state/ferry.read.ron").exists());
}
