//! What is said of a note, row by row; and what cannot be decided.

use tip_reader::{
    edition::{Edition, anchor::Anchor, resolver::Resolver},
    report::{
        Block, BlockKind, Report, Section,
        outline::Outline,
        position::{Passage, Position},
        snapshot,
    },
};

const FORMULA: &str = "The government did not report any convictions of officials this year.";
const OTHER: &str = "Nobody was sent to prison, and all of the courts remained closed until June.";
const ONE: &str =
    "In May the harbour master counted forty weavers at the old salt works near Balamar.";
const TWO: &str =
    "A mobile clinic treated seventeen divers whose papers an agent had kept for years.";
const THREE: &str =
    "Posters with the number to call hang in each bus station along the northern road.";
const FOUR: &str =
    "Judges learned of the new law in a course that two universities held in autumn.";

/// Sections by level, title and blocks.
fn report(sections: &[(u8, &str, &[&str])]) -> Report {
    let section = |(level, title, blocks): &(u8, &str, &[&str])| Section {
        title: (*title).into(),
        level: *level,
        blocks: blocks
            .iter()
            .map(|text| Block {
                kind: BlockKind::Paragraph,
                text: (*text).into(),
                spans: Vec::new(),
                depth: 0,
            })
            .collect(),
        ..Section::default()
    };
    let mut report = Report {
        id: "rows".into(),
        sections: sections.iter().map(section).collect(),
        ..snapshot::bundled()
    };
    let ids = Outline::of(&report).ids();
    report
        .sections
        .iter_mut()
        .zip(ids)
        .for_each(|(section, id)| section.id = id);
    report
}

/// Two records with these blocks in their two fields.
fn records(law: [&[&str]; 2], aid: [&[&str]; 2], titles: [&str; 2]) -> Report {
    report(&[
        (1, titles[0], &[]),
        (2, "Law", law[0]),
        (2, "Aid", aid[0]),
        (1, titles[1], &[]),
        (2, "Law", law[1]),
        (2, "Aid", aid[1]),
    ])
}

const A_B: [&str; 2] = ["Avalon (Tier 1)", "Borduria (Tier 2)"];

/// What is said of a note on a paragraph, and where it is shown: section and block.
fn said(
    old: &Report,
    new: &Report,
    (section, block): (usize, usize),
) -> (&'static str, Option<(usize, usize)>) {
    said_of(
        old,
        new,
        old.passage_of_block(Position::new(section, block, 0)),
        true,
    )
}

fn said_of(
    old: &Report,
    new: &Report,
    passage: Passage,
    is_known: bool,
) -> (&'static str, Option<(usize, usize)>) {
    let (before, after) = (Edition::of(old), Edition::of(new));
    let mut resolver = Resolver::new(new, &after);
    if is_known {
        resolver.learn(&before);
    }
    let found = resolver.resolve(&Anchor::new(old, &before, passage));
    let place = found
        .passage()
        .map(|passage| (passage.start().section, passage.start().block));
    (found.name(), place)
}

#[test]
fn a_sentence_of_many_records_is_exact_in_its_own_and_nowhere_else() {
    let old = records([&[FORMULA, ONE], &[FORMULA]], [&[TWO], &[THREE]], A_B);
    assert_eq!(said(&old, &old, (1, 0)), ("exact", Some((1, 0))));
    let dropped = report(&[
        (1, "Borduria (Tier 3)", &[]),
        (2, "Law", &[FORMULA]),
        (2, "Aid", &[THREE]),
        (1, "X", &[]),
    ]);
    assert_eq!(said(&old, &dropped, (4, 0)), ("exact", Some((1, 0))));
    assert_eq!(
        said(&old, &dropped, (1, 0)),
        ("orphaned", None),
        "the other's is taken"
    );
}

#[test]
fn two_records_that_swap_a_formula_are_unsure() {
    let old = records([&[FORMULA, ONE], &[OTHER, TWO]], [&[THREE], &[FOUR]], A_B);
    let new = records([&[OTHER, ONE], &[FORMULA, TWO]], [&[THREE], &[FOUR]], A_B);
    assert_eq!(
        said(&old, &new, (1, 0)),
        ("unsure", Some((4, 0))),
        "the copy first"
    );
    assert_eq!(
        said(&old, &old, (1, 0)),
        ("exact", Some((1, 0))),
        "swapped back"
    );
}

