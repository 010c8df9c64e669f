//! Links and addresses in the text, by keys alone: nothing is opened unless a key says so.

use std::sync::Arc;

use crate::common::{Desk, open};
use ratatui::style::Modifier;
use tip_reader::{
    command::settings::Settings,
    reader::{Copied, Effect},
    report::{Span, SpanStyle, snapshot},
    view::links::{self, LinkRun},
};

/// The bundled report with a link on the first word of 2:4.
fn with_link(target: &str) -> Desk {
    let mut report = snapshot::bundled();
    report.sections[1].blocks[3].spans = vec![Span {
        start: 0,
        end: 3,
        style: SpanStyle::Link(target.into()),
    }];
    Desk::open(
        report,
        Arc::new(tempfile::tempdir().expect("a folder")),
        80,
        24,
        Settings::default(),
    )
}

fn selected(desk: &Desk) -> String {
    desk.reader
        .chosen()
        .map(|passage| desk.reader.report().text_of(passage))
        .unwrap_or_default()
}

fn opened(desk: &Desk) -> Vec<&Effect> {
    desk.effects
        .iter()
        .filter(|effect| matches!(effect, Effect::OpenLink(_)))
        .collect()
}

#[test]
fn an_address_in_the_text_is_reached_and_opened_by_keys() {
    let desk = open(80, 24).press("g l");
    assert_eq!(selected(&desk), "TIPOutreach@state.gov");
    assert!(desk.status().contains("g x opens"), "{}", desk.status());
    assert!(opened(&desk).is_empty());
    let desk = desk.press("Enter");
    assert!(opened(&desk).is_empty(), "Enter opens nothing outside");
    let desk = desk.press("g x");
    assert_eq!(
        opened(&desk),
        [&Effect::OpenLink("mailto:TIPOutreach@state.gov".into())]
    );
}

#[test]
fn an_address_is_copied_without_its_scheme_and_reported() {
    let mut desk = open(80, 24).press("g l g y");
    assert!(
        desk.effects.contains(&Effect::Copy {
            text: "TIPOutreach@state.gov".into(),
            what: "TIPOutreach@state.gov".into(),
        }),
        "{:?}",
        desk.effects
    );
    assert!(opened(&desk).is_empty());
    desk.reader
        .hear_of_copy("TIPOutreach@state.gov", Copied::ToTerminal(21));
    assert!(
        desk.status()
            .contains("TIPOutreach@state.gov sent to the terminal's clipboard."),
        "{}",
        desk.status()
    );
}

#[test]
fn a_link_into_the_report_is_followed_and_the_way_back_is_exact() {
    let start = with_link("#message-from-the-acting-director")
        .press("2 G")
        .press("");
    let before = start.screen();
    let desk = start.press("g l");
    assert_eq!(selected(&desk), "The");
    assert!(
        desk.status().contains("To 3; Enter goes there."),
        "{}",
        desk.status()
    );
    let there = desk.press("Enter");
    assert_eq!(there.status().split_whitespace().next(), Some("3:1"));
    assert!(there.reader.chosen().is_none());
    assert_eq!(there.press("C-o C-o").screen(), before);
}

#[test]
fn a_link_that_is_selected_is_read_on_from_and_let_go() {
    let start = with_link("https://www.state.gov").press("2 G g l");
    assert_eq!(selected(&start), "The");
    let desk = start.press("j");
    assert_eq!(
        selected(&desk),
        "The",
        "it stays selected while it is in sight"
    );
    let desk = desk.press("G");
    assert!(desk.reader.chosen().is_none(), "{}", desk.status());
    for keys in ["}", "C-o", "/ \"global\" Enter", "]", "Esc", "3 G", "' '"] {
        let desk = with_link("https://www.state.gov")
            .press("2 G g l")
            .press(keys);
        assert!(desk.reader.chosen().is_none(), "{keys}: {}", desk.status());
    }
    let longer = with_link("https://www.state.gov").press("2 G g l v e");
    assert!(
        selected(&longer).starts_with("The ") && selected(&longer).len() > 4,
        "v goes on from it: {}",
        selected(&longer)
    );
    let noted = with_link("https://www.state.gov").press("2 G g l a \"on the link\" C-s");
    assert_eq!(noted.store().load().annotations[0].anchor.quote, "The");
}

