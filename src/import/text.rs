//! Plain text as captured from a page: paragraphs between empty lines, or where lines are
//! indented or long; verse and addresses keep their lines.

use std::borrow::Cow;

use super::{
    boilerplate,
    document::{Document, LeftOut, Location},
    flow::TAB,
    front::Front,
    structure::{self, Depths},
};
use crate::{
    report::{BlockKind, typography},
    text::wording,
};

/// Columns between the starts of two lists, one within the other, at the least: numbers of one
/// list may be set to the right.
const LIST_APART: f64 = 2.0;

/// How many items back the previous one is searched.
const FARTHEST_ITEM: usize = 200;
/// Most characters of a line that an editor wrapped.
const LONGEST_WRAPPED: usize = 120;
/// Most characters of a line of verse or of an address.
const LONGEST_VERSE: usize = 60;
/// Most columns that the first line of a paragraph is indented.
const DEEPEST_INDENT: usize = 12;

/// Lines between empty lines, joined; white space folded to single blanks.
struct Chunk {
    /// First line in the file, from 1.
    line: usize,
    text: String,
    /// Columns before a list item.
    item: Option<usize>,
    is_single_line: bool,
}

/// A line, its number from 1, its words and the columns before them.
#[derive(Debug, Clone)]
struct Line {
    number: usize,
    words: String,
    indent: usize,
}

/// The headings and blocks of a plain text.
pub fn read(text: &str) -> Document {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let text = match memchr::memchr(b'\r', text.as_bytes()) {
        Some(_) => Cow::Owned(text.replace("\r\n", "\n").replace('\r', "\n")),
        None => Cow::Borrowed(text),
    };
    let mut document = Document {
        has_looks: true,
        ..Document::default()
    };
    let skipped = Front::before(&text).map_or(0, |(front, lines)| {
        front.describe(&mut document);
        lines
    });
    let mut chunks = chunks(&text, skipped);
    document.left_out.append(&mut leave_out(&mut chunks));
    let mut kinds: Vec<BlockKind> = Vec::new();
    let mut depths = Depths::default();
    for (index, chunk) in chunks.into_iter().enumerate() {
        let is_title = index == 0 && chunk.is_single_line && structure::is_heading(&chunk.text);
        let kind = if is_title {
            BlockKind::Heading
        } else {
            kind(&chunk, &kinds)
        };
        if kind != BlockKind::ListItem {
            depths.end();
        }
        if kind == BlockKind::Heading {
            document.heading(1, structure::without_letter_spacing(&chunk.text));
            kinds.clear();
        } else {
            let depth = chunk
                .item
                .map_or(0, |columns| depths.of(columns as f64, LIST_APART));
            document.block_within(depth, kind, (chunk.text, Vec::new()));
            kinds.push(kind);
        }
    }
    document
}

/// Paragraphs, titles and items; the first lines of the file may be passed over.
fn chunks(text: &str, skipped: usize) -> Vec<Chunk> {
    let mut chunks: Vec<Chunk> = Vec::new();
    let mut group: Vec<Line> = Vec::new();
    let lines = (1..).zip(text.split('\n')).skip(skipped);
    for (number, line) in lines.chain([(0, "")]) {
        let words = wording::one_line(line);
        if !words.is_empty() {
            let indent = columns(line);
            group.push(Line {
                number,
                words,
                indent,
            });
            continue;
        }
        let group = std::mem::take(&mut group);
        if keeps_lines(&group) {
            let texts: Vec<&str> = group.iter().map(|line| line.words.as_str()).collect();
            chunks.push(Chunk {
                line: group[0].number,
                text: texts.join("\n"),
                item: None,
                is_single_line: false,
            });
        } else {
            join(&group, &mut chunks);
        }
    }
    chunks
}

/// Joins lines that stand together to paragraphs and items.
fn join(group: &[Line], chunks: &mut Vec<Chunk>) {
    let is_line_each = is_paragraph_each(group);
    let is_indented = group
        .iter()
        .skip(1)
        .any(|line| begins_indented(group, line));
    let mut is_open = false;
    for line in group {
        let bullet = structure::list_item(&line.words);
        let above = chunks.last().filter(|_| is_open);
        let is_next = |above| may_end(above) && follows(&line.words, chunks);
        let is_item = bullet.is_some() || (is_numbered(&line.words) && above.is_none_or(is_next));
        let is_within = above.is_some_and(|above| above.item.is_some());
        let is_new =
            is_item || is_line_each || (is_indented && !is_within && begins_indented(group, line));
        match chunks.last_mut().filter(|_| is_open && !is_new) {
            Some(chunk) => {
                chunk.text.push(' ');
                chunk.text.push_str(&line.words);
                chunk.is_single_line = false;
            }
            None => chunks.push(Chunk {
                line: line.number,
                text: bullet.unwrap_or(&line.words).to_owned(),
                item: is_item.then_some(line.indent),
                is_single_line: true,
            }),
        }
        is_open = true;
    }
}

