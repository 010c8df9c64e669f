//! Text being typed: a caret that moves by graphemes and words, soft lines, undo and redo.

use unicode_segmentation::{GraphemeCursor, UnicodeSegmentation};

use crate::{
    command::Command,
    text::{
        segment, width,
        wrap::{self, Line},
    },
};

/// Most bytes that a paste adds; more is not taken at all.
const LARGEST_PASTE: usize = 1024 * 1024;
/// Most bytes that a paste adds to a single line.
const LARGEST_LINE: usize = 64 * 1024;
/// Most states that can be gone back to.
const LONGEST_UNDO: usize = 500;

/// Text and a caret in it.
#[derive(Debug, Default, Clone)]
pub struct Editor {
    text: String,
    /// Byte of the caret, on a grapheme boundary.
    caret: usize,
    is_single_line: bool,
    undo: Vec<(String, usize)>,
    /// What was undone, until something else is typed.
    redo: Vec<(String, usize)>,
    /// Whether the last change was a typed letter, which the next one joins.
    is_typing: bool,
}

impl Editor {
    /// An editor with the caret at the end of a text.
    pub fn new(text: &str) -> Self {
        Self {
            text: text.to_owned(),
            caret: text.len(),
            ..Self::default()
        }
    }

    /// An editor in which no line feed can be typed.
    pub fn single_line(text: &str) -> Self {
        Self {
            is_single_line: true,
            ..Self::new(text)
        }
    }

    pub fn text(&self) -> &str {
        &self.text
    }

    /// Byte of the caret.
    pub fn caret(&self) -> usize {
        self.caret
    }

    pub fn type_character(&mut self, character: char) {
        if character == '\n' && self.is_single_line {
            return;
        }
        if !self.is_typing || character.is_whitespace() {
            self.remember();
        }
        self.insert(character.encode_utf8(&mut [0; 4]));
        self.is_typing = true;
    }

    /// Inserts pasted text: line ends become line feeds, other controls are left out.
    ///
    /// # Errors
    /// If it is larger than so many KiB; nothing is inserted then.
    pub fn paste(&mut self, text: &str) -> Result<(), usize> {
        let most = match self.is_single_line {
            true => LARGEST_LINE,
            false => LARGEST_PASTE,
        };
        if text.len() > most {
            return Err(most / 1024);
        }
        let text = text.replace("\r\n", "\n").replace('\r', "\n");
        let kept: String = text
            .chars()
            .filter(|c| matches!(c, '\n' | '\t') || !c.is_control())
            .collect();
        let kept = if self.is_single_line {
            kept.replace('\n', " ")
        } else {
            kept
        };
        self.remember();
        self.insert(&kept);
        Ok(())
    }

    /// Runs one of the typing commands; says whether it is one.
    pub fn run(&mut self, command: Command) -> bool {
        match command {
            Command::Left => self.move_to(self.before()),
            Command::Right => self.move_to(self.after()),
            Command::PreviousWord => self.move_to(self.word_before()),
            Command::NextWord => self.move_to(self.word_after()),
            Command::LineStart => self.move_to(self.line_start()),
            Command::LineEnd => self.move_to(self.line_end()),
            Command::EraseLeft => self.erase(self.before(), self.caret),
            Command::EraseRight => self.erase(self.caret, self.after()),
            Command::EraseWord => self.erase(self.word_before(), self.caret),
            Command::EraseToStart => self.erase(self.line_start(), self.caret),
            Command::EraseToEnd => self.erase(self.caret, self.line_end()),
            Command::Undo => self.undo(),
            Command::Redo => self.redo(),
            _ => return false,
        }
        true
    }

    /// Replaces all of the text.
    pub fn set(&mut self, text: &str) {
        self.remember();
        self.text = text.to_owned();
        self.caret = text.len();
    }

