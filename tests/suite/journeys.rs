//! What a person does with the reader, in keys, and what is seen then.

use crate::common::{Desk, open};
use tip_reader::{
    notebook::{
        Change,
        annotation::Annotation,
        news::{Loaded, Reply, SavedAs},
    },
    reader::Effect,
};

fn address(desk: &Desk) -> String {
    desk.status()
        .split_whitespace()
        .next()
        .unwrap_or_default()
        .to_owned()
}

#[test]
fn reading_line_by_line_ends_at_the_end_and_says_so() {
    let mut desk = open(80, 24);
    let mut steps = 0;
    while !desk.status().contains("end of the report") {
        desk = desk.press("j");
        steps += 1;
        assert!(steps < 500, "the end was never reached:\n{}", desk.screen());
    }
    assert!(desk.screen().contains("DOWNLOAD full report"));
    assert_eq!(address(&desk), "3:8");
}

#[test]
fn a_count_multiplies_and_goes_no_further_than_the_report() {
    let ten = open(80, 24).press("1 0 j");
    let single = open(80, 24).press("j j j j j j j j j j");
    assert_eq!(ten.screen(), single.screen());
    let end = open(80, 24).press("9 9 9 9 9 9 9 9 9 9 9 9 9 9 9 9 9 9 9 9 9 9 j");
    assert!(
        end.screen().contains("DOWNLOAD full report"),
        "{}",
        end.screen()
    );
}

#[test]
fn down_and_up_again_by_lines_and_pages_is_the_same_screen() {
    for (there, back) in [
        ("5 j", "5 k"),
        ("Space", "b"),
        ("d", "u"),
        ("C-f", "C-b"),
        ("PgDn", "PgUp"),
    ] {
        let start = open(80, 24).press("3 j");
        let before = start.first_line();
        assert_eq!(
            start.press(there).press(back).first_line(),
            before,
            "{there} {back}"
        );
    }
}

#[test]
fn a_page_repeats_two_lines() {
    let desk = open(80, 24);
    let rows: Vec<String> = desk.screen().lines().map(str::to_owned).collect();
    let frame = desk.reader.viewport().frame().cloned().expect("a frame");
    let second_last = rows[usize::from(frame.text.y + frame.text.height) - 2]
        .chars()
        .skip(usize::from(frame.text.x))
        .take(usize::from(frame.text.width));
    let expected: String = second_last.collect::<String>().trim_end().to_owned();
    assert_eq!(desk.press("Space").first_line(), expected);
}

#[test]
fn sections_are_reached_by_bracket_number_and_address() {
    for keys in [
        "] ]",
        "J J",
        "3 G",
        "3 g g",
        ": \"3\" Enter",
        ": \"go message-from-the-acting-director\" Enter",
        "Tab j j Enter",
        "Tab 3",
    ] {
        let desk = open(80, 24).press(keys);
        assert_eq!(address(&desk), "3:1", "{keys}:\n{}", desk.screen());
        assert!(
            desk.first_line()
                .starts_with("Message From the Acting Director"),
            "{keys}:\n{}",
            desk.screen()
        );
    }
    assert_eq!(address(&open(80, 24).press(": \"2:5\" Enter")), "2:5");
    assert_eq!(address(&open(80, 24).press("] ] [")), "2:1");
    assert!(
        open(80, 24)
            .press("9 G")
            .status()
            .contains("There is no section 9")
    );
}

#[test]
fn half_way_is_half_way() {
    let desk = open(80, 24).press("5 0 %");
    let percent = desk.reader.viewport().percent();
    assert!((45..=75).contains(&percent), "{percent}");
    assert!(open(80, 24).press("%").status().contains("50%"));
}

#[test]
fn paragraphs_and_sentences_move_the_cursor() {
    let desk = open(80, 24).press("2 G } } }");
    assert_eq!(address(&desk), "2:4");
    let desk = desk.press(")");
    let cursor = desk.reader.viewport().cursor();
    assert!(
        desk.reader.report().text_at(cursor)[cursor.byte..].starts_with("We know recent events")
    );
    assert_eq!(address(&desk.press("( ( (")), "2:3");
    assert!(open(80, 24).press("{").status().contains("first paragraph"));
}

