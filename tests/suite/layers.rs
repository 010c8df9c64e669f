//! The rooms of the house: which may use which. Every file of `src/` is parsed and held against
//! the plan in `layers/house.rs`; a rule that is broken is named with its file and line.

mod circles;
mod house;
mod rules;
mod source;

use std::{fs, path::Path};

use house::{KNOWN, OUTSIDE, ROOMS};
use rules::{Fault, House};
use source::Source;

const SOURCE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/src/");

fn files(folder: &Path, found: &mut Vec<Source>) {
    for entry in fs::read_dir(folder).expect("a folder").flatten() {
        let path = entry.path();
        if path.is_dir() {
            files(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let name = path.to_string_lossy().trim_start_matches(SOURCE).to_owned();
            found.push(Source::read(
                &name,
                &fs::read_to_string(&path).expect("text"),
            ));
        }
    }
}

/// The crates that the program is built with, as paths name them.
fn dependencies() -> impl Iterator<Item = String> {
    let manifest = include_str!("../../Cargo.toml");
    let (_, after) = manifest.split_once("[dependencies]").expect("dependencies");
    let lines = after
        .lines()
        .skip(1)
        .take_while(|line| !line.starts_with('['));
    lines.filter_map(|line| {
        let (name, _) = line.split_once(" = ")?;
        Some(name.replace('-', "_"))
    })
}

fn is_known(fault: &Fault) -> bool {
    KNOWN
        .iter()
        .any(|(file, what, _)| *file == fault.file && *what == fault.what)
}

#[test]
fn every_room_uses_only_what_the_plan_grants_it() {
    let mut found = Vec::new();
    files(Path::new(SOURCE), &mut found);
    assert!(found.len() > 40, "the source is not where it was");
    let roomless = found
        .iter()
        .filter(|source| ROOMS.iter().all(|(room, _)| *room != source.room()))
        .map(|source| {
            format!(
                "src/{}: no room: add it to ROOMS in tests/suite/layers/house.rs",
                source.file
            )
        });
    let unplaced = dependencies()
        .filter(|name| OUTSIDE.iter().all(|(row, _)| row != name))
        .map(|name| {
            format!("Cargo.toml: `{name}`: say in OUTSIDE of tests/suite/layers/house.rs who may")
        });
    let mut broken: Vec<String> = roomless.chain(unplaced).collect();
    let faults = House::new(found).faults();
    broken.extend(
        faults
            .iter()
            .filter(|fault| !is_known(fault))
            .map(Fault::to_string),
    );
    let stale = KNOWN.iter().filter(|(file, what, _)| {
        !faults
            .iter()
            .any(|fault| *file == fault.file && *what == fault.what)
    });
    broken.extend(stale.map(|(file, what, _)| {
        format!("src/{file}: {what}: no longer; take the row out of KNOWN in layers/house.rs")
    }));
    assert!(broken.is_empty(), "\n{}", broken.join("\n"));
}

/// What the checker says of files: their names and their code.
fn refused(files: &[(&str, &str)]) -> Vec<String> {
    let read = files.iter().map(|(file, code)| Source::read(file, code));
    let faults = House::new(read).faults();
    faults.into_iter().map(|fault| fault.what).collect()
}

/// The first code is refused by this rule and no other, the second is not.
fn tells_apart(file: &str, rule: &str, bad: &str, good: &str) {
    assert_eq!(refused(&[(file, bad)]), [rule], "{bad}");
    assert_eq!(refused(&[(file, good)]), [""; 0], "{good}");
}

#[test]
fn the_disk_and_the_environment_are_refused_in_the_reader() {
    let bad = "use std::{\n    env,\n    fmt,\n    fs,\n};";
    assert_eq!(
        refused(&[("reader/line.rs", bad)]),
        ["`reader` uses `std::env`", "`reader` uses `std::fs`"]
    );
    assert_eq!(
        refused(&[("reader/line.rs", "use std::{\n    cmp,\n    fmt,\n};")]),
        [""; 0]
    );
    tells_apart(
        "reader/line.rs",
        "`reader` uses `std::fs`",
        "use std::fs as disk;",
        "use std::sync as disk;",
    );
}

#[test]
fn the_reader_uses_no_store_library_import_export_or_config() {
    for (rule, bad) in [
        ("store", "fn f() { crate::store::open(); }"),
        (
            "library",
            "use crate::{notebook::Notebook, library::{self, config}};",
        ),
        ("library", "use crate::library::config::Config as Settings;"),
        ("import", "fn f(imported: crate::import::Imported) {}"),
        ("export", "fn f() { let x = vec![crate::export::notes()]; }"),
        ("export", "#[derive(crate::export::Format)] struct S;"),
        (
            "store",
            "macro_rules! m { () => { use $crate::{report::Report, store::*}; }; }",
        ),
    ] {
        tells_apart(
            "reader/line.rs",
            &format!("`reader` uses `{rule}`"),
            bad,
            &bad.replace(rule, "notebook"),
        );
    }
}

#[test]
fn the_view_writes_no_file_and_changes_no_reader() {
    tells_apart(
        "view/status.rs",
        "`view` uses `std::fs`",
        "fn f() { std::fs::write(\"a\", \"b\").ok(); }",
        "fn f(mut out: impl std::fmt::Write) { write!(out, \"b\").ok(); }",
    );
    for bad in [
        "use crate::reader::Reader; fn f(reader: &mut Reader) {}",
        "fn f(reader: &mut crate::reader::Reader) {}",
        "use crate::reader; fn f<'a>(reader: &'a mut reader::Reader) {}",
        "type R = crate::reader::Reader; fn f(reader: &mut R) {}",
    ] {
        tells_apart(
            "view/status.rs",
            "`view` changes the reader",
            bad,
            &bad.replace("mut ", ""),
        );
    }
}

#[test]
fn a_way_up_and_over_is_judged_where_it_ends() {
    let rule = "`reader` uses `store`";
    for bad in [
        "use super::super::store::Store;",
        "fn f() { super::super::store::open(); }",
        "mod inner { use super::super::super::store::Store; }",
        "use self::super::super::{store::Store};",
    ] {
        let good = bad.replace("store::", "notebook::");
        tells_apart("reader/line.rs", rule, bad, &good);
    }
    tells_apart("reader.rs", rule, "use super::store;", "use super::report;");
}

#[test]
fn a_report_prints_nothing_asks_no_clock_and_opens_no_socket() {
    for (rule, bad, good) in [
        (
            "std::println",
            "fn f() { println!(\"a\"); }",
            "fn f() { format!(\"a\"); }",
        ),
        (
            "std::eprint",
            "fn f() { m!({ eprint!(\"a\") }); }",
            "fn f() { m!({ a != (b) }); }",
        ),
        (
            "std::io::stdout",
            "use std::io::{self, Write}; fn f() { io::stdout().lock(); }",
            "use std::io::{self, Write};",
        ),
        (
            "std::time::Instant",
            "use std::time::{Duration, Instant};",
            "use std::time::Duration;",
        ),
        (
            "std::time::SystemTime",
            "fn f() { std::time::SystemTime::now(); }",
            "fn f() { std::time::Duration::ZERO; }",
        ),
        (
            "std::net",
            "use std::net::TcpStream;",
            "use std::num::NonZero;",
        ),
        (
            "std::process",
            "fn f() { ::std::process::exit(1) }",
            "fn f() { ::std::mem::drop(1) }",
        ),
        (
            "jiff",
            "fn f() { jiff::Timestamp::now(); }",
            "fn f() { ron::to_string(); }",
        ),
    ] {
        tells_apart("report.rs", &format!("`report` uses `{rule}`"), bad, good);
    }
}

#[test]
fn only_the_item_that_is_for_tests_is_left_out() {
    tells_apart(
        "report.rs",
        "`report` uses `store`",
        "#[cfg(test)] use crate::cli::run;\nuse crate::store::Store;",
        "use crate::text;\n#[cfg(test)] mod tests { use crate::store::Store; }",
    );
    tells_apart(
        "report.rs",
        "`report` uses `std::fs`",
        "#[cfg(not(test))] use std::fs;",
        "#[cfg(all(test, unix))] use std::fs;\n#[test] fn f() { std::fs::read(\"a\"); }",
    );
    let tests = ("report/tests.rs", "use crate::store::Store;");
    for (declared, expected) in [
        ("mod tests;", vec!["`report` uses `store`"]),
        ("#[cfg(test)] mod tests;", vec![]),
    ] {
        assert_eq!(refused(&[("report.rs", declared), tests]), expected);
    }
}

#[test]
fn nothing_is_hidden_behind_another_name() {
    for bad in [
        "use crate as x;",
        "use crate::{self as x};",
        "use super::super as x;",
        "use crate::*;",
        "use tip_reader as x;",
        "extern crate std as x;",
        "#[path = \"../store.rs\"] mod x;",
        "include!(\"../store.rs\");",
    ] {
        tells_apart(
            "reader/line.rs",
            "a hidden name",
            bad,
            "use super::*; mod x;",
        );
    }
    assert_eq!(
        refused(&[(
            "reader.rs",
            "use std::io; use io as x; fn f() { x::stdin(); }"
        )]),
        ["`reader` uses `std::io::stdin`"]
    );
    assert_eq!(
        refused(&[("reader.rs", "use std::*;")]),
        ["`reader` uses `std::*`"]
    );
}

#[test]
fn files_of_a_room_go_in_no_circle() {
    let root = (
        "edition.rs",
        "mod a; mod b; pub use a::A; fn f() { b::b(); }",
    );
    let b = ("edition/b.rs", "fn b() {}");
    let rule = ["a circle of a, b"];
    for bad in [
        "use super::A;",
        "use super::*; fn f(a: A) {}",
        "fn f() { super::a::inner::f(); }",
    ] {
        let a = ("edition/a.rs", "struct A; use super::b;");
        assert_eq!(refused(&[root, a, ("edition/b.rs", bad)]), rule, "{bad}");
        let a = ("edition/a.rs", "struct A; use super::Root;");
        assert_eq!(refused(&[root, a, ("edition/b.rs", bad)]), [""; 0], "{bad}");
    }
    let nested = ("edition/a/inner.rs", "use crate::edition::b;");
    let a = ("edition/a.rs", "mod inner;");
    let bad = ("edition/b.rs", "use super::a;");
    assert_eq!(refused(&[root, a, nested, bad]), rule);
    assert_eq!(refused(&[root, a, nested, b]), [""; 0]);
}
