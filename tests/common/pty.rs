//! The real program in a real pseudo-terminal: keys in, screen out, and all that a test asks of
//! the process.
#![allow(dead_code, reason = "each test file uses a part of it")]

use std::{
    ffi::OsStr,
    fmt::Write as _,
    fs,
    io::{Read, Write},
    num::NonZeroU16,
    path::Path,
    process::{Command, Output, Stdio},
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
    thread::{JoinHandle, sleep},
    time::{Duration, Instant},
};

use portable_pty::{Child, CommandBuilder, ExitStatus, MasterPty, PtySize, native_pty_system};
use rustix::{
    fs::{Mode, OFlags},
    process::{Pid, Signal, kill_process},
    termios::{LocalModes, tcgetattr},
};
use tempfile::TempDir;

pub const PROGRAM: &str = env!("CARGO_BIN_EXE_tip-reader");
/// How long a screen is waited for.
pub const PATIENCE: Duration = Duration::from_secs(10);
/// How long an end may take.
pub const SOON: Duration = Duration::from_secs(2);
/// Between two looks at what is waited for.
pub const TICK: Duration = Duration::from_millis(5);

pub const SAVE: &str = "\x13";
pub const SUSPEND: &str = "\x1a";
pub const TAB: &str = "\t";

/// Runs the program, and brings it back each time it was stopped once a file `go` is there.
pub const SHELL: &str = r#""$0" "$@"; while jobs %1 >/dev/null 2>&1; do until [ -e go ]; do sleep 0.02; done; rm go; fg >/dev/null; done"#;

/// What the terminal got: the screen it shows, and every byte.
pub struct Shown {
    pub parser: vt100::Parser,
    pub raw: Vec<u8>,
    pub last: Instant,
}

/// How a reader is started.
pub struct Start<'a> {
    pub size: (u16, u16),
    pub arguments: Vec<&'a OsStr>,
    pub environment: Vec<(&'a str, &'a str)>,
    /// Whether the terminal is the controlling one, which sends SIGHUP when it closes.
    pub controlling: bool,
    /// Whether a shell with job control starts it. A file `go` in the home folder is its `fg`.
    pub under_shell: bool,
}

impl Default for Start<'_> {
    fn default() -> Self {
        Self {
            size: (80, 24),
            arguments: Vec::new(),
            environment: Vec::new(),
            controlling: true,
            under_shell: false,
        }
    }
}

/// The program in a terminal of its own.
pub struct Terminal {
    pub child: Box<dyn Child + Send + Sync>,
    pub pid: u32,
    pub master: Option<Box<dyn MasterPty + Send>>,
    pub keys: Option<Box<dyn Write + Send>>,
    pub shown: Arc<Mutex<Shown>>,
    /// Asks the output thread to let go of the terminal after its next read.
    pub let_go: Arc<AtomicBool>,
    pub output: Option<JoinHandle<()>>,
}

impl Terminal {
    /// Starts with the bundled report in 80 by 24 and waits for the first frame.
    pub fn open(home: &Path) -> Self {
        let terminal = Self::start(home, Start::default());
        terminal.wait_for_first_frame();
        terminal
    }

    pub fn start(home: &Path, start: Start) -> Self {
        Self::start_program(PROGRAM, home, start)
    }