#[test]
fn the_way_back_from_a_jump_is_exact() {
    let start = open(80, 24).press("7 j }");
    let (screen, place) = (start.first_line(), start.reader.viewport().cursor());
    let there = start.press("3 G");
    let back = there.press("' '");
    assert_eq!(
        (back.first_line(), back.reader.viewport().cursor()),
        (screen.clone(), place)
    );
    let forth = back.press("' '");
    assert_eq!(address(&forth), "3:1");
    let far = forth.press("g g G");
    let back = far.press("C-o C-o C-o");
    assert_eq!(
        (back.first_line(), back.reader.viewport().cursor()),
        (screen, place)
    );
    assert_eq!(address(&back.press("g , g , g ,")), "3:8");
}

#[test]
fn the_same_width_gives_back_the_same_screen() {
    for keys in ["", "7 j", "2 G", "G", "5 0 %", "2 G } } } )"] {
        for width in [1, 19, 21, 31, 60, 111, 200] {
            for rows in [3, 7, 40] {
                let desk = open(100, 30).press(keys).press("");
                let before = desk.screen();
                let after = desk.resize(width, rows).resize(100, 30).screen();
                assert_eq!(after, before, "keys {keys:?}, {width}x{rows} and back");
            }
        }
    }
}

#[test]
fn a_note_is_written_read_edited_deleted_and_brought_back() {
    let desk = open(80, 24).press("2 G } } } } a \"see  #equity\" Enter \"second line\" C-s");
    assert!(
        desk.status().contains("Note saved. U undoes it."),
        "{}",
        desk.status()
    );
    assert!(desk.screen().contains('●'), "{}", desk.screen());
    let desk = desk.start_again();
    assert_eq!(address(&desk), "2:5");
    let desk = desk.press("Enter");
    assert!(
        desk.screen().contains("see  #equity") && desk.screen().contains("second line"),
        "{}",
        desk.screen()
    );
    let desk = desk.press("e \" edited\" C-s Enter");
    assert!(
        desk.screen().contains("second line edited"),
        "{}",
        desk.screen()
    );
    let desk = desk.press("q x");
    assert!(
        desk.status().contains("Note deleted. U undoes it."),
        "{}",
        desk.status()
    );
    assert!(desk.store().load().annotations.is_empty());
    let desk = desk.press("U U");
    assert_eq!(
        desk.store().load().annotations[0].text,
        "see  #equity\nsecond line"
    );
    assert!(
        desk.press("U C-r C-r")
            .store()
            .load()
            .annotations
            .is_empty()
    );
}

#[test]
fn escape_saves_what_was_typed_as_a_draft() {
    let desk = open(80, 24).press("2 G } } a \"half a thought\" Esc");
    assert!(desk.status().contains("draft is kept"), "{}", desk.status());
    assert!(desk.store().load().annotations.is_empty());
    let again = desk.press("a");
    assert!(
        again.screen().contains("half a thought"),
        "{}",
        again.screen()
    );
    let saved = again.press("\" made whole\" C-s");
    assert_eq!(
        saved.store().load().annotations[0].text,
        "half a thought made whole"
    );
    assert!(saved.store().drafts().is_empty());
}

#[test]
fn what_was_typed_on_a_selection_is_resumed_by_the_key_that_is_named() {
    let desk = open(80, 24).press("2 G } } } v ) a \"on a sentence\" Esc");
    assert!(
        desk.status().contains("the draft is kept, D resumes it"),
        "{}",
        desk.status()
    );
    let desk = desk.press("D C-s");
    assert_eq!(desk.store().load().annotations[0].text, "on a sentence");
    let desk = desk.press("2 G } } } a \"on a paragraph\" Esc");
    assert!(
        desk.status()
            .contains("the draft is kept, a here resumes it"),
        "{}",
        desk.status()
    );
}

#[test]
fn a_draft_is_offered_at_the_next_start_on_its_passage() {
    let desk = open(80, 24).press("3 G } } a \"unfinished\"").start_again();
    assert!(
        desk.status().contains("1 draft not saved; D resumes it"),
        "{}",
        desk.status()
    );
    let desk = desk.press("g g D");
    assert!(
        desk.screen().contains("unfinished") && desk.screen().contains("on 3:3"),
        "{}",
        desk.screen()
    );
}

