//! Filters annotations by words, `#tag`, `is:note`, `section:2`, `color:green`, typed in one line
//! or given as options. All terms have to match; words match as in a search. Pure.

use std::ops::Range;

use super::{
    Entry,
    annotation::{Color, Kind},
    passage,
};
use crate::{
    edition::anchor::Resolution,
    report::{Report, address::Address},
    text::fold,
};

/// What begins the name of a section.
const SECTION: &str = "section:";

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
    /// A section with all below it.
    Section(Named),
    Color(String),
}

/// The sections that a text names, see [`Report::sections_named`].
#[derive(Debug, Clone, PartialEq, Eq)]
struct Named {
    /// As typed, in lower case: what the id of a section begins with that is not in the report.
    typed: String,
    sections: Vec<Range<usize>>,
}

/// A parsed filter. An empty one matches everything.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    terms: Vec<Term>,
    /// What was not understood, for the user.
    pub complaint: Option<String>,
}

impl Filter {
    /// Parses a filter on annotations of a report. `"two words"` in quotes are one term, also
    /// after `section:`.
    pub fn parse(text: &str, report: &Report) -> Self {
        let mut filter = Self::default();
        let (text, names) = split_sections(text);
        names
            .iter()
            .for_each(|name| filter.add_section(name, report));
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

    /// Adds a section by number, id, unique end or words of its path; all below it belongs to it.
    pub fn add_section(&mut self, section: &str, report: &Report) {
        self.terms.push(Term::Section(Named {
            typed: section.trim().to_lowercase(),
            sections: match Address::parse(section, report) {
                Ok(address) => vec![report.outline().below(address.section)],
                Err(_) => report.sections_named(section),
            },
        }));
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

/// A filter without its `section:` terms, and what those name; in quotes where it has blanks.
pub fn split_sections(text: &str) -> (String, Vec<String>) {
    let (mut rest, mut names) = (String::new(), Vec::new());
    let mut is_named_next = false;
    for (index, part) in text.split('"').enumerate() {
        if index % 2 == 1 && std::mem::take(&mut is_named_next) {
            names.push(part.to_owned());
        } else if index % 2 == 1 {
            rest.push_str(&format!("\"{part}\" "));
        } else {
            for word in part.split_whitespace() {
                match word.to_lowercase().strip_prefix(SECTION) {
                    Some("") if part.ends_with(word) => is_named_next = true,
                    Some(name) => names.push(name.to_owned()),
                    None => rest.push_str(&format!("{word} ")),
                }
            }
        }
    }
    if is_named_next {
        names.push(String::new());
    }
    (rest, names)
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

fn is_in_section(entry: &Entry, wanted: &Named, report: &Report) -> bool {
    let made_in = &entry.annotation.anchor.start.section;
    let index = passage(entry)
        .map(|passage| passage.start().section)
        .or_else(|| report.section_index(made_in));
    match index {
        Some(index) => wanted.sections.iter().any(|of| of.contains(&index)),
        None => !wanted.typed.is_empty() && made_in.starts_with(&wanted.typed),
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
        Filter::parse(filter, &report).wants(entry, &haystack(entry), false, &report)
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
            let filter = Filter::parse(typed, &snapshot::bundled());
            assert!(filter.is_empty() && filter.complaint.is_some(), "{typed}");
        }
    }
}
