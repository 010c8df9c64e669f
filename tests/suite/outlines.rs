//! Reports with records in another edition. They are grown and changed by a seed, so that it is
//! known of each section and paragraph where it went. `TIP_READER_SEEDS` runs so many seeds, and
//! prints the figures.

mod grown;
mod rows;

use std::collections::{BTreeMap, HashMap};

use grown::{Grown, Kind, Paragraph, Word};
use tip_reader::{
    edition::{
        Edition,
        anchor::{Anchor, Resolution},
        comparison::{self, Status},
        outline_alignment::Alignment,
        resolver::Resolver,
    },
    report::{
        Report,
        position::{Passage, Position},
    },
};

use crate::anchoring::texts::Dice;

/// An edition as it was grown and as a report.
struct Printed {
    grown: Grown,
    report: Report,
    edition: Edition,
    /// Where each paragraph is: part and number.
    places: HashMap<usize, (usize, usize)>,
}

impl Printed {
    fn new(grown: &Grown) -> Self {
        let report = grown.report();
        let edition = Edition::of(&report);
        let mut places = HashMap::new();
        for (part, each) in grown.parts.iter().enumerate() {
            for (number, paragraph) in each.paragraphs.iter().enumerate() {
                places.insert(paragraph.id, (part, number));
            }
        }
        Self {
            grown: grown.clone(),
            report,
            edition,
            places,
        }
    }

    fn paragraph(&self, (part, number): (usize, usize)) -> &Paragraph {
        &self.grown.parts[part].paragraphs[number]
    }
}

/// A quote: a paragraph and the words of it.
struct Quote {
    at: (usize, usize),
    words: std::ops::Range<usize>,
}

fn bytes(words: &[Word], range: &std::ops::Range<usize>) -> (usize, usize) {
    let start: usize = words[..range.start]
        .iter()
        .map(|word| word.text.len() + 1)
        .sum();
    (start, start + grown::text(&words[range.clone()]).len())
}

/// Half of them whole paragraphs, half 3 to 14 words.
fn quotes(printed: &Printed, count: usize, dice: &mut Dice) -> Vec<Quote> {
    let mut all: Vec<(usize, usize)> = printed.places.values().copied().collect();
    all.sort_unstable();
    let quote = |_| {
        let at = *dice.pick(&all);
        let length = printed.paragraph(at).words.len();
        let part = (3 + dice.roll(12)).min(length);
        let from = dice.roll(length - part + 1);
        let words = if dice.chance(50) {
            0..length
        } else {
            from..from + part
        };
        Quote { at, words }
    };
    (0..count).map(quote).collect()
}

fn anchor(printed: &Printed, quote: &Quote) -> Anchor {
    let (from, to) = bytes(&printed.paragraph(quote.at).words, &quote.words);
    let at = |byte| Position::new(quote.at.0, quote.at.1, byte);
    Anchor::new(
        &printed.report,
        &printed.edition,
        Passage::new(at(from), at(to)),
    )
}

/// What became of a quote, and of its words: their range in the new paragraph.
fn fate(old: &Printed, new: &Printed, quote: &Quote) -> (&'static str, std::ops::Range<usize>) {
    let was = old.paragraph(quote.at);
    let is_formula = was.kind == Kind::Formula;
    let Some(&there) = new.places.get(&was.id) else {
        return (if is_formula { "gone formula" } else { "gone" }, 0..0);
    };
    let is = new.paragraph(there);
    let origins: Vec<usize> = was.words[quote.words.clone()]
        .iter()
        .filter_map(|word| word.origin)
        .collect();
    let left: Vec<(usize, &Word)> = is
        .words
        .iter()
        .enumerate()
        .filter(|(_, word)| word.origin.is_some_and(|origin| origins.contains(&origin)))
        .collect();
    let range = match (left.first(), left.last()) {
        (Some(first), Some(last)) => first.0..last.0 + 1,
        _ => 0..0,
    };
    let same = |word: &Word| {
        was.words
            .iter()
            .any(|old| old.origin == word.origin && old.text == word.text)
    };
    let kept = left.iter().filter(|(_, word)| same(word)).count();
    let (from, to) = (&old.grown.parts[quote.at.0], &new.grown.parts[there.0]);
    let is_same_text = grown::text(&was.words) == grown::text(&is.words);
    let is_renamed = from.record.is_some() && name(old, from.record) != name(new, to.record);
    let word = match (
        is.is_swapped && !was.is_swapped,
        is_same_text,
        from.id == to.id,
    ) {
        (true, ..) => "swapped",
        (_, true, true) if is_renamed && is_formula => "renamed formula",
        (_, true, true) if is_renamed => "renamed",
        (_, true, true) if is_formula => "same formula",
        (_, true, true) => "same",
        (_, true, false) => "moved",
        (_, false, false) => "moved and reworded",
        // Of so few words all have to be there.
        (_, false, true) if kept < quote.words.len() && quote.words.len() < 5 => {
            "reworded, few words"
        }
        (_, false, true) if 3 * kept < 2 * quote.words.len() => "reworded, few words left",
        _ => "reworded",
    };
    (word, range)
}