#[test]
fn bookmarks_toggle_and_letters_are_reached_from_anywhere() {
    let desk = open(80, 24).press("2 G } m m");
    assert!(desk.screen().contains('⚑'), "{}", desk.screen());
    let desk = desk.press("m m");
    assert!(desk.store().load().annotations.is_empty());
    let desk = desk.press("m a 3 G } } m b").start_again();
    let desk = desk.press("' a");
    assert_eq!(address(&desk), "2:2");
    let desk = desk.press("' b");
    assert_eq!(address(&desk), "3:3");
    let moved = desk.press("g g m a 3 G ' a");
    assert_eq!(address(&moved), "1:1");
    assert_eq!(moved.store().load().annotations.len(), 2);
    assert!(
        moved
            .press("' z")
            .status()
            .contains("There is no bookmark z; m z sets it.")
    );
}

#[test]
fn annotations_are_walked_in_reading_order() {
    let desk = open(80, 24).press("2 G } } m m 3 G } a \"n\" C-s g g");
    let desk = desk.press(">");
    assert_eq!(address(&desk), "2:3");
    let desk = desk.press(">");
    assert_eq!(address(&desk), "3:2");
    assert!(desk.press(">").status().contains("no further"));
}

#[test]
fn the_place_is_the_same_after_a_new_start() {
    let desk = open(80, 24).press("2 G 9 j } m m");
    let (screen, cursor) = (desk.first_line(), desk.reader.viewport().cursor());
    let again = desk.start_again();
    assert_eq!(
        (again.first_line(), again.reader.viewport().cursor()),
        (screen, cursor)
    );
}

#[test]
fn a_key_that_does_nothing_says_so_and_escape_cancels() {
    assert!(
        open(80, 24)
            .press("Z")
            .status()
            .contains("Z does nothing here; ? shows the keys.")
    );
    assert!(open(80, 24).press("g Esc").status().contains("Cancelled"));
    assert!(open(80, 24).press("Esc").status().contains("q quits"));
}

#[test]
fn quitting_asks_nothing_and_an_interrupt_has_to_be_meant() {
    assert_eq!(open(80, 24).press("q").effects, [Effect::Quit]);
    assert!(open(80, 24).press("C-c").effects.is_empty());
    assert_eq!(open(80, 24).press("C-c C-c").effects, [Effect::Quit]);
    assert!(open(80, 24).press("? q").effects.is_empty());
    assert_eq!(
        open(80, 24).press("C-z C-l").effects,
        [Effect::Suspend, Effect::Redraw]
    );
}

#[test]
fn the_command_line_completes_and_runs_any_command() {
    let desk = open(80, 24).press(": \"next-s\" Tab");
    assert!(desk.screen().contains(":next-section"), "{}", desk.screen());
    assert_eq!(address(&desk.press("Enter")), "2:1");
    assert!(
        open(80, 24)
            .press(": \"nonsense\" Enter")
            .status()
            .contains("Unknown command `nonsense`")
    );
    assert!(
        open(80, 24)
            .press(": \"theme dark\" Enter")
            .status()
            .contains("Theme dark")
    );
    assert!(
        open(80, 24)
            .press(": \"theme nope\" Enter")
            .status()
            .contains("Unknown theme `nope`")
    );
    assert_eq!(
        open(120, 40)
            .press(": \"width 40\" Enter")
            .reader
            .viewport()
            .frame()
            .expect("a frame")
            .text
            .width,
        40
    );
    assert_eq!(
        address(&open(80, 24).press(": \"next-paragraph 4\" Enter : ↑ Enter")),
        "2:7"
    );
}

#[test]
fn numbers_width_and_panes_change_and_change_back() {
    let desk = open(120, 40);
    let before = desk.screen();
    assert!(desk.press("#").screen().contains("2:1"));
    let narrow = open(120, 40).press("- -");
    assert!(
        narrow
            .reader
            .viewport()
            .frame()
            .cloned()
            .expect("a frame")
            .text
            .width
            < open(120, 40)
                .reader
                .viewport()
                .frame()
                .expect("a frame")
                .text
                .width
    );
    let rows = |text: &str| text.lines().take(39).map(str::to_owned).collect::<Vec<_>>();
    assert_eq!(rows(&narrow.press("=").screen()), rows(&before));
    assert_eq!(rows(&open(120, 40).press("z z").screen()), rows(&before));
    assert_eq!(rows(&open(120, 40).press("t t").screen()), rows(&before));
    assert!(!open(120, 40).press("t").screen().contains(" 2 Message"));
}

