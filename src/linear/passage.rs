//! A paragraph as it is said: where it is, what is noted on it, and its text.

use super::note;
use crate::{
    reader::Reader,
    report::{
        BlockKind, Report,
        layout::Row,
        position::{Passage, Position},
    },
    text::{segment, width, wording},
};

/// What is said of the text at the cursor, which was elsewhere before: all of a paragraph, or in
/// the one that was said already what it moved to.
pub(super) fn heard(reader: &Reader, before: Option<Position>) -> Vec<String> {
    let (report, at) = (reader.report(), reader.viewport().cursor());
    let text = report.text_at(at);
    let is_here = before.is_some_and(|before| before.same_block(at));
    if is_here {
        return vec![shown(match reader.matches().under(at) {
            Some(_) => sentence(text, at),
            None => part(reader, text, at),
        })];
    }
    let mut lines = vec![heading(reader, at, before)];
    let block = report.block(at).map(|block| (block.kind, text));
    lines.extend(block.filter(|(_, text)| !text.is_empty()).map(said));
    lines
}

/// The sentence that a match is in.
fn sentence(text: &str, at: Position) -> &str {
    let starts = segment::sentence_starts(text);
    let start = starts.iter().rfind(|start| **start <= at.byte);
    let end = starts.iter().find(|start| **start > at.byte);
    let bytes = start.copied().unwrap_or(0)..end.copied().unwrap_or(text.len());
    text.get(bytes).unwrap_or(text).trim_end()
}

/// The sentence or line from the cursor on.
fn part<'a>(reader: &Reader, text: &'a str, at: Position) -> &'a str {
    let end = match reader.viewport().is_at_sentence() {
        true => segment::sentence_starts(text)
            .into_iter()
            .find(|start| *start > at.byte),
        false => row_end(reader, at),
    };
    text.get(at.byte..end.unwrap_or(text.len()))
        .unwrap_or(text)
        .trim_end()
}

fn row_end(reader: &Reader, at: Position) -> Option<usize> {
    let viewport = reader.viewport();
    let rows = viewport.layout().made(at.section);
    rows.iter().find_map(|row| match *row {
        Row::Text {
            block, start, end, ..
        } if block == at.block && (start..end).contains(&at.byte) => Some(end),
        _ => None,
    })
}

/// `Sample Report. Country Narratives, Ghana, Protection, paragraph 4 of 9, page 76. 1 note.` The
/// report is named at first, the section where it is another one.
fn heading(reader: &Reader, at: Position, before: Option<Position>) -> String {
    let report = reader.report();
    let mut sentences = Vec::new();
    if before.is_none() {
        sentences.push(wording::one_line(&report.title));
    }
    let mut here = Vec::new();
    if before.is_none_or(|before| before.section != at.section) {
        let path = report.path(at.section);
        here.extend(path.into_iter().map(wording::one_line));
    }
    here.push(match report.block(at) {
        Some(_) => number(report, at),
        None => "no text".into(),
    });
    here.extend(report.page(at).map(|page| format!("page {}", shown(page))));
    sentences.push(wording::capitalized(&here.join(", ")));
    sentences.extend(note::counts(reader, at));
    format!("{}.", sentences.join(". "))
}

fn number(report: &Report, at: Position) -> String {
    let is_heading = report
        .block(at)
        .is_some_and(|block| block.kind == BlockKind::Heading);
    match report.number(at).filter(|_| !is_heading) {
        Some(number) => format!("paragraph {number} of {}", report.numbers(at.section)),
        None => "heading".into(),
    }
}

/// The text of a block, with what it is where that is not plain.
pub(super) fn said((kind, text): (BlockKind, &str)) -> String {
    let kind = match kind {
        BlockKind::ListItem => "- ",
        BlockKind::Quote => "Quote: ",
        BlockKind::Caption => "Caption: ",
        _ => "",
    };
    let lines = text.lines().map(shown).collect::<Vec<_>>();
    format!("{kind}{}", lines.join("\n"))
}

/// `Selected, 7 words: …`
pub(super) fn selected(report: &Report, passage: Passage) -> String {
    let text = report.text_of(passage);
    let words = wording::count(segment::word_count(&text), "word");
    format!("Selected, {words}: {}", wording::one_line(&text))
}

fn shown(text: &str) -> String {
    width::shown(text).into_owned()
}
