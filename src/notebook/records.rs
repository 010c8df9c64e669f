//! Records as they are listed and collected: rows with facet, words and notes, and the same field
//! in all of them. Pure; records themselves are found by [`crate::report::records`].

use std::{collections::HashSet, ops::Range};

use super::Notebook;
use crate::{
    report::{Report, records::Group},
    text::{segment, wording},
};

/// A record as lists show it. Words and annotations count with all below it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordRow {
    /// Index of its section.
    pub section: usize,
    /// Its title without facet.
    pub name: String,
    pub facet: String,
    pub words: usize,
    pub notes: usize,
}

/// Why no field is meant by what was typed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FieldError {
    #[error("this report has no records: no sections that share the titles of their subheads")]
    NoRecords,
    #[error("no field `{wanted}`; available: {known}")]
    NoField { wanted: String, known: String },
    #[error("`{wanted}` could be {known}")]
    Several { wanted: String, known: String },
}

/// All records of a report, in reading order.
pub fn rows(report: &Report, notebook: &Notebook) -> Vec<RecordRow> {
    let outline = report.outline();
    let words = |section: usize| -> usize {
        let blocks = report.sections.get(section).map(|of| of.blocks.iter());
        let texts = blocks.into_iter().flatten();
        texts.map(|block| segment::word_count(&block.text)).sum()
    };
    let notes = |section: usize| -> usize { notebook.counts_in_section(section).iter().sum() };
    let mut records: Vec<usize> = all(report).copied().collect();
    records.sort_unstable();
    let row = |section| RecordRow {
        section,
        name: outline.name(section).to_owned(),
        facet: outline.facet(section).to_owned(),
        words: outline.below(section).map(words).sum(),
        notes: outline.below(section).map(notes).sum(),
    };
    records.into_iter().map(row).collect()
}

fn all(report: &Report) -> impl Iterator<Item = &usize> {
    let groups = report.records().groups().iter();
    groups.flat_map(|group| &group.records)
}

/// The keys of the fields of all records, in reading order.
pub fn fields(report: &Report) -> Vec<&str> {
    let mut seen = HashSet::new();
    let groups = report.records().groups().iter();
    let fields = groups.flat_map(|group| &group.fields).map(String::as_str);
    fields.filter(|field| seen.insert(*field)).collect()
}

/// The field that a text means: its key, the beginning of it, or a part of it.
///
/// # Errors
/// Where there is none, or several.
pub fn field_named(text: &str, report: &Report) -> Result<String, FieldError> {
    let (key, fields) = (wording::kebab(text), fields(report));
    if fields.is_empty() {
        return Err(FieldError::NoRecords);
    }
    let is_it: [fn(&str, &str) -> bool; 3] = [
        |field, key| field == key,
        |field, key| field.starts_with(key),
        |field, key| field.contains(key),
    ];
    let fitting = |is_it: &fn(&str, &str) -> bool| -> Vec<&str> {
        let fields = fields.iter().copied();
        fields.filter(|field| is_it(field, &key)).collect()
    };
    let found = is_it.iter().map(fitting).find(|found| !found.is_empty());
    match found.filter(|_| !key.is_empty()).as_deref() {
        Some([field]) => Ok((*field).to_owned()),
        Some(several) => Err(FieldError::Several {
            wanted: text.into(),
            known: several.join(", "),
        }),
        None => Err(FieldError::NoField {
            wanted: text.into(),
            known: fields.join(", "),
        }),
    }
}

/// The sections that are a field of the records, in reading order, each with all below it.
pub fn collected(field: &str, report: &Report) -> Vec<Range<usize>> {
    let keys = [field];
    let mut sections: Vec<usize> = all(report)
        .filter_map(|&record| field_of(record, &keys, report))
        .collect();
    sections.sort_unstable();
    let outline = report.outline();
    sections.into_iter().map(|at| outline.below(at)).collect()
}

/// The section below a record whose keys, from the record down, are these.
fn field_of(record: usize, keys: &[&str], report: &Report) -> Option<usize> {
    let outline = report.outline();
    keys.iter().try_fold(record, |above, key| {
        let has_key = |child: &usize| outline.node(*child).is_some_and(|node| node.key == *key);
        outline.children(Some(above)).find(has_key)
    })
}

/// The same field in another record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SameField {
    /// Index of its section.
    pub section: usize,
    /// Records between that lack the field.
    pub skipped: Vec<usize>,
}

