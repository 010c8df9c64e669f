//! What the tests need of the machine, and what they do without it.

use std::{
    env, fs,
    io::{Write, stderr},
    path::{Path, PathBuf},
    process::{Command, Stdio},
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicUsize, Ordering},
    },
};

static SKIPPED: AtomicUsize = AtomicUsize::new(0);

/// Says that a test, or a part of it, is left out; fails it where none may be.
pub fn skip(why: &str) {
    let count = SKIPPED.fetch_add(1, Ordering::SeqCst) + 1;
    // Not `eprintln`, which the test harness captures.
    let _ = writeln!(stderr(), "faults: skipped ({count} so far): {why}");
    assert!(
        env::var_os("CI_STRICT").is_none(),
        "{why}, and nothing may be skipped here"
    );
}

/// Whether a program can be run.
pub fn has(tool: &str) -> bool {
    let folders = env::var_os("PATH").unwrap_or_default();
    let found = env::split_paths(&folders)
        .chain(["/usr/sbin".into(), "/sbin".into()])
        .any(|folder: PathBuf| folder.join(tool).is_file());
    if !found {
        skip(&format!("`{tool}` is not installed"));
    }
    found
}

pub fn is_root() -> bool {
    let is_root = rustix::process::geteuid().is_root();
    if !is_root {
        skip("this has to be run as root");
    }
    is_root
}

/// A number from the environment, for the soak.
pub fn number(name: &str, otherwise: u64) -> u64 {
    env::var(name)
        .ok()
        .and_then(|value| value.parse().ok())
        .unwrap_or(otherwise)
}

/// Runs an ignored test of this file in a mount namespace of its own: whatever it mounts goes
/// with it. Its output is shown where it fails, and what it skips counts.
pub fn in_own_mounts(test: &str) {
    if !is_root() || !has("unshare") || !has("mount") {
        return;
    }
    let program = env::current_exe().expect("this program");
    let mut command = Command::new("unshare");
    command
        .args(["-m", "--propagation", "private"])
        .arg(program)
        .args([
            "--exact",
            test,
            "--ignored",
            "--nocapture",
            "--test-threads=1",
        ]);
    let output = command.stdin(Stdio::null()).output().expect("unshare");
    let (out, err) = (
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr),
    );
    for line in err.lines().filter(|line| line.starts_with("faults: ")) {
        let _ = writeln!(stderr(), "{line}");
    }
    assert!(
        output.status.success() && out.contains("1 passed"),
        "{test}:\n{out}\n{err}"
    );
}

/// Runs a command that has to succeed.
pub fn must(program: &str, arguments: &[&str]) {
    let output = Command::new(program)
        .args(arguments)
        .output()
        .unwrap_or_else(|error| panic!("{program}: {error}"));
    assert!(
        output.status.success(),
        "{program} {arguments:?}: {}",
        String::from_utf8_lossy(&output.stderr)
    );
}

pub fn copy(from: &Path, to: &Path) {
    must(
        "cp",
        &[
            "-a",
            &from.join(".").to_string_lossy(),
            &to.to_string_lossy(),
        ],
    );
}

/// Runs `work` for each case on a few threads at once; returns what they found.
pub fn each<T: Sync, R: Send>(cases: &[T], work: impl Fn(&T) -> Vec<R> + Sync) -> Vec<R> {
    let (next, found) = (AtomicUsize::new(0), Mutex::new(Vec::new()));
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                while let Some(case) = cases.get(next.fetch_add(1, Ordering::SeqCst)) {
                    let new = work(case);
                    found
                        .lock()
                        .unwrap_or_else(PoisonError::into_inner)
                        .extend(new);
                }
            });
        }
    });
    found.into_inner().unwrap_or_else(PoisonError::into_inner)
}

/// Numbers that look random and are the same in every run.
pub struct Dice(pub u64);

impl Dice {
    pub fn roll(&mut self, below: u64) -> u64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % below
    }
}

/// All that the files of a folder and those below it say.
pub fn said_in(folder: &Path) -> String {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let said = entries.map(|entry| {
        let path = entry.path();
        if path.is_dir() {
            said_in(&path)
        } else {
            fs::read_to_string(path).unwrap_or_default()
        }
    });
    said.collect()
}
