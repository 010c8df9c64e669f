//! The report with notes in place: nothing of the text changes, every mark is where it belongs, every
//! number leads to its note.

use proptest::prelude::*;
use serde_json::Value;
use tip_reader::{
    edition::{Edition, anchor::Anchor},
    export::{self, Format, annotated::Annotated},
    notebook::{
        Notebook,
        annotation::{Annotation, FORMAT, Kind},
        resolution,
    },
    report::{
        Block, BlockKind, Report, Span, SpanStyle,
        address::Stretch,
        position::{Passage, Position},
        snapshot,
    },
    store::editions::Editions,
    text::width,
};

const FORMATS: [Format; 4] = [Format::Text, Format::Markdown, Format::Html, Format::Json];

type Place = (usize, usize, usize);

fn annotation(report: &Report, kind: Kind, start: Place, end: Place, text: &str) -> Annotation {
    let position = |(section, block, byte)| Position::new(section, block, byte);
    let passage = Passage::new(position(start), position(end));
    Annotation {
        format: FORMAT,
        id: format!("{kind:?}-{start:?}-{end:?}-{text}"),
        report: report.id.clone(),
        kind,
        anchor: Anchor::new(report, &Edition::of(report), passage),
        text: text.into(),
        color: (kind == Kind::Highlight).then(|| "green".into()),
        letter: (kind == Kind::Bookmark).then_some('x'),
        created: "2026-01-02T03:04:05Z".into(),
        modified: String::new(),
        conflict_of: None,
        base: None,
    }
}

fn print(
    format: Format,
    report: &Report,
    annotations: &[Annotation],
    addresses: &[&str],
    width: Option<usize>,
) -> String {
    let mut notebook = Notebook::default();
    notebook.replace(annotations.to_vec(), report);
    resolution::resolve_all(
        &mut notebook,
        &Editions::new("no folder".into()),
        Vec::new(),
        report,
    );
    let addresses: Vec<Stretch> = addresses
        .iter()
        .map(|text| Stretch::parse(text, report).expect("an address"))
        .collect();
    let parts = export::parts(report, &addresses);
    Annotated::new(report, &parts, notebook.entries(), addresses.is_empty()).write(format, width)
}

fn plain(format: Format, report: &Report) -> String {
    export::write(format, report, &export::parts(report, &[]), None)
}

/// Three paragraphs with a note on words, a highlight over two blocks, a note on a whole block, a
/// bookmark, and an orphan.
fn samples(report: &Report) -> Vec<Annotation> {
    let mut orphan = annotation(
        report,
        Kind::Note,
        (1, 3, 0),
        (1, 3, 5),
        "on a lost paragraph",
    );
    orphan.anchor.quote = "Words that no edition has.".into();
    vec![
        annotation(report, Kind::Note, (1, 2, 0), (1, 2, 9), "on two words"),
        annotation(report, Kind::Highlight, (1, 5, 0), (1, 6, 18), ""),
        annotation(
            report,
            Kind::Note,
            (1, 0, 0),
            (1, 0, 12),
            "on a greeting\n\n```\nopen",
        ),
        annotation(report, Kind::Bookmark, (2, 2, 0), (2, 2, 2), ""),
        orphan,
    ]
}

#[test]
fn text_has_marks_numbers_and_the_notes_at_the_end() {
    let report = snapshot::bundled();
    let text = print(Format::Text, &report, &samples(&report), &[], Some(60));
    assert!(text.contains("\n\nDear Reader:[1]\n"), "{text}");
    assert!(text.contains("«This year»[2]’s Trafficking"), "{text}");
    assert!(
        text.contains("«Through this report") && text.contains("«I have said before»"),
        "{text}"
    );
    assert!(text.contains("⚑x If there is one thing"), "{text}");
    let notes = "Notes\n=====\n\n[1] 2:1 · note · 2026-01-02\n    on a greeting\n\n    ```\n    open\n\n[2] 2:3 · note · 2026-01-02\n    “This year”\n    on two words\n\nNot found in this edition\n=========================\n\n- note · 2026-01-02 · orphaned\n    “Words that no edition has.”\n    on a lost paragraph\n";
    assert!(text.ends_with(notes), "{text}");
    assert!(text.lines().all(|line| width::width(line) <= 60), "{text}");
}

