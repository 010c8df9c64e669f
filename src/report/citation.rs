//! Citations of passages: author, title, year, section and paragraphs.

use super::{
    Report, Section,
    position::{Passage, Position},
};
use crate::text::wording;

/// Usual short forms of names before another word (The Chicago Manual of Style, 10.32).
const SHORT_FORMS: &[(&str, &str)] = &[("United States ", "U.S. ")];

/// The citation of a passage, on one line: `U.S. Department of State, 2021 Trafficking in Persons
/// Report (2021), "Message From the Secretary of State", para. 5`. The section is named by its
/// path; paragraphs of text count from 1, without captions and the like. Fields that the report
/// lacks are left out.
pub fn of_passage(report: &Report, passage: Passage) -> String {
    let section = passage.start().section;
    let author = wording::one_line(author(report, section));
    let work = [short_form(&author), work(report, section)];
    let parts = work
        .into_iter()
        .chain([place(report, passage)])
        .filter(|part| !part.is_empty());
    parts.collect::<Vec<_>>().join(", ")
}

/// Who wrote a section: its own author, else of a section that holds it, else the report's. Empty
/// where nobody is named.
pub fn author(report: &Report, section: usize) -> &str {
    own(report, section, |section| section.author.as_deref()).unwrap_or(&report.author)
}

/// When a section was published: its own date, else as for [`author`].
pub fn published(report: &Report, section: usize) -> Option<&str> {
    own(report, section, |section| section.published.as_deref()).or(report.published.as_deref())
}

/// Where a section is from: its own source, else as for [`author`].
pub fn source(report: &Report, section: usize) -> &str {
    own(report, section, |section| section.source.as_deref()).unwrap_or(&report.source)
}

fn own(report: &Report, section: usize, field: impl Fn(&Section) -> Option<&str>) -> Option<&str> {
    let path = report.outline().path(section);
    let mut path = path.into_iter().rev();
    path.find_map(|at| field(report.sections.get(at)?))
}

fn short_form(author: &str) -> String {
    let short = SHORT_FORMS.iter().find_map(|(long, short)| {
        author
            .strip_prefix(long)
            .map(|rest| format!("{short}{rest}"))
    });
    short.unwrap_or_else(|| author.to_owned())
}

fn work(report: &Report, section: usize) -> String {
    let title = wording::one_line(&report.title);
    let year = published(report, section)
        .and_then(|date| date.split('-').next())
        .filter(|year| !year.is_empty());
    year.map_or_else(|| title.clone(), |year| format!("{title} ({year})"))
}

fn place(report: &Report, passage: Passage) -> String {
    let (start, end) = (passage.start(), last(passage));
    if start.section != end.section {
        let [start, end] =
            [start, end].map(|at| join([path(report, at), page(report, at, at)], report, at, at));
        return format!("{start}, to {end}");
    }
    join(
        [path(report, start), page(report, start, end)],
        report,
        start,
        end,
    )
}

/// What is known of a place, paragraphs last.
fn join(parts: [String; 2], report: &Report, start: Position, end: Position) -> String {
    let all = parts.into_iter().chain([paragraphs(report, start, end)]);
    let all = all.filter(|part| !part.is_empty());
    all.collect::<Vec<_>>().join(", ")
}

/// The path of a section in double quotation marks, with single ones inside; empty where it has
/// no title.
fn path(report: &Report, position: Position) -> String {
    let titles = report.path(position.section);
    let titles = titles.into_iter().map(wording::one_line);
    let titles: Vec<String> = titles.filter(|title| !title.is_empty()).collect();
    let path = titles.join(" › ");
    let path = path.replace('"', "'").replace('“', "‘").replace('”', "’");
    match path.as_str() {
        "" => path,
        _ => format!("\"{path}\""),
    }
}

/// The printed pages from one position to another, where they are known.
fn page(report: &Report, start: Position, end: Position) -> String {
    match (report.page(start), report.page(end)) {
        (Some(first), Some(last)) if first != last => format!("pp. {first}–{last}"),
        (Some(page), _) => format!("p. {page}"),
        (None, _) => String::new(),
    }
}

/// The numbers of the paragraphs of text from one position to another of its section.
fn paragraphs(report: &Report, start: Position, end: Position) -> String {
    let is_text = |at: Position| report.block(at).is_some_and(|block| block.kind.is_text());
    if start.same_block(end) && !is_text(start) {
        return String::new();
    }
    match (report.text_number(start), report.text_number(end)) {
        (Some(first), Some(last)) if first < last => format!("paras. {first}–{last}"),
        (Some(number), _) => format!("para. {number}"),
        (None, _) => String::new(),
    }
}

/// The last position of a passage with text: it may end before the first letter of a block.
pub fn last(passage: Passage) -> Position {
    let (start, end) = (passage.start(), passage.end());
    if end.byte == 0 && end.block > 0 && !end.same_block(start) {
        Position::new(end.section, end.block - 1, 0)
    } else {
        end
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::snapshot;

    fn cited(report: &Report, start: (usize, usize, usize), end: (usize, usize, usize)) -> String {
        let position = |(section, block, byte)| Position::new(section, block, byte);
        of_passage(report, Passage::new(position(start), position(end)))
    }

    #[test]
    fn a_paragraph_is_cited_with_author_title_year_section_and_number() {
        let report = snapshot::bundled();
        let work = "U.S. Department of State, 2021 Trafficking in Persons Report (2021)";
        assert_eq!(
            cited(&report, (1, 4, 0), (1, 4, 9)),
            format!("{work}, \"Message From the Secretary of State\", para. 3")
        );
        assert_eq!(
            cited(&report, (1, 4, 3), (1, 6, 9)),
            format!("{work}, \"Message From the Secretary of State\", paras. 3–5")
        );
        assert_eq!(
            cited(&report, (1, 4, 3), (1, 5, 0)),
            format!("{work}, \"Message From the Secretary of State\", para. 3")
        );
        assert_eq!(
            cited(&report, (1, 6, 0), (2, 3, 4)),
            format!(
                "{work}, \"Message From the Secretary of State\", para. 5, to \"Message From the Acting Director\", para. 2"
            )
        );
    }

    #[test]
    fn fields_that_a_report_lacks_are_left_out() {
        let mut report = snapshot::bundled();
        report.published = None;
        report.author = "  ".into();
        report.title = "On “Equity”\n and more".into();
        report.sections[1].title = "So-called “equity”".into();
        assert_eq!(
            cited(&report, (1, 2, 0), (1, 2, 1)),
            "On “Equity” and more, \"So-called ‘equity’\", para. 1"
        );
        assert_eq!(
            cited(&report, (1, 0, 0), (1, 0, 1)),
            "On “Equity” and more, \"So-called ‘equity’\"",
            "a salutation is no paragraph of text"
        );
        let mut report = report.clone();
        report.sections[1].title = String::new();
        assert_eq!(
            cited(&report, (1, 2, 0), (1, 2, 1)),
            "On “Equity” and more, para. 1"
        );
    }
}
