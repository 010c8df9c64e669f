//! PDF files.

use std::fs;

use tip_reader::report::{BlockKind, Report};

use crate::refused;
use crate::{
    golden, good, imported,
    paper::{self, Text},
};

#[test]
fn what_cannot_be_read_of_a_pdf_is_said() {
    let bytes = |name: &str| fs::read(golden(name)).expect("a PDF");
    assert!(refused("scanned.pdf", &bytes("scanned.pdf")).contains("scanned pages without text"));
    assert!(refused("locked.pdf", &bytes("locked.pdf")).contains("encrypted;"));
    let whole = bytes("latex.pdf");
    for part in [10, 1000, whole.len() / 2] {
        assert!(refused("cut.pdf", &whole[..part]).contains("could not import"));
    }
    let (report, _) = good(&[&golden("open-password.pdf")], &[]);
    assert!(
        report
            .sections
            .iter()
            .any(|section| section.title == "2021 Trafficking in Persons Report")
    );
    let (_, told) = good(&[&golden("chromium.pdf")], &["--verbose"]);
    assert!(
        told.contains("left out page 1 (running footer)") && !told.contains("unsure"),
        "its structure tree says which lines are titles: {told}"
    );
    let (_, told) = good(&[&golden("latex.pdf")], &["--verbose"]);
    assert!(told.contains("unsure: No outline"), "{told}");
}

#[test]
fn a_pdf_whose_table_of_places_is_wrong_is_read_all_the_same() {
    let whole = paper::pdf(&[vec![Text::new(72.0, 700.0, 10.0, PROSE)]], &[]);
    let text = String::from_utf8(whole).expect("text");
    let (places, _) = text.split_once("xref\n").expect("a table");
    for damaged in [
        text.replace("startxref\n", "startxref\n9"),
        places.to_owned(),
    ] {
        let (report, _) = imported("broken.pdf", damaged);
        assert_eq!(report.sections[0].blocks[0].text, PROSE);
    }
}

/// A chapter of a country: its title, then a title that every chapter has, each with a paragraph.
fn chapter(country: &str, lines: usize) -> Vec<Text> {
    let mut page = vec![Text::new(72.0, 700.0, 18.0, country)];
    let line = |number: usize, y: f64| {
        Text::new(
            72.0,
            y,
            10.0,
            format!("line {number} of what is said of {country} in the whole of a report and"),
        )
    };
    page.extend((0..lines).map(|number| line(number, 670.0 - 14.0 * number as f64)));
    let below = 640.0 - 14.0 * lines as f64;
    page.push(Text::new(72.0, below, 14.0, "Prosecution"));
    page.extend((0..lines).map(|number| line(number, below - 30.0 - 14.0 * number as f64)));
    page
}

fn outline_of(report: &Report) -> Vec<(u8, &str, usize)> {
    report
        .sections
        .iter()
        .map(|section| (section.level, section.title.as_str(), section.blocks.len()))
        .collect()
}

#[test]
fn titles_that_an_outline_repeats_are_all_found() {
    let countries = ["Albania", "Algeria", "Angola"];
    let pages: Vec<_> = (4..)
        .zip(countries)
        .map(|(lines, country)| chapter(country, lines))
        .collect();
    let outline: Vec<(String, usize)> = (0..)
        .zip(countries)
        .flat_map(|(page, country)| [(country.to_owned(), page), ("Prosecution".to_owned(), page)])
        .collect();
    let (report, told) = imported("countries.pdf", paper::pdf(&pages, &outline));
    let expected: Vec<(u8, &str, usize)> = countries
        .iter()
        .flat_map(|country| [(1, *country, 1), (1, "Prosecution", 1)])
        .collect();
    assert_eq!(outline_of(&report), expected, "{told}");
    assert!(!told.contains("unsure"), "{told}");
}

fn row(y: f64, cells: &[(f64, &str)]) -> Vec<Text> {
    cells
        .iter()
        .map(|(x, words)| Text::new(*x, y, 10.0, *words))
        .collect()
}

fn texts(name: &str, pages: &[Vec<Text>]) -> Vec<String> {
    let (report, _) = imported(name, paper::pdf(pages, &[]));
    report
        .sections
        .iter()
        .flat_map(|section| &section.blocks)
        .map(|block| block.text.clone())
        .collect()
}

const PROSE: &str = "The table shows the crossings of each season and place, all year.";