#[test]
fn a_part_has_its_own_notes_alone() {
    let report = snapshot::bundled();
    for format in FORMATS {
        let text = print(format, &report, &samples(&report), &["2:3"], None);
        assert!(
            text.contains("on two words")
                && !text.contains("on a greeting")
                && !text.contains("lost paragraph"),
            "{text}"
        );
        let second = print(format, &report, &samples(&report), &["2:7"], None);
        assert!(!second.contains("on two words"), "{second}");
    }
    let second = print(Format::Text, &report, &samples(&report), &["2:7"], None);
    assert!(
        second.starts_with("«I have said before», building"),
        "{second}"
    );
}

#[test]
fn markdown_numbers_and_notes_belong_together() {
    let report = snapshot::bundled();
    let text = print(Format::Markdown, &report, &samples(&report), &[], None);
    for number in 1..=2 {
        assert_eq!(text.matches(&format!("[^{number}]")).count(), 2, "{text}");
        assert_eq!(text.matches(&format!("\n\n[^{number}]: ")).count(), 1);
    }
    assert!(
        text.contains("Dear Reader:[^1]") && text.contains("<mark>This year</mark>[^2]’s"),
        "{text}"
    );
    assert!(text.contains("[^1]: 2:1 · note · 2026-01-02\n\n    on a greeting\n\n    ```\n    open\n\n[^2]: 2:3 · note"), "{text}");
    assert!(text.contains("“This year”\n\n    on two words"), "{text}");
    assert!(
        text.contains("<mark>Through")
            && text.contains("<mark>I have said before</mark>, building"),
        "{text}"
    );
    assert!(text.contains("⚑x If there is"), "{text}");
    assert!(text.contains("# Not found in this edition\n\n- note · 2026-01-02 · orphaned\n\n  > Words that no edition has."), "{text}");
    let body = text[..text.find("\n\n[^1]: ").expect("the notes")]
        .replace("<mark>", "")
        .replace("</mark>", "")
        .replace("⚑x ", "");
    let body = body.replace("[^1]", "").replace("[^2]", "");
    assert_eq!(body, plain(Format::Markdown, &report).trim_end());
}

#[test]
fn preformatted_text_in_markdown_has_the_same_letters() {
    let mut report = snapshot::bundled();
    report.sections[1].blocks[3].kind = BlockKind::Preformatted;
    report.sections[1].blocks[3].text = "a  b\n  c".into();
    let made = [
        annotation(&report, Kind::Note, (1, 3, 0), (1, 3, 8), "n"),
        annotation(&report, Kind::Highlight, (1, 3, 0), (1, 3, 1), ""),
    ];
    let text = print(Format::Markdown, &report, &made, &["2:4"], None);
    assert!(
        text.starts_with("```\na  b\n  c\n```\n\n[^1]\n\n[^1]: 2:4"),
        "{text}"
    );
}

#[test]
fn a_number_is_taken_for_no_link() {
    let mut report = snapshot::bundled();
    report.sections[1].blocks[3].text = "see (here): all".into();
    report.sections[1].blocks[3].spans = vec![Span {
        start: 5,
        end: 9,
        style: SpanStyle::Link("https://example.org/".into()),
    }];
    let notes = [
        annotation(&report, Kind::Note, (1, 3, 0), (1, 3, 4), "n"),
        annotation(&report, Kind::Note, (1, 3, 0), (1, 3, 7), "m"),
    ];
    let text = print(Format::Markdown, &report, &notes, &["2:4"], None);
    assert!(
        text.starts_with("<mark>see [^1]<!-- -->(")
            && text.contains("(<https://example.org/>)[^2])"),
        "{text}"
    );
    let html = print(Format::Html, &report, &notes, &["2:4"], None);
    assert!(
        html.contains("here</mark></a>") || html.contains("</a><sup id=\"ref-2\">"),
        "{html}"
    );
}

#[test]
fn html_leads_from_number_to_note_and_back() {
    let report = snapshot::bundled();
    let html = print(Format::Html, &report, &samples(&report), &[], None);
    for number in 1..=2 {
        for wanted in [
            "<sup id=\"ref-N\"><a href=\"#note-N\"",
            "<li id=\"note-N\" value=\"N\">",
            "href=\"#ref-N\" role=\"doc-backlink\"",
        ] {
            assert_eq!(
                html.matches(&wanted.replace('N', &number.to_string()))
                    .count(),
                1,
                "{wanted} {number}"
            );
        }
    }
    assert!(
        html.contains("<mark class=\"note\">This year</mark><sup id=\"ref-2\">"),
        "{html}"
    );
    assert!(
        html.contains("<mark class=\"highlight green\">I have said before</mark>, building"),
        "{html}"
    );
    assert!(
        html.contains("<blockquote><p>Words that no edition has.</p></blockquote>"),
        "{html}"
    );
}