/// Why there is no same field in another record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoSameField {
    NoRecords,
    /// The section is in no record.
    Outside,
    /// No further record has it.
    AtEnd,
}

/// The field that a section is, in the record so many further on; in the last one that has it,
/// where there are fewer. Records go backward where `by` is negative.
///
/// # Errors
/// Where no further record has it.
pub fn same_field(section: usize, by: isize, report: &Report) -> Result<SameField, NoSameField> {
    let records = report.records();
    if records.groups().is_empty() {
        return Err(NoSameField::NoRecords);
    }
    let here = records.record_of(section).ok_or(NoSameField::Outside)?;
    let group = records.group_of(here).ok_or(NoSameField::Outside)?;
    let outline = report.outline();
    let below = outline.path(section).into_iter().filter(|&at| at > here);
    let keys = below.filter_map(|at| outline.node(at).map(|node| node.key.as_str()));
    let keys: Vec<&str> = keys.collect();
    let (mut found, mut skipped) = (None, Vec::new());
    let (mut left, mut between) = (by.unsigned_abs(), Vec::new());
    for record in further(group, here, by) {
        let Some(section) = field_of(record, &keys, report) else {
            between.push(record);
            continue;
        };
        skipped.append(&mut between);
        found = Some(section);
        left = left.saturating_sub(1);
        if left == 0 {
            break;
        }
    }
    found
        .map(|section| SameField { section, skipped })
        .ok_or(NoSameField::AtEnd)
}

/// The records of a group after one, or before it, the nearest first.
fn further(group: &Group, here: usize, by: isize) -> Vec<usize> {
    let records = group.records.iter().copied();
    match by < 0 {
        true => records.rev().filter(|&record| record < here).collect(),
        false => records.filter(|&record| record > here).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::testing::nested;

    fn report() -> Report {
        nested(&[
            (1, "Method"),
            (1, "Entries"),
            (2, "Asha (Tier 1)"),
            (3, "Protection"),
            (3, "Prevention"),
            (2, "Bora"),
            (3, "Prevention"),
            (2, "Cale (Tier 2)"),
            (3, "Protection"),
            (4, "Shelters"),
            (3, "Prevention"),
        ])
    }

    #[test]
    fn a_row_counts_with_all_below_it() {
        let rows = rows(&report(), &Notebook::default());
        let shown = rows
            .iter()
            .map(|row| (row.section, row.name.as_str(), row.facet.as_str()));
        let expected = [
            (2, "Asha", "Tier 1"),
            (5, "Bora", ""),
            (7, "Cale", "Tier 2"),
        ];
        assert_eq!(shown.collect::<Vec<_>>(), expected);
        assert_eq!(
            rows[0].words,
            "Text of Asha Tier 1 Text of x Text of x".split(' ').count()
        );
    }

    #[test]
    fn a_field_is_meant_by_its_beginning_and_collected_with_what_is_below_it() {
        let report = report();
        let field = |text| field_named(text, &report).map_err(|error| error.to_string());
        assert_eq!(field("Protection"), Ok("protection".into()));
        assert_eq!(field("prot"), Ok("protection".into()));
        assert_eq!(field("venti"), Ok("prevention".into()));
        assert_eq!(
            field("pr"),
            Err("`pr` could be protection, prevention".into())
        );
        assert_eq!(
            field("x"),
            Err("no field `x`; available: protection, prevention".into())
        );
        assert_eq!(collected("protection", &report), [3..4, 8..10]);
    }

    #[test]
    fn the_next_record_that_has_the_field_is_gone_to() {
        let report = report();
        let skipped = SameField {
            section: 8,
            skipped: vec![5],
        };
        assert_eq!(same_field(3, 1, &report), Ok(skipped));
        let to = |from, by| same_field(from, by, &report).map(|found| found.section);
        assert_eq!(to(4, 2), Ok(10));
        assert_eq!(to(4, 9), Ok(10), "the last one there is");
        assert_eq!(to(10, -1), Ok(6));
        assert_eq!(to(2, 1), Ok(5), "from a record itself to the next one");
        assert_eq!(to(9, -1), Err(NoSameField::AtEnd));
        assert_eq!(to(0, 1), Err(NoSameField::Outside));
        assert_eq!(
            same_field(0, 1, &nested(&[(1, "a")])),
            Err(NoSameField::NoRecords)
        );
    }
}
