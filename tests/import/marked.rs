//! What a PDF says of its text: its structure, what stands in place of letters, its forms, notes
//! and page labels, and the letters of its fonts.

use tip_reader::report::{BlockKind, Report};

use crate::{folder, good, imported, paper};

const PAGE: &str = "/Resources<</Font<</F 3 0 R>>>>";

fn blocks(report: &Report) -> Vec<(BlockKind, &str)> {
    let blocks = report.sections.iter().flat_map(|section| &section.blocks);
    blocks
        .map(|block| (block.kind, block.text.as_str()))
        .collect()
}

/// A line of marked content.
fn marked(tag: &str, y: u32, words: &str) -> String {
    format!("{tag} BDC BT /F 10 Tf 1 0 0 1 72 {y} Tm ({words}) Tj ET EMC\n")
}

/// What is said of a PDF in full.
fn verbose(bytes: &[u8]) -> (Report, String) {
    let folder = folder();
    let file = folder.path().join("a.pdf");
    std::fs::write(&file, bytes).expect("a file");
    good(&[&file], &["--verbose"])
}

#[test]
fn the_structure_tree_says_what_text_is_and_in_which_order() {
    let lines = [
        (0, 700, "Of rivers"),
        (1, 100, "The text is below the note, but comes first."),
        (2, 640, "1."),
        (3, 640, "   An item"),
        (4, 600, "Town"),
        (5, 590, "River"),
        (6, 580, "Ada"),
        (7, 570, "Nera"),
        (8, 500, "A word of the author."),
        (9, 400, "Of lakes"),
        (10, 380, "The end of it."),
        (11, 635, "It has a second paragraph."),
    ];
    let mut content: String = lines
        .iter()
        .map(|(id, y, words)| marked(&format!("/P <</MCID {id}>>"), *y, words))
        .collect();
    content += &marked("/Artifact <</Type/Pagination>>", 760, "A running head");
    let kids = "[<</S/Chapter/K 0>><</S/P/K[1]>><</S/L/K<</S/LI/K[<</S/Lbl/K 2>><</S/LBody/K[<</S/P/K 3>><</S/P/K 11>>]>>]>>>>\
        <</S/Table/K[<</S/TR/K[<</S/TH/K 4>><</S/TH/K 5>>]>><</S/TR/K[<</S/TD/K 6>><</S/TD/K 7>>]>>]>>\
        <</S/BlockQuote/K<</S/P/K 8>>>><</S/Chapter/K 9>><</S/P/K<</Type/MCR/Pg 4 0 R/MCID 10>>>>]";
    let tree = format!("<</S/Document/Pg 4 0 R/K{kids}>>");
    let catalog = "/MarkInfo<</Marked true>>/StructTreeRoot<</K 6 0 R/RoleMap<</Chapter/H1>>>>";
    let (report, told) = verbose(&paper::drawn(catalog, PAGE, &content, &[&tree]));
    let titles: Vec<&str> = report
        .sections
        .iter()
        .map(|section| section.title.as_str())
        .collect();
    assert_eq!(titles, ["Of rivers", "Of lakes"], "{told}");
    let expected = [
        (
            BlockKind::Paragraph,
            "The text is below the note, but comes first.",
        ),
        (BlockKind::ListItem, "1. An item"),
        (BlockKind::Paragraph, "It has a second paragraph."),
        (BlockKind::ListItem, "Town: Ada; River: Nera"),
        (BlockKind::Quote, "A word of the author."),
        (BlockKind::Paragraph, "The end of it."),
    ];
    assert_eq!(blocks(&report), expected, "{told}");
    assert!(
        told.contains("left out page 1 (running header): A running head"),
        "{told}"
    );
}

#[test]
fn a_tree_that_misses_most_of_the_text_is_not_followed() {
    let mut content = marked("/P <</MCID 0>>", 600, "marked as the first");
    for (y, words) in [
        (700, "words at the top of the page, all of them"),
        (688, "and more of them, down to the end of it."),
    ] {
        content += &format!("BT /F 10 Tf 1 0 0 1 72 {y} Tm ({words}) Tj ET\n");
    }
    let tree = "<</S/P/Pg 4 0 R/K 0>>";
    let (report, _) = imported(
        "a.pdf",
        paper::drawn("/StructTreeRoot<</K 6 0 R>>", PAGE, &content, &[tree]),
    );
    let found: Vec<&str> = blocks(&report).into_iter().map(|(_, text)| text).collect();
    assert_eq!(
        found,
        [
            "words at the top of the page, all of them and more of them, down to the end of it.",
            "marked as the first"
        ]
    );
}

