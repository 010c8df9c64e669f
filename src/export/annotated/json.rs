//! JSON: each block with the annotations on it; orphans in an object of their own.

use serde_json::{Value, json};

use super::Annotated;
use crate::{
    export::{json, notes},
    report::position::Position,
};

pub fn write(annotated: &Annotated<'_>) -> String {
    let places = annotated.parts.iter().flat_map(|part| {
        part.blocks
            .iter()
            .map(|(index, block)| (Position::new(part.index, *index, 0), block.text.len()))
    });
    let mut blocks = json::blocks(annotated.parts);
    for ((at, len), block) in places.zip(&mut blocks) {
        let here = annotated
            .placed
            .iter()
            .filter(|placed| placed.passage.touches_block(at));
        let here: Vec<Value> = here
            .map(|placed| {
                let range = placed.passage.bytes_in_block(at, len);
                let mut value = notes::json::value(placed.entry, annotated.report);
                value["start"] = range.start.into();
                value["end"] = range.end.into();
                value
            })
            .collect();
        block["annotations"] = here.into();
    }
    let orphans: Vec<Value> = annotated
        .orphans
        .iter()
        .map(|entry| notes::json::value(entry, annotated.report))
        .collect();
    if !orphans.is_empty() {
        blocks.push(
            json!({ "address": null, "section": null, "title": null, "kind": null, "text": "", "spans": [], "annotations": orphans }),
        );
    }
    json::array(blocks)
}
