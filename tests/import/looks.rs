//! Titles that only look like titles become sections.

use std::fs;

use tip_reader::report::Report;

use crate::{folder, good, imported};

fn outline(report: &Report) -> Vec<String> {
    let sections = report.sections.iter();
    let line = |section: &tip_reader::report::Section| {
        format!(
            "{} {} ({})",
            section.level,
            section.title,
            section.blocks.len()
        )
    };
    sections.map(line).collect()
}

/// A page of a country as a ministry publishes it.
fn country(name: &str, tier: u8) -> String {
    format!(
        "<html><head><title>{name} - Office</title></head><body><nav><a href='/'>Home</a></nav><main><div class='hero'><h1>2032 Report: {name}</h1><p>OFFICE OF LAKES</p></div><div class='entry-content'>\
        <p><strong>{}: Tier {tier}</strong></p><p>The government of {name} does what it can for all who live there.</p>\
        <p><strong>PRIORITIZED RECOMMENDATIONS:</strong></p><p>Count all. • Help most. • Tell us.</p>\
        <p><strong>PROSECUTION</strong></p><p><b>Note.</b> The courts of {name} were open all the year.</p>\
        <p><b>PROTECTION</b><br>The shelters of {name} were open all the year, and all were full.</p>\
        <p><b>T</b>he last of it.</p></div></main></body></html>",
        name.to_uppercase()
    )
}

#[test]
fn the_lines_of_one_country_are_sections_below_its_title() {
    let (report, _) = imported("a.html", country("Ghana", 2));
    assert_eq!(
        outline(&report),
        [
            "1 2032 Report: Ghana (1)",
            "2 GHANA: Tier 2 (1)",
            "3 PRIORITIZED RECOMMENDATIONS: (3)",
            "3 PROSECUTION (1)",
            "3 PROTECTION (2)",
        ]
    );
    assert_eq!(report.sections[2].id, "ghana/prioritized-recommendations");
}

#[test]
fn of_a_folder_each_record_holds_its_own() {
    let folder = folder();
    for (name, tier) in [("Ghana", 2), ("Togo", 1), ("Chad", 3)] {
        fs::write(
            folder.path().join(format!("{name}.html")),
            country(name, tier),
        )
        .expect("a page");
    }
    let (report, told) = good(&[folder.path()], &["--verbose"]);
    let fields = [
        "2 PRIORITIZED RECOMMENDATIONS: (3)",
        "2 PROSECUTION (1)",
        "2 PROTECTION (2)",
    ];
    let mut expected = Vec::new();
    for record in [
        "1 CHAD: Tier 3 (1)",
        "1 GHANA: Tier 2 (1)",
        "1 TOGO: Tier 1 (1)",
    ] {
        expected.push(record);
        expected.extend(fields);
    }
    assert_eq!(outline(&report), expected);
    assert_eq!(report.sections[4].id, "ghana");
    assert_eq!(report.sections[6].id, "ghana/prosecution");
    assert!(
        told.contains("2032 Report: Ghana") && told.contains("OFFICE OF LAKES"),
        "{told}"
    );
}

#[test]
fn what_is_only_bold_is_no_title() {
    let text = "<p>The text of the page goes on for a while, and then it ends.</p>";
    for line in [
        "<p><b>Note.</b> The courts were open.</p>",
        "<p><b>O</b>nce upon a time</p>",
        "<p><b>Total: 4,312</b></p>",
        "<p><b>This line ends in a full stop.</b></p>",
        "<p><b>This line goes on,</b></p>",
        "<p><b>This line is cut in the mid-</b></p>",
        "<p><b>One two three four five six seven eight nine ten eleven twelve thirteen</b></p>",
        "<ul><li><b>An item</b></li></ul>",
        "<p>Plain words alone</p>",
    ] {
        let page = format!("<h1>A</h1>{text}{}", format!("{line}{text}").repeat(4));
        let (report, _) = imported("a.html", page);
        assert_eq!(report.sections.len(), 1, "{line}");
    }
    let twice = format!("<h1>A</h1>{text}<p><b>Scope</b></p>{text}<p><b>Method</b></p>{text}");
    assert_eq!(imported("a.html", twice).0.sections.len(), 1);
}

#[test]
fn capitals_that_recur_and_letters_that_stand_apart_are_titles() {
    let text = "<p>The text of the page goes on for a while, and then it ends.</p>";
    let page =
        format!("<h1>A</h1>{text}<p>SCOPE:</p>{text}<p>METHOD</p>{text}<p>R E S U L T S</p>{text}");
    assert_eq!(
        outline(&imported("a.html", page).0),
        ["1 A (1)", "2 SCOPE: (1)", "2 METHOD (1)", "2 RESULTS (1)"]
    );
}