#[test]
fn what_is_said_in_place_of_letters_is_read() {
    let own = marked("/Span <</ActualText(Words)>>", 700, "W0rds")
        + &marked("/P <</MCID 0>>", 688, ":- of the text.");
    let tree = "<</S/P/Pg 4 0 R/K<</S/Span/ActualText(smiling)/K 0>>>>";
    let (report, _) = imported(
        "a.pdf",
        paper::drawn("/StructTreeRoot<</K 6 0 R>>", PAGE, &own, &[tree]),
    );
    assert_eq!(blocks(&report), [(BlockKind::Paragraph, "Words smiling")]);
}

#[test]
fn filled_fields_and_notes_are_read_or_reported() {
    let shown = paper::stream(
        "/Subtype/Form/BBox[0 0 200 20]/Resources<</Font<</F 3 0 R>>>>",
        "/Tx BMC BT /F 10 Tf 2 4 Td (Ada Nera) Tj ET EMC",
    );
    let annotations = "/Annots[<</Subtype/Widget/FT/Tx/V(Ada Nera)/Rect[120 698 320 718]/AP<</N 6 0 R>>>>\
        <</Subtype/Widget/FT/Tx/V(not drawn)/Rect[120 600 320 620]>>\
        <</Subtype/Text/Contents(Is this so?)/Rect[10 10 20 20]>>\
        <</Subtype/Link/Contents(a link)/Rect[10 10 20 20]>>]";
    let content = "BT /F 10 Tf 1 0 0 1 72 702 Tm (Name:) Tj ET";
    let (report, told) = verbose(&paper::drawn(
        "",
        &format!("{annotations}{PAGE}"),
        content,
        &[&shown],
    ));
    assert_eq!(blocks(&report)[0].1, "Name: Ada Nera", "{told}");
    for line in [
        "left out page 1 (form field): not drawn",
        "left out page 1 (note on the page): Is this so?",
    ] {
        assert!(told.contains(line), "{told}");
    }
    assert!(!told.contains("a link"), "{told}");
}

#[test]
fn watermarks_are_neither_titles_nor_text() {
    let text: String = (0..12)
        .map(|at| format!("BT /F 10 Tf 1 0 0 1 72 {} Tm (line {at} of the text of the page, as it is printed on it) Tj ET\n", 700 - 12 * at))
        .collect();
    for mark in [
        "BT /F 60 Tf .7 .7 -.7 .7 100 300 Tm (DRAFT) Tj ET",
        "BT /F 60 Tf 1 0 0 1 100 640 Tm (DRAFT) Tj ET",
        "/Artifact <</Subtype/Watermark>> BDC BT /F 60 Tf 1 0 0 1 100 300 Tm (DRAFT) Tj ET EMC",
    ] {
        let (report, told) = verbose(&paper::drawn("", PAGE, &format!("{mark}\n{text}"), &[]));
        assert!(
            told.contains("left out page 1 (watermark): DRAFT"),
            "{mark}: {told}"
        );
        assert!(
            blocks(&report)
                .iter()
                .all(|(_, text)| !text.contains("DRAFT")),
            "{mark}"
        );
        assert_eq!(
            (report.title.as_str(), report.sections.len()),
            ("a", 1),
            "{mark}"
        );
    }
}

#[test]
fn page_labels_are_the_printed_pages_of_the_report() {
    let page = |lines: &[&str]| {
        let ys = (0..).map(|at| 700.0 - 12.0 * f64::from(at));
        ys.zip(lines)
            .map(|(y, words)| paper::Text::new(72.0, y, 10.0, *words))
            .collect::<Vec<_>>()
    };
    let pages = [
        page(&[
            "words of the first page, of which the first line is full, as it was",
            "and the last is short.",
        ]),
        page(&[
            "The second page goes on for as long as it is wide, and then it",
            "breaks off in the midst of its sentence, for the page has come to",
        ]),
        page(&["its end and the third has begun, of which no more is said here."]),
    ];
    let bytes = String::from_utf8(paper::pdf(&pages, &[])).expect("text");
    let labels = "/Type/Catalog/PageLabels<</Nums[0<</S/r/St 4>>1<</S/D/P(A-)>>]>>";
    let (report, told) = imported("a.pdf", bytes.replace("/Type/Catalog", labels));
    let found: Vec<(&str, usize, usize)> = report
        .pages
        .iter()
        .map(|page| (page.label.as_str(), page.block, page.byte))
        .collect();
    let text = &report.sections[0].blocks[1].text;
    let third = text.find("its end").unwrap_or(0);
    assert_eq!(
        found,
        [("iv", 0, 0), ("A-1", 1, 0), ("A-2", 1, third)],
        "{told}"
    );
}

