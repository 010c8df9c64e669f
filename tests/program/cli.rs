//! The verbs that need no screen: output, errors in one line, exit status.

use std::{
    fs,
    io::Write,
    path::Path,
    process::{Command, Stdio},
};

use serde_json::Value;

use crate::shell::{bad, good, home, json, run, text};

#[test]
fn toc_as_json_has_its_promised_fields() {
    let home = home();
    let sections = json(home.path(), &["toc", "--json"]);
    assert_eq!(sections.len(), 3);
    assert_eq!(sections[1]["number"], 2);
    assert_eq!(sections[1]["id"], "message-from-the-secretary-of-state");
    assert_eq!(sections[1]["level"], 1);
    assert_eq!(sections[1]["blocks"], 8);
    assert!(
        sections[1]["words"].as_u64().expect("a number") > 400 && sections[1]["title"].is_string()
    );
}

#[test]
fn print_writes_what_addresses_name_in_every_format() {
    let home = home();
    assert_eq!(good(home.path(), &["print", "2:1"]), "Dear Reader:\n");
    assert_eq!(
        good(
            home.path(),
            &["print", "message-from-the-secretary-of-state:2"]
        ),
        "Antony J. Blinken\n"
    );
    let whole = good(home.path(), &["print", "--width", "0"]);
    assert!(
        whole.contains(
            "We must break this inhumane cycle of discrimination and injustices if we hope to one day eliminate human trafficking."
        )
    );
    assert!(
        good(home.path(), &["print", "--width", "40"])
            .lines()
            .all(|line| line.chars().count() <= 40)
    );
    assert!(good(home.path(), &["print", "2", "--format", "markdown"]).starts_with(
        "# Message From the Secretary of State\n\n<!-- salutation -->\nDear Reader:\n\n<!-- caption -->\n*Antony J. Blinken*\n"
    ));
    let html = good(home.path(), &["print", "--format", "html"]);
    assert!(
        html.starts_with("<!DOCTYPE html>")
            && html.contains("<p id=\"p2-4\">The U.S. Department of State")
    );
    let blocks = json(home.path(), &["print", "--format", "json", "2:5"]);
    assert_eq!(
        (blocks.len(), blocks[0]["address"].as_str()),
        (1, Some("2:5"))
    );
    assert!(bad(home.path(), &["print", "2:99"]).contains("section 2 has 8 paragraphs, not `99`"));
    assert!(bad(home.path(), &["print", "nowhere"]).contains("no section `nowhere`"));
}

#[test]
fn a_note_is_added_listed_found_deleted_and_brought_back() {
    let home = home();
    let id = good(home.path(), &["notes", "add", "2:5", "on bias #equity"]);
    let notes = json(home.path(), &["notes", "--json"]);
    assert_eq!(notes[0]["id"], id.trim());
    assert_eq!(
        (
            notes[0]["kind"].as_str(),
            notes[0]["address"].as_str(),
            notes[0]["status"].as_str()
        ),
        (Some("note"), Some("2:5"), Some("exact"))
    );
    assert_eq!(notes[0]["tags"], serde_json::json!(["equity"]));
    for field in ["section", "quote", "text", "color", "created", "modified"] {
        assert!(notes[0].get(field).is_some(), "{field}");
    }
    for filter in [
        &["--tag", "equity"][..],
        &["--kind", "note"],
        &["--section", "2"],
        &["BIAS"],
    ] {
        let all = [&["notes", "list"][..], filter].concat();
        assert!(good(home.path(), &all).contains("on bias"), "{filter:?}");
    }
    for filter in [
        &["--tag", "other"][..],
        &["--kind", "bookmark"],
        &["--section", "3"],
        &["nowhere"],
    ] {
        let output = run(home.path(), &[&["notes", "list"][..], filter].concat());
        assert_eq!(output.status.code(), Some(1), "{filter:?}");
    }
    good(home.path(), &["notes", "rm", &id[..6]]);
    assert!(json(home.path(), &["notes", "--json"]).is_empty());
    good(home.path(), &["notes", "undo"]);
    assert_eq!(json(home.path(), &["notes", "--json"]), notes);
    assert!(
        good(home.path(), &["notes", "undo"]).contains("note 2:5 “"),
        "the addition"
    );
    assert!(json(home.path(), &["notes", "--json"]).is_empty());
    assert!(bad(home.path(), &["notes", "undo"]).contains("nothing to undo"));
    assert!(bad(home.path(), &["notes", "rm", "zz"]).contains("no annotation"));
    assert!(bad(home.path(), &["notes", "add", "2:5", "  "]).contains("the note has no text"));
}

