//! The gate for all text that is shown: what may reach a screen, and how wide it is.
//!
//! Control characters become signs (Unicode Control Pictures), tabs blanks, bidirectional overrides
//! and invisible characters `�`; a grapheme cluster has at most eight code points. Widths are
//! columns by UAX #11 as counted by the `unicode-width` crate, as in the drawing library.

use std::borrow::Cow;

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// Code points of one grapheme cluster that are shown; the rest is dropped.
const LONGEST_CLUSTER: usize = 8;

/// The text made safe to show. Borrowed if nothing changes.
pub fn shown(text: &str) -> Cow<'_, str> {
    if is_plain(text)
        || text
            .graphemes(true)
            .all(|grapheme| is_plain(grapheme) || is_harmless(grapheme))
    {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.graphemes(true).map(sign).collect())
}

/// The text made safe for files that people open: without control, override and invisible
/// characters. Line feeds stay, clusters are whole.
pub fn written(text: &str) -> String {
    let mut written = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '\n' => written.push('\n'),
            '\t' => written.push(' '),
            '\u{ad}' => {}
            _ if is_mark(character) => {}
            '\u{0}'..='\u{1f}' => written.extend(char::from_u32(0x2400 + u32::from(character))),
            '\u{7f}' => written.push('␡'),
            _ if is_unsafe(character) => written.push('\u{fffd}'),
            _ => written.push(character),
        }
    }
    written
}

/// The text made safe to hand to the clipboard, a command or an editor: as it is written, with its
/// tabs and line ends.
pub fn passed(text: &str) -> String {
    let of_line = |line: &str| line.split('\t').map(written).collect::<Vec<_>>().join("\t");
    text.split("\r\n")
        .map(of_line)
        .collect::<Vec<_>>()
        .join("\r\n")
}

/// Whether a terminal or an editor would act on the character, or hide it.
pub fn is_unsafe(character: char) -> bool {
    character.is_control() || is_invisible(character)
}

/// The columns of the text when shown.
pub fn width(text: &str) -> usize {
    if is_plain(text) {
        return text.len();
    }
    text.graphemes(true).map(grapheme_width).sum()
}

/// The columns of a grapheme cluster when shown.
pub fn grapheme_width(grapheme: &str) -> usize {
    match grapheme {
        _ if is_plain(grapheme) => grapheme.len(),
        "’" | "‘" | "“" | "”" | "–" | "—" | "…" => 1,
        _ if is_harmless(grapheme) => grapheme.width(),
        _ => sign(grapheme).width(),
    }
}

/// Printable ASCII only: the common case, one byte a column.
fn is_plain(text: &str) -> bool {
    text.bytes().all(|byte| (0x20..0x7f).contains(&byte))
}

/// Whether a cluster may be shown unchanged.
fn is_harmless(grapheme: &str) -> bool {
    let mut count = 0;
    let harmful = grapheme.chars().any(|character| {
        count += 1;
        count > LONGEST_CLUSTER || character.is_control() || is_invisible(character)
    });
    !harmful && grapheme.width() > 0
}

/// What is shown for a cluster.
fn sign(grapheme: &str) -> Cow<'_, str> {
    if is_plain(grapheme) || is_harmless(grapheme) {
        return Cow::Borrowed(grapheme);
    }
    let mut sign = String::new();
    for character in grapheme.chars().take(LONGEST_CLUSTER) {
        match character {
            '\t' => sign.push(' '),
            '\u{ad}' => {}
            _ if is_mark(character) => {}
            '\u{0}'..='\u{1f}' => sign.extend(char::from_u32(0x2400 + u32::from(character))),
            '\u{7f}' => sign.push('␡'),
            _ if character.is_control() || is_invisible(character) => sign.push('\u{fffd}'),
            _ => sign.push(character),
        }
    }
    if !sign.is_empty() && sign.width() == 0 {
        sign.insert(0, '◌');
    }
    Cow::Owned(sign)
}

/// Marks of direction and of joined words that Arabic and Hebrew texts are full of: they are left
/// out, as nothing is seen of them. Overrides, which can deceive, become signs.
fn is_mark(character: char) -> bool {
    matches!(
        character,
        '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2060}' | '\u{2066}'..='\u{2069}'
    )
}

/// Characters that change or hide their neighbours: bidirectional controls, fillers, tags,
/// interlinear marks, byte order marks. ZWJ and ZWNJ are not among them: Persian, Indic scripts and
/// emoji need them.
fn is_invisible(character: char) -> bool {
    matches!(character,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}'
        | '\u{180b}'..='\u{180e}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{feff}' | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}'
        | '\u{e0000}'..='\u{e0fff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_control_or_override_reaches_the_screen() {
        for code in (0..0x3000)
            .chain(0xfe00..0x1_0000)
            .chain(0xe_0000..0xe_1000)
        {
            let Some(character) = char::from_u32(code) else {
                continue;
            };
            let text = format!("a{character}b");
            let text = shown(&text);
            assert!(
                !text.chars().any(|c| c.is_control() || is_invisible(c)),
                "U+{code:04X}"
            );
        }
        assert_eq!(
            shown("\u{200f}שלום\u{200e} \u{2067}عربي\u{2069}\u{2060}"),
            "שלום عربي"
        );
        assert_eq!(shown("\u{1b}[2J\tx\u{202e}y\u{7f}"), "␛[2J x\u{fffd}y␡");
    }

    #[test]
    fn no_control_or_override_is_written_and_nothing_else_changes() {
        for character in (0..0x10_ffff).filter_map(char::from_u32) {
            let text = written(&format!("a{character}b"));
            assert!(
                !text.chars().any(|c| c != '\n' && is_unsafe(c)),
                "U+{:04X}",
                u32::from(character)
            );
            assert!(
                is_unsafe(character) || text == format!("a{character}b"),
                "U+{:04X}",
                u32::from(character)
            );
        }
        assert_eq!(written("\u{200f}שלום\u{2069}\u{2060}"), "שלום");
        assert_eq!(passed("a\tb\r\nc\u{1b}[201~\rd\n"), "a\tb\r\nc␛[201~␍d\n");
        assert_eq!(written("a\n\tb\u{1b}[2J\u{202e}"), "a\n b␛[2J\u{fffd}");
    }

    #[test]
    fn a_cluster_has_at_most_eight_code_points() {
        let zalgo = format!("e{}", "\u{301}".repeat(100_000));
        assert_eq!(shown(&zalgo).chars().count(), LONGEST_CLUSTER);
        assert_eq!(width(&zalgo), 1);
    }

    #[test]
    fn columns_are_those_of_the_drawing_library() {
        for (text, columns) in [
            ("’—", 2),
            ("人", 2),
            ("e\u{301}", 1),
            ("👩‍👩‍👧", 2),
            ("❤️", 2),
            ("שלום", 4),
            ("\u{301}", 1),
            ("", 0),
        ] {
            assert_eq!(width(text), columns, "{text:?}");
        }
    }

    #[test]
    fn ordinary_text_is_borrowed() {
        assert!(matches!(
            shown("year’s – “more” e\u{301}"),
            Cow::Borrowed(_)
        ));
    }
}
