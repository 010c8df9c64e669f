//! Notes in a new edition: texts are changed in known ways, and every passage has to be found
//! where it went, or to be said to be lost. The seeds are fixed; `TIP_READER_SEED` and
//! `TIP_READER_ROUNDS` run other ones.

pub mod texts;

use std::collections::{BTreeMap, BTreeSet};

use texts::{Dice, Text, Token};
use tip_reader::{
    edition::{
        Edition,
        anchor::{Anchor, Resolution},
        fingerprint,
        resolver::Resolver,
    },
    report::{
        Report,
        position::{Passage, Position},
    },
};

/// A passage of the first edition and the words it has.
struct Marked {
    passage: Passage,
    words: Vec<usize>,
}

/// What became of the passages of a kind.
#[derive(Debug, Default)]
struct Tally {
    /// Passages of which at least half of the words are still there together.
    staying: usize,
    found: usize,
    /// Passages of which no word is left.
    gone: usize,
    /// Of these those shown as orphans, and those offered as unsure.
    orphaned: usize,
    unsure: usize,
    all: usize,
    /// Shown as certain, and wrong.
    wrong: usize,
    examples: Vec<String>,
}

impl Tally {
    fn share(part: usize, of: usize) -> f64 {
        if of == 0 {
            100.0
        } else {
            part as f64 * 100.0 / of as f64
        }
    }

    fn found(&self) -> f64 {
        Self::share(self.found, self.staying)
    }

    fn given_up(&self) -> f64 {
        Self::share(self.orphaned + self.unsure, self.gone)
    }

    fn wrong(&self) -> f64 {
        Self::share(self.wrong, self.all)
    }

    fn add(&mut self, other: Self) {
        self.staying += other.staying;
        self.found += other.found;
        self.gone += other.gone;
        self.orphaned += other.orphaned;
        self.unsure += other.unsure;
        self.all += other.all;
        self.wrong += other.wrong;
        self.examples.extend(other.examples);
    }
}

/// Byte ranges of a block's words.
fn ranges<'a>(
    block: &'a [Token],
    gap: &'a str,
) -> impl Iterator<Item = (usize, usize, &'a Token)> + 'a {
    let mut at = 0;
    block.iter().map(move |token| {
        let start = at;
        at += token.text.len() + gap.len();
        (start, start + token.text.len(), token)
    })
}

/// Every block, and of each some words, a sentence's length, and two blocks together.
fn passages(text: &Text, dice: &mut Dice) -> Vec<Marked> {
    let mut marked = Vec::new();
    for (s, chapter) in text.chapters.iter().enumerate() {
        for (b, block) in chapter.blocks.iter().enumerate() {
            let at = |byte| Position::new(s, b, byte);
            let all: Vec<(usize, usize, &Token)> = ranges(block, text.gap).collect();
            let mut mark = |from: usize, to: usize| {
                let slice = &all[from..to];
                let passage = Passage::new(at(slice[0].0), at(slice[slice.len() - 1].1));
                marked.push(Marked {
                    passage,
                    words: slice.iter().filter_map(|word| word.2.origin).collect(),
                });
            };
            mark(0, all.len());
            for length in [1 + dice.roll(2), 3 + dice.roll(3), 8 + dice.roll(15)] {
                let length = length.min(all.len());
                let from = dice.roll(all.len() - length + 1);
                mark(from, from + length);
            }
            if let Some(next) = chapter.blocks.get(b + 1).filter(|_| dice.chance(30)) {
                let from = dice.roll(all.len());
                let to = dice.roll(next.len());
                let end = ranges(next, text.gap).nth(to).expect("a word").1;
                let words = all[from..]
                    .iter()
                    .map(|word| word.2)
                    .chain(&next[..=to])
                    .filter_map(|word| word.origin);
                marked.push(Marked {
                    passage: Passage::new(at(all[from].0), Position::new(s, b + 1, end)),
                    words: words.collect(),
                });
            }
        }
    }
    marked
}

/// Where the words of the first edition are in a text, and how many words there are.
fn places(text: &Text) -> BTreeMap<usize, (usize, bool)> {
    let tokens = text
        .chapters
        .iter()
        .flat_map(|chapter| chapter.blocks.iter().flatten());
    tokens
        .enumerate()
        .filter_map(|(index, token)| Some((token.origin?, (index, token.is_kept))))
        .collect()
}

/// The words, counted through the text, that a passage touches.
fn words_in(text: &Text, passage: Passage) -> (usize, usize) {
    let (start, end) = (passage.start(), passage.end());
    let (mut first, mut last, mut index) = (usize::MAX, 0, 0);
    for (s, chapter) in text.chapters.iter().enumerate() {
        for (b, block) in chapter.blocks.iter().enumerate() {
            if passage.touches_block(Position::new(s, b, 0)) {
                for (at, (from, to, _)) in ranges(block, text.gap).enumerate() {
                    if Position::new(s, b, from) < end && Position::new(s, b, to) > start {
                        first = first.min(index + at);
                        last = index + at + 1;
                    }
                }
            }
            index += block.len();
        }
    }
    (first.min(last), last)
}

/// Both editions, and where the words of the first are in the second.
struct Case<'a> {
    old: &'a Text,
    new: &'a Text,
    places: BTreeMap<usize, (usize, bool)>,
}