#[test]
fn check_names_each_broken_file_and_changes_none() {
    let home = home();
    let id = good(home.path(), &["notes", "add", "2:5", "good"]);
    assert_eq!(good(home.path(), &["notes", "check"]), "");
    let notes = home.path().join("notes");
    fs::write(notes.join("broken.ron"), "(\n  format: 1,\n  id: ]").expect("a file");
    fs::write(notes.join("zeros.ron"), [0; 64]).expect("a file");
    fs::write(notes.join("x.ron~"), "an editor's copy").expect("a file");
    fs::create_dir(notes.join("folder.ron")).expect("a folder");
    let output = run(home.path(), &["notes", "check"]);
    assert_eq!(output.status.code(), Some(1));
    let told = text(&output.stdout);
    assert!(
        told.contains("broken.ron: line 3, column")
            && told.contains("zeros.ron: line 1")
            && told.contains("folder.ron: not a regular file"),
        "{told}"
    );
    assert!(!told.contains("x.ron~"));
    let listed = run(home.path(), &["notes", "--json"]);
    assert!(
        text(&listed.stdout).contains(id.trim()) && text(&listed.stderr).contains("broken.ron")
    );
    assert_eq!(
        fs::read(notes.join("zeros.ron")).expect("still there"),
        [0; 64]
    );
}

#[test]
fn import_makes_a_report_that_opens_and_replaces_none() {
    let home = home();
    let file = home.path().join("my report.txt");
    fs::write(
        &file,
        "A Small Report\n\nFirst paragraph.\n\nPart Two\n\nMore text \u{1b}[2Jhere.\n",
    )
    .expect("a file");
    let path = file.to_string_lossy().into_owned();
    good(home.path(), &["import", &path]);
    assert!(
        good(home.path(), &["reports"]).contains("a-small-report  A Small Report  1  2 sections")
    );
    let shown = good(home.path(), &["-r", "a-small-report", "print"]);
    assert!(shown.contains("More text [2Jhere.") && !shown.contains('\u{1b}'));
    good(home.path(), &["import", &path]);
    fs::write(&file, "A Small Report\n\nOther text.\n").expect("a file");
    // Two documents that merely share a title are not one report.
    good(home.path(), &["import", &path]);
    assert!(good(home.path(), &["print", "-r", "a-small-report-2"]).contains("Other text."));
    assert!(good(home.path(), &["print", "-r", "a-small-report"]).contains("First paragraph."));
    let output = home.path().join("new.ron");
    good(
        home.path(),
        &["import", &path, "-o", &output.to_string_lossy()],
    );
    assert!(good(home.path(), &["print", "-r", &output.to_string_lossy()]).contains("Other text."));
}

#[test]
fn import_of_the_captured_page_gives_the_bundled_snapshot_and_reports_what_it_left_out() {
    let home = home();
    let page = concat!(env!("CARGO_MANIFEST_DIR"), "/assets/report.txt");
    let output = run(home.path(), &["import", page, "-o", "-"]);
    assert!(
        text(&output.stdout)
            == fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/assets/report.ron"))
                .expect("the snapshot")
    );
    let told = text(&output.stderr);
    assert_eq!(told.matches("left out line").count(), 7);
    assert!(
        told.contains("left out line 56 (comment form of the web page): Connecting to %s"),
        "{told}"
    );
}

