//! `--linear`: whole journeys through a pipe and a terminal, for those who hear or feel the text.

use std::{
    ffi::OsStr,
    fs,
    io::{Read, Write},
    path::Path,
    process::Stdio,
    time::Duration,
};

use rustix::process::Signal;

use crate::{
    pty::{self, Start, Terminal, contains, texts, without_terminal},
    shell::good,
};

const FERRY: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/ferry.md");

/// Types lines into the reader through a pipe until the input ends; what it answers.
fn typed(home: &Path, arguments: &[&str], lines: &[&str], environment: &[(&str, &str)]) -> String {
    let mut child = without_terminal(home)
        .arg("--linear")
        .args(arguments)
        .envs(environment.iter().copied())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("started");
    let mut input = child.stdin.take().expect("its input");
    let text = lines.join("\n");
    input.write_all(text.as_bytes()).expect("written");
    drop(input);
    let output = child.wait_with_output().expect("ended");
    let said = String::from_utf8(output.stdout.clone()).expect("UTF-8");
    assert_eq!(output.status.code(), Some(0), "{said}");
    assert!(output.stderr.is_empty(), "{output:?}");
    assert!(!said.contains('\u{1b}'), "an escape byte: {said:?}");
    said
}

fn ferry() -> tempfile::TempDir {
    let home = pty::home();
    good(
        home.path(),
        &["import", FERRY, "--id", "ferry", "--published", "2019-05"],
    );
    home
}

/// What was answered to a line: all up to the next prompt.
fn answer<'a>(said: &'a str, line: &str) -> &'a str {
    let (_, rest) = said
        .split_once(&format!("> {line}\n"))
        .unwrap_or_else(|| panic!("`{line}` was not typed: {said}"));
    let end = rest
        .match_indices("> ")
        .map(|(at, _)| rest[..at].rfind('\n').map_or(0, |line| line + 1));
    &rest[..end.into_iter().next().unwrap_or(rest.len())]
}

#[track_caller]
fn has(said: &str, line: &str, wanted: &str) {
    let answer = answer(said, line);
    assert!(answer.contains(wanted), "`{line}`: {answer}\n--\n{said}");
}

#[test]
fn a_report_is_read_by_paragraphs_sections_and_addresses() {
    let home = ferry();
    let said = typed(
        home.path(),
        &["ferry"],
        &[
            "next",
            "n",
            "",
            "up",
            "up",
            "back",
            "birch/crews",
            "2:1",
            "50%",
            "go alder/rescue",
            "down",
            "next-sentence",
            "toc",
            "5",
            "records",
            "2",
            "collect rescue",
            "next",
            "accept",
            "jump-back",
            "xylophone",
            "nxt",
            "quit",
        ],
        &[],
    );
    assert!(said.starts_with("Ferry Review 2019. "), "{said}");
    has(
        &said,
        "next",
        "Method, paragraph 1 of 1.\nTwo inspectors went aboard",
    );
    has(&said, "n", "Harbours");
    has(
        &said,
        "birch/crews",
        "Harbours, Birch (Class 1), Crews, paragraph 1 of 2.\nCrews of Birch",
    );
    has(&said, "2:1", "Two inspectors");
    has(
        &said,
        "go alder/rescue",
        "Rescue, paragraph 1 of 2.\nThe harbour keeps",
    );
    has(&said, "down", "was held in the year.");
    has(&said, "toc", "a number goes there");
    has(&said, "toc", "  7. Birch (Class 1)");
    has(&said, "records", "1. Alder, Class 2,");
    has(&said, "2", "Birch (Class 1)");
    has(&said, "collect rescue", "rescue of 3 records.");
    has(&said, "accept", "Rescue, paragraph");
    has(
        &said,
        "xylophone",
        "`xylophone` is not a command; the nearest is `",
    );
    has(&said, "nxt", "the nearest is `next`");
}