#[test]
fn numbers_at_the_foot_of_pages_are_the_printed_pages_where_no_labels_are() {
    let page = |number: u32| {
        let words = format!("words of a page, which are as many as there are: {number}0 of them.");
        let mut page: Vec<_> = (0..4)
            .map(|at| paper::Text::new(72.0, 700.0 - 12.0 * f64::from(at), 10.0, words.as_str()))
            .collect();
        page.push(paper::Text::new(300.0, 40.0, 10.0, number.to_string()));
        page
    };
    let (report, told) = imported("a.pdf", paper::pdf(&[7, 8, 9].map(page), &[]));
    let found: Vec<&str> = report
        .pages
        .iter()
        .map(|page| page.label.as_str())
        .collect();
    assert_eq!(found, ["7", "8", "9"], "{told}");
}

/// A font whose codes mean the characters of a map.
fn mapped(map: &str) -> [String; 2] {
    let font =
        "<</Type/Font/Subtype/Type1/BaseFont/Courier/Encoding/WinAnsiEncoding/ToUnicode 7 0 R>>";
    let map = format!(
        "/CIDInit /ProcSet findresource begin begincmap 1 begincodespacerange <00> <FF> endcodespacerange {map} endcmap"
    );
    [font.to_owned(), paper::stream("", &map)]
}

#[test]
fn text_from_right_to_left_is_read_as_it_is_spoken() {
    // Drawn from left to right, as it is seen: the last letter of the word first.
    let [font, map] = mapped("1 beginbfrange <61> <7A> <05D0> endbfrange");
    let content = "BT /H 10 Tf 1 0 0 1 72 700 Tm (mely) Tj 1 0 0 1 102 700 Tm (12) Tj 1 0 0 1 120 700 Tm (cba) Tj ET";
    let page = "/Resources<</Font<</H 6 0 R>>>>";
    let (report, _) = imported("a.pdf", paper::drawn("", page, content, &[&font, &map]));
    let word = |codes: &str| {
        let letter = |code: u8| char::from_u32(0x5d0 + u32::from(code - b'a')).expect("a letter");
        codes.bytes().map(letter).collect::<String>()
    };
    let expected = format!("{} 12 {}", word("abc"), word("ylem"));
    assert_eq!(blocks(&report)[0].1, expected);
}

#[test]
fn the_bullet_of_a_symbol_font_begins_an_item() {
    let [font, map] = mapped("1 beginbfchar <B7> <F0B7> endbfchar");
    let item = |y: u32, words: &str| {
        format!(
            "BT /H 10 Tf 1 0 0 1 72 {y} Tm (\\267) Tj /F 10 Tf 1 0 0 1 100 {y} Tm ({words}) Tj ET\n"
        )
    };
    let content =
        item(700, "one of them") + &item(680, "two of them") + &item(660, "three of them");
    let page = "/Resources<</Font<</F 3 0 R/H 6 0 R>>>>";
    let (report, _) = imported("a.pdf", paper::drawn("", page, &content, &[&font, &map]));
    let items = ["one of them", "two of them", "three of them"];
    assert_eq!(
        blocks(&report),
        items.map(|item| (BlockKind::ListItem, item))
    );
}

#[test]
fn letters_that_no_font_names_are_told_with_their_share() {
    let font = "<</Type/Font/Subtype/Type0/BaseFont/X/Encoding/Identity-H/DescendantFonts[<</Type/Font/Subtype/CIDFontType2/BaseFont/X/DW 600/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>>>]>>";
    let content = "BT /F 10 Tf 1 0 0 1 72 700 Tm (Plain words) Tj /H 10 Tf 1 0 0 1 150 700 Tm <004100420043> Tj ET";
    let page = "/Resources<</Font<</F 3 0 R/H 6 0 R>>>>";
    let (report, told) = imported("a.pdf", paper::drawn("", page, content, &[font]));
    assert!(
        told.contains("unsure: 3 characters (24 %) could not be decoded"),
        "{told} {:?}",
        blocks(&report)
    );
}