#[test]
fn what_cannot_be_imported_is_said_in_one_line() {
    let home = home();
    let file = home.path().join("file");
    let path = file.to_string_lossy().into_owned();
    for (bytes, why) in [
        (&b"%PDF-1.7"[..], "damaged or truncated PDF"),
        (b"<!DOCTYPE html><nav>x</nav>", "no text found"),
        (b"PK\x03\x04xxxx", "truncated ZIP archive"),
        (b"\x1f\x8b\x08", "unsupported format: compressed"),
        (b" \n\n ", "no text found"),
        (b"a\0b", "unsupported format: not text"),
    ] {
        fs::write(&file, bytes).expect("a file");
        let line = bad(home.path(), &["import", &path]);
        assert!(line.contains(why), "{line}");
    }
    assert!(bad(home.path(), &["import", "/no/such/file"]).contains("No such file"));
    assert!(!home.path().join("reports").exists());
}

#[test]
fn misuse_and_missing_things_are_one_line() {
    let home = home();
    for (arguments, why) in [
        (&["--nonsense"][..], "--nonsense"),
        (&["toc", "extra"], "extra"),
        (
            &["-r", "no-such-report", "toc"],
            "no report `no-such-report`",
        ),
        (&["no-such-report"], "no report `no-such-report`"),
        (&["completions", "klingon"], "klingon"),
        (&["title", "toc"], "no report `title`"),
        (
            &["--at", "2", "print"],
            "`--at` is an argument of the reader",
        ),
        (&["notes", "add", "9:9", "x"], "no section `9`"),
    ] {
        let line = bad(home.path(), arguments);
        assert!(line.contains(why), "{line}");
    }
}

#[test]
fn what_the_parser_refuses_is_one_clean_line() {
    let home = home();
    for (arguments, told) in [
        (
            &["notes", "add"][..],
            "the following required arguments were not provided: <ADDRESS>; `tip-reader notes add --help` lists the options",
        ),
        (
            &["search"],
            "the following required arguments were not provided: <PATTERN>; `tip-reader search --help` lists the options",
        ),
        (
            &["notes", "list", "--kind", "poem"],
            "invalid value `poem` for `--kind <KIND>`; possible values: note, highlight, bookmark; `tip-reader --help` lists the options",
        ),
        (
            &["notes", "--tag"],
            "a value is required for `--tag <TAG>` but none was supplied; `tip-reader --help` lists the options",
        ),
        (
            &["--width", "it's"],
            "invalid value `it's` for `--width <COLUMNS>`: invalid digit found in string; `tip-reader --help` lists the options",
        ),
        (
            &["toc", "extra"],
            "unexpected argument `extra` found; `tip-reader toc --help` lists the options",
        ),
        (
            &["toc", "--jsn"],
            "unexpected argument `--jsn` found; a similar argument exists: `--json`; `tip-reader toc --help` lists the options",
        ),
        (
            &["--nonsense"],
            "unexpected argument `--nonsense` found; to pass `--nonsense` as a value, use `-- --nonsense`; `tip-reader --help` lists the options",
        ),
        (
            &["-r", "a", "-r", "b"],
            "the argument `--report <REPORT>` cannot be used multiple times; `tip-reader --help` lists the options",
        ),
    ] {
        assert_eq!(bad(home.path(), arguments), format!("tip-reader: {told}\n"));
    }
}

/// Runs a command that must work with a text on its standard input.
fn piped(home: &Path, arguments: &[&str], input: &[u8]) -> String {
    let mut command = Command::new(env!("CARGO_BIN_EXE_tip-reader"));
    let command = command
        .args(arguments)
        .env("TIP_READER_HOME", home)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped());
    let mut child = command.spawn().expect("run");
    child
        .stdin
        .take()
        .expect("its input")
        .write_all(input)
        .expect("taken");
    let output = child.wait_with_output().expect("an end");
    assert!(output.status.success(), "{arguments:?}");
    text(&output.stdout)
}

