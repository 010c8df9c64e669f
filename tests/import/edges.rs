//! What runs from page to page of a PDF is left out, and nothing else at their edges.

use crate::{
    imported,
    paper::{self, Text},
};

/// The lines of a page, 12 points apart, and one at its foot.
fn page(lines: u32, foot: (f64, &str)) -> Vec<Text> {
    let words = |line| format!("line {line} of what the report says of the year that was");
    let mut page: Vec<Text> = (0..lines)
        .map(|line| Text::new(72.0, 700.0 - 12.0 * f64::from(line), 10.0, words(line)))
        .collect();
    page.push(Text::new(72.0, foot.0, 10.0, foot.1));
    page
}

/// All text, and what was said.
fn read(pages: &[Vec<Text>]) -> (String, String) {
    let (report, told) = imported("edges.pdf", paper::pdf(pages, &[]));
    let texts: Vec<String> = report
        .sections
        .into_iter()
        .flat_map(|section| section.blocks)
        .map(|block| block.text)
        .collect();
    (texts.join(" "), told)
}

#[test]
fn a_number_that_ends_the_text_of_a_page_is_no_page_number() {
    let (text, _) = read(&[page(5, (640.0, "1995.")), page(8, (604.0, "18,000."))]);
    assert!(
        text.contains("was 1995.") && text.ends_with("was 18,000."),
        "{text}"
    );
    let (text, _) = read(&[page(5, (60.0, "1"))]);
    assert!(text.ends_with("that was"), "{text}");
    let (text, _) = read(&[page(5, (60.0, "7"))]);
    assert!(text.ends_with("that was 7"), "{text}");
}

#[test]
fn page_numbers_of_every_kind_are_left_out() {
    for numbers in [
        ["ii", "iii", "iv", "v"],
        ["- 1 -", "- 2 -", "- 3 -", "- 4 -"],
        ["A-1", "A-2", "A-3", "B-1"],
        ["Page 1 of 4", "Page 2 of 4", "Page 3 of 4", "Page 4 of 4"],
    ] {
        let pages: Vec<_> = (4..)
            .zip(numbers)
            .map(|(lines, number)| page(lines, (60.0, number)))
            .collect();
        let (text, told) = read(&pages);
        assert!(told.contains("(4 running footer"), "{told}");
        assert!(
            numbers
                .iter()
                .all(|number| !text.contains(&format!("was {number}"))),
            "{text}"
        );
    }
}

#[test]
fn page_numbers_right_below_the_text_are_left_out() {
    for numbers in [
        &["ii", "iii", "iv", "v"][..],
        &["7", "8", "9", "10"],
        &["ix", "x"],
    ] {
        let page = |(number, name): (&str, &str)| {
            let line = |at: u32| {
                Text::new(
                    72.0,
                    700.0 - 12.0 * f64::from(at),
                    10.0,
                    format!("what {name} said in line {at} of a long report that all know"),
                )
            };
            (0..20)
                .map(line)
                .chain([Text::new(72.0, 460.0, 10.0, number)])
                .collect::<Vec<_>>()
        };
        let (text, told) = read(
            &numbers
                .iter()
                .copied()
                .zip(["Ada", "Bert", "Cleo", "Dora"])
                .map(page)
                .collect::<Vec<_>>(),
        );
        assert!(
            told.contains(&format!("left out {} pieces", numbers.len())),
            "{told}"
        );
        assert!(text.ends_with("all know"), "{text}");
    }
}

#[test]
fn the_last_lines_of_two_pages_that_are_as_long_are_text() {
    let (text, told) = read(&[
        page(5, (640.0, "and of the first.")),
        page(5, (640.0, "and of the next.")),
    ]);
    assert!(
        text.contains("and of the first.") && text.ends_with("and of the next."),
        "{text}"
    );
    assert!(!told.contains("left out"), "{told}");
}

#[test]
fn long_lines_that_are_the_same_run_and_others_are_text() {
    let same = "This report was written by many people in many places and may be copied by all who read it.";
    let (text, _) = read(&[
        page(5, (60.0, same)),
        page(6, (60.0, same)),
        page(7, (60.0, same)),
    ]);
    assert!(!text.contains("written by many"), "{text}");
    let other = [
        "who went there first of all,",
        "who came after them in the",
        "who was told of it much later",
    ];
    let notes = other.map(|words| {
        format!("A remark on those {words} and who said what of whom at that time, in short")
    });
    let pages: Vec<_> = (5..)
        .zip(&notes)
        .map(|(lines, note)| page(lines, (60.0, note.as_str())))
        .collect();
    let (text, told) = read(&pages);
    assert_eq!(text.matches("A remark on").count(), 3, "{told}");
}

#[test]
fn text_of_wide_spacing_stays_and_one_number_at_an_edge_is_the_pages() {
    let names = ["Ada", "Bert", "Cleo", "Dora", "Emil", "Fay"];
    let pages = |step: f64, last: &'static str| {
        let page = move |(at, name): (usize, &&str)| {
            let line = |line: u32| {
                Text::new(
                    72.0,
                    700.0 - step * f64::from(line),
                    10.0,
                    format!("{name} said {line} {}", name.repeat(3)),
                )
            };
            let number = Text::new(300.0, 40.0, 10.0, (at + 1).to_string());
            let end = Text::new(
                72.0,
                700.0 - step * 20.0,
                10.0,
                if at == 2 {
                    last.to_owned()
                } else {
                    format!("{name} ended")
                },
            );
            (0..20).map(line).chain([end, number]).collect::<Vec<_>>()
        };
        names.iter().enumerate().map(page).collect::<Vec<_>>()
    };
    for last in ["civil", "1995", "18,000."] {
        for step in [12.0, 20.0, 24.0] {
            let (text, told) = read(&pages(step, last));
            assert_eq!(text.matches("said").count(), 120, "{step} {told}");
            assert_eq!(
                (text.matches(last).count(), text.matches("ended").count()),
                (1, 5),
                "{step} {last} {told}"
            );
            assert!(told.contains("left out 6 pieces"), "{step} {told}");
        }
    }
}
