//! Which annotations a verb is about: the same options for `list` and `export`.

use crate::{
    notebook::{Entry, Notebook, passage},
    report::{Report, address::Address},
};

#[derive(Debug, Default, PartialEq, Eq, clap::Args)]
pub struct Filter {
    /// Only annotations with this tag
    #[arg(long, value_name = "TAG")]
    tag: Option<String>,
    /// Only notes, highlights or bookmarks
    #[arg(long, value_name = "KIND", value_parser = ["note", "highlight", "bookmark"])]
    kind: Option<String>,
    /// Only annotations in this section: its number, id or a part of its title
    #[arg(long, value_name = "SECTION")]
    section: Option<String>,
    /// Only highlights of this colour
    #[arg(long, value_name = "COLOR")]
    color: Option<String>,
    /// Only annotations that were found again so
    #[arg(long, value_name = "STATUS", value_parser = ["exact", "moved", "changed", "unsure", "orphaned"])]
    status: Option<String>,
    /// Only annotations whose text or quote holds this
    text: Option<String>,
}

impl Filter {
    /// Whether anything is asked for.
    pub fn is_set(&self) -> bool {
        *self != Self::default()
    }

    /// The text, where nothing but a text is asked for: it may be a verb gone wrong.
    pub fn only_text(&self) -> Option<&str> {
        let text = self.text.as_deref()?;
        (*self == Self { text: self.text.clone(), ..Self::default() }).then_some(text)
    }

    /// What is asked for, in reading order.
    pub fn entries<'a>(&self, notebook: &'a Notebook, report: &Report) -> Result<Vec<&'a Entry>, String> {
        let sections = self.section.as_deref().map(|wanted| sections(wanted, report)).transpose()?;
        Ok(notebook.entries().iter().filter(|entry| self.is_wanted(entry, sections.as_deref())).collect())
    }

    fn is_wanted(&self, entry: &Entry, sections: Option<&[usize]>) -> bool {
        let annotation = &entry.annotation;
        let holds = |text: &str| {
            let text = text.to_lowercase();
            annotation.text.to_lowercase().contains(&text) || annotation.anchor.quote.to_lowercase().contains(&text)
        };
        let tag = |tag: &str| annotation.tags().iter().any(|own| own.to_lowercase() == tag.trim_start_matches('#').to_lowercase());
        let is_in = |sections: &[usize]| passage(entry).is_some_and(|passage| sections.contains(&passage.start().section));
        let is = |wanted: &Option<String>, is: Option<&str>| wanted.as_deref().is_none_or(|wanted| is == Some(wanted));
        self.tag.as_deref().is_none_or(tag)
            && is(&self.kind, Some(annotation.kind.name()))
            && is(&self.color, annotation.color.as_deref())
            && is(&self.status, Some(entry.resolution.name()))
            && sections.is_none_or(is_in)
            && self.text.as_deref().is_none_or(holds)
    }
}

/// The sections that a number, an id or a part of a title names.
fn sections(wanted: &str, report: &Report) -> Result<Vec<usize>, String> {
    let error = match Address::parse(wanted, report) {
        Ok(address) => return Ok(vec![address.section]),
        Err(error) => error,
    };
    let titles = report.sections.iter().enumerate();
    let found: Vec<usize> =
        titles.filter(|(_, section)| section.title.to_lowercase().contains(&wanted.to_lowercase())).map(|(index, _)| index).collect();
    if found.is_empty() || wanted.trim().is_empty() { Err(error.to_string()) } else { Ok(found) }
}
