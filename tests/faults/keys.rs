//! Typed text and faults while it is saved as a draft, and any bytes as keys.

use std::{
    collections::BTreeSet,
    fs,
    path::Path,
    sync::atomic::{AtomicUsize, Ordering},
    thread::sleep,
    time::{Duration, Instant},
};

use crate::{
    book::{good, store},
    pty::{Start, TICK, Terminal, contains, drafts, home, tail, within},
    tools::{self, Dice},
};

const SOON: Duration = Duration::from_secs(1);

/// Types two drafts with a fault at a call, where it comes that far; returns what went wrong.
fn drafts_with(call: &str, number: usize, fault: &str, injected: &AtomicUsize) -> Option<String> {
    let folder = home();
    let log = folder.path().join("log").to_string_lossy().into_owned();
    let (trace, inject) = (
        format!("trace={call}"),
        format!("inject={call}:{fault}:when={number}"),
    );
    let arguments = [
        "-f",
        "-o",
        &log,
        "-e",
        &trace,
        "-e",
        &inject,
        super::pty::PROGRAM,
    ];
    let start = Start {
        arguments: arguments.map(std::ffi::OsStr::new).to_vec(),
        ..Start::default()
    };
    let mut terminal = Terminal::start_program("strace", folder.path(), start);
    let on_disk = |text: &str| drafts(folder.path()).contains(text);
    let is_ready = within(SOON * 5, || terminal.screen().contains("? help"));
    let mut is_kept = false;
    for (text, is_first) in [("first words", true), (", then more", false)] {
        if !is_ready || !terminal.is_alive() || terminal.try_press("a").is_none() {
            break;
        }
        within(SOON, || terminal.screen().contains("C-s save"));
        terminal.try_press(text);
        within(SOON, || terminal.screen().contains(text));
        terminal.try_press("\x1b");
        within(SOON, || on_disk(text) || !terminal.is_alive());
        is_kept |= is_first && on_disk(text);
    }
    let all = on_disk("first words, then more");
    terminal.try_press("q");
    let what = format!("{inject}: ");
    if !within(SOON * 10, || !terminal.is_alive()) {
        return Some(what + "it does not end");
    }
    if fs::read_to_string(&log)
        .is_ok_and(|log| log.contains("(INJECTED)") || log.contains("+++ killed by SIGKILL +++"))
    {
        injected.fetch_add(1, Ordering::SeqCst);
    }
    let is_rescued = |text: &str| contains(&terminal.raw(), text);
    if is_kept && !on_disk("first words") {
        return Some(what + "the first draft was on disk and is gone");
    }
    if all && !on_disk("first words, then more") {
        return Some(what + "the whole draft was on disk and is gone");
    }
    if !fault.starts_with("signal") && is_ready && !on_disk("then more") && !is_rescued("then more")
    {
        return Some(what + "the text is neither a draft nor printed");
    }
    let broken: Vec<_> = store(folder.path()).draft_problems();
    (!broken.is_empty()).then(|| format!("{what}{broken:?}"))
}

#[test]
fn a_draft_survives_a_fault_at_every_call_that_changes_the_disk() {
    if !tools::has("strace") {
        return;
    }
    // Only the saver's thread makes these calls; they are counted by thread.
    let calls = [("mkdir", 2), ("flock", 2), ("fsync", 6), ("rename", 3)];
    let faults = ["signal=SIGKILL", "error=ENOSPC", "error=EIO", "error=EROFS"];
    let numbered = calls
        .iter()
        .flat_map(|(call, most)| (1..=*most).map(move |number| (*call, number)));
    let cases: Vec<(&str, usize, &str)> = numbered
        .flat_map(|(call, number)| faults.map(|fault| (call, number, fault)))
        .collect();
    let injected = AtomicUsize::new(0);
    let wrong = tools::each(&cases, |(call, number, fault)| {
        drafts_with(call, *number, fault, &injected)
            .into_iter()
            .collect()
    });
    let injected = injected.into_inner();
    assert!(injected > 30, "only {injected} faults came about");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Bytes without those that suspend or send text to a command.
fn bytes(dice: &mut Dice) -> Vec<u8> {
    let byte = |dice: &mut Dice| match dice.roll(256) as u8 {
        0x1a | b'|' | b'!' => b'a',
        byte => byte,
    };
    (0..48).map(|_| byte(dice)).collect()
}

/// Everything that was ever in a note of these texts, wherever it is.
fn lost(home: &Path, texts: &BTreeSet<String>) -> Vec<String> {
    let all: String = ["notes", "history", "trash"]
        .iter()
        .map(|folder| tools::said_in(&home.join(folder)))
        .collect();
    texts
        .iter()
        .filter(|text| !all.contains(text.as_str()))
        .cloned()
        .collect()
}

#[test]
fn any_bytes_as_keys_lose_no_note_and_leave_a_screen() {
    let folder = home();
    let scratch = home();
    let texts: BTreeSet<String> = (1..=8).map(|number| format!("keep me {number}")).collect();
    for (number, text) in texts.iter().enumerate() {
        good(
            folder.path(),
            &["notes", "add", &format!("2:{}", number + 1), text],
        );
    }
    let seed = tools::number("TIP_READER_SEED", 2021);
    let mut dice = Dice(seed);
    let end = Instant::now() + Duration::from_secs(tools::number("TIP_READER_SECONDS", 12));
    let home_name = folder.path().to_string_lossy().into_owned();
    while Instant::now() < end {
        // What keys can start finds no program to run.
        let environment = vec![
            ("PATH", "/nonexistent"),
            ("SHELL", "/bin/false"),
            ("EDITOR", "/bin/false"),
            ("VISUAL", "/bin/false"),
        ];
        let arguments = ["--home", home_name.as_str()]
            .map(std::ffi::OsStr::new)
            .to_vec();
        let mut terminal = Terminal::start(
            scratch.path(),
            Start {
                environment,
                arguments,
                ..Start::default()
            },
        );
        terminal.wait_for("% ");
        while Instant::now() < end
            && terminal.is_alive()
            && terminal.try_press_bytes(&bytes(&mut dice)).is_some()
        {
            sleep(TICK);
        }
        if terminal.is_alive() {
            // A quick exit may be on its way, which clears the screen.
            let is_drawn = within(SOON, || {
                !terminal.screen().trim().is_empty() || !terminal.is_alive()
            });
            assert!(is_drawn, "seed {seed}: an empty screen");
            terminal.kill(rustix::process::Signal::TERM);
        }
        let status = terminal.end_within(super::pty::PATIENCE);
        let is_calm = status.success()
            || ["Terminated", "Quit", "Interrupt"]
                .iter()
                .any(|name| status.signal() == Some(name));
        assert!(
            is_calm,
            "seed {seed}: {status:?}: {}",
            tail(&terminal.raw())
        );
        assert!(
            !contains(&terminal.raw(), "panicked") && !contains(&terminal.raw(), "internal error"),
            "seed {seed}: {}",
            tail(&terminal.raw())
        );
        assert_eq!(
            lost(folder.path(), &texts),
            Vec::<String>::new(),
            "seed {seed}"
        );
        assert_eq!(store(folder.path()).load().problems, [], "seed {seed}");
    }
    assert!(fs::read_dir(folder.path().join("notes")).is_ok());
}
