//! Snapshots: a report as one RON value in one UTF-8 file. Reads, checks and writes their text.

use std::{collections::HashSet, io};

use ron::{extensions::Extensions, ser::PrettyConfig};

use super::{first_format, position::Position};
use crate::report::{BlockKind, DEEPEST_ITEM, FORMAT, Report};

/// The bundled snapshot of the 2021 report.
const BUNDLED: &str = include_str!("../../assets/report.ron");

/// Why a snapshot cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum SnapshotError {
    #[error("{0}")]
    Unreadable(#[from] io::Error),
    #[error("too large: {0} MiB, the limit is 256 MiB")]
    TooLarge(u64),
    #[error("not UTF-8 text (byte {0}); use `tip-reader import` for other files")]
    NotText(usize),
    #[error("line {line}, column {column}: {reason}")]
    Malformed {
        line: usize,
        column: usize,
        reason: String,
    },
    #[error("format {0} is too new for this version; use a newer tip-reader")]
    Newer(u32),
    #[error("{0}")]
    Inconsistent(String),
}

/// The bundled report.
///
/// # Panics
/// Never: a test makes the bundled snapshot again and reads it.
#[expect(
    clippy::expect_used,
    reason = "a part of the program, checked by a test"
)]
pub fn bundled() -> Report {
    parse(BUNDLED).expect("the bundled snapshot is checked by a test")
}

/// What a snapshot says of itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    pub id: String,
    /// Label of the edition.
    pub edition: String,
    pub title: String,
    pub published: Option<String>,
}

impl Head {
    pub fn of(report: &Report) -> Self {
        Self {
            id: report.id.clone(),
            edition: report.edition.clone(),
            title: report.title.clone(),
            published: report.published.clone(),
        }
    }
}

/// The metadata at the start of a snapshot's text as [`write()`] makes it; `None` where it is
/// written otherwise, or of a newer format.
pub fn head(start: &str) -> Option<Head> {
    let start = start.strip_prefix('\u{feff}').unwrap_or(start);
    let (metadata, _) = start.split_once("\n  sections: [")?;
    let mut report: Report = options()
        .from_str(&format!("{metadata}\n  sections: [])"))
        .ok()?;
    match report.format {
        1 => first_format::modernize(&mut report),
        FORMAT => {}
        _ => return None,
    }
    Some(Head::of(&report))
}

/// Reads a snapshot from its text; skips a byte order mark.
///
/// # Errors
/// If it is malformed, of a newer format, or inconsistent.
pub fn parse(text: &str) -> Result<Report, SnapshotError> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut report: Report = match options().from_str(text) {
        Ok(report) => report,
        Err(error) => return Err(newer(text).unwrap_or_else(|| malformed(error))),
    };
    if !(1..=FORMAT).contains(&report.format) {
        return Err(SnapshotError::Newer(report.format));
    }
    if let Some(reason) = inconsistency(&report) {
        return Err(SnapshotError::Inconsistent(reason));
    }
    if report.format == 1 {
        first_format::modernize(&mut report);
    }
    Ok(report)
}

/// The text of a snapshot, which [`parse`] reads back to the same report.
///
/// # Errors
/// If the report cannot be encoded as RON, which does not happen to reports that were read or
/// imported.
pub fn write(report: &Report) -> Result<String, SnapshotError> {
    let in_ron = |escapes: bool| {
        let config = PrettyConfig::new()
            .escape_strings(escapes)
            .indentor("  ")
            .extensions(Extensions::IMPLICIT_SOME);
        options()
            .to_string_pretty(report, config)
            .map_err(|error| SnapshotError::Inconsistent(error.to_string()))
    };
    let mut text = in_ron(false)?;
    // A terminal would act on control characters; only texts with some pay with escapes everywhere.
    if text
        .chars()
        .any(|c| c.is_control() && !matches!(c, '\n' | '\t'))
    {
        text = in_ron(true)?;
    }
    text.push('\n');
    Ok(text)
}

fn options() -> ron::Options {
    ron::Options::default().with_default_extension(Extensions::IMPLICIT_SOME)
}

fn malformed(error: ron::error::SpannedError) -> SnapshotError {
    let start = error.span.start;
    SnapshotError::Malformed {
        line: start.line,
        column: start.col,
        reason: error.code.to_string(),
    }
}

/// A file of a newer format has unknown fields: report the format instead.
fn newer(text: &str) -> Option<SnapshotError> {
    #[derive(serde::Deserialize)]
    struct Header {
        format: u32,
    }
    let header: Header = options().from_str(text).ok()?;
    (header.format > FORMAT).then_some(SnapshotError::Newer(header.format))
}