#[test]
fn sections_fold_by_level() {
    let mut report = tip_reader::report::snapshot::bundled();
    report.sections[1].level = 2;
    let home = std::sync::Arc::new(tempfile::tempdir().expect("a folder"));
    let desk = Desk::open(report, home, 90, 24, Default::default()).press("Tab j h");
    assert_eq!(desk.reader.section_pane().selected(), 0);
    let desk = desk.press("h");
    let has_second = |desk: &Desk| {
        let screen = desk.screen();
        screen
            .lines()
            .any(|line| line.trim_start().starts_with("2 "))
    };
    assert!(!has_second(&desk), "{}", desk.screen());
    assert!(has_second(&desk.press("l")));
}

#[test]
fn without_a_writable_folder_a_warning_comes_before_typing() {
    let home = tempfile::tempdir().expect("a folder");
    std::fs::write(
        home.path().join("notes"),
        "a file where the folder should be",
    )
    .expect("a file");
    let desk = Desk::open(
        tip_reader::report::snapshot::bundled(),
        std::sync::Arc::new(home),
        100,
        24,
        Default::default(),
    );
    assert!(
        desk.status().contains("Notes cannot be saved"),
        "{}",
        desk.status()
    );
    let desk = desk.press("j a");
    assert!(
        desk.reader.layers().is_empty() && desk.screen().contains("Notes cannot be saved here"),
        "{}",
        desk.screen()
    );
    let before = (
        desk.reader.viewport().place(),
        desk.reader.settings().clone(),
    );
    let desk = desk.press("\"2 Gqt\" Enter \"x]\"");
    assert_eq!(
        (
            desk.reader.viewport().place(),
            desk.reader.settings().clone()
        ),
        before,
        "what is typed for the note runs as commands"
    );
    assert!(
        desk.effects.is_empty() && desk.screen().contains("Notes cannot be saved here"),
        "{}",
        desk.screen()
    );
    let desk = desk.press("Esc");
    assert!(
        !desk.screen().contains("Notes cannot be saved"),
        "{}",
        desk.screen()
    );
    assert!(
        desk.press("]").status().starts_with(" 2:1 "),
        "reading goes on"
    );
}

#[test]
fn what_has_vanished_is_named_and_said_to_be_shown_only_where_it_is() {
    let desk = open(120, 24).press("a \"one\" C-s j j j a \"two\" C-s");
    let annotations: Vec<Annotation> = desk
        .reader
        .notes()
        .notebook()
        .entries()
        .iter()
        .map(|entry| entry.annotation.clone())
        .collect();
    let names: Vec<String> = annotations
        .iter()
        .map(|annotation| annotation.id.clone())
        .collect();
    let mut desk = desk;
    let mut say = |annotations: &[Annotation], vanished: &[String]| {
        let loaded = Loaded {
            annotations: annotations.to_vec(),
            vanished: vanished.to_vec(),
            ..Loaded::default()
        };
        desk.reader.hear(Reply::Loaded {
            loaded,
            drafts: Vec::new(),
            writable: Ok(()),
        });
        desk.reader
            .messages()
            .current()
            .as_ref()
            .map(|message| message.text.clone())
            .unwrap_or_default()
    };
    assert_eq!(
        say(&[], &names[..1]),
        format!(
            "`{}.ron` has vanished from the notebook's folder. `notes check` says more.",
            names[0]
        )
    );
    assert_eq!(
        say(&annotations[..1], &names[..1]),
        format!(
            "`{}.ron` has vanished from the notebook's folder; it is shown as it was last read. `notes check` says more.",
            names[0]
        )
    );
    assert!(say(&annotations, &names).starts_with(
        "2 annotations have vanished from the notebook's folder; they are shown as they were"
    ));
    assert!(say(&annotations[..1], &names).contains("folder; 1 of them is shown as last read."));
}

