//! Each rule of the alignment, on editions that are written as lines: the depth of a section, its
//! title, and a letter for each block.

use super::*;
use crate::report::{Block, BlockKind, Report, Section, snapshot};

/// A report of sections such as `1 Ghana (Tier 2): a b c`; a line without blocks ends in `:`.
fn report(lines: &[&str]) -> Report {
    let section = |(index, line): (usize, &&str)| {
        let (head, blocks) = line.rsplit_once(':').expect("a colon");
        let (level, title) = head.split_once(' ').expect("a level");
        let block = |text: &str| Block {
            kind: BlockKind::Paragraph,
            text: text.into(),
            spans: Vec::new(),
            depth: 0,
        };
        Section {
            id: format!("{index}"),
            title: title.into(),
            level: level.parse().expect("a level"),
            blocks: blocks.split_whitespace().map(block).collect(),
            ..Section::default()
        }
    };
    Report {
        sections: lines.iter().enumerate().map(section).collect(),
        ..snapshot::bundled()
    }
}

fn align(old: &[&str], new: &[&str]) -> Alignment {
    Alignment::new(&Edition::of(&report(old)), &Edition::of(&report(new)))
}

/// The partner of each old section; loose ones are negative.
fn partners(old: &[&str], new: &[&str]) -> Vec<Option<i32>> {
    let alignment = align(old, new);
    let number = |partner: Partner| {
        let section = partner.section as i32;
        if partner.is_loose { -section } else { section }
    };
    (0..old.len())
        .map(|at| alignment.partner(at).map(number))
        .collect()
}

fn images(old: &[&str], new: &[&str]) -> Vec<Option<usize>> {
    align(old, new).images
}

#[test]
fn records_are_aligned_by_key_whatever_their_boilerplate_and_facets() {
    let old = [
        "1 A (Tier 1):",
        "2 Law: f",
        "2 Aid: f g",
        "1 B:",
        "2 Law: f",
        "2 Aid: g",
    ];
    let new = [
        "1 B (Tier 3):",
        "2 Law: f",
        "2 Aid: g",
        "1 A (Tier 2):",
        "2 Aid: f g",
        "2 Law: f",
    ];
    assert_eq!(partners(&old, &new), [3, 5, 4, 0, 1, 2].map(Some));
    assert_eq!(
        partners(&old, &new[3..]),
        [Some(0), Some(2), Some(1), None, None, None]
    );
}

#[test]
fn the_sole_top_section_is_the_root_whatever_its_title() {
    let old = ["1 Report 2031: a", "2 Method: b", "2 Data: c"];
    let new = ["1 Report 2032: x", "2 New: y", "2 Method: b", "2 Data: z"];
    assert_eq!(partners(&old, &new), [0, 2, 3].map(Some));
    assert_eq!(
        partners(&old, &["1 Method: b", "1 Data: c"]),
        [None, Some(0), Some(1)]
    );
}

#[test]
fn half_of_all_that_tells_is_more_than_a_title() {
    let old = [
        "1 Chapter 1: a b c",
        "1 Chapter 2: d e f",
        "1 Chapter 3: g h i",
    ];
    let new = [
        "1 Chapter 1: x y z",
        "1 Chapter 2: a b c",
        "1 Chapter 3: d e f",
        "1 Chapter 4: g h i",
    ];
    assert_eq!(partners(&old, &new), [1, 2, 3].map(Some));
    let exchanged = [
        "1 Chapter 2: a b c",
        "1 Chapter 1: d e f",
        "1 Chapter 3: g h i",
    ];
    assert_eq!(partners(&old, &exchanged), [0, 1, 2].map(Some));
}

#[test]
fn of_a_section_that_was_split_the_part_under_its_key_is_it() {
    let old = ["1 Vale: a b c d", "1 Other: x y z"];
    let new = ["1 Vale East: a b c", "1 Vale: d", "1 Other: x y z"];
    assert_eq!(partners(&old, &new), [Some(1), Some(2)]);
}