/// The inconsistency in a snapshot, in words.
fn inconsistency(report: &Report) -> Option<String> {
    let mut ids = HashSet::new();
    if report.sections.is_empty() {
        return Some("no sections".into());
    }
    if !is_kebab(&report.id) {
        return Some(format!(
            "id `{}` is not kebab-case (letters, digits, single hyphens)",
            report.id
        ));
    }
    for (number, section) in (1..).zip(&report.sections) {
        if !section.id.split('/').all(is_kebab) {
            return Some(format!(
                "section {number}: id `{}` is not kebab-case, with `/` between the parts",
                section.id
            ));
        }
        if !ids.insert(&section.id) {
            return Some(format!("section {number}: duplicate id `{}`", section.id));
        }
        for (paragraph, block) in (1..).zip(&section.blocks) {
            let misplaced = block
                .spans
                .iter()
                .find(|span| block.text.get(span.start..span.end).is_none());
            if let Some(span) = misplaced {
                return Some(format!(
                    "{number}:{paragraph}: no text at bytes {} to {}",
                    span.start, span.end
                ));
            }
            if block.depth > 0 && (block.kind != BlockKind::ListItem || block.depth > DEEPEST_ITEM)
            {
                return Some(format!(
                    "{number}:{paragraph}: only list items have a depth, at most {DEEPEST_ITEM}"
                ));
            }
        }
    }
    misplaced_page(report)
}

/// The first page that begins nowhere, or before the one before it.
fn misplaced_page(report: &Report) -> Option<String> {
    let mut last = Position::default();
    for page in &report.pages {
        let start = page.start();
        let block = report.block(start.block_start());
        let is_there = block.is_some_and(|block| block.text.is_char_boundary(start.byte));
        if !is_there || start < last {
            return Some(format!(
                "page `{}`: no text at section {}, block {}, byte {} after the page before",
                page.label, page.section, page.block, page.byte
            ));
        }
        last = start;
    }
    None
}

/// Lower-case letters or digits, in groups joined by single hyphens.
fn is_kebab(id: &str) -> bool {
    !id.is_empty()
        && id.split('-').all(|part| {
            !part.is_empty()
                && part
                    .chars()
                    .all(|c| c.is_alphanumeric() && !c.is_uppercase())
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_back() {
        let report = bundled();
        let text = write(&report).expect("writable");
        assert_eq!(parse(&text).expect("readable"), report);
    }

    #[test]
    fn the_head_of_a_snapshot_is_read_without_its_text() {
        let report = bundled();
        let text = write(&report).expect("writable");
        let cut = text
            .get(..text.find("blocks").expect("there"))
            .expect("a start");
        assert_eq!(head(cut), Some(Head::of(&report)));
        assert_eq!(head("(format: 3,\n  sections: ["), None);
        assert_eq!(head(""), None);
    }

    #[test]
    fn an_unknown_field_is_named_with_line_and_column() {
        let text = write(&bundled())
            .expect("writable")
            .replacen("  author:", "  autor:", 1);
        let message = parse(&text).expect_err("refused").to_string();
        assert!(
            message.starts_with("line ")
                && message.contains("column ")
                && message.contains("autor"),
            "{message}"
        );
    }

    #[test]
    fn a_newer_format_is_refused_plainly() {
        let text = write(&bundled()).expect("writable").replacen(
            "format: 2,",
            "format: 3, mood: \"new\",",
            1,
        );
        let message = parse(&text).expect_err("refused").to_string();
        assert_eq!(
            message,
            "format 3 is too new for this version; use a newer tip-reader"
        );
    }

    #[test]
    fn inconsistencys_are_named() {
        let mut report = bundled();
        report.sections[2].id = report.sections[1].id.clone();
        let message = parse(&write(&report).expect("writable"))
            .expect_err("refused")
            .to_string();
        assert_eq!(
            message,
            "section 3: duplicate id `message-from-the-secretary-of-state`"
        );
        let mut report = bundled();
        report.sections[1].blocks[2]
            .spans
            .push(crate::report::Span {
                start: 1,
                end: 7,
                style: crate::report::SpanStyle::Strong,
            });
        report.sections[1].blocks[2].text = "’’’".into();
        assert!(
            parse(&write(&report).expect("writable"))
                .expect_err("refused")
                .to_string()
                .starts_with("2:3:")
        );
    }

    #[test]
    fn only_list_items_have_a_depth() {
        let mut report = bundled();
        assert!(!write(&report).expect("writable").contains("depth"));
        let block = &mut report.sections[1].blocks[2];
        (block.kind, block.depth) = (BlockKind::ListItem, DEEPEST_ITEM);
        assert_eq!(
            parse(&write(&report).expect("writable")).expect("readable"),
            report
        );
        for (kind, depth) in [
            (BlockKind::ListItem, DEEPEST_ITEM + 1),
            (BlockKind::Paragraph, 1),
        ] {
            let block = &mut report.sections[1].blocks[2];
            (block.kind, block.depth) = (kind, depth);
            let message = parse(&write(&report).expect("writable"))
                .expect_err("refused")
                .to_string();
            assert_eq!(message, "2:3: only list items have a depth, at most 15");
        }
    }

    #[test]
    fn a_snapshot_has_no_control_characters_and_loses_none() {
        let mut report = bundled();
        report.sections[0].blocks[0].text = "a\u{1b}[2J\u{7f}\u{9b}\r\"\\b\n\tc".into();
        let text = write(&report).expect("writable");
        assert!(!text.contains(|c: char| c.is_control() && !matches!(c, '\n' | '\t')));
        assert_eq!(parse(&text).expect("readable"), report);
    }

    #[test]
    fn a_byte_order_mark_is_skipped() {
        let text = format!("\u{feff}{}", write(&bundled()).expect("writable"));
        assert!(parse(&text).is_ok());
    }
}
