//! Notes taken out and in again: nothing is lost on the way, twice is once, and each format is what
//! it says it is.

use std::{
    collections::HashMap,
    fs,
    path::{Path, PathBuf},
};

use crate::shell::{ends, good, home, run, text};
use proptest::prelude::*;
use serde_json::{Value, json};
use tempfile::TempDir;
use tip_reader::{
    edition::{Edition, anchor::Anchor},
    exchange::{self, Context, Incoming, Merged, Origin},
    export::notes::{self, NotesFormat},
    notebook::{
        Entry, Notebook,
        annotation::{Annotation, FORMAT, Kind, Malformed},
        resolution,
    },
    report::{
        Report,
        position::{Passage, Position},
        snapshot,
    },
    store::editions::Editions,
    text::width,
};

const FORMATS: [NotesFormat; 5] = [
    NotesFormat::Markdown,
    NotesFormat::Html,
    NotesFormat::Json,
    NotesFormat::Csv,
    NotesFormat::Annotation,
];
/// The formats that can be taken in again.
const BOTH_WAYS: [NotesFormat; 2] = [NotesFormat::Json, NotesFormat::Annotation];
const NOW: &str = "2026-01-02T03:04:05Z";
/// The page that the bundled report was made of, as another program may write it.
const PAGE: &str = "http://www.state.gov/reports/2021-trafficking-in-persons-report#top";

fn annotation(report: &Report, id: &str, kind: Kind, passage: Passage, text: &str) -> Annotation {
    Annotation {
        format: FORMAT,
        id: id.into(),
        report: report.id.clone(),
        kind,
        anchor: Anchor::new(report, &Edition::of(report), passage),
        text: text.into(),
        color: None,
        letter: None,
        created: NOW.into(),
        modified: NOW.into(),
        conflict_of: None,
        base: None,
    }
}

fn passage(start: (usize, usize, usize), end: (usize, usize, usize)) -> Passage {
    let position = |(section, block, byte)| Position::new(section, block, byte);
    Passage::new(position(start), position(end))
}

/// A note on some words, a coloured highlight over two blocks, a lettered bookmark, a note with
/// another version, and an orphan.
fn samples(report: &Report) -> Vec<Annotation> {
    let id = |digit: &str| digit.repeat(32);
    let whole = report.passage_of_block(Position::new(1, 4, 0));
    let note = annotation(
        report,
        &id("a"),
        Kind::Note,
        passage((1, 2, 0), (1, 2, 9)),
        "Look #equity.\n\n- *one*\n- two",
    );
    let mut highlight = annotation(
        report,
        &id("b"),
        Kind::Highlight,
        passage((1, 2, 12), (1, 3, 20)),
        "",
    );
    highlight.color = Some("green".into());
    let mut bookmark = annotation(report, &id("c"), Kind::Bookmark, whole, "");
    bookmark.letter = Some('x');
    let first = annotation(report, &id("d"), Kind::Note, whole, "ours");
    let second = Annotation {
        id: id("e"),
        text: "theirs".into(),
        conflict_of: Some(first.id.clone()),
        ..first.clone()
    };
    let mut orphan = annotation(report, &id("f"), Kind::Note, whole, "on a lost paragraph");
    orphan.anchor.quote = "Words that no edition has any more, and never had.".into();
    vec![note, highlight, bookmark, first, second, orphan]
}

fn export(format: NotesFormat, report: &Report, annotations: &[Annotation]) -> String {
    let mut notebook = Notebook::default();
    notebook.replace(annotations.to_vec(), report);
    resolution::resolve_all(
        &mut notebook,
        &Editions::new("no folder".into()),
        Vec::new(),
        report,
    );
    let entries: Vec<&Entry> = notebook.entries().iter().collect();
    notes::write(format, report, &entries)
}

fn read(text: &str, report: &Report) -> Result<Vec<Incoming>, Malformed> {
    exchange::read(
        text,
        &Context {
            report,
            edition: &Edition::of(report),
            now: NOW.into(),
        },
    )
}

fn import(text: &str, report: &Report, ours: &[Annotation]) -> Merged {
    let incoming = read(text, report).unwrap_or_else(|error| panic!("{error}:\n{text}"));
    let count = std::cell::Cell::new(0);
    exchange::merge(ours, incoming, || {
        count.set(count.get() + 1);
        format!("new{}", count.get())
    })
}

fn sorted(mut annotations: Vec<Annotation>) -> Vec<Annotation> {
    annotations.sort_by(|a, b| a.id.cmp(&b.id));
    annotations
}

#[test]
fn importing_what_was_exported_changes_nothing_and_gives_it_all_elsewhere() {
    let report = snapshot::bundled();
    let samples = samples(&report);
    for format in BOTH_WAYS {
        let text = export(format, &report, &samples);
        let here = import(&text, &report, &samples);
        assert_eq!(
            (here.added.len(), here.beside.len(), here.same),
            (0, 0, samples.len()),
            "{format:?}"
        );
        assert_eq!(
            sorted(import(&text, &report, &[]).added),
            samples,
            "{format:?}"
        );
        let mut edited = report.clone();
        edited.sections[1].blocks.remove(2);
        let old_edition = export(format, &edited, &samples);
        assert_eq!(
            sorted(import(&old_edition, &report, &[]).added),
            samples,
            "{format:?}, from another edition"
        );
    }
}

fn texts() -> impl Strategy<Value = String> {
    prop_oneof![
        Just(String::new()),
        "[ -~\n]{0,40}",
        any::<String>(),
        Just("#equity, ’—人 é 👩‍👩‍👧 שלום \u{1b}[2J\u{7f}\u{9b}\u{202e}\u{0}\t \r\n=1+1 ]]> --> \"'<b>&amp;\\".to_owned()),
    ]
}

