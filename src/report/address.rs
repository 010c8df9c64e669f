//! Addresses: what people type and cite for a section (`2`, `ghana/protection`), a paragraph
//! (`2:5`), a printed page (`p61`), and ranges of them.

use std::ops::Range;

use super::{
    Report,
    lookup::{is_end, is_number_or_page},
    outline,
    position::{Passage, Position},
};
use crate::text::{fold::fold_text, wording};

/// Sections that are named where a text fits several.
const NAMED: usize = 5;

/// Least likeness, of 1, of an id that is offered for one that is not there.
const LIKE: f64 = 0.6;

/// The address of a section or block in a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Address {
    /// Index of the section, from 0.
    pub section: usize,
    /// Index of the block, from 0; `None` for the whole section.
    pub block: Option<usize>,
    /// Byte of the block's text where a printed page begins; else 0.
    pub byte: usize,
}

/// Part of a report, as it is typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Stretch {
    /// Sections by index, with their titles.
    Sections(Range<usize>),
    /// Blocks of a section by index.
    Blocks(usize, Range<usize>),
    /// A printed page.
    Page(Passage),
}

/// Why an address is invalid in a report.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AddressError {
    #[error("no section `{wanted}`; {hint}")]
    NoSection { wanted: String, hint: String },
    #[error("`{wanted}` fits {count} sections: {paths}; type more of the path, or the number")]
    Several {
        wanted: String,
        count: usize,
        paths: String,
    },
    #[error("section {section} has {blocks}, not `{wanted}`; paragraphs count from 1")]
    NoBlock {
        section: usize,
        blocks: String,
        wanted: String,
    },
    #[error("no page `{wanted}`; {hint}")]
    NoPage { wanted: String, hint: String },
    #[error("`{0}` ends before it begins")]
    Backwards(String),
}

impl Address {
    /// The address of the block at a position.
    pub fn of(position: Position) -> Self {
        Self {
            section: position.section,
            block: Some(position.block),
            byte: 0,
        }
    }

    /// The address of a section.
    pub fn of_section(section: usize) -> Self {
        Self {
            section,
            block: None,
            byte: 0,
        }
    }

    /// Parses an address: `2`, `2:5`, `ghana/protection`, `protection:5` or `p61`.
    ///
    /// # Errors
    /// If the report has no such section, block or page, or several.
    pub fn parse(text: &str, report: &Report) -> Result<Self, AddressError> {
        Self::parse_near(text, report, 0)
    }

    /// As [`Self::parse`]; where several sections fit, those near `here` are named first.
    ///
    /// # Errors
    /// As [`Self::parse`].
    pub fn parse_near(text: &str, report: &Report, here: usize) -> Result<Self, AddressError> {
        let text = text.trim();
        if let Some(page) = page_named(text, report)? {
            let start = report.pages[page].start();
            return Ok(Self {
                byte: start.byte,
                ..Self::of(start)
            });
        }
        let (name, block) = match text.rsplit_once(':') {
            Some((name, block)) if find_section(text, report, here).is_err() => (name, Some(block)),
            _ => (text, None),
        };
        let section = find_section(name, report, here)?;
        let block = block.map(|wanted| find_block(wanted, section, report));
        Ok(Self {
            section,
            block: block.transpose()?,
            byte: 0,
        })
    }

    /// The start of the section, block or page.
    pub fn position(self) -> Position {
        Position::new(self.section, self.block.unwrap_or(0), self.byte)
    }

    /// As lists and machines have it: `523`, `523:2`.
    pub fn number(self, report: &Report) -> String {
        let section = self.section + 1;
        match self.block.and_then(|_| report.number(self.position())) {
            Some(block) => format!("{section}:{block}"),
            None => section.to_string(),
        }
    }

    /// As people read and type it: the shortest unique end of the path, `ghana/protection:2`.
    pub fn name(self, report: &Report) -> String {
        let section = report.short_id(self.section);
        match self.block.and_then(|_| report.number(self.position())) {
            Some(block) => format!("{section}:{block}"),
            None => section,
        }
    }
}

