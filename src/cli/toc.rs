//! `toc`: the outline.

use serde_json::json;

use super::{Failure, GlobalOptions, Outcome, put};
use crate::{
    export,
    report::{Report, Section, position::Position},
    text::{segment, width},
};

#[derive(Debug, clap::Args)]
pub struct TocArguments {
    /// Only sections of the first N levels
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u8).range(1..))]
    depth: Option<u8>,
    /// Print a JSON array
    #[arg(long)]
    json: bool,
}

pub fn run(global: &GlobalOptions, given: &TocArguments) -> Result<Outcome, Failure> {
    let report = global.report()?;
    let outline = report.outline();
    let depth = given.depth.map_or(usize::MAX, usize::from);
    // A sole top section is above the first level.
    let is_shown = |&section: &usize| outline.node(section).is_some_and(|node| node.depth < depth);
    let sections: Vec<usize> = (0..report.sections.len()).filter(is_shown).collect();
    put(&if given.json {
        json(&report, &sections)
    } else {
        table(&report, &sections)
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

/// The printed page that a section begins on.
fn page(report: &Report, section: usize) -> Option<&str> {
    report.page(Position::new(section, 0, 0))
}

fn json(report: &Report, sections: &[usize]) -> String {
    let object = |&index: &usize| {
        let section = report.sections.get(index)?;
        Some(json!({
            "number": index + 1,
            "id": section.id,
            "path": report.path(index),
            "title": section.title,
            "level": section.level,
            "blocks": section.blocks.len(),
            "words": words(section),
            "page": page(report, index),
        }))
    };
    export::json::array(sections.iter().filter_map(object).collect())
}

fn table(report: &Report, sections: &[usize]) -> String {
    let outline = report.outline();
    let title = |section: usize| {
        let node = outline.node(section);
        let depth = node.map_or(0, |node| node.depth).min(8);
        let title = node.map_or("", |node| node.title.as_str());
        format!("{}{}", "  ".repeat(depth), width::shown(title))
    };
    let widest = sections.iter().map(|&at| width::width(&title(at))).max();
    let row = |&index: &usize| {
        let section = report.sections.get(index)?;
        let title = title(index);
        let gap = " ".repeat(widest.unwrap_or(0).saturating_sub(width::width(&title)));
        let page = page(report, index).map(|page| format!("  p. {}", width::shown(page)));
        Some(format!(
            "{:>4}  {title}{gap}  {:>7} words  {}{}\n",
            index + 1,
            words(section),
            width::shown(&section.id),
            page.unwrap_or_default()
        ))
    };
    sections.iter().filter_map(row).collect()
}
