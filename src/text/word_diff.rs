//! Compares two texts word by word: kept, removed and added words.

use std::{collections::HashMap, ops::Range};

use unicode_segmentation::UnicodeSegmentation;

use super::diff;

/// Unchanged stretches of at most this many words between longer changes count as changed.
const SHORT: usize = 2;
/// Words shown at each end of a long unchanged stretch.
const CONTEXT: usize = 6;

/// A stretch of text that is unchanged, removed or added.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    Same(String),
    Removed(String),
    Added(String),
}

/// A word or mark with the white space before it.
struct Token<'a> {
    whole: &'a str,
    bare: &'a str,
}

/// Corresponding stretches of both token lists.
#[derive(Debug, Clone)]
struct Stretch {
    old: Range<usize>,
    new: Range<usize>,
    is_same: bool,
}

/// The changes from one text to another. `Same` and `Added` pieces are exactly the new text; `Same`
/// and `Removed` ones the old text but for white space.
pub fn pieces(old: &str, new: &str) -> Vec<Piece> {
    let (a, b) = (tokens(old), tokens(new));
    let mut pieces = Vec::new();
    for stretch in smooth(stretches(&a, &b)) {
        let text = |tokens: &[Token], range: &Range<usize>| -> String {
            tokens
                .get(range.clone())
                .unwrap_or_default()
                .iter()
                .map(|token| token.whole)
                .collect()
        };
        if stretch.is_same {
            pieces.push(Piece::Same(text(&b, &stretch.new)));
            continue;
        }
        pieces.extend(
            Some(text(&a, &stretch.old))
                .filter(|text| !text.is_empty())
                .map(Piece::Removed),
        );
        pieces.extend(
            Some(text(&b, &stretch.new))
                .filter(|text| !text.is_empty())
                .map(Piece::Added),
        );
    }
    pieces
}

/// Folds long unchanged stretches to a `…` and the words next to a change.
pub fn folded(pieces: &[Piece]) -> Vec<Piece> {
    let all = pieces.len();
    let fold = |(at, piece): (usize, &Piece)| match piece {
        Piece::Same(text) => Piece::Same(fold(text, at == 0, at + 1 == all)),
        changed => changed.clone(),
    };
    pieces.iter().enumerate().map(fold).collect()
}

/// An unchanged stretch; if long, its ends next to a change.
fn fold(text: &str, is_first: bool, is_last: bool) -> String {
    let words: Vec<&str> = text.split(' ').collect();
    if words.len() <= 3 * CONTEXT {
        return text.to_owned();
    }
    let head = if is_first {
        String::new()
    } else {
        words.get(..CONTEXT).unwrap_or_default().join(" ") + " "
    };
    let tail = if is_last {
        String::new()
    } else {
        " ".to_owned()
            + &words
                .get(words.len() - CONTEXT..)
                .unwrap_or_default()
                .join(" ")
    };
    format!("{head}…{tail}")
}

/// Similarity of two texts: common words in thousandths of all words.
pub fn likeness(old: &[u32], new: &[u32]) -> usize {
    let common = diff::pairs(old, new).len();
    (2_000 * common)
        .checked_div(old.len() + new.len())
        .unwrap_or(1_000)
}

/// Words and marks by UAX #29; white space belongs to the word after it, at the end to the last.
fn tokens(text: &str) -> Vec<Token<'_>> {
    let mut tokens: Vec<Token> = Vec::new();
    let mut from = 0;
    for (start, bare) in text
        .split_word_bound_indices()
        .filter(|(_, part)| !part.trim().is_empty())
    {
        let end = start + bare.len();
        tokens.push(Token {
            whole: text.get(from..end).unwrap_or_default(),
            bare,
        });
        from = end;
    }
    if let Some(rest) = text.get(from..).filter(|rest| !rest.is_empty()) {
        tokens.push(Token {
            whole: rest,
            bare: "",
        });
    }
    tokens
}