#[test]
fn a_draft_is_listed_from_a_shell_on_request() {
    let desk = open(120, 24).press("j a \"saved\" C-s j j j a \"half #todo\" Esc");
    let list = |filter: &[&str]| {
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_tip-reader"));
        let output = command
            .arg("--home")
            .arg(desk.home.path())
            .args(["notes", "list"])
            .args(filter)
            .output()
            .expect("run");
        (
            output.status.code(),
            String::from_utf8(output.stdout).expect("text"),
        )
    };
    let (code, text) = list(&["is:draft"]);
    assert!(
        code == Some(0)
            && text.contains("note  draft  ")
            && text.contains("half")
            && !text.contains("saved"),
        "{text}"
    );
    assert!(list(&["is:draft #todo"]).1.contains("half"));
    assert_eq!(list(&["is:draft nothing"]), (Some(1), String::new()));
    let (code, text) = list(&[]);
    assert!(
        code == Some(0) && text.contains("saved") && !text.contains("half"),
        "{text}"
    );
}

#[test]
fn a_broken_file_is_named_and_the_rest_works() {
    let desk = open(120, 24).press("a \"good\" C-s");
    std::fs::write(desk.home.path().join("notes/broken.ron"), "(\n  format: ]").expect("a file");
    let desk = desk.start_again();
    assert!(
        desk.status().contains("`broken.ron`: line 2, column"),
        "{}",
        desk.status()
    );
    assert_eq!(desk.reader.notes().notebook().entries().len(), 1);
}

#[test]
fn the_help_over_a_note_box_loses_nothing_that_was_typed() {
    for keys in ["F1 q", "F1 Esc", "F1 ?", "F1 F1", "F1 C-c"] {
        let desk = open(80, 24).press("} a \"half a thought\"").press(keys);
        assert!(
            desk.screen().contains("half a thought"),
            "{keys}:\n{}",
            desk.screen()
        );
    }
    assert!(
        open(80, 24)
            .press("} a \"half a thought\" C-c a")
            .screen()
            .contains("half a thought")
    );
}

#[test]
fn undo_and_redo_say_what_they_did() {
    let desk = open(80, 24).press("} a \"n\" C-s").press("U");
    assert!(
        desk.status()
            .contains("Undone on 1:2: note deleted. C-r redoes it."),
        "{}",
        desk.status()
    );
    let desk = desk.press("C-r");
    assert!(
        desk.status()
            .contains("Redone on 1:2: note restored. U undoes it."),
        "{}",
        desk.status()
    );
}

#[test]
fn numbers_and_width_leave_the_paragraph_at_the_cursor_in_sight() {
    for (columns, rows) in [(80, 24), (40, 12), (120, 40)] {
        for keys in ["#", "- - - - - -", "z", "# - - z +"] {
            let desk = open(columns, rows).press("G").press(keys);
            assert_eq!(
                desk.reader.viewport().cursor().block,
                7,
                "{keys} at {columns}x{rows}:\n{}",
                desk.screen()
            );
        }
    }
}

#[test]
fn a_draft_outlives_the_deletion_of_its_note_and_its_undo() {
    let desk = open(80, 24)
        .press("} a \"n\" C-s")
        .press("e \" and more\" Esc")
        .press("x")
        .press("U");
    assert_eq!(desk.store().drafts()[0].text, "n and more");
    assert!(desk.press("e").screen().contains("n and more"));
}

#[test]
fn a_draft_of_a_note_that_was_edited_since_is_saved_beside_it() {
    let desk = open(80, 24)
        .press("} a \"first\" C-s")
        .press("e \" draft\" Esc");
    let old = desk.store().load().annotations.remove(0);
    let new = Annotation {
        text: "theirs".into(),
        modified: "2027-01-01T00:00:00Z".into(),
        ..old.clone()
    };
    desk.store()
        .save(&Change::Edit { old, new }, None)
        .expect("another reader's edit");
    let desk = desk.start_again().press("D");
    assert!(
        desk.status().contains("edited since this draft"),
        "{}",
        desk.status()
    );
    let desk = desk.press("C-s");
    let mut texts: Vec<String> = desk
        .store()
        .load()
        .annotations
        .into_iter()
        .map(|note| note.text)
        .collect();
    texts.sort();
    assert_eq!(texts, ["first draft", "theirs"]);
    assert!(desk.store().drafts().is_empty());
}

