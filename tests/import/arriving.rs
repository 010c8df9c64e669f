//! Of the reference documents all words arrive, in order and under their sections, and hardly
//! anything else does.

use std::fs;

use tip_reader::report::{BlockKind, Report, SpanStyle};

use crate::{golden, good};

fn words(text: &str) -> Vec<String> {
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect()
}

/// The reference document: titles of its sections with their words.
fn reference(name: &str) -> Vec<(String, Vec<String>)> {
    let text = fs::read_to_string(golden(name)).expect("the reference");
    let mut sections: Vec<(String, Vec<String>)> = Vec::new();
    for line in text.lines() {
        match line.strip_prefix("# ") {
            Some(title) => sections.push((title.to_owned(), Vec::new())),
            None => sections.last_mut().expect("a title").1.extend(words(line)),
        }
    }
    sections
}

/// Length of the longest common subsequence: words that arrived in order.
fn in_order(expected: &[String], found: &[String]) -> usize {
    let mut row = vec![0; found.len() + 1];
    for word in expected {
        let mut diagonal = 0;
        for (index, other) in found.iter().enumerate() {
            let above = row[index + 1];
            row[index + 1] = if word == other {
                diagonal + 1
            } else {
                above.max(row[index])
            };
            diagonal = above;
        }
    }
    row[found.len()]
}

/// Shares of the reference's words that arrived in order under their section, and of what
/// arrived that is not the reference's.
fn compared(report: &Report, name: &str) -> (f64, f64) {
    let (mut wanted, mut arrived, mut all) = (0, 0, 0);
    for section in &report.sections {
        all += section
            .blocks
            .iter()
            .map(|block| words(&block.text).len())
            .sum::<usize>();
    }
    for (title, expected) in reference(name) {
        wanted += expected.len();
        let Some(section) = report
            .sections
            .iter()
            .find(|section| section.title == title)
        else {
            continue;
        };
        let found: Vec<String> = section
            .blocks
            .iter()
            .flat_map(|block| words(&block.text))
            .collect();
        arrived += in_order(&expected, &found);
    }
    (
        arrived as f64 / wanted as f64,
        (all - arrived) as f64 / all as f64,
    )
}

#[test]
fn the_measure_sees_disorder_wrong_sections_and_boilerplate() {
    let (report, _) = good(&[&golden("notes.md")], &[]);
    assert_eq!(compared(&report, "reference.txt"), (1.0, 0.0));
    let changed = |change: fn(&mut Report)| {
        let mut report = report.clone();
        change(&mut report);
        compared(&report, "reference.txt")
    };
    assert!(changed(|report| report.sections[1].blocks.swap(0, 4)).0 < 0.97);
    assert!(changed(|report| report.sections[1].blocks.truncate(8)).0 < 0.97);
    let moved = |report: &mut Report| {
        let block = report.sections[2].blocks.remove(0);
        report.sections[1].blocks.push(block);
    };
    assert!(changed(moved).0 < 0.97);
    let menu = |report: &mut Report| {
        report.sections[0].blocks[0]
            .text
            .push_str(" Home About us Share")
    };
    assert!(changed(menu).1 > 0.005);
}

#[test]
fn the_reference_arrives_whole_and_alone_from_every_tool() {
    let mut told = Vec::new();
    for (name, least) in [
        ("notes.md", 0.995),
        ("pandoc.html", 0.995),
        ("browser.html", 0.995),
        ("chromium.mhtml", 0.995),
        ("old-site.html", 0.995),
        ("word.html", 0.995),
        ("libreoffice.html", 0.995),
        ("libreoffice.xhtml", 0.995),
        ("pandoc.epub", 0.995),
        ("pandoc-2.epub", 0.995),
    ] {
        let (report, _) = good(&[&golden(name)], &[]);
        let (arrived, boilerplate) = compared(&report, "reference.txt");
        told.push(format!(
            "{name}: {:.2} % arrived, {:.2} % boilerplate",
            arrived * 100.0,
            boilerplate * 100.0
        ));
        assert!(
            arrived >= least && boilerplate <= 0.005,
            "{}",
            told.join("\n")
        );
        let levels: Vec<u8> = report
            .sections
            .iter()
            .map(|section| section.level)
            .collect();
        assert_eq!(levels, [1, 2, 3, 2, 2], "{name}");
        assert_eq!(report.title, "Field Notes on River Crossings", "{name}");
    }
    println!("{}", told.join("\n"));
}

#[test]
fn a_book_of_libreoffice_has_its_sections_emphasis_and_notes_though_only_style_sheets_say_them() {
    let (report, _) = good(&[&golden("libreoffice.epub")], &[]);
    let outline: Vec<(u8, &str)> = report
        .sections
        .iter()
        .map(|section| (section.level, section.title.as_str()))
        .collect();
    let titles = [
        "Field Notes on River Crossings",
        "Method",
        "Equipment",
        "Results",
        "Discussion",
    ];
    assert_eq!(
        outline,
        [1, 2, 3, 2, 2].into_iter().zip(titles).collect::<Vec<_>>()
    );
    // LibreOffice leaves the numbers of lists and the heads of tables out of the file.
    let (arrived, boilerplate) = compared(&report, "reference.txt");
    assert!(
        arrived >= 0.935 && boilerplate <= 0.005,
        "{arrived} {boilerplate}"
    );
    let text = &report.sections[0].blocks[1].text;
    let spans: Vec<(&str, &SpanStyle)> = report.sections[0].blocks[1]
        .spans
        .iter()
        .map(|span| (&text[span.start..span.end], &span.style))
        .collect();
    assert_eq!(
        spans[..2],
        [
            ("method", &SpanStyle::Emphasis),
            ("tables", &SpanStyle::Strong)
        ]
    );
    let last = report.sections[4].blocks.last().expect("a note");
    assert_eq!((last.kind, last.spans.len()), (BlockKind::ListItem, 0));
    assert!(
        last.text.starts_with("[2] Ripples show gravel"),
        "{}",
        last.text
    );
}

#[test]
fn the_text_of_a_pdf_arrives_from_every_tool() {
    let mut told = Vec::new();
    for name in [
        "latex.pdf",
        "latex-two-column.pdf",
        "two-column.pdf",
        "chromium.pdf",
        "weasyprint.pdf",
    ] {
        let (report, _) = good(&[&golden(name)], &[]);
        let (arrived, boilerplate) = compared(&report, "reference-tip.txt");
        told.push(format!(
            "{name}: {:.2} % arrived, {:.2} % boilerplate",
            arrived * 100.0,
            boilerplate * 100.0
        ));
        assert!(
            arrived >= 0.98 && boilerplate <= 0.005,
            "{}",
            told.join("\n")
        );
        let titles: Vec<&str> = report
            .sections
            .iter()
            .map(|section| section.title.as_str())
            .collect();
        assert_eq!(
            titles,
            [
                "2021 Trafficking in Persons Report",
                "Message From the Secretary of State",
                "Message From the Acting Director"
            ],
            "{name}"
        );
        assert_eq!(
            report.sections[1].blocks[0].kind,
            BlockKind::Salutation,
            "{name}"
        );
    }
    println!("{}", told.join("\n"));
}
