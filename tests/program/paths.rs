//! Sections by path, records, citations and notes on them, from the shell.

use std::{
    fs,
    io::Write,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use serde_json::Value;

use crate::shell::{bad, good, home, json, run};

const FERRY: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/ferry.md");
const FIRST_RELEASE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/first-release");

/// A home with the report of harbours.
fn harbours() -> tempfile::TempDir {
    let home = home();
    good(
        home.path(),
        &[
            "import",
            FERRY,
            "--id",
            "ferry",
            "--published",
            "2019-05",
            "--author",
            "Office of Piers",
        ],
    );
    home
}

fn ferry(home: &Path, arguments: &[&str]) -> String {
    good(home, &[arguments, &["-r", "ferry"]].concat())
}

fn ferry_json(home: &Path, arguments: &[&str]) -> Vec<Value> {
    json(home, &[arguments, &["-r", "ferry"]].concat())
}

#[test]
fn every_listing_names_the_path() {
    let home = harbours();
    let path = serde_json::json!(["Harbours", "Birch (Class 1)", "Rescue"]);
    let toc = ferry_json(home.path(), &["toc", "--json"]);
    assert_eq!(
        (&toc[7]["id"], &toc[7]["path"]),
        (&"harbours/birch/rescue".into(), &path)
    );
    let ids = |depth| -> Vec<String> {
        let rows = ferry_json(home.path(), &["toc", "--depth", depth, "--json"]);
        rows.iter().map(|row| row["id"].to_string()).collect()
    };
    assert_eq!(
        ids("1"),
        ["\"ferry-review-2019\"", "\"method\"", "\"harbours\""]
    );
    assert_eq!(ids("2").len(), 6);
    let found = ferry_json(home.path(), &["search", "drill was held each", "--json"]);
    assert_eq!(
        (&found[0]["address"], &found[0]["path"]),
        (&"8:1".into(), &path)
    );
    let rows = ferry(home.path(), &["search", "drill was held each"]);
    assert!(
        rows.starts_with("8:1      Harbours › Birch (Class 1) › Rescue  A drill"),
        "{rows}"
    );
    assert_eq!(ferry(home.path(), &["search", "rafts", "--count"]), "3\n");
    assert_eq!(
        ferry(
            home.path(),
            &["search", "rafts", "--section", "birch", "--count"]
        ),
        "1\n"
    );
    ferry(
        home.path(),
        &["notes", "add", "birch/rescue:1", "a thought"],
    );
    let note = &ferry_json(home.path(), &["notes", "--json"])[0];
    assert_eq!((&note["address"], &note["path"]), (&"8:1".into(), &path));
    assert_eq!(
        note["citation"],
        "Office of Piers, Ferry Review 2019 (2019), \"Harbours › Birch (Class 1) › Rescue\", para. 1"
    );
    let list = ferry(home.path(), &["notes"]);
    assert!(
        list.contains("Harbours › Birch (Class 1) › Rescue"),
        "{list}"
    );
    let csv = ferry(home.path(), &["notes", "export", "--format", "csv"]);
    assert!(csv.starts_with("address,path,page,"), "{csv}");
    assert_eq!(
        ferry_json(home.path(), &["print", "birch", "--format", "json"]).len(),
        8
    );
}

#[test]
fn an_address_that_fits_several_sections_is_refused_with_their_paths() {
    let home = harbours();
    let error = bad(home.path(), &["print", "rescue", "-r", "ferry"]);
    assert!(
        error.contains(
            "`rescue` fits 3 sections: harbours/alder/rescue (5), harbours/birch/rescue (8)"
        ),
        "{error}"
    );
    assert_eq!(
        ferry(home.path(), &["print", "birch/rescue:2"]),
        "The office did not report any losses.\n"
    );
    let range = ferry(home.path(), &["print", "alder..birch"]);
    assert!(
        range.starts_with("Alder (Class 2)\n")
            && range.contains("eight hours")
            && !range.contains("Cedar")
    );
    assert_eq!(ferry(home.path(), &["print", "5:1-2"]).lines().count(), 3);
    assert!(bad(home.path(), &["print", "p7", "-r", "ferry"]).contains("no printed pages"));
}

#[test]
fn records_are_listed_sorted_and_filtered() {
    let home = harbours();
    ferry(home.path(), &["notes", "add", "cedar/crews", "where to?"]);
    let rows = ferry_json(home.path(), &["records", "--json"]);
    let titles: Vec<&str> = rows
        .iter()
        .filter_map(|row| row["title"].as_str())
        .collect();
    assert_eq!(
        titles,
        ["Alder (Class 2)", "Birch (Class 1)", "Cedar (Class 3)"]
    );
    assert_eq!(
        (&rows[2]["facet"], &rows[2]["notes"]),
        (&"Class 3".into(), &1.into())
    );
    assert_eq!(rows[1]["id"], "harbours/birch");
    assert_eq!(rows[1]["words"], 40);
    let one = ferry_json(home.path(), &["records", "--where", "class 1", "--json"]);
    assert_eq!(
        (one.len(), &one[0]["title"]),
        (1, &"Birch (Class 1)".into())
    );
    let by_notes = ferry(home.path(), &["records", "--sort", "notes"]);
    assert!(by_notes.starts_with("  10  Cedar  Class 3"), "{by_notes}");
    let csv = ferry(home.path(), &["records", "--csv"]);
    assert!(
        csv.starts_with(
            "id,number,path,title,facet,words,notes\r\nharbours/alder,4,Harbours › Alder (Class 2),"
        ),
        "{csv}"
    );
    let error = bad(
        home.path(),
        &["records", "--where", "Class 9", "-r", "ferry"],
    );
    assert!(
        error.contains("there are Class 1, Class 2, Class 3"),
        "{error}"
    );
    let error = bad(home.path(), &["records"]);
    assert!(
        error.contains("no sections of this report share"),
        "{error}"
    );
}

#[test]
fn one_field_of_all_records_is_collected_with_paths() {
    let home = harbours();
    let items = ferry_json(home.path(), &["collect", "Rescue", "--format", "json"]);
    assert_eq!(items.len(), 6);
    assert_eq!(
        (
            &items[2]["record"],
            &items[2]["facet"],
            &items[2]["address"],
            &items[2]["editions"][0]
        ),
        (
            &"Birch".into(),
            &"Class 1".into(),
            &"8:1".into(),
            &"2019-05".into()
        )
    );
    let text = ferry(home.path(), &["collect", "cre", "--where", "Class 3"]);
    assert!(
        text.starts_with("Harbours › Cedar (Class 3) › Crews (12)\n\nNobody knows"),
        "{text}"
    );
    let error = bad(home.path(), &["collect", "piers", "-r", "ferry"]);
    assert!(error.contains("the records have crews, rescue"), "{error}");
}

#[test]
fn a_place_is_cited_in_four_formats() {
    let home = harbours();
    assert_eq!(
        ferry(home.path(), &["cite", "birch/crews:1"]),
        "Office of Piers, Ferry Review 2019 (2019), \"Harbours › Birch (Class 1) › Crews\", para. 1\n"
    );
    assert_eq!(
        ferry(home.path(), &["cite", "birch"]),
        "Office of Piers, Ferry Review 2019 (2019), \"Harbours › Birch (Class 1)\"\n"
    );
    let bibtex = ferry(home.path(), &["cite", "8:1", "--format", "bibtex"]);
    assert!(
        bibtex.starts_with("@techreport{ferry,")
            && bibtex.contains("Birch (Class 1) › Rescue, para. 1")
    );
    assert!(
        ferry(home.path(), &["cite", "8:1", "--format", "ris"])
            .starts_with("TY  - RPRT\r\nAU  - Office of Piers\r\n")
    );
    let csl = ferry_json(home.path(), &["cite", "8:1", "--format", "csl-json"]);
    assert_eq!(
        csl[0]["issued"]["date-parts"][0],
        serde_json::json!([2019, 5])
    );
}

#[test]
fn notes_go_on_quotes_and_on_every_match_with_one_undo() {
    let home = harbours();
    ferry(
        home.path(),
        &[
            "notes",
            "add",
            "birch",
            "of rafts",
            "--quote",
            "rafts of birch",
        ],
    );
    ferry(
        home.path(),
        &["notes", "add", "cedar:1", "--color", "green"],
    );
    let notes = ferry_json(home.path(), &["notes", "--json"]);
    assert_eq!(
        (&notes[0]["quote"], &notes[0]["kind"]),
        (&"rafts of Birch".into(), &"note".into())
    );
    assert_eq!(
        (&notes[1]["kind"], &notes[1]["color"]),
        (&"highlight".into(), &"green".into())
    );
    let refused = |arguments: &[&str]| bad(home.path(), &[arguments, &["-r", "ferry"]].concat());
    let several = refused(&[
        "notes",
        "add",
        "harbours",
        "x",
        "--quote",
        "did not report any losses",
    ]);
    assert!(several.contains("3 times, at 5:2, 8:2, 11:2"), "{several}");
    assert!(
        refused(&["notes", "add", "birch", "x", "--quote", "nowhere"]).contains("are not there")
    );
    let matches = ferry(home.path(), &["search", "rafts", "--json"]);
    let add = |more: &[&str]| {
        let mut child = Command::new(env!("CARGO_BIN_EXE_tip-reader"))
            .args(["--home".as_ref(), home.path().as_os_str()])
            .args(["notes", "add", "-", "-r", "ferry"])
            .args(more)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("started");
        let mut input = child.stdin.take().expect("a pipe");
        input.write_all(matches.as_bytes()).expect("written");
        drop(input);
        let output = child.wait_with_output().expect("ended");
        String::from_utf8_lossy(&output.stdout).lines().count()
    };
    assert_eq!(add(&["a raft"]), 3);
    let quotes = |text: &str| -> Vec<String> {
        let notes = ferry_json(home.path(), &["notes", "--json", text]);
        notes.iter().map(|note| note["quote"].to_string()).collect()
    };
    assert_eq!(quotes("raft").len(), 4);
    assert!(
        quotes("raft").contains(&"\"They counted rafts and read the logs.\"".into()),
        "the sentence"
    );
    ferry(home.path(), &["notes", "undo"]);
    assert_eq!(ferry_json(home.path(), &["notes", "--json"]).len(), 2);
    assert_eq!(add(&["--color", "blue"]), 3);
    assert!(
        ferry_json(home.path(), &["notes", "--json"])
            .iter()
            .filter(|note| note["quote"] == "rafts")
            .count()
            == 3
    );
}

#[test]
fn files_that_differ_are_cited_by_their_own_authors() {
    let home = home();
    let pages = home.path().join("pages");
    fs::create_dir(&pages).expect("a folder");
    for (name, author, year) in [
        ("alder", "Ann Alder", "2018"),
        ("birch", "Ben Birch", "2020"),
    ] {
        let page = format!(
            "<html><head><title>{name}</title><meta name=author content='{author}'><meta name=date content='{year}-02-03'></head><body><h1>{name}</h1><p>Text of the page about the harbour of {name}, and more of it.</p></body></html>"
        );
        fs::write(pages.join(format!("{name}.html")), page).expect("a page");
    }
    let pages = pages.to_str().expect("UTF-8");
    good(
        home.path(),
        &["import", pages, "--id", "both", "--title", "Both"],
    );
    let cited = |address: &str| good(home.path(), &["cite", address, "-r", "both"]);
    assert_eq!(
        cited("alder:1"),
        "Ann Alder, Both (2018), \"alder\", para. 1\n"
    );
    assert_eq!(
        cited("birch:1"),
        "Ben Birch, Both (2020), \"birch\", para. 1\n"
    );
}

/// A copy of a home that the first release wrote.
fn first_release() -> tempfile::TempDir {
    let home = home();
    copy(Path::new(FIRST_RELEASE), home.path());
    home
}

fn copy(from: &Path, to: &Path) {
    for entry in fs::read_dir(from).expect("a folder") {
        let entry = entry.expect("an entry");
        let (from, to): (PathBuf, PathBuf) = (entry.path(), to.join(entry.file_name()));
        if from.is_dir() {
            fs::create_dir_all(&to).expect("a folder");
            copy(&from, &to);
        } else {
            fs::copy(&from, &to).expect("copied");
        }
    }
}

#[test]
fn notes_and_reports_of_the_first_release_keep_working_where_they_are() {
    let home = first_release();
    let before = fs::read(home.path().join("reports/ferry.ron")).expect("a report");
    let notes = ferry_json(home.path(), &["notes", "--json"]);
    let shown: Vec<(String, String, String)> = notes
        .iter()
        .map(|note| {
            let field = |name: &str| note[name].as_str().unwrap_or("-").to_owned();
            (field("address"), field("status"), field("kind"))
        })
        .collect();
    let expected = [
        ("2:1", "note"),
        ("5:1", "note"),
        ("5:2", "note"),
        ("8:1", "highlight"),
        ("8:1", "note"),
        ("8:1", "bookmark"),
        ("9:1", "note"),
        ("11:1", "note"),
        ("12:2", "note"),
    ];
    let mut shown: Vec<(&str, &str)> = shown
        .iter()
        .map(|(address, status, kind)| {
            assert_eq!(status, "exact", "{shown:?}");
            (address.as_str(), kind.as_str())
        })
        .collect();
    let mut expected = expected.to_vec();
    shown.sort_unstable();
    expected.sort_unstable();
    assert_eq!(shown, expected);
    let bundled = json(home.path(), &["notes", "--json"]);
    assert!(bundled.len() == 2 && bundled.iter().all(|note| note["status"] == "exact"));
    let toc = ferry_json(home.path(), &["toc", "--json"]);
    assert_eq!(toc[7]["id"], "harbours/birch/rescue");
    let after = fs::read(home.path().join("reports/ferry.ron")).expect("a report");
    assert_eq!(before, after, "read where it is, not written");
    // The text of a new import is the same: its notes stand where they stood.
    let output = run(home.path(), &["import", FERRY, "--id", "ferry"]);
    assert!(output.status.success(), "{output:?}");
    let notes = ferry_json(home.path(), &["notes", "--json"]);
    assert!(
        notes.iter().all(|note| note["status"] == "exact"),
        "{notes:#?}"
    );
}
