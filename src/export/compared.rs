//! Writes what changed between two editions of a report; a format is a file here.

mod json;
mod markdown;
mod text;

use crate::{
    notebook::annotation::Annotation,
    report::{
        Report,
        address::Address,
        anchor::Resolution,
        comparison::{BlockChange, SectionChange},
        position::Position,
        rewording::{self, Piece},
    },
    wording,
};

/// Words that are shown at each end of a long stretch that stayed.
const KEPT: usize = 6;

/// The formats of `compare`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum ComparedFormat {
    Text,
    Markdown,
    Json,
}

/// Two editions and what changed between them.
#[derive(Debug)]
pub struct Compared<'a> {
    pub old: &'a Report,
    pub new: &'a Report,
    pub sections: Vec<SectionChange>,
    /// Annotations on passages that are not what they were, in reading order.
    pub notes: Vec<Noted>,
}

/// An annotation whose passage changed.
#[derive(Debug)]
pub struct Noted {
    pub annotation: Annotation,
    /// Where it stands in the old edition.
    pub was: Option<Position>,
    /// Where it stands in the new edition.
    pub now: Resolution,
}

/// Writes it, unchanged parts folded.
pub fn write(format: ComparedFormat, compared: &Compared<'_>) -> String {
    match format {
        ComparedFormat::Text => text::write(compared),
        ComparedFormat::Markdown => markdown::write(compared),
        ComparedFormat::Json => json::write(compared),
    }
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
        let all = pieces.len();
        let set = pieces.iter().enumerate().map(|(at, piece)| match piece {
            Piece::Same(text) => (self.escape)(&fold(text, at == 0, at + 1 == all)),
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

/// A stretch that stayed: where it is long, its ends that touch a change.
fn fold(text: &str, is_first: bool, is_last: bool) -> String {
    let words: Vec<&str> = text.split(' ').collect();
    if words.len() <= 3 * KEPT {
        return text.to_owned();
    }
    let head = if is_first { String::new() } else { words.get(..KEPT).unwrap_or_default().join(" ") + " " };
    let tail = if is_last { String::new() } else { " ".to_owned() + &words.get(words.len() - KEPT..).unwrap_or_default().join(" ") };
    format!("{head}…{tail}")
}

/// How many blocks of a section became what: `2 changed, 1 added, 5 the same`.
fn summary(section: &SectionChange) -> String {
    let count = |wanted: fn(&BlockChange) -> bool| section.blocks.iter().filter(|block| wanted(block)).count();
    let parts = [
        (count(|block| matches!(block, BlockChange::Changed { .. })), "changed"),
        (count(|block| matches!(block, BlockChange::Added(_))), "added"),
        (count(|block| matches!(block, BlockChange::Removed(_))), "removed"),
        (count(|block| matches!(block, BlockChange::MovedAway { .. } | BlockChange::MovedHere { .. })), "moved"),
        (count(|block| matches!(block, BlockChange::Same { .. })), "the same"),
    ];
    let parts: Vec<String> = parts.iter().filter(|(count, _)| *count > 0).map(|(count, word)| format!("{count} {word}")).collect();
    parts.join(", ")
}

impl Compared<'_> {
    /// The title, with what it was before where that is another.
    fn title(&self, section: &SectionChange) -> Vec<Piece> {
        let title = |report: &Report, index: Option<usize>| {
            index.and_then(|index| report.sections.get(index)).map(|section| wording::one_line(&section.title))
        };
        match (title(self.old, section.old), title(self.new, section.new)) {
            (Some(old), Some(new)) => rewording::pieces(&old, &new),
            (old, new) => vec![Piece::Same(new.or(old).unwrap_or_default())],
        }
    }

    /// What became of a block's text, word by word; whole where it was added or removed.
    fn pieces(&self, change: BlockChange) -> Vec<Piece> {
        match change {
            BlockChange::Changed { old, new } => rewording::pieces(self.old.text_at(old), self.new.text_at(new)),
            BlockChange::Added(at) => vec![Piece::Added(self.new.text_at(at).to_owned())],
            BlockChange::Removed(at) => vec![Piece::Removed(self.old.text_at(at).to_owned())],
            BlockChange::Same { new, .. } | BlockChange::MovedHere { new, .. } => vec![Piece::Same(self.new.text_at(new).to_owned())],
            BlockChange::MovedAway { old, .. } => vec![Piece::Same(self.old.text_at(old).to_owned())],
        }
    }
}

impl Noted {
    /// What became of the quote; where nothing certain is known, the quote as it was.
    fn pieces(&self, new: &Report) -> Vec<Piece> {
        let quote = &self.annotation.anchor.quote;
        match self.now {
            Resolution::Changed(passage) => rewording::pieces(quote, &new.text_of(passage)),
            _ => vec![Piece::Removed(quote.clone())],
        }
    }

    /// `2:4 → 2:5`, or one of them.
    fn place(&self) -> String {
        let was = self.was.map(|at| Address::of(at).to_string());
        let now = self.now.passage().map(|passage| Address::of(passage.start()).to_string());
        match (was, now) {
            (Some(was), Some(now)) if was != now => format!("{was} → {now}"),
            (was, now) => now.or(was).unwrap_or_else(|| "-".into()),
        }
    }
}

/// The heading of a block's change: `2:4 → 2:5 changed`.
fn heading(change: BlockChange) -> Option<String> {
    let address = |at: Position| Address::of(at).to_string();
    let both = |old: Position, new: Position| {
        let (old, new) = (address(old), address(new));
        if old == new { new } else { format!("{old} → {new}") }
    };
    match change {
        BlockChange::Same { .. } => None,
        BlockChange::Changed { old, new } => Some(format!("{} changed", both(old, new))),
        BlockChange::Added(new) => Some(format!("{} added", address(new))),
        BlockChange::Removed(old) => Some(format!("{} removed", address(old))),
        BlockChange::MovedAway { old, new } => Some(format!("{} moved to {}", address(old), address(new))),
        BlockChange::MovedHere { old, new } => Some(format!("{} moved here from {}", address(new), address(old))),
    }
}
