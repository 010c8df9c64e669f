//! Citations of passages: author, title, year, section and paragraphs.

use super::{
    Report, Section,
    position::{Passage, Position},
};
use crate::text::wording;

/// Usual short forms of names before another word (The Chicago Manual of Style, 10.32).
const SHORT_FORMS: &[(&str, &str)] = &[("United States ", "U.S. ")];

/// What is cited: a whole section, or a passage.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Citation {
    /// Empty where nobody is named.
    pub author: String,
    /// Of the report.
    pub title: String,
    /// As precise as known: `2021`, `2021-07` or `2021-07-01`.
    pub published: Option<String>,
    pub source: String,
    pub language: String,
    /// The id of the report.
    pub id: String,
    /// The titles of the section and of those that hold it, on one line each.
    pub path: Vec<String>,
    /// The printed pages, where they are known: `76`, `76–77`.
    pub pages: String,
    /// `para. 5`, `paras. 5–7`; empty for a whole section and for what is no paragraph of text.
    pub paragraphs: String,
    /// Where a passage ends that goes on into another section, as in a citation.
    pub until: String,
}

/// The citation of a passage, on one line: `U.S. Department of State, 2021 Trafficking in Persons
/// Report (2021), "Message From the Secretary of State", para. 5`. The section is named by its
/// path; paragraphs of text count from 1, without captions and the like. Fields that the report
/// lacks are left out.
pub fn of_passage(report: &Report, passage: Passage) -> String {
    Citation::of_passage(report, passage).text()
}

impl Citation {
    pub fn of_passage(report: &Report, passage: Passage) -> Self {
        let (start, end) = (passage.start(), last(passage));
        let mut cited = Self::of_section(report, start.section);
        if start.section == end.section {
            cited.pages = pages(report, start, end);
            cited.paragraphs = paragraphs(report, start, end);
        } else {
            cited.pages = pages(report, start, start);
            cited.paragraphs = paragraphs(report, start, start);
            let mut until = Self::of_section(report, end.section);
            until.pages = pages(report, end, end);
            until.paragraphs = paragraphs(report, end, end);
            cited.until = until.place();
        }
        cited
    }

    /// The citation of a whole section.
    pub fn of_section(report: &Report, section: usize) -> Self {
        let start = Position::new(section, 0, 0);
        let titles = report.path(section).into_iter().map(wording::one_line);
        Self {
            author: wording::one_line(author(report, section)),
            title: wording::one_line(&report.title),
            published: published(report, section).map(str::to_owned),
            source: source(report, section).to_owned(),
            language: report.language.clone(),
            id: report.id.clone(),
            path: titles.filter(|title| !title.is_empty()).collect(),
            pages: pages(report, start, start),
            paragraphs: String::new(),
            until: String::new(),
        }
    }

    /// The year of publication.
    pub fn year(&self) -> Option<&str> {
        let year = self.published.as_deref()?.split('-').next()?;
        Some(year).filter(|year| !year.is_empty())
    }

    /// On one line.
    pub fn text(&self) -> String {
        let work = match self.year() {
            Some(year) => format!("{} ({year})", self.title),
            None => self.title.clone(),
        };
        let until = match self.until.as_str() {
            "" => String::new(),
            until => format!(", to {until}"),
        };
        let parts = [short_form(&self.author), work, self.place()];
        join(&parts) + &until
    }

    /// Where in the report: the path in double quotation marks, pages, paragraphs.
    pub fn place(&self) -> String {
        let path = self.path.join(" › ");
        let path = path.replace('"', "'").replace('“', "‘").replace('”', "’");
        let path = match path.as_str() {
            "" => path,
            _ => format!("\"{path}\""),
        };
        let pages = match self.pages.as_str() {
            "" => String::new(),
            pages if pages.contains('–') => format!("pp. {pages}"),
            page => format!("p. {page}"),
        };
        join(&[path, pages, self.paragraphs.clone()])
    }
}

fn join(parts: &[String]) -> String {
    let parts = parts.iter().filter(|part| !part.is_empty());
    parts.map(String::as_str).collect::<Vec<_>>().join(", ")
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

/// The printed pages from one position to another, where they are known.
fn pages(report: &Report, start: Position, end: Position) -> String {
    match (report.page(start), report.page(end)) {
        (Some(first), Some(last)) if first != last => format!("{first}–{last}"),
        (Some(page), _) => page.to_owned(),
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
        report.pages = vec![crate::report::Page {
            label: "76".into(),
            section: 0,
            block: 0,
            byte: 0,
        }];
        assert_eq!(
            cited(&report, (1, 2, 0), (1, 2, 1)),
            "On “Equity” and more, p. 76, para. 1"
        );
    }
}