fn name(printed: &Printed, record: Option<usize>) -> Option<&str> {
    let parts = printed.grown.parts.iter();
    parts
        .filter(|part| part.record == record && part.level == 3)
        .map(|part| part.name.as_str())
        .next()
}

/// Certain, unsure and orphaned ones of each fate.
#[derive(Default)]
struct Tally {
    counts: BTreeMap<&'static str, [usize; 3]>,
    wrong: usize,
    examples: Vec<String>,
}

impl Tally {
    fn judge(&mut self, old: &Printed, new: &Printed, quote: &Quote, resolution: Resolution) {
        let (fate, words) = fate(old, new, quote);
        let column = match resolution {
            Resolution::Unsure(_) => 1,
            Resolution::Orphaned => 2,
            _ => 0,
        };
        self.counts.entry(fate).or_default()[column] += 1;
        let is_wrong = resolution.is_certain()
            && !resolution
                .passage()
                .is_some_and(|passage| is_right(old, new, quote, passage, &words));
        self.wrong += usize::from(is_wrong);
        let is_lost = matches!(fate, "same" | "same formula" | "moved" | "renamed") && column == 2;
        if (is_wrong
            || is_lost
            || (fate == "same" && column > 0)
            || (fate == "reworded" && column > 0))
            && self.examples.len() < 20
        {
            let shown = resolution
                .passage()
                .map(|passage| new.report.text_of(passage));
            self.examples.push(format!(
                "{}{fate}: {} {:?}\n  {}\n  {}",
                if is_wrong { "WRONG " } else { "" },
                resolution.name(),
                resolution.passage().map(|passage| passage.start()),
                old.report.text_of(passage_of(old, quote)),
                shown.unwrap_or_default()
            ));
        }
    }

    fn share(&self, fates: &[&str]) -> f64 {
        let counts = || fates.iter().filter_map(|fate| self.counts.get(fate));
        let all: usize = counts().flatten().sum();
        let certain: usize = counts().map(|counts| counts[0]).sum();
        if all == 0 {
            100.0
        } else {
            certain as f64 * 100.0 / all as f64
        }
    }

    fn all(&self) -> usize {
        self.counts.values().flatten().sum()
    }
}

fn passage_of(printed: &Printed, quote: &Quote) -> Passage {
    let (from, to) = bytes(&printed.paragraph(quote.at).words, &quote.words);
    let at = |byte| Position::new(quote.at.0, quote.at.1, byte);
    Passage::new(at(from), at(to))
}

/// Whether a passage is what a quote became: most of it, in its paragraph or in one of the same
/// section with the same words.
fn is_right(
    old: &Printed,
    new: &Printed,
    quote: &Quote,
    passage: Passage,
    words: &std::ops::Range<usize>,
) -> bool {
    let at = (passage.start().section, passage.start().block);
    let (was, is) = (old.paragraph(quote.at), new.paragraph(at));
    let is_twin = old.grown.parts[quote.at.0].id == new.grown.parts[at.0].id
        && grown::text(&was.words) == grown::text(&is.words);
    if is_twin {
        return true;
    }
    if was.id != is.id || is.is_swapped {
        return false;
    }
    let touched: Vec<usize> = (0..is.words.len())
        .filter(|at| {
            let (from, to) = bytes(&is.words, &(*at..*at + 1));
            from < passage.end().byte && to > passage.start().byte
        })
        .collect();
    2 * touched.iter().filter(|at| words.contains(at)).count() >= touched.len()
}

