//! How a PDF says what its text looks like and leads to, and the odd ways to show it.

use std::time::{Duration, Instant};

use tip_reader::report::{Block, BlockKind, Report, SpanStyle};

use crate::{golden, good, imported, paper};

/// The pieces of a block that have a style, and what it is.
fn spans(block: &Block) -> Vec<(&str, String)> {
    let told = |style: &SpanStyle| match style {
        SpanStyle::Emphasis => "emphasis".to_owned(),
        SpanStyle::Strong => "strong".to_owned(),
        SpanStyle::Link(target) => target.clone(),
    };
    block
        .spans
        .iter()
        .map(|span| (&block.text[span.start..span.end], told(&span.style)))
        .collect()
}

fn section<'a>(report: &'a Report, title: &str) -> &'a [Block] {
    &report
        .sections
        .iter()
        .find(|section| section.title == title)
        .expect("the section")
        .blocks
}

fn own(spans: &[(&'static str, &str)]) -> Vec<(&'static str, String)> {
    spans
        .iter()
        .map(|(words, style)| (*words, (*style).to_owned()))
        .collect()
}

#[test]
fn emphasis_links_and_marks_of_notes_arrive_from_every_tool() {
    for tool in ["latex", "libreoffice", "chromium", "weasyprint"] {
        let (report, _) = good(&[&golden(&format!("styles-{tool}.pdf"))], &[]);
        let method = section(&report, "Method");
        let mut expected = own(&[
            ("two seasons", "emphasis"),
            ("every crossing", "strong"),
            ("no map", "strong"),
            ("no map", "emphasis"),
            ("in the annex", "#annex"),
            ("on a site", "https://example.org/data?a=1&b=2"),
            (
                "the whole set of readings from all of the gauges along the river",
                "https://example.org/gauges",
            ),
            ("[1]", "#annex:2"),
            ("[2]", "#annex:3"),
        ]);
        if tool == "chromium" {
            // It writes places a margin too high, here at the note above.
            expected[8].1 = "#annex:2".into();
        }
        assert_eq!(spans(&method[0]), expected, "{tool}");
        assert!(
            method[0]
                .text
                .ends_with("does.[1] The field was 40 m² wide, the 2nd 60.[2]"),
            "{tool}: {}",
            method[0].text
        );
        assert_eq!(
            spans(&method[1]),
            own(&[("emphasis", "emphasis")]),
            "{tool}"
        );
        assert_eq!(
            spans(&method[2]),
            own(&[("Bold lead.", "strong")]),
            "{tool}"
        );
        assert!(
            method[2]
                .text
                .contains("until the line is full and it has to go on in the next one"),
            "{tool}: {}",
            method[2].text
        );
        let results = section(&report, "Results");
        assert_eq!(spans(&results[0]), own(&[("Depths", "strong")]), "{tool}");
        assert_eq!(
            (results[2].text.as_str(), spans(&results[2])),
            ("Place: South; Depth: 14", own(&[("South", "strong")])),
            "{tool}"
        );
        assert_eq!(
            spans(&results[4]),
            own(&[("the method", "#method")]),
            "{tool}"
        );
        let annex = section(&report, "Annex");
        assert_eq!(
            spans(&annex[1]),
            own(&[("italic words", "emphasis")]),
            "{tool}"
        );
        let note = if matches!(tool, "latex" | "libreoffice") {
            "[2] Another note."
        } else {
            "2. Another note."
        };
        assert_eq!(annex[2].text, note, "{tool}");
        let kinds: Vec<String> = [&method[1], &method[2], &results[0], &results[1], &annex[1]]
            .iter()
            .map(|block| format!("{:?}", block.kind))
            .collect();
        assert_eq!(
            kinds,
            ["ListItem", "ListItem", "Heading", "ListItem", "ListItem"],
            "{tool}"
        );
    }
}

#[test]
fn the_title_of_the_first_page_is_the_reports_and_no_paragraph() {
    let (report, _) = good(&[&golden("styles-libreoffice.pdf")], &[]);
    assert_eq!(report.title, "Field Notes");
    assert_eq!(report.sections[0].title, "Method");
    let page = |title_size: f64| {
        let mut page = vec![
            paper::Text::new(72.0, 740.0, title_size, "Of rivers"),
            paper::Text::new(72.0, 700.0, 14.0, "First"),
        ];
        page.extend((0..6).map(|line| {
            paper::Text::new(
                72.0,
                670.0 - 12.0 * f64::from(line),
                10.0,
                format!("line {line} of the text of this report, as it is"),
            )
        }));
        page
    };
    let outline = [("First".to_owned(), 0)];
    let (report, _) = imported("a.pdf", paper::pdf(&[page(20.0)], &outline));
    assert_eq!(
        (
            report.title.as_str(),
            report.sections.len(),
            report.sections[0].title.as_str()
        ),
        ("Of rivers", 1, "First")
    );
    let (report, _) = imported("a.pdf", paper::pdf(&[page(10.0)], &outline));
    assert_eq!(
        (
            report.title.as_str(),
            report.sections[0].blocks[0].text.as_str()
        ),
        ("a", "Of rivers")
    );
}

const RESOURCES: &str = "/Resources<</Font<</F 3 0 R/B 7 0 R>>/XObject<</X 6 0 R>>>>";
const BOLD: &str = "<</Type/Font/Subtype/Type1/BaseFont/Courier-Bold/Encoding/WinAnsiEncoding>>";

fn texts(bytes: Vec<u8>) -> Vec<String> {
    let (report, _) = imported("drawn.pdf", bytes);
    report
        .sections
        .iter()
        .flat_map(|section| &section.blocks)
        .map(|block| block.text.clone())
        .collect()
}

#[test]
fn text_is_read_from_every_operator_that_shows_it() {
    let content = "BT /F 10 Tf 12 TL 1 0 0 1 72 700 Tm (The first line of the text that) Tj (goes on in the second) ' 1 0 (and the third) \" T* [(and ) -20 (the fourth.)] TJ ET";
    let told = texts(paper::drawn("", RESOURCES, content, &[]));
    assert_eq!(
        told,
        ["The first line of the text that goes on in the second and the third and the fourth."]
    );
}

#[test]
fn what_a_form_shows_is_in_the_place_of_the_form() {
    // The form comes before the last line, is below it, and calls another font `F`.
    let content = "BT /F 10 Tf 1 0 0 1 72 730 Tm (Words at the top of the page, in type that is plain.) Tj ET \
        q 1 0 0 1 0 -100 cm /X Do Q BT /F 10 Tf 1 0 0 1 72 700 Tm (Words above the form, in type that is plain.) Tj ET";
    let form = paper::stream(
        "/Type/XObject/Subtype/Form/BBox[0 0 600 800]/Matrix[1 0 0 1 0 -100]/Resources<</Font<</F 7 0 R>>>>",
        "q BT /F 10 Tf 1 0 0 1 72 800 Tm (Words of the form, in type that is bold.) Tj ET",
    );
    let (report, _) = imported(
        "form.pdf",
        paper::drawn("", RESOURCES, content, &[&form, BOLD]),
    );
    let blocks = &report.sections[0].blocks;
    let told: Vec<(&str, usize)> = blocks
        .iter()
        .map(|block| (block.text.as_str(), block.spans.len()))
        .collect();
    let plain = [
        ("Words at the top of the page, in type that is plain.", 0),
        ("Words above the form, in type that is plain.", 0),
    ];
    assert_eq!(
        told,
        [
            &plain[..],
            &[("Words of the form, in type that is bold.", 1)]
        ]
        .concat()
    );
    let picture = form.replace("Subtype/Form", "Subtype/Image");
    assert_eq!(
        texts(paper::drawn("", RESOURCES, content, &[&picture, BOLD])).len(),
        2
    );
}

#[test]
fn what_is_restored_looks_as_it_did() {
    let content = "BT /F 10 Tf 1 0 0 1 72 700 Tm (Plain,) Tj q /B 10 Tf ( bold) Tj Q ( and plain words.) Tj ET";
    let (report, _) = imported(
        "q.pdf",
        paper::drawn("", RESOURCES, content, &["null", BOLD]),
    );
    assert!(
        report.sections[0].blocks[0]
            .spans
            .iter()
            .all(|span| span.end - span.start == "bold".len()),
        "{:?}",
        report.sections[0]
    );
}

#[test]
fn small_round_or_square_shapes_before_text_are_bullets() {
    let text = "BT /F 10 Tf 1 0 0 1 84 700 Tm (Words of a line) Tj ET";
    let kind = |drawn: &str| {
        let (report, _) = imported(
            "b.pdf",
            paper::drawn("", RESOURCES, &format!("{drawn} {text}"), &[]),
        );
        assert_eq!(
            report.sections[0].blocks[0].text, "Words of a line",
            "{drawn}"
        );
        report.sections[0].blocks[0].kind
    };
    for bullet in [
        "72 702 3 3 re f",
        "0 0 600 800 re W n 72 702 3 3 re f",
        "75 703 m 75 705 72 705 72 703 c 72 701 75 701 75 703 c b",
        "q 3 0 0 3 72 702 cm 0 0 1 1 re B Q",
        "73 702 m 76 702 l 76 705 l 73 705 l s",
    ] {
        assert_eq!(kind(bullet), BlockKind::ListItem, "{bullet}");
    }
    for other in [
        "60 702 20 1 re f",
        "75 703 6 1 re f",
        "75 703 .4 .4 re f",
        "60 690 20 20 re f",
        "240 702 3 3 re f",
        "100 702 3 3 re f",
        "72 780 3 3 re f",
        "20 702 3 3 re f",
        "72 702 3 3 re n",
    ] {
        assert_eq!(kind(other), BlockKind::Paragraph, "{other}");
    }
}

#[test]
fn artificial_bold_and_italic_type_is_seen() {
    let content = "BT /F 10 Tf 1 0 0 1 72 700 Tm (Plain words, then) Tj 2 Tr ( some heavy) Tj 0 Tr ( and) Tj 1 0 .3 1 240 700 Tm (some slanted) Tj 1 0 0 1 320 700 Tm ( words.) Tj ET";
    let (report, _) = imported("artificial.pdf", paper::drawn("", RESOURCES, content, &[]));
    assert_eq!(
        spans(&report.sections[0].blocks[0]),
        own(&[("some heavy", "strong"), ("some slanted", "emphasis")])
    );
}

#[test]
fn fonts_that_are_odd_or_missing_lose_no_text() {
    let content =
        |font: &str| format!("BT /{font} 10 Tf 1 0 0 1 72 700 Tm (A line of the text) Tj ET");
    let simple = "/Type/Font/Subtype/Type1/BaseFont/Courier";
    let three =
        "/Type/Font/Subtype/Type3/FontMatrix[.01 0 0 .01 0 0]/FontBBox[0 0 60 60]/CharProcs<<>>";
    for (name, font) in [
        ("missing", String::new()),
        (
            "standard",
            format!("<<{simple}/Encoding/StandardEncoding>>"),
        ),
        (
            "base",
            format!(
                "<<{simple}/Encoding<</BaseEncoding/StandardEncoding/Differences[300/a -1/b 65/A]>>>>"
            ),
        ),
        (
            "too few widths",
            format!(
                "<<{simple}/Encoding/WinAnsiEncoding/FirstChar 0/LastChar 255/Widths[600 600]>>"
            ),
        ),
        (
            "bitmap",
            format!(
                "<<{three}/Encoding/WinAnsiEncoding/FirstChar 65/LastChar 70/Widths[60 60 60 60 60 60]>>"
            ),
        ),
    ] {
        let font_name = if font.is_empty() { "Z" } else { "F" };
        let page = "/Resources<</Font<</F 6 0 R>>>>";
        let font = if font.is_empty() {
            "null".to_owned()
        } else {
            font
        };
        assert_eq!(
            texts(paper::drawn("", page, &content(font_name), &[&font])),
            ["A line of the text"],
            "{name}"
        );
    }
}

#[test]
fn widths_of_bitmap_fonts_are_in_their_own_unit() {
    let three = "<</Type/Font/Subtype/Type3/FontMatrix[.01 0 0 .01 0 0]/FontBBox[0 0 60 60]/CharProcs<<>>/Encoding/WinAnsiEncoding/FirstChar 32/LastChar 122/Widths 7 0 R>>";
    let widths = format!("[{}]", "60 ".repeat(91));
    let link = "/Annots[<</Type/Annot/Subtype/Link/Rect[108 690 144 710]/A<</S/URI/URI(https://example.org/)>>>>]/Resources<</Font<</F 6 0 R>>>>";
    let (report, _) = imported(
        "b.pdf",
        paper::drawn(
            "",
            link,
            "BT /F 10 Tf 1 0 0 1 72 700 Tm (These linked words are) Tj ET",
            &[three, &widths],
        ),
    );
    assert_eq!(
        spans(&report.sections[0].blocks[0]),
        own(&[("linked", "https://example.org/")])
    );
}

#[test]
fn links_that_run_something_or_lead_nowhere_are_none() {
    let actions = [
        "/S/URI/URI(javascript:alert\\(1\\))",
        "/S/Launch/F(x.exe)",
        "/S/GoTo/D(gone)",
        "/S/GoTo/D[9 0 R/Fit]",
        "/S/URI/URI 5",
    ];
    for action in actions {
        let page = format!("/Annots[<</Subtype/Link/Rect[0 0 600 800]/A<<{action}>>>>]{RESOURCES}");
        let (report, _) = imported(
            "l.pdf",
            paper::drawn(
                "",
                &page,
                "BT /F 10 Tf 1 0 0 1 72 700 Tm (Some words) Tj ET",
                &[],
            ),
        );
        assert!(report.sections[0].blocks[0].spans.is_empty(), "{action}");
    }
}

#[test]
fn what_leads_round_in_a_circle_ends() {
    let text = "BT /F 10 Tf 1 0 0 1 72 700 Tm (Some words) Tj ET";
    let drawing = format!("{text} /X Do");
    let form = paper::stream(
        &format!("/Subtype/Form/BBox[0 0 9 9]{RESOURCES}"),
        "/X Do /X Do",
    );
    let title = "<</Title(Some words)/Next 7 0 R/First 7 0 R/Dest(x)>>";
    let page = format!("/Annots[<</Subtype/Link/Rect[0 0 600 800]/Dest(x)>>]{RESOURCES}");
    let names = "/Outlines 6 0 R/Names<</Dests 8 0 R>>/Dests<</x/y/y 9 0 R>>";
    for (name, bytes) in [
        ("forms", paper::drawn("", RESOURCES, &drawing, &[&form])),
        (
            "outline",
            paper::drawn(
                "/Outlines 6 0 R",
                RESOURCES,
                text,
                &["<</First 7 0 R>>", title],
            ),
        ),
        (
            "names",
            paper::drawn(
                names,
                &page,
                text,
                &[
                    "<</First 7 0 R>>",
                    title,
                    "<</Kids[8 0 R 8 0 R]>>",
                    "[(x)]",
                    "<</D(x)>>",
                ],
            ),
        ),
    ] {
        let start = Instant::now();
        assert_eq!(texts(bytes), ["Some words"], "{name}");
        assert!(start.elapsed() < Duration::from_secs(10), "{name}");
    }
}

#[test]
fn small_digits_on_the_line_and_decimals_are_no_marks_of_notes() {
    let shown = |x: u32, y: u32, size: u32, words: &str| {
        format!("BT /F {size} Tf 1 0 0 1 {x} {y} Tm ({words}) Tj ET\n")
    };
    let text = [
        shown(72, 700, 10, "Over "),
        shown(102, 700, 7, "12"),
        shown(
            111,
            700,
            10,
            " people were told in that year, which was the first of all.",
        ),
        shown(465, 704, 7, "1"),
        shown(
            72,
            688,
            10,
            "They were told what was known at that time, all of them.",
        ),
        shown(72, 100, 6, "1"),
        shown(
            76,
            96,
            8,
            " The note goes on with a number, which is no mark:",
        ),
        shown(72, 86, 8, "1.5 million people."),
    ]
    .concat();
    let told = texts(paper::drawn("", RESOURCES, &text, &[]));
    let first = "Over 12 people were told in that year, which was the first of all.[1] They were told what was known at that time, all of them.";
    assert_eq!(
        told,
        [
            first,
            "[1] The note goes on with a number, which is no mark:",
            "1.5 million people."
        ]
    );
}

#[test]
fn links_are_where_they_are_drawn_and_lead_to_the_column_and_line_that_they_name() {
    let shown =
        |x: u32, y: u32, words: &str| format!("BT /F 10 Tf 1 0 0 1 {x} {y} Tm ({words}) Tj ET\n");
    let column = |x: u32, name: &str| {
        (0..6)
            .map(|line| {
                shown(
                    x,
                    700 - 16 * line,
                    &format!("\\225 {name} {line}: some words of it."),
                )
            })
            .collect::<String>()
    };
    let content = column(72, "Left") + &column(320, "Right");
    let area = |entries: &str| format!("<</Subtype/Link/Rect[72 690 600 712]{entries}>>");
    let spans_of = |link: &str| {
        let page = format!("/Annots[{link}]{RESOURCES}");
        let (report, _) = imported("l.pdf", paper::drawn("", &page, &content, &[]));
        let blocks = &report.sections[0].blocks;
        assert_eq!(blocks.len(), 12);
        blocks
            .iter()
            .flat_map(spans)
            .map(|(words, target)| (words.to_owned(), target))
            .collect::<Vec<_>>()
    };
    let both = |target: &str| {
        ["Left 0: some words of it.", "Right 0: some words of it."]
            .map(|words| (words.to_owned(), target.to_owned()))
            .to_vec()
    };
    assert_eq!(
        spans_of(&area("/Dest[4 0 R/XYZ 318 701 0]")),
        both("#l:8"),
        "right, and not above where the line begins"
    );
    assert_eq!(spans_of(&area("/Dest[4 0 R/XYZ 70 701 0]")), both("#l:2"));
    assert_eq!(spans_of(&area("/Dest[4 0 R/FitH 640]")), both("#l:5"));
    assert_eq!(spans_of(&area("/Dest[4 0 R/Fit]")), both("#l:1"));
    let quads = "/QuadPoints[72 710 110 710 72 690 110 690]/A<</S/URI/URI(https://example.org/)>>";
    assert_eq!(
        spans_of(&area(quads)),
        [("Left".to_owned(), "https://example.org/".to_owned())]
    );
    assert_eq!(
        spans_of(&area("/Dest[4 0 R/Fit]").replace("/Link", "/Widget")),
        []
    );
}

#[test]
fn titles_of_an_outline_are_nested_as_it_is() {
    let shown = |y: u32, size: u32, words: &str| {
        format!("BT /F {size} Tf 1 0 0 1 72 {y} Tm ({words}) Tj ET\n")
    };
    let titles = ["One", "Two", "Three", "Four"];
    let content: String = (0..)
        .zip(titles)
        .map(|(at, title)| {
            shown(700 - 60 * at, 14, title) + &shown(680 - 60 * at, 10, "Some words of the text.")
        })
        .collect();
    let outline = [
        "null",
        BOLD,
        "<</First 9 0 R>>",
        "<</Title(One)/Dest[4 0 R/Fit]/First 10 0 R/Next 12 0 R>>",
        "<</Title(Two)/A<</S/GoTo/D[4 0 R/Fit]>>/First 11 0 R>>",
        "<</Title<FEFF0054006800720065 0065>/Dest(three)>>",
        "<</Title(Four)/Dest[0/Fit]>>",
    ];
    let names = "/Outlines 8 0 R/Names<</Dests<</Kids[<</Names[(three)[4 0 R/Fit]]>>]>>>>";
    let (report, told) = imported("o.pdf", paper::drawn(names, RESOURCES, &content, &outline));
    let found: Vec<(u8, &str)> = report
        .sections
        .iter()
        .map(|section| (section.level, section.title.as_str()))
        .collect();
    assert_eq!(
        found,
        [(1, "One"), (2, "Two"), (3, "Three"), (1, "Four")],
        "{told}"
    );
}

/// Lines one below the other, each with where it begins and its words.
fn lines(lines: &[(f64, &str)]) -> Vec<paper::Text> {
    (0..)
        .zip(lines)
        .map(|(at, (x, words))| paper::Text::new(*x, 700.0 - 12.0 * f64::from(at), 10.0, *words))
        .collect()
}

#[test]
fn quotes_are_set_in_from_both_sides_and_captions_are_named() {
    let wide = "All lines of the text of this report are as wide as this one, as a rule.";
    let page = lines(&[
        (72.0, wide),
        (72.0, "and what the ferryman told us was this:"),
        (102.0, "A river is never the same twice, and neither is"),
        (102.0, "the traveller who comes back over it."),
        (72.0, wide),
        (72.0, "Table 2 shows more."),
        (72.0, "Table 2: Crossings by season"),
        (102.0, "Set in from the left alone, a line is no quote"),
        (102.0, "since what it says may be as wide as the text is."),
        (72.0, "and so on."),
    ]);
    let (report, _) = imported("q.pdf", paper::pdf(&[page], &[]));
    let told: Vec<(BlockKind, &str)> = report.sections[0]
        .blocks
        .iter()
        .map(|block| (block.kind, block.text.split(' ').next().unwrap_or_default()))
        .collect();
    let (quote, caption, paragraph) = (BlockKind::Quote, BlockKind::Caption, BlockKind::Paragraph);
    assert_eq!(
        told,
        [
            (paragraph, "All"),
            (quote, "A"),
            (paragraph, "All"),
            (caption, "Table"),
            (paragraph, "Set")
        ]
    );
}

#[test]
fn where_type_has_one_size_short_bold_lines_are_titles() {
    let line = |y: u32, font: &str, words: &str| {
        format!("BT /{font} 10 Tf 1 0 0 1 72 {y} Tm ({words}) Tj ET\n")
    };
    let content = [
        line(720, "B", "Findings of the first of all the years"),
        line(708, "B", "that were looked at"),
        line(
            690,
            "F",
            "What was found is told here, in a line as wide as others are.",
        ),
        line(678, "B", "Bold words that stand close are no title"),
        line(
            666,
            "F",
            "since they go on with the text, in a line as wide as others are.",
        ),
        line(640, "B", "Nor is a sentence."),
        line(
            614,
            "F",
            "What was found is told here, in a line as wide as others are.",
        ),
        line(
            602,
            "F",
            "What was found is told here, in a line as wide as others are.",
        ),
        line(576, "B", "Advice"),
        line(
            558,
            "F",
            "What was found is told here, in a line as wide as others are.",
        ),
    ]
    .concat();
    let (report, told) = imported(
        "bold.pdf",
        paper::drawn("", RESOURCES, &content, &["null", BOLD]),
    );
    let titles: Vec<(u8, &str)> = report
        .sections
        .iter()
        .map(|section| (section.level, section.title.as_str()))
        .collect();
    assert_eq!(
        titles,
        [
            (
                1,
                "Findings of the first of all the years that were looked at"
            ),
            (1, "Advice")
        ]
    );
    assert!(told.contains("size and weight"), "{told}");
}

#[test]
fn a_note_below_a_table_or_a_title_stays_in_its_place() {
    let shown = |x: u32, y: u32, size: u32, words: &str| {
        format!("BT /F {size} Tf 1 0 0 1 {x} {y} Tm ({words}) Tj ET\n")
    };
    let text = shown(
        72,
        740,
        10,
        "What was counted stands in the table, as wide as this line is.",
    );
    let cells = |y: u32, cells: [&str; 3]| {
        [72, 200, 320]
            .into_iter()
            .zip(cells)
            .map(|(x, cell)| shown(x, y, 10, cell))
            .collect::<String>()
    };
    let table = cells(700, ["North", "few", "none"]) + &cells(686, ["South", "12", "more"]);
    let note = shown(72, 100, 7, "1 A note of the table.");
    let (report, _) = imported(
        "n.pdf",
        paper::drawn("", RESOURCES, &(text.clone() + &table + &note), &[]),
    );
    let told = |report: &Report| {
        report
            .sections
            .iter()
            .map(|section| {
                section
                    .blocks
                    .last()
                    .map_or("", |block| block.text.as_str())
                    .to_owned()
            })
            .collect::<Vec<_>>()
    };
    assert_eq!(told(&report), ["1 A note of the table."]);
    let title = shown(72, 660, 16, "Next");
    let (report, _) = imported(
        "n.pdf",
        paper::drawn("", RESOURCES, &(text + &table + &title + &note), &[]),
    );
    assert_eq!(told(&report), ["South; 12; more", "1 A note of the table."]);
}
