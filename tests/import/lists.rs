//! Lists within lists: how deep an item is arrives, is shown and written.

use std::{process::Command, sync::Arc};

use tip_reader::{
    command::settings::Settings,
    report::{BlockKind, Report, snapshot},
};

use crate::books::{CONTAINER, archive, package};
use crate::{common::Desk, folder, golden, good, imported};

const PAGE: &str = "<html><head><title>T</title></head><body><h1>T</h1><p>Before.</p>\
<ol start=3><li>three<ul><li><p>a</p><ul><li>deep</li></ul></li><li>b</li></ul></li><li><p>four</p><p>more</p><ol><li>inner</li></ol></li></ol><p>Between.</p>\
<ul><ul><li>set in</li></ul><li>out</li><ul><li>in</li></ul></ul><p>After.</p></body></html>";
const TEXT: &str = "# T\n\nBefore.\n\n3. three\n   - a\n     - deep\n   - b\n4. four\n\n   more\n\n   1. inner\n\n<!-- x -->\n\n- set in\n- out\n  * in\n\nAfter.\n";

fn items(report: &Report) -> Vec<(u8, &str)> {
    let blocks = report.sections.iter().flat_map(|section| &section.blocks);
    blocks
        .filter(|block| block.kind == BlockKind::ListItem)
        .map(|block| (block.depth, block.text.as_str()))
        .collect()
}

const ITEMS: [(u8, &str); 9] = [
    (0, "3. three"),
    (1, "a"),
    (2, "deep"),
    (1, "b"),
    (0, "4. four"),
    (1, "1. inner"),
    (0, "set in"),
    (0, "out"),
    (1, "in"),
];

#[test]
fn depth_and_numbers_arrive_from_every_format() {
    assert_eq!(items(&imported("lists.html", PAGE).0), ITEMS);
    assert_eq!(items(&imported("lists.md", TEXT).0), ITEMS);
    let chapter = PAGE
        .replace(
            "<html>",
            "<?xml version='1.0'?><html xmlns='http://www.w3.org/1999/xhtml'>",
        )
        .replace("start=3", "start='3'");
    let book = package(1);
    let book = archive(&[
        CONTAINER,
        ("OPS/book.opf", book.as_bytes()),
        ("OPS/c1.xhtml", chapter.as_bytes()),
    ]);
    assert_eq!(items(&imported("lists.epub", book).0), ITEMS);
}

#[test]
fn libreoffice_begins_at_the_outermost_list_for_each_item() {
    let page = "<h1>T</h1><ul><li><p>one</p></ul><ul><ul><li><p>in</p></ul></ul><ul><ul><ul><li><p>deep</p></ul></ul></ul><ol start=2 type=a><li>two<li value=9>nine</ol><ol type=I start=14><li>x</ol>";
    assert_eq!(
        items(&imported("office.html", page).0),
        [
            (0, "one"),
            (1, "in"),
            (2, "deep"),
            (0, "b. two"),
            (0, "i. nine"),
            (0, "XIV. x")
        ]
    );
}

#[test]
fn word_says_the_level_of_an_item_in_its_style() {
    let item = |level: usize, mark: &str, text: &str| {
        format!(
            "<p class=MsoListParagraphCxSpMiddle style='margin-left:{level}in;text-indent:-.25in;mso-list:l0 level{level} lfo1'><![if !supportLists]><span style='mso-list:Ignore'>{mark}<span style='font:7.0pt \"Times New Roman\"'>&nbsp;&nbsp; </span></span><![endif]>{text}<o:p></o:p></p>"
        )
    };
    let page = format!(
        "<h1>T</h1><p class=MsoNormal>Text.</p>{}{}{}",
        item(1, "1.", "one"),
        item(2, "·", "within"),
        item(1, "2.", "two")
    );
    assert_eq!(
        items(&imported("word.html", page).0),
        [(0, "1. one"), (1, "within"), (0, "2. two")]
    );
}

#[test]
fn what_is_printed_shows_the_depth() {
    let folder = folder();
    let file = folder.path().join("lists.ron");
    std::fs::write(
        &file,
        snapshot::write(&imported("lists.md", TEXT).0).expect("writable"),
    )
    .expect("a file");
    let print = |format: &str| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_tip-reader"));
        let output = command
            .arg("-r")
            .arg(&file)
            .args(["print", "--width", "40", "--format", format])
            .output()
            .expect("run");
        String::from_utf8(output.stdout).expect("UTF-8")
    };
    let text = print("text");
    assert!(
        text.contains("\n  3. three\n  ◦ a\n    – deep\n  ◦ b\n  4. four\n\nmore\n\n    1. inner\n• set in\n• out\n  ◦ in\n"),
        "{text}"
    );
    let text = print("markdown");
    assert!(
        text.contains("\n- 3\\. three\n\n  - a\n\n    - deep\n\n  - b\n\n- 4\\. four\n\nmore\n\n<!-- depth 1 -->\n- 1\\. inner\n"),
        "{text}"
    );
    let text = print("html");
    assert!(
        text.contains("<ul>\n<li id=\"p1-3\">a\n<ul>\n<li id=\"p1-4\">deep</li>\n</ul>\n</li>\n<li id=\"p1-5\">b</li>\n</ul>\n</li>\n"),
        "{text}"
    );
    let text = print("json");
    let blocks: serde_json::Value = serde_json::from_str(&text).expect("JSON");
    assert_eq!(
        (&blocks[4]["text"], &blocks[4]["depth"]),
        (&"deep".into(), &2.into())
    );
}

#[test]
fn lists_within_lists_are_legible_at_40_columns() {
    let (mut report, _) = imported("lists.md", TEXT);
    for block in report
        .sections
        .iter_mut()
        .flat_map(|section| &mut section.blocks)
        .filter(|block| block.text == "deep")
    {
        block.depth = 15;
        block.text = "deeper than any list should be in a report that people read".into();
    }
    let screen = Desk::open(report, Arc::new(folder()), 40, 20, Settings::default()).screen();
    let lines: Vec<&str> = screen.lines().map(str::trim_end).collect();
    let at = lines
        .iter()
        .position(|line| line.contains("3. three"))
        .expect("the list");
    let text_at = lines[at]
        .chars()
        .position(|c| c == '3')
        .expect("the number")
        - 2;
    let shown: Vec<String> = lines[at..at + 4]
        .iter()
        .map(|line| {
            line.chars()
                .skip(text_at)
                .take(34)
                .collect::<String>()
                .trim_end()
                .to_owned()
        })
        .collect();
    assert_eq!(shown[..2], ["  3. three", "  ◦ a"], "{screen}");
    assert!(
        shown[2].starts_with("      – deeper than") && shown[3].starts_with("        "),
        "{screen}"
    );
}

#[test]
fn what_word_processors_write_has_no_depth_of_its_own() {
    for name in [
        "libreoffice.html",
        "word.html",
        "browser.html",
        "pandoc.epub",
    ] {
        assert!(
            items(&good(&[&golden(name)], &[]).0)
                .iter()
                .all(|(depth, _)| *depth == 0),
            "{name}"
        );
    }
}
