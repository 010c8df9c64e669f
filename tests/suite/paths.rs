//! On screen everything is known by its path: heading, pane, lists, addresses, records.

use std::sync::Arc;

use crate::common::Desk;
use tip_reader::{
    command::settings::Settings,
    reader::Effect,
    report::{Block, BlockKind, Page, Report, Section, outline::Outline, snapshot},
};

/// Records, the names of their sections.
const ENTRIES: [&str; 6] = [
    "Asha (Tier 1)",
    "Bora (Tier 2 Watch List)",
    "Côte d’Ure (Tier 2)",
    "Daro (Tier 3)",
    "Enna (Tier 2)",
    "Ghana (Tier 2)",
];
/// Fields of each, but that Daro has no Protection.
const FIELDS: [&str; 3] = ["Prosecution", "Protection", "Prevention"];

/// A report whose title holds all: a method, and entries with the same fields.
fn nested() -> Report {
    let mut titles = vec![
        (1, "Harbor Report"),
        (2, "Method"),
        (2, "Narratives by Country"),
    ];
    for entry in ENTRIES {
        titles.push((3, entry));
        let has = |field: &&&str| !(entry.starts_with("Daro") && **field == "Protection");
        titles.extend(FIELDS.iter().filter(has).map(|field| (4, *field)));
    }
    let ids = Outline::new(titles.iter().copied()).ids();
    let mut entry = "";
    let sections = ids.into_iter().zip(&titles).map(|(id, (level, title))| {
        entry = if *level == 3 { title } else { entry };
        let text = |number| Block {
            kind: BlockKind::Paragraph,
            text: format!("The harbor of {entry} says {number} things on {title}, and shelters."),
            spans: Vec::new(),
            depth: 0,
        };
        Section {
            id,
            title: (*title).into(),
            level: *level,
            blocks: (1..=3).map(text).collect(),
            ..Section::default()
        }
    });
    let sections: Vec<Section> = sections.collect();
    let pages = (0..sections.len()).map(|section| Page {
        label: (section + 60).to_string(),
        section,
        block: 1,
        byte: 4,
    });
    Report {
        pages: pages.collect(),
        sections,
        title: "Harbor Report".into(),
        ..snapshot::bundled()
    }
}

fn open(columns: u16, rows: u16) -> Desk {
    let home = Arc::new(tempfile::tempdir().expect("a folder"));
    Desk::open(nested(), home, columns, rows, Settings::default())
}

fn row(desk: &Desk, row: usize) -> String {
    desk.screen()
        .lines()
        .nth(row)
        .unwrap_or_default()
        .to_owned()
}

/// The lines of the section pane.
fn pane(desk: &Desk) -> Vec<String> {
    let frame = desk.reader.viewport().frame().expect("a frame");
    let width = usize::from(frame.sections.expect("a pane").width);
    let screen = desk.screen();
    let count = screen.lines().count();
    let lines = screen.lines().take(count - 1).skip(2);
    let lines = lines.map(|line| line.chars().take(width).collect::<String>());
    let lines = lines.map(|line| line.trim_end().to_owned());
    lines
        .filter(|line| {
            line.trim_start_matches([' ', '▸'])
                .starts_with(|c: char| c.is_ascii_digit())
        })
        .collect()
}

#[test]
fn the_heading_names_the_whole_path_of_the_top_line() {
    let desk = open(100, 30).press("\":ghana/protection\" Enter 2 j");
    assert!(
        row(&desk, 0).contains("Narratives by Country › Ghana (Tier 2) › "),
        "{}",
        desk.screen()
    );
    let desk = open(60, 14).press("\":ghana/protection\" Enter 2 j");
    assert!(
        row(&desk, 0).contains("Ghana (Tier 2) › Protection"),
        "{}",
        desk.screen()
    );
    let desk = open(34, 12).press("\":ghana/protection\" Enter 2 j");
    assert!(
        row(&desk, 0).contains("Ghana (Tier 2) › Protection"),
        "{}",
        desk.screen()
    );
    let desk = open(60, 14).press("\":ghana/protection\" Enter");
    let heading = row(&desk, 0);
    assert!(
        heading.ends_with("Ghana (Tier 2)"),
        "the title itself stands below: {}",
        desk.screen()
    );
}

