//! Which annotations to list or export, with the options of both commands. Matches as the reader's
//! filter does.

use clap::builder::PossibleValuesParser;

use crate::{
    notebook::{
        Entry, Notebook,
        annotation::Color,
        filter::{self, haystack},
    },
    report::{Report, address::Address},
};

#[derive(Debug, Default, PartialEq, Eq, clap::Args)]
pub struct Filter {
    /// Only annotations with a tag that starts with this
    #[arg(long, value_name = "TAG")]
    tag: Option<String>,
    /// Only annotations of this kind
    #[arg(long, value_name = "KIND", value_parser = ["note", "highlight", "bookmark"])]
    kind: Option<String>,
    /// Only annotations in this section and all below it: number, id, end or words of its path
    #[arg(long, value_name = "SECTION")]
    section: Option<String>,
    /// Only highlights of this colour
    #[arg(long, value_name = "COLOR", value_parser = colors())]
    color: Option<String>,
    /// Only annotations with this status in this edition
    #[arg(long, value_name = "STATUS", value_parser = ["exact", "moved", "changed", "unsure", "orphaned"])]
    status: Option<String>,
    /// Only annotations with these words in text or quote; also `#tag`, `is:note`, `is:draft` as in
    /// the reader
    text: Option<String>,
}

pub fn colors() -> PossibleValuesParser {
    PossibleValuesParser::new(Color::ALL.iter().map(|color| color.name()))
}

impl Filter {
    /// Whether any option is set.
    pub fn is_set(&self) -> bool {
        *self != Self::default()
    }

    /// The text, if no other option is set: it may be a misspelt command.
    pub fn only_text(&self) -> Option<&str> {
        let text = self.text.as_deref()?;
        (*self
            == Self {
                text: self.text.clone(),
                ..Self::default()
            })
        .then_some(text)
    }

    /// The matching entries, in reading order.
    pub fn entries<'a>(
        &self,
        notebook: &'a Notebook,
        report: &Report,
    ) -> Result<Vec<&'a Entry>, String> {
        let wanted = self.wanted(report)?;
        let is_wanted = |entry: &&Entry| {
            wanted.is_empty() || wanted.wants(entry, &haystack(entry), false, report)
        };
        let found: Vec<&Entry> = notebook.entries().iter().filter(is_wanted).collect();
        match &self.section {
            // Orphans may belong to a section that this edition no longer has.
            Some(section) if found.is_empty() => known_section(section, report).map(|()| found),
            _ => Ok(found),
        }
    }

    /// The matching drafts; none unless the filter asks for drafts.
    pub fn drafts<'a>(
        &self,
        drafts: &'a [Entry],
        report: &Report,
    ) -> Result<Vec<&'a Entry>, String> {
        let wanted = self.wanted(report)?;
        let is_wanted = |entry: &&Entry| {
            wanted.asks_for_drafts() && wanted.wants(entry, &haystack(entry), true, report)
        };
        Ok(drafts.iter().filter(is_wanted).collect())
    }

    fn wanted(&self, report: &Report) -> Result<filter::Filter, String> {
        let mut wanted = filter::Filter::parse(self.text.as_deref().unwrap_or_default(), report);
        if let Some(complaint) = wanted.complaint.take() {
            return Err(format!(
                "unknown filter `{}`; {complaint}",
                self.text.as_deref().unwrap_or_default()
            ));
        }
        self.tag.iter().for_each(|tag| wanted.add_tag(tag));
        self.kind.iter().for_each(|kind| wanted.add_state(kind));
        self.status
            .iter()
            .for_each(|status| wanted.add_state(status));
        self.color.iter().for_each(|color| wanted.add_color(color));
        self.section
            .iter()
            .for_each(|section| wanted.add_section(section, report));
        Ok(wanted)
    }
}

/// An error if there is no such section.
fn known_section(wanted: &str, report: &Report) -> Result<(), String> {
    match Address::parse(wanted, report) {
        Err(error) if report.sections_named(wanted).is_empty() => Err(error.to_string()),
        _ => Ok(()),
    }
}
