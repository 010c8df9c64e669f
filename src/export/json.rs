//! JSON: one array, an object a block.

use serde_json::{Value, json};

use super::Part;
use crate::{report::address::Address, text::width};

pub fn write(parts: &[Part<'_>]) -> String {
    array(blocks(parts))
}

/// An object a block, in order.
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

/// One array, see [`value`].
pub fn array(values: Vec<Value>) -> String {
    value(&Value::Array(values))
}

/// One value and a line feed. Controls and overrides that JSON allows as they are (DEL, C1,
/// bidirectional and invisible characters) are written as escapes: a terminal would act on
/// them, and nothing is lost.
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
    fn no_control_stands_in_json_and_none_is_lost() {
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