#[test]
fn a_note_is_saved_though_the_folder_was_called_read_only_while_it_was_typed() {
    let mut desk = open(80, 24).press("} a \"typed in time\"");
    let loaded = desk.store().load();
    desk.reader.hear(Reply::Loaded {
        loaded,
        drafts: Vec::new(),
        writable: Err("the drive is gone".into()),
    });
    assert_eq!(
        desk.press("C-s").store().load().annotations[0].text,
        "typed in time"
    );
}

#[test]
fn a_draft_is_saved_while_the_help_lies_over_the_note_box() {
    let desk = open(80, 24)
        .press("} a \"half a thought\" F1")
        .start_again();
    assert_eq!(desk.store().drafts()[0].text, "half a thought");
}

#[test]
fn the_note_at_the_cursor_is_shown_below_the_text_where_there_is_no_margin() {
    let desk = open(80, 24)
        .press(": \"2:5\" Enter a \"what I think of it\" C-s")
        .press("C-l");
    let screen = desk.screen();
    let strip = screen.lines().rev().nth(1).unwrap_or_default();
    assert!(
        strip.contains("●  what I think of it") && strip.contains("Enter reads it"),
        "{screen}"
    );
    let text: Vec<String> = open(80, 24)
        .press(": \"2:5\" Enter")
        .screen()
        .lines()
        .map(|row| row.chars().skip(24).take(50).collect())
        .collect();
    let noted: Vec<String> = desk
        .screen()
        .lines()
        .map(|row| row.chars().skip(24).take(50).collect())
        .collect();
    assert_eq!(text[..22], noted[..22], "a note moves no text");
    let wide = open(120, 40)
        .press(": \"2:5\" Enter a \"what I think of it\" C-s")
        .press("C-l");
    assert!(!wide.status().contains("what I think"), "{}", wide.status());
    assert!(
        wide.screen().contains("● what I think of it"),
        "{}",
        wide.screen()
    );
    assert!(!desk.press("}").screen().contains("what I think"));
    let narrow = open(40, 12)
        .press(": \"2:5\" Enter a \"what I think of it\" C-s")
        .press("C-l");
    assert!(
        narrow.screen().contains("●  what I think of it"),
        "{}",
        narrow.screen()
    );
}

#[test]
fn the_cursor_stays_on_its_paragraph_at_every_size() {
    let desk = open(100, 30).press(": \"2:5\" Enter } }");
    let before = (address(&desk), desk.screen());
    let desk = desk.resize(31, 6);
    assert_eq!(address(&desk), before.0, "{}", desk.screen());
    assert!(desk.screen().contains('▸'), "{}", desk.screen());
    let noted = desk.press("a \"still here\" C-s").press("C-l");
    assert_eq!(address(&noted), before.0);
    let desk = open(100, 30)
        .press(": \"2:5\" Enter } }")
        .resize(31, 6)
        .resize(20, 5)
        .resize(100, 30);
    assert_eq!(desk.screen(), before.1);
    let desk = open(100, 30)
        .press(": \"2:5\" Enter } }")
        .resize(31, 6)
        .press("c c")
        .resize(100, 30)
        .press("c c c");
    assert_eq!(
        desk.press("C-l").screen(),
        before.1,
        "keys that move nothing change nothing"
    );
    let moved = open(100, 30).press(": \"2:5\" Enter } }").resize(31, 6);
    let top = moved.first_line();
    assert_eq!(moved.press("j k").first_line(), top);
}

#[test]
fn a_long_message_is_shown_to_its_end() {
    let mut desk = open(40, 12);
    desk.reader.warn("could not save `notebook`: no space left on device; your note is kept in the draft and is saved on the next try");
    let told: Vec<String> = desk
        .screen()
        .lines()
        .rev()
        .take(3)
        .map(str::to_owned)
        .collect();
    assert!(
        told[2].starts_with("could not save") && told[0].ends_with("on the next try"),
        "{}",
        desk.screen()
    );
    let mut small = open(20, 5);
    small.reader.warn("word ".repeat(200));
    assert!(small.status().ends_with('…'), "{}", small.screen());
}

#[test]
fn an_undo_out_of_sight_goes_there_and_says_where() {
    let desk = open(80, 24).press("a \"first\" C-s").press("3 G U");
    assert!(
        desk.status().contains("Undone on 1:1: note deleted"),
        "{}",
        desk.status()
    );
    assert!(
        desk.screen().contains("To request a hard copy"),
        "{}",
        desk.screen()
    );
    assert!(address(&desk.press("C-o").press("C-l")).starts_with("3:1"));
}