    /// Starts another program, which starts the reader.
    pub fn start_program(program: &str, home: &Path, start: Start) -> Self {
        let pair = native_pty_system()
            .openpty(pty_size(start.size))
            .expect("a pseudo-terminal");
        let mut command = if start.under_shell {
            CommandBuilder::new("bash")
        } else {
            CommandBuilder::new(program)
        };
        if start.under_shell {
            command.args(["-mc", SHELL, PROGRAM]);
        }
        command.env_clear();
        if program != PROGRAM {
            command.env("PATH", std::env::var_os("PATH").unwrap_or_default());
        }
        for (name, value) in [("TERM", "xterm-256color"), ("LANG", "en_US.UTF-8")]
            .into_iter()
            .chain(start.environment)
        {
            command.env(name, value);
        }
        command.env("HOME", home);
        command.env("TIP_READER_HOME", home);
        command.cwd(home);
        command.args(start.arguments);
        command.set_controlling_tty(start.controlling);
        let child = pair
            .slave
            .spawn_command(command)
            .expect("the program starts");
        let pid = child.process_id().expect("a process id");
        let mut reader = pair
            .master
            .try_clone_reader()
            .expect("the terminal's output");
        let keys = pair.master.take_writer().expect("the terminal's input");
        let (columns, rows) = at_least_one(start.size);
        let parser = vt100::Parser::new(rows, columns, 0);
        let shown = Arc::new(Mutex::new(Shown {
            parser,
            raw: Vec::new(),
            last: Instant::now(),
        }));
        let let_go = Arc::new(AtomicBool::new(false));
        let (sink, stop) = (shown.clone(), let_go.clone());
        let output = std::thread::spawn(move || {
            let mut buffer = [0; 16 * 1024];
            while let Ok(count @ 1..) = reader.read(&mut buffer) {
                let mut shown = sink.lock().unwrap_or_else(PoisonError::into_inner);
                shown.raw.extend_from_slice(&buffer[..count]);
                shown.parser.process(&buffer[..count]);
                shown.last = Instant::now();
                if stop.load(Ordering::SeqCst) {
                    return;
                }
            }
        });
        Self {
            child,
            pid,
            master: Some(pair.master),
            keys: Some(keys),
            shown,
            let_go,
            output: Some(output),
        }
    }

    pub fn shown(&self) -> MutexGuard<'_, Shown> {
        self.shown.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The rows of the screen, without blanks at their ends.
    pub fn rows(&self) -> Vec<String> {
        let shown = self.shown();
        let screen = shown.parser.screen();
        screen
            .rows(0, screen.size().1.get())
            .map(|row| row.trim_end().to_owned())
            .collect()
    }

    pub fn screen(&self) -> String {
        self.rows().join("\n")
    }

    /// All rows but the status line.
    pub fn body(&self) -> Vec<String> {
        let mut rows = self.rows();
        rows.pop();
        rows
    }

    pub fn raw(&self) -> Vec<u8> {
        self.shown().raw.clone()
    }

    pub fn raw_len(&self) -> usize {
        self.shown().raw.len()
    }

    pub fn press(&mut self, keys: &str) {
        self.press_bytes(keys.as_bytes());
    }

    pub fn press_bytes(&mut self, bytes: &[u8]) {
        let keys = self.keys.as_mut().expect("the terminal is open");
        keys.write_all(bytes)
            .and_then(|()| keys.flush())
            .expect("the terminal takes keys");
    }

    /// Presses keys where the program may have ended.
    pub fn try_press(&mut self, keys: &str) -> Option<()> {
        self.try_press_bytes(keys.as_bytes())
    }

    pub fn try_press_bytes(&mut self, bytes: &[u8]) -> Option<()> {
        let keys = self.keys.as_mut()?;
        keys.write_all(bytes).and_then(|()| keys.flush()).ok()
    }

    pub fn wait_for(&self, text: &str) {
        self.wait_until(&format!("`{text}` on the screen"), |terminal| {
            terminal.screen().contains(text)
        });
    }

    /// Waits for the status line, which may show a message from the start.
    pub fn wait_for_first_frame(&self) {
        self.wait_until("a status line", |terminal| {
            terminal
                .rows()
                .last()
                .is_some_and(|row| !row.trim().is_empty())
        });
    }

    pub fn wait_until(&self, what: &str, is_so: impl Fn(&Self) -> bool) {
        if !within(PATIENCE, || is_so(self)) {
            panic!(
                "waited in vain for {what}; state {:?}, screen:\n{}",
                self.state(),
                self.framed()
            );
        }
    }

    /// Waits until nothing has been written for a while, and returns how much was written.
    pub fn settle(&self) -> usize {
        self.wait_until("the output to pause", |terminal| {
            let shown = terminal.shown();
            !shown.raw.is_empty() && shown.last.elapsed() > Duration::from_millis(250)
        });
        self.raw_len()
    }