#[test]
fn a_note_may_begin_with_a_hyphen_and_come_from_another_system() {
    let home = home();
    let id = good(home.path(), &["notes", "add", "2:5", "- item"]);
    piped(
        home.path(),
        &["notes", "add", "2:5", "-"],
        "\u{feff}one\r\ntwo\r\n".as_bytes(),
    );
    let texts = |home: &Path| {
        json(home, &["notes", "--json"])
            .iter()
            .map(|note| note["text"].clone())
            .collect::<Vec<_>>()
    };
    let mut all = texts(home.path());
    all.sort_by_key(ToString::to_string);
    assert_eq!(all, ["- item", "one\ntwo"]);
    good(home.path(), &["notes", "edit", id.trim(), "--- more"]);
    assert!(texts(home.path()).contains(&"--- more".into()));
    assert!(good(home.path(), &["notes", "add", "--help"]).contains("Usage"));
}

#[test]
fn a_broken_snapshot_is_named_with_line_and_column() {
    let home = home();
    let file = home.path().join("broken.ron");
    fs::write(&file, "(\n  format: 1,\n  mood: 2,\n)").expect("a file");
    let line = bad(home.path(), &["-r", &file.to_string_lossy(), "toc"]);
    assert!(
        line.contains("broken.ron") && line.contains("line 3, column"),
        "{line}"
    );
    fs::write(&file, "(format: 7, anything: [])").expect("a file");
    assert!(
        bad(home.path(), &["-r", &file.to_string_lossy(), "toc"]).contains("format 7 is too new")
    );
}

#[test]
fn without_a_home_notes_say_so_and_the_report_is_read() {
    let mut command = Command::new(env!("CARGO_BIN_EXE_tip-reader"));
    let output = command.args(["toc"]).env_clear().output().expect("run");
    assert!(output.status.success());
    let folder = home();
    fs::write(folder.path().join("file"), "").expect("a file");
    let line = bad(&folder.path().join("file"), &["notes", "add", "2:5", "x"]);
    assert!(
        line.contains("could not add the note: cannot make the folder"),
        "{line}"
    );
}

#[test]
fn help_and_version_are_no_errors() {
    let home = home();
    assert!(good(home.path(), &["--help"]).contains("Usage: tip-reader"));
    assert!(good(home.path(), &["--version"]).starts_with("tip-reader "));
    assert!(good(home.path(), &["notes", "--help"]).contains("add"));
}

#[test]
fn search_finds_every_match_with_its_address_and_words_around_it() {
    let home = home();
    let matches = json(
        home.path(),
        &["search", "year's trafficking in persons report", "--json"],
    );
    assert_eq!(matches.len(), 1);
    let (start, end) = (
        matches[0]["start"].as_u64().expect("bytes") as usize,
        matches[0]["end"].as_u64().expect("bytes") as usize,
    );
    let whole = matches[0]["text"].as_str().expect("text");
    assert_eq!(&whole[start..end], "year’s Trafficking in Persons Report");
    assert_eq!(
        (matches[0]["match"].as_str(), matches[0]["address"].as_str()),
        (Some(&whole[start..end]), Some("2:3"))
    );
    assert_eq!(matches[0]["section"], "message-from-the-secretary-of-state");
    let rows = good(home.path(), &["search", "EQUITY".to_lowercase().as_str()]);
    let counted = json(home.path(), &["search", "equity", "--json"]).len();
    assert!(counted > 1 && rows.lines().count() == counted, "{rows}");
    assert!(
        rows.lines()
            .all(|row| row.to_lowercase().contains("equity") && row.chars().count() <= 132),
        "{rows}"
    );
    let greeting = good(home.path(), &["search", "dear"]);
    assert_eq!(
        greeting,
        "2:1      Message From the Secretary of State  Dear Reader:\n3:1      Message From the Acting Director  Dear Reader:\n"
    );
    let near = good(home.path(), &["search", "year's trafficking in"]);
    assert!(
        near.starts_with("2:3      Message From the Secretary of State  This year’s Trafficking in Persons Report")
            && near.trim_end().chars().count() == 126,
        "{near}"
    );
    let both = bad(home.path(), &["search", "equity", "--json", "-C", "1"]);
    assert!(
        both.contains("`--json` cannot be used with `--context <N>`"),
        "{both}"
    );
    let lines = good(home.path(), &["search", "secretary of state", "-C", "1"]);
    assert!(
        lines.lines().any(|line| line.starts_with("2  ")),
        "the title is found, at the section's address: {lines}"
    );
    let around = good(home.path(), &["search", "global", "-C", "1"]);
    assert!(around.lines().count() >= 3, "{around}");
}