fn seeds() -> u64 {
    let named = std::env::var("TIP_READER_SEEDS").ok();
    named.and_then(|seeds| seeds.parse().ok()).unwrap_or(3)
}

/// The kinds of reports, and notes of each; a thousand in all.
const KINDS: [(&str, usize); 6] = [
    ("year", 330),
    ("hard year", 330),
    ("prose", 100),
    ("hard prose", 100),
    ("patterns", 70),
    ("hard patterns", 70),
];

fn grow(kind: &str, dice: &mut Dice) -> Grown {
    match kind {
        "year" | "hard year" => Grown::records(dice),
        kind => Grown::flat(dice, kind.ends_with("patterns")),
    }
}

/// Each seed with a report of a kind and what became of it a year later.
fn each_year(kind: &str, mut check: impl FnMut(&Printed, &Printed, &mut Dice)) {
    for seed in 0..seeds() {
        let mut dice = Dice(seed * 1_000_003 + 32);
        let mut grown = grow(kind, &mut dice);
        let old = Printed::new(&grown);
        grown.year(&mut dice, kind.starts_with("hard"));
        check(&old, &Printed::new(&grown), &mut dice);
    }
}

#[test]
fn notes_are_followed_and_nothing_wrong_is_certain() {
    let mut tallies: Vec<(&str, Tally)> = Vec::new();
    for (kind, count) in KINDS {
        let mut tally = Tally::default();
        each_year(kind, |old, new, dice| {
            let mut resolver = Resolver::new(&new.report, &new.edition);
            resolver.learn(&old.edition);
            for quote in quotes(old, count, dice) {
                let resolution = resolver.resolve(&anchor(old, &quote));
                tally.judge(old, new, &quote, resolution);
            }
        });
        tallies.push((kind, tally));
    }
    print(&tallies);
    for (kind, tally) in &tallies {
        assert_eq!(tally.wrong, 0, "{kind}: certain and wrong");
        assert_eq!(
            tally.share(&["same", "same formula"]),
            100.0,
            "{kind}: same path and text"
        );
        let least = if *kind == "hard year" || *kind == "hard patterns" {
            90.0
        } else {
            99.0
        };
        assert!(
            tally.share(&["reworded"]) >= least,
            "{kind}: reworded {}",
            tally.share(&["reworded"])
        );
        for fate in ["moved", "renamed", "renamed formula", "reworded"] {
            let orphaned = tally.counts.get(fate).map_or(0, |counts| counts[2]);
            assert_eq!(orphaned, 0, "{kind}: {fate} and orphaned");
        }
    }
}

fn print(tallies: &[(&str, Tally)]) {
    let mut fates: Vec<&str> = tallies
        .iter()
        .flat_map(|(_, tally)| tally.counts.keys().copied())
        .collect();
    fates.sort_unstable();
    fates.dedup();
    println!(
        "| certain / unsure / orphaned | {} |",
        tallies
            .iter()
            .map(|(kind, _)| *kind)
            .collect::<Vec<_>>()
            .join(" | ")
    );
    for fate in fates {
        let cell = |(_, tally): &(&str, Tally)| {
            let counts = tally.counts.get(fate);
            counts.map_or(String::new(), |[a, b, c]| format!("{a} / {b} / {c}"))
        };
        println!(
            "| {fate} | {} |",
            tallies.iter().map(cell).collect::<Vec<_>>().join(" | ")
        );
    }
    for (kind, tally) in tallies {
        println!("{kind}: {} notes, wrong {}", tally.all(), tally.wrong);
        tally
            .examples
            .iter()
            .for_each(|example| println!("{kind}: {example}"));
    }
}