#[test]
fn renamed_sections_are_known_by_what_they_share() {
    let old = ["1 A: a", "1 B: b c d e f", "1 C: g", "1 D: h i j k l m"];
    let new = [
        "1 A: a",
        "1 Be: b c y z w",
        "1 Ce: g",
        "1 De: h i n o p q r s t u v",
    ];
    assert_eq!(
        partners(&old, &new),
        [0, 1, 2, 3].map(Some),
        "the last one by its place"
    );
    assert_eq!(
        partners(&["1 A: a", "1 B: b c d"], &["1 A: a", "1 X: b y z w"])[1],
        None
    );
}

#[test]
fn namesakes_are_told_apart_by_what_they_share_by_facet_and_by_all_that_is_below() {
    let old = ["1 N: a", "1 N (east): f", "1 N: g", "1 N: g", "1 N: h"];
    let new = ["1 N (east): k", "1 N: g", "1 N: g", "1 N: a", "1 N: m"];
    assert_eq!(partners(&old, &new), [3, 0, 1, 2, -4].map(Some));
    assert_eq!(
        partners(&["1 N: g", "1 N: g"], &["1 M: x", "1 N: g"]),
        [Some(-1), None]
    );
}

#[test]
fn what_left_its_place_is_found_anywhere() {
    let old = [
        "1 A: a", "2 Aid: f", "1 B: b", "2 Aid: f", "1 C: c", "2 Aid: f",
    ];
    let new = [
        "1 East: x",
        "2 A: a",
        "3 Aid: f",
        "1 West: y",
        "2 B: b",
        "3 Aid: f",
        "2 C: c",
        "3 Aid: f",
    ];
    assert_eq!(partners(&old, &new), [1, 2, 4, 5, 6, 7].map(Some));
    let written_anew = [
        "1 East: x",
        "2 B: n",
        "3 Aid: f",
        "2 A: o",
        "3 Aid: f",
        "2 C: p",
        "3 Aid: f",
    ];
    assert_eq!(partners(&old, &written_anew), [3, 4, 1, 2, 5, 6].map(Some));
}

#[test]
fn a_dropped_record_is_not_one_that_was_added() {
    let old = [
        "1 A: a",
        "2 Law: f",
        "1 Vale: b",
        "2 Law: f",
        "1 Z: c",
        "2 Law: f",
    ];
    let new = [
        "1 A: a",
        "2 Law: f",
        "1 Vale Basin: x",
        "2 Law: f",
        "1 Z: c",
        "2 Law: f",
    ];
    assert_eq!(
        partners(&old, &new),
        [Some(0), Some(1), None, None, Some(4), Some(5)]
    );
}

#[test]
fn blocks_are_followed_past_what_was_inserted_deleted_and_moved() {
    assert_eq!(
        images(&["1 s: a b c d"], &["1 s: x a c d y b"]),
        [1, 5, 2, 3].map(Some)
    );
    assert_eq!(
        images(&["1 s: a b c"], &["1 s: a c"]),
        [Some(0), None, Some(1)]
    );
    assert_eq!(
        images(&["1 s: a", "1 t: b"], &["1 s: c", "1 t: b a"]),
        [Some(2), Some(1)]
    );
}

#[test]
fn of_equal_blocks_only_those_are_followed_whose_neighbours_tell_them_apart() {
    let old = ["1 s: a h b h c"];
    assert_eq!(images(&old, &["1 s: a h b h c"]), [0, 1, 2, 3, 4].map(Some));
    assert_eq!(
        images(&old, &["1 s: a b h c"]),
        [Some(0), None, Some(1), Some(2), Some(3)]
    );
    assert_eq!(
        images(&["1 s: a h h b"], &["1 s: a h b"]),
        [Some(0), None, None, Some(2)]
    );
}

