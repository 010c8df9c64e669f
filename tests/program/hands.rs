//! Hands on the real program: files opened as they are, settings while reading, what is copied and
//! exported, the mouse, and what outlives the program.

use std::{fs, os::unix::fs::PermissionsExt, path::Path};

use crate::pty::{SOON, Start, Terminal, contains, home, run};

fn script(folder: &Path, name: &str, text: &str) {
    fs::create_dir_all(folder).expect("a folder");
    let path = folder.join(name);
    fs::write(&path, format!("#!/bin/sh\n{text}\n")).expect("a script");
    fs::set_permissions(&path, fs::Permissions::from_mode(0o700)).expect("its mode");
}

fn start(home: &Path, arguments: &[&str], environment: &[(&str, &str)]) -> Terminal {
    let start = Start {
        arguments: arguments.iter().map(AsRef::as_ref).collect(),
        environment: environment.to_vec(),
        ..Start::default()
    };
    let terminal = Terminal::start(home, start);
    terminal.wait_for_first_frame();
    terminal
}

const BOOK: &str = "# Harbor Book\n\nFirst words.\n\n## Docks\n\nThe [docks](#cranes) are old.\n\n## Cranes\n\nCranes lift.\n";

#[test]
fn a_file_is_imported_once_and_opened() {
    let home = home();
    fs::write(home.path().join("book.md"), BOOK).expect("a file");
    let mut reader = start(home.path(), &["book.md"], &[]);
    reader.wait_for("Imported as `harbor-book`: 3 sections, nothing left out.");
    reader.press("q");
    assert!(reader.end_within(SOON).success());
    let reports = || {
        fs::read_dir(home.path().join("reports/harbor-book"))
            .expect("it")
            .count()
    };
    assert_eq!(reports(), 1);
    let mut again = start(home.path(), &["book.md"], &[]);
    again.wait_for("First words.");
    assert!(!again.screen().contains("Imported"), "{}", again.screen());
    again.press("q");
    again.end_within(SOON);
    assert_eq!(reports(), 1, "it is the same file");
    fs::write(home.path().join("book.md"), BOOK.replace("old", "new")).expect("changed");
    let changed = start(home.path(), &["book.md"], &[]);
    changed.wait_for("Imported as `harbor-book`");
    assert_eq!(reports(), 2, "its new text is an edition");
    let printed = run(home.path(), &["book.md"]);
    assert!(contains(&printed.stdout, "The docks are new."));
}

#[test]
fn what_cannot_be_imported_is_said_in_one_line_and_opens_nothing() {
    let home = home();
    fs::write(home.path().join("broken.pdf"), "no PDF at all").expect("a file");
    let output = run(home.path(), &["broken.pdf"]);
    assert_eq!(output.status.code(), Some(2));
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(
        said.starts_with("tip-reader: ") && said.lines().count() == 1,
        "{said}"
    );
    assert!(said.contains("broken.pdf"), "{said}");
}

#[test]
fn the_first_start_says_what_this_is_and_later_ones_do_not() {
    let home = home();
    let mut reader = Terminal::open(home.path());
    reader.wait_for("This is the front of the report (3 sections, 994 words)");
    reader.wait_for("? shows the keys.");
    reader.press("j");
    reader.wait_until("it goes with the first key", |reader| {
        !reader.screen().contains("front of the report")
    });
    reader.press("q");
    reader.end_within(SOON);
    let again = Terminal::open(home.path());
    assert!(
        !again.screen().contains("front of the report"),
        "{}",
        again.screen()
    );
}

#[test]
fn the_terminal_is_asked_for_its_ground_once_and_the_theme_fits_the_answer() {
    let home = home();
    let mut reader = Terminal::open(home.path());
    reader.settle();
    let asked = |reader: &Terminal| contains(&reader.raw(), "\x1b]11;?\x1b\\");
    assert!(asked(&reader));
    assert!(
        !contains(&reader.raw(), "48;5;231"),
        "no ground of its own yet"
    );
    reader.press("\x1b]11;rgb:ffff/ffff/ffff\x1b\\");
    reader.wait_until("a light ground", |reader| {
        contains(&reader.raw(), "48;5;231")
    });
    reader.press("q");
    assert!(reader.end_within(SOON).success());
    for (arguments, environment) in [
        (vec!["--theme", "sepia"], vec![]),
        (vec![], vec![("NO_COLOR", "1")]),
        (vec![], vec![("TERM", "linux")]),
        (vec![], vec![("TERM", "screen-256color")]),
        (vec![], vec![("COLORFGBG", "0;15")]),
    ] {
        let reader = start(home.path(), &arguments, &environment);
        reader.settle();
        assert!(!asked(&reader), "{arguments:?} {environment:?}");
        let is_light = contains(&reader.raw(), "48;5;231");
        assert_eq!(is_light, environment.contains(&("COLORFGBG", "0;15")));
    }
}