/// Whether each line is a paragraph: they are longer than an editor wraps them, or each is a
/// sentence of its own.
fn is_paragraph_each(group: &[Line]) -> bool {
    let ends = group
        .iter()
        .filter(|line| ends_sentence(&line.words))
        .count();
    let is_long = |line: &Line| line.words.chars().count() > LONGEST_WRAPPED;
    let is_sentence_each = group.len() >= 3 && ends == group.len();
    group.len() > 1 && (group.iter().any(is_long) && ends * 3 >= group.len() || is_sentence_each)
}

fn ends_sentence(words: &str) -> bool {
    let words = words.trim_end_matches(['”', '"', '’', '»', ')']);
    words.ends_with(['.', '!', '?', '。', '！', '？', '।', '؟', '…', ':'])
}

/// Whether a paragraph begins at a line that stands further in than those around it.
fn begins_indented(group: &[Line], line: &Line) -> bool {
    let least = group.iter().map(|line| line.indent).min().unwrap_or(0);
    let at = line.number.saturating_sub(group[0].number);
    let before = at.checked_sub(1).and_then(|at| group.get(at));
    let is_in = |line: &Line| (least + 2..=least + DEEPEST_INDENT).contains(&line.indent);
    let are_few = group.iter().filter(|line| is_in(line)).count() * 3 <= group.len() * 2;
    is_in(line) && are_few && before.is_none_or(|before| ends_sentence(&before.words))
}

/// Whether lines are those of a verse or an address: short, each with a beginning of its own, and
/// the next word would have had room.
fn keeps_lines(group: &[Line]) -> bool {
    let is_short = |line: &Line| line.words.chars().count() <= LONGEST_VERSE;
    let begins = |line: &Line| {
        let first = line.words.chars().find(|c| c.is_alphanumeric());
        first.is_some_and(|c| !c.is_lowercase())
    };
    let is_item =
        |line: &Line| structure::list_item(&line.words).is_some() || is_numbered(&line.words);
    let longest = group
        .iter()
        .map(|line| line.words.chars().count())
        .max()
        .unwrap_or(0);
    let shortest = group
        .iter()
        .map(|line| line.words.chars().count())
        .min()
        .unwrap_or(0);
    let is_ragged = longest <= 45 || shortest * 2 < longest;
    group.len() >= 3
        && is_ragged
        && group.iter().all(is_short)
        && group.iter().all(begins)
        && !group.iter().any(is_item)
        && !group.iter().all(|line| ends_sentence(&line.words))
}

/// Whether a line begins with a number as items do; letters may be a name's.
fn is_numbered(line: &str) -> bool {
    line.starts_with(|c: char| c.is_ascii_digit() || c == '[') && typography::is_numbered(line)
}

/// Whether a numbered item may begin right below: a line of prose may begin with a number too.
fn may_end(chunk: &Chunk) -> bool {
    chunk.item.is_some() || chunk.text.ends_with([':', '.', ';'])
}

/// Whether a numbered line is the first of a list or comes after another of its items: `2021.` may
/// begin any line of text.
fn follows(line: &str, chunks: &[Chunk]) -> bool {
    let number = |text: &str| {
        let digits = text.trim_start_matches(['[', '(']);
        let end = digits
            .find(|c: char| !c.is_ascii_digit())
            .unwrap_or(digits.len());
        digits
            .get(..end)
            .and_then(|digits| digits.parse::<u32>().ok())
    };
    let items = chunks
        .iter()
        .rev()
        .take(FARTHEST_ITEM)
        .filter(|chunk| chunk.item.is_some());
    let before = number(line).and_then(|number| number.checked_sub(1));
    before == Some(0)
        || before.is_some_and(|before| {
            items
                .into_iter()
                .any(|item| number(&item.text) == Some(before))
        })
}