#[test]
fn a_paragraph_is_moved_within_its_record_and_unsure_in_another() {
    let old = records([&[ONE, TWO], &[FORMULA]], [&[THREE], &[FOUR]], A_B);
    let within = records([&[TWO], &[FORMULA]], [&[THREE, ONE], &[FOUR]], A_B);
    assert_eq!(said(&old, &within, (1, 0)), ("moved", Some((2, 1))));
    let away = records([&[TWO], &[FORMULA]], [&[THREE], &[FOUR, ONE]], A_B);
    assert_eq!(said(&old, &away, (1, 0)), ("unsure", Some((5, 1))));
}

#[test]
fn exchanged_titles_leave_notes_unsure_where_the_text_is() {
    let old = records(
        [&[ONE, TWO, "a b c"], &[THREE, FOUR, "d e f"]],
        [&["g h"], &["i j"]],
        A_B,
    );
    let new = records(
        [&[ONE, TWO, "a b c"], &[THREE, FOUR, "d e f"]],
        [&["g h"], &["i j"]],
        [A_B[1], A_B[0]],
    );
    assert_eq!(said(&old, &new, (1, 0)), ("unsure", Some((1, 0))));
}

#[test]
fn of_identical_namesakes_one_that_is_left_is_unsure_and_as_many_are_exact() {
    let old = report(&[
        (1, "Annex", &[ONE]),
        (1, "Annex", &[ONE]),
        (1, "End", &[TWO]),
    ]);
    assert_eq!(said(&old, &old, (1, 0)), ("exact", Some((1, 0))));
    let new = report(&[(1, "Annex", &[ONE]), (1, "End", &[TWO])]);
    assert_eq!(said(&old, &new, (0, 0)).0, "unsure");
}

#[test]
fn of_one_sentence_twice_in_a_row_the_one_that_is_left_is_unsure() {
    let old = report(&[
        (1, "Annex", &[ONE, FORMULA, FORMULA, TWO]),
        (1, "End", &[THREE]),
    ]);
    let new = report(&[(1, "Annex", &[ONE, FORMULA, TWO]), (1, "End", &[THREE])]);
    assert_eq!(said(&old, &new, (0, 1)), ("unsure", Some((0, 1))));
    assert_eq!(said(&old, &old, (0, 2)), ("exact", Some((0, 2))));
}

#[test]
fn a_sentence_with_other_figures_is_changed_in_its_place() {
    let line = |place: &str, count: usize| {
        format!(
            "Officers in {place} opened {count} inquiries, compared with {} before.",
            count + 7
        )
    };
    let (a, b) = (line("Avalon", 12), line("Borduria", 40));
    let (c, d) = (line("Avalon", 55), line("Borduria", 81));
    let old = records([&[&a, ONE], &[&b]], [&[TWO], &[THREE]], A_B);
    let new = records([&[&c, ONE], &[&d]], [&[TWO], &[THREE]], A_B);
    assert_eq!(said(&old, &new, (1, 0)), ("changed", Some((1, 0))));
    let deleted = records([&[ONE], &[&d]], [&[TWO], &[THREE]], A_B);
    assert_eq!(
        said(&old, &deleted, (1, 0)).0,
        "unsure",
        "the other's is like it"
    );
}

#[test]
fn what_is_renamed_and_written_anew_is_orphaned_and_what_is_split_is_exact_under_the_old_key() {
    let old = records([&[ONE, TWO], &[FORMULA]], [&[THREE], &[FOUR]], A_B);
    let anew = records(
        [&["Wholly new."], &[FORMULA]],
        [&["Other words."], &[FOUR]],
        ["Syldavia", A_B[1]],
    );
    assert_eq!(said(&old, &anew, (1, 0)), ("orphaned", None));
    let split = report(&[
        (1, "Avalon (Tier 1)", &[]),
        (2, "Law", &[ONE]),
        (1, "East Avalon", &[]),
        (2, "Law", &[TWO]),
        (2, "Aid", &[THREE]),
        (1, "Borduria (Tier 2)", &[]),
        (2, "Law", &[FORMULA]),
        (2, "Aid", &[FOUR]),
    ]);
    assert_eq!(said(&old, &split, (1, 0)), ("exact", Some((1, 0))));
    assert_eq!(said(&old, &split, (1, 1)), ("unsure", Some((3, 0))));
}