#[test]
fn colours_of_24_bits_are_used_where_the_terminal_says_that_it_has_them() {
    let home = home();
    let theme = ["--theme", "dark"];
    let reader = start(home.path(), &theme, &[("COLORTERM", "truecolor")]);
    reader.settle();
    assert!(contains(&reader.raw(), "48;2;28;30;36"));
    let reader = start(home.path(), &theme, &[]);
    reader.settle();
    assert!(!contains(&reader.raw(), "48;2;") && contains(&reader.raw(), "48;5;234"));
}

#[test]
fn settings_are_tried_edited_and_read_again_while_reading() {
    let home = home();
    script(
        home.path(),
        "editor",
        "printf '(width: 44, colour: 1)' > \"$1\"",
    );
    let editor = home.path().join("editor").to_string_lossy().into_owned();
    let environment = [("EDITOR", editor.as_str()), ("PATH", "/usr/bin:/bin")];
    let mut reader = start(home.path(), &[], &environment);
    reader.press(":set theme sepia\r");
    reader.wait_for("theme is sepia; to keep it, put `theme: \"sepia\"`");
    reader.press(":set width 500\r");
    reader.wait_for("`width` cannot be `500`; it takes text width in columns, 20 to 200");
    reader.press(":set colour red\r");
    reader.wait_for("There is no field `colour`; there are theme, width");
    reader.press(":config\r");
    reader.wait_for("config.ron: there is no field `colour`");
    let text = fs::read_to_string(home.path().join("config.ron")).expect("written");
    assert_eq!(text, "(width: 44, colour: 1)");
    fs::write(home.path().join("config.ron"), "(theme: \"mono\")").expect("written");
    reader.press(":reload\r");
    reader.wait_for("config.ron is read again");
    fs::write(home.path().join("config.ron"), "(theme: ").expect("written");
    reader.press(":reload\r");
    reader.wait_for("config.ron ignored: line 1, column ");
    reader.press(":wq\r");
    assert!(reader.end_within(SOON).success());
}

#[test]
fn the_settings_file_that_is_offered_holds_every_field_as_a_comment() {
    let home = home();
    let output = run(home.path(), &["keys", "--config"]);
    let text = String::from_utf8(output.stdout).expect("text");
    for part in [
        "// theme: \"terminal\",",
        "// mouse: true,",
        "// \"text.down\": [\"j\", ",
    ] {
        assert!(text.contains(part), "{part}\n{text}");
    }
    fs::write(home.path().join("config.ron"), &text).expect("written");
    let checked = run(home.path(), &["keys"]);
    assert!(checked.stderr.is_empty(), "{:?}", checked.stderr);
}

#[test]
fn notes_are_exported_from_the_command_line_and_no_file_is_replaced() {
    let home = home();
    run(home.path(), &["notes", "add", "2:5", "a thought"]);
    let mut reader = Terminal::open(home.path());
    reader.press(":export csv\r");
    reader.wait_for("1 annotation exported to `tip-2021-notes.csv`.");
    reader.press(":export my notes.html\r");
    reader.wait_for("exported to `my notes.html`");
    reader.press(":export my notes.html\r");
    reader.wait_for("`my notes.html` is there already");
    let csv = fs::read_to_string(home.path().join("tip-2021-notes.csv")).expect("written");
    assert!(csv.contains("a thought"));
    let html = fs::read_to_string(home.path().join("my notes.html")).expect("written");
    assert!(
        html.starts_with("<!DOCTYPE html>") || html.starts_with("<!doctype html>"),
        "{html}"
    );
}

#[test]
fn what_is_copied_goes_to_the_nearest_program_and_the_message_names_it() {
    for (name, variable, text, said) in [
        ("tmux", "TMUX", "cat > got", "copied by `tmux`."),
        (
            "wl-copy",
            "WAYLAND_DISPLAY",
            "cat > got",
            "copied by `wl-copy`.",
        ),
        ("xclip", "DISPLAY", "exit 3", "`xclip` did"),
        ("tmux", "TMUX", "read x < /dev/tty; sleep 9", "`tmux` did"),
        ("none", "NOTHING", "", "sent to the terminal's clipboard."),
    ] {
        let home = home();
        let programs = home.path().join("programs");
        script(&programs, name, text);
        let path = format!("{}:/usr/bin:/bin", programs.display());
        let mut reader = start(home.path(), &[], &[("PATH", &path), (variable, "1")]);
        reader.press("y");
        reader.wait_for(said);
        assert!(contains(&reader.raw(), "\x1b]52;c;"), "{name}");
        if text == "cat > got" {
            let got = fs::read_to_string(home.path().join("got")).expect("it got the text");
            assert!(got.starts_with("To request a hard copy"), "{got}");
        }
        reader.press("j");
        reader.press("q");
        assert!(reader.end_within(SOON).success(), "{name}");
    }
}

