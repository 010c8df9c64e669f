//! How each kind of block is set: indent, marker and the space around it. Data, no drawing.

use super::BlockKind;

/// How one kind of block is set, in columns and lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Setting {
    /// Columns left free at the left of every line.
    pub indent: u16,
    /// Drawn in the indent of the first line.
    pub marker: &'static str,
    /// Whether a block of the same kind follows without an empty line.
    pub tight: bool,
    /// Whether lines are kept as they are where they fit.
    pub verbatim: bool,
}

const PLAIN: Setting = Setting { indent: 0, marker: "", tight: false, verbatim: false };

/// The setting of a kind of block.
pub fn setting(kind: BlockKind) -> Setting {
    match kind {
        BlockKind::Paragraph | BlockKind::Heading | BlockKind::Salutation => PLAIN,
        BlockKind::Caption | BlockKind::Signature | BlockKind::Notice => PLAIN,
        BlockKind::Quote => Setting { indent: 4, ..PLAIN },
        BlockKind::ListItem => Setting { indent: 2, marker: "•", tight: true, ..PLAIN },
        BlockKind::Preformatted => Setting { indent: 2, verbatim: true, ..PLAIN },
    }
}

impl Setting {
    /// The columns left for text; at least 1. Narrow windows give up the indent first.
    pub fn text_width(self, width: usize) -> usize {
        width.saturating_sub(self.indent_at(width)).max(1)
    }

    /// The indent at a width: none where it would take a quarter of the line or more.
    pub fn indent_at(self, width: usize) -> usize {
        let indent = usize::from(self.indent);
        if indent * 4 >= width { 0 } else { indent }
    }
}