fn annotations() -> impl Strategy<Value = Annotation> {
    let place = || (0..3usize, 0..8usize, 0..2000usize);
    let kind = prop_oneof![
        Just(Kind::Note),
        Just(Kind::Highlight),
        Just(Kind::Bookmark)
    ];
    let id = prop_oneof![
        "[0-9a-f]{32}",
        "[a-z]{1,8}-copy-[0-9]",
        "[0-9a-f]{8}",
        "[A-F0-9]{32}"
    ];
    let color = proptest::option::of(prop_oneof![
        Just("yellow".to_owned()),
        Just("purple".to_owned()),
        any::<String>()
    ]);
    let conflict = proptest::option::of(prop_oneof!["[0-9a-f]{32}", any::<String>()]);
    (
        place(),
        place(),
        kind,
        id,
        texts(),
        color,
        proptest::option::of(any::<char>()),
        conflict,
    )
        .prop_map(|(start, end, kind, id, text, color, letter, conflict_of)| {
            let report = snapshot::bundled();
            let at = |(section, block, byte): (usize, usize, usize)| {
                let block = block % report.sections[section].blocks.len();
                let text = report.text_at(Position::new(section, block, 0));
                Position::new(
                    section,
                    block,
                    text.floor_char_boundary(byte % (text.len() + 1)),
                )
            };
            let made = annotation(&report, &id, kind, Passage::new(at(start), at(end)), &text);
            Annotation {
                color,
                letter,
                conflict_of,
                ..made
            }
        })
}

/// Any JSON, made of the words that annotations are made of.
fn values() -> impl Strategy<Value = Value> {
    let words: &'static [&'static str] = &[
        "Annotation",
        "TextQuoteSelector",
        "RangeSelector",
        "Dear Reader:",
        "tagging",
        "commenting",
        "urn:uuid:",
        "urn:tip-reader:place",
        "\u{1f1e9}ä",
        "",
    ];
    let keys = [
        "id",
        "type",
        "target",
        "body",
        "selector",
        "exact",
        "prefix",
        "suffix",
        "purpose",
        "value",
        "items",
        "first",
        "motivation",
        "startSelector",
        "endSelector",
        "refinedBy",
        "anchor",
        "conformsTo",
        "source",
        "styleClass",
    ];
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<i64>().prop_map(Value::from),
        proptest::sample::select(words).prop_map(Value::from)
    ];
    leaf.prop_recursive(6, 60, 6, move |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            proptest::collection::vec((proptest::sample::select(keys.to_vec()), inner), 0..7)
                .prop_map(|pairs| pairs
                    .into_iter()
                    .map(|(key, value)| (key.to_owned(), value))
                    .collect::<serde_json::Map<_, _>>()
                    .into()),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_annotation_comes_back_as_it_was(made in proptest::collection::vec(annotations(), 0..4)) {
        let report = snapshot::bundled();
        let mut unique: HashMap<String, Annotation> = HashMap::new();
        made.into_iter().for_each(|each| drop(unique.insert(each.id.clone(), each)));
        let made = sorted(unique.into_values().collect());
        for format in BOTH_WAYS {
            let text = export(format, &report, &made);
            prop_assert_eq!(&sorted(import(&text, &report, &[]).added), &made);
            let again = import(&text, &report, &made);
            prop_assert_eq!((again.added.len(), again.beside.len(), again.same), (0, 0, made.len()));
        }
    }

    #[test]
    fn what_is_read_of_any_file_is_all_accounted_for(value in values(), text in any::<String>(), cut in 0usize..2000) {
        let report = snapshot::bundled();
        let context = Context { report: &report, edition: &Edition::of(&report), now: NOW.into() };
        let written = format!("{value:#}");
        for text in [written.as_str(), &text, &written[..written.floor_char_boundary(cut.min(written.len()))]] {
            if let Ok(incoming) = exchange::read(text, &context) {
                let read = incoming.len();
                let merged = exchange::merge(&[], incoming, || "new".into());
                prop_assert_eq!(merged.added.len() + merged.beside.len() + merged.same, read);
            }
        }
    }

    #[test]
    fn no_format_lets_a_control_or_an_override_out(made in proptest::collection::vec(annotations(), 1..3), odd in any::<String>()) {
        let mut report = snapshot::bundled();
        let odd = format!("{odd}\u{1b}]0;x\u{7}\u{202e}\u{9b}2J");
        report.title.push_str(&odd);
        report.author.push_str(&odd);
        report.source.push_str(&odd);
        report.sections[1].title.push_str(&odd);
        report.sections[1].blocks[2].text.insert_str(0, &odd);
        for format in FORMATS {
            let text = export(format, &report, &made);
            let unsafe_one = text.chars().find(|&c| width::is_unsafe(c) && c != '\n' && !(c == '\r' && format == NotesFormat::Csv));
            prop_assert_eq!(unsafe_one, None, "{:?}", format);
        }
    }
}

