//! JSON: one array, an object a block.

use serde_json::{Value, json};

use super::Part;
use crate::report::address::Address;

pub fn write(parts: &[Part<'_>]) -> String {
    let mut blocks = Vec::new();
    for part in parts {
        for (index, block) in &part.blocks {
            let address = Address { section: part.index, block: Some(*index) };
            blocks.push(json!({
                "address": address.to_string(),
                "section": part.section.id,
                "title": part.section.title,
                "kind": block.kind,
                "text": block.text,
                "spans": block.spans,
            }));
        }
    }
    format!("{:#}\n", Value::Array(blocks))
}
