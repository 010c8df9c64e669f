//! Positions in a report's text, independent of any width or screen.

/// A position in the text: section and block by index, byte on a character boundary of the block's
/// text. The derived order is reading order.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Position {
    /// Index of the section, from 0.
    pub section: usize,
    /// Index of the block in its section, from 0.
    pub block: usize,
    /// Byte of the block's text, `0..=len`.
    pub byte: usize,
}

impl Position {
    pub fn new(section: usize, block: usize, byte: usize) -> Self {
        Self {
            section,
            block,
            byte,
        }
    }

    /// Section and block, without the byte.
    pub fn block_key(self) -> (usize, usize) {
        (self.section, self.block)
    }

    /// Whether both are in one block.
    pub fn same_block(self, other: Self) -> bool {
        self.block_key() == other.block_key()
    }

    /// The first byte of the same block.
    pub fn block_start(self) -> Self {
        Self { byte: 0, ..self }
    }
}

/// The text between two positions; its start is never after its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Passage {
    start: Position,
    end: Position,
}

impl Passage {
    /// Makes a passage of two positions in any order.
    pub fn new(a: Position, b: Position) -> Self {
        Self {
            start: a.min(b),
            end: a.max(b),
        }
    }

    pub fn start(self) -> Position {
        self.start
    }

    /// One past the last byte.
    pub fn end(self) -> Position {
        self.end
    }

    /// Whether the passage includes the block at a position.
    pub fn touches_block(self, position: Position) -> bool {
        self.start.block_key() <= position.block_key()
            && position.block_key() <= self.end.block_key()
    }

    /// The bytes of a block in this passage, where `len` is the block's length.
    pub fn bytes_in_block(self, position: Position, len: usize) -> std::ops::Range<usize> {
        if !self.touches_block(position) {
            return 0..0;
        }
        let from = if self.start.same_block(position) {
            self.start.byte
        } else {
            0
        };
        let to = if self.end.same_block(position) {
            self.end.byte
        } else {
            len
        };
        from..to
    }
}

/// Which way to go through the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    Forward,
    Backward,
}