#[test]
fn notes_are_written_read_edited_deleted_undone_and_listed() {
    let home = ferry();
    let said = typed(
        home.path(),
        &["ferry"],
        &[
            "alder/crews:1",
            "add Same sentence as 2018. #money",
            "read",
            "edit Ask for the budget line. #money",
            "read",
            "next",
            "highlight green",
            "set-bookmark a",
            "list",
            "delete 3",
            "undo",
            "1",
            "delete",
            "undo",
            "add",
            "Two lines,",
            "the second.",
            ".",
            "list-bookmarks",
            "cancel",
            "list",
            "filter #money",
            "quit",
            "go-to-bookmark a",
            "quit",
        ],
        &[],
    );
    has(
        &said,
        "add Same sentence as 2018. #money",
        "Note saved. `undo` undoes it.",
    );
    has(&said, "read", "Note 1, ");
    has(&said, "read", ": Same sentence as 2018. #money Tag money.");
    has(&said, "highlight green", "Green highlight saved.");
    has(&said, "list", "All: 3 listed");
    has(
        &said,
        "list",
        "1. Note, alder/crews:1: Ask for the budget line.",
    );
    has(&said, "delete 3", "`undo` undoes it");
    has(&said, "add", "a line of `.` alone saves");
    has(&said, ".", "Note saved.");
    has(&said, "filter #money", "1. Note, alder/crews:1");
    let texts = texts(home.path());
    let of_ferry = good(home.path(), &["notes", "list", "-r", "ferry", "--json"]);
    assert!(texts.is_empty(), "none is of the bundled report: {texts:?}");
    for text in [
        "Ask for the budget line. #money",
        "Two lines,\\nthe second.",
    ] {
        assert!(of_ferry.contains(text), "{text}: {of_ferry}");
    }
    assert!(!of_ferry.contains("2018"), "{of_ferry}");
}

#[test]
fn what_is_searched_for_is_found_and_can_be_noted() {
    let home = ferry();
    let said = typed(
        home.path(),
        &["ferry"],
        &[
            "find rafts",
            "next-match",
            "n",
            "previous-match",
            "highlight",
            "find",
            ":toggle-regex",
            "r[a-z]fts",
            "list-matches",
            "1",
            "find walrus",
            "copy",
            "cite",
            "select",
            "next-word",
            "cancel",
        ],
        &[],
    );
    has(&said, "find rafts", "1 of 3: Method");
    has(&said, "next-match", "2 of 3");
    has(
        &said,
        "next-match",
        "The harbour keeps four rafts on the pier.",
    );
    has(&said, "highlight", "Highlighted yellow; `yellow` `green`");
    has(&said, ":toggle-regex", "Now: regular expression");
    has(&said, "r[a-z]fts", "of 3");
    has(&said, "list-matches", "3 matches of `r[a-z]fts`");
    has(&said, "find walrus", "`walrus` was not found");
    has(&said, "copy", "rafts");
    has(&said, "cite", "Ferry Review 2019");
    has(&said, "next-word", "Selected, ");
}

#[test]
fn another_report_is_opened_compared_and_left_again() {
    let home = ferry();
    let next = fs::read_to_string(FERRY).expect("a report");
    let next = next.replace("after eight hours.", "after seven hours.");
    let file = home.path().join("next.md");
    fs::write(&file, next).expect("written");
    let path = file.to_string_lossy().into_owned();
    good(
        home.path(),
        &["notes", "add", "birch/crews:1", "Hours.", "-r", "ferry"],
    );
    let edition = [
        "import",
        &path,
        "--edition-of",
        "ferry",
        "--published",
        "2020-05",
    ];
    crate::shell::run(home.path(), &edition);
    let said = typed(
        home.path(),
        &["ferry"],
        &[
            "review",
            "read",
            "accept-position",
            "compare ferry@2019-05",
            "next",
            "cancel",
            "open tip-2021",
            "next",
            "open nothing-such",
            "jump-back",
            "quit",
        ],
        &[],
    );
    has(&said, "review", "birch/crews:1");
    has(&said, "read", "Hours.");
    has(&said, "compare ferry@2019-05", "1 of ");
    has(&said, "next", "[-eight-] {+seven+}");
    has(&said, "open tip-2021", "2021 Trafficking in Persons Report");
    has(&said, "open nothing-such", "nothing-such");
    has(&said, "jump-back", "Ferry Review 2019");
}

