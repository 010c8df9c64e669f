//! Breaks a block's text into lines, as byte ranges.
//!
//! Break opportunities are those of UAX #14 (through textwrap), lines are chosen by optimal fit,
//! English words are hyphenated on short lines. Widths are those of [`width`], so what fits here
//! fits on the screen.

use hypher::Lang;
use textwrap::{
    WordSeparator,
    core::Fragment,
    wrap_algorithms::{Penalties, wrap_first_fit, wrap_optimal_fit},
};
use unicode_segmentation::UnicodeSegmentation;

use super::width;

/// Lines of fewer columns than this are hyphenated.
const HYPHENATE_BELOW: usize = 50;
/// Cost of a hyphen, as a square of columns left empty at the end of a line: a ragged edge of a
/// third of a narrow line is better than a hyphen.
const HYPHEN_PENALTY: usize = 200;
/// Longest stretch of text in bytes for optimal fit.
const OPTIMAL_UP_TO: usize = 64 * 1024;

/// One line: a byte range of its block, with trailing blanks.
///
/// Invariant of [`lines`]: the lines of a text are contiguous, start at 0 and end at its length;
/// none is wider than asked, trailing blanks not counted, unless it is a single grapheme.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Line {
    pub start: usize,
    pub end: usize,
    /// Whether a hyphen is drawn after the last letter.
    pub hyphen: bool,
}

/// A piece of text that is not broken.
#[derive(Debug)]
struct Piece {
    start: usize,
    end: usize,
    width: usize,
    blanks: usize,
    hyphen: bool,
}

impl Fragment for Piece {
    fn width(&self) -> f64 {
        self.width as f64
    }
    fn whitespace_width(&self) -> f64 {
        self.blanks as f64
    }
    fn penalty_width(&self) -> f64 {
        f64::from(u8::from(self.hyphen))
    }
}

/// Breaks `text` into lines of at most `width` columns (0 counts as 1).
///
/// `language` is a BCP 47 tag; English is hyphenated below 50 columns. A line feed always ends
/// a line.
pub fn lines(text: &str, width: usize, language: &str) -> Vec<Line> {
    let width = width.max(1);
    let hyphenated = width < HYPHENATE_BELOW
        && language
            .get(..2)
            .is_some_and(|tag| tag.eq_ignore_ascii_case("en"));
    let mut all = Vec::new();
    let mut start = 0;
    for stretch in text.split_inclusive('\n') {
        let end = start + stretch.len();
        break_stretch(
            stretch.trim_end_matches('\n'),
            start,
            width,
            hyphenated,
            &mut all,
        );
        if let Some(last) = all.last_mut() {
            last.end = end;
        }
        start = end;
    }
    if all.is_empty() {
        all.push(Line {
            start: 0,
            end: text.len(),
            hyphen: false,
        });
    }
    all
}

/// Breaks text without line feeds; `offset` is its start in the block.
fn break_stretch(text: &str, offset: usize, width: usize, hyphenated: bool, all: &mut Vec<Line>) {
    if text.is_empty() || (text.len() <= width && text.is_ascii()) {
        all.push(Line {
            start: offset,
            end: offset + text.len(),
            hyphen: false,
        });
        return;
    }
    let pieces = pieces(text, width, hyphenated);
    for line in choose(&pieces, text.len(), width) {
        let (Some(first), Some(last)) = (line.first(), line.last()) else {
            continue;
        };
        let ends_text = last.end == text.len();
        all.push(Line {
            start: offset + first.start,
            end: offset + last.end,
            hyphen: last.hyphen && !ends_text,
        });
    }
}

/// Optimal fit, or first fit if a line would overflow.
fn choose(pieces: &[Piece], bytes: usize, width: usize) -> Vec<&[Piece]> {
    let columns = [width as f64];
    if bytes <= OPTIMAL_UP_TO
        && let Ok(lines) = wrap_optimal_fit(
            pieces,
            &columns,
            &Penalties {
                hyphen_penalty: HYPHEN_PENALTY,
                ..Penalties::new()
            },
        )
        && lines.iter().all(|line| line_width(line) <= width)
    {
        return lines;
    }
    wrap_first_fit(pieces, &columns)
}

fn line_width(line: &[Piece]) -> usize {
    let Some((last, before)) = line.split_last() else {
        return 0;
    };
    let inner: usize = before.iter().map(|piece| piece.width + piece.blanks).sum();
    inner + last.width + usize::from(last.hyphen)
}

fn pieces(text: &str, width: usize, hyphenated: bool) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut start = 0;
    for word in WordSeparator::UnicodeBreakProperties.find_words(text) {
        let end = start + word.word.len();
        let whole = Piece {
            start,
            end,
            width: width::width(word.word),
            blanks: 0,
            hyphen: false,
        };
        if hyphenated {
            syllables(text, whole, width, &mut pieces);
        } else {
            fit(text, whole, width, &mut pieces);
        }
        start = end + word.whitespace.len();
        if let Some(last) = pieces.last_mut() {
            last.end = start;
            last.blanks = word.whitespace.len();
        }
    }
    pieces
}