#[test]
fn rows_of_a_table_are_written_as_those_of_a_web_page() {
    let head = [(80.0, "Season"), (200.0, "Crossings"), (300.0, "Depth")];
    let rows = [
        [(80.0, "Spring"), (236.0, "112"), (318.0, "85")],
        [(80.0, "Summer"), (236.0, "240"), (318.0, "40")],
    ];
    let mut page = row(700.0, &[(72.0, PROSE)]);
    page.extend(row(670.0, &head));
    (0..)
        .zip(&rows)
        .for_each(|(number, cells)| page.extend(row(654.0 - 16.0 * f64::from(number), cells)));
    page.extend(row(600.0, &[(72.0, PROSE)]));
    let expected = [
        PROSE,
        "Season: Spring; Crossings: 112; Depth: 85",
        "Season: Summer; Crossings: 240; Depth: 40",
        PROSE,
    ];
    assert_eq!(texts("table.pdf", &[page]), expected);
}

#[test]
fn cells_of_several_lines_stay_together() {
    // Set in the middle of its row, as browsers do; the rows are further apart than lines.
    let mut page = row(730.0, &[(72.0, PROSE)]);
    for (y, cells) in [
        (702.0, &[(300.0, "Depth")][..]),
        (690.0, &[(80.0, "Season"), (180.0, "Remarks")]),
        (678.0, &[(300.0, "in cm")]),
        (655.0, &[(180.0, "The water is up,")]),
        (
            643.0,
            &[(80.0, "Spring"), (180.0, "so groups wait"), (300.0, "85")],
        ),
        (631.0, &[(180.0, "a day or two.")]),
        (608.0, &[(80.0, "Summer"), (180.0, "none"), (300.0, "40")]),
        (596.0, &[(180.0, "at all")]),
    ] {
        page.extend(row(y, cells));
    }
    let spring =
        "Season: Spring; Remarks: The water is up, so groups wait a day or two.; Depth in cm: 85";
    assert_eq!(
        texts("middle.pdf", &[page]),
        [
            PROSE,
            spring,
            "Season: Summer; Remarks: none at all; Depth in cm: 40"
        ]
    );
    let (report, _) = good(&[&golden("table.pdf")], &[]);
    let rows: Vec<&str> = report.sections[0]
        .blocks
        .iter()
        .filter(|block| block.kind == BlockKind::ListItem)
        .map(|block| block.text.as_str())
        .collect();
    assert_eq!(rows.len(), 3, "{rows:?}");
    assert_eq!(
        rows[1],
        "Season: Summer; Crossings: 240; Depth in cm: 40; Remarks: none"
    );
}

