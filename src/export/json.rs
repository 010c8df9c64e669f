//! JSON: an array with an object for each block.

use serde_json::{Value, json};

use super::Part;
use crate::{report::address::Address, text::width};

pub fn write(parts: &[Part<'_>]) -> String {
    array(blocks(parts))
}

/// An object for each block, in order.
pub fn blocks(parts: &[Part<'_>]) -> Vec<Value> {
    let mut blocks = Vec::new();
    for part in parts {
        for (index, block) in &part.blocks {
            let address = Address {
                section: part.index,
                block: Some(*index),
            };
            blocks.push(json!({
                "address": address.to_string(),
                "section": part.section.id,
                "title": part.section.title,
                "kind": block.kind,
                "text": block.text,
                "spans": block.spans,
                "depth": block.depth,
            }));
        }
    }
    blocks
}

/// An array, see [`value`].
pub fn array(values: Vec<Value>) -> String {
    value(&Value::Array(values))
}

/// A value and a line feed. Control and override characters that JSON allows (DEL, C1,
/// bidirectional and invisible ones) are escaped: a terminal would act on them, and nothing is
/// lost.
pub fn value(value: &Value) -> String {
    let mut text = String::new();
    for character in format!("{value:#}\n").chars() {
        match character {
            '\n' => text.push('\n'),
            character if width::is_unsafe(character) => {
                for unit in character.encode_utf16(&mut [0; 2]) {
                    text.push_str(&format!("\\u{unit:04x}"));
                }
            }
            other => text.push(other),
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_has_no_control_characters_and_loses_none() {
        let text = array(vec![json!("a\u{1b}[2J\u{7f}\u{9b}\u{202e}\u{e0041}b")]);
        assert!(
            !text
                .chars()
                .any(|character| character != '\n' && width::is_unsafe(character)),
            "{text}"
        );
        let read: Vec<String> = serde_json::from_str(&text).expect("JSON");
        assert_eq!(read, ["a\u{1b}[2J\u{7f}\u{9b}\u{202e}\u{e0041}b"]);
    }
}
