//! JSON: an annotation with all that it is made of, and where it stands in the report.

use serde_json::{Value, json};

use crate::{notebook::Entry, report::Report};

/// One object. `format`, `report`, `anchor` and what the reader wrote are what an annotation
/// is made of; `address`, `section`, `quote`, `tags`, `status`, `settled` and `citation` follow from it.
pub fn value(entry: &Entry, report: &Report) -> Value {
    let annotation = &entry.annotation;
    let section = super::section(entry, report)
        .map_or(&annotation.anchor.start.section, |section| &section.id);
    json!({
        "address": super::address(entry),
        "anchor": annotation.anchor,
        "citation": super::citation(entry, report),
        "color": annotation.color,
        "conflict_of": annotation.conflict_of,
        "created": annotation.created,
        "format": annotation.format,
        "id": annotation.id,
        "kind": annotation.kind.name(),
        "letter": annotation.letter,
        "modified": annotation.modified,
        "quote": annotation.anchor.quote,
        "report": annotation.report,
        "section": section,
        "settled": entry.is_reviewed,
        "status": entry.resolution.name(),
        "tags": annotation.tags(),
        "text": annotation.text,
    })
}