#[test]
fn an_annotation_that_says_something_else_is_set_beside_ours_once() {
    let report = snapshot::bundled();
    let ours = vec![samples(&report).remove(0)];
    let theirs = Annotation {
        text: "theirs".into(),
        ..ours[0].clone()
    };
    let later = Annotation {
        modified: "2027-01-01T00:00:00Z".into(),
        ..ours[0].clone()
    };
    for format in BOTH_WAYS {
        let text = export(format, &report, std::slice::from_ref(&theirs));
        let merged = import(&text, &report, &ours);
        assert_eq!(
            (merged.added.len(), merged.beside.len(), merged.same),
            (0, 1, 0)
        );
        let beside = &merged.beside[0];
        assert_eq!(
            (beside.text.as_str(), beside.conflict_of.as_ref()),
            ("theirs", Some(&ours[0].id))
        );
        assert_ne!(beside.id, ours[0].id);
        let both = [ours.clone(), merged.beside.clone()].concat();
        assert_eq!(
            import(&text, &report, &both),
            Merged {
                same: 1,
                ..Merged::default()
            },
            "{format:?}: twice is once"
        );
        let dates = export(format, &report, std::slice::from_ref(&later));
        assert_eq!(
            import(&dates, &report, &ours),
            Merged {
                same: 1,
                ..Merged::default()
            },
            "{format:?}: dates decide nothing"
        );
    }
}

/// A Web Annotation as other programs make them: a quote and little else.
fn foreign(id: &str, exact: &str, prefix: &str) -> Value {
    json!({
        "@context": "http://www.w3.org/ns/anno.jsonld",
        "id": id,
        "type": "Annotation",
        "body": [
            { "type": "TextualBody", "value": "from elsewhere", "format": "text/plain" },
            { "type": "TextualBody", "value": "rule of law", "purpose": "tagging" }
        ],
        "target": {
            "source": PAGE,
            "selector": [
                { "type": "TextPositionSelector", "start": 1, "end": 2 },
                { "type": "TextQuoteSelector", "exact": exact, "prefix": prefix }
            ]
        }
    })
}

#[test]
fn an_annotation_of_another_program_is_anchored_by_its_quote() {
    let report = snapshot::bundled();
    let both = json!([
        foreign(
            "https://example.org/1",
            "Dear\n  Reader:",
            "Message From the Acting Director "
        ),
        foreign(
            "https://example.org/2",
            "We must break\nthis inhumane cycle",
            ""
        ),
        foreign("https://example.org/3", "nowhere to be found", ""),
    ]);
    let text = format!("{both:#}");
    let merged = import(&text, &report, &[]);
    let mut notebook = Notebook::default();
    notebook.replace(merged.added.clone(), &report);
    resolution::resolve_all(
        &mut notebook,
        &Editions::new("no folder".into()),
        Vec::new(),
        &report,
    );
    let told = |id: usize| {
        let entry = notebook.entry(&merged.added[id].id).expect("there");
        (
            entry.resolution.name(),
            notes::address(entry, &report),
            entry.annotation.anchor.quote.clone(),
        )
    };
    assert_eq!(
        told(1),
        (
            "exact",
            Some("2:3".into()),
            "We must break this inhumane cycle".into()
        )
    );
    assert_eq!(told(2), ("orphaned", None, "nowhere to be found".into()));
    assert!(
        ["unsure", "orphaned"].contains(&told(0).0),
        "both letters begin so, and the title is no text of a block"
    );
    let added = &merged.added[1];
    assert_eq!(
        (added.kind, added.text.as_str()),
        (Kind::Note, "from elsewhere\n\n#rule-of-law")
    );
    assert_eq!(
        (added.report.as_str(), added.created.as_str()),
        ("tip-2021", NOW)
    );
    assert_eq!(
        import(&text, &report, &merged.added),
        Merged {
            same: 3,
            ..Merged::default()
        }
    );
    let mut edited = report.clone();
    edited.sections[1].blocks.remove(0);
    assert_eq!(
        import(&text, &edited, &merged.added),
        Merged {
            same: 3,
            ..Merged::default()
        },
        "in another edition"
    );
}

#[test]
fn one_letter_that_agrees_makes_no_quote_certain() {
    let report = snapshot::bundled();
    for (exact, prefix, wanted) in [
        ("Dear Reader:", "x", false),
        ("inhumane cycle", "s", false),
        ("inhumane cycle", "must break this", true),
        ("We must break this inhumane cycle of", "", true),
    ] {
        let merged = import(
            &foreign("https://example.org/1", exact, prefix).to_string(),
            &report,
            &[],
        );
        let exported: Vec<Value> =
            serde_json::from_str(&export(NotesFormat::Json, &report, &merged.added))
                .expect("an array");
        let status = exported[0]["status"].as_str().expect("a status");
        assert!(
            if wanted {
                status == "exact"
            } else {
                ["unsure", "orphaned"].contains(&status)
            },
            "{exact}: {status}"
        );
    }
}

#[test]
fn an_annotation_of_several_passages_is_one_note_on_each() {
    let report = snapshot::bundled();
    let mut several = foreign("https://example.org/1", "We must break this inhumane", "");
    let other = foreign("", "Dear Reader: Kari Johnstone", "")["target"].clone();
    several["target"] = json!([several["target"].clone(), { "type": "List", "items": [other, "https://example.org/elsewhere"] }]);
    let incoming = read(&several.to_string(), &report).expect("readable");
    let origins: Vec<Origin> = incoming.iter().map(|each| each.origin).collect();
    assert_eq!(
        origins,
        [Origin::Foreign, Origin::Foreign, Origin::Elsewhere]
    );
    let merged = import(&several.to_string(), &report, &[]);
    let quotes: Vec<&str> = merged
        .added
        .iter()
        .map(|each| each.anchor.quote.as_str())
        .collect();
    assert_eq!(
        quotes,
        [
            "We must break this inhumane",
            "Dear Reader:\nKari Johnstone",
            ""
        ]
    );
    assert_eq!(
        import(&several.to_string(), &report, &merged.added),
        Merged {
            same: 3,
            ..Merged::default()
        }
    );
}