#[test]
fn the_drafts_are_resumed_one_by_one_the_newest_first() {
    let desk = open(80, 24).press("a \"one\" Esc } a \"two\" Esc } a \"three\" Esc");
    let texts: Vec<String> = ["D", "Esc D", "Esc D", "Esc D"]
        .iter()
        .scan(desk, |desk, keys| {
            let taken = std::mem::replace(desk, open(20, 5)).press(keys);
            let text = taken
                .reader
                .layers()
                .top()
                .map(|_| taken.screen())
                .unwrap_or_default();
            *desk = taken;
            Some(
                ["one", "two", "three"]
                    .iter()
                    .find(|word| text.contains(&format!("│{word}")))
                    .map_or(String::new(), |w| (*w).into()),
            )
        })
        .collect();
    assert_eq!(texts, ["three", "two", "one", "three"]);
}

#[test]
fn the_note_box_hides_as_little_of_its_paragraph_as_it_can() {
    let desk = open(80, 24).press("2 G } } } } a");
    let screen = desk.screen();
    assert!(
        screen.contains("Systemic discrimination") && screen.contains("unacceptable reality"),
        "{screen}"
    );
}

#[test]
fn a_draft_of_a_note_that_was_edited_by_hand_since_is_saved_beside_it() {
    let desk = open(80, 24)
        .press("} a \"first\" C-s")
        .press("e \" draft\" Esc");
    let note = desk.store().load().annotations.remove(0);
    let file = desk.home.path().join(format!("notes/{}.ron", note.id));
    let by_hand = std::fs::read_to_string(&file)
        .expect("text")
        .replace("text: \"first\"", "text: \"by hand\"");
    std::fs::write(&file, by_hand).expect("a hand edit, which leaves the date as it was");
    let desk = desk.start_again().press("D C-s");
    let mut texts: Vec<String> = desk
        .store()
        .load()
        .annotations
        .into_iter()
        .map(|note| note.text)
        .collect();
    texts.sort();
    assert_eq!(texts, ["by hand", "first draft"]);
}

#[test]
fn a_draft_of_an_unchanged_note_resumes_as_that_note() {
    let desk = open(80, 24)
        .press("} a \"first\" C-s")
        .press("e \" draft\" Esc")
        .start_again()
        .press("D C-s");
    let notes = desk.store().load().annotations;
    assert_eq!(
        notes
            .iter()
            .map(|note| (note.text.as_str(), note.base.is_none()))
            .collect::<Vec<_>>(),
        [("first draft", true)]
    );
}

#[test]
fn an_editor_outside_is_opened_on_a_draft_and_without_text_there_is_none_left() {
    let mut desk = open(80, 24).press("} E");
    assert_eq!(desk.store().drafts().len(), 1);
    desk.reader.take_edited(Ok(String::new()));
    let desk = desk.press("}");
    assert!(desk.store().drafts().is_empty());
    let desk = desk.press("E").start_again();
    assert!(
        desk.reader.notes().drafts().is_empty() && !desk.status().contains("draft"),
        "{}",
        desk.status()
    );
}

#[test]
fn one_saved_change_does_not_hide_that_another_fails() {
    let mut desk = open(80, 24).press("} a \"a\" C-s").press("} a \"b\" C-s");
    let notes = desk.store().load().annotations;
    let [first, second] = [0, 1].map(|at| Change::Delete(notes[at].clone()));
    desk.reader.hear(Reply::Failed {
        change: first.clone(),
        reason: "the disk is full".into(),
    });
    desk.reader.hear(Reply::Saved {
        change: second,
        saved_as: SavedAs::Asked,
    });
    assert_eq!(desk.reader.notes().unsaved(), Some("the disk is full"));
    desk.reader.hear(Reply::Saved {
        change: first,
        saved_as: SavedAs::Asked,
    });
    assert_eq!(desk.reader.notes().unsaved(), None);
}

#[test]
fn what_was_refused_can_be_resumed_as_a_draft() {
    let mut desk = open(80, 24).press("} a \"typed\" C-s");
    let note = desk.store().load().annotations.remove(0);
    desk.store()
        .save(&Change::Delete(note.clone()), None)
        .expect("deleted");
    desk.reader.hear(Reply::Refused {
        change: Change::Add(note),
        reason: "too large".into(),
        is_draft: true,
    });
    assert!(
        desk.status().contains("kept as a draft"),
        "{}",
        desk.status()
    );
    assert!(desk.press("D").screen().contains("typed"));
}