#[test]
fn the_status_line_has_the_page() {
    let desk = open(120, 30).press("\":ghana/protection:3\" Enter");
    assert!(
        desk.status().starts_with(" ghana/protection:3 p. 84 "),
        "{}",
        desk.status()
    );
    let desk = open(80, 24).press("\":p83\" Enter");
    assert!(desk.status().contains(" p. 83 "), "{}", desk.status());
    let desk = open(80, 24).press("\":go p99\" Enter");
    assert!(desk.status().contains("no page `99`"), "{}", desk.status());
}

#[test]
fn an_ambiguous_address_names_the_nearest_first() {
    let desk = open(200, 24).press("\":ghana\" Enter \":go protection\" Enter");
    let said = desk.screen();
    assert!(
        said.contains("fits 5 sections: narratives-by-country/ghana/protection (25), "),
        "{said}"
    );
}

#[test]
fn the_pane_starts_folded_to_what_fits_and_says_what_can_be_folded() {
    let low = open(100, 14);
    assert_eq!(pane(&low).len(), 9, "{}", low.screen());
    assert!(low.screen().contains("▹ Asha"), "{}", low.screen());
    assert!(low.screen().contains("▾ Narratives"), "{}", low.screen());
    let lower = open(100, 8);
    assert_eq!(pane(&lower).len(), 3, "{}", lower.screen());
    let high = open(100, 40);
    assert_eq!(pane(&high).len(), 26, "{}", high.screen());
    assert!(!high.screen().contains('▹'), "{}", high.screen());
    let grown = low.resize(100, 40);
    assert_eq!(pane(&grown).len(), 26, "it was not folded on purpose");
}

#[test]
fn a_facet_stands_at_the_edge_and_the_name_gives_way() {
    let desk = open(100, 30);
    let pane = pane(&desk);
    let bora = pane.iter().find(|line| line.contains("Bora"));
    let bora = bora.expect("a name");
    assert!(bora.ends_with("Bora"), "{bora}");
    let screen = desk.screen();
    let below = screen
        .lines()
        .skip_while(|line| !line.contains("Bora"))
        .nth(1);
    let below = below
        .and_then(|line| line.split('│').next())
        .unwrap_or_default();
    assert!(below.trim_end().ends_with("Tier 2 Watch List"), "{below}");
    let asha = pane
        .iter()
        .find(|line| line.contains("Asha"))
        .expect("a name");
    assert!(asha.ends_with("Tier 1") && !asha.contains('('), "{asha}");
}

#[test]
fn folds_go_by_levels_and_are_remembered() {
    let desk = open(100, 40).press("Tab 2 z");
    assert_eq!(pane(&desk).len(), 9, "{}", desk.screen());
    assert!(desk.status().contains("level 2 of 3"), "{}", desk.status());
    let desk = desk.press("z");
    assert_eq!(pane(&desk).len(), 26);
    let desk = desk.press("z");
    assert_eq!(pane(&desk).len(), 3, "after the deepest the first");
    let desk = desk.press("z Esc").resize(100, 60).resize(100, 40);
    assert_eq!(pane(&desk).len(), 9, "a resize changes nothing");
}

#[test]
fn what_is_read_is_marked_in_the_pane_also_where_it_is_folded() {
    let desk = open(100, 14).press("\":ghana/protection\" Enter");
    let current = |desk: &Desk| {
        let pane = pane(desk);
        pane.into_iter()
            .find(|line| line.starts_with('▸'))
            .unwrap_or_default()
    };
    assert!(current(&desk).contains("Ghana"), "{}", desk.screen());
    let desk = desk.press("Tab");
    assert!(desk.at_cursor().0.contains("Ghana"), "{}", desk.screen());
    let desk = desk.press("l j j");
    assert!(
        desk.at_cursor().0.contains("Protection"),
        "{}",
        desk.screen()
    );
    let desk = desk.press("/ \"enna prev\" Enter");
    assert!(
        desk.status().starts_with(" enna/prevention:1"),
        "{}",
        desk.status()
    );
}

