//! Stand-ins for signs and letters that the locale or the console's font lacks.

use ratatui::buffer::{Buffer, Cell};

use crate::text::{ascii, width};

/// What a terminal can show.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Charset {
    /// ASCII alone: the locale is not UTF-8.
    Ascii,
    /// Letters and box drawing, but few signs: a font of the Linux console.
    Console,
}

/// Stand-ins, each as wide as what it stands for: in ASCII, and on the Linux console where that
/// has something better.
const STAND_INS: &[(&str, &str, &str)] = &[
    ("▸", ">", ">"),
    ("▾", "-", "-"),
    ("▹", "+", "+"),
    ("›", ">", ">"),
    ("‹", "<", "<"),
    ("●", "*", "*"),
    ("▌", "|", "|"),
    ("▐", "#", "█"),
    ("▕", "|", "│"),
    ("⚑", "!", "!"),
    ("✓", "v", "v"),
    ("✗", "x", "x"),
    ("█", "#", "█"),
    ("│", "|", "│"),
    ("─", "-", "─"),
    ("┌", "+", "┌"),
    ("┐", "+", "┐"),
    ("└", "+", "└"),
    ("┘", "+", "┘"),
    ("╭", "+", "┌"),
    ("╮", "+", "┐"),
    ("╰", "+", "└"),
    ("╯", "+", "┘"),
    ("…", ".", "."),
    ("•", "*", "*"),
    ("◦", "o", "o"),
    ("’", "'", "'"),
    ("‘", "'", "'"),
    ("“", "\"", "\""),
    ("”", "\"", "\""),
    ("–", "-", "-"),
    ("—", "-", "-"),
    ("‑", "-", "-"),
    ("−", "-", "-"),
    ("€", "E", "E"),
    ("↑", "^", "^"),
    ("↓", "v", "v"),
    ("←", "<", "<"),
    ("→", ">", ">"),
];

/// Signs at which the text of a row ends: nothing is moved over them.
const EDGES: &[&str] = &["│", "█", "▕", "▐", "●", "▌", "⚑"];

/// Puts stand-ins into every cell that cannot be shown; says whether each had one.
pub fn fold(buffer: &mut Buffer, charset: Charset) -> bool {
    let columns = usize::from(buffer.area.width).max(1);
    let mut is_whole = true;
    for row in buffer.content.chunks_mut(columns) {
        is_whole &= fold_row(row, charset);
    }
    is_whole
}

fn fold_row(row: &mut [Cell], charset: Charset) -> bool {
    let mut is_whole = true;
    for at in 0..row.len() {
        let symbol = row.get(at).map_or("", Cell::symbol);
        if symbol.is_ascii() {
            continue;
        }
        match stand_in(symbol, charset) {
            Some(stand_in) if stand_in == symbol => {}
            Some(stand_in) => put(row, at, &stand_in),
            None => {
                let columns = width::width(symbol).max(1);
                is_whole = false;
                put(row, at, &"?".repeat(columns));
            }
        }
    }
    is_whole
}

/// Puts a stand-in for the character of a cell. One that is longer moves the rest of the words into
/// the blanks after them; where there are none, `?` stands for it.
fn put(row: &mut [Cell], at: usize, stand_in: &str) {
    let columns = row
        .get(at)
        .map_or(1, |cell| width::width(cell.symbol()).max(1));
    let Some(more) = stand_in.chars().count().checked_sub(columns) else {
        return put_characters(row, at, &format!("{stand_in:<columns$}"));
    };
    if more == 0 {
        return put_characters(row, at, stand_in);
    }
    match blanks_after(row, at + columns, more) {
        Some(blank) => {
            if let Some(words) = row.get_mut(at + columns..blank + more) {
                words.rotate_right(more);
            }
            put_characters(row, at, stand_in);
        }
        None => put_characters(row, at, &"?".repeat(columns)),
    }
}

/// Where so many blanks and one more stand in the text after a cell.
fn blanks_after(row: &[Cell], from: usize, count: usize) -> Option<usize> {
    let mut run = 0;
    for (at, cell) in row.iter().enumerate().skip(from) {
        if EDGES.contains(&cell.symbol()) {
            return None;
        }
        run = if cell.symbol() == " " { run + 1 } else { 0 };
        if run > count {
            return Some(at - count);
        }
    }
    None
}

/// A character a cell: what is drawn over one of two cells later leaves no half of it.
fn put_characters(row: &mut [Cell], at: usize, text: &str) {
    let style = row.get(at).map(Cell::style).unwrap_or_default();
    let mut character = [0; 4];
    for (cell, of) in row.iter_mut().skip(at).zip(text.chars()) {
        cell.set_symbol(of.encode_utf8(&mut character))
            .set_style(style);
    }
}

/// What stands for a grapheme; `None` where nothing does.
fn stand_in(symbol: &str, charset: Charset) -> Option<String> {
    let found = STAND_INS.iter().find(|(sign, ..)| *sign == symbol);
    if let Some((_, in_ascii, on_console)) = found {
        let stand_in = match charset {
            Charset::Ascii => in_ascii,
            Charset::Console => on_console,
        };
        return Some((*stand_in).to_owned());
    }
    if charset == Charset::Console {
        return Some(symbol.to_owned());
    }
    let (text, is_whole) = ascii::text(symbol);
    is_whole.then_some(text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use ratatui::{layout::Rect, style::Style};

    fn folded(text: &str, columns: u16, charset: Charset) -> (String, bool) {
        let mut buffer = Buffer::empty(Rect::new(0, 0, columns, 1));
        buffer.set_string(0, 0, text, Style::new());
        let is_whole = fold(&mut buffer, charset);
        let cells = buffer.content.iter().map(Cell::symbol);
        (cells.collect(), is_whole)
    }

    #[test]
    fn a_stand_in_is_as_wide_as_what_it_stands_for() {
        for (sign, in_ascii, on_console) in STAND_INS {
            assert!(
                in_ascii.is_ascii() && in_ascii.len() == width::width(sign),
                "{sign}"
            );
            assert_eq!(width::width(on_console), width::width(sign), "{sign}");
        }
    }

    #[test]
    fn what_is_longer_moves_the_words_into_the_blanks_after_them() {
        let (text, is_whole) = folded("½ of «it» …      │", 18, Charset::Ascii);
        assert_eq!(text, "1/2 of <<it>> .  |");
        assert!(is_whole);
        let (text, _) = folded("half is ½ │     ", 16, Charset::Ascii);
        assert_eq!(text, "half is ? |     ", "nothing is moved over the edge");
    }

    #[test]
    fn each_half_of_a_wide_character_has_a_stand_in_of_its_own() {
        let mut buffer = Buffer::empty(Rect::new(0, 0, 4, 1));
        buffer.set_string(0, 0, "人é", Style::new().reversed());
        assert!(!fold(&mut buffer, Charset::Ascii), "one has no stand-in");
        let is_reversed = |cell: &Cell| {
            let reversed = ratatui::style::Modifier::REVERSED;
            cell.modifier.contains(reversed)
        };
        let cells = buffer.content.iter();
        let cells: Vec<_> = cells
            .map(|cell| (cell.symbol(), is_reversed(cell)))
            .collect();
        assert_eq!(cells, [("?", true), ("?", true), ("e", true), (" ", false)]);
    }

    #[test]
    fn the_console_keeps_letters_and_frames_and_gets_no_sign_that_it_lacks() {
        let (text, is_whole) = folded("▸●▌⚑◦✓▾▹ é «x» │█", 18, Charset::Console);
        assert_eq!(text, ">*|!ov-+ é «x» │█ ");
        assert!(is_whole);
    }
}