#[test]
fn a_quote_over_two_paragraphs_is_as_sure_as_its_less_sure_end() {
    let old = records([&[ONE, TWO], &[FORMULA]], [&[THREE], &[FOUR]], A_B);
    let passage = Passage::new(Position::new(1, 0, 3), Position::new(1, 1, 40));
    assert_eq!(said_of(&old, &old, passage, true), ("exact", Some((1, 0))));
    let reworded = TWO.replace("seventeen", "nineteen");
    let changed = records([&[ONE, &reworded], &[FORMULA]], [&[THREE], &[FOUR]], A_B);
    assert_eq!(
        said_of(&old, &changed, passage, true),
        ("changed", Some((1, 0)))
    );
    let torn = records([&[ONE], &[FORMULA]], [&[THREE], &[FOUR, TWO]], A_B);
    assert_eq!(
        said_of(&old, &torn, passage, true),
        ("unsure", Some((1, 0)))
    );
}

#[test]
fn without_the_old_edition_only_the_own_path_is_certain_and_nothing_is_moved() {
    let old = records([&[ONE, FORMULA], &[FORMULA]], [&[THREE], &[FOUR]], A_B);
    let block = |at: (usize, usize)| old.passage_of_block(Position::new(at.0, at.1, 0));
    let new = records(
        [&[TWO, ONE, FORMULA], &[FORMULA]],
        [&[], &[FOUR, THREE]],
        A_B,
    );
    assert_eq!(
        said_of(&old, &new, block((1, 0)), false),
        ("exact", Some((1, 1)))
    );
    assert_eq!(
        said_of(&old, &new, block((2, 0)), false),
        ("unsure", Some((5, 1)))
    );
    let namesakes = report(&[(1, "Avalon", &[]), (2, "Law", &[ONE]), (2, "Law", &[TWO])]);
    assert_eq!(said_of(&old, &namesakes, block((1, 0)), false).0, "unsure");
}

#[test]
fn a_note_of_the_first_release_keeps_its_position_in_the_same_text() {
    let mut old = records([&[ONE, FORMULA], &[FORMULA]], [&[THREE], &[FOUR]], A_B);
    let new = Report {
        old_ids: ["avalon", "law", "aid", "borduria", "law-2", "aid-2"]
            .map(str::to_owned)
            .to_vec(),
        ..old.clone()
    };
    old.sections
        .iter_mut()
        .zip(&new.old_ids)
        .for_each(|(section, id)| section.id.clone_from(id));
    let mut anchor = Anchor::new(
        &old,
        &Edition::of(&old),
        old.passage_of_block(Position::new(4, 0, 0)),
    );
    let edition = Edition::of(&new);
    anchor.edition = first_release(&new);
    assert!(edition.is(&anchor.edition));
    let found = Resolver::new(&new, &edition).resolve(&anchor);
    assert_eq!(found.name(), "exact");
    assert_eq!(
        found.passage().map(|passage| passage.start()),
        Some(Position::new(4, 0, 0))
    );
}

/// The name that the first release gave the edition of a report: over ids and hashes.
fn first_release(report: &Report) -> String {
    let mut hash = tip_reader::edition::fingerprint::Fnv::default();
    for (section, id) in report.sections.iter().zip(&report.old_ids) {
        hash.add(id.as_bytes());
        hash.add(&[0]);
        for block in &section.blocks {
            hash.add(tip_reader::edition::fingerprint::block(&block.text).as_bytes());
        }
    }
    hash.hex()
}

#[test]
fn places_are_offered_the_nearest_path_first() {
    let old = records([&[ONE], &[FORMULA]], [&[FORMULA], &[FOUR]], A_B);
    let new = records([&[ONE, FORMULA], &[FORMULA]], [&[], &[FOUR]], A_B);
    let (before, after) = (Edition::of(&old), Edition::of(&new));
    let mut resolver = Resolver::new(&new, &after);
    resolver.learn(&before);
    let passage = old.passage_of_block(Position::new(2, 0, 0));
    let places = resolver.places(&Anchor::new(&old, &before, passage));
    let places: Vec<(usize, usize)> = places
        .iter()
        .map(|at| (at.start().section, at.start().block))
        .collect();
    assert_eq!(places[..2], [(1, 1), (4, 0)]);
}