#[test]
fn links_are_walked_both_ways_and_their_end_is_reported() {
    let desk = with_link("https://www.state.gov").press("g l g l");
    assert_eq!(selected(&desk), "The");
    let desk = desk.press("g L");
    assert_eq!(selected(&desk), "TIPOutreach@state.gov");
    let desk = desk.press("9 g l g l");
    assert!(
        desk.status()
            .contains("There is no link after this position."),
        "{}",
        desk.status()
    );
    assert!(
        open(80, 24)
            .press("2 G g x")
            .status()
            .contains("There is no link here; g l goes to the next one.")
    );
}

#[test]
fn the_link_under_the_cursor_counts_and_the_nearest_one_before_it() {
    let mut report = snapshot::bundled();
    let text = report.sections[1].blocks[3].text.clone();
    let words: Vec<usize> = text
        .match_indices(' ')
        .map(|(at, _)| at + 1)
        .take(3)
        .collect();
    report.sections[1].blocks[3].spans = [
        (0, "https://a.b/1"),
        (words[0], "https://a.b/2"),
        (words[2], "https://a.b/3"),
    ]
    .map(|(start, target)| Span {
        start,
        end: start + 3,
        style: SpanStyle::Link(target.into()),
    })
    .to_vec();
    let desk = || {
        Desk::open(
            report.clone(),
            Arc::new(tempfile::tempdir().expect("a folder")),
            80,
            24,
            Settings::default(),
        )
    };
    let target = |desk: &Desk| {
        opened(desk)
            .first()
            .map(|effect| format!("{effect:?}"))
            .unwrap_or_default()
    };
    // The cursor is at the start of 2:4, where the first link is: it is the next one.
    let first = desk().press("2 G 3 }");
    assert_eq!(first.status().split_whitespace().next(), Some("2:4"));
    let first = first.press("g l");
    assert_eq!(
        first.reader.chosen().map(|passage| passage.start().byte),
        Some(0)
    );
    assert!(
        target(&first.press("Esc g x")).contains("a.b/1"),
        "the cursor stands in it"
    );
    let before = desk().press("2 G 4 } g L");
    assert_eq!(
        before.reader.chosen().map(|passage| passage.start().byte),
        Some(words[2]),
        "the last one before, of several in a paragraph"
    );
}

#[test]
fn what_is_no_web_or_mail_address_is_never_opened() {
    for target in [
        "file:///etc/passwd",
        "javascript:alert(1)",
        "/bin/sh",
        "#nowhere",
    ] {
        let desk = with_link(target).press("2 G g l g x");
        assert!(opened(&desk).is_empty(), "{target}");
        assert!(
            desk.status().contains("is not opened"),
            "{target}: {}",
            desk.status()
        );
    }
}

/// A report with many links: long ones that wrap, wide and combining characters, one into the
/// report, one that leads nowhere.
fn with_many(columns: u16, rows: u16, settings: Settings) -> Desk {
    let mut report = snapshot::bundled();
    let targets = [
        "https://a.b/1",
        "#2:5",
        "https://a.b/2",
        "javascript:x",
        "mailto:c@d.e",
        "https://a.b/é",
    ];
    for block in report
        .sections
        .iter_mut()
        .flat_map(|section| &mut section.blocks)
    {
        block.text = format!(
            "人権 e\u{301} – see the 人権の報告 report on this matter (write to d@e.f) and then {}",
            block.text
        );
        let words: Vec<(usize, &str)> = block
            .text
            .split(' ')
            .map(|word| (word.as_ptr() as usize - block.text.as_ptr() as usize, word))
            .collect();
        let spans = words
            .chunks(5)
            .skip(1)
            .step_by(3)
            .zip(targets.iter().cycle())
            .filter_map(|(words, target)| {
                let (start, (end, last)) = (words.first()?.0, words.last()?);
                Some(Span {
                    start,
                    end: end + last.len(),
                    style: SpanStyle::Link((*target).into()),
                })
            });
        block.spans = spans.collect();
    }
    Desk::open(
        report,
        Arc::new(tempfile::tempdir().expect("a folder")),
        columns,
        rows,
        settings,
    )
}

