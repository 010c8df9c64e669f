//! Filters annotations by words, `#tag`, `is:note`, `section:2`, `color:green`, typed in one line
//! or given as options. All terms have to match; words match as in a search. Pure.

use super::{
    Entry,
    annotation::{Color, Kind},
    passage,
};
use crate::{edition::anchor::Resolution, report::Report, text::fold};

/// The states for `is:`.
const STATES: &[&str] = &[
    "note",
    "highlight",
    "bookmark",
    "draft",
    "exact",
    "moved",
    "changed",
    "unsure",
    "orphan",
    "review",
    "reviewed",
    "version",
];

/// A term of a filter.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Term {
    /// Folded text in quote, note, colour or letter.
    Words(String),
    /// A tag that starts with this, folded.
    Tag(String),
    /// One of the filter words.
    State(String),
    /// A section by number, start of its id or part of its title, folded.
    Section(String),
    Color(String),
}

/// A parsed filter. An empty one matches everything.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    terms: Vec<Term>,
    /// What was not understood, for the user.
    pub complaint: Option<String>,
}

impl Filter {
    /// Parses a filter. `"two words"` in quotes are one term.
    pub fn parse(text: &str) -> Self {
        let mut filter = Self::default();
        for (index, part) in text.split('"').enumerate() {
            if index % 2 == 1 {
                filter.terms.push(Term::Words(fold(part)));
            } else {
                part.split_whitespace().for_each(|word| filter.add(word));
            }
        }
        filter
            .terms
            .retain(|term| *term != Term::Words(String::new()));
        filter
    }

    fn add(&mut self, word: &str) {
        let folded = fold(word);
        match folded.split_once(':') {
            Some(("is", state)) => self.add_state(state.trim_end_matches('s')),
            Some(("section", section)) => self.add_section(section),
            Some(("color" | "colour", color)) => self.add_color(color),
            _ if folded.starts_with('#') => self.add_tag(&folded),
            _ => self.terms.push(Term::Words(folded)),
        }
    }

    /// Adds a tag that starts with this.
    pub fn add_tag(&mut self, tag: &str) {
        self.terms
            .push(Term::Tag(fold(tag.trim_start_matches('#'))));
    }

    /// Adds a section by number, start of its id or part of its title.
    pub fn add_section(&mut self, section: &str) {
        self.terms.push(Term::Section(fold(section)));
    }

    /// Adds one of the filter words; an unknown one, as while typing, only sets the complaint.
    pub fn add_state(&mut self, state: &str) {
        match STATES
            .iter()
            .find(|known| **known == state || (state == "orphaned" && **known == "orphan"))
        {
            Some(state) => self.terms.push(Term::State((*state).into())),
            None => self.complaint = Some(format!("is: {}", STATES.join(" "))),
        }
    }

    /// Adds one of [`Color::ALL`]; an unknown one, as while typing, only sets the complaint.
    pub fn add_color(&mut self, color: &str) {
        match Color::ALL.iter().find(|known| known.name() == color) {
            Some(color) => self.terms.push(Term::Color(color.name().into())),
            None => {
                let names: Vec<&str> = Color::ALL.iter().map(|color| color.name()).collect();
                self.complaint = Some(format!("color: {}", names.join(" ")));
            }
        }
    }

    /// Whether it asks for drafts.
    pub fn asks_for_drafts(&self) -> bool {
        self.terms
            .iter()
            .any(|term| matches!(term, Term::State(state) if state == "draft"))
    }

    pub fn is_empty(&self) -> bool {
        self.terms.is_empty()
    }

    /// Whether an entry matches. `folded` is its [`haystack`]; `is_draft` if it is a draft.
    pub fn wants(&self, entry: &Entry, folded: &str, is_draft: bool, report: &Report) -> bool {
        self.terms.iter().all(|term| match term {
            Term::Words(words) => folded.contains(words.as_str()),
            Term::Tag(wanted) => entry
                .annotation
                .tags()
                .iter()
                .any(|tag| fold(tag).starts_with(wanted.as_str())),
            Term::State(state) => is_in_state(entry, state, is_draft),
            Term::Section(wanted) => is_in_section(entry, wanted, report),
            Term::Color(color) => entry.annotation.color.as_deref() == Some(color),
        })
    }
}

