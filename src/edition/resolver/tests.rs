//! Passages that are found again in another edition, and those that are not.

use proptest::prelude::*;

use super::*;
use crate::report::snapshot;

fn resolve(anchor: &Anchor, old: &Report, new: &Report) -> Resolution {
    let (old, edition) = (Edition::of(old), Edition::of(new));
    let mut resolver = Resolver::new(new, &edition);
    resolver.learn(&old);
    resolver.resolve(anchor)
}

fn block(report: &Report, section: usize, block: usize) -> Passage {
    report.passage_of_block(Position::new(section, block, 0))
}

#[test]
fn a_paragraph_is_followed_where_it_went_and_an_orphan_where_it_is_gone() {
    let old = snapshot::bundled();
    let anchor = Anchor::new(&old, &Edition::of(&old), block(&old, 1, 4));
    assert_eq!(
        resolve(&anchor, &old, &old),
        Resolution::Exact(block(&old, 1, 4))
    );
    let mut new = old.clone();
    let taken = new.sections[1].blocks.remove(4);
    assert_eq!(resolve(&anchor, &old, &new), Resolution::Orphaned);
    new.sections[2].blocks.insert(0, taken);
    assert_eq!(
        resolve(&anchor, &old, &new),
        Resolution::Moved(block(&new, 2, 0))
    );
}

#[test]
fn a_paragraph_with_other_words_is_changed_and_shown_in_whole() {
    let old = snapshot::bundled();
    let anchor = Anchor::new(&old, &Edition::of(&old), block(&old, 1, 3));
    let mut new = old.clone();
    new.sections[1].blocks[3].text = new.sections[1].blocks[3]
        .text
        .replace("strives", "has long striven")
        .replace("racism", "injustice");
    assert_eq!(
        resolve(&anchor, &old, &new),
        Resolution::Changed(block(&new, 1, 3))
    );
}

#[test]
fn other_quotation_marks_do_not_lose_a_passage() {
    let old = snapshot::bundled();
    let mut new = old.clone();
    let text = &mut new.sections[1].blocks[2].text;
    let (from, to) = (
        text.find("This year’s").expect("there"),
        text.find(" sends").expect("there"),
    );
    let anchor = Anchor::new(
        &old,
        &Edition::of(&old),
        Passage::new(Position::new(1, 2, from), Position::new(1, 2, to)),
    );
    *text = text.replace('’', "'");
    let found = resolve(&anchor, &old, &new);
    assert!(matches!(found, Resolution::Changed(_)), "{found:?}");
    assert_eq!(
        new.text_of(found.passage().expect("a place")),
        anchor.quote.replace('’', "'")
    );
}

#[test]
fn words_that_are_in_two_places_are_never_certain() {
    let old = snapshot::bundled();
    let anchor = Anchor::new(&old, &Edition::of(&old), block(&old, 1, 0));
    let mut new = old.clone();
    let salutation = new.sections[1].blocks.remove(0);
    new.sections[2].blocks.insert(1, salutation);
    let found = resolve(&anchor, &old, &new);
    assert!(!found.is_certain(), "{found:?}");
}

/// A text with each word for which that is wanted replaced by a new one.
fn replaced(text: &str, is_replaced: impl Fn(usize) -> bool) -> String {
    let each = text.split(' ').enumerate().map(|(at, word)| {
        if is_replaced(at) {
            format!("word{at}")
        } else {
            word.to_owned()
        }
    });
    each.collect::<Vec<_>>().join(" ")
}

#[test]
fn most_of_the_words_in_another_place_are_never_certain() {
    let old = snapshot::bundled();
    let anchor = Anchor::new(&old, &Edition::of(&old), block(&old, 1, 4));
    let mut new = old.clone();
    let mut taken = new.sections[1].blocks.remove(4);
    taken.text = replaced(&taken.text, |at| at % 6 < 2);
    new.sections[2].blocks.insert(0, taken);
    assert_eq!(
        resolve(&anchor, &old, &new),
        Resolution::Unsure(block(&new, 2, 0))
    );
}