impl Case<'_> {
    /// Judges one passage: what is right is known from the words.
    fn judge(&self, tally: &mut Tally, mark: &Marked, resolution: Resolution, quote: &str) {
        let there: Vec<(usize, bool)> = mark
            .words
            .iter()
            .filter_map(|word| self.places.get(word).copied())
            .collect();
        let kept = there.iter().filter(|word| word.1).count();
        let first = there.iter().map(|word| word.0).min().unwrap_or_default();
        let last = there
            .iter()
            .map(|word| word.0 + 1)
            .max()
            .unwrap_or_default();
        let is_torn = last - first > 2 * mark.words.len() + 4;
        if is_torn || mark.words.iter().any(|word| self.new.torn.contains(word)) {
            // Torn apart, or one of several equals: any of them is right.
            return;
        }
        let place = resolution
            .passage()
            .map(|passage| (words_in(self.new, passage), self.is_twin(passage, mark)));
        let common = |(from, to): (usize, usize)| to.min(last).saturating_sub(from.max(first));
        let is_right = place.is_some_and(|(at, is_twin)| {
            is_twin || 2 * common(at) >= at.1.max(last) - at.0.min(first)
        });
        let is_astray = place.is_some_and(|(at, is_twin)| !is_twin && 2 * common(at) < at.1 - at.0);
        let is_staying = !there.is_empty() && 3 * kept >= 2 * mark.words.len();
        let is_found = resolution.is_certain() && is_right && !there.is_empty();
        let is_wrong = resolution.is_certain() && is_astray;
        tally.all += 1;
        tally.wrong += usize::from(is_wrong);
        tally.staying += usize::from(is_staying);
        tally.found += usize::from(is_staying && is_found);
        if there.is_empty() {
            tally.gone += 1;
            tally.orphaned += usize::from(resolution == Resolution::Orphaned);
            tally.unsure += usize::from(matches!(resolution, Resolution::Unsure(_)));
        }
        if is_wrong || (is_staying && !is_found && tally.examples.len() < 20) {
            let got = resolution
                .passage()
                .map(|passage| self.new.report().text_of(passage))
                .unwrap_or_default();
            let wrong = if is_wrong { "WRONG " } else { "" };
            tally.examples.push(format!(
                "{wrong}{} ({kept} words of {} left)\n  {quote}\n  {got}",
                resolution.name(),
                mark.words.len()
            ));
        }
    }

    /// Whether a passage is a block of the same chapter with the same words as the old one.
    fn is_twin(&self, passage: Passage, mark: &Marked) -> bool {
        let (at, was) = (passage.start(), mark.passage.start());
        let (Some(here), Some(there)) = (
            self.new.chapters.get(at.section),
            self.old.chapters.get(was.section),
        ) else {
            return false;
        };
        here.id == there.id && hash_of(&here.blocks[at.block]) == hash_of(&there.blocks[was.block])
    }
}

fn follow(old: &Text, new: &Text, dice: &mut Dice, knows_old: bool) -> Tally {
    let (old_report, new_report): (Report, Report) = (old.report(), new.report());
    let (old_edition, new_edition) = (Edition::of(&old_report), Edition::of(&new_report));
    let mut resolver = Resolver::new(&new_report, &new_edition);
    if knows_old {
        resolver.learn(&old_edition);
    }
    let case = Case {
        old,
        new,
        places: places(new),
    };
    let mut tally = Tally::default();
    for mark in passages(old, dice) {
        let anchor = Anchor::new(&old_report, &old_edition, mark.passage);
        let resolution = resolver.resolve(&anchor);
        case.judge(&mut tally, &mark, resolution, &anchor.quote);
    }
    tally
}