#[test]
fn a_sentence_that_many_records_have_is_not_followed_into_another_record() {
    let old = [
        "1 A:",
        "2 Law: a f",
        "2 Aid: b",
        "1 B:",
        "2 Law: c",
        "2 Aid: d",
    ];
    let swapped = [
        "1 A:",
        "2 Law: a",
        "2 Aid: b",
        "1 B:",
        "2 Law: c f",
        "2 Aid: d f",
    ];
    assert_eq!(
        images(&old, &swapped),
        [Some(0), None, Some(1), Some(2), Some(4)]
    );
    let within = [
        "1 A:",
        "2 Law: a",
        "2 Aid: b f",
        "1 B:",
        "2 Law: c",
        "2 Aid: d f",
    ];
    assert_eq!(images(&old, &within), [0, 2, 1, 3, 4].map(Some));
}

#[test]
fn a_record_under_another_key_while_its_own_is_there_is_exchanged() {
    let old = ["1 A: a", "2 Law: b c d", "1 B: e", "2 Law: f g h"];
    let new = ["1 B: a", "2 Law: b c d", "1 A: e", "2 Law: f g h"];
    let alignment = align(&old, &new);
    assert_eq!(alignment.partner(1).map(|partner| partner.section), Some(1));
    let home = RecordHome::At {
        section: 0,
        is_exchanged: true,
    };
    assert_eq!(alignment.record_home(1), home);
    assert_eq!(
        align(&old, &old).record_home(1),
        RecordHome::At {
            section: 0,
            is_exchanged: false
        }
    );
}

#[test]
fn an_edition_without_levels_is_aligned_by_what_it_shares_and_by_neighbours() {
    use crate::edition::SectionHashes;
    let new = report(&[
        "1 A (x):", "2 Law: a", "2 Aid: f", "1 B:", "2 Law: b", "2 Aid: f", "1 New:", "2 Aid: f",
    ]);
    let edition = Edition::of(&new);
    let flat = |sections: &[(&str, usize)]| {
        let section = |(id, from): &(&str, usize)| SectionHashes {
            id: (*id).into(),
            blocks: edition.saved().sections[*from].blocks.clone(),
        };
        Edition::read_flat(sections.iter().map(section).collect()).expect("readable")
    };
    let old = flat(&[
        ("a-x", 0),
        ("law", 1),
        ("aid", 2),
        ("gone", 6),
        ("aid-2", 2),
        ("b", 3),
        ("law-2", 4),
        ("aid-3", 5),
    ]);
    let alignment = Alignment::new(&old, &edition);
    let partners: Vec<_> = (0..8)
        .map(|at| alignment.partner(at).map(|partner| partner.section))
        .collect();
    assert_eq!(
        partners,
        [
            Some(0),
            Some(1),
            Some(2),
            None,
            None,
            Some(3),
            Some(4),
            Some(5)
        ]
    );
    assert_eq!(
        alignment.record_home(1),
        RecordHome::At {
            section: 0,
            is_exchanged: false
        }
    );
}

/// What it costs must grow with the number of sections alone: quadratic work would take minutes.
#[test]
fn thousands_of_namesakes_and_hundreds_of_levels_are_aligned() {
    let many = |text: &dyn Fn(usize) -> String| -> Vec<String> {
        (0..10_000).map(|at| format!("1 H: {}", text(at))).collect()
    };
    for text in [
        &(|at| format!("w{at}")) as &dyn Fn(usize) -> String,
        &|_| "f".into(),
        &|at| format!("w{}", at % 7),
    ] {
        let lines = many(text);
        let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
        let alignment = align(&lines, &lines[1..]);
        assert!(alignment.partner(1).is_some());
    }
    let deep: Vec<String> = (0..512)
        .map(|at| format!("{} S{at}: w{at}", at.min(255)))
        .collect();
    let deep: Vec<&str> = deep.iter().map(String::as_str).collect();
    let alignment = align(&deep, &deep);
    assert!((0..512).all(|at| alignment.partner(at).map(|partner| partner.section) == Some(at)));
}
