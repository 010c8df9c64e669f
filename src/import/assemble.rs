//! Documents become one report: sections with ids, and metadata of the whole.

use super::{
    ImportError, Imported, Metadata, controls,
    document::{Document, Part},
    known, looks,
    places::Places,
};
use crate::{
    report::{Block, BlockKind, FORMAT, Page, Report, Section, outline::Outline},
    text::wording,
};

/// Puts a report together. `name` names it where neither its text nor the person does.
///
/// # Errors
/// Where there is no text, or the requested id is not valid.
pub fn report(
    mut documents: Vec<Document>,
    name: &str,
    given: &Metadata,
) -> Result<Imported, ImportError> {
    let has_text = |document: &Document| {
        document
            .parts
            .iter()
            .any(|part| matches!(part, Part::Block(_)))
    };
    if !documents.iter().any(has_text) {
        documents.iter_mut().for_each(text_of_titles);
    }
    if !documents.iter().any(has_text) {
        return Err(ImportError::Empty);
    }
    looks::make_titles(&mut documents);
    let title = given
        .title
        .clone()
        .unwrap_or_else(|| title(&documents, name));
    let is_one = documents.len() == 1;
    for document in &mut documents {
        head(document, &title, is_one);
    }
    let mut left_out = Vec::new();
    let mut unsure = Vec::new();
    let mut gathered = Gathered::default();
    let differ = differ(&documents);
    for document in &mut documents {
        left_out.append(&mut document.left_out);
        unsure.append(&mut document.unsure);
        gathered.take(document, differ);
    }
    let mut report = describe(title, name, given, &documents, gathered)?;
    controls::leave_out(&mut report);
    Ok(Imported {
        report,
        left_out,
        unsure,
    })
}

/// Where all lines look like titles, those after the first are the text; a lone one is both.
fn text_of_titles(document: &mut Document) {
    let is_title = |part: &&mut Part| matches!(part, Part::Heading { .. });
    let count = document.headings().count();
    for part in document
        .parts
        .iter_mut()
        .filter(is_title)
        .skip(usize::from(count > 1))
    {
        let text = part.text().to_owned();
        *part = Part::Block(Block {
            kind: BlockKind::Paragraph,
            text,
            spans: Vec::new(),
            depth: 0,
        });
    }
}

/// What the documents themselves are called.
fn title(documents: &[Document], name: &str) -> String {
    let own = |document: &Document| document.title.clone().or_else(|| first_heading(document));
    match documents {
        [one] => own(one).unwrap_or_else(|| name.to_owned()),
        _ => name.to_owned(),
    }
}

/// The heading that a document begins with.
fn first_heading(document: &Document) -> Option<String> {
    match document.first() {
        Some(Part::Heading { title, .. }) => Some(title.clone()),
        _ => None,
    }
}

/// Gives a document a heading to stand under where it has none; among several documents, each
/// has one heading of the first level.
fn head(document: &mut Document, title: &str, is_one: bool) {
    let top: Vec<&str> = document
        .headings()
        .filter(|(level, _)| *level == 1)
        .map(|(_, title)| title)
        .collect();
    let begins_with_heading = first_heading(document);
    let stands_alone = begins_with_heading
        .as_deref()
        .is_some_and(|first| top == [first]);
    let needs_one = if is_one {
        begins_with_heading.is_none()
    } else {
        !stands_alone
    };
    if needs_one {
        if !is_one {
            document.level_down();
        }
        let title = document
            .title
            .clone()
            .or(begins_with_heading)
            .unwrap_or_else(|| title.to_owned());
        document.parts.insert(0, Part::Heading { level: 1, title });
    }
}

/// Sections so far.
#[derive(Default)]
struct Gathered {
    sections: Vec<Section>,
    pages: Vec<Page>,
    places: Places,
}

impl Gathered {
    /// Takes the parts of a document; with `says_itself`, its sections say of themselves who wrote
    /// them, when and where.
    fn take(&mut self, document: &mut Document, says_itself: bool) {
        let mut names: Vec<String> = document.file.iter().cloned().collect();
        let mut pages = Vec::new();
        if let (Some(file), Some(source)) = (&document.file, &document.source) {
            self.places.was_at(file, source);
        }
        let first = self.sections.len();
        for part in std::mem::take(&mut document.parts) {
            match part {
                Part::Anchor(name) => {
                    names.push(name);
                    continue;
                }
                Part::Page(label) => {
                    pages.push(label);
                    continue;
                }
                Part::PageWithin(label, byte) => {
                    self.page(label, byte);
                    continue;
                }
                Part::Heading { level, title } => self.sections.push(Section {
                    title,
                    level,
                    ..Section::default()
                }),
                Part::Block(block) => {
                    if let Some(section) = self.sections.last_mut() {
                        section.blocks.push(block);
                    }
                }
            }
            self.name(&mut names);
            self.begin(&mut pages);
        }
        if let Some(section) = self.sections.get_mut(first).filter(|_| says_itself) {
            section.author = document.author.take();
            section.published = document.published.take();
            section.source = document.source.take();
        }
    }

    /// The section and block that came last have these names.
    fn name(&mut self, names: &mut Vec<String>) {
        if let Some(section) = self.sections.last() {
            let place = (self.sections.len() - 1, section.blocks.len().checked_sub(1));
            names
                .drain(..)
                .for_each(|name| self.places.put(name, place));
        }
    }