#[test]
fn what_is_not_certain_says_so_even_where_nothing_was_written() {
    let report = snapshot::bundled();
    let mut second = annotation(&report, Kind::Highlight, (2, 3, 0), (2, 3, 9), "");
    second.conflict_of = Some("f".repeat(32));
    let mut lost = annotation(&report, Kind::Bookmark, (2, 0, 0), (2, 0, 12), "");
    lost.anchor.edition = String::new();
    (lost.anchor.before, lost.anchor.after) = (String::new(), String::new());
    (lost.anchor.start.block, lost.anchor.end.block) = (99, 99);
    let mut notebook = Notebook::default();
    notebook.replace(vec![second.clone(), lost.clone()], &report);
    let status = notebook.entry(&lost.id).expect("there").resolution.name();
    assert_ne!(status, "exact");
    for format in FORMATS {
        let text = print(format, &report, &[second.clone(), lost.clone()], &[], None);
        let wanted = if format == Format::Json {
            "\"conflict_of\": \"ffffffff"
        } else {
            "another version of ffffffff"
        };
        assert!(
            text.contains(wanted) && text.contains("unsure"),
            "{format:?}: {text}"
        );
    }
    let text = print(Format::Text, &report, &[second, lost], &[], None);
    assert!(text.contains("«With this»["), "{text}");
    let markdown = print(
        Format::Markdown,
        &report,
        &[annotation(
            &report,
            Kind::Highlight,
            (2, 3, 0),
            (2, 3, 9),
            "",
        )],
        &[],
        None,
    );
    assert!(
        !markdown.contains("[^"),
        "a certain one without words needs no note"
    );
}

#[test]
fn json_says_which_bytes_of_a_block_are_annotated() {
    let report = snapshot::bundled();
    let blocks: Vec<Value> =
        serde_json::from_str(&print(Format::Json, &report, &samples(&report), &[], None))
            .expect("an array");
    let mut count = 0;
    for block in &blocks {
        let text = block["text"].as_str().expect("a text");
        for note in block["annotations"].as_array().expect("annotations") {
            let Some(start) = note["start"].as_u64() else {
                continue;
            };
            let range = usize::try_from(start).expect("small")
                ..usize::try_from(note["end"].as_u64().expect("an end")).expect("small");
            assert!(
                note["quote"]
                    .as_str()
                    .expect("a quote")
                    .contains(&text[range])
            );
            count += 1;
        }
    }
    assert_eq!(count, 5, "the highlight stands in two blocks");
    let orphans = blocks.last().expect("the orphans");
    assert_eq!(
        (
            &orphans["address"],
            orphans["annotations"].as_array().map(Vec::len)
        ),
        (&Value::Null, Some(1))
    );
}

/// Tags that are opened and closed in order.
fn assert_nested(html: &str) {
    let mut open: Vec<&str> = Vec::new();
    for tag in html
        .split('<')
        .skip(1)
        .map(|rest| rest.split('>').next().unwrap_or_default())
    {
        let name = tag
            .trim_start_matches('/')
            .split(' ')
            .next()
            .unwrap_or_default();
        if ["!DOCTYPE", "meta", "link", "br", "hr"].contains(&name) {
            continue;
        }
        if tag.starts_with('/') {
            assert_eq!(open.pop(), Some(name), "in {html}");
        } else {
            assert!(
                name != "a" || !open.contains(&"a"),
                "a link in a link: {html}"
            );
            open.push(name);
        }
    }
    assert!(open.is_empty(), "{open:?}");
}

/// The page without its notes.
fn without_notes(html: &str) -> String {
    let mut text = String::new();
    let mut rest = &html[..html.find("<aside").unwrap_or(html.len())];
    while let Some(at) = ["<mark", "</mark", "<sup", "<span class=\"bookmark\""]
        .iter()
        .filter_map(|tag| rest.find(tag))
        .min()
    {
        text.push_str(&rest[..at]);
        let end = match rest[at..].chars().nth(1) {
            Some('s') if rest[at..].starts_with("<sup") => "</sup>",
            Some('s') => "</span> ",
            _ => ">",
        };
        rest = &rest[at + rest[at..].find(end).expect("an end") + end.len()..];
    }
    text + rest
}

