//! Marks of changed words, the same for all text formats.

use crate::text::{
    width,
    word_diff::{self, Piece},
};

/// A text made safe to show, with one line feed at its end.
pub fn shown(text: &str) -> String {
    let lines: Vec<_> = text.trim_end().lines().map(width::shown).collect();
    lines.join("\n") + "\n"
}

/// The marks around removed and added words.
pub struct Marks {
    pub removed: (&'static str, &'static str),
    pub added: (&'static str, &'static str),
    pub escape: fn(&str) -> String,
}

impl Marks {
    /// A changed text with long unchanged stretches folded.
    pub fn set(&self, pieces: &[Piece]) -> String {
        let set = word_diff::folded(pieces)
            .into_iter()
            .map(|piece| match &piece {
                Piece::Same(text) => (self.escape)(text),
                Piece::Removed(text) => self.enclose(text, self.removed),
                Piece::Added(text) => self.enclose(text, self.added),
            });
        set.collect()
    }

    fn enclose(&self, text: &str, (open, close): (&str, &str)) -> String {
        let bare = text.trim_start();
        let blank = text.get(..text.len() - bare.len()).unwrap_or_default();
        format!("{blank}{open}{}{close}", (self.escape)(bare))
    }
}
