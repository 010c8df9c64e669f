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
    array(blocks)
}

/// One array. Controls that JSON allows as they are (DEL, C1) are written as escapes: a
/// terminal would act on them.
pub fn array(values: Vec<Value>) -> String {
    let mut text = String::new();
    for character in format!("{:#}\n", Value::Array(values)).chars() {
        match character {
            '\u{7f}'..='\u{9f}' => text.push_str(&format!("\\u{:04x}", u32::from(character))),
            other => text.push(other),
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_control_stands_in_json_and_none_is_lost() {
        let text = array(vec![json!("a\u{1b}[2J\u{7f}\u{9b}b")]);
        assert!(!text.contains(['\u{1b}', '\u{7f}', '\u{9b}']), "{text}");
        let read: Vec<String> = serde_json::from_str(&text).expect("JSON");
        assert_eq!(read, ["a\u{1b}[2J\u{7f}\u{9b}b"]);
    }
}
