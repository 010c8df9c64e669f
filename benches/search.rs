//! What a search costs on a report of 4.4 MB, beside a plain look at every byte of it: both are
//! measured in turn, so that a slow or busy machine slows both.
//!
//! `cargo bench --bench search` fails where a target is missed in every round.
#![allow(clippy::expect_used, clippy::print_stdout, reason = "a benchmark that cannot go on says why")]

mod made;

use std::{
    hint::black_box,
    time::{Duration, Instant},
};

use tip_reader::report::{
    Report,
    search::{
        Pattern, Query,
        found::{Found, STEP},
        pieces::Pieces,
    },
};

/// Rounds in which a target may be met: a busy machine does not fail the program.
const ROUNDS: usize = 5;

/// A query and the most that looking through the whole report for it may take.
struct Case {
    name: &'static str,
    query: Query,
    most: Duration,
}

fn main() {
    let report = made::report();
    let bytes: usize = report.sections.iter().flat_map(|section| &section.blocks).map(|block| block.text.len()).sum();
    let blocks: usize = report.sections.iter().map(|section| section.blocks.len()).sum();
    println!("{} sections, {blocks} paragraphs, {:.1} MB", report.sections.len(), bytes as f64 / 1e6);
    let began = Instant::now();
    let pieces = Pieces::new(&report);
    println!("{:<28} {:>8.2} ms", "before the first search", milliseconds(began.elapsed()));
    let missed: Vec<&str> = cases().iter().filter(|case| !is_met(case, &report, &pieces)).map(|case| case.name).collect();
    assert!(missed.is_empty(), "too slow in each of {ROUNDS} rounds: {missed:?}");
}

fn cases() -> Vec<Case> {
    let case = |name, text: &str, is_regex, most| Case {
        name,
        query: Query { text: text.into(), is_regex, ..Query::default() },
        most: Duration::from_micros(most),
    };
    vec![
        case("a rare word", made::RARE, false, 2_000),
        case("a word that is not there", "zyzzyva", false, 2_000),
        case("a frequent word", "trafficking", false, 8_000),
        case("a phrase", "the government", false, 8_000),
        case("a letter", "e", false, 16_000),
        case("a blank", " ", false, 24_000),
        case("a quotation mark", "\"", false, 24_000),
        case("an accent", "Côte d'Ivoire", false, 8_000),
    ]
}

/// Whether a case meets its target in one round at least. Prints the best round.
fn is_met(case: &Case, report: &Report, pieces: &Pieces) -> bool {
    let (best, total) = (0..ROUNDS).map(|_| look(case, report, pieces)).min().expect("a round");
    let (first, most) = (milliseconds(best), milliseconds(case.most));
    println!("{:<28} {first:>8.2} ms (at most {most}), {total} hits", case.name);
    best <= case.most
}

/// Makes a query ready and looks through the whole report; the time and the number of hits.
fn look(case: &Case, report: &Report, pieces: &Pieces) -> (Duration, usize) {
    let began = Instant::now();
    let pattern = Pattern::new(&case.query).expect("a pattern");
    let mut found = Found::new(pattern, pieces, 0);
    while !found.is_complete() {
        found.look(black_box(report), pieces, STEP);
    }
    (began.elapsed(), found.total())
}

fn milliseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}