#[test]
fn search_finds_your_notes_and_marks_them() {
    let home = home();
    good(
        home.path(),
        &[
            "notes",
            "add",
            "2:4",
            "equity and a xylophone\nin two lines",
        ],
    );
    let id = json(home.path(), &["notes", "--json"])[0]["id"].clone();
    let matches = json(home.path(), &["search", "equity", "--json"]);
    let notes: Vec<usize> = (0..matches.len())
        .filter(|&at| !matches[at]["note"].is_null())
        .collect();
    let last_of_paragraph = matches
        .iter()
        .rposition(|hit| hit["address"] == "2:4")
        .expect("in the paragraph");
    assert_eq!(
        notes,
        [last_of_paragraph],
        "after those of its paragraph: {matches:?}"
    );
    let hit = &matches[notes[0]];
    assert_eq!(
        (&hit["note"], &hit["match"], &hit["start"]),
        (&id, &"equity".into(), &0.into())
    );
    assert!(
        hit["text"]
            .as_str()
            .is_some_and(|text| text.contains("xylophone"))
            && hit["is_title"] == false,
        "{hit:?}"
    );
    let rows = good(home.path(), &["search", "xylophone"]);
    assert!(
        rows.starts_with("2:4●") && rows.lines().count() == 1,
        "{rows}"
    );
    let lines = good(home.path(), &["search", "xylophone", "-C", "1"]);
    assert_eq!(
        lines.lines().collect::<Vec<_>>(),
        [
            "Message From the Secretary of State",
            "2:4●     equity and a xylophone",
            "         in two lines"
        ]
    );
    assert_eq!(
        run(home.path(), &["search", "zyzzyva"]).status.code(),
        Some(1)
    );
    fs::write(home.path().join("notes/broken.ron"), "(").expect("a file");
    let output = run(home.path(), &["search", "xylophone"]);
    assert!(
        output.stdout.starts_with(b"2:4"),
        "what can be read is searched"
    );
    assert_eq!(
        output.status.code(),
        Some(2),
        "as grep where a file cannot be read"
    );
    assert!(
        String::from_utf8_lossy(&output.stderr).contains("broken.ron"),
        "{output:?}"
    );
}

#[test]
fn the_status_of_a_search_is_that_of_grep() {
    let home = home();
    let status = |arguments: &[&str]| {
        run(home.path(), &[&["search"], arguments].concat())
            .status
            .code()
    };
    assert_eq!(status(&["trafficking"]), Some(0));
    assert_eq!(status(&["zyzzyva"]), Some(1));
    assert_eq!(status(&["Zyzzyva", "--json"]), Some(1));
    assert_eq!(status(&["TRAFFICKING"]), Some(1));
    assert_eq!(status(&["traffic", "--word"]), Some(1));
    assert_eq!(status(&["dear", "--case"]), Some(1));
    assert_eq!(status(&["-x-"]), Some(1));
    assert_eq!(status(&["^dear reader:$", "--regex"]), Some(0));
    assert!(
        bad(home.path(), &["search", "a(b", "--regex"])
            .contains("could not search for `a(b`: unclosed group at 2")
    );
    assert!(bad(home.path(), &["search", ""]).contains("the pattern is empty"));
}

