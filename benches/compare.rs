//! What comparing two editions of a report of 4.4 MB costs, and what a key costs where they are
//! read: a tenth of the paragraphs reworded, some added, removed and moved. And how long it takes,
//! beside the reading, until 10,000 notes have been followed from one into the other.
//!
//! `cargo bench --bench compare` fails where a target is missed in every round.
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
    edition::{Edition, anchor::Anchor, resolver::Resolver},
    notebook::compared::Compared,
    reader::{Effect, Reader},
    report::{Block, Report, place::Place, position::Position},
    view,
};

/// Rounds in which a target may be met: a busy machine does not fail the program.
const ROUNDS: usize = 5;
/// The most that comparing may take, beside the keys.
const COMPARED: Duration = Duration::from_millis(150);
/// Notes that are followed, and the most that it may take.
const NOTES: usize = 10_000;
const FOLLOWED: Duration = Duration::from_secs(30);
/// The most that a key may take with its frame.
const A_KEY: Duration = Duration::from_millis(16);

/// Keys in a comparison, and what is pressed before them.
const KEYS: &[(&str, &str, &str)] = &[
    ("the next change", "n", "g"),
    ("the end", "G", "g"),
    ("a page up from the end", "b", "G"),
    ("the last section", "9 9 9 9 ]", "g"),
    ("a thousand lines", "1 0 0 0 j", "g"),
    ("unfolded, in the middle", "z", "g 9 0 n"),
];

fn main() {
    let old = Arc::new(made::report());
    let new = Arc::new(next_edition(&old));
    let compare = || {
        let began = Instant::now();
        let compared = black_box(Compared::new(old.clone(), new.clone()));
        (began.elapsed(), compared)
    };
    let mut rounds: Vec<(Duration, Compared)> = (0..ROUNDS).map(|_| compare()).collect();
    let took = rounds
        .iter()
        .map(|(took, _)| *took)
        .min()
        .unwrap_or_default();
    let mut missed = Vec::new();
    missed.extend((!is_met("two editions", took, COMPARED)).then_some("two editions"));
    let compared = rounds.pop().map(|(_, compared)| compared).expect("a round");
    missed.extend(keys(&new, compared));
    for (name, knows_old) in [
        ("10,000 notes followed", true),
        ("the old edition unknown", false),
    ] {
        missed.extend((!is_met(name, follow(&old, &new, knows_old), FOLLOWED)).then_some(name));
    }
    assert!(
        missed.is_empty(),
        "too slow in each of {ROUNDS} rounds: {missed:?}"
    );
}

/// Follows notes on paragraphs all through the old edition, every fourth of them reworded or gone.
fn follow(old: &Report, new: &Report, knows_old: bool) -> Duration {
    let (was, is) = (Edition::of(old), Edition::of(new));
    let blocks =
        old.sections.iter().enumerate().flat_map(|(s, section)| {
            (0..section.blocks.len()).map(move |b| Position::new(s, b, 0))
        });
    let noted = blocks
        .enumerate()
        .filter(|(index, _)| index % 10 < 3 || index % 10 == 9)
        .map(|(_, at)| old.passage_of_block(at));
    let anchors: Vec<Anchor> = noted
        .cycle()
        .take(NOTES)
        .map(|passage| Anchor::new(old, &was, passage))
        .collect();
    let began = Instant::now();
    let mut resolver = Resolver::new(new, &is);
    if knows_old {
        resolver.learn(&was);
    }
    let certain = anchors
        .iter()
        .filter(|anchor| resolver.resolve(anchor).is_certain())
        .count();
    let took = began.elapsed();
    println!("{certain} of {NOTES} are certain");
    took
}

/// Presses keys in the comparison and draws after each, as a terminal would. The best of the
/// rounds of each key counts.
fn keys(report: &Arc<Report>, compared: Compared) -> Vec<&'static str> {
    let keymap = Keymap::default();
    let environment = Environment {
        now: String::new,
        new_id: String::new,
    };
    let mut reader = Reader::new(
        ("new".to_owned(), report.clone()),
        Place::default(),
        keymap,
        Settings::default(),
        environment,
    );
    reader.resize(120, 40);
    ":compare old"
        .chars()
        .for_each(|character| reader.press(Key::new(Code::Char(character))));
    reader.press(Key::new(Code::Enter));
    let number = reader
        .take_effects()
        .into_iter()
        .find_map(|effect| match effect {
            Effect::Compare { number, .. } => Some(number),
            _ => None,
        });
    let mut buffer = Buffer::empty(Rect::new(0, 0, 120, 40));
    let began = Instant::now();
    reader.hear_of_comparison(number.expect("a comparison was asked for"), Ok(compared));
    buffer.reset();
    black_box(view::draw(&reader, &mut buffer));
    let mut missed: Vec<&str> = (!is_met("opened", began.elapsed(), A_KEY))
        .then_some("opened")
        .into_iter()
        .collect();
    for &(name, keys, before) in KEYS {
        let mut press = |keys: &str| {
            Key::sequence(keys)
                .expect("keys")
                .into_iter()
                .for_each(|key| reader.press(key))
        };
        let mut times = Vec::new();
        for _ in 0..ROUNDS {
            // What was set before is forgotten.
            press("z z");
            press(before);
            let began = Instant::now();
            press(keys);
            times.push(began.elapsed());
        }
        buffer.reset();
        let began = Instant::now();
        black_box(view::draw(&reader, &mut buffer));
        let took = times.into_iter().min().unwrap_or_default() + began.elapsed();
        missed.extend((!is_met(name, took, A_KEY)).then_some(name));
    }
    missed
}

/// Prints what something took; whether it is within its target.
fn is_met(name: &str, took: Duration, most: Duration) -> bool {
    println!(
        "{name:<28} {:>8.2} ms (at most {})",
        milliseconds(took),
        most.as_millis()
    );
    took <= most
}

/// The next edition: words changed in every tenth paragraph, every fiftieth left out, every
/// sixtieth new, every three hundredth moved to the end of its section.
fn next_edition(old: &Report) -> Report {
    let mut new = old.clone();
    let mut number = 0;
    for section in &mut new.sections {
        let mut moved = Vec::new();
        let mut blocks = Vec::new();
        for mut block in std::mem::take(&mut section.blocks) {
            number += 1;
            if number % 10 == 0 {
                block.text =
                    block
                        .text
                        .replacen("the ", "a ", 3)
                        .replacen(" of ", " in all of ", 2);
            }
            if number % 60 == 0 {
                let text = format!(
                    "Wholly new words stand here, of another thing and its number {number}."
                );
                blocks.push(Block {
                    text,
                    ..block.clone()
                });
            }
            match number {
                _ if number % 300 == 0 => moved.push(block),
                _ if number % 50 == 0 => {}
                _ => blocks.push(block),
            }
        }
        blocks.extend(moved);
        section.blocks = blocks;
    }
    new
}

fn milliseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}
