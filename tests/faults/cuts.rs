//! Power cuts: the disk is stopped in the middle of the work, as if the machine had lost its
//! power, then mounted again. What was acknowledged before has to be there.

use std::{
    collections::BTreeMap,
    fs,
    io::{Write, stderr},
    path::Path,
    process::{Child, Command, Stdio},
    sync::atomic::{AtomicBool, Ordering},
    thread::sleep,
    time::Duration,
};

use tip_reader::notebook::{Change, annotation::Annotation};

use crate::{
    book::{program, store},
    pty::PROGRAM,
    tools::{self, Dice},
};

/// The shutdown call of ext4 and xfs, without flushing the log: `EXT4_IOC_SHUTDOWN` with
/// `EXT4_GOING_FLAGS_NOLOGFLUSH`. It waits for a line, so that it strikes at once.
const CUT: &str = r#"open(F, "<", $ARGV[0]) or die $!; $| = 1; print "ready\n"; <STDIN>; my $how = pack("L", 2); ioctl(F, 0x8004587D, $how) or die $!;"#;

/// How the program is started on a home folder.
type Program = fn(&Path) -> Command;

/// The program on a system that says a folder is synced and does nothing.
fn without_folder_sync(home: &Path) -> Command {
    let mut command = Command::new("strace");
    command.args(["-o", "/dev/null", "-e", "trace=fsync", "-e"]);
    command.args(["inject=fsync:retval=0", "-P"]);
    command.arg(home.join("notes")).arg(PROGRAM);
    command.env("TIP_READER_HOME", home).stdin(Stdio::null());
    command
}

/// What an annotation has to be: its text, or deleted.
type State = Option<String>;

/// What was acknowledged, and what may have been done besides.
#[derive(Default)]
struct Ledger {
    acknowledged: BTreeMap<String, State>,
    under_way: Option<(String, State)>,
    /// Notes written so far, for their texts.
    count: usize,
}

impl Ledger {
    /// Adds, edits and deletes until the power goes.
    fn work(&mut self, home: &Path, program: Program, is_cut: &AtomicBool, dice: &mut Dice) {
        loop {
            self.count += 1;
            let text = format!("note {}", self.count);
            let there: Vec<String> = self
                .acknowledged
                .iter()
                .filter(|(_, state)| state.is_some())
                .map(|(id, _)| id.clone())
                .collect();
            let known =
                (!there.is_empty()).then(|| there[dice.roll(there.len() as u64) as usize].clone());
            let (arguments, id, state) = match (dice.roll(5), known) {
                (0, Some(id)) => (vec!["rm".to_owned(), id.clone()], id, None),
                (1 | 2, Some(id)) => (
                    vec!["edit".to_owned(), id.clone(), text.clone()],
                    id,
                    Some(text),
                ),
                _ => (
                    vec!["add".to_owned(), "2:5".into(), text.clone()],
                    String::new(),
                    Some(text),
                ),
            };
            let output = program(home)
                .arg("notes")
                .args(&arguments)
                .output()
                .expect("it runs");
            let id = if id.is_empty() {
                String::from_utf8_lossy(&output.stdout).trim().to_owned()
            } else {
                id
            };
            // Only what was said before the cut counts.
            if is_cut.load(Ordering::SeqCst) || !output.status.success() {
                self.under_way = (!id.is_empty()).then_some((id, state));
                return;
            }
            self.acknowledged.insert(id, state);
        }
    }

    /// What is not as it was acknowledged. Takes what is there as the new state.
    fn wrong(&mut self, home: &Path) -> Vec<String> {
        let loaded = store(home).load();
        let mut wrong: Vec<String> = loaded
            .problems
            .iter()
            .map(|problem| format!("{}: {}", problem.file.display(), problem.reason))
            .collect();
        wrong.extend(
            loaded
                .vanished
                .iter()
                .map(|id| format!("{id} has vanished")),
        );
        let found: BTreeMap<&str, &Annotation> = loaded
            .annotations
            .iter()
            .map(|annotation| (annotation.id.as_str(), annotation))
            .collect();
        let under_way = self.under_way.take();
        for (id, state) in &mut self.acknowledged {
            let now = found
                .get(id.as_str())
                .map(|annotation| annotation.text.clone());
            let may_be = under_way
                .as_ref()
                .filter(|(other, _)| other == id)
                .map(|(_, state)| state.clone());
            if now != *state && may_be != Some(now.clone()) {
                wrong.push(format!("{id} should be {state:?}, is {now:?}"));
            }
            if now.is_none() && !home.join(format!("trash/{id}.ron")).is_file() {
                wrong.push(format!("{id} is neither in the notebook nor in the trash"));
            }
            *state = now;
        }
        wrong
    }
}

struct Disk<'a> {
    image: &'a Path,
    place: &'a Path,
}