    pub fn framed(&self) -> String {
        self.rows().iter().fold(String::new(), |mut all, row| {
            let _ = writeln!(all, "|{row}");
            all
        })
    }

    /// Writes a note on the paragraph at the cursor and waits until it is said to be saved.
    pub fn save_note(&mut self, text: &str) {
        self.press("a");
        self.wait_for("C-s save");
        self.press(text);
        self.wait_for(text);
        self.press(SAVE);
        self.wait_for("Note saved");
    }

    /// Resizes the window; the kernel informs the program, as it does in a terminal.
    pub fn resize(&self, size: (u16, u16)) {
        let (columns, rows) = at_least_one(size);
        let mut shown = self.shown();
        shown.parser.set_size(rows, columns);
        self.master
            .as_ref()
            .expect("the terminal is open")
            .resize(pty_size(size))
            .expect("the window takes a size");
    }

    pub fn kill(&self, signal: Signal) {
        kill_process(
            Pid::from_raw(self.pid as i32).expect("a process id"),
            signal,
        )
        .expect("the process takes a signal");
    }

    pub fn is_alive(&mut self) -> bool {
        self.child
            .try_wait()
            .expect("the process can be waited for")
            .is_none()
    }

    /// Waits for the process to end and for all that it wrote.
    pub fn end_within(&mut self, limit: Duration) -> ExitStatus {
        let mut status = None;
        let ended = within(limit, || {
            status = self
                .child
                .try_wait()
                .expect("the process can be waited for");
            status.is_some()
        });
        assert!(
            ended,
            "still running after {limit:?}; screen:\n{}",
            self.framed()
        );
        if let Some(output) = self.output.take_if(|_| self.master.is_some()) {
            output.join().expect("the output thread ends");
        }
        status.expect("a status")
    }

    /// The letter of the process's state and its CPU time in clock ticks, by `/proc`.
    pub fn state(&self) -> Option<(char, u64)> {
        let stat = fs::read_to_string(format!("/proc/{}/stat", self.pid)).ok()?;
        let fields: Vec<&str> = stat
            .get(stat.rfind(')')? + 1..)?
            .split_whitespace()
            .collect();
        let ticks = |at: usize| fields.get(at)?.parse::<u64>().ok();
        Some((fields.first()?.chars().next()?, ticks(11)? + ticks(12)?))
    }

    pub fn is_in_state(&self, state: char) -> bool {
        self.state().is_some_and(|(found, _)| found == state)
    }

    /// How often the threads have gone to sleep so far: it grows with every wake-up.
    pub fn naps(&self) -> u64 {
        let tasks =
            fs::read_dir(format!("/proc/{}/task", self.pid)).expect("the process's threads");
        let naps = |task: fs::DirEntry| {
            let status = fs::read_to_string(task.path().join("status")).ok()?;
            let line = status
                .lines()
                .find_map(|line| line.strip_prefix("voluntary_ctxt_switches:"))?;
            line.trim().parse::<u64>().ok()
        };
        tasks.flatten().filter_map(naps).sum()
    }

    /// Whether the terminal is as a shell wants it: lines edited by the kernel, and echoed.
    pub fn is_cooked(&self) -> bool {
        let name = self
            .master
            .as_ref()
            .and_then(|master| master.tty_name())
            .expect("the terminal's name");
        let tty = rustix::fs::open(&name, OFlags::RDWR | OFlags::NOCTTY, Mode::empty())
            .expect("the terminal opens");
        let modes = tcgetattr(&tty).expect("the terminal's modes").local_modes;
        modes.contains(LocalModes::ICANON | LocalModes::ECHO)
    }

    pub fn assert_restored(&self) {
        let raw = self.raw();
        assert!(self.is_cooked(), "the terminal is left raw");
        for (opened, closed, what) in [
            ("\x1b[?1049h", "\x1b[?1049l", "the alternate screen"),
            ("\x1b[?25l", "\x1b[?25h", "the hidden cursor"),
            ("\x1b[?2004h", "\x1b[?2004l", "bracketed paste"),
            ("\x1b[?1000h", "\x1b[?1000l", "the mouse"),
        ] {
            let (opened, closed) = (last(&raw, opened), last(&raw, closed));
            assert!(
                closed.is_some() && opened < closed,
                "{what} is not left: {}",
                tail(&raw)
            );
        }
        assert!(!self.shown().parser.screen().alternate_screen());
    }

