//! Metadata of reports that are recognised by their title. Data only.

/// What is known of a published report.
#[derive(Debug)]
pub struct Known {
    pub title: &'static str,
    pub id: &'static str,
    pub author: &'static str,
    pub published: &'static str,
    pub source: &'static str,
    pub language: &'static str,
}

const REPORTS: &[Known] = &[Known {
    title: "2021 Trafficking in Persons Report",
    id: "tip-2021",
    author: "United States Department of State",
    published: "2021-07",
    source: "https://www.state.gov/reports/2021-trafficking-in-persons-report/",
    language: "en-US",
}];

/// The report with exactly this title.
pub fn by_title(title: &str) -> Option<&'static Known> {
    REPORTS.iter().find(|known| known.title == title)
}
