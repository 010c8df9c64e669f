//! One report over the years, in one library.

use std::fs;

use crate::{
    pty::{Start, Terminal},
    shell::{bad, good, home, json, run},
};

const FERRY: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/ferry.md");

/// A home with two editions of the report of harbours, and a note that was made in the first.
fn two_years() -> tempfile::TempDir {
    let home = home();
    good(
        home.path(),
        &["import", FERRY, "--id", "ferry", "--published", "2019-05"],
    );
    for (address, text) in [
        ("birch/crews:1", "on the hours of Birch"),
        ("cedar/rescue:1", "on the fishers"),
        ("alder/rescue:2", "a formula of Alder"),
    ] {
        good(home.path(), &["notes", "add", address, text, "-r", "ferry"]);
    }
    let next = fs::read_to_string(FERRY)
        .expect("a report")
        .replace("Ferry Review 2019", "Ferry Review 2020")
        .replace("Birch (Class 1)", "Birch (Class 2)")
        .replace("after eight hours.", "after seven hours.");
    // Alder is dropped.
    let (before, rest) = next.split_once("### Alder").expect("Alder");
    let (_, after) = rest.split_once("### Birch").expect("Birch");
    let file = home.path().join("next.md");
    fs::write(&file, format!("{before}### Birch{after}")).expect("written");
    let path = file.to_string_lossy().into_owned();
    let output = run(
        home.path(),
        &[
            "import",
            &path,
            "--edition-of",
            "ferry",
            "--published",
            "2020-05",
        ],
    );
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "{said}");
    assert!(
        said.contains("edition 2020-05 of ferry, beside 2019-05"),
        "{said}"
    );
    assert!(said.contains("3 notes: "), "{said}");
    home
}

#[test]
fn an_edition_is_taken_in_beside_the_old_one_and_notes_follow() {
    let home = two_years();
    let statuses = |report: &str| -> Vec<(String, String)> {
        let notes = json(home.path(), &["notes", "--json", "-r", report]);
        let field =
            |note: &serde_json::Value, name: &str| note[name].as_str().unwrap_or("-").to_owned();
        notes
            .iter()
            .map(|note| (field(note, "text"), field(note, "status")))
            .collect()
    };
    let old = statuses("ferry@2019-05");
    assert!(
        old.len() == 3 && old.iter().all(|(_, status)| status == "exact"),
        "{old:?}"
    );
    let new = statuses("ferry");
    let of = |text: &str| {
        let found = new.iter().find(|(of, _)| of == text);
        found.map(|(_, status)| status.as_str())
    };
    assert_eq!(of("on the fishers"), Some("exact"), "{new:?}");
    assert_eq!(of("on the hours of Birch"), Some("changed"), "{new:?}");
    let formula = of("a formula of Alder");
    assert!(
        matches!(formula, Some("unsure" | "orphaned")),
        "never on another harbour: {new:?}"
    );
    assert!(good(home.path(), &["print", "-r", "ferry"]).contains("seven hours"));
    assert!(good(home.path(), &["print", "-r", "ferry@2019-05"]).contains("eight hours"));
    let error = bad(home.path(), &["print", "-r", "ferry@2018"]);
    assert!(
        error.contains("no edition `2018` of `ferry`; there are 2019-05, 2020-05"),
        "{error}"
    );
    // The same text again changes nothing; an older one does not become the newest.
    let again = run(
        home.path(),
        &["import", FERRY, "--id", "ferry", "--published", "2019-05"],
    );
    assert!(String::from_utf8_lossy(&again.stderr).contains("nothing new"));
    let old = fs::read_to_string(FERRY)
        .expect("a report")
        .replace("nine ferries", "ten ferries");
    let file = home.path().join("old.md");
    fs::write(&file, old).expect("written");
    let path = file.to_string_lossy().into_owned();
    good(
        home.path(),
        &["import", &path, "--id", "ferry", "--published", "2018"],
    );
    assert!(good(home.path(), &["print", "-r", "ferry"]).contains("seven hours"));
    let reports = json(home.path(), &["reports", "--json"]);
    let ferry = reports
        .iter()
        .find(|row| row["id"] == "ferry")
        .expect("listed");
    assert_eq!(
        ferry["editions"],
        serde_json::json!(["2018", "2019-05", "2020-05"])
    );
    assert_eq!(
        (&ferry["notes"], &ferry["title"]),
        (&3.into(), &"Ferry Review 2020".into())
    );
}