#[test]
fn a_few_words_whose_neighbours_are_gone_are_never_certain() {
    let old = snapshot::bundled();
    let mut new = old.clone();
    let text = &old.sections[1].blocks[4].text;
    let words: Vec<&str> = text.split(' ').collect();
    let from = words[..20].iter().map(|word| word.len() + 1).sum::<usize>();
    let to = from + words[20].len() + 1 + words[21].len();
    let anchor = Anchor::new(
        &old,
        &Edition::of(&old),
        Passage::new(Position::new(1, 4, from), Position::new(1, 4, to)),
    );
    let around = |reach: usize| {
        replaced(text, |at| {
            (20 - reach..20).contains(&at) || (22..22 + reach).contains(&at)
        })
    };
    new.sections[1].blocks[4].text = around(1);
    assert!(
        resolve(&anchor, &old, &new).is_certain(),
        "{:?}",
        resolve(&anchor, &old, &new)
    );
    new.sections[1].blocks[4].text = around(8);
    assert!(
        !resolve(&anchor, &old, &new).is_certain(),
        "{:?}",
        resolve(&anchor, &old, &new)
    );
}

#[test]
fn the_places_that_a_passage_could_be_are_offered_the_best_first() {
    let old = snapshot::bundled();
    let anchor = Anchor::new(&old, &Edition::of(&old), block(&old, 1, 0));
    let mut new = old.clone();
    let salutation = new.sections[1].blocks.remove(0);
    new.sections[2].blocks.insert(1, salutation);
    let edition = Edition::of(&new);
    let mut resolver = Resolver::new(&new, &edition);
    resolver.learn(&Edition::of(&old));
    let places = resolver.places(&anchor);
    let salutations = [block(&new, 2, 0), block(&new, 2, 1)];
    assert_eq!(
        places.get(..2),
        Some(&salutations[..]),
        "both have the exact text"
    );
    let mut rewritten = old.clone();
    let text = &mut rewritten.sections[1].blocks[4].text;
    let kept: Vec<&str> = text
        .split(' ')
        .enumerate()
        .map(|(at, word)| if at % 9 < 7 { "other" } else { word })
        .collect();
    *text = kept.join(" ");
    let anchor = Anchor::new(&old, &Edition::of(&old), block(&old, 1, 4));
    let edition = Edition::of(&rewritten);
    let mut resolver = Resolver::new(&rewritten, &edition);
    resolver.learn(&Edition::of(&old));
    assert_eq!(resolver.resolve(&anchor), Resolution::Orphaned);
    assert!(resolver.places(&anchor).len() <= MOST_FAINT);
}

#[test]
fn without_the_old_edition_a_passage_in_its_context_is_certain() {
    let old = snapshot::bundled();
    let anchor = Anchor::new(&old, &Edition::of(&old), block(&old, 1, 4));
    let mut new = old.clone();
    new.sections[2].blocks.pop();
    let edition = Edition::of(&new);
    assert_eq!(
        Resolver::new(&new, &edition).resolve(&anchor),
        Resolution::Exact(block(&new, 1, 4))
    );
}

fn any_place() -> impl Strategy<Value = Selector> {
    let section = prop_oneof![
        Just("message-from-the-acting-director".to_owned()),
        Just(String::new()),
        Just("2".to_owned())
    ];
    let number = prop_oneof![0..20_usize, Just(usize::MAX), Just(9_999)];
    (
        section,
        number.clone(),
        prop_oneof![Just(String::new()), "[0-9a-f]{16}"],
        number,
    )
        .prop_map(|(section, block, hash, byte)| Selector {
            section,
            block,
            hash,
            byte,
        })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]
    #[test]
    fn no_anchor_makes_it_panic(
        start in any_place(),
        end in any_place(),
        quote in "(|[ \n]|the |human trafficking |[a-z’]{1,9}|人|\\PC){0,30}",
        before in "(|the |human trafficking |\\PC){0,9}",
        after in "(\n|the |human trafficking |\\PC){0,9}",
        is_known in any::<bool>(),
    ) {
        let report = snapshot::bundled();
        let mut new = report.clone();
        new.sections[1].blocks.remove(3);
        let edition = if is_known { Edition::of(&report).hash } else { "0".into() };
        let anchor = Anchor { edition, start, end, quote, before, after };
        let found = resolve(&anchor, &report, &new);
        if let Some(passage) = found.passage() {
            prop_assert!(new.block(passage.start()).is_some() && new.block(passage.end()).is_some());
        }
    }
}
