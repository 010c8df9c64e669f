//! PDF files.

use std::fs;

use tip_reader::report::Report;

use crate::{
    golden, good, imported,
    paper::{self, Text},
    refused,
};

#[test]
fn what_cannot_be_read_of_a_pdf_is_said() {
    let bytes = |name: &str| fs::read(golden(name)).expect("a PDF");
    assert!(refused("scanned.pdf", &bytes("scanned.pdf")).contains("pictures of pages and no text"));
    assert!(refused("locked.pdf", &bytes("locked.pdf")).contains("it is locked"));
    let whole = bytes("latex.pdf");
    for part in [10, 1000, whole.len() / 2] {
        assert!(refused("cut.pdf", &whole[..part]).contains("could not import"));
    }
    let (report, _) = good(&[&golden("open-password.pdf")], &[]);
    assert!(report.sections.iter().any(|section| section.title == "2021 Trafficking in Persons Report"));
    let (_, told) = good(&[&golden("chromium.pdf")], &["--verbose"]);
    assert!(told.contains("left out page 1 (running footer)") && told.contains("unsure: It has no outline"), "{told}");
}

/// A chapter of a country: its title, then a title that every chapter has, each with a paragraph.
fn chapter(country: &str, lines: usize) -> Vec<Text> {
    let mut page = vec![Text::new(72.0, 700.0, 18.0, country)];
    let line = |number: usize, y: f64| {
        Text::new(72.0, y, 10.0, format!("line {number} of what is said of {country} in the whole of a report and"))
    };
    page.extend((0..lines).map(|number| line(number, 670.0 - 14.0 * number as f64)));
    let below = 640.0 - 14.0 * lines as f64;
    page.push(Text::new(72.0, below, 14.0, "Prosecution"));
    page.extend((0..lines).map(|number| line(number, below - 30.0 - 14.0 * number as f64)));
    page
}

fn outline_of(report: &Report) -> Vec<(u8, &str, usize)> {
    report.sections.iter().map(|section| (section.level, section.title.as_str(), section.blocks.len())).collect()
}

#[test]
fn titles_that_an_outline_repeats_are_all_found() {
    let countries = ["Albania", "Algeria", "Angola"];
    let pages: Vec<_> = (4..).zip(countries).map(|(lines, country)| chapter(country, lines)).collect();
    let outline: Vec<(String, usize)> =
        (0..).zip(countries).flat_map(|(page, country)| [(country.to_owned(), page), ("Prosecution".to_owned(), page)]).collect();
    let (report, told) = imported("countries.pdf", paper::pdf(&pages, &outline));
    let expected: Vec<(u8, &str, usize)> = countries.iter().flat_map(|country| [(1, *country, 1), (1, "Prosecution", 1)]).collect();
    assert_eq!(outline_of(&report), expected, "{told}");
    assert!(!told.contains("unsure"), "{told}");
}
