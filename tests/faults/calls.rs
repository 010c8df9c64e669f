//! A kill, or an error, at every system call that touches the notebook.

use std::{
    collections::BTreeMap,
    fs,
    os::unix::process::ExitStatusExt,
    path::Path,
    process::{Command, ExitStatus, Stdio},
};

use crate::{
    book::{self, Book, Expected, good, run},
    pty::PROGRAM,
    tools,
};

const FAULTS: [&str; 7] = [
    "signal=SIGKILL",
    "error=ENOSPC",
    "error=EIO",
    "error=EROFS",
    "error=EACCES",
    "error=EMFILE",
    "error=EINTR",
];

/// What a program does to the notebook.
pub struct Deed<'a> {
    pub name: &'a str,
    /// Runs it on a home folder with these options of `strace`, which writes a log.
    pub run: &'a (dyn Fn(&Path, &[&str], &Path) -> ExitStatus + Sync),
    /// What is wrong in a home folder afterwards, where the program said that all is done or not.
    pub wrong: &'a (dyn Fn(&Path, bool) -> Option<String> + Sync),
}

/// One call: its name, and which of that name it is.
type Call = (String, usize);

/// Runs a program under `strace`.
fn traced(
    program: &str,
    arguments: &[&str],
    home: &Path,
    options: &[&str],
    log: &Path,
) -> ExitStatus {
    let mut command = Command::new("strace");
    command
        .arg("-o")
        .arg(log)
        .args(options)
        .arg(program)
        .args(arguments)
        .env("TIP_READER_HOME", home);
    command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .expect("strace")
}

/// The calls that touch the home folder, found by a run without faults, and whether each closes
/// a folder.
fn calls(home: &Path, deed: &Deed) -> BTreeMap<Call, bool> {
    let (folder, home) = book::copy(home);
    let log = folder.path().join("log");
    assert!((deed.run)(&home, &["-y"], &log).success(), "{}", deed.name);
    let text = fs::read_to_string(log).expect("a trace");
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    let mut found = BTreeMap::new();
    for line in text.lines().skip(1) {
        let Some((name, rest)) = line.split_once('(') else {
            continue;
        };
        let count = counts.entry(name.to_owned()).or_default();
        *count += 1;
        if rest.contains(&*home.to_string_lossy()) && name != "fcntl" {
            let path = rest.split(['<', '>']).nth(1).unwrap_or_default();
            found.insert(
                (name.to_owned(), *count),
                name == "close" && Path::new(path).is_dir(),
            );
        }
    }
    found
}

/// Tries every fault at every call; returns how many and what went wrong.
pub fn sweep(home: &Path, deed: &Deed, faults: &[&str]) -> (usize, Vec<String>) {
    let calls = calls(home, deed);
    let all = calls
        .iter()
        .flat_map(|call| faults.iter().map(move |fault| (call, *fault)));
    // Closing a folder writes nothing that could fail.
    let cases: Vec<(&Call, &str)> = all
        .filter(|((_, closes_folder), fault)| !**closes_folder || fault.starts_with("signal"))
        .map(|((call, _), fault)| (call, fault))
        .collect();
    let wrong = tools::each(&cases, |((name, number), fault)| {
        let (folder, home) = book::copy(home);
        let inject = format!("inject={name}:{fault}:when={number}");
        let status = (deed.run)(&home, &["-e", &inject], &folder.path().join("log"));
        let what = format!("{}, {inject}", deed.name);
        let ended = status.code().is_none_or(|code| code == 0 || code == 2);
        if !ended || (status.signal().is_some() && !fault.starts_with("signal")) {
            return vec![format!("{what}: ended with {status}")];
        }
        (deed.wrong)(&home, status.success())
            .map(|wrong| format!("{what}: {wrong}"))
            .into_iter()
            .collect()
    });
    (cases.len(), wrong)
}

