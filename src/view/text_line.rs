//! A line of the text as the panes that draw it know it.

use crate::{
    report::position::{Passage, Position},
    search::pieces::Piece,
};

/// One line of a block.
#[derive(Clone, Copy)]
pub struct TextLine {
    /// Where it begins.
    pub position: Position,
    /// The byte at which it ends.
    pub end: usize,
    pub hyphen: bool,
}

impl TextLine {
    pub fn piece(self) -> Piece {
        Piece {
            section: self.position.section,
            block: Some(self.position.block),
        }
    }

    pub fn holds(self, byte: usize) -> bool {
        (self.position.byte..self.end.max(self.position.byte + 1)).contains(&byte)
    }

    /// Whether some of a passage is in it.
    pub fn shows(self, passage: Passage) -> bool {
        let bytes = passage.bytes_in_block(self.position, usize::MAX);
        bytes.start < self.end.max(self.position.byte + 1) && self.position.byte < bytes.end
    }
}
