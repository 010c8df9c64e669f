//! The bundled report: made again from the captured page, complete and exact.

use tip_reader::{
    import::{self, Metadata, document::Location},
    report::{BlockKind, snapshot},
};

const SOURCE: &str = include_str!("../../assets/report.txt");

#[test]
fn the_bundled_snapshot_is_what_import_makes_of_the_captured_page() {
    let imported = import::assemble::report(
        vec![import::text::read(SOURCE)],
        "report",
        &Metadata::default(),
    )
    .expect("importable");
    let made = snapshot::write(&imported.report).expect("writable");
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(
            concat!(env!("CARGO_MANIFEST_DIR"), "/assets/report.ron"),
            &made,
        )
        .expect("written");
        return;
    }
    assert!(
        made == include_str!("../../assets/report.ron"),
        "assets/report.ron is old; `UPDATE=1 cargo test --test suite report` makes it again"
    );
    let left: Vec<Location> = imported.left_out.iter().map(|left| left.place).collect();
    assert_eq!(left, [44, 46, 48, 50, 52, 54, 56].map(Location::Line));
}

#[test]
fn every_sentence_of_the_source_is_in_the_report_in_order_and_exact() {
    let report = snapshot::bundled();
    let mut text = String::new();
    for section in &report.sections {
        text.push_str(&section.title);
        for block in &section.blocks {
            text.push('\n');
            text.push_str(&block.text);
        }
        text.push('\n');
    }
    let (page, form) = SOURCE.split_once("Trả lời").expect("the comment form");
    let expected: Vec<String> = page
        .lines()
        .map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "))
        .filter(|line| !line.is_empty())
        .collect();
    let found: Vec<&str> = text.lines().collect();
    assert_eq!(found, expected);
    for line in form.lines().map(str::trim).filter(|line| !line.is_empty()) {
        assert!(!text.contains(line), "{line} belongs to the web page");
    }
}

#[test]
fn the_report_has_its_three_sections_and_its_metadata() {
    let report = snapshot::bundled();
    assert_eq!(
        (report.id.as_str(), report.author.as_str()),
        ("tip-2021", "United States Department of State")
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
        ]
    );
    let kinds = |section: usize| {
        report.sections[section]
            .blocks
            .iter()
            .map(|block| block.kind)
            .collect::<Vec<_>>()
    };
    use BlockKind::{Caption, Notice, Paragraph, Salutation, Signature};
    assert_eq!(kinds(0), [Paragraph, Notice]);
    assert_eq!(
        kinds(1),
        [
            Salutation, Caption, Paragraph, Paragraph, Paragraph, Paragraph, Paragraph, Signature
        ]
    );
    assert_eq!(
        kinds(2),
        [
            Salutation, Caption, Paragraph, Paragraph, Paragraph, Paragraph, Signature, Notice
        ]
    );
}
