//! From `C-s` to "Note saved" on the screen with 10,000 notes in the notebook, beside the least
//! that saves a file of that size: write, sync, rename, sync of the folder. Both in turn.
//!
//! `cargo bench --bench save` fails where it is above 3 times the least in every round.
#![allow(
    clippy::disallowed_methods,
    clippy::print_stdout,
    reason = "a benchmark asks the clock and says what it measured"
)]

use std::{
    fs::{self, File},
    io::{self, Read, Write},
    path::Path,
    sync::mpsc::{Receiver, channel},
    time::{Duration, Instant},
};

use portable_pty::{CommandBuilder, PtySize, native_pty_system};
use tip_reader::{
    disk::home::Home,
    edition::{Edition, anchor::Anchor},
    notebook::annotation::{Annotation, FORMAT, Kind},
    report::{position::Position, snapshot},
    store::{Store, new_id},
};

/// Notes that are there already.
const NOTES: usize = 10_000;
/// Pairs that are counted in a round.
const PAIRS: usize = 25;
/// Rounds in which the ratio may be looked for: a noisy machine does not fail the program.
const ROUNDS: usize = 4;
/// Most times the least that a save may take, as the ratio of medians.
const MOST: f64 = 3.0;
/// Time between two saves.
const BETWEEN: Duration = Duration::from_millis(250);
/// How long anything may take on the screen.
const PATIENCE: Duration = Duration::from_secs(20);

fn main() -> io::Result<()> {
    let home = tempfile::tempdir()?;
    let size = fill(home.path())?;
    let beside = home.path().join("beside");
    fs::create_dir(&beside)?;
    let mut reader = Reader::start(home.path())?;
    for round in 1..=ROUNDS {
        let (mut saves, mut least) = (Vec::new(), Vec::new());
        for _ in 0..PAIRS {
            saves.push(reader.save()?.as_secs_f64() * 1000.0);
            least.push(save_least(&beside, size)?.as_secs_f64() * 1000.0);
        }
        let (save, least) = (median(&mut saves), median(&mut least));
        let ratio = save / least;
        println!(
            "a save with {NOTES} notes, median of {PAIRS}: reader {save:.2} ms, write and sync and rename and sync {least:.2} ms, ratio {ratio:.2}"
        );
        if ratio <= MOST {
            return reader.quit();
        }
        println!("round {round}: above {MOST}");
    }
    Err(io::Error::other(format!(
        "the ratio was above {MOST} in each of {ROUNDS} rounds"
    )))
}

/// Writes the notebook, unsynced; returns the size of a note's file in bytes.
fn fill(home: &Path) -> io::Result<usize> {
    let report = snapshot::bundled();
    let edition = Edition::of(&report);
    let notes = home.join("notes");
    fs::create_dir_all(&notes)?;
    let mut size = 0;
    for number in 0..NOTES {
        let position = Position::new(1 + number % 2, number % 8, 0);
        let note = Annotation {
            format: FORMAT,
            id: new_id(),
            report: report.id.clone(),
            kind: Kind::Note,
            anchor: Anchor::new(&report, &edition, report.passage_of_block(position)),
            text: format!("Note {number}."),
            color: None,
            letter: None,
            created: "2026-01-02T03:04:05Z".into(),
            modified: "2026-01-02T03:04:05Z".into(),
            conflict_of: None,
            base: None,
        };
        let text = note.write().map_err(io::Error::other)?;
        size = text.len();
        fs::write(notes.join(format!("{}.ron", note.id)), text)?;
    }
    let store = Store::new(Home::new(home.to_owned()));
    assert_eq!(store.load().annotations.len(), NOTES);
    Ok(size)
}

/// The least that saves a file: the time it takes.
fn save_least(folder: &Path, size: usize) -> io::Result<Duration> {
    let (temporary, place) = (folder.join(".least.tmp"), folder.join(".least"));
    let bytes = vec![b'x'; size];
    let began = Instant::now();
    let mut file = File::create(&temporary)?;
    file.write_all(&bytes)?;
    file.sync_all()?;
    fs::rename(&temporary, &place)?;
    File::open(folder)?.sync_all()?;
    Ok(began.elapsed())
}

fn median(values: &mut [f64]) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(f64::NAN)
}

/// The program in a pseudo-terminal.
struct Reader {
    child: Box<dyn portable_pty::Child + Send + Sync>,
    output: Receiver<Vec<u8>>,
    keys: Box<dyn Write + Send>,
    screen: vt100::Parser,
    _pair: Box<dyn portable_pty::MasterPty + Send>,
}

impl Reader {
    fn start(home: &Path) -> io::Result<Self> {
        let size = PtySize {
            rows: 40,
            cols: 120,
            pixel_width: 0,
            pixel_height: 0,
        };
        let pair = native_pty_system()
            .openpty(size)
            .map_err(io::Error::other)?;
        let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_tip-reader"));
        command.env("TERM", "xterm-256color");
        command.env("TIP_READER_HOME", home);
        command.env("LC_ALL", "C.UTF-8");
        let child = pair
            .slave
            .spawn_command(command)
            .map_err(io::Error::other)?;
        let mut source = pair.master.try_clone_reader().map_err(io::Error::other)?;
        let (sink, output) = channel();
        std::thread::spawn(move || {
            let mut chunk = [0; 65536];
            while let Ok(count @ 1..) = source.read(&mut chunk) {
                if sink
                    .send(chunk.get(..count).unwrap_or_default().to_vec())
                    .is_err()
                {
                    return;
                }
            }
        });
        let keys = pair.master.take_writer().map_err(io::Error::other)?;
        let number = |number| std::num::NonZeroU16::new(number).ok_or(io::Error::other("zero"));
        let screen = vt100::Parser::new(number(40)?, number(120)?, 0);
        let mut reader = Self {
            child,
            output,
            keys,
            screen,
            _pair: pair.master,
        };

        reader.wait_for("5000●")?;
        Ok(reader)
    }

    /// Writes a note; the time from `C-s` until it is said to be saved.
    fn save(&mut self) -> io::Result<Duration> {
        self.press("a")?;
        self.wait_for("C-s save")?;
        self.press("One more note.")?;
        self.wait_for("One more note.")?;
        // Nobody saves two notes within less: the folder is looked over after each.
        std::thread::sleep(BETWEEN);
        let began = Instant::now();
        self.press("\x13")?;
        self.wait_for("Note saved")?;
        Ok(began.elapsed())
    }

    fn press(&mut self, keys: &str) -> io::Result<()> {
        self.keys.write_all(keys.as_bytes())?;
        self.keys.flush()
    }

    fn wait_for(&mut self, text: &str) -> io::Result<()> {
        while !self.screen.screen().contents().contains(text) {
            let chunk = self.output.recv_timeout(PATIENCE);
            let chunk = chunk.map_err(|_| {
                io::Error::other(format!(
                    "`{text}` is not shown:\n{}",
                    self.screen.screen().contents()
                ))
            })?;
            self.screen.process(&chunk);
        }
        Ok(())
    }

    fn quit(mut self) -> io::Result<()> {
        self.press("q")?;
        self.child.wait().map(drop)
    }
}