#[test]
fn the_picker_finds_sections_by_words_of_their_paths() {
    for (typed, expected) in [
        ("ghana prot", "ghana/protection:1"),
        ("cote d'u prosec", "côte-dure/prosecution:1"),
        ("tier 3 prev", "daro/prevention:1"),
        ("ghana/prev", "ghana/prevention:1"),
        ("p84", "84"),
        ("25:2", "ghana/protection:2"),
        ("method", "method:1"),
    ] {
        let desk = open(160, 30).press(&format!("o \"{typed}\" Enter"));
        assert!(
            desk.status().contains(expected),
            "{typed}: {}",
            desk.status()
        );
    }
    let desk = open(100, 30).press("o \"ghana prot\"");
    let styles = desk.styles();
    for marked in ["Ghana", "Prot"] {
        assert!(
            styles
                .lines()
                .any(|line| line.ends_with(&format!(": {marked}"))),
            "{styles}"
        );
    }
    let desk = open(40, 12).press("o \"ghana prot\"");
    assert!(
        desk.screen().contains("… › Protection")
            || desk.screen().contains("Ghana (Tier 2) › Protection"),
        "{}",
        desk.screen()
    );
}

#[test]
fn matches_are_grouped_by_path_and_filtered_by_section() {
    let desk = open(100, 40).press("/ \"shelters\" Enter &");
    assert!(
        desk.screen()
            .contains("Narratives by Country › Asha (Tier 1)"),
        "{}",
        desk.screen()
    );
    let desk = desk.press("\"section:ghana\"");
    assert!(
        desk.screen().contains("12 of 78 matches"),
        "{}",
        desk.screen()
    );
    let desk = desk.press("Enter");
    assert!(desk.status().contains("ghana:1"), "{}", desk.status());
    let desk = desk.press("& \"ghana prot\"");
    assert!(
        desk.screen().contains("3 of 78 matches"),
        "{}",
        desk.screen()
    );
}

#[test]
fn a_section_in_a_filter_takes_all_below_it() {
    let desk = open(100, 30)
        .press("\":ghana/protection\" Enter a \"first\" C-s")
        .press("\":enna/protection\" Enter a \"second\" C-s A /");
    let listed = |desk: &Desk| {
        let screen = desk.screen();
        ["first", "second"].map(|note| screen.lines().take(6).any(|line| line.contains(note)))
    };
    assert_eq!(listed(&desk), [true, true]);
    assert!(
        desk.screen().contains("Ghana (Tier 2) › Protection"),
        "{}",
        desk.screen()
    );
    for (filter, expected) in [
        ("section:ghana", [true, false]),
        ("section:enna", [false, true]),
        ("section:narratives", [true, true]),
        ("section:protection", [true, true]),
        ("section:23", [true, false]),
    ] {
        let desk = open_again(&desk).press(&format!("A / \"{filter}\""));
        assert_eq!(listed(&desk), expected, "{filter}\n{}", desk.screen());
    }
}

fn open_again(desk: &Desk) -> Desk {
    let report = (**desk.reader.report()).clone();
    Desk::open(report, desk.home.clone(), 100, 30, Settings::default())
}

#[test]
fn the_same_field_of_the_next_record_is_gone_to() {
    let desk = open(120, 30).press("\":asha/protection\" Enter g ]");
    assert!(
        desk.status().starts_with(" bora/protection:1"),
        "{}",
        desk.status()
    );
    let desk = desk.press("2 g ]");
    assert!(
        desk.status().starts_with(" enna/protection:1"),
        "{}",
        desk.status()
    );
    assert!(desk.status().contains("Skipped Daro"), "{}", desk.status());
    let desk = desk.press("g ] g ]");
    assert!(
        desk.status().contains("No further record has Protection"),
        "{}",
        desk.status()
    );
    let desk = desk.press("g [");
    assert!(
        desk.status().starts_with(" enna/protection:1"),
        "{}",
        desk.status()
    );
    let desk = desk.press("g g g ]");
    assert!(desk.status().contains("in no record"), "{}", desk.status());
    let flat = crate::common::open(120, 30).press("g ]");
    assert!(flat.status().contains("no records"), "{}", flat.status());
}

#[test]
fn an_address_is_copied_as_people_type_it() {
    let mut desk = open(100, 30).press("\":ghana/protection:2\" Enter g a");
    let copied = desk.effects.pop();
    let Some(Effect::Copy { text, what }) = copied else {
        panic!("{copied:?}")
    };
    assert_eq!(
        (text.as_str(), what.as_str()),
        ("ghana/protection:2", "`ghana/protection:2`")
    );
    let mut desk = desk.press("V j j g a");
    let copied = desk.effects.pop();
    let Some(Effect::Copy { text, .. }) = copied else {
        panic!("{copied:?}")
    };
    assert_eq!(text, "ghana/protection:2-3");
}