/// The text in the cells of a run.
fn in_cells(desk: &Desk, run: &LinkRun) -> String {
    let buffer = desk.buffer();
    let mut x = run.x.start;
    let mut text = String::new();
    while x < run.x.end {
        let symbol = buffer[(x, run.y)].symbol();
        text.push_str(symbol);
        x += (tip_reader::text::width::width(symbol) as u16).max(1);
    }
    assert_eq!(x, run.x.end, "no wide character is cut");
    assert_eq!(
        text,
        text.trim_end(),
        "the blank at the end of a line is no part of it"
    );
    text
}

#[test]
fn the_terminal_gets_every_link_that_leads_out_in_its_place() {
    for (columns, rows) in [(120, 40), (80, 24), (40, 12), (33, 17), (20, 5)] {
        for keys in [
            "",
            "G",
            "5 j",
            "2 G 9 j #",
            "z",
            "/ \"the\"",
            "/ \"report\" Enter &",
            "g l g l",
            "2 G V",
            "t",
        ] {
            let desk = with_many(columns, rows, Settings::default()).press(keys);
            let runs = links::runs(&desk.reader);
            assert!(
                !runs.is_empty() || rows < 10,
                "{keys} at {columns}x{rows}:\n{}",
                desk.screen()
            );
            assert!(runs.is_sorted_by_key(|run| (run.y, run.x.start)));
            for run in &runs {
                let block = desk.reader.report().block(run.id).expect("a block");
                let link = tip_reader::report::links::links(block)
                    .into_iter()
                    .find(|link| link.bytes.start == run.id.byte)
                    .expect("a link");
                assert_eq!(
                    link.uri(desk.reader.report()).as_deref(),
                    Some(run.uri.as_str())
                );
                let shown = in_cells(&desk, run);
                assert!(
                    block.text[link.bytes].contains(&shown),
                    "`{shown}` for {run:?} with {keys} at {columns}x{rows}:\n{}",
                    desk.screen()
                );
                assert!(run.uri.is_ascii() && !run.uri.starts_with("javascript"));
            }
        }
    }
}

#[test]
fn the_pieces_of_a_wrapped_link_are_one_link_and_whole() {
    let desk = with_many(40, 24, Settings::default()).press("2 G }");
    let runs = links::runs(&desk.reader);
    let wrapped = runs
        .chunk_by(|one, other| one.id == other.id)
        .find(|pieces| pieces.len() > 1)
        .expect("a wrapped link");
    assert!(wrapped.iter().all(|piece| piece.uri == wrapped[0].uri));
    let block = desk.reader.report().block(wrapped[0].id).expect("a block");
    let link = tip_reader::report::links::links(block)
        .into_iter()
        .find(|link| link.bytes.start == wrapped[0].id.byte)
        .expect("a link");
    let shown: Vec<String> = wrapped.iter().map(|piece| in_cells(&desk, piece)).collect();
    assert_eq!(
        shown.join(" ").replace('-', ""),
        block.text[link.bytes].replace('-', "")
    );
}

#[test]
fn what_lies_over_the_text_is_no_link_and_a_setting_turns_links_off() {
    for keys in ["a", "?", "A", "a \"x\" C-s Enter", ":"] {
        let desk = with_many(80, 24, Settings::default()).press(keys);
        assert!(
            links::runs(&desk.reader).is_empty(),
            "{keys}:\n{}",
            desk.screen()
        );
    }
    let covered = with_many(40, 12, Settings::default()).press("Tab");
    assert!(
        links::runs(&covered.reader).is_empty(),
        "{}",
        covered.screen()
    );
    let off = with_many(
        80,
        24,
        Settings {
            has_hyperlinks: false,
            ..Settings::default()
        },
    );
    assert!(links::runs(&off.reader).is_empty());
}

#[test]
fn every_link_looks_like_one_also_where_the_text_spells_it_out() {
    for has_colour in [true, false] {
        let desk = with_many(
            80,
            24,
            Settings {
                has_colour,
                ..Settings::default()
            },
        );
        let buffer = desk.buffer();
        for run in links::runs(&desk.reader) {
            for x in run
                .x
                .clone()
                .filter(|x| buffer[(*x, run.y)].symbol() != " ")
            {
                let cell = &buffer[(x, run.y)];
                assert!(
                    cell.modifier.contains(Modifier::UNDERLINED),
                    "{run:?}:\n{}",
                    desk.styles()
                );
            }
        }
        assert!(desk.styles().contains("d@e.f"), "{}", desk.styles());
    }
}
