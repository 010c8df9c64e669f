//! What `print` writes, `import` reads back.

use std::path::Path;

use proptest::{prelude::*, test_runner::FileFailurePersistence};
use tip_reader::import::{self, Metadata, html, markdown};
use tip_reader::{
    export::{self, Format},
    report::{Block, BlockKind, FORMAT, Report, Section, Span, SpanStyle, snapshot},
};

use crate::{golden, good};

fn sections_of(document: import::document::Document) -> Vec<Section> {
    import::assemble::report(vec![document], "name", &Metadata::default())
        .expect("importable")
        .report
        .sections
}

fn without_spans(sections: &[Section]) -> Vec<Section> {
    let mut sections = sections.to_vec();
    sections
        .iter_mut()
        .flat_map(|section| &mut section.blocks)
        .for_each(|block| block.spans.clear());
    sections
}

/// What `print` writes, `import` reads back.
fn round_trip(report: &Report) {
    let parts = export::parts(report, &[]);
    let page = export::write(Format::Html, report, &parts, None);
    let read = import::read_bytes(Path::new("a.html"), page.as_bytes(), None, &mut |_, _| {})
        .expect("readable");
    assert_eq!(sections_of(read), report.sections, "{page}");
    let text = export::write(Format::Markdown, report, &parts, None);
    let read = sections_of(markdown::read(&text).expect("readable"));
    assert_eq!(
        without_spans(&read),
        without_spans(&report.sections),
        "{text}"
    );
}

#[test]
fn the_bundled_report_comes_back_from_markdown_and_html() {
    round_trip(&snapshot::bundled());
    let (golden, _) = good(&[&golden("notes.md")], &[]);
    round_trip(&golden);
}

#[test]
fn links_come_back_to_the_same_sections_and_paragraphs() {
    let targets = ["#part", "#part:2", "#all:1", "https://a.b/c#d", "#nowhere"];
    let words = "one two three four five";
    let spans = targets.iter().zip(words.split(' ')).map(|(target, word)| {
        let start = words.find(word).expect("a word");
        Span {
            start,
            end: start + word.len(),
            style: SpanStyle::Link((*target).into()),
        }
    });
    let linked = Block {
        kind: BlockKind::Paragraph,
        text: words.into(),
        spans: spans.collect(),
        depth: 0,
    };
    let plain = |kind, text: &str| Block {
        kind,
        text: text.into(),
        spans: Vec::new(),
        depth: 0,
    };
    let mut report = snapshot::bundled();
    report.sections = vec![
        Section {
            id: "all".into(),
            title: "All".into(),
            level: 1,
            blocks: vec![linked],
        },
        Section {
            id: "part".into(),
            title: "Part".into(),
            level: 2,
            blocks: vec![
                plain(BlockKind::Quote, "a"),
                plain(BlockKind::ListItem, "b"),
            ],
        },
    ];
    let parts = export::parts(&report, &[]);
    for (format, name) in [(Format::Html, "a.html"), (Format::Markdown, "a.md")] {
        let text = export::write(format, &report, &parts, None);
        let read = import::read_bytes(Path::new(name), text.as_bytes(), None, &mut |_, _| {})
            .expect("readable");
        assert_eq!(sections_of(read), report.sections, "{text}");
    }
}

fn any_text() -> impl Strategy<Value = String> {
    let word = prop_oneof![
        4 => "[a-zA-Z’é]{1,8}",
        2 => "[!-~]{1,6}",
        1 => prop::sample::select(vec!["1.", "2)", "-", "+", "#", "##", ">", "---", "```", "~~~", "***", "_x_", "[a](b)", "![i](x)", "<b>", "</b>", "<!--", "-->", "&amp;", "\\", "|", "a|b", "{#id}", "[^1]", "[ ]", ":", "http://a.b/c", "人権", "“q”", "=", "==="]).prop_map(str::to_owned),
    ];
    prop::collection::vec((word, prop::bool::weighted(0.1)), 1..8).prop_map(|words| {
        let mut text = String::new();
        for (word, is_line) in words {
            if !text.is_empty() {
                text.push(if is_line { '\n' } else { ' ' });
            }
            text.push_str(&word);
        }
        text
    })
}

fn any_block() -> impl Strategy<Value = Block> {
    use BlockKind::{
        Caption, Heading, ListItem, Notice, Paragraph, Preformatted, Quote, Salutation, Signature,
    };
    let kind = prop::sample::select(vec![
        Paragraph,
        Heading,
        Quote,
        ListItem,
        ListItem,
        ListItem,
        Caption,
        Salutation,
        Signature,
        Notice,
        Preformatted,
    ]);
    let style = prop::sample::select(vec![
        SpanStyle::Emphasis,
        SpanStyle::Strong,
        SpanStyle::Link("https://a.b/c?d&e=(f)".into()),
    ]);
    (
        kind,
        any_text(),
        0u8..=4,
        prop::collection::vec(
            (
                any::<prop::sample::Index>(),
                any::<prop::sample::Index>(),
                style,
            ),
            0..4,
        ),
    )
        .prop_map(|(kind, text, depth, styles)| {
            let edges: Vec<usize> = text
                .char_indices()
                .map(|(at, _)| at)
                .chain([text.len()])
                .collect();
            let mut spans = Vec::new();
            for (one, other, style) in styles {
                let (one, other) = (*one.get(&edges), *other.get(&edges));
                spans.push(Span {
                    start: one.min(other),
                    end: one.max(other),
                    style,
                });
            }
            Block {
                kind,
                text,
                spans,
                depth: if kind == ListItem { depth } else { 0 },
            }
        })
}

fn any_report() -> impl Strategy<Value = Report> {
    let title = any_text().prop_map(|text| text.replace('\n', " "));
    let section = (title, 1u8..=6, prop::collection::vec(any_block(), 0..5));
    prop::collection::vec(section, 1..5).prop_map(|sections| {
        let mut all = Vec::new();
        for (index, (title, level, blocks)) in sections.into_iter().enumerate() {
            all.push(Section {
                id: format!("section-{index}"),
                title,
                level,
                blocks,
            });
        }
        all[0].blocks.push(Block {
            kind: BlockKind::Paragraph,
            text: "An end.".into(),
            spans: Vec::new(),
            depth: 0,
        });
        Report {
            format: FORMAT,
            id: "generated".into(),
            title: "Generated".into(),
            author: "Nobody".into(),
            published: None,
            source: "nowhere".into(),
            language: "en".into(),
            sections: all,
            old_ids: Vec::new(),
        }
    })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: Some(Box::new(FileFailurePersistence::Direct("tests/import/round-trip.txt"))), ..ProptestConfig::default() })]
    #[test]
    fn every_report_comes_back_from_markdown_and_html(report in any_report()) {
        let parts = export::parts(&report, &[]);
        let page = export::write(Format::Html, &report, &parts, None);
        let read = sections_of(html::read(&page, html::Taken::Saved).expect("readable"));
        prop_assert_eq!(without_spans(&read), without_spans(&report.sections), "{}", page);
        let text = export::write(Format::Markdown, &report, &parts, None);
        let read = sections_of(markdown::read(&text).expect("readable"));
        prop_assert_eq!(without_spans(&read), without_spans(&report.sections), "{}", text);
    }
}
