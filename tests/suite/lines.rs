//! Lines that are typed in place of keys: every command by its name and by its unique beginning.

use std::collections::BTreeMap;

use tip_reader::command::{Command, Context, TABLE};

use crate::common::{Desk, open};

/// The commands of the text with what they are called there.
fn names() -> BTreeMap<&'static str, Command> {
    let mut names = BTreeMap::new();
    let chain = Context::Text.chain();
    for row in TABLE {
        if let Some(binding) = row.nearest(chain) {
            names.entry(row.name).or_insert(row.command);
            if !binding.word.is_empty() {
                names.insert(binding.word, row.command);
            }
        }
    }
    names
}

fn message(desk: &Desk) -> String {
    let message = desk.reader.messages().current();
    message.map_or(String::new(), |message| message.text.clone())
}

/// What the help says of a word: the row's name stands in it.
fn explained(desk: &mut Desk, word: &str) -> String {
    desk.reader.take_line(&format!("help {word}"));
    message(desk)
}

#[test]
fn every_command_is_known_by_its_name_and_its_unique_beginning() {
    let names = names();
    let mut desk = open(80, 24);
    for (name, command) in &names {
        let said = explained(&mut desk, name);
        let row = command.row();
        assert!(said.contains(row.name), "`{name}`: {said}");
        let is_unique = |beginning: &&str| {
            let begun = names.iter().filter(|(name, _)| name.starts_with(beginning));
            begun.map(|(_, command)| *command).all(|of| of == *command)
        };
        let beginnings = (1..=name.len()).filter_map(|end| name.get(..end));
        for beginning in beginnings.filter(is_unique) {
            let said = explained(&mut desk, beginning);
            assert!(
                said.contains(row.name),
                "`{beginning}` for `{name}`: {said}"
            );
        }
    }
}

#[test]
fn the_short_words_are_a_column_of_the_table_and_each_letter_of_them_is_enough() {
    let words = [
        "next", "back", "up", "find", "add", "list", "read", "quit", "help",
    ];
    let mut desk = open(80, 24);
    for word in words {
        let has_word = |row: &&tip_reader::command::Row| {
            let binding = row.nearest(Context::Text.chain());
            binding.is_some_and(|binding| binding.word == word)
        };
        let rows: Vec<&str> = TABLE.iter().filter(has_word).map(|row| row.name).collect();
        assert_eq!(rows.len(), 1, "`{word}`: {rows:?}");
        let said = explained(&mut desk, &word[..1]);
        assert!(said.contains(rows[0]), "`{}`: {said}", &word[..1]);
    }
}

#[test]
fn every_command_can_be_typed_and_none_is_unknown() {
    for (name, _) in names() {
        let mut desk = open(80, 24);
        desk.reader.take_line("2:2");
        desk.reader.take_line(name);
        let said = message(&desk);
        assert!(!said.contains("is not a command"), "`{name}`: {said}");
        assert!(!said.contains("could be"), "`{name}`: {said}");
    }
}

#[test]
fn a_word_of_the_text_closes_what_lies_over_it_and_a_row_is_chosen_by_its_number() {
    let mut desk = open(80, 24);
    for line in ["2:2", "add One.", "next", "add Two.", "list"] {
        desk.reader.take_line(line);
        desk.perform();
    }
    assert!(!desk.reader.layers().is_empty());
    desk.reader.take_line("1");
    assert!(desk.reader.layers().is_empty());
    let here = desk.reader.viewport().cursor();
    assert_eq!((here.section, here.block), (1, 1));
    desk.reader.take_line("list");
    desk.reader.take_line("9");
    assert_eq!(message(&desk), "There is no row 9; the list has 2 rows.");
    desk.reader.take_line("next");
    assert!(desk.reader.layers().is_empty());
    assert_eq!(desk.reader.viewport().cursor().block, 2);
}

#[test]
fn a_line_that_is_too_long_for_a_note_is_refused_aloud() {
    let mut desk = open(80, 24);
    desk.reader.take_line("2:2");
    desk.reader
        .take_line(&format!("add {}", "x".repeat(2 * 1024 * 1024)));
    assert!(message(&desk).contains("longer than 1024 KiB"));
    desk.reader.take_line("Short.");
    desk.reader.take_line(".");
    desk.perform();
    assert_eq!(desk.reader.notes().notebook().entries().len(), 1);
}

#[test]
fn a_line_that_begins_with_a_point_or_a_colon_can_be_typed_into_a_note() {
    let mut desk = open(80, 24);
    for line in ["2:2", "add", "..5 per cent", "::so", "", "."] {
        desk.reader.take_line(line);
        desk.perform();
    }
    let notebook = desk.reader.notes().notebook();
    let texts: Vec<&str> = notebook
        .entries()
        .iter()
        .map(|entry| entry.annotation.text.as_str())
        .collect();
    assert_eq!(texts, [".5 per cent\n:so"]);
}
