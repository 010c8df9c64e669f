//! `toc`: the outline.

use serde_json::json;

use super::{Failure, GlobalOptions, Outcome, put};
use crate::{
    export,
    report::{Report, Section},
    text::{segment, width},
};

#[derive(Debug, clap::Args)]
pub struct TocArguments {
    /// Print a JSON array
    #[arg(long)]
    json: bool,
}

pub fn run(global: &GlobalOptions, given: &TocArguments) -> Result<Outcome, Failure> {
    let report = global.report()?;
    put(&if given.json {
        json(&report)
    } else {
        table(&report)
    })?;
    Ok(Outcome::Done)
}

/// Words in a section, without its title.
pub fn words(section: &Section) -> usize {
    section
        .blocks
        .iter()
        .map(|block| segment::word_count(&block.text))
        .sum()
}

fn json(report: &Report) -> String {
    let sections = (1..)
        .zip(&report.sections)
        .map(|(number, section): (usize, _)| {
            json!({
                "number": number,
                "id": section.id,
                "title": section.title,
                "level": section.level,
                "blocks": section.blocks.len(),
                "words": words(section),
            })
        });
    export::json::array(sections.collect())
}

fn table(report: &Report) -> String {
    let title = |section: &Section| {
        format!(
            "{}{}",
            "  ".repeat(usize::from(section.level.saturating_sub(1)).min(8)),
            width::shown(&section.title)
        )
    };
    let widest = report
        .sections
        .iter()
        .map(|section| width::width(&title(section)))
        .max()
        .unwrap_or(0);
    let rows = (1..)
        .zip(&report.sections)
        .map(|(number, section): (usize, _)| {
            let title = title(section);
            let gap = " ".repeat(widest.saturating_sub(width::width(&title)));
            format!(
                "{number:>4}  {title}{gap}  {:>7} words  {}\n",
                words(section),
                width::shown(&section.id)
            )
        });
    rows.collect()
}