#[test]
fn editions_are_compared_summed_up_and_a_passage_is_followed_through_them() {
    let home = two_years();
    let compared = json(home.path(), &["compare", "ferry", "--json"]);
    let status = |id: &str| {
        let row = compared.iter().find(|row| row["section"] == id);
        row.map(|row| row["status"].as_str().unwrap_or("-").to_owned())
    };
    assert_eq!(status("harbours/birch/crews").as_deref(), Some("changed"));
    assert_eq!(status("harbours/alder/crews").as_deref(), Some("removed"));
    assert_eq!(status("harbours/cedar/crews").as_deref(), Some("same"));
    let summary = json(home.path(), &["compare", "ferry", "--summary", "--json"]);
    let birch = summary
        .iter()
        .find(|row| row["path"][1] == "Birch (Class 2)")
        .expect("a row");
    assert_eq!(
        (&birch["old_facet"], &birch["facet"], &birch["notes"]),
        (&"Class 1".into(), &"Class 2".into(), &1.into())
    );
    let history = json(
        home.path(),
        &["history", "birch/crews:1", "-r", "ferry", "--json"],
    );
    let stages: Vec<(&str, &str)> = history
        .iter()
        .filter_map(|stage| Some((stage["edition"].as_str()?, stage["status"].as_str()?)))
        .collect();
    assert_eq!(stages, [("2019-05", "changed"), ("2020-05", "here")]);
    assert!(history[1]["changes"].to_string().contains("seven"));
    let items = json(
        home.path(),
        &[
            "collect",
            "rescue",
            "-r",
            "ferry",
            "--all-editions",
            "--format",
            "json",
        ],
    );
    assert_eq!(
        items[0]["editions"],
        serde_json::json!(["2019-05", "2020-05"])
    );
}

#[test]
fn everything_is_looked_through_and_what_is_removed_leaves_its_notes() {
    let home = two_years();
    let found = json(
        home.path(),
        &["search", "--all", "rafts of birch", "--json"],
    );
    let editions: Vec<&str> = found
        .iter()
        .filter_map(|of| of["edition"].as_str())
        .collect();
    assert_eq!(editions, ["2019-05", "2020-05"]);
    good(
        home.path(),
        &["notes", "add", "2:3", "on the bundled report"],
    );
    assert_eq!(json(home.path(), &["notes", "--all", "--json"]).len(), 4);
    good(home.path(), &["reports", "rename", "ferry", "harbours"]);
    assert!(good(home.path(), &["print", "-r", "harbours"]).contains("seven hours"));
    assert!(good(home.path(), &["print", "-r", "ferry"]).contains("seven hours"));
    assert_eq!(
        json(home.path(), &["notes", "-r", "harbours", "--json"]).len(),
        3
    );
    assert!(
        bad(home.path(), &["reports", "rename", "harbours", "tip-2021"])
            .contains("there is a report")
    );
    let said = good(home.path(), &["reports", "rm", "harbours@2020-05"]);
    assert!(
        said.contains("1 edition moved") && said.contains("its 3 notes stay"),
        "{said}"
    );
    assert!(good(home.path(), &["print", "-r", "harbours"]).contains("eight hours"));
    good(home.path(), &["reports", "rm", "harbours"]);
    let reports = json(home.path(), &["reports", "--json"]);
    let ferry = reports
        .iter()
        .find(|row| row["id"] == "ferry")
        .expect("its notes are listed");
    assert_eq!(
        (&ferry["notes"], &ferry["editions"]),
        (&3.into(), &serde_json::json!([]))
    );
    let notes = json(home.path(), &["notes", "-r", "ferry", "--json"]);
    assert!(notes.len() == 3 && notes.iter().all(|note| note["status"] == "orphaned"));
    assert!(bad(home.path(), &["reports", "rm", "tip-2021"]).contains("bundled with the program"));
}

#[test]
fn a_removed_report_comes_back_in_the_order_of_what_was_done() {
    let home = home();
    std::fs::write(home.path().join("book.md"), "# Harbor Book\n\nWords.\n").expect("a file");
    let good = |arguments: &[&str]| {
        let output = run(home.path(), arguments);
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(output.status.success(), "{arguments:?}: {said}");
        String::from_utf8_lossy(&output.stdout).into_owned()
    };
    let book = home.path().join("book.md").to_string_lossy().into_owned();
    good(&["import", &book]);
    good(&["notes", "add", "-r", "harbor-book", "1:1", "before"]);
    assert!(
        good(&["reports", "rm", "harbor-book"]).contains("`tip-reader notes undo` brings it back")
    );
    assert!(
        !run(home.path(), &["toc", "-r", "harbor-book"])
            .status
            .success()
    );
    good(&["notes", "add", "2:5", "after"]);
    assert!(good(&["notes", "undo"]).contains("addition undone"));
    assert_eq!(
        good(&["notes", "undo"]),
        "harbor-book: 1 edition restored\n"
    );
    assert!(good(&["harbor-book", "toc"]).contains("Harbor Book"));
    assert!(
        good(&["notes", "undo"]).contains("addition undone"),
        "the one before it"
    );
    good(&["reports", "rm", "harbor-book"]);
    good(&["import", &book]);
    let output = run(home.path(), &["notes", "undo"]);
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(said.contains("is there already"), "{said}");
}