#[test]
fn a_passage_too_long_to_be_quoted_is_refused_before_anything_is_typed() {
    let mut report = tip_reader::report::snapshot::bundled();
    report.sections[1].blocks[0].text = "word ".repeat(300_000).trim_end().to_owned();
    report.sections[1].blocks[0].spans.clear();
    let home = std::sync::Arc::new(tempfile::tempdir().expect("a folder"));
    for key in ["a", "H", "m b"] {
        let desk = Desk::open(report.clone(), home.clone(), 80, 24, Default::default())
            .press("2 G")
            .press(key);
        assert!(
            desk.status().contains("longer than 1 MiB"),
            "{key}: {}",
            desk.status()
        );
    }
}

#[test]
fn a_long_note_is_written_and_read_whole_where_there_is_room() {
    let lines: Vec<String> = (1..=14).map(|line| format!("line {line} of it")).collect();
    let typed = lines
        .iter()
        .map(|line| format!("\"{line}\""))
        .collect::<Vec<_>>()
        .join(" Enter ");
    let desk = open(80, 40).press("3 G }");
    let before: Vec<String> = desk.screen().lines().take(12).map(str::to_owned).collect();
    let desk = desk.press(&format!("a {typed}"));
    let all_seen = |screen: &str| lines.iter().all(|line| screen.contains(line.as_str()));
    assert!(all_seen(&desk.screen()), "{}", desk.screen());
    let desk = desk.press("C-s Enter");
    assert!(all_seen(&desk.screen()), "{}", desk.screen());
    let after: Vec<String> = desk.screen().lines().take(12).map(str::to_owned).collect();
    let words = |row: &String| {
        row.chars()
            .skip(25)
            .filter(|c| c.is_alphabetic())
            .collect::<String>()
    };
    assert_eq!(
        before.iter().map(words).collect::<Vec<_>>(),
        after.iter().map(words).collect::<Vec<_>>(),
        "the text has jumped"
    );
}

#[test]
fn in_a_note_space_goes_by_pages_and_j_by_lines() {
    let typed = (1..=30)
        .map(|line| format!("\"line {line}.\""))
        .collect::<Vec<_>>()
        .join(" Enter ");
    let desk = open(80, 24).press(&format!("3 G }} a {typed} C-s Enter"));
    let first = |desk: &Desk| {
        let screen = desk.screen();
        let at = screen.find("│line ").map_or(0, |at| at + "│line ".len());
        screen[at..]
            .split('.')
            .next()
            .and_then(|number| number.parse::<usize>().ok())
            .expect("a line")
    };
    assert_eq!(first(&desk), 1);
    let desk = desk.press("j");
    assert_eq!(first(&desk), 2);
    let desk = desk.press("k Space");
    let page = first(&desk) - 1;
    assert!(page > 4, "{page}");
    assert!(
        !desk.screen().contains(&format!("line {page}."))
            && desk.screen().contains(&format!("line {}.", 2 * page)),
        "a line was passed over"
    );
    assert_eq!(first(&desk.press("b")), 1);
}

#[test]
fn a_message_that_was_cut_is_read_whole_and_those_before_it() {
    let desk = open(40, 12).press("x");
    let told = "There is no note, highlight or bookmark here to delete.";
    let last_rows = |desk: &Desk| {
        desk.screen()
            .lines()
            .rev()
            .take(2)
            .map(str::to_owned)
            .collect::<Vec<_>>()
            .into_iter()
            .rev()
            .collect::<Vec<_>>()
            .join(" ")
    };
    let desk = desk.press("g <");
    assert_eq!(last_rows(&desk), told);
    let desk = desk.press("j e g < g <");
    assert_eq!(last_rows(&desk), told, "the one before");
    let desk = desk.press("9 g <");
    assert!(
        desk.screen().ends_with("There is no earlier message."),
        "{}",
        desk.screen()
    );
    let desk = desk.press("j : \"messages\" Enter");
    assert!(
        last_rows(&desk).contains("no note here"),
        "the last one again:\n{}",
        desk.screen()
    );
}