#[test]
fn a_note_is_reviewed_from_a_shell_and_every_listing_and_export_says_so() {
    let home = home();
    let at = |name: &str| home.path().join(name).to_string_lossy().into_owned();
    let (old, new) = (at("old.ron"), at("new.ron"));
    let bundled = fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/assets/report.ron"))
        .expect("the bundled report");
    fs::write(&old, &bundled).expect("the old edition");
    fs::write(
        &new,
        bundled.replace(
            "Systemic discrimination creates inequities",
            "Systemic bias makes inequities",
        ),
    )
    .expect("the new one");
    let changed = good(home.path(), &["-r", &old, "notes", "add", "2:5", "changed"])
        .trim()
        .to_owned();
    let still = good(home.path(), &["-r", &old, "notes", "add", "2:3", "still"])
        .trim()
        .to_owned();
    let note = fs::read(at(&format!("notes/{changed}.ron"))).expect("the note");
    let listed = |report: &str| {
        let listed = json(home.path(), &["-r", report, "notes", "--json"])
            .into_iter()
            .find(|note| note["id"] == changed.as_str());
        let listed = listed.expect("it is listed");
        (
            listed["status"].as_str().expect("a word").to_owned(),
            listed["reviewed"].as_bool().expect("a bool"),
            listed["address"].clone(),
        )
    };
    let review = |more: &[&str]| {
        good(
            home.path(),
            &[
                &["-r", new.as_str(), "notes", "review", &changed[..8]],
                more,
            ]
            .concat(),
        )
    };
    assert_eq!(listed(&new), ("changed".into(), false, "2:5".into()));
    assert_eq!(review(&[]), "reviewed in this edition: changed on 2:5\n");
    assert_eq!(listed(&new), ("changed".into(), true, "2:5".into()));
    assert_eq!(
        listed(&old),
        ("exact".into(), false, "2:5".into()),
        "the old edition is as it was"
    );
    for format in ["markdown", "html"] {
        assert!(
            good(
                home.path(),
                &["-r", &new, "notes", "export", "--format", format]
            )
            .contains("changed, reviewed"),
            "{format}"
        );
    }
    let csv = |report: &str| {
        good(
            home.path(),
            &["-r", report, "notes", "export", "--format", "csv"],
        )
    };
    assert!(
        csv(&new)
            .lines()
            .any(|row| row.starts_with("2:5,") && row.ends_with(",true")),
        "{}",
        csv(&new)
    );
    assert!(
        csv(&old).lines().skip(1).all(|row| row.ends_with(",false")),
        "{}",
        csv(&old)
    );
    assert_eq!(
        review(&["2:4"]),
        "reviewed in this edition: changed on 2:4\n"
    );
    assert_eq!(listed(&new), ("changed".into(), true, "2:4".into()));
    assert!(
        good(home.path(), &["compare", &old, &new]).contains("2:5 → 2:4"),
        "changes are shown at the new position"
    );
    assert_eq!(
        review(&["--orphan"]),
        "reviewed in this edition: orphaned\n"
    );
    assert_eq!(listed(&new), ("orphaned".into(), true, Value::Null));
    assert!(
        good(home.path(), &["-r", &new, "notes", "is:reviewed"]).contains("orphaned, reviewed")
    );
    assert!(review(&["--clear"]).contains("review cleared"));
    assert_eq!(listed(&new), ("changed".into(), false, "2:5".into()));
    assert!(
        bad(
            home.path(),
            &["-r", &new, "notes", "review", &changed, "--clear"]
        )
        .contains("it has no review in this edition")
    );
    assert!(good(home.path(), &["-r", &new, "notes", "is:review"]).contains("changed"));
    assert!(
        bad(home.path(), &["-r", &new, "notes", "review", &still]).contains("nothing to review")
    );
    assert!(
        bad(
            home.path(),
            &["-r", &new, "notes", "review", &changed, "9:9"]
        )
        .contains("could not review")
    );
    assert!(
        fs::read(at(&format!("notes/{changed}.ron"))).expect("the note") == note,
        "no note is written for it"
    );
    let undo = || good(home.path(), &["-r", &new, "notes", "undo"]);
    assert!(undo().contains("earlier review restored"));
    assert_eq!(listed(&new), ("orphaned".into(), true, Value::Null));
    undo();
    assert_eq!(listed(&new), ("changed".into(), true, "2:4".into()));
    review(&["--orphan"]);
    undo();
    undo();
    assert_eq!(
        listed(&new),
        ("changed".into(), true, "2:5".into()),
        "what was done and undone in between does not come again"
    );
    assert!(undo().contains("review undone"));
    assert_eq!(listed(&new), ("changed".into(), false, "2:5".into()));
    assert!(
        undo().contains("addition undone"),
        "then the change before it"
    );
}
