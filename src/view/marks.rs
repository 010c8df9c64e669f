//! The matches of a search in the text that is drawn.

use ratatui::style::Style;

use super::theme::Theme;
use crate::{
    reader::{Reader, finding::Mark},
    search::pieces::Piece,
};

/// The bytes at which a hit in a piece begins or ends.
pub fn cuts(reader: &Reader, piece: Piece) -> impl Iterator<Item = usize> {
    reader
        .screen
        .marks
        .iter()
        .filter(move |mark| mark.piece == piece)
        .flat_map(|mark| [mark.bytes.start, mark.bytes.end])
}

/// The style of the hit at a byte, where there is one.
pub fn style(reader: &Reader, piece: Piece, byte: usize, theme: &Theme) -> Option<Style> {
    let is_here = |mark: &&Mark| mark.piece == piece && mark.bytes.contains(&byte);
    let mark = reader.screen.marks.iter().find(is_here)?;
    Some(if mark.is_current {
        theme.found_here
    } else {
        theme.found
    })
}
