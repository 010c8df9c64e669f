//! Where the text of a PDF stands on its pages: columns, margins, turned and doubled type.

use tip_reader::report::{BlockKind, Report};

use crate::{
    imported,
    paper::{self, Text},
};

/// Lines of prose that name their column and number.
fn prose(name: &str, lines: usize) -> Vec<String> {
    let line = |number| format!("{name}{number} of what the men of it say");
    (0..lines).map(line).collect()
}

/// Lines one below the other.
fn column(x: f64, top: f64, size: f64, lines: &[String]) -> Vec<Text> {
    let ys = (0..).map(|at| top - f64::from(at) * size * 1.2);
    let text = |(y, words): (f64, &String)| Text::new(x, y, size, words.as_str());
    ys.zip(lines).map(text).collect()
}

fn blocks(report: &Report) -> Vec<(BlockKind, &str)> {
    let blocks = report.sections.iter().flat_map(|section| &section.blocks);
    blocks
        .map(|block| (block.kind, block.text.as_str()))
        .collect()
}

/// All text of pages, and what was said.
fn read(pages: &[Vec<Text>]) -> (Vec<String>, String) {
    let (report, told) = imported("a.pdf", paper::pdf(pages, &[]));
    let texts = blocks(&report).into_iter().map(|(_, text)| text.to_owned());
    (texts.collect(), told)
}

#[test]
fn three_columns_are_read_one_after_the_other_below_what_reaches_across() {
    let across = "across all of the page the first words reach from one of its edges to the other, and on and on";
    let mut page = vec![Text::new(40.0, 740.0, 9.0, across)];
    let mut wanted = vec![across.to_owned()];
    for (x, name) in [(40.0, "a"), (220.0, "b"), (400.0, "c")] {
        let lines = prose(name, 30);
        page.extend(column(x, 700.0, 9.0, &lines));
        wanted.extend(lines);
    }
    let (texts, told) = read(&[page]);
    assert_eq!(texts.join(" "), wanted.join(" "), "{told}");
}

#[test]
fn beside_text_may_be_a_list_code_or_verse() {
    for other in ["- an item", "let x = 1;", "A rose", "Figure of it"] {
        let text = prose("a", 24);
        let mut page = column(60.0, 700.0, 9.0, &text);
        let beside: Vec<String> = (0..20).map(|at| format!("{other} {at}")).collect();
        page.extend(column(320.0, 700.0, 9.0, &beside));
        let (texts, told) = read(&[page]);
        let all = texts.join(" ");
        assert!(all.starts_with(&text.join(" ")), "{other}: {all} {told}");
        let last = other.trim_start_matches("- ").to_owned() + " 19";
        assert!(all.ends_with(&last), "{other}: {all}");
    }
}

#[test]
fn notes_in_the_margin_follow_the_text() {
    let text: Vec<String> = prose("a", 30)
        .iter()
        .map(|line| format!("{line} {line}"))
        .collect();
    for (x, y, size) in [(40.0, 665.0, 7.0), (500.0, 665.0, 7.0), (500.0, 667.6, 9.0)] {
        let mut page = column(140.0, 700.0, 9.0, &text);
        let notes = ["a note of the", "author of it"].map(str::to_owned);
        page.extend(column(x, y, size, &notes));
        let (texts, told) = read(&[page]);
        assert_eq!(texts, [text.join(" "), notes.join(" ")], "{told}");
    }
}

#[test]
fn labels_beside_text_stay_before_what_they_name() {
    let mut page = Vec::new();
    let mut wanted = Vec::new();
    for (at, label) in (0..).zip(["Aim", "Method", "Result"]) {
        let top = 700.0 - 80.0 * f64::from(at);
        page.push(Text::new(60.0, top, 9.0, label));
        let text = prose(&label.to_lowercase(), 5);
        page.extend(column(160.0, top, 9.0, &text));
        wanted.push(format!("{label} {}", text.join(" ")));
    }
    let (texts, told) = read(&[page]);
    assert_eq!(texts.join(" "), wanted.join(" "), "{told}");
}

#[test]
fn numbers_of_lines_in_the_margin_are_left_out_and_reported() {
    for step in [1, 5] {
        let text = prose("word", 40);
        let mut page = column(120.0, 700.0, 10.0, &text);
        for at in (0..40).filter(|at| (at + 1) % step == 0) {
            let y = 700.0 - 12.0 * f64::from(at);
            page.push(Text::new(80.0, y, 8.0, (at + 1).to_string()));
        }
        let (texts, told) = read(&[page]);
        assert_eq!(texts, [text.join(" ")]);
        let count = format!("left out {} line numbers", 40 / step);
        assert!(
            told.contains(&count) || told.contains("line number"),
            "{told}"
        );
    }
}

