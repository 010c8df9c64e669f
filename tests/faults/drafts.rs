//! A kill, or an error, at every system call that touches a draft: what the saver's thread does
//! is done by a program of its own here, whose one thread `strace` watches, so that the calls of
//! no other are counted.

use std::{
    env, fs,
    io::{BufRead, BufReader, Write, stdin},
    path::Path,
    process::{Command, ExitStatus, Stdio, exit},
    sync::mpsc,
};

use tip_reader::{
    notebook::{Change, annotation::Annotation},
    store::new_id,
};

use crate::{
    book::{good, store, texts},
    calls::{Deed, assert_none_wrong},
    pty::home,
    tools,
};

/// What the program below does, for the environment.
const DEED: &str = "TIP_READER_TYPES";
/// Its arguments for the harness of tests, whose output nobody holds back.
const ARGUMENTS: [&str; 5] = [
    "--exact",
    "drafts::types",
    "--ignored",
    "--nocapture",
    "--test-threads=1",
];

/// An annotation of the bundled report, with nothing of it on disk.
fn passage() -> Annotation {
    let folder = home();
    good(folder.path(), &["notes", "add", "2:5", "a passage"]);
    store(folder.path()).load().annotations.remove(0)
}

/// Makes a home folder with a draft, and returns it.
fn with_draft(text: &str) -> (tempfile::TempDir, Annotation) {
    let folder = home();
    let draft = Annotation {
        id: new_id(),
        text: text.into(),
        ..passage()
    };
    store(folder.path()).save_draft(&draft).expect("a draft");
    (folder, draft)
}

/// Does as a reader does whose user types.
fn typing(deed: &str) -> Result<(), Box<dyn std::error::Error>> {
    let mut store = store(Path::new(&env::var_os("TIP_READER_HOME").ok_or("no home")?));
    let draft = store.drafts().pop().ok_or("no draft")?;
    match deed {
        "another" => store.save_draft(&Annotation {
            id: "another".into(),
            text: "two".into(),
            ..draft
        })?,
        "more" => {
            store.save_draft(&Annotation {
                text: "one and".into(),
                ..draft.clone()
            })?;
            store.save_draft(&Annotation {
                text: "one and two".into(),
                ..draft
            })?;
        }
        "save" => {
            store.save(&Change::Add(draft.clone()), None)?;
            store.drop_draft(&draft.id)?;
        }
        _ => {}
    }
    Ok(())
}

#[test]
#[ignore = "a program for the others"]
fn types() {
    let (go, wait) = mpsc::channel();
    std::thread::spawn(move || {
        // It ends with the harness too.
        let _ = stdin().read_line(&mut String::new());
        go.send(())
    });
    let thread = fs::read_link("/proc/thread-self").expect("the number of this thread");
    println!(
        "\nthread {}",
        thread.file_name().expect("a number").display()
    );
    wait.recv().expect("a word");
    match typing(&env::var(DEED).expect("a deed")) {
        Ok(()) => exit(0),
        Err(error) => {
            eprintln!("{error}");
            exit(2)
        }
    }
}

/// Runs the program above; its thread is watched before it begins.
fn watched(deed: &str, home: &Path, options: &[&str], log: &Path) -> ExitStatus {
    let mut program = Command::new(env::current_exe().expect("this program"));
    program
        .args(ARGUMENTS)
        .env(DEED, deed)
        .env("TIP_READER_HOME", home);
    let mut program = program
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("the program");
    let output = BufReader::new(program.stdout.take().expect("its output"));
    let thread = output
        .lines()
        .find_map(|line| line.ok()?.strip_prefix("thread ").map(str::to_owned))
        .expect("its thread");
    let mut strace = Command::new("strace");
    strace
        .arg("-o")
        .arg(log)
        .args(options)
        .args(["-p", &thread]);
    let mut strace = strace
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .expect("strace");
    let mut said = String::new();
    BufReader::new(strace.stderr.take().expect("its output"))
        .read_line(&mut said)
        .expect("a line");
    assert!(said.contains("attached"), "{said}");
    program
        .stdin
        .take()
        .expect("its input")
        .write_all(b"go\n")
        .expect("a word");
    let status = program.wait().expect("it ends");
    strace.wait().expect("it ends too");
    status
}

/// Drafts and notes of a home folder; what cannot be read fails.
fn kept(home: &Path) -> Result<(Vec<String>, Vec<String>), String> {
    let mut store = store(home);
    let broken = store.draft_problems();
    let drafts = texts(&store.drafts());
    let loaded = store.load();
    let is_whole = broken.is_empty() && loaded.problems.is_empty();
    is_whole
        .then(|| (drafts, texts(&loaded.annotations)))
        .ok_or_else(|| format!("broken: {broken:?} {:?}", loaded.problems))
}

/// Tries a deed with every fault; `is_right` gets the drafts, the notes, and whether all was done.
fn assert_typing_survives(
    home: &Path,
    deed: &str,
    is_right: impl Fn(&[String], &[String], bool) -> bool + Sync,
) {
    if !tools::has("strace") {
        return;
    }
    let wrong = |home: &Path, is_done: bool| match kept(home) {
        Ok((drafts, notes)) => (!is_right(&drafts, &notes, is_done))
            .then(|| format!("done: {is_done}, {drafts:?}, {notes:?}")),
        Err(broken) => Some(broken),
    };
    let run = |home: &Path, options: &[&str], log: &Path| watched(deed, home, options, log);
    assert_none_wrong(
        home,
        &Deed {
            name: deed,
            run: &run,
            wrong: &wrong,
        },
    );
}

#[test]
fn another_draft_survives_a_fault_at_every_call() {
    let (folder, _) = with_draft("one");
    assert_typing_survives(folder.path(), "another", |drafts, _, is_done| {
        drafts == ["one", "two"] || (!is_done && drafts == ["one"])
    });
}

#[test]
fn a_resumed_draft_survives_a_fault_at_every_call() {
    let (folder, _) = with_draft("one");
    assert_typing_survives(folder.path(), "more", |drafts, _, is_done| {
        drafts == ["one and two"] || (!is_done && (drafts == ["one"] || drafts == ["one and"]))
    });
}

#[test]
fn a_draft_that_is_saved_survives_a_fault_at_every_call() {
    let (folder, _) = with_draft("one");
    assert_typing_survives(folder.path(), "save", |drafts, notes, is_done| {
        (notes == ["one"] && (drafts.is_empty() || (!is_done && drafts == ["one"])))
            || (!is_done && notes.is_empty() && drafts == ["one"])
    });
}

#[test]
fn text_that_an_editor_left_survives_a_fault_at_every_call() {
    let (folder, draft) = with_draft("");
    fs::write(
        folder.path().join(format!("drafts/note-{}.md", draft.id)),
        "from outside\n",
    )
    .expect("what the editor wrote");
    assert_typing_survives(folder.path(), "look", |drafts, _, _| {
        drafts == ["from outside"]
    });
}
