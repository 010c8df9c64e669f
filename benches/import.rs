//! How long `import` takes for a web page of 5 MB and a PDF of 600 pages, from start to the
//! snapshot written.
//!
//! `cargo bench --bench import` fails where it is above the limit in every round.
#![allow(
    clippy::disallowed_methods,
    clippy::print_stdout,
    reason = "a benchmark asks the clock and says what it measured"
)]

mod made;
#[path = "../tests/common/paper.rs"]
mod paper;

use std::{
    fs, io,
    path::Path,
    process::{Command, Stdio},
    time::{Duration, Instant},
};

use paper::Text;
use tip_reader::report::{Report, snapshot};

/// Size of the page, in bytes.
const PAGE: usize = 5_000_000;
/// Pages of the PDF.
const PAGES: usize = 600;
/// Lines of a page, and their most characters.
const LINES: usize = 46;
const LONGEST: usize = 78;
/// Rounds in which the limit may be kept: a noisy machine does not fail the program.
const ROUNDS: usize = 4;

fn main() -> io::Result<()> {
    let folder = tempfile::tempdir()?;
    let report = made::report();
    let page = folder.path().join("page.html");
    fs::write(&page, page_of(&report))?;
    timed("a web page of 5 MB", &page, Duration::from_secs(2))?;
    let paper = folder.path().join("paper.pdf");
    fs::write(&paper, paper_of(&report))?;
    timed("a PDF of 600 pages", &paper, Duration::from_secs(20))
}

fn timed(what: &str, input: &Path, most: Duration) -> io::Result<()> {
    for round in 1..=ROUNDS {
        let before = Instant::now();
        let mut command = Command::new(env!("CARGO_BIN_EXE_tip-reader"));
        let output = command
            .arg("import")
            .arg(input)
            .args(["-o", "-"])
            .stdin(Stdio::null())
            .output()?;
        let took = before.elapsed();
        if !output.status.success() {
            return Err(io::Error::other(
                String::from_utf8_lossy(&output.stderr).into_owned(),
            ));
        }
        let report =
            snapshot::parse(&String::from_utf8_lossy(&output.stdout)).map_err(io::Error::other)?;
        let words: usize = report
            .sections
            .iter()
            .flat_map(|section| &section.blocks)
            .map(|block| block.text.split(' ').count())
            .sum();
        println!(
            "{what}: {:.2} s, {words} words in {} sections, at most {} s",
            took.as_secs_f64(),
            report.sections.len(),
            most.as_secs()
        );
        if took <= most {
            return Ok(());
        }
        println!("round {round}: above the limit");
    }
    Err(io::Error::other(format!(
        "{what} took more than {} s in each of {ROUNDS} rounds",
        most.as_secs()
    )))
}

/// A page as publishing systems write it: a menu, chapters with links, lists and tables, a footer.
fn page_of(report: &Report) -> String {
    let mut page =
        "<!DOCTYPE html><html lang=en><head><title>Made</title></head><body><nav><ul>".to_owned();
    for section in &report.sections {
        page.push_str(&format!(
            "<li><a href=\"#{}\">{}</a></li>",
            section.id, section.title
        ));
    }
    page.push_str("</ul></nav><main><article class=\"post\"><h1>Made</h1>\n");
    let mut paragraphs = 0;
    'all: for section in &report.sections {
        page.push_str(&format!(
            "<h2 id=\"{}\">{}</h2>\n",
            section.id, section.title
        ));
        for block in &section.blocks {
            paragraphs += 1;
            page.push_str(&match paragraphs % 8 {
                0 => format!("<ul class=\"list\"><li>{}<ul><li>within</li></ul></li></ul>\n", block.text),
                4 => format!("<table><tr><th>Year</th><th>Text</th></tr><tr><td>{paragraphs}</td><td>{}</td></tr></table>\n", block.text),
                _ => format!("<p class=\"text\">{} <a href=\"https://example.org/{paragraphs}\"><em>more</em></a></p>\n", block.text),
            });
            if page.len() >= PAGE {
                break 'all;
            }
        }
    }
    page + "</article></main><footer>All rights reserved</footer></body></html>\n"
}

/// Pages of lines under a running header, chapters with a title in larger type.
fn paper_of(report: &Report) -> Vec<u8> {
    let mut lines: Vec<(f64, String)> = Vec::new();
    let mut outline = Vec::new();
    for section in &report.sections {
        outline.push((section.title.replace(['(', ')'], ""), lines.len() / LINES));
        lines.push((14.0, section.title.replace(['(', ')'], "")));
        for block in &section.blocks {
            let text: String = block.text.chars().filter(char::is_ascii).collect();
            let mut line = String::new();
            for word in text.split_whitespace() {
                if line.len() + word.len() >= LONGEST {
                    lines.push((10.0, std::mem::take(&mut line)));
                }
                line.push_str(if line.is_empty() { "" } else { " " });
                line.push_str(word);
            }
            lines.push((10.0, line));
        }
    }
    lines.truncate(PAGES * LINES);
    outline.retain(|(_, page)| *page < PAGES);
    let page = |(number, lines): (usize, &[(f64, String)])| {
        let mut page = vec![Text::new(72.0, 750.0, 9.0, "A made report")];
        let heights = (0..).map(|line| 720.0 - 14.0 * f64::from(line));
        page.extend(
            heights
                .zip(lines)
                .map(|(y, (size, words))| Text::new(72.0, y, *size, words.as_str())),
        );
        page.push(Text::new(300.0, 40.0, 9.0, (number + 1).to_string()));
        page
    };
    let pages: Vec<Vec<Text>> = lines.chunks(LINES).enumerate().map(page).collect();
    paper::pdf(&pages, &outline)
}