#[test]
fn lines_are_as_far_apart_as_on_their_page_and_in_their_size() {
    let close = column(72.0, 700.0, 10.0, &prose("close", 30));
    let wide: Vec<Text> = (0..)
        .zip(prose("wide", 12))
        .map(|(at, words)| Text::new(72.0, 700.0 - 24.0 * f64::from(at), 10.0, words))
        .collect();
    let small = column(72.0, 200.0, 7.0, &prose("small", 8));
    let (texts, _) = read(&[close, [wide, small].concat()]);
    let text = [prose("close", 30), prose("wide", 12)].concat();
    assert_eq!(texts, [text.join(" "), prose("small", 8).join(" ")]);
}

#[test]
fn the_entries_of_a_bibliography_hang() {
    let mut lines = Vec::new();
    let mut wanted = Vec::new();
    for at in 0..6 {
        let first = format!("Author {at}, A. On the many rivers of the north, which are long");
        lines.push(Text::new(
            72.0,
            700.0 - 24.0 * f64::from(at),
            10.0,
            first.as_str(),
        ));
        let rest = "and cold in most of the year. Elsewhere, all of them.";
        lines.push(Text::new(90.0, 688.0 - 24.0 * f64::from(at), 10.0, rest));
        wanted.push(format!("{first} {rest}"));
    }
    assert_eq!(read(&[lines]).0, wanted);
}

#[test]
fn turned_pages_are_read_upright() {
    let text = prose("line", 12);
    let shown = |x: f64, y: f64, matrix: &str, words: &str| {
        format!("BT /F 10 Tf {matrix} {x} {y} Tm ({words}) Tj ET\n")
    };
    let page = |turned: &str, matrix: &str, place: &dyn Fn(f64) -> (f64, f64)| {
        let content: String = (0..)
            .zip(&text)
            .map(|(at, words)| {
                let (x, y) = place(f64::from(at));
                shown(x, y, matrix, words)
            })
            .collect();
        let entries = format!("{turned}/Resources<</Font<</F 3 0 R>>>>");
        let (report, told) = imported("a.pdf", paper::drawn("", &entries, &content, &[]));
        let texts: Vec<&str> = blocks(&report).into_iter().map(|(_, text)| text).collect();
        assert_eq!(texts, [text.join(" ")], "{turned} {matrix}: {told}");
    };
    page("", "0 1 -1 0", &|at| (100.0 + 12.0 * at, 100.0));
    page("", "0 -1 1 0", &|at| (500.0 - 12.0 * at, 700.0));
    page("", "-1 0 0 -1", &|at| (500.0, 100.0 + 12.0 * at));
    page("/Rotate 90", "0 1 -1 0", &|at| (100.0 + 12.0 * at, 100.0));
    page("/Rotate 270", "0 -1 1 0", &|at| (500.0 - 12.0 * at, 700.0));
    page("/Rotate 180", "-1 0 0 -1", &|at| (500.0, 100.0 + 12.0 * at));
}

#[test]
fn a_few_words_along_the_edge_are_left_out_and_reported() {
    let content = "BT /F 10 Tf 1 0 0 1 72 700 Tm (words of the page that is read) Tj 0 1 -1 0 40 100 Tm (printed in the north) Tj ET";
    let page = "/Resources<</Font<</F 3 0 R>>>>";
    let (report, told) = imported("a.pdf", paper::drawn("", page, content, &[]));
    assert_eq!(blocks(&report).len(), 1);
    assert!(
        told.contains("left out 1 piece, 4 words (1 rotated text)"),
        "{told}"
    );
}

#[test]
fn type_that_is_struck_twice_or_has_a_shadow_is_read_once() {
    for (right, down) in [(0.3, 0.0), (0.8, 0.8)] {
        let line = |y: f64, words: &str| Text::new(72.0, y, 10.0, words);
        let again = |text: &Text| Text {
            x: text.x + right,
            y: text.y - down,
            ..text.clone()
        };
        let first = [
            line(700.0, "words of the first line"),
            line(688.0, "and of the second"),
        ];
        let page = [first.clone(), [again(&first[0]), again(&first[1])]].concat();
        assert_eq!(
            read(&[page]).0,
            ["words of the first line and of the second"]
        );
    }
}

#[test]
fn a_printed_contents_is_a_list_without_dots() {
    let lines = [
        "Of rivers ........................ 3",
        "Of the lakes of the north . . . . . . . . . . . . . . . . . . . . 12",
        "Annex ....... iv",
    ];
    let mut page = column(72.0, 700.0, 10.0, &lines.map(str::to_owned));
    page.extend(column(72.0, 600.0, 10.0, &prose("text", 6)));
    let (report, _) = imported("a.pdf", paper::pdf(&[page], &[]));
    let items = [
        "Of rivers … 3",
        "Of the lakes of the north … 12",
        "Annex … iv",
    ];
    let found = blocks(&report);
    assert_eq!(found[..3], items.map(|item| (BlockKind::ListItem, item)));
}

