//! Writes a report, or parts of it, in other people's formats. A format is one file here and
//! one arm of [`write()`]. The notebook's formats are in [`notes`],
//! the report with notes in place in [`annotated`], two editions in [`compared`].

pub mod annotated;
pub mod compared;
mod html;
pub mod json;
mod markdown;
pub mod notes;
mod rendered;
mod text;

use std::cmp::Reverse;

use crate::{
    report::{Block, Report, Section, Span, address::Address},
    text::width,
};

/// The formats of `print`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Format {
    Text,
    Markdown,
    Html,
    Json,
}

/// A section, or some blocks of it.
#[derive(Debug)]
pub struct Part<'a> {
    pub section: &'a Section,
    /// Index of the section, from 0.
    pub index: usize,
    /// Whether the title is written: not for single blocks.
    pub has_title: bool,
    /// Blocks with their index, from 0.
    pub blocks: Vec<(usize, &'a Block)>,
}

/// What addresses name, in the order given; the whole report where none is given.
pub fn parts<'a>(report: &'a Report, addresses: &[Address]) -> Vec<Part<'a>> {
    let whole: Vec<Address> = (0..report.sections.len())
        .map(|section| Address {
            section,
            block: None,
        })
        .collect();
    let wanted = if addresses.is_empty() {
        &whole
    } else {
        addresses
    };
    wanted
        .iter()
        .filter_map(|address| part(report, *address))
        .collect()
}

fn part(report: &Report, address: Address) -> Option<Part<'_>> {
    let section = report.sections.get(address.section)?;
    let all = section.blocks.iter().enumerate();
    let blocks = all
        .filter(|(index, _)| address.block.is_none_or(|block| block == *index))
        .collect();
    Some(Part {
        section,
        index: address.section,
        has_title: address.block.is_none(),
        blocks,
    })
}

/// Writes parts of a report. `width` is the most columns of a line of plain text; none leaves
/// each block on one line.
pub fn write(format: Format, report: &Report, parts: &[Part<'_>], width: Option<usize>) -> String {
    match format {
        Format::Text => text::write(report, parts, width),
        Format::Markdown => markdown::write(parts),
        Format::Html => html::write(report, parts),
        Format::Json => json::write(parts),
    }
}

/// Text as it may be written where tabs mean something, see [`width::written`].
fn written_with_tabs(text: &str) -> String {
    text.split('\t')
        .map(width::written)
        .collect::<Vec<_>>()
        .join("\t")
}

/// A block's text with marks before and after each span that has them; the text between is
/// escaped. Of spans that end together the inner one ends first; of those over the same words that
/// is the later one.
fn marked(
    block: &Block,
    escape: fn(&str) -> String,
    marks_of: impl Fn(&Span) -> Option<(String, String)>,
) -> String {
    let (mut marks, mut ends) = (Vec::new(), Vec::new());
    for span in block.spans.iter().filter(|span| span.start < span.end) {
        if let Some((before, after)) = marks_of(span) {
            marks.push((span.start, true, Reverse(span.end), before));
            ends.push((span.end, false, Reverse(span.start), after));
        }
    }
    marks.extend(ends.into_iter().rev());
    marks.sort_by_key(|(at, opens, other, _)| (*at, *opens, *other));
    let mut text = String::new();
    let mut from = 0;
    for (at, _, _, mark) in marks {
        text.push_str(&escape(block.text.get(from..at).unwrap_or_default()));
        text.push_str(&mark);
        from = at;
    }
    text.push_str(&escape(block.text.get(from..).unwrap_or_default()));
    text
}
