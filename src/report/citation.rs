//! Citations of passages: author, title, year, section and paragraphs.

use super::{
    Report,
    position::{Passage, Position},
};
use crate::text::wording;

/// Usual short forms of names before another word (The Chicago Manual of Style, 10.32).
const SHORT_FORMS: &[(&str, &str)] = &[("United States ", "U.S. ")];

/// The citation of a passage, on one line: `U.S. Department of State, 2021 Trafficking in Persons
/// Report (2021), "Message From the Secretary of State", para. 5`. Paragraphs count from 1, as in
/// addresses. Fields that the report lacks are left out.
pub fn of_passage(report: &Report, passage: Passage) -> String {
    let work = [author(report), work(report)];
    let parts = work
        .into_iter()
        .filter(|part| !part.is_empty())
        .chain([place(report, passage)]);
    parts.collect::<Vec<_>>().join(", ")
}

fn author(report: &Report) -> String {
    let author = wording::one_line(&report.author);
    let short = SHORT_FORMS.iter().find_map(|(long, short)| {
        author
            .strip_prefix(long)
            .map(|rest| format!("{short}{rest}"))
    });
    short.unwrap_or(author)
}

fn work(report: &Report) -> String {
    let title = wording::one_line(&report.title);
    let year = report
        .published
        .as_deref()
        .and_then(|date| date.split('-').next())
        .filter(|year| !year.is_empty());
    year.map_or_else(|| title.clone(), |year| format!("{title} ({year})"))
}

fn place(report: &Report, passage: Passage) -> String {
    let (start, end) = (passage.start(), last(passage));
    if start.section != end.section {
        return format!("{}, to {}", one(report, start), one(report, end));
    }
    match section(report, start) {
        name if start.block == end.block => format!("{name}para. {}", start.block + 1),
        name => format!("{name}paras. {}–{}", start.block + 1, end.block + 1),
    }
}

fn one(report: &Report, position: Position) -> String {
    format!("{}para. {}", section(report, position), position.block + 1)
}

/// The title in double quotation marks, with single ones inside, and a comma; empty without a
/// title.
fn section(report: &Report, position: Position) -> String {
    let title = report
        .sections
        .get(position.section)
        .map(|section| wording::one_line(&section.title))
        .unwrap_or_default();
    let title = title.replace('"', "'").replace('“', "‘").replace('”', "’");
    if title.is_empty() {
        title
    } else {
        format!("\"{title}\", ")
    }
}

/// The last position of a passage with text: it may end before the first letter of a block.
fn last(passage: Passage) -> Position {
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
            format!("{work}, \"Message From the Secretary of State\", para. 5")
        );
        assert_eq!(
            cited(&report, (1, 4, 3), (1, 6, 9)),
            format!("{work}, \"Message From the Secretary of State\", paras. 5–7")
        );
        assert_eq!(
            cited(&report, (1, 4, 3), (1, 5, 0)),
            format!("{work}, \"Message From the Secretary of State\", para. 5")
        );
        assert_eq!(
            cited(&report, (1, 7, 0), (2, 1, 4)),
            format!(
                "{work}, \"Message From the Secretary of State\", para. 8, to \"Message From the Acting Director\", para. 2"
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
            cited(&report, (1, 0, 0), (1, 0, 1)),
            "On “Equity” and more, \"So-called ‘equity’\", para. 1"
        );
        report.sections[1].title = String::new();
        assert_eq!(
            cited(&report, (1, 0, 0), (1, 0, 1)),
            "On “Equity” and more, para. 1"
        );
    }
}