impl Stretch {
    /// Parses an address or range: `2` and all below it, `2..4`, `2:5`, `2:3-5`, `p61`.
    ///
    /// # Errors
    /// As [`Address::parse`]; also if it ends before it begins.
    pub fn parse(text: &str, report: &Report) -> Result<Self, AddressError> {
        let text = text.trim();
        if let Some((first, last)) = text.split_once("..") {
            let first = find_section(first.trim(), report, 0)?;
            let last = find_section(last.trim(), report, first)?;
            let end = report.outline().below(last).end;
            return if first <= last {
                Ok(Self::Sections(first..end))
            } else {
                Err(AddressError::Backwards(text.into()))
            };
        }
        if let Some(page) = page_named(text, report)? {
            let end = report.pages.get(page + 1).map(|next| next.start());
            let start = report.pages[page].start();
            let end = end.unwrap_or_else(|| report.end()).max(start);
            return Ok(Self::Page(Passage::new(start, end)));
        }
        if let Some((from, last)) = text.rsplit_once('-').filter(|(from, last)| {
            last.parse::<usize>().is_ok()
                && find_section(text, report, 0).is_err()
                && from.contains(':')
        }) {
            let first = Address::parse(from, report)?;
            let last = find_block(last, first.section, report)?;
            return match first.block.filter(|&block| block <= last) {
                Some(block) => Ok(Self::Blocks(first.section, block..last + 1)),
                None => Err(AddressError::Backwards(text.into())),
            };
        }
        let address = Address::parse(text, report)?;
        Ok(match address.block {
            Some(block) => Self::Blocks(address.section, block..block + 1),
            None => Self::Sections(report.outline().below(address.section)),
        })
    }

    /// From its first byte to its last.
    pub fn passage(&self, report: &Report) -> Passage {
        match self {
            Self::Page(passage) => *passage,
            Self::Blocks(section, blocks) => {
                let last = Position::new(*section, blocks.end.saturating_sub(1), 0);
                let start = Position::new(*section, blocks.start, 0);
                Passage::new(start, report.passage_of_block(last).end())
            }
            Self::Sections(sections) => {
                let last = sections.end.saturating_sub(1);
                let blocks = report
                    .sections
                    .get(last)
                    .map_or(0, |last| last.blocks.len());
                let last = Position::new(last, blocks.saturating_sub(1), 0);
                let start = Position::new(sections.start, 0, 0);
                Passage::new(start, report.passage_of_block(last).end())
            }
        }
    }
}

/// The index of the page that a text names, `None` where it names none; a section of that very id
/// goes first.
fn page_named(text: &str, report: &Report) -> Result<Option<usize>, AddressError> {
    let Some(label) = text
        .strip_prefix('p')
        .filter(|_| report.section_index(text).is_none())
    else {
        return Ok(None);
    };
    let label = label.strip_prefix('.').unwrap_or(label).trim();
    let found = report.pages.iter().position(|page| page.label == label);
    let is_number = !label.is_empty() && label.bytes().all(|byte| byte.is_ascii_digit());
    if found.is_some() || !is_number {
        return Ok(found);
    }
    let hint = match (report.pages.first(), report.pages.last()) {
        (Some(first), Some(last)) => {
            format!(
                "printed pages here go from {} to {}",
                first.label, last.label
            )
        }
        _ => "this report has no printed pages".into(),
    };
    Err(AddressError::NoPage {
        wanted: label.into(),
        hint,
    })
}

/// The section of a number, an id, or a unique end of a path.
fn find_section(name: &str, report: &Report, here: usize) -> Result<usize, AddressError> {
    if !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_digit()) {
        let index = name.parse::<usize>().ok().and_then(|n| n.checked_sub(1));
        let known = index.filter(|&index| index < report.sections.len());
        return known.ok_or_else(|| none(name, report));
    }
    if let Some(exact) = report.section_index(name) {
        return Ok(exact);
    }
    match ending(name, report).as_slice() {
        [] => Err(none(name, report)),
        [one] => Ok(*one),
        several => Err(several_fit(name, report, several, here)),
    }
}