#[test]
fn text_far_from_a_table_is_none_of_it() {
    let table = |top: f64, rows: &[[&str; 3]]| {
        let places = [80.0, 200.0, 320.0];
        let cells = |cells: &[&'static str; 3]| places.into_iter().zip(*cells).collect::<Vec<_>>();
        let rows: Vec<[&'static str; 3]> = rows
            .iter()
            .map(|row| row.map(|cell| &*cell.to_owned().leak()))
            .collect();
        (0..)
            .zip(&rows)
            .flat_map(|(at, row_)| row(top - 14.0 * f64::from(at), &cells(row_)))
            .collect::<Vec<Text>>()
    };
    let mut page = row(740.0, &[(72.0, PROSE)]);
    page.extend(table(
        700.0,
        &[
            ["Season", "Crossings", "Depth"],
            ["Spring", "112", "85"],
            ["Summer", "240", "40"],
        ],
    ));
    page.extend(table(
        600.0,
        &[
            ["Ada", "Ferry", "north"],
            ["Bert", "Boat", "south"],
            ["Cleo", "Raft", "east"],
        ],
    ));
    // Below the last row, right of its first cell, but not close.
    page.extend(row(550.0, &[(200.0, "Both say so.")]));
    let expected = [
        PROSE,
        "Season: Spring; Crossings: 112; Depth: 85",
        "Season: Summer; Crossings: 240; Depth: 40",
        "Ada; Ferry; north",
        "Bert; Boat; south",
        "Cleo; Raft; east",
        "Both say so.",
    ];
    assert_eq!(texts("far.pdf", &[page]), expected);
}

#[test]
fn cells_that_are_not_below_each_other_are_counted() {
    let mut page = row(730.0, &[(72.0, PROSE)]);
    for (y, cells) in [
        (700.0, [(80.0, "Season"), (140.0, "All"), (240.0, "Place")]),
        (686.0, [(80.0, "Spring"), (170.0, "112"), (240.0, "north")]),
        (672.0, [(80.0, "Summer"), (200.0, "240"), (240.0, "south")]),
    ] {
        page.extend(row(y, &cells));
    }
    let expected = [
        PROSE,
        "Season: Spring; All: 112; Place: north",
        "Season: Summer; All: 240; Place: south",
    ];
    assert_eq!(texts("counted.pdf", std::slice::from_ref(&page)), expected);
    page.pop();
    let left: Vec<String> = texts("uneven.pdf", &[page])
        .into_iter()
        .filter(|text| text.contains(';'))
        .collect();
    assert!(left.is_empty(), "{left:?}");
}

#[test]
fn lists_and_columns_are_no_tables() {
    let mut page = row(720.0, &[(72.0, PROSE)]);
    for (number, mark) in (0..).zip(["1.", "2.", "3."]) {
        page.extend(row(
            690.0 - 16.0 * f64::from(number),
            &[(80.0, mark), (110.0, "an item of the list")],
        ));
    }
    assert_eq!(
        texts("list.pdf", &[page]),
        [
            PROSE,
            "1. an item of the list",
            "2. an item of the list",
            "3. an item of the list"
        ]
    );
}

/// Depths and texts of the list items of a PDF.
fn items(name: &str) -> Vec<(u8, String)> {
    let (report, _) = good(&[&golden(name)], &[]);
    let blocks = report
        .sections
        .into_iter()
        .flat_map(|section| section.blocks);
    blocks
        .filter(|block| block.kind == BlockKind::ListItem)
        .map(|block| (block.depth, block.text))
        .collect()
}

#[test]
fn lists_within_lists_have_their_depth() {
    let told = |items: &[(u8, String)]| {
        items
            .iter()
            .map(|(depth, text)| format!("{depth} {text}"))
            .collect::<Vec<_>>()
    };
    let latex = told(&items("lists-latex.pdf"));
    assert!(
        latex[0].starts_with("0 One with words")
            && latex[0].ends_with("the next line of the page."),
        "{latex:#?}"
    );
    let bullets = ["1 Nested one", "1 Nested two", "2 Deep", "0 Two"];
    let numbers = [
        "0 1. First",
        "0 2. Second",
        "1 (a) Sub a",
        "1 (b) Sub b",
        "0 3. Third",
    ];
    assert_eq!(latex[1..10], [&bullets[..], &numbers[..]].concat());
    assert_eq!(
        latex.last().expect("an item"),
        "0 10. Ten",
        "what follows is no part of it, and a wider number no deeper"
    );
    let office = told(&items("lists-libreoffice.pdf"));
    let numbers = ["0 1. First", "0 2. Second", "1 a. Sub a", "1 b. Sub b"];
    assert_eq!(
        office[..9],
        [&["0 One"], &bullets[..], &numbers[..]].concat()
    );
}

#[test]
fn a_list_after_text_or_a_table_begins_anew() {
    let bullet = |x: f64, y: f64, words: &str| Text::new(x, y, 10.0, format!("- {words}"));
    let mut page = vec![
        Text::new(72.0, 720.0, 10.0, PROSE),
        bullet(80.0, 700.0, "one of them"),
        Text::new(72.0, 680.0, 10.0, PROSE),
    ];
    page.push(bullet(110.0, 660.0, "two of them"));
    for (y, cells) in [(630.0, ["a", "b", "c"]), (616.0, ["d", "e", "f"])] {
        page.extend(row(
            y,
            &[(80.0, cells[0]), (200.0, cells[1]), (320.0, cells[2])],
        ));
    }
    page.push(bullet(140.0, 590.0, "three of them"));
    let (report, _) = imported("lists.pdf", paper::pdf(&[page], &[]));
    let items = report.sections[0]
        .blocks
        .iter()
        .filter(|block| block.text.ends_with("of them"));
    assert_eq!(
        items.map(|block| block.depth).collect::<Vec<_>>(),
        [0, 0, 0]
    );
}

#[test]
fn a_hyphen_at_a_line_end_goes_only_where_it_divides_a_word() {
    let lines = [
        "The survivors told us of long-term care and of a well-known anti-",
        "trafficking law; that anti-trafficking law is old, and long-",
        "term help is rare. Others had to fill in docu-",
        "ments, and the North-",
        "South road was closed for the whole of the year, as it was told,",
        "and so on.",
    ];
    let page: Vec<Text> = (0..)
        .zip(lines)
        .map(|(number, words)| Text::new(72.0, 700.0 - 12.0 * f64::from(number), 10.0, words))
        .collect();
    let expected = "The survivors told us of long-term care and of a well-known anti-trafficking law; that anti-trafficking law is old, and long-term help is rare. Others had to fill in documents, and the North-South road was closed for the whole of the year, as it was told, and so on.";
    assert_eq!(texts("hyphens.pdf", &[page]), [expected]);
}