/// Changes words of half of the blocks, inserts and deletes blocks.
fn new_edition(text: &mut Text, dice: &mut Dice, is_countries: bool) {
    let mut vocabulary: Vec<String> = text
        .chapters
        .iter()
        .flat_map(|chapter| chapter.blocks.iter().flatten())
        .map(|token| token.text.clone())
        .collect();
    vocabulary.sort();
    vocabulary.dedup();
    let gone: Vec<Vec<Vec<Token>>> = text
        .chapters
        .iter()
        .map(|chapter| chapter.blocks.clone())
        .collect();
    for (chapter, old) in text.chapters.iter_mut().zip(gone) {
        chapter.blocks.clear();
        for (index, block) in old.into_iter().enumerate() {
            if dice.chance(10) {
                let words = if is_countries {
                    texts::country_paragraph(dice, index)
                } else {
                    (0..20 + dice.roll(60))
                        .map(|_| dice.pick(&vocabulary).clone())
                        .collect()
                };
                chapter.blocks.push(
                    words
                        .into_iter()
                        .map(|text| Token {
                            text,
                            origin: None,
                            is_kept: false,
                        })
                        .collect(),
                );
            }
            if dice.chance(10) {
                continue;
            }
            chapter.blocks.push(if dice.chance(50) {
                edited(block, dice, &vocabulary)
            } else {
                block
            });
        }
    }
}

/// A block with 15 of 100 words replaced, deleted or followed by a new one, and other numbers.
fn edited(block: Vec<Token>, dice: &mut Dice, vocabulary: &[String]) -> Vec<Token> {
    let mut new = Vec::new();
    for mut token in block {
        let is_number = token
            .text
            .chars()
            .all(|c| c.is_numeric() || c.is_ascii_punctuation());
        if is_number {
            token.text = (2 + dice.roll(300)).to_string();
            token.is_kept = false;
        } else if dice.chance(15) {
            match dice.roll(10) {
                0..6 => {
                    token.text.clone_from(dice.pick(vocabulary));
                    token.is_kept = false;
                }
                6..8 => continue,
                _ => new.push(Token {
                    text: dice.pick(vocabulary).clone(),
                    origin: None,
                    is_kept: false,
                }),
            }
        }
        new.push(token);
    }
    new
}

/// Hashes of blocks that are in several places.
fn twins(text: &Text) -> BTreeSet<String> {
    let mut seen = BTreeSet::new();
    let all = text
        .chapters
        .iter()
        .flat_map(|chapter| &chapter.blocks)
        .map(|block| hash_of(block));
    all.filter(|text| !seen.insert(text.clone())).collect()
}

/// A block that has an equal where it ends up cannot be distinguished from that, nor can a moved
/// one from any other of its equals.
fn tear_twins(text: &mut Text, block: &[Token], twins: &BTreeSet<String>, to: usize) {
    let hash = hash_of(block);
    if twins.contains(&hash) {
        let others = text.chapters[to]
            .blocks
            .iter()
            .filter(|other| hash_of(other) == hash);
        let words: Vec<usize> = others
            .flatten()
            .chain(block)
            .filter_map(|token| token.origin)
            .collect();
        text.torn.extend(words);
    }
}

fn hash_of(block: &[Token]) -> String {
    fingerprint::block(
        &block
            .iter()
            .map(|token| token.text.as_str())
            .collect::<Vec<_>>()
            .join(" "),
    )
}

/// Inserts, moves or deletes whole blocks and leaves every other as it is.
fn shuffled(text: &mut Text, dice: &mut Dice) {
    let twins = twins(text);
    for _ in 0..text
        .chapters
        .iter()
        .map(|chapter| chapter.blocks.len())
        .sum::<usize>()
        / 6
    {
        let (from, to) = (
            dice.roll(text.chapters.len()),
            dice.roll(text.chapters.len()),
        );
        let (count, room) = (
            text.chapters[from].blocks.len(),
            text.chapters[to].blocks.len(),
        );
        match dice.roll(3) {
            0 if count > 1 => drop(text.chapters[from].blocks.remove(dice.roll(count))),
            1 if count > 1 => {
                let block = text.chapters[from].blocks.remove(dice.roll(count));
                tear_twins(text, &block, &twins, to);
                let room = text.chapters[to].blocks.len();
                text.chapters[to].blocks.insert(dice.roll(room + 1), block);
            }
            _ => {
                let words = (0..10 + dice.roll(40))
                    .map(|index| format!("inserted{}", index * 31 + dice.roll(900)));
                let block = words
                    .map(|text| Token {
                        text,
                        origin: None,
                        is_kept: false,
                    })
                    .collect();
                text.chapters[to].blocks.insert(dice.roll(room + 1), block);
            }
        }
    }
}

