//! Many programs at once on one notebook, and hands on its files.

use std::{fs, path::Path};

use crate::{
    book::{good, store},
    pty::{PATIENCE, Terminal, home, within},
    tools,
};

/// Each adds notes, and edits one note that all edit. Every text has to be somewhere.
fn crowd(programs: usize, rounds: usize) {
    let folder = home();
    let shared = good(folder.path(), &["notes", "add", "2:5", "first"]);
    let numbers: Vec<usize> = (0..programs).collect();
    std::thread::scope(|scope| {
        for program in &numbers {
            let (home, shared) = (folder.path(), &shared);
            scope.spawn(move || work(home, shared, *program, rounds));
        }
    });
    let loaded = store(folder.path()).load();
    assert_eq!((loaded.problems, loaded.vanished), (vec![], vec![]));
    let all = tools::said_in(&folder.path().join("notes"))
        + &tools::said_in(&folder.path().join("history"));
    for text in numbers
        .iter()
        .flat_map(|program| (0..rounds).map(move |round| format!("{program}-{round}")))
    {
        for text in [
            format!("text: \"added {text}\""),
            format!("text: \"edited {text}\""),
        ] {
            assert!(all.contains(&text), "{text} is lost");
        }
    }
    assert!(all.contains("text: \"first\""));
}

fn work(home: &Path, shared: &str, program: usize, rounds: usize) {
    for round in 0..rounds {
        good(
            home,
            &["notes", "add", "2:5", &format!("added {program}-{round}")],
        );
        good(
            home,
            &[
                "notes",
                "edit",
                shared,
                &format!("edited {program}-{round}"),
            ],
        );
    }
}

#[test]
fn two_programs_that_add_and_edit_at_once_lose_nothing() {
    crowd(2, 15);
}

#[test]
fn eight_programs_that_add_and_edit_at_once_lose_nothing() {
    crowd(8, 6);
}

#[test]
fn what_is_edited_by_hand_while_a_reader_runs_is_shown_and_saved() {
    let folder = home();
    let id = good(folder.path(), &["notes", "add", "1:1", "before"]);
    let file = folder.path().join(format!("notes/{id}.ron"));
    let by_hand = |from: &str, to: &str| {
        fs::write(
            &file,
            fs::read_to_string(&file).expect("text").replace(from, to),
        )
        .expect("written")
    };
    let mut terminal = Terminal::open(folder.path());
    terminal.wait_for("1●");
    // A file written in place leaves the folder's time as it is: a key of a second later sees it.
    by_hand("\"before\"", "\"by hand\"");
    let is_seen = within(PATIENCE, || {
        terminal.press("\x0c");
        terminal.screen().contains("by hand")
    });
    assert!(is_seen, "{}", terminal.framed());
    terminal.press("\r");
    terminal.wait_for("by hand");
    terminal.press("e");
    terminal.wait_for("C-s save");
    terminal.press(" and typed");
    terminal.wait_for("by hand and typed");
    by_hand("\"by hand\"", "\"by another hand\"");
    terminal.press("\x13");
    terminal.wait_for("yours is saved as a second");
    let texts = super::book::texts(&store(folder.path()).load().annotations);
    assert_eq!(texts, ["by another hand", "by hand and typed"]);
}
