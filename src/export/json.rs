//! JSON: an array with an object for each title and block.

use serde_json::{Value, json};

use super::Part;
use crate::{
    report::{Report, address::Address, position::Position},
    text::width,
};

pub fn write(report: &Report, parts: &[Part<'_>]) -> String {
    array(
        objects(report, parts)
            .into_iter()
            .map(|(_, object)| object)
            .collect(),
    )
}

/// An object for each title and block, in order; for blocks also where they begin and how many
/// bytes they have.
pub fn objects(report: &Report, parts: &[Part<'_>]) -> Vec<(Option<(Position, usize)>, Value)> {
    let mut objects = Vec::new();
    for part in parts {
        let path = report.path(part.index);
        let object = |address: Address, kind: Value, text: &str| {
            json!({
                "address": address.number(report),
                "section": part.section.id,
                "title": part.section.title,
                "path": path,
                "page": report.page(address.position()),
                "kind": kind,
                "text": text,
                "spans": [],
                "depth": 0,
            })
        };
        if part.has_title {
            let address = Address::of_section(part.index);
            objects.push((None, object(address, "title".into(), &part.section.title)));
        }
        for (index, block) in &part.blocks {
            let at = Position::new(part.index, *index, 0);
            let mut value = object(Address::of(at), json!(block.kind), &block.text);
            value["spans"] = json!(block.spans);
            value["depth"] = block.depth.into();
            objects.push((Some((at, block.text.len())), value));
        }
    }
    objects
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