#[test]
fn searches_jumps_and_folds_outlive_the_program() {
    let home = home();
    let book = format!("{BOOK}\n### Old cranes\n\nNone.\n");
    fs::write(home.path().join("book.md"), book).expect("a file");
    let mut reader = start(home.path(), &["book.md"], &[]);
    reader.press("/cranes\r");
    reader.wait_for("1 of ");
    reader.press("3G");
    reader.press("\tz\t");
    reader.settle();
    reader.press("q");
    reader.end_within(SOON);
    let mut again = start(home.path(), &[], &[]);
    again.wait_for("Cranes lift.");
    assert!(again.screen().contains('▹'), "{}", again.screen());
    again.press("/\x1b[A");
    again.wait_for("/cranes");
    again.press("\x1b");
    again.settle();
    again.press("gp");
    again.wait_for("Docks");
}

#[test]
fn a_click_follows_a_link_the_bar_is_dragged_and_the_mouse_can_be_left_alone() {
    let home = home();
    fs::write(home.path().join("book.md"), BOOK).expect("a file");
    let mut reader = start(home.path(), &["book.md"], &[]);
    reader.press("j");
    reader.settle();
    let rows = reader.rows();
    let at = |text: &str| {
        let y = rows
            .iter()
            .position(|row| row.contains(text))
            .expect("a row");
        let byte = rows[y].find(text).expect("a column");
        (rows[y][..byte].chars().count() + 1, y + 1)
    };
    let (x, y) = at("docks are");
    reader.press(&format!("\x1b[<0;{x};{y}M\x1b[<0;{x};{y}m"));
    reader.wait_for("cranes:1");
    reader.press("\x1b[<0;80;1M\x1b[<0;80;1m");
    reader.wait_for(":1 ");
    reader.press("\x1b[<0;80;2M\x1b[<32;80;20M\x1b[<0;80;20m");
    reader.press("q");
    reader.end_within(SOON);
    fs::write(home.path().join("config.ron"), "(mouse: false)").expect("settings");
    let reader = Terminal::open(home.path());
    reader.settle();
    assert!(!contains(&reader.raw(), "\x1b[?1000h"));
}

/// The walk of a new user: what each step presses, and what says that it worked.
const WALK: &[(&str, &str)] = &[
    ("G", "100%"),
    ("3G", "Message From the Acting Director"),
    ("}}))", ""),
    ("a", "C-s save"),
    ("<so it begins>", ""),
    ("\x13", "Note saved"),
    (")", ""),
    ("Hg", "green"),
    ("mm", "Bookmark"),
    ("/<survivor>\r", "1 of "),
    ("&", "4 matches of"),
    ("\r", ""),
    ("a<a survivor>\x13", "Note saved"),
    (":<export html>\r", "exported to `tip-2021-notes.html`"),
    ("Y", "clipboard"),
    ("x", "U undoes it"),
    ("U", "Restored"),
    ("E", "saved"),
];

#[test]
fn the_walk_of_a_new_user_takes_few_keys_and_says_what_each_did() {
    let home = home();
    script(home.path(), "editor", "echo 'and more' >> \"$1\"");
    let editor = home.path().join("editor").to_string_lossy().into_owned();
    let environment = [("EDITOR", editor.as_str()), ("PATH", "/usr/bin:/bin")];
    let mut reader = start(home.path(), &[], &environment);
    let mut keys = 0;
    for (press, said) in WALK {
        // What stands between < and > is typed.
        let mut is_typed = false;
        for character in press.chars() {
            match character {
                '<' => is_typed = true,
                '>' => is_typed = false,
                _ => keys += usize::from(!is_typed),
            }
        }
        reader.press(&press.replace(['<', '>'], ""));
        reader.wait_until(&format!("`{said}` after {press:?}"), |reader| {
            reader
                .screen()
                .to_lowercase()
                .contains(&said.to_lowercase())
        });
        let rows = reader.rows();
        let last = rows.last().map_or("", String::as_str);
        assert!(!last.ends_with('…'), "{press:?}: a message is cut: {last}");
    }
    assert!(keys <= 60, "{keys} keys");
    let html = fs::read_to_string(home.path().join("tip-2021-notes.html")).expect("exported");
    assert!(
        html.contains("so it begins") && html.contains("<mark>"),
        "{html}"
    );
}
