//! What a search costs on reports of 4.4 MB: one in English, one in Vietnamese whose letters have
//! their marks beside them, so that every character has to be folded.
//!
//! Two kinds of targets. A *look* is one query through the whole report; its best round counts. A
//! *key* is from the key press to the drawn frame, and each step after it that looks on through
//! the report, with its frame, counts as a key of its own: for as long a key pressed then would
//! wait. All keys of all searches of a round are taken together, none is left out, and the 99th
//! percentile of them is the round's; the last key of the rare word and the opening of a list
//! have targets of their own. A busy machine does not fail the program: of the rounds the best
//! one counts, as a whole.
//!
//! `cargo bench --bench search` fails where a target is missed in every round.
#![allow(
    clippy::disallowed_methods,
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a benchmark that cannot go on says why"
)]

mod made;

use std::{
    hint::black_box,
    sync::Arc,
    time::{Duration, Instant},
};
use tip_reader::reader::Environment;

use ratatui::{buffer::Buffer, layout::Rect};
use tip_reader::{
    command::{
        key::{Code, Key},
        keymap::Keymap,
        settings::Settings,
    },
    reader::Reader,
    report::{Report, place::Place},
    search::{
        Pattern, Query,
        matches::{Found, STEP},
        pieces::Pieces,
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
    let bytes: usize = report
        .sections
        .iter()
        .flat_map(|section| &section.blocks)
        .map(|block| block.text.len())
        .sum();
    let blocks: usize = report
        .sections
        .iter()
        .map(|section| section.blocks.len())
        .sum();
    println!(
        "{} sections, {blocks} paragraphs, {:.1} MB",
        report.sections.len(),
        bytes as f64 / 1e6
    );
    let began = Instant::now();
    let pieces = Pieces::new(&report);
    println!(
        "{:<28} {:>8.2} ms",
        "before the first search",
        milliseconds(began.elapsed())
    );
    let mut missed: Vec<&str> = cases()
        .iter()
        .filter(|case| !is_met(case, &report, &pieces))
        .map(|case| case.name)
        .collect();
    missed.extend(keys(&report));
    assert!(
        missed.is_empty(),
        "too slow in each of {ROUNDS} rounds: {missed:?}"
    );
}

fn cases() -> Vec<Case> {
    let case = |name, text: &str, is_regex, most| Case {
        name,
        query: Query {
            text: text.into(),
            is_regex,
            ..Query::default()
        },
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

/// What is typed in the reader, key by key, in which report, and keys of the box before it.
const TYPED: &[(Tongue, &str, &str)] = &[
    (Tongue::English, "", made::RARE),
    (Tongue::English, "", "the government of"),
    (Tongue::English, "", "e"),
    (Tongue::English, "", " "),
    (Tongue::English, "", "zyzzyva"),
    (Tongue::English, "M-w", "official"),
    (Tongue::English, "M-r", "(traffick|recruit)\\w+s"),
    (Tongue::English, "M-r M-w", "e.+"),
    (Tongue::Vietnamese, "", "nguoi"),
    (Tongue::Vietnamese, "", "n\u{103}m nga\u{301}y"),
    (Tongue::Vietnamese, "", "e"),
    (Tongue::Vietnamese, "M-r M-w", "n\\w+"),
];

/// What has 20,000 matches and more.
const FREQUENT: &str = "in";

/// The report that is searched.
#[derive(Clone, Copy, PartialEq)]
enum Tongue {
    English,
    Vietnamese,
}

/// Most that a key may take at the 99th percentile of all keys of all searches.
const KEY: Duration = Duration::from_millis(16);
/// Most that the last key of a rare word may take until the match is shown.
const SHOWN: Duration = Duration::from_millis(2);
/// Most that a list of 20,000 matches may take to open.
const LIST: Duration = Duration::from_millis(50);

/// What the keys of a round took.
#[derive(Default)]
struct Round {
    keys: Vec<Duration>,
    shown: Duration,
    list: Duration,
    listed: usize,
}

/// Types all texts as a terminal would pass them, and draws after each key; prints each round.
fn keys(english: &Arc<Report>) -> Vec<&'static str> {
    let vietnamese = Arc::new(made::vietnamese());
    let rounds: Vec<Round> = (0..ROUNDS).map(|_| round(english, &vietnamese)).collect();
    let target = |name, most, took: fn(&Round) -> Duration| (name, most, took);
    let targets = [
        target("p99 of all keys", KEY, |round| percentile(&round.keys, 99)),
        target("a rare word, its last key", SHOWN, |round| round.shown),
        target("a list of 20,000 matches", LIST, |round| round.list),
    ];
    let count = rounds.first().map_or(0, |round| round.keys.len());
    let longest = rounds
        .iter()
        .filter_map(|round| round.keys.iter().max())
        .min()
        .copied()
        .unwrap_or_default();
    let listed = rounds.first().map_or(0, |round| round.listed);
    println!("{listed} matches in the list");
    assert!(listed >= 20_000, "the list has to be long to say something");
    println!(
        "{count} keys and steps a round, the longest of the best round {:.2} ms",
        milliseconds(longest)
    );
    let mut missed = Vec::new();
    for (name, most, took) in targets {
        let each: Vec<Duration> = rounds.iter().map(took).collect();
        let told: Vec<String> = each
            .iter()
            .map(|time| format!("{:.2}", milliseconds(*time)))
            .collect();
        println!(
            "{name:<28} {} ms (at most {})",
            told.join(" "),
            most.as_millis()
        );
        if each.iter().all(|time| *time > most) {
            missed.push(name);
        }
    }
    missed
}

fn round(english: &Arc<Report>, vietnamese: &Arc<Report>) -> Round {
    let mut round = Round::default();
    for &(tongue, before, text) in TYPED {
        let report = if tongue == Tongue::English {
            english
        } else {
            vietnamese
        };
        let (times, _) = type_text(report, before, text, "");
        if text == made::RARE {
            // The key itself shows the match, the steps after it only count on.
            round.shown = times
                .last()
                .and_then(|steps| steps.first())
                .copied()
                .unwrap_or_default();
        }
        let times: Vec<Duration> = times.into_iter().flatten().collect();
        let longest = times.iter().max().copied().unwrap_or_default();
        println!(
            "  {before:>7} {text:<24} {:>4} keys and steps, at most {:.2} ms",
            times.len(),
            milliseconds(longest)
        );
        round.keys.extend(times);
    }
    let (times, reader) = type_text(english, "", FREQUENT, "Enter &");
    round.list = times.last().into_iter().flatten().sum();
    round.listed = reader
        .matches()
        .found()
        .map_or(0, |(found, _)| found.total());
    round
}

/// The time below which so many of a hundred are.
fn percentile(times: &[Duration], of_hundred: usize) -> Duration {
    let mut sorted = times.to_vec();
    sorted.sort_unstable();
    sorted
        .get((sorted.len() * of_hundred).div_ceil(100).saturating_sub(1))
        .copied()
        .unwrap_or_default()
}

/// Of each key the times of the key and of the steps after it, each with its frame.
fn type_text(
    report: &Arc<Report>,
    before: &str,
    text: &str,
    then: &str,
) -> (Vec<Vec<Duration>>, Reader) {
    let keymap = Keymap::default();
    let environment = Environment {
        now: String::new,
        new_id: String::new,
    };
    let mut reader = Reader::new(
        ("large".to_owned(), report.clone()),
        Place::default(),
        keymap,
        Settings::default(),
        environment,
    );
    reader.resize(120, 40);
    let typed = text
        .chars()
        .map(|character| Key::new(Code::Char(character)));
    let opened = Key::sequence(&format!("/ {before}")).expect("keys");
    let keys = opened
        .into_iter()
        .chain(typed)
        .chain(Key::sequence(then).expect("keys"));
    let mut buffer = Buffer::empty(Rect::new(0, 0, 120, 40));
    let times = keys
        .map(|key| press(&mut reader, key, &mut buffer))
        .collect();
    (times, reader)
}

fn press(reader: &mut Reader, key: Key, buffer: &mut Buffer) -> Vec<Duration> {
    let mut times = Vec::new();
    let mut began = Instant::now();
    reader.press(key);
    loop {
        buffer.reset();
        black_box(view::draw(reader, buffer));
        times.push(began.elapsed());
        if !reader.has_work() {
            return times;
        }
        began = Instant::now();
        reader.work();
    }
}

/// Whether a case meets its target in one round at least. Prints the best round.
fn is_met(case: &Case, report: &Report, pieces: &Pieces) -> bool {
    let (best, total) = (0..ROUNDS)
        .map(|_| look(case, report, pieces))
        .min()
        .expect("a round");
    let (first, most) = (milliseconds(best), milliseconds(case.most));
    println!(
        "{:<28} {first:>8.2} ms (at most {most}), {total} matches",
        case.name
    );
    best <= case.most
}

/// Makes a query ready and looks through the whole report; the time and the number of matches.
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
