//! Plain text and Markdown: what people type is read as they meant it.

use tip_reader::report::{BlockKind, Report};

use crate::{folder, good, import, imported};

/// Titles with their sections' texts.
fn read(name: &str, text: impl AsRef<[u8]>) -> Vec<String> {
    let (report, _) = imported(name, text);
    lines(&report)
}

fn lines(report: &Report) -> Vec<String> {
    let mut lines = Vec::new();
    for section in &report.sections {
        lines.push(format!("# {}", section.title));
        lines.extend(section.blocks.iter().map(|block| block.text.clone()));
    }
    lines
}

#[test]
fn each_long_line_or_indented_line_is_a_paragraph() {
    let long = "The government counted the lakes of the north and of the south, and wrote down what was found there by those who went.";
    let text = format!("A Title\n\n{long} One.\n{long} Two.\n{long} Three.\n");
    assert_eq!(read("a.txt", text).len(), 4);
    let text = "A Title\n\n  The first of them begins here and goes\non to the next line, where it ends.\n  The second begins here and goes on to\nthe next line too.\n";
    assert_eq!(
        read("a.txt", text)[1..],
        [
            "The first of them begins here and goes on to the next line, where it ends.",
            "The second begins here and goes on to the next line too."
        ]
    );
}

#[test]
fn carriage_returns_end_lines_and_verse_keeps_them() {
    assert_eq!(
        read("a.txt", "A Title\r\rOne.\r\rTwo.\r"),
        ["# A Title", "One.", "Two."]
    );
    let verse = "The Lake\n\nThe water is deep,\nThe night is long,\nAnd nobody knows\nThe end of my song.\n\nThe Office\n12 Lake Road\nGhana\n\nAnd here is a paragraph that an editor has\nwrapped at some column, as they all do,\nto look nice.\n";
    assert_eq!(
        read("a.txt", verse)[1..],
        [
            "The water is deep,\nThe night is long,\nAnd nobody knows\nThe end of my song.",
            "The Office\n12 Lake Road\nGhana",
            "And here is a paragraph that an editor has wrapped at some column, as they all do, to look nice.",
        ]
    );
}

#[test]
fn one_bad_byte_does_not_make_another_encoding_of_it() {
    let (report, told) = imported(
        "a.txt",
        b"Caf\xc3\xa9 au lait \xff, na\xc3\xafve.\n\nMore text of it.\n",
    );
    let text = &lines(&report)[1];
    assert!(text.starts_with("Café au lait \u{fffd}, naïve"), "{text}");
    assert!(told.contains("unsure: Some bytes are not UTF-8"), "{told}");
}

#[test]
fn chapters_and_scripts_without_case_have_titles_and_text() {
    assert_eq!(
        read(
            "a.txt",
            "CHAPTER I.\n\nIt was night.\n\nCHAPTER II.\n\nIt was day.\n"
        ),
        [
            "# CHAPTER I.",
            "It was night.",
            "# CHAPTER II.",
            "It was day."
        ]
    );
    assert_eq!(
        read(
            "a.txt",
            "第一章 总则\n\n为了保护湖泊，制定本法。\n\n第二章\n\n湖泊属于国家所有。\n"
        ),
        [
            "# 第一章 总则",
            "为了保护湖泊，制定本法。",
            "# 第二章",
            "湖泊属于国家所有。"
        ]
    );
    for text in [
        "湖泊\n\n保护湖泊\n",
        "झील\n\nउत्तर की झीलें\n",
        "البحيرات\n\nبحيرات الشمال\n",
        "湖泊\n",
    ] {
        let lines = read("a.txt", text);
        let words: Vec<&str> = text.split_whitespace().collect();
        assert!(
            words
                .iter()
                .all(|word| lines.iter().any(|line| line.contains(word))),
            "{lines:?}"
        );
    }
}

#[test]
fn front_matter_says_who_wrote_it_and_when() {
    let said = |name: &str, text: &str| {
        let (report, _) = imported(name, text);
        let all = lines(&report).join(" ");
        assert!(!all.contains("2021"), "{all}");
        (report.title, report.author, report.published)
    };
    let expected = (
        "On Lakes".to_owned(),
        "Ada, Bert".to_owned(),
        Some("2021-07-01".to_owned()),
    );
    let fenced = "---\ntitle: \"On Lakes\"\nauthor:\n  - Ada\n  - Bert\ndate: 2021-07-01\n---\n\nText of it.\n";
    assert_eq!(said("a.md", fenced), expected);
    assert_eq!(said("a.txt", fenced), expected);
    assert_eq!(
        said(
            "a.txt",
            "Title: On Lakes\nAuthors: [Ada, Bert]\nDate: 2021-07-01\n\nText of it.\n"
        ),
        expected
    );
}

#[test]
fn markdown_keeps_notes_pictures_and_what_is_deleted() {
    let text = "# T\n\n> [!NOTE]\n> Mind the gap.\n\nThe ![red key](a.png) is ~~nine~~ ten.\n\n![A map](b.png)\n\n<div>\n\n| A | Never |\n|---|---|\n| 1 | |\n";
    let (report, _) = imported("a.md", text);
    assert_eq!(
        lines(&report)[1..],
        [
            "Note: Mind the gap.",
            "The [red key] is [deleted: nine] ten.",
            "[image: A map]",
            "A: 1",
            "Never"
        ]
    );
    assert_eq!(report.sections[0].blocks[2].kind, BlockKind::Caption);
}

#[test]
fn only_dates_are_dates_and_left_out_words_are_whole_and_counted() {
    let folder = folder();
    let file = folder.path().join("a.html");
    let menu =
        "Words of a menu that are a good deal longer than sixty characters, to be sure of it";
    let page = format!(
        "<title>A</title><nav><a href='/'>{menu}</a></nav><main><p>The text of the page goes on.</p></main>"
    );
    std::fs::write(&file, page).expect("a page");
    for bad in [
        "yesterday",
        "2021-13",
        "2021-02-30",
        "2021-7",
        "1 July 2021",
        "",
    ] {
        let output = import(&[&file], &["--published", bad]);
        assert_eq!(output.status.code(), Some(2), "{bad}");
    }
    let (_, told) = good(&[&file], &["--published", "2021-07"]);
    assert!(
        told.contains("left out 1 piece, 18 words (1 menu of the web page)"),
        "{told}"
    );
    let (_, told) = good(&[&file], &["--verbose"]);
    assert!(told.contains(menu), "{told}");
}
