//! Clocks that are wrong or jump: they change dates and nothing else.

use std::{fs, path::Path};

use crate::{
    book::{self, good, program},
    tools,
};

const SHIM: &str = r#"
#define _GNU_SOURCE
#include <stdlib.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>
int clock_gettime(clockid_t clock, struct timespec *time) {
    int done = syscall(SYS_clock_gettime, clock, time);
    const char *now = getenv("CLOCK_SAYS");
    if (done == 0 && clock == CLOCK_REALTIME && now) time->tv_sec = atoll(now);
    return done;
}
"#;

fn shim(folder: &Path) -> String {
    let (source, library) = (folder.join("clock.c"), folder.join("clock.so"));
    fs::write(&source, SHIM).expect("written");
    tools::must(
        "cc",
        &[
            "-shared",
            "-fPIC",
            "-o",
            &library.to_string_lossy(),
            &source.to_string_lossy(),
        ],
    );
    library.to_string_lossy().into_owned()
}

#[test]
fn a_clock_decides_nothing_but_dates() {
    if !tools::has("cc") {
        return;
    }
    let folder = tempfile::tempdir().expect("a folder");
    let (shim, home) = (shim(folder.path()), folder.path().join("home"));
    let at = |seconds: &str, arguments: &[&str]| {
        let output = program(&home)
            .args(arguments)
            .env("LD_PRELOAD", &shim)
            .env("CLOCK_SAYS", seconds)
            .output()
            .expect("it runs");
        assert!(
            output.status.success(),
            "{seconds} {arguments:?}: {}",
            String::from_utf8_lossy(&output.stderr)
        );
        String::from_utf8_lossy(&output.stdout).trim().to_owned()
    };
    let (epoch, far, late) = ("0", "4295000000", "253402300799");
    let a = at(far, &["notes", "add", "2:5", "a"]);
    let b = at(epoch, &["notes", "add", "2:5", "b"]);
    assert!(
        good(&home, &["notes", "--json"]).contains("2106-")
            && good(&home, &["notes", "--json"]).contains("1970-")
    );
    at(epoch, &["notes", "edit", &a, "a, edited back in 1970"]);
    at(late, &["notes", "edit", &b, "b, edited in 9999"]);
    at(far, &["notes", "rm", &a]);
    at(epoch, &["notes", "rm", &b]);
    let now = || book::texts(&book::store(&home).load().annotations);
    let steps: [&[&str]; 4] = [
        &["b, edited in 9999"],
        &["a, edited back in 1970", "b, edited in 9999"],
        &["a, edited back in 1970", "b"],
        &["a", "b"],
    ];
    for (clock, step) in [late, epoch, far, epoch].into_iter().zip(steps) {
        at(clock, &["notes", "undo"]);
        assert_eq!(now(), step);
    }
    assert_eq!(book::store(&home).check(), []);
}