#[test]
fn what_is_neither_a_report_nor_a_command_names_the_nearest_one() {
    let home = home();
    for (typed, meant) in [("tocc", "toc"), ("export", "notes export")] {
        let output = run(home.path(), &[typed]);
        assert_eq!(output.status.code(), Some(2));
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(
            said.contains(&format!("did you mean `tip-reader {meant}`?")),
            "{said}"
        );
    }
    let help = run(home.path(), &["notes", "help"]);
    assert!(String::from_utf8_lossy(&help.stdout).contains("Usage: tip-reader notes"));
    let wrong = run(home.path(), &["--theme", "nope"]);
    assert!(String::from_utf8_lossy(&wrong.stderr).contains("`theme` cannot be `nope`"));
    run(home.path(), &["notes", "add", "2:5", "x"]);
    let csv = run(
        home.path(),
        &["notes", "export", "--format", "csv", "--bom"],
    );
    assert!(csv.stdout.starts_with("\u{feff}".as_bytes()));
}

#[test]
fn notes_and_matches_of_all_reports_are_listed_and_gone_to_and_back_from() {
    let home = home();
    let good = |arguments: &[&str]| {
        let output = run(home.path(), arguments);
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(output.status.success(), "{arguments:?}: {said}");
    };
    for (name, words) in [("one", "The ferry left."), ("two", "A ferry sank.")] {
        let file = home.path().join(format!("{name}.md"));
        std::fs::write(&file, format!("# Book {name}\n\n{words}\n")).expect("a file");
        good(&["import", &file.to_string_lossy()]);
        good(&[
            "notes",
            "add",
            "-r",
            &format!("book-{name}"),
            "1:1",
            &format!("mine on {name}"),
        ]);
    }
    let mut reader = Terminal::open(home.path());
    reader.press("2G");
    reader.settle();
    let before = reader.body();
    reader.press("gA");
    reader.wait_for("2 passages in all reports");
    for part in [
        "book-one@1 › Book one",
        "note: mine on one",
        "note: mine on two",
    ] {
        assert!(
            reader.screen().contains(part),
            "{part}\n{}",
            reader.screen()
        );
    }
    reader.press("\x1b");
    reader.wait_until("the text again", |reader| reader.body() == before);
    reader.press(":all-matches ferry\r");
    reader.wait_for("A ferry sank.");
    reader.press("G\r");
    reader.wait_for("Book two");
    reader.wait_for("goes back to");
    reader.press("\x0f");
    reader.wait_until("the very same screen", |reader| reader.body() == before);
    reader.press(":all-matches zeppelin\r");
    reader.wait_for("Nothing was found in any report.");
}

#[test]
fn a_passage_is_shown_in_every_edition_and_gone_to() {
    let home = home();
    for (year, words) in [
        (
            "2020",
            "Inspectors said that the ferry to the outer islands left late in all of the spring.",
        ),
        (
            "2021",
            "Inspectors said that the ferry to the outer islands left early in all of the spring.",
        ),
    ] {
        let file = home.path().join(format!("{year}.md"));
        let text = format!(
            "# Book\n\nOther words that stay as they are.\n\n{words}\n\nAnd an end to it all.\n"
        );
        std::fs::write(&file, text).expect("a file");
        let file = file.to_string_lossy().into_owned();
        let import = run(
            home.path(),
            &["import", &file, "--id", "book", "--published", year],
        );
        assert!(import.status.success());
    }
    let start = Start {
        arguments: vec!["book".as_ref()],
        ..Start::default()
    };
    let mut reader = Terminal::start(home.path(), start);
    reader.wait_for("Inspectors said");
    reader.press("}gh");
    reader.wait_for("2020: first here");
    reader.wait_for("2021: this edition");
    reader.wait_for("late-]{+");
    reader.press("gg\r");
    reader.wait_for("left late in all");
}
