//! The text of each item of a comparison, with what is said of its parts, broken into lines.

use super::{Comparison, Item};
use crate::{
    edition::comparison::{BlockChange, SectionChange},
    notebook::compared::{ChangedNote, Compared},
    text::{
        word_diff::{self, Piece},
        wording,
        wrap::{self, Line},
    },
};

/// What a part of the text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    Plain,
    /// What should not be looked at first.
    Quiet,
    Title,
    /// What became of a paragraph, and where it is.
    Heading,
    /// Words that came, words that went.
    Added,
    Removed,
    /// A whole paragraph that came, one that went.
    Came,
    Went,
    /// One's own words.
    Note,
}

/// What the lines depend on.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Style {
    /// Columns of a line.
    pub width: usize,
    pub signs: Signs,
    pub is_unfolded: bool,
}

/// What stands in `{+…+}` and `[-…-]`, as `wdiff` writes what came and went.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Signs {
    #[default]
    None,
    /// Words; whole paragraphs have a sign beside each line.
    Words,
    /// Whole paragraphs too, where nothing stands beside them.
    All,
}

/// An item as it is shown.
#[derive(Debug, Default)]
pub(super) struct ItemText {
    pub text: String,
    /// Where each part ends, in bytes, and what it is.
    runs: Vec<(usize, Mark)>,
    pub lines: Vec<Line>,
}

impl ItemText {
    pub fn new(comparison: &Comparison, item: Item, style: Style) -> Self {
        let compared = &comparison.compared;
        let mut item_text = Self::default();
        match item {
            Item::Summary => item_text.summary(comparison, style),
            Item::Notes => item_text.push("Your notes on what changed", Mark::Title),
            Item::Note(note) => compared
                .notes
                .get(note)
                .into_iter()
                .for_each(|noted| item_text.note(compared, noted, style)),
            Item::Section(section) => {
                let title = if item.is_change(compared) {
                    "title changed, "
                } else {
                    ""
                };
                compared
                    .sections
                    .get(section)
                    .into_iter()
                    .for_each(|of| item_text.section(compared, of, title, style));
            }
            Item::SameSections { count: 1, .. } => item_text.push(
                &format!("{}: the same", item.heading(compared, "")),
                Mark::Quiet,
            ),
            Item::SameSections { count, .. } => item_text.push(
                &format!("… {} the same", wording::count(count, "section")),
                Mark::Quiet,
            ),
            Item::Block { .. } => item
                .block(compared)
                .into_iter()
                .for_each(|change| item_text.block(compared, change, style)),
            Item::SameBlocks { count, .. } => item_text.push(
                &format!("… {} the same", wording::count(count, "paragraph")),
                Mark::Quiet,
            ),
        }
        // A blank line after it.
        item_text.push("\n\n", Mark::Plain);
        item_text.lines = wrap::lines(&item_text.text, style.width, "");
        item_text
    }

    fn push(&mut self, text: &str, mark: Mark) {
        self.text.push_str(text);
        self.runs.push((self.text.len(), mark));
    }

    fn summary(&mut self, comparison: &Comparison, style: Style) {
        self.push(&format!("{}\n", comparison.counts()), Mark::Heading);
        self.push("Words that came are ", Mark::Quiet);
        self.piece(&Piece::Added("added".into()), style);
        self.push(", those that went ", Mark::Quiet);
        self.piece(&Piece::Removed("removed".into()), style);
        self.push(".", Mark::Quiet);
    }

    fn note(&mut self, compared: &Compared, noted: &ChangedNote, style: Style) {
        let annotation = &noted.annotation;
        self.push(
            &format!(
                "{}  {}, {}\n",
                noted.place(&compared.old, &compared.new),
                annotation.kind.name(),
                noted.now.name()
            ),
            Mark::Heading,
        );
        self.pieces(&noted.pieces(&compared.new), style);
        if !annotation.text.is_empty() {
            self.push(&format!("\n{}", annotation.text), Mark::Note);
        }
    }

    fn section(&mut self, compared: &Compared, change: &SectionChange, title: &str, style: Style) {
        let number = change.new.or(change.old).map_or(0, |index| index + 1);
        self.push(&format!("{number}  "), Mark::Title);
        let mut holders = match (change.new, change.old) {
            (Some(new), _) => compared.new.path(new),
            (None, Some(old)) => compared.old.path(old),
            (None, None) => Vec::new(),
        };
        holders.pop();
        for holder in holders {
            let holder = format!("{} › ", wording::one_line(holder));
            self.push(&holder, Mark::Quiet);
        }
        for piece in compared.title(change) {
            match piece {
                Piece::Same(text) => self.push(&text, Mark::Title),
                changed => self.piece(&changed, style),
            }
        }
        let state = change.state();
        self.push(&format!("\n{title}{state}"), Mark::Quiet);
    }

    fn block(&mut self, compared: &Compared, change: BlockChange, style: Style) {
        if let Some(caption) = change.caption(&compared.old, &compared.new) {
            self.push(&format!("{caption}\n"), Mark::Heading);
        }
        let pieces = compared.pieces(change);
        match (change, pieces.as_slice()) {
            (
                BlockChange::MovedAway { .. } | BlockChange::MovedHere { .. },
                [Piece::Same(text)],
            ) if !style.is_unfolded => {
                self.push(
                    &wording::cut(&wording::one_line(text), style.width),
                    Mark::Quiet,
                );
            }
            // What came or went whole is caption beside the lines.
            (BlockChange::Added(_), [Piece::Added(text)]) if style.signs != Signs::All => {
                self.push(text, Mark::Came)
            }
            (BlockChange::Removed(_), [Piece::Removed(text)]) if style.signs != Signs::All => {
                self.push(text, Mark::Went)
            }
            (_, pieces) => self.pieces(pieces, style),
        }
    }

    fn pieces(&mut self, pieces: &[Piece], style: Style) {
        let folded = if style.is_unfolded {
            pieces.to_vec()
        } else {
            word_diff::folded(pieces)
        };
        folded.iter().for_each(|piece| self.piece(piece, style));
    }

    /// What changed without the blank before it, so that no blank is struck out.
    fn piece(&mut self, piece: &Piece, style: Style) {
        let (text, mark, signs) = match piece {
            Piece::Same(text) => return self.push(text, Mark::Plain),
            Piece::Added(text) => (text, Mark::Added, ("{+", "+}")),
            Piece::Removed(text) => (text, Mark::Removed, ("[-", "-]")),
        };
        let bare = text.trim_start();
        self.push(
            text.get(..text.len() - bare.len()).unwrap_or_default(),
            Mark::Plain,
        );
        let (open, close) = if style.signs == Signs::None {
            ("", "")
        } else {
            signs
        };
        self.push(&format!("{open}{bare}{close}"), mark);
    }

    /// The parts of a line, without blanks at its end.
    pub fn parts(&self, line: usize) -> Vec<(String, Mark)> {
        let Some(line) = self.lines.get(line) else {
            return Vec::new();
        };
        let text = self.text.get(line.start..line.end).unwrap_or_default();
        let end = line.start + text.trim_end().len();
        let mut from = line.start;
        let mut parts = Vec::new();
        let first = self.runs.partition_point(|(to, _)| *to <= from);
        for &(to, mark) in self.runs.iter().skip(first) {
            let part = self.text.get(from..to.min(end)).unwrap_or_default();
            if !part.is_empty() {
                parts.push((part.to_owned(), mark));
            }
            from = to;
            if from >= end {
                break;
            }
        }
        parts
    }
}
