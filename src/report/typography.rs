//! Typography of each kind of block: indent, marker and spacing. Data, no drawing.

use super::{Block, BlockKind};

/// The typography of a block, in columns and lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Setting {
    /// Empty columns at the left of every line.
    pub indent: u16,
    /// The part of the indent that stays as long as there is any; holds the marker.
    pub least: u16,
    /// Drawn at the end of the indent of the first line.
    pub marker: &'static str,
    /// Drawn there in every line.
    pub rule: &'static str,
    /// Whether a block of the same kind follows without an empty line.
    pub tight: bool,
    /// Whether lines that fit stay as they are.
    pub verbatim: bool,
}

const PLAIN: Setting = Setting {
    indent: 0,
    least: 0,
    marker: "",
    rule: "",
    tight: false,
    verbatim: false,
};
const ITEM: Setting = Setting {
    indent: 2,
    least: 2,
    tight: true,
    ..PLAIN
};
/// Indent of a list inside another, in columns.
const STEP: u16 = 2;
/// Markers of list items by depth; deeper ones have the last.
const MARKERS: [&str; 3] = ["•", "◦", "–"];

/// The setting of a block.
pub fn setting(block: &Block) -> Setting {
    match block.kind {
        BlockKind::Paragraph | BlockKind::Heading | BlockKind::Salutation => PLAIN,
        BlockKind::Caption | BlockKind::Signature | BlockKind::Notice => PLAIN,
        BlockKind::Quote => Setting {
            indent: 4,
            least: 2,
            rule: "│",
            ..PLAIN
        },
        BlockKind::ListItem => item(block),
        BlockKind::Preformatted => Setting {
            indent: 2,
            least: 2,
            verbatim: true,
            ..PLAIN
        },
    }
}

fn item(block: &Block) -> Setting {
    let depth = usize::from(block.depth);
    let marker = MARKERS
        .get(depth)
        .or(MARKERS.last())
        .filter(|_| !is_numbered(&block.text));
    Setting {
        indent: ITEM.indent + STEP * u16::from(block.depth),
        marker: marker.copied().unwrap_or_default(),
        ..ITEM
    }
}

/// Whether a list item starts with its own mark: `1.`, `2)`, `c.`, `iv.`, `(d)`, `[3]`, a checkbox.
pub fn is_numbered(text: &str) -> bool {
    let first = text.split(' ').next().unwrap_or_default();
    let in_brackets = |open: char, close: char| first.strip_prefix(open)?.strip_suffix(close);
    // Years are in parentheses too.
    let number = in_brackets('(', ')').filter(|number| number.len() < 4);
    let number = number
        .or_else(|| first.strip_suffix(['.', ')']))
        .or_else(|| in_brackets('[', ']'))
        .unwrap_or_default();
    let is_all = |signs: &str| {
        number
            .chars()
            .all(|c| signs.contains(c.to_ascii_lowercase()))
    };
    let is_number = is_all("0123456789") || (is_all("ivxlc") && number.len() < 6);
    let is_letter = number.len() == 1 && is_all("abcdefghijklmnopqrstuvwxyz");
    (!number.is_empty() && (is_number || is_letter)) || text.starts_with(['☐', '☑'])
}

impl Setting {
    /// The columns left for text; at least 1. Narrow windows lose the indent first.
    pub fn text_width(self, width: usize) -> usize {
        width.saturating_sub(self.indent_at(width)).max(1)
    }

    /// The indent at a width: less than a quarter of the line, in whole steps, and none if even the
    /// least does not fit.
    pub fn indent_at(self, width: usize) -> usize {
        let (least, most) = (usize::from(self.least), width.saturating_sub(1) / 4);
        let more = most.min(usize::from(self.indent)).saturating_sub(least);
        if least > most {
            0
        } else {
            least + more / usize::from(STEP) * usize::from(STEP)
        }
    }

    /// The column in the indent where the marker starts.
    pub fn marker_at(self, width: usize) -> usize {
        self.indent_at(width)
            .saturating_sub(usize::from(self.least))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn item(depth: u8, text: &str) -> Setting {
        setting(&Block {
            kind: BlockKind::ListItem,
            text: text.into(),
            spans: Vec::new(),
            depth,
        })
    }

    #[test]
    fn nested_lists_are_indented_as_far_as_the_window_allows() {
        let indents =
            |width: usize| [0, 1, 2, 3, 4, 15].map(|depth| item(depth, "x").indent_at(width));
        assert_eq!(indents(72), [2, 4, 6, 8, 10, 16]);
        assert_eq!(indents(40), [2, 4, 6, 8, 8, 8]);
        assert_eq!(indents(20), [2, 4, 4, 4, 4, 4]);
        assert_eq!(indents(8), [0; 6]);
        assert_eq!(
            [0, 1, 2, 9].map(|depth| item(depth, "x").marker),
            ["•", "◦", "–", "–"]
        );
        assert_eq!(item(2, "x").marker_at(40), 4);
    }

    #[test]
    fn numbers_replace_the_marker() {
        for text in [
            "1. one",
            "12) twelve",
            "[3] note",
            "c. see",
            "iv) four",
            "☐ to do",
        ] {
            assert_eq!(item(0, text).marker, "", "{text}");
        }
        for text in ["one", "2021 was", "[sic]", ". x", "[2021"] {
            assert_eq!(item(0, text).marker, "•", "{text}");
        }
    }
}
