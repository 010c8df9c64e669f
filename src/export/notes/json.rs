//! JSON: an annotation with all its fields, and its status in the report.

use serde_json::{Value, json};

use super::caption;
use crate::{notebook::Entry, report::Report};

/// One object. `format`, `report`, `anchor` and the user's text are saved fields; `address`,
/// `section`, `quote`, `tags`, `status`, `reviewed` and `citation` are derived.
pub fn value(entry: &Entry, report: &Report) -> Value {
    let annotation = &entry.annotation;
    let section = caption::section(entry, report).and_then(|index| report.sections.get(index));
    let section = section.map_or(&annotation.anchor.start.section, |section| &section.id);
    json!({
        "address": caption::address(entry, report),
        "anchor": annotation.anchor,
        "citation": caption::citation(entry, report),
        "color": annotation.color,
        "conflict_of": annotation.conflict_of,
        "created": annotation.created,
        "edition": report.edition,
        "format": annotation.format,
        "id": annotation.id,
        "kind": annotation.kind.name(),
        "letter": annotation.letter,
        "modified": annotation.modified,
        "page": caption::page(entry, report),
        "path": caption::path(entry, report),
        "quote": annotation.anchor.quote,
        "report": annotation.report,
        "section": section,
        "reviewed": entry.is_reviewed,
        "status": entry.resolution.name(),
        "tags": annotation.tags(),
        "text": annotation.text,
    })
}