#[test]
fn no_section_is_called_changed_added_or_removed_that_is_not() {
    let mut sections = 0;
    for seed in 0..seeds() {
        let mut dice = Dice(seed * 7_000_003 + 5);
        let mut grown = Grown::records(&mut dice);
        let old = Printed::new(&grown);
        grown.calm(&mut dice);
        let new = Printed::new(&grown);
        for row in comparison::compare(&old.report, &new.report) {
            sections += 1;
            let id = |printed: &Printed, at: Option<usize>| at.map(|at| printed.grown.parts[at].id);
            let is_in =
                |printed: &Printed, id| printed.grown.parts.iter().any(|part| Some(part.id) == id);
            let (was, is) = (id(&old, row.old), id(&new, row.new));
            let title =
                |report: &Report, at: Option<usize>| at.map(|at| report.sections[at].title.clone());
            let is_true = match row.status {
                Status::Added => !is_in(&old, is),
                Status::Removed => !is_in(&new, was),
                Status::Changed => {
                    was == is && title(&old.report, row.old) != title(&new.report, row.new)
                }
                Status::Moved | Status::Same => was == is,
            };
            assert!(is_true, "seed {seed}: {row:?}");
        }
    }
    println!("{sections} sections");
}

#[test]
fn sections_are_aligned_through_any_year() {
    for kind in [
        "year",
        "hard year",
        "prose",
        "hard prose",
        "patterns",
        "hard patterns",
    ] {
        let (mut all, mut lost) = (0, 0);
        each_year(kind, |old, new, _| {
            let record = |printed: &Printed, part: &grown::Part| {
                name(printed, part.record).map(str::to_owned)
            };
            let alignment = Alignment::new(&old.edition, &new.edition);
            for (at, part) in old.grown.parts.iter().enumerate() {
                let there = new.grown.parts.iter().position(|other| other.id == part.id);
                let partner = alignment.partner(at).map(|partner| partner.section);
                assert!(
                    partner.is_none() || partner == there,
                    "{kind}: {part:?} became {partner:?}"
                );
                // What was renamed and written anew cannot be known again.
                let is_anew = kind == "hard year"
                    && there.is_some_and(|there| {
                        record(old, part) != record(new, &new.grown.parts[there])
                    });
                all += 1;
                lost += usize::from(partner != there && !is_anew);
            }
        });
        println!("{kind}: {lost} of {all} sections lost");
        assert_eq!(lost, 0, "{kind}");
    }
}

#[test]
fn over_five_editions_nothing_wrong_is_certain() {
    let (mut direct, mut carried) = (Tally::default(), Tally::default());
    for seed in 0..seeds().div_ceil(3) {
        let mut dice = Dice(seed * 3_000_017 + 9);
        let mut grown = Grown::records(&mut dice);
        let mut editions = vec![Printed::new(&grown)];
        for _ in 0..4 {
            grown.decade(&mut dice);
            editions.push(Printed::new(&grown));
        }
        let (old, new) = (&editions[0], &editions[4]);
        let quotes = quotes(old, 300, &mut dice);
        for (tally, learnt) in [(&mut direct, 1), (&mut carried, 4)] {
            let mut resolver = Resolver::new(&new.report, &new.edition);
            let known = editions.iter().take(learnt);
            known.for_each(|each| resolver.learn(&each.edition));
            for quote in &quotes {
                tally.judge(old, new, quote, resolver.resolve(&anchor(old, quote)));
            }
        }
    }
    let certain = |tally: &Tally| tally.counts.values().map(|counts| counts[0]).sum::<usize>();
    let (by_one, by_all) = (certain(&direct), certain(&carried));
    let wrong = (direct.wrong, carried.wrong);
    print(&[("direct", direct), ("carried", carried)]);
    assert_eq!(wrong, (0, 0));
    assert!(by_one <= by_all, "{by_one} and {by_all} are certain");
}

#[test]
fn by_path_and_words_alone_nothing_wrong_is_certain() {
    let mut tallies = Vec::new();
    for (kind, count) in KINDS {
        let mut tally = Tally::default();
        each_year(kind, |old, new, dice| {
            let mut resolver = Resolver::new(&new.report, &new.edition);
            for quote in quotes(old, count / 2, dice) {
                let resolution = resolver.resolve(&anchor(old, &quote));
                tally.judge(old, new, &quote, resolution);
            }
        });
        tallies.push((kind, tally));
    }
    print(&tallies);
    for (kind, tally) in &tallies {
        assert_eq!(tally.wrong, 0, "{kind}");
    }
}