fn body(html: &str) -> &str {
    html[html.find("<body>").expect("a body")..].trim_end_matches(|c| "</bodyhtml>\n".contains(c))
}

fn places() -> impl Strategy<Value = Vec<(Kind, Place, Place, String)>> {
    let place = || (0..3usize, 0..8usize, 0..700usize);
    let kind = prop_oneof![
        Just(Kind::Note),
        Just(Kind::Highlight),
        Just(Kind::Bookmark)
    ];
    proptest::collection::vec(
        (
            kind,
            place(),
            place(),
            prop_oneof![
                Just(String::new()),
                any::<String>(),
                "[-*_#>`~!a<(1.\n)&;:/ \\[\\]]{0,40}"
            ],
        ),
        0..6,
    )
}

fn made(report: &Report, places: Vec<(Kind, Place, Place, String)>) -> Vec<Annotation> {
    let at = |(section, block, byte): Place| {
        let block = block % report.sections[section].blocks.len();
        let text = report.text_at(Position::new(section, block, 0));
        (
            section,
            block,
            text.floor_char_boundary(byte % (text.len() + 1)),
        )
    };
    places
        .into_iter()
        .map(|(kind, start, end, text)| annotation(report, kind, at(start), at(end), &text))
        .collect()
}

/// The bundled report with spans over it, and characters that writers might use themselves.
fn spanned(spans: Vec<(usize, usize, u8)>) -> Report {
    let mut report = snapshot::bundled();
    report.title.push('\u{fdd0}');
    report.sections[1].blocks[4]
        .text
        .insert_str(0, "\u{fdd0}«[1]<mark>");
    for (number, block) in report
        .sections
        .iter_mut()
        .flat_map(|section| &mut section.blocks)
        .enumerate()
    {
        let mut last = 0;
        for (skip, len, style) in spans.iter().skip(number % 3) {
            let start = block
                .text
                .floor_char_boundary((last + skip % 200).min(block.text.len()));
            let end = block
                .text
                .floor_char_boundary((start + len % 200).min(block.text.len()));
            let style = match style % 3 {
                0 => SpanStyle::Emphasis,
                1 => SpanStyle::Strong,
                _ => SpanStyle::Link("https://example.org/".into()),
            };
            if start < end && start > last {
                block.spans.push(Span { start, end, style });
                last = end;
            }
        }
    }
    report
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn notes_change_nothing_of_the_page_and_cross_nothing(places in places(), spans in proptest::collection::vec(any::<(usize, usize, u8)>(), 0..5)) {
        let report = spanned(spans);
        let html = print(Format::Html, &report, &made(&report, places), &[], None);
        assert_nested(&html);
        let bare = without_notes(&html);
        let plain = plain(Format::Html, &report);
        prop_assert_eq!(body(&bare), body(&plain));
    }

    #[test]
    fn no_format_lets_a_control_or_an_override_out(places in places(), width in 1usize..80, odd in any::<String>()) {
        let mut report = snapshot::bundled();
        let odd = format!("{odd}\u{1b}]0;x\u{7}\u{9b}2J\u{7f}\u{202e}\u{2066}\u{200b}");
        report.title.push_str(&odd);
        report.sections[1].title.push_str(&odd);
        report.sections[1].blocks[2].text.insert_str(0, &odd);
        let link = SpanStyle::Link(format!("https://example.org/{odd}"));
        report.sections[1].blocks[3].spans = vec![Span { start: 0, end: 3, style: link }];
        report.sections[1].blocks[4] = Block { kind: BlockKind::Preformatted, text: odd.clone(), spans: Vec::new(), depth: 0 };
        let mut all = made(&report, places);
        all.iter_mut().for_each(|each| each.text.push_str(&odd));
        all.extend(samples(&report).pop());
        all.iter_mut().for_each(|each| each.color = Some(odd.clone()));
        for format in FORMATS {
            let text = print(format, &report, &all, &[], Some(width));
            prop_assert_eq!(text.chars().find(|c| width::is_unsafe(*c) && !matches!(c, '\n' | '\t')), None, "{:?}", format);
            let text = plain(format, &report);
            prop_assert_eq!(text.chars().find(|c| width::is_unsafe(*c) && !matches!(c, '\n' | '\t')), None, "{:?}", format);
        }
    }
}