#[test]
fn a_sentence_that_many_letters_end_with_is_no_running_line() {
    let letter = |name: &str| {
        let mut lines = prose(name, 6);
        lines.push("all of us wish you well in the new year.".into());
        column(72.0, 700.0, 10.0, &lines)
    };
    let pages = ["a", "b", "c", "d"].map(letter);
    let (texts, told) = read(&pages);
    let count = texts.join(" ").matches("all of us wish you well").count();
    assert_eq!(count, 4, "{texts:?} {told}");
}

#[test]
fn years_of_a_range_keep_their_hyphen_and_letters_apart_are_words() {
    let lines = [
        "the numbers of the years 2020-",
        "2021 are those of the report of this office",
    ];
    let (texts, _) = read(&[column(72.0, 700.0, 10.0, &lines.map(str::to_owned))]);
    assert_eq!(
        texts,
        ["the numbers of the years 2020-2021 are those of the report of this office"]
    );
    let capitals = [
        "the word ELEMENT is known and so is what is divided, an ELE-",
        "MENT of it, but not NORTH-",
        "SOUTH, which was never written as one word.",
    ];
    let (texts, _) = read(&[column(72.0, 700.0, 10.0, &capitals.map(str::to_owned))]);
    assert_eq!(
        texts,
        [
            "the word ELEMENT is known and so is what is divided, an ELEMENT of it, but not NORTH-SOUTH, which was never written as one word."
        ]
    );
    let content = "BT /F 18 Tf 7 Tc 1 0 0 1 72 700 Tm (PART ONE) Tj ET \
        BT /F 10 Tf 0 Tc 1 0 0 1 72 660 Tm (some words of the text that is below it) Tj ET \
        BT /F 10 Tf 0 Tc 1 0 0 1 72 648 Tm (and goes on in a second line of type) Tj ET";
    let page = "/Resources<</Font<</F 3 0 R>>>>";
    let (report, _) = imported("a.pdf", paper::drawn("", page, content, &[]));
    assert_eq!(report.sections[0].title, "PART ONE");
}

const SERIF: &str = "<</Type/Font/Subtype/Type1/BaseFont/Times-Roman/Encoding/WinAnsiEncoding>>";
const BOLD: &str = "<</Type/Font/Subtype/Type1/BaseFont/Times-Bold/Encoding/WinAnsiEncoding>>";

/// The blocks of a page of text in serif type (`S`), typewriter type (`F`) and bold type (`B`).
fn drawn(lines: &[(&str, u32, u32, &str)]) -> Vec<(BlockKind, String)> {
    let shown = |(font, x, y, words): &(&str, u32, u32, &str)| {
        format!("BT /{font} 10 Tf 1 0 0 1 {x} {y} Tm ({words}) Tj ET\n")
    };
    let content: String = lines.iter().map(shown).collect();
    let page = "/Resources<</Font<</F 3 0 R/S 6 0 R/B 7 0 R>>>>";
    let bytes = paper::drawn("", page, &content, &[SERIF, BOLD]);
    let (report, _) = imported("a.pdf", bytes);
    let found = blocks(&report).into_iter();
    found.map(|(kind, text)| (kind, text.to_owned())).collect()
}

#[test]
fn lines_of_typewriter_type_in_other_text_are_code() {
    let found = drawn(&[
        (
            "S",
            72,
            720,
            "The text of the page is set in a face with serifs, as it is in most books,",
        ),
        ("S", 72, 708, "and what is to be typed is not:"),
        ("F", 72, 690, "for each in all {"),
        ("F", 84, 678, "show each"),
        ("F", 72, 666, "}"),
        (
            "S",
            72,
            648,
            "The text goes on after it, in the same face as before, to the end of the page.",
        ),
    ]);
    let code = (
        BlockKind::Preformatted,
        "for each in all {\n  show each\n}".to_owned(),
    );
    assert_eq!((found.len(), &found[1]), (3, &code), "{found:?}");
}

#[test]
fn a_bold_row_above_others_is_the_head_of_its_table() {
    let mut lines = vec![(
        "S",
        72,
        720,
        "The table names all of the towns and their rivers, one by one.",
    )];
    let rows = [
        ["Town", "River", "Guard"],
        ["Ada", "Nera", "none"],
        ["Bo", "Orba", "two"],
        ["Cos", "Pena", "few"],
    ];
    for (at, row) in (0..).zip(&rows) {
        for (x, cell) in [80, 200, 320].into_iter().zip(row) {
            lines.push((if at == 0 { "B" } else { "S" }, x, 690 - 14 * at, cell));
        }
    }
    let found = drawn(&lines);
    assert_eq!(
        found[1].1, "Town: Ada; River: Nera; Guard: none",
        "{found:?}"
    );
    assert_eq!(found.len(), 4);
}
