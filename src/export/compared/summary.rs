//! One row for each record, and for each section outside of records: what became of it in figures.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::{
    edition::comparison::BlockChange,
    export::json as export_json,
    notebook::compared::{ChangedNote, Compared},
    report::Report,
    text::{segment, width, wording},
};

/// A record in both editions.
#[derive(Debug, Default)]
struct Row {
    old: Option<usize>,
    new: Option<usize>,
    /// Words of the new edition, else of the old one.
    words: usize,
    /// Paragraphs.
    added: usize,
    removed: usize,
    same: usize,
    /// Annotations on what changed.
    notes: usize,
}

/// As a table.
pub fn text(compared: &Compared) -> String {
    let rows = rows(compared);
    let path = |row: &Row| wording::path(&path(compared, row), 48);
    let widest = rows.iter().map(|row| width::width(&path(row))).max();
    let line = |row: &Row| {
        let path = path(row);
        let gap = " ".repeat(widest.unwrap_or(0).saturating_sub(width::width(&path)));
        let (old, new) = facets(compared, row);
        let facet = match (old, new) {
            (Some(old), Some(new)) if old != new => format!("  {old} → {new}"),
            (old, new) => new.or(old).map(|of| format!("  {of}")).unwrap_or_default(),
        };
        let state = match (row.old, row.new) {
            (None, _) => "  added",
            (_, None) => "  removed",
            _ => "",
        };
        let notes = match row.notes {
            0 => String::new(),
            notes => format!("  {notes}●"),
        };
        let line = format!(
            "{path}{gap}  {:>6} words  {:>+4} {:>4}  {:>4} same{notes}{facet}{state}",
            row.words,
            row.added,
            format!("-{}", row.removed),
            row.same
        );
        format!("{}\n", width::shown(&line))
    };
    rows.iter().map(line).collect()
}

/// As a JSON array.
pub fn json(compared: &Compared) -> String {
    let object = |row: &Row| -> Value {
        let (old_facet, facet) = facets(compared, row);
        json!({
            "path": path(compared, row),
            "old_facet": old_facet,
            "facet": facet,
            "words": row.words,
            "added": row.added,
            "removed": row.removed,
            "same": row.same,
            "notes": row.notes,
        })
    };
    export_json::array(rows(compared).iter().map(object).collect())
}

fn path<'a>(compared: &'a Compared, row: &Row) -> Vec<&'a str> {
    match (row.new, row.old) {
        (Some(new), _) => compared.new.path(new),
        (None, Some(old)) => compared.old.path(old),
        (None, None) => Vec::new(),
    }
}

/// The old and the new facet; `None` where it has none.
fn facets<'a>(compared: &'a Compared, row: &Row) -> (Option<&'a str>, Option<&'a str>) {
    let facet = |report: &'a Report, at: Option<usize>| {
        Some(report.outline().facet(at?)).filter(|facet| !facet.is_empty())
    };
    (facet(&compared.old, row.old), facet(&compared.new, row.new))
}

/// The record that a section is or is in, else the section.
fn record(report: &Report, section: usize) -> usize {
    report.records().record_of(section).unwrap_or(section)
}

/// Rows in the order of the new edition, those that went where they stood in the old one.
fn rows(compared: &Compared) -> Vec<Row> {
    let mut rows: Vec<Row> = Vec::new();
    let mut by_new: BTreeMap<usize, usize> = BTreeMap::new();
    let mut by_old: BTreeMap<usize, usize> = BTreeMap::new();
    for change in &compared.sections {
        let new = change.new.map(|at| record(&compared.new, at));
        let old = change.old.map(|at| record(&compared.old, at));
        let known = new.and_then(|new| by_new.get(&new));
        let known = known.or_else(|| {
            old.filter(|_| new.is_none())
                .and_then(|old| by_old.get(&old))
        });
        let at = known.copied().unwrap_or_else(|| {
            rows.push(Row::default());
            rows.len() - 1
        });
        if let Some(new) = new {
            by_new.insert(new, at);
        }
        if let Some(old) = old {
            by_old.entry(old).or_insert(at);
        }
        let Some(row) = rows.get_mut(at) else {
            continue;
        };
        row.new = row.new.or(new);
        row.old = row.old.or(old);
        for block in &change.blocks {
            let text = match (block.new_place(), block.old_place()) {
                // It counts where it is now.
                _ if matches!(block, BlockChange::MovedAway { .. }) => "",
                (Some(new), _) => compared.new.text_at(new),
                (None, Some(old)) if row.new.is_none() => compared.old.text_at(old),
                _ => "",
            };
            row.words += segment::word_count(text);
            match block {
                BlockChange::Same { .. } => row.same += 1,
                BlockChange::Added(_) | BlockChange::MovedHere { .. } => row.added += 1,
                BlockChange::Removed(_) | BlockChange::MovedAway { .. } => row.removed += 1,
                BlockChange::Changed { .. } => {
                    row.added += 1;
                    row.removed += 1;
                }
            }
        }
    }
    for note in &compared.notes {
        if let Some(row) = place(compared, note, &by_new, &by_old).and_then(|at| rows.get_mut(at)) {
            row.notes += 1;
        }
    }
    rows
}

/// The row of a note on what changed.
fn place(
    compared: &Compared,
    note: &ChangedNote,
    by_new: &BTreeMap<usize, usize>,
    by_old: &BTreeMap<usize, usize>,
) -> Option<usize> {
    let now = note.now.passage().map(|passage| passage.start().section);
    let now = now.and_then(|at| by_new.get(&record(&compared.new, at)));
    let was = || by_old.get(&record(&compared.old, note.was?.section));
    now.or_else(was).copied()
}