impl Disk<'_> {
    fn make(&self, system: &str) -> bool {
        let megabytes = if system == "xfs" { 320 } else { 64 };
        fs::File::create(self.image)
            .and_then(|file| file.set_len(megabytes << 20))
            .expect("an image");
        tools::must(
            &format!("mkfs.{system}"),
            &[
                if system == "xfs" { "-fq" } else { "-Fq" },
                &self.image.to_string_lossy(),
            ],
        );
        fs::create_dir_all(self.place).expect("a folder");
        self.mount()
    }

    fn mount(&self) -> bool {
        Command::new("mount")
            .args(["-o", "loop"])
            .args([self.image, self.place])
            .status()
            .is_ok_and(|status| status.success())
    }

    fn unmount(&self) {
        let is_free = || {
            Command::new("umount")
                .arg(self.place)
                .stderr(Stdio::null())
                .status()
                .is_ok_and(|status| status.success())
        };
        assert!(
            super::pty::within(Duration::from_secs(10), is_free),
            "the disk is still in use"
        );
    }

    /// Somebody with a hand on the switch.
    fn switch(&self) -> Child {
        let mut command = Command::new("perl");
        command
            .args(["-e", CUT])
            .arg(self.place)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped());
        let mut child = command.spawn().expect("perl");
        let mut ready = [0; 6];
        std::io::Read::read_exact(child.stdout.as_mut().expect("its output"), &mut ready)
            .expect("it is ready");
        child
    }
}

/// Cuts the power again and again; returns how often, how much had been acknowledged by then,
/// and what was wrong.
fn cut(system: &str, cuts: u64, program: Program) -> Option<(u64, usize, Vec<String>)> {
    let folder = tempfile::tempdir().expect("a folder");
    let (image, place) = (folder.path().join("image"), folder.path().join("disk"));
    let disk = Disk {
        image: &image,
        place: &place,
    };
    if !disk.make(system) {
        // The one thing that no right or package gives: a kernel without loop devices.
        let _ = writeln!(
            stderr(),
            "faults: SKIPPED, ALSO IN CI: this kernel cannot mount a {system} image, no power was cut"
        );
        return None;
    }
    let (home, mut ledger, mut dice) = (
        place.join("home"),
        Ledger::default(),
        Dice(tools::number("TIP_READER_SEED", 2021)),
    );
    for number in 1..=cuts {
        let mut switch = disk.switch();
        let is_cut = AtomicBool::new(false);
        let pause = Duration::from_millis(20 + dice.roll(180));
        let mut own_dice = Dice(dice.0 ^ number);
        std::thread::scope(|scope| {
            let working = scope.spawn(|| ledger.work(&home, program, &is_cut, &mut own_dice));
            sleep(pause);
            is_cut.store(true, Ordering::SeqCst);
            switch
                .stdin
                .take()
                .expect("its input")
                .write_all(b"\n")
                .expect("it listens");
            assert!(
                switch.wait().expect("it ends").success(),
                "the power could not be cut"
            );
            working.join().expect("no panic");
        });
        disk.unmount();
        assert!(disk.mount(), "the disk cannot be mounted again");
        let wrong = ledger.wrong(&home);
        if !wrong.is_empty() {
            return Some((number, ledger.acknowledged.len(), wrong));
        }
        if let Some(some) = store(&home).load().annotations.first() {
            let next = Annotation {
                id: tip_reader::store::new_id(),
                text: "next".into(),
                ..some.clone()
            };
            store(&home)
                .save(&Change::Add(next.clone()), None)
                .expect("the next run works");
            ledger.acknowledged.insert(next.id, Some(next.text));
        }
    }
    disk.unmount();
    Some((cuts, ledger.acknowledged.len(), Vec::new()))
}

fn has_tools(system: &str) -> bool {
    let mkfs = format!("mkfs.{system}");
    ["perl", "umount", &mkfs].into_iter().all(tools::has)
}

fn assert_survives(system: &str) {
    if !has_tools(system) {
        return;
    }
    let cuts = tools::number("TIP_READER_CUTS", 60);
    let Some((cuts, acknowledged, wrong)) = cut(system, cuts, program) else {
        return;
    };
    assert!(
        wrong.is_empty(),
        "{system}, cut {cuts}:\n{}",
        wrong.join("\n")
    );
    let _ = writeln!(
        stderr(),
        "faults: {cuts} power cuts on {system}, {acknowledged} annotations acknowledged, none lost"
    );
    assert!(
        acknowledged > cuts as usize,
        "too little was done between the cuts to prove anything"
    );
}

#[test]
fn no_power_cut_on_ext4_loses_what_was_said_to_be_saved() {
    tools::in_own_mounts("cuts::ext4");
}

#[test]
fn no_power_cut_on_xfs_loses_what_was_said_to_be_saved() {
    tools::in_own_mounts("cuts::xfs");
}

/// The cuts find what they look for: without the folder's sync something acknowledged is lost soon.
#[test]
fn without_the_folder_s_sync_a_power_cut_loses_a_note() {
    tools::in_own_mounts("cuts::bite");
}

#[test]
#[ignore = "run by the tests above, in mounts of its own"]
fn ext4() {
    assert_survives("ext4");
}

#[test]
#[ignore = "run by the tests above, in mounts of its own"]
fn xfs() {
    assert_survives("xfs");
}

#[test]
#[ignore = "run by the tests above, in mounts of its own"]
fn bite() {
    if !has_tools("ext4") || !tools::has("strace") {
        return;
    }
    let Some((cuts, _, wrong)) = cut("ext4", 40, without_folder_sync) else {
        return;
    };
    assert!(
        !wrong.is_empty(),
        "{cuts} cuts and nothing was lost without the folder's sync: this test would find nothing"
    );
}