    /// The soft lines at a width. A line feed at the end opens an empty last line.
    pub fn lines(&self, width: usize) -> Vec<Line> {
        let mut lines = wrap::lines(&self.text, width, "");
        if self.text.ends_with('\n') {
            lines.push(Line {
                start: self.text.len(),
                end: self.text.len(),
                hyphen: false,
            });
        }
        lines
    }

    /// Line and column of the caret at a width, from 0.
    pub fn caret_at(&self, width: usize) -> (usize, usize) {
        let lines = self.lines(width);
        let line = lines
            .partition_point(|line| line.start <= self.caret)
            .saturating_sub(1);
        let start = lines.get(line).map_or(0, |line| line.start);
        let column = width::width(self.text.get(start..self.caret).unwrap_or_default());
        (line, column.min(width))
    }

    /// Moves the caret by soft lines, keeping its column where it can.
    pub fn move_lines(&mut self, by: isize, width: usize) {
        let (line, column) = self.caret_at(width);
        let lines = self.lines(width);
        let Some(target) = lines.get(
            line.saturating_add_signed(by)
                .min(lines.len().saturating_sub(1)),
        ) else {
            return;
        };
        let text = self
            .text
            .get(target.start..target.end)
            .unwrap_or_default()
            .trim_end_matches('\n');
        let is_last = target.end == self.text.len();
        let mut caret = target.start;
        let mut left = column;
        for (offset, grapheme) in text.grapheme_indices(true) {
            let Some(rest) = left.checked_sub(width::grapheme_width(grapheme).max(1)) else {
                break;
            };
            let after = target.start + offset + grapheme.len();
            if after == target.end && !is_last {
                break;
            }
            left = rest;
            caret = after;
        }
        self.move_to(caret);
    }

    fn insert(&mut self, text: &str) {
        self.text.insert_str(self.caret, text);
        self.caret += text.len();
        // What was typed can have joined the grapheme before it or after it.
        self.caret = self.boundary_at_or_after(self.caret);
    }

    fn erase(&mut self, from: usize, to: usize) {
        if from == to {
            return;
        }
        self.remember();
        self.text.replace_range(from..to, "");
        self.caret = self.boundary_at_or_after(from);
    }

    fn undo(&mut self) {
        if let Some(before) = self.undo.pop() {
            let now = self.go_to(before);
            self.redo.push(now);
        }
    }

    fn redo(&mut self) {
        if let Some(after) = self.redo.pop() {
            let now = self.go_to(after);
            self.undo.push(now);
        }
    }

    /// Takes up another state; gives the one that was.
    fn go_to(&mut self, (text, caret): (String, usize)) -> (String, usize) {
        self.is_typing = false;
        (
            std::mem::replace(&mut self.text, text),
            std::mem::replace(&mut self.caret, caret),
        )
    }

    fn remember(&mut self) {
        self.is_typing = false;
        self.redo.clear();
        self.undo.push((self.text.clone(), self.caret));
        if self.undo.len() > LONGEST_UNDO {
            self.undo.remove(0);
        }
    }

    fn move_to(&mut self, caret: usize) {
        self.is_typing = false;
        self.caret = caret;
    }

    fn boundary_at_or_after(&self, byte: usize) -> usize {
        let mut cursor = GraphemeCursor::new(byte, self.text.len(), true);
        if cursor.is_boundary(&self.text, 0).unwrap_or(true) {
            byte
        } else {
            cursor
                .next_boundary(&self.text, 0)
                .ok()
                .flatten()
                .unwrap_or(byte)
        }
    }

    fn before(&self) -> usize {
        segment::grapheme_before(&self.text, self.caret)
    }

    fn after(&self) -> usize {
        segment::grapheme_after(&self.text, self.caret)
    }

    fn word_before(&self) -> usize {
        let words = self.text.unicode_word_indices().map(|(start, _)| start);
        words
            .take_while(|&start| start < self.caret)
            .last()
            .unwrap_or(0)
    }