#[test]
fn a_page_is_the_same_page_however_its_address_is_written() {
    let report = snapshot::bundled();
    for (source, origin) in [
        (
            json!("https://www.state.gov/reports/2021-trafficking-in-persons-report/"),
            Origin::Foreign,
        ),
        (json!({ "id": PAGE, "type": "Text" }), Origin::Foreign),
        (json!("urn:tip-reader:report:tip-2021"), Origin::Foreign),
        (json!(null), Origin::Foreign),
        (
            json!("https://www.state.gov/reports/2022-trafficking-in-persons-report/"),
            Origin::Elsewhere,
        ),
        (json!("https://www.state.gov/"), Origin::Elsewhere),
    ] {
        let mut made = foreign("https://example.org/1", "We must break this inhumane", "");
        made["target"]["source"] = source.clone();
        assert_eq!(
            read(&made.to_string(), &report).expect("readable")[0].origin,
            origin,
            "{source}"
        );
    }
}

#[test]
fn a_file_that_is_nested_without_end_is_refused() {
    let report = snapshot::bundled();
    for (open, close) in [("{\"first\":", "}"), ("{\"items\":", "}"), ("[", "]")] {
        let text = format!("{}{{}}{}", open.repeat(30_000), close.repeat(30_000));
        let error = read(&text, &report).expect_err("refused").to_string();
        assert!(
            error.contains("not a collection or page") || error.contains("recursion limit"),
            "{error}"
        );
    }
}

#[test]
fn many_annotations_are_merged_in_a_moment() {
    let report = snapshot::bundled();
    let first = samples(&report).remove(0);
    let many: Vec<Annotation> = (0..40_000)
        .map(|number| Annotation {
            id: format!("{number:032}"),
            ..first.clone()
        })
        .collect();
    let incoming = many
        .iter()
        .map(|each| Incoming {
            annotation: each.clone(),
            origin: Origin::Ours,
        })
        .collect();
    let start = std::time::Instant::now();
    assert_eq!(
        exchange::merge(&many, incoming, String::new).same,
        many.len()
    );
    assert!(start.elapsed().as_secs() < 15, "{:?}", start.elapsed());
}

#[test]
fn the_ways_to_write_one_annotation_are_all_read() {
    let report = snapshot::bundled();
    let quote = json!({ "type": "TextQuoteSelector", "exact": "inhumane cycle" });
    let one = |body: Value, motivation: Value, selector: Value| {
        json!({ "id": "urn:uuid:AAAAAAAA-bbbb-cccc-dddd-eeeeeeeeeeee", "type": "Annotation", "motivation": motivation, "body": body,
            "target": { "source": "https://example.org/", "selector": selector } })
    };
    let cases = [
        (
            one(json!("text"), json!("commenting"), quote.clone()),
            Kind::Note,
            "text",
        ),
        (
            one(json!([]), json!("highlighting"), quote.clone()),
            Kind::Highlight,
            "",
        ),
        (
            one(
                json!([]),
                json!(["oa:bookmarking", "linking"]),
                json!([quote.clone()]),
            ),
            Kind::Bookmark,
            "",
        ),
        (
            one(
                json!({ "type": "Choice", "items": [{ "value": "a" }, { "value": "b" }] }),
                json!(null),
                quote.clone(),
            ),
            Kind::Note,
            "a\n\nb",
        ),
        (
            one(
                json!({ "value": "x" }),
                json!("oa:replying"),
                json!({ "type": "FragmentSelector", "value": "p", "refinedBy": quote }),
            ),
            Kind::Note,
            "x",
        ),
    ];
    for (value, kind, text) in cases {
        for value in [
            value.clone(),
            json!([value.clone()]),
            json!({ "type": "AnnotationPage", "items": [value.clone()] }),
        ] {
            let added = import(&value.to_string(), &report, &[]).added;
            assert_eq!(added[0].id, "aaaaaaaabbbbccccddddeeeeeeeeeeee");
            assert_eq!(
                (
                    added[0].kind,
                    added[0].text.as_str(),
                    added[0].anchor.quote.as_str()
                ),
                (kind, text, "inhumane cycle"),
                "{value}"
            );
        }
    }
}

#[test]
fn what_cannot_be_read_is_named_with_line_and_column() {
    let report = snapshot::bundled();
    let good = export(NotesFormat::Json, &report, &samples(&report)[..1]);
    let newer = good.replace("\"format\": 1", "\"format\": 9");
    let wrong_kind = good.replace("\"kind\": \"note\"", "\"kind\": \"poem\"");
    for (text, wanted) in [
        ("", "line 1, column 1: not JSON; supported are"),
        (
            "address,section,kind\r\n2:5,x,note",
            "line 1, column 1: not JSON; supported are",
        ),
        ("[\n  {\"anchor\": 1}\n]", "line 2, column"),
        (
            "[\n  {},\n  {\"ä\": 2}\n]",
            "line 2, column 3: not an annotation",
        ),
        ("[\"ä\", {]", "line 1, column 8: key must be"),
        (
            "{\"first\": \"https://example.org/page\"}",
            "line 1, column 11: its first page is in another file",
        ),
        (
            "{\"items\": [], \"next\": \"x\"}",
            "line 1, column 1: this is one of several pages",
        ),
        (&"{\"first\":".repeat(300_000), "line 1, column"),
        (
            &format!("{}1{}", "{\"first\":".repeat(300), "}".repeat(300)),
            "not a collection or page",
        ),
        (&"[".repeat(300_000), "line 1, column"),
        (&newer, "format 9 is of a newer tip-reader"),
        (&wrong_kind, "unknown variant `poem`"),
    ] {
        let error = read(text, &report).expect_err(text).to_string();
        assert!(error.contains(wanted), "{text}: {error}");
    }
    let line = wrong_kind
        .lines()
        .position(|line| line.contains("poem"))
        .expect("there")
        + 1;
    assert!(
        read(&wrong_kind, &report)
            .expect_err("refused")
            .to_string()
            .starts_with(&format!("line {line}, column"))
    );
    for cut in 0..good.trim_end().len() {
        assert!(
            read(&good[..good.floor_char_boundary(cut)], &report).is_err(),
            "cut at {cut}"
        );
    }
}