fn rounds() -> (u64, usize) {
    let number = |name: &str| {
        std::env::var(name)
            .ok()
            .and_then(|value| value.parse().ok())
    };
    (
        number("TIP_READER_SEED").unwrap_or(2021),
        number("TIP_READER_ROUNDS").unwrap_or(2) as usize,
    )
}

fn sample(name: &str, dice: &mut Dice) -> Text {
    match name {
        "bundled" => texts::bundled(),
        "prose" => texts::prose(dice),
        "countries" => texts::countries(dice),
        language => texts::foreign(dice, language),
    }
}

const TEXTS: [&str; 6] = [
    "bundled",
    "prose",
    "countries",
    "hebrew",
    "arabic",
    "chinese",
];

fn over(name: &str, knows_old: bool, change: impl Fn(&mut Text, &mut Dice)) -> Tally {
    let (seed, rounds) = rounds();
    let mut tally = Tally::default();
    let times = if name == "bundled" {
        rounds * 10
    } else {
        rounds
    };
    for round in 0..times {
        let mut dice = Dice(seed + round as u64 * 1_000_003);
        let old = sample(name, &mut dice);
        let mut new = old.clone();
        change(&mut new, &mut dice);
        tally.add(follow(&old, &new, &mut dice, knows_old));
    }
    tally
        .examples
        .iter()
        .for_each(|example| println!("{example}"));
    println!(
        "{name} (seed {seed}): {} passages; found {:.2} % of {}; given up {:.2} % of {} ({} orphaned); wrong {:.3} % ({})",
        tally.all,
        tally.found(),
        tally.staying,
        tally.given_up(),
        tally.gone,
        tally.orphaned,
        tally.wrong(),
        tally.wrong
    );
    tally
}

#[test]
fn in_the_same_edition_every_passage_is_where_it_was() {
    for name in TEXTS {
        let tally = over(name, true, |_, _| {});
        assert_eq!((tally.found, tally.wrong), (tally.all, 0), "{name}");
    }
}

#[test]
fn passages_are_followed_past_blocks_that_were_inserted_moved_and_deleted() {
    for_every_text(0.0, |name| {
        let tally = over(name, true, shuffled);
        // What has fewer than six words could be anything where it moved to.
        let holds = tally.found() >= if name == "bundled" { 98.5 } else { 99.5 };
        (tally, holds)
    });
}

#[test]
fn passages_are_followed_into_a_new_edition() {
    for_every_text(0.05, |name| {
        let tally = over(name, true, |text, dice| {
            new_edition(text, dice, name == "countries")
        });
        let (found, given_up) = match name {
            // Chapters without fields, of the same sentences: what is as like it elsewhere proves
            // that likeness proves nothing.
            "countries" => (65.0, 90.0),
            // Of its eighteen blocks eight are lines of a few words, most of which are there twice: once
            // they are changed no one can distinguish them.
            "bundled" => (94.0, 99.0),
            _ => (99.0, 99.0),
        };
        let holds = tally.found() >= found && tally.given_up() >= given_up;
        (tally, holds)
    });
}

#[test]
fn without_the_old_edition_nothing_is_certain_that_is_not() {
    for_every_text(0.05, |name| {
        (
            over(name, false, |text, dice| {
                new_edition(text, dice, name == "countries")
            }),
            true,
        )
    });
}

/// Runs a check on all texts and names those that fail; their numbers are printed. Of all their
/// passages together at most so many in a hundred are shown as certain where they are not, of one
/// text's at most twice as many: a deleted paragraph of boilerplate for which one of the same
/// pattern was put into its chapter cannot be distinguished from a changed one.
fn for_every_text(wrong: f64, check: impl Fn(&str) -> (Tally, bool)) {
    let mut all = Tally::default();
    let mut failed = Vec::new();
    for name in TEXTS {
        let (tally, holds) = check(name);
        failed.extend((!holds || tally.wrong() > 2.0 * wrong).then_some(name));
        all.add(tally);
    }
    assert!(failed.is_empty(), "not for {failed:?}");
    assert!(all.wrong() <= wrong, "wrong {:.3} %", all.wrong());
}
