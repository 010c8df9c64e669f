//! Which annotations are wanted: words, `#tag`, `is:note`, `section:2`, `color:green`, typed in
//! one line. All of them have to fit. Pure.

use super::{
    Entry,
    annotation::{Color, Kind},
    passage,
};
use crate::report::{Report, anchor::Resolution};

/// What `is:` can be followed by.
pub const STATES: &[&str] = &["note", "highlight", "bookmark", "draft", "moved", "changed", "unsure", "orphan"];

/// One thing that is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Term {
    /// Folded text that quote, note, colour or letter holds.
    Words(String),
    /// A tag that begins so, folded.
    Tag(String),
    /// One of [`STATES`].
    State(String),
    /// A section by number or by the start of its id.
    Section(String),
    Color(String),
}

/// A parsed filter. The empty one wants everything.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    terms: Vec<Term>,
    /// What could not be understood, for the one who types.
    pub complaint: Option<String>,
}

impl Filter {
    /// Reads a filter. `"two words"` in quotes are one term.
    pub fn parse(text: &str) -> Self {
        let mut filter = Self::default();
        for (index, part) in text.split('"').enumerate() {
            if index % 2 == 1 {
                filter.terms.push(Term::Words(fold(part)));
            } else {
                part.split_whitespace().for_each(|word| filter.add(word));
            }
        }
        filter.terms.retain(|term| *term != Term::Words(String::new()));
        filter
    }

    fn add(&mut self, word: &str) {
        let folded = fold(word);
        let term = match folded.split_once(':') {
            Some(("is", state)) => return self.add_state(state.trim_end_matches('s')),
            Some(("section", section)) => Term::Section(section.into()),
            Some(("color" | "colour", color)) => return self.add_color(color),
            _ => match folded.strip_prefix('#') {
                Some(tag) => Term::Tag(tag.into()),
                None => Term::Words(folded),
            },
        };
        self.terms.push(term);
    }

    /// A state or colour that is still being typed asks for nothing yet.
    fn add_state(&mut self, state: &str) {
        match STATES.iter().find(|known| **known == state || (state == "orphaned" && **known == "orphan")) {
            Some(state) => self.terms.push(Term::State((*state).into())),
            None => self.complaint = Some(format!("is: {}", STATES.join(" "))),
        }
    }

    fn add_color(&mut self, color: &str) {
        match Color::ALL.iter().find(|known| known.name() == color) {
            Some(color) => self.terms.push(Term::Color(color.name().into())),
            None => {
                let names: Vec<&str> = Color::ALL.iter().map(|color| color.name()).collect();
                self.complaint = Some(format!("color: {}", names.join(" ")));
            }
        }
    }

    pub fn is_empty(&self) -> bool {
        self.terms.is_empty()
    }

    /// Whether an entry is wanted. `folded` is its [`haystack`]; `is_draft` where it has text that
    /// is not saved.
    pub fn wants(&self, entry: &Entry, folded: &str, is_draft: bool, report: &Report) -> bool {
        self.terms.iter().all(|term| match term {
            Term::Words(words) => folded.contains(words.as_str()),
            Term::Tag(wanted) => entry.annotation.tags().iter().any(|tag| fold(tag).starts_with(wanted.as_str())),
            Term::State(state) => is_in_state(entry, state, is_draft),
            Term::Section(wanted) => is_in_section(entry, wanted, report),
            Term::Color(color) => entry.annotation.color.as_deref() == Some(color),
        })
    }
}

fn is_in_state(entry: &Entry, state: &str, is_draft: bool) -> bool {
    match state {
        "note" => entry.annotation.kind == Kind::Note && !is_draft,
        "highlight" => entry.annotation.kind == Kind::Highlight,
        "bookmark" => entry.annotation.kind == Kind::Bookmark,
        "draft" => is_draft,
        "orphan" => entry.resolution == Resolution::Orphaned,
        other => entry.resolution.name() == other,
    }
}

fn is_in_section(entry: &Entry, wanted: &str, report: &Report) -> bool {
    let section = passage(entry).map(|passage| passage.start().section);
    let id = section.and_then(|index| report.sections.get(index)).map_or(&entry.annotation.anchor.start.section, |section| &section.id);
    match wanted.parse::<usize>() {
        Ok(number) => section.is_some_and(|section| section + 1 == number),
        Err(_) => id.starts_with(wanted),
    }
}

/// The text of an entry that words are looked for in, folded.
pub fn haystack(entry: &Entry) -> String {
    let annotation = &entry.annotation;
    let letter = annotation.letter.map(String::from).unwrap_or_default();
    fold(&[annotation.text.as_str(), &annotation.anchor.quote, annotation.color.as_deref().unwrap_or_default(), &letter].join("\n"))
}

/// Lower case, with plain quotes, apostrophes and hyphens for the typographic ones.
fn fold(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    let plain = |character: char| match character {
        '’' | '‘' => '\'',
        '“' | '”' => '"',
        '–' | '—' | '‑' | '‐' => '-',
        '\u{a0}' => ' ',
        other => other,
    };
    text.chars().map(plain).flat_map(char::to_lowercase).collect()
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
    fn every_term_has_to_fit() {
        let text = "Ask about the “survivors’ network” #Follow-up #equity";
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
            "color:green",
            "\"about ask\"",
        ] {
            assert!(!is_wanted(unwanted, text), "{unwanted}");
        }
    }

    #[test]
    fn what_cannot_be_meant_is_said_and_asks_for_nothing() {
        for typed in ["is:", "is:no", "color:pink"] {
            let filter = Filter::parse(typed);
            assert!(filter.is_empty() && filter.complaint.is_some(), "{typed}");
        }
    }
}