/// The sections whose paths end with what is typed: as it stands, else without capitals, accents
/// and facets.
fn ending(name: &str, report: &Report) -> Vec<usize> {
    let ends_with = |name: &str| -> Vec<usize> {
        let last = name.rsplit('/').next().unwrap_or(name);
        let fitting = report.sections_ending(last).iter().copied();
        fitting
            .filter(|&at| is_end(&report.sections[at].id, name))
            .collect()
    };
    let as_typed = ends_with(name);
    if !as_typed.is_empty() {
        return as_typed;
    }
    let key = |part: &str| outline::key(&plain(part), true);
    let parts: Vec<String> = name.split('/').map(key).collect();
    if name.split('/').any(|part| wording::kebab(part).is_empty()) {
        return Vec::new();
    }
    let wanted = parts.join("/");
    let all = report.sections.iter().enumerate();
    let fits = |id: &str| is_end(&plain(id), &wanted);
    all.filter(|(_, section)| fits(&section.id))
        .map(|(index, _)| index)
        .collect()
}

/// Without capitals and accents.
fn plain(text: &str) -> String {
    fold_text(text, true).into_iter().collect()
}

fn none(name: &str, report: &Report) -> AddressError {
    let count = wording::count(report.sections.len(), "section");
    let wanted = plain(name);
    let parts = wanted.matches('/').count() + 1;
    // As many parts of an id as are typed are compared.
    let likeness = |id: &str| {
        let before = id.rmatch_indices('/').nth(parts - 1);
        let end = before.and_then(|(at, _)| id.get(at + 1..)).unwrap_or(id);
        wording::likeness(end, &wanted)
    };
    let ids = report.sections.iter().map(|section| &section.id);
    let nearest = ids
        .map(|id| (likeness(&plain(id)), id))
        .filter(|(likeness, _)| *likeness >= LIKE && !is_number_or_page(&wanted))
        .max_by(|a, b| a.0.total_cmp(&b.0));
    let hint = match nearest {
        Some((_, id)) => format!("did you mean `{id}`?"),
        None => format!("the report has {count}, numbered from 1"),
    };
    AddressError::NoSection {
        wanted: name.into(),
        hint,
    }
}

fn several_fit(name: &str, report: &Report, several: &[usize], here: usize) -> AddressError {
    let outline = report.outline();
    let around = outline.path(here);
    let shared = |section: usize| {
        let path = outline.path(section);
        path.iter().zip(&around).take_while(|(a, b)| a == b).count()
    };
    let mut nearest = several.to_vec();
    nearest.sort_by_key(|&section| {
        (
            std::cmp::Reverse(shared(section)),
            section.abs_diff(here),
            section,
        )
    });
    let named = |&section: &usize| format!("{} ({})", report.sections[section].id, section + 1);
    let mut paths: Vec<String> = nearest.iter().take(NAMED).map(named).collect();
    if several.len() > NAMED {
        paths.push(format!("and {} more", several.len() - NAMED));
    }
    AddressError::Several {
        wanted: name.into(),
        count: several.len(),
        paths: paths.join(", "),
    }
}