    /// Closes the terminal as a window does: nobody holds the other end any more.
    pub fn close(&mut self) {
        // The output thread waits in `read` and would hold the terminal open: some output wakes it.
        self.let_go.store(true, Ordering::SeqCst);
        self.press("#");
        self.output
            .take()
            .expect("the output thread")
            .join()
            .expect("it lets go");
        drop(self.keys.take());
        drop(self.master.take());
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        if matches!(self.child.try_wait(), Ok(None)) {
            self.kill(Signal::KILL);
            let _ = self.child.wait();
        }
    }
}

pub fn pty_size((columns, rows): (u16, u16)) -> PtySize {
    PtySize {
        rows,
        cols: columns,
        pixel_width: 0,
        pixel_height: 0,
    }
}

/// What a terminal that says 0 by 0 shows: 80 by 24, as the program takes it.
pub fn at_least_one((columns, rows): (u16, u16)) -> (NonZeroU16, NonZeroU16) {
    let or = |number, otherwise| {
        NonZeroU16::new(number)
            .or(NonZeroU16::new(otherwise))
            .expect("not zero")
    };
    (or(columns, 80), or(rows, 24))
}

/// Looks again and again until something is so, or the time is over.
pub fn within(limit: Duration, mut is_so: impl FnMut() -> bool) -> bool {
    let end = Instant::now() + limit;
    loop {
        if is_so() {
            return true;
        }
        if Instant::now() > end {
            return false;
        }
        sleep(TICK);
    }
}

/// Where a sequence begins for the last time.
pub fn last(bytes: &[u8], sequence: &str) -> Option<usize> {
    bytes
        .windows(sequence.len())
        .rposition(|window| window == sequence.as_bytes())
}

pub fn contains(bytes: &[u8], sequence: &str) -> bool {
    last(bytes, sequence).is_some()
}

pub fn tail(bytes: &[u8]) -> String {
    bytes[bytes.len().saturating_sub(200)..]
        .escape_ascii()
        .to_string()
}

pub fn home() -> TempDir {
    TempDir::new().expect("a temporary folder")
}

/// Runs the program without a terminal.
pub fn without_terminal(home: &Path) -> Command {
    let mut command = Command::new(PROGRAM);
    command
        .env_clear()
        .env("HOME", home)
        .env("TIP_READER_HOME", home)
        .env("LANG", "en_US.UTF-8")
        .env("TERM", "xterm-256color");
    command.current_dir(home).stdin(Stdio::null());
    command
}

pub fn run(home: &Path, arguments: &[&str]) -> Output {
    without_terminal(home)
        .args(arguments)
        .output()
        .expect("the program runs")
}

/// What `notes --json` lists: ids and texts.
pub fn notes(home: &Path) -> Vec<(String, String)> {
    let output = run(
        home,
        &["--home", &home.to_string_lossy(), "notes", "--json"],
    );
    assert!(
        output.stderr.is_empty(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let listed: Vec<serde_json::Value> =
        serde_json::from_slice(&output.stdout).expect("a list in JSON");
    let field =
        |note: &serde_json::Value, name: &str| note[name].as_str().unwrap_or_default().to_owned();
    listed
        .iter()
        .map(|note| (field(note, "id"), field(note, "text")))
        .collect()
}

pub fn texts(home: &Path) -> Vec<String> {
    notes(home).into_iter().map(|(_, text)| text).collect()
}

/// What the draft files say, all together.
pub fn drafts(home: &Path) -> String {
    let files = fs::read_dir(home.join("drafts"))
        .into_iter()
        .flatten()
        .flatten();
    let files = files.filter(|file| {
        file.path()
            .extension()
            .is_some_and(|extension| extension == "ron")
    });
    files
        .filter_map(|file| fs::read_to_string(file.path()).ok())
        .collect()
}
