//! ASCII stand-ins for terminals whose locale is not UTF-8.

use ratatui::buffer::Buffer;
use unicode_normalization::UnicodeNormalization;

/// Stand-ins, each as wide as what it stands for.
const STAND_INS: &[(&str, &str)] = &[
    ("▸", ">"),
    ("▾", "-"),
    ("▹", "+"),
    ("›", ">"),
    ("‹", "<"),
    ("●", "*"),
    ("▌", "|"),
    ("⚑", "!"),
    ("✗", "x"),
    ("▐", "#"),
    ("▕", "|"),
    ("╭", "+"),
    ("╮", "+"),
    ("╰", "+"),
    ("╯", "+"),
    ("✓", "v"),
    ("│", "|"),
    ("─", "-"),
    ("…", "."),
    ("•", "*"),
    ("◦", "o"),
    ("’", "'"),
    ("‘", "'"),
    ("“", "\""),
    ("”", "\""),
    ("–", "-"),
    ("—", "-"),
    ("↑", "^"),
    ("↓", "v"),
    ("←", "<"),
    ("→", ">"),
];

/// Puts stand-ins into every cell that is not ASCII.
pub fn fold(buffer: &mut Buffer) {
    for at in 0..buffer.content.len() {
        let Some(cell) = buffer
            .content
            .get(at)
            .filter(|cell| !cell.symbol().is_ascii())
        else {
            continue;
        };
        let (stand_in, style) = (stand_in(cell.symbol()), cell.style());
        // A character a cell: what is drawn over one of two cells later leaves no half of it.
        for (cell, character) in buffer.content.iter_mut().skip(at).zip(stand_in.chars()) {
            cell.set_char(character).set_style(style);
        }
    }
}

/// What stands for a grapheme: one character, or two for a wide one.
fn stand_in(symbol: &str) -> String {
    if let Some((_, stand_in)) = STAND_INS.iter().find(|(sign, _)| *sign == symbol) {
        return (*stand_in).to_owned();
    }
    let columns = crate::text::width::width(symbol).max(1);
    let base = symbol.nfd().find(char::is_ascii).filter(|_| columns == 1);
    base.map_or_else(|| "?".repeat(columns), String::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stand_in_is_as_wide_as_what_it_stands_for() {
        for (sign, stand_in) in STAND_INS {
            assert!(
                stand_in.is_ascii() && stand_in.len() == crate::text::width::width(sign),
                "{sign}"
            );
        }
        assert_eq!(stand_in("é"), "e");
        assert_eq!(stand_in("人"), "??");
    }

    #[test]
    fn each_half_of_a_wide_character_has_a_stand_in_of_its_own() {
        let mut buffer = Buffer::empty(ratatui::layout::Rect::new(0, 0, 4, 1));
        buffer.set_string(0, 0, "人é", ratatui::style::Style::new().reversed());
        fold(&mut buffer);
        let cells: Vec<(&str, bool)> = buffer
            .content
            .iter()
            .map(|cell| {
                (
                    cell.symbol(),
                    cell.modifier.contains(ratatui::style::Modifier::REVERSED),
                )
            })
            .collect();
        assert_eq!(cells, [("?", true), ("?", true), ("e", true), (" ", false)]);
    }
}
