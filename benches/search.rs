//! What a search costs on a report of 4.4 MB, beside a plain look at every byte of it: both are
//! measured in turn, so that a slow or busy machine slows both.
//!
//! `cargo bench --bench search` fails where a target is missed in every round.
#![allow(clippy::expect_used, clippy::print_stdout, reason = "a benchmark that cannot go on says why")]

mod made;

use std::{
    collections::HashMap,
    hint::black_box,
    sync::Arc,
    time::{Duration, Instant},
};

use ratatui::{buffer::Buffer, layout::Rect};
use tip_reader::{
    key::{Code, Key},
    keymap::Keymap,
    notebook::place::Place,
    reader::{
        Reader,
        settings::{Environment, Settings},
    },
    report::{
        Report,
        search::{
            Pattern, Query,
            found::{Found, STEP},
            pieces::Pieces,
        },
    },
    view,
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
    let report = Arc::new(made::report());
    let bytes: usize = report.sections.iter().flat_map(|section| &section.blocks).map(|block| block.text.len()).sum();
    let blocks: usize = report.sections.iter().map(|section| section.blocks.len()).sum();
    println!("{} sections, {blocks} paragraphs, {:.1} MB", report.sections.len(), bytes as f64 / 1e6);
    let began = Instant::now();
    let pieces = Pieces::new(&report);
    println!("{:<28} {:>8.2} ms", "before the first search", milliseconds(began.elapsed()));
    let mut missed: Vec<&str> = cases().iter().filter(|case| !is_met(case, &report, &pieces)).map(|case| case.name).collect();
    missed.extend(keys(&report));
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
        case("a blank", " ", false, 40_000),
        case("a quotation mark", "\"", false, 24_000),
        case("an accent", "Côte d'Ivoire", false, 8_000),
    ]
}

/// What is typed in the reader, key by key, and the most that any key of it may take.
const TYPED: &[(&str, &str, u64)] = &[
    ("a rare word, its last key", made::RARE, 2_000),
    ("a phrase", "the government of", 16_000),
    ("letters with very many hits", "e", 16_000),
    ("a blank", " ", 16_000),
    ("what is not there", "zyzzyva", 16_000),
    ("a list of 20,000 hits", "officials", 50_000),
];

/// Types each text into the search box of a reader, as a terminal would pass it, and draws after
/// each key. The best round of each key counts.
fn keys(report: &Arc<Report>) -> Vec<&'static str> {
    let mut missed = Vec::new();
    for &(name, text, most) in TYPED {
        let rounds: Vec<Vec<Duration>> = (0..ROUNDS).map(|_| type_text(report, name, text)).collect();
        let best = |key: usize| rounds.iter().filter_map(|round| round.get(key)).min().copied().unwrap_or_default();
        let keys: Vec<Duration> = (0..rounds.iter().map(Vec::len).min().unwrap_or(0)).map(best).collect();
        let counted = if name.contains("last key") || name.contains("list") { keys.last() } else { keys.iter().max() };
        let took = counted.copied().unwrap_or_default();
        println!("{name:<28} {:>8.2} ms (at most {})", milliseconds(took), most / 1000);
        if took > Duration::from_micros(most) {
            missed.push(name);
        }
    }
    missed
}

/// The time of each key, of the steps after it, and of the frame.
fn type_text(report: &Arc<Report>, name: &str, text: &str) -> Vec<Duration> {
    let keymap = Keymap::new(&HashMap::new()).expect("the table's keys");
    let environment = Environment { now: String::new, new_id: String::new };
    let mut reader = Reader::new(report.clone(), Place::default(), keymap, Settings::default(), environment);
    reader.resize(120, 40);
    let list = if name.contains("list") { "Enter &" } else { "" };
    let typed = text.chars().map(|character| Key::new(Code::Char(character)));
    let keys: Vec<Key> = std::iter::once(Key::new(Code::Char('/'))).chain(typed).chain(Key::sequence(list).expect("keys")).collect();
    let mut buffer = Buffer::empty(Rect::new(0, 0, 120, 40));
    let mut times = Vec::new();
    for key in keys {
        let mut began = Instant::now();
        reader.press(key);
        loop {
            buffer.reset();
            black_box(view::draw(&reader, &mut buffer));
            times.push(began.elapsed());
            if !reader.has_work() {
                break;
            }
            began = Instant::now();
            reader.work();
        }
    }
    times
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