/// Whether a report has a section of this name.
pub fn has_section(report: &Report, wanted: &str) -> bool {
    let wanted = fold(wanted);
    (0..report.sections.len()).any(|index| is_section(report, index, &wanted))
}

/// Whether a name fits a section: number, start of its id or part of its title, folded.
fn is_section(report: &Report, index: usize, wanted: &str) -> bool {
    let Some(section) = report
        .sections
        .get(index)
        .filter(|_| !wanted.trim().is_empty())
    else {
        return false;
    };
    match wanted.parse::<usize>() {
        Ok(number) => number == index + 1,
        Err(_) => section.id.starts_with(wanted) || fold(&section.title).contains(wanted),
    }
}

fn is_in_state(entry: &Entry, state: &str, is_draft: bool) -> bool {
    match state {
        "note" => entry.annotation.kind == Kind::Note && !is_draft,
        "highlight" => entry.annotation.kind == Kind::Highlight,
        "bookmark" => entry.annotation.kind == Kind::Bookmark,
        "draft" => is_draft,
        "orphan" => entry.resolution == Resolution::Orphaned,
        "review" => entry.needs_review() && !is_draft,
        "reviewed" => entry.is_reviewed,
        "version" => entry.annotation.conflict_of.is_some(),
        other => entry.resolution.name() == other,
    }
}

fn is_in_section(entry: &Entry, wanted: &str, report: &Report) -> bool {
    let made_in = &entry.annotation.anchor.start.section;
    let index = passage(entry)
        .map(|passage| passage.start().section)
        .or_else(|| report.section_index(made_in));
    match index {
        Some(index) => is_section(report, index, wanted),
        None => !wanted.is_empty() && made_in.starts_with(wanted),
    }
}

/// The text of an entry to search, folded.
pub fn haystack(entry: &Entry) -> String {
    let annotation = &entry.annotation;
    let letter = annotation.letter.map(String::from).unwrap_or_default();
    // Folded text has no line feeds: they separate the fields.
    [
        annotation.text.as_str(),
        &annotation.anchor.quote,
        annotation.color.as_deref().unwrap_or_default(),
        &letter,
    ]
    .map(fold)
    .join("\n")
}

/// Folded as in a search that ignores case.
fn fold(text: &str) -> String {
    fold::fold_text(text, true).into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        notebook::{Notebook, annotation::tests::sample},
        report::snapshot,
    };

    fn is_wanted(filter: &str, text: &str) -> bool {
        let report = snapshot::bundled();
        let mut notebook = Notebook::default();
        notebook.replace(vec![sample("a", text)], &report);
        let entry = &notebook.entries()[0];
        Filter::parse(filter).wants(entry, &haystack(entry), false, &report)
    }

    #[test]
    fn every_term_has_to_match() {
        let text = "Ask about the “survivors’ network” at the Café\n#Follow-up #equity";
        for wanted in [
            "",
            "ask",
            "ASK about",
            "survivors'",
            "\"the “survivors\"",
            "#equity",
            "#follow",
            "is:note",
            "is:notes",
            "section:2",
            "section:message",
            "section:secretary",
            "is:exact",
            "cafe",
            "\"café #follow\"",
        ] {
            assert!(is_wanted(wanted, text), "{wanted}");
        }
        for unwanted in [
            "nothing",
            "ask nothing",
            "#ask",
            "is:bookmark",
            "is:draft",
            "is:orphan",
            "section:1",
            "section:22",
            "section:",
            "section:director",
            "color:green",
            "\"about ask\"",
        ] {
            assert!(!is_wanted(unwanted, text), "{unwanted}");
        }
    }

    #[test]
    fn an_unknown_term_is_named_and_filters_nothing() {
        for typed in ["is:", "is:no", "color:pink"] {
            let filter = Filter::parse(typed);
            assert!(filter.is_empty() && filter.complaint.is_some(), "{typed}");
        }
    }
}