fn find_block(wanted: &str, section: usize, report: &Report) -> Result<usize, AddressError> {
    let number = wanted.trim().parse::<usize>().ok();
    let index = number.and_then(|number| report.numbered(section, number));
    index.ok_or_else(|| AddressError::NoBlock {
        section: section + 1,
        blocks: wording::count(report.numbers(section), "paragraph"),
        wanted: wanted.into(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::{Page, snapshot, testing::nested};

    fn report() -> Report {
        let mut report = nested(&[
            (1, "Narratives"),
            (2, "Côte d’Ivoire (Tier 2)"),
            (3, "Protection"),
            (2, "Togo"),
            (3, "Protection"),
            (3, "Prevention"),
            (1, "Method"),
        ]);
        report.pages = [("iv", 0), ("61", 2), ("62", 4)]
            .map(|(label, section)| Page {
                label: label.into(),
                section,
                block: 0,
                byte: 2,
            })
            .into();
        report
    }

    #[test]
    fn a_unique_end_of_a_path_is_an_address_however_it_is_typed() {
        let report = report();
        let section = |text| Address::parse(text, &report).map(|address| address.section);
        for (typed, expected) in [
            ("prevention", 5),
            ("togo/protection", 4),
            ("Togo/Protection", 4),
            ("cote d'ivoire/protection", 2),
            ("Côte d’Ivoire (Tier 2)", 1),
            ("narratives/togo", 3),
            ("7", 6),
            (" 7 ", 6),
        ] {
            assert_eq!(section(typed), Ok(expected), "{typed}");
        }
        let refused = |text| Address::parse(text, &report).expect_err(text).to_string();
        assert_eq!(
            refused("protection"),
            "`protection` fits 2 sections: narratives/côte-divoire/protection (3), narratives/togo/protection (5); type more of the path, or the number"
        );
        let near = Address::parse_near("protection", &report, 5).expect_err("two");
        assert!(
            near.to_string()
                .contains(": narratives/togo/protection (5), "),
            "{near}"
        );
        assert_eq!(
            refused("togo/protction"),
            "no section `togo/protction`; did you mean `narratives/togo/protection`?"
        );
        assert_eq!(
            refused("8"),
            "no section `8`; the report has 7 sections, numbered from 1"
        );
        assert!(refused("rotection").starts_with("no section"));
        assert!(refused("/").starts_with("no section"));
        assert!(refused("").starts_with("no section"));
    }

    #[test]
    fn paragraphs_count_without_headings() {
        let mut report = snapshot::bundled();
        report.sections[1].blocks[2].kind = crate::report::BlockKind::Heading;
        let address = Address::parse("2:3", &report).expect("there");
        assert_eq!(address.block, Some(3));
        assert_eq!(address.number(&report), "2:3");
        assert_eq!(
            address.name(&report),
            "message-from-the-secretary-of-state:3"
        );
        let error = Address::parse("2:99", &report).expect_err("too many");
        assert_eq!(
            error.to_string(),
            format!(
                "section 2 has {} paragraphs, not `99`; paragraphs count from 1",
                report.sections[1].blocks.len() - 1
            )
        );
    }

    #[test]
    fn pages_are_named_by_their_labels() {
        let report = report();
        let at = |text| Address::parse(text, &report).map(Address::position);
        assert_eq!(at("p61"), Ok(Position::new(2, 0, 2)));
        assert_eq!(at("piv"), Ok(Position::new(0, 0, 2)));
        assert_eq!(
            at("p99").expect_err("none").to_string(),
            "no page `99`; printed pages here go from iv to 62"
        );
        assert_eq!(
            Address::parse("p9", &snapshot::bundled())
                .expect_err("none")
                .to_string(),
            "no page `9`; this report has no printed pages"
        );
        assert_eq!(at("prevention").map(|at| at.section), Ok(5));
        let page = Stretch::parse("p61", &report).expect("a page");
        assert_eq!(
            page,
            Stretch::Page(Passage::new(Position::new(2, 0, 2), Position::new(4, 0, 2)))
        );
    }

    #[test]
    fn ranges_take_all_that_is_below_their_last_section() {
        let report = report();
        let stretch = |text| Stretch::parse(text, &report);
        assert_eq!(stretch("narratives"), Ok(Stretch::Sections(0..6)));
        assert_eq!(stretch("2..4"), Ok(Stretch::Sections(1..6)));
        assert_eq!(stretch("togo..method"), Ok(Stretch::Sections(3..7)));
        assert!(stretch("4..2").is_err());
        let bundled = snapshot::bundled();
        let stretch = |text| Stretch::parse(text, &bundled);
        assert_eq!(stretch("2:3-5"), Ok(Stretch::Blocks(1, 2..5)));
        assert_eq!(stretch("2:3"), Ok(Stretch::Blocks(1, 2..3)));
        assert!(stretch("2:5-3").is_err() && stretch("2:3-99").is_err());
    }
}
