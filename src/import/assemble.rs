//! Documents become one report: sections with ids, and metadata of the whole.

use std::collections::HashMap;

use super::{
    ImportError, Imported, Metadata,
    document::{Document, Part},
    known,
    places::Places,
};
use crate::{
    report::{FORMAT, Report, Section},
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
        return Err(ImportError::Empty);
    }
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
    for document in &mut documents {
        left_out.append(&mut document.left_out);
        unsure.append(&mut document.unsure);
        gathered.take(document);
    }
    let Gathered {
        mut sections,
        places,
        ..
    } = gathered;
    places.resolve(&mut sections);
    let report = describe(title, name, given, &documents, sections)?;
    Ok(Imported {
        report,
        left_out,
        unsure,
    })
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
        document.parts.insert(
            0,
            Part::Heading {
                level: 1,
                title,
                id: None,
            },
        );
    }
}

/// Sections so far.
#[derive(Default)]
struct Gathered {
    sections: Vec<Section>,
    ids: HashMap<String, usize>,
    places: Places,
}

impl Gathered {
    fn take(&mut self, document: &mut Document) {
        let mut names: Vec<String> = document.file.iter().cloned().collect();
        if let (Some(file), Some(source)) = (&document.file, &document.source) {
            self.places.was_at(file, source);
        }
        for part in std::mem::take(&mut document.parts) {
            match part {
                Part::Anchor(name) => {
                    names.push(name);
                    continue;
                }
                Part::Heading { level, title, id } => {
                    let id = unique_id(id.as_deref().unwrap_or(&title), &mut self.ids);
                    self.sections.push(Section {
                        id,
                        title,
                        level,
                        blocks: Vec::new(),
                    });
                }
                Part::Block(block) => {
                    if let Some(section) = self.sections.last_mut() {
                        section.blocks.push(block);
                    }
                }
            }
            if !names.is_empty() {
                let address = self.last_address();
                names
                    .drain(..)
                    .for_each(|name| self.places.put(name, &address));
            }
        }
    }

    /// The last section or block, as a link has it. An id of digits would be read as a number.
    fn last_address(&self) -> String {
        let Some(section) = self.sections.last() else {
            return String::new();
        };
        let is_number = section.id.parse::<usize>().is_ok();
        let name = if is_number {
            self.sections.len().to_string()
        } else {
            section.id.clone()
        };
        match section.blocks.len() {
            0 => format!("#{name}"),
            block => format!("#{name}:{block}"),
        }
    }
}

/// A kebab-case id made of some words, apart from all ids before it. With each id is the number that
/// is tried first for the next section of its words.
fn unique_id(words: &str, ids: &mut HashMap<String, usize>) -> String {
    let wanted = Some(wording::kebab(words))
        .filter(|id| !id.is_empty())
        .unwrap_or_else(|| "section".into());
    let Some(&first) = ids.get(&wanted) else {
        ids.insert(wanted.clone(), 2);
        return wanted;
    };
    let free = (first..)
        .find(|number| !ids.contains_key(&format!("{wanted}-{number}")))
        .unwrap_or(first);
    let id = format!("{wanted}-{free}");
    ids.insert(wanted, free + 1);
    ids.insert(id.clone(), 2);
    id
}

/// The report of its sections: metadata from the command line, else of known reports, else from the files.
fn describe(
    title: String,
    name: &str,
    given: &Metadata,
    documents: &[Document],
    sections: Vec<Section>,
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
    Ok(Report {
        format: FORMAT,
        old_ids: Vec::new(),
        id,
        author: choose(
            &given.author,
            known.map(|k| k.author),
            said(|document| &document.author),
            "unknown",
        ),
        published: given
            .published
            .clone()
            .or_else(|| known.map(|k| k.published.to_owned()))
            .or_else(|| said(|document| &document.published)),
        source: choose(&given.source, known.map(|k| k.source), source, name),
        language: choose(
            &given.language,
            known.map(|k| k.language),
            said(|document| &document.language),
            "en",
        ),
        title,
        sections,
    })
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
    use crate::report::BlockKind;

    fn document(title: &str, headings: &[(u8, &str)]) -> Document {
        let mut document = Document {
            title: Some(title.into()),
            ..Document::default()
        };
        for (level, title) in headings {
            document.heading(*level, (*title).into(), None);
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
    fn sections_of_one_title_take_no_time_and_each_has_an_id() {
        let mut headings = vec![(1, "H"); 50_000];
        headings.extend([(1, "H 3"), (1, "H")]);
        let ids: Vec<String> = outline(vec![document("T", &headings)])
            .into_iter()
            .map(|(_, id)| id)
            .collect();
        let distinct: std::collections::HashSet<&String> = ids.iter().collect();
        assert_eq!((ids.len(), distinct.len()), (50_002, 50_002));
        assert_eq!(
            (ids[1].as_str(), ids[50_000].as_str(), ids[50_001].as_str()),
            ("h-2", "h-3-2", "h-50001")
        );
    }

    #[test]
    fn several_files_have_one_section_of_the_first_level_each() {
        let albania = document("Albania", &[(1, "Albania"), (2, "Prosecution")]);
        let algeria = document("Algeria", &[(1, "Prosecution"), (1, "Protection")]);
        let expected = [
            (1, "albania"),
            (2, "prosecution"),
            (1, "algeria"),
            (2, "prosecution-2"),
            (2, "protection"),
        ]
        .map(|(l, id)| (l, id.to_owned()));
        assert_eq!(outline(vec![albania, algeria]), expected);
    }
}
