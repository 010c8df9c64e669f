//! Plain text as captured from a page: paragraphs between empty lines.

use std::collections::HashSet;

use super::{ImportError, Imported, LeftOut, Metadata, furniture, known, structure};
use crate::{
    report::{Block, BlockKind, FORMAT, Report, Section},
    wording,
};

/// Lines between empty lines, joined; white space folded to single blanks.
struct Chunk {
    /// First line in the file, from 1.
    line: usize,
    text: String,
    is_item: bool,
    is_single_line: bool,
}

/// Imports plain text. `name` names the report where neither text nor metadata do.
///
/// # Errors
/// Where the text is empty or the id that was asked for is none.
pub fn import(text: &str, name: &str, metadata: &Metadata) -> Result<Imported, ImportError> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut chunks = chunks(text);
    let left_out = leave_out(&mut chunks);
    let found = chunks.first().filter(|chunk| chunk.is_single_line && structure::is_heading(&chunk.text));
    let heading = found.map(|chunk| chunk.text.clone());
    if heading.is_some() {
        chunks.remove(0);
    }
    if chunks.is_empty() {
        return Err(ImportError::Empty);
    }
    let title = metadata.title.clone().or_else(|| heading.clone()).unwrap_or_else(|| name.to_owned());
    let sections = sections(&chunks, heading.as_deref().unwrap_or(&title));
    let report = describe(title, name, metadata, sections)?;
    Ok(Imported { report, left_out })
}

fn chunks(text: &str) -> Vec<Chunk> {
    let mut chunks: Vec<Chunk> = Vec::new();
    let mut is_open = false;
    for (number, line) in (1..).zip(text.lines()) {
        let folded = wording::one_line(line);
        if folded.is_empty() {
            is_open = false;
            continue;
        }
        let item = structure::list_item(&folded);
        match chunks.last_mut().filter(|_| is_open && item.is_none()) {
            Some(chunk) => {
                chunk.text.push(' ');
                chunk.text.push_str(&folded);
                chunk.is_single_line = false;
            }
            None => {
                chunks.push(Chunk { line: number, text: item.unwrap_or(&folded).to_owned(), is_item: item.is_some(), is_single_line: true })
            }
        }
        is_open = true;
    }
    chunks
}

/// Takes the page's own words out of the report's.
fn leave_out(chunks: &mut Vec<Chunk>) -> Vec<LeftOut> {
    let start = furniture::comment_form(chunks.iter().map(|chunk| chunk.text.as_str()));
    let rest = start.map(|start| chunks.split_off(start)).unwrap_or_default();
    let tell = |chunk: Chunk| LeftOut { line: chunk.line, text: chunk.text, reason: "comment form of the web page" };
    rest.into_iter().map(tell).collect()
}

fn sections(chunks: &[Chunk], first_title: &str) -> Vec<Section> {
    let mut sections = Vec::new();
    let mut ids = HashSet::new();
    let mut section = new_section(first_title, &mut ids);
    for chunk in chunks {
        let kind = kind(chunk, &section);
        if kind == BlockKind::Heading {
            let next = new_section(&chunk.text, &mut ids);
            sections.push(std::mem::replace(&mut section, next));
        } else {
            section.blocks.push(Block { kind, text: chunk.text.clone(), spans: Vec::new() });
        }
    }
    sections.push(section);
    sections
}

/// What a chunk is, seen from the section that it may belong to. In a letter, a name below the
/// salutation is the caption of the portrait and a name below the text the signature.
fn kind(chunk: &Chunk, section: &Section) -> BlockKind {
    let text = chunk.text.as_str();
    let is_letter = section.blocks.first().is_some_and(|block| block.kind == BlockKind::Salutation);
    let before = section.blocks.last().map(|block| block.kind);
    match before {
        _ if chunk.is_item => BlockKind::ListItem,
        _ if !chunk.is_single_line => BlockKind::Paragraph,
        Some(BlockKind::Salutation) if structure::is_name(text) => BlockKind::Caption,
        Some(BlockKind::Paragraph) if is_letter && structure::is_name(text) => BlockKind::Signature,
        _ if structure::is_salutation(text) => BlockKind::Salutation,
        _ if structure::is_notice(text) => BlockKind::Notice,
        _ if structure::is_heading(text) => BlockKind::Heading,
        _ => BlockKind::Paragraph,
    }
}

fn new_section(title: &str, ids: &mut HashSet<String>) -> Section {
    let wanted = Some(wording::kebab(title)).filter(|id| !id.is_empty()).unwrap_or_else(|| "section".into());
    let mut id = wanted.clone();
    let mut number = 2;
    while !ids.insert(id.clone()) {
        id = format!("{wanted}-{number}");
        number += 1;
    }
    Section { id, title: title.to_owned(), level: 1, blocks: Vec::new() }
}

/// The report of its sections: metadata that was given, else known, else guessed.
fn describe(title: String, name: &str, given: &Metadata, sections: Vec<Section>) -> Result<Report, ImportError> {
    let known = known::by_title(&title);
    let choose = |given: &Option<String>, known: Option<&str>, guess: &str| {
        given.clone().or_else(|| known.map(str::to_owned)).unwrap_or_else(|| guess.to_owned())
    };
    let id = choose(&given.id, known.map(|k| k.id), &wording::kebab(&title));
    if id.is_empty() || wording::kebab(&id) != id {
        return Err(ImportError::BadId(id));
    }
    Ok(Report {
        format: FORMAT,
        id,
        author: choose(&given.author, known.map(|k| k.author), "unknown"),
        published: given.published.clone().or_else(|| known.map(|k| k.published.to_owned())),
        source: choose(&given.source, known.map(|k| k.source), name),
        language: choose(&given.language, known.map(|k| k.language), "en"),
        title,
        sections,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn imported(text: &str) -> Imported {
        import(text, "sample", &Metadata::default()).expect("importable")
    }

    #[test]
    fn wrapped_lines_are_joined_and_items_kept_apart() {
        let report = imported("A Title\n\nOne two\nthree  four.\n\n- first\n- second\n  goes on\n").report;
        let texts: Vec<&str> = report.sections[0].blocks.iter().map(|block| block.text.as_str()).collect();
        assert_eq!(texts, ["One two three four.", "first", "second goes on"]);
    }

    #[test]
    fn two_sections_of_one_title_have_two_ids() {
        let report = imported("A Title\n\nText.\n\nNotes\n\nText.\n\nNotes\n\nText.\n").report;
        let ids: Vec<&str> = report.sections.iter().map(|section| section.id.as_str()).collect();
        assert_eq!(ids, ["a-title", "notes", "notes-2"]);
    }

    #[test]
    fn a_report_about_comments_keeps_its_words() {
        let report = imported("A Title\n\nText.\n\nLeave a comment\n\nPeople leave comments.\n");
        assert!(report.left_out.is_empty());
        assert_eq!(report.report.sections[0].blocks[1].text, "Leave a comment");
    }

    #[test]
    fn an_empty_text_is_refused() {
        assert!(matches!(import(" \n\n", "x", &Metadata::default()), Err(ImportError::Empty)));
    }
}