    fn word_after(&self) -> usize {
        let mut ends = self
            .text
            .unicode_word_indices()
            .map(|(start, word)| start + word.len());
        ends.find(|&end| end > self.caret)
            .unwrap_or(self.text.len())
    }

    fn line_start(&self) -> usize {
        let before = self.text.get(..self.caret).unwrap_or_default();
        before.rfind('\n').map_or(0, |feed| feed + 1)
    }

    fn line_end(&self) -> usize {
        let after = self.text.get(self.caret..).unwrap_or_default();
        after
            .find('\n')
            .map_or(self.text.len(), |feed| self.caret + feed)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::command::{self, Context};

    #[test]
    fn a_family_is_erased_as_one() {
        let mut editor = Editor::new("a👩‍👩‍👧e\u{301}");
        editor.run(Command::EraseLeft);
        editor.run(Command::EraseLeft);
        assert_eq!(editor.text(), "a");
        editor.run(Command::Undo);
        assert_eq!(editor.text(), "a👩‍👩‍👧");
    }

    #[test]
    fn typing_is_undone_by_the_word() {
        let mut editor = Editor::default();
        "one two".chars().for_each(|c| editor.type_character(c));
        editor.run(Command::Undo);
        assert_eq!(editor.text(), "one");
        editor.run(Command::Undo);
        assert_eq!(editor.text(), "");
    }

    #[test]
    fn what_was_undone_comes_back_until_something_else_is_typed() {
        let mut editor = Editor::default();
        "one two three"
            .chars()
            .for_each(|c| editor.type_character(c));
        let undo_then_redo = [
            Command::Undo,
            Command::Undo,
            Command::Redo,
            Command::Redo,
            Command::Redo,
        ];
        let states: Vec<String> = undo_then_redo
            .iter()
            .map(|&command| {
                editor.run(command);
                editor.text().to_owned()
            })
            .collect();
        assert_eq!(
            states,
            [
                "one two",
                "one",
                "one two",
                "one two three",
                "one two three"
            ]
        );
        assert_eq!(editor.caret(), 13);
        editor.run(Command::Undo);
        editor.type_character('!');
        editor.run(Command::Redo);
        assert_eq!(
            editor.text(),
            "one two!",
            "typing goes on from here, there is nothing to come back"
        );
        editor.run(Command::Undo);
        assert_eq!(editor.text(), "one two");
    }

    #[test]
    fn the_caret_goes_up_and_down_soft_lines() {
        let mut editor = Editor::new("alpha beta\n\ngamma");
        assert_eq!(editor.caret_at(6), (3, 5));
        editor.move_lines(-1, 6);
        assert_eq!(editor.caret_at(6), (2, 0));
        editor.move_lines(-9, 6);
        assert_eq!(editor.caret_at(6), (0, 0));
        editor.type_character('\n');
        assert_eq!(editor.text(), "\nalpha beta\n\ngamma");
    }

    proptest! {
        #[test]
        fn no_keys_break_the_text(steps in prop::collection::vec((0usize..30, any::<char>()), 0..60), width in 1usize..40) {
            let commands: Vec<Command> = command::in_context(Context::Typing).map(|row| row.command).collect();
            let mut editor = Editor::new("人 e\u{301} 👩‍👩‍👧\n");
            for (step, character) in steps {
                match commands.get(step) {
                    Some(&command) => drop(editor.run(command)),
                    None if step % 2 == 0 => editor.type_character(character),
                    None => editor.move_lines(if step % 3 == 0 { 1 } else { -1 }, width),
                }
                prop_assert!(editor.text().is_char_boundary(editor.caret()));
                let mut again = editor.clone();
                again.run(Command::Undo);
                let is_undone = again.text() != editor.text();
                again.run(Command::Redo);
                prop_assert!(!is_undone || (again.text(), again.caret()) == (editor.text(), editor.caret()));
                let (line, column) = editor.caret_at(width);
                prop_assert!(line < editor.lines(width).len() && column <= width);
            }
        }
    }
}