/// Columns of white space at the start of a line.
fn columns(line: &str) -> usize {
    let blanks = line.chars().take_while(|c| c.is_whitespace());
    blanks.fold(0, |columns, blank| {
        if blank == '\t' {
            columns / TAB * TAB + TAB
        } else {
            columns + 1
        }
    })
}

/// Takes the page's own words out of the report's.
fn leave_out(chunks: &mut Vec<Chunk>) -> Vec<LeftOut> {
    let start = boilerplate::comment_form(chunks.iter().map(|chunk| chunk.text.as_str()));
    let rest = start
        .map(|start| chunks.split_off(start))
        .unwrap_or_default();
    let tell = |chunk: Chunk| {
        LeftOut::new(
            Location::Line(chunk.line),
            chunk.text,
            "comment form of the web page",
        )
    };
    rest.into_iter().map(tell).collect()
}

/// What a chunk is, seen from the kinds of the blocks before it in its section.
fn kind(chunk: &Chunk, section: &[BlockKind]) -> BlockKind {
    let is_letter = section.first() == Some(&BlockKind::Salutation);
    match structure::kind_of_line(&chunk.text, section.last().copied(), is_letter) {
        _ if chunk.item.is_some() => BlockKind::ListItem,
        BlockKind::Paragraph if chunk.is_single_line && structure::is_heading(&chunk.text) => {
            BlockKind::Heading
        }
        kind if chunk.is_single_line => kind,
        _ => BlockKind::Paragraph,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::{ImportError, Imported, Metadata, assemble};

    fn import(text: &str) -> Result<Imported, ImportError> {
        assemble::report(vec![read(text)], "sample", &Metadata::default())
    }

    fn imported(text: &str) -> Imported {
        import(text).expect("importable")
    }

    #[test]
    fn wrapped_lines_are_joined_and_items_kept_apart() {
        let report =
            imported("A Title\n\nOne two\nthree  four.\n\n- first\n- second\n  goes on\n").report;
        let texts: Vec<&str> = report.sections[0]
            .blocks
            .iter()
            .map(|block| block.text.as_str())
            .collect();
        assert_eq!(texts, ["One two three four.", "first", "second goes on"]);
    }

    #[test]
    fn lists_within_lists_and_numbered_ones_keep_their_depth() {
        let text = "A Title\n\nWhat follows:\n1. first\n   - within\n\t- also within\n        - deeper\n2. second,\nwhich goes on\n\nText of\n2021. That is no item.\n\nA. Smith said so.\n\n  * alone\n";
        let report = imported(text).report;
        assert_eq!(
            report.sections[0]
                .blocks
                .iter()
                .filter(|block| block.kind == BlockKind::ListItem)
                .count(),
            6
        );
        let blocks: Vec<(u8, &str)> = report.sections[0]
            .blocks
            .iter()
            .map(|block| (block.depth, block.text.as_str()))
            .collect();
        let list = [
            (0, "1. first"),
            (1, "within"),
            (2, "also within"),
            (2, "deeper"),
            (0, "2. second, which goes on"),
        ];
        assert_eq!(
            blocks,
            [
                &[(0, "What follows:")],
                &list[..],
                &[
                    (0, "Text of 2021. That is no item."),
                    (0, "A. Smith said so."),
                    (0, "alone")
                ]
            ]
            .concat()
        );
    }

    #[test]
    fn a_number_that_begins_a_wrapped_line_is_no_item() {
        let text = "A Title\n\n- The law of the year\n2021. It is known by article\n12) of the act.\n- 3 more\n\nSo it is in the U.S.\n5) and elsewhere:\n1. one\n2. two\n";
        let report = imported(text).report;
        let texts: Vec<&str> = report.sections[0]
            .blocks
            .iter()
            .map(|block| block.text.as_str())
            .collect();
        let law = "The law of the year 2021. It is known by article 12) of the act.";
        assert_eq!(
            texts,
            [
                law,
                "3 more",
                "So it is in the U.S. 5) and elsewhere:",
                "1. one",
                "2. two"
            ]
        );
    }

    #[test]
    fn two_sections_of_one_title_have_two_ids() {
        let report = imported("A Title\n\nText.\n\nNotes\n\nText.\n\nNotes\n\nText.\n").report;
        let ids: Vec<&str> = report
            .sections
            .iter()
            .map(|section| section.id.as_str())
            .collect();
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
        assert!(matches!(import(" \n\n"), Err(ImportError::Empty)));
    }
}