// The Web Annotation Data Model as tables: what an object of a class may have.

/// Name, how many at least and at most, and what each is: a class, or `iri`, `text`, `number`,
/// `date`, `motivation`.
type Property = (&'static str, usize, usize, &'static [&'static str]);

const MANY: usize = usize::MAX;
const MOTIVATIONS: &[&str] = &[
    "assessing",
    "bookmarking",
    "classifying",
    "commenting",
    "describing",
    "editing",
    "highlighting",
    "identifying",
    "linking",
    "moderating",
    "questioning",
    "replying",
    "tagging",
];
const CLASSES: &[(&str, &[Property])] = &[
    (
        "AnnotationCollection",
        &[
            ("@context", 1, 1, &["iri"]),
            ("id", 1, 1, &["iri"]),
            ("label", 0, MANY, &["text"]),
            ("total", 0, 1, &["number"]),
            ("first", 0, 1, &["AnnotationPage", "iri"]),
            ("last", 0, 1, &["iri"]),
        ],
    ),
    (
        "AnnotationPage",
        &[
            ("id", 1, 1, &["iri"]),
            ("startIndex", 0, 1, &["number"]),
            ("items", 0, MANY, &["Annotation"]),
        ],
    ),
    (
        "Annotation",
        &[
            ("id", 1, 1, &["iri"]),
            ("motivation", 0, MANY, &["motivation"]),
            ("created", 0, 1, &["date"]),
            ("modified", 0, 1, &["date"]),
            ("body", 0, MANY, &["TextualBody", "SpecificResource"]),
            ("target", 1, MANY, &["SpecificResource"]),
            ("stylesheet", 0, 1, &["CssStylesheet"]),
        ],
    ),
    (
        "TextualBody",
        &[
            ("value", 1, 1, &["text"]),
            ("format", 0, 1, &["text"]),
            ("language", 0, 1, &["text"]),
            ("purpose", 0, MANY, &["motivation"]),
        ],
    ),
    (
        "SpecificResource",
        &[
            ("source", 1, 1, &["iri"]),
            ("purpose", 0, MANY, &["motivation"]),
            ("selector", 0, MANY, &["TextQuoteSelector", "RangeSelector"]),
            ("styleClass", 0, MANY, &["text"]),
        ],
    ),
    (
        "TextQuoteSelector",
        &[
            ("exact", 1, 1, &["text"]),
            ("prefix", 0, 1, &["text"]),
            ("suffix", 0, 1, &["text"]),
        ],
    ),
    (
        "TextPositionSelector",
        &[("start", 1, 1, &["number"]), ("end", 1, 1, &["number"])],
    ),
    (
        "RangeSelector",
        &[
            ("startSelector", 1, 1, &["FragmentSelector"]),
            ("endSelector", 1, 1, &["FragmentSelector"]),
        ],
    ),
    (
        "FragmentSelector",
        &[
            ("value", 1, 1, &["text"]),
            ("conformsTo", 0, 1, &["iri"]),
            ("refinedBy", 0, MANY, &["TextPositionSelector"]),
        ],
    ),
    ("CssStylesheet", &[("value", 0, 1, &["text"])]),
];

/// Checks an object against the table of its class, and all that it holds.
fn check_object(object: &Value, classes: &[&str]) {
    let class = object["type"]
        .as_str()
        .unwrap_or_else(|| panic!("no class: {object:#}"));
    assert!(
        classes.contains(&class),
        "a {class} where {classes:?} may stand"
    );
    let (_, properties) = CLASSES
        .iter()
        .find(|(name, _)| *name == class)
        .unwrap_or_else(|| panic!("no class of the model: {class}"));
    for (name, value) in object
        .as_object()
        .expect("an object")
        .iter()
        .filter(|(name, _)| *name != "type")
    {
        let (_, _, most, kinds) = properties
            .iter()
            .find(|(known, ..)| known == name)
            .unwrap_or_else(|| panic!("{class} has no `{name}`"));
        let values = value
            .as_array()
            .map_or_else(|| vec![value], |values| values.iter().collect());
        assert!(
            values.len() <= *most && (*most > 1 || !value.is_array()),
            "{class}: `{name}` stands {} times",
            values.len()
        );
        values
            .into_iter()
            .for_each(|value| check_value(value, kinds, &format!("{class} {name}")));
    }
    let missing = properties
        .iter()
        .find(|(name, least, ..)| *least > 0 && object.get(name).is_none());
    assert!(missing.is_none(), "{class} lacks {missing:?}");
}

fn check_value(value: &Value, kinds: &[&str], place: &str) {
    let fits = |kind: &&str| match (*kind, value) {
        ("text", Value::String(_)) => true,
        ("number", Value::Number(number)) => number.is_u64(),
        ("motivation", Value::String(text)) => MOTIVATIONS.contains(&text.as_str()),
        ("date", Value::String(text)) => {
            text.len() == 20 && text.ends_with('Z') && text.as_bytes()[10] == b'T'
        }
        ("iri", Value::String(text)) => {
            text.contains(':')
                && !text.contains(|c: char| c.is_whitespace() || "<>\"{}|\\^`".contains(c))
        }
        _ => false,
    };
    match value {
        Value::Object(_) => check_object(value, kinds),
        _ => assert!(
            kinds.iter().any(fits),
            "{place}: {value} is none of {kinds:?}"
        ),
    }
}

#[test]
fn the_annotation_format_is_the_model_of_the_w3c() {
    let mut report = snapshot::bundled();
    let mut all = samples(&report);
    all[0].id = "made by hand: ä/..".into();
    all[1].color = Some("my colour".into());
    all[2].created = "yesterday".into();
    all[0].created = "2026-01-02T05:04:05+02:00".into();
    all[3].text = String::new();
    for source in [
        "https://www.state.gov/x",
        "",
        "a page",
        "C:\\report.txt",
        "/home/me/a.txt",
        "urn:isbn:1",
    ] {
        report.source = source.into();
        let value: Value =
            serde_json::from_str(&export(NotesFormat::Annotation, &report, &all)).expect("JSON");
        assert_eq!(value["@context"], "http://www.w3.org/ns/anno.jsonld");
        assert_eq!(
            (
                value["total"].as_u64(),
                value["first"]["items"].as_array().map(Vec::len)
            ),
            (Some(6), Some(6))
        );
        check_object(&value, &["AnnotationCollection"]);
        let items = value["first"]["items"].as_array().expect("items");
        let dates: Vec<&str> = items
            .iter()
            .filter_map(|item| item["created"].as_str())
            .collect();
        assert_eq!(dates, [NOW; 5], "in UTC; what is no date is left out");
    }
    let value: Value =
        serde_json::from_str(&export(NotesFormat::Annotation, &report, &samples(&report)))
            .expect("JSON");
    check_object(&value, &["AnnotationCollection"]);
    let item = &value["first"]["items"][0];
    assert_eq!(
        (item["id"].as_str(), item["motivation"].as_str()),
        (
            Some("urn:uuid:aaaaaaaa-aaaa-aaaa-aaaa-aaaaaaaaaaaa"),
            Some("commenting")
        )
    );
    assert_eq!(
        (
            item["body"][1]["purpose"].as_str(),
            item["body"][1]["value"].as_str()
        ),
        (Some("tagging"), Some("equity"))
    );
    let quote = &item["target"]["selector"][0];
    assert_eq!(
        (quote["exact"].as_str(), quote["prefix"].as_str()),
        (Some("This year"), Some("Dear Reader:\nAntony J. Blinken\n"))
    );
    assert!(
        quote["suffix"]
            .as_str()
            .expect("what follows")
            .starts_with("’s Trafficking in Persons Report")
    );
}

#[test]
fn positions_are_code_points_and_the_empty_notebook_is_a_collection_too() {
    let report = snapshot::bundled();
    let made = annotation(
        &report,
        &"a".repeat(32),
        Kind::Note,
        passage((1, 2, 9), (1, 2, 14)),
        "x",
    );
    let value: Value =
        serde_json::from_str(&export(NotesFormat::Annotation, &report, &[made])).expect("JSON");
    let range = &value["first"]["items"][0]["target"]["selector"][1];
    assert_eq!(range["startSelector"]["refinedBy"]["start"], 9);
    assert_eq!(
        range["endSelector"]["refinedBy"]["start"], 12,
        "’ is three bytes and one character"
    );
    let empty: Value =
        serde_json::from_str(&export(NotesFormat::Annotation, &report, &[])).expect("JSON");
    check_object(&empty, &["AnnotationCollection"]);
}

#[test]
fn json_has_what_the_list_promises_and_all_that_an_import_needs() {
    let report = snapshot::bundled();
    let values: Vec<Value> =
        serde_json::from_str(&export(NotesFormat::Json, &report, &samples(&report)))
            .expect("an array");
    let promised = [
        "id", "kind", "address", "section", "quote", "text", "tags", "color", "status", "created",
        "modified",
    ];
    for value in &values {
        for field in promised.iter().chain(&[
            "format",
            "report",
            "anchor",
            "letter",
            "conflict_of",
            "citation",
        ]) {
            assert!(value.get(field).is_some(), "{field}: {value}");
        }
    }
    assert_eq!(values[5]["address"], Value::Null);
    assert_eq!(values[5]["status"], "orphaned");
}

#[test]
fn csv_is_read_back_cell_by_cell_and_runs_no_formula() {
    let report = snapshot::bundled();
    let mut all = samples(&report);
    all[0].text = "=HYPERLINK(\"http://x\")\nsecond, \"line\"".into();
    all[3].text = " \t@SUM(1)".into();
    let text = export(NotesFormat::Csv, &report, &all);
    let unquoted = text.split('"').step_by(2).collect::<String>();
    assert!(
        !unquoted.replace("\r\n", "").contains(['\r', '\n']),
        "lines end in CR LF"
    );
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let headers = reader.headers().expect("columns").clone();
    let rows: Vec<csv::StringRecord> = reader.records().map(|row| row.expect("a row")).collect();
    assert_eq!(rows.len(), all.len());
    let cell = |row: usize, name: &str| {
        rows[row]
            .get(
                headers
                    .iter()
                    .position(|header| header == name)
                    .expect("a column"),
            )
            .expect("a cell")
    };
    assert_eq!(
        cell(0, "text"),
        "'=HYPERLINK(\"http://x\")\nsecond, \"line\""
    );
    assert_eq!(
        (cell(1, "kind"), cell(1, "color"), cell(2, "letter")),
        ("highlight", "green", "x")
    );
    assert!(
        rows.iter()
            .flatten()
            .all(|cell| !cell.trim_start().starts_with(['=', '+', '-', '@']))
    );
}

#[test]
fn markdown_closes_what_a_note_opens_within_its_item() {
    let report = snapshot::bundled();
    let mut all = samples(&report);
    all[0].text = "```\nopen for ever".into();
    let text = export(NotesFormat::Markdown, &report, &all);
    let block = report.text_at(Position::new(1, 2, 0));
    let quote = &block[tip_reader::text::segment::sentences_of(block, 0..9)];
    let rest = quote
        .strip_prefix("This year")
        .expect("its sentence")
        .trim_end();
    let head = format!(
        "# Notes on 2021 Trafficking in Persons Report\n\n## Message From the Secretary of State\n\n- **2:3** · note · 2026-01-02\n\n  > **This year**{rest}\n\n  U.S. Department of State, 2021 Trafficking in Persons Report (2021), \"Message From the Secretary of State\", para. 1\n\n  ```\n  open for ever\n\n- **2:3** · highlight, green"
    );
    assert!(text.starts_with(&head), "{text}");
    assert!(text.contains("- **2:5** · note · 2026-01-02 · another version of dddddddd"));
    assert!(text.contains("## Not found in this edition\n\n- note · 2026-01-02 · orphaned\n\n  > Words that no edition has"));
    assert!(text.contains("  - *one*\n") || !all[0].text.contains("one"));
    assert!(text.lines().all(|line| line == line.trim_end()));
}

#[test]
fn html_has_every_note_and_runs_nothing() {
    let report = snapshot::bundled();
    let mut all = samples(&report);
    all[0].text = "</div><script>alert(1)</script> & \"more\"\n\nand **bold** &#27;[2J".into();
    all[1].color = Some("\" onload=\"x".into());
    let text = export(NotesFormat::Html, &report, &all);
    assert!(text.starts_with("<!DOCTYPE html>") && text.contains("prefers-color-scheme:dark"));
    assert!(
        !text.contains("<script")
            && !text.contains("\" onload")
            && text.contains("&lt;/div&gt;&lt;script&gt;")
    );
    assert!(
        text.contains("<strong>bold</strong>") && !text.contains('\u{1b}'),
        "what a note says is set as it was meant"
    );
    assert!(
        !text.contains("http:") && !text.contains("src="),
        "it needs nothing else"
    );
    for id in all.iter().map(|each| &each.id) {
        assert!(text.contains(&format!("<article id=\"n-{id}\">")), "{id}");
    }
    for tag in [
        "section",
        "article",
        "blockquote",
        "div",
        "cite",
        "main",
        "p",
    ] {
        assert_eq!(
            text.matches(&format!("<{tag}>")).count() + text.matches(&format!("<{tag} ")).count(),
            text.matches(&format!("</{tag}>")).count(),
            "{tag}"
        );
    }
}

// The verbs.

/// A home with the samples in it.
fn noted() -> TempDir {
    let home = home();
    let folder = home.path().join("notes");
    fs::create_dir(&folder).expect("a folder");
    for each in samples(&snapshot::bundled()) {
        fs::write(
            folder.join(format!("{}.ron", each.id)),
            each.write().expect("writable"),
        )
        .expect("written");
    }
    home
}

/// Every file of a home with its bytes.
fn files(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let mut found = Vec::new();
    for path in fs::read_dir(folder)
        .into_iter()
        .flatten()
        .flatten()
        .map(|entry| entry.path())
    {
        match path.is_dir() {
            true => found.extend(files(&path)),
            false => found.push((path.clone(), fs::read(&path).expect("bytes"))),
        }
    }
    found.sort();
    found
}

#[test]
fn a_notebook_goes_to_another_home_and_back_and_is_the_same() {
    let (here, there) = (noted(), home());
    let file = here.path().join("out");
    let path = file.to_string_lossy().into_owned();
    for format in ["json", "annotation"] {
        good(
            here.path(),
            &["notes", "export", "--format", format, "-o", &path],
        );
        let before = files(here.path());
        assert_eq!(
            good(here.path(), &["notes", "import", &path]),
            "0 annotations added, 6 unchanged\n"
        );
        assert_eq!(files(here.path()), before, "{format}");
        let added = good(there.path(), &["notes", "import", &path]);
        assert!(
            added == "6 annotations added, 0 unchanged\n" || format == "annotation",
            "{added}"
        );
        assert_eq!(
            files(&there.path().join("notes"))
                .iter()
                .map(|file| &file.1)
                .collect::<Vec<_>>(),
            files(&here.path().join("notes"))
                .iter()
                .map(|file| &file.1)
                .collect::<Vec<_>>()
        );
        assert_eq!(
            good(there.path(), &["notes", "export", "--format", format]),
            fs::read_to_string(&file).expect("the file")
        );
    }
}

#[test]
fn what_is_about_another_page_is_left_out_unless_it_is_asked_for() {
    let home = home();
    let here = foreign(
        "https://example.org/1",
        "We must break this inhumane cycle",
        "",
    );
    let mut other = foreign("https://example.org/2", "human trafficking", "");
    other["target"]["source"] = json!("https://example.org/another-page");
    let file = home.path().join("in");
    fs::write(&file, json!([here, other]).to_string()).expect("written");
    let path = file.to_string_lossy().into_owned();
    let told = good(home.path(), &["notes", "import", &path]);
    assert_eq!(
        told,
        "1 annotation added, 0 unchanged; 1 of other pages skipped, `--any-page` imports them too\n"
    );
    assert_eq!(
        good(home.path(), &["notes", "import", "--any-page", &path]),
        "1 annotation added, 1 unchanged\n"
    );
    assert!(good(home.path(), &["notes"]).contains("“human trafficking”"));
    assert!(
        !good(home.path(), &["notes", "--status", "exact"]).contains("“human trafficking”"),
        "too few words to tell"
    );
}

#[test]
fn a_file_name_sends_nothing_to_the_terminal() {
    let home = noted();
    let notes = home.path().join("notes");
    fs::rename(
        notes.join(format!("{}.ron", "d".repeat(32))),
        notes.join("x\u{1b}[2J\u{202e}.ron"),
    )
    .expect("renamed");
    let told = good(home.path(), &["notes", "edit", "x", "ours"]);
    assert!(!told.trim_end().contains(width::is_unsafe), "{told:?}");
}

#[test]
fn a_bad_file_changes_nothing() {
    let home = noted();
    let good_json = good(home.path(), &["notes", "export", "--format", "json"]);
    let file = home.path().join("in");
    let path = file.to_string_lossy().into_owned();
    for bytes in [
        &good_json.as_bytes()[..good_json.len() - 9],
        b"[{\"anchor\": {}}]",
        b"\xff",
        b"",
        b"[{\"target\": \"https://x\"}, 7]",
    ] {
        fs::write(&file, bytes).expect("written");
        let before = files(home.path());
        let line = ends(home.path(), &["notes", "import", &path], 2);
        assert!(
            line.contains("could not import")
                && (line.contains("line ") || line.contains("not UTF-8")),
            "{line}"
        );
        assert_eq!(files(home.path()), before);
    }
    assert!(ends(home.path(), &["notes", "import", "/no/such"], 2).contains("No such file"));
}

#[test]
fn an_id_can_not_leave_the_notebook() {
    let (from, to) = (noted(), home());
    let json = good(
        from.path(),
        &["notes", "export", "--format", "json", "--kind", "bookmark"],
    );
    let file = to.path().join("in");
    fs::write(
        &file,
        json.replace(&"c".repeat(32), "../../escaped")
            .replace("\"tip-2021\"", "\"../../report\""),
    )
    .expect("written");
    let path = file.to_string_lossy().into_owned();
    let inner = to.path().join("inner/home");
    assert!(good(&inner, &["notes", "import", &path]).starts_with("1 annotation added"));
    assert_eq!(
        good(&inner, &["notes", "import", &path]),
        "0 annotations added, 1 unchanged\n"
    );
    let names: Vec<PathBuf> = files(to.path())
        .into_iter()
        .map(|(path, _)| path)
        .filter(|path| path != &file)
        .collect();
    assert!(
        names.iter().all(|path| path.starts_with(&inner)),
        "{names:?}"
    );
}

#[test]
fn a_file_that_cannot_be_read_is_never_added_again() {
    let home = noted();
    let json = good(home.path(), &["notes", "export", "--format", "json"]);
    let file = home.path().join("in");
    fs::write(&file, json).expect("written");
    fs::write(
        home.path().join(format!("notes/{}.ron", "a".repeat(32))),
        "(broken",
    )
    .expect("written");
    for _ in 0..2 {
        let line = ends(
            home.path(),
            &["notes", "import", &file.to_string_lossy()],
            2,
        );
        assert!(line.contains(&"a".repeat(32)), "{line}");
        assert_eq!(
            files(&home.path().join("notes"))
                .iter()
                .filter(|(path, _)| path.extension().is_some_and(|e| e == "ron"))
                .count(),
            6
        );
    }
}

#[test]
fn filters_choose_the_same_for_list_and_export() {
    let home = noted();
    for (filter, count) in [
        (&["--tag", "EQUITY"][..], 1),
        (&["--tag", "#equity"], 1),
        (&["--tag", "equ"], 1),
        (&["équity is:note"], 1),
        (&["#equity", "--section", "2"], 1),
        (&["is:orphan"], 1),
        (&["--kind", "highlight"], 1),
        (&["--color", "green"], 1),
        (&["--status", "orphaned"], 1),
        (&["--status", "exact"], 5),
        (&["--section", "2"], 6),
        (&["--section", "2:3"], 6),
        (&["--section", "secretary of"], 6),
        (
            &[
                "--section",
                "message-from-the-secretary-of-state",
                "--kind",
                "note",
            ],
            4,
        ),
        (&["theirs"], 1),
        (&["--section", "1"], 0),
        (&["--color", "purple"], 0),
    ] {
        for verb in [
            &["notes", "list", "--json"][..],
            &["notes", "--json"],
            &["notes", "export", "--format", "json"],
        ] {
            let output = run(home.path(), &[verb, filter].concat());
            let found: Vec<Value> = serde_json::from_slice(&output.stdout).expect("an array");
            assert_eq!(
                (found.len(), output.status.code()),
                (count, Some(i32::from(count == 0))),
                "{verb:?} {filter:?}"
            );
        }
    }
    assert!(
        ends(home.path(), &["notes", "--section", "nowhere"], 2).contains("no section `nowhere`")
    );
    assert!(
        ends(home.path(), &["notes", "list", "--color", "pink"], 2)
            .contains("yellow, green, blue, red, purple")
    );
    assert!(ends(home.path(), &["notes", "is:poem"], 2).contains("is: note highlight bookmark"));
    assert!(
        ends(home.path(), &["notes", "--kind", "note", "list"], 2)
            .contains("put options and text after")
    );
}

#[test]
fn a_misspelt_verb_is_no_search() {
    let home = noted();
    assert!(
        ends(home.path(), &["notes", "exprot"], 1)
            .contains("did you mean `tip-reader notes export`?")
    );
    assert!(
        ends(home.path(), &["notes", "bogus"], 1)
            .contains("`tip-reader notes --help` lists the commands")
    );
    assert_eq!(text(&run(home.path(), &["notes", "two words"]).stderr), "");
    assert!(good(home.path(), &["notes", "theirs"]).contains("another version of dddddddd"));
    let ours = good(home.path(), &["notes", "ours"]);
    assert!(
        ours.contains("2:5  note  see also eeeeeeee  dddddddd"),
        "{ours}"
    );
}