    /// Pages begin at the block that came last; at a title, with the block after it.
    fn begin(&mut self, pages: &mut Vec<String>) {
        pages.drain(..).for_each(|label| self.page(label, 0));
    }

    /// A page begins at a byte of the block that came last.
    fn page(&mut self, label: String, byte: usize) {
        if let Some(section) = self.sections.last() {
            self.pages.push(Page {
                label,
                section: self.sections.len() - 1,
                block: section.blocks.len().saturating_sub(1),
                byte,
            });
        }
    }
}

/// The report of its sections: metadata from the command line, else of known reports, else from the files.
fn describe(
    title: String,
    name: &str,
    given: &Metadata,
    documents: &[Document],
    gathered: Gathered,
) -> Result<Report, ImportError> {
    let known = known::by_title(&title);
    let said = |field: fn(&Document) -> &Option<String>| {
        documents
            .iter()
            .find_map(|document| field(document).clone())
    };
    let choose =
        |given: &Option<String>, known: Option<&str>, said: Option<String>, guess: &str| {
            given
                .clone()
                .or_else(|| known.map(str::to_owned))
                .or(said)
                .unwrap_or_else(|| guess.to_owned())
        };
    let id = id(given, known.map(|known| known.id), &title)?;
    // One file's address is the report's; of several it would name only the first.
    let source = said(|document| &document.source).filter(|_| documents.len() == 1);
    let published = given
        .published
        .clone()
        .or_else(|| known.map(|k| k.published.to_owned()))
        .or_else(|| said(|document| &document.published));
    let mut report = Report {
        format: FORMAT,
        old_ids: Vec::new(),
        id,
        edition: published.clone().unwrap_or_else(|| "1".into()),
        author: choose(
            &given.author,
            known.map(|k| k.author),
            said(|document| &document.author),
            "",
        ),
        published,
        source: choose(&given.source, known.map(|k| k.source), source, name),
        language: choose(
            &given.language,
            known.map(|k| k.language),
            said(|document| &document.language),
            "en",
        ),
        title,
        sections: gathered.sections,
        pages: gathered.pages,
        ..Report::default()
    };
    let ids = Outline::of(&report).ids();
    for (section, id) in report.sections.iter_mut().zip(ids) {
        section.id = id;
    }
    settle_pages(&mut report);
    gathered.places.resolve(&mut report);
    Ok(report)
}

/// A page that begins where there is no text begins with the text after it.
fn settle_pages(report: &mut Report) {
    let counts: Vec<usize> = report
        .sections
        .iter()
        .map(|section| section.blocks.len())
        .collect();
    for page in &mut report.pages {
        if counts
            .get(page.section)
            .is_some_and(|count| *count <= page.block)
        {
            let next = counts
                .iter()
                .skip(page.section + 1)
                .position(|count| *count > 0);
            page.section += next.map_or(counts.len(), |next| next + 1);
            (page.block, page.byte) = (0, 0);
        }
    }
    report.pages.retain(|page| page.section < counts.len());
}

/// Whether the documents say different things of who wrote them, when and where.
fn differ(documents: &[Document]) -> bool {
    let said = |document: &Document| {
        let Document {
            author,
            published,
            source,
            ..
        } = document;
        [author, published, source].map(Clone::clone)
    };
    let all: Vec<[Option<String>; 3]> = documents.iter().map(said).collect();
    all.windows(2).any(|two| two[0] != two[1])
}

/// The requested id, else a known one, else one made from the title.
fn id(given: &Metadata, known: Option<&str>, title: &str) -> Result<String, ImportError> {
    let asked = given.id.as_deref().or(known);
    let id = asked.map_or_else(|| wording::kebab(title), str::to_owned);
    if id.is_empty() && given.id.is_none() {
        return Ok("report".to_owned());
    }
    if id.is_empty() || wording::kebab(&id) != id {
        return Err(ImportError::BadId(id));
    }
    Ok(id)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn document(title: &str, headings: &[(u8, &str)]) -> Document {
        let mut document = Document {
            title: Some(title.into()),
            ..Document::default()
        };
        for (level, title) in headings {
            document.heading(*level, (*title).into());
            document.block(BlockKind::Paragraph, ("Text.".into(), Vec::new()));
        }
        document
    }

    fn outline(documents: Vec<Document>) -> Vec<(u8, String)> {
        let report = report(documents, "folder", &Metadata::default())
            .expect("importable")
            .report;
        report
            .sections
            .into_iter()
            .map(|section| (section.level, section.id))
            .collect()
    }

    #[test]
    fn several_files_have_one_section_of_the_first_level_each() {
        let albania = document("Albania", &[(1, "Albania"), (2, "Prosecution")]);
        let algeria = document("Algeria", &[(1, "Prosecution"), (1, "Protection")]);
        let expected = [
            (1, "albania"),
            (2, "albania/prosecution"),
            (1, "algeria"),
            (2, "algeria/prosecution"),
            (2, "algeria/protection"),
        ]
        .map(|(l, id)| (l, id.to_owned()));
        assert_eq!(outline(vec![albania, algeria]), expected);
    }
}