/// Splits a word of letters at its syllables, any other word if it is too wide.
fn syllables(text: &str, word: Piece, width: usize, pieces: &mut Vec<Piece>) {
    let Some(letters) = text.get(word.start..word.end) else {
        return;
    };
    let core = letters.trim_end_matches(|c: char| !c.is_alphabetic());
    if word.width < 6 || core.is_empty() || !core.chars().all(|c| c.is_ascii_lowercase()) {
        return fit(text, word, width, pieces);
    }
    let mut start = word.start;
    let mut rest = hypher::hyphenate_bounded(core, Lang::English, 3, 3).peekable();
    while let Some(syllable) = rest.next() {
        let is_last = rest.peek().is_none();
        let end = if is_last {
            word.end
        } else {
            start + syllable.len()
        };
        let columns = text.get(start..end).map_or(0, width::width);
        let piece = Piece {
            start,
            end,
            width: columns,
            blanks: 0,
            hyphen: !is_last,
        };
        if columns + usize::from(piece.hyphen) > width {
            fit(
                text,
                Piece {
                    hyphen: false,
                    ..piece
                },
                width,
                pieces,
            );
        } else {
            pieces.push(piece);
        }
        start = end;
    }
}

/// Pushes a piece, split between graphemes if it is too wide.
fn fit(text: &str, piece: Piece, width: usize, pieces: &mut Vec<Piece>) {
    if piece.width <= width {
        return pieces.push(piece);
    }
    let mut part = Piece {
        start: piece.start,
        end: piece.start,
        width: 0,
        blanks: 0,
        hyphen: false,
    };
    for grapheme in text
        .get(piece.start..piece.end)
        .unwrap_or_default()
        .graphemes(true)
    {
        let columns = width::grapheme_width(grapheme);
        if part.end > part.start && part.width + columns > width {
            let next = part.end;
            pieces.push(part);
            part = Piece {
                start: next,
                end: next,
                width: 0,
                blanks: 0,
                hyphen: false,
            };
        }
        part.end += grapheme.len();
        part.width += columns;
    }
    pieces.push(part);
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const HARD: &[&str] = &[
        "",
        " ",
        "\n",
        "a\n\nb\n",
        "This year’s Trafficking in Persons Report – a “strong” message—sent, to the world.",
        "   leading and   inner   blanks   ",
        "人権は普遍的である。すべての人間は、生まれながらにして自由であり",
        "e\u{301}\u{301}galite\u{301} 👩‍👩‍👧👩‍👩‍👧 ❤️ 🇻🇳🇺🇸 \u{301}",
        "שלום עולם مرحبا بالعالم \u{202e}evil\u{202c} \u{200b}x\u{ad}y",
        "https://www.state.gov/reports/2021-trafficking-in-persons-report/?a=b&c=d#anti-trafficking",
        "one\r\ntwo\rthree\tfour\u{a0}five\u{3000}six",
        "supercalifragilisticexpialidocious antidisestablishmentarianism",
    ];

    fn check(text: &str, width: usize, language: &str) {
        let mut at = 0;
        for line in lines(text, width, language) {
            assert_eq!(line.start, at, "lines touch: {text:?} at {width}");
            at = line.end;
            let shown = text
                .get(line.start..line.end)
                .expect("a character boundary");
            let visible = shown.trim_end_matches('\n').trim_end_matches(' ');
            let columns = width::width(visible) + usize::from(line.hyphen);
            let single = visible
                .graphemes(true)
                .filter(|g| width::grapheme_width(g) > 0)
                .count()
                == 1;
            assert!(
                columns <= width || single,
                "{columns} > {width}: {visible:?} of {text:?}"
            );
        }
        assert_eq!(
            at,
            text.len(),
            "every byte is on a line: {text:?} at {width}"
        );
    }

    #[test]
    fn every_byte_is_on_one_line_and_none_is_too_wide() {
        for text in HARD {
            for width in 1..=200 {
                check(text, width, "en-US");
                check(text, width, "vi");
            }
        }
    }

    proptest! {
        #[test]
        fn any_text_at_any_width_is_broken_without_loss(text in "(\\PC|[a-z ]|[\n\t\u{300}-\u{310}\u{200d}人👩]){0,120}", width in 1usize..=200) {
            check(&text, width, "en");
        }
    }

    #[test]
    fn narrow_english_is_hyphenated() {
        let text = "perpetuated discrimination and dehumanized vulnerabilities";
        assert!(lines(text, 12, "en-US").iter().any(|line| line.hyphen));
        assert!(!lines(text, 12, "vi").iter().any(|line| line.hyphen));
        assert!(!lines(text, 50, "en-US").iter().any(|line| line.hyphen));
    }
}
