//! JSON: each block with the annotations on it; orphans in an object of their own.

use serde_json::{Value, json};

use super::Annotated;
use crate::export::{json, notes};

pub fn write(annotated: &Annotated<'_>) -> String {
    let mut objects = Vec::new();
    for (place, mut object) in json::objects(annotated.report, annotated.parts) {
        let here = annotated.placed.iter().filter_map(|placed| {
            let (at, len) = place.filter(|(at, _)| placed.passage.touches_block(*at))?;
            let range = placed.passage.bytes_in_block(at, len);
            let mut value = notes::json::value(placed.entry, annotated.report);
            value["start"] = range.start.into();
            value["end"] = range.end.into();
            Some(value)
        });
        object["annotations"] = here.collect();
        objects.push(object);
    }
    let orphans: Vec<Value> = annotated
        .orphans
        .iter()
        .map(|entry| notes::json::value(entry, annotated.report))
        .collect();
    if !orphans.is_empty() {
        objects.push(
            json!({ "address": null, "section": null, "title": null, "kind": null, "text": "", "spans": [], "annotations": orphans }),
        );
    }
    json::array(objects)
}