/// Tries every fault at every call.
pub fn assert_none_wrong(home: &Path, deed: &Deed) {
    let (count, wrong) = sweep(home, deed, &FAULTS);
    assert!(count > 100, "only {count} faults were tried");
    assert!(
        wrong.is_empty(),
        "{} of {count}:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}

fn assert_survives(book: &Book, arguments: &[&str], expected: Expected) {
    if !tools::has("strace") {
        return;
    }
    let wrong = |home: &Path, is_acknowledged: bool| expected.wrong(home, is_acknowledged);
    let run =
        |home: &Path, options: &[&str], log: &Path| traced(PROGRAM, arguments, home, options, log);
    assert_none_wrong(
        book.home.path(),
        &Deed {
            name: &arguments.join(" "),
            run: &run,
            wrong: &wrong,
        },
    );
}

#[test]
fn a_new_note_survives_a_fault_at_every_call() {
    let book = Book::new();
    fs::remove_dir_all(book.home.path().join("editions")).expect("as in the first run");
    let expected = Expected {
        before: &["a", "b"],
        after: &["a", "b", "new"],
        beside: &[],
        kept: &["a", "b", "c"],
        reviewed: 0,
    };
    assert_survives(&book, &["notes", "add", "2:5", "new"], expected);
}

#[test]
fn an_edit_survives_a_fault_at_every_call() {
    let book = Book::new();
    let expected = Expected {
        before: &["a", "b"],
        after: &["a, edited", "b"],
        beside: &["a", "a, edited", "b"],
        kept: &["a", "b", "c"],
        reviewed: 0,
    };
    assert_survives(
        &book,
        &["notes", "edit", &book.ids[0], "a, edited"],
        expected,
    );
}

#[test]
fn a_deletion_survives_a_fault_at_every_call() {
    let book = Book::new();
    let expected = Expected {
        before: &["a", "b"],
        after: &["b"],
        beside: &[],
        kept: &["a", "b", "c"],
        reviewed: 0,
    };
    assert_survives(&book, &["notes", "rm", &book.ids[0]], expected);
}

#[test]
fn an_undone_deletion_survives_a_fault_at_every_call() {
    let book = Book::new();
    let expected = Expected {
        before: &["a", "b"],
        after: &["a", "b", "c"],
        beside: &[],
        kept: &["a", "b", "c"],
        reviewed: 0,
    };
    assert_survives(&book, &["notes", "undo"], expected);
}

#[test]
fn an_undone_edit_survives_a_fault_at_every_call() {
    let book = Book::new();
    good(
        book.home.path(),
        &["notes", "edit", &book.ids[0], "a, edited"],
    );
    let expected = Expected {
        before: &["a, edited", "b"],
        after: &["a", "b"],
        beside: &["a", "a, edited", "b"],
        kept: &["a", "b", "c", "a, edited"],
        reviewed: 0,
    };
    assert_survives(&book, &["notes", "undo"], expected);
}

#[test]
fn a_review_survives_a_fault_at_every_call() {
    let book = Book::new();
    let edition = book.home.path().join("another.ron");
    let text = fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/assets/report.ron"))
        .expect("the bundled report");
    fs::write(
        &edition,
        text.replace(
            "Systemic discrimination creates inequities",
            "Systemic bias makes inequities",
        ),
    )
    .expect("an edition");
    let edition = edition.to_string_lossy().into_owned();
    let review = |reviewed: usize, more: &[&str]| {
        let expected = Expected {
            before: &["a", "b"],
            after: &["a", "b"],
            beside: &[],
            kept: &["a", "b", "c"],
            reviewed,
        };
        let arguments: Vec<&str> = ["-r", &edition, "notes", "review", &book.ids[0]]
            .iter()
            .chain(more)
            .copied()
            .collect();
        assert_survives(&book, &arguments, expected);
        good(book.home.path(), &arguments);
    };
    review(1, &[]);
    review(1, &["2:3"]);
    review(0, &["--clear"]);
    let expected = Expected {
        before: &["a", "b"],
        after: &["a", "b"],
        beside: &[],
        kept: &["a", "b", "c"],
        reviewed: 1,
    };
    assert_survives(&book, &["-r", &edition, "notes", "undo"], expected);
}

/// The sweep finds what it looks for: `cp` truncates a note and writes it in place.
#[test]
fn a_note_written_in_place_is_found_broken() {
    if !tools::has("strace") {
        return;
    }
    let book = Book::new();
    let note = format!("notes/{}.ron", book.ids[0]);
    let edited = book.home.path().join("edited");
    let text = fs::read_to_string(book.home.path().join(&note)).expect("a note");
    fs::write(&edited, text.replace("\"a\"", "\"a, edited\"")).expect("another text");
    let expected = Expected {
        before: &["a", "b"],
        after: &["a, edited", "b"],
        beside: &[],
        kept: &["b", "c"],
        reviewed: 0,
    };
    let wrong = |home: &Path, is_acknowledged: bool| expected.wrong(home, is_acknowledged);
    let run = |home: &Path, options: &[&str], log: &Path| {
        let places = [home.join("edited"), home.join(&note)];
        let places = places.each_ref().map(|place| place.to_string_lossy());
        traced("cp", &[&*places[0], &*places[1]], home, options, log)
    };
    let deed = Deed {
        name: "in place",
        run: &run,
        wrong: &wrong,
    };
    let (_, wrong) = sweep(book.home.path(), &deed, &["signal=SIGKILL", "error=ENOSPC"]);
    assert!(
        wrong.iter().any(|wrong| wrong.contains("broken")),
        "a truncated note was not noticed: {wrong:?}"
    );
}

#[test]
fn a_reader_that_was_killed_holds_no_lock() {
    let book = Book::new();
    let home = book.home.path();
    let lock = home.join("notes/.lock");
    let mut holder = Command::new("flock")
        .arg(&lock)
        .args(["sleep", "60"])
        .spawn()
        .expect("flock");
    let is_held = || fs::File::open(&lock).is_ok_and(|file| file.try_lock().is_err());
    assert!(super::pty::within(super::pty::PATIENCE, is_held));
    let refused = run(home, &["notes", "rm", &book.ids[0]]);
    assert!(
        !refused.status.success()
            && String::from_utf8_lossy(&refused.stderr).contains("holds the lock")
    );
    // Its child has the lock too.
    tools::must(
        "sh",
        &[
            "-c",
            &format!(
                "kill -9 $(ps -o pid= --ppid {}) {}",
                holder.id(),
                holder.id()
            ),
        ],
    );
    holder.wait().expect("it ends");
    good(home, &["notes", "rm", &book.ids[0]]);
}
