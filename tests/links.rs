//! Links and addresses in the text, by keys alone: nothing is opened unless a key says so.
#![allow(clippy::expect_used, clippy::panic, clippy::string_slice, reason = "a test that cannot go on says why")]

mod common;

use std::sync::Arc;

use common::{Desk, open};
use tip_reader::{
    reader::{Effect, settings::Settings},
    report::{Span, SpanStyle, snapshot},
};

/// The bundled report with a link on the first word of 2:4.
fn with_link(target: &str) -> Desk {
    let mut report = snapshot::bundled();
    report.sections[1].blocks[3].spans = vec![Span { start: 0, end: 3, style: SpanStyle::Link(target.into()) }];
    Desk::open(report, Arc::new(tempfile::tempdir().expect("a folder")), 80, 24, Settings::default())
}

fn selected(desk: &Desk) -> String {
    desk.reader.selection().map(|passage| desk.reader.report.text_of(passage)).unwrap_or_default()
}

fn opened(desk: &Desk) -> Vec<&Effect> {
    desk.effects.iter().filter(|effect| matches!(effect, Effect::OpenLink(_))).collect()
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
    assert_eq!(opened(&desk), [&Effect::OpenLink("mailto:TIPOutreach@state.gov".into())]);
}

#[test]
fn a_link_into_the_report_is_followed_and_the_way_back_is_exact() {
    let start = with_link("#message-from-the-acting-director").press("2 G").press("");
    let before = start.screen();
    let desk = start.press("g l");
    assert_eq!(selected(&desk), "The");
    assert!(desk.status().contains("To 3; Enter goes there."), "{}", desk.status());
    let there = desk.press("Enter");
    assert_eq!(there.status().split_whitespace().next(), Some("3:1"));
    assert!(there.reader.selection().is_none());
    assert_eq!(there.press("C-o C-o").screen(), before);
}

#[test]
fn links_are_walked_both_ways_and_their_end_is_told() {
    let desk = with_link("https://www.state.gov").press("g l g l");
    assert_eq!(selected(&desk), "The");
    let desk = desk.press("g L");
    assert_eq!(selected(&desk), "TIPOutreach@state.gov");
    let desk = desk.press("9 g l g l");
    assert!(desk.status().contains("There is no link after this place."), "{}", desk.status());
    assert!(open(80, 24).press("2 G g x").status().contains("There is no link here; g l goes to the next one."));
}

#[test]
fn what_is_no_web_or_mail_address_is_never_opened() {
    for target in ["file:///etc/passwd", "javascript:alert(1)", "/bin/sh", "#nowhere"] {
        let desk = with_link(target).press("2 G g l g x");
        assert!(opened(&desk).is_empty(), "{target}");
        assert!(desk.status().contains("is not opened"), "{target}: {}", desk.status());
    }
}