#[test]
fn the_end_of_the_input_and_a_closed_pipe_save_and_are_no_error() {
    let home = ferry();
    typed(
        home.path(),
        &["ferry"],
        &["next", "add Kept at the end."],
        &[],
    );
    typed(
        home.path(),
        &["ferry"],
        &["add", "Typed and not saved"],
        &[],
    );
    assert!(pty::drafts(home.path()).contains("Typed and not saved"));
    let mut child = without_terminal(home.path())
        .args(["--linear", "ferry"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("started");
    let mut some = [0; 8];
    let mut output = child.stdout.take().expect("its output");
    output.read_exact(&mut some).expect("the first words");
    drop(output);
    let mut input = child.stdin.take().expect("its input");
    let _ = input.write_all(b"add Into a closed pipe.\nnext\nnext\n");
    let ended = child.wait_with_output().expect("ended");
    assert_eq!(ended.status.code(), Some(0), "{ended:?}");
    assert!(ended.stderr.is_empty(), "{ended:?}");
    let listed = good(home.path(), &["notes", "list", "-r", "ferry"]);
    assert!(listed.contains("Kept at the end."), "{listed}");
}

#[test]
fn ascii_transliterates_and_says_once_what_it_lacks() {
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
    let said = typed(
        home.path(),
        &["half"],
        &["next", "next", "back", "back"],
        &[("LANG", "C")],
    );
    assert!(said.is_ascii(), "{said}");
    assert!(said.contains("He said <<1/2 cafe>> - so."), "{said}");
    assert_eq!(said.matches("LC_ALL").count(), 1, "{said}");
}

fn start<'a>(arguments: &'a [&'a str], environment: &[(&'a str, &'a str)]) -> Start<'a> {
    Start {
        arguments: arguments.iter().map(OsStr::new).collect(),
        environment: environment.to_vec(),
        ..Start::default()
    }
}

#[test]
fn a_terminal_gets_no_escape_byte_and_c_c_cancels_and_twice_leaves() {
    let home = ferry();
    let mut terminal = Terminal::start(home.path(), start(&["--linear", "ferry"], &[]));
    terminal.wait_for(">");
    terminal.press("alder/rescue:1\n");
    terminal.wait_for("alder/rescue:1>");
    terminal.press("add\n");
    terminal.wait_for("note>");
    terminal.press("Half a thought\n");
    terminal.wait_until("the next line", |terminal| {
        terminal.screen().matches("note>").count() == 2
    });
    terminal.press("\u{3}");
    terminal.wait_for("draft is kept");
    terminal.press("add\n");
    terminal.wait_for("It says: Half a thought");
    terminal.press("and the other half.\n.\n");
    terminal.wait_for("Note saved.");
    terminal.press("\u{3}");
    terminal.wait_for("C-c again quits");
    terminal.press("\u{3}");
    assert!(terminal.end_within(Duration::from_secs(5)).success());
    assert!(!contains(&terminal.raw(), "\u{1b}"), "an escape byte");
    let listed = good(home.path(), &["notes", "list", "-r", "ferry", "--json"]);
    assert!(
        listed.contains("Half a thought\\nand the other half."),
        "{listed}"
    );
}

#[test]
fn a_dumb_terminal_is_read_in_lines_without_being_asked() {
    let home = ferry();
    let mut terminal = Terminal::start(home.path(), start(&["ferry"], &[("TERM", "dumb")]));
    terminal.wait_for(">");
    terminal.press("next\n");
    terminal.wait_for("Two inspectors");
    terminal.press("quit\n");
    assert!(terminal.end_within(Duration::from_secs(5)).success());
    assert!(!contains(&terminal.raw(), "\u{1b}"), "an escape byte");
}

#[test]
fn a_signal_ends_it_with_what_was_typed_as_a_draft() {
    let home = ferry();
    let mut terminal = Terminal::start(home.path(), start(&["--linear", "ferry"], &[]));
    terminal.wait_for(">");
    terminal.press("add\n");
    terminal.wait_for("note>");
    terminal.press("Before the end\n");
    terminal.wait_for("Before the end");
    terminal.settle();
    terminal.kill(Signal::TERM);
    terminal.end_within(Duration::from_secs(5));
    assert!(pty::drafts(home.path()).contains("Before the end"));
}