fn stretches<'a>(old: &[Token<'a>], new: &[Token<'a>]) -> Vec<Stretch> {
    let mut numbers: HashMap<&'a str, u32> = HashMap::new();
    let mut number = |bare: &'a str| {
        let next = numbers.len() as u32;
        *numbers.entry(bare).or_insert(next)
    };
    let a: Vec<u32> = old.iter().map(|token| number(token.bare)).collect();
    let b: Vec<u32> = new.iter().map(|token| number(token.bare)).collect();
    let mut found: Vec<Stretch> = Vec::new();
    let (mut i, mut j) = (0, 0);
    for (x, y) in diff::pairs(&a, &b).into_iter().chain([(a.len(), b.len())]) {
        if i < x || j < y {
            found.push(Stretch {
                old: i..x,
                new: j..y,
                is_same: false,
            });
        }
        match found
            .last_mut()
            .filter(|last| last.is_same && i == x && j == y)
        {
            Some(last) => {
                (last.old.end, last.new.end) = ((x + 1).min(a.len()), (y + 1).min(b.len()))
            }
            None if x < a.len() => found.push(Stretch {
                old: x..x + 1,
                new: y..y + 1,
                is_same: true,
            }),
            None => {}
        }
        (i, j) = (x + 1, y + 1);
    }
    found
}

/// Merges short unchanged stretches between long changes into these: a lone `the` says nothing.
fn smooth(stretches: Vec<Stretch>) -> Vec<Stretch> {
    let size = |stretch: Option<&Stretch>| {
        stretch
            .filter(|stretch| !stretch.is_same)
            .map_or(0, |stretch| stretch.old.len().max(stretch.new.len()))
    };
    let is_isolated = |at: usize, stretch: &Stretch| {
        let (before, after) = (
            size(at.checked_sub(1).and_then(|at| stretches.get(at))),
            size(stretches.get(at + 1)),
        );
        stretch.is_same
            && stretch.new.len() <= SHORT
            && before > stretch.new.len()
            && after > stretch.new.len()
    };
    let mut smoothed: Vec<Stretch> = Vec::new();
    for (at, stretch) in stretches.iter().enumerate() {
        let is_same = stretch.is_same && !is_isolated(at, stretch);
        match smoothed.last_mut().filter(|last| !last.is_same && !is_same) {
            Some(last) => (last.old.end, last.new.end) = (stretch.old.end, stretch.new.end),
            None => smoothed.push(Stretch {
                is_same,
                ..stretch.clone()
            }),
        }
    }
    smoothed
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn removed_and_added_words_are_between_unchanged_ones() {
        let found = pieces(
            "We strive to correct past wrongs.",
            "We have to correct all past wrongs.",
        );
        let expected = [
            Piece::Same("We".into()),
            Piece::Removed(" strive".into()),
            Piece::Added(" have".into()),
            Piece::Same(" to correct".into()),
            Piece::Added(" all".into()),
            Piece::Same(" past wrongs.".into()),
        ];
        assert_eq!(found, expected);
        assert_eq!(pieces("one", "one"), [Piece::Same("one".into())]);
        assert_eq!(pieces("", ""), []);
    }

    proptest! {
        #[test]
        fn the_pieces_are_both_texts(old in "([a-c ,.]|人|\\n){0,40}", new in "([a-c ,.]|人|\\n){0,40}") {
            let found = pieces(&old, &new);
            let text = |without: fn(&Piece) -> bool| found.iter().filter(|piece| !without(piece)).map(|piece| match piece {
                Piece::Same(text) | Piece::Removed(text) | Piece::Added(text) => text.as_str(),
            }).collect::<String>();
            prop_assert_eq!(text(|piece| matches!(piece, Piece::Removed(_))), new);
            let bare = |text: &str| text.split_whitespace().collect::<String>();
            prop_assert_eq!(bare(&text(|piece| matches!(piece, Piece::Added(_)))), bare(&old));
        }
    }
}
