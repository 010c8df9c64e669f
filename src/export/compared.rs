//! Writes what changed between two editions of a report; a format is a file here.

mod json;
mod markdown;
mod text;

use crate::{
    notebook::compared::{Compared, Noted},
    text::{
        width,
        word_diff::{self, Piece},
    },
};

/// The formats of `compare`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum ComparedFormat {
    Text,
    Markdown,
    Json,
}

/// Writes it, unchanged parts folded.
pub fn write(format: ComparedFormat, compared: &Compared) -> String {
    match format {
        ComparedFormat::Text => text::write(compared),
        ComparedFormat::Markdown => markdown::write(compared),
        ComparedFormat::Json => json::write(compared),
    }
}

/// A text as it is written: without control characters, nothing after its last line.
fn shown(text: &str) -> String {
    let lines: Vec<_> = text.trim_end().lines().map(width::shown).collect();
    lines.join("\n") + "\n"
}

/// What stands before and after words that were removed and that were added.
struct Marks {
    removed: (&'static str, &'static str),
    added: (&'static str, &'static str),
    escape: fn(&str) -> String,
}

impl Marks {
    /// A reworded text with its long stretches that stayed folded.
    fn set(&self, pieces: &[Piece]) -> String {
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