#[test]
fn a_note_on_a_section_is_written_from_the_pane() {
    let desk = open(100, 40).press("Tab / \"ghana\" Esc");
    let desk = desk.press("G h a");
    assert!(
        desk.screen()
            .contains("New note on 23 · Narratives by Country › Ghana (Tier 2)"),
        "{}",
        desk.screen()
    );
    let desk = desk.press("\"on the whole\" C-s");
    assert_eq!(desk.reader.notes().notebook().entries().len(), 1);
    assert!(
        desk.screen()
            .lines()
            .any(|line| line.contains("Ghana") && line.contains("1●")),
        "{}",
        desk.screen()
    );
}

#[test]
fn records_are_listed_sorted_filtered_and_gone_to() {
    let desk = open(100, 30).press("2 j");
    let before = desk.screen();
    let desk = desk.press("\":records\" Enter");
    let first = |desk: &Desk| row(desk, 2);
    assert!(
        row(&desk, 0).contains("6 records, in reading order"),
        "{}",
        desk.screen()
    );
    assert!(
        first(&desk).contains("Asha") && first(&desk).contains("Tier 1"),
        "{}",
        desk.screen()
    );
    let desk = desk.press("s s");
    assert!(row(&desk, 0).contains("by facet"));
    let desk = desk.press("s g g");
    assert!(
        !first(&desk).contains("Daro"),
        "Daro has the fewest words:\n{}",
        desk.screen()
    );
    let desk = desk.press("/ \"tier 2\"");
    assert!(
        row(&desk, 0).contains("4 of 6 records"),
        "{}",
        desk.screen()
    );
    let desk = desk.press("Esc Esc");
    assert_eq!(desk.screen(), before, "exactly as it was");
    let desk = desk.press("\":records ghana\" Enter Enter");
    assert!(desk.status().contains("ghana:1"), "{}", desk.status());
    let flat = crate::common::open(100, 30).press("\":records\" Enter");
    assert!(flat.status().contains("no records"), "{}", flat.status());
}

#[test]
fn one_field_of_all_records_is_read_one_below_the_other() {
    let desk = open(100, 30).press("\":enna/prevention\" Enter j");
    let before = desk.screen();
    let desk = desk.press("\":collect prot\" Enter");
    let screen = desk.screen();
    assert!(screen.contains("Asha (Tier 1) › Protection"), "{screen}");
    assert!(
        screen.contains("The harbor of Bora (Tier 2 Watch List) says 1"),
        "{screen}"
    );
    assert!(
        screen.contains("5 records; Enter goes to the source"),
        "{screen}"
    );
    let desk = desk.press("] ]");
    assert!(
        desk.status().contains("côte-dure/protection:1"),
        "{}",
        desk.status()
    );
    let desk = desk.press("Esc");
    assert_eq!(desk.screen(), before, "exactly as it was");
    let desk = desk.press("\":collect\" Enter } Enter");
    assert!(
        desk.status().contains("côte-dure/protection:2"),
        "{}",
        desk.status()
    );
    let desk = desk.press("\":collect x\" Enter");
    assert!(
        desk.status()
            .contains("No field `x`; available: prosecution, protection, prevention"),
        "{}",
        desk.status()
    );
}

#[test]
fn every_screen_can_be_drawn_in_every_window() {
    for (columns, rows) in [(20, 5), (40, 12), (60, 14), (80, 24), (120, 40), (200, 60)] {
        for keys in [
            "Tab z z z l h G",
            "o \"ghana\" ↓ ↓",
            "\":records\" Enter G s s s s / \"x\"",
            "\":collect prev\" Enter Space ] G",
            "Tab a \"x\"",
            "/ \"harbor\" Enter & ↓ ↓",
        ] {
            let desk = open(columns, rows).press(keys);
            assert!(!desk.screen().is_empty());
            let _ = desk
                .resize(20, 5)
                .resize(columns, rows)
                .press("Esc Esc Esc");
        }
    }
}
